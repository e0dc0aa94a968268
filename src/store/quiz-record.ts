import * as v from 'valibot'
import type { Answered } from '../quiz/record'
import { AnsweredSchema } from '../quiz/record'

/** How many answers are kept; beyond that the oldest go. */
export const MOST_ANSWERS = 5000

/** The test before a course whose second part is still to come: the seed of both parts, and when it was begun (ms since 1970). */
const PairSchema = v.object({
  seed: v.pipe(v.number(), v.integer(), v.minValue(0)),
  at: v.pipe(v.number(), v.integer(), v.minValue(0)),
})
export type Pair = v.InferOutput<typeof PairSchema>

/** What is kept of a learner: the first answer to each question, the earliest first. */
export const QuizRecordSchema = v.object({
  version: v.literal(1),
  answers: v.pipe(v.array(AnsweredSchema), v.maxLength(MOST_ANSWERS)),
  pair: v.optional(PairSchema),
})
export type QuizRecord = v.InferOutput<typeof QuizRecordSchema>

export const NO_RECORD: QuizRecord = { version: 1, answers: [] }

/** An answer as text: equal answers, and only those, have equal texts. */
const textOf = ({ template, seed, at, right, offered, chosen }: Answered): string =>
  JSON.stringify([template, seed, at, right, offered, chosen])

/** The answers of both, each once, by the time they were given; the latest `MOST_ANSWERS` of them. */
function union(a: readonly Answered[], b: readonly Answered[]): Answered[] {
  const all = new Map([...a, ...b].map((answer) => [textOf(answer), answer]))
  return [...all]
    .sort(([textA, one], [textB, other]) => one.at - other.at || (textA < textB ? -1 : 1))
    .slice(-MOST_ANSWERS)
    .map(([, answer]) => answer)
}

const later = (a: Pair | undefined, b: Pair | undefined): Pair | undefined =>
  !a || !b ? (a ?? b) : b.at > a.at || (b.at === a.at && b.seed > a.seed) ? b : a

/** Both together: every answer of either. In any order, and however often, the same comes of it. */
export function mergeRecords(a: QuizRecord, b: QuizRecord): QuizRecord {
  const pair = later(a.pair, b.pair)
  return { version: 1, answers: union(a.answers, b.answers), ...(pair && { pair }) }
}
