import { useMemo, useRef, useState } from 'preact/hooks'
import { DECKS } from '../../ports/decks'
import { dayOf } from '../../practice/day'
import { streak } from '../../practice/insight'
import { isAway } from '../../practice/schedule'
import { begin, progress } from '../../practice/session'
import type { PracticeState } from '../../store/practice-store'
import { chosenFacts } from '../../store/practice-store'
import { practice } from '../../words/practice-screens'
import { practiceHash, sessionHash } from '../app/route'
import { isFreeEnter, useKey } from '../quiz/keys'
import { use } from '../use'
import { City, useLit } from './City'
import { DeckDoor } from './DeckDoor'
import { Insights } from './Insights'
import { agendaNow, contextOf, paceOf, planOf, portsKnown, recentReviews, untilThen, utcOffset } from './learner'
import { ownPractice } from './own-practice'
import type { PracticeScreenProps } from './Page'
import { Page, useReady } from './Page'
import { PracticeSettingsDialog } from './PracticeSettingsDialog'

/** The front page of practice: one key starts what is due. */
export function PracticeHome(props: PracticeScreenProps) {
  const ready = useReady()
  return (
    <Page class="practice-home" onSettings={props.onSettings}>
      {ready ? <Lobby /> : <p class="waiting">{practice.session.loading}</p>}
    </Page>
  )
}

/** What a session of today would be: how many cards are due, how many are new, and how long it takes. */
function today(state: PracticeState, now: number) {
  const due = agendaNow(state, now)
  const pace = paceOf(recentReviews(state))
  const session = begin(due, contextOf(state), 1, pace)
  const { left } = progress(session)
  const planned = [...session.queue, ...(session.asking ? [session.asking.card] : [])]
  const all = due.due.length + due.fresh.length
  return {
    ...due,
    // A new fact is asked several times until it stays.
    minutes: Math.max(
      1,
      Math.round(
        (planned.reduce((sum, card) => sum + (state.remembered.memory.has(card) ? 1.2 : 4), 0) * pace) / 60_000,
      ),
    ),
    waiting: Math.max(0, all - left),
  }
}

function Lobby() {
  const store = ownPractice()
  const state = use(store, (all) => all)
  const [setting, setSetting] = useState(false)
  const start = useRef<HTMLAnchorElement>(null)
  const now = useMemo(() => Date.now(), [state])
  const { settings, remembered, book, decks, days, events } = state
  const { due, fresh, setAside, next, minutes, waiting } = useMemo(() => today(state, now), [state, now])
  const plan = planOf(settings)
  const away = isAway(plan, now)
  const first = events === 0
  const known = portsKnown(remembered.memory, book)
  const run = streak(days, plan, dayOf(now, utcOffset()))
  const isMore = due.length + fresh.length > 0
  const text = practice.home
  useKey((event) => {
    if (!isFreeEnter(event) || setting) return false
    start.current?.click()
    return true
  })
  const toggle = (id: string) =>
    void store.getState().change({
      decks: settings.decks.includes(id) ? settings.decks.filter((one) => one !== id) : [...settings.decks, id],
    })
  const soon = next === undefined ? undefined : untilThen(next, now)
  const endVacation = () => {
    const day = dayOf(now, utcOffset())
    void store.getState().change({
      vacations: settings.vacations
        .map(({ from, until }) => (from <= day && day <= until ? { from, until: day - 1 } : { from, until }))
        .filter(({ from, until }) => from <= until),
    })
  }

  return (
    <main class={`lobby ${first ? 'first-visit' : ''}`}>
      <section class="lobby-words">
        <h1 tabIndex={-1}>{first ? text.first : known > 0 ? text.headline(known) : practice.title}</h1>
        {first && <p class="lobby-about">{text.firstAbout}</p>}
        {run.days > 0 && (
          <p class="streak">
            <span aria-hidden="true" class="streak-lamps">
              {Array.from({ length: Math.min(7, run.days) }, (_, lamp) => (
                <i key={lamp} />
              ))}
            </span>
            <strong>{text.streak(run.days)}</strong> <span class="quiet">{text.streakFree(run.free)}</span>
          </p>
        )}
        {away ? (
          <>
            <p class="lobby-about">{text.away}</p>
            <button type="button" class="primary start" onClick={endVacation}>
              {text.awayEnd}
            </button>
          </>
        ) : isMore ? (
          <>
            <a class="primary start" href={practiceHash('session')} ref={start}>
              <span>
                {first ? text.startFirst : text.start}
                <small>
                  {text.due(due.length, fresh.length)}, {text.takes(minutes)}
                </small>
              </span>
              <Arrow />
            </a>
            <p class="lobby-enter">
              {text.startHint}
              {waiting > 0 && ` · ${text.more(waiting)}`}
            </p>
          </>
        ) : (
          <>
            <p class="lobby-about">
              <strong>{text.nothing}</strong>{' '}
              {soon
                ? `${text.nothingAbout} ${text.next(practice.when(soon.minutes, soon.days))}`
                : chosenFacts(state).length === 0
                  ? text.nextNone
                  : text.nothingAbout}
            </p>
            <a class="primary start" href={practiceHash('sprint')} ref={start}>
              <span>
                {text.sprint}
                <small>{text.sprintAbout}</small>
              </span>
              <Arrow />
            </a>
            <p class="lobby-enter">{text.startHint}</p>
          </>
        )}
        {setAside.length > 0 && (
          <p class="aside-line">
            <strong>{text.asideTitle(setAside.length)}.</strong> {text.asideAbout}{' '}
            <a href={sessionHash('aside')}>{text.aside}</a>
          </p>
        )}
        <button type="button" class="secondary settings-open" onClick={() => setSetting(true)}>
          {text.settings}
        </button>
      </section>
      <section class="topic-house deck-house">
        <fieldset>
          <legend class="topic-sign">{text.decksTitle}</legend>
          <div class="topic-doors">
            {[...DECKS, ...decks].map(({ id }) => (
              <DeckDoor key={id} id={id} chosen={settings.decks.includes(id)} onToggle={() => toggle(id)} />
            ))}
          </div>
        </fieldset>
        <div class="topic-street" aria-hidden="true" />
      </section>
      {!first && <Insights />}
      <nav class="lobby-cards" aria-label={text.waysTitle}>
        <a class="card" href={practiceHash('sprint')}>
          <strong>{text.sprintTitle}</strong>
          <span>
            {settings.best.right > 0 ? text.sprintBest(settings.best.right, settings.best.run) : text.sprintAbout}
          </span>
        </a>
        <a class="card" href={practiceHash('drill')}>
          <strong>{text.drillTitle}</strong>
          <span>{text.drillAbout}</span>
        </a>
        <CityCard />
        <a class="card" href={practiceHash('decks')}>
          <strong>{text.ownTitle}</strong>
          <span>{text.ownAbout}</span>
        </a>
      </nav>
      {setting && <PracticeSettingsDialog onClose={() => setSetting(false)} />}
    </main>
  )
}

/** The way to the map shows how much of it is lit. */
function CityCard() {
  const lit = useLit()
  const text = practice.home
  return (
    <a class={`card ${lit.length > 0 ? 'city-card' : ''}`} href={practiceHash('map')}>
      {lit.length > 0 && <City lit={lit} width={512} />}
      <strong>{text.mapTitle}</strong>
      <span>{text.mapAbout}</span>
    </a>
  )
}

function Arrow() {
  return (
    <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
      <path d="M5 2.500l12 7.500-12 7.500Z" fill="currentColor" />
    </svg>
  )
}
