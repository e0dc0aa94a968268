import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { Fact } from '../../practice/fact'
import type { Sprint, Try } from '../../practice/sprint'
import { SPRINT, askedNow, beginSprint, enter, isComplete, score, timeLeft } from '../../practice/sprint'
import { familyAt } from '../../ports/services'
import type { PracticeState } from '../../store/practice-store'
import { chosenFacts } from '../../store/practice-store'
import { practice } from '../../words/practice-screens'
import { practiceAsks } from '../../words/practice-asks'
import { PRACTICE_HASH } from '../app/route'
import { newSeed } from '../app/seed'
import { COLOURS } from '../quiz/Doors'
import { isFreeEnter, useKey } from '../quiz/keys'
import { isMet } from './learner'
import { ownPractice } from './own-practice'
import type { PracticeScreenProps } from './Page'
import { Page, useReady } from './Page'
import { PlateDoor } from './PlateDoor'

/** With fewer ports that were met, all of the chosen decks are asked. */
const FEW = 8
/** Answers in a sprint without a clock. */
const CALM = 20
/** Doors of the street that are seen. */
const STREET = 16

function sprintFacts(state: PracticeState): readonly Fact[] {
  const chosen = chosenFacts(state)
  const met = chosen.filter(({ id }) => isMet(state.remembered.memory, id))
  return met.length < FEW ? chosen : met
}

const nameOf = ({ id, name }: Fact): string => practiceAsks.service(id, name)

/** Sixty seconds of typed ports: a street of doors that light up. */
export function SprintScreen(props: PracticeScreenProps) {
  const ready = useReady()
  const [sprint, setSprint] = useState<Sprint>()
  const [clock, setClock] = useState(true)
  const [over, setOver] = useState(false)
  const store = ownPractice()
  const text = practice.sprint
  const facts = ready ? sprintFacts(store.getState()) : []
  const start = (withClock: boolean) => {
    setClock(withClock)
    setOver(false)
    setSprint(beginSprint(facts, newSeed(), Date.now()))
  }
  return (
    <Page class={over ? 'ended' : 'sprinting'} onSettings={props.onSettings} place={text.title}>
      {!ready ? (
        <p class="waiting">{practice.session.loading}</p>
      ) : facts.length === 0 ? (
        <main class="sprint-intro">
          <h1 tabIndex={-1}>{text.title}</h1>
          <p>{text.noDeck}</p>
          <a class="primary" href={PRACTICE_HASH}>
            {practice.end.home}
          </a>
        </main>
      ) : !sprint ? (
        <Intro onStart={start} />
      ) : over ? (
        <SprintEnd sprint={sprint} clock={clock} onAgain={() => start(clock)} />
      ) : (
        <Running sprint={sprint} clock={clock} onSprint={setSprint} onOver={() => setOver(true)} />
      )}
    </Page>
  )
}

function Intro({ onStart }: { readonly onStart: (clock: boolean) => void }) {
  const text = practice.sprint
  const { best } = ownPractice().getState().settings
  useKey((event) => {
    if (!isFreeEnter(event)) return false
    onStart(true)
    return true
  })
  return (
    <main class="sprint-intro">
      <h1 tabIndex={-1}>{text.intro}</h1>
      <p class="lobby-about">{text.about}</p>
      {best.right > 0 && <p>{practice.home.sprintBest(best.right, best.run)}</p>}
      <div class="end-acts">
        <button type="button" class="primary start" onClick={() => onStart(true)}>
          {text.start} <kbd aria-hidden="true">⏎</kbd>
        </button>
        <button type="button" class="secondary" onClick={() => onStart(false)}>
          {text.noTime}
        </button>
      </div>
      <p class="quiet">{text.noTimeAbout}</p>
      <p class="quiet">{text.separate}</p>
    </main>
  )
}

interface RunningProps {
  readonly sprint: Sprint
  readonly clock: boolean
  readonly onSprint: (sprint: Sprint) => void
  readonly onOver: () => void
}

function Running({ sprint, clock, onSprint, onOver }: RunningProps) {
  const { book } = ownPractice().getState()
  const field = useRef<HTMLInputElement>(null)
  const [draft, setDraft] = useState('')
  const [now, setNow] = useState(() => Date.now())
  const left = clock ? timeLeft(sprint, now) : SPRINT
  const fact = askedNow(sprint, book)
  const last = sprint.tries.at(-1)
  const run = runOf(sprint.tries)
  const text = practice.sprint
  const over = left === 0 || (!clock && sprint.tries.length >= CALM)

  useLayoutEffect(() => field.current?.focus(), [])
  useEffect(() => {
    if (!clock) return undefined
    const timer = setInterval(() => setNow(Date.now()), 100)
    return () => clearInterval(timer)
  }, [clock])
  useEffect(() => {
    if (over) onOver()
  }, [over])

  const give = (given: string | undefined) => {
    const next = enter(sprint, given, book, clock ? Date.now() : sprint.from)
    setDraft('')
    if (next !== sprint) onSprint(next)
    field.current?.focus()
  }
  const write = (value: string) => {
    if (isComplete(sprint, value, book)) give(value)
    else setDraft(value)
  }
  useKey((event) => {
    if (!isFreeEnter(event)) return false
    give(draft.trim() === '' ? undefined : draft)
    return true
  })
  if (!fact) return null
  const stem = practiceAsks.number.type(nameOf(fact), fact.protocol)
  const seconds = Math.ceil(left / 1000)
  return (
    <main class="question recall with-door sprint">
      {clock && (
        <div class="sprint-clock">
          <p class="clock" role="timer" aria-label={text.leftLong(seconds)}>
            <span class="mono" aria-hidden="true">
              {text.left(seconds)}
            </span>
          </p>
          <span class="sprint-bar" aria-hidden="true">
            <i style={{ transform: `scaleX(${left / SPRINT})` }} class={seconds <= 10 ? 'soon' : ''} />
          </span>
        </div>
      )}
      <section class="question-paper">
        <h1 tabIndex={-1} id="sprint-stem">
          {stem}
        </h1>
        <p class="sprint-last" aria-hidden="true">
          {lastText(last, book)}
        </p>
      </section>
      <div class="sights-place">
        <PlateDoor fact={fact} label={draft.replaceAll(/\D/g, '').slice(0, 5) || '?'} state="dark" />
      </div>
      <div class="answers">
        <div class="typed">
          <label>
            <span>{text.port}</span>
            <input
              ref={field}
              class="mono"
              type="text"
              inputMode="numeric"
              enterKeyHint="next"
              autocomplete="off"
              maxLength={9}
              value={draft}
              aria-describedby="sprint-stem"
              onInput={(event) => write(event.currentTarget.value)}
            />
          </label>
        </div>
        <div class="sprint-state">
          <strong>{text.score(score(sprint).right)}</strong>
          <span class={run >= 5 ? 'hot' : ''}>{run > 1 && text.run(run)}</span>
          <button type="button" class="secondary" onClick={() => give(undefined)}>
            {text.pass} <kbd aria-hidden="true">⏎</kbd>
          </button>
        </div>
      </div>
      <Street tries={sprint.tries} />
      <p class="sr-only" role="status">
        {[lastText(last, book), stem].filter(Boolean).join(' ')}
      </p>
    </main>
  )
}

/** How many were right in a row up to now. */
const runOf = (tries: readonly Try[]): number => tries.length - 1 - tries.findLastIndex(({ right }) => !right)

/** What the last answer should have been, if it was wrong. */
function lastText(last: Try | undefined, book: PracticeState['book']): string {
  const fact = last && book.get(last.fact)
  if (!last || !fact || last.right) return ''
  const { wasWrong, passed } = practice.sprint
  return last.given === undefined ? passed(nameOf(fact), fact.port) : wasWrong(last.given, nameOf(fact), fact.port)
}

/** The doors so far: lit where the number was right. */
function Street({ tries }: { readonly tries: readonly Try[] }) {
  const shown = tries.slice(-STREET)
  return (
    <div class="sprint-street" aria-hidden="true">
      {Array.from({ length: STREET }, (_, index) => {
        const one = shown[index]
        const port = one ? Number.parseInt(one.fact, 10) : 0
        const colour = one?.right ? COLOURS[familyAt(one.fact.endsWith('udp') ? 'udp' : 'tcp', port)] : '#1a2346'
        return (
          <span key={tries.length - shown.length + index} class={one ? (one.right ? 'lit' : 'missed') : ''}>
            <svg viewBox="0 0 40 64">
              {one?.right && <circle cx="20" cy="8" r="20" fill="url(#home-glow)" />}
              <path d="M17 2h6l3 9H14Z" fill={one?.right ? '#fff0c8' : '#333e72'} />
              <path d="M4 62V32a16 16 0 0 1 32 0v30Z" fill="#4a59a3" />
              <path d="M9 62V33a11 11 0 0 1 22 0v29Z" fill={colour} />
              <path d="M9 33a11 11 0 0 1 22 0Z" fill={one?.right ? 'url(#home-lit)' : '#141c40'} />
              <path d="M1 60h38v4H1Z" fill="#6576bd" />
            </svg>
            <b class="mono">{one ? port : ''}</b>
          </span>
        )
      })}
    </div>
  )
}

interface SprintEndProps {
  readonly sprint: Sprint
  readonly clock: boolean
  readonly onAgain: () => void
}

function SprintEnd({ sprint, clock, onAgain }: SprintEndProps) {
  const store = ownPractice()
  const { book } = store.getState()
  const best = useMemo(() => store.getState().settings.best, [])
  const { right, run, missed } = score(sprint)
  const isBest = clock && right > best.right
  const text = practice.sprint
  useEffect(() => {
    document.querySelector<HTMLElement>('.practice h1')?.focus({ preventScroll: true })
    if (clock && (right > best.right || run > best.run))
      void store.getState().change({ best: { right: Math.max(right, best.right), run: Math.max(run, best.run) } })
  }, [])
  useKey((event) => {
    if (!isFreeEnter(event)) return false
    onAgain()
    return true
  })
  return (
    <main class="end">
      <section class="end-head">
        <h1 tabIndex={-1}>{clock ? text.heading(right) : practice.end.about(right, sprint.tries.length)}</h1>
        <p class="end-about">
          {clock && `${isBest ? text.newBest : text.best(Math.max(best.right, right))} `}
          {text.longest(run)}
        </p>
        <div class="end-acts">
          <button type="button" class="primary" onClick={onAgain}>
            {text.again} <kbd aria-hidden="true">⏎</kbd>
          </button>
          <p class="quiet">{text.separate}</p>
          <div class="end-ways">
            <a class="secondary" href={PRACTICE_HASH}>
              {practice.end.home}
            </a>
          </div>
        </div>
      </section>
      <section class="end-ideas">
        <Street tries={sprint.tries} />
        <h2>{text.missed}</h2>
        {missed.length === 0 ? (
          <p class="quiet">{text.nothingMissed}</p>
        ) : (
          <ul class="coming-back">
            {missed.flatMap(({ fact: id, given }, index) => {
              const fact = book.get(id)
              return fact
                ? [
                    <li key={index} class="failed">
                      <span class="plate mono">{fact.port}</span>
                      <span>{nameOf(fact)}</span>
                      <span class="quiet">{text.given(given)}</span>
                    </li>,
                  ]
                : []
            })}
          </ul>
        )}
      </section>
    </main>
  )
}
