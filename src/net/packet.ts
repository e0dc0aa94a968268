import type { Address } from './address'
import type { FiveTuple } from './tuple'

/** TCP's control bits (RFC 9293 section 3.1, RFC 3168, RFC 9768 for AE), true when set. */
export interface TcpFlags {
  readonly fin: boolean
  readonly syn: boolean
  readonly rst: boolean
  readonly psh: boolean
  readonly ack: boolean
  readonly urg: boolean
  readonly ece: boolean
  readonly cwr: boolean
}

/** A TCP segment (RFC 9293). `options` are the option bytes as they stand on the wire, padded to a multiple of four. */
export interface Segment {
  readonly protocol: 'tcp'
  readonly sourcePort: number
  readonly destinationPort: number
  readonly seq: number
  readonly ack: number
  readonly flags: TcpFlags
  readonly window: number
  readonly urgent: number
  readonly options: Uint8Array
  readonly payload: Uint8Array
}

/** A UDP datagram (RFC 768). */
export interface Datagram {
  readonly protocol: 'udp'
  readonly sourcePort: number
  readonly destinationPort: number
  readonly payload: Uint8Array
}

/**
 * An ICMP (RFC 792) or ICMPv6 (RFC 4443) message. `rest` is the second word of the header (identifier and sequence number
 * of an echo, unused or MTU in an error); `payload` is what follows, in an error the start of the packet that provoked it.
 */
export interface IcmpMessage {
  readonly protocol: 'icmp' | 'icmp6'
  readonly type: number
  readonly code: number
  readonly rest: number
  readonly payload: Uint8Array
}

export type Transport = Segment | Datagram | IcmpMessage

/** An IP packet with what it carries. The family is that of its addresses. */
export interface Packet {
  readonly source: Address
  readonly destination: Address
  /** Time to live (IPv4) or hop limit (IPv6), 0 to 255. */
  readonly ttl: number
  /** IPv4 identification, 0 to 65535; IPv6 packets have 0 here. */
  readonly identification: number
  readonly transport: Transport
}

/** True for the first segment of a connection: SYN without ACK (RFC 9293 section 3.5). */
export const isSyn = ({ transport }: Packet): boolean =>
  transport.protocol === 'tcp' && transport.flags.syn && !transport.flags.ack

/** The packet's five-tuple, or undefined for a protocol without ports (ICMP has a type and a code instead). */
export function tupleOf({ source, destination, transport }: Packet): FiveTuple | undefined {
  if (transport.protocol !== 'tcp' && transport.protocol !== 'udp') return undefined
  return {
    protocol: transport.protocol,
    source: { address: source, port: transport.sourcePort },
    destination: { address: destination, port: transport.destinationPort },
  }
}
