import type { Captured } from './captured'
import { CutShort } from './captured'
import type { Dissection } from './tcpdump-line'
import { addressText, charsText } from './tcpdump-line'

/** Record types (IANA DNS parameters; RFC 1035 and later). */
const TYPES: Readonly<Record<number, string>> = {
  1: 'A',
  2: 'NS',
  5: 'CNAME',
  6: 'SOA',
  10: 'NULL',
  12: 'PTR',
  13: 'HINFO',
  15: 'MX',
  16: 'TXT',
  28: 'AAAA',
  29: 'LOC',
  33: 'SRV',
  35: 'NAPTR',
  37: 'CERT',
  39: 'DNAME',
  41: 'OPT',
  43: 'DS',
  44: 'SSHFP',
  46: 'RRSIG',
  47: 'NSEC',
  48: 'DNSKEY',
  99: 'SPF',
  249: 'TKEY',
  250: 'TSIG',
  251: 'IXFR',
  252: 'AXFR',
  255: 'ANY',
  256: 'URI',
}

const CLASSES: Readonly<Record<number, string>> = { 3: 'CHAOS', 4: 'HS', 255: 'ANY' }

const OPERATIONS = (
  ', inv_q, stat, op3, notify, update, op6, op7, op8, updateA, updateD, updateDA, ' +
  'updateM, updateMA, zoneInit, zoneRef'
).split(',')

const ANSWERS =
  ', FormErr, ServFail, NXDomain, NotImp, Refused, YXDomain, YXRRSet, NXRRSet, NotAuth, NotZone, Resp11, Resp12, Resp13, Resp14, NoChange, BadVers'.split(
    ',',
  )

/** The top bit of a class in multicast DNS: an answer by unicast is welcome; the cache is to be flushed (RFC 6762). */
const TOP_BIT = 0x8000

const OPT = 41

/** A message on its way through: where it begins, and whether it is multicast DNS. */
interface Message {
  readonly captured: Captured
  readonly base: number
  readonly multicast: boolean
}

/** DNS over TCP (RFC 1035 section 4.2.2): two bytes of length, then the message. */
export function dnsOverTcp(d: Dissection, at: number, length: number): void {
  d.line.protocol = 'domain'
  if (length < 2) {
    d.line.put(` [DNS over TCP: length ${length} < 2] (invalid)`)
    return
  }
  const stated = d.captured.u16(at)
  if (stated !== length - 2) {
    d.line.put(` [prefix length(${stated}) != length(${length - 2})] (invalid)`)
    return
  }
  d.line.put(' ')
  putDns(d, at + 2, length - 2, false)
}

/** Prints a DNS message (RFC 1035 section 4), as in `4660+ A? port.example. (30)`. */
export function putDns(d: Dissection, at: number, length: number, multicast: boolean): void {
  const { line, captured } = d
  d.line.protocol = 'domain'
  if (length < 12) {
    line.put(`domain [length ${length} < 12] (invalid)`)
    return
  }
  captured.need(at, 12)
  const message: Message = { captured, base: at, multicast }
  const flags = captured.u16(at + 2)
  const operation = OPERATIONS[(flags >> 11) & 15] ?? ''
  if ((flags & 0x8000) !== 0) putResponse(d, message, flags, operation)
  else putRequest(d, message, flags, operation)
  line.put(` (${length})`)
}

function putRequest({ line, captured }: Dissection, message: Message, flags: number, operation: string): void {
  const { base } = message
  const [questions, answers, authority, additional] = [4, 6, 8, 10].map((at) => captured.u16(base + at))
  line.put(`${captured.u16(base)}${operation}${(flags & 0x0100) !== 0 ? '+' : ''}${(flags & 0x0010) !== 0 ? '%' : ''}`)
  // A request has none of these bits: AA, TC, RA, Z, AD, and no response code.
  if ((flags & 0x06cf) !== 0) line.put(` [b2&3=0x${flags.toString(16)}]`)
  if (answers) line.put(` [${answers}a]`)
  if (questions !== 1) line.put(` [${questions}q]`)
  if (authority) line.put(` [${authority}n]`)
  if (additional) line.put(` [${additional}au]`)
  let at = base + 12
  for (let left = questions ?? 0; left > 0; left--) at = putQuestion(line, message, at)
}

function putQuestion(line: Dissection['line'], message: Message, at: number): number {
  const { captured, multicast } = message
  const after = skipName(captured, at)
  captured.need(after, 4)
  const type = captured.u16(after)
  const kind = captured.u16(after + 2)
  line.put(` ${typeText(type)}${classText(multicast ? kind & ~TOP_BIT : kind)}`)
  if (multicast) line.put((kind & TOP_BIT) !== 0 ? ' (QU)' : ' (QM)')
  line.put(`? ${nameText(message, at)}`)
  return after + 4
}

function putResponse(
  { line, captured, verbose }: Dissection,
  message: Message,
  flags: number,
  operation: string,
): void {
  const { base } = message
  const [questions = 0, answers = 0, authority = 0, additional = 0] = [4, 6, 8, 10].map((at) => captured.u16(base + at))
  const code = (flags & 15) | (extendedCode(message, questions, answers + authority, additional) << 4)
  line.put(`${captured.u16(base)}${operation}${ANSWERS[code] ?? ` Resp${code}`}`)
  line.put(`${(flags & 0x0400) !== 0 ? '*' : ''}${(flags & 0x0080) !== 0 ? '' : '-'}`)
  line.put(`${(flags & 0x0200) !== 0 ? '|' : ''}${(flags & 0x0020) !== 0 ? '$' : ''}`)
  if (questions !== 1) line.put(` [${questions}q]`)
  let at = base + 12
  for (let question = 0; question < questions; question++) {
    if (question > 0) line.put(',')
    at = skipName(captured, at) + 4
  }
  line.put(` ${answers}/${authority}/${additional}`)
  for (let answer = 0; answer < answers; answer++) {
    if (answer > 0 && at >= captured.end) throw new CutShort()
    if (answer > 0) line.put(',')
    at = putRecord(line, message, at, verbose)
  }
}

/** The upper bits of the response code, in the OPT record of the additional section (RFC 6891 section 6.1.3). */
function extendedCode({ captured, base }: Message, questions: number, records: number, additional: number): number {
  try {
    let at = base + 12
    for (let question = 0; question < questions; question++) at = skipName(captured, at) + 4
    for (let record = 0; record < records + additional; record++) {
      at = skipName(captured, at)
      if (record >= records && captured.u16(at) === OPT) return captured.u8(at + 4)
      at += 10 + captured.u16(at + 8)
    }
  } catch (error) {
    if (!(error instanceof CutShort)) throw error
  }
  return 0
}

function putRecord(line: Dissection['line'], message: Message, at: number, verbose: boolean): number {
  const { captured, multicast } = message
  if (verbose) line.put(` ${nameText(message, at)}`)
  const fixed = skipName(captured, at)
  if (!captured.has(fixed, 10)) return captured.end
  const type = captured.u16(fixed)
  const stated = captured.u16(fixed + 2)
  const kind = multicast ? stated & ~TOP_BIT : stated
  if (type !== OPT) line.put(classText(kind))
  if (multicast && (stated & TOP_BIT) !== 0) line.put(' (Cache flush)')
  line.put(` ${typeText(type)}`)
  const data = fixed + 10
  const end = data + captured.u16(fixed + 8)
  captured.need(data, end - data)
  line.put(dataText(message, type, kind, fixed, data, end, verbose))
  return end
}

function dataText(
  message: Message,
  type: number,
  kind: number,
  fixed: number,
  data: number,
  end: number,
  verbose: boolean,
): string {
  const { captured } = message
  switch (TYPES[type]) {
    case 'A':
      return ` ${addressText(captured, data, 4)}`
    case 'AAAA':
      return ` ${addressText(captured, data, 6)}`
    case 'NS':
    case 'CNAME':
    case 'PTR':
    case 'DNAME':
      return ` ${nameText(message, data)}`
    case 'MX':
      return ` ${nameText(message, data + 2)} ${captured.u16(data)}`
    case 'SRV':
      return ` ${nameText(message, data + 6)}:${captured.u16(data + 4)} ${captured.u16(data)} ${captured.u16(data + 2)}`
    case 'TXT': {
      let text = ''
      for (let at = data; at < end; at += 1 + captured.u8(at))
        text += ` "${charsText(captured.slice(at + 1, captured.u8(at)))}"`
      return text
    }
    case 'SOA': {
      if (!verbose) return ''
      const second = skipName(captured, data)
      const numbers = skipName(captured, second)
      const values = [0, 4, 8, 12, 16].map((offset) => captured.u32(numbers + offset))
      return ` ${nameText(message, data)} ${nameText(message, second)} ${values.join(' ')}`
    }
    case 'OPT':
      return ` UDPsize=${kind}${(captured.u16(fixed + 6) & TOP_BIT) !== 0 ? ' DO' : ''}`
    default:
      return ''
  }
}

const typeText = (type: number): string => TYPES[type] ?? `Type${type}`

const classText = (kind: number): string => (kind === 1 ? '' : ` ${CLASSES[kind] ?? `(Class ${kind})`}`)

/** Where what follows the name at `at` begins: behind its root label, or behind the pointer that ends it. */
function skipName(captured: Captured, at: number): number {
  let next = at
  for (;;) {
    const length = captured.u8(next)
    if (length >= 0xc0) return next + 2
    next += 1 + length
    if (length === 0) return next
  }
}

/** A domain name with its last dot. Pointers lead back in the message (RFC 1035 section 4.1.4), never forward. */
function nameText({ captured, base }: Message, at: number): string {
  let text = ''
  let next = at
  let earliest = at - base
  for (;;) {
    const length = captured.u8(next)
    if (length >= 0xc0) {
      const offset = captured.u16(next) & 0x3fff
      if (offset >= earliest) return `${text}<BAD PTR>`
      earliest = offset
      next = base + offset
    } else if (length === 0) return text || '.'
    else if (length > 63) return `${text}<BAD LABEL TYPE>`
    else {
      text += `${charsText(captured.slice(next + 1, length))}.`
      next += 1 + length
    }
  }
}
