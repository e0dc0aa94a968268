import { useEffect, useState } from 'preact/hooks'
import type { Mine, RoomView } from '../../room/view'
import type { PhoneState, PhoneStore } from '../../store/phone-store'
import { classroom } from '../../words/class-screens'
import { PhoneQuestion } from './PhoneQuestion'

interface SelfPacedProps {
  readonly store: PhoneStore
  readonly state: PhoneState
  readonly mine: Mine
  readonly view: RoomView
  readonly digits: boolean
}

/** A room at one's own pace: a list of all questions, one of them open, and the reason after each. */
export function SelfPaced({ store, state, mine, view, digits }: SelfPacedProps) {
  const text = classroom.phone
  const standing = (round: number): 'open' | 'right' | 'wrong' | 'sent' => {
    const known = mine.answered.find((one) => one.round === round)
    const handed = state.given.get(round)
    if (known?.right !== undefined) return known.right ? 'right' : 'wrong'
    if (handed?.right !== undefined) return handed.right ? 'right' : 'wrong'
    return handed && handed.state !== 'refused' ? 'sent' : 'open'
  }
  const all = Array.from({ length: view.of }, (_, round) => round)
  const nextOpen = (after: number): number | undefined =>
    [...all.slice(after + 1), ...all.slice(0, after)].find((round) => standing(round) === 'open')
  const [at, setAt] = useState(() => all.find((round) => standing(round) === 'open') ?? 0)
  const own = state.own.get(at)
  const over = view.phase !== 'asking'
  useEffect(() => {
    // After the deadline once more: now with the answer.
    if (!own || (over && !own.solved)) store.getState().ask(at)
  }, [at, over])
  const done = all.filter((round) => standing(round) !== 'open').length
  const next = nextOpen(at)
  return (
    <>
      <nav class="self-list" aria-label={text.selfList}>
        <p role="status">{over ? text.selfOver : done === view.of ? text.selfAll : text.selfDone(done, view.of)}</p>
        <ol>
          {all.map((round) => {
            const state = standing(round)
            return (
              <li key={round}>
                <button
                  type="button"
                  class={`self-item ${state}`}
                  aria-label={`${text.selfItem(round + 1)}, ${text.selfState[state]}`}
                  {...(round === at && { 'aria-current': 'true' })}
                  onClick={() => setAt(round)}
                >
                  <span aria-hidden="true">
                    {round + 1}
                    {state === 'right' ? ' ✓' : state === 'wrong' ? ' ✕' : ''}
                  </span>
                </button>
              </li>
            )
          })}
        </ol>
      </nav>
      {own ? (
        <PhoneQuestion
          key={`${at} ${own.question.stem}`}
          question={own.question}
          solved={own.solved}
          name={text.question(at + 1, view.of)}
          handed={state.given.get(at)}
          open={!over}
          talk={false}
          known={mine.answered.find((one) => one.round === at)}
          changing={false}
          images={view.settings.images}
          digits={digits}
          line={state.line}
          onAnswer={(answer) => store.getState().answer(at, answer)}
          onChange={() => undefined}
          {...(next !== undefined && { next: { text: text.selfNext, go: () => setAt(next) } })}
        />
      ) : (
        <main class="phone-notice">
          <h1 tabIndex={-1}>{text.selfItem(at + 1)}</h1>
          <p>{text.looking}</p>
        </main>
      )}
    </>
  )
}
