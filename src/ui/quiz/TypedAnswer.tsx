import { useEffect, useRef } from 'preact/hooks'
import type { Body } from '../../quiz/question'
import { quiz } from '../../words/quiz-screens'
import type { DraftProps } from './Choices'
import { Mark } from './Choices'
import { useKey } from './keys'

type TypeBody = Extract<Body, { readonly kind: 'type' }>

interface TypedProps extends DraftProps<TypeBody, string> {
  readonly right: boolean
  /** What is wrong with what was typed: it cannot be read. */
  readonly problem: string | undefined
}

/** A number or a word to type. Whoever begins to write anywhere on the page writes here. */
export function TypedAnswer({ body, given, digits, draft, right, problem, onDraft }: TypedProps) {
  const field = useRef<HTMLInputElement>(null)
  const over = given !== undefined
  useEffect(() => {
    if (problem) field.current?.focus()
  }, [problem])
  useKey(({ key, target }) => {
    // The letter itself then falls into the field.
    if (!over && digits && key.length === 1 && key !== ' ' && target !== field.current) field.current?.focus()
    return false
  })
  if (over)
    return (
      <div class={`typed closed ${right ? 'right' : 'wrong'}`}>
        <p class="typed-given">
          <span class="mono">{given && given.kind === 'type' ? given.text : '–'}</span>
          <Mark right={right}>{right ? quiz.marks.yoursRight : given ? quiz.marks.yours : quiz.marks.noAnswer}</Mark>
        </p>
        {!right && (
          <p class="typed-given solution">
            <span class="mono">{body.answer}</span>
            <Mark right>{quiz.marks.solution}</Mark>
          </p>
        )}
      </div>
    )
  return (
    <div class="typed">
      <label>
        <span>{quiz.typed[body.expects]}</span>
        <input
          ref={field}
          class="mono"
          type="text"
          inputMode={body.expects === 'number' ? 'numeric' : 'text'}
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          maxLength={80}
          value={draft}
          {...(problem && { 'aria-invalid': true, 'aria-describedby': 'typed-problem' })}
          onInput={(event) => onDraft(event.currentTarget.value)}
        />
      </label>
      <p id="typed-problem" class="typed-problem" role="alert">
        {problem}
      </p>
    </div>
  )
}
