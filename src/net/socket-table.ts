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
  private readonly byFlow = new Map<string, Map<FlowKey, Socket>>()
  /** Of connected sockets with one and the same flow (UDP allows them) the latest hides the one before it. */
  private readonly hidden = new Map<SocketId, Socket>()
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
      const flows = this.flowsAt(socket.protocol, socket.local)
      const key = remoteKey(socket.peer)
      const earlier = flows.get(key)
      if (earlier) this.hidden.set(socket.id, earlier)
      flows.set(key, socket)
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
      this.removeConnected(socket, remoteKey(socket.peer))
      return
    }
    this.byPort.get(portText(socket.protocol, socket.local.port))?.delete(id)
  }

  private removeConnected(socket: Socket, key: FlowKey): void {
    const flows = this.flowsAt(socket.protocol, socket.local)
    const earlier = this.hidden.get(socket.id)
    this.hidden.delete(socket.id)
    const latest = flows.get(key)
    if (latest === socket) {
      if (earlier) flows.set(key, earlier)
      else flows.delete(key)
      return
    }
    // Someone later hides it: that one now hides what it hid.
    for (let later = latest; later; later = this.hidden.get(later.id)) {
      if (this.hidden.get(later.id) !== socket) continue
      if (earlier) this.hidden.set(later.id, earlier)
      else this.hidden.delete(later.id)
    }
  }

  get(id: SocketId): Socket | undefined {
    return this.byId.get(id)
  }

  private flowsAt(protocol: Protocol, local: Endpoint): Map<FlowKey, Socket> {
    const key = localText(protocol, local)
    const known = this.byFlow.get(key)
    if (known) return known
    const made = new Map<FlowKey, Socket>()
    this.byFlow.set(key, made)
    return made
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
    return this.byFlow.get(localText(protocol, destination))?.get(remoteKey(source))
  }

  /** The sockets without a peer at this local port, earliest first. */
  unconnected(protocol: Protocol, port: number): Iterable<Socket> {
    return this.byPort.get(portText(protocol, port))?.values() ?? []
  }
}

/** The remote end as a key: an IPv4 address and port as one number (48 bits), any other as text. */
type FlowKey = number | string

/** IPv4 and its v4-mapped form are one address on the wire, so they share a key. */
function remoteKey({ address, port }: Endpoint): FlowKey {
  const bare = unmapped(address)
  let value = 0
  let part = 0
  for (let at = 0; at < bare.length; at++) {
    const code = bare.charCodeAt(at)
    if (code === DOT) {
      value = value * 256 + part
      part = 0
    } else if (code < ZERO || code > NINE) return `${bare} ${port}`
    else part = part * 10 + code - ZERO
  }
  return (value * 256 + part) * 65_536 + port
}

const [DOT, ZERO, NINE] = [46, 48, 57]

const localText = (protocol: Protocol, { address, port }: Endpoint): string =>
  `${protocol} ${unmapped(address)} ${port}`

const portText = (protocol: Protocol, port: number): string => `${protocol} ${port}`

/** True when the socket, unconnected, takes packets that arrive for this address. */
export function covers(socket: Socket, address: Address): boolean {
  const v6 = address.includes(':')
  if (!isWildcard(socket.local.address)) return unmapped(socket.local.address) === address
  return v6 ? socket.family === 6 : socket.family === 4 || !socket.v6only
}
