import type { Question } from '../question'
import type { View } from '../view'

/** Readers of what a question shows, as a person reads it: text in, nothing of the model. */

/** One end as a tool prints it. */
export interface End {
  readonly address: string
  readonly port: string
}

/** `192.0.2.10:443`, `[2001:db8::1]:443`, or with a dot before the port as tcpdump writes it. */
function endOf(text: string, separator: string): End {
  const at = text.lastIndexOf(separator)
  return { address: text.slice(0, at), port: text.slice(at + 1) }
}

export const same = (a: End, b: End): boolean => a.address === b.address && a.port === b.port

export const written = ({ address, port }: End): string => `${address}:${port}`

/** The lines of all views whose command begins with this, without the command. */
export const printed = (views: readonly View[], command: string): readonly string[] =>
  views.flatMap((view) =>
    view.kind === 'text' && view.command.startsWith(command)
      ? view.lines.map((line) => line.map(({ text }) => text).join(''))
      : [],
  )

export interface SsLine {
  readonly protocol: string
  readonly state: string
  readonly local: End
  readonly peer: End
}

/** The sockets that `ss` prints. */
export const ssLines = (views: readonly View[]): readonly SsLine[] =>
  printed(views, 'ss ')
    .filter((line) => !/State/.test(line))
    .map((line) => {
      const words = line.trim().split(/\s+/)
      const named = words[0] === 'tcp' || words[0] === 'udp'
      const [state = '', , , local = '', peer = ''] = named ? words.slice(1) : words
      return { protocol: named ? (words[0] ?? '') : '', state, local: endOf(local, ':'), peer: endOf(peer, ':') }
    })

export interface DumpedLine {
  readonly from: End
  readonly to: End
  /** `S`, `S.`, `P.`, `.`, `F.`, `R.`; empty for a datagram. */
  readonly flags: string
}

/** The packets that `tcpdump` prints. */
export const dumped = (views: readonly View[]): readonly DumpedLine[] =>
  printed(views, 'tcpdump').map((line) => {
    const [, from = '', to = ''] = /IP6? (\S+) > (\S+): /.exec(line) ?? []
    return { from: endOf(from, '.'), to: endOf(to, '.'), flags: /Flags \[([^\]]*)\]/.exec(line)?.[1] ?? '' }
  })

/** The value beside a name. */
export const fact = (views: readonly View[], field: string): string =>
  views.flatMap((view) => (view.kind === 'papers' ? view.rows : [])).find((row) => row.field === field)?.value ?? ''

/** The facts of a question, one after the other. */
export const facts = (views: readonly View[]): readonly (readonly [name: string, value: string])[] =>
  views.flatMap((view) => (view.kind === 'papers' ? view.rows.map(({ name, value }) => [name, value] as const) : []))

/** The request that a question shows, on papers or as tcpdump prints it. */
export function request({ views }: Question): { readonly protocol: string; readonly from: End; readonly to: End } {
  const [line] = dumped(views)
  if (line) return { protocol: line.flags === '' ? 'udp' : 'tcp', from: line.from, to: line.to }
  return {
    protocol: fact(views, 'protocol').toLowerCase(),
    from: { address: fact(views, 'source'), port: fact(views, 'sourcePort') },
    to: { address: fact(views, 'destination'), port: fact(views, 'destinationPort') },
  }
}

/** The texts of the right options, without the signs of code. */
export const rightTexts = ({ body }: Question): readonly string[] =>
  'options' in body ? body.options.filter(({ right }) => right).map(({ text }) => text.replaceAll('`', '')) : []

/** The one right answer: the text of its option, or what is to be typed. */
export const rightText = (question: Question): string =>
  question.body.kind === 'type' ? question.body.answer : (rightTexts(question)[0] ?? '')

/** The numbers in a text, without the signs that group digits. */
export const numbersIn = (text: string): readonly number[] =>
  (text.replaceAll(/(\d),(\d)/g, '$1$2').match(/\d+/g) ?? []).map(Number)

/** Where a packet goes on a board, read with the eyes: its own line, then for a SYN a listener's, else a reset. */
export function delivered(board: readonly SsLine[], { from, to, flags }: DumpedLine): string {
  if (board.some(({ local, peer }) => same(local, to) && same(peer, from)))
    return `to the window of ${written(from)} (connected socket at ${written(to)})`
  const lamp = board.find(
    ({ state, local }) =>
      state === 'LISTEN' && local.port === to.port && ['0.0.0.0', to.address].includes(local.address),
  )
  return flags === 'S' && lamp ? `to the lamp at ${written(lamp.local)}` : 'refused with RST'
}
