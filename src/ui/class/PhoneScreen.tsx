import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import type { RoomView } from '../../room/view'
import { openLine } from '../../store/class-client'
import type { PhoneState, PhoneStore } from '../../store/phone-store'
import { createPhoneStore } from '../../store/phone-store'
import { classroom } from '../../words/class-screens'
import { CLASS_HASH } from '../app/route'
import { useLentLanguage } from '../app/lent-language'
import { use } from '../use'
import type { ClassScreenProps } from './ClassPage'
import { ClassPage } from './ClassPage'
import { CalmClock } from './CalmClock'
import { PhoneQuestion } from './PhoneQuestion'
import { newKey, ownSeats } from './rooms'
import { SelfPaced } from './SelfPaced'
import { useFetched } from './use-fetched'
import { useOpened } from './use-store'

export interface PhoneScreenProps extends ClassScreenProps {
  readonly code: string
}

/** A player's phone. */
export function PhoneScreen({ code, ...screen }: PhoneScreenProps) {
  const store = useOpened(() =>
    createPhoneStore({
      code,
      line: openLine(code),
      seats: ownSeats(),
      now: () => performance.now(),
      date: () => Date.now(),
      newKey,
    }),
  )
  return store ? <Phone {...screen} code={code} store={store} /> : null
}

interface PhoneProps extends PhoneScreenProps {
  readonly store: PhoneStore
}

function Phone({ code, store, ...screen }: PhoneProps) {
  const state = use(store, (state) => state)
  const { line, look, view, mine, stage } = state
  useLentLanguage(view?.settings.language ?? look?.language)
  const text = classroom.phone
  const counts = view && view.settings.way !== 'team' && mine && stage === 'in'
  return (
    <ClassPage
      class="phone"
      inRoom
      onSettings={screen.onSettings}
      place={
        <span class="phone-me">
          {mine && <strong>{mine.name}</strong>}
          <span class="mono">{code}</span>
          {counts && <span class="phone-points">{text.points(mine.points)}</span>}
        </span>
      }
    >
      <p class={`line-state ${line}`} role="status">
        {line === 'lost'
          ? classroom.line.lost
          : stage !== 'in' && stage !== 'none' && line === 'connecting'
            ? classroom.line.connecting
            : ''}
      </p>
      <Stage {...screen} code={code} store={store} state={state} />
    </ClassPage>
  )
}

interface StageProps extends PhoneProps {
  readonly state: PhoneState
}

function Stage(props: StageProps) {
  const { code, store, state } = props
  const { stage, trouble, gone, mine, view } = state
  const text = classroom.phone
  if (stage === 'gone')
    return (
      <Notice
        title={gone === 'removed' ? text.removed : text.gone}
        about={gone === 'removed' ? text.removedAbout : text.goneAbout}
      >
        <Leave />
      </Notice>
    )
  if (stage === 'none')
    return (
      <Notice title={text.joinTitle(code)} about={classroom.trouble[trouble ?? 'wrong-code']} alert>
        <a class="primary" href={CLASS_HASH}>
          {text.otherCode}
        </a>
        <button type="button" class="secondary" onClick={store.getState().again}>
          {text.again}
        </button>
      </Notice>
    )
  if (stage === 'door' || stage === 'joining') return <Door key="door" {...props} />
  if (stage === 'looking' || !mine || !view)
    return <Notice title={text.looking} about={trouble ? classroom.trouble[trouble] : ''} />
  return <InRoom {...props} mine={mine} view={view} />
}

interface NoticeProps {
  readonly title: string
  readonly about: string
  readonly alert?: boolean
  readonly children?: ComponentChildren
}

/** One thing that a phone has to say. */
function Notice({ title, about, alert = false, children }: NoticeProps) {
  return (
    <main class="phone-notice">
      <h1 tabIndex={-1}>{title}</h1>
      <p {...(alert && { role: 'alert' })}>{about}</p>
      {children && <div class="notice-ways">{children}</div>}
    </main>
  )
}

const Leave = () => (
  <a class="secondary" href={CLASS_HASH}>
    {classroom.phone.leave}
  </a>
)

/** The door of the room: one press, or a name and a word where the teacher wants that. */
function Door({ code, store, state: { look, trouble, stage, line } }: StageProps) {
  const text = classroom.phone
  const [name, setName] = useState('')
  const [word, setWord] = useState('')
  const joining = stage === 'joining'
  const join = (event: Event) => {
    event.preventDefault()
    if (!joining) store.getState().join(name.trim(), word.trim())
  }
  return (
    <main class="phone-door">
      <h1 tabIndex={-1}>{text.joinTitle(code)}</h1>
      <form onSubmit={join}>
        {look?.names === 'own' ? (
          <label class="class-field">
            <span>{text.name}</span>
            <input
              type="text"
              autocomplete="off"
              maxLength={40}
              value={name}
              onInput={({ currentTarget }) => setName(currentTarget.value)}
            />
          </label>
        ) : (
          <p>{text.drawn}</p>
        )}
        {look?.doorWord && (
          <label class="class-field">
            <span>{text.word}</span>
            <input
              type="text"
              autocomplete="off"
              autocapitalize="off"
              spellcheck={false}
              maxLength={40}
              value={word}
              onInput={({ currentTarget }) => setWord(currentTarget.value)}
            />
          </label>
        )}
        {look?.approval && <p>{text.approval}</p>}
        <p class="class-problem" role="alert">
          {trouble ? classroom.trouble[trouble] : look?.locked ? text.isLocked : ''}
        </p>
        <button type="submit" class="primary big" disabled={line === 'lost'}>
          {joining ? text.joining : text.join} <kbd aria-hidden="true">⏎</kbd>
        </button>
      </form>
    </main>
  )
}

interface InRoomProps extends StageProps {
  readonly mine: NonNullable<PhoneState['mine']>
  readonly view: RoomView
}

function InRoom(props: InRoomProps) {
  const { mine, view, store, state, settings } = props
  const text = classroom.phone
  const digits = use(settings, (one) => one.settings.keys)
  const { round, phase } = view
  if (phase === 'ended') return <Ended {...props} />
  if (mine.standing === 'waiting') return <Notice title={text.youAre(mine.name)} about={text.waitingIn} />
  if (view.paused) return <Notice title={text.paused} about={text.pausedAbout} />
  if (phase === 'lobby')
    return <Notice title={text.youAre(mine.name)} about={view.settings.way === 'self' ? text.selfStart : text.ready} />
  if (view.settings.way === 'self') return <SelfPaced {...props} digits={digits} />
  if (mine.team) return <Desk team={mine.team} name={mine.name} store={store} />
  if (!round) return <Notice title={text.youAre(mine.name)} about={text.between} />
  const { seconds, left } = round
  const known = mine.answered.find((one) => one.round === round.round)
  return (
    <>
      {!round.closed && seconds !== undefined && left !== undefined && (
        <CalmClock key={round.round} seconds={seconds} left={left} at={state.viewAt} />
      )}
      <PhoneQuestion
        key={round.round}
        question={round.question}
        solved={round.shown?.solved}
        name={round.vote === 2 ? (round.easier ? text.easier : text.second) : text.question(round.item + 1, view.of)}
        handed={state.given.get(round.round)}
        open={!round.closed}
        talk={view.settings.way === 'peer' && round.vote === 1}
        known={known}
        changing={view.settings.changing}
        images={view.settings.images}
        digits={digits}
        line={state.line}
        onAnswer={(answer) => store.getState().answer(round.round, answer)}
        onChange={() => store.getState().change(round.round)}
      />
    </>
  )
}

type DeskProps = Parameters<(typeof import('./TeamPhone'))['TeamPhone']>[0]

/** A desk of the shared shift: its screen is fetched when there is one. */
function Desk(props: DeskProps) {
  const Screen = useFetched(teamPhone)
  return Screen ? <Screen {...props} /> : <Notice title={classroom.phone.ready} about="" />
}

const teamPhone = () => import('./TeamPhone').then((module) => module.TeamPhone)

function Ended({ mine, view }: InRoomProps) {
  const text = classroom.phone
  const right = mine.answered.filter((one) => one.right).length
  return (
    <Notice title={text.ended} about={text.endedAbout}>
      {view.settings.way !== 'team' && (
        <p class="phone-result">
          <strong>{text.rightOf(right, mine.answered.length)}</strong>
        </p>
      )}
      <Leave />
    </Notice>
  )
}
