import { addressBytes, formatAddress } from './address'
import { checkChecksum, internetChecksum } from './checksum'
import type { Checksum } from './checksum'
import type { IpHeader } from './ip-header'
import { PROTOCOL_NUMBER } from './ip-header'
import type { Malformed } from './malformed'
import { malformed, truncated } from './malformed'
import type { Packet, Transport } from './packet'

const DONT_FRAGMENT = 0x4000

/** As Linux sends: DF on what takes part in path MTU discovery (RFC 1191), not on ICMP's answers. */
const flagsOf = (transport: Transport): number =>
  transport.protocol === 'icmp' && transport.type !== 8 ? 0 : DONT_FRAGMENT

/** ICMP errors go out with precedence "internetwork control" (RFC 1812 section 4.3.2.5). */
const serviceOf = (transport: Transport): number =>
  transport.protocol === 'icmp' && [3, 4, 5, 11, 12].includes(transport.type) ? 0xc0 : 0

/** Writes an IPv4 header without options (RFC 791 section 3.1), 20 bytes, its checksum right. */
export function writeIpv4(packet: Packet, length: number, bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer)
  view.setUint8(0, 0x45)
  view.setUint8(1, serviceOf(packet.transport))
  view.setUint16(2, 20 + length)
  view.setUint16(4, packet.identification)
  view.setUint16(6, flagsOf(packet.transport))
  view.setUint8(8, packet.ttl)
  view.setUint8(9, PROTOCOL_NUMBER[packet.transport.protocol])
  bytes.set(addressBytes(packet.source), 12)
  bytes.set(addressBytes(packet.destination), 16)
  view.setUint16(10, internetChecksum(bytes, 0, 20))
}

/** Reads an IPv4 header (RFC 791 section 3.1) at the start of the bytes. */
export function readIpv4(bytes: Uint8Array): IpHeader | Malformed {
  if (bytes.length < 20)
    return truncated(`An IPv4 header has at least 20 bytes, the capture ends after ${bytes.length}.`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const start = (view.getUint8(0) & 15) * 4
  if (start < 20) return malformed(`An IPv4 header has at least 20 bytes, this one says ${start}.`)
  const stated = view.getUint16(2)
  // A total length of zero is what segmentation offload leaves in a capture: then the rest is the packet.
  const total = stated === 0 ? bytes.length : stated
  if (total < start) return malformed(`The IPv4 packet says ${total} bytes, its header alone says ${start}.`)
  if (start > bytes.length)
    return truncated(`The IPv4 header says ${start} bytes, the capture ends after ${bytes.length}.`)
  const fragment = view.getUint16(6)
  return {
    source: formatAddress(bytes, 12, 4),
    destination: formatAddress(bytes, 16, 4),
    ttl: view.getUint8(8),
    identification: view.getUint16(4),
    protocol: view.getUint8(9),
    start,
    end: Math.min(total, bytes.length),
    cut: total > bytes.length,
    fragment: (fragment & 0x1fff) !== 0 ? 'later' : (fragment & 0x2000) !== 0 ? 'first' : 'whole',
  }
}

/** The header checksum of an IPv4 packet that `readIpv4` can read. */
export const ipv4Checksum = (bytes: Uint8Array): Checksum => checkChecksum(bytes, 10, 0, ((bytes[0] ?? 0) & 15) * 4)
