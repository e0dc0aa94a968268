import type { Malformed } from './malformed'
import { malformed, truncated } from './malformed'
import type { Segment, TcpFlags } from './packet'

/** The control bits from bit 0 (FIN) to bit 7 (CWR) of their byte (RFC 9293 section 3.1, RFC 3168). */
const FLAGS = ['fin', 'syn', 'rst', 'psh', 'ack', 'urg', 'ece', 'cwr'] as const

/** The flags of a control byte. */
export const readFlags = (byte: number): TcpFlags => ({
  fin: (byte & 1) !== 0,
  syn: (byte & 2) !== 0,
  rst: (byte & 4) !== 0,
  psh: (byte & 8) !== 0,
  ack: (byte & 16) !== 0,
  urg: (byte & 32) !== 0,
  ece: (byte & 64) !== 0,
  cwr: (byte & 128) !== 0,
})

/** The control byte of the flags. */
export const flagsByte = (flags: TcpFlags): number =>
  FLAGS.reduce((byte, name, index) => byte | (flags[name] ? 1 << index : 0), 0)

const FLAG_LETTERS: Readonly<Record<(typeof FLAGS)[number], string>> = {
  fin: 'F',
  syn: 'S',
  rst: 'R',
  psh: 'P',
  ack: '.',
  urg: 'U',
  ece: 'E',
  cwr: 'W',
}

/** The flags in tcpdump's letters and order: `S`, `F.`, `P.`, `R`, `.`; `none` if there are none. */
export const flagLetters = (flags: TcpFlags): string =>
  FLAGS.map((name) => (flags[name] ? FLAG_LETTERS[name] : '')).join('') || 'none'

const optionLength = ({ options }: Segment): number => Math.ceil(options.length / 4) * 4

/** The bytes that a segment takes: header, options (padded to a word) and payload. */
export const tcpLength = (segment: Segment): number => 20 + optionLength(segment) + segment.payload.length

/** Writes a segment (RFC 9293 section 3.1) at `at`, its checksum still zero. Throws RangeError for over 40 bytes of options. */
export function writeTcp(segment: Segment, bytes: Uint8Array, at: number): void {
  const header = 20 + optionLength(segment)
  if (header > 60) throw new RangeError(`TCP options have at most 40 bytes, these have ${segment.options.length}.`)
  const view = new DataView(bytes.buffer, at)
  view.setUint16(0, segment.sourcePort)
  view.setUint16(2, segment.destinationPort)
  view.setUint32(4, segment.seq)
  view.setUint32(8, segment.ack)
  view.setUint8(12, (header / 4) << 4)
  view.setUint8(13, flagsByte(segment.flags))
  view.setUint16(14, segment.window)
  view.setUint16(18, segment.urgent)
  bytes.set(segment.options, at + 20)
  bytes.set(segment.payload, at + header)
}

/** Reads a segment (RFC 9293 section 3.1). `cut` says that the capture ends before the IP packet does. */
export function readTcp(bytes: Uint8Array, cut: boolean): Segment | Malformed {
  const short = cut ? truncated : malformed
  if (bytes.length < 20) return short(`A TCP header has at least 20 bytes, here are ${bytes.length}.`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const header = (view.getUint8(12) >> 4) * 4
  if (header < 20) return malformed(`A TCP header has at least 20 bytes, this one says ${header}.`)
  if (header > bytes.length) return short(`The TCP header says ${header} bytes, here are ${bytes.length}.`)
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

/** A TCP option (RFC 9293 section 3.2, RFC 2018, RFC 7323). What is not known is kept; `bad` is a rest that is no option. */
export type TcpOption =
  | { readonly kind: 'eol' }
  | { readonly kind: 'nop' }
  | { readonly kind: 'mss'; readonly bytes: number }
  | { readonly kind: 'wscale'; readonly shift: number }
  | { readonly kind: 'sackOK' }
  | { readonly kind: 'sack'; readonly blocks: readonly SackBlock[] }
  | { readonly kind: 'timestamps'; readonly val: number; readonly ecr: number }
  | { readonly kind: 'unknown'; readonly number: number; readonly data: Uint8Array }
  | { readonly kind: 'bad'; readonly data: Uint8Array }

/** What came in beyond the acknowledgement: from sequence number `left` up to, not including, `right` (RFC 2018). */
export interface SackBlock {
  readonly left: number
  readonly right: number
}

/** The options in the bytes behind the fixed header, up to the end-of-list one. */
export function parseTcpOptions(bytes: Uint8Array): readonly TcpOption[] {
  const options: TcpOption[] = []
  let at = 0
  while (at < bytes.length) {
    const number = bytes[at] ?? 0
    if (number === 0) return [...options, { kind: 'eol' }]
    const length = number === 1 ? 1 : (bytes[at + 1] ?? 0)
    if (number !== 1 && (length < 2 || at + length > bytes.length))
      return [...options, { kind: 'bad', data: bytes.slice(at) }]
    options.push(number === 1 ? { kind: 'nop' } : parseOption(number, bytes.slice(at + 2, at + length)))
    at += length
  }
  return options
}

function parseOption(number: number, data: Uint8Array): TcpOption {
  const view = new DataView(data.buffer)
  if (number === 2 && data.length === 2) return { kind: 'mss', bytes: view.getUint16(0) }
  if (number === 3 && data.length === 1) return { kind: 'wscale', shift: view.getUint8(0) }
  if (number === 4 && data.length === 0) return { kind: 'sackOK' }
  if (number === 5 && data.length % 8 === 0)
    return {
      kind: 'sack',
      blocks: Array.from({ length: data.length / 8 }, (_, block) => ({
        left: view.getUint32(block * 8),
        right: view.getUint32(block * 8 + 4),
      })),
    }
  if (number === 8 && data.length === 8) return { kind: 'timestamps', val: view.getUint32(0), ecr: view.getUint32(4) }
  return { kind: 'unknown', number, data }
}

const word = (value: number): readonly number[] => [
  (value >>> 24) & 255,
  (value >>> 16) & 255,
  (value >>> 8) & 255,
  value & 255,
]

function optionBytes(option: TcpOption): readonly number[] {
  switch (option.kind) {
    case 'eol':
      return [0]
    case 'nop':
      return [1]
    case 'mss':
      return [2, 4, option.bytes >> 8, option.bytes & 255]
    case 'wscale':
      return [3, 3, option.shift]
    case 'sackOK':
      return [4, 2]
    case 'sack':
      return [
        5,
        2 + option.blocks.length * 8,
        ...option.blocks.flatMap(({ left, right }) => [...word(left), ...word(right)]),
      ]
    case 'timestamps':
      return [8, 10, ...word(option.val), ...word(option.ecr)]
    case 'unknown':
      return [option.number, option.data.length + 2, ...option.data]
    default:
      return [...option.data]
  }
}

/** The bytes of the options, padded to a whole word with end-of-list (RFC 9293 section 3.2). */
export function writeTcpOptions(options: readonly TcpOption[]): Uint8Array {
  const bytes = options.flatMap(optionBytes)
  const padded = new Uint8Array(Math.ceil(bytes.length / 4) * 4)
  padded.set(bytes)
  return padded
}
