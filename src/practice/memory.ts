import * as v from 'valibot'
import type { CardInput, FSRS } from 'ts-fsrs'
import { Rating, State, createEmptyCard, fsrs } from 'ts-fsrs'
import type { CardId } from './card'
import { CardIdSchema } from './card'
import { DAY, clockAt, dayOf } from './day'
import type { Grade } from './grade'
import { AGAIN } from './grade'
import type { Review } from './log'

/** How a learner wants to remember. */
export interface MemorySettings {
  /** The share that should still be known when a card comes back, 0.80 to 0.95. */
  readonly retention: number
  /** FSRS's own parameters, where they were fitted to this learner's history. */
  readonly weights?: readonly number[]
}

/** The desired retention to begin with, and the least and most that can be set. */
export const [RETENTION, LEAST_RETENTION, MOST_RETENTION] = [0.9, 0.8, 0.95] as const

/** A card is learned in steps of minutes, then reviewed after days; one that was forgotten goes through a step again. */
export const STAGES = ['learning', 'review', 'relearning'] as const
export type Stage = (typeof STAGES)[number]

const Time = v.pipe(v.number(), v.integer())
const Count = v.pipe(v.number(), v.integer(), v.minValue(0))

/** What is remembered of one card, as it is kept. */
export const CardMemorySchema = v.object({
  card: CardIdSchema,
  due: Time,
  /** Days until the chance of recall falls to 90 %. */
  stability: v.number(),
  /** 1 (easy) to 10. */
  difficulty: v.number(),
  stage: v.picklist(STAGES),
  step: Count,
  /** Days from the last review to the next. */
  days: Count,
  reps: Count,
  /** How often it was forgotten once it was learned. */
  lapses: Count,
  /** On how many days it failed since it was last set aside; when it is set aside, see `LEECH`. */
  failures: Count,
  /** The day of the last failure. */
  failed: v.optional(v.pipe(v.number(), v.integer())),
  first: Time,
  last: Time,
  /** The learner's clock at the last review, in minutes east of UTC. */
  utcOffset: v.pipe(v.number(), v.integer()),
  /** The last two grades, the latest last. */
  lastTwo: v.pipe(v.array(v.picklist([1, 2, 3, 4])), v.maxLength(2)),
})

/** What is remembered of one card. Times are milliseconds since 1970. */
export type CardMemory = v.InferOutput<typeof CardMemorySchema>

export type Memory = ReadonlyMap<CardId, CardMemory>

/** A card that failed on so many days is set aside: beside its twin it is learned better than alone. */
export const LEECH = 6

/** The scheduler for these settings: no chance in it, so that the same reviews give the same dates on every device. */
export const schedulerOf = ({ retention, weights }: MemorySettings): FSRS =>
  fsrs({ request_retention: retention, enable_fuzz: false, ...(weights && { w: [...weights] }) })

/** FSRS's own names for its grades and states. */
const RATINGS = { 1: Rating.Again, 2: Rating.Hard, 3: Rating.Good, 4: Rating.Easy } as const
const STATES = { learning: State.Learning, review: State.Review, relearning: State.Relearning } as const
const stageOf = (state: State): Stage =>
  state === State.Review ? 'review' : state === State.Relearning ? 'relearning' : 'learning'

/**
 * A card as FSRS takes it. FSRS counts days from midnight UTC: it is given times on a clock that shows midnight when the
 * learner's day of practice begins, so that two reviews of one evening are never two days to it.
 */
const toFsrs = (memory: CardMemory | undefined, clock: Date): CardInput =>
  memory
    ? {
        due: clockAt(memory.due, memory.utcOffset),
        stability: memory.stability,
        difficulty: memory.difficulty,
        elapsed_days: 0,
        scheduled_days: memory.days,
        learning_steps: memory.step,
        reps: memory.reps,
        lapses: memory.lapses,
        state: STATES[memory.stage],
        // Who has flown west may have gone back a day: then none has passed.
        last_review: new Date(Math.min(clock.getTime(), clockAt(memory.last, memory.utcOffset).getTime())),
      }
    : createEmptyCard(clock)

/** The memory of a card after one more review. */
export function afterReview(scheduler: FSRS, before: CardMemory | undefined, review: Review): CardMemory {
  const { card, at, grade, utcOffset } = review
  const clock = clockAt(at, utcOffset)
  const after = scheduler.next(toFsrs(before, clock), clock, RATINGS[grade]).card
  const lastTwo = [...(before?.lastTwo ?? []), grade].slice(-2)
  return {
    card,
    due: at + (after.due.getTime() - clock.getTime()),
    stability: after.stability,
    difficulty: after.difficulty,
    stage: stageOf(after.state),
    step: after.learning_steps,
    days: after.scheduled_days,
    reps: after.reps,
    lapses: after.lapses,
    ...failuresAfter(before, dayOf(at, utcOffset), lastTwo),
    first: before?.first ?? at,
    last: at,
    utcOffset,
    lastTwo,
  }
}

/** Failures of one day count once. A card that was set aside comes back when it was right twice in a row. */
function failuresAfter(
  before: CardMemory | undefined,
  day: number,
  lastTwo: readonly Grade[],
): Pick<CardMemory, 'failures' | 'failed'> {
  const { failures = 0, failed } = before ?? {}
  const same = { failures, ...(failed !== undefined && { failed }) }
  if (lastTwo.at(-1) === AGAIN) return failed === day ? same : { failures: failures + 1, failed: day }
  return failures >= LEECH && lastTwo.length === 2 && !lastTwo.includes(AGAIN) ? { failures: 0 } : same
}

/** What all these reviews, in the order of time, have left in memory. */
export function memoryOf(reviews: readonly Review[], settings: MemorySettings): Memory {
  const scheduler = schedulerOf(settings)
  const memory = new Map<CardId, CardMemory>()
  for (const review of reviews) memory.set(review.card, afterReview(scheduler, memory.get(review.card), review))
  return memory
}

/** The chance that a card is known at a moment (milliseconds since 1970), 0 to 1; 0 for one never seen. */
export const recall = (scheduler: FSRS, memory: CardMemory | undefined, at: number): number =>
  memory ? scheduler.forgetting_curve(Math.max(0, at - memory.last) / DAY, memory.stability) : 0
