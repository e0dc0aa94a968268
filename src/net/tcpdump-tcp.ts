import { CutShort } from './captured'
import { hexOf } from './hex'
import { PROTOCOL_NUMBER } from './ip-header'
import type { TcpOption } from './tcp'
import { flagLetters, parseTcpOptions, readFlags } from './tcp'
import { dnsOverTcp } from './tcpdump-dns'
import type { Carrier, Dissection } from './tcpdump-line'
import { charsText, hex16, putAddresses, putEnds, transportChecksum } from './tcpdump-line'
import { putSsh, putText, REQUESTS } from './tcpdump-text'

const UNSIGNED = (value: number): number => value >>> 0

/**
 * TCP options in tcpdump's words: `mss 1460,sackOK,TS val 1 ecr 0,nop,wscale 7`. Sequence numbers of selective
 * acknowledgements are printed relative to `base`.
 */
export const tcpOptionsText = (options: Uint8Array, base = 0): string =>
  parseTcpOptions(options)
    .map((option) => optionText(option, base))
    .join(',')

function optionText(option: TcpOption, base: number): string {
  switch (option.kind) {
    case 'eol':
    case 'nop':
    case 'sackOK':
      return option.kind
    case 'mss':
      return `mss ${option.bytes}`
    case 'wscale':
      return `wscale ${option.shift}`
    case 'timestamps':
      return `TS val ${option.val} ecr ${option.ecr}`
    case 'sack':
      return `sack ${option.blocks.length} ${option.blocks
        .map(({ left, right }) => `{${UNSIGNED(left - base)}:${UNSIGNED(right - base)}}`)
        .join('')}`
    case 'unknown':
      return unknownText(option.number, option.data)
    default:
      return '[bad opt]'
  }
}

/** Options that are printed by name, without what they mean (IANA TCP option kinds). */
const NAMES: Readonly<Record<number, string>> = {
  2: 'mss',
  3: 'wscale',
  4: 'sackOK',
  5: 'sack',
  6: 'echo',
  7: 'echoreply',
  8: 'TS',
  11: 'cc',
  12: 'ccnew',
  19: 'md5',
  28: 'uto',
  29: 'tcp-ao',
}

/** Multipath TCP's subtypes (RFC 8684 section 8.2); what they carry is not printed. */
const MPTCP = ['capable', 'join', 'dss', 'add-addr', 'rem-addr', 'prio', 'fail', 'fast-close', 'tcprst']

function unknownText(number: number, data: Uint8Array): string {
  if (number === 34) return data.length === 0 ? 'tfo  cookiereq' : `tfo  cookie ${hexOf(data)}`
  if (number === 30 && data.length > 0) return `mptcp ${data.length + 2} ${MPTCP[(data[0] ?? 0) >> 4] ?? 'unknown'}`
  if (number === 254 && data.length >= 2) return `exp-${hexOf(data.subarray(0, 2))}`
  const digits = data.length > 0 ? ` 0x${hexOf(data)}` : ''
  return `${NAMES[number] ?? `unknown-${number}`}${digits}`
}

/** Prints a segment whose header begins at `at`; `length` is what the IP packet says it carries. */
export function putTcp(d: Dissection, carrier: Carrier, at: number, length: number): void {
  const { line, captured } = d
  d.line.protocol = 'tcp'
  if (!captured.has(at, 4)) {
    putAddresses(d, carrier, ':')
    throw new CutShort()
  }
  const [source, destination] = [captured.u16(at), captured.u16(at + 2)]
  putEnds(d, carrier, 'tcp', source, destination)
  captured.need(at, 20)
  const header = (captured.u8(at + 12) >> 4) * 4
  if (header < 20) {
    line.put(` tcp ${UNSIGNED(length - header)} [bad hdr length ${header} - too short, < 20]`)
    return
  }
  const flags = readFlags(captured.u8(at + 13))
  const letters = `Flags [${flagLetters(flags)}]`
  line.put(letters, 'protocol')
  const end = line.text.length
  line.spans.flags ??= [end - letters.length, end]
  const { seq, ack, base } = relative(
    d,
    carrier,
    source,
    destination,
    captured.u32(at + 4),
    captured.u32(at + 8),
    flags,
  )
  if (header > length) {
    line.put(` [bad hdr length ${header} - too long, > ${length}]`)
    return
  }
  if (d.verbose && !carrier.fragmented) {
    const checksum = transportChecksum(d, carrier, PROTOCOL_NUMBER.tcp, at + 16, at, length)
    if (checksum) {
      const verdict = checksum.right ? 'correct' : `incorrect -> ${hex16(checksum.expected)}`
      line.put(`, cksum ${hex16(checksum.stated)} (${verdict})`)
    }
  }
  const data = length - header
  if (data > 0) line.put(`, seq ${seq}:${UNSIGNED(seq + data)}`)
  else if (flags.syn || flags.fin || flags.rst) line.put(`, seq ${seq}`)
  if (flags.ack) line.put(`, ack ${ack}`)
  line.put(`, win ${captured.u16(at + 14)}`)
  if (flags.urg) line.put(`, urg ${captured.u16(at + 18)}`)
  if (header > 20 && !putOptions(d, at + 20, header - 20, base)) return
  line.put(`, length ${data}`)
  if (data === 0) return
  if (!captured.has(at, header)) {
    line.put(` [remaining caplen(${captured.end - at}) < header length(${header})]`)
    throw new CutShort()
  }
  if (flags.rst && d.verbose) putReset(d, at + header, data)
  else putData(d, source, destination, at + header, data)
}

/**
 * Sequence numbers are printed from the first one seen of each end, which itself is printed as it is; so are both in a SYN
 * and in segments without an acknowledgement.
 */
function relative(
  { flows, absolute }: Dissection,
  carrier: Carrier,
  source: number,
  destination: number,
  seq: number,
  ack: number,
  flags: { readonly ack: boolean; readonly syn: boolean },
): { readonly seq: number; readonly ack: number; readonly base: number } {
  if (absolute || !flags.ack) return { seq, ack, base: 0 }
  const [here, there] = [`${carrier.source} ${source}`, `${carrier.destination} ${destination}`]
  const high = source > destination || (source === destination && here > there)
  const key = high ? `${there} ${here}` : `${here} ${there}`
  const known = flows.get(key)
  if (!known || flags.syn) {
    const other = UNSIGNED(ack - 1)
    flows.set(key, high ? { low: other, high: seq } : { low: seq, high: other })
    return { seq, ack, base: other }
  }
  const [own, other] = high ? [known.high, known.low] : [known.low, known.high]
  return { seq: UNSIGNED(seq - own), ack: UNSIGNED(ack - other), base: other }
}

/** Prints the options; false if one of them is none, and tcpdump goes no further. */
function putOptions({ line, captured }: Dissection, at: number, length: number, base: number): boolean {
  line.put(', options [')
  const there = captured.bytes.slice(at, Math.min(at + length, captured.end))
  const options = parseTcpOptions(there)
  const bad = options.at(-1)?.kind === 'bad'
  const text = (some: readonly TcpOption[]) => some.map((option) => optionText(option, base))
  if (there.length < length) {
    line.put(
      text(bad ? options.slice(0, -1) : options)
        .map((option) => `${option},`)
        .join(''),
    )
    throw new CutShort()
  }
  line.put(`${text(options).join(',')}${bad && options.length === 1 ? '' : ']'}`)
  return !bad
}

/** The reason that a reset may carry as text (RFC 9293 section 3.5.3). */
function putReset({ line, captured }: Dissection, at: number, length: number): void {
  const text = charsText(captured.bytes.subarray(at, Math.min(at + length, at + 30, captured.end)))
  line.put(` [${captured.has(at, length) ? '' : '!'}RST${length > 30 ? '+' : ''} ${text}]`)
}

/** What the ports say that the data is, as far as tcpdump goes by them. */
function putData(d: Dissection, source: number, destination: number, at: number, length: number): void {
  const port = (...numbers: readonly number[]) => numbers.includes(source) || numbers.includes(destination)
  if (port(25)) putText(d, 'smtp', at, length)
  else if (port(43)) putText(d, 'whois', at, length)
  else if (port(22)) putSsh(d, at, length)
  else if (port(21)) putText(d, 'ftp', at, length)
  else if (port(80, 8080)) putText(d, 'http', at, length, REQUESTS.http)
  else if (port(554, 8554)) putText(d, 'rtsp', at, length, REQUESTS.rtsp)
  else if (port(53)) dnsOverTcp(d, at, length)
}
