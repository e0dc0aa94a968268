import type { Malformed } from './malformed'
import { malformed, truncated } from './malformed'

/** EtherTypes (IANA): what follows an Ethernet II header. */
export const ETHERTYPE = { ip: 0x0800, arp: 0x0806, ip6: 0x86dd } as const

/** The types that announce a VLAN tag of four bytes (IEEE 802.1Q, 802.1ad, and two that were in use before it). */
const TAGS: readonly number[] = [0x8100, 0x88a8, 0x9100, 0x9200]

export const isVlanTag = (type: number): boolean => TAGS.includes(type)

/** The ends of an Ethernet II frame (IEEE 802.3), each as `02:00:00:00:00:01`. */
export interface Ethernet {
  readonly source: string
  readonly destination: string
}

/** The six bytes of a MAC address. Throws RangeError if the text is none. */
function macBytes(text: string): Uint8Array {
  if (!/^([0-9a-f]{2}:){5}[0-9a-f]{2}$/i.test(text)) throw new RangeError(`"${text}" is not a MAC address.`)
  return Uint8Array.from(text.split(':'), (part) => Number.parseInt(part, 16))
}

/** The text of the `length` bytes of a link-layer address at `offset`, lower case. */
export const formatMac = (bytes: Uint8Array, offset: number, length = 6): string =>
  Array.from(bytes.subarray(offset, offset + length), (byte) => byte.toString(16).padStart(2, '0')).join(':')

/** An Ethernet II header: 14 bytes in wire order, destination first. Throws RangeError if an address is none. */
export function writeEthernet({ source, destination }: Ethernet, type: number): Uint8Array {
  const bytes = new Uint8Array(14)
  bytes.set(macBytes(destination))
  bytes.set(macBytes(source), 6)
  bytes[12] = type >> 8
  bytes[13] = type & 255
  return bytes
}

/** An Ethernet header with the type behind its VLAN tags, and where what it carries begins. */
export interface EthernetHeader extends Ethernet {
  readonly type: number
  readonly start: number
}

/** Reads an Ethernet II header, past any VLAN tags. */
export function readEthernet(bytes: Uint8Array): EthernetHeader | Malformed {
  if (bytes.length < 14) return truncated(`An Ethernet header has 14 bytes, the capture ends after ${bytes.length}.`)
  const typeAt = (at: number) => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
  let start = 14
  while (isVlanTag(typeAt(start - 2))) {
    start += 4
    if (start > bytes.length) return truncated(`A VLAN tag ends at byte ${start}, the capture after ${bytes.length}.`)
  }
  const type = typeAt(start - 2)
  if (type < 0x0600)
    return malformed(`${type} is the length of an IEEE 802.3 frame, not the type of an Ethernet II frame.`)
  return { source: formatMac(bytes, 6), destination: formatMac(bytes, 0), type, start }
}
