import type { ComponentChildren } from 'preact'
import { useRef } from 'preact/hooks'
import type { Piece } from '../../quiz/contrast'
import { contrast } from '../../quiz/contrast'
import type { Answer, Body, Option } from '../../quiz/question'
import { quiz } from '../../words/quiz-screens'
import { digitOf, useKey } from './keys'
import { Said } from './Said'

export interface AnswerProps<B extends Body> {
  readonly body: B
  /** What was answered; null when the time ran out, undefined as long as nothing was. */
  readonly given: Answer | null | undefined
  /** Whether digits act. */
  readonly digits: boolean
  readonly onAnswer: (answer: Answer) => void
}

/** Options of few letters stand side by side. */
const isShort = (options: readonly { readonly text: string }[]): boolean =>
  options.every(({ text }) => text.length <= 34)

type One = Extract<Body, { readonly kind: 'choose' | 'predict' }>

/** One of several: chosen with a click, a tap or its digit; the first choice counts. */
export function Choices({ body, given, digits, onAnswer }: AnswerProps<One>) {
  const list = useRef<HTMLDivElement>(null)
  const over = given !== undefined
  const chosen = body.options.find(({ means }) => given && 'means' in given && means === given.means)
  const right = body.options.find((option) => option.right)
  const choose = (option: Option | undefined) => {
    if (option && !over) onAnswer({ kind: body.kind, means: option.means })
  }
  useKey((event) => {
    if (over) return false
    const digit = digits ? digitOf(event) : undefined
    if (digit === undefined || !body.options[digit]) return false
    choose(body.options[digit])
    return true
  })
  const walk = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key]
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])]
    const at = buttons.findIndex((button) => button === document.activeElement)
    if (step === undefined || at < 0) return
    event.preventDefault()
    buttons[(at + step + buttons.length) % buttons.length]?.focus()
  }
  const [mine, theirs] = chosen && right && chosen !== right ? contrast(chosen.text, right.text) : []
  const textOf = (option: Option): string | readonly Piece[] =>
    (option === chosen ? mine : option === right ? theirs : undefined) ?? option.text
  return (
    <div
      class={`choices ${isShort(body.options) ? 'short' : ''} ${over ? 'closed' : ''}`}
      ref={list}
      role="group"
      aria-label={quiz.how[body.kind]}
      onKeyDown={walk}
    >
      {body.options.map((option, index) => {
        const state = !over ? '' : option.right ? 'right' : option === chosen ? 'wrong' : 'other'
        return (
          <button
            key={option.means}
            type="button"
            class={`option ${state}`}
            {...(digits && !over && index < 9 && { 'aria-keyshortcuts': String(index + 1) })}
            {...(over && { 'aria-disabled': true })}
            onClick={() => choose(option)}
          >
            <kbd aria-hidden="true">{index + 1}</kbd>
            <span class="option-text">
              <Said text={over ? textOf(option) : option.text} />
            </span>
            {over && (option.right || option === chosen) && (
              <Mark right={option.right}>
                {!option.right ? quiz.marks.yours : option === chosen ? quiz.marks.yoursRight : quiz.marks.solution}
              </Mark>
            )}
          </button>
        )
      })}
    </div>
  )
}

/** A tick or a cross with its word. */
export function Mark({ right, children }: { readonly right: boolean; readonly children: ComponentChildren }) {
  return (
    <span class={`tick ${right ? 'right' : 'wrong'}`}>
      <span aria-hidden="true">{right ? '✓' : '✕'} </span>
      {children}
    </span>
  )
}

type Many = Extract<Body, { readonly kind: 'several' }>

/** An answer that grows before it is handed in. */
export interface DraftProps<B extends Body, D> {
  readonly body: B
  readonly given: Answer | null | undefined
  readonly digits: boolean
  readonly draft: D
  readonly onDraft: (draft: D) => void
}

/** All that hold: ticked one by one, then handed in. */
export function Several({ body, given, digits, draft, onDraft }: DraftProps<Many, readonly string[]>) {
  const over = given !== undefined
  const toggle = (means: string) =>
    onDraft(draft.includes(means) ? draft.filter((one) => one !== means) : [...draft, means])
  useKey((event) => {
    const option = !over && digits ? body.options[digitOf(event) ?? -1] : undefined
    if (option) toggle(option.means)
    return option !== undefined
  })
  return (
    <fieldset class={`choices several ${isShort(body.options) ? 'short' : ''} ${over ? 'closed' : ''}`}>
      <legend class="sr-only">{quiz.how.several}</legend>
      {body.options.map((option, index) => {
        const isChosen = over
          ? given !== null && 'means' in given && given.means.includes(option.means)
          : draft.includes(option.means)
        const state = !over ? '' : option.right ? (isChosen ? 'right' : 'left-out') : isChosen ? 'wrong' : 'other'
        const said = { right: quiz.marks.yoursRight, 'left-out': quiz.marks.leftOut, wrong: quiz.marks.wronglyChosen }
        return (
          <label key={option.means} class={`option ${state} ${isChosen ? 'chosen' : ''}`}>
            <input
              type="checkbox"
              checked={isChosen}
              {...(over ? { 'aria-disabled': true } : {})}
              {...(digits && !over && index < 9 && { 'aria-keyshortcuts': String(index + 1) })}
              onClick={(event) => {
                if (over) event.preventDefault()
              }}
              onChange={() => {
                if (!over) toggle(option.means)
              }}
            />
            {index < 9 && <kbd aria-hidden="true">{index + 1}</kbd>}
            <span class="option-text">
              <Said text={option.text} />
            </span>
            {(state === 'right' || state === 'left-out' || state === 'wrong') && (
              <Mark right={option.right}>{said[state]}</Mark>
            )}
          </label>
        )
      })}
    </fieldset>
  )
}
