import type { Review } from './log'
import { dayOf } from './day'
import type { CardId } from './card'
import type { MemorySettings } from './memory'
import { retention, trialsOf } from './insight'

/** Histories of cards as FSRS's optimiser takes them: each item is a card's reviews up to one whose recall is to be foreseen. */
export interface TrainingSet {
  /** Grades 1 to 4 of all items, one after the other, and the days before each. */
  readonly ratings: Uint32Array<ArrayBuffer>
  readonly days: Uint32Array<ArrayBuffer>
  /** How many reviews each item has. */
  readonly lengths: Uint32Array<ArrayBuffer>
}

/** The training set of these reviews, in the order of time: an item for each review a day or more after the last. */
export function trainingSet(reviews: readonly Review[]): TrainingSet {
  const histories = new Map<CardId, { day: number; ratings: number[]; days: number[] }>()
  const ratings: number[] = []
  const days: number[] = []
  const lengths: number[] = []
  for (const { card, at, utcOffset, grade } of reviews) {
    const day = dayOf(at, utcOffset)
    const history = histories.get(card) ?? { day, ratings: [], days: [] }
    const passed = Math.max(0, day - history.day)
    history.day = day
    history.ratings.push(grade)
    history.days.push(passed)
    histories.set(card, history)
    if (passed === 0) continue
    ratings.push(...history.ratings)
    days.push(...history.days)
    lengths.push(history.ratings.length)
  }
  return { ratings: new Uint32Array(ratings), days: new Uint32Array(days), lengths: new Uint32Array(lengths) }
}

/** From fewer reviews than this, FSRS's own defaults, fitted to many learners, foresee better. */
export const ENOUGH = 400

/** Fits FSRS's parameters to a training set. */
export type Optimiser = (set: TrainingSet) => Promise<readonly number[]>

/**
 * The optimiser of FSRS itself (fsrs-rs as WebAssembly, 1.7 MB), fetched when it is asked for unless its bytes are given.
 * Rejects where the browser lacks WebAssembly with shared memory, or the file cannot be fetched.
 */
export async function fsrsOptimiser(wasm?: BufferSource): Promise<Optimiser> {
  const { default: init, Fsrs } = await import('fsrs-browser')
  await init(wasm && { module_or_path: wasm })
  // The optimiser is used up by one fit.
  return ({ ratings, days, lengths }) =>
    Promise.resolve(Array.from(new Fsrs().computeParameters(ratings, days, lengths, null, true)))
}

/** What came of fitting: parameters that foresee this learner's reviews better, or why the old ones stay. */
export type Fitted =
  | { readonly kind: 'better'; readonly weights: readonly number[]; readonly logLoss: number; readonly before: number }
  | { readonly kind: 'no-better' }
  /** So many more reviews are needed first. */
  | { readonly kind: 'too-few'; readonly missing: number }

/** Parameters fitted to these reviews (in the order of time), if there are enough, and if they foresee them better than those of `settings`. */
export async function fitted(
  reviews: readonly Review[],
  settings: MemorySettings,
  optimiser: Optimiser,
): Promise<Fitted> {
  const set = trainingSet(reviews)
  if (set.lengths.length < ENOUGH) return { kind: 'too-few', missing: ENOUGH - set.lengths.length }
  const weights = await optimiser(set)
  const before = retention(trialsOf(reviews, settings)).logLoss
  const { logLoss } = retention(trialsOf(reviews, { ...settings, weights }))
  return logLoss < before ? { kind: 'better', weights, logLoss, before } : { kind: 'no-better' }
}
