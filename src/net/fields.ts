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

/** A field and the bytes it takes: from `start` up to, not including, `end`. */
export interface Field {
  readonly id: FieldId
  readonly start: number
  readonly end: number
}

/** Runs of field lengths in bytes, in wire order. */
type Plan = readonly (readonly [id: FieldId, length: number])[]

const ETHERNET: Plan = [
  ['ethernet.destination', 6],
  ['ethernet.source', 6],
  ['ethernet.type', 2],
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

const BY_PROTOCOL: Readonly<Record<number, Plan>> = { 1: ICMP, 6: TCP, 17: UDP, 58: ICMP }
const EXTENSIONS = new Set([0, 43, 44, 51, 60, 135, 139, 140])

/**
 * The fields of captured bytes, in order, each byte in exactly one. `ipOffset` says where the IP header starts (14 in an
 * Ethernet frame); what stands before it and is no Ethernet header is `link`. Bytes cut off by the capture are left out;
 * nothing is too damaged to be split: what cannot be told is `payload`.
 */
export function fieldsOf(bytes: Uint8Array, ipOffset = 14): readonly Field[] {
  const fields: Field[] = []
  let at = 0
  const take = (id: FieldId, length: number) => {
    const end = Math.min(at + length, bytes.length)
    if (end > at) fields.push({ id, start: at, end })
    at = end
  }
  const takeAll = (plan: Plan) => plan.forEach(([id, length]) => take(id, length))
  const byte = (index: number) => bytes[index] ?? 0

  if (ipOffset === 14) takeAll(ETHERNET)
  else take('link', ipOffset)
  const start = at
  const version = byte(start) >> 4
  let protocol = -1
  if (version === 4) {
    takeAll(IP4)
    const header = (byte(start) & 15) * 4
    if (header > 20) take('ip.options', header - 20)
    const laterFragment = (((byte(start + 6) & 31) << 8) | byte(start + 7)) !== 0
    if (!laterFragment) protocol = byte(start + 9)
  } else if (version === 6) {
    takeAll(IP6)
    protocol = byte(start + 6)
    while (EXTENSIONS.has(protocol) && at + 8 <= bytes.length) {
      const [next, size] = [byte(at), byte(at + 1)]
      const laterFragment = protocol === 44 && ((byte(at + 2) << 8) | byte(at + 3)) >> 3 !== 0
      take('ip6.extension', protocol === 44 ? 8 : protocol === 51 ? (size + 2) * 4 : (size + 1) * 8)
      protocol = laterFragment ? -1 : next
    }
  }
  const plan = BY_PROTOCOL[protocol]
  if (plan) {
    const header = at
    takeAll(plan)
    const length = (byte(header + 12) >> 4) * 4
    if (protocol === 6 && length > 20) take('tcp.options', length - 20)
  }
  take('payload', bytes.length - at)
  return fields
}
