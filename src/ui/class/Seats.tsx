import { useState } from 'preact/hooks'
import type { HostView, Seat } from '../../room/view'
import { classroom } from '../../words/class-screens'
import type { HostProps } from './HostScreen'

/** A list longer than this is searched, not read. */
const MOST_LISTED = 60

/** Everybody in the room, for the teacher's eyes only: who answers, who is away, and what may be done. */
export function Seats({ store, view }: HostProps & { readonly view: HostView }) {
  const text = classroom.host
  const [find, setFind] = useState('')
  const { act } = store.getState()
  const { seats, settings, of, phase } = view
  if (seats.length === 0) return null
  const waiting = seats.filter(({ standing }) => standing === 'waiting')
  const wanted = find.trim().toLowerCase()
  const ordered = [...waiting, ...seats.filter(({ standing }) => standing !== 'waiting')]
  const matching = wanted === '' ? ordered : ordered.filter(({ name }) => name.toLowerCase().includes(wanted))
  const shown = matching.slice(0, MOST_LISTED)
  const stateOf = ({ standing, answered, done }: Seat): string =>
    standing === 'waiting'
      ? text.seatWaiting
      : settings.way === 'self' && done !== undefined
        ? text.seatDone(done, of)
        : phase === 'lobby' || settings.way === 'team'
          ? ''
          : answered
            ? text.seatAnswered
            : text.seatOpen
  return (
    <section class="class-card host-seats">
      <header>
        <h2>{text.seats}</h2>
        {seats.length > 12 && (
          <input
            type="search"
            aria-label={text.find}
            placeholder={text.find}
            value={find}
            onInput={({ currentTarget }) => setFind(currentTarget.value)}
          />
        )}
        {matching.length > shown.length && <p>{text.found(shown.length, matching.length)}</p>}
        {waiting.length > 0 && (
          <button type="button" class="secondary" onClick={() => void act({ act: 'admit-all' })}>
            {text.admitAll(waiting.length)}
          </button>
        )}
        <button type="button" class="secondary" onClick={() => void act({ act: 'rename-all' })}>
          {text.renameAll}
        </button>
      </header>
      <ul>
        {shown.map((seat) => (
          <li key={seat.id} class={`${seat.standing} ${seat.answered && phase !== 'lobby' ? 'answered' : ''}`}>
            <span class={`seat-here ${seat.here ? 'here' : 'away'}`}>
              <span class="sr-only">{seat.here ? text.seatHere : text.seatAway}</span>
            </span>
            <strong>{seat.name}</strong>
            <span class="seat-state">
              {!seat.here && <em>{text.seatAway} </em>}
              {stateOf(seat)}
            </span>
            <span class="seat-acts">
              {seat.standing === 'waiting' && (
                <button
                  type="button"
                  class="secondary"
                  aria-label={text.admitOf(seat.name)}
                  onClick={() => void act({ act: 'admit', player: seat.id })}
                >
                  {text.admit}
                </button>
              )}
              <button
                type="button"
                class="secondary"
                aria-label={text.renameOf(seat.name)}
                onClick={() => void act({ act: 'rename', player: seat.id })}
              >
                {text.rename}
              </button>
              <button
                type="button"
                class="secondary"
                aria-label={text.removeOf(seat.name)}
                onClick={() => void act({ act: 'remove', player: seat.id })}
              >
                {text.remove}
              </button>
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
