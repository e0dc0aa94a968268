import { useMemo, useRef } from 'preact/hooks'
import type { Given } from '../../quiz/course'
import { estimates, offeredBy } from '../../quiz/record'
import { quiz } from '../../words/quiz-screens'
import { QUIZ_HASH } from '../app/route'
import { use } from '../use'
import { Copy } from './Copy'
import { outcomeOf } from './Feedback'
import { Ideas } from './Ideas'
import { isFreeEnter, useKey } from './keys'
import { Missed } from './Missed'
import { nextRoundHash } from './next-round'
import { ownRecord } from './own-record'
import type { QuizScreenProps } from './Page'

interface RoundEndProps extends QuizScreenProps {
  readonly given: readonly Given[]
  /** The hash of this round. */
  readonly link: string
  readonly onAgain: () => void
}

/** The end of a round: what it says of each idea, what to look at again, and the next round built from it. */
export function RoundEnd({ given, link, settings, reducedMotion, onAgain }: RoundEndProps) {
  const { answers } = use(ownRecord(), (state) => state.record)
  const go = useRef<HTMLAnchorElement>(null)
  const counted = given.filter(({ answer }) => answer)
  const right = counted.filter(({ marked }) => marked.right).length
  const late = given.length - counted.length
  const known = useMemo(() => estimates(answers), [answers])
  const touched = new Set(counted.flatMap(({ question }) => offeredBy(question.body)))
  const followed = new Set(counted.flatMap(({ marked }) => marked.misconceptions))
  const here = known
    .filter(({ misconception }) => touched.has(misconception))
    .sort((a, b) => Number(followed.has(b.misconception)) - Number(followed.has(a.misconception)))
  const shaky = known.filter(({ chosen, standing }) => chosen > 0 && standing !== 'firm').length
  const next = useMemo(() => nextRoundHash(answers), [answers])
  useKey((event) => {
    if (!isFreeEnter(event)) return false
    go.current?.click()
    return true
  })
  const text = quiz.end
  return (
    <main class="end">
      <section class="end-head">
        <h1 tabIndex={-1}>{text.heading(right, counted.length)}</h1>
        <Lamps given={given} />
        <p class="end-about">
          {right === counted.length && counted.length > 0
            ? text.perfect
            : right >= counted.length * 0.7
              ? text.good
              : text.some}{' '}
          {late > 0 && text.late(late)}
        </p>
        <div class="end-acts">
          <a class="primary" href={next} ref={go}>
            {text.next} <kbd aria-hidden="true">⏎</kbd>
          </a>
          <p class="quiet">{text.nextAbout(shaky)}</p>
          <div class="end-ways">
            <Copy hash={link} text={text.copy} />
            <button type="button" class="secondary" onClick={onAgain}>
              {text.retry}
            </button>
            <a class="secondary" href={QUIZ_HASH}>
              {text.back}
            </a>
          </div>
        </div>
      </section>
      <section class="end-ideas" aria-labelledby="ideas-heading">
        <h2 id="ideas-heading">{text.ideas}</h2>
        <p class="quiet">{text.ideasAbout}</p>
        <Ideas estimates={here} />
      </section>
      <Missed given={given} settings={settings} reducedMotion={reducedMotion} />
    </main>
  )
}

/** One window for each question: lit where it was right, dark with a cross where it was not. */
export function Lamps({ given }: { readonly given: readonly Given[] }) {
  return (
    <p class="lamps" aria-hidden="true">
      {given.map((one, index) => {
        const outcome = outcomeOf(one)
        return (
          <i key={index} class={outcome}>
            {outcome === 'right' ? '' : outcome === 'wrong' ? '✕' : '–'}
          </i>
        )
      })}
    </p>
  )
}
