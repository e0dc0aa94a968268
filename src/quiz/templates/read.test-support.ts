import * as fc from 'fast-check'
import { questions as en } from '../../words/en/questions'
import type { Question } from '../question'
import type { Template } from '../template'
import { questionFrom } from '../template'
import type { View } from '../view'

/** What a person reads of a question: the lines of its views, and what counts as right. */

const linesOf = (view: View): readonly string[] =>
  view.kind === 'text' ? view.lines.map((line) => line.map(({ text }) => text).join('')) : []

/** The lines of the first view whose command begins so. */
export const printed = ({ views }: Question, command: string): readonly string[] =>
  linesOf(views.find((view) => view.kind === 'text' && view.command.startsWith(command)) ?? noView)

const noView: View = { kind: 'text', command: '', lines: [] }

/** Whether such a view is shown. */
export const shows = ({ views }: Question, command: string): boolean =>
  views.some((view) => view.kind === 'text' && view.command.startsWith(command))

/** The values of all papers, by field. */
export const facts = ({ views }: Question): Readonly<Record<string, string>> =>
  Object.fromEntries(
    views
      .flatMap((view) => (view.kind === 'papers' ? view.rows : []))
      .map(({ field, value }) => [field, value] as const),
  )

/** A listener as `ss -tulnp` (with the protocol in front) or `ss -tlnp` prints it. */
export interface Lamp {
  readonly protocol: string
  readonly port: number
  readonly program: string
}

export const lamps = (question: Question): readonly Lamp[] => {
  const [head = '', ...rows] = printed(question, 'ss')
  const named = head.startsWith('Netid')
  return rows.map((row) => {
    const cells = row.split(/\s+/)
    const local = cells[named ? 4 : 3] ?? ''
    return {
      protocol: named ? (cells[0] ?? '') : 'tcp',
      port: Number(local.slice(local.lastIndexOf(':') + 1)),
      program: /users:\(\("([^"]+)"/.exec(row)?.[1] ?? '',
    }
  })
}

/** The meanings of the right options, or the right entry. */
export function rightOf({ body }: Question): readonly string[] {
  if (body.kind === 'type') return [body.answer]
  if (body.kind === 'order') return body.order
  return 'options' in body ? body.options.filter(({ right }) => right).map(({ means }) => means) : []
}

/** The first group of an expression in a text. Throws RangeError if it is not there. */
export function found(pattern: RegExp, text: string): string {
  const group = pattern.exec(text)?.[1]
  if (group === undefined) throw new RangeError(`${String(pattern)} is not in: ${text}`)
  return group
}

/** Asks a template for many seeds. */
export function always(templates: readonly Template[], id: string, expectation: (question: Question) => void): void {
  const template = templates.find((one) => one.id === id)
  if (!template) throw new RangeError(`There is no template ${id}.`)
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      expectation(questionFrom(template, seed, en))
    }),
    { numRuns: 300 },
  )
}
