import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { Given } from '../../quiz/course'
import type { Answer, Body, Question } from '../../quiz/question'
import { mark } from '../../quiz/mark'
import type { SettingsStore } from '../../store/settings-store'
import { quiz } from '../../words/quiz-screens'
import type { Draft } from './Answers'
import { Answers, NO_DRAFT } from './Answers'
import { Feedback, outcomeOf } from './Feedback'
import { isFreeEnter, useKey } from './keys'
import { Said } from './Said'
import { ShowMe } from './ShowMe'
import { Views, widestOf } from './Views'

interface AskingProps {
  readonly question: Question
  /** "Question 4 of 10", for the ears. */
  readonly name: string
  /** The question with its answer once it is over. */
  readonly given: Given | undefined
  readonly last: boolean
  /** Whether digits act. */
  readonly digits: boolean
  readonly settings: SettingsStore
  readonly reducedMotion: () => boolean
  readonly onAnswer: (answer: Answer) => void
  readonly onGoOn: () => void
  /** The page has just been opened, and sees to the focus itself. */
  readonly arriving: boolean
}

/** The answer that a draft is, or what is still missing. `asked`: whoever hands in has been told what is not placed. */
export function answerOf(body: Body, draft: Draft, asked: boolean): Answer | { readonly missing: string } {
  switch (body.kind) {
    case 'several':
      return {
        kind: 'several',
        means: body.options.map(({ means }) => means).filter((one) => draft.several.includes(one)),
      }
    case 'type':
      return { kind: 'type', text: draft.type }
    case 'order': {
      if (draft.order.length === 0) return { missing: quiz.order.first }
      const left = body.items.length - draft.order.length
      return left === 0 || asked ? { kind: 'order', means: draft.order } : { missing: quiz.order.missing(left) }
    }
    case 'match': {
      const left = body.left.length - draft.match.length
      return left === 0 ? { kind: 'match', pairs: draft.match } : { missing: quiz.match.missing(left) }
    }
    default:
      return { missing: '' }
  }
}

/** Scrolls so that the reply comes into sight, and what stands before it stays there; the reason is seen in any case. */
function showReply(reply: HTMLElement): void {
  const bottom = innerHeight - (document.querySelector('.act-bar')?.clientHeight ?? 0) - SPACE
  const before =
    reply.closest('.broad:not(.asks-order, .asks-match, .asks-several)')?.querySelector('.sights') ??
    document.querySelector('.answers')
  const whole = reply.getBoundingClientRect().bottom - bottom
  const kept = (before?.getBoundingClientRect().top ?? 0) - SPACE
  const reason = (reply.querySelector('.reply-why')?.getBoundingClientRect().bottom ?? 0) - bottom
  const by = Math.max(reason, Math.min(whole, kept))
  if (by > 0) scrollBy(0, by)
}

/** Room above and below what is scrolled into sight, in CSS pixels. */
const SPACE = 12

/** Views that are wider than this many characters stand below the question, not beside it. */
const BROAD = 78

/** Whether an answer is put together and then handed in. */
export const handsIn = ({ kind }: Body): boolean => kind !== 'choose' && kind !== 'predict'

/** A question on paper, what is seen at its side, the ways to answer, and after the answer why. */
export function Asking(props: AskingProps) {
  const { question, name, given, last, digits, settings, reducedMotion, onAnswer, onGoOn, arriving } = props
  const { body, views, after, scene, explanation } = question
  const heading = useRef<HTMLHeadingElement>(null)
  const reply = useRef<HTMLDivElement>(null)
  const [draft, setDraft] = useState<Draft>(NO_DRAFT)
  const [problem, setProblem] = useState<string>()
  const [showing, setShowing] = useState(false)
  const over = given !== undefined
  const wasOver = useRef(over)
  const change = (part: Partial<Draft>) => {
    setProblem(undefined)
    setDraft((before) => ({ ...before, ...part }))
  }

  const handIn = () => {
    const made = answerOf(body, draft, problem !== undefined)
    if ('missing' in made) setProblem(made.missing)
    else if (!mark(body, made).readable)
      setProblem(body.kind === 'type' ? quiz.unreadable[body.expects] : quiz.unreadable.text)
    else onAnswer(made)
  }

  useKey((event) => {
    if (showing || !isFreeEnter(event)) return false
    if (over) onGoOn()
    else if (handsIn(body)) handIn()
    else return false
    return true
  })

  useLayoutEffect(() => {
    if (arriving) return
    scrollTo(0, 0)
    heading.current?.focus({ preventScroll: true })
  }, [])

  useEffect(() => {
    if (over && !wasOver.current && reply.current) showReply(reply.current)
    wasOver.current = over
  }, [over])

  const outcome = given && outcomeOf(given)
  const widest = useMemo(() => widestOf([...views, ...after]), [views, after])
  const shape = views.length === 0 ? 'alone' : widest > BROAD ? 'broad' : 'beside'
  return (
    <>
      <main class={`question asks-${body.kind} ${over ? 'closed' : ''} ${shape}`} style={{ '--widest': widest }}>
        <section class="question-paper">
          <h1 ref={heading} tabIndex={-1}>
            <span class="sr-only">{name}. </span>
            <Said text={question.stem} />
          </h1>
          <p class="question-how">
            {quiz.how[body.kind]} {!over && digits && <span class="question-keys">{keysFor(body)}</span>}
          </p>
        </section>
        <Views views={over ? after : views} {...(over && { lit: explanation.field })} />
        <div class="answers">
          <Answers
            body={body}
            given={given}
            digits={digits}
            draft={draft}
            problem={problem}
            onDraft={change}
            onAnswer={onAnswer}
          />
        </div>
        <div class="reply-place" ref={reply}>
          {given && <Feedback given={given} />}
        </div>
        <p class="sr-only" role="status">
          {given &&
            outcome &&
            `${quiz.marks[outcome]}. ${given.marked.right ? '' : `${quiz.feedback.answerIs}: `}${explanation.text.replaceAll('`', '')}`}
        </p>
      </main>
      {(over || handsIn(body)) && (
        <footer class={`act-bar ${outcome ?? ''}`}>
          {given && outcome ? (
            <>
              <p class="act-verdict" aria-hidden="true">
                <span class="act-sign">{outcome === 'right' ? '✓' : outcome === 'wrong' ? '✕' : '–'}</span>
                <span class="act-word">{quiz.marks[outcome]}</span>
              </p>
              {scene && (
                <button type="button" class="secondary" onClick={() => setShowing(true)}>
                  <svg viewBox="0 0 20 20" aria-hidden="true">
                    <path d="M5 2.500l12 7.500-12 7.500Z" fill="currentColor" />
                  </svg>
                  {quiz.feedback.showMe}
                </button>
              )}
              <button type="button" class="primary" onClick={onGoOn}>
                {last ? quiz.feedback.toEnd : quiz.feedback.goOn} <kbd aria-hidden="true">⏎</kbd>
              </button>
            </>
          ) : (
            <>
              <p class="act-problem" role="status">
                {body.kind === 'type' ? '' : problem}
              </p>
              <button type="button" class="primary" onClick={handIn}>
                {quiz.handIn} <kbd aria-hidden="true">⏎</kbd>
              </button>
            </>
          )}
        </footer>
      )}
      {showing && scene && (
        <ShowMe scene={scene} settings={settings} reducedMotion={reducedMotion} onClose={() => setShowing(false)} />
      )}
    </>
  )
}

/** The keys that answer a question, in words. */
export function keysFor(body: Body): string {
  switch (body.kind) {
    case 'choose':
    case 'predict':
      return quiz.keys.choose(body.options.length)
    case 'several':
      return quiz.keys.several(Math.min(9, body.options.length))
    case 'type':
      return quiz.keys.type
    case 'order':
      return quiz.keys.order(Math.min(9, body.items.length))
    case 'match':
      return quiz.keys.match(Math.min(9, body.right.length))
  }
}
