import { isWildcard } from './address'
import type { Socket } from './socket'
import type { SocketTable } from './socket-table'
import { covers } from './socket-table'
import type { FiveTuple } from './tuple'

/** How the kernel found the socket for a packet. */
export type Demuxed =
  | { readonly by: 'connection'; readonly socket: Socket }
  | { readonly by: 'listener'; readonly socket: Socket; readonly group: readonly Socket[] }
  | undefined

/**
 * The socket that gets a packet with this tuple. A connected socket with exactly this flow comes first; then, for TCP, a
 * listener, for UDP, an unconnected socket: one bound to the exact address before one bound to the wildcard, IPv4 before
 * dual-stack. Of TCP listeners of one rank with SO_REUSEPORT any may be chosen: `group` has them all, and the tuple picks.
 * Of UDP sockets of one rank the latest bound wins. Undefined when nobody waits (Linux: __inet_lookup, __udp4_lib_lookup).
 */
export function demux(table: SocketTable, tuple: FiveTuple): Demuxed {
  const connected = table.connected(tuple)
  if (connected) return { by: 'connection', socket: connected }
  const { address, port } = tuple.destination
  let best: Socket[] = []
  let rank = -1
  for (const socket of table.unconnected(tuple.protocol, port)) {
    if (tuple.protocol === 'tcp' && socket.state !== 'LISTEN') continue
    if (!covers(socket, address)) continue
    const score = (isWildcard(socket.local.address) ? 0 : 2) + (socket.family === 4 ? 1 : 0)
    if (score > rank) [best, rank] = [[socket], score]
    else if (score === rank) best.push(socket)
  }
  const latest = best.at(-1)
  if (!latest) return undefined
  const group = latest.reuseport ? best.filter((socket) => socket.reuseport && socket.uid === latest.uid) : [latest]
  const socket = group[hash(tuple) % group.length] ?? latest
  return { by: 'listener', socket, group }
}

/** A steady choice among equals: the same flow always meets the same member. */
function hash({ source, destination }: FiveTuple): number {
  let value = 2166136261
  for (const letter of `${source.address} ${source.port} ${destination.address} ${destination.port}`)
    value = Math.imul(value ^ letter.charCodeAt(0), 16777619)
  return value >>> 0
}
