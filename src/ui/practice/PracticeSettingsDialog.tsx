import { useState } from 'preact/hooks'
import { DAY, dayOf } from '../../practice/day'
import { LEAST_RETENTION, MOST_RETENTION } from '../../practice/memory'
import { MOST_NEW } from '../../store/practice-settings'
import { practice } from '../../words/practice-screens'
import { Dialog } from '../shift/dialog'
import { use } from '../use'
import { FitSchedule } from './FitSchedule'
import { dateOf, utcOffset } from './learner'
import { ownPractice } from './own-practice'

/** A day of practice as a date field writes it, and back. */
const written = (day: number): string => dateOf(day).toISOString().slice(0, 10)
const readDay = (text: string): number | undefined => {
  const time = Date.parse(`${text}T00:00:00Z`)
  return Number.isNaN(time) ? undefined : Math.floor(time / DAY)
}

/** How one practises: new ports a day, what should stay, days off, time, and "forget everything". */
export function PracticeSettingsDialog({ onClose }: { readonly onClose: () => void }) {
  const store = ownPractice()
  const { newPerDay, retention, timeless, vacations } = use(store, (state) => state.settings)
  const { change, forget } = store.getState()
  const [forgetting, setForgetting] = useState<'sure' | 'done'>()
  const text = practice.settings
  return (
    <Dialog title={text.title} class="settings practice-settings" onClose={onClose}>
      <label>
        {text.newPerDay}
        <input
          type="range"
          min="0"
          max={MOST_NEW}
          value={newPerDay}
          onInput={(event) => void change({ newPerDay: Number(event.currentTarget.value) })}
        />
        <output class="mono">{newPerDay}</output>
      </label>
      <div>
        <label>
          {text.retention}
          <input
            type="range"
            min={LEAST_RETENTION * 100}
            max={MOST_RETENTION * 100}
            value={Math.round(retention * 100)}
            aria-describedby="retention-about"
            onChange={(event) => void change({ retention: Number(event.currentTarget.value) / 100 })}
          />
          <output class="mono">{text.retentionValue(retention)}</output>
        </label>
        <p class="about" id="retention-about">
          {text.retentionAbout}
        </p>
      </div>
      <div>
        <label class="switch">
          <input
            type="checkbox"
            checked={timeless}
            aria-describedby="timeless-about"
            onChange={() => void change({ timeless: !timeless })}
          />
          {text.timeless}
        </label>
        <p class="about" id="timeless-about">
          {text.timelessAbout}
        </p>
      </div>
      <FitSchedule />
      <Vacations
        vacations={vacations}
        onChange={(next) => void change({ vacations: next.map(({ from, until }) => ({ from, until })) })}
      />
      <button
        type="button"
        aria-live="polite"
        disabled={forgetting === 'done'}
        onClick={() => {
          if (forgetting === 'sure') void forget(Date.now()).then(() => setForgetting('done'))
          else setForgetting('sure')
        }}
      >
        {forgetting === 'done' ? text.forgetDone : forgetting === 'sure' ? text.forgetSure : text.forget}
      </button>
      <button type="button" class="primary" onClick={onClose}>
        {text.close}
      </button>
    </Dialog>
  )
}

interface Vacation {
  readonly from: number
  readonly until: number
}

interface VacationsProps {
  readonly vacations: readonly Vacation[]
  readonly onChange: (vacations: readonly Vacation[]) => void
}

function Vacations({ vacations, onChange }: VacationsProps) {
  const today = dayOf(Date.now(), utcOffset())
  const [from, setFrom] = useState(written(today))
  const [until, setUntil] = useState(written(today + 6))
  const [wrong, setWrong] = useState(false)
  const text = practice.settings
  const add = () => {
    const [first, last] = [readDay(from), readDay(until)]
    const isRight = first !== undefined && last !== undefined && first <= last
    setWrong(!isRight)
    if (isRight) onChange([...vacations, { from: first, until: last }])
  }
  return (
    <fieldset class="vacations">
      <legend>{text.vacation}</legend>
      <label>
        {text.vacationFrom}
        <input type="date" value={from} onInput={(event) => setFrom(event.currentTarget.value)} />
      </label>
      <label>
        {text.vacationUntil}
        <input type="date" value={until} onInput={(event) => setUntil(event.currentTarget.value)} />
      </label>
      <button type="button" onClick={add}>
        {text.vacationAdd}
      </button>
      <p class="about">{text.vacationAbout}</p>
      <p role="alert">{wrong && text.vacationWrong}</p>
      <ul>
        {vacations
          .filter((one) => one.until >= today)
          .map((one) => {
            const said = text.vacationIs(practice.date(dateOf(one.from)), practice.date(dateOf(one.until)))
            return (
              <li key={`${one.from} ${one.until}`}>
                {said}
                <button
                  type="button"
                  aria-label={text.vacationRemove(said)}
                  onClick={() => onChange(vacations.filter((other) => other !== one))}
                >
                  ✕
                </button>
              </li>
            )
          })}
      </ul>
    </fieldset>
  )
}
