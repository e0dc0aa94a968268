import type { Body } from '../../quiz/question'
import type { FirstVote } from '../../room/first-vote'
import type { Tally } from '../../room/tally'
import { classroom } from '../../words/class-screens'
import { solutionOf } from '../quiz/Feedback'
import { Said } from '../quiz/Said'

interface BarsProps {
  readonly body: Body
  /** Nothing of the distribution is drawn without it. */
  readonly tally?: Tally | undefined
  /** The first vote, beside the second. */
  readonly before?: FirstVote | undefined
  /** Whether the right answer is marked; `body` must then be the one with its answer. */
  readonly marked: boolean
}

/** So many options have a colour and a shape of their own. */
const SHAPES = 6

/** The shape of an option: it is told from the others without its colour, and has the number that is pressed for it. */
export function OptionSign({ place }: { readonly place: number }) {
  const shapes = [
    <circle key="0" cx="20" cy="20" r="19" />,
    <rect key="1" x="2" y="2" width="36" height="36" rx="4" />,
    <path key="2" d="M20 1a19 19 0 1 1 0 38H1V20A19 19 0 0 1 20 1Z" />,
    <path key="3" d="M1 1h22a16 16 0 0 1 16 16v22H17A16 16 0 0 1 1 23Z" />,
    <path key="4" d="M20 0 40 20 20 40 0 20Z" />,
    <path key="5" d="M10 2h20l10 18-10 18H10L0 20Z" />,
  ]
  return (
    <svg class={`option-sign sign-${place % SHAPES}`} viewBox="0 0 40 40" aria-hidden="true">
      {shapes[place % SHAPES]}
      <text x="20" y="28" text-anchor="middle">
        {place + 1}
      </text>
    </svg>
  )
}

const part = (count: number, { answered }: Pick<Tally, 'answered'>): number => (answered === 0 ? 0 : count / answered)

/** How many chose an answer, and before it how many in the first vote, where that is known. */
export function Votes({ count, first }: { readonly count: number; readonly first: number | undefined }) {
  const text = classroom.wall
  return (
    <>
      {first !== undefined && (
        <>
          <span class="bar-before">
            <span class="sr-only">{text.before} </span>
            {first}
            <span aria-hidden="true"> → </span>
          </span>
          <span class="sr-only">{text.after} </span>
        </>
      )}
      {count}
    </>
  )
}

/** The options with how often each was chosen; of other questions what was typed, or how many had it right. */
export function Bars({ body, tally, before, marked }: BarsProps) {
  const text = classroom.wall
  if ('options' in body)
    return (
      <ol class={`bars ${before ? 'two' : ''}`}>
        {body.options.map(({ means, text: said, right }, place) => {
          const count = tally?.options[place] ?? 0
          const first = before?.options[place] ?? undefined
          return (
            <li key={means} class={`bar ${marked ? (right ? 'right' : 'other') : ''} tint-${place % SHAPES}`}>
              {before && first !== undefined && (
                <span class="bar-fill first" style={{ inlineSize: `${part(first, before) * 100}%` }} />
              )}
              {tally && <span class="bar-fill" style={{ inlineSize: `${part(count, tally) * 100}%` }} />}
              <OptionSign place={place} />
              <span class="bar-text">
                <Said text={said} />
              </span>
              {tally && (
                <span class="bar-count mono">
                  <Votes count={count} first={first} />
                </span>
              )}
              {marked && right && (
                <span class="bar-tick">
                  <span aria-hidden="true">✓</span>
                  <span class="sr-only">{text.right}</span>
                </span>
              )}
            </li>
          )
        })}
      </ol>
    )
  return (
    <div class="bars typed-bars">
      {marked && (
        <p class="bar right">
          <span class="bar-label">{text.rightAnswer}</span>
          <strong class={body.kind === 'type' ? 'mono' : ''}>
            <Said text={solutionOf(body)} />
          </strong>
          {tally && <span class="bar-count">{text.rightShare(tally.right, tally.answered)}</span>}
        </p>
      )}
      {tally && tally.typed.length > 0 && (
        <ol aria-label={text.typed}>
          {tally.typed.map(([typed, count]) => (
            <li key={typed} class="bar">
              <span class="bar-fill" style={{ inlineSize: `${part(count, tally) * 100}%` }} />
              <span class="bar-text mono">{typed}</span>
              <span class="bar-count mono">{count}</span>
            </li>
          ))}
        </ol>
      )}
    </div>
  )
}
