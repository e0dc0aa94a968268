import type { Address } from './address'
import type { Transport } from './packet'

/** IP protocol numbers (IANA) of what a packet can carry here. */
export const PROTOCOL_NUMBER: Readonly<Record<Transport['protocol'], number>> = { icmp: 1, tcp: 6, udp: 17, icmp6: 58 }

/** What an IP header says, with its options or extension headers passed over. */
export interface IpHeader {
  readonly source: Address
  readonly destination: Address
  readonly ttl: number
  readonly identification: number
  /** The protocol number of what the packet carries. */
  readonly protocol: number
  /** Where in the bytes what it carries begins, and where it ends: at the packet's end or the capture's, if that comes first. */
  readonly start: number
  readonly end: number
  /** True if the capture ends before the packet does. */
  readonly cut: boolean
  /** Only a whole packet or its first fragment has the transport header. */
  readonly fragment: 'whole' | 'first' | 'later'
}
