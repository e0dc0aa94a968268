import type { Grade } from '../../practice/grade'
import { afterReview, schedulerOf } from '../../practice/memory'
import { practice } from '../../words/practice-screens'
import { digitOf, useKey } from '../quiz/keys'
import { use } from '../use'
import type { Given } from './course'
import { untilThen } from './learner'
import { ownPractice } from './own-practice'

const GRADES: readonly Grade[] = [1, 2, 3, 4]

interface GradesProps {
  readonly given: Given
  readonly keys: boolean
}

/** The grade that an answer got and when the card comes back, and the other grades, should it be wrong. */
export function Grades({ given: { review, before, comesAgain, regrade }, keys }: GradesProps) {
  const settings = use(ownPractice(), (state) => state.remembered.settings)
  const scheduler = schedulerOf(settings)
  const text = practice.session
  const comesBack = (grade: Grade): string => {
    const { due } = afterReview(scheduler, before, { ...review, grade })
    const { minutes, days } = untilThen(due, review.at)
    return practice.when(minutes, days)
  }
  useKey((event) => {
    const grade = keys ? GRADES[digitOf(event) ?? -1] : undefined
    if (grade === undefined) return false
    if (grade !== review.grade) regrade(grade)
    return true
  })
  return (
    <fieldset class="grades">
      <legend>
        {text.grades[review.grade]}: {comesAgain ? text.backSoon : text.back(comesBack(review.grade))}
      </legend>
      <div class="grade-row" role="group" aria-label={text.grade}>
        {GRADES.map((grade) => (
          <button
            key={grade}
            type="button"
            class={`grade ${grade === review.grade ? 'chosen' : ''}`}
            aria-pressed={grade === review.grade}
            onClick={() => grade !== review.grade && regrade(grade)}
          >
            <span>
              {keys && <kbd aria-hidden="true">{grade}</kbd>} {text.grades[grade]}
            </span>
            <small>{comesBack(grade)}</small>
          </button>
        ))}
      </div>
    </fieldset>
  )
}
