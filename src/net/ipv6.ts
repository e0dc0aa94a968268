import { addressBytes, formatAddress } from './address'
import type { IpHeader } from './ip-header'
import { PROTOCOL_NUMBER } from './ip-header'
import type { Malformed } from './malformed'
import { malformed, truncated } from './malformed'
import type { Packet } from './packet'

const FRAGMENT = 44
const AUTHENTICATION = 51

/** Hop-by-hop, routing, fragment, authentication, destination options, mobility, HIP, shim6 (IANA; RFC 8200 section 4). */
const EXTENSIONS: readonly number[] = [0, 43, FRAGMENT, AUTHENTICATION, 60, 135, 139, 140]

/** True for an extension header: its first byte names the header that follows. */
export const isExtension = (protocol: number): boolean => EXTENSIONS.includes(protocol)

/** The length in bytes of the extension header at `at` (RFC 8200 section 4, RFC 4302 section 2.2). */
export function extensionLength(protocol: number, bytes: Uint8Array, at: number): number {
  const length = bytes[at + 1] ?? 0
  return protocol === FRAGMENT ? 8 : protocol === AUTHENTICATION ? (length + 2) * 4 : (length + 1) * 8
}

/** Writes an IPv6 header (RFC 8200 section 3), 40 bytes; traffic class and flow label are zero. */
export function writeIpv6(packet: Packet, length: number, bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer)
  view.setUint8(0, 0x60)
  view.setUint16(4, length)
  view.setUint8(6, PROTOCOL_NUMBER[packet.transport.protocol])
  view.setUint8(7, packet.ttl)
  bytes.set(addressBytes(packet.source), 8)
  bytes.set(addressBytes(packet.destination), 24)
}

/** Reads an IPv6 header (RFC 8200) at the start of the bytes and walks past its extension headers. */
export function readIpv6(bytes: Uint8Array): IpHeader | Malformed {
  if (bytes.length < 40) return truncated(`An IPv6 header has 40 bytes, the capture ends after ${bytes.length}.`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const stated = view.getUint16(4)
  // Zero is what a jumbogram (RFC 2675) or segmentation offload leaves: then the rest is the packet.
  const total = stated === 0 ? bytes.length : 40 + stated
  const cut = total > bytes.length
  const end = Math.min(total, bytes.length)
  let protocol = view.getUint8(6)
  let start = 40
  let fragment: IpHeader['fragment'] = 'whole'
  while (isExtension(protocol) && fragment !== 'later') {
    const length = start + 8 <= end ? extensionLength(protocol, bytes, start) : 8
    if (start + length > end)
      return (cut ? truncated : malformed)(
        `An IPv6 extension header ends at byte ${start + length}, the ${cut ? 'capture' : 'packet'} after ${end}.`,
      )
    if (protocol === FRAGMENT) {
      const offset = view.getUint16(start + 2)
      fragment = offset >> 3 !== 0 ? 'later' : (offset & 1) !== 0 ? 'first' : fragment
    }
    protocol = view.getUint8(start)
    start += length
  }
  return {
    source: formatAddress(bytes, 8, 6),
    destination: formatAddress(bytes, 24, 6),
    ttl: view.getUint8(7),
    identification: 0,
    protocol,
    start,
    end,
    cut,
    fragment,
  }
}
