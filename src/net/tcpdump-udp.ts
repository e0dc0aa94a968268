import { CutShort } from './captured'
import { formatMac } from './ethernet'
import { PROTOCOL_NUMBER } from './ip-header'
import { putDns } from './tcpdump-dns'
import type { Carrier, Dissection } from './tcpdump-line'
import { hex16, putAddresses, putEnds, transportChecksum } from './tcpdump-line'

/** Prints a datagram (RFC 768) whose header begins at `at`; `length` is what the IP packet says it carries. */
export function putUdp(d: Dissection, carrier: Carrier, at: number, length: number): void {
  const { line, captured } = d
  d.line.protocol = 'udp'
  if (!captured.has(at, 4)) {
    if (carrier.direct) putAddresses(d, carrier)
    throw new CutShort()
  }
  const [source, destination] = [captured.u16(at), captured.u16(at + 2)]
  putEnds(d, carrier, 'udp', source, destination)
  if (length < 8) {
    line.put(`truncated-udp ${length}`)
    return
  }
  const stated = captured.u16(at + 4)
  if (stated < 8) {
    line.put(`truncated-udplength ${stated}`)
    return
  }
  if (at + 8 > captured.end) throw new CutShort()
  const data = stated - 8
  const room = Math.min(data, length - 8)
  // Over IPv4 only `-vv` prints the checksum, over IPv6 `-v` does: there it is not optional (RFC 8200 section 8.1).
  if (d.verbose && carrier.family === 6 && !carrier.fragmented) {
    const checksum = transportChecksum(d, carrier, PROTOCOL_NUMBER.udp, at + 6, at, room + 8)
    if (checksum)
      line.put(
        checksum.right ? '[udp sum ok] ' : `[bad udp cksum ${hex16(checksum.stated)} -> ${hex16(checksum.expected)}!] `,
      )
  }
  const start = line.text.length
  if (!putData(d, source, destination, at + 8, room)) {
    line.put('UDP', 'protocol')
    line.put(data > room && !carrier.fragmented ? `, bad length ${data} > ${room}` : `, length ${data}`)
  }
  line.spans.protocol ??= [start, line.text.length]
}

/** What the ports say that the data is, as far as this printer knows; false if they say nothing. */
function putData(d: Dissection, source: number, destination: number, at: number, length: number): boolean {
  const port = (...numbers: readonly number[]) => numbers.includes(source) || numbers.includes(destination)
  if (port(53, 5353)) putDns(d, at, length, !port(53))
  else if (port(67, 68)) putDhcp(d, at, length)
  else if (port(123)) putNtp(d, at, length)
  else if (port(514)) putSyslog(d, at, length)
  else return false
  return true
}

/** RFC 2131 section 2. */
function putDhcp(d: Dissection, at: number, length: number): void {
  const { line, captured } = d
  d.line.protocol = 'bootp'
  const operation = captured.u8(at)
  const hex = operation.toString(16).padStart(2, '0')
  line.put(`BOOTP/DHCP, ${operation === 1 ? 'Request' : operation === 2 ? 'Reply' : `unknown (0x${hex})`}`)
  const [hardware, size] = [captured.u8(at + 1), captured.u8(at + 2)]
  if (hardware === 1 && size === 6 && operation === 1) line.put(` from ${formatMac(captured.slice(at + 28, 6), 0)}`)
  line.put(`, length ${length}`)
}

/** RFC 5905 section 7.3. */
const NTP_MODES =
  'unspecified,symmetric active,symmetric passive,Client,Server,Broadcast,Control Message,Reserved'.split(',')

function putNtp(d: Dissection, at: number, length: number): void {
  d.line.protocol = 'ntp'
  const first = d.captured.u8(at)
  d.line.put(`NTPv${(first >> 3) & 7}, ${NTP_MODES[first & 7] ?? ''}, length ${length}`)
}

/** RFC 5424 section 6.2.1, by their short names. */
const FACILITIES = (
  'kernel user mail daemon auth syslog lpr news uucp cron authpriv ftp ntp security console cron ' +
  'local0 local1 local2 local3 local4 local5 local6 local7'
).split(' ')
const SEVERITIES = ['emergency', 'alert', 'critical', 'error', 'warning', 'notice', 'info', 'debug']

function putSyslog(d: Dissection, at: number, length: number): void {
  const { line, captured } = d
  d.line.protocol = 'syslog'
  let priority = 0
  let next = at + 1
  if (captured.u8(at) !== 0x3c) {
    line.put(' (invalid)')
    return
  }
  for (; next <= at + 3 && captured.u8(next) >= 0x30 && captured.u8(next) <= 0x39; next++)
    priority = priority * 10 + captured.u8(next) - 0x30
  if (captured.u8(next) !== 0x3e) {
    line.put(' (invalid)')
    return
  }
  const [facility, severity] = [(priority >> 3) & 0x7f, priority & 7]
  line.put(`SYSLOG ${FACILITIES[facility] ?? `unknown (${facility})`}.${SEVERITIES[severity] ?? ''}, length: ${length}`)
}
