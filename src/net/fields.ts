import { formatAddress } from './address'
import { ETHERTYPE, formatMac, isVlanTag } from './ethernet'
import { hexOf } from './hex'
import { extensionLength, isExtension } from './ipv6'
import { PROTOCOL_NUMBER } from './ip-header'
import { flagLetters, readFlags } from './tcp'
import { tcpOptionsText } from './tcpdump-tcp'

/** The parts of a frame that have names, each a run of whole bytes. */
export type FieldId =
  | 'ethernet.destination'
  | 'ethernet.source'
  | 'ethernet.type'
  | 'ip.versionAndLength'
  | 'ip.service'
  | 'ip.totalLength'
  | 'ip.identification'
  | 'ip.fragment'
  | 'ip.ttl'
  | 'ip.protocol'
  | 'ip.checksum'
  | 'ip.source'
  | 'ip.destination'
  | 'ip.options'
  | 'ip6.versionAndFlow'
  | 'ip6.payloadLength'
  | 'ip6.nextHeader'
  | 'ip6.hopLimit'
  | 'ip6.source'
  | 'ip6.destination'
  | 'ip6.extension'
  | 'tcp.sourcePort'
  | 'tcp.destinationPort'
  | 'tcp.seq'
  | 'tcp.ack'
  | 'tcp.headerLength'
  | 'tcp.flags'
  | 'tcp.window'
  | 'tcp.checksum'
  | 'tcp.urgent'
  | 'tcp.options'
  | 'udp.sourcePort'
  | 'udp.destinationPort'
  | 'udp.length'
  | 'udp.checksum'
  | 'icmp.type'
  | 'icmp.code'
  | 'icmp.checksum'
  | 'icmp.rest'
  | 'link'
  | 'payload'

/** A field, the bytes it takes (from `start` up to, not including, `end`), and what they say. */
export interface Field {
  readonly id: FieldId
  readonly start: number
  readonly end: number
  /**
   * A number in the base that the field's texts use, an address, tcpdump's letters for flags and options, else the bytes in
   * hexadecimal. Of a field that the capture cuts, the bytes that are there.
   */
  readonly value: string
}

/** Runs of field lengths in bytes, in wire order. */
type Plan = readonly (readonly [id: FieldId, length: number])[]

const ETHERNET: Plan = [
  ['ethernet.destination', 6],
  ['ethernet.source', 6],
]
/** RFC 791 section 3.1. */
const IP4: Plan = [
  ['ip.versionAndLength', 1],
  ['ip.service', 1],
  ['ip.totalLength', 2],
  ['ip.identification', 2],
  ['ip.fragment', 2],
  ['ip.ttl', 1],
  ['ip.protocol', 1],
  ['ip.checksum', 2],
  ['ip.source', 4],
  ['ip.destination', 4],
]
/** RFC 8200 section 3. */
const IP6: Plan = [
  ['ip6.versionAndFlow', 4],
  ['ip6.payloadLength', 2],
  ['ip6.nextHeader', 1],
  ['ip6.hopLimit', 1],
  ['ip6.source', 16],
  ['ip6.destination', 16],
]
/** RFC 9293 section 3.1. */
const TCP: Plan = [
  ['tcp.sourcePort', 2],
  ['tcp.destinationPort', 2],
  ['tcp.seq', 4],
  ['tcp.ack', 4],
  ['tcp.headerLength', 1],
  ['tcp.flags', 1],
  ['tcp.window', 2],
  ['tcp.checksum', 2],
  ['tcp.urgent', 2],
]
/** RFC 768. */
const UDP: Plan = [
  ['udp.sourcePort', 2],
  ['udp.destinationPort', 2],
  ['udp.length', 2],
  ['udp.checksum', 2],
]
/** RFC 792, RFC 4443 section 2.1. */
const ICMP: Plan = [
  ['icmp.type', 1],
  ['icmp.code', 1],
  ['icmp.checksum', 2],
  ['icmp.rest', 4],
]

const BY_PROTOCOL: Readonly<Record<number, Plan>> = {
  [PROTOCOL_NUMBER.icmp]: ICMP,
  [PROTOCOL_NUMBER.tcp]: TCP,
  [PROTOCOL_NUMBER.udp]: UDP,
  [PROTOCOL_NUMBER.icmp6]: ICMP,
}

/**
 * The fields of captured bytes, in order, each byte in exactly one. `ipOffset` says where the IP header starts (14 in an
 * Ethernet frame without tags); a header before it that is not Ethernet's is `link`, and so is padding behind the packet's
 * own end. VLAN tags belong to `ethernet.type`. Nothing is too damaged or too short: what cannot be told is `payload`.
 */
export function fieldsOf(bytes: Uint8Array, ipOffset = 14): readonly Field[] {
  const fields: Field[] = []
  const byte = (index: number) => bytes[index] ?? 0
  const word = (index: number) => (byte(index) << 8) | byte(index + 1)
  let at = 0
  let limit = bytes.length
  const take = (id: FieldId, length: number) => {
    const end = Math.min(at + length, limit)
    if (end > at) fields.push({ id, start: at, end, value: valueOf(id, bytes.subarray(at, end), end - at < length) })
    at = Math.max(at, end)
  }
  const takeAll = (plan: Plan) => plan.forEach(([id, length]) => take(id, length))
  const takeLink = () => {
    if (ipOffset !== 14 && !(ipOffset > 14 && isVlanTag(word(12)))) {
      take('link', ipOffset)
      return true
    }
    takeAll(ETHERNET)
    take('ethernet.type', ipOffset - 12)
    const type = word(ipOffset - 2)
    return type === ETHERTYPE.ip || type === ETHERTYPE.ip6
  }
  /** Takes an IP header with its options or extensions, and returns the protocol behind it; -1 if there is none to tell. */
  const takeIp = () => {
    const start = at
    if (byte(start) >> 4 === 4) {
      const [header, total] = [(byte(start) & 15) * 4, word(start + 2)]
      if (header < 20) return -1
      if (total >= header) limit = Math.min(limit, start + total)
      takeAll(IP4)
      take('ip.options', header - 20)
      return (word(start + 6) & 0x1fff) === 0 ? byte(start + 9) : -1
    }
    if (byte(start) >> 4 !== 6) return -1
    const length = word(start + 4)
    if (length > 0) limit = Math.min(limit, start + 40 + length)
    takeAll(IP6)
    let protocol = byte(start + 6)
    for (;;) {
      if (!isExtension(protocol) || at >= limit) return protocol
      const [extension, here] = [protocol, at]
      protocol = extension === 44 && word(here + 2) >> 3 !== 0 ? -1 : byte(here)
      take('ip6.extension', extensionLength(extension, bytes, here))
    }
  }

  const plan = takeLink() ? BY_PROTOCOL[takeIp()] : undefined
  if (plan) {
    const header = at
    takeAll(plan)
    if (plan === TCP) take('tcp.options', (byte(header + 12) >> 4) * 4 - 20)
  }
  take('payload', limit - at)
  limit = bytes.length
  take('link', limit - at)
  return fields
}

function valueOf(id: FieldId, bytes: Uint8Array, cut: boolean): string {
  if (cut) return `0x${hexOf(bytes)}`
  const number = () => bytes.reduce((value, byte) => value * 256 + byte, 0)
  switch (id) {
    case 'ethernet.destination':
    case 'ethernet.source':
      return formatMac(bytes, 0)
    case 'ip.source':
    case 'ip.destination':
      return formatAddress(bytes, 0, 4)
    case 'ip6.source':
    case 'ip6.destination':
      return formatAddress(bytes, 0, 6)
    case 'tcp.flags':
      return flagLetters(readFlags(bytes[0] ?? 0))
    case 'tcp.options':
      return tcpOptionsText(bytes)
    case 'tcp.headerLength':
      return String(((bytes[0] ?? 0) >> 4) * 4)
    case 'ip.totalLength':
    case 'ip.identification':
    case 'ip.ttl':
    case 'ip.protocol':
    case 'ip6.payloadLength':
    case 'ip6.nextHeader':
    case 'ip6.hopLimit':
    case 'tcp.sourcePort':
    case 'tcp.destinationPort':
    case 'tcp.seq':
    case 'tcp.ack':
    case 'tcp.window':
    case 'tcp.urgent':
    case 'udp.sourcePort':
    case 'udp.destinationPort':
    case 'udp.length':
    case 'icmp.type':
    case 'icmp.code':
      return String(number())
    default:
      return `0x${hexOf(bytes)}`
  }
}
