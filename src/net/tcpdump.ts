import { formatAddress } from './address'
import { Captured, CutShort } from './captured'
import { ETHERTYPE, formatMac, isVlanTag } from './ethernet'
import type { Frame } from './frame'
import { encodeFrame, encodeIp } from './frame'
import { hexDump } from './hex'
import type { Packet } from './packet'
import { putIp, putIp4, putIp6 } from './tcpdump-ip'
import type { Dissection, Flows, PrintedLine } from './tcpdump-line'
import { hex16, Line } from './tcpdump-line'
import type { Protocol } from './tuple'

export { flagLetters } from './tcp'
export type { PrintedField, PrintedLine } from './tcpdump-line'

/** How a packet is printed; each option stands for a flag of tcpdump(1). Without any: `tcpdump -nn -t`. */
export interface PrintOptions {
  /** Microseconds since midnight or since 1970, UTC: printed as the time of day. */
  readonly time?: number
  /** Minutes east of UTC of the clock that `time` is printed by. */
  readonly utcOffset?: number
  /** Without `-n`: a name in place of a port's number, where there is one. */
  readonly nameOf?: (protocol: Protocol, port: number) => string | undefined
  /** `-S`: sequence numbers as they are, not relative to the first. */
  readonly absolute?: boolean
  /** `-v`: the IP header's fields and the checksums. */
  readonly verbose?: boolean
  /** Of captured bytes: where the IP header begins. Without it they are an Ethernet frame. */
  readonly ipOffset?: number
  /** Of captured bytes: how many there were on the wire, if the capture cut them. */
  readonly wireLength?: number
}

/** A printer that remembers the flows it has seen, as one run of tcpdump does. */
export interface Tcpdump {
  /** Prints a packet, a frame, or the bytes of one. Never throws for bytes, however damaged. */
  line(packet: Packet | Frame | Uint8Array, options?: PrintOptions): PrintedLine
}

const DAY = 86_400_000_000

const two = (value: number) => String(Math.floor(value)).padStart(2, '0')

/** `HH:MM:SS.uuuuuu` (UTC) of microseconds. */
export function clock(time: number): string {
  const micros = ((Math.floor(time) % DAY) + DAY) % DAY
  const seconds = Math.floor(micros / 1_000_000)
  return `${two(seconds / 3600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}.${String(micros % 1_000_000).padStart(6, '0')}`
}

/** A new run of tcpdump. */
export function createTcpdump(): Tcpdump {
  const flows: Flows = new Map()
  return { line: (packet, options = {}) => printed(flows, packet, options) }
}

/** One packet printed by itself, as the first of its flow. */
export const tcpdumpLine = (packet: Packet | Frame | Uint8Array, options?: PrintOptions): PrintedLine =>
  createTcpdump().line(packet, options)

function printed(flows: Flows, packet: Packet | Frame | Uint8Array, options: PrintOptions): PrintedLine {
  const { time, utcOffset = 0, nameOf = () => undefined, absolute = false, verbose = false } = options
  const frame = 'ethernet' in packet
  const bytes = packet instanceof Uint8Array ? packet : frame ? encodeFrame(packet) : encodeIp(packet)
  const ipOffset = packet instanceof Uint8Array ? options.ipOffset : frame ? undefined : 0
  const length = Math.max(packet instanceof Uint8Array ? (options.wireLength ?? 0) : 0, bytes.length)
  const line = new Line()
  const d: Dissection = { line, captured: new Captured(bytes), flows, absolute, verbose, nameOf }
  if (time !== undefined) line.put(`${clock(time + utcOffset * 60_000_000)} `)
  try {
    if (ipOffset === undefined) putEthernet(d, length)
    else putIp(d, ipOffset, length - ipOffset)
  } catch (error) {
    if (!(error instanceof CutShort)) throw error
    line.put(` [|${line.protocol}]`)
  }
  return { text: line.text, spans: line.spans }
}

function putEthernet(d: Dissection, length: number): void {
  const { line, captured } = d
  d.line.protocol = 'ether'
  captured.need(0, 14)
  let start = 14
  for (; isVlanTag(captured.u16(start - 2)); start += 4) {
    d.line.protocol = 'vlan'
    captured.need(start, 4)
  }
  const type = captured.u16(start - 2)
  if (type === ETHERTYPE.ip) putIp4(d, start, length - start)
  else if (type === ETHERTYPE.ip6) putIp6(d, start, length - start)
  else if (type === ETHERTYPE.arp) putArp(d, start, length - start)
  else {
    const ends = `${formatMac(captured.bytes, 6)} > ${formatMac(captured.bytes, 0)}`
    const what = type < 0x0600 ? '802.3' : `ethertype Unknown (${hex16(type)})`
    line.put(`${ends}, ${what}, length ${length}: `)
    if (captured.end > start) line.put(`\n${hexDump(captured.bytes.subarray(start))}`)
  }
}

/** ARP for IPv4 over Ethernet (RFC 826). */
function putArp(d: Dissection, at: number, length: number): void {
  const { line, captured } = d
  d.line.protocol = 'arp'
  captured.need(at, 8)
  const [hardware, protocol, sizes, operation] = [0, 2, 4, 6].map((offset) => captured.u16(at + offset))
  captured.need(at, 28)
  const address = (offset: number) => formatAddress(captured.bytes, at + offset, 4)
  const mac = (offset: number) => formatMac(captured.bytes, at + offset)
  line.put('ARP, ')
  if (hardware !== 1 || protocol !== ETHERTYPE.ip || sizes !== 0x0604) {
    const [long, short] = [(sizes ?? 0) >> 8, (sizes ?? 0) & 255]
    line.put(`Unknown Hardware (${hardware}) (len ${long}), Unknown Protocol (${hex16(protocol ?? 0)}) (len ${short})`)
  } else {
    if (d.verbose) line.put('Ethernet (len 6), IPv4 (len 4), ')
    const asked = captured.bytes.subarray(at + 18, at + 24).some((byte) => byte !== 0) ? ` (${mac(18)})` : ''
    if (operation === 1) line.put(`Request who-has ${address(24)}${asked} tell ${address(14)}`)
    else if (operation === 2) line.put(`Reply ${address(14)} is-at ${mac(8)}`)
    else line.put(`Unknown (${operation}) `)
  }
  line.put(`, length ${length}`)
}
