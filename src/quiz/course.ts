import type { Marked } from './mark'
import { mark } from './mark'
import type { Answer, Question } from './question'

/** A question that is over. */
export interface Given {
  readonly question: Question
  /** Undefined when the time ran out: that is no answer, and neither right nor wrong. */
  readonly answer: Answer | undefined
  readonly marked: Marked
}

/** The next question after these, perhaps chosen by them; undefined at the end. */
export type NextQuestion = (given: readonly Given[]) => Question | undefined

/** Questions one after another, with the answers so far. */
export interface Course {
  readonly given: readonly Given[]
  /** The question that comes now; undefined at the end. */
  readonly next: Question | undefined
}

const NOTHING: Marked = { right: false, misconceptions: [], readable: true }

/**
 * Where answers lead (null where the time ran out). `known`, a course that the same questions led to with fewer answers,
 * saves making its questions anew.
 */
export function courseOf(next: NextQuestion, answers: readonly (Answer | null)[], known?: Course): Course {
  let course: Course = known && known.given.length <= answers.length ? known : { given: [], next: next([]) }
  while (course.given.length < answers.length && course.next) {
    const question = course.next
    const answer = answers[course.given.length] ?? undefined
    const marked = answer ? mark(question.body, answer) : NOTHING
    // What cannot be read as an answer to this question is none.
    const one: Given = {
      question,
      answer: marked.readable ? answer : undefined,
      marked: marked.readable ? marked : NOTHING,
    }
    const given: readonly Given[] = [...course.given, one]
    course = { given, next: next(given) }
  }
  return course
}
