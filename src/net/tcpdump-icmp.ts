import { CutShort } from './captured'
import type { Captured } from './captured'
import { checkChecksum } from './checksum'
import { formatMac } from './ethernet'
import { PROTOCOL_NUMBER } from './ip-header'
import { extensionLength, isExtension } from './ipv6'
import type { Carrier, Dissection } from './tcpdump-line'
import { addressText, hex16, portText, transportChecksum } from './tcpdump-line'
import type { Protocol } from './tuple'

/** Where the destination address stands in a quoted packet, counted from the ICMP header. */
const QUOTE = 8

const protocolOf = (number: number): Protocol | undefined =>
  number === PROTOCOL_NUMBER.tcp ? 'tcp' : number === PROTOCOL_NUMBER.udp ? 'udp' : undefined

/** ICMP types without more to say (RFC 792, RFC 1256, RFC 950). */
const TYPES: Readonly<Record<number, string>> = {
  4: 'source quench',
  10: 'router solicitation',
  15: 'information request',
  16: 'information reply',
  17: 'address mask request',
}

/** Prints an ICMP message (RFC 792). `putQuoted` prints the packet that an error quotes, in a verbose line. */
export function putIcmp(
  d: Dissection,
  carrier: Carrier,
  at: number,
  length: number,
  putQuoted: (at: number, length: number) => void,
): void {
  const { line, captured } = d
  d.line.protocol = 'icmp'
  const type = captured.u8(at)
  captured.u8(at + 1)
  const text = icmpText(d, type, at)
  line.put('ICMP', 'protocol').put(` ${text}, length ${length}`)
  if (!d.verbose) return
  if (!carrier.fragmented && captured.has(at, length)) {
    const checksum = checkChecksum(captured.bytes, at + 2, at, at + length)
    if (!checksum.right)
      line.put(` (wrong icmp cksum ${checksum.stated.toString(16)} (->${checksum.expected.toString(16)})!)`)
  }
  if ([3, 4, 5, 11, 12].includes(type)) {
    line.put('\n\t')
    putQuoted(at + QUOTE, captured.u16(at + QUOTE + 2))
  }
}

function icmpText(d: Dissection, type: number, at: number): string {
  const { captured } = d
  const code = captured.u8(at + 1)
  const identified = () => `id ${captured.u16(at + 4)}, seq ${captured.u16(at + 6)}`
  const quoted = () => addressText(captured, at + QUOTE + 16, 4)
  switch (type) {
    case 0:
      return `echo reply, ${identified()}`
    case 8:
      return `echo request, ${identified()}`
    case 3:
      return unreachable(d, code, at)
    case 5: {
      const kind = ['redirect', 'redirect', 'redirect-tos', 'redirect-tos'][code] ?? `redirect-#${code}`
      const goal = ['net ', 'host ', 'net ', 'host '][code] ?? ''
      return `${kind} ${quoted()} to ${goal}${addressText(captured, at + 4, 4)}`
    }
    case 9:
      return routerText(captured, at)
    case 11:
      captured.need(at + QUOTE + 16, 4)
      return ['time exceeded in-transit', 'ip reassembly time exceeded'][code] ?? `time exceeded-#${code}`
    case 12:
      return `parameter problem - ${code === 0 ? `octet ${captured.u8(at + 4)}` : `code ${code}`}`
    case 13:
      return `time stamp query id ${captured.u16(at + 4)} seq ${captured.u16(at + 6)}`
    case 18:
      return `address mask is 0x${captured
        .u32(at + 8)
        .toString(16)
        .padStart(8, '0')}`
    default:
      return TYPES[type] ?? `type-#${type}`
  }
}

const two = (value: number) => String(value).padStart(2, '0')

/** RFC 1256 section 3: the lifetime as a clock shows it, and each router with its preference. */
function routerText(captured: Captured, at: number): string {
  const [count, words, seconds] = [captured.u8(at + 4), captured.u8(at + 5), captured.u16(at + 6)]
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60]
  const clock =
    hours > 0
      ? `${hours}:${two(minutes)}:${two(seconds % 60)}`
      : minutes > 0
        ? `${minutes}:${two(seconds % 60)}`
        : String(seconds)
  const text = `router advertisement lifetime ${clock} ${count}:`
  if (words !== 2) return `${text} [size ${words}]`
  const routers = Array.from({ length: count }, (_, index) => at + 8 + index * 8)
  return text + routers.map((router) => ` {${addressText(captured, router, 4)} ${captured.u32(router + 4)}}`).join('')
}

/** RFC 792, RFC 1122 section 3.2.2.1, RFC 1812 section 5.2.7.1. */
function unreachable(d: Dissection, code: number, at: number): string {
  const { captured } = d
  const quoted = () => addressText(captured, at + QUOTE + 16, 4)
  switch (code) {
    case 0:
      return `net ${quoted()} unreachable`
    case 1:
      return `host ${quoted()} unreachable`
    case 2:
      return `${quoted()} protocol ${captured.u8(at + QUOTE + 9)} unreachable`
    case 3: {
      const number = captured.u8(at + QUOTE + 9)
      const port = captured.u16(at + QUOTE + (captured.u8(at + QUOTE) & 15) * 4 + 2)
      const protocol = protocolOf(number)
      return protocol
        ? `${quoted()} ${protocol} port ${portText(d, protocol, port)} unreachable`
        : `${quoted()} protocol ${number} port ${port} unreachable`
    }
    case 4: {
      const mtu = captured.u16(at + 6)
      return `${quoted()} unreachable - need to frag${mtu > 0 ? ` (mtu ${mtu})` : ''}`
    }
    case 5:
      return `${quoted()} unreachable - source route failed`
    case 8:
      return `${quoted()} unreachable - source host isolated`
    default: {
      const why = PROHIBITED[code]
      return why ? `${why[0]} ${quoted()} unreachable - ${why[1]}` : `${quoted()} unreachable - #${code}`
    }
  }
}

const PROHIBITED: Readonly<Record<number, readonly [what: string, why: string]>> = {
  6: ['net', 'unknown'],
  7: ['host', 'unknown'],
  9: ['net', 'admin prohibited'],
  10: ['host', 'admin prohibited'],
  11: ['net', 'tos prohibited'],
  12: ['host', 'tos prohibited'],
  13: ['host', 'admin prohibited filter'],
  14: ['host', 'host precedence violation'],
  15: ['host', 'precedence cutoff'],
}

/** ICMPv6 types (RFC 4443, RFC 4861, RFC 2710, RFC 3810). */
const TYPES6: Readonly<Record<number, string>> = {
  1: 'destination unreachable',
  2: 'packet too big',
  3: 'time exceeded in-transit',
  4: 'parameter problem',
  128: 'echo request',
  129: 'echo reply',
  130: 'multicast listener query',
  131: 'multicast listener report',
  132: 'multicast listener done',
  133: 'router solicitation',
  134: 'router advertisement',
  135: 'neighbor solicitation',
  136: 'neighbor advertisement',
  137: 'redirect',
  143: 'multicast listener report v2',
}

/** Prints an ICMPv6 message (RFC 4443). */
export function putIcmp6(d: Dissection, carrier: Carrier, at: number, length: number): void {
  const { line, captured, verbose } = d
  d.line.protocol = 'icmp6'
  if (length === 0) {
    line.put('ICMP6, length 0 (invalid)')
    return
  }
  if (verbose && !carrier.fragmented) {
    const checksum = transportChecksum(d, carrier, PROTOCOL_NUMBER.icmp6, at + 2, at, length)
    if (checksum)
      line.put(
        checksum.right
          ? '[icmp6 sum ok] '
          : `[bad icmp6 cksum ${hex16(checksum.stated)} -> ${hex16(checksum.expected)}!] `,
      )
  }
  const type = captured.u8(at)
  line.put('ICMP6', 'protocol').put(`, ${TYPES6[type] ?? `unknown icmp6 type (${type})`}`)
  const neighbor = type >= 133 && type <= 137
  if (verbose && neighbor) line.put(`, length ${length}`)
  putBody6(d, type, captured.u8(at + 1), at, length)
  if (!verbose || !TYPES6[type]) line.put(`, length ${length}`)
}

function putBody6(d: Dissection, type: number, code: number, at: number, length: number): void {
  const { line, captured, verbose } = d
  switch (type) {
    case 1:
      return putUnreachable6(d, code, at)
    case 2:
      line.put(`, mtu ${captured.u32(at + 4)}`)
      return
    case 3:
      if (code === 0) line.put(` for ${addressText(captured, at + QUOTE + 24, 6)}`)
      else line.put(code === 1 ? ' (reassembly)' : `, unknown code (${code})`)
      return
    case 4: {
      captured.need(at + QUOTE + 24, 16)
      const what = ['erroneous', 'next header', 'option', 'incomplete header chain'][code]
      line.put(what ? `, ${what} - octet ${captured.u32(at + 4)}` : `, code-#${code}`)
      return
    }
    case 128:
    case 129:
      line.put(`, id ${captured.u16(at + 4)}, seq ${captured.u16(at + 6)}`)
      return
    case 130:
      if (length >= 28) line.put(' v2')
      if (length !== 24) return
      return putListener(line, captured, at)
    case 131:
    case 132:
      return putListener(line, captured, at)
    case 133:
      return verbose ? putOptions6(d, at + 8, at + length) : undefined
    case 135:
      line.put(`, who has ${addressText(captured, at + 8, 6)}`)
      return verbose ? putOptions6(d, at + 24, at + length) : undefined
    case 136: {
      line.put(`, tgt is ${addressText(captured, at + 8, 6)}`)
      if (!verbose) return
      const flags = captured.u8(at + 4) >> 5
      const names = ['router', 'solicited', 'override'].filter((_, index) => (flags & (4 >> index)) !== 0)
      line.put(`, Flags [${names.join(', ') || 'none'}]`)
      return putOptions6(d, at + 24, at + length)
    }
    case 137:
      line.put(`, ${addressText(captured, at + 24, 6)} to ${addressText(captured, at + 8, 6)}`)
      return
    case 143:
      line.put(`, ${captured.u16(at + 6)} group record(s)`)
      return
    default:
  }
}

function putListener(line: Dissection['line'], captured: Captured, at: number): void {
  if (captured.has(at, 24))
    line.put(`max resp delay: ${captured.u16(at + 4)} addr: ${addressText(captured, at + 8, 6)}`)
}

/** RFC 4443 section 3.1. */
function putUnreachable6(d: Dissection, code: number, at: number): void {
  const { line, captured } = d
  const why = [
    'unreachable route',
    ' unreachable prohibited',
    'beyond scope',
    'unreachable address',
    'unreachable port',
  ]
  line.put(`, ${why[code] ?? `unknown unreach code (${code})`}`)
  if (code > 4) return
  if (code !== 4) {
    line.put(` ${addressText(captured, at + QUOTE + 24, 6)}`)
    if (code === 2) line.put(`, source address ${addressText(captured, at + QUOTE + 8, 6)}`)
    return
  }
  const { protocol, start } = upperLayer(captured, at + QUOTE)
  const name = protocolOf(protocol)
  if (!name || !captured.has(start, 4)) throw new CutShort()
  const port = portText(d, name, captured.u16(start + 2))
  line.put(`, ${addressText(captured, at + QUOTE + 24, 6)} ${name} port ${port}`)
}

/** The protocol behind the extension headers of a quoted IPv6 packet, and where its header begins. */
function upperLayer(captured: Captured, at: number): { readonly protocol: number; readonly start: number } {
  let protocol = captured.u8(at + 6)
  let start = at + 40
  while (isExtension(protocol)) {
    captured.need(start, 2)
    const length = extensionLength(protocol, captured.bytes, start)
    protocol = captured.u8(start)
    start += length
  }
  return { protocol, start }
}

/** Options of neighbor discovery (RFC 4861 section 4.6), each on a line of its own. */
const OPTIONS6: Readonly<Record<number, string>> = {
  1: 'source link-address',
  2: 'destination link-address',
  3: 'prefix info',
  4: 'redirected header',
  5: 'mtu',
}

function putOptions6({ line, captured }: Dissection, start: number, end: number): void {
  for (let at = start; at < Math.min(end, captured.end);) {
    const [type, units] = [captured.u8(at), captured.u8(at + 1)]
    if (units === 0) throw new CutShort()
    captured.need(at, units * 8)
    line.put(`\n\t  ${OPTIONS6[type] ?? 'unknown'} option (${type}), length ${units * 8} (${units}): `)
    if (type === 1 || type === 2) line.put(formatMac(captured.bytes, at + 2, units * 8 - 2))
    else if (type === 5) line.put(` ${captured.u32(at + 4)}`)
    at += units * 8
  }
}
