/** Writes assets/sample.pcap, one minute of a small server's evening. Run by hand: `node --import tsx scripts/make-sample.ts`. */
import { writeFileSync } from 'node:fs'
import { datagram, segmentPacket, synPacket, timestampOptions } from '../src/net/build'
import { encodeFrame } from '../src/net/frame'
import type { Packet } from '../src/net/packet'
import { receive } from '../src/net/receive'
import { SocketTable } from '../src/net/socket-table'
import type { Endpoint } from '../src/net/tuple'
import { payloadFor } from '../src/shift/payload'
import { random } from '../src/shift/random'

const SERVER = '192.0.2.10'
const dice = random(443)
/** 21 November 2026, 22:00 UTC, in microseconds. */
const EVENING = 1_795_298_400_000_000

interface Recorded {
  readonly at: number
  readonly packet: Packet
}
const night: Recorded[] = []
const text = (line: string) => Uint8Array.from(line, (letter) => letter.charCodeAt(0))
const record = (at: number, packet: Packet) => night.push({ at, packet })

/** A TCP connection: handshake, questions and answers, and a close, with the numbers they would carry. */
function connection(
  from: Endpoint,
  port: number,
  begin: number,
  talk: readonly (readonly [ask: number, answer: number])[],
  closes = true,
) {
  const to = { address: SERVER, port }
  let [mine, theirs] = [dice.int(1, 2 ** 31), dice.int(1, 2 ** 31)]
  const [clockA, clockB] = [dice.int(1, 2 ** 31), dice.int(1, 2 ** 31)]
  let at = begin
  const identification = () => dice.int(1, 65535)
  const wait = (least: number, most: number) => (at += dice.int(least, most))
  const ticks = () => Math.floor((at - begin) / 1000)
  const inbound = (flags: object, payload = new Uint8Array()) =>
    record(
      at,
      segmentPacket({
        source: from,
        destination: to,
        seq: mine,
        ack: theirs,
        flags,
        window: 501,
        ttl: 57,
        identification: identification(),
        options: timestampOptions(clockA + ticks(), clockB + ticks()),
        payload,
      }),
    )
  const outbound = (flags: object, payload = new Uint8Array()) =>
    record(
      at,
      segmentPacket({
        source: to,
        destination: from,
        seq: theirs,
        ack: mine,
        flags,
        window: 508,
        ttl: 64,
        identification: identification(),
        options: timestampOptions(clockB + ticks(), clockA + ticks()),
        payload,
      }),
    )
  record(
    at,
    synPacket({ source: from, destination: to, seq: mine, tsval: clockA, ttl: 57, identification: identification() }),
  )
  mine++
  wait(40, 90)
  outboundSynAck()
  theirs++
  wait(9000, 24_000)
  inbound({ ack: true })
  for (const [ask, answer] of talk) {
    wait(2000, 900_000)
    inbound(
      { ack: true, psh: true },
      Uint8Array.from({ length: ask }, () => dice.int(0, 255)),
    )
    mine += ask
    wait(40, 2000)
    outbound(
      { ack: true, psh: true },
      Uint8Array.from({ length: answer }, () => dice.int(0, 255)),
    )
    theirs += answer
    wait(9000, 24_000)
    inbound({ ack: true })
  }
  if (!closes) return
  wait(200_000, 2_000_000)
  inbound({ ack: true, fin: true })
  mine++
  wait(60, 200)
  outbound({ ack: true, fin: true })
  theirs++
  wait(9000, 24_000)
  inbound({ ack: true })

  function outboundSynAck() {
    record(
      at,
      segmentPacket({
        source: to,
        destination: from,
        seq: theirs,
        ack: mine,
        flags: { syn: true, ack: true },
        window: 65160,
        ttl: 64,
        identification: 0,
        options: synOptionsOf(clockB, clockA),
      }),
    )
  }
}

const synOptionsOf = (tsval: number, tsecr: number) =>
  Uint8Array.from([2, 4, 5, 180, 4, 2, ...timestampOptions(tsval, tsecr).subarray(2), 1, 3, 3, 7])

/** A knock at a closed port, with the host's own refusal. */
function knock(packet: Packet, at: number) {
  record(at, packet)
  const { answer } = receive({ name: 'sample', addresses: [SERVER], table: SocketTable.of([]) }, packet)
  if (answer) record(at + dice.int(30, 70), answer)
}

const second = (value: number) => value * 1_000_000
const ask = (from: Endpoint, port: number, at: number) => {
  const question = payloadFor(port, dice)
  const to = { address: SERVER, port }
  record(
    at,
    datagram({ source: from, destination: to, payload: question, ttl: 57, identification: dice.int(1, 65535) }),
  )
  const answer = question.slice()
  if (port === 53) answer[2] = 0x81
  if (port === 123) answer[0] = 0x24
  record(
    at + dice.int(120, 900),
    datagram({ source: to, destination: from, payload: answer, ttl: 64, identification: dice.int(1, 65535) }),
  )
}

const laptop = '203.0.113.7'
const phone = '203.0.113.88'
const office = '198.51.100.23'
const app = '192.0.2.20'
connection({ address: laptop, port: 51844 }, 443, second(0.4), [
  [517, 1400],
  [126, 350],
  [212, 900],
])
connection({ address: laptop, port: 51845 }, 443, second(0.9), [
  [517, 1400],
  [198, 640],
])
connection({ address: office, port: 51844 }, 443, second(2.1), [
  [517, 1400],
  [300, 1200],
  [90, 410],
  [90, 77],
])
connection(
  { address: phone, port: 40112 },
  443,
  second(5.6),
  [
    [517, 1400],
    [144, 388],
  ],
  false,
)
connection({ address: phone, port: 40113 }, 80, second(5.2), [[180, 320]])
connection(
  { address: office, port: 60222 },
  22,
  second(1.2),
  [
    [41, 41],
    [1200, 1100],
    [48, 36],
    [36, 52],
    [36, 52],
  ],
  false,
)
connection(
  { address: app, port: 38822 },
  5432,
  second(3.3),
  [
    [64, 20],
    [92, 310],
    [74, 1180],
    [74, 96],
  ],
  false,
)
connection(
  { address: app, port: 38823 },
  5432,
  second(3.4),
  [
    [64, 20],
    [120, 40],
  ],
  false,
)
connection({ address: laptop, port: 52010 }, 53, second(8.2), [[34, 1300]])
connection(
  { address: office, port: 51846 },
  443,
  second(11),
  [
    [517, 1400],
    [260, 480],
  ],
  false,
)
for (const [address, port, at] of [
  [laptop, 40001, 0.2],
  [phone, 53011, 5],
  [office, 49800, 2],
  [laptop, 40002, 8],
  [phone, 53012, 12],
] as const)
  ask({ address, port }, 53, second(at))
ask({ address: office, port: 123 }, 123, second(6.5))
for (const [port, at] of [
  [23, 4.4],
  [8080, 7.1],
  [3306, 9.9],
] as const)
  knock(
    synPacket({
      source: { address: '198.51.100.200', port: 44000 + port },
      destination: { address: SERVER, port },
      seq: dice.int(1, 2 ** 31),
      tsval: 0,
      ttl: 241,
      identification: 54321,
    }),
    second(at),
  )
knock(
  datagram({
    source: { address: '198.51.100.200', port: 44161 },
    destination: { address: SERVER, port: 161 },
    payload: payloadFor(161, dice),
    ttl: 241,
    identification: 54321,
  }),
  second(10.4),
)
knock(
  segmentPacket({
    source: { address: phone, port: 40090 },
    destination: { address: SERVER, port: 443 },
    seq: 1000,
    ack: 2000,
    flags: { ack: true, psh: true },
    window: 501,
    ttl: 57,
    identification: 7,
    payload: text('are you still there'),
  }),
  second(10.9),
)

const MACS = { server: '02:00:5e:00:00:10', gateway: '02:00:5e:00:00:01' }
const header = new DataView(new ArrayBuffer(24))
for (const [at, value] of [
  [0, 0xa1b2c3d4],
  [16, 65535],
  [20, 1],
] as const)
  header.setUint32(at, value, true)
header.setUint16(4, 2, true)
header.setUint16(6, 4, true)
const parts: Uint8Array[] = [new Uint8Array(header.buffer)]
for (const { at, packet } of night.toSorted((a, b) => a.at - b.at)) {
  const toServer = packet.destination === SERVER
  const frame = encodeFrame({
    ethernet: { source: toServer ? MACS.gateway : MACS.server, destination: toServer ? MACS.server : MACS.gateway },
    packet,
  })
  const time = EVENING + at
  const record = new DataView(new ArrayBuffer(16))
  record.setUint32(0, Math.floor(time / 1e6), true)
  record.setUint32(4, Math.floor(time % 1e6), true)
  record.setUint32(8, frame.length, true)
  record.setUint32(12, frame.length, true)
  parts.push(new Uint8Array(record.buffer), frame)
}
writeFileSync('assets/sample.pcap', Buffer.concat(parts))
console.log(`assets/sample.pcap: ${night.length} packets`)
