import type { Family } from './address'
import type { Endpoint, Protocol } from './tuple'

/** The states as `ss` names them (RFC 9293 section 3.3.2; UNCONN is a UDP socket or an unbound TCP one). */
export const SOCKET_STATES = [
  'UNCONN',
  'LISTEN',
  'SYN-SENT',
  'SYN-RECV',
  'ESTAB',
  'FIN-WAIT-1',
  'FIN-WAIT-2',
  'CLOSE-WAIT',
  'LAST-ACK',
  'CLOSING',
  'TIME-WAIT',
] as const

export type SocketState = (typeof SOCKET_STATES)[number]

export type SocketId = string

/**
 * One end of communication in a host's kernel (socket(7)). A listener or an unconnected UDP socket has no `peer`; a
 * connected socket has one. A wildcard `local.address` means all of the host's addresses.
 */
export interface Socket {
  readonly id: SocketId
  readonly protocol: Protocol
  /** The family the socket was made with; a family 6 socket sees IPv4 peers as v4-mapped addresses. */
  readonly family: Family
  /** IPV6_V6ONLY: a wildcard family 6 socket then takes no IPv4 (ipv6(7)). */
  readonly v6only: boolean
  readonly local: Endpoint
  readonly peer?: Endpoint
  readonly state: SocketState
  readonly reuseaddr: boolean
  readonly reuseport: boolean
  /** The effective user that made it: reuseport groups share only within one user (socket(7)). */
  readonly uid: number
}
