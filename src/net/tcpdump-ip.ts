import { checkChecksum } from './checksum'
import { CutShort } from './captured'
import { hexOf } from './hex'
import { PROTOCOL_NUMBER } from './ip-header'
import { extensionLength } from './ipv6'
import { putIcmp, putIcmp6 } from './tcpdump-icmp'
import type { Carrier, Dissection } from './tcpdump-line'
import { addressText, hex16, putAddresses } from './tcpdump-line'
import { putTcp } from './tcpdump-tcp'
import { putUdp } from './tcpdump-udp'

/** Protocol names in a verbose line (IANA protocol numbers). */
const PROTOCOL_NAMES: Readonly<Record<number, string>> = {
  0: 'Options',
  1: 'ICMP',
  2: 'IGMP',
  4: 'IPIP',
  6: 'TCP',
  8: 'EGP',
  9: 'IGRP',
  17: 'UDP',
  33: 'DCCP',
  41: 'IPv6',
  43: 'Routing',
  44: 'Fragment',
  46: 'RSVP',
  47: 'GRE',
  50: 'ESP',
  51: 'AH',
  55: 'Mobile IP',
  58: 'ICMPv6',
  88: 'EIGRP',
  89: 'OSPF',
  103: 'PIM',
  108: 'Compressed IP',
  112: 'VRRP',
  113: 'PGM',
  132: 'SCTP',
  135: 'Mobility',
}

const nameOf = (protocol: number): string => `${PROTOCOL_NAMES[protocol] ?? 'unknown'} (${protocol})`

/** These print both ends themselves, with ports. */
const WITH_PORTS: readonly number[] = [PROTOCOL_NUMBER.tcp, PROTOCOL_NUMBER.udp, 132]

/** Prints the IP packet at `at`, of which `length` bytes were on the wire. */
export function putIp(d: Dissection, at: number, length: number): void {
  if (d.captured.u8(at) >> 4 === 6) putIp6(d, at, length)
  else putIp4(d, at, length)
}

/** Prints an IPv4 packet (RFC 791). */
export function putIp4(outer: Dissection, at: number, length: number): void {
  const { line, captured } = outer
  outer.line.protocol = 'ip'
  const version = captured.u8(at) >> 4
  if (version !== 4) {
    line.put(version === 6 ? 'IP6, wrong link-layer encapsulation (invalid)' : `IP${version} (invalid)`)
    return
  }
  line.put('IP ')
  captured.need(at, 20)
  const header = (captured.u8(at) & 15) * 4
  const total = captured.u16(at + 2)
  if (length < 20) line.put(`truncated-ip ${length}`)
  else if (header < 20) line.put(`bad-hlen ${header}`)
  else {
    if (length < total) line.put(`truncated-ip - ${total - length} bytes missing! `)
    if (total < header) line.put(`bad-len ${total}`)
    else putBody4(within(outer, at + total), at, header, total - header)
  }
}

/** The same dissection with an earlier end: what lies behind a packet's own length is not part of it. */
const within = (d: Dissection, end: number): Dissection => ({ ...d, captured: d.captured.until(end) })

function putBody4(d: Dissection, at: number, header: number, length: number): void {
  const { line, captured, verbose } = d
  const [fragment, protocol] = [captured.u16(at + 6), captured.u8(at + 9)]
  if (verbose) putDetails4(d, at, header)
  const carrier: Carrier = {
    family: 4,
    at,
    source: addressText(captured, at + 12, 4),
    destination: addressText(captured, at + 16, 4),
    direct: true,
    fragmented: (fragment & 0x2000) !== 0,
  }
  if ((fragment & 0x1fff) !== 0) {
    putAddresses(d, carrier, ':').put(` ip-proto-${protocol}`)
    return
  }
  if (!WITH_PORTS.includes(protocol)) putAddresses(d, carrier)
  if (!captured.has(at, header)) {
    line.put(` [remaining caplen(${captured.end - at}) < header length(${header})]`)
    throw new CutShort()
  }
  putCarried(d, carrier, protocol, at + header, length)
}

/** The parenthesis of `-v`: the header's fields, and its checksum when it is wrong. */
function putDetails4({ line, captured }: Dissection, at: number, header: number): void {
  const [service, ttl, protocol] = [captured.u8(at + 1), captured.u8(at + 8), captured.u8(at + 9)]
  const fragment = captured.u16(at + 6)
  const ecn = ['', ',ECT(1)', ',ECT(0)', ',CE'][service & 3] ?? ''
  const flags = [
    ...((fragment & 0x2000) !== 0 ? ['+'] : []),
    ...((fragment & 0x4000) !== 0 ? ['DF'] : []),
    ...((fragment & 0x8000) !== 0 ? ['rsvd'] : []),
  ]
  line.put(`(tos 0x${service.toString(16)}${ecn}${ttl > 0 ? `, ttl ${ttl}` : ''}`)
  line.put(`, id ${captured.u16(at + 4)}, offset ${(fragment & 0x1fff) * 8}, flags [${flags.join(', ') || 'none'}], `)
  line.put(`proto ${nameOf(protocol)}`, 'protocol').put(`, length ${captured.u16(at + 2)}`)
  if (header > 20) line.put(`, options (${optionNames(captured.slice(at + 20, header - 20)).join(',')})`)
  if (captured.has(at, header)) {
    const checksum = checkChecksum(captured.bytes, at + 10, at, at + header)
    if (!checksum.right) line.put(`, bad cksum ${checksum.stated.toString(16)} (->${checksum.expected.toString(16)})!`)
  }
  line.put(')\n    ')
}

/** RFC 791 section 3.1, RFC 2113. */
const OPTIONS4: Readonly<Record<number, string>> = {
  0: 'EOL',
  1: 'NOP',
  7: 'RR',
  68: 'timestamp',
  82: 'traceroute',
  130: 'security',
  131: 'LSRR',
  137: 'SSRR',
  148: 'RA',
}

function optionNames(options: Uint8Array): readonly string[] {
  const names: string[] = []
  for (let at = 0; at < options.length;) {
    const kind = options[at] ?? 0
    const length = kind < 2 ? 1 : (options[at + 1] ?? 0)
    names.push(OPTIONS4[kind] ?? `unknown ${kind}`)
    if (kind === 0 || length === 0 || (kind > 1 && length < 2)) break
    at += length
  }
  return names
}

/** Prints an IPv6 packet (RFC 8200). */
export function putIp6(outer: Dissection, at: number, length: number): void {
  const { line, captured } = outer
  outer.line.protocol = 'ip6'
  captured.need(at, 40)
  if (length < 40) {
    line.put(`truncated-ip6 ${length}`)
    return
  }
  line.put('IP6 ')
  if (captured.u8(at) >> 4 !== 6) {
    line.put(`version error: ${captured.u8(at) >> 4} != 6`)
    return
  }
  const payload = captured.u16(at + 4)
  if (length < payload + 40 && payload > 0) line.put(`truncated-ip6 - ${payload + 40 - length} bytes missing!`)
  const first = captured.u8(at + 6)
  if (outer.verbose) {
    const flow = captured.u32(at)
    const [service, label] = [(flow >>> 20) & 255, flow & 0xfffff]
    line.put('(')
    if (service > 0) line.put(`class 0x${service.toString(16).padStart(2, '0')}, `)
    if (label > 0) line.put(`flowlabel 0x${label.toString(16).padStart(5, '0')}, `)
    line.put(`hlim ${captured.u8(at + 7)}, `)
    line.put(`next-header ${nameOf(first)}`, 'protocol').put(` payload length: ${payload}) `)
  }
  putBody6(within(outer, payload > 0 ? at + 40 + payload : at + length), at, first, payload)
}

function putBody6(d: Dissection, at: number, first: number, payload: number): void {
  const { line, captured } = d
  const carrier = {
    family: 6 as const,
    at,
    source: addressText(captured, at + 8, 6),
    destination: addressText(captured, at + 24, 6),
  }
  if (!WITH_PORTS.includes(first))
    line.put(carrier.source, 'source').put(' > ').put(carrier.destination, 'destination').put(': ')
  let protocol = first
  let start = at + 40
  let fragmented = false
  let lastDestination: number | undefined
  for (;;) {
    const length = at + 40 + payload - start
    d.line.protocol = 'ip6'
    if (protocol === 0 || protocol === 60) {
      line.put(protocol === 0 ? 'HBH ' : 'DSTOPT ')
      if (d.verbose) putOptions6(d, start)
    } else if (protocol === 43) lastDestination = putRouting(d, start)
    else if (protocol === 44) {
      const offset = captured.u16(start + 2) & 0xfff8
      const identification = captured
        .u32(start + 4)
        .toString(16)
        .padStart(8, '0')
      line.put(`frag (${d.verbose ? `0x${identification}:` : ''}${offset}|${length - 8})`)
      if (offset !== 0) return
      line.put(' ')
      fragmented = true
    } else {
      putCarried(
        d,
        { ...carrier, direct: protocol === first, fragmented, ...(lastDestination && { lastDestination }) },
        protocol,
        start,
        length,
      )
      return
    }
    captured.need(start, 2)
    const size = extensionLength(protocol, captured.bytes, start)
    captured.need(start, size)
    protocol = captured.u8(start)
    start += size
    if (start >= captured.end) return
  }
}

/** Options of hop-by-hop and destination headers (RFC 8200 section 4.2, RFC 2711). */
function putOptions6({ line, captured }: Dissection, at: number): void {
  const end = at + (captured.u8(at + 1) + 1) * 8
  captured.need(at, end - at)
  for (let option = at + 2; option < end;) {
    const type = captured.u8(option)
    const length = type === 0 ? 0 : captured.u8(option + 1)
    if (type === 0) line.put('(pad1)')
    else if (type === 1) line.put('(padn)')
    else if (type === 5) line.put(`(rtalert: ${hex16(captured.u16(option + 2))}) `)
    else line.put(`(opt_type 0x${type.toString(16).padStart(2, '0')}: len=${length})`)
    option += type === 0 ? 1 : 2 + length
  }
  line.put(' ')
}

/**
 * A routing header with its addresses (RFC 8200 section 4.4, RFC 6275 section 6.4, RFC 8754). Returns where its last
 * destination stands.
 */
function putRouting(d: Dissection, at: number): number | undefined {
  const { line, captured } = d
  d.line.protocol = 'rt6'
  const [units, type, left] = [captured.u8(at + 1), captured.u8(at + 2), captured.u8(at + 3)]
  line.put(`RT6 (len=${units}, type=${type}${type === 0 ? ' [Deprecated]' : ''}, segleft=${left}`)
  if (d.verbose && type !== 4) line.put(`, rsv=0x${captured.u32(at + 4).toString(16)}`)
  if (type === 4) line.put(`, last-entry=${captured.u8(at + 4)}, tag=${captured.u16(at + 6).toString(16)}`)
  for (let address = 0; address < units >> 1; address++)
    line.put(`, [${address}]${addressText(captured, at + 8 + address * 16, 6)}`)
  line.put(') ')
  if (units < 2 || left === 0) return undefined
  return at + 8 + (type === 4 ? 0 : (units >> 1) - 1) * 16
}

/** Prints what an IP packet carries from `at` on: `length` bytes by the packet's own account. */
function putCarried(d: Dissection, carrier: Carrier, protocol: number, at: number, length: number): void {
  const { line, captured } = d
  switch (protocol) {
    case PROTOCOL_NUMBER.tcp:
      return putTcp(d, carrier, at, length)
    case PROTOCOL_NUMBER.udp:
      return putUdp(d, carrier, at, length)
    case PROTOCOL_NUMBER.icmp:
      if (carrier.family === 4)
        return putIcmp(d, carrier, at, length, (quoted, size) => putIp4(within(d, quoted + size), quoted, size))
      line.put('[ICMP requires IPv4] (invalid)')
      return
    case PROTOCOL_NUMBER.icmp6:
      if (carrier.family === 6) return putIcmp6(d, carrier, at, length)
      line.put('[ICMPv6 requires IPv6] (invalid)')
      return
    case 4:
      return putIp4(d, at, length)
    case 41:
      return putIp6(d, at, length)
    case 50:
      d.line.protocol = 'esp'
      line.put(
        `ESP(spi=0x${captured.u32(at).toString(16).padStart(8, '0')},seq=0x${captured.u32(at + 4).toString(16)})`,
      )
      line.put(`, length ${length}`)
      return
    case 51: {
      line.protocol = 'ah'
      const size = extensionLength(protocol, captured.bytes, at)
      const [index, sequence] = [captured.u32(at + 4), captured.u32(at + 8)]
      line.put(d.verbose ? `AH(length=${captured.u8(at + 1)}(${size}-bytes),` : 'AH(')
      line.put(`spi=0x${index.toString(16).padStart(8, '0')},seq=0x${sequence.toString(16)},`)
      line.put(`icv=0x${hexOf(captured.slice(at + 12, size - 12))}): `)
      return putCarried(d, { ...carrier, direct: false }, captured.u8(at), at + size, length - size)
    }
    case 132:
      line.protocol = 'sctp'
      if (!captured.has(at, 12)) putAddresses(d, carrier)
      captured.need(at, 12)
      line.put(`${carrier.source}.${captured.u16(at)} > ${carrier.destination}.${captured.u16(at + 2)}: sctp`)
      return
    case 59:
      line.put('no next header')
      return
    default:
      line.put(` ip-proto-${protocol} ${length}`)
  }
}
