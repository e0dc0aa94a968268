import type { Address } from './address'
import { familyOf } from './address'
import type { Packet, TcpFlags } from './packet'
import type { Endpoint } from './tuple'

/** What every packet needs besides its ends. */
interface IpPart {
  /** Time to live that is left, 0 to 255. */
  readonly ttl: number
  /** IPv4 identification, 0 to 65535. */
  readonly identification: number
}

export const NO_FLAGS: TcpFlags = {
  fin: false,
  syn: false,
  rst: false,
  psh: false,
  ack: false,
  urg: false,
  ece: false,
  cwr: false,
}

const word = (value: number) => [(value >>> 24) & 255, (value >>> 16) & 255, (value >>> 8) & 255, value & 255]

/** The options of a SYN as Linux sends them: MSS, SACK permitted, timestamps, window scale 7 (RFC 9293, 2018, 7323). */
export const synOptions = (tsval: number, tsecr = 0, mss = 1460): Uint8Array =>
  Uint8Array.from([2, 4, mss >> 8, mss & 255, 4, 2, 8, 10, ...word(tsval), ...word(tsecr), 1, 3, 3, 7])

/** The options of a segment inside a connection: two no-operations and timestamps (RFC 7323 appendix A). */
export const timestampOptions = (tsval: number, tsecr: number): Uint8Array =>
  Uint8Array.from([1, 1, 8, 10, ...word(tsval), ...word(tsecr)])

interface SegmentPart extends IpPart {
  readonly source: Endpoint
  readonly destination: Endpoint
  readonly seq: number
}

const ipOf = ({ source, destination, ttl, identification }: IpPart & { source: Endpoint; destination: Endpoint }) => ({
  source: source.address,
  destination: destination.address,
  ttl,
  identification: familyOf(source.address) === 4 ? identification : 0,
})

/** The first segment of a connection (RFC 9293 section 3.5). */
export const synPacket = (part: SegmentPart & { readonly tsval: number }): Packet => ({
  ...ipOf(part),
  transport: {
    protocol: 'tcp',
    sourcePort: part.source.port,
    destinationPort: part.destination.port,
    seq: part.seq,
    ack: 0,
    flags: { ...NO_FLAGS, syn: true },
    window: 64240,
    urgent: 0,
    options: synOptions(part.tsval),
    payload: new Uint8Array(),
  },
})

/** A segment of a connection: whatever flags, acknowledgement and data are given. */
export const segmentPacket = (
  part: SegmentPart & {
    readonly ack: number
    readonly flags: Partial<TcpFlags>
    readonly window: number
    readonly options?: Uint8Array
    readonly payload?: Uint8Array
  },
): Packet => ({
  ...ipOf(part),
  transport: {
    protocol: 'tcp',
    sourcePort: part.source.port,
    destinationPort: part.destination.port,
    seq: part.seq,
    ack: part.ack,
    flags: { ...NO_FLAGS, ...part.flags },
    window: part.window,
    urgent: 0,
    options: part.options ?? new Uint8Array(),
    payload: part.payload ?? new Uint8Array(),
  },
})

/** A UDP datagram (RFC 768). */
export const datagram = (
  part: IpPart & { readonly source: Endpoint; readonly destination: Endpoint; readonly payload: Uint8Array },
): Packet => ({
  ...ipOf(part),
  transport: {
    protocol: 'udp',
    sourcePort: part.source.port,
    destinationPort: part.destination.port,
    payload: part.payload,
  },
})

/** An echo request: ICMP type 8 (RFC 792) or ICMPv6 type 128 (RFC 4443 section 4.1). */
export const ping = (
  part: IpPart & {
    readonly source: Address
    readonly destination: Address
    readonly identifier: number
    readonly sequence: number
    readonly payload: Uint8Array
  },
): Packet => ({
  source: part.source,
  destination: part.destination,
  ttl: part.ttl,
  identification: familyOf(part.source) === 4 ? part.identification : 0,
  transport: {
    protocol: familyOf(part.source) === 4 ? 'icmp' : 'icmp6',
    type: familyOf(part.source) === 4 ? 8 : 128,
    code: 0,
    rest: part.identifier * 65536 + part.sequence,
    payload: part.payload,
  },
})
