import type { Blueprint } from '../../modes/blueprint'
import { BlueprintSchema } from '../../modes/blueprint'
import type { TemplateId } from '../../modes/templates'
import { fromTemplate } from '../../modes/templates'
import { openBox } from '../../store/storage'
import { build } from '../../words/build'
import { browserStorage } from '../app/browser-storage'

/** The level of a template in the language that is spoken. */
export function templateOf(id: TemplateId): Blueprint {
  const { name: _name, ...words } = build.templates[id]
  return fromTemplate(id, words)
}

/** The level on the bench, kept in this browser as long as its form is in order. */
export const openDraft = () =>
  openBox<Blueprint>(browserStorage(), 'port-authority.build', BlueprintSchema, templateOf('doors'))
