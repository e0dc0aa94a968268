import type { Template } from '../template'
import { balancing } from './balancing'
import { binding } from './binding'
import { boards } from './boards'
import { containers } from './containers'
import { exposure } from './exposure'
import { firewall } from './firewall'
import { nat } from './nat'
import { numbers } from './numbers'
import { protocols } from './protocols'
import { refusals } from './refusals'
import { replies } from './replies'
import { sockets } from './sockets'
import { spaces } from './spaces'
import { wellKnown } from './well-known'

/** Every template, by topic. */
export const TEMPLATES: readonly Template[] = [
  ...sockets,
  ...replies,
  ...numbers,
  ...wellKnown,
  ...spaces,
  ...binding,
  ...refusals,
  ...firewall,
  ...nat,
  ...containers,
  ...balancing,
  ...exposure,
  ...protocols,
  ...boards,
]

const byId = new Map(TEMPLATES.map((template) => [template.id, template]))

export const templateById = (id: string): Template | undefined => byId.get(id)
