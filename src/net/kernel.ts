import type { Address, Family } from './address'
import { ANY4, ANY6, familyOf, isLoopback, isMapped, isWildcard, mapped, unmapped } from './address'
import type { Socket } from './socket'
import type { Protocol } from './tuple'

/** The errors of bind(2), listen(2), connect(2), send(2) and recv(2) that the model knows. */
export type Errno =
  | 'EACCES'
  | 'EADDRINUSE'
  | 'EADDRNOTAVAIL'
  | 'EAFNOSUPPORT'
  | 'ECONNREFUSED'
  | 'ECONNRESET'
  | 'EDESTADDRREQ'
  | 'EINVAL'
  | 'EISCONN'
  | 'ENETUNREACH'
  | 'ENOTCONN'
  | 'ENOTSUP'
  | 'EPIPE'

/** The ephemeral range of RFC 6335 section 6, and Linux's own default (ip(7), ip_local_port_range). */
export const IANA_EPHEMERAL: PortSpan = [49152, 65535]
export const LINUX_EPHEMERAL: PortSpan = [32768, 60999]

export type PortSpan = readonly [first: number, last: number]

/** An ICMP error as it is handed to a socket: protocol, type, code. */
export type IcmpError = readonly ['icmp' | 'icmp6', number, number]

/** What a socket is in the life of a TCP connection, as far as bind and lookup care; UDP sockets are always OPEN. */
type Phase = 'OPEN' | 'LISTEN' | 'ESTAB' | 'CLOSE-WAIT' | 'TIME-WAIT' | 'RESET'

/** What a program asks for when it makes a socket (socket(7), ip(7), ipv6(7)). */
export interface SocketOptions {
  readonly protocol: Protocol
  readonly family: Family
  readonly v6only?: boolean
  readonly reuseaddr?: boolean
  readonly reuseport?: boolean
  /** 0 is root; anybody else may not bind below 1024. */
  readonly uid?: number
  /** IP_LOCAL_PORT_RANGE. */
  readonly range?: PortSpan
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
  peer: { readonly address: Address; readonly port: number } | undefined
  /** The other end of a TCP connection, while it lives. */
  other: KernelSocket | undefined
  /** Whether bind(2) chose the port (and not connect(2) or accept(2)): then it is kept until close. */
  lockedPort: boolean
  /** The peer's FIN has come: reading ends there, whatever else happens. */
  finished: boolean
  /** Grows with each bind: later is larger. */
  order: number
  error: { readonly errno: Errno; readonly icmp?: IcmpError } | undefined
}

type Failed = { readonly errno: Errno; readonly icmp?: IcmpError }

const failed = (errno: Errno, icmp?: IcmpError): Failed => ({ errno, ...(icmp && { icmp }) })

/** True when an address belongs to this host (127.0.0.0/8, ::1 and the given ones) or stands for all of them. */
const isLocal = (addresses: readonly Address[], address: Address) =>
  isWildcard(address) || isLoopback(address) || addresses.includes(address)

/**
 * The sockets of one host and the rules by which Linux binds, connects and delivers. Everything happens at once: a segment
 * sent is a segment received.
 */
export class Kernel {
  private readonly sockets = new Set<KernelSocket>()
  private count = 0

  /** `chance` gives numbers from 0 to 1, for the choice of ephemeral ports. */
  constructor(
    private readonly addresses: readonly Address[],
    private readonly chance: () => number,
    private readonly ephemeral: PortSpan = LINUX_EPHEMERAL,
  ) {}

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
    const socket: KernelSocket = {
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
      other: undefined,
      lockedPort: false,
      finished: false,
      order: 0,
      error: undefined,
    }
    return socket
  }

  /** bind(2). The order of the checks differs between IPv4 (inet_bind) and IPv6 (inet6_bind). */
  bind(socket: KernelSocket, address: Address, port: number): Failed | undefined {
    const denied = port > 0 && port < 1024 && socket.uid !== 0 ? failed('EACCES') : undefined
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
    return this.ports(socket).find((port) => !this.conflicts(socket, port, false))
  }

  /** The ports of the range, from a place chosen by chance. */
  private ports({ range }: KernelSocket): readonly number[] {
    const [first, last] = range ?? this.ephemeral
    const size = last - first + 1
    const start = Math.floor(this.chance() * size)
    return Array.from({ length: Math.min(size, 4096) }, (_, step) => first + ((start + step) % size))
  }

  private conflicts(socket: KernelSocket, port: number, explicit: boolean): boolean {
    const there = [...this.sockets].filter(
      (other) =>
        other !== socket &&
        other.order !== socket.order &&
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

  /** The address from which a packet to `destination` leaves (all traffic of the model stays on the host). */
  private sourceFor(destination: Address): Address {
    if (familyOf(destination) === 6) return isLoopback(destination) ? '::1' : destination
    return isLoopback(destination) ? '127.0.0.1' : destination
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

  /** connect(2) over TCP. Returns the accepting listener's new end, `self` when it met itself, or why it failed. */
  connectTcp(
    socket: KernelSocket,
    address: Address,
    port: number,
  ):
    | Failed
    | 'self'
    | { readonly listener: KernelSocket; readonly group: readonly KernelSocket[]; readonly end: KernelSocket } {
    if (socket.phase !== 'OPEN') return failed('EISCONN')
    const target = this.towards(socket, address)
    if (typeof target !== 'string') return target
    const source = isWildcard(socket.address) ? this.sourceFor(target) : socket.address
    if (socket.port === 0) {
      const free = this.ports(socket).find((one) => this.isFreeForConnect(one, source, target, port))
      if (free === undefined) return failed('EADDRNOTAVAIL')
      socket.port = free
      socket.order = ++this.count
      this.sockets.add(socket)
    } else if (this.established(source, socket.port, target, port, socket)) return failed('EADDRNOTAVAIL')
    socket.address = source
    socket.peer = { address: target, port }
    if (source === target && socket.port === port) {
      socket.phase = 'ESTAB'
      socket.other = socket
      return 'self'
    }
    const group = this.listeners(target, port)
    const listener = group[Math.floor(this.chance() * group.length)]
    if (!listener) return failed('ECONNREFUSED')
    socket.phase = 'ESTAB'
    const end: KernelSocket = {
      ...listener,
      phase: 'ESTAB',
      address: target,
      peer: { address: source, port: socket.port },
      other: socket,
      lockedPort: false,
      finished: false,
      order: ++this.count,
      error: undefined,
    }
    socket.other = end
    this.forget(source, socket.port, target, port, [socket, end])
    this.sockets.add(end)
    return { listener, group, end }
  }

  /** A new connection takes the place of a TIME-WAIT end with the same flow. */
  private forget(source: Address, sport: number, target: Address, port: number, keep: readonly KernelSocket[]): void {
    for (const old of this.sockets) {
      if (old.phase !== 'TIME-WAIT' || keep.includes(old)) continue
      const { peer } = old
      const same = (a: Address, p: number, b: Address, q: number) =>
        old.address === a && old.port === p && peer?.address === b && peer.port === q
      if (same(source, sport, target, port) || same(target, port, source, sport)) this.sockets.delete(old)
    }
  }

  /**
   * Whether connect may choose this port (__inet_hash_connect): no socket was bound to it by bind, and the flow is new, also
   * to TIME-WAIT (tcp_tw_reuse is off).
   */
  isFreeForConnect(port: number, source: Address, target: Address, targetPort: number): boolean {
    for (const other of this.sockets) {
      if (other.protocol !== 'tcp' || other.port !== port) continue
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
        (other.phase === 'ESTAB' || other.phase === 'CLOSE-WAIT') &&
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

  /** send(2) on a TCP connection: the other end, nobody (it is gone, and answers with a reset), or an error. */
  sendTcp(socket: KernelSocket): KernelSocket | Failed | undefined {
    const error = this.takeError(socket)
    if (error) return error
    if (socket.phase !== 'ESTAB' && socket.phase !== 'CLOSE-WAIT') return failed('EPIPE')
    const { other } = socket
    if (other && other.phase !== 'TIME-WAIT' && this.sockets.has(other)) return other
    // The peer has closed: its kernel resets the connection (RFC 9293 section 3.10.7), which the next use reports.
    this.reset(socket, socket.phase === 'CLOSE-WAIT' ? 'EPIPE' : 'ECONNRESET')
    if (other) this.sockets.delete(other)
    return undefined
  }

  private takeError(socket: KernelSocket): Failed | undefined {
    const { error } = socket
    socket.error = undefined
    return error
  }

  private reset(socket: KernelSocket, errno: Errno): void {
    socket.phase = 'RESET'
    socket.error = { errno }
    socket.other = undefined
    if (!socket.lockedPort) this.sockets.delete(socket)
  }

  /** recv(2) on a TCP socket when nothing is unread. */
  receiveTcp(socket: KernelSocket): 'eof' | 'nothing' | Failed {
    if (socket.finished) return 'eof'
    const error = this.takeError(socket)
    if (error) return error
    if (socket.phase === 'ESTAB') return 'nothing'
    return socket.phase === 'OPEN' || socket.phase === 'LISTEN' ? failed('ENOTCONN') : 'eof'
  }

  /** close(2). The end that closes first stays behind in TIME-WAIT and still owns its port (RFC 9293 section 3.6). */
  close(socket: KernelSocket): void {
    const { other, phase } = socket
    this.sockets.delete(socket)
    if (socket.protocol === 'udp' || !other || other === socket) return
    if (phase === 'ESTAB') {
      other.phase = 'CLOSE-WAIT'
      other.finished = true
      const remains: KernelSocket = { ...socket, phase: 'TIME-WAIT', other: undefined }
      other.other = remains
      this.sockets.add(remains)
    }
  }

  /** close(2) with SO_LINGER 0: a reset, and nothing stays behind. */
  abort(socket: KernelSocket): void {
    const { other, phase } = socket
    this.sockets.delete(socket)
    if (!other || other === socket || !this.sockets.has(other)) return
    if (other.phase === 'TIME-WAIT') this.sockets.delete(other)
    else if (phase === 'ESTAB' || phase === 'CLOSE-WAIT')
      this.reset(other, other.phase === 'CLOSE-WAIT' ? 'EPIPE' : 'ECONNRESET')
  }

  /** connect(2) over UDP: fixes the peer and the local address. */
  connectUdp(socket: KernelSocket, address: Address, port: number): Failed | undefined {
    const target = this.towards(socket, address)
    if (typeof target !== 'string') return target
    if (socket.port === 0) {
      const refused = this.take(socket, socket.address, 0)
      if (refused) return refused
    }
    if (isWildcard(socket.address)) socket.address = this.sourceFor(target)
    socket.peer = { address: target, port }
    return undefined
  }

  /**
   * sendto(2) or send(2) over UDP: the socket (or the group of which one) receives it, with the source it sees; or the ICMP
   * error that came back; or nothing, when that error was delivered to another socket.
   */
  sendUdp(
    socket: KernelSocket,
    to: { readonly address: Address; readonly port: number } | undefined,
  ):
    | Failed
    | undefined
    | { readonly group: readonly KernelSocket[]; readonly from: { readonly address: Address; readonly port: number } } {
    const error = this.takeError(socket)
    if (error) return error
    const destination = to ?? socket.peer
    if (!destination) return failed('EDESTADDRREQ')
    const target = this.towards(socket, destination.address)
    if (typeof target !== 'string') return target
    if (socket.port === 0) {
      const refused = this.take(socket, socket.address, 0)
      if (refused) return refused
    }
    const source = isWildcard(socket.address) ? this.sourceFor(target) : socket.address
    const from = { address: source, port: socket.port }
    const group = this.udpReceivers(from, { address: target, port: destination.port })
    if (group.length > 0) return { group, from }
    // Port unreachable is delivered by the same lookup as data, the other way round (__udp4_lib_err).
    const icmp: IcmpError = familyOf(target) === 4 ? ['icmp', 3, 3] : ['icmp6', 1, 4]
    const [hears] = this.udpReceivers({ address: target, port: destination.port }, from)
    if (hears === socket) return failed('ECONNREFUSED', icmp)
    if (hears) hears.error = failed('ECONNREFUSED', icmp)
    return undefined
  }

  /** The socket, or the reuseport group, that a datagram goes to (__udp4_lib_lookup): the exact address before the wildcard. */
  private udpReceivers(
    from: { readonly address: Address; readonly port: number },
    to: { readonly address: Address; readonly port: number },
  ): readonly KernelSocket[] {
    const there = [...this.sockets].filter(
      (socket) =>
        socket.protocol === 'udp' &&
        socket.port === to.port &&
        takes(socket, to.address) &&
        (!socket.peer || (socket.peer.address === from.address && socket.peer.port === from.port)),
    )
    const exact = there.filter(({ address }) => !isWildcard(address))
    return groupOf(exact.length > 0 ? exact : there, ({ peer, family }) => (peer ? 8 : 0) + (family === 4 ? 1 : 0))
  }

  /** getsockname(2): an IPv6 socket shows IPv4 addresses as v4-mapped ones. */
  localName(socket: KernelSocket): { readonly address: Address; readonly port: number } {
    return { address: dressed(socket, socket.address), port: socket.port }
  }

  /** getpeername(2). */
  peerName(socket: KernelSocket): Failed | { readonly address: Address; readonly port: number } {
    const connected = socket.protocol === 'udp' || socket.phase === 'ESTAB' || socket.phase === 'CLOSE-WAIT'
    if (!socket.peer || !connected) return failed('ENOTCONN')
    return { address: dressed(socket, socket.peer.address), port: socket.peer.port }
  }
}

/** An address as this socket's owner sees it. */
export const dressed = (socket: KernelSocket, address: Address): Address =>
  socket.family === 6 && !isWildcard(address) ? mapped(address) : address

/** Whether two bound sockets claim a common address. */
function overlap(a: KernelSocket, b: KernelSocket): boolean {
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
