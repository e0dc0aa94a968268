import type { Answer, Body, Item } from '../../quiz/question'
import { quiz } from '../../words/quiz-screens'

const textOf = (items: readonly Item[], means: string): string =>
  items.find((item) => item.means === means)?.text ?? means

/** An answer to a blind question in words. */
export function answerText(body: Body, answer: Answer): string {
  switch (answer.kind) {
    case 'choose':
    case 'predict':
      return 'options' in body ? textOf(body.options, answer.means) : answer.means
    case 'several':
      return 'options' in body ? answer.means.map((means) => textOf(body.options, means)).join(', ') || '–' : '–'
    case 'type':
      return answer.text
    case 'order':
      return body.kind === 'order' ? answer.means.map((means) => textOf(body.items, means)).join(' → ') : '–'
    case 'match':
      return body.kind === 'match'
        ? answer.pairs
            .map(([left, right]) => quiz.match.pair(textOf(body.left, left), textOf(body.right, right)))
            .join(', ')
        : '–'
  }
}
