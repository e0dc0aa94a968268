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

/** Both together: of every level the best that either has. In any order, and however often, the same comes of it. */
export function mergeProgress(a: Progress, b: Progress): Progress {
  const levels = { ...a.levels }
  for (const [id, theirs] of Object.entries(b.levels)) {
    const ours = levels[id]
    levels[id] = ours
      ? {
          stars: Math.max(ours.stars, theirs.stars),
          accuracy: Math.max(ours.accuracy, theirs.accuracy),
          played: Math.max(ours.played, theirs.played),
        }
      : theirs
  }
  return { version: 1, levels }
}
