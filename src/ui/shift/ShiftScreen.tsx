import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import { tupleOf } from '../../net/packet'
import type { Choice } from '../../lessons/choice'
import type { Door } from '../../shift/door'
import { doorsOf } from '../../shift/door'
import type { Level } from '../../shift/level'
import type { Seed } from '../../shift/random'
import type { Input } from '../../shift/rules'
import { glowing } from '../../shift/rules'
import { truthOf } from '../../shift/truth'
import type { Arrival, Mode, Shift } from '../../shift/shift'
import { atDesk, offers, packetOf, waveOf } from '../../shift/shift'
import { createHandStore } from '../../store/hand-store'
import type { SettingsStore } from '../../store/settings-store'
import { createShiftStore } from '../../store/shift-store'
import { words } from '../../words'
import { tell } from '../../words/tell'
import { use } from '../use'
import { Board } from './Board'
import { Book } from './Book'
import { Feedback } from './Feedback'
import { Intro } from './Intro'
import { Papers } from './Papers'
import { Pause } from './Pause'
import { Rack, choiceOfKey } from './Rack'
import { ReplayBar } from './ReplayBar'
import { StageView } from './StageView'
import { TopBar } from './TopBar'
import { Windows } from './Windows'
import { Workbench } from './Workbench'
import './shift.css'

export interface ShiftScreenProps {
  readonly level: Level
  readonly seed: Seed
  readonly mode: Mode
  readonly settings: SettingsStore
  readonly reducedMotion: () => boolean
  /** The first visit goes straight to the first packet. */
  readonly skipIntro?: boolean
  /** What someone did in this shift: then it is shown instead of played. */
  readonly recording?: readonly Input[]
  /** How many verdicts of the recording are there already when it is shown. */
  readonly from?: number
  /** What the player has done in this shift before, and goes on from. */
  readonly played?: readonly Input[]
  /** After each verdict of the player. */
  readonly onStep?: (shift: Shift) => void
  readonly onSettings: () => void
  readonly onLeave: () => void
  readonly onMode: (mode: Mode) => void
  /** A shift whose one try counts cannot be started again. */
  readonly onRestart?: () => void
  readonly onFinished: (shift: Shift) => void
}

/** The longest stretch of time that passes at once: a tab that slept does not rush through what it missed. */
const LONGEST_STEP = 250

export function ShiftScreen(props: ShiftScreenProps) {
  const { level, seed, mode, settings, recording } = props
  const [begun, setBegun] = useState(props.skipIntro === true || recording !== undefined)
  return begun ? (
    <Play key={`${level.id} ${seed} ${mode}`} {...props} />
  ) : (
    <Intro
      level={level}
      mode={mode}
      settings={settings}
      onMode={props.onMode}
      onLeave={props.onLeave}
      onBegin={() => setBegun(true)}
    />
  )
}

type Dialog =
  { readonly kind: 'pause' } | { readonly kind: 'book' } | { readonly kind: 'windows'; readonly door: string }

function Play({
  level,
  seed,
  mode,
  settings,
  reducedMotion,
  recording,
  from = 0,
  played,
  onStep,
  onSettings,
  onLeave,
  onRestart,
  onFinished,
}: ShiftScreenProps) {
  const store = useMemo(
    () => createShiftStore(level, seed, mode, played ?? recording?.slice(0, from)),
    [level, seed, mode, recording, from, played],
  )
  const hand = useMemo(() => createHandStore(), [store])
  const shift = use(store, (state) => state.shift)
  const singleKeys = use(settings, (state) => state.settings.keys)
  const [dialog, setDialog] = useState<Dialog>()
  const [aside, setAside] = useState<string>()
  const [replaying, setReplaying] = useState(recording)
  const screen = useRef<HTMLElement>(null)
  const doors = doorsOf(shift)
  const glow = glowing(shift)
  const live = replaying === undefined

  if (import.meta.env.MODE === 'test') {
    const truth = () => {
      const { shift: now } = store.getState()
      const arrival = atDesk(now)
      return arrival && truthOf(now, arrival).choice
    }
    window.portAuthority = { store, hand, truth }
  }

  useLayoutEffect(() => store.setState({ paused: dialog !== undefined }), [dialog, store])

  useEffect(() => {
    let frame = 0
    let before: number | undefined
    const tick = (now: number) => {
      const { shift: current, paused, advance } = store.getState()
      if (before !== undefined && !paused && !current.finished && live) advance(Math.min(now - before, LONGEST_STEP))
      before = now
      frame = requestAnimationFrame(tick)
    }
    frame = requestAnimationFrame(tick)
    return () => cancelAnimationFrame(frame)
  }, [store, live])

  useEffect(() => {
    const hidden = () => {
      if (document.hidden && mode === 'rush' && live) setDialog({ kind: 'pause' })
    }
    document.addEventListener('visibilitychange', hidden)
    return () => document.removeEventListener('visibilitychange', hidden)
  }, [mode, live])

  useEffect(() => {
    if (!shift.finished || !live) return undefined
    // The last door closes before the result comes up; under reduced motion there is nothing to wait for.
    // Whoever stood outside gets to see the true building.
    const seen = waveOf(shift).outside ? 2400 : 900
    const timer = setTimeout(() => onFinished(store.getState().shift), reducedMotion() ? 0 : seen)
    return () => clearTimeout(timer)
  }, [shift.finished, live])

  // Not later: the focus must not be taken from someone who has begun to act.
  useLayoutEffect(() => screen.current?.focus({ preventScroll: true }), [store])

  const act = (choice: Choice) => {
    setAside(undefined)
    if (!live) return
    // A choice made in a dialog ends the pause that came with it.
    store.getState().pause(false)
    store.getState().decide(choice)
    onStep?.(store.getState().shift)
  }

  /** A door was chosen: deliver there, or say why that cannot be. */
  const chooseDoor = (id: string) => {
    const door = doors.find((one) => one.id === id)
    if (!door) return
    const told = endAt(atDesk(shift), door)
    if (told) act(told)
    else if (door.kind === 'listening' && offers(shift).includes('listener')) act({ kind: 'listener', socket: id })
    else if (door.kind === 'brick') setAside(words.shift.brickSays(door.port, door.protocol))
    else if (door.kind === 'out' && door.windows.length > 0) setDialog({ kind: 'windows', door: id })
  }

  // Keys act wherever the focus is, also after a click on the sky.
  const keys = useRef<(event: KeyboardEvent) => void>(() => undefined)
  keys.current = (event) => {
    if (dialog || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
    if (document.querySelector('dialog[open]')) return
    if (event.key === 'Escape') {
      event.preventDefault()
      setDialog({ kind: 'pause' })
      return
    }
    const typed = event.target instanceof HTMLInputElement && event.target.type !== 'range'
    if (typed || event.target instanceof HTMLSelectElement || !singleKeys) return
    const key = event.key.toLowerCase()
    const door = doors.find((one) => one.key === key)
    const choice = choiceOfKey(shift, key)
    if (choice) act(choice)
    else if (door) chooseDoor(door.id)
    else if (key === 'w' && offers(shift).includes('connection'))
      setDialog({ kind: 'windows', door: nearestDoor(shift) })
    else if (key === 'b' && hasBook(shift.level)) setDialog({ kind: 'book' })
    else if (key === 'm') settings.getState().change({ sound: !settings.getState().settings.sound })
    else if (key === 'p') setDialog({ kind: 'pause' })
    else return
    event.preventDefault()
  }

  // Before the first picture: whoever sees the papers may press a key.
  useLayoutEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => keys.current(event)
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  }, [])

  const arrival = atDesk(shift)
  const { works } = waveOf(shift)
  const planning = arrival?.asks === 'plan' && works ? { works, attempt: arrival.attempt } : undefined
  const windowsDoor = dialog?.kind === 'windows' ? doors.find(({ id }) => id === dialog.door) : undefined

  return (
    <main class={`shift asks-${arrival?.asks ?? 'nothing'}`} ref={screen} tabIndex={-1}>
      <TopBar shift={shift} onPause={() => setDialog({ kind: 'pause' })} />
      <StageView
        store={store}
        hand={hand}
        settings={settings}
        reducedMotion={reducedMotion}
        {...(glow?.door && { glow: glow.door })}
        onDoor={chooseDoor}
        onWindow={(socket) => act({ kind: 'connection', socket })}
        onMore={(door) => setDialog({ kind: 'windows', door })}
        onChoice={act}
      />
      <Board shift={shift} onChoice={act} />
      <Feedback shift={shift} aside={aside} guide={live ? guideFor(shift) : undefined} />
      <Papers shift={shift} {...(glow && { glow: glow.field })} />
      {planning && replaying === undefined ? (
        <Workbench key={`${shift.wave} ${planning.attempt}`} shift={shift} works={planning.works} onChoice={act} />
      ) : replaying === undefined ? (
        <Rack
          shift={shift}
          singleKeys={singleKeys}
          onChoice={act}
          onWindows={() => setDialog({ kind: 'windows', door: nearestDoor(shift) })}
        />
      ) : (
        <ReplayBar
          store={store}
          inputs={replaying}
          onTakeOver={() => setReplaying(undefined)}
          onLeave={onLeave}
          reducedMotion={reducedMotion}
        />
      )}
      {hasBook(shift.level) && (
        <button type="button" class="book-button" onClick={() => setDialog({ kind: 'book' })}>
          {words.shift.book} <kbd>B</kbd>
        </button>
      )}
      {dialog?.kind === 'pause' && (
        <Pause
          shift={shift}
          onResume={() => setDialog(undefined)}
          onSettings={onSettings}
          {...(onRestart && { onRestart })}
          {...(shift.level.goesOn && live && { onEnd: () => onFinished(shift) })}
          onLeave={onLeave}
        />
      )}
      {dialog?.kind === 'book' && <Book onClose={() => setDialog(undefined)} />}
      {windowsDoor && (
        <Windows
          door={windowsDoor}
          doors={doors.filter(({ windows }) => windows.length > 0)}
          onDoor={(door) => setDialog({ kind: 'windows', door })}
          onChoose={(socket) => {
            setDialog(undefined)
            act({ kind: 'connection', socket })
          }}
          onClose={() => setDialog(undefined)}
        />
      )}
    </main>
  )
}

/** Where an errand asks for an address and port, a door that has them says so. */
function endAt(arrival: Arrival | undefined, { address, port }: Door): Choice | undefined {
  const options = arrival?.asks === 'tell' ? arrival.options : []
  const told = options.find(
    (one) => one.told.kind === 'end' && one.told.end.address === address && one.told.end.port === port,
  )?.told
  return told && { kind: 'tell', told }
}

const hasBook = (level: Level): boolean =>
  level.waves.some(({ plates, papers }) => plates === 'name' || papers === 'name')

/** The door whose windows a keyboard user most likely wants: that of the packet's port, else the first with any. */
function nearestDoor(shift: Shift): string {
  const packet = packetOf(atDesk(shift))
  const tuple = packet && tupleOf(packet)
  const withWindows = doorsOf(shift).filter(({ windows }) => windows.length > 0)
  const there = withWindows.filter(
    ({ protocol, port }) => protocol === tuple?.protocol && port === tuple.destination.port,
  )
  const own = there.find(({ address }) => address === tuple?.destination.address) ?? there[0]
  return (own ?? withWindows[0])?.id ?? ''
}

/** What the porter says while the deciding field glows. */
function guideFor(shift: Shift): string | undefined {
  const arrival = atDesk(shift)
  if (!arrival || !glowing(shift)) return undefined
  const { choice, reason } = truthOf(shift, arrival)
  const packet = packetOf(arrival)
  const tuple = packet && tupleOf(packet)
  const port = tuple?.destination.port ?? 0
  const address = tuple?.destination.address ?? ''
  const { guide } = words.shift
  const atAddress = reason.field === 'destination'
  switch (choice.kind) {
    case 'listener':
      if (atAddress) return guide.entrance(port, address)
      return offers(shift).includes('connection') && tuple?.protocol === 'tcp' ? guide.light(port) : guide.door(port)
    case 'rst':
      if (reason.field === 'flags') return guide.stranger
      return atAddress ? guide.dark(port, address) : guide.rst(port)
    case 'icmp':
      return words.shift.guide.icmp(port)
    case 'reply':
      return words.shift.guide.reply
    case 'grant':
      return words.shift.guide.grant
    case 'port':
      return words.shift.guide.port
    case 'eaddrinuse':
    case 'eacces':
    case 'eaddrnotavail':
      return words.shift.guide.refuse
    case 'tell':
      return arrival.asks === 'tell' ? tell.how[arrival.question] : words.shift.guide.other
    case 'plan':
    case 'let':
      return undefined
    case 'connection':
      return words.shift.guide.window(tuple ? `${tuple.source.address}:${tuple.source.port}` : '')
    default:
      return words.shift.guide.other
  }
}
