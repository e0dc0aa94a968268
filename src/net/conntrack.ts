import type { ConnState, ConnStatus } from './filter'
import type { IcmpMessage, Packet, Segment } from './packet'
import { tupleOf } from './packet'
import { quotedTuple } from './receive'
import type { Direction, TcpTrack, TcpTrackState } from './tcp-track'
import { trackSegment } from './tcp-track'
import type { Endpoint, Protocol } from './tuple'

export type { Direction } from './tcp-track'

/**
 * What tells one flow from another: a five-tuple, or for a ping the addresses and its identifier, which stands in the place
 * of both ports.
 */
export interface FlowTuple {
  readonly protocol: Protocol | 'icmp' | 'icmp6'
  readonly source: Endpoint
  readonly destination: Endpoint
}

/** The tuple of the answer. */
export const inverse = ({ protocol, source, destination }: FlowTuple): FlowTuple => ({
  protocol,
  source: destination,
  destination: source,
})

/** What a router remembers of a flow (conntrack(8)). */
export interface Flow {
  /** The first packet as it came. */
  readonly original: FlowTuple
  /** What an answer looks like where it comes in: the inverse of the original, unless something was translated. */
  readonly reply: FlowTuple
  readonly tcp?: TcpTrack
  /** A packet came the other way. */
  readonly seenReply: boolean
  /** Traffic both ways, of TCP a whole handshake: not forgotten early (`[ASSURED]`). */
  readonly assured: boolean
  /** Which part of the packets that go the original way is rewritten. */
  readonly translated: { readonly source: boolean; readonly destination: boolean }
  /** In milliseconds, on the clock that is passed in. */
  readonly began: number
  readonly expires: number
}

/** Milliseconds after which a silent flow is forgotten (Linux: Documentation/networking/nf_conntrack-sysctl.rst). */
export const TRACKING_TIMEOUTS = {
  SYN_SENT: 120_000,
  SYN_RECV: 60_000,
  ESTABLISHED: 432_000_000,
  FIN_WAIT: 120_000,
  CLOSE_WAIT: 60_000,
  LAST_ACK: 30_000,
  TIME_WAIT: 120_000,
  CLOSE: 10_000,
  SYN_SENT2: 120_000,
  /** TCP data of which no answer was ever seen. */
  unacknowledged: 300_000,
  udp: 30_000,
  /** UDP that went both ways for more than two seconds. */
  udpStream: 120_000,
  ping: 30_000,
} as const satisfies Record<TcpTrackState | 'unacknowledged' | 'udp' | 'udpStream' | 'ping', number>

/** UDP traffic both ways counts as a stream after so many milliseconds (nf_conntrack_proto_udp.c). */
const STREAM_AFTER = 2000

/** What connection tracking says of one packet. An invalid one has no flow. */
export interface Tracked {
  readonly state: ConnState
  readonly flow?: Flow
  /** Whether the packet goes the way of the first one or the way of the answers; an ICMP error against what it quotes. */
  readonly direction?: Direction
}

const INVALID: Tracked = { state: 'invalid' }

/** The types of an echo: request and reply (RFC 792, RFC 4443 section 4). */
const ECHO = { icmp: [8, 0], icmp6: [128, 129] } as const

const isEcho = ({ protocol, type }: IcmpMessage): boolean => type === ECHO[protocol][0] || type === ECHO[protocol][1]
const isEchoRequest = ({ protocol, type }: IcmpMessage): boolean => type === ECHO[protocol][0]

/** The packet's flow, or undefined for what belongs to none by itself: an ICMP message other than an echo. */
export function flowTupleOf(packet: Packet): FlowTuple | undefined {
  const { transport, source, destination } = packet
  if (transport.protocol !== 'icmp' && transport.protocol !== 'icmp6') return tupleOf(packet)
  if (!isEcho(transport)) return undefined
  const port = transport.rest >>> 16
  return {
    protocol: transport.protocol,
    source: { address: source, port },
    destination: { address: destination, port },
  }
}

const pairKey = ({ address, port }: Endpoint): string => `${address} ${port}`

/** Equal exactly for equal tuples. */
const flowTupleKey = ({ protocol, source, destination }: FlowTuple): string =>
  `${protocol} ${pairKey(source)} ${pairKey(destination)}`

const sameEnd = (a: Endpoint, b: Endpoint): boolean => a.port === b.port && a.address === b.address

const sameTuple = (a: FlowTuple, b: FlowTuple): boolean =>
  a.protocol === b.protocol && sameEnd(a.source, b.source) && sameEnd(a.destination, b.destination)

const sourceKey = ({ protocol, source }: FlowTuple): string => `${protocol} ${pairKey(source)}`

/** What is noted of a flow, for rules on `ct status`. */
export const statusOf = ({ seenReply, assured, translated }: Flow, confirmed: boolean): readonly ConnStatus[] => [
  ...(translated.source ? (['snat'] as const) : []),
  ...(translated.destination ? (['dnat'] as const) : []),
  ...(seenReply ? (['seen-reply'] as const) : []),
  ...(assured ? (['assured'] as const) : []),
  ...(confirmed ? (['confirmed'] as const) : []),
]

/** The flow that a first packet would begin; `tcp` for a segment. */
const flowFrom = (original: FlowTuple, now: number, tcp?: TcpTrack): Flow =>
  aged(
    {
      original,
      reply: inverse(original),
      ...(tcp && { tcp }),
      seenReply: false,
      assured: false,
      translated: { source: false, destination: false },
      began: now,
      expires: now,
    },
    now,
  )

/** The flow with its time extended from now. */
function aged(flow: Flow, now: number): Flow {
  return { ...flow, expires: now + lifetime(flow, now) }
}

function lifetime({ original, tcp, seenReply, began }: Flow, now: number): number {
  if (tcp) {
    const whole = TRACKING_TIMEOUTS[tcp.state]
    return seenReply || tcp.state !== 'ESTABLISHED' ? whole : TRACKING_TIMEOUTS.unacknowledged
  }
  if (original.protocol !== 'udp') return TRACKING_TIMEOUTS.ping
  return seenReply && now - began > STREAM_AFTER ? TRACKING_TIMEOUTS.udpStream : TRACKING_TIMEOUTS.udp
}

/** A flow's place in the table under one of its two tuples. The flow in it changes as packets pass. */
interface Slot {
  flow: Flow
  readonly direction: Direction
  /** The place under the other tuple. */
  twin: Slot | undefined
}

/**
 * The flows that a router remembers, found by their tuple in either direction, as the kernel finds them: in the same time
 * among a thousand as among a million. Time is passed in (milliseconds), and a flow whose time is over is not found.
 */
export class ConnTrack {
  /** Of each flow the slot of its first packet. */
  private readonly begun = new Set<Slot>()
  private readonly slots = new Map<string, Slot>()
  /** Flows with a rewritten source, by the source they had, oldest first. */
  private readonly bySource = new Map<string, Set<Slot>>()

  static of(flows: Iterable<Flow>): ConnTrack {
    const table = new ConnTrack()
    for (const flow of flows) table.confirm(flow)
    return table
  }

  get size(): number {
    return this.begun.size
  }

  /** All flows, in the order in which they began. */
  flows(): readonly Flow[] {
    return Array.from(this.begun, ({ flow }) => flow)
  }

  /**
   * The flow to which a tuple belongs, and in which direction it runs. Of a connection with itself both tuples are the same:
   * it is found as the answer, as Linux does.
   */
  find(tuple: FlowTuple, now = 0): { readonly flow: Flow; readonly direction: Direction } | undefined {
    const slot = this.slots.get(flowTupleKey(tuple))
    return slot && slot.flow.expires >= now ? { flow: slot.flow, direction: slot.direction } : undefined
  }

  /** The slot of the flow with this first packet. */
  private slotOf({ original }: Flow): Slot | undefined {
    const slot = this.slots.get(flowTupleKey(original))
    return slot && sameTuple(slot.flow.original, original) ? slot : undefined
  }

  /** Remembers a flow, or its change. A first packet's flow is confirmed once no rule has dropped it. */
  confirm(flow: Flow): void {
    const known = this.slotOf(flow)
    if (known && known.flow.reply === flow.reply) {
      known.flow = flow
      if (known.twin) known.twin.flow = flow
      return
    }
    if (known) this.forget(known.flow)
    const there: Slot = { flow, direction: 'original', twin: undefined }
    const back: Slot = { flow, direction: 'reply', twin: there }
    there.twin = back
    this.begun.add(there)
    this.slots.set(flowTupleKey(flow.original), there)
    this.slots.set(flowTupleKey(flow.reply), back)
    if (!flow.translated.source) return
    const source = sourceKey(flow.original)
    this.bySource.set(source, (this.bySource.get(source) ?? new Set()).add(there))
  }

  forget(flow: Flow): void {
    const known = this.slotOf(flow)
    if (!known) return
    const there = known.direction === 'original' ? known : known.twin
    for (const tuple of [known.flow.original, known.flow.reply]) {
      const key = flowTupleKey(tuple)
      const slot = this.slots.get(key)
      if (slot === known || slot === known.twin) this.slots.delete(key)
    }
    if (!there) return
    this.begun.delete(there)
    const source = sourceKey(flow.original)
    const mapped = this.bySource.get(source)
    if (mapped?.delete(there) && mapped.size === 0) this.bySource.delete(source)
  }

  /** Forgets what is over. */
  expire(now: number): void {
    for (const { flow } of this.begun) if (flow.expires < now) this.forget(flow)
  }

  /** Whether answers that look like this would already belong to a flow (nf_conntrack_tuple_taken). */
  isTaken(reply: FlowTuple, now = 0): boolean {
    return this.find(reply, now) !== undefined
  }

  /** The sources that flows from this one appear as, the latest first: a mapping is used again (RFC 4787 REQ-1). */
  sourcesOf(original: FlowTuple, now = 0): readonly Endpoint[] {
    const mapped = this.bySource.get(sourceKey(original)) ?? []
    return [...mapped].toReversed().flatMap(({ flow }) => (flow.expires >= now ? [flow.reply.destination] : []))
  }

  /** What a rule on `ct state` sees of this packet, at this moment; nothing is remembered. */
  stateOf(packet: Packet, now = 0): ConnState {
    return this.copyOf(packet, now).track(packet, now).state
  }

  /** A table with only what concerns the packet. */
  private copyOf(packet: Packet, now: number): ConnTrack {
    const tuple = flowTupleOf(packet) ?? quotedIn(packet)
    const found = tuple && (this.find(tuple, now) ?? this.find(inverse(tuple), now))
    return ConnTrack.of(found ? [found.flow] : [])
  }

  /**
   * Looks a packet up and remembers what it says of its flow. A packet that begins a flow gives one that is not in the table
   * yet: `confirm` puts it there when no rule has stopped it (Linux: nf_conntrack_in, nf_conntrack_confirm).
   */
  track(packet: Packet, now = 0): Tracked {
    const tuple = flowTupleOf(packet)
    if (!tuple) return this.relate(packet, now)
    const { transport } = packet
    const found = this.find(tuple, now)
    if (!found) return begin(tuple, packet, now)
    if (transport.protocol === 'tcp') return this.follow(found, transport, packet, now)
    const { flow, direction } = found
    const seenReply = flow.seenReply || direction === 'reply'
    const assured = flow.assured || (tuple.protocol === 'udp' && flow.seenReply && now - flow.began > STREAM_AFTER)
    const next = aged({ ...flow, seenReply, assured }, now)
    this.confirm(next)
    return { state: seenReply ? 'established' : 'new', flow: next, direction }
  }

  private follow(
    { flow, direction }: { readonly flow: Flow; readonly direction: Direction },
    segment: Segment,
    packet: Packet,
    now: number,
  ): Tracked {
    const tcp = trackSegment(flow.tcp, segment, direction)
    if (tcp === 'invalid') return INVALID
    if (tcp === 'reopen') {
      this.forget(flow)
      return this.track(packet, now)
    }
    const seenReply = flow.seenReply || direction === 'reply'
    const state: ConnState = seenReply ? 'established' : 'new'
    // Refused before anything was answered: no connection came about, so there is nothing to remember.
    if (segment.flags.rst && !flow.seenReply) {
      this.forget(flow)
      return { state, flow: { ...flow, seenReply }, direction }
    }
    const handshake = flow.tcp?.state === 'SYN_RECV' || flow.tcp?.state === 'ESTABLISHED'
    const assured = flow.assured || (flow.seenReply && handshake && tcp.state === 'ESTABLISHED')
    const next = aged({ ...flow, tcp, seenReply, assured }, now)
    this.confirm(next)
    return { state, flow: next, direction }
  }

  /** An ICMP error belongs to the flow of the packet that it quotes (RFC 5508 section 4; nf_conntrack_inet_error). */
  private relate(packet: Packet, now: number): Tracked {
    const quoted = quotedIn(packet)
    const found = quoted && this.find(inverse(quoted), now)
    if (!found || !quoted || quoted.source.address !== packet.destination) return INVALID
    return { state: 'related', ...found }
  }
}

/** The tuple that an ICMP error quotes. */
export const quotedIn = ({ transport }: Packet): FlowTuple | undefined =>
  transport.protocol === 'icmp' || transport.protocol === 'icmp6' ? quotedTuple(transport) : undefined

/** A packet of which no flow is known. */
function begin(tuple: FlowTuple, { transport }: Packet, now: number): Tracked {
  if (transport.protocol === 'tcp') {
    const tcp = trackSegment(undefined, transport, 'original')
    return typeof tcp === 'string' ? INVALID : { state: 'new', flow: flowFrom(tuple, now, tcp), direction: 'original' }
  }
  if (transport.protocol !== 'udp' && !isEchoRequest(transport)) return INVALID
  return { state: 'new', flow: flowFrom(tuple, now), direction: 'original' }
}
