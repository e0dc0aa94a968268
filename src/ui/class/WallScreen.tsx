import { useMemo, useRef } from 'preact/hooks'
import type { Question } from '../../quiz/question'
import type { View } from '../../quiz/view'
import { fieldsOf } from '../../quiz/view'
import type { RoundView, ScreenView } from '../../room/view'
import { openLine } from '../../store/class-client'
import type { WallState, WallStore } from '../../store/wall-store'
import { createWallStore } from '../../store/wall-store'
import { words } from '../../words'
import { classroom } from '../../words/class-screens'
import { misconceptions } from '../../words/misconceptions'
import { useLentLanguage } from '../app/lent-language'
import { Town } from '../app/Night'
import { roomHash } from '../app/route'
import { Said } from '../quiz/Said'
import { Views, widestOf } from '../quiz/Views'
import { use } from '../use'
import { phoneAddress, spoken, useAddresses } from './addresses'
import { Bars } from './Bars'
import { useLeft } from './CalmClock'
import type { ClassScreenProps } from './ClassPage'
import { readable, useMarkdown } from './own-text'
import { Qr } from './Qr'
import { SplitVote } from './SplitVote'
import { Stem } from './Stem'
import { useFetched } from './use-fetched'
import { useFit } from './use-fit'
import { useOpened } from './use-store'
import '../quiz/quiz.css'
import './class.css'
import './wall.css'

export interface WallScreenProps extends ClassScreenProps {
  readonly code: string
  /** What lets one watch; it stands in the link. */
  readonly secret: string
}

/** The projected screen of a room, for spectators too. Nothing can be done on it. */
export function WallScreen({ code, secret }: WallScreenProps) {
  const store = useOpened(() => createWallStore({ code, secret, line: openLine(code), now: () => performance.now() }))
  return store ? <Wall code={code} store={store} /> : null
}

function Wall({ code, store }: { readonly code: string; readonly store: WallStore }) {
  const state = use(store, (one) => one)
  const { view, shut, line } = state
  const place = useRef<HTMLDivElement>(null)
  const [addresses] = useAddresses()
  const address = phoneAddress(addresses)
  useLentLanguage(view?.settings.language)
  const text = classroom.wall
  const round = view?.round
  // What is asked anew, shown or moved to another page may need another size; a name more in the lobby does not.
  useFit(
    place,
    [
      view?.phase,
      view?.paused,
      round?.round,
      round?.closed,
      round?.shown !== undefined,
      shut,
      view?.settings.language,
    ].join(),
  )
  return (
    <>
      <div class="quiz-night wall-night">
        <Town />
      </div>
      <div class="quiz wall" ref={place}>
        {shut ? (
          <main class="wall-notice">
            <h1 tabIndex={-1}>{shut === 'gone' || shut === 'over' ? text.gone : text.badLink}</h1>
            <p>{shut === 'gone' || shut === 'over' ? '' : text.badLinkAbout}</p>
          </main>
        ) : view ? (
          <Shown code={code} address={address} state={state} view={view} />
        ) : (
          <main class="wall-notice">
            <h1 tabIndex={-1}>{classroom.line.connecting}</h1>
          </main>
        )}
        <p class="wall-lost" role="status">
          {line === 'lost' && !shut ? text.lost : ''}
        </p>
      </div>
    </>
  )
}

const teamWall = () => import('./TeamWall').then((module) => module.TeamWall)

/** The building of a shared shift, fetched when there is one. */
function House({ team }: { readonly team: NonNullable<ScreenView['team']> }) {
  const Screen = useFetched(teamWall)
  return Screen ? <Screen team={team} /> : null
}

interface ShownProps {
  readonly code: string
  readonly address: URL
  readonly state: WallState
  readonly view: ScreenView
}

function Shown(props: ShownProps) {
  const { view, code, address } = props
  const text = classroom.wall
  const { phase, round } = view
  if (phase === 'ended')
    return (
      <main class="wall-notice">
        <h1 tabIndex={-1}>{text.ended}</h1>
        {view.leaders && view.leaders.length > 0 && <Leaders leaders={view.leaders} />}
        <p>{text.endedAbout}</p>
      </main>
    )
  const middle = view.paused ? (
    <main class="wall-notice">
      <h1 tabIndex={-1}>{text.paused}</h1>
      <p>{text.pausedAbout}</p>
    </main>
  ) : view.settings.way === 'self' && phase !== 'lobby' ? (
    <main class="wall-notice">
      <h1 tabIndex={-1}>{text.self}</h1>
      <p>{text.selfAbout}</p>
      <p class="wall-code mono">{code}</p>
    </main>
  ) : view.team ? (
    <House team={view.team} />
  ) : round ? (
    <WallQuestion {...props} round={round} />
  ) : undefined
  if (phase === 'lobby' && !view.paused) return <Lobby {...props} />
  return (
    <>
      <header class="wall-bar">
        <strong class="wall-brand">{words.home.name}</strong>
        <span class="wall-pill">
          {text.room} <strong class="mono">{code}</strong>
        </span>
        <span class="wall-at">
          {view.locked ? (
            text.locked
          ) : (
            <>
              {text.join} {text.at} <strong class="mono">{spoken(address)}</strong>
              {view.word !== undefined && (
                <>
                  {' · '}
                  {text.word} <strong>{view.word}</strong>
                </>
              )}
            </>
          )}
        </span>
        <span class="wall-pill last">{text.players(view.players)}</span>
        {round && <span class="wall-pill">{text.question(round.item + 1, view.of)}</span>}
      </header>
      {middle ?? (
        <main class="wall-notice">
          <h1 tabIndex={-1}>{text.between}</h1>
        </main>
      )}
    </>
  )
}

/** How to get in, so that it can be read from the last row, and the names of those who are. */
function Lobby({ view, code, address }: ShownProps) {
  const text = classroom.wall
  const link = new URL(roomHash(code), address).href
  return (
    <main class="wall-lobby">
      <section class="wall-join">
        <h1 tabIndex={-1} class="wall-how">
          {text.join} {text.at} <strong class="mono">{spoken(address)}</strong> {text.code}
        </h1>
        <p class="wall-code mono">{code}</p>
        {view.word !== undefined && (
          <p class="wall-word">
            {text.word}: <strong>{view.word}</strong>
          </p>
        )}
        {view.settings.way === 'race' && <p class="wall-word">{text.race}</p>}
      </section>
      <figure class="wall-qr">
        <Qr text={link} label={classroom.host.qr(link)} />
        <figcaption>{text.orScan}</figcaption>
      </figure>
      <section class="wall-names">
        <p class="wall-count">
          <strong>{text.players(view.players)}</strong> {view.locked ? text.locked : text.waiting}
        </p>
        <ul>
          {view.names.map((name) => (
            <li key={name}>{name}</li>
          ))}
        </ul>
      </section>
    </main>
  )
}

function Leaders({ leaders }: { readonly leaders: NonNullable<ScreenView['leaders']> }) {
  return (
    <section class="wall-leaders">
      <h2>{classroom.wall.leaders}</h2>
      <ol>
        {leaders.slice(0, 5).map(({ name, points }, place) => (
          <li key={name}>
            <span class="mono" aria-hidden="true">
              {place + 1}
            </span>
            <span>{name}</span>
            <strong class="mono">{points}</strong>
          </li>
        ))}
      </ol>
    </section>
  )
}

/** What the whole class looks at: the picture of doors says the same as the table of sockets beside it, and takes its room. */
const seen = (views: readonly View[]): readonly View[] =>
  views.some((view) => view.kind === 'text' && /^ss\b/.test(view.command))
    ? views.filter(({ kind }) => kind !== 'doors')
    : views

/** Once the answer is shown, the views that decide it are enough: what else was seen makes way for how the class answered. */
function deciding({ after, explanation }: Question): readonly View[] {
  const all = after.filter((view) => fieldsOf(view).includes(explanation.field))
  const texts = all.filter(({ kind }) => kind !== 'doors')
  return texts.length > 0 ? texts : all
}

/** Views that are wider than this many characters stand above the options, not beside them. */
const BROAD = 46

/** A split vote stands beside views that are as long as this, in lines, and not wider than that, in characters; else below them. */
const TALL = 8
const SLIM = 66

const linesOf = (views: readonly View[]): number =>
  views.reduce((sum, view) => sum + (view.kind === 'text' ? view.lines.length : 0), 0)

function WallQuestion({ state, view, round }: ShownProps & { readonly round: RoundView }) {
  const text = classroom.wall
  const { question, shown, closed, vote, easier, seconds, left } = round
  const read = useMarkdown(question.own)
  const { stem, rich, body } = useMemo(
    () => readable(question, shown?.solved, view.settings.images, read),
    [question, shown, read],
  )
  const solved = shown && 'question' in shown.solved ? shown.solved.question : undefined
  const views = solved ? deciding(solved) : seen(question.views)
  const widest = useMemo(() => widestOf(views), [question, solved])
  const shape = views.length === 0 ? 'alone' : widest > BROAD ? 'broad' : 'beside'
  const [idea] = view.ideas
  const split = 'options' in body && shown ? view.split : undefined
  const tall = split && shape === 'broad' && widest <= SLIM && linesOf(views) >= TALL
  return (
    <main class={`wall-question ${shape} ${closed ? 'closed' : ''} ${split ? 'split' : ''} ${tall ? 'tall' : ''}`}>
      <section class="question-paper">
        {vote === 2 && <p class="wall-vote">{easier ? text.easier : text.second}</p>}
        <Stem stem={stem} rich={rich} />
      </section>
      {views.length > 0 && (
        <div class="wall-views">
          <Views views={views} {...(solved && { lit: solved.explanation.field })} />
        </div>
      )}
      <div class="wall-options">
        <Bars body={body} tally={shown?.tally} before={shown?.before} marked={shown !== undefined} />
        {closed && !shown && (
          <p class="wall-talk">
            <strong>{text.talk}</strong> {text.talkThen}
          </p>
        )}
      </div>
      {split && shown && 'options' in body && (
        <SplitVote windows={split} options={body.options} tally={shown.tally} before={shown.before} />
      )}
      <aside class="wall-side">
        {!closed && seconds !== undefined && left !== undefined ? (
          <TimeRing key={round.round} seconds={seconds} left={left} at={state.viewAt} view={view} />
        ) : (
          <Ring
            part={view.players === 0 ? 0 : view.answered / view.players}
            middle={String(view.answered)}
            view={view}
          />
        )}
        {view.leaders && view.leaders.length > 0 && shown && <Leaders leaders={view.leaders} />}
      </aside>
      {shown && (idea || solved) && (
        <section class="wall-why">
          {solved && !idea && (
            <p>
              <Said text={solved.explanation.text} />
            </p>
          )}
          {idea && (
            <dl>
              <div class="many">
                <dt>{text.many}</dt>
                <dd>
                  <Said text={misconceptions[idea.misconception].wrong} />
                </dd>
              </div>
              <div class="fact">
                <dt>{text.fact}</dt>
                <dd>
                  <Said text={misconceptions[idea.misconception].right} />
                </dd>
              </div>
            </dl>
          )}
        </section>
      )}
    </main>
  )
}

interface RingProps {
  /** From 0 to 1. */
  readonly part: number
  readonly middle: string
  readonly view: ScreenView
  readonly below?: string
}

const ROUND = 2 * Math.PI * 44

/** How many have answered; with a clock the ring is the time that the question is meant to take. */
function Ring({ part, middle, view, below }: RingProps) {
  const text = classroom.wall
  return (
    <section class="wall-answered">
      <p>
        <span>{text.answered}</span>{' '}
        <strong class="mono" aria-label={text.answeredOf(view.answered, view.players)}>
          {view.answered}
          <span class="of">/{view.players}</span>
        </strong>
      </p>
      <svg viewBox="0 0 100 100" aria-hidden="true">
        <circle cx="50" cy="50" r="44" class="ring-back" />
        <circle
          cx="50"
          cy="50"
          r="44"
          class={`ring-part ${part === 0 ? 'empty' : ''}`}
          stroke-dasharray={`${Math.min(1, part) * ROUND} ${ROUND}`}
          transform="rotate(-90 50 50)"
        />
        <text x="50" y="60" text-anchor="middle">
          {middle}
        </text>
      </svg>
      {below !== undefined && <p class="ring-below">{below}</p>}
    </section>
  )
}

function TimeRing({
  seconds,
  left,
  at,
  view,
}: Omit<RingProps, 'part' | 'middle' | 'below'> & {
  readonly seconds: number
  readonly left: number
  readonly at: number
}) {
  const { meant, given } = useLeft({ seconds, left, at })
  const rest = meant > 0 ? meant : given
  return (
    <Ring
      part={meant > 0 ? meant / (seconds * 1000) : 0}
      middle={String(Math.ceil(rest / 1000))}
      view={view}
      below={classroom.wall.calm}
    />
  )
}
