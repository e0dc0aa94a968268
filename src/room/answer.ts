import * as v from 'valibot'
import type { Answer } from '../quiz/question'

const Place = v.pipe(v.string(), v.maxLength(3))
const Item = v.pipe(v.array(Place), v.maxLength(40))

/** An answer to a blind question: places of its items, or what was typed. */
export const AnswerSchema: v.GenericSchema<unknown, Answer> = v.variant('kind', [
  v.object({ kind: v.picklist(['choose', 'predict']), means: Place }),
  v.object({ kind: v.literal('several'), means: Item }),
  v.object({ kind: v.literal('order'), means: Item }),
  v.object({ kind: v.literal('type'), text: v.pipe(v.string(), v.maxLength(200)) }),
  v.object({
    kind: v.literal('match'),
    pairs: v.pipe(v.array(v.tuple([Place, Place])), v.maxLength(40)),
  }),
])
