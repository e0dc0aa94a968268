import type { MisconceptionId } from '../lessons/misconception'
import { random } from '../shift/random'
import type { QuestionWords } from '../words/questions'
import type { Candidate, CheckAnswer } from './diagnosis'
import { CHECK_LENGTH, CHECK_OPTIONS, judged, nextCandidate } from './diagnosis'
import { answerOf } from './learner'
import type { Template } from './template'
import { questionFrom } from './template'

/** A check as a simulated learner goes through it, who holds these ideas and slips with this probability (0 to 1). */
export function simulateCheck(
  pool: readonly Candidate[],
  templates: readonly Template[],
  words: QuestionWords,
  holds: ReadonlySet<MisconceptionId>,
  seed: number,
  slip: number,
): readonly CheckAnswer[] {
  const dice = random(seed)
  const answers: CheckAnswer[] = []
  while (answers.length < CHECK_LENGTH) {
    const candidate = nextCandidate(pool, answers)
    const template = templates.find(({ id }) => id === candidate?.asked.template)
    if (!candidate || !template) break
    const question = questionFrom(template, candidate.asked.seed, words, { mostOptions: CHECK_OPTIONS })
    answers.push(judged(candidate, question.body, answerOf(question, holds, dice, { slip })))
  }
  return answers
}
