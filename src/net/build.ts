import type { Address } from './address'
import { familyOf } from './address'
import type { Packet, TcpFlags } from './packet'
import { writeTcpOptions } from './tcp'
import type { Endpoint } from './tuple'

/** What every packet needs besides its ends. */
interface IpPart {
  /** Time to live that is left, 0 to 255. */
  readonly ttl: number
  /** IPv4 identification, 0 to 65535; an IPv6 packet has none. */
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

/** The options of a SYN as Linux sends them: MSS, SACK permitted, timestamps, window scale 7 (RFC 9293, 2018, 7323). */
export const synOptions = (tsval: number, tsecr = 0, mss = 1460): Uint8Array =>
  writeTcpOptions([
    { kind: 'mss', bytes: mss },
    { kind: 'sackOK' },
    { kind: 'timestamps', val: tsval, ecr: tsecr },
    { kind: 'nop' },
    { kind: 'wscale', shift: 7 },
  ])

/** The options of a segment inside a connection: two no-operations and timestamps (RFC 7323 appendix A). */
export const timestampOptions = (tsval: number, tsecr: number): Uint8Array =>
  writeTcpOptions([{ kind: 'nop' }, { kind: 'nop' }, { kind: 'timestamps', val: tsval, ecr: tsecr }])

interface SegmentPart extends IpPart {
  readonly source: Endpoint
  readonly destination: Endpoint
  readonly seq: number
}

const isV4 = (address: Address): boolean => familyOf(address) === 4

const ipOf = ({ source, destination, ttl, identification }: IpPart & { source: Endpoint; destination: Endpoint }) => ({
  source: source.address,
  destination: destination.address,
  ttl,
  identification: isV4(source.address) ? identification : 0,
})

/**
 * The first segment of a connection (RFC 9293 section 3.5) as Linux sends it over Ethernet: the largest segment that fits
 * 1,500 bytes, and a window of about 64 KiB in whole segments.
 */
export const synPacket = (part: SegmentPart & { readonly tsval: number }): Packet => {
  const v4 = isV4(part.source.address)
  return segmentPacket({
    ...part,
    ack: 0,
    flags: { syn: true },
    window: v4 ? 64240 : 64800,
    options: synOptions(part.tsval, 0, v4 ? 1460 : 1440),
  })
}

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

/** Data in an open connection: PSH and ACK, with timestamps (RFC 9293 section 3.10.7.4, RFC 7323). */
export const dataPacket = (
  part: SegmentPart & {
    readonly ack: number
    readonly tsval: number
    readonly tsecr: number
    readonly payload: Uint8Array
  },
): Packet =>
  segmentPacket({
    ...part,
    flags: { psh: true, ack: true },
    window: 502,
    options: timestampOptions(part.tsval, part.tsecr),
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
): Packet => {
  const v4 = isV4(part.source)
  return {
    source: part.source,
    destination: part.destination,
    ttl: part.ttl,
    identification: v4 ? part.identification : 0,
    transport: {
      protocol: v4 ? 'icmp' : 'icmp6',
      type: v4 ? 8 : 128,
      code: 0,
      rest: part.identifier * 65536 + part.sequence,
      payload: part.payload,
    },
  }
}
