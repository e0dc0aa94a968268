import * as v from 'valibot'
import type { Progress } from './progress'
import { ProgressSchema } from './progress'

/** What the file says it is, so that no other JSON is taken for it. */
const KIND = 'port-authority progress'

/** Far more than a building of levels takes. */
const MOST_BYTES = 1_000_000

const ProgressFile = v.object({ kind: v.literal(KIND), progress: ProgressSchema })

const NewerFile = v.object({
  kind: v.literal(KIND),
  progress: v.object({ version: v.pipe(v.number(), v.minValue(2)) }),
})

/** Why a file gives no progress. Its words stand in the message catalogue. */
export type ProgressFileFault = 'not-json' | 'not-progress' | 'newer-version' | 'too-large'

/** The text of a file that holds one's progress. */
export const writeProgressFile = (progress: Progress): string =>
  `${JSON.stringify({ kind: KIND, progress }, null, 2)}\n`

/** The progress in the text of a file, or why there is none. Never throws, whatever the text is. */
export function readProgressFile(
  text: string,
): { readonly progress: Progress } | { readonly fault: ProgressFileFault } {
  if (text.length > MOST_BYTES) return { fault: 'too-large' }
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return { fault: 'not-json' }
  }
  const file = v.safeParse(ProgressFile, json)
  if (file.success) return { progress: file.output.progress }
  return { fault: v.is(NewerFile, json) ? 'newer-version' : 'not-progress' }
}

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
