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
import { isSetAside } from './schedule'

/** A card that comes again in this session, once so many answers were given. */
interface Waiting {
  readonly card: CardId
  readonly from: number
}

/** A session of about two minutes. It is a value: `answered` and `takenBack` return the next one. */
export interface Session {
  readonly seed: number
  /** True when it is about cards that were set aside: see `beginAside`. */
  readonly aside: boolean
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
/** Between two cards of one port so many others are asked: the one would give the other away. */
const APART = 2
/** A session ends after so many answers, whatever still comes back: it is due again soon. */
const MOST = 40
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
  return next({ seed, aside: false, queue: interleaved(due, fresh, seed), again: [], reviews: [] }, context)
}

/** So many cards that were set aside are taken up at once. */
const MOST_ASIDE = 4

/**
 * A session on cards that were set aside. Each is first asked beside a port that it is taken for, then typed, and comes
 * again until it was right twice in a row.
 */
export const beginAside = (agenda: Agenda, context: SessionContext, seed: number): Session =>
  next({ seed, aside: true, queue: agenda.setAside.slice(0, MOST_ASIDE), again: [], reviews: [] }, context)

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
  if (reviews.length >= MOST) return session
  const seen = reviews.slice(-APART).map(({ card }) => partsOf(card).port)
  const isApart = (card: CardId) => !seen.includes(partsOf(card).port)

  const back = again.find(({ card, from }) => from <= reviews.length && isApart(card))
  if (back) return ask({ ...session, again: without(again, back) }, back.card, context)
  const ahead = queue.slice(0, LOOK_AHEAD)
  const unlike = ahead.find((card) => isApart(card) && !(last && isAlike(card, last.card, context.book)))
  const card = unlike ?? queue.find(isApart) ?? queue[0]
  if (card !== undefined) return ask({ ...session, queue: without(queue, card) }, card, context)

  // Nothing else is left to come between: what failed comes at once; what was right another time, unless it was set aside.
  const failed = ({ card }: Waiting) => context.memory.get(card)?.lastTwo.at(-1) === AGAIN
  const soon = again.find((one) => isApart(one.card)) ?? again.find((one) => session.aside || failed(one))
  return soon ? ask({ ...session, again: without(again, soon) }, soon.card, context) : session
}

const without = <T>(items: readonly T[], item: T): readonly T[] => items.filter((one) => one !== item)

/** Two cards in a row should differ in direction or family. */
const isAlike = (a: CardId, b: CardId, book: Book): boolean =>
  partsOf(a).direction === partsOf(b).direction && book.get(factOf(a))?.family === book.get(factOf(b))?.family

const ask = (session: Omit<Session, 'asking'>, card: CardId, context: SessionContext): Session => {
  const seed = (session.seed + session.reviews.length * 0x9e3779b1) >>> 0
  const asking = session.aside ? asideAsking(card, session, context, seed) : askingOf(card, context, seed)
  return { ...session, asking }
}

/** Beside its twin until it was right once, then typed. */
function asideAsking(
  card: CardId,
  { reviews }: Pick<Session, 'reviews'>,
  context: SessionContext,
  seed: number,
): Asking {
  const usual = askingOf(card, context, seed)
  const typed: Asking = { card, way: 'type', choosing: false, seed }
  if (usual.way === 'choose') return usual
  return reviews.findLast((review) => review.card === card)?.right ? typed : { card, way: 'pair', choosing: true, seed }
}

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
  const learned = memory !== undefined && (session.aside ? !isSetAside(memory) : memory.stage === 'review')
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
