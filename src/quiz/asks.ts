import type { MisconceptionId } from '../lessons/misconception'
import type { QuestionWords } from '../words/questions'
import { offeredBy } from './record'
import type { Template } from './template'
import { questionFrom } from './template'

/** So many questions of a template are looked at: not every one offers every idea. */
const SAMPLES = 3

const known = new Map<string, readonly MisconceptionId[]>()

/** The ideas that a template's questions can show. The words play no part in that: it is found out once. */
export function asksOf(template: Template, words: QuestionWords): readonly MisconceptionId[] {
  const before = known.get(template.id)
  if (before) return before
  const questions = Array.from({ length: SAMPLES }, (_, seed) => questionFrom(template, seed + 1, words))
  const ideas = [...new Set(questions.flatMap(({ body }) => offeredBy(body)))]
  known.set(template.id, ideas)
  return ideas
}
