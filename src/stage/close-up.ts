import { familyOf } from '../net/address'
import { covers } from '../net/socket-table'
import type { FiveTuple } from '../net/tuple'
import { readPort } from '../shift/port-text'
import type { Shift } from '../shift/shift'
import { crowdOf } from '../shift/shift'
import { crowdMember } from '../shift/windows'
import type { Rect, StageLayout } from './layout'

/** Milliseconds that a counter takes to run to a number far away; the close-up waits for it. */
export const RUN = 3200
/** How long the window stands before doors that it covers, milliseconds. */
export const STANDS = 6000

/**
 * The socket that the camera goes back to when a bet on a crowd was just settled and the crowd has come: that of its last
 * caller. Undefined at any other moment, and where the door takes no caller of the crowd's family.
 */
export function closeUpOf(shift: Shift): FiveTuple | undefined {
  const crowd = crowdOf(shift)
  if (!crowd || shift.decisions.at(-1)?.arrival.asks !== 'count') return undefined
  const { protocol, port } = readPort(crowd.at)
  const { sockets, addresses } = shift.host
  const listener = sockets.find((socket) => !socket.peer && socket.protocol === protocol && socket.local.port === port)
  const address = addresses.find((own) => familyOf(own) === 4 && listener !== undefined && covers(listener, own))
  return address === undefined ? undefined : crowdMember(crowd.count - 1, { address, port })
}

/** Width and height of the window as it is painted. */
export const CLOSE_UP = { width: 260, height: 182 }

/** Where the window stands: before the town, where nothing can be pressed, or (portrait) before the wall. */
export function closeUpPlace({ size, portrait, building, board, ground, desk, parcel }: StageLayout): Rect {
  const free: Rect = portrait
    ? { x: building.x + 8, y: board.y, width: building.width - 16, height: ground - board.y - 8 }
    : { x: 16, y: 16, width: building.x - 48, height: desk.y - parcel.height / 2 - 24 }
  const scale = Math.min((free.width * 0.88) / CLOSE_UP.width, free.height / CLOSE_UP.height, size.width / 500 + 1)
  const [width, height] = [CLOSE_UP.width * scale, CLOSE_UP.height * scale]
  return { x: free.x + (free.width - width) / 2, y: free.y + (free.height - height) / 2, width, height }
}

/** How long the window takes to come forward, and whether it goes back by itself. */
export interface CloseUpPace {
  readonly comes: number
  readonly goesBack: boolean
}

/** How far the window has come forward, `age` milliseconds after the bet: 0 is a light among the others, 1 is all the way. */
export function cameForward(age: number, { comes, goesBack }: CloseUpPace): number {
  const share = (since: number) => Math.min(1, Math.max(0, since / comes))
  const back = goesBack ? share(age - RUN - comes - STANDS) : 0
  return (1 - (1 - share(age - RUN)) ** 3) * (1 - back)
}

/** The age from which on nothing moves any more. */
export const closeUpEnds = ({ comes, goesBack }: CloseUpPace): number => RUN + comes + (goesBack ? STANDS + comes : 0)
