import type { Address } from '../net/address'
import { ANY6, unmapped } from '../net/address'
import type { Socket } from '../net/socket'
import { covers } from '../net/socket-table'
import type { Protocol } from '../net/tuple'
import type { ServiceFamily } from '../ports/services'
import { familyAt, serviceName } from '../ports/services'
import { plannedProgram, programOf } from './bound'
import type { Plan } from '../lessons/plan'
import { mapOf } from './map'
import type { Shift } from './shift'
import { waveOf } from './shift'
import { plannedSockets } from './works'

/** A doorway of the building: a listener with the windows of its connections, or a bricked-up port. */
export interface Door {
  /** The listener's socket id, or `brick:PROTOCOL:PORT`, or `out:PROTOCOL:PORT` for the host's own calls. */
  readonly id: string
  readonly protocol: Protocol
  readonly port: number
  /** The address it is bound to. */
  readonly address: Address
  /** How that is written at the door; empty where the host has one address only. */
  readonly entrance: string
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
  const sockets = shownSockets(shift)
  const known = doorsByShift.get(sockets)
  if (known?.bricks === shift.bricks) return known.doors
  const built = buildDoors(sockets, shift)
  const lit = new Set(built.map(({ protocol, port }) => placeOf(protocol, port)))
  const doors = [
    ...built,
    ...bricksOf(shift)
      .filter(({ protocol, port }) => !lit.has(placeOf(protocol, port)))
      .map(({ protocol, port }) => brick(protocol, port)),
  ]
  doorsByShift.set(sockets, { bricks: shift.bricks, doors })
  return doors
}

const planned = new WeakMap<readonly Socket[], WeakMap<Plan, readonly Socket[]>>()

/** The sockets that one sees: behind a plan, as it leaves them; from outside, those that one has learned of. */
function shownSockets(shift: Shift): readonly Socket[] {
  const { host, plan } = shift
  if (waveOf(shift).outside) return shift.finished ? host.sockets : learned(shift)
  if (!plan) return host.sockets
  const plans = planned.get(host.sockets) ?? new WeakMap<Plan, readonly Socket[]>()
  const sockets = plans.get(plan) ?? plannedSockets(host.sockets, plan)
  planned.set(host.sockets, plans.set(plan, sockets))
  return sockets
}

/** Bricked-up doorways: those of the level, or from outside those that answered a knock with a refusal. */
const bricksOf = (shift: Shift): Shift['bricks'] =>
  waveOf(shift).outside && !shift.finished ? mapOf(shift).filter(({ state }) => state === 'closed') : shift.bricks

const learnedBy = new WeakMap<Shift['decisions'], readonly Socket[]>()

function learned(shift: Shift): readonly Socket[] {
  const open = mapOf(shift).filter(({ state }) => state === 'open')
  const sockets =
    learnedBy.get(shift.decisions) ??
    shift.host.sockets.filter(({ protocol, local }) =>
      open.some((one) => one.protocol === protocol && one.port === local.port),
    )
  learnedBy.set(shift.decisions, sockets)
  return sockets
}

const placeOf = (protocol: Protocol, port: number) => `${protocol}:${port}`

const brick = (protocol: Protocol, port: number): Door => ({
  id: `brick:${placeOf(protocol, port)}`,
  kind: 'brick',
  protocol,
  port,
  address: '',
  entrance: '',
  program: '',
  family: familyAt(protocol, port),
  windows: [],
})

function buildDoors(sockets: readonly Socket[], shift: Shift): readonly Door[] {
  const { host } = shift
  const listeners = sockets.filter(({ peer }) => !peer)
  const windows = new Map<string, Socket[]>()
  for (const socket of sockets) {
    if (!socket.peer) continue
    const place = listenerOf(listeners, socket)?.id ?? `out:${placeOf(socket.protocol, socket.local.port)}`
    const known = windows.get(place)
    if (known) known.push(socket)
    else windows.set(place, [socket])
  }
  const [first] = host.addresses
  const several = host.addresses.length > 1
  const door = (id: string, kind: Door['kind'], protocol: Protocol, port: number, socket?: Socket): Door => ({
    id,
    kind,
    protocol,
    port,
    address: unmapped(socket?.local.address ?? first ?? ''),
    entrance: several && socket && kind === 'listening' ? entranceOf(socket) : '',
    // Behind a door whose lamp is out, the program that had it; the host's own calls have none.
    program: socket && kind === 'listening' ? programOf(shift, socket) : plannedProgram(shift, protocol, port),
    family: familyAt(protocol, port),
    windows: windows.get(id) ?? [],
  })
  const listening = listeners.map((socket, index) => {
    const key = '1234567890'[index]
    return { ...door(socket.id, 'listening', socket.protocol, socket.local.port, socket), ...(key && { key }) }
  })
  const out = [...windows.entries()]
    .filter(([id]) => id.startsWith('out:'))
    .flatMap(([id, [socket]]) => (socket ? [door(id, 'out', socket.protocol, socket.local.port, socket)] : []))
  return [...listening, ...out]
}

/** What the plate of a door shows: the port's number, or where a level has names on its plates the registered one. */
export const plateOf = ({ kind, protocol, port, program }: Door, named: boolean): string =>
  named && kind === 'listening' ? (serviceName(protocol, port) ?? program.toLowerCase()) : String(port)

/** The listener whose door a window belongs to: the one at its own address before the one at all addresses. */
function listenerOf(listeners: readonly Socket[], { protocol, local }: Socket): Socket | undefined {
  const there = listeners.filter((one) => one.protocol === protocol && one.local.port === local.port)
  const address = unmapped(local.address)
  return there.find((one) => one.local.address === address) ?? there.find((one) => covers(one, address))
}

/** Where a lamp hangs: at one address, at all of them, or for one family only. */
const entranceOf = ({ local, v6only }: Socket): string =>
  local.address === ANY6 && v6only ? `${ANY6} v6only` : local.address
