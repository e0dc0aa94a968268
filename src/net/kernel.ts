import type { Address, Family } from './address'
import { ANY4, ANY6, familyOf, isLoopback, isMapped, isWildcard, mapped, unmapped } from './address'
import { datagram, segmentPacket } from './build'
import { flowTupleOf, quotedIn } from './conntrack'
import type { IcmpMessage, Packet, Segment, TcpFlags } from './packet'
import { reset, TTL, unreachable } from './refusal'
import type { Socket } from './socket'
import type { Endpoint, FiveTuple, Protocol } from './tuple'
import { tupleOf } from './packet'

/** The errors of bind(2), listen(2), connect(2), send(2) and recv(2) that the model knows. */
export type Errno =
  | 'EACCES'
  | 'EADDRINUSE'
  | 'EADDRNOTAVAIL'
  | 'EAFNOSUPPORT'
  | 'ECONNREFUSED'
  | 'ECONNRESET'
  | 'EDESTADDRREQ'
  | 'EHOSTUNREACH'
  | 'EINVAL'
  | 'EISCONN'
  | 'ENETUNREACH'
  | 'ENOTCONN'
  | 'ENOTSUP'
  | 'EPERM'
  | 'EPIPE'

/** The ephemeral range of RFC 6335 section 6, and Linux's own default (ip(7), ip_local_port_range). */
export const IANA_EPHEMERAL: PortSpan = [49152, 65535]
export const LINUX_EPHEMERAL: PortSpan = [32768, 60999]

export type PortSpan = readonly [first: number, last: number]

/** The first port that a user without privileges may bind (ip(7), ip_unprivileged_port_start), as Linux has it at first. */
export const UNPRIVILEGED_START = 1024

/** An ICMP error as it is handed to a socket: protocol, type, code. */
export type IcmpError = readonly ['icmp' | 'icmp6', number, number]

/**
 * What a socket is in the life of a TCP connection, as far as bind and lookup care; UDP sockets are always OPEN. TIME-WAIT
 * stands for FIN-WAIT-2 too: what is left when the peer has acknowledged the FIN.
 */
type Phase =
  | 'OPEN'
  | 'LISTEN'
  | 'SYN-SENT'
  | 'SYN-RECV'
  | 'ESTAB'
  | 'CLOSE-WAIT'
  | 'FIN-WAIT-1'
  | 'LAST-ACK'
  | 'TIME-WAIT'
  | 'RESET'

/** Phases of a socket whose program has closed it. */
const LEFT_OVER: readonly Phase[] = ['FIN-WAIT-1', 'LAST-ACK', 'TIME-WAIT']

/** Phases in which nobody else may have the same flow. */
const WHOLE: readonly Phase[] = ['ESTAB', 'CLOSE-WAIT', 'FIN-WAIT-1', 'LAST-ACK']

/** What a program asks for when it makes a socket (socket(7), ip(7), ipv6(7)). */
export interface SocketOptions {
  readonly protocol: Protocol
  readonly family: Family
  readonly v6only?: boolean
  readonly reuseaddr?: boolean
  readonly reuseport?: boolean
  /** 0 is root; anybody else may not bind below 1024, or where else the host lets users begin. */
  readonly uid?: number
  /** IP_LOCAL_PORT_RANGE. */
  readonly range?: PortSpan
}

/** A connection that waits in a listener's queue, and the listeners among which one was chosen for it. */
export interface Waiting {
  readonly end: KernelSocket
  readonly group: readonly KernelSocket[]
}

/** A datagram that waits to be read: who sent it, and the sockets among which one was chosen for it. */
export interface Unread {
  readonly from: Endpoint
  readonly payload: Uint8Array
  readonly group: readonly KernelSocket[]
}

/** One socket in the kernel. Its owner sees it change; its fields are the kernel's to write. */
export interface KernelSocket {
  readonly protocol: Protocol
  readonly family: Family
  readonly reuseaddr: boolean
  readonly reuseport: boolean
  readonly uid: number
  readonly range: PortSpan | undefined
  /** IPV6_V6ONLY, or bound to an IPv6 address of its own, which amounts to the same. */
  v6only: boolean
  phase: Phase
  /** Bound port, 0 before. */
  port: number
  /** Bound address without its v4-mapped dress. */
  address: Address
  peer: Endpoint | undefined
  /** Whether bind(2) chose the port (and not connect(2) or accept(2)): then it is kept until close. */
  lockedPort: boolean
  /** The peer's FIN has come: reading ends there, whatever else happens. */
  finished: boolean
  /** Grows with each bind: later is larger. */
  order: number
  /** What the next use of the socket reports (SO_ERROR in socket(7)). */
  error: Errno | undefined
  /** The ICMP errors that came, oldest first (IP_RECVERR in ip(7)). */
  readonly errors: { readonly errno: Errno; readonly icmp: IcmpError }[]
  /** The next sequence number to send, and the next to come. */
  sending: number
  expecting: number
  /** Its SYN was sent a second time. */
  repeated: boolean
  /** Of a connection that came in, until accept(2): its listener and the group it was chosen from. */
  request: { readonly listener: KernelSocket; readonly group: readonly KernelSocket[] } | undefined
  /** Of a listener: connections that are complete and not yet accepted. */
  readonly backlog: Waiting[]
  /** TCP: payloads that nobody has read yet; UDP: datagrams. */
  readonly unread: Unread[]
}

type Failed = { readonly errno: Errno }

const failed = (errno: Errno): Failed => ({ errno })

/** True when an address belongs to this host (127.0.0.0/8, ::1 and the given ones) or stands for all of them. */
const isLocal = (addresses: readonly Address[], address: Address) =>
  isWildcard(address) || isLoopback(address) || addresses.includes(address)

/** What connects a kernel with the network. */
export interface Wire {
  /** The address from which a packet to `destination` leaves, or undefined where there is no route. */
  readonly sourceFor: (destination: Address) => Address | undefined
  /**
   * Sends a packet, and returns when all that follows from it has happened. An error says that it never left the host: EPERM
   * when the host's own filter stops it, the others when a translation sends it where it cannot go.
   */
  readonly send: (packet: Packet) => 'EPERM' | 'EINVAL' | 'ENETUNREACH' | undefined
}

/**
 * The sockets of one host and the rules by which Linux binds, connects and delivers. What goes out is given to the wire;
 * without one, all traffic stays on the host. Everything happens at once: a segment sent is a segment received.
 */
export class Kernel {
  private readonly sockets = new Set<KernelSocket>()
  private readonly wire: Wire
  private count = 0

  /** `chance` gives numbers from 0 to 1, for the choice of ephemeral ports. */
  constructor(
    private readonly addresses: readonly Address[],
    private readonly chance: () => number,
    private readonly ephemeral: PortSpan = LINUX_EPHEMERAL,
    wire?: Wire,
    private readonly unprivilegedStart = UNPRIVILEGED_START,
  ) {
    this.wire = wire ?? {
      sourceFor: (destination) =>
        isLoopback(destination) ? (familyOf(destination) === 4 ? '127.0.0.1' : '::1') : destination,
      send: (packet) => {
        this.receive(packet)
        return undefined
      },
    }
  }

  /** Takes over a socket as it stands, whatever led there. */
  adopt({ protocol, family, v6only, local, peer, state, reuseaddr, reuseport, uid }: Socket): void {
    const socket = this.open({ protocol, family, v6only, reuseaddr, reuseport, uid })
    socket.address = unmapped(local.address)
    socket.v6only = v6only || (familyOf(socket.address) === 6 && !isWildcard(socket.address))
    socket.port = local.port
    socket.peer = peer && { address: unmapped(peer.address), port: peer.port }
    socket.phase = state === 'LISTEN' || state === 'TIME-WAIT' ? state : peer && protocol === 'tcp' ? 'ESTAB' : 'OPEN'
    socket.lockedPort = !peer
    socket.order = ++this.count
    this.sockets.add(socket)
  }

  open(options: SocketOptions): KernelSocket {
    const { protocol, family, v6only = false, reuseaddr = false, reuseport = false, uid = 0, range } = options
    return {
      protocol,
      family,
      v6only,
      reuseaddr,
      reuseport,
      uid,
      range,
      phase: 'OPEN',
      port: 0,
      address: family === 4 ? ANY4 : ANY6,
      peer: undefined,
      lockedPort: false,
      finished: false,
      order: 0,
      error: undefined,
      errors: [],
      sending: 0,
      expecting: 0,
      repeated: false,
      request: undefined,
      backlog: [],
      unread: [],
    }
  }

  /** bind(2). The order of the checks differs between IPv4 (inet_bind) and IPv6 (inet6_bind). */
  bind(socket: KernelSocket, address: Address, port: number): Failed | undefined {
    const denied = port > 0 && port < this.unprivilegedStart && socket.uid !== 0 ? failed('EACCES') : undefined
    const again = socket.port !== 0 ? failed('EINVAL') : undefined
    const bare = unmapped(address)
    const foreign = isLocal(this.addresses, bare) ? undefined : failed('EADDRNOTAVAIL')
    const split = isMapped(address) && socket.v6only ? failed('EINVAL') : undefined
    const checks = socket.family === 4 ? [foreign, denied, again] : [denied, again, split, foreign]
    const refused = checks.find((check) => check !== undefined)
    if (refused) return refused
    return this.take(socket, bare, port)
  }

  /** Gives a socket its address and port, a free one if the port is 0. */
  private take(socket: KernelSocket, address: Address, port: number): Failed | undefined {
    const narrowed = familyOf(address) === 6 && !isWildcard(address)
    const wanted = { ...socket, address, v6only: socket.v6only || narrowed }
    const chosen = port === 0 ? this.freePort(wanted) : this.conflicts(wanted, port, true) ? undefined : port
    if (chosen === undefined) return failed('EADDRINUSE')
    socket.address = address
    socket.v6only = wanted.v6only
    socket.port = chosen
    socket.lockedPort = port !== 0
    socket.order = ++this.count
    this.sockets.add(socket)
    return undefined
  }

  /** A port of the socket's range that nobody holds in its way; undefined when there is none (inet_csk_find_open_port). */
  private freePort(socket: KernelSocket): number | undefined {
    return this.findPort(socket, (port) => !this.conflicts(socket, port, false))
  }

  /** The first port of the socket's range that is free, from a place chosen by chance. */
  private findPort({ range }: KernelSocket, isFree: (port: number) => boolean): number | undefined {
    const [first, last] = range ?? this.ephemeral
    const size = last - first + 1
    const start = Math.floor(this.chance() * size)
    for (let step = 0; step < Math.min(size, 4096); step++) {
      const port = first + ((start + step) % size)
      if (isFree(port)) return port
    }
    return undefined
  }

  private conflicts(socket: KernelSocket, port: number, explicit: boolean): boolean {
    const there = [...this.sockets].filter(
      (other) =>
        other !== socket &&
        other.order !== socket.order &&
        !other.request &&
        other.protocol === socket.protocol &&
        other.port === port &&
        overlap(socket, other),
    )
    return socket.protocol === 'tcp'
      ? there.some((other) => !sharesTcp(socket, other, explicit))
      : !sharesUdp(socket, there)
  }

  /** listen(2): the port is looked at again, now as a listener's. */
  listen(socket: KernelSocket): Failed | undefined {
    if (socket.protocol === 'udp') return failed('ENOTSUP')
    if (socket.phase === 'LISTEN') return undefined
    if (socket.phase !== 'OPEN') return failed('EINVAL')
    if (socket.port === 0) {
      const refused = this.take(socket, socket.address, 0)
      if (refused) return refused
    } else if (this.conflicts(socket, socket.port, true)) return failed('EADDRINUSE')
    socket.phase = 'LISTEN'
    return undefined
  }

  /** The destination as the wire has it, or why the socket cannot speak to it. */
  private towards(socket: KernelSocket, address: Address): Address | Failed {
    const bare = unmapped(address)
    const target = bare === ANY4 ? '127.0.0.1' : bare === ANY6 ? '::1' : bare
    if (socket.family === 4 && familyOf(target) === 6) return failed('EAFNOSUPPORT')
    if (familyOf(target) === 4 && socket.family === 6 && socket.v6only) return failed('ENETUNREACH')
    if (familyOf(target) === 6 && !isWildcard(socket.address) && familyOf(socket.address) === 4)
      return failed('EAFNOSUPPORT')
    return target
  }

  /** The address from which a socket speaks to `target`, or why it cannot. */
  private sourceOf(socket: KernelSocket, target: Address): Address | Failed {
    const { address } = socket
    const source = isWildcard(address) ? this.wire.sourceFor(target) : address
    if (source === undefined) return failed('ENETUNREACH')
    // A loopback address does not leave the host (RFC 1122 section 3.2.1.3).
    return isLoopback(source) && this.isForeign(target) ? failed('EINVAL') : source
  }

  private isForeign(target: Address): boolean {
    return this.addresses.length > 0 && !isLocal(this.addresses, target)
  }

  /**
   * connect(2) over TCP. `connected`: the handshake is complete; `self`: with itself; `timeout`: nobody answered. What came
   * in elsewhere because of it stands in the listener's queue (`accept`).
   */
  connectTcp(socket: KernelSocket, address: Address, port: number): Failed | 'self' | 'connected' | 'timeout' {
    if (socket.phase !== 'OPEN') return failed('EISCONN')
    const target = this.towards(socket, address)
    if (typeof target !== 'string') return target
    const source = this.sourceOf(socket, target)
    if (typeof source !== 'string') return source
    if (socket.port === 0) {
      const free = this.findPort(socket, (one) => this.isFreeForConnect(one, source, target, port))
      if (free === undefined) return failed('EADDRNOTAVAIL')
      socket.port = free
      socket.order = ++this.count
      this.sockets.add(socket)
    } else if (this.established(source, socket.port, target, port, socket)) return failed('EADDRNOTAVAIL')
    socket.address = source
    socket.peer = { address: target, port }
    socket.phase = 'SYN-SENT'
    this.forget(socket)
    socket.sending = this.firstSequence()
    this.transmit(socket, { syn: true })
    const error = this.takeError(socket)
    if (error) return error
    if (isOpening(socket)) return 'timeout'
    return source === target && socket.port === port ? 'self' : 'connected'
  }

  /** Initial sequence numbers that are all different and rise (RFC 9293 section 3.4.1). */
  private firstSequence(): number {
    return (++this.count * 64_000) >>> 0
  }

  /** A new connection takes the place of a TIME-WAIT end with the same flow. */
  private forget(socket: KernelSocket): void {
    for (const old of this.sockets)
      if (old.phase === 'TIME-WAIT' && old !== socket && sameFlow(old, socket)) this.sockets.delete(old)
  }

  /** Sends a segment of a connection. */
  private transmit(socket: KernelSocket, flags: Partial<TcpFlags>, payload: Uint8Array = NOTHING): void {
    const { address, port, peer, sending, expecting } = socket
    if (!peer) return
    const ack = flags.ack ? expecting : 0
    const source = { address, port }
    const segment = { ttl: TTL, identification: 0, seq: sending, ack, flags, window: 65_535, payload }
    socket.sending = (sending + payload.length + Number(flags.syn ?? false) + Number(flags.fin ?? false)) >>> 0
    this.wire.send(segmentPacket({ ...segment, source, destination: peer }))
  }

  /**
   * Whether connect may choose this port (__inet_hash_connect): no socket was bound to it by bind, and the flow is new, also
   * to TIME-WAIT (tcp_tw_reuse is off).
   */
  isFreeForConnect(port: number, source: Address, target: Address, targetPort: number): boolean {
    for (const other of this.sockets) {
      if (other.protocol !== 'tcp' || other.port !== port || other.request) continue
      if (!other.peer || other.lockedPort) return false
      if (other.address === source && other.peer.address === target && other.peer.port === targetPort) return false
    }
    return true
  }

  /** A living connection with exactly this flow. */
  private established(source: Address, sport: number, target: Address, port: number, but: KernelSocket): boolean {
    return [...this.sockets].some(
      (other) =>
        other !== but &&
        other.protocol === 'tcp' &&
        WHOLE.includes(other.phase) &&
        other.address === source &&
        other.port === sport &&
        other.peer?.address === target &&
        other.peer.port === port,
    )
  }

  /** The listeners among which a SYN to this address and port is shared: those of the best rank. */
  private listeners(address: Address, port: number): readonly KernelSocket[] {
    const waiting = [...this.sockets].filter(
      (socket) =>
        socket.protocol === 'tcp' && socket.phase === 'LISTEN' && socket.port === port && takes(socket, address),
    )
    return groupOf(waiting, (socket) => (isWildcard(socket.address) ? 0 : 2) + (socket.family === 4 ? 1 : 0))
  }

  /** Sends a SYN again: it still has the first number. */
  private repeat(socket: KernelSocket, flags: Partial<TcpFlags>): void {
    socket.sending = (socket.sending - 1) >>> 0
    this.transmit(socket, flags)
  }

  /** accept(2): the connection that has waited longest at a listener. */
  accept(listener: KernelSocket): Waiting | undefined {
    return listener.backlog.shift()
  }

  /** What a packet from the network does to the host's sockets, and what they answer. */
  receive(packet: Packet): void {
    const { transport } = packet
    const tuple = tupleOf(packet)
    if (transport.protocol === 'tcp' && tuple) this.receiveSegment(packet, transport, tuple)
    else if (transport.protocol === 'udp' && tuple) this.receiveDatagram(packet, transport.payload, tuple)
    else if (transport.protocol === 'icmp' || transport.protocol === 'icmp6') this.receiveError(packet, transport)
  }

  private receiveSegment(packet: Packet, segment: Segment, tuple: FiveTuple): void {
    const socket = this.connection(tuple)
    if (socket?.phase === 'SYN-SENT') this.answerSyn(socket, packet, segment)
    else if (socket?.phase === 'SYN-RECV') this.completeHandshake(socket, packet, segment)
    else if (socket && LEFT_OVER.includes(socket.phase)) this.meetLeftover(socket, packet, segment, tuple)
    else if (socket) this.inConnection(socket, segment)
    else this.withoutConnection(packet, segment, tuple)
  }

  /** The socket with exactly this flow; what is left of a closed connection comes last. */
  private connection({ source, destination }: FiveTuple): KernelSocket | undefined {
    let left: KernelSocket | undefined
    for (const socket of this.sockets) {
      const { protocol, peer, phase } = socket
      if (protocol !== 'tcp' || !peer || phase === 'RESET') continue
      if (!isAt(socket, destination) || peer.address !== source.address || peer.port !== source.port) continue
      if (phase !== 'TIME-WAIT') return socket
      left = socket
    }
    return left
  }

  /** RFC 9293 section 3.10.7.3: in SYN-SENT. */
  private answerSyn(socket: KernelSocket, packet: Packet, segment: Segment): void {
    const { syn, ack, rst } = segment.flags
    if (ack && segment.ack !== socket.sending) {
      if (rst) return
      this.wire.send(reset(packet, segment))
      // What answered was left of an earlier connection and is gone now: the SYN goes again at once, but only once.
      if (socket.repeated) return
      socket.repeated = true
      this.repeat(socket, { syn: true })
    } else if (rst) {
      if (ack) this.fail(socket, 'ECONNREFUSED')
    } else if (syn) {
      socket.expecting = (segment.seq + 1) >>> 0
      socket.phase = ack ? 'ESTAB' : 'SYN-RECV'
      // Both ends called at once, or the socket itself: the SYN goes again, now with an ACK.
      if (ack) this.transmit(socket, { ack: true })
      else this.repeat(socket, { syn: true, ack: true })
    }
  }

  /** RFC 9293 section 3.10.7.4: in SYN-RECEIVED. */
  private completeHandshake(socket: KernelSocket, packet: Packet, segment: Segment): void {
    const { syn, ack, rst } = segment.flags
    const { request } = socket
    if (rst) {
      if (request) this.sockets.delete(socket)
      else this.fail(socket, 'ECONNREFUSED')
      return
    }
    if (syn && !ack) {
      // The same SYN again is answered again; another one only gets to know what is expected.
      if ((segment.seq + 1) >>> 0 === socket.expecting) this.repeat(socket, { syn: true, ack: true })
      else this.transmit(socket, { ack: true })
      return
    }
    if (segment.ack !== socket.sending) {
      this.wire.send(reset(packet, segment))
      return
    }
    socket.phase = 'ESTAB'
    socket.request = undefined
    if (request?.listener.phase === 'LISTEN' && this.sockets.has(request.listener))
      request.listener.backlog.push({ end: socket, group: request.group })
    else if (request) {
      this.sockets.delete(socket)
      this.wire.send(reset(packet, segment))
      return
    }
    if (segment.payload.length > 0 || segment.flags.fin) this.inConnection(socket, segment)
  }

  /** RFC 9293 section 3.10.7.4, once the connection is established. */
  private inConnection(socket: KernelSocket, segment: Segment): void {
    const { payload, flags, seq } = segment
    if (flags.rst) {
      this.reset(socket)
      return
    }
    if (flags.syn) {
      this.transmit(socket, { ack: true })
      return
    }
    if (payload.length === 0 && !flags.fin) return
    const { peer } = socket
    if (payload.length > 0 && peer) socket.unread.push({ from: peer, payload, group: [socket] })
    if (flags.fin) {
      socket.phase = 'CLOSE-WAIT'
      socket.finished = true
    }
    socket.expecting = (seq + payload.length + Number(flags.fin)) >>> 0
    this.transmit(socket, { ack: true })
  }

  /**
   * What came for an end that its program has closed: an acknowledgement of its FIN, the peer's own FIN, data, which are
   * refused, or a new SYN, which may take the place of a TIME-WAIT (RFC 9293 section 3.10.7.4).
   */
  private meetLeftover(socket: KernelSocket, packet: Packet, segment: Segment, tuple: FiveTuple): void {
    const { flags, payload, ack } = segment
    const waits = socket.phase === 'TIME-WAIT'
    if (flags.rst || payload.length > 0) {
      this.sockets.delete(socket)
      if (!flags.rst) this.wire.send(reset(packet, segment))
    } else if (flags.syn && !flags.ack) {
      const { address, port } = tuple.destination
      if (!waits) this.transmit(socket, { ack: true })
      else if (this.listeners(address, port).length > 0) {
        this.sockets.delete(socket)
        this.withoutConnection(packet, segment, tuple)
      }
    } else {
      if (!waits && flags.ack && ack === socket.sending) {
        if (socket.phase === 'LAST-ACK') this.sockets.delete(socket)
        socket.phase = 'TIME-WAIT'
      }
      if (!flags.fin) return
      socket.expecting = (segment.seq + 1) >>> 0
      this.transmit(socket, { ack: true })
    }
  }

  /** RFC 9293 section 3.10.7.1 and 3.10.7.2: in LISTEN, or nobody. */
  private withoutConnection(packet: Packet, segment: Segment, { source, destination }: FiveTuple): void {
    const { syn, ack, rst } = segment.flags
    if (rst) return
    const group = syn && !ack ? this.listeners(destination.address, destination.port) : []
    const listener = group[Math.floor(this.chance() * group.length)]
    if (!listener) {
      this.wire.send(reset(packet, segment))
      return
    }
    const end: KernelSocket = {
      ...listener,
      phase: 'SYN-RECV',
      address: destination.address,
      peer: source,
      lockedPort: false,
      order: ++this.count,
      error: undefined,
      errors: [],
      backlog: [],
      unread: [],
      request: { listener, group },
      sending: this.firstSequence(),
      expecting: (segment.seq + 1) >>> 0,
    }
    this.sockets.add(end)
    this.transmit(end, { syn: true, ack: true })
  }

  /** The connection does not come about. */
  private fail(socket: KernelSocket, errno: Errno): void {
    socket.error = errno
    socket.phase = 'RESET'
    if (!socket.lockedPort) this.sockets.delete(socket)
  }

  /** send(2) on a TCP connection. Who has got it shows in `unread`. */
  sendTcp(socket: KernelSocket, payload: Uint8Array): Failed | undefined {
    const error = this.takeError(socket)
    if (error) return error
    if (socket.phase !== 'ESTAB' && socket.phase !== 'CLOSE-WAIT') return failed('EPIPE')
    this.transmit(socket, { psh: true, ack: true }, payload)
    return undefined
  }

  /** The error that waits on a socket, which is thereby reported. */
  takeError(socket: KernelSocket): Failed | undefined {
    const { error } = socket
    socket.error = undefined
    return error && failed(error)
  }

  /** The ICMP error that waits longest in a socket's queue, which is thereby read (MSG_ERRQUEUE in recvmsg(2)). */
  takeIcmp(socket: KernelSocket): IcmpError | undefined {
    const first = socket.errors.shift()
    if (first) socket.error = socket.errors[0]?.errno
    return first?.icmp
  }

  /** A reset came (RFC 9293 section 3.10.7.4); the next use reports it. */
  private reset(socket: KernelSocket): void {
    socket.error = socket.phase === 'CLOSE-WAIT' ? 'EPIPE' : 'ECONNRESET'
    socket.phase = 'RESET'
    if (!socket.lockedPort) this.sockets.delete(socket)
  }

  /** recv(2) on a TCP socket: reads all that is there. */
  receiveTcp(socket: KernelSocket): 'data' | 'eof' | 'nothing' | Failed {
    if (socket.unread.splice(0).length > 0) return 'data'
    if (socket.finished) return 'eof'
    const error = this.takeError(socket)
    if (error) return error
    if (socket.phase === 'ESTAB') return 'nothing'
    return socket.phase === 'OPEN' || socket.phase === 'LISTEN' ? failed('ENOTCONN') : 'eof'
  }

  /** close(2). Each end stays behind until its FIN is acknowledged, the first one longer, in TIME-WAIT (RFC 9293 section 3.6). */
  close(socket: KernelSocket): void {
    const { phase } = socket
    // What was sent and never read is lost: the peer is told by a reset (RFC 2525 section 2.17).
    if (socket.protocol === 'tcp' && socket.unread.length > 0) {
      this.abort(socket)
      return
    }
    this.leave(socket)
    if (phase !== 'ESTAB' && phase !== 'CLOSE-WAIT') return
    socket.phase = phase === 'ESTAB' ? 'FIN-WAIT-1' : 'LAST-ACK'
    this.sockets.add(socket)
    this.transmit(socket, { fin: true, ack: true })
  }

  /** close(2) with SO_LINGER 0: a reset, and nothing stays behind. */
  abort(socket: KernelSocket): void {
    const { phase } = socket
    this.leave(socket)
    if (phase === 'ESTAB' || phase === 'CLOSE-WAIT') this.transmit(socket, { rst: true, ack: true })
  }

  /** Takes a socket out of the host; connections that wait at it are reset. */
  private leave(socket: KernelSocket): void {
    this.sockets.delete(socket)
    for (const { end } of socket.backlog.splice(0)) this.abort(end)
  }

  /** connect(2) over UDP: fixes the peer and the local address. */
  connectUdp(socket: KernelSocket, address: Address, port: number): Failed | undefined {
    const target = this.towards(socket, address)
    if (typeof target !== 'string') return target
    if (socket.port === 0) {
      const refused = this.take(socket, socket.address, 0)
      if (refused) return refused
    }
    const source = this.sourceOf(socket, target)
    if (typeof source !== 'string') return source
    socket.address = source
    socket.peer = { address: target, port }
    return undefined
  }

  /**
   * sendto(2) or send(2) over UDP. Who has got the datagram shows in `unread`, and an ICMP error that came back in the
   * `errors` of the socket that it was handed to.
   */
  sendUdp(socket: KernelSocket, to: Endpoint | undefined, payload: Uint8Array): Failed | undefined {
    const error = this.takeError(socket)
    if (error) return error
    const destination = to ?? socket.peer
    if (!destination) return failed('EDESTADDRREQ')
    const target = this.towards(socket, destination.address)
    if (typeof target !== 'string') return target
    const address = this.sourceOf(socket, target)
    if (typeof address !== 'string') return address
    if (socket.port === 0) {
      const refused = this.take(socket, socket.address, 0)
      if (refused) return refused
    }
    const source = { address, port: socket.port }
    const stopped = this.wire.send(
      datagram({
        ttl: TTL,
        identification: 0,
        source,
        destination: { address: target, port: destination.port },
        payload,
      }),
    )
    return stopped && failed(stopped)
  }

  private receiveDatagram(packet: Packet, payload: Uint8Array, { source, destination }: FiveTuple): void {
    const group = this.udpReceivers(source, destination)
    const receiver = group[Math.floor(this.chance() * group.length)]
    if (receiver) receiver.unread.push({ from: source, payload, group })
    else this.wire.send(unreachable(packet, 'port'))
  }

  /** An ICMP error goes to the socket that sent what it quotes, found like the receiver of an answer (__udp4_lib_err). */
  private receiveError(packet: Packet, message: IcmpMessage): void {
    const quoted = quotedIn(packet)
    const errno = errnoOf(message)
    if (!errno || !quoted || flowTupleOf(packet)) return
    const icmp: IcmpError = [message.protocol, message.type, message.code]
    const { protocol, source, destination } = quoted
    if (protocol === 'udp') {
      const [hears] = this.udpReceivers(destination, source)
      if (hears) note(hears, errno, icmp)
    } else if (protocol === 'tcp') {
      const socket = this.connection({ protocol, source: destination, destination: source })
      if (socket?.phase === 'SYN-RECV') {
        if (errno === 'EHOSTUNREACH' || errno === 'ENETUNREACH') this.sockets.delete(socket)
      } else if (socket && !LEFT_OVER.includes(socket.phase)) {
        // In an open connection the next use reports the error, without the message (Linux: tcp_v4_err).
        if (socket.phase !== 'SYN-SENT') socket.error = errno
        else {
          this.fail(socket, errno)
          note(socket, errno, icmp)
        }
      }
    }
  }

  /** The socket, or the reuseport group, that a datagram goes to (__udp4_lib_lookup): the exact address before the wildcard. */
  private udpReceivers(from: Endpoint, to: Endpoint): readonly KernelSocket[] {
    const there = [...this.sockets].filter(
      (socket) =>
        socket.protocol === 'udp' &&
        socket.port === to.port &&
        takes(socket, to.address) &&
        (!socket.peer || (socket.peer.address === from.address && socket.peer.port === from.port)),
    )
    const exact = there.filter(({ address }) => !isWildcard(address))
    return groupOf(exact.length > 0 ? exact : there, ({ peer, family }) => (peer ? 8 : family === 4 ? 1 : 0))
  }

  /** getsockname(2): an IPv6 socket shows IPv4 addresses as v4-mapped ones. */
  localName(socket: KernelSocket): Endpoint {
    return { address: dressed(socket, socket.address), port: socket.port }
  }

  /** getpeername(2). */
  peerName(socket: KernelSocket): Failed | Endpoint {
    const connected = socket.protocol === 'udp' || socket.phase === 'ESTAB' || socket.phase === 'CLOSE-WAIT'
    if (!socket.peer || !connected) return failed('ENOTCONN')
    return { address: dressed(socket, socket.peer.address), port: socket.peer.port }
  }
}

const NOTHING = new Uint8Array()

const isAt = (socket: KernelSocket, { address, port }: Endpoint): boolean =>
  socket.port === port && socket.address === address

/** Whether the handshake is not complete. */
const isOpening = ({ phase }: KernelSocket): boolean => phase === 'SYN-SENT' || phase === 'SYN-RECV'

/** Whether two sockets are the same end of one flow. */
const sameFlow = (a: KernelSocket, b: KernelSocket): boolean =>
  a.peer !== undefined &&
  b.peer !== undefined &&
  isAt(a, b) &&
  a.peer.address === b.peer.address &&
  a.peer.port === b.peer.port

function note(socket: KernelSocket, errno: Errno, icmp: IcmpError): void {
  socket.error = errno
  socket.errors.push({ errno, icmp })
}

/** The error that a program sees for an ICMP error (Linux: icmp_err_convert, icmpv6_err_convert). */
function errnoOf({ protocol, type, code }: IcmpMessage): Errno | undefined {
  if (protocol === 'icmp') return type === 3 ? (UNREACHABLE4[code] ?? 'EHOSTUNREACH') : undefined
  return type === 1 ? (UNREACHABLE6[code] ?? 'EHOSTUNREACH') : undefined
}

const UNREACHABLE4: Readonly<Record<number, Errno>> = { 0: 'ENETUNREACH', 3: 'ECONNREFUSED', 9: 'ENETUNREACH' }
const UNREACHABLE6: Readonly<Record<number, Errno>> = { 0: 'ENETUNREACH', 1: 'EACCES', 4: 'ECONNREFUSED' }

/** An address as this socket's owner sees it. */
export const dressed = (socket: KernelSocket, address: Address): Address =>
  socket.family === 6 && !isWildcard(address) ? mapped(address) : address

/** Whether a socket that is being bound claims an address of one that is there. */
function overlap(a: KernelSocket, b: KernelSocket): boolean {
  // A dual-stack socket that connect(2) has tied to an IPv6 address still stands in the way of 0.0.0.0 (LOOPBACK4_IPV6).
  if (a.address === ANY4 && b.family === 6 && !b.v6only) return true
  const all = (socket: KernelSocket, address: Address) =>
    socket.address === ANY4
      ? familyOf(address) === 4
      : socket.address === ANY6 && (familyOf(address) === 6 || !socket.v6only)
  if (a.address === b.address) return true
  if (isWildcard(a.address) && isWildcard(b.address)) return !(a.family === 6 ? a : b).v6only
  return all(a, b.address) || all(b, a.address)
}

/** Whether two TCP sockets on one port with overlapping addresses get along (inet_bind_conflict). */
function sharesTcp(socket: KernelSocket, other: KernelSocket, explicit: boolean): boolean {
  const { phase } = other
  if (socket.reuseaddr && other.reuseaddr && phase !== 'LISTEN') return explicit
  return explicit && socket.reuseport && other.reuseport && (phase === 'TIME-WAIT' || socket.uid === other.uid)
}

/**
 * Whether a UDP socket may join those it overlaps with (udp_lib_lport_inuse): both reuseaddr is enough; of the others the
 * first in hash order decides, and reuseport with one owner says yes for all. Hash order: latest first, but IPv6 reuseport
 * sockets stand last, earliest first.
 */
function sharesUdp(socket: KernelSocket, there: readonly KernelSocket[]): boolean {
  const last = ({ family, reuseport }: KernelSocket) => family === 6 && reuseport
  const order = there.toSorted(
    (a, b) => Number(last(a)) - Number(last(b)) || (last(a) ? a.order - b.order : b.order - a.order),
  )
  const first = order.find((other) => !(socket.reuseaddr && other.reuseaddr))
  return !first || (socket.reuseport && first.reuseport && socket.uid === first.uid)
}

/** Whether a socket takes packets for this address. */
function takes(socket: KernelSocket, address: Address): boolean {
  if (!isWildcard(socket.address)) return socket.address === address
  return familyOf(address) === 6 ? socket.family === 6 : socket.family === 4 || !socket.v6only
}

/** The best of these by rank: with reuseport its whole group (same family, address, v6only, owner), else the latest bound. */
function groupOf(sockets: readonly KernelSocket[], rank: (socket: KernelSocket) => number): readonly KernelSocket[] {
  const most = Math.max(...sockets.map(rank))
  const best = sockets.filter((socket) => rank(socket) === most).toSorted((a, b) => b.order - a.order)
  const tailed = best.filter(({ family, reuseport }) => family === 6 && reuseport)
  const first = best.find((socket) => !tailed.includes(socket)) ?? tailed.at(-1)
  if (!first) return []
  if (!first.reuseport || first.peer) return [first]
  return best.filter(
    ({ reuseport, peer, family, address, v6only, uid }) =>
      reuseport &&
      !peer &&
      family === first.family &&
      address === first.address &&
      v6only === first.v6only &&
      uid === first.uid,
  )
}
