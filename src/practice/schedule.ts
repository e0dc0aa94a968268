import type { CardId, FactId } from './card'
import { cardId, factOf, partsOf } from './card'
import type { Fact } from './fact'
import { cardsOf } from './fact'
import type { CardMemory, Memory } from './memory'

/** What a learner asks of the scheduler, besides the desired retention. */
export interface Plan {
  /** New facts a day, at most. */
  readonly newPerDay: number
  /** Days off, first and last included, as days of `dayOf`. Dates that fall on them or later move on by as many days. */
  readonly vacation?: { readonly from: number; readonly until: number }
  /** Minutes east of UTC of the learner's clock. */
  readonly utcOffset: number
}

const DAY = 86_400_000
const MINUTE = 60_000
/** A day of practice ends at four in the morning. */
const NIGHT = 4 * 60 * MINUTE

/** The day of practice that a moment (milliseconds since 1970) belongs to, counted from 1970. */
export const dayOf = (at: number, utcOffset: number): number => Math.floor((at + utcOffset * MINUTE - NIGHT) / DAY)

/** When that day of practice ends, in milliseconds since 1970. */
export const endOfDay = (day: number, utcOffset: number): number => (day + 1) * DAY + NIGHT - utcOffset * MINUTE

/** Whether the learner is away at this moment. */
export const isAway = ({ vacation, utcOffset }: Plan, at: number): boolean => {
  const day = dayOf(at, utcOffset)
  return vacation !== undefined && vacation.from <= day && day <= vacation.until
}

/** When a card comes back: its date, moved on by the days off that lie between its last review and that date. */
export function dueAt({ due, last }: CardMemory, { vacation, utcOffset }: Plan): number {
  if (!vacation || dayOf(last, utcOffset) > vacation.until || dayOf(due, utcOffset) < vacation.from) return due
  return due + (vacation.until - vacation.from + 1) * DAY
}

/** A card that failed so often is set aside: beside its twin it is learned better than alone. */
const LEECH = 6
export const isSetAside = ({ lapses }: CardMemory): boolean => lapses >= LEECH

/** What there is to do at a moment, the most urgent first. */
export interface Agenda {
  readonly due: readonly CardId[]
  /** Cards never seen that may be met today, in the order in which they should be. */
  readonly fresh: readonly CardId[]
  readonly setAside: readonly CardId[]
  /** When the next card comes back, if nothing is due. */
  readonly next?: number
}

/** On the first day of all fewer are met than later. */
const FIRST_DAY = 3

/** A card is known well enough to go on to the next direction of its fact. */
const isKnown = (memory: CardMemory | undefined): boolean => memory !== undefined && memory.state === 2

/**
 * What is due and what may be new, among these facts (in the order in which they should be met). A card is due all day long
 * on its day; one that is being learned is due to the minute. Neighbours, that is numbers that are taken for each other, are
 * never met on one day.
 */
export function agenda(facts: readonly Fact[], memory: Memory, plan: Plan, at: number): Agenda {
  if (isAway(plan, at)) return { due: [], fresh: [], setAside: [] }
  const today = dayOf(at, plan.utcOffset)
  const tonight = endOfDay(today, plan.utcOffset)
  const wanted = new Set(facts.map(({ id }) => id))
  const seen = [...memory.values()].filter(({ card }) => wanted.has(factOf(card)))
  const setAside = seen.filter(isSetAside)
  const active = seen.filter((one) => !isSetAside(one))
  const isDue = (one: CardMemory) => dueAt(one, plan) <= (one.state === 2 ? tonight - 1 : at)
  const due = active.filter(isDue).toSorted((a, b) => dueAt(a, plan) - dueAt(b, plan))
  const later = active.filter((one) => !isDue(one)).map((one) => dueAt(one, plan))
  return {
    due: due.map(({ card }) => card),
    fresh: freshCards(facts, memory, plan, today),
    setAside: setAside.map(({ card }) => card),
    ...(due.length === 0 && later.length > 0 && { next: Math.min(...later) }),
  }
}

function freshCards(facts: readonly Fact[], memory: Memory, plan: Plan, today: number): readonly CardId[] {
  const firstSeen = new Map<FactId, number>()
  for (const { card, first } of memory.values()) {
    const fact = factOf(card)
    firstSeen.set(fact, Math.min(firstSeen.get(fact) ?? Number.POSITIVE_INFINITY, dayOf(first, plan.utcOffset)))
  }
  const days = [...firstSeen.values()]
  const metToday = [...firstSeen].filter(([, day]) => day === today).map(([fact]) => fact)
  const isFirstDay = days.every((day) => day === today)
  let room = Math.max(0, (isFirstDay ? Math.min(FIRST_DAY, plan.newPerDay) : plan.newPerDay) - metToday.length)
  // Directions of facts that are known already come before new facts: they are what makes a fact whole.
  const started = facts.filter(({ id }) => firstSeen.has(id) && !metToday.includes(id))
  const fresh = started.flatMap((fact) => nextDirection(fact, memory))
  const metPorts = metToday.map((fact) => partsOf(cardId(fact, 'name')).port)
  for (const fact of facts) {
    if (room === 0) break
    if (firstSeen.has(fact.id) || metPorts.some((port) => areNeighbours(fact, port))) continue
    const [first] = cardsOf(fact)
    if (!first) continue
    fresh.push(first)
    metPorts.push(fact.port)
    room--
  }
  // A fact met today goes on to its number in the same session.
  const half = facts.filter(({ id }) => metToday.includes(id) && !memory.has(cardId(id, 'number')))
  return [...half.map(({ id }) => cardId(id, 'number')), ...fresh]
}

const areNeighbours = (fact: Fact, port: number): boolean =>
  fact.port !== port && (fact.confusable.includes(port) || Math.abs(fact.port - port) === 1)

/** The next direction of a fact, once those before it are known. */
function nextDirection(fact: Fact, memory: Memory): readonly CardId[] {
  for (const card of cardsOf(fact)) {
    const known = memory.get(card)
    if (!known) return [card]
    if (!isKnown(known)) return []
  }
  return []
}
