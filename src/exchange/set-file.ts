import * as v from 'valibot'
import type { QuestionSet } from '../quiz/set'
import { SetSchema } from '../quiz/set'

/** What the file says it is, so that no other JSON is taken for it. */
const KIND = 'port-authority question set'

/** More than the largest set takes. */
const MOST_BYTES = 20_000_000

const SetFile = v.object({ kind: v.literal(KIND), version: v.literal(1), set: SetSchema })
const NewerFile = v.object({ kind: v.literal(KIND), version: v.pipe(v.number(), v.minValue(2)) })

/** Why a file gives no set. Its words stand in the message catalogue. */
export type SetFileFault = 'not-json' | 'not-a-set' | 'newer-version' | 'too-large'

/** The text of a file that holds a set. */
export const writeSetFile = (set: QuestionSet): string =>
  `${JSON.stringify({ kind: KIND, version: 1, set }, null, 2)}\n`

/** The set in the text of a file, or why there is none. Never throws, whatever the text is. */
export function readSetFile(text: string): { readonly set: QuestionSet } | { readonly fault: SetFileFault } {
  if (text.length > MOST_BYTES) return { fault: 'too-large' }
  let json: unknown
  try {
    json = JSON.parse(text.replace(/^\ufeff/, ''))
  } catch {
    return { fault: 'not-json' }
  }
  const file = v.safeParse(SetFile, json)
  if (file.success) return { set: file.output.set }
  return { fault: v.is(NewerFile, json) ? 'newer-version' : 'not-a-set' }
}
