import type { Address } from './address'
import { isLoopback } from './address'
import { NO_FLAGS, synOptions } from './build'
import { demux } from './demux'
import { decodeIp } from './frame'
import type { Host } from './host'
import type { IcmpMessage, Packet, Segment } from './packet'
import { tupleOf } from './packet'
import { back, reset, unreachable } from './refusal'
import { parseTcpOptions } from './tcp'
import type { FiveTuple } from './tuple'
import { reverse } from './tuple'
import type { Verdict } from './verdict'

/** Why a host does what it does with a packet. */
export type Why =
  | 'connection'
  | 'listener'
  | 'closed-port'
  | 'no-connection'
  | 'rst-never-answered'
  | 'not-my-address'
  | 'to-everybody'
  | 'ping'
  | 'icmp-error'
  | 'not-asked'

/** What a host does with a packet that arrives, why, and the packet it sends back, if any. */
export interface Received {
  readonly verdict: Verdict
  readonly why: Why
  readonly answer?: Packet
}

const drop = (why: Why): Received => ({ verdict: { kind: 'drop' }, why })

/**
 * What the host does with a packet that reaches it, by the same rules as the kernel: its own address first, then the socket
 * (`demux`), and where there is none, the refusal of the packet's own protocol.
 */
export function receive(host: Host, packet: Packet): Received {
  const { transport, destination } = packet
  if (isMulticast(destination)) return drop('to-everybody')
  if (!host.addresses.includes(destination) && !isLoopback(destination)) return drop('not-my-address')
  const tuple = tupleOf(packet)
  if (transport.protocol === 'tcp' && tuple) return receiveSegment(host, packet, transport, tuple)
  if (transport.protocol === 'udp' && tuple) return receiveDatagram(host, packet, tuple)
  if (transport.protocol === 'icmp' || transport.protocol === 'icmp6') return receiveIcmp(host, packet, transport)
  return drop('not-asked')
}

/** 224.0.0.0/4 and 255.255.255.255 (RFC 1112, RFC 919), ff00::/8 (RFC 4291 section 2.7). */
const isMulticast = (address: Address): boolean =>
  address.includes(':') ? address.startsWith('ff') && address.indexOf(':') === 4 : Number(address.split('.')[0]) >= 224

function receiveSegment(host: Host, packet: Packet, segment: Segment, tuple: FiveTuple): Received {
  const { syn, ack, rst } = segment.flags
  const found = demux(host.table, tuple)
  if (found?.by === 'connection') return { verdict: { kind: 'connection', socket: found.socket.id }, why: 'connection' }
  // A reset is never answered with a reset (RFC 9293 section 3.5.2).
  if (rst) return drop('rst-never-answered')
  if (found && syn && !ack)
    return { verdict: { kind: 'listener', socket: found.socket.id }, why: 'listener', answer: synAck(packet, segment) }
  return {
    verdict: { kind: 'rst' },
    why: syn && !ack ? 'closed-port' : 'no-connection',
    answer: reset(packet, segment),
  }
}

const timestampOf = ({ options }: Segment): number =>
  parseTcpOptions(options).find((option) => option.kind === 'timestamps')?.val ?? 0

/** The second step of the handshake (RFC 9293 section 3.5). The initial sequence number follows from the packet. */
function synAck(packet: Packet, segment: Segment): Packet {
  return back(packet, {
    protocol: 'tcp',
    sourcePort: segment.destinationPort,
    destinationPort: segment.sourcePort,
    seq: Math.imul(segment.seq ^ segment.sourcePort, 2654435761) >>> 0,
    ack: (segment.seq + 1) >>> 0,
    flags: { ...NO_FLAGS, syn: true, ack: true },
    window: 65160,
    urgent: 0,
    // It echoes the timestamp of the SYN (RFC 7323 section 3.2).
    options: synOptions(segment.seq, timestampOf(segment)),
    payload: new Uint8Array(),
  })
}

function receiveDatagram(host: Host, packet: Packet, tuple: FiveTuple): Received {
  const found = demux(host.table, tuple)
  if (found) return { verdict: { kind: found.by, socket: found.socket.id }, why: found.by }
  return { verdict: { kind: 'icmp' }, why: 'closed-port', answer: unreachable(packet, 'port') }
}

function receiveIcmp(host: Host, packet: Packet, message: IcmpMessage): Received {
  const v4 = message.protocol === 'icmp'
  if (message.type === (v4 ? 8 : 128)) {
    const reply = back(packet, { ...message, type: v4 ? 0 : 129 })
    return { verdict: { kind: 'echo-reply' }, why: 'ping', answer: reply }
  }
  const isError = v4 ? [3, 4, 5, 11, 12].includes(message.type) : message.type < 128
  const quoted = isError ? quotedTuple(message) : undefined
  const found = quoted && demux(host.table, reverse(quoted))
  return found ? { verdict: { kind: 'connection', socket: found.socket.id }, why: 'icmp-error' } : drop('icmp-error')
}

/** The five-tuple of the packet that an ICMP error quotes, as far as the quote goes: the ports are in its first four bytes. */
export function quotedTuple({ payload }: IcmpMessage): FiveTuple | undefined {
  const padded = new Uint8Array(Math.max(payload.length, 128))
  padded.set(payload)
  // An error quotes the beginning only: what is missing of the TCP header is filled up so that it can be read.
  const header = (padded[0] ?? 0) >> 4 === 4 ? ((padded[0] ?? 0) & 15) * 4 : 40
  if (payload.length < header + 4) return undefined
  if ((padded[header + 12] ?? 0) >> 4 < 5) padded[header + 12] = 0x50
  const packet = decodeIp(padded)
  return 'malformed' in packet ? undefined : tupleOf(packet)
}
