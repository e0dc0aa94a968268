import { partsOf } from '../../practice/card'
import type { CardId, FactId } from '../../practice/card'
import { DAY, dayOf } from '../../practice/day'
import type { Book, Fact } from '../../practice/fact'
import type { Mixup } from '../../practice/insight'
import { mixedWith, mixupsOf } from '../../practice/insight'
import type { Log, Review } from '../../practice/log'
import { reviewsOf } from '../../practice/log'
import type { Memory } from '../../practice/memory'
import type { Agenda, Plan } from '../../practice/schedule'
import { agenda } from '../../practice/schedule'
import type { SessionContext } from '../../practice/session'
import { FIRST_PACE } from '../../practice/session'
import type { PracticeSettings } from '../../store/practice-settings'
import type { PracticeState } from '../../store/practice-store'
import { chosenFacts } from '../../store/practice-store'

/** Minutes east of UTC of this clock. */
export const utcOffset = (): number => -new Date().getTimezoneOffset()

export const planOf = ({ newPerDay, vacations }: PracticeSettings): Plan => ({
  newPerDay,
  vacations,
  utcOffset: utcOffset(),
})

/** What there is to do now in the chosen decks. */
export function agendaNow(state: PracticeState, at: number): Agenda {
  const { settings, book, remembered } = state
  return agenda(chosenFacts(state), book, remembered.memory, planOf(settings), at)
}

/** The same for the same log: it is asked for several times for each card. */
function once<T>(make: (log: Log) => T): (log: Log) => T {
  const made = new WeakMap<Log, T>()
  return (log) => {
    const known = made.get(log) ?? make(log)
    made.set(log, known)
    return known
  }
}

const reviewsIn = once(reviewsOf)
const mixupsIn = once((log) => mixupsOf(reviewsIn(log), true))

/** The latest reviews that count, in the order of time. */
export const recentReviews = ({ recent }: Pick<PracticeState, 'recent'>): readonly Review[] => reviewsIn(recent)

/** Mix-ups that are not settled yet, the most frequent first. */
export const openMixups = ({ recent }: Pick<PracticeState, 'recent'>): readonly Mixup[] => mixupsIn(recent)

/** What a session needs to know of the learner now. */
export const contextOf = (state: PracticeState): SessionContext => ({
  book: state.book,
  memory: state.remembered.memory,
  mixups: mixedWith(openMixups(state)),
})

/** The cards that are taken for others: both sides of each mix-up, as far as they have been met. */
export function mixedCards(mixups: readonly Mixup[], memory: Memory): readonly CardId[] {
  const ports = [...new Set(mixups.flatMap(({ port, taken }) => [port, taken]))]
  const known = [...memory.keys()].filter((card) => partsOf(card).direction !== 'range')
  return ports.flatMap((port) => known.filter((card) => partsOf(card).port === port).slice(0, 2))
}

/** A pause between two answers that is longer belongs to no session. */
const PAUSE = 60_000
/** So many steps from one answer to the next say what is usual. */
const ENOUGH = 10

/** The usual time from one question to the next, in milliseconds. */
export function paceOf(reviews: readonly Review[]): number {
  const steps = reviews
    .slice(1)
    .map(({ at }, index) => at - (reviews[index]?.at ?? at))
    .filter((step) => step > 0 && step < PAUSE)
    .slice(-100)
    .sort((a, b) => a - b)
  return steps.length < ENOUGH ? FIRST_PACE : (steps[steps.length >> 1] ?? FIRST_PACE)
}

/** Minutes and days from now until a moment. */
export function untilThen(then: number, now: number): { readonly minutes: number; readonly days: number } {
  const offset = utcOffset()
  return { minutes: Math.round((then - now) / 60_000), days: dayOf(then, offset) - dayOf(now, offset) }
}

/** A day of practice as a date at midnight UTC. */
export const dateOf = (day: number): Date => new Date(day * DAY)

/** A fact is in memory when its number and its name are past their first steps. */
export const isKnown = (memory: Memory, { id }: Pick<Fact, 'id'>): boolean =>
  (['name', 'number'] as const).every((direction) => memory.get(`${id}>${direction}`)?.stage === 'review')

/** True when a card of the fact was ever asked. */
export const isMet = (memory: Memory, id: FactId): boolean => memory.has(`${id}>name`) || memory.has(`${id}>number`)

/** How many different ports are in memory. */
export const portsKnown = (memory: Memory, book: Book): number =>
  new Set([...book.values()].filter((fact) => isKnown(memory, fact)).map(({ port }) => port)).size
