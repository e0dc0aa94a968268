import { existsSync, readdirSync, readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dataPacket, datagram, ping, segmentPacket, synPacket } from './build'
import { encodeFrame, encodeIp } from './frame'
import { hexDump } from './hex'
import type { PrintedField, PrintOptions } from './tcpdump'
import { clock, createTcpdump, tcpdumpLine } from './tcpdump'

interface Recording {
  readonly command: string
  readonly frames: readonly { readonly sec: number; readonly usec: number; readonly hex: string }[]
}

const VIEWS = 'evidence/views'
const recordings = readdirSync(VIEWS).filter((name) => /^tcpdump-.*\.json$/.test(name))
const bytesOf = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
const readRecording = (name: string): Recording => JSON.parse(readFileSync(`${VIEWS}/${name}`, 'utf8'))

/** What tcpdump prints with these flags. */
function replay({ command, frames }: Recording): string {
  const flag = (name: string) => command.split(' ').includes(name)
  const tcpdump = createTcpdump()
  const lines = frames.map(({ sec, usec, hex }) => {
    const bytes = bytesOf(hex)
    const options: PrintOptions = {
      absolute: flag('-S'),
      verbose: flag('-v'),
      ...(!flag('-t') && { time: sec * 1_000_000 + usec }),
    }
    const { text } = tcpdump.line(bytes, options)
    if (flag('-XX')) return `${text}\n${hexDump(bytes)}`
    return flag('-x') ? `${text}\n${hexDump(bytes.subarray(14), { ascii: false })}` : text
  })
  return `${lines.join('\n')}\n`
}

const client = { address: '192.0.2.88', port: 51844 }
const server = { address: '192.0.2.11', port: 3306 }
const ip = { ttl: 64, identification: 1 }
const syn = synPacket({ ...ip, source: client, destination: server, seq: 4_294_967_290, tsval: 5 })
const text = (words: string) => new TextEncoder().encode(words)

const nameOf = (protocol: string, port: number) => (protocol === 'tcp' && port === 3306 ? 'mysql' : undefined)

/** What stands behind the length of a segment with these words, sent to this port. */
const said = (port: number, words: string) => {
  const destination = { ...server, port }
  const data = { ...ip, source: client, destination, seq: 1, ack: 1, tsval: 1, tsecr: 1, payload: text(words) }
  return tcpdumpLine(dataPacket(data)).text.replace(/.*, length \d+/, '')
}

describe('a line of tcpdump', () => {
  it('has recordings to be compared with', () => {
    expect(recordings).toHaveLength(12)
    expect(recordings.flatMap((name) => readRecording(name).frames)).toHaveLength(4 * (32 + 36 + 6))
  })

  it.each(recordings)('is what the tool printed, to the letter: %s', (name) => {
    expect(replay(readRecording(name))).toBe(readFileSync(`${VIEWS}/${name.replace('.json', '.txt')}`, 'utf8'))
  })

  it.skipIf(!existsSync('../shared/evidence/views'))('is compared with every recording there is', () => {
    const all = readdirSync('../shared/evidence/views').filter((name) => /^tcpdump-.*\.json$/.test(name))
    expect(recordings).toEqual(all)
  })

  it('is the same for a packet, for its frame and for the bytes of either', () => {
    const frame = { ethernet: { source: '02:00:00:00:00:01', destination: '02:00:00:00:00:02' }, packet: syn }
    const line = tcpdumpLine(syn)
    expect(line.text).toBe(
      'IP 192.0.2.88.51844 > 192.0.2.11.3306: Flags [S], seq 4294967290, win 64240, ' +
        'options [mss 1460,sackOK,TS val 5 ecr 0,nop,wscale 7], length 0',
    )
    expect(tcpdumpLine(frame)).toEqual(line)
    expect(tcpdumpLine(encodeFrame(frame))).toEqual(line)
    expect(tcpdumpLine(encodeIp(syn), { ipOffset: 0 })).toEqual(line)
  })

  it('counts sequence numbers from the first of each end, across their wrap', () => {
    const tcpdump = createTcpdump()
    const lines = [
      syn,
      segmentPacket({
        ...ip,
        source: server,
        destination: client,
        seq: 100,
        ack: 4_294_967_291,
        flags: { syn: true, ack: true },
        window: 65160,
      }),
      dataPacket({
        ...ip,
        source: client,
        destination: server,
        seq: 4_294_967_291,
        ack: 101,
        tsval: 6,
        tsecr: 5,
        payload: text('0123456789'),
      }),
      segmentPacket({
        ...ip,
        source: server,
        destination: client,
        seq: 101,
        ack: 5,
        flags: { ack: true },
        window: 502,
      }),
    ].map((packet) => tcpdump.line(packet).text.replace(/.*Flags/, 'Flags'))
    expect(lines[1]).toBe('Flags [S.], seq 100, ack 4294967291, win 65160, length 0')
    expect(lines[2]).toBe('Flags [P.], seq 1:11, ack 1, win 502, options [nop,nop,TS val 6 ecr 5], length 10')
    expect(lines[3]).toBe('Flags [.], ack 11, win 502, length 0')
  })

  it('prints them as they are with -S, and of a flow that it sees for the first time', () => {
    const ack = segmentPacket({
      ...ip,
      source: server,
      destination: client,
      seq: 500,
      ack: 700,
      flags: { fin: true, ack: true },
      window: 1,
    })
    expect(tcpdumpLine(ack).text).toContain('seq 500, ack 700')
    const tcpdump = createTcpdump()
    tcpdump.line(ack)
    expect(tcpdump.line(ack).text).toContain('seq 0, ack 1')
    expect(tcpdump.line(ack, { absolute: true }).text).toContain('seq 500, ack 700')
  })

  it('begins to count anew when the same ports open another connection', () => {
    const tcpdump = createTcpdump()
    const answer = (seq: number) => {
      const flags = { syn: true, ack: true }
      const part = { ...ip, source: server, destination: client, seq, ack: 1, flags, window: 1 }
      return tcpdump.line(segmentPacket(part)).text
    }
    expect(answer(1000)).toContain('seq 1000, ack 1,')
    expect(answer(5000)).toContain('seq 5000, ack 1,')
  })

  it('has names for ports without -n, and no names for addresses', () => {
    expect(tcpdumpLine(syn, { nameOf }).text).toMatch(/^IP 192\.0\.2\.88\.51844 > 192\.0\.2\.11\.mysql: Flags \[S\]/)
  })

  it('knows what a query, a clock, a log line and a ping look like', () => {
    const udp = (port: number, payload: Uint8Array) =>
      tcpdumpLine(datagram({ ...ip, source: client, destination: { ...server, port }, payload })).text.replace(
        /.*: /,
        '',
      )
    const query = [18, 52, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 4, 113, 117, 97, 121, 0, 0, 28, 0, 1]
    expect(udp(53, Uint8Array.from(query))).toBe('4660+ AAAA? quay. (22)')
    expect(
      udp(
        123,
        Uint8Array.from({ length: 48 }, (_, index) => (index === 0 ? 0x23 : 0)),
      ),
    ).toBe('NTPv4, Client, length 48')
    expect(
      tcpdumpLine(datagram({ ...ip, source: client, destination: { ...server, port: 514 }, payload: text('<13>up') }))
        .text,
    ).toMatch(/ SYSLOG user\.notice, length: 6$/)
    expect(udp(51820, new Uint8Array(148))).toBe('UDP, length 148')
    const echo = ping({
      ...ip,
      source: '2001:db8::1',
      destination: '2001:db8::2',
      identifier: 7,
      sequence: 1,
      payload: new Uint8Array(56),
    })
    expect(tcpdumpLine(echo).text).toBe('IP6 2001:db8::1 > 2001:db8::2: ICMP6, echo request, id 7, seq 1, length 64')
  })

  it('prints the first line of text protocols', () => {
    expect(said(80, 'GET / HTTP/1.1\r\nHost: quay\r\n\r\n')).toBe(': HTTP: GET / HTTP/1.1')
    expect(said(8080, 'HTTP/1.1 404 Not Found\r\n')).toBe(': HTTP: HTTP/1.1 404 Not Found')
    expect(said(80, 'something else\r\n')).toBe(': HTTP')
    expect(said(25, 'EHLO quay.example\r\n')).toBe(': SMTP: EHLO quay.example')
    expect(said(25, 'EHLO qu')).toBe(': SMTP: EHLO qu [|smtp]')
    expect(said(25, 'a\u0001b\r\n')).toBe(': SMTP')
    expect(said(22, 'SSH-2.0-OpenSSH_9.6\r\n')).toBe(': SSH: SSH-2.0-OpenSSH_9.6')
    expect(said(3306, 'GET / HTTP/1.1\r\n')).toBe('')
  })

  it('knows where in it each field stands', () => {
    const packets = [
      {
        packet: syn,
        fields: {
          source: '192.0.2.88',
          sourcePort: '51844',
          destination: '192.0.2.11',
          destinationPort: '3306',
          flags: 'Flags [S]',
          protocol: 'Flags [S]',
        },
      },
      {
        packet: datagram({
          ...ip,
          source: { address: '2001:db8::1', port: 5 },
          destination: { address: '2001:db8::5', port: 55 },
          payload: text('x'),
        }),
        fields: {
          source: '2001:db8::1',
          sourcePort: '5',
          destination: '2001:db8::5',
          destinationPort: '55',
          protocol: 'UDP',
        },
      },
      {
        packet: ping({
          ...ip,
          source: '192.0.2.1',
          destination: '192.0.2.2',
          identifier: 1,
          sequence: 1,
          payload: text(''),
        }),
        fields: { source: '192.0.2.1', destination: '192.0.2.2', protocol: 'ICMP' },
      },
    ]
    for (const { packet, fields } of packets)
      for (const options of [{}, { time: 1 }, { verbose: true }]) {
        const { text, spans } = tcpdumpLine(packet, options)
        const found = Object.entries(spans).map(([field, [start, end]]) => [field, text.slice(start, end)])
        const names: Readonly<Partial<Record<PrintedField, string>>> = fields
        const verbose = { tcp: 'proto TCP (6)', icmp: 'proto ICMP (1)', udp: 'next-header UDP (17)', icmp6: '' }
        const protocol = 'verbose' in options ? verbose[packet.transport.protocol] : names.protocol
        expect(Object.fromEntries(found)).toEqual({ ...fields, protocol })
      }
  })

  it('marks the packet’s own ends, not those of the packet that an ICMP error quotes', () => {
    const error = {
      ...syn,
      source: '192.0.2.11',
      destination: '192.0.2.88',
      transport: { protocol: 'icmp' as const, type: 3, code: 3, rest: 0, payload: encodeIp(syn) },
    }
    const { text, spans } = tcpdumpLine(error, { verbose: true })
    expect(text).toContain('ICMP 192.0.2.11 tcp port 3306 unreachable, length 68\n\tIP (')
    expect(text.slice(...(spans.source ?? [0, 0]))).toBe('192.0.2.11')
    expect(spans.source?.[0]).toBeLessThan(text.indexOf('ICMP 192'))
  })

  it('says where the capture cut it, and never throws, whatever the bytes', () => {
    const frame = encodeFrame({
      ethernet: { source: '02:00:00:00:00:01', destination: '02:00:00:00:00:02' },
      packet: syn,
    })
    expect(tcpdumpLine(frame.subarray(0, 40), { wireLength: 74 }).text).toBe(
      'IP 192.0.2.88.51844 > 192.0.2.11.3306:  [|tcp]',
    )
    expect(tcpdumpLine(frame.subarray(0, 20)).text).toBe('IP  [|ip]')
    expect(tcpdumpLine(frame.subarray(0, 10)).text).toBe(' [|ether]')
    const damaged = fc.tuple(
      fc.constantFrom(
        frame,
        ...recordings.flatMap((name) => readRecording(name).frames.map(({ hex }) => bytesOf(hex))),
      ),
      fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 4 }),
      fc.nat(),
    )
    fc.assert(
      fc.property(
        damaged,
        fc.boolean(),
        fc.constantFrom(undefined, 0, 14),
        ([whole, changes, cut], verbose, ipOffset) => {
          const bytes = whole.slice(0, cut % (whole.length + 1))
          for (const [at, value] of changes) if (bytes.length > 0) bytes[at % bytes.length] = value
          const { text, spans } = tcpdumpLine(bytes, {
            verbose,
            wireLength: whole.length,
            ...(ipOffset !== undefined && { ipOffset }),
          })
          for (const [start, end] of Object.values(spans)) expect(text.slice(start, end)).toHaveLength(end - start)
        },
      ),
      { numRuns: 5000 },
    )
  })

  it('has the time of day, in UTC or by another clock', () => {
    expect(clock(1_795_480_217_666_099)).toBe('00:30:17.666099')
    expect(clock(79_200_000_000)).toBe('22:00:00.000000')
    expect(clock(-1)).toBe('23:59:59.999999')
    expect(tcpdumpLine(syn, { time: 79_200_000_000, utcOffset: 330 }).text).toMatch(/^03:30:00\.000000 IP /)
  })
})
