import type { Address } from '../net/address'
import { familyOf } from '../net/address'
import { decodeIp } from '../net/frame'
import type { Packet, Segment } from '../net/packet'
import { isSyn, tupleOf } from '../net/packet'
import { quotedTuple } from '../net/receive'
import type { Socket, SocketState } from '../net/socket'
import type { FiveTuple } from '../net/tuple'
import { reverse, tupleKey } from '../net/tuple'
import type { CapturedArrival, Level } from './level'
import type { Shift } from './shift'
import { packetOf } from './shift'

/** A recorded packet: its bytes, where in them the IP header starts, and when it came (microseconds since 1970, UTC). */
export interface RecordedPacket {
  readonly bytes: Uint8Array
  readonly ipOffset: number | undefined
  readonly time: number
}

/** What became of the packets to the chosen host that the level does not ask about. */
export interface NotAsked {
  /** Without ports, cut short or fragmented. */
  readonly unreadable: number
  /** Nobody answered in the recording, so nobody can say what is right. */
  readonly unanswered: number
  /** Left out to keep one busy connection from filling the shift. */
  readonly repetitive: number
}

export interface CaptureDeal {
  readonly level: Level
  readonly notAsked: NotAsked
}

interface Heard extends RecordedPacket {
  readonly packet: Packet
  /** Its own five-tuple, or of an ICMP error to the host that of the flow it is about, as that flow's packets arrive. */
  readonly tuple: FiveTuple
  readonly ipOffset: number
}

/** How many packets of one flow may follow each other, and how many there may be while other flows have some. */
const IN_A_ROW = 3
const PER_FLOW = 8

/**
 * A level dealt from a recording: the packets that reached `address`, at most `count` of them, with the host's sockets as
 * the recording shows them. A SYN-ACK from the host shows a listener; data without a SYN shows a connection that was there
 * before; a datagram that the host answers shows a UDP socket. An ICMP error belongs to the connection whose packet it quotes
 * (RFC 1122 section 3.2.2). Packets that nobody answered are not asked: silence proves neither a filter nor a listener.
 */
export function dealCapture(
  file: string,
  address: Address,
  records: readonly RecordedPacket[],
  count: number,
): CaptureDeal {
  const heard: Heard[] = []
  const unreachable = new Set<string>()
  let unreadable = 0
  for (const record of records) {
    const packet = record.ipOffset === undefined ? undefined : readPacket(record.bytes.subarray(record.ipOffset))
    const tuple = packet && (tupleOf(packet) ?? (packet.destination === address ? flowOfError(packet) : undefined))
    if (packet && tuple && record.ipOffset !== undefined && [packet.source, packet.destination].includes(address))
      heard.push({ ...record, ipOffset: record.ipOffset, packet, tuple })
    else if (packet?.destination === address || !packet) unreadable++
    else {
      const refusedDatagram = packet.source === address && portUnreachable(packet)
      if (refusedDatagram) unreachable.add(tupleKey(refusedDatagram))
    }
  }
  const evidence = evidenceOf(heard, address, unreachable)
  const { before, asked, unanswered } = follow(heard, address, evidence)
  const { arrivals, repetitive } = thinOut(asked, count)
  const level: Level = {
    id: '7.4',
    floor: 7,
    boss: false,
    host: { name: file, addresses: [address] },
    waves: [
      {
        opens: [],
        bricks: evidence.closed.filter(({ protocol, port }) =>
          arrivals.some(({ packet }) => {
            const tuple = tupleOf(packet)
            return tuple?.protocol === protocol && tuple.destination.port === port
          }),
        ),
        deal: {},
        offers: ['listener', 'connection', 'rst', 'icmp', 'drop'],
        views: ['fields', 'tcpdump', 'hex'],
        glow: 1,
      },
    ],
    capture: { file, sockets: [...evidence.listeners, ...before], arrivals },
    stars: [0.65, 0.85, 0.95],
    teaches: ['port-identifies-program', 'dport-alone-selects', 'listener-carries-data'],
    claims: ['S05', 'S16', 'S18', 'S13'],
  }
  return { level, notAsked: { unreadable, unanswered, repetitive } }
}

/** The flow that an ICMP port unreachable message refuses (type 3 code 3, ICMPv6 type 1 code 4). */
function portUnreachable({ transport }: Packet): FiveTuple | undefined {
  if (transport.protocol !== 'icmp' && transport.protocol !== 'icmp6') return undefined
  const [type, code] = transport.protocol === 'icmp' ? [3, 3] : [1, 4]
  return transport.type === type && transport.code === code ? quotedTuple(transport) : undefined
}

/** The flow that an ICMP error is about, as its packets arrive at whoever gets the error; undefined for any other packet. */
function flowOfError({ transport, destination }: Packet): FiveTuple | undefined {
  if (transport.protocol !== 'icmp' && transport.protocol !== 'icmp6') return undefined
  const error = transport.protocol === 'icmp' ? [3, 11, 12].includes(transport.type) : transport.type < 128
  const quoted = error ? quotedTuple(transport) : undefined
  return quoted?.source.address === destination ? reverse(quoted) : undefined
}

function readPacket(bytes: Uint8Array): Packet | undefined {
  const packet = decodeIp(bytes)
  return 'malformed' in packet ? undefined : packet
}

const socket = (id: string, tuple: FiveTuple, state: SocketState, connected: boolean): Socket => ({
  id,
  protocol: tuple.protocol,
  family: familyOf(tuple.destination.address),
  v6only: false,
  local: connected ? tuple.destination : { address: tuple.destination.address, port: tuple.destination.port },
  ...(connected && { peer: tuple.source }),
  state,
  reuseaddr: false,
  reuseport: false,
  uid: 0,
})

interface Evidence {
  readonly listeners: readonly Socket[]
  readonly closed: readonly { readonly protocol: 'tcp' | 'udp'; readonly port: number }[]
  /** Keys (as they arrive at the host) of the flows that the host refused, and of UDP flows that it began. */
  readonly refused: ReadonlySet<string>
  readonly called: ReadonlySet<string>
}

const isIcmp = ({ transport: { protocol } }: Packet): boolean => protocol === 'icmp' || protocol === 'icmp6'

const place = ({ protocol, destination }: FiveTuple) => `${protocol}:${destination.port}`

/** What the whole recording says of the host: who listens, what is closed, and which flows it began itself. */
function evidenceOf(heard: readonly Heard[], address: Address, unreachable: ReadonlySet<string>): Evidence {
  const listeners = new Map<string, Socket>()
  const refused = new Set<string>(unreachable)
  const called = new Set<string>()
  const seen = new Set<string>()
  const accepted = new Set<string>()
  for (const { packet, tuple } of heard) {
    const inbound = packet.destination === address
    const arriving = inbound ? tuple : reverse(tuple)
    const key = tupleKey(arriving)
    const listener = socket(place(arriving), arriving, tuple.protocol === 'tcp' ? 'LISTEN' : 'UNCONN', false)
    const { transport } = packet
    if (isIcmp(packet)) continue
    if (transport.protocol === 'tcp') {
      const { syn, ack, rst } = transport.flags
      if (!inbound && syn && ack) listeners.set(place(arriving), listener)
      if (!inbound && !rst) accepted.add(key)
      if (!inbound && rst && !accepted.has(key)) refused.add(key)
      if (!inbound && syn && !ack) called.add(key)
    } else if (!inbound) {
      if (!seen.has(key)) called.add(key)
      else if (!called.has(key)) listeners.set(place(arriving), listener)
    }
    seen.add(key)
  }
  const closed = new Map<string, { protocol: 'tcp' | 'udp'; port: number }>()
  for (const { packet, tuple } of heard) {
    if (packet.destination !== address || listeners.has(place(tuple)) || !refused.has(tupleKey(tuple))) continue
    const { transport } = packet
    if (transport.protocol === 'udp' || isSyn(packet))
      closed.set(place(tuple), { protocol: tuple.protocol, port: tuple.destination.port })
  }
  return { listeners: [...listeners.values()], closed: [...closed.values()], refused, called }
}

interface Changes {
  opens: Socket[]
  closes: string[]
}

/** Walks through the recording and notes, for each packet that reached the host, how its sockets had changed before. */
function follow(heard: readonly Heard[], address: Address, evidence: Evidence) {
  const before: Socket[] = []
  const open = new Map<string, Socket>()
  const finished = new Map<string, { host: boolean; peer: boolean; hostFirst: boolean }>()
  const asked: CapturedArrival[] = []
  let changes: Changes = { opens: [], closes: [] }
  let unanswered = 0
  const listens = new Set(evidence.listeners.map(({ id }) => id))

  const openNow = (made: Socket) => {
    open.set(made.id, made)
    changes.opens.push(made)
  }
  const closeNow = (id: string) => {
    open.delete(id)
    finished.delete(id)
    changes.closes.push(id)
    changes.opens = changes.opens.filter((made) => made.id !== id)
  }
  const ask = ({ packet, bytes, ipOffset, time }: Heard) => {
    asked.push({ packet, bytes, ipOffset, time, ...changes })
    changes = { opens: [], closes: [] }
  }

  for (const record of heard) {
    const { packet, tuple } = record
    const inbound = packet.destination === address
    const arriving = inbound ? tuple : reverse(tuple)
    const key = tupleKey(arriving)
    const { transport } = packet
    if (isIcmp(packet)) {
      if (open.has(key)) ask(record)
      else unanswered++
      continue
    }
    if (transport.protocol === 'udp') {
      if (!inbound) {
        if (evidence.called.has(key) && !open.has(key)) openNow(socket(key, arriving, 'ESTAB', true))
      } else if (open.has(key) || listens.has(place(arriving)) || evidence.refused.has(key)) ask(record)
      else unanswered++
      continue
    }
    if (transport.protocol !== 'tcp') continue
    const { syn, ack, rst, fin } = transport.flags
    if (!inbound) {
      if (syn && !ack) openNow(socket(key, arriving, 'SYN-SENT', true))
      else if (rst) closeNow(key)
      else if (fin) end(key, 'host')
      continue
    }
    const known = open.get(key)
    if (syn && !ack && !known) {
      if (listens.has(place(arriving))) {
        ask(record)
        open.set(key, socket(key, arriving, 'ESTAB', true))
      } else if (evidence.refused.has(key)) ask(record)
      else unanswered++
      continue
    }
    if (!known && !evidence.refused.has(key) && !rst) {
      // The first that the recording knows of a connection that was there before it began.
      const made = socket(key, arriving, 'ESTAB', true)
      open.set(key, made)
      before.push(made)
    }
    ask(record)
    if (syn && ack && known) {
      closeNow(key)
      openNow(socket(key, arriving, 'ESTAB', true))
    } else if (rst && open.has(key)) closeNow(key)
    else if (fin) end(key, 'peer')
    else if (isLastAck(key, transport)) closeNow(key)
  }
  return { before, asked, unanswered }

  function end(key: string, side: 'host' | 'peer') {
    const sides = finished.get(key) ?? { host: false, peer: false, hostFirst: side === 'host' }
    finished.set(key, { ...sides, [side]: true })
  }

  /** The acknowledgement of the host's FIN after the peer's own: a passive close ends with it (RFC 9293 section 3.6). */
  function isLastAck(key: string, { flags }: Segment) {
    const sides = finished.get(key)
    return flags.ack && sides !== undefined && sides.host && sides.peer && !sides.hostFirst
  }
}

/** At most `count` arrivals in which no flow drowns the others; the socket changes of those left out are handed on. */
function thinOut(asked: readonly CapturedArrival[], count: number) {
  const flowOf = ({ packet }: CapturedArrival) => {
    const tuple = tupleOf(packet) ?? flowOfError(packet)
    return tuple ? tupleKey(tuple) : ''
  }
  const flows = new Set(asked.map(flowOf)).size
  const share = Math.max(PER_FLOW, Math.ceil(count / Math.max(1, flows)))
  const taken = new Map<string, number>()
  const arrivals: CapturedArrival[] = []
  let handed: Changes = { opens: [], closes: [] }
  let repetitive = 0
  for (const arrival of asked) {
    if (arrivals.length === count) break
    const flow = flowOf(arrival)
    const many = taken.get(flow) ?? 0
    const inARow = arrivals.slice(-IN_A_ROW)
    const opening = arrival.packet.transport.protocol === 'tcp' && arrival.packet.transport.flags.syn
    const dull =
      !opening &&
      flows > 1 &&
      (many >= share || (inARow.length === IN_A_ROW && inARow.every((earlier) => flowOf(earlier) === flow)))
    const opens = [...handed.opens.filter(({ id }) => !arrival.closes.includes(id)), ...arrival.opens]
    const closes = [...handed.closes, ...arrival.closes]
    if (dull) {
      handed = { opens, closes }
      repetitive++
      continue
    }
    handed = { opens: [], closes: [] }
    taken.set(flow, many + 1)
    arrivals.push({ ...arrival, opens, closes })
  }
  return { arrivals, repetitive }
}

/** What came to light in a shift: windows (connections), the doors behind which they are, and the protocols of those. */
export function litIn({ decisions }: Pick<Shift, 'decisions'>) {
  const windows = new Map<string, FiveTuple>()
  for (const { arrival, truth, right } of decisions) {
    const packet = right ? packetOf(arrival) : undefined
    const tuple = packet && (tupleOf(packet) ?? flowOfError(packet))
    // A listener's first datagram lights nothing: a UDP socket has no window of its own for each caller.
    if (tuple && (truth.kind === 'connection' || (truth.kind === 'listener' && tuple.protocol === 'tcp')))
      windows.set(tupleKey(tuple), tuple)
  }
  const flows = [...windows.values()]
  return {
    windows: flows.length,
    doors: new Set(flows.map(place)).size,
    protocols: new Set(flows.map(({ protocol }) => protocol)).size,
  }
}
