import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { formatAddress } from '../net/address'
import { dissect, emptyDissection } from '../net/capture/dissect'
import { CaptureParser } from '../net/capture/parser'
import { tupleOf } from '../net/packet'
import { reverse, tupleKey } from '../net/tuple'
import type { RecordedPacket } from './capture-level'
import { dealCapture } from './capture-level'
import { modelPlayer, playThrough } from './player'
import { decide, resultOf, start } from './rules'
import { truthOf } from './truth'
import type { PacketArrival, Shift } from './shift'
import { atDesk, packetOf } from './shift'

const recordsOf = (path: string): readonly RecordedPacket[] => {
  const records: RecordedPacket[] = []
  const found = emptyDissection()
  const parser = new CaptureParser((buffer, from, captured, _original, linkType, time) => {
    dissect(buffer, from, captured, linkType, found)
    const ipOffset = found.ip < 0 ? undefined : found.ip - from
    records.push({ bytes: buffer.slice(from, from + captured), ipOffset, time })
  })
  parser.push(readFileSync(path))
  parser.end()
  return records
}

const SAMPLE = recordsOf('assets/sample.pcap')
const { level, notAsked } = dealCapture('sample.pcap', '192.0.2.10', SAMPLE, 200)

describe('a level dealt from the sample', () => {
  it('asks about every packet that came in over TCP and UDP', () => {
    const inbound = SAMPLE.filter(({ bytes, ipOffset = 0 }) => formatAddress(bytes, ipOffset + 16, 4) === '192.0.2.10')
    expect(inbound.length).toBeGreaterThan(70)
    expect((level.capture?.arrivals.length ?? 0) + notAsked.repetitive).toBe(inbound.length)
    expect(notAsked).toMatchObject({ unreadable: 0, unanswered: 0 })
  })

  it('is played to its end with three stars by someone who asks the model', () => {
    const end = playThrough(level, 1, 'calm', modelPlayer)
    expect(end.finished).toBe(true)
    expect(resultOf(end)).toMatchObject({ stars: 3, accuracy: 1 })
  })

  it('expects of the player what the host did: RST where it sent one, ICMP where it sent one, neither elsewhere', () => {
    const refused = new Set<string>()
    const parsed = recordsOf('assets/sample.pcap')
    for (const { bytes, ipOffset = 0 } of parsed) {
      // The host's own resets and ICMP errors, by the flow they answer.
      const protocol = bytes[ipOffset + 9]
      const header = ipOffset + 20
      if (protocol === 6 && ((bytes[header + 13] ?? 0) & 4) !== 0)
        refused.add(`${(bytes[header + 2] ?? 0) * 256 + (bytes[header + 3] ?? 0)}`)
      if (protocol === 1) refused.add(`${(bytes[header + 28] ?? 0) * 256 + (bytes[header + 29] ?? 0)}`)
    }
    expect(refused.size).toBe(5)
    const end = playThrough(level, 1, 'calm', modelPlayer)
    for (const { arrival, truth } of end.decisions) {
      const sourcePort = String(tupleOf(packetOf(arrival) ?? fail())?.source.port)
      expect(['rst', 'icmp'].includes(truth.kind), `packet ${arrival.id}`).toBe(refused.has(sourcePort))
    }
  })

  it('lights a window for each connection and knows the doors', () => {
    const end = playThrough(level, 1, 'calm', modelPlayer)
    const doors = end.host.sockets.filter(({ peer }) => !peer).map(({ protocol, local }) => `${local.port}/${protocol}`)
    expect(doors.toSorted()).toEqual(['123/udp', '22/tcp', '443/tcp', '53/tcp', '53/udp', '5432/tcp', '80/tcp'])
    expect(end.bricks.map(({ port }) => port).toSorted((a, b) => a - b)).toEqual([23, 161, 3306, 8080])
  })

  it('brings a wrongly refused SYN back before its own data, so that nothing is lost', () => {
    let shift = start(level, 1, 'calm')
    while (truthOf(shift, desk(shift)).choice.kind !== 'listener' || !isSyn(shift)) {
      shift = decide(shift, modelPlayer(shift))
    }
    const flow = tupleOf(desk(shift).packet)
    shift = decide(shift, { kind: 'drop' })
    const order = [...shift.waiting, ...shift.coming].filter((arrival) => {
      const packet = packetOf(arrival)
      const tuple = packet && tupleOf(packet)
      return tuple && flow && tupleKey(tuple) === tupleKey(flow)
    })
    expect(order[0]?.attempt).toBe(2)
    while (!shift.finished) shift = decide(shift, modelPlayer(shift))
    expect(resultOf(shift).missed).toHaveLength(1)
  })
})

const desk = (shift: Shift): PacketArrival => {
  const arrival = atDesk(shift)
  return arrival && 'packet' in arrival ? arrival : fail()
}

const fail = (): never => {
  throw new Error('Nobody waits.')
}

const isSyn = (shift: ReturnType<typeof start>) => {
  const transport = packetOf(atDesk(shift))?.transport
  return transport?.protocol === 'tcp' && transport.flags.syn
}

describe('other recordings', () => {
  it.each([
    ['evidence/captures/live-wire.pcap', '192.0.2.2'],
    ['evidence/captures/live-wire.pcap', '2001:db8::2'],
    ['evidence/captures/live-wire.pcap', '192.0.2.1'],
    ['evidence/captures/live-lo-tcp4.pcap', '127.0.0.1'],
  ])('%s is playable at %s', (path, address) => {
    const dealt = dealCapture(path, address, recordsOf(path), 200)
    expect(dealt.level.capture?.arrivals.length).toBeGreaterThan(0)
    expect(resultOf(playThrough(dealt.level, 1, 'calm', modelPlayer))).toMatchObject({ accuracy: 1 })
  })

  it('keeps one busy flow from drowning the others', () => {
    const { level: short } = dealCapture('sample.pcap', '192.0.2.10', SAMPLE, 20)
    const flows = short.capture?.arrivals.map(({ packet }) => {
      const tuple = tupleOf(packet)
      return tuple ? tupleKey(reverse(tuple)) : ''
    })
    expect(flows).toHaveLength(20)
    expect(new Set(flows).size).toBeGreaterThanOrEqual(6)
  })
})
