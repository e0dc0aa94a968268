import type { Machine } from './machine'

/** A piece of a line. `field` names what it says (`sourcePort`, `rule-3`, `nodePort`), so that an explanation can light it. */
export interface Span {
  readonly text: string
  readonly field?: string
}

/** What a tool prints: the command, and its lines exactly as the tool prints them. */
export interface TextView {
  readonly kind: 'text'
  readonly command: string
  readonly lines: readonly (readonly Span[])[]
}

export interface Row {
  readonly field: string
  readonly name: string
  readonly value: string
}

/** The papers of a packet, or the facts of a case: one name and value on each row. */
export interface PapersView {
  readonly kind: 'papers'
  readonly rows: readonly Row[]
}

/**
 * The picture of doors and windows: a plate for every port that listens and a window for every connection, drawn from the
 * host's sockets. Its fields are the ids of the sockets.
 */
export interface DoorsView {
  readonly kind: 'doors'
  readonly machine: Machine
}

export type View = TextView | PapersView | DoorsView

/** Where a field stands in a text: the line (from 0) and the words on it; without a line the first line that has them. */
export interface Mark {
  readonly field: string
  readonly text: string
  readonly line?: number
}

/**
 * A tool's output with its fields marked. Marks must not overlap.
 *
 * @throws RangeError if the words of a mark are not in the text: a template that names a field which is not shown.
 */
export function textView(command: string, output: string, marks: readonly Mark[]): TextView {
  const texts = output.replace(/\n$/, '').split('\n')
  const cuts = texts.map((): Cut[] => [])
  for (const { field, text, line = texts.findIndex((candidate) => candidate.includes(text)) } of marks) {
    const onLine = cuts[line]
    const whole = texts[line]
    let start = whole?.indexOf(text) ?? -1
    // The same words may already be marked as another field: take the next ones.
    while (start >= 0 && onLine?.some((cut) => start < cut.end && cut.start < start + text.length))
      start = whole?.indexOf(text, start + 1) ?? -1
    if (!onLine || start < 0) throw new RangeError(`"${text}" is not on line ${line} of:\n${output}`)
    onLine.push({ start, end: start + text.length, field })
  }
  return { kind: 'text', command, lines: texts.map((text, index) => cutLine(text, cuts[index] ?? [])) }
}

/** Where a field stands in a line: from the first character up to, not including, the second. */
export interface Cut {
  readonly field: string
  readonly start: number
  readonly end: number
}

/** A line in pieces. Cuts must not overlap. */
export function cutLine(text: string, cuts: readonly Cut[]): readonly Span[] {
  const spans: Span[] = []
  let at = 0
  for (const { start, end, field } of cuts.toSorted((a, b) => a.start - b.start)) {
    if (start > at) spans.push({ text: text.slice(at, start) })
    spans.push({ text: text.slice(start, end), field })
    at = end
  }
  if (at < text.length || spans.length === 0) spans.push({ text: text.slice(at) })
  return spans
}

/** The fields that a view shows and that can be lit in it. */
export function fieldsOf(view: View): readonly string[] {
  if (view.kind === 'text') return view.lines.flat().flatMap(({ field }) => (field === undefined ? [] : [field]))
  if (view.kind === 'papers') return view.rows.map(({ field }) => field)
  return view.machine.sockets.map(({ id }) => id)
}
