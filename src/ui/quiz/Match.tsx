import { useRef, useState } from 'preact/hooks'
import type { Body } from '../../quiz/question'
import { quiz } from '../../words/quiz-screens'
import { useCarry } from './carry'
import type { DraftProps } from './Choices'
import { Mark } from './Choices'
import { digitOf, useKey } from './keys'
import { Grip } from './Order'
import { Said } from './Said'

type MatchBody = Extract<Body, { readonly kind: 'match' }>
export type Pairs = readonly (readonly [left: string, right: string])[]

/** Each on the left gets a partner from the right: with two taps, a drag, or the partner's digit. */
export function Match({ body, given, digits, draft, onDraft }: DraftProps<MatchBody, Pairs>) {
  const over = given !== undefined
  const text = quiz.match
  const rows = useRef<HTMLUListElement>(null)
  const [chosen, setChosen] = useState<string>()
  const [said, setSaid] = useState('')
  const pairs: Pairs = over ? (given && given.kind === 'match' ? given.pairs : []) : draft
  const partnerOf = (left: string) => pairs.find(([one]) => one === left)?.[1]
  const open = body.left.filter(({ means }) => !draft.some(([left]) => left === means))
  // Whose turn it is: the one that was tapped, else the first without a partner.
  const now = body.left.find(({ means }) => means === chosen) ?? open[0]
  const textOf = (means: string | undefined) => body.right.find((item) => item.means === means)?.text ?? ''

  const pair = (left: string, right: string) => {
    onDraft([...draft.filter(([one]) => one !== left), [left, right]])
    setChosen(undefined)
    setSaid(text.pair(body.left.find(({ means }) => means === left)?.text ?? '', textOf(right)))
  }
  const { carried, card } = useCarry((right, { place }) => pair(place, right))

  useKey((event) => {
    if (over || !digits) return false
    const right = body.right[digitOf(event) ?? -1]
    if (right && now) pair(now.means, right.means)
    else if (event.key === 'Backspace' && !(event.target instanceof HTMLInputElement)) {
      const last = draft.at(-1)
      if (!last) return false
      onDraft(draft.slice(0, -1))
      setChosen(last[0])
    } else return false
    return true
  })

  const walk = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    const buttons = [...(rows.current?.querySelectorAll<HTMLButtonElement>('.match-left') ?? [])]
    const at = buttons.findIndex((button) => button === document.activeElement)
    if (step === undefined || at < 0) return
    event.preventDefault()
    const next = (at + step + buttons.length) % buttons.length
    buttons[next]?.focus()
    if (!over) setChosen(body.left[next]?.means)
  }

  return (
    <div class={`matching ${over ? 'closed' : ''}`}>
      <section aria-label={text.left}>
        <h2>{text.left}</h2>
        <ul class="match-rows" ref={rows} onKeyDown={walk}>
          {body.left.map((item) => {
            const partner = partnerOf(item.means)
            const rightIs = body.pairs.find(([left]) => left === item.means)?.[1]
            const right = partner !== undefined && partner === rightIs
            const current = !over && item === now
            return (
              <li
                key={item.means}
                data-drop={item.means}
                class={`${current ? 'now' : ''} ${carried?.over?.place === item.means ? 'falls-here' : ''} ${over ? (right ? 'right' : 'wrong') : ''}`}
              >
                <button
                  type="button"
                  class="match-left"
                  aria-pressed={current}
                  {...(over && { 'aria-disabled': true })}
                  onClick={() => {
                    if (!over) setChosen(item.means)
                  }}
                >
                  <span class="match-name">
                    <Said text={item.text} />
                    <span class="sr-only">: </span>
                  </span>
                  <span class={`match-slot ${partner === undefined ? 'empty' : ''}`}>
                    {partner === undefined ? text.open : <Said text={textOf(partner)} />}
                  </span>
                </button>
                {over && (
                  <span class="match-mark">
                    <Mark right={right}>
                      {right ? quiz.marks.right : <Said text={text.rightIs(textOf(rightIs))} />}
                    </Mark>
                  </span>
                )}
              </li>
            )
          })}
        </ul>
      </section>
      {!over && (
        <section aria-label={text.right}>
          <h2>{text.right}</h2>
          <ul class="match-rights">
            {body.right.map((item, index) => {
              const { class: name, ...carries } = card(item.means)
              return (
                <li key={item.means} class={`match-card ${name}`} {...carries}>
                  <button
                    type="button"
                    class="match-right"
                    {...(digits && index < 9 && { 'aria-keyshortcuts': String(index + 1) })}
                    onClick={() => {
                      if (now) pair(now.means, item.means)
                    }}
                  >
                    {index < 9 && <kbd aria-hidden="true">{index + 1}</kbd>}
                    <span class="card-text">
                      <Said text={item.text} />
                    </span>
                    {now && (
                      <span class="sr-only">
                        , <Said text={text.partnerFor(now.text)} />
                      </span>
                    )}
                  </button>
                  <Grip />
                </li>
              )
            })}
          </ul>
        </section>
      )}
      <p class="sr-only" role="status">
        {said}
      </p>
    </div>
  )
}
