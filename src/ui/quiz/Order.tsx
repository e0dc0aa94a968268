import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { Body, Item } from '../../quiz/question'
import { quiz } from '../../words/quiz-screens'
import type { Drop } from './carry'
import { useCarry } from './carry'
import type { DraftProps } from './Choices'
import { Mark } from './Choices'
import { digitOf, useKey } from './keys'
import { Said } from './Said'

type OrderBody = Extract<Body, { readonly kind: 'order' }>

/** Things to put in order: from the tray to the list, by drag, tap or key. What stays in the tray belongs nowhere. */
export function Order({ body, given, digits, draft, onDraft }: DraftProps<OrderBody, readonly string[]>) {
  const over = given !== undefined
  const [said, setSaid] = useState('')
  const list = useRef<HTMLDivElement>(null)
  const focus = useRef<string | undefined>(undefined)
  const text = quiz.order
  const itemOf = (means: string): Item => body.items.find((item) => item.means === means) ?? { means, text: means }
  const keyOf = (means: string) => body.items.findIndex((item) => item.means === means) + 1
  const placed = over ? (given && given.kind === 'order' ? given.means : []) : draft
  const tray = body.items.filter(({ means }) => !placed.includes(means))

  const put = (means: string, place: number) => {
    const others = draft.filter((one) => one !== means)
    const at = Math.max(0, Math.min(others.length, place))
    onDraft([...others.slice(0, at), means, ...others.slice(at)])
    setSaid(text.placed(itemOf(means).text, at + 1))
  }
  const takeBack = (means: string) => {
    onDraft(draft.filter((one) => one !== means))
    setSaid(text.returned(itemOf(means).text))
  }
  const toggle = (means: string) => (draft.includes(means) ? takeBack(means) : put(means, draft.length))
  const drop = (means: string, { place, lower }: Drop) => {
    if (place === 'tray') return takeBack(means)
    if (place === 'end') return put(means, draft.length)
    const [from, target] = [draft.indexOf(means), Number(place)]
    const at = target + (lower ? 1 : 0)
    put(means, from >= 0 && from < at ? at - 1 : at)
  }
  const { carried, card } = useCarry(drop)

  useKey((event) => {
    const item = !over && digits ? body.items[digitOf(event) ?? -1] : undefined
    if (item) toggle(item.means)
    return item !== undefined
  })

  // A card that was moved keeps the focus, wherever it stands now.
  useLayoutEffect(() => {
    const means = focus.current
    focus.current = undefined
    if (means === undefined) return
    const cards = [...(list.current?.querySelectorAll<HTMLElement>('[data-means]') ?? [])]
    cards.find((element) => element.dataset['means'] === means)?.focus()
  }, [draft])

  const move = (means: string, by: number) => {
    focus.current = means
    put(means, draft.indexOf(means) + by)
  }
  const onKey = (means: string) => (event: KeyboardEvent) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key]
    if (by !== undefined) move(means, by)
    else if (event.key === 'Backspace' || event.key === 'Delete') {
      focus.current = means
      takeBack(means)
    } else return
    event.preventDefault()
  }
  const falls = (place: number) =>
    carried?.over?.place === String(place) ? (carried.over.lower ? 'falls-below' : 'falls-above') : ''
  const belongs = (means: string) =>
    body.order.includes(means) ? text.belongs(body.order.indexOf(means) + 1) : text.nowhere
  const rightAt = (means: string, place: number) =>
    [body.order, ...body.alsoRight].some((order) => order[place] === means)

  return (
    <div class={`ordering ${over ? 'closed' : ''}`} ref={list}>
      {!(over && tray.length === 0) && (
        <section class="order-part" aria-label={text.tray} data-drop="tray">
          <h2>{text.tray}</h2>
          {tray.length === 0 && <p class="order-empty">{text.trayEmpty}</p>}
          <ul class="order-tray">
            {tray.map(({ means, text: said }) => {
              const { class: name, ...carries } = over ? { class: '' } : card(means)
              return (
                <li key={means} class={`order-item ${name}`} {...carries}>
                  <button
                    type="button"
                    class="order-card"
                    data-means={means}
                    {...(over && { 'aria-disabled': true })}
                    {...(digits && !over && { 'aria-keyshortcuts': String(keyOf(means)) })}
                    onClick={() => {
                      if (over) return
                      focus.current = means
                      put(means, draft.length)
                    }}
                  >
                    <kbd aria-hidden="true">{keyOf(means)}</kbd>
                    <span class="card-text">
                      <Said text={said} />
                    </span>
                    {!over && <span class="sr-only">, {text.notPlaced}</span>}
                    {over && <Mark right={!body.order.includes(means)}>{belongs(means)}</Mark>}
                  </button>
                  {!over && <Grip />}
                </li>
              )
            })}
          </ul>
        </section>
      )}
      <section class="order-part" aria-label={text.list} data-drop="end">
        <h2>{text.list}</h2>
        <ol class="order-list">
          {placed.map((means, place) => {
            const said = itemOf(means).text
            const { class: name, ...carries } = over ? { class: '' } : card(means)
            const right = rightAt(means, place)
            return (
              <li key={means} class={`order-item ${name} ${falls(place)}`} data-drop={String(place)} {...carries}>
                <span class="order-place mono" aria-hidden="true">
                  {place + 1}
                </span>
                <button
                  type="button"
                  class={`order-card ${over ? (right ? 'right' : 'wrong') : ''}`}
                  data-means={means}
                  {...(over && { 'aria-disabled': true })}
                  onClick={() => {
                    if (over) return
                    focus.current = means
                    takeBack(means)
                  }}
                  {...(!over && { onKeyDown: onKey(means) })}
                >
                  <kbd aria-hidden="true">{keyOf(means)}</kbd>
                  <span class="card-text">
                    <Said text={said} />
                  </span>
                  <span class="sr-only">, {text.placeOf(place + 1, placed.length)}</span>
                  {over && <Mark right={right}>{right ? quiz.marks.right : belongs(means)}</Mark>}
                </button>
                {!over && (
                  <>
                    <Move name={text.up(said)} down={false} off={place === 0} onMove={() => move(means, -1)} />
                    <Move name={text.down(said)} down off={place === placed.length - 1} onMove={() => move(means, 1)} />
                    <Grip />
                  </>
                )}
              </li>
            )
          })}
          {!over &&
            Array.from({ length: Math.max(1, body.order.length) - placed.length }, (_, free) => (
              <li
                key={`free ${free}`}
                class={`order-free ${free === 0 && carried?.over?.place === 'end' ? 'falls-here' : ''}`}
                aria-hidden="true"
              >
                <span class="order-place mono">{placed.length + free + 1}</span>
              </li>
            ))}
        </ol>
      </section>
      <p class="sr-only" role="status">
        {said}
      </p>
    </div>
  )
}

/** Where a finger takes a card. */
export function Grip() {
  return (
    <span class="grip" aria-hidden="true">
      <svg viewBox="0 0 12 20">
        <path
          d="M3 4h.01M9 4h.01M3 10h.01M9 10h.01M3 16h.01M9 16h.01"
          stroke="currentColor"
          stroke-width="3"
          stroke-linecap="round"
        />
      </svg>
    </span>
  )
}

interface MoveProps {
  readonly name: string
  readonly down: boolean
  readonly off: boolean
  readonly onMove: () => void
}

function Move({ name, down, off, onMove }: MoveProps) {
  return (
    <button
      type="button"
      class="order-move"
      aria-label={name}
      {...(off && { 'aria-disabled': true })}
      onClick={() => {
        if (!off) onMove()
      }}
    >
      <svg viewBox="0 0 12 12" aria-hidden="true">
        <path d={down ? 'M2 4l4 5l4 -5' : 'M2 8l4 -5l4 5'} fill="none" stroke="currentColor" stroke-width="2" />
      </svg>
    </button>
  )
}
