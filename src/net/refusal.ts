import type { Address } from './address'
import { familyOf } from './address'
import { NO_FLAGS } from './build'
import { encodeIp } from './frame'
import type { Packet, Segment, Transport } from './packet'

/** The TTL with which hosts send (RFC 1700, Linux). */
export const TTL = 64

/** A packet back to the sender, from the address that was asked or from another. */
export const back = ({ source, destination }: Packet, transport: Transport, from: Address = destination): Packet => ({
  source: from,
  destination: source,
  ttl: TTL,
  identification: 0,
  transport,
})

/** The bytes a segment takes of the sequence space: its data, and one each for SYN and FIN (RFC 9293 section 3.4). */
const sequenceLength = ({ payload, flags }: Segment): number => payload.length + Number(flags.syn) + Number(flags.fin)

/** The reset for a segment that belongs to no connection (RFC 9293 section 3.10.7.1). */
export function reset(packet: Packet, segment: Segment): Packet {
  const { ack } = segment.flags
  return back(packet, {
    protocol: 'tcp',
    sourcePort: segment.destinationPort,
    destinationPort: segment.sourcePort,
    seq: ack ? segment.ack : 0,
    ack: ack ? 0 : (segment.seq + sequenceLength(segment)) >>> 0,
    flags: { ...NO_FLAGS, rst: true, ack: !ack },
    window: 0,
    urgent: 0,
    options: new Uint8Array(),
    payload: new Uint8Array(),
  })
}

/** Why a packet could not be delivered, as ICMP says it. */
export type Unreachable = 'network' | 'host' | 'port' | 'admin-prohibited'

/** Codes of ICMP type 3 (RFC 792, RFC 1812 section 5.2.7.1) and of ICMPv6 type 1 (RFC 4443 section 3.1). */
const CODES: Readonly<Record<Unreachable, readonly [icmp: number, icmp6: number]>> = {
  network: [0, 0],
  host: [1, 3],
  port: [3, 4],
  'admin-prohibited': [13, 1],
}

/**
 * An ICMP error about a packet, with as much of it as fits into 576 bytes (RFC 1812 section 4.3.2.3) or IPv6's least MTU of
 * 1,280. It comes from the address that was asked, unless a router on the way speaks.
 */
const icmpError = (packet: Packet, type: number, code: number, from?: Address): Packet => {
  const v4 = familyOf(packet.source) === 4
  const room = v4 ? 576 - 28 : 1280 - 48
  const payload = encodeIp(packet).slice(0, room)
  return back(packet, { protocol: v4 ? 'icmp' : 'icmp6', type, code, rest: 0, payload }, from)
}

/** Destination unreachable: ICMP type 3 (RFC 792) or ICMPv6 type 1 (RFC 4443 section 3.1). */
export function unreachable(packet: Packet, why: Unreachable, from?: Address): Packet {
  const v4 = familyOf(packet.source) === 4
  return icmpError(packet, v4 ? 3 : 1, CODES[why][v4 ? 0 : 1], from)
}

/** Time exceeded in transit: ICMP type 11 or ICMPv6 type 3, code 0 (RFC 792, RFC 4443 section 3.3). */
export const timeExceeded = (packet: Packet, from: Address): Packet =>
  icmpError(packet, familyOf(packet.source) === 4 ? 11 : 3, 0, from)
