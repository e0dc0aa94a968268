import { contrast } from '../../quiz/contrast'
import type { Given } from '../../quiz/course'
import type { Body } from '../../quiz/question'
import { words } from '../../words'
import { misconceptions } from '../../words/misconceptions'
import { quiz } from '../../words/quiz-screens'
import { OpenInSandbox } from '../sandbox/OpenInSandbox'
import { Said } from './Said'

/** How an answer was: right, wrong, or none in time. */
export type Outcome = 'right' | 'wrong' | 'noAnswer'

export const outcomeOf = ({ answer, marked }: Given): Outcome =>
  answer === undefined ? 'noAnswer' : marked.right ? 'right' : 'wrong'

/** What is right, in words, where one line can say it. */
export function solutionOf(body: Body): string {
  const textOf = (items: readonly { readonly means: string; readonly text: string }[], means: string) =>
    items.find((item) => item.means === means)?.text ?? means
  switch (body.kind) {
    case 'choose':
    case 'predict':
    case 'several':
      return body.options
        .filter(({ right }) => right)
        .map(({ text }) => text)
        .join(', ')
    case 'type':
      return body.answer
    case 'order':
      return body.order.map((means) => textOf(body.items, means)).join(' → ')
    case 'match':
      return body.pairs
        .map(([left, right]) => quiz.match.pair(textOf(body.left, left), textOf(body.right, right)))
        .join(', ')
  }
}

/** The chosen option and the right one, where one of each can stand side by side. */
function pairOf({ question: { body }, answer }: Given): readonly [string, string] | undefined {
  if (body.kind !== 'choose' && body.kind !== 'predict') return undefined
  const chosen = body.options.find(({ means }) => answer && 'means' in answer && means === answer.means)
  const right = body.options.find((option) => option.right)
  return chosen && right && chosen !== right ? [chosen.text, right.text] : undefined
}

/** After an answer: why it is right or wrong, and for a wrong one the idea behind it beside what is so. */
export function Feedback({ given }: { readonly given: Given }) {
  const { question, marked } = given
  const { text, source } = question.explanation
  const outcome = outcomeOf(given)
  const order = question.body.kind === 'order' && !marked.right ? question.body : undefined
  const [first, ...others] = marked.misconceptions
  const pair = outcome === 'wrong' ? pairOf(given) : undefined
  const sides = pair && contrast(...pair)
  return (
    <section class={`reply ${outcome}`} aria-label={quiz.feedback.why}>
      <div class="reply-why">
        <p>
          <strong>{quiz.feedback.why}.</strong> <Said text={text} /> <cite>{source}</cite>
        </p>
        {order && (
          <div class="right-order">
            <strong>{quiz.order.right}</strong>
            <ol>
              {order.order.map((means) => (
                <li key={means}>
                  <Said text={order.items.find((item) => item.means === means)?.text ?? means} />
                </li>
              ))}
            </ol>
          </div>
        )}
        <OpenInSandbox
          find={(links) => links.ofQuestion(question)}
          {...(outcome !== 'wrong' && { name: words.nav.asPicture })}
        />
      </div>
      {first && (
        <div class="refutation">
          <h2>
            <span class="refutation-of">{quiz.feedback.idea}</span> {misconceptions[first].name}
          </h2>
          {sides && (
            <dl class="side-by-side">
              <div class="wrong">
                <dt>
                  <span aria-hidden="true">✕ </span>
                  {quiz.feedback.you}
                </dt>
                <dd>
                  <Said text={sides[0]} />
                </dd>
              </div>
              <div class="right">
                <dt>
                  <span aria-hidden="true">✓ </span>
                  {quiz.feedback.right}
                </dt>
                <dd>
                  <Said text={sides[1]} />
                </dd>
              </div>
            </dl>
          )}
          <Refutation id={first} />
          {others.map((id) => (
            <details key={id}>
              <summary>{misconceptions[id].name}</summary>
              <Refutation id={id} />
            </details>
          ))}
        </div>
      )}
    </section>
  )
}

/** What many believe, what is so, and where one can see it. */
export function Refutation({ id }: { readonly id: keyof typeof misconceptions }) {
  const { wrong, right, evidence, source } = misconceptions[id]
  return (
    <dl class="refuted">
      <div>
        <dt>{quiz.feedback.believed}</dt>
        <dd class="believed">
          <Said text={wrong} />
        </dd>
      </div>
      <div>
        <dt>{quiz.feedback.fact}</dt>
        <dd>
          <Said text={right} />
        </dd>
      </div>
      <div>
        <dt>{quiz.feedback.seen}</dt>
        <dd>
          <Said text={evidence} /> <cite>{source}</cite>
        </dd>
      </div>
    </dl>
  )
}
