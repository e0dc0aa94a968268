import type { CardId, FactId } from './card'
import { cardId, factOf, partsOf } from './card'
import { DAY, dayOf, endOfDay } from './day'
import type { Book, Fact } from './fact'
import { areNeighbours, cardsOf } from './fact'
import type { CardMemory, Memory } from './memory'
import { LEECH } from './memory'

/** Days off, first and last included, as days of `dayOf`. */
export interface Vacation {
  readonly from: number
  readonly until: number
}

/** What a learner asks of the scheduler, besides the desired retention. */
export interface Plan {
  /** New facts a day, at most. */
  readonly newPerDay: number
  /** Past and coming ones. What would be due on a day off or later, and was not reviewed since, comes as many days later. */
  readonly vacations: readonly Vacation[]
  /** Minutes east of UTC of the learner's clock. */
  readonly utcOffset: number
}

/** New facts a day to begin with. */
export const NEW_PER_DAY = 10

/** Whether the learner is away at this moment. */
export const isAway = ({ vacations, utcOffset }: Plan, at: number): boolean => {
  const day = dayOf(at, utcOffset)
  return vacations.some(({ from, until }) => from <= day && day <= until)
}

/** When a card comes back: its date, moved on by the days off that lie between its last review and that date. */
export function dueAt({ due, last }: CardMemory, { vacations, utcOffset }: Plan): number {
  if (vacations.length === 0) return due
  const seen = dayOf(last, utcOffset)
  return vacations
    .toSorted((a, b) => a.from - b.from)
    .reduce((moved, { from, until }) => {
      const start = Math.max(from, seen + 1)
      return start > until || dayOf(moved, utcOffset) < start ? moved : moved + (until - start + 1) * DAY
    }, due)
}

/** A card that failed so often is set aside: beside its twin it is learned better than alone. */
export const isSetAside = ({ failures }: CardMemory): boolean => failures >= LEECH

/** What there is to do at a moment, the most urgent first. */
export interface Agenda {
  readonly due: readonly CardId[]
  /** Cards never seen that may be met today, in the order in which they should be. */
  readonly fresh: readonly CardId[]
  readonly setAside: readonly CardId[]
  /** When the next card comes back, if nothing is due. */
  readonly next?: number
}

/**
 * What is due and what may be new, among these facts (in the order in which they should be met). A card is due all day long
 * on its day; one that is being learned is due to the minute. Neighbours, that is numbers that are taken for each other, are
 * never met on one day. `book` has every fact that was ever met, also of decks that are not practised now.
 */
export function agenda(facts: readonly Fact[], book: Book, memory: Memory, plan: Plan, at: number): Agenda {
  if (isAway(plan, at)) return { due: [], fresh: [], setAside: [] }
  const tonight = endOfDay(dayOf(at, plan.utcOffset), plan.utcOffset)
  const wanted = new Set(facts.map(({ id }) => id))
  const seen = [...memory.values()].filter(({ card }) => wanted.has(factOf(card)))
  const dates = seen.flatMap((one) => (isSetAside(one) ? [] : [{ ...one, due: dueAt(one, plan) }]))
  const isDue = ({ due, stage }: CardMemory) => due <= (stage === 'review' ? tonight - 1 : at)
  const due = dates.filter(isDue).toSorted((a, b) => a.due - b.due || (a.card < b.card ? -1 : 1))
  const later = dates.filter((one) => !isDue(one)).map((one) => one.due)
  return {
    due: due.map(({ card }) => card),
    fresh: freshCards(facts, book, memory, plan, at),
    setAside: seen.filter(isSetAside).map(({ card }) => card),
    ...(due.length === 0 && later.length > 0 && { next: Math.min(...later) }),
  }
}

/** On the first day of all fewer facts are met than later. */
const FIRST_DAY = 3

function freshCards(facts: readonly Fact[], book: Book, memory: Memory, plan: Plan, at: number): readonly CardId[] {
  const today = dayOf(at, plan.utcOffset)
  const firstSeen = new Map<FactId, number>()
  let startedToday = 0
  for (const { card, first } of memory.values()) {
    const day = dayOf(first, plan.utcOffset)
    const { direction } = partsOf(card)
    if (day === today && direction !== 'name' && direction !== 'number') startedToday++
    firstSeen.set(factOf(card), Math.min(firstSeen.get(factOf(card)) ?? day, day))
  }
  const isFirstDay = [...firstSeen.values()].every((day) => day === today)
  const most = isFirstDay ? Math.min(FIRST_DAY, plan.newPerDay) : plan.newPerDay
  const metToday = [...firstSeen].flatMap(([id, day]) => (day === today ? (book.get(id) ?? []) : []))

  // A fact that was met goes on to its number on the same day, and to what else there is to know of it once that is learned.
  const halves = facts
    .filter(({ id }) => firstSeen.has(id) && !memory.has(cardId(id, 'number')))
    .map(({ id }) => cardId(id, 'number'))
  const further = facts
    .filter(({ id }) => firstSeen.has(id) && memory.has(cardId(id, 'number')))
    .flatMap((fact) => nextCard(fact, memory))
    .slice(0, Math.max(0, plan.newPerDay - startedToday))
  const fresh: Fact[] = []
  for (const fact of facts) {
    if (metToday.length + fresh.length >= most) break
    if (firstSeen.has(fact.id) || [...metToday, ...fresh].some((other) => areNeighbours(fact, other))) continue
    fresh.push(fact)
  }
  return [...halves, ...fresh.flatMap((fact) => cardsOf(fact).slice(0, 1)), ...further]
}

/** The next card of a fact, once those before it are learned. */
function nextCard(fact: Fact, memory: Memory): readonly CardId[] {
  const cards = cardsOf(fact)
  const next = cards.find((card) => !memory.has(card))
  const learned = cards.every((card) => !memory.has(card) || memory.get(card)?.stage === 'review')
  return next !== undefined && learned ? [next] : []
}
