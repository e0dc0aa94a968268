import type { Address } from './address'
import { addressBytes, familyOf, formatAddress } from './address'
import { internetChecksum } from './checksum'
import type { Datagram, IcmpMessage, Packet, Segment, TcpFlags, Transport } from './packet'

/** Something that cannot be read as what it should be, said in a sentence with the figures. */
export interface Malformed {
  readonly malformed: string
}

/** An Ethernet II frame (IEEE 802.3) with an IP packet in it. Addresses as `02:00:00:00:00:01`. */
export interface Frame {
  readonly ethernet: { readonly source: string; readonly destination: string }
  readonly packet: Packet
}

const malformed = (sentence: string): Malformed => ({ malformed: sentence })

/** IP protocol numbers (IANA). */
const NUMBERS = { icmp: 1, tcp: 6, udp: 17, icmp6: 58 } as const

const FLAGS = ['fin', 'syn', 'rst', 'psh', 'ack', 'urg', 'ece', 'cwr'] as const

/** The flags of a control byte, bit 0 (FIN) to bit 7 (CWR). */
export function readFlags(byte: number): TcpFlags {
  const bit = (index: number) => (byte & (1 << index)) !== 0
  const [fin, syn, rst, psh, ack, urg, ece, cwr] = [0, 1, 2, 3, 4, 5, 6, 7].map(bit)
  return {
    fin: fin === true,
    syn: syn === true,
    rst: rst === true,
    psh: psh === true,
    ack: ack === true,
    urg: urg === true,
    ece: ece === true,
    cwr: cwr === true,
  }
}

const writeFlags = (flags: TcpFlags): number =>
  FLAGS.reduce((byte, name, index) => byte | (flags[name] ? 1 << index : 0), 0)

/** A TCP segment (RFC 9293 section 3.1), its checksum still zero. Option bytes are padded with zeros to a word. */
function writeSegment(segment: Segment): Uint8Array {
  const optionBytes = Math.ceil(segment.options.length / 4) * 4
  const bytes = new Uint8Array(20 + optionBytes + segment.payload.length)
  const view = new DataView(bytes.buffer)
  view.setUint16(0, segment.sourcePort)
  view.setUint16(2, segment.destinationPort)
  view.setUint32(4, segment.seq)
  view.setUint32(8, segment.ack)
  view.setUint8(12, ((20 + optionBytes) / 4) << 4)
  view.setUint8(13, writeFlags(segment.flags))
  view.setUint16(14, segment.window)
  view.setUint16(18, segment.urgent)
  bytes.set(segment.options, 20)
  bytes.set(segment.payload, 20 + optionBytes)
  return bytes
}

function readSegment(bytes: Uint8Array): Segment | Malformed {
  if (bytes.length < 20) return malformed(`A TCP header has at least 20 bytes, here are ${bytes.length}.`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const header = (view.getUint8(12) >> 4) * 4
  if (header < 20) return malformed(`A TCP header has at least 20 bytes, this one says ${header}.`)
  if (header > bytes.length) return malformed(`The TCP header says ${header} bytes, here are ${bytes.length}.`)
  return {
    protocol: 'tcp',
    sourcePort: view.getUint16(0),
    destinationPort: view.getUint16(2),
    seq: view.getUint32(4),
    ack: view.getUint32(8),
    flags: readFlags(view.getUint8(13)),
    window: view.getUint16(14),
    urgent: view.getUint16(18),
    options: bytes.slice(20, header),
    payload: bytes.slice(header),
  }
}

/** A UDP datagram (RFC 768): 8 bytes and the payload, its checksum still zero. */
function writeDatagram({ sourcePort, destinationPort, payload }: Datagram): Uint8Array {
  const bytes = new Uint8Array(8 + payload.length)
  const view = new DataView(bytes.buffer)
  view.setUint16(0, sourcePort)
  view.setUint16(2, destinationPort)
  view.setUint16(4, bytes.length)
  bytes.set(payload, 8)
  return bytes
}

function readDatagram(bytes: Uint8Array): Datagram | Malformed {
  if (bytes.length < 8) return malformed(`A UDP header has 8 bytes, here are ${bytes.length}.`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const length = view.getUint16(4)
  if (length < 8) return malformed(`A UDP datagram has at least 8 bytes, this one says ${length}.`)
  return {
    protocol: 'udp',
    sourcePort: view.getUint16(0),
    destinationPort: view.getUint16(2),
    payload: bytes.slice(8, Math.min(length, bytes.length)),
  }
}

/** An ICMP message (RFC 792, RFC 4443): type, code, checksum still zero, the second word, the rest. */
function writeIcmp({ type, code, rest, payload }: IcmpMessage): Uint8Array {
  const bytes = new Uint8Array(8 + payload.length)
  const view = new DataView(bytes.buffer)
  view.setUint8(0, type)
  view.setUint8(1, code)
  view.setUint32(4, rest)
  bytes.set(payload, 8)
  return bytes
}

function readIcmp(bytes: Uint8Array, protocol: IcmpMessage['protocol']): IcmpMessage | Malformed {
  if (bytes.length < 8) return malformed(`An ICMP header has 8 bytes, here are ${bytes.length}.`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  return {
    protocol,
    type: view.getUint8(0),
    code: view.getUint8(1),
    rest: view.getUint32(4),
    payload: bytes.slice(8),
  }
}

const CHECKSUM_AT = { tcp: 16, udp: 6, icmp: 2, icmp6: 2 } as const

/** The sum of the pseudo header's words (RFC 9293 section 3.1, RFC 768, RFC 8200 section 8.1); none for ICMP over IPv4. */
function pseudoSum(
  source: Uint8Array,
  destination: Uint8Array,
  protocol: Transport['protocol'],
  length: number,
): number {
  if (protocol === 'icmp') return 0
  let sum = NUMBERS[protocol] + (length >>> 16) + (length & 0xffff)
  for (const address of [source, destination])
    for (let i = 0; i < address.length; i += 2) sum += ((address[i] ?? 0) << 8) | (address[i + 1] ?? 0)
  return sum
}

function writeTransport(transport: Transport, source: Uint8Array, destination: Uint8Array): Uint8Array {
  const bytes =
    transport.protocol === 'tcp'
      ? writeSegment(transport)
      : transport.protocol === 'udp'
        ? writeDatagram(transport)
        : writeIcmp(transport)
  const sum = internetChecksum(bytes, 0, bytes.length, pseudoSum(source, destination, transport.protocol, bytes.length))
  // A UDP checksum of zero means "none", so a sum of zero is sent as all ones (RFC 768).
  const written = transport.protocol === 'udp' && sum === 0 ? 0xffff : sum
  new DataView(bytes.buffer).setUint16(CHECKSUM_AT[transport.protocol], written)
  return bytes
}

/** The bytes of an IP packet: IPv4 (RFC 791) or IPv6 (RFC 8200) by its addresses, all checksums right. */
export function encodeIp({ source, destination, ttl, identification, transport }: Packet): Uint8Array {
  const [from, to] = [addressBytes(source), addressBytes(destination)]
  const body = writeTransport(transport, from, to)
  if (from.length !== to.length) throw new RangeError(`${source} and ${destination} are of different families.`)
  const header = new Uint8Array(from.length === 4 ? 20 : 40)
  const view = new DataView(header.buffer)
  if (from.length === 4) {
    view.setUint8(0, 0x45)
    view.setUint16(2, 20 + body.length)
    view.setUint16(4, identification)
    view.setUint16(6, 0x4000)
    view.setUint8(8, ttl)
    view.setUint8(9, NUMBERS[transport.protocol])
    header.set(from, 12)
    header.set(to, 16)
    view.setUint16(10, internetChecksum(header))
  } else {
    view.setUint8(0, 0x60)
    view.setUint16(4, body.length)
    view.setUint8(6, NUMBERS[transport.protocol])
    view.setUint8(7, ttl)
    header.set(from, 8)
    header.set(to, 24)
  }
  const bytes = new Uint8Array(header.length + body.length)
  bytes.set(header)
  bytes.set(body, header.length)
  return bytes
}

/** IPv6 extension headers that lead to another header: hop-by-hop, routing, destination options, mobility, HIP, shim6. */
const EXTENSIONS = new Set([0, 43, 60, 135, 139, 140])
const FRAGMENT = 44
const AUTHENTICATION = 51

interface IpStart {
  readonly source: Address
  readonly destination: Address
  readonly ttl: number
  readonly identification: number
  readonly protocol: number
  readonly body: Uint8Array
}

function readIp4(bytes: Uint8Array): IpStart | Malformed {
  if (bytes.length < 20) return malformed(`An IPv4 header has at least 20 bytes, here are ${bytes.length}.`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const header = (view.getUint8(0) & 15) * 4
  if (header < 20) return malformed(`An IPv4 header has at least 20 bytes, this one says ${header}.`)
  if (header > bytes.length) return malformed(`The IPv4 header says ${header} bytes, here are ${bytes.length}.`)
  const total = view.getUint16(2)
  if ((view.getUint16(6) & 0x1fff) !== 0) return malformed('A later fragment of an IPv4 packet has no ports in it.')
  // A total length of zero is what segmentation offload leaves in a capture: then the rest is the packet.
  const end = total === 0 ? bytes.length : Math.min(total, bytes.length)
  if (end < header) return malformed(`The IPv4 packet says ${total} bytes, its header alone has ${header}.`)
  return {
    source: formatAddress(bytes, 12, 4),
    destination: formatAddress(bytes, 16, 4),
    ttl: view.getUint8(8),
    identification: view.getUint16(4),
    protocol: view.getUint8(9),
    body: bytes.subarray(header, end),
  }
}

function readIp6(bytes: Uint8Array): IpStart | Malformed {
  if (bytes.length < 40) return malformed(`An IPv6 header has 40 bytes, here are ${bytes.length}.`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const length = view.getUint16(4)
  const end = length === 0 ? bytes.length : Math.min(40 + length, bytes.length)
  let protocol = view.getUint8(6)
  let at = 40
  while (EXTENSIONS.has(protocol) || protocol === FRAGMENT || protocol === AUTHENTICATION) {
    if (at + 8 > end) return malformed(`An IPv6 extension header is cut off at byte ${at}.`)
    if (protocol === FRAGMENT && view.getUint16(at + 2) >> 3 !== 0)
      return malformed('A later fragment of an IPv6 packet has no ports in it.')
    const size = view.getUint8(at + 1)
    const next = view.getUint8(at)
    at += protocol === FRAGMENT ? 8 : protocol === AUTHENTICATION ? (size + 2) * 4 : (size + 1) * 8
    protocol = next
  }
  if (at > end) return malformed(`The IPv6 extension headers end at byte ${at}, the packet at byte ${end}.`)
  return {
    source: formatAddress(bytes, 8, 6),
    destination: formatAddress(bytes, 24, 6),
    ttl: view.getUint8(7),
    identification: 0,
    protocol,
    body: bytes.subarray(at, end),
  }
}

/** Reads an IP packet; bytes behind its own length (Ethernet padding) are not part of it. */
export function decodeIp(bytes: Uint8Array): Packet | Malformed {
  const version = (bytes[0] ?? 0) >> 4
  if (version !== 4 && version !== 6) return malformed(`IP has version 4 or 6, here is ${version}.`)
  const ip = version === 4 ? readIp4(bytes) : readIp6(bytes)
  if ('malformed' in ip) return ip
  const { source, destination, ttl, identification, protocol, body } = ip
  const transport = readTransport(protocol, body)
  return 'malformed' in transport ? transport : { source, destination, ttl, identification, transport }
}

function readTransport(protocol: number, body: Uint8Array): Transport | Malformed {
  switch (protocol) {
    case NUMBERS.tcp:
      return readSegment(body)
    case NUMBERS.udp:
      return readDatagram(body)
    case NUMBERS.icmp:
      return readIcmp(body, 'icmp')
    case NUMBERS.icmp6:
      return readIcmp(body, 'icmp6')
    default:
      return malformed(`IP protocol ${protocol} has no ports that the model knows.`)
  }
}

const macBytes = (text: string) => text.split(':').map((part) => Number.parseInt(part, 16))
const macText = (bytes: Uint8Array, at: number) =>
  Array.from(bytes.subarray(at, at + 6), (byte) => byte.toString(16).padStart(2, '0')).join(':')

/** The bytes of a frame without its check sequence, as captures have it. */
export function encodeFrame({ ethernet, packet }: Frame): Uint8Array {
  const ip = encodeIp(packet)
  const type = familyOf(packet.source) === 4 ? [0x08, 0x00] : [0x86, 0xdd]
  return Uint8Array.from([...macBytes(ethernet.destination), ...macBytes(ethernet.source), ...type, ...ip])
}

export function decodeFrame(bytes: Uint8Array): Frame | Malformed {
  if (bytes.length < 14) return malformed(`An Ethernet header has 14 bytes, here are ${bytes.length}.`)
  const type = ((bytes[12] ?? 0) << 8) | (bytes[13] ?? 0)
  if (type !== 0x0800 && type !== 0x86dd) return malformed(`EtherType 0x${type.toString(16)} is neither IPv4 nor IPv6.`)
  const packet = decodeIp(bytes.subarray(14))
  if ('malformed' in packet) return packet
  return { ethernet: { source: macText(bytes, 6), destination: macText(bytes, 0) }, packet }
}

/** Whether the checksums of an IP packet's bytes are right; `ip` is true for IPv6, which has none. */
export function checksumsOf(bytes: Uint8Array): { readonly ip: boolean; readonly transport: boolean } {
  const packet = decodeIp(bytes)
  if ('malformed' in packet) return { ip: false, transport: false }
  const v4 = (bytes[0] ?? 0) >> 4 === 4
  const header = v4 ? ((bytes[0] ?? 0) & 15) * 4 : 40
  const addresses = v4 ? bytes.subarray(12, 20) : bytes.subarray(8, 40)
  const half = addresses.length / 2
  const { protocol } = packet.transport
  const sum = pseudoSum(addresses.subarray(0, half), addresses.subarray(half), protocol, bytes.length - header)
  return {
    ip: !v4 || internetChecksum(bytes, 0, header) === 0,
    transport: internetChecksum(bytes, header, bytes.length, sum) === 0,
  }
}
