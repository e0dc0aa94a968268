import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { Ask, AskAnswer, Judgement } from '../../practice/ask'
import { judge } from '../../practice/ask'
import { baysOf } from '../../quiz/bays'
import { misconceptions } from '../../words/misconceptions'
import { practice } from '../../words/practice-screens'
import { Choices } from '../quiz/Choices'
import { Refutation } from '../quiz/Feedback'
import { isFreeEnter, useKey } from '../quiz/keys'
import { Said } from '../quiz/Said'
import { Views, widestOf } from '../quiz/Views'
import { OpenInSandbox } from '../sandbox/OpenInSandbox'
import type { AskContext } from '../../practice/ask'
import type { Given } from './course'
import { Grades } from './Grades'
import { usePortInView } from './in-view'
import { Mnemonic } from './Mnemonic'
import { PlateDoor } from './PlateDoor'
import type { Begun } from './timing'
import { useTiming } from './timing'

export interface Handed {
  /** Undefined: it was asked to be shown. */
  readonly answer: AskAnswer | undefined
  readonly judgement: Judgement
  /** A digit was corrected before it was handed in. */
  readonly corrected: boolean
  readonly begun: Begun
}

interface CardAskedProps {
  readonly ask: Ask
  readonly context: AskContext
  /** "Card 4", for the ears. */
  readonly name: string
  /** Its fact was never met before. */
  readonly isNew: boolean
  /** What became of it, once it is answered. */
  readonly given: Given | undefined
  readonly last: boolean
  /** Whether single keys act. */
  readonly keys: boolean
  readonly canUndo: boolean
  readonly onAnswer: (handed: Handed) => void
  readonly onGoOn: () => void
  readonly onUndo: () => void
}

/** The number that is on the plate while somebody types. */
const plateOf = (draft: string): string => draft.replaceAll(/\D/g, '').slice(0, 5) || '?'

/** A card: what is asked, a door or what a tool prints, the way to answer, and after the answer why and when it comes back. */
export function CardAsked(props: CardAskedProps) {
  const { ask, context, name, isNew, given, last, keys, canUndo, onAnswer, onGoOn, onUndo } = props
  const { body, views, after, lit, explanation, fact, direction } = ask
  const heading = useRef<HTMLHeadingElement>(null)
  const field = useRef<HTMLInputElement>(null)
  const reply = useRef<HTMLDivElement>(null)
  const sights = useRef<HTMLDivElement>(null)
  const [draft, setDraft] = useState('')
  const [problem, setProblem] = useState('')
  const corrected = useRef(false)
  const timing = useTiming(ask)
  const id = useId()
  const over = given !== undefined
  const types = body.kind === 'type'
  const text = practice.session

  const hand = (answer: AskAnswer | undefined) => {
    const judgement: Judgement = answer ? judge(ask, answer, context) : { readable: true, right: false }
    if (judgement.readable) onAnswer({ answer, judgement, corrected: corrected.current, begun: timing() })
    else setProblem(judgement.nearly ?? (types ? text.unreadable[body.expects] : ''))
  }
  const write = (value: string) => {
    if (types && body.expects === 'port' && value.length < draft.length) corrected.current = true
    setProblem('')
    setDraft(value)
  }

  useKey((event) => {
    const { key, target } = event
    if (isFreeEnter(event)) {
      if (over) onGoOn()
      else if (types) hand({ kind: 'type', text: draft })
      else return false
      return true
    }
    if (!keys) return false
    if (over && canUndo && (key === 'u' || key === 'U') && !(target instanceof HTMLInputElement)) {
      onUndo()
      return true
    }
    if (over) return false
    if (key === '?') {
      hand(undefined)
      return true
    }
    // Whoever begins to write anywhere writes in the field.
    if (types && key.length === 1 && key !== ' ' && target !== field.current) field.current?.focus()
    return false
  })
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent) => {
      const isUndo = event.key.toLowerCase() === 'z' && (event.ctrlKey || event.metaKey) && !event.shiftKey
      // In a field with text in it the browser takes back letters.
      const writes = event.target instanceof HTMLInputElement && event.target.value !== '' && !over
      if (!isUndo || writes || !canUndo || document.querySelector('dialog[open]')) return
      event.preventDefault()
      onUndo()
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  })

  useLayoutEffect(() => {
    scrollTo(0, 0)
    const first = types ? field.current : heading.current
    first?.focus({ preventScroll: true })
  }, [])
  usePortInView(sights, fact.port, over)
  useEffect(() => {
    if (over) reply.current?.scrollIntoView({ block: 'nearest' })
  }, [over])
  useEffect(() => {
    if (problem) field.current?.focus()
  }, [problem])

  const chosen = given?.handed.answer
  const result = given && resultOf(given)
  const plate =
    direction === 'number' || direction === 'twin'
      ? over
        ? ask.answer
        : types
          ? plateOf(draft)
          : '?'
      : String(fact.port)
  const rightField = body.kind === 'choose' ? body.options.find(({ right }) => right)?.field : undefined
  const sight = over ? [...views, ...after.filter((view) => !views.includes(view))] : views
  const seen = over ? (rightField ?? lit ?? explanation.field) : lit
  /** A door of the picture is an option, too, for whoever points at it. */
  const point = (event: MouseEvent) => {
    if (over || body.kind !== 'choose' || !(event.target instanceof Element)) return
    const door = event.target.closest('.bay-door')
    const doors = [...(event.currentTarget instanceof Element ? event.currentTarget.querySelectorAll('.bay-door') : [])]
    const view = views.find(({ kind }) => kind === 'doors')
    const bay = view?.kind === 'doors' ? baysOf(view.machine)[doors.findIndex((one) => one === door)] : undefined
    const option = bay && body.options.find(({ field }) => field === bay.id)
    if (option) hand({ kind: 'choose', means: option.means })
  }
  const pointed = !over && body.kind === 'choose' && body.options.some(({ field }) => field !== undefined)

  return (
    <>
      <main
        class={`question recall asks-${body.kind} ${over ? 'closed' : ''} ${views.length === 0 ? 'with-door' : ''}`}
        style={{ '--widest': widestOf([...views, ...after]) }}
      >
        <section class="question-paper">
          {isNew && !over && <p class="new-card">{text.meet}</p>}
          <h1 ref={heading} tabIndex={-1} id={`${id}-stem`}>
            <span class="sr-only">{name}. </span>
            <Said text={ask.stem} />
          </h1>
          <p class="question-how">
            {isNew && !over ? text.meetAbout : types ? text.how[body.expects] : text.how.choose}
          </p>
        </section>
        <div class="sights-place" ref={sights} onClick={point}>
          {views.length === 0 && (
            <PlateDoor fact={fact} label={plate} state={!result ? 'dark' : result === 'right' ? 'open' : 'lit'} />
          )}
          {sight.length > 0 && (
            <div class={pointed ? 'pointed' : ''}>
              <Views views={sight} {...(seen !== undefined && { lit: seen })} />
            </div>
          )}
        </div>
        <div class="answers">
          {body.kind === 'choose' ? (
            <Choices
              body={{ kind: 'choose', options: body.options }}
              given={given ? (chosen?.kind === 'choose' ? chosen : null) : undefined}
              digits={keys}
              onAnswer={(answer) => {
                if (answer.kind === 'choose') hand({ kind: 'choose', means: answer.means })
              }}
            />
          ) : over ? (
            <p class={`recalled ${result}`}>
              <span class="mono">{chosen?.kind === 'type' ? chosen.text : '–'}</span>
              <span aria-hidden="true">{result === 'right' ? '✓' : '✕'}</span>
              {result !== 'right' && <strong class="mono">{ask.answer}</strong>}
            </p>
          ) : (
            <div class="typed">
              <label>
                <span>{body.expects === 'port' ? text.port : text.name}</span>
                <input
                  ref={field}
                  class="mono"
                  type="text"
                  inputMode={body.expects === 'port' ? 'numeric' : 'text'}
                  enterKeyHint="done"
                  autocomplete="off"
                  autocapitalize="off"
                  spellcheck={false}
                  maxLength={60}
                  value={draft}
                  aria-describedby={`${id}-stem ${id}-problem`}
                  {...(problem && { 'aria-invalid': true })}
                  onInput={(event) => write(event.currentTarget.value)}
                />
              </label>
              <p id={`${id}-problem`} class="typed-problem" role="alert">
                {problem}
              </p>
            </div>
          )}
        </div>
        <div class="reply-place" ref={reply}>
          {given && result && (
            <section class={`reply ${result}`} aria-label={text.why}>
              <div class="reply-why">
                {given.handed.judgement.nearly && (
                  <p class="nearly">
                    <Said text={given.handed.judgement.nearly} />
                  </p>
                )}
                <p>
                  <strong>{text.why}.</strong> <Said text={explanation.text} /> <cite>{explanation.source}</cite>
                </p>
              </div>
              {result === 'wrong' && (
                <OpenInSandbox
                  find={(links) =>
                    links.ofService({ protocol: fact.protocol, port: fact.port, program: fact.registered ?? fact.name })
                  }
                />
              )}
              <Mnemonic fact={fact} shown={result !== 'right' || given.hasFailed} />
              {given.handed.judgement.misconception && (
                <details class="card-idea">
                  <summary>
                    {text.idea}: <strong>{misconceptions[given.handed.judgement.misconception].name}</strong>
                  </summary>
                  <Refutation id={given.handed.judgement.misconception} />
                </details>
              )}
              <Grades given={given} keys={keys} />
            </section>
          )}
        </div>
        <p class="sr-only" role="status">
          {given && result && said(given, result, ask)}
        </p>
      </main>
      <footer class={`act-bar ${result ? (result === 'right' ? 'right' : 'wrong') : ''}`}>
        {result ? (
          <p class="act-verdict" aria-hidden="true">
            <span class="act-sign">{result === 'right' ? '✓' : result === 'shown' ? '→' : '✕'}</span>
            <span class="act-word">{text[result]}</span>
          </p>
        ) : (
          <button type="button" class="secondary show-me-key" onClick={() => hand(undefined)}>
            {text.showMe} {keys && <kbd aria-hidden="true">?</kbd>}
          </button>
        )}
        {canUndo && (
          <button type="button" class="secondary" onClick={onUndo} {...(keys && over && { 'aria-keyshortcuts': 'u' })}>
            {text.undo} {keys && over && <kbd aria-hidden="true">U</kbd>}
          </button>
        )}
        {result ? (
          <button type="button" class="primary" onClick={onGoOn}>
            {last ? text.toEnd : text.goOn} <kbd aria-hidden="true">⏎</kbd>
          </button>
        ) : (
          types && (
            <button type="button" class="primary" onClick={() => hand({ kind: 'type', text: draft })}>
              {text.handIn} <kbd aria-hidden="true">⏎</kbd>
            </button>
          )
        )}
      </footer>
    </>
  )
}

export type Result = 'right' | 'wrong' | 'shown'

export const resultOf = ({ handed: { answer, judgement } }: Given): Result =>
  judgement.right ? 'right' : answer ? 'wrong' : 'shown'

/** What is said to those who listen, in the order in which it matters. */
function said({ handed }: Given, result: Result, { answer, explanation }: Ask): string {
  const text = practice.session
  return [
    `${text[result]}.`,
    result === 'right' ? '' : text.answer(answer),
    handed.judgement.nearly ?? '',
    explanation.text,
  ]
    .filter(Boolean)
    .join(' ')
    .replaceAll('`', '')
}
