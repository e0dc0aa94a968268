import * as v from 'valibot'
import type { CardId } from './card'
import type { Log, LogEvent, Review } from './log'
import { amended, amendmentsOf, byTime, reviewsOf } from './log'
import type { CardMemory, Memory, MemorySettings } from './memory'
import { CardMemorySchema, afterReview, memoryOf, schedulerOf } from './memory'

/** A moment in the log: two events of one millisecond are told apart by their ids. */
type Moment = Pick<LogEvent, 'at' | 'id'>

/**
 * What a log has left in memory, as something that can be kept and continued: a hundred thousand reviews need not be
 * replayed to begin a session.
 */
export interface Remembered {
  readonly settings: MemorySettings
  /** How many events of the log are in it, counted as they came. */
  readonly held: number
  readonly memory: Memory
  /** The last time that everything was forgotten. */
  readonly forgotten?: Moment
  /** Reviews that were undone or regraded before they arrived from another device, as `id card`. */
  readonly loose: ReadonlySet<string>
}

const isAfter = (event: LogEvent, moment: Moment | undefined): boolean =>
  !moment || event.at > moment.at || (event.at === moment.at && event.id > moment.id)

const latest = (a: Moment | undefined, b: Moment | undefined): Moment | undefined =>
  !a || !b ? (a ?? b) : a.at > b.at || (a.at === b.at && a.id > b.id) ? a : b

const lastForgotten = (log: Log): Moment | undefined =>
  log
    .filter(({ kind }) => kind === 'forget')
    .map(({ at, id }) => ({ at, id }))
    .reduce<Moment | undefined>(latest, undefined)

/** Amendments in a log whose reviews are not in it. */
function looseIn(log: Log): ReadonlySet<string> {
  const reviews = new Set(log.flatMap((event) => (event.kind === 'review' ? [`${event.id} ${event.card}`] : [])))
  const wanted = log.flatMap((event) =>
    event.kind === 'undo' || event.kind === 'regrade' ? [`${event.of} ${event.card}`] : [],
  )
  return new Set(wanted.filter((key) => !reviews.has(key)))
}

/** All of a log replayed. */
export function rememberAll(log: Log, settings: MemorySettings): Remembered {
  const forgotten = lastForgotten(log)
  return {
    settings,
    held: log.length,
    memory: memoryOf(reviewsOf(log), settings),
    ...(forgotten && { forgotten }),
    loose: looseIn(log),
  }
}

/** True when a review can simply be added to what is remembered: it is the latest of its card, and nothing was changed about it. */
const isNext = ({ memory, loose }: Remembered, review: Review): boolean =>
  review.at > (memory.get(review.card)?.last ?? Number.NEGATIVE_INFINITY) && !loose.has(`${review.id} ${review.card}`)

/**
 * The cards whose events must be read again before `later` can be added: those that were undone or regraded, those of which
 * another device has earlier reviews, and after a "forget" those with reviews since. None for a review just given.
 */
export function cardsToReplay(before: Remembered, later: Log): ReadonlySet<CardId> {
  const cards = new Set<CardId>()
  const forgotten = latest(before.forgotten, lastForgotten(later))
  const forgets = forgotten !== before.forgotten
  for (const { card, last } of before.memory.values()) if (forgets && forgotten && last >= forgotten.at) cards.add(card)
  for (const event of later) {
    if (event.kind === 'undo' || event.kind === 'regrade') cards.add(event.card)
    if (event.kind === 'review' && !isNext(before, event)) cards.add(event.card)
  }
  return cards
}

/**
 * What is remembered after more events, which were not in the log before. `about` are all events of the log, `later`
 * included, that name a card of `cardsToReplay`. The same comes of it as of replaying the whole log.
 */
export function remember(before: Remembered, later: Log, about: Log = []): Remembered {
  const { settings } = before
  const replayed = cardsToReplay(before, later)
  const forgotten = latest(before.forgotten, lastForgotten(later))
  const scheduler = schedulerOf(settings)
  const memory = new Map<CardId, CardMemory>()
  for (const [card, one] of before.memory)
    if (!replayed.has(card) && !(forgotten && one.last < forgotten.at)) memory.set(card, one)

  const again = about.filter((event) => 'card' in event && replayed.has(event.card)).toSorted(byTime)
  const added = later.filter((event) => event.kind === 'review' && !replayed.has(event.card)).toSorted(byTime)
  const amendments = amendmentsOf(again)
  for (const event of [...again, ...added]) {
    if (event.kind !== 'review' || !isAfter(event, forgotten)) continue
    const review = amended(event, amendments)
    if (review) memory.set(review.card, afterReview(scheduler, memory.get(review.card), review))
  }

  const others = [...before.loose].filter((key) => ![...replayed].some((card) => key.endsWith(` ${card}`)))
  return {
    settings,
    held: before.held + later.length,
    memory,
    ...(forgotten && { forgotten }),
    loose: new Set([...others, ...looseIn(again)]),
  }
}

const VERSION = 1
const SnapshotSchema = v.object({
  version: v.literal(VERSION),
  settings: v.object({ retention: v.number(), weights: v.optional(v.array(v.number())) }),
  held: v.pipe(v.number(), v.integer(), v.minValue(0)),
  cards: v.array(CardMemorySchema),
  forgotten: v.optional(v.object({ at: v.number(), id: v.string() })),
  loose: v.array(v.string()),
})
/** What is remembered, as plain JSON. */
export type Snapshot = v.InferOutput<typeof SnapshotSchema>

/** What is kept, so that the next start need not replay the log. */
export const snapshotOf = ({ settings, held, memory, forgotten, loose }: Remembered): Snapshot => ({
  version: VERSION,
  settings: { retention: settings.retention, ...(settings.weights && { weights: [...settings.weights] }) },
  held,
  cards: [...memory.values()],
  ...(forgotten && { forgotten }),
  loose: [...loose],
})

export const sameSettings = (a: MemorySettings, b: MemorySettings): boolean =>
  a.retention === b.retention && (a.weights ?? []).join() === (b.weights ?? []).join()

/** What a snapshot holds; undefined when it cannot be used (damaged, of another version, or made with other settings): replay then. */
export function restored(snapshot: unknown, settings: MemorySettings): Remembered | undefined {
  const read = v.safeParse(SnapshotSchema, snapshot)
  if (!read.success) return undefined
  const { held, cards, forgotten, loose, settings: made } = read.output
  const { retention, weights } = made
  if (!sameSettings({ retention, ...(weights && { weights }) }, settings)) return undefined
  return {
    settings,
    held,
    memory: new Map(cards.map((one) => [one.card, one])),
    ...(forgotten && { forgotten }),
    loose: new Set(loose),
  }
}
