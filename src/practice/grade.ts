import type { Input, Review } from './log'

/** FSRS's four grades: 1 Again, 2 Hard, 3 Good, 4 Easy. */
export type Grade = 1 | 2 | 3 | 4
export const [AGAIN, HARD, GOOD, EASY] = [1, 2, 3, 4] as const

/** How an answer was given: all that its grade depends on. */
export interface Performance {
  readonly right: boolean
  /** A digit was corrected, or help was taken, before it was right. */
  readonly helped: boolean
  /** Milliseconds from when the card could be seen to the first key; undefined when that says nothing. */
  readonly firstKey: number | undefined
  /** The learner's own usual time on this input, in milliseconds. */
  readonly median: number
  /** The card's last two grades, the latest last. */
  readonly lastTwo: readonly Grade[]
}

/** The table of how answers are graded: by correctness and time to the first key, by the learner's own median. */
export function gradeOf({ right, helped, firstKey, median, lastTwo }: Performance): Grade {
  if (!right) return AGAIN
  if (helped) return HARD
  if (firstKey === undefined) return GOOD
  if (firstKey > 3 * median) return HARD
  const steady = lastTwo.length >= 2 && lastTwo.slice(-2).every((grade) => grade >= GOOD)
  return firstKey < 0.6 * median && steady ? EASY : GOOD
}

/** The usual time before there are enough answers to know one's own. */
export const FIRST_MEDIAN = 4000
const ENOUGH = 20
const RECENT = 50
/** A pause that long was spent on something else. */
const PAUSE = 30_000

/** What may void the time of an answer. */
export interface Circumstances {
  /** The page was hidden, or a screen reader may still have been speaking. */
  readonly disturbed: boolean
  /** The setting "time plays no part". */
  readonly timeless: boolean
}

/** The time to the first key as far as it says something. */
export const timeThatCounts = (
  firstKey: number | undefined,
  { disturbed, timeless }: Circumstances,
): number | undefined => (firstKey === undefined || disturbed || timeless || firstKey > PAUSE ? undefined : firstKey)

/** The learner's own median time to the first key over the last fifty right answers on one input; four seconds before. */
export function medianOf(reviews: readonly Review[], input: Input): number {
  const times = reviews
    .flatMap((review) => (review.right && review.input === input ? (review.firstKey ?? []) : []))
    .slice(-RECENT)
    .sort((a, b) => a - b)
  const middle = times.length >> 1
  const [low = FIRST_MEDIAN, high = FIRST_MEDIAN] = [times[(times.length - 1) >> 1], times[middle]]
  return times.length < ENOUGH ? FIRST_MEDIAN : (low + high) / 2
}
