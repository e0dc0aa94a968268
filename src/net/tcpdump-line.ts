import type { Address } from './address'
import { formatAddress } from './address'
import type { Captured } from './captured'
import { checkChecksum, onesSum } from './checksum'
import type { Checksum } from './checksum'
import type { Protocol } from './tuple'

/** The fields whose place in a printed line is known. */
export type PrintedField = 'protocol' | 'source' | 'sourcePort' | 'destination' | 'destinationPort' | 'flags'

/** A line of tcpdump, and where in it each field stands: from the first character up to, not including, the second. */
export interface PrintedLine {
  readonly text: string
  readonly spans: Readonly<Partial<Record<PrintedField, readonly [start: number, end: number]>>>
}

/** A line being printed. The first mark of a field counts: what an ICMP error quotes is not the packet's own. */
export class Line {
  text = ''
  /** The protocol being printed: named when the capture ends in the middle of it (`[|tcp]`). */
  protocol = ''
  readonly spans: Partial<Record<PrintedField, readonly [start: number, end: number]>> = {}

  put(part: string, field?: PrintedField): this {
    if (field) this.spans[field] ??= [this.text.length, this.text.length + part.length]
    this.text += part
    return this
  }
}

/** The first sequence numbers of both ends of the flows seen so far, by flow. */
export type Flows = Map<string, { low: number; high: number }>

/** One packet on its way through the printers. */
export interface Dissection {
  readonly line: Line
  readonly captured: Captured
  readonly flows: Flows
  readonly verbose: boolean
  readonly absolute: boolean
  readonly nameOf: (protocol: Protocol, port: number) => string | undefined
}

/** The IP packet around what is printed. */
export interface Carrier {
  readonly family: 4 | 6
  /** Where its header begins. */
  readonly at: number
  readonly source: Address
  readonly destination: Address
  /** True when its own header names the protocol of what is printed, and nothing stands between. */
  readonly direct: boolean
  /** True for the first fragment of several. */
  readonly fragmented: boolean
  /** Where the address of its last destination stands, if its header names one on the way there. */
  readonly lastDestination?: number
}

/** An address as tcpdump writes it: RFC 5952, but the last 32 bits of the old `::a.b.c.d` addresses as IPv4. */
export function addressText(captured: Captured, at: number, family: 4 | 6): string {
  const bytes = captured.slice(at, family === 4 ? 4 : 16)
  const compatible =
    family === 6 &&
    bytes.subarray(0, 12).every((byte) => byte === 0) &&
    bytes[12] !== undefined &&
    bytes[12] + (bytes[13] ?? 0) > 0
  return compatible ? `::${formatAddress(bytes, 12, 4)}` : formatAddress(bytes, 0, family)
}

/** A port's name where there is one to print (tcpdump without `-n`), else its number. */
export const portText = ({ nameOf }: Dissection, protocol: Protocol, port: number): string =>
  nameOf(protocol, port) ?? String(port)

/** Both ends of a flow, `address.port > address.port: `; behind other headers that have printed the addresses, the ports. */
export function putEnds(
  d: Dissection,
  carrier: Carrier,
  protocol: Protocol,
  source: number,
  destination: number,
): void {
  const { line } = d
  if (carrier.direct) line.put(carrier.source, 'source').put('.')
  line.put(portText(d, protocol, source), 'sourcePort').put(' > ')
  if (carrier.direct) line.put(carrier.destination, 'destination').put('.')
  line.put(portText(d, protocol, destination), 'destinationPort').put(': ')
}

/** `source > destination: ` of a packet without ports. */
export const putAddresses = ({ line }: Dissection, { source, destination }: Carrier, end = ': '): Line =>
  line.put(source, 'source').put(' > ').put(destination, 'destination').put(end)

/** The checksum at `at` of what the IP packet carries from `start` on, or undefined if not all of it was captured. */
export function transportChecksum(
  { captured }: Dissection,
  carrier: Carrier,
  protocol: number,
  at: number,
  start: number,
  length: number,
): Checksum | undefined {
  if (!captured.has(start, length)) return undefined
  const { bytes } = captured
  const source = carrier.at + (carrier.family === 4 ? 12 : 8)
  const size = carrier.family === 4 ? 4 : 16
  // A routing header on its way: the pseudo header has the last destination (RFC 8200 section 8.1).
  const destination = carrier.lastDestination ?? source + size
  const pseudo = onesSum(
    bytes,
    source,
    source + size,
    onesSum(bytes, destination, destination + size, protocol + length),
  )
  return checkChecksum(captured.bytes, at, start, start + length, pseudo)
}

/** `0xfe30`. */
export const hex16 = (value: number): string => `0x${value.toString(16).padStart(4, '0')}`

/** A run of bytes as text: what cannot be printed as `^X`, the upper half with `M-` before it. */
export function charsText(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => {
    const [high, low] = [byte > 127 ? 'M-' : '', byte & 127]
    return high + (low < 32 || low === 127 ? `^${String.fromCharCode(low ^ 64)}` : String.fromCharCode(low))
  }).join('')
}
