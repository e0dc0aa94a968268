import type { Address } from '../net/address'
import { familyOf, isWildcard } from '../net/address'
import type { Host } from '../net/host'
import type { Socket, SocketId, SocketState } from '../net/socket'
import { SocketTable } from '../net/socket-table'
import type { Endpoint, Protocol } from '../net/tuple'

/** A host as questions show it: what the kernel knows of it, and which program is behind which socket. */
export interface Machine {
  readonly name: string
  /** Its addresses besides the loopback ones. */
  readonly addresses: readonly Address[]
  readonly sockets: readonly Socket[]
  readonly programs: Readonly<Record<SocketId, string>>
}

/** The machine as the model takes it. */
export const hostOf = ({ name, addresses, sockets }: Machine): Host => ({
  name,
  addresses,
  table: SocketTable.of(sockets),
})

const COMMON = { v6only: false, reuseaddr: false, reuseport: false, uid: 0 } as const

/** A socket's id: what tells it from all others, as text. */
const idOf = (protocol: Protocol, local: Endpoint, peer?: Endpoint): SocketId =>
  [protocol, local, peer]
    .map((part) => (typeof part === 'object' ? `${part.address} ${part.port}` : part))
    .filter((part) => part !== undefined)
    .join(' ')

/** A socket that waits for newcomers: LISTEN, or UNCONN over UDP. Its options can be given. */
export const waiting = (protocol: Protocol, local: Endpoint, options: Partial<Socket> = {}): Socket => ({
  ...COMMON,
  id: `${idOf(protocol, local)}${options.v6only ? ' v6only' : ''}`,
  protocol,
  family: familyOf(local.address),
  local,
  state: protocol === 'tcp' ? 'LISTEN' : 'UNCONN',
  ...options,
})

/** A socket connected to `peer`. */
export const connected = (
  protocol: Protocol,
  local: Endpoint,
  peer: Endpoint,
  state: SocketState = 'ESTAB',
): Socket => ({
  ...COMMON,
  id: idOf(protocol, local, peer),
  protocol,
  family: familyOf(local.address),
  local,
  peer,
  state,
})

/** The machine without one socket (a connection ended, a listener closed); the others stay as they are. */
export const without = (machine: Machine, gone: SocketId): Machine => ({
  ...machine,
  sockets: machine.sockets.filter(({ id }) => id !== gone),
})

/** The program behind a socket: its own, or for a connection that of the listener at its port. */
export function programOf({ sockets, programs }: Machine, socket: Socket): string {
  const own = programs[socket.id]
  if (own !== undefined || !socket.peer) return own ?? ''
  const { address, port } = socket.local
  const listener = sockets.find(
    ({ peer, protocol, local }) =>
      !peer &&
      protocol === socket.protocol &&
      local.port === port &&
      (local.address === address || isWildcard(local.address)),
  )
  return listener ? (programs[listener.id] ?? '') : ''
}
