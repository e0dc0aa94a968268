import type { CardInput, FSRS } from 'ts-fsrs'
import { Rating, createEmptyCard, fsrs } from 'ts-fsrs'
import type { Random } from '../shift/random'
import { random } from '../shift/random'
import type { CardId } from './card'
import { dayOf } from './day'
import type { Fact } from './fact'
import { bookOf } from './fact'
import type { Grade } from './grade'
import { AGAIN, GOOD, HARD } from './grade'
import { DAY, MINUTE, MONDAY, review } from './log.test-support'
import type { Review } from './log'
import type { MemorySettings } from './memory'
import type { Plan } from './schedule'
import { agenda } from './schedule'
import type { SessionContext } from './session'
import { answered, begin } from './session'
import type { Remembered } from './snapshot'
import { remember, rememberAll } from './snapshot'

/** What a simulated learner truly remembers of one card. */
export interface Trace {
  /** The chance of recall at a moment (milliseconds since 1970). */
  readonly chance: (at: number) => number
  readonly reviewed: (at: number, grade: Grade) => Trace
}

/** A learner whose memory is known. `fresh` is what is remembered of something never seen. */
export interface Learner {
  readonly name: string
  readonly fresh: (at: number, dice: Random) => Trace
}

const RATINGS = { 1: Rating.Again, 2: Rating.Hard, 3: Rating.Good, 4: Rating.Easy } as const
/** The first question is chosen, from what was just seen. */
const GUESS = 0.6

/** Whose memory is as FSRS's own model has it. */
export const fsrsLearner = (model: FSRS = fsrs()): Learner => ({
  name: 'memory as FSRS has it',
  fresh: (at) => {
    const trace = (card: CardInput): Trace => ({
      chance: (now) =>
        card.last_review
          ? model.forgetting_curve(Math.max(0, now - new Date(card.last_review).getTime()) / DAY, card.stability)
          : GUESS,
      reviewed: (now, grade) => trace(model.next(card, new Date(now), RATINGS[grade]).card),
    })
    return trace(createEmptyCard(new Date(at)))
  },
})

/** How a memory with half-lives behaves. */
export interface HalfLives {
  /** Days after the first success. */
  readonly first: number
  /** A success when it is all but forgotten multiplies the half-life by one more than this; one at once does nothing. */
  readonly gain: number
  /** What a failure leaves of it. */
  readonly left: number
}

/**
 * Whose memory is of another kind: what is known fades exponentially. A success makes its half-life longer, the more the
 * harder it came; a failure takes most of it away. Cards differ in how well they stick, by up to a half.
 */
export const halfLifeLearner = ({ first, gain, left }: HalfLives): Learner => ({
  name: 'memory with half-lives',
  fresh: (_, dice) => {
    const ease = 0.5 + dice.next()
    const trace = (last: number | undefined, halfLife: number): Trace => {
      const chance = (now: number) =>
        last === undefined ? GUESS : 2 ** -(Math.max(0, now - last) / DAY / Math.max(0.05, halfLife))
      return {
        chance,
        reviewed: (now, grade) => {
          if (last === undefined) return trace(now, (first * ease) / (grade === AGAIN ? 2 : 1))
          // Who fails learns it anew, so that never less is left than at the beginning.
          if (grade === AGAIN) return trace(now, Math.max(halfLife * left, (first * ease) / 2))
          return trace(now, halfLife * (1 + gain * ease * (1 - chance(now))))
        },
      }
    }
    return trace(undefined, 0)
  },
})

/** The grade that comes of an attempt: wrong when it is not recalled; else Good, one time in ten Hard. */
const attempt = (chance: number, dice: Random): Grade =>
  dice.next() >= chance ? AGAIN : dice.next() < 0.1 ? HARD : GOOD

/** How a simulated learner practises. */
export interface Practice {
  readonly facts: readonly Fact[]
  readonly days: number
  readonly settings: MemorySettings
  readonly seed: number
  /** Days (from 0) on which nothing is done; none if left out. */
  readonly isFree?: (day: number) => boolean
  /** Settings that are taken up on a day, such as parameters fitted to the reviews so far. */
  readonly refit?: (day: number, reviews: readonly Review[]) => Promise<MemorySettings | undefined>
}

const PLAN: Plan = { newPerDay: 10, vacations: [], utcOffset: 0 }

/** Every review of a learner who takes sessions each day until nothing is due and nothing new is left. */
export async function practise(learner: Learner, practice: Practice): Promise<readonly Review[]> {
  const { facts, days, seed, isFree = () => false, refit } = practice
  const dice = random(seed)
  const book = bookOf(facts)
  const traces = new Map<CardId, Trace>()
  const reviews: Review[] = []
  let known: Remembered = rememberAll([], practice.settings)
  const context = (): SessionContext => ({ book, memory: known.memory, mixups: () => [] })
  for (let day = 0; day < days; day++) {
    if (isFree(day)) continue
    const settings = await refit?.(day, reviews)
    if (settings) known = rememberAll(reviews, settings)
    let at = MONDAY + day * DAY
    for (let sessions = 0; sessions < 40; sessions++) {
      let session = begin(agenda(facts, book, known.memory, PLAN, at), context(), dice.int(0, 1e9))
      if (!session.asking) break
      while (session.asking) {
        const { card } = session.asking
        at += 7500
        const trace = traces.get(card) ?? learner.fresh(at, dice)
        const grade = attempt(trace.chance(at), dice)
        traces.set(card, trace.reviewed(at, grade))
        const given = review(card, at, grade, { id: `device-${reviews.length.toString(36)}` })
        reviews.push(given)
        known = remember(known, [given])
        session = answered(session, given, context())
      }
      // What is learned in steps of minutes comes back after a break.
      at += 11 * MINUTE
    }
  }
  return reviews
}

/**
 * The same learner on fixed intervals: after each success in a row the next of these days, after a failure the first again,
 * and on the same day once more until it is right. Cards are met on the days on which `met` has them.
 */
export function practiseFixed(
  learner: Learner,
  met: readonly Review[],
  intervals: readonly number[],
  days: number,
  seed: number,
): readonly Review[] {
  const dice = random(seed)
  const first = new Map<CardId, number>()
  for (const { card, at } of met) if (!first.has(card)) first.set(card, dayOf(at, 0) - dayOf(MONDAY, 0))
  const reviews: Review[] = []
  for (const [card, start] of first) {
    let trace: Trace | undefined
    let streak = 0
    for (let day = start; day < days;) {
      let at = MONDAY + day * DAY
      trace ??= learner.fresh(at, dice)
      for (let grade: Grade = AGAIN, tries = 0; grade === AGAIN && tries < 20; tries++, at += MINUTE) {
        grade = attempt(trace.chance(at), dice)
        if (tries === 0) streak = grade === AGAIN ? 0 : streak + 1
        trace = trace.reviewed(at, grade)
        reviews.push(review(card, at, grade, { id: `device-${reviews.length.toString(36)}` }))
      }
      day += intervals[Math.min(Math.max(0, streak - 1), intervals.length - 1)] ?? 1
    }
  }
  return reviews.toSorted((a, b) => a.at - b.at)
}
