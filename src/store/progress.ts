import * as v from 'valibot'

const LevelProgress = v.object({
  /** 0 to 3. */
  stars: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(3)),
  /** Best share of right first verdicts, 0 to 1. */
  accuracy: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  /** How often the level was finished. */
  played: v.pipe(v.number(), v.integer(), v.minValue(1)),
})
export type LevelProgress = v.InferOutput<typeof LevelProgress>

/** What is kept of a player: by level id, what was reached there. */
export const ProgressSchema = v.object({
  version: v.literal(1),
  levels: v.record(v.pipe(v.string(), v.maxLength(16)), LevelProgress),
})
export type Progress = v.InferOutput<typeof ProgressSchema>
