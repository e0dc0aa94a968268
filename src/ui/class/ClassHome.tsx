import { useMemo, useRef, useState } from 'preact/hooks'
import { readCode } from '../../room/code'
import { planOfSet, planOfTopics } from '../../room/plan'
import type { Settings, Way } from '../../room/settings'
import { CALM, WAYS } from '../../room/settings'
import { teamLevels } from '../../room/team'
import type { Said } from '../../room/wire'
import type { Topic } from '../../quiz/topic'
import { TOPICS } from '../../quiz/topic'
import type { QuestionSet } from '../../quiz/set'
import type { Trouble } from '../../store/class-line'
import { openLine } from '../../store/class-client'
import { report } from '../../words/class-report'
import { classroom } from '../../words/class-screens'
import type { Language } from '../../words/language'
import { LANGUAGES, LANGUAGE_TAGS, language } from '../../words/language'
import { quiz } from '../../words/quiz-screens'
import { setWords } from '../../words/set-words'
import { words } from '../../words'
import { COLLECT_HASH, REPORT_HASH, roomHash, teachHash } from '../app/route'
import { newSeed } from '../app/seed'
import { isFreeEnter, useKey } from '../quiz/keys'
import { ownSets } from '../teach/own-sets'
import { use } from '../use'
import { useAddresses } from './addresses'
import type { ClassScreenProps } from './ClassPage'
import { ClassPage } from './ClassPage'
import { ownRooms, ownSeats } from './rooms'
import { WayIcon } from './WayIcon'

const LENGTHS = [5, 10, 15, 20] as const
const SECONDS = [undefined, 20, 30, 60, 90] as const
const RACE_SECONDS = 30
const MINUTES = [undefined, 15, 30, 60, 1440, 10_080] as const

/** Opens a room and joins one. One press is enough for either. */
export function ClassHome({ onSettings }: ClassScreenProps) {
  const text = classroom.home
  const [addresses, lookAgain] = useAddresses()
  return (
    <ClassPage class="class-home" onSettings={onSettings}>
      <main class="class-front">
        <header class="class-head">
          <h1 tabIndex={-1}>{text.headline}</h1>
          <p>{text.about}</p>
        </header>
        {addresses === 'none' ? <NoServer onAgain={lookAgain} /> : <OpenRoom ready={addresses !== undefined} />}
        <aside class="class-side">
          {addresses !== 'none' && <JoinRoom />}
          <Known />
          <p class="class-more">
            <a href={COLLECT_HASH}>{report.task.make}</a> <a href={REPORT_HASH}>{report.open.title}</a>
          </p>
        </aside>
      </main>
    </ClassPage>
  )
}

/** A static host hands out files and nothing else: what to do about it. */
function NoServer({ onAgain }: { readonly onAgain: () => void }) {
  const text = classroom.home
  return (
    <section class="class-card no-server">
      <h2>{text.noServer}</h2>
      <p>{text.noServerAbout}</p>
      <pre class="mono">npm start</pre>
      <p>
        {text.noServerThen} <a href={COLLECT_HASH}>{report.task.make}</a>
      </p>
      <button type="button" class="secondary" onClick={onAgain}>
        {text.tryAgain}
      </button>
    </section>
  )
}

type Options = Pick<
  Settings,
  'language' | 'names' | 'changing' | 'leaders' | 'approval' | 'doorWord' | 'images' | 'seconds' | 'minutes'
>

function OpenRoom({ ready }: { readonly ready: boolean }) {
  const text = classroom.home
  const sets = use(ownSets(), (state) => state.sets)
  const [way, setWay] = useState<Way>('live')
  const [topics, setTopics] = useState<readonly Topic[]>([])
  const [length, setLength] = useState<number>(LENGTHS[1])
  // A report leads here with the set that it has made.
  const [setId, setSetId] = useState(() => new URLSearchParams(location.hash.split('?')[1]).get('set') ?? '')
  const levels = useMemo(teamLevels, [])
  const [level, setLevel] = useState(levels[2]?.id ?? levels[0]?.id ?? '')
  const [options, setOptions] = useState<Options>({ ...CALM, language })
  const [opening, setOpening] = useState(false)
  const [problem, setProblem] = useState('')
  const set = sets.find(({ id }) => id === setId)
  const change = (part: Partial<Options>) => setOptions((before) => ({ ...before, ...part }))

  const open = async () => {
    if (opening || !ready) return
    setProblem('')
    setOpening(true)
    try {
      const plan = way === 'team' ? [] : await planFor(way, set, topics, length)
      if (way !== 'team' && plan.length === 0) return setProblem(set ? text.nothingToAsk : text.tooFew)
      const trouble = await openRoom({
        settings: settingsOf(way, options, set),
        plan: [...plan],
        ...(way === 'team' && { team: { level, seed: newSeed() } }),
      })
      if (trouble) setProblem(classroom.trouble[trouble])
    } finally {
      setOpening(false)
    }
  }
  useKey((event) => {
    if (!isFreeEnter(event) || (event.target instanceof HTMLInputElement && event.target.name === 'code')) return false
    void open()
    return true
  })
  const toggle = (topic: Topic) =>
    setTopics((before) => (before.includes(topic) ? before.filter((one) => one !== topic) : [...before, topic]))

  return (
    <section class="class-card open-room" aria-label={text.open}>
      <h2>{text.open}</h2>
      <fieldset class="way-cards">
        <legend class="sr-only">{text.way}</legend>
        {WAYS.map((one) => (
          <label key={one} class={`way-card ${one === way ? 'chosen' : ''}`}>
            <input type="radio" name="way" checked={one === way} onChange={() => setWay(one)} />
            <WayIcon way={one} />
            <strong>{classroom.ways[one].name}</strong>
            <span>{classroom.ways[one].about}</span>
          </label>
        ))}
      </fieldset>
      {way === 'team' ? (
        <label class="class-field">
          <span>{text.level}</span>
          <select value={level} onChange={({ currentTarget }) => setLevel(currentTarget.value)}>
            {levels.map(({ id }) => (
              <option key={id} value={id}>
                {id} {words.levels(id).title}
              </option>
            ))}
          </select>
        </label>
      ) : (
        <>
          {sets.length > 0 && (
            <label class="class-field">
              <span>{text.set}</span>
              <select value={setId} onChange={({ currentTarget }) => setSetId(currentTarget.value)}>
                <option value="">{text.noSet}</option>
                {sets.map(({ id, title }) => (
                  <option key={id} value={id}>
                    {title.trim() || text.untitled}
                  </option>
                ))}
              </select>
            </label>
          )}
          {!set && (
            <div class="class-what">
              <fieldset class="chips">
                <legend>{text.topics}</legend>
                <label>
                  <input type="checkbox" checked={topics.length === 0} onChange={() => setTopics([])} />
                  <span>{text.everything}</span>
                </label>
                {TOPICS.map((topic) => (
                  <label key={topic}>
                    <input type="checkbox" checked={topics.includes(topic)} onChange={() => toggle(topic)} />
                    <span>{quiz.topics[topic].name}</span>
                  </label>
                ))}
              </fieldset>
              <fieldset class="chips">
                <legend>{text.length}</legend>
                {LENGTHS.map((one) => (
                  <label key={one}>
                    <input type="radio" name="length" checked={one === length} onChange={() => setLength(one)} />
                    <span class="mono" aria-hidden="true">
                      {one}
                    </span>
                    <span class="sr-only">{text.lengthOf(one)}</span>
                  </label>
                ))}
              </fieldset>
            </div>
          )}
        </>
      )}
      <More way={way} options={options} set={set} onChange={change} />
      <div class="open-go">
        <button type="button" class="primary start" disabled={!ready} onClick={() => void open()}>
          {text.start} <kbd aria-hidden="true">⏎</kbd>
        </button>
        <p role="status">{problem || (opening ? text.opening : ready ? '' : text.searching)}</p>
      </div>
    </section>
  )
}

interface MoreProps {
  readonly way: Way
  readonly options: Options
  readonly set: QuestionSet | undefined
  readonly onChange: (part: Partial<Options>) => void
}

/** What most teachers never need to touch. */
function More({ way, options, set, onChange }: MoreProps) {
  const text = classroom.home
  const asks = way !== 'team'
  const paced = asks && way !== 'self'
  const seconds = way === 'race' ? (options.seconds ?? RACE_SECONDS) : options.seconds
  return (
    <details class="class-more">
      <summary>{text.more}</summary>
      <div class="more-fields">
        {!set && (
          <label class="class-field">
            <span>{text.language}</span>
            <select
              value={options.language}
              onChange={({ currentTarget }) => {
                const chosen = LANGUAGE_TAGS.find((tag) => tag === currentTarget.value)
                if (chosen) onChange({ language: chosen })
              }}
            >
              {LANGUAGE_TAGS.map((tag: Language) => (
                <option key={tag} value={tag}>
                  {LANGUAGES[tag].name}
                </option>
              ))}
            </select>
          </label>
        )}
        <label class="class-field">
          <span>{text.names}</span>
          <select
            value={options.names}
            onChange={({ currentTarget }) => onChange({ names: currentTarget.value === 'own' ? 'own' : 'drawn' })}
          >
            <option value="drawn">{text.namesOf.drawn}</option>
            <option value="own">{text.namesOf.own}</option>
          </select>
        </label>
        {paced && (
          <label class="class-field">
            <span>{text.seconds}</span>
            <select
              value={seconds ?? ''}
              onChange={({ currentTarget }) =>
                onChange({ seconds: SECONDS.find((one) => String(one) === currentTarget.value) })
              }
            >
              {SECONDS.filter((one) => way !== 'race' || one !== undefined).map((one) => (
                <option key={one ?? ''} value={one ?? ''}>
                  {one === undefined ? text.noSeconds : text.secondsOf(one)}
                </option>
              ))}
            </select>
          </label>
        )}
        {way === 'self' && (
          <label class="class-field">
            <span>{text.minutes}</span>
            <select
              value={options.minutes ?? ''}
              onChange={({ currentTarget }) =>
                onChange({ minutes: MINUTES.find((one) => String(one) === currentTarget.value) })
              }
            >
              {MINUTES.map((one) => (
                <option key={one ?? ''} value={one ?? ''}>
                  {one === undefined ? text.noMinutes : text.minutesOf(one)}
                </option>
              ))}
            </select>
          </label>
        )}
        {paced && (
          <Check checked={options.changing} text={text.changing} onChange={(changing) => onChange({ changing })} />
        )}
        {paced && <Check checked={options.leaders} text={text.leaders} onChange={(leaders) => onChange({ leaders })} />}
        <Check checked={options.approval} text={text.approval} onChange={(approval) => onChange({ approval })} />
        <Check checked={options.doorWord} text={text.doorWord} onChange={(doorWord) => onChange({ doorWord })} />
      </div>
    </details>
  )
}

interface CheckProps {
  readonly checked: boolean
  readonly text: string
  readonly onChange: (checked: boolean) => void
}

function Check({ checked, text, onChange }: CheckProps) {
  return (
    <label class="class-check">
      <input type="checkbox" checked={checked} onChange={({ currentTarget }) => onChange(currentTarget.checked)} />
      <span>{text}</span>
    </label>
  )
}

/** The settings of a room, as far as they mean something for this way to run. */
function settingsOf(way: Way, options: Options, set: QuestionSet | undefined): Settings {
  const { language, names, changing, leaders, approval, doorWord, seconds, minutes } = options
  const clock = way === 'race' ? (seconds ?? RACE_SECONDS) : way === 'live' || way === 'peer' ? seconds : undefined
  return {
    ...CALM,
    way,
    language: set?.language ?? language,
    names,
    changing: changing && way !== 'self' && way !== 'team',
    leaders,
    approval,
    doorWord,
    images: set?.images ?? false,
    ...(clock !== undefined && { seconds: clock }),
    ...(way === 'self' && minutes !== undefined && { minutes }),
  }
}

async function planFor(way: Way, set: QuestionSet | undefined, topics: readonly Topic[], length: number) {
  if (!set) return planOfTopics(way, topics, length, newSeed())
  const { questions } = await setWords(set.language)
  return planOfSet(set, questions)
}

/** Opens the room and goes there, or says why not. */
async function openRoom(said: Said<'open'>): Promise<Trouble | undefined> {
  const line = openLine()
  try {
    await new Promise<void>((resolve) => {
      line.follow((stands) => {
        if (stands) resolve()
      })
      setTimeout(resolve, 8000)
    })
    const reply = await line.say('open', said)
    if (!reply.ok) return reply.why
    ownRooms().put({ code: reply.code, host: reply.host, way: said.settings.way, opened: Date.now(), names: false })
    location.hash = teachHash(reply.code)
    return undefined
  } finally {
    line.close()
  }
}

function JoinRoom() {
  const text = classroom.home
  const [typed, setTyped] = useState('')
  const [problem, setProblem] = useState('')
  const field = useRef<HTMLInputElement>(null)
  const join = (event: Event) => {
    event.preventDefault()
    const code = readCode(typed)
    if (code) location.hash = roomHash(code)
    else {
      setProblem(text.badCode)
      field.current?.focus()
    }
  }
  return (
    <form class="class-card join-room" onSubmit={join} aria-label={text.join}>
      <h2>{text.join}</h2>
      <p id="join-about">{text.joinAbout}</p>
      <div class="join-line">
        <label>
          <span class="sr-only">{text.code}</span>
          <input
            ref={field}
            class="mono code-field"
            name="code"
            type="text"
            autocomplete="off"
            autocapitalize="characters"
            spellcheck={false}
            maxLength={9}
            placeholder="4F7K2M"
            value={typed}
            aria-describedby="join-about join-problem"
            {...(problem && { 'aria-invalid': true })}
            onInput={({ currentTarget }) => {
              setTyped(currentTarget.value)
              setProblem('')
            }}
          />
        </label>
        <button type="submit" class="primary">
          {text.joinGo}
        </button>
      </div>
      <p id="join-problem" class="class-problem" role="alert">
        {problem}
      </p>
    </form>
  )
}

/** The rooms that this browser leads, and those it sits in. */
function Known() {
  const text = classroom.home
  const [, setTurn] = useState(0)
  const rooms = ownRooms()
  const taught = rooms.all()
  const seats = ownSeats().all()
  if (taught.length === 0 && seats.length === 0) return null
  return (
    <section class="class-card known-rooms">
      {taught.length > 0 && (
        <>
          <h2>{text.rooms}</h2>
          <ul>
            {taught.map(({ code, way }) => (
              <li key={code}>
                <a href={teachHash(code)}>
                  <strong class="mono">{code}</strong>
                  <span>{classroom.ways[way].name}</span>
                  <span class="known-go">{text.back}</span>
                </a>
                <button
                  type="button"
                  class="known-forget"
                  aria-label={text.forgetRoom(code)}
                  onClick={() => {
                    rooms.remove(code)
                    setTurn((turn) => turn + 1)
                  }}
                >
                  <span aria-hidden="true">✕</span>
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
      {seats.length > 0 && (
        <>
          <h2>{text.seats}</h2>
          <ul>
            {seats.map(({ code }) => (
              <li key={code}>
                <a href={roomHash(code)}>
                  <strong class="mono">{code}</strong>
                  <span class="known-go">{text.seatBack}</span>
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}
