import { familyOf } from './address'
import type { Checksum } from './checksum'
import { checkChecksum, internetChecksum, onesSum } from './checksum'
import type { Ethernet } from './ethernet'
import { ETHERTYPE, readEthernet, writeEthernet } from './ethernet'
import { icmpLength, readIcmp, writeIcmp } from './icmp'
import type { IpHeader } from './ip-header'
import { PROTOCOL_NUMBER } from './ip-header'
import { ipv4Checksum, readIpv4, writeIpv4 } from './ipv4'
import { readIpv6, writeIpv6 } from './ipv6'
import type { Malformed } from './malformed'
import { malformed, truncated } from './malformed'
import type { Packet, Transport } from './packet'
import { readTcp, tcpLength, writeTcp } from './tcp'
import { readUdp, udpLength, writeUdp } from './udp'

export type { Malformed } from './malformed'

/** An Ethernet II frame (IEEE 802.3) with an IP packet in it. */
export interface Frame {
  readonly ethernet: Ethernet
  readonly packet: Packet
}

function lengthOf(transport: Transport): number {
  switch (transport.protocol) {
    case 'tcp':
      return tcpLength(transport)
    case 'udp':
      return udpLength(transport)
    default:
      return icmpLength(transport)
  }
}

function writeTransport(transport: Transport, bytes: Uint8Array, at: number): void {
  switch (transport.protocol) {
    case 'tcp':
      return writeTcp(transport, bytes, at)
    case 'udp':
      return writeUdp(transport, bytes, at)
    default:
      return writeIcmp(transport, bytes, at)
  }
}

/** Where in its header each protocol has its checksum. */
const CHECKSUM_AT: Readonly<Record<number, number>> = {
  [PROTOCOL_NUMBER.icmp]: 2,
  [PROTOCOL_NUMBER.tcp]: 16,
  [PROTOCOL_NUMBER.udp]: 6,
  [PROTOCOL_NUMBER.icmp6]: 2,
}

/**
 * The sum of the pseudo header (RFC 9293 section 3.1, RFC 768, RFC 8200 section 8.1): addresses, protocol and length of
 * what an IP packet carries. ICMP over IPv4 has none.
 */
function pseudoSum(ip: Uint8Array, protocol: number, length: number): number {
  if (protocol === PROTOCOL_NUMBER.icmp) return 0
  const [start, end] = (ip[0] ?? 0) >> 4 === 4 ? [12, 20] : [8, 40]
  return onesSum(ip, start, end, protocol + length)
}

/**
 * The bytes of an IP packet: IPv4 (RFC 791) or IPv6 (RFC 8200) by its addresses, all checksums right. Throws RangeError
 * if the addresses are of different families or none at all, or if it is too long for its length field.
 */
export function encodeIp(packet: Packet): Uint8Array {
  const { source, destination, transport } = packet
  const v4 = familyOf(source) === 4
  if (familyOf(source) !== familyOf(destination))
    throw new RangeError(`${source} and ${destination} are of different families.`)
  const header = v4 ? 20 : 40
  const length = lengthOf(transport)
  const longest = v4 ? 65535 - header : 65535
  if (length > longest) throw new RangeError(`An IP packet carries at most ${longest} bytes here, not ${length}.`)
  const bytes = new Uint8Array(header + length)
  if (v4) writeIpv4(packet, length, bytes)
  else writeIpv6(packet, length, bytes)
  writeTransport(transport, bytes, header)
  const protocol = PROTOCOL_NUMBER[transport.protocol]
  const sum = internetChecksum(bytes, header, bytes.length, pseudoSum(bytes, protocol, length))
  // A UDP checksum of zero means "none", so a sum of zero is sent as all ones (RFC 768).
  const stated = transport.protocol === 'udp' && sum === 0 ? 0xffff : sum
  new DataView(bytes.buffer).setUint16(header + (CHECKSUM_AT[protocol] ?? 0), stated)
  return bytes
}

/** Reads the header of an IP packet of either version. */
function readIp(bytes: Uint8Array): IpHeader | Malformed {
  if (bytes.length === 0) return truncated('An IP header has at least 20 bytes, the capture ends before it.')
  const version = (bytes[0] ?? 0) >> 4
  if (version === 4) return readIpv4(bytes)
  if (version === 6) return readIpv6(bytes)
  return malformed(`IP has version 4 or 6, this packet says ${version}.`)
}

/**
 * Reads an IP packet. Bytes behind its own length (Ethernet padding) are not part of it; IPv4 options and IPv6 extension
 * headers are passed over. A packet that the capture cuts behind its transport header is read as far as it goes.
 */
export function decodeIp(bytes: Uint8Array): Packet | Malformed {
  const ip = readIp(bytes)
  if ('malformed' in ip) return ip
  if (ip.fragment === 'later')
    return malformed('A later fragment of an IP packet has no transport header: the ports are in the first one.')
  const transport = readTransport(bytes.subarray(ip.start, ip.end), ip)
  if ('malformed' in transport) return transport
  const { source, destination, ttl, identification } = ip
  return { source, destination, ttl, identification, transport }
}

function readTransport(bytes: Uint8Array, { protocol, cut, fragment }: IpHeader): Transport | Malformed {
  switch (protocol) {
    case PROTOCOL_NUMBER.tcp:
      return readTcp(bytes, cut)
    case PROTOCOL_NUMBER.udp:
      return readUdp(bytes, cut || fragment === 'first')
    case PROTOCOL_NUMBER.icmp:
      return readIcmp(bytes, 'icmp', cut)
    case PROTOCOL_NUMBER.icmp6:
      return readIcmp(bytes, 'icmp6', cut)
    default:
      return malformed(`IP protocol ${protocol} is neither TCP nor UDP nor ICMP.`)
  }
}

/** The bytes of a frame without its check sequence, as captures have it. Throws RangeError like `encodeIp`. */
export function encodeFrame({ ethernet, packet }: Frame): Uint8Array {
  const header = writeEthernet(ethernet, familyOf(packet.source) === 4 ? ETHERTYPE.ip : ETHERTYPE.ip6)
  const ip = encodeIp(packet)
  const bytes = new Uint8Array(header.length + ip.length)
  bytes.set(header)
  bytes.set(ip, header.length)
  return bytes
}

/** Reads a frame with an IP packet in it, past any VLAN tags. */
export function decodeFrame(bytes: Uint8Array): Frame | Malformed {
  const ethernet = readEthernet(bytes)
  if ('malformed' in ethernet) return ethernet
  const { source, destination, type, start } = ethernet
  if (type !== ETHERTYPE.ip && type !== ETHERTYPE.ip6)
    return malformed(`EtherType 0x${type.toString(16).padStart(4, '0')} is neither IPv4 nor IPv6.`)
  const packet = decodeIp(bytes.subarray(start))
  return 'malformed' in packet ? packet : { ethernet: { source, destination }, packet }
}

/**
 * The checksums of an IP packet: of its header (IPv4 only) and of what it carries. One is undefined where there is none
 * (IPv6; UDP over IPv4 that sent zero, RFC 768) or where not all the bytes it covers are there.
 */
export function checksumsOf(bytes: Uint8Array): { readonly ip?: Checksum; readonly transport?: Checksum } {
  const header = readIp(bytes)
  if ('malformed' in header) return {}
  const v4 = (bytes[0] ?? 0) >> 4 === 4
  const ip = v4 ? { ip: ipv4Checksum(bytes) } : {}
  const { protocol, start, end, cut, fragment } = header
  const at = start + (CHECKSUM_AT[protocol] ?? Number.POSITIVE_INFINITY)
  if (cut || fragment !== 'whole' || at + 2 > end) return ip
  const transport = checkChecksum(bytes, at, start, end, pseudoSum(bytes, protocol, end - start))
  return v4 && protocol === PROTOCOL_NUMBER.udp && transport.stated === 0 ? ip : { ...ip, transport }
}
