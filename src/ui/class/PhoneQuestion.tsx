import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import { mark, readTyped } from '../../quiz/mark'
import type { Answer, Body } from '../../quiz/question'
import type { BlindQuestion } from '../../room/blind'
import { seeing } from '../../room/blind'
import type { Solved } from '../../room/view'
import type { Handed } from '../../store/phone-store'
import type { LineState } from '../../store/class-entry'
import { classroom } from '../../words/class-screens'
import { quiz } from '../../words/quiz-screens'
import type { Draft } from '../quiz/Answers'
import { Answers, NO_DRAFT } from '../quiz/Answers'
import { answerOf, handsIn, keysFor } from '../quiz/Asking'
import { Feedback } from '../quiz/Feedback'
import { isFreeEnter, useKey } from '../quiz/keys'
import { Said } from '../quiz/Said'
import { Views, widestOf } from '../quiz/Views'
import { RichText } from '../teach/RichText'
import { answerText } from './answer-text'
import type { Readable } from './own-text'
import { asLine, readable, useMarkdown } from './own-text'
import { Stem } from './Stem'

interface PhoneQuestionProps {
  readonly question: BlindQuestion
  /** Once its answer may be seen. */
  readonly solved: Solved | undefined
  /** "Question 4 of 10". */
  readonly name: string
  readonly handed: Handed | undefined
  /** Whether it may still be answered. */
  readonly open: boolean
  /** Whether the class talks before it votes again. */
  readonly talk: boolean
  /** What the server knows of an answer that this phone does not know any more. */
  readonly known: { readonly right?: boolean } | undefined
  readonly changing: boolean
  readonly images: boolean
  readonly digits: boolean
  readonly line: LineState
  readonly onAnswer: (answer: Answer) => void
  readonly onChange: () => void
  /** To another question, where there is a choice. */
  readonly next?: { readonly text: string; readonly go: () => void }
}

/** Views that are wider than this many characters stand below the question, not beside it. */
const BROAD = 78

/** A question on a phone: what is asked, what is seen, the ways to answer, and at every moment what has become of the answer. */
export function PhoneQuestion(props: PhoneQuestionProps) {
  const { question, solved, name, handed, open, changing, images, digits, onAnswer, onChange, next } = props
  const read = useMarkdown(question.own)
  const shown = useMemo(() => readable(question, solved, images, read), [question, solved, images, read])
  const [draft, setDraft] = useState<Draft>(NO_DRAFT)
  const [problem, setProblem] = useState<string>()
  const place = useRef<HTMLElement>(null)
  const { body } = shown
  const asking = open && !handed && !solved
  const known = useMemo(() => givenOf(shown.body, solved, handed), [shown.body, solved, handed])

  const handIn = () => {
    const made = answerOf(body, draft, problem !== undefined)
    if ('missing' in made) setProblem(made.missing)
    else if (!mark(body, made).readable)
      setProblem(body.kind === 'type' ? quiz.unreadable[body.expects] : quiz.unreadable.text)
    else onAnswer(made)
  }
  useKey((event) => {
    if (!isFreeEnter(event)) return false
    if (asking && handsIn(body)) handIn()
    else if (next && !asking) next.go()
    else return false
    return true
  })
  useLayoutEffect(() => {
    scrollTo(0, 0)
    place.current?.querySelector<HTMLElement>('h1')?.focus({ preventScroll: true })
  }, [])
  // What has become of the answer stands at the top.
  useLayoutEffect(() => {
    if (!asking) scrollTo(0, 0)
  }, [asking, solved === undefined])

  const views = solved && 'question' in solved ? solved.question.after : question.views
  const widest = useMemo(() => widestOf([...question.views, ...views]), [question, views])
  const shape = views.length === 0 ? 'alone' : widest > BROAD ? 'broad' : 'beside'
  return (
    <>
      {solved && <Verdict handed={handed} known={props.known} solved={solved} shown={shown} />}
      <main
        ref={place}
        class={`question phone-question asks-${body.kind} ${asking ? '' : 'closed'} ${shape}`}
        style={{ '--widest': widest }}
      >
        <section class="question-paper">
          <p class="phone-place">{name}</p>
          <Stem stem={shown.stem} rich={shown.rich} />
          {asking && (
            <p class="question-how">
              {quiz.how[body.kind]} {digits && <span class="question-keys">{keysFor(body)}</span>}
            </p>
          )}
        </section>
        {views.length > 0 && (
          <Views views={views} {...(solved && 'question' in solved && { lit: solved.question.explanation.field })} />
        )}
        <div class="answers">
          {(asking || solved) && (
            <Answers
              body={body}
              given={solved ? known : undefined}
              digits={digits && asking}
              draft={draft}
              problem={problem}
              onDraft={(part) => {
                setProblem(undefined)
                setDraft((before) => ({ ...before, ...part }))
              }}
              onAnswer={onAnswer}
            />
          )}
          {!solved && !asking && <Waiting {...props} body={body} onChange={changing && open ? onChange : undefined} />}
        </div>
        <div class="reply-place">{solved && <Why {...props} solved={solved} shown={shown} read={read} />}</div>
      </main>
      {asking && handsIn(body) && (
        <footer class="act-bar">
          <p class="act-problem" role="status">
            {body.kind === 'type' ? '' : problem}
          </p>
          <button type="button" class="primary" onClick={handIn}>
            {quiz.handIn} <kbd aria-hidden="true">⏎</kbd>
          </button>
        </footer>
      )}
      {next && !asking && (
        <footer class="act-bar">
          <button type="button" class="primary" onClick={next.go}>
            {next.text} <kbd aria-hidden="true">⏎</kbd>
          </button>
        </footer>
      )}
    </>
  )
}

/** The answer with its marks, as the question with its answer takes it. */
function givenOf(body: Body, solved: Solved | undefined, handed: Handed | undefined) {
  const counted = handed?.state === 'received' ? handed.answer : undefined
  const answer = solved && counted ? seeing(body, counted) : undefined
  return {
    answer,
    marked: answer ? mark(body, answer) : { right: false, misconceptions: [], readable: true },
  }
}

interface WaitingProps extends Omit<PhoneQuestionProps, 'onChange'> {
  readonly body: Body
  readonly onChange: (() => void) | undefined
}

/** What has become of the answer while nothing may be shown yet. */
function Waiting({ handed, open, talk, known, body, line, onChange }: WaitingProps) {
  const text = classroom.phone
  const state = handed?.state ?? (known ? 'received' : undefined)
  const sign = { sending: '…', received: '✓', refused: '✕' }
  const title =
    state === 'sending'
      ? line === 'on'
        ? text.sending
        : text.sendingLost
      : state === 'received'
        ? text.received
        : state === 'refused'
          ? text.refused
          : text.closed
  return (
    <section class={`handed ${state ?? 'none'}`} role="status">
      <p class="handed-title">
        {state && (
          <span class="handed-sign" aria-hidden="true">
            {sign[state]}
          </span>
        )}
        <strong>{title}</strong>
      </p>
      {handed && (
        <p class="handed-answer">
          <span>{text.yourAnswer}</span>
          <strong>
            <Said text={answerText(body, handed.answer)} />
          </strong>
        </p>
      )}
      {handed?.why && <p>{classroom.trouble[handed.why]}</p>}
      {!state && <p>{text.noAnswer}</p>}
      {state === 'received' && open && <p>{onChange ? text.changeAbout : text.receivedAbout}</p>}
      {!open && <p class="handed-then">{talk ? text.closedTalk : text.closedWait}</p>}
      {onChange && state === 'received' && (
        <button type="button" class="secondary" onClick={onChange}>
          {text.change}
        </button>
      )}
    </section>
  )
}

interface WhyProps extends PhoneQuestionProps {
  readonly solved: Solved
  readonly shown: Readable
  readonly read: ReturnType<typeof useMarkdown>
}

/** What a phone says of its answer: right, wrong, not counted, or that there was none. */
function outcomeOf(
  { handed, known, solved }: Pick<PhoneQuestionProps, 'handed' | 'known'> & { readonly solved: Solved },
  body: Body,
): 'right' | 'wrong' | 'none' {
  const { answer, marked } = givenOf(body, solved, handed)
  const right = answer ? marked.right : known?.right
  return right === undefined ? 'none' : right ? 'right' : 'wrong'
}

interface VerdictProps extends Pick<PhoneQuestionProps, 'handed' | 'known'> {
  readonly solved: Solved
  readonly shown: Readable
}

/** Right or wrong: the first thing that is seen once it may be. */
function Verdict(props: VerdictProps) {
  const { handed, solved, shown } = props
  const text = classroom.phone
  const outcome = outcomeOf(props, shown.body)
  const own = givenOf(shown.body, solved, handed).answer
  const said =
    outcome === 'none'
      ? handed?.why
        ? text.refused
        : text.noAnswer
      : own
        ? quiz.marks[outcome]
        : outcome === 'right'
          ? text.rightThen
          : text.wrongThen
  return (
    <div class={`outcome ${outcome}`} role="status">
      <span class="act-sign" aria-hidden="true">
        {outcome === 'right' ? '✓' : outcome === 'wrong' ? '✕' : '–'}
      </span>
      <p>
        <strong>{said}</strong>{' '}
        {handed?.state === 'refused' && handed.why && <span>{classroom.trouble[handed.why]}</span>}
      </p>
    </div>
  )
}

/** The reason, once it may be seen. */
function Why({ handed, known, solved, shown, read, images }: WhyProps) {
  const given = givenOf(shown.body, solved, handed)
  if ('question' in solved) return <Feedback given={{ question: solved.question, ...given }} />
  const { answer } = given
  const typed = answer?.kind === 'type' ? readTyped('text', answer.text) : undefined
  const places = choseOf(answer)
  const chosen = solved.own.options.filter(({ text }, index) =>
    typed === undefined ? places.includes(String(index)) : readTyped('text', text) === typed,
  )
  if (solved.own.explanation === '' && chosen.every(({ feedback }) => feedback === '')) return null
  return (
    <section class={`reply ${outcomeOf({ handed, known, solved }, shown.body)}`} aria-label={quiz.feedback.why}>
      <div class="reply-why">
        {chosen.map(({ feedback }, index) =>
          feedback === '' ? null : (
            <p key={index}>
              <Said text={asLine(feedback, read)} />
            </p>
          ),
        )}
        {read && <RichText rich={read(solved.own.explanation, { images })} />}
      </div>
    </section>
  )
}

const choseOf = (answer: Answer | undefined): readonly string[] =>
  answer && 'means' in answer ? (typeof answer.means === 'string' ? [answer.means] : answer.means) : []
