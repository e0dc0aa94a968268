import * as v from 'valibot'
import { CardIdSchema } from './card'

/** What an answer was given with; each has its own usual time. */
export const INPUTS = ['keyboard', 'touch', 'switch', 'speech'] as const
export type Input = (typeof INPUTS)[number]

/** The ways in which a card is asked. */
export const WAYS = ['type', 'choose', 'pair', 'door', 'tcpdump', 'hex'] as const
export type Way = (typeof WAYS)[number]

const Port = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(65535))
const GradeSchema = v.picklist([1, 2, 3, 4])

const head = {
  /** The device's own id and a count: no two events have the same. */
  id: v.pipe(v.string(), v.regex(/^[a-z0-9]{6,12}-[a-z0-9]{1,9}$/)),
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
  /** Milliseconds to the first key, where that counts. */
  firstKey: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(30_000))),
  /** The port that was given in place of the right one, or whose name was. */
  taken: v.optional(Port),
})

/** One event of a learner's log. The log is only ever added to. */
export const EventSchema = v.variant('kind', [
  ReviewSchema,
  /** A review that did not happen after all. */
  v.object({ ...head, kind: v.literal('undo'), of: v.string() }),
  /** A review whose grade the learner changed. */
  v.object({ ...head, kind: v.literal('regrade'), of: v.string(), grade: GradeSchema }),
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

const byTime = (a: LogEvent, b: LogEvent): number => a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)

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

/** The reviews that count, in the order of time: without what was undone or forgotten, with the grades as they were changed. */
export function reviewsOf(log: Log): readonly Review[] {
  const ordered = [...log].sort(byTime)
  const start = ordered.findLastIndex(({ kind }) => kind === 'forget') + 1
  const undone = new Set<string>()
  const grades = new Map<string, Review['grade']>()
  for (const event of ordered) {
    if (event.kind === 'undo') undone.add(event.of)
    if (event.kind === 'regrade') grades.set(event.of, event.grade)
  }
  return ordered.slice(start).flatMap((event) => {
    if (event.kind !== 'review' || undone.has(event.id)) return []
    const grade = grades.get(event.id)
    return [grade === undefined ? event : { ...event, grade }]
  })
}

/** The learner's own memory aids, by fact. */
export function mnemonicsOf(log: Log): ReadonlyMap<string, string> {
  const texts = new Map<string, string>()
  for (const event of [...log].sort(byTime)) {
    if (event.kind === 'forget') texts.clear()
    if (event.kind !== 'mnemonic') continue
    if (event.text.trim() === '') texts.delete(event.fact)
    else texts.set(event.fact, event.text)
  }
  return texts
}
