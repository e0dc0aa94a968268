import type { Socket } from '../net/socket'
import type { Protocol } from '../net/tuple'
import type { ServiceFamily } from '../ports/services'
import { familyAt } from '../ports/services'
import type { Shift } from './shift'

/** A doorway of the building: a listener with the windows of its connections, or a bricked-up port. */
export interface Door {
  /** The listener's socket id, or `brick:PROTOCOL:PORT`, or `out:PROTOCOL:PORT` for the host's own calls. */
  readonly id: string
  readonly protocol: Protocol
  readonly port: number
  readonly program: string
  readonly family: ServiceFamily
  /** `listening`: a lamp is lit. `brick`: nobody listens. `out`: connections without a listener of this host. */
  readonly kind: 'listening' | 'brick' | 'out'
  /** The key that delivers here: `1` to `9`, then `0`; doors beyond the tenth and bricks have none. */
  readonly key?: string
  /** The connected sockets behind this door, oldest first. */
  readonly windows: readonly Socket[]
}

const doorsByShift = new WeakMap<readonly Socket[], { bricks: Shift['bricks']; doors: readonly Door[] }>()

/**
 * The doors of the building in the order they stand: listeners as they opened, then bricks. The same facts give the same
 * array, so that a view may compare by identity.
 */
export function doorsOf(shift: Shift): readonly Door[] {
  const { sockets } = shift.host
  const known = doorsByShift.get(sockets)
  if (known?.bricks === shift.bricks) return known.doors
  const doors = buildDoors(sockets, shift)
  doorsByShift.set(sockets, { bricks: shift.bricks, doors })
  return doors
}

const placeOf = (protocol: Protocol, port: number) => `${protocol}:${port}`

function buildDoors(sockets: readonly Socket[], { level, bricks }: Shift): readonly Door[] {
  const windows = new Map<string, Socket[]>()
  for (const socket of sockets) {
    if (!socket.peer) continue
    const place = placeOf(socket.protocol, socket.local.port)
    windows.set(place, [...(windows.get(place) ?? []), socket])
  }
  const programs = new Map(
    level.waves.flatMap((wave) => wave.opens.map((plan) => [placeOf(plan.protocol, plan.port), plan.program] as const)),
  )
  const door = (id: string, kind: Door['kind'], protocol: Protocol, port: number): Door => ({
    id,
    kind,
    protocol,
    port,
    program: programs.get(placeOf(protocol, port)) ?? '',
    family: familyAt(protocol, port),
    windows: kind === 'brick' ? [] : (windows.get(placeOf(protocol, port)) ?? []),
  })
  const listening = sockets
    .filter((socket) => !socket.peer)
    .map((socket, index) => {
      const key = '1234567890'[index]
      return { ...door(socket.id, 'listening', socket.protocol, socket.local.port), ...(key && { key }) }
    })
  const lit = new Set(listening.map(({ protocol, port }) => placeOf(protocol, port)))
  const out = [...windows.entries()]
    .filter(([place]) => !lit.has(place))
    .flatMap(([place, [first]]) => (first ? [door(`out:${place}`, 'out', first.protocol, first.local.port)] : []))
  const closed = bricks
    .filter(({ protocol, port }) => !lit.has(placeOf(protocol, port)))
    .map(({ protocol, port }) => door(`brick:${placeOf(protocol, port)}`, 'brick', protocol, port))
  return [...listening, ...out, ...closed]
}
