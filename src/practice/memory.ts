import type { Card as FsrsCard, FSRS } from 'ts-fsrs'
import { Rating, State, createEmptyCard, fsrs } from 'ts-fsrs'
import type { CardId } from './card'
import type { Grade } from './grade'
import type { Review } from './log'

/** How a learner wants to remember. */
export interface MemorySettings {
  /** The share that should still be known when a card comes back, 0.80 to 0.95. */
  readonly retention: number
  /** FSRS's own parameters, where they were fitted to this learner's history. */
  readonly weights?: readonly number[]
}

/** What is remembered of one card. Times are milliseconds since 1970; `state` is FSRS's (0 new, 1 learning, 2 review, 3 relearning). */
export interface CardMemory {
  readonly card: CardId
  readonly due: number
  /** Days until the chance of recall falls to 90 %. */
  readonly stability: number
  /** 1 (easy) to 10. */
  readonly difficulty: number
  readonly state: 0 | 1 | 2 | 3
  readonly step: number
  readonly days: number
  readonly reps: number
  readonly lapses: number
  readonly first: number
  readonly last: number
  /** The last two grades, the latest last. */
  readonly lastTwo: readonly Grade[]
}

export type Memory = ReadonlyMap<CardId, CardMemory>

/** The scheduler for these settings: no chance in it, so that the same reviews give the same dates on every device. */
export const schedulerOf = ({ retention, weights }: MemorySettings): FSRS =>
  fsrs({ request_retention: retention, enable_fuzz: false, ...(weights && { w: [...weights] }) })

/** FSRS's own names for its grades and states. */
const RATINGS = { 1: Rating.Again, 2: Rating.Hard, 3: Rating.Good, 4: Rating.Easy } as const
const STATES = [State.New, State.Learning, State.Review, State.Relearning] as const

const toFsrs = (memory: CardMemory | undefined, at: number): FsrsCard =>
  memory
    ? {
        due: new Date(memory.due),
        stability: memory.stability,
        difficulty: memory.difficulty,
        elapsed_days: 0,
        scheduled_days: memory.days,
        learning_steps: memory.step,
        reps: memory.reps,
        lapses: memory.lapses,
        state: STATES[memory.state],
        last_review: new Date(memory.last),
      }
    : createEmptyCard(new Date(at))

/** The memory of a card after one more review. */
export function afterReview(scheduler: FSRS, before: CardMemory | undefined, { card, at, grade }: Review): CardMemory {
  const after = scheduler.next(toFsrs(before, at), new Date(at), RATINGS[grade]).card
  return {
    card,
    due: after.due.getTime(),
    stability: after.stability,
    difficulty: after.difficulty,
    state: after.state,
    step: after.learning_steps,
    days: after.scheduled_days,
    reps: after.reps,
    lapses: after.lapses,
    first: before?.first ?? at,
    last: at,
    lastTwo: [...(before?.lastTwo ?? []), grade].slice(-2),
  }
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
  memory ? scheduler.get_retrievability(toFsrs(memory, at), new Date(at), false) : 0
