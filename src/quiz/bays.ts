import { unmapped } from '../net/address'
import type { Socket } from '../net/socket'
import { covers } from '../net/socket-table'
import type { Protocol } from '../net/tuple'
import type { Machine } from './machine'
import { programOf } from './machine'

/** A part of the picture of doors and windows: a door with its lamp, or a port that only calls out, and its windows. */
export interface Bay {
  /** The listener's socket id; of a port that calls out, that of its first connection. */
  readonly id: string
  readonly kind: 'listening' | 'out'
  readonly protocol: Protocol
  readonly port: number
  /** Where the lamp hangs, as `ss` writes the local address; of a port that calls out, its own address. */
  readonly address: string
  readonly program: string
  readonly windows: readonly Socket[]
}

/** The doors and windows of a machine: listeners by port, then the connections that belong to none. */
export function baysOf(machine: Machine): readonly Bay[] {
  const listeners = machine.sockets.filter(({ peer }) => !peer)
  const windows = new Map<string, Socket[]>()
  const out = new Map<string, Socket[]>()
  for (const socket of machine.sockets) {
    if (!socket.peer) continue
    const door = doorOf(listeners, socket)
    const [group, key] = door ? [windows, door.id] : [out, `${socket.protocol} ${socket.local.port}`]
    group.set(key, [...(group.get(key) ?? []), socket])
  }
  const bay = (kind: Bay['kind'], socket: Socket, lit: readonly Socket[]): Bay => ({
    id: socket.id,
    kind,
    protocol: socket.protocol,
    port: socket.local.port,
    address: socket.local.address,
    program: programOf(machine, socket),
    windows: lit,
  })
  return [
    ...listeners
      .toSorted((a, b) => a.local.port - b.local.port)
      .map((listener) => bay('listening', listener, windows.get(listener.id) ?? [])),
    ...[...out.values()].flatMap((group) => group.slice(0, 1).map((first) => bay('out', first, group))),
  ]
}

/** The listener at whose door a connection came in: the one at its own address before the one at all addresses. */
function doorOf(listeners: readonly Socket[], { protocol, local }: Socket): Socket | undefined {
  const there = listeners.filter((one) => one.protocol === protocol && one.local.port === local.port)
  const address = unmapped(local.address)
  return there.find((one) => one.local.address === address) ?? there.find((one) => covers(one, address))
}
