import * as v from 'valibot'
import type { CardId } from './card'
import { CardIdSchema } from './card'

/** What an answer was given with; each has its own usual time. */
export const INPUTS = ['keyboard', 'touch', 'switch', 'speech'] as const
export type Input = (typeof INPUTS)[number]

/** The ways in which a card is asked. */
export const WAYS = ['type', 'choose', 'pair', 'door', 'ss', 'tcpdump', 'hex'] as const
export type Way = (typeof WAYS)[number]

const Port = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(65535))
const GradeSchema = v.picklist([1, 2, 3, 4])
const EventId = v.pipe(v.string(), v.regex(/^[a-z0-9]{6,12}-[a-z0-9]{1,9}$/))

const head = {
  /** The device's own id and a count: no two events have the same. */
  id: EventId,
  /** Milliseconds since 1970. */
  at: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(8.64e15)),
}

const ReviewSchema = v.object({
  ...head,
  kind: v.literal('review'),
  card: CardIdSchema,
  way: v.picklist(WAYS),
  input: v.picklist(INPUTS),
  right: v.boolean(),
  grade: GradeSchema,
  /** Minutes east of UTC on the learner's clock: it says to which day the review belongs, on every device alike. */
  utcOffset: v.pipe(v.number(), v.integer(), v.minValue(-720), v.maxValue(840)),
  /** Milliseconds to the first key, where that counts. */
  firstKey: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(30_000))),
  /** The port that was given in place of the right one, or whose name was. */
  taken: v.optional(Port),
})

/** One event of a learner's log. The log is only ever added to. */
export const EventSchema = v.variant('kind', [
  ReviewSchema,
  /** A review (`of`, by its id) of a card that did not happen after all. */
  v.object({ ...head, kind: v.literal('undo'), of: EventId, card: CardIdSchema }),
  /** A review whose grade the learner changed. */
  v.object({ ...head, kind: v.literal('regrade'), of: EventId, card: CardIdSchema, grade: GradeSchema }),
  /** Everything before this is forgotten. */
  v.object({ ...head, kind: v.literal('forget') }),
  /** The learner's own memory aid for a fact; empty takes it back. */
  v.object({
    ...head,
    kind: v.literal('mnemonic'),
    fact: v.pipe(v.string(), v.regex(/^\d{1,5}\/(tcp|udp)$/)),
    text: v.pipe(v.string(), v.maxLength(300)),
  }),
])
export type LogEvent = v.InferOutput<typeof EventSchema>
export type Review = v.InferOutput<typeof ReviewSchema>
export type Log = readonly LogEvent[]

/** Events in the order of time; those of one moment by id. */
export const byTime = (a: LogEvent, b: LogEvent): number => a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

/** Both logs as one, in the order of time. In any order, and however often, the same comes of it. */
export function merge(a: Log, b: Log): Log {
  const known = new Map<string, LogEvent>()
  for (const event of [...a, ...b]) {
    const same = known.get(event.id)
    // Two events with one id can only come from a damaged file: the same one is kept wherever it happens.
    if (!same || JSON.stringify(event) < JSON.stringify(same)) known.set(event.id, event)
  }
  return [...known.values()].sort(byTime)
}

/** What a card's reviews were changed to: undone, or the grade that was given last. */
export interface Amendments {
  readonly undone: ReadonlySet<string>
  readonly grades: ReadonlyMap<string, Review['grade']>
}

const keyOf = (review: string, card: CardId): string => `${review} ${card}`

/** The undone reviews and changed grades of a log in the order of time. One that names another card than its review's counts for nothing. */
export function amendmentsOf(ordered: Log): Amendments {
  const undone = new Set<string>()
  const grades = new Map<string, Review['grade']>()
  for (const event of ordered) {
    if (event.kind === 'undo') undone.add(keyOf(event.of, event.card))
    if (event.kind === 'regrade') grades.set(keyOf(event.of, event.card), event.grade)
  }
  return { undone, grades }
}

/** A review as it counts, or undefined if it was undone. */
export function amended(review: Review, { undone, grades }: Amendments): Review | undefined {
  const key = keyOf(review.id, review.card)
  const grade = grades.get(key)
  return undone.has(key) ? undefined : grade === undefined ? review : { ...review, grade }
}

/** The reviews that count, in the order of time: without what was undone or forgotten, with the grades as they were changed. */
export function reviewsOf(log: Log): readonly Review[] {
  const ordered = log.toSorted(byTime)
  const start = ordered.findLastIndex(({ kind }) => kind === 'forget') + 1
  const amendments = amendmentsOf(ordered)
  return ordered.slice(start).flatMap((event) => (event.kind === 'review' ? (amended(event, amendments) ?? []) : []))
}

/** The learner's own memory aids, by fact. */
export function mnemonicsOf(log: Log): ReadonlyMap<string, string> {
  const texts = new Map<string, string>()
  for (const event of log.toSorted(byTime)) {
    if (event.kind === 'forget') texts.clear()
    if (event.kind !== 'mnemonic') continue
    if (event.text.trim() === '') texts.delete(event.fact)
    else texts.set(event.fact, event.text)
  }
  return texts
}
