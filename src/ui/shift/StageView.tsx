import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import { endpointText } from '../../net/tuple'
import type { Choice } from '../../lessons/choice'
import type { Door } from '../../shift/door'
import { doorsOf, plateOf } from '../../shift/door'
import type { Shift } from '../../shift/shift'
import { atDesk, offers, waveOf } from '../../shift/shift'
import type { DoorPlace, Rect } from '../../stage/layout'
import { doorsNear, layoutStage, stageFacts } from '../../stage/layout'
import type { Stage } from '../../stage/mount'
import type { HandStore } from '../../store/hand-store'
import type { SettingsStore } from '../../store/settings-store'
import type { ShiftStore } from '../../store/shift-store'
import { words } from '../../words'
import { language } from '../../words/language'
import { use } from '../use'
import { choiceAt } from './Rack'

interface StageViewProps {
  readonly store: ShiftStore
  readonly hand: HandStore
  readonly settings: SettingsStore
  readonly reducedMotion: () => boolean
  /** The door that glows. */
  readonly glow?: string
  readonly onDoor: (id: string) => void
  readonly onWindow: (socket: string) => void
  readonly onMore: (door: string) => void
  readonly onChoice: (choice: Choice) => void
  /** The stage is up, or cannot be put up. */
  readonly onReady?: () => void
}

/** The stage: a canvas that only draws, and over it the same doors and windows as buttons. */
export function StageView(props: StageViewProps) {
  const { store, hand, settings, reducedMotion, glow, onDoor, onWindow, onMore, onChoice, onReady } = props
  const shift = use(store, (state) => state.shift)
  const focused = use(hand, (state) => state.focused)
  const stages = use(hand, (state) => state.stages)
  const canvas = useRef<HTMLDivElement>(null)
  const overlay = useRef<HTMLDivElement>(null)
  const [size, setSize] = useState({ width: 0, height: 0 })
  const [failed, setFailed] = useState(false)
  const [ready, setReady] = useState(false)
  const doors = doorsOf(shift)
  const layout = useMemo(
    () => (size.width > 0 ? layoutStage(size, stageFacts(shift)) : undefined),
    [size, doors, shift.wave],
  )

  // Before the first picture: the doors are there as soon as the papers are.
  useLayoutEffect(() => {
    const parent = canvas.current
    if (!parent) return undefined
    const measure = () => {
      const { clientWidth: width, clientHeight: height } = parent
      setSize((before) => (before.width === width && before.height === height ? before : { width, height }))
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(parent)
    return () => observer.disconnect()
  }, [])

  useEffect(() => {
    const parent = canvas.current
    if (!parent) return undefined
    let stage: Stage | undefined
    let gone = false
    import('../../stage/mount')
      .then(({ mountStage }) => mountStage(parent, { shift: store, hand, settings, reducedMotion }))
      .then((mounted) => {
        stage = mounted
        if (gone) return mounted.destroy()
        setReady(true)
        onReady?.()
        return undefined
      })
      .catch(() => {
        setFailed(true)
        onReady?.()
      })
    return () => {
      gone = true
      setReady(false)
      setFailed(false)
      void stage?.destroy()
    }
  }, [store, stages, language])

  useEffect(() => hand.setState({ glow }), [glow, hand])

  const drag = useDrag({ layout, hand, overlay, onDoor, onChoice, shiftOf: () => store.getState().shift })
  const toWindows = offers(shift).includes('connection')

  const walk = (event: KeyboardEvent) => {
    const step = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }[event.key]
    if (!step || !overlay.current) return
    const from = document.activeElement
    const buttons = [...overlay.current.querySelectorAll('button')]
    const next = from ? nextInDirection(from, buttons, step[0] ?? 0, step[1] ?? 0) : buttons[0]
    if (!next) return
    event.preventDefault()
    next.focus()
  }

  const card = layout?.doors.find(({ id }) => id === focused)
  const cardDoor = doors.find(({ id }) => id === focused)
  return (
    <section class={`stage ${ready ? 'ready' : ''}`} aria-label={words.shift.stage(shift.host.addresses[0] ?? '')}>
      <div class="canvas" ref={canvas} aria-hidden="true" />
      {!ready && (
        <p class="stage-note">
          {failed ? words.shift.noStage : words.shift.loading}{' '}
          {failed && (
            <button type="button" class="plain" onClick={() => hand.setState({ stages: stages + 1 })}>
              {words.shift.stageAgain}
            </button>
          )}
        </p>
      )}
      <div
        class={`overlay ${failed ? 'bare' : ''}`}
        ref={overlay}
        role="group"
        aria-label={words.shift.doors}
        onKeyDown={walk}
      >
        {layout?.doors.map((place, index) => {
          const door = doors[index]
          return (
            door && (
              <DoorButtons
                key={place.id}
                place={place}
                door={door}
                named={waveOf(shift).plates === 'name'}
                toWindows={toWindows}
                glows={glow === place.id}
                onFocus={(id) => hand.setState({ focused: id })}
                onDoor={onDoor}
                onWindow={onWindow}
                onMore={onMore}
              />
            )
          )
        })}
        {layout && takesParcels(shift) && (
          <div
            class="handle"
            aria-hidden="true"
            style={box({
              x: layout.desk.x - layout.parcel.width / 2 - 6,
              y: layout.desk.y - layout.parcel.height / 2 - 6,
              width: layout.parcel.width + 12,
              height: layout.parcel.height + 12,
            })}
            {...drag}
          />
        )}
      </div>
      {layout && card && cardDoor && <DoorCard door={cardDoor} place={card} width={layout.size.width} />}
      <p class="sr-only">{shift.streak > 1 ? words.shift.streak(shift.streak) : ''}</p>
    </section>
  )
}

/** True when what is at the desk can be carried somewhere. */
const takesParcels = (shift: Shift): boolean => ['route', 'range'].includes(atDesk(shift)?.asks ?? '')

const box = ({ x, y, width, height }: Rect) => `left:${x}px;top:${y}px;width:${width}px;height:${height}px`

interface DoorButtonsProps {
  readonly place: DoorPlace
  readonly door: Door
  readonly named: boolean
  readonly toWindows: boolean
  readonly glows: boolean
  readonly onFocus: (id: string | undefined) => void
  readonly onDoor: (id: string) => void
  readonly onWindow: (socket: string) => void
  readonly onMore: (door: string) => void
}

function DoorButtons({ place, door, named, toWindows, glows, onFocus, onDoor, onWindow, onMore }: DoorButtonsProps) {
  const { id, kind, port, protocol, program, windows, key } = door
  const name =
    kind === 'brick'
      ? words.shift.brick(port, protocol)
      : kind === 'out'
        ? words.shift.out(port, protocol, windows.length)
        : words.shift.door(plateOf(door, named), protocol, named ? '' : program, windows.length, key, door.entrance)
  const labels = windows.filter((socket) => place.windows.some((drawn) => drawn.id === socket.id))
  return (
    <>
      <button
        type="button"
        class={`over door ${glows ? 'glows' : ''}`}
        style={box(place.target)}
        aria-label={name}
        {...(kind === 'brick' && { 'aria-disabled': true })}
        {...(key && { 'aria-keyshortcuts': key })}
        onClick={() => onDoor(id)}
        onFocus={() => onFocus(id)}
        onBlur={() => onFocus(undefined)}
        onMouseEnter={() => onFocus(id)}
        onMouseLeave={() => onFocus(undefined)}
      />
      {toWindows &&
        labels.map((socket) => {
          const drawn = place.windows.find((one) => one.id === socket.id)
          return (
            drawn &&
            socket.peer && (
              <button
                key={socket.id}
                type="button"
                class="over window"
                style={box(drawn.rect)}
                aria-label={words.shift.window(endpointText(socket.peer), port)}
                onClick={() => onWindow(socket.id)}
              />
            )
          )
        })}
      {toWindows && place.frame && (
        <button
          type="button"
          class="over window"
          style={box(place.frame)}
          aria-label={words.shift.frame(String(port))}
          tabIndex={-1}
          onClick={() => onDoor(id)}
        />
      )}
      {toWindows && place.more && (
        <button
          type="button"
          class="over more"
          style={box(atLeast44(place.more))}
          aria-label={words.shift.moreWindows(place.hidden, port)}
          onClick={() => onMore(id)}
        />
      )}
    </>
  )
}

const atLeast44 = ({ x, y, width, height }: Rect): Rect => {
  const [wide, tall] = [Math.max(44, width), Math.max(24, height)]
  return { x: x - (wide - width) / 2, y: y - (tall - height), width: wide, height: tall }
}

/** What is bound at a door, as `ss` prints it. */
function DoorCard({ door, place, width }: { readonly door: Door; readonly place: DoorPlace; readonly width: number }) {
  if (door.kind === 'brick') return null
  const left = Math.min(Math.max(place.target.x + place.target.width / 2, 130), width - 130)
  const state = door.kind === 'out' ? 'ESTAB' : door.protocol === 'tcp' ? 'LISTEN' : 'UNCONN'
  return (
    <div class="door-card" style={`left:${left}px;top:${place.target.y + 4}px`} aria-hidden="true">
      <p class="mono">
        {door.protocol} {state} {endpointText({ address: door.address, port: door.port })}
      </p>
      <p>
        {door.program || words.shift.family[door.family]}, {words.shift.card(door.windows.length)}
      </p>
    </div>
  )
}

/** The button that lies nearest in a direction: its own axis counts once, the other twice. */
function nextInDirection(from: Element, buttons: readonly HTMLButtonElement[], dx: number, dy: number) {
  const middle = (element: Element) => {
    const { x, y, width, height } = element.getBoundingClientRect()
    return { x: x + width / 2, y: y + height / 2 }
  }
  const here = middle(from)
  const cost = (button: HTMLButtonElement) => {
    const there = middle(button)
    const ahead = (there.x - here.x) * dx + (there.y - here.y) * dy
    const aside = Math.abs((there.x - here.x) * dy) + Math.abs((there.y - here.y) * dx)
    return ahead > 4 ? ahead + 2 * aside : Infinity
  }
  return buttons.filter((button) => button !== from && cost(button) < Infinity).toSorted((a, b) => cost(a) - cost(b))[0]
}

interface DragParts {
  readonly layout: ReturnType<typeof layoutStage> | undefined
  readonly hand: HandStore
  readonly overlay: { readonly current: HTMLDivElement | null }
  readonly onDoor: (id: string) => void
  readonly onChoice: (choice: Choice) => void
  readonly shiftOf: () => Shift
}

/** Taking the parcel with mouse, pen or finger. Nothing happens on pointer-down; letting go near a door delivers. */
function useDrag({ layout, hand, overlay, onDoor, onChoice, shiftOf }: DragParts) {
  const rest = () => hand.setState({ held: undefined, near: undefined })
  const place = (event: PointerEvent) => {
    const frame = overlay.current?.getBoundingClientRect()
    return { x: event.clientX - (frame?.x ?? 0), y: event.clientY - (frame?.y ?? 0) }
  }
  return {
    onPointerDown: (event: PointerEvent) => {
      if (event.button !== 0 || !(event.currentTarget instanceof Element)) return
      event.currentTarget.setPointerCapture(event.pointerId)
      hand.setState({ held: place(event) })
    },
    onPointerMove: (event: PointerEvent) => {
      if (!hand.getState().held || !layout) return
      const held = place(event)
      hand.setState({ held, near: doorsNear(layout, held)[0]?.id })
    },
    onPointerUp: (event: PointerEvent) => {
      if (!hand.getState().held || !layout) return
      const at = place(event)
      const moved = Math.hypot(at.x - layout.desk.x, at.y - layout.desk.y) > layout.parcel.width * 0.6
      const door = moved ? doorsNear(layout, at)[0] : undefined
      const verdict = choiceAt(shiftOf(), event.clientX, event.clientY)
      rest()
      if (door) onDoor(door.id)
      else if (verdict) onChoice(verdict)
    },
    onPointerCancel: rest,
  }
}
