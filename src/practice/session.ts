import { random } from '../shift/random'
import type { Asking } from './ask'
import { waysOf } from './ask'
import type { CardId, Direction } from './card'
import { cardId, factOf, partsOf } from './card'
import type { Book } from './fact'
import { AGAIN } from './grade'
import type { Review, Way } from './log'
import type { CardMemory, Memory } from './memory'
import type { Agenda } from './schedule'

/** A card that comes again in this session, once so many answers were given. */
interface Waiting {
  readonly card: CardId
  readonly from: number
}

/** A session of about two minutes. It is a value: `answered` and `takenBack` return the next one. */
export interface Session {
  readonly seed: number
  /** What is asked now; undefined when the session is over. */
  readonly asking?: Asking
  /** What is still to come, in order. */
  readonly queue: readonly CardId[]
  readonly again: readonly Waiting[]
  /** The reviews of this session. */
  readonly reviews: readonly Review[]
  /** The session before the last answer. */
  readonly before?: Session
}

/** What a session needs to know of the learner. `mixups` are the ports lately taken for a port, the most often first. */
export interface SessionContext {
  readonly book: Book
  readonly memory: Memory
  readonly mixups: (port: number) => readonly number[]
}

/** A session takes two minutes. */
const LENGTH = 120_000
/** From one question to the next, before one's own pace is known, in milliseconds. */
export const FIRST_PACE = 7500
/** So many answers a question costs on average: one that is due may fail, a new one comes several times. */
const COSTS = { due: 1.2, fresh: 2, newFact: 4 } as const
/** After so many other answers a card comes again: when it failed, and when it was right but is not learned yet. */
const GAPS = { failed: 3, learning: 4 } as const
/** Cards are looked at so far ahead for one that is unlike the last. */
const LOOK_AHEAD = 8

/**
 * A session from what is on the agenda: what is due first, new cards between, no two cards of one port (the one would give
 * the other away). `pace` is the learner's usual time from one question to the next, in milliseconds.
 */
export function begin(agenda: Agenda, context: SessionContext, seed: number, pace = FIRST_PACE): Session {
  const budget = Math.min(40, Math.max(8, LENGTH / pace))
  const ports = new Set<number>()
  let cost = 0
  const take = (card: CardId, price: number): boolean => {
    const { port } = partsOf(card)
    if (ports.has(port) || cost + price > budget) return false
    ports.add(port)
    cost += price
    return true
  }
  const due = agenda.due.filter((card) => take(card, COSTS.due))
  const fresh = agenda.fresh.filter((card) =>
    take(card, partsOf(card).direction === 'name' ? COSTS.newFact : COSTS.fresh),
  )
  return next({ seed, queue: interleaved(due, fresh, seed), again: [], reviews: [] }, context)
}

/**
 * A session on cards that were set aside: each is asked beside a port that it is taken for, and again until it was right
 * twice in a row.
 */
export const beginAside = (agenda: Agenda, context: SessionContext, seed: number): Session =>
  next({ seed, queue: agenda.setAside.slice(0, 6), again: [], reviews: [] }, context)

/** New cards spread evenly among those that are due. What is due is mixed, because its order by date tells when it was met. */
function interleaved(due: readonly CardId[], fresh: readonly CardId[], seed: number): readonly CardId[] {
  const mixed = random(seed).shuffle(due)
  const gap = Math.max(1, Math.floor(mixed.length / (fresh.length + 1)))
  return [
    ...fresh.flatMap((card, index) => [...mixed.slice(index * gap, (index + 1) * gap), card]),
    ...mixed.slice(fresh.length * gap),
  ]
}

/** The session with what is asked next. */
function next({ asking: last, ...session }: Session, context: SessionContext): Session {
  const { queue, again, reviews } = session
  const count = reviews.length
  const ready = again.filter(({ from }) => from <= count)
  const back = ready[0]
  if (back) return ask({ ...session, again: again.filter((one) => one !== back) }, back.card, context)
  const ahead = queue.slice(0, LOOK_AHEAD)
  const card = ahead.find((one) => !last || !isAlike(one, last.card, context.book)) ?? ahead[0]
  if (card !== undefined) return ask({ ...session, queue: queue.filter((one) => one !== card) }, card, context)
  // Nothing else is left to come between: what failed comes all the same, what was right comes another time.
  const failed = again.find((one) => context.memory.get(one.card)?.lastTwo.at(-1) === AGAIN)
  if (failed) return ask({ ...session, again: again.filter((one) => one !== failed) }, failed.card, context)
  const apart = again.find((one) => one.card !== last?.card && one.from <= count + 1)
  return apart ? ask({ ...session, again: again.filter((one) => one !== apart) }, apart.card, context) : session
}

/** Two cards in a row should differ in direction or family, and always in their port. */
function isAlike(a: CardId, b: CardId, book: Book): boolean {
  const [one, other] = [partsOf(a), partsOf(b)]
  if (one.port === other.port) return true
  return one.direction === other.direction && book.get(factOf(a))?.family === book.get(factOf(b))?.family
}

const ask = (session: Omit<Session, 'asking'>, card: CardId, context: SessionContext): Session => ({
  ...session,
  asking: askingOf(card, context, (session.seed + session.reviews.length * 0x9e3779b1) >>> 0),
})

/** A card whose name is asked is dressed as a line of tcpdump, or as bytes, once it holds for so many days. */
const WELL_KNOWN = { tcpdump: 7, hex: 21 } as const

/**
 * How a card is asked now. A fact is first met in context, on a door or a line of `ss`, and its name is chosen; later it is
 * typed, in different dresses the better it is known. Which of two it is, is asked after a mix-up only: who guesses is right
 * half of the time.
 */
export function askingOf(card: CardId, { book, memory, mixups }: SessionContext, seed: number): Asking {
  const { direction, port } = partsOf(card)
  const fact = book.get(factOf(card))
  if (!fact) throw new RangeError(`There is no fact for the card ${card}.`)
  const possible = waysOf(direction, fact)
  const wanted = wantedWays(direction, memory.get(card), mixups(port).length > 0)
  const way = random(seed).pick(wanted.filter((one) => possible.includes(one)))
  const choosing = way === 'choose' || way === 'pair' || !memory.has(card)
  return { card, way, choosing: choosing && way !== 'type', seed }
}

/** The ways in which a card may be asked now; those that stand there several times are the more usual ones. */
function wantedWays(direction: Direction, known: CardMemory | undefined, mixed: boolean): readonly Way[] {
  if (direction === 'transport' || direction === 'range') return ['choose']
  if (!known) return direction === 'name' ? ['door', 'ss'] : direction === 'number' ? ['type'] : ['choose']
  const pair = mixed ? (['pair'] as const) : []
  const failed = known.lastTwo.at(-1) === AGAIN
  if (known.stage !== 'review')
    return failed ? ['type', ...(direction === 'number' ? (['door'] as const) : []), ...pair] : ['type']
  if (direction !== 'name') return ['type', 'type', 'type', ...pair]
  return [
    'type',
    'type',
    'door',
    'ss',
    ...pair,
    ...(known.stability >= WELL_KNOWN.tcpdump ? (['tcpdump', 'tcpdump'] as const) : []),
    ...(known.stability >= WELL_KNOWN.hex ? (['hex'] as const) : []),
  ]
}

/** The session after an answer. `context.memory` already knows of the review. */
export function answered(session: Session, review: Review, context: SessionContext): Session {
  const reviews = [...session.reviews, review]
  const memory = context.memory.get(review.card)
  const failed = review.grade === AGAIN
  const learned = memory !== undefined && memory.stage === 'review'
  const comesAgain: readonly Waiting[] =
    failed || !learned ? [{ card: review.card, from: reviews.length + (failed ? GAPS.failed : GAPS.learning) }] : []
  // Who has met a fact recalls its number a little later.
  const { direction } = partsOf(review.card)
  const number = cardId(factOf(review.card), 'number')
  const isFirst = memory?.reps === 1 && direction === 'name' && !context.memory.has(number)
  const goesOn: readonly Waiting[] = isFirst ? [{ card: number, from: reviews.length + GAPS.failed }] : []
  const again = [...session.again, ...goesOn, ...comesAgain]
  return next({ ...session, again, reviews, before: session }, context)
}

/** The session before the last answer, and the review to undo; undefined when there is none. */
export function takenBack({
  before,
  reviews,
}: Session): { readonly session: Session; readonly review: Review } | undefined {
  const review = reviews.at(-1)
  return before && review && { session: before, review }
}

/** The session when the last answer's grade was changed; `context.memory` already knows of it. */
export function regraded(session: Session, grade: Review['grade'], context: SessionContext): Session {
  const last = takenBack(session)
  return last ? answered(last.session, { ...last.review, grade }, context) : session
}

/** How far the session is: answers given, and those that are still to come as far as one knows. */
export const progress = ({
  reviews,
  queue,
  again,
  asking,
}: Session): { readonly done: number; readonly left: number } => ({
  done: reviews.length,
  left: queue.length + again.length + (asking ? 1 : 0),
})
