import { useEffect, useState } from 'preact/hooks'
import type { Fitted } from '../../practice/optimise'
import { practice } from '../../words/practice-screens'
import { use } from '../use'
import { ownPractice } from './own-practice'

/** What is being done, or what came of it. */
type Fitting = 'now' | 'undone' | Fitted

const said = (fitting: Fitting | undefined): string => {
  const text = practice.settings
  if (fitting === undefined) return ''
  if (fitting === 'now') return text.fitting
  if (fitting === 'undone') return text.fitUndone
  if (fitting.kind === 'better') return text.fitted.better(fitting.tried)
  return fitting.kind === 'too-few' ? text.fitMissing(fitting.missing) : text.fitted[fitting.kind]
}

/** The schedule fitted to this learner's own reviews, once there are enough of them, and taken back. */
export function FitSchedule() {
  const store = ownPractice()
  const ready = use(store, (state) => state.ready)
  const events = use(store, (state) => state.events)
  const isOwn = use(store, (state) => state.settings.weights !== undefined)
  const [missing, setMissing] = useState<number>()
  const [fitting, setFitting] = useState<Fitting>()
  const text = practice.settings
  useEffect(() => {
    let gone = false
    const count = async () => {
      const survey = await store.getState().survey()
      if (!gone) setMissing(survey.missing)
    }
    if (ready) void count()
    return () => {
      gone = true
    }
  }, [ready, events])
  const fit = async () => {
    setFitting('now')
    setFitting(await store.getState().fit())
  }
  const unfit = async () => {
    setFitting('now')
    await store.getState().unfit()
    setFitting('undone')
  }
  return (
    <div class="fit-schedule">
      <h3 id="fit-schedule">{text.fit}</h3>
      <p class="about">{text.fitAbout}</p>
      {missing !== undefined && missing > 0 && <p>{text.fitMissing(missing)}</p>}
      {isOwn && fitting === undefined && <p>{text.fitIsOwn}</p>}
      {missing === 0 && (
        <button
          type="button"
          aria-describedby="fit-schedule"
          aria-disabled={fitting === 'now'}
          onClick={() => fitting !== 'now' && void fit()}
        >
          {isOwn ? text.fitAgain : text.fitGo}
        </button>
      )}
      {isOwn && (
        <button type="button" aria-disabled={fitting === 'now'} onClick={() => fitting !== 'now' && void unfit()}>
          {text.fitUndo}
        </button>
      )}
      <p role="status">{said(fitting)}</p>
    </div>
  )
}
