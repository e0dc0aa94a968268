import type { MisconceptionId } from '../lessons/misconception'
import { tupleOf } from '../net/packet'
import type { Decision, Shift, TellQuestion } from '../shift/shift'

/** What is counted of all shifts: what was right at the first try, by what one had to read for it. */
export const DEEDS = [
  'hex',
  'lines',
  'labels',
  'refusals',
  'replies',
  'requests',
  'bait',
  'long',
  'rules',
  'knocks',
  'rewrites',
  'wings',
] as const

export type Deed = (typeof DEEDS)[number]

export type Deeds = Readonly<Partial<Record<Deed, number>>>

const IS_DEED: Readonly<Record<Deed, (decision: Decision, views: readonly string[]) => boolean>> = {
  /** The five-tuple was read from bytes. */
  hex: ({ arrival }, views) => 'packet' in arrival && tupleOf(arrival.packet) !== undefined && only(views, 'hex'),
  /** It was read from a line of tcpdump. */
  lines: ({ arrival }, views) => 'packet' in arrival && only(views, 'tcpdump'),
  /** Both halves of a window's label were read. */
  labels: ({ truth }) => truth.kind === 'connection',
  refusals: ({ truth }) => truth.kind === 'rst' || truth.kind === 'icmp',
  replies: ({ arrival }) => arrival.asks === 'reply',
  requests: ({ arrival }) => arrival.asks === 'bind' || arrival.asks === 'connect',
  /** The source port was a door of the house, and was not taken for one. */
  bait: ({ arrival }) => arrival.kind === 'bait',
  /** The destination was an IPv6 address. */
  long: ({ arrival }) => 'packet' in arrival && arrival.packet.destination.includes(':'),
  /** The line of a board was named that decides. */
  rules: (decision) => asked(decision, 'line'),
  /** It was said what an answer, or none, proves. */
  knocks: (decision) => asked(decision, 'knock', 'hears', 'map'),
  /** A packet was followed through a translation. */
  rewrites: (decision) => asked(decision, 'rewrite', 'relabel', 'flat'),
  /** A call was led to its wing, with the label that it has there. */
  wings: (decision) => asked(decision, 'wing', 'label'),
}

/** One of these questions was asked about a box on the way. */
const asked = ({ arrival }: Decision, ...questions: readonly TellQuestion[]): boolean =>
  arrival.asks === 'tell' && questions.includes(arrival.question)

const only = (views: readonly string[], view: string) => views.length === 1 && views[0] === view

/** The deeds of a shift. */
export function deedsOf({ decisions, level }: Pick<Shift, 'decisions' | 'level'>): Deeds {
  const done: Partial<Record<Deed, number>> = {}
  for (const decision of decisions) {
    const { arrival, right } = decision
    if (!right || arrival.attempt > 1) continue
    const views = level.waves[arrival.wave]?.views ?? []
    for (const deed of DEEDS) if (IS_DEED[deed](decision, views)) done[deed] = (done[deed] ?? 0) + 1
  }
  return done
}

/** What a mistake with a packet is said to show when it fits no other idea: it says nothing about this one. */
const UNEXPLAINED: MisconceptionId = 'port-identifies-program'

/** True when this idea tells something of who follows it in what was asked. */
export const isTelling = (idea: MisconceptionId, { asks }: Decision['arrival']): boolean =>
  asks !== 'route' || idea !== UNEXPLAINED

/** The ideas behind the wrong first tries of a shift, the latest last. */
export const missedIn = ({ decisions }: Pick<Shift, 'decisions'>): readonly MisconceptionId[] =>
  decisions.flatMap(({ arrival, right, reason: { misconception } }) =>
    right || arrival.attempt > 1 || !misconception || !isTelling(misconception, arrival) ? [] : misconception,
  )
