import type { Address } from './address'
import { familyOf } from './address'
import { datagram, segmentPacket, synOptions } from './build'
import type { IcmpMessage, Packet } from './packet'
import type { Endpoint, Protocol } from './tuple'

/** What a caller hears when it sends a packet: the answer that comes back to it, or nothing. */
export type Responder = (probe: Packet) => Packet | undefined

/** How ports are asked (nmap(1), PORT SCANNING TECHNIQUES): `-sS`, `-sT`, `-sU`. */
export type ScanTechnique = 'syn' | 'connect' | 'udp'

/**
 * What a scanner says of a port (nmap(1), PORT SCANNING BASICS). `open|filtered`: no answer, and an open port would not have
 * had to answer either.
 */
export type PortState = 'open' | 'closed' | 'filtered' | 'open|filtered'

/** Why it says so, as `nmap --reason` prints it. */
export type ScanReason =
  | 'syn-ack'
  | 'reset'
  | 'conn-refused'
  | 'udp-response'
  | 'no-response'
  | 'net-unreach'
  | 'host-unreach'
  | 'proto-unreach'
  | 'port-unreach'
  | 'net-prohibited'
  | 'host-prohibited'
  | 'admin-prohibited'
  | 'no-route'

export interface ScannedPort {
  readonly protocol: Protocol
  readonly port: number
  readonly state: PortState
  readonly reason: ScanReason
  /** Of the packet that came back, as far as the technique sees one. */
  readonly ttl?: number
}

export interface Scan {
  readonly technique: ScanTechnique
  /** From where the probes come. */
  readonly source: Endpoint
  readonly target: Address
  readonly ports: readonly number[]
}

/** Of all probes the same, so made once: what a SYN offers over Ethernet, by family. */
const OFFERS = { 4: synOptions(1, 0, 1460), 6: synOptions(1, 0, 1440) } as const
const NO_PAYLOAD = new Uint8Array()

/** The first packet of a flow as a scanner sends it: a SYN, or an empty datagram. Always the same one for the same ends. */
export const probePacket = (protocol: Protocol, source: Endpoint, destination: Endpoint): Packet => {
  const ip = { ttl: 64, identification: 1, source, destination }
  if (protocol === 'udp') return datagram({ ...ip, payload: NO_PAYLOAD })
  const options = OFFERS[familyOf(destination.address)]
  return segmentPacket({
    ...ip,
    seq: 1_000_000 + destination.port,
    ack: 0,
    flags: { syn: true },
    window: 64_240,
    options,
  })
}

/**
 * What a port scan finds, port by port in the order asked:
 * - `syn` reads the packets: SYN and ACK is open, a reset closed, silence and every ICMP unreachable filtered;
 * - `connect` reads what connect(2) says: a connection is open; refused is closed, whether by a reset or by ICMP port
 *   unreachable, which Linux reports alike (icmp(7)); a time-out or another error is filtered;
 * - `udp`: an answer is open, ICMP port unreachable closed, another unreachable filtered, silence open|filtered.
 */
export function scan(responder: Responder, { technique, source, target, ports }: Scan): readonly ScannedPort[] {
  const protocol = technique === 'udp' ? 'udp' : 'tcp'
  return ports.map((port) => {
    const answer = responder(probePacket(protocol, source, { address: target, port }))
    return { protocol, port, ...FINDINGS[technique](answer) }
  })
}

type Finding = Pick<ScannedPort, 'state' | 'reason' | 'ttl'>

const FINDINGS: Readonly<Record<ScanTechnique, (answer: Packet | undefined) => Finding>> = {
  syn(answer) {
    if (!answer) return { state: 'filtered', reason: 'no-response' }
    const { transport, ttl } = answer
    if (transport.protocol === 'tcp')
      return transport.flags.rst ? { state: 'closed', reason: 'reset', ttl } : { state: 'open', reason: 'syn-ack', ttl }
    const reason = unreachable(answer)
    return reason ? { state: 'filtered', reason, ttl } : { state: 'filtered', reason: 'no-response' }
  },
  connect(answer) {
    if (!answer) return { state: 'filtered', reason: 'no-response' }
    const { transport } = answer
    if (transport.protocol === 'tcp')
      return transport.flags.rst ? { state: 'closed', reason: 'conn-refused' } : { state: 'open', reason: 'syn-ack' }
    const reason = unreachable(answer)
    if (reason === 'port-unreach') return { state: 'closed', reason: 'conn-refused' }
    const family = transport.protocol === 'icmp6' ? 'icmp6' : 'icmp'
    return { state: 'filtered', reason: (reason && CONNECT_REASONS[family][reason]) ?? 'no-response' }
  },
  udp(answer) {
    if (!answer) return { state: 'open|filtered', reason: 'no-response' }
    const { transport, ttl } = answer
    if (transport.protocol === 'udp') return { state: 'open', reason: 'udp-response', ttl }
    const reason = unreachable(answer)
    if (!reason) return { state: 'open|filtered', reason: 'no-response' }
    return { state: reason === 'port-unreach' ? 'closed' : 'filtered', reason, ttl }
  },
}

/**
 * How an ICMP unreachable reaches a program that called connect(2): the kernel makes an error number of it, ENETUNREACH,
 * EHOSTUNREACH or EACCES (Linux: icmp_err_convert; icmpv6_err_convert, tab_unreach).
 */
const CONNECT_REASONS: Readonly<Record<'icmp' | 'icmp6', Readonly<Partial<Record<ScanReason, ScanReason>>>>> = {
  icmp: {
    'net-unreach': 'net-unreach',
    'net-prohibited': 'net-unreach',
    'host-unreach': 'host-unreach',
    'host-prohibited': 'host-unreach',
    'admin-prohibited': 'host-unreach',
  },
  icmp6: { 'no-route': 'net-unreach', 'host-unreach': 'host-unreach', 'admin-prohibited': 'admin-prohibited' },
}

/** Destination unreachable by its code: ICMP type 3 (RFC 792, RFC 1812), ICMPv6 type 1 (RFC 4443). */
const UNREACHABLE4: Readonly<Record<number, ScanReason>> = {
  0: 'net-unreach',
  1: 'host-unreach',
  2: 'proto-unreach',
  3: 'port-unreach',
  9: 'net-prohibited',
  10: 'host-prohibited',
  13: 'admin-prohibited',
}
const UNREACHABLE6: Readonly<Record<number, ScanReason>> = {
  0: 'no-route',
  1: 'admin-prohibited',
  3: 'host-unreach',
  4: 'port-unreach',
}

const unreachable = ({ transport }: Packet): ScanReason | undefined => {
  if (transport.protocol !== 'icmp' && transport.protocol !== 'icmp6') return undefined
  const { protocol, type, code }: IcmpMessage = transport
  if (protocol === 'icmp') return type === 3 ? UNREACHABLE4[code] : undefined
  return type === 1 ? UNREACHABLE6[code] : undefined
}
