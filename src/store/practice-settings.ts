import * as v from 'valibot'
import { LEAST_RETENTION, MOST_RETENTION, RETENTION } from '../practice/memory'
import { NEW_PER_DAY } from '../practice/schedule'

/** New facts a day, at most. */
export const MOST_NEW = 30

/** FSRS has 21 parameters today; older versions had fewer. */
const Weights = v.pipe(v.array(v.pipe(v.number(), v.finite())), v.minLength(17), v.maxLength(40))

const Day = v.pipe(v.number(), v.integer())

const Whole = v.pipe(v.number(), v.integer(), v.minValue(0))

/** How one practises on this device. */
export const PracticeSettingsSchema = v.object({
  version: v.literal(1),
  /** The decks that are practised, by their ids, in the order in which they are met. */
  decks: v.pipe(v.array(v.string()), v.maxLength(200)),
  newPerDay: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(MOST_NEW)),
  retention: v.pipe(v.number(), v.minValue(LEAST_RETENTION), v.maxValue(MOST_RETENTION)),
  /** FSRS's parameters, where they were fitted to this learner's history. */
  weights: v.optional(Weights),
  /** Days off, as days of practice counted from 1970, first and last included. */
  vacations: v.pipe(v.array(v.object({ from: Day, until: Day })), v.maxLength(200)),
  /** Time plays no part in the grades. */
  timeless: v.boolean(),
  /** The best sprint: ports in a minute, and the longest run of right ones. */
  best: v.object({ right: Whole, run: Whole }),
})
export type PracticeSettings = v.InferOutput<typeof PracticeSettingsSchema>

export const DEFAULT_PRACTICE: PracticeSettings = {
  version: 1,
  decks: ['card-five', 'network-plus'],
  newPerDay: NEW_PER_DAY,
  retention: RETENTION,
  vacations: [],
  timeless: false,
  best: { right: 0, run: 0 },
}
