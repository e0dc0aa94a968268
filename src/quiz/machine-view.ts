import { encodeIp } from '../net/frame'
import { hexRows, hexByte } from '../net/hex'
import type { Packet } from '../net/packet'
import { tupleOf } from '../net/packet'
import type { SsOptions } from '../net/ss'
import { ssShown, ssSocket, ssTable } from '../net/ss'
import { createTcpdump, flagLetters } from '../net/tcpdump'
import type { QuestionWords } from '../words/questions'
import type { Machine } from './machine'
import { programOf } from './machine'
import type { DoorsView, PapersView, Row, Span, TextView } from './view'
import { cutLine } from './view'

/** The picture of doors and windows of a machine. Its fields are the ids of its sockets. */
export const doorsView = (machine: Machine): DoorsView => ({ kind: 'doors', machine })

/**
 * What `ss` prints on a machine; `flags` are written as after the command (`-tan`, `-tlnp`, `-ulnp`, `-uan`). Each line's
 * field is the id of its socket.
 */
export function ssView(machine: Machine, flags: string, sport?: number): TextView {
  const options: SsOptions = {
    protocols: [...(flags.includes('t') ? (['tcp'] as const) : []), ...(flags.includes('u') ? (['udp'] as const) : [])],
    show: flags.includes('a') ? 'all' : flags.includes('l') ? 'listening' : 'connected',
    processes: flags.includes('p'),
    ...(sport !== undefined && { sport }),
  }
  const names = machine.sockets.map((socket) => programOf(machine, socket))
  const sockets = machine.sockets.map((socket, index) => {
    const name = names[index] ?? ''
    // One program is one process, with a descriptor for each of its sockets.
    const pid = 700 + names.indexOf(name) * 37
    const fd = 3 + names.slice(0, index).filter((other) => other === name).length
    const shown = ssSocket(socket, {
      ...(socket.state === 'LISTEN' && { sendq: 4096 }),
      ...(name && { process: { name, pid, fd } }),
    })
    return { ...shown, id: socket.id }
  })
  const [head = '', ...rows] = ssTable(sockets, options).map((line) => line.trimEnd())
  const ids = ssShown(sockets, options).map(({ id }) => id)
  return {
    kind: 'text',
    command: `ss ${flags}${sport === undefined ? '' : ` sport = :${sport}`}`,
    lines: [[{ text: head }], ...rows.map((text, index) => [{ text, field: ids[index] ?? '' }])],
  }
}

/**
 * Packets as one run of `tcpdump -nn` prints them, a line each (with `-t`, without the time, if no times are given). The fields of a single packet are `source`, `sourcePort`,
 * `destination`, `destinationPort`, `flags`, `protocol`; those of the nth of several (from 1) have `n:` before them.
 * `times` are microseconds since midnight.
 */
export function tcpdumpView(packets: readonly Packet[], times?: readonly number[]): TextView {
  const tcpdump = createTcpdump()
  return {
    kind: 'text',
    command: times ? 'tcpdump -nn' : 'tcpdump -nn -t',
    lines: packets.map((packet, index) => {
      const time = times?.[index]
      const { text, spans } = tcpdump.line(packet, time === undefined ? {} : { time })
      const prefix = packets.length > 1 ? `${index + 1}:` : ''
      // A line of TCP says its protocol only by having flags: the word `Flags` stands for it, the letters for themselves.
      const { protocol, flags } = spans
      const apart =
        protocol && flags && protocol[0] === flags[0]
          ? { ...spans, protocol: [flags[0], flags[0] + 5] as const, flags: [flags[0] + 6, flags[1]] as const }
          : spans
      const cuts = Object.entries(apart).map(([field, [start, end]]) => ({ field: prefix + field, start, end }))
      return cutLine(text, cuts)
    }),
  }
}

/** The fields of a packet with their names, as the papers of the game have them. */
export function papersView(packet: Packet, words: QuestionWords): PapersView {
  const names = words.common.fields
  const tuple = tupleOf(packet)
  const { transport } = packet
  const row = (field: keyof typeof names, value: string | number): Row => ({
    field,
    name: names[field],
    value: String(value),
  })
  return {
    kind: 'papers',
    rows: [
      row('protocol', transport.protocol === 'icmp6' ? 'ICMPv6' : transport.protocol.toUpperCase()),
      row('source', packet.source),
      ...(tuple ? [row('sourcePort', tuple.source.port)] : []),
      row('destination', packet.destination),
      ...(tuple ? [row('destinationPort', tuple.destination.port)] : []),
      ...(transport.protocol === 'tcp' ? [row('flags', `[${flagLetters(transport.flags)}]`)] : []),
    ],
  }
}

/** Facts of a case that no tool prints: name and value on each row, lit by `field`. */
export const factsView = (rows: readonly Row[]): PapersView => ({ kind: 'papers', rows })

/**
 * Bytes from the start of a transport header, as `xxd -g 1` prints them. `marks` are runs of bytes [from, to) that are a
 * field.
 */
export function hexView(
  bytes: Uint8Array,
  marks: readonly { readonly field: string; readonly from: number; readonly to: number }[],
): TextView {
  const lines = hexRows(bytes).map(({ offset, bytes: row }): readonly Span[] => [
    { text: `${offset.toString(16).padStart(8, '0')}: ` },
    ...row.map((byte, index) => {
      const at = offset + index
      const mark = marks.find(({ from, to }) => from <= at && at < to)
      const text = hexByte(byte) + (index === row.length - 1 ? '' : ' ')
      return mark ? { text, field: mark.field } : { text }
    }),
    { text: `${' '.repeat(3 * (16 - row.length) + 2)}${row.map(xxdAscii).join('')}` },
  ])
  return { kind: 'text', command: 'xxd -g 1 header.bin', lines }
}

/** What xxd prints of a byte on the right: its ASCII character (a blank too), or a dot. */
const xxdAscii = (byte: number): string => (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '.')

/** The bytes of a packet's transport header and payload. */
export const transportBytes = (packet: Packet): Uint8Array => {
  const bytes = encodeIp(packet)
  return bytes.slice((bytes[0] ?? 0) >> 4 === 4 ? ((bytes[0] ?? 0) & 15) * 4 : 40)
}
