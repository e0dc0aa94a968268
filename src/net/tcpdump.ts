import type { Packet, Segment, TcpFlags } from './packet'
import { tupleOf } from './packet'
import type { FiveTuple, Protocol } from './tuple'
import { flowKey } from './tuple'
import { quotedTuple } from './receive'

/** The fields whose place in a printed line is known. */
export type PrintedField = 'protocol' | 'source' | 'sourcePort' | 'destination' | 'destinationPort' | 'flags'

/** A line of tcpdump, and where in it each field stands: from the first character up to, not including, the second. */
export interface PrintedLine {
  readonly text: string
  readonly spans: Readonly<Partial<Record<PrintedField, readonly [start: number, end: number]>>>
}

export interface PrintOptions {
  /** Microseconds since midnight (or since 1970, UTC): printed as the time; without it none is printed, as with `-t`. */
  readonly time?: number
  /** Without `-n`: a name in place of a port's number, where there is one. */
  readonly nameOf?: (protocol: Protocol, port: number) => string | undefined
}

/** What a flow's first segments fixed, so that later numbers are printed relative to them (`tcpdump` without `-S`). */
interface Bases {
  readonly first: string
  readonly there: number
  readonly back: number
}

/** A printer that remembers the flows it has seen, as one run of tcpdump does. */
export interface Tcpdump {
  line(packet: Packet, options?: PrintOptions): PrintedLine
}

const DAY = 86_400_000_000

/** `HH:MM:SS.uuuuuu` (UTC) of microseconds. */
export function clock(time: number): string {
  const micros = Math.floor(time) % DAY
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0')
  const seconds = Math.floor(micros / 1_000_000)
  return `${two(seconds / 3600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}.${String(micros % 1_000_000).padStart(6, '0')}`
}

/** The flags in tcpdump's letters and order: `S`, `F.`, `P.`, `R`, `.`; `none` if there are none. */
export function flagLetters(flags: TcpFlags): string {
  const letters: readonly (readonly [keyof TcpFlags, string])[] = [
    ['fin', 'F'],
    ['syn', 'S'],
    ['rst', 'R'],
    ['psh', 'P'],
    ['ack', '.'],
    ['urg', 'U'],
    ['ece', 'E'],
    ['cwr', 'W'],
  ]
  return (
    letters
      .filter(([name]) => flags[name])
      .map(([, letter]) => letter)
      .join('') || 'none'
  )
}

/** TCP options as tcpdump prints them (`mss 1460,sackOK,TS val 1 ecr 0,nop,wscale 7`). */
export function optionText(options: Uint8Array): string {
  const view = new DataView(options.buffer, options.byteOffset, options.length)
  const parts: string[] = []
  for (let at = 0; at < options.length;) {
    const kind = view.getUint8(at)
    if (kind === 0) {
      parts.push('eol')
      break
    }
    if (kind === 1) {
      parts.push('nop')
      at += 1
      continue
    }
    const length = at + 1 < options.length ? view.getUint8(at + 1) : 0
    if (length < 2 || at + length > options.length) {
      parts.push('bad opt')
      break
    }
    if (kind === 2 && length === 4) parts.push(`mss ${view.getUint16(at + 2)}`)
    else if (kind === 3 && length === 3) parts.push(`wscale ${view.getUint8(at + 2)}`)
    else if (kind === 4 && length === 2) parts.push('sackOK')
    else if (kind === 5) parts.push(sackText(view, at, length))
    else if (kind === 8 && length === 10) parts.push(`TS val ${view.getUint32(at + 2)} ecr ${view.getUint32(at + 6)}`)
    else parts.push(`unknown-${kind}${length > 2 ? ` 0x${hexOf(options.subarray(at + 2, at + length))}` : ''}`)
    at += length
  }
  return parts.join(',')
}

const hexOf = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

function sackText(view: DataView, at: number, length: number): string {
  const blocks: string[] = []
  for (let block = at + 2; block + 8 <= at + length; block += 8)
    blocks.push(`{${view.getUint32(block)}:${view.getUint32(block + 4)}}`)
  return `sack ${blocks.length} ${blocks.join('')}`
}

export function createTcpdump(): Tcpdump {
  const flows = new Map<string, Bases>()

  const tcpText = (segment: Segment, tuple: FiveTuple): string => {
    const { flags, payload } = segment
    const key = flowKey(tuple)
    const own = `${tuple.source.address} ${tuple.source.port}`
    const known = flows.get(key)
    let { seq, ack } = segment
    if (!known || (flags.syn && !flags.ack)) {
      if (flags.syn || !known) flows.set(key, basesOf(own, segment))
    } else {
      const forward = known.first === own
      seq = (seq - (forward ? known.there : known.back)) >>> 0
      ack = (ack - (forward ? known.back : known.there)) >>> 0
      if (flags.syn) seq = segment.seq
      if (flags.syn && flags.ack) ack = segment.ack
    }
    const parts = [`Flags [${flagLetters(flags)}]`]
    if (payload.length > 0) parts.push(`seq ${seq}:${(seq + payload.length) >>> 0}`)
    else if (flags.syn || flags.fin || flags.rst) parts.push(`seq ${seq}`)
    if (flags.ack) parts.push(`ack ${ack}`)
    parts.push(`win ${segment.window}`)
    if (flags.urg) parts.push(`urg ${segment.urgent}`)
    if (segment.options.length > 0) parts.push(`options [${optionText(segment.options)}]`)
    parts.push(`length ${payload.length}`)
    return parts.join(', ')
  }

  /** After a SYN both sides' numbers count from its successor; in mid-flow from the first segment seen. */
  const basesOf = (first: string, { seq, ack, flags }: Segment): Bases =>
    flags.syn && flags.ack
      ? { first, there: seq, back: (ack - 1) >>> 0 }
      : { first, there: seq, back: flags.ack ? (ack - 1) >>> 0 : 0 }

  return {
    line(packet, { time, nameOf } = {}) {
      const { transport, source, destination } = packet
      const tuple = tupleOf(packet)
      if (tuple && transport.protocol === 'tcp') fixBack(flows, tuple, transport)
      const spans: Record<string, readonly [number, number]> = {}
      let text = time === undefined ? '' : `${clock(time)} `
      const add = (part: string, field?: PrintedField) => {
        if (field) spans[field] = [text.length, text.length + part.length]
        text += part
      }
      add(source.includes(':') ? 'IP6' : 'IP')
      add(' ')
      add(source, 'source')
      const port = (number: number) => (tuple && nameOf?.(tuple.protocol, number)) ?? String(number)
      if (tuple) {
        add('.')
        add(port(tuple.source.port), 'sourcePort')
      }
      add(' > ')
      add(destination, 'destination')
      if (tuple) {
        add('.')
        add(port(tuple.destination.port), 'destinationPort')
      }
      add(': ')
      if (transport.protocol === 'tcp' && tuple) {
        const body = tcpText(transport, tuple)
        const end = body.indexOf(']') + 1
        add(body.slice(0, end), 'flags')
        spans['protocol'] = spans['flags'] ?? [0, 0]
        add(body.slice(end))
      } else if (transport.protocol === 'udp') {
        const body = udpText(transport.payload, transport)
        add(body, 'protocol')
      } else add(icmpText(packet), 'protocol')
      return { text, spans }
    },
  }
}

/** The SYN-ACK tells the second side's first number. */
function fixBack(flows: Map<string, Bases>, tuple: FiveTuple, { flags, seq, ack }: Segment): void {
  const key = flowKey(tuple)
  const known = flows.get(key)
  const own = `${tuple.source.address} ${tuple.source.port}`
  if (!known || known.first === own) return
  if (flags.syn && flags.ack) flows.set(key, { ...known, back: seq })
  else if (flags.rst && known.back === 0) flows.set(key, { ...known, there: known.there, back: flags.ack ? seq : ack })
}

function udpText(
  payload: Uint8Array,
  ports: { readonly sourcePort: number; readonly destinationPort: number },
): string {
  const dns = [ports.sourcePort, ports.destinationPort].includes(53) ? dnsText(payload) : undefined
  return dns ?? `UDP, length ${payload.length}`
}

const QUERY_TYPES: Readonly<Record<number, string>> = {
  1: 'A',
  2: 'NS',
  5: 'CNAME',
  6: 'SOA',
  12: 'PTR',
  15: 'MX',
  16: 'TXT',
  28: 'AAAA',
}

/** A DNS query with one question, as tcpdump prints it: `4660+ A? port.example. (30)`. */
function dnsText(payload: Uint8Array): string | undefined {
  if (payload.length < 17) return undefined
  const view = new DataView(payload.buffer, payload.byteOffset, payload.length)
  const flags = view.getUint16(2)
  if ((flags & 0x8000) !== 0 || view.getUint16(4) !== 1) return undefined
  const labels: string[] = []
  let at = 12
  for (let size = payload[at] ?? 0; size > 0; size = payload[at] ?? 0) {
    if (size > 63 || at + 1 + size >= payload.length) return undefined
    labels.push(String.fromCharCode(...payload.subarray(at + 1, at + 1 + size)))
    at += 1 + size
  }
  if (at + 5 > payload.length) return undefined
  const type = view.getUint16(at + 1)
  const recursion = (flags & 0x0100) !== 0 ? '+' : ''
  return `${view.getUint16(0)}${recursion} ${QUERY_TYPES[type] ?? `Type${type}`}? ${labels.join('.')}. (${payload.length})`
}

function icmpText({ transport }: Packet): string {
  if (transport.protocol === 'tcp' || transport.protocol === 'udp') return ''
  const { type, code, rest, payload } = transport
  const length = payload.length + 8
  const quoted = quotedTuple(transport)
  const echo = `id ${rest >>> 16}, seq ${rest & 0xffff}, length ${length}`
  if (transport.protocol === 'icmp6') {
    if (type === 128) return `ICMP6, echo request, ${echo}`
    if (type === 129) return `ICMP6, echo reply, ${echo}`
    if (type === 1 && code === 4 && quoted)
      return `ICMP6, destination unreachable, unreachable port, ${quoted.destination.address} ${quoted.protocol} port ${quoted.destination.port}, length ${length}`
    if (type === 133) return `ICMP6, router solicitation, length ${length}`
    return `ICMP6, type-#${type}, length ${length}`
  }
  if (type === 8) return `ICMP echo request, ${echo}`
  if (type === 0) return `ICMP echo reply, ${echo}`
  if (type === 3 && code === 3 && quoted)
    return `ICMP ${quoted.destination.address} ${quoted.protocol} port ${quoted.destination.port} unreachable, length ${length}`
  return `ICMP type-#${type}, length ${length}`
}

/** One packet printed by itself, as the first of its flow. */
export const tcpdumpLine = (packet: Packet, options?: PrintOptions): PrintedLine =>
  createTcpdump().line(packet, options)
