import type { Share } from '../quiz/record'
import { wilson } from '../quiz/record'
import type { CardId } from './card'
import { factOf, partsOf } from './card'
import { dayOf } from './day'
import type { Fact } from './fact'
import { AGAIN } from './grade'
import type { Review } from './log'
import type { CardMemory, Memory, MemorySettings } from './memory'
import { afterReview, recall, schedulerOf } from './memory'
import type { Plan } from './schedule'
import { dueAt, isSetAside } from './schedule'

/** How many cards are due on each of the coming days, today first; what is overdue is due today. */
export function forecast(
  facts: readonly Fact[],
  memory: Memory,
  plan: Plan,
  at: number,
  days: number,
): readonly number[] {
  const today = dayOf(at, plan.utcOffset)
  const wanted = new Set(facts.map(({ id }) => id))
  const counts = Array.from({ length: days }, () => 0)
  for (const one of memory.values()) {
    if (!wanted.has(factOf(one.card)) || isSetAside(one)) continue
    const day = Math.max(0, dayOf(dueAt(one, plan), plan.utcOffset) - today)
    if (day < days) counts[day] = (counts[day] ?? 0) + 1
  }
  return counts
}

/** A review of a card that was learned, a day or more after the last: what it shows of memory. */
export interface Trial {
  readonly review: Review
  /** The chance of recall that was foreseen. */
  readonly foreseen: number
  readonly recalled: boolean
}

/** The trials among these reviews, which are in the order of time. Repetitions of one day show nothing and are left out. */
export function trialsOf(reviews: readonly Review[], settings: MemorySettings): readonly Trial[] {
  const scheduler = schedulerOf(settings)
  const memory = new Map<CardId, CardMemory>()
  const trials: Trial[] = []
  for (const review of reviews) {
    const before = memory.get(review.card)
    if (
      before &&
      before.stage === 'review' &&
      dayOf(before.last, before.utcOffset) < dayOf(review.at, review.utcOffset)
    )
      trials.push({ review, foreseen: recall(scheduler, before, review.at), recalled: review.grade !== AGAIN })
    memory.set(review.card, afterReview(scheduler, before, review))
  }
  return trials
}

/** Retention as it was promised and as it was measured. */
export interface Retention extends Share {
  /** The mean of what was foreseen at each review: it is what FSRS promised, whether one came in time or late. */
  readonly promised: number
  readonly trials: number
  /** The mean surprise of a review, in nats: 0 when each was foreseen with certainty. */
  readonly logLoss: number
  /** Reviews by the chance foreseen, in tenths. */
  readonly bins: readonly { readonly foreseen: number; readonly recalled: number; readonly trials: number }[]
}

const mean = (numbers: readonly number[]): number =>
  numbers.length === 0 ? 0 : numbers.reduce((sum, one) => sum + one, 0) / numbers.length

/** What trials show: the share recalled with its interval, beside what was promised. */
export function retention(trials: readonly Trial[]): Retention {
  const certain = (chance: number) => Math.min(1 - 1e-6, Math.max(1e-6, chance))
  const bins = Array.from({ length: 10 }, (_, index) => {
    const inBin = trials.filter(({ foreseen }) => Math.min(9, Math.floor(foreseen * 10)) === index)
    return {
      foreseen: mean(inBin.map(({ foreseen }) => foreseen)),
      recalled: mean(inBin.map(({ recalled }) => Number(recalled))),
      trials: inBin.length,
    }
  })
  return {
    ...wilson(trials.filter(({ recalled }) => recalled).length, trials.length),
    promised: mean(trials.map(({ foreseen }) => foreseen)),
    trials: trials.length,
    logLoss: mean(trials.map(({ foreseen, recalled }) => -Math.log(certain(recalled ? foreseen : 1 - foreseen)))),
    bins: bins.filter(({ trials }) => trials > 0),
  }
}

/** How often one port was taken for another, and when last (milliseconds since 1970). */
export interface Mixup {
  readonly port: number
  readonly taken: number
  readonly count: number
  readonly last: number
}

/** A mix-up counts as settled once the port was right so often in a row since. */
const SETTLED = 3

/** Every mix-up in these reviews (in the order of time), the most frequent first. With `open`, only those not settled since. */
export function mixupsOf(reviews: readonly Review[], open = false): readonly Mixup[] {
  const found = new Map<number, Map<number, { count: number; last: number; since: number }>>()
  for (const { card, at, grade, taken } of reviews) {
    const { port } = partsOf(card)
    const before = found.get(port)
    if (grade !== AGAIN) for (const one of before?.values() ?? []) one.since++
    // Who changed the grade says that it was no mix-up.
    if (grade !== AGAIN || taken === undefined || taken === port) continue
    const mixed = before ?? new Map<number, { count: number; last: number; since: number }>()
    mixed.set(taken, { count: (mixed.get(taken)?.count ?? 0) + 1, last: at, since: 0 })
    found.set(port, mixed)
  }
  return [...found]
    .flatMap(([port, mixed]) =>
      [...mixed].flatMap(([taken, { count, last, since }]) =>
        open && since >= SETTLED ? [] : [{ port, taken, count, last }],
      ),
    )
    .toSorted((a, b) => b.count - a.count || b.last - a.last || a.port - b.port || a.taken - b.taken)
}

/** The ports that were taken for a port, in the order of these mix-ups; and those that it was taken for. */
export const mixedWith =
  (mixups: readonly Mixup[]) =>
  (port: number): readonly number[] => [
    ...new Set(mixups.flatMap((one) => (one.port === port ? [one.taken] : one.taken === port ? [one.port] : []))),
  ]

/** How well each of the 65,536 numbers is known, 0 to 1: the mean chance to recall its number and its name, of the better known transport. */
export function heat(memory: Memory, settings: MemorySettings, at: number): Float32Array {
  const scheduler = schedulerOf(settings)
  const map = new Float32Array(65536)
  const facts = new Map<string, { port: number; chance: number }>()
  for (const one of memory.values()) {
    const { port, direction } = partsOf(one.card)
    if (direction !== 'name' && direction !== 'number') continue
    const chance = (facts.get(factOf(one.card))?.chance ?? 0) + recall(scheduler, one, at) / 2
    facts.set(factOf(one.card), { port, chance })
  }
  for (const { port, chance } of facts.values()) map[port] = Math.max(map[port] ?? 0, chance)
  return map
}

/** Days in a row with practice, and how many of this week's free days are left. */
export interface Streak {
  readonly days: number
  readonly free: number
}

/** Two days of a week, from Monday, may be missed. */
const FREE = 2
/** 1 January 1970 was a Thursday. */
const weekOf = (day: number): number => Math.floor((day + 3) / 7)

/**
 * The streak on a day, from the days with practice (as `dayOf` counts them). Free days and days off do not break it, and
 * a day that is not over yet is not missed.
 */
export function streak(days: ReadonlySet<number>, { vacations }: Pick<Plan, 'vacations'>, today: number): Streak {
  const missed = new Map<number, number>()
  const first = Math.min(...days, today)
  let count = 0
  for (let day = today; day >= first; day--) {
    if (days.has(day)) count++
    else if (day !== today && !vacations.some(({ from, until }) => from <= day && day <= until)) {
      const week = weekOf(day)
      const inWeek = (missed.get(week) ?? 0) + 1
      if (inWeek > FREE) break
      missed.set(week, inWeek)
    }
  }
  return { days: count, free: count === 0 ? FREE : FREE - (missed.get(weekOf(today)) ?? 0) }
}
