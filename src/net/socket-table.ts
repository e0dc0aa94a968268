import type { Address } from './address'
import { isWildcard, unmapped } from './address'
import type { Socket, SocketId } from './socket'
import type { Endpoint, FiveTuple, Protocol } from './tuple'

/**
 * The sockets of one host, indexed as the kernel does it: connected sockets by their whole flow, all sockets by their local
 * port. Finding one takes the same time among a hundred as among a million.
 */
export class SocketTable {
  private readonly byId = new Map<SocketId, Socket>()
  private readonly byFlow = new Map<string, Socket[]>()
  private readonly byPort = new Map<string, Map<SocketId, Socket>>()

  static of(sockets: Iterable<Socket>): SocketTable {
    const table = new SocketTable()
    for (const socket of sockets) table.add(socket)
    return table
  }

  /** Adds a socket, or replaces the one with its id (which then counts as the latest bound). */
  add(socket: Socket): void {
    this.remove(socket.id)
    this.byId.set(socket.id, socket)
    if (socket.peer) {
      const key = flowText(socket.protocol, socket.peer, socket.local)
      this.byFlow.set(key, [...(this.byFlow.get(key) ?? []), socket])
      return
    }
    const port = portText(socket.protocol, socket.local.port)
    const bucket = this.byPort.get(port) ?? new Map<SocketId, Socket>()
    this.byPort.set(port, bucket.set(socket.id, socket))
  }

  remove(id: SocketId): void {
    const socket = this.byId.get(id)
    if (!socket) return
    this.byId.delete(id)
    if (socket.peer) {
      const key = flowText(socket.protocol, socket.peer, socket.local)
      const left = (this.byFlow.get(key) ?? []).filter((other) => other.id !== id)
      if (left.length > 0) this.byFlow.set(key, left)
      else this.byFlow.delete(key)
      return
    }
    this.byPort.get(portText(socket.protocol, socket.local.port))?.delete(id)
  }

  get(id: SocketId): Socket | undefined {
    return this.byId.get(id)
  }

  get size(): number {
    return this.byId.size
  }

  /** All sockets, in the order in which they were added. */
  sockets(): readonly Socket[] {
    return [...this.byId.values()]
  }

  /** The connected socket whose peer and local end are the source and destination of this tuple; the latest of several. */
  connected({ protocol, source, destination }: FiveTuple): Socket | undefined {
    return this.byFlow.get(flowText(protocol, source, destination))?.at(-1)
  }

  /** The sockets without a peer at this local port, earliest first. */
  unconnected(protocol: Protocol, port: number): Iterable<Socket> {
    return this.byPort.get(portText(protocol, port))?.values() ?? []
  }
}

/** IPv4 and its v4-mapped form are one address on the wire, so they share a key. */
const flowText = (protocol: Protocol, remote: Endpoint, local: Endpoint): string =>
  `${protocol} ${unmapped(remote.address)} ${remote.port} ${unmapped(local.address)} ${local.port}`

const portText = (protocol: Protocol, port: number): string => `${protocol} ${port}`

/** True when the socket, unconnected, takes packets that arrive for this address. */
export function covers(socket: Socket, address: Address): boolean {
  const v6 = address.includes(':')
  if (!isWildcard(socket.local.address)) return unmapped(socket.local.address) === address
  return v6 ? socket.family === 6 : socket.family === 4 || !socket.v6only
}
