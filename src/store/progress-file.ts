import * as v from 'valibot'
import type { Log } from './log'
import { EMPTY_LOG, LogSchema } from './log'
import type { Progress } from './progress'
import { ProgressSchema } from './progress'
import type { QuizRecord } from './quiz-record'
import { NO_RECORD, QuizRecordSchema } from './quiz-record'

/** What the file says it is, so that no other JSON is taken for it. */
const KIND = 'port-authority progress'

/** More than a building of levels and the longest record of answers take. */
const MOST_BYTES = 8_000_000

/** Files from before the quiz hold no record, and those from before the porter's log no log. */
const ProgressFile = v.object({
  kind: v.literal(KIND),
  progress: ProgressSchema,
  quiz: v.optional(QuizRecordSchema, NO_RECORD),
  log: v.optional(LogSchema, EMPTY_LOG),
})

const Newer = v.object({ version: v.pipe(v.number(), v.minValue(2)) })
const NewerFile = v.union([
  v.object({ kind: v.literal(KIND), progress: Newer }),
  v.object({ kind: v.literal(KIND), quiz: Newer }),
  v.object({ kind: v.literal(KIND), log: Newer }),
])

/** Why a file gives no progress. Its words stand in the message catalogue. */
export type ProgressFileFault = 'not-json' | 'not-progress' | 'newer-version' | 'too-large'

/** What a file holds: the levels, the answers of the quiz, and the porter's log. */
export interface Kept {
  readonly progress: Progress
  readonly quiz: QuizRecord
  readonly log: Log
}

/** The text of a file that holds one's progress. */
export const writeProgressFile = ({ progress, quiz, log }: Kept): string =>
  `${JSON.stringify({ kind: KIND, progress, quiz, log }, null, 2)}\n`

/** The progress in the text of a file, or why there is none. Never throws, whatever the text is. */
export function readProgressFile(text: string): Kept | { readonly fault: ProgressFileFault } {
  if (text.length > MOST_BYTES) return { fault: 'too-large' }
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return { fault: 'not-json' }
  }
  const file = v.safeParse(ProgressFile, json)
  if (file.success) return { progress: file.output.progress, quiz: file.output.quiz, log: file.output.log }
  return { fault: v.is(NewerFile, json) ? 'newer-version' : 'not-progress' }
}
