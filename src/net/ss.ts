import { isMapped, isWildcard } from './address'
import type { Address, Family } from './address'
import type { Socket, SocketState } from './socket'
import type { Endpoint, Protocol } from './tuple'

/** A process that has a socket open, as `ss -p` prints it. */
export interface SsProcess {
  readonly name: string
  readonly pid: number | string
  readonly fd: number
}

/** A socket as `ss` shows it. A listener or an unconnected UDP socket has no `peer`. */
export interface SsSocket {
  readonly protocol: Protocol
  readonly family: Family
  readonly v6only: boolean
  readonly state: SocketState
  readonly local: Endpoint
  readonly peer?: Endpoint
  /** Of a listener: connections that wait for accept(2). Of any other: bytes that the program has not read. */
  readonly recvq: number
  /** Of a TCP listener: how many may wait (listen(2)). Of any other: bytes not acknowledged. */
  readonly sendq: number
  readonly process?: SsProcess
}

/** What a host's socket has and the model does not say; empty queues if left out. */
export interface SsRest {
  readonly recvq?: number
  readonly sendq?: number
  readonly process?: SsProcess
}

/** A socket of the model as `ss` shows it. */
export const ssSocket = (
  { protocol, family, v6only, state, local, peer }: Socket,
  { recvq = 0, sendq = 0, process }: SsRest = {},
): SsSocket => ({
  protocol,
  family,
  v6only,
  state,
  local,
  recvq,
  sendq,
  ...(peer && { peer }),
  ...(process && { process }),
})

/** The flags of ss(8). Numbers are always printed as numbers (`-n`) unless `nameOf` knows a name. */
export interface SsOptions {
  /** `-t`, `-u`; with both a first column names the protocol. Both if left out. */
  readonly protocols?: readonly Protocol[]
  /** `-a`: all; `-l`: listening only; neither: connections, without those that wait or are half open. */
  readonly show?: 'all' | 'listening' | 'connected'
  /** `-p`: the processes. */
  readonly processes?: boolean
  /** `sport = :80`. */
  readonly sport?: number
  readonly nameOf?: (protocol: Protocol, port: number) => string | undefined
}

const LISTENING: readonly SocketState[] = ['LISTEN', 'UNCONN']
/** States that are not shown without `-a` or `-l` (ss(8), STATE-FILTER "connected" less the half-open ones). */
const NOT_CONNECTED: readonly SocketState[] = ['LISTEN', 'UNCONN', 'TIME-WAIT', 'SYN-RECV']

const isShown = ({ protocol, state, local }: SsSocket, { protocols, show = 'connected', sport }: SsOptions): boolean =>
  (protocols === undefined || protocols.includes(protocol)) &&
  (sport === undefined || local.port === sport) &&
  (show === 'all' || (show === 'listening' ? LISTENING.includes(state) : !NOT_CONNECTED.includes(state)))

/** UDP first, then TCP; in each IPv4 before IPv6, and listeners first: the order in which the kernel is asked. */
const rank = ({ protocol, family, state }: SsSocket): number =>
  (protocol === 'tcp' ? 4 : 0) + (family === 6 ? 2 : 0) + (state === 'LISTEN' ? 0 : 1)

/**
 * The columns in order. Local and peer are two each, the address up to its colon and the port, so that colons stand under
 * each other.
 */
const HEADER = ['Netid', 'State', 'Recv-Q', 'Send-Q', 'Local Address:', 'Port', 'Peer Address:', 'Port', 'Process']
const ADDRESSES: readonly number[] = [4, 6]
/** Ports and processes stand right behind the column before them; all others have a space in between. */
const TOUCHING: readonly number[] = [5, 7, 8]

/** The sockets that `ss` shows with these flags, in the order of its lines. */
export const ssShown = <S extends SsSocket>(sockets: readonly S[], options: SsOptions = {}): readonly S[] =>
  sockets.filter((socket) => isShown(socket, options)).toSorted((a, b) => rank(a) - rank(b))

/**
 * The table that `ss -n` prints into a pipe, heading first: every column as wide as its longest entry. On a terminal ss
 * spreads the same columns over the whole line.
 */
export function ssTable(sockets: readonly SsSocket[], options: SsOptions = {}): readonly string[] {
  const rows = ssShown(sockets, options).map((socket) => rowOf(socket, options))
  const named = options.protocols === undefined || options.protocols.length > 1
  const columns = HEADER.map((_, column) => column).slice(named ? 0 : 1)
  const table = [HEADER, ...rows]
  const width = (column: number) => Math.max(...table.map((row) => row[column]?.length ?? 0))
  return table.map((row) =>
    columns
      .map((column, index) => {
        const text = row[column] ?? ''
        const cell = ADDRESSES.includes(column) ? text.padStart(width(column)) : text.padEnd(width(column))
        return index > 0 && !TOUCHING.includes(column) ? ` ${cell}` : cell
      })
      .join(''),
  )
}

function rowOf(socket: SsSocket, { processes = false, nameOf = () => undefined }: SsOptions): readonly string[] {
  const { protocol, state, recvq, sendq, local, peer, process } = socket
  const port = (number: number) => nameOf(protocol, number) ?? String(number)
  const users = processes && process ? ` users:(("${process.name}",pid=${process.pid},fd=${process.fd}))` : ''
  return [
    protocol,
    state,
    String(recvq),
    String(sendq),
    `${addressText(socket, local.address)}:`,
    port(local.port),
    `${addressText(socket, peer?.address ?? (socket.family === 4 ? '0.0.0.0' : '::'))}:`,
    peer ? port(peer.port) : '*',
    users,
  ]
}

/**
 * IPv6 in brackets; `*` for the wildcard of a socket that also takes IPv4. A socket bound to an IPv6 address that is not
 * v4-mapped takes none, whatever IPV6_V6ONLY says (ipv6(7)).
 */
function addressText({ family, v6only, local }: SsSocket, address: Address): string {
  if (family === 4) return address
  const takesIpv4 = !v6only && (isWildcard(local.address) || isMapped(local.address))
  return isWildcard(address) && takesIpv4 ? '*' : `[${address}]`
}
