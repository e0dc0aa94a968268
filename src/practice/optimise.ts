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

/** Why nothing can be fitted in this browser: it cannot run the optimiser, or the optimiser could not be fetched. */
export type NoOptimiser = 'cannot' | 'unreachable'

/** Pages of 64 KiB that the optimiser begins with, and the most it may ask for: its file says so. */
const PAGES = { initial: 18, maximum: 16384 } as const

/**
 * The optimiser of FSRS itself (fsrs-rs as WebAssembly, 1.7 MB), fetched when it is asked for unless its bytes are given.
 * Its memory is made to be shared between threads. One thread does without the isolation that browsers ask of a page for more
 * (HTML, cross-origin isolation), but not every browser makes such memory for a page that has none.
 */
export async function fsrsOptimiser(wasm?: BufferSource): Promise<Optimiser | NoOptimiser> {
  const memory = sharedMemory()
  if (!memory) return 'cannot'
  try {
    const [{ default: init, Fsrs }, file] = await Promise.all([
      import('fsrs-browser'),
      wasm ?? import('fsrs-browser/fsrs_browser_bg.wasm?url').then((found) => found.default),
    ])
    await init({ module_or_path: file, memory })
    // The optimiser is used up by one fit.
    return ({ ratings, days, lengths }) =>
      Promise.resolve(Array.from(new Fsrs().computeParameters(ratings, days, lengths, null, true)))
  } catch (error) {
    const isForeign = error instanceof WebAssembly.CompileError || error instanceof WebAssembly.LinkError
    return isForeign ? 'cannot' : 'unreachable'
  }
}

function sharedMemory(): WebAssembly.Memory | undefined {
  try {
    return new WebAssembly.Memory({ ...PAGES, shared: true })
  } catch {
    return undefined
  }
}

/** What came of fitting: parameters that foresee this learner's reviews better, or why the old ones stay. */
export type Fitted =
  | {
      readonly kind: 'better'
      readonly weights: readonly number[]
      /** The mean surprise at each of the latest reviews, in nats: by what was fitted to the earlier ones, and before. */
      readonly logLoss: number
      readonly before: number
      /** How many reviews that were. */
      readonly tried: number
    }
  | { readonly kind: 'no-better' }
  /** So many more reviews are needed first. */
  | { readonly kind: 'too-few'; readonly missing: number }
  | { readonly kind: NoOptimiser }

/** So many reviews of later days are missing until there is enough to fit. */
export const reviewsMissing = (reviews: readonly Review[]): number =>
  Math.max(0, ENOUGH - trainingSet(reviews).lengths.length)

/** The share of the reviews, the latest, that parameters fitted to all earlier ones must foresee. */
const TRIED = 0.2

/**
 * Parameters fitted to these reviews (in the order of time), if there are enough of them. Those of `settings` stay unless
 * parameters fitted to the earlier reviews foresee the latest ones better: what was fitted to a review always knows it.
 */
export async function fitted(
  reviews: readonly Review[],
  settings: MemorySettings,
  load: () => Promise<Optimiser | NoOptimiser>,
): Promise<Fitted> {
  const missing = reviewsMissing(reviews)
  if (missing > 0) return { kind: 'too-few', missing }
  const optimiser = await load()
  if (typeof optimiser === 'string') return { kind: optimiser }
  const since = reviews[Math.floor(reviews.length * (1 - TRIED))]?.at ?? 0
  const latest = (used: MemorySettings) => retention(trialsOf(reviews, used).filter(({ review }) => review.at >= since))
  try {
    const tried = await optimiser(trainingSet(reviews.filter(({ at }) => at < since)))
    const before = latest(settings)
    const { logLoss, trials } = latest({ ...settings, weights: tried })
    if (!(logLoss < before.logLoss)) return { kind: 'no-better' }
    return {
      kind: 'better',
      weights: await optimiser(trainingSet(reviews)),
      logLoss,
      before: before.logLoss,
      tried: trials,
    }
  } catch {
    // Its memory was not enough.
    return { kind: 'cannot' }
  }
}
