import type { Address } from '../net/address'
import type { SocketId } from '../net/socket'
import type { Door } from '../shift/door'
import { doorsOf } from '../shift/door'
import { clientsOf } from '../shift/rules'
import type { Shift } from '../shift/shift'
import { waveOf } from '../shift/shift'

/** A rectangle in CSS pixels, from the stage's top left corner. */
export interface Rect {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface Point {
  readonly x: number
  readonly y: number
}

/** A stretch of wire: a quadratic curve. */
export interface Span {
  readonly from: Point
  readonly bend: Point
  readonly to: Point
}

/** A house in town with the wire that leads from it to the desk. */
export interface ClientPlace {
  readonly address: Address
  readonly house: Rect
  readonly wire: readonly Span[]
}

/** Where a door stands and what stands around it. */
export interface DoorPlace {
  readonly id: string
  /** What one can hit: the door with its lamp and name, at least 44 by 44. */
  readonly target: Rect
  readonly arch: Rect
  readonly plate: Rect
  readonly lamp: Point
  /** Middle of the line with the service's name. */
  readonly name: Point
  /** Middle of the badge with the door's key. */
  readonly badge: Point
  /** The windows that are drawn, newest first. */
  readonly windows: readonly { readonly id: SocketId; readonly rect: Rect }[]
  /** Small panes above the door that glow without a label, where labelled windows have no room. */
  readonly panes: readonly Rect[]
  /** How many windows have no label, and where their number stands. */
  readonly hidden: number
  readonly more?: Rect
  /** The empty frame beside the windows, where a new one would be lit. */
  readonly frame?: Rect
}

export interface StageLayout {
  readonly size: { readonly width: number; readonly height: number }
  readonly portrait: boolean
  /** How large a door is drawn: 1 is 74 pixels wide. */
  readonly scale: number
  readonly building: Rect
  readonly board: Rect
  /** y of the street. */
  readonly ground: number
  /** Middle of the parcel at the desk. */
  readonly desk: Point
  readonly parcel: { readonly width: number; readonly height: number }
  readonly pole: Point
  readonly clients: readonly ClientPlace[]
  /** The wire of callers without a house of their own. */
  readonly road: readonly Span[]
  readonly doors: readonly DoorPlace[]
}

/** What there is to place. */
export interface StageFacts {
  readonly doors: readonly Door[]
  readonly clients: readonly Address[]
  /** Windows are what the level is about: they get the wall, and an empty frame for the next one. */
  readonly wall?: boolean
  /** A board hangs where the houses would stand. */
  readonly board?: boolean
}

/** What a shift puts on the stage. Where a board hangs, the houses in town make room for it. */
export function stageFacts(shift: Shift): StageFacts {
  const { level } = shift
  return {
    doors: doorsOf(shift),
    clients: waveOf(shift).board ? [] : clientsOf(shift),
    board: waveOf(shift).board !== undefined,
    wall: !level.capture && level.waves.some(({ offers }) => offers.includes('connection')),
  }
}

/** A door at scale 1: the doorway, the lamp above it, the name below it, a column of windows beside it. */
const DOOR = { width: 74, height: 128, above: 52, below: 58, windows: 106, side: 34 }
/** Beside the plates of windows there is a little wall. */
const WINDOW_MARGIN = 10
const WINDOWS_SHOWN = 3
const LEAST_TARGET = 44
/** CSS pixels that a door leans. */
const LEAN = 2

interface Grid {
  /** Of each row, how many doors stand in it. */
  readonly rows: readonly number[]
  readonly scale: number
  readonly windows: boolean
  /** True when no grid leaves room for targets of the least size. */
  readonly cramped: boolean
}

/** Only TCP listeners ever have windows: what is bricked up, and a postcard's door, need no room for them. */
const hasWindows = ({ kind, protocol, windows }: Door): boolean =>
  windows.length > 0 || (protocol === 'tcp' && kind === 'listening')

/** The width of a door's part of the wall at scale 1. */
const bay = (door: Door, windows: boolean, side: number = DOOR.side): number =>
  DOOR.width + side + (windows && hasWindows(door) ? DOOR.windows : 0)

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0)

/** The doors of each row. */
const inRows = (doors: readonly Door[], rows: readonly number[]): readonly (readonly Door[])[] =>
  rows.map((count, row) => {
    const first = sum(rows.slice(0, row))
    return doors.slice(first, first + count)
  })

/** The grid that lets doors be largest; windows stand beside them where there is room for legible labels. */
function gridFor(doors: readonly Door[], width: number, height: number, large: number): Grid {
  const fit = (windows: boolean, cap: number): Grid => {
    const tall = DOOR.above + DOOR.height + DOOR.below
    const count = Math.max(1, doors.length)
    let best: Grid = { rows: [count], scale: 0, windows, cramped: false }
    for (let lines = 1; lines <= count; lines++) {
      const columns = Math.ceil(count / lines)
      const rows = Array.from({ length: Math.ceil(count / columns) }, (_, row) =>
        Math.min(columns, count - row * columns),
      )
      const cramped = width / columns < LEAST_TARGET + 2 || height / rows.length < LEAST_TARGET + 2
      if (cramped && best.scale > 0) continue
      // Many doors stand closer together.
      const side = columns > 6 ? DOOR.side - 10 : DOOR.side
      const widest = Math.max(1, ...inRows(doors, rows).map((row) => sum(row.map((door) => bay(door, windows, side)))))
      const scale = Math.min(cap, width / widest, height / (rows.length * tall))
      if (scale > best.scale + 0.001 || best.cramped) best = { rows, scale, windows, cramped }
    }
    return best
  }
  const roomy = fit(true, 1.75 * large)
  return roomy.scale >= 0.74 ? roomy : fit(false, 1.3 * large)
}

const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value))

/**
 * Where everything stands on a stage of this size (CSS pixels) with these doors: a pure function that the scene and the
 * buttons over it share. Landscape: the town left, the building right. Portrait: the building takes the width.
 */
export function layoutStage(
  size: { readonly width: number; readonly height: number },
  { doors, clients, wall = false, board: hasBoard = false }: StageFacts,
): StageLayout {
  const { width, height } = size
  const portrait = width < height * 1.25 || width < 560
  // On a very large page everything may be larger.
  const large = Math.max(1, Math.min(width / 1920, height / 850))
  const ground = Math.round(
    portrait ? height - clamp(height * 0.17, 56, 96) : height - clamp(height * 0.14, 44, 150 * large),
  )
  const roof = clamp(height * 0.13, 34, 110 * large)
  // Many doors want more of the page than the town does.
  const left = portrait ? 12 : Math.round(width * (hasBoard ? 0.47 : doors.length > 7 ? 0.36 : 0.415))
  const building: Rect = {
    x: left,
    y: Math.round(roof),
    width: Math.round(width - left - (portrait ? 12 : width * 0.03)),
    height: Math.round(ground - roof),
  }
  const boardHeight = clamp(building.height * 0.1, 24, 44 * large)
  const boardWidth = Math.min(building.width * 0.7, boardHeight * 11)
  const board: Rect = {
    x: building.x + (building.width - boardWidth) / 2,
    y: building.y + clamp(building.height * 0.035, 6, 18),
    width: boardWidth,
    height: boardHeight,
  }
  const top = board.y + board.height + 4
  const inner: Rect = { x: building.x + 6, y: top, width: building.width - 12, height: ground - top - 4 }
  const walled = wall && doors.length > 0 && doors.length <= 3 ? wallFor(doors, inner, large) : undefined
  const grid = walled?.grid ?? gridFor(doors, inner.width, inner.height, large)
  const most = portrait ? (height - ground) * 1.2 : 128 * large
  const parcelWidth = Math.min(most, clamp(Math.min(width, height * 1.6) * 0.085, 58, 128 * large))
  const parcel = { width: parcelWidth, height: parcelWidth * 0.74 }
  const desk: Point = portrait
    ? { x: width / 2, y: ground + (height - ground) / 2 }
    : { x: building.x - parcel.width * 0.86, y: ground - parcel.height * 0.62 }
  const pole: Point = portrait
    ? { x: -parcel.width, y: desk.y - parcel.height * 0.5 }
    : { x: Math.min(width * 0.27, building.x * 0.65), y: ground - clamp(height * 0.45, 90, 460 * large) }
  const last: Span = {
    from: pole,
    bend: { x: (pole.x + desk.x) / 2, y: (pole.y + desk.y) / 2 + Math.abs(desk.x - pole.x) * (portrait ? 0.04 : 0.16) },
    to: { x: desk.x, y: desk.y - parcel.height * 0.5 },
  }
  const far: Span = {
    from: { x: -parcel.width, y: pole.y + height * 0.12 },
    bend: { x: pole.x * 0.4, y: pole.y + height * 0.1 },
    to: pole,
  }
  const road: readonly Span[] = portrait ? [last] : [far, last]
  return {
    size,
    portrait,
    scale: grid.scale,
    building,
    board,
    ground,
    desk,
    parcel,
    pole,
    clients: portrait ? [] : clients.map((address, index) => clientPlace(address, index, clients.length)),
    road,
    doors: walled ? walled.places : doors.map((door, index) => doorPlace(door, index)),
  }

  function clientPlace(address: Address, index: number, count: number): ClientPlace {
    const free = ground - roof * 0.7
    const step = free / Math.max(1, count)
    const tall = clamp(Math.min(width * 0.066, step - 40), 40, 148 * large)
    const house = { width: tall * 1.14, height: tall }
    const y = roof * 0.7 + step * (index + 0.5) - tall * 0.5 - 8
    const x = clamp(width * ([0.05, 0.034, 0.066][index % 3] ?? 0.05), 22, 220 * large)
    const rect = { x, y, ...house }
    const from = { x: x + house.width * 0.98, y: y + house.height * 0.32 }
    const to = { x: pole.x, y: pole.y + 4 }
    const bend = { x: (from.x + to.x) / 2, y: Math.max(from.y, to.y) + Math.abs(to.x - from.x) * 0.09 }
    return { address, house: rect, wire: [{ from, bend, to }, last] }
  }

  function doorPlace(door: Door, index: number): DoorPlace {
    const { rows, scale: s } = grid
    const roomy = grid.windows && hasWindows(door)
    const row = rows.findIndex((_, at) => index < sum(rows.slice(0, at + 1)))
    const first = sum(rows.slice(0, row))
    const beside = doors.slice(first, first + (rows[row] ?? 0))
    const bays = beside.map((one) => bay(one, grid.windows))
    const height = inner.height / rows.length
    // What a row leaves free is shared by its doors; a short last row keeps the measure of the others.
    const [full = 1] = rows
    const free = grid.windows
      ? (inner.width - sum(bays) * s) / beside.length
      : inner.width / full - bay(door, false) * s
    const spare = grid.windows && rows.length > 1 ? Math.min(free, DOOR.width * s) : free
    const wide = bays.map((own) => own * s + spare)
    const offset = (inner.width - sum(wide)) / 2
    const middle = inner.x + offset + sum(wide.slice(0, index - first)) + (wide[index - first] ?? 0) / 2
    const doorWidth = DOOR.width * s
    const group = roomy ? doorWidth + DOOR.windows * s : doorWidth
    const bottom = inner.y + (row + 1) * height - DOOR.below * s
    const slack = rows.length === 1 ? 0 : (height - (DOOR.above + DOOR.height + DOOR.below) * s) / 2
    const arch: Rect = {
      x: middle - group / 2,
      y: bottom - slack - DOOR.height * s,
      width: doorWidth,
      height: DOOR.height * s,
    }
    const reach = Math.max(LEAST_TARGET, doorWidth + 12 * s)
    const targetTop = arch.y - 44 * s
    const target: Rect = {
      x: arch.x + arch.width / 2 - reach / 2,
      y: targetTop,
      width: reach,
      height: Math.max(LEAST_TARGET, arch.y + arch.height + 50 * s - targetTop),
    }
    const plateWidth = Math.max(doorWidth * 0.9, 40)
    const shown = roomy ? door.windows.toReversed().slice(0, WINDOWS_SHOWN) : []
    const windowAt = (place: number): Rect => ({
      x: arch.x + arch.width + 16 * s,
      y: arch.y + (place * 49 - 18) * s,
      width: (DOOR.windows - WINDOW_MARGIN) * s,
      height: 46 * s,
    })
    const hidden = door.windows.length - shown.length
    const above = arch.y - 48 * s - (inner.y + row * height)
    const paneRows = roomy ? 0 : Math.min(3, Math.floor(above / (27 * s)))
    const panes = Array.from({ length: Math.min(door.windows.length, paneRows * 4) }, (_, pane) => ({
      x: arch.x + arch.width / 2 + ((pane % 4) * 22 - 43) * s,
      y: arch.y - (74 + Math.floor(pane / 4) * 27) * s,
      width: 17 * s,
      height: 21 * s,
    }))
    const more: Rect | undefined =
      hidden === 0
        ? undefined
        : roomy
          ? {
              x: arch.x + arch.width + 16 * s,
              y: arch.y - 46 * s,
              width: (DOOR.windows - WINDOW_MARGIN) * s,
              height: 24 * s,
            }
          : { x: arch.x + arch.width - 12 * s, y: arch.y - 18 * s, width: 34 * s, height: 26 * s }
    return {
      id: door.id,
      target,
      arch,
      plate: {
        x: arch.x + arch.width / 2 - plateWidth / 2,
        y: arch.y + 42 * s,
        width: plateWidth,
        height: Math.max(22, 29 * s),
      },
      lamp: { x: arch.x + arch.width / 2, y: arch.y - 26 * s },
      name: { x: arch.x + arch.width / 2, y: arch.y + arch.height + 30 * s },
      badge: { x: arch.x - 10 * s, y: arch.y + arch.height - 8 * s },
      windows: shown.map(({ id }, place) => ({ id, rect: windowAt(place) })),
      panes,
      hidden,
      ...(more && { more }),
    }
  }
}

/** A window's label is legible from this width on. */
const LEAST_WINDOW = 80
const WINDOW_SHAPE = 0.46
/** What the badge with a door's key takes to its left, at scale 1. */
const BADGE = 16

/** The parts of a door that stands with its middle at `x` and its threshold at `y`, drawn at scale `s`. */
function doorAt(id: string, x: number, y: number, s: number): Omit<DoorPlace, 'windows' | 'panes' | 'hidden'> {
  const arch: Rect = {
    x: x - (DOOR.width * s) / 2,
    y: y - DOOR.height * s,
    width: DOOR.width * s,
    height: DOOR.height * s,
  }
  const wide = Math.max(LEAST_TARGET, arch.width + 12 * s)
  const top = arch.y - 44 * s
  const plateWidth = Math.max(arch.width * 0.9, 40)
  return {
    id,
    arch,
    target: { x: x - wide / 2, y: top, width: wide, height: Math.max(LEAST_TARGET, y + 50 * s - top) },
    plate: { x: x - plateWidth / 2, y: arch.y + 42 * s, width: plateWidth, height: Math.max(22, 29 * s) },
    lamp: { x, y: arch.y - 26 * s },
    name: { x, y: y + 30 * s },
    badge: { x: arch.x - 10 * s, y: y - 8 * s },
  }
}

/**
 * Few doors, many windows: each door stands at the foot of its part of the wall, and the windows of its connections fill the
 * rest, the oldest nearest to it. What has no room is counted in the last place.
 */
function wallFor(
  doors: readonly Door[],
  inner: Rect,
  large: number,
): { readonly grid: Grid; readonly places: readonly DoorPlace[] } {
  // Parts grow in steps of eight windows, so that a wall is not moved by every new light.
  const weight = ({ windows }: Door) => 4 + Math.ceil((windows.length + 1) / 8) * 1.5
  const all = doors.reduce((sum, door) => sum + weight(door), 0)
  const lit = doors.reduce((sum, { windows }) => sum + windows.length, 0)
  // A door may be smaller where that leaves room for a window beside it.
  const part = inner.width / doors.length
  const beside = (part - LEAST_WINDOW - 14) / (DOOR.width + DOOR.side * 1.4 + BADGE)
  const scale = clamp(
    Math.min(
      inner.height / (DOOR.above + DOOR.height + DOOR.below + 40),
      part / (DOOR.width + 70),
      lit > 0 && beside > 0.5 ? beside : Infinity,
    ),
    0.45,
    inner.width < 480 ? 0.62 : (lit > 12 ? 0.8 : 1.15) * large,
  )
  const least = Math.min(inner.width / doors.length, (DOOR.width + DOOR.side) * scale)
  const spare = inner.width - least * doors.length
  const grid: Grid = { rows: [doors.length], scale, windows: true, cramped: false }
  let x = inner.x
  const places = doors.map((door): DoorPlace => {
    const width = least + (spare * weight(door)) / all
    const cell: Rect = { x, y: inner.y, width, height: inner.height }
    x += width
    return placeInWall(door, cell, scale, doors.length === 1, large)
  })
  return { grid, places }
}

function placeInWall(door: Door, cell: Rect, s: number, alone: boolean, large: number): DoorPlace {
  const foot = cell.y + cell.height - DOOR.below * s
  const side = (DOOR.width + DOOR.side * 1.4) * s
  const narrow = cell.width < side + LEAST_WINDOW + 12
  const middle = narrow ? cell.x + cell.width / 2 : alone ? cell.x + cell.width * 0.5 : cell.x + side / 2 + BADGE * s
  const place = doorAt(door.id, middle, foot, s)
  const taken: Rect = {
    x: middle - side / 2 - BADGE * s,
    y: place.arch.y - DOOR.above * s,
    width: side + BADGE * s,
    height: cell.y + cell.height - place.arch.y + DOOR.above * s,
  }
  const wanted = door.windows.length + (door.kind === 'listening' && door.protocol === 'tcp' ? 1 : 0)
  const slots = slotsIn(cell, taken, wanted, large)
  const room = wanted > slots.length ? Math.max(0, slots.length - 1) : slots.length
  const shown = door.windows.slice(0, Math.min(door.windows.length, room))
  const hidden = door.windows.length - shown.length
  const last = slots.at(-1)
  const frame = hidden === 0 && wanted > door.windows.length ? slots[door.windows.length] : undefined
  return {
    ...place,
    windows: shown.flatMap(({ id }, index) => {
      const rect = slots[index]
      return rect ? [{ id, rect }] : []
    }),
    panes: [],
    hidden,
    ...(hidden > 0 && {
      more: last ?? {
        x: place.arch.x + place.arch.width - 12 * s,
        y: place.arch.y - 18 * s,
        width: 34 * s,
        height: 26 * s,
      },
    }),
    ...(frame && { frame }),
  }
}

/** Places for windows around a door, the nearest first: as large as they can be while there are enough. */
function slotsIn(cell: Rect, door: Rect, wanted: number, large: number): readonly Rect[] {
  let slots: readonly Rect[] = []
  for (let width = Math.min(150 * large, cell.width - 8); width >= LEAST_WINDOW; width -= 2) {
    const height = width * WINDOW_SHAPE
    const step = { x: width + 7, y: height + 9 }
    const columns = Math.max(0, Math.floor((cell.width - 6) / step.x))
    const rows = Math.max(0, Math.floor((cell.height - 10) / step.y))
    const spare = cell.width - columns * step.x + 7
    // A door at the left leaves the right side to its windows.
    const left = cell.x + (door.x + door.width / 2 < cell.x + cell.width / 2 - 1 ? spare - 4 : spare / 2)
    slots = Array.from({ length: rows * columns }, (_, slot): Rect => {
      const [row, column] = [Math.floor(slot / columns), slot % columns]
      return { x: left + column * step.x, y: cell.y + cell.height - 6 - (row + 1) * step.y, width, height }
    }).filter(
      (slot) =>
        slot.x + slot.width < door.x ||
        slot.x > door.x + door.width ||
        slot.y + slot.height < door.y ||
        slot.y > door.y + door.height,
    )
    if (slots.length >= wanted) break
  }
  // Around the door first: the wall fills from where the light is.
  const [x, y] = [door.x + door.width / 2, door.y + door.height * 0.55]
  const distance = (slot: Rect) => Math.hypot((slot.x + slot.width / 2 - x) * 0.6, slot.y + slot.height / 2 - y)
  return slots.toSorted((a, b) => distance(a) - distance(b))
}

/** The point at `t` (0 at the far end, 1 at the desk) of a wire, every span taking an equal share. */
export function along(wire: readonly Span[], t: number): Point {
  const place = clamp(t, 0, 1) * wire.length
  const span = wire[Math.min(wire.length - 1, Math.floor(place))]
  if (!span) return { x: 0, y: 0 }
  const u = clamp(place - wire.indexOf(span), 0, 1)
  const mix = (a: number, b: number, c: number) => (1 - u) ** 2 * a + 2 * u * (1 - u) * b + u ** 2 * c
  return { x: mix(span.from.x, span.bend.x, span.to.x), y: mix(span.from.y, span.bend.y, span.to.y) }
}

/** How far beside a door a parcel may be let go and still be caught, in CSS pixels. */
export const REACH = 36

/** The doors within reach of a point, the nearest first. */
export function doorsNear(layout: StageLayout, { x, y }: Point): readonly DoorPlace[] {
  const distance = ({ target }: DoorPlace) =>
    Math.hypot(
      Math.max(target.x - x, 0, x - target.x - target.width),
      Math.max(target.y - y, 0, y - target.y - target.height),
    )
  return layout.doors.filter((door) => distance(door) <= REACH).toSorted((a, b) => distance(a) - distance(b))
}

/** How far a door within reach leans towards a held parcel: two pixels. */
export function lean({ arch }: DoorPlace, held: Point): Point {
  const [x, y] = [held.x - arch.x - arch.width / 2, held.y - arch.y - arch.height / 2]
  const far = Math.max(LEAN, Math.hypot(x, y))
  return { x: (x / far) * LEAN, y: (y / far) * LEAN }
}
