import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { datagram, ping, synPacket } from './build'
import { fieldsOf } from './fields'
import { encodeFrame, encodeIp } from './frame'
import type { Packet } from './packet'

const ethernet = { source: '02:00:00:00:00:01', destination: '02:00:00:00:00:02' }
const ip = { ttl: 63, identification: 513 }
const four = [
  { address: '192.0.2.88', port: 51844 },
  { address: '192.0.2.11', port: 3306 },
] as const
const six = [
  { address: '2001:db8::88', port: 51844 },
  { address: '2001:db8::11', port: 53 },
] as const
const payload = Uint8Array.of(0xca, 0xfe, 1)

const syn = synPacket({ ...ip, source: four[0], destination: four[1], seq: 1000, tsval: 5 })
const query = datagram({ ...ip, source: six[0], destination: six[1], payload })
const echo = ping({
  ...ip,
  source: four[0].address,
  destination: four[1].address,
  identifier: 7,
  sequence: 1,
  payload,
})

const frameOf = (packet: Packet) => encodeFrame({ ethernet, packet })
const values = (bytes: Uint8Array, ipOffset?: number) =>
  Object.fromEntries(fieldsOf(bytes, ipOffset).map(({ id, value }) => [id, value]))

function expectEachByteOnce(bytes: Uint8Array, ipOffset?: number) {
  const fields = fieldsOf(bytes, ipOffset)
  let at = 0
  for (const { start, end } of fields) {
    expect(start).toBe(at)
    expect(end).toBeGreaterThan(start)
    at = end
  }
  expect(at).toBe(bytes.length)
}

describe('the fields of a frame', () => {
  it('have every byte exactly once, whatever the bytes are and wherever they were cut or changed', () => {
    const frames = [syn, query, echo].map(frameOf)
    fc.assert(
      fc.property(
        fc.constantFrom(...frames),
        fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 4 }),
        fc.nat(),
        fc.constantFrom(undefined, 0, 4, 14, 16, 18, 200),
        (frame, changes, cut, ipOffset) => {
          const bytes = frame.slice(0, cut % (frame.length + 1))
          for (const [at, value] of changes) if (bytes.length > 0) bytes[at % bytes.length] = value
          expectEachByteOnce(bytes, ipOffset)
        },
      ),
      { numRuns: 3000 },
    )
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 90 }), fc.nat({ max: 40 }), (bytes, ipOffset) => {
        expectEachByteOnce(bytes, ipOffset)
      }),
      { numRuns: 1000 },
    )
  })

  it('say what stands in them: a SYN over IPv4', () => {
    expect(values(frameOf(syn))).toEqual({
      'ethernet.destination': '02:00:00:00:00:02',
      'ethernet.source': '02:00:00:00:00:01',
      'ethernet.type': '0x0800',
      'ip.versionAndLength': '0x45',
      'ip.service': '0x00',
      'ip.totalLength': '60',
      'ip.identification': '513',
      'ip.fragment': '0x4000',
      'ip.ttl': '63',
      'ip.protocol': '6',
      'ip.checksum': expect.stringMatching(/^0x[0-9a-f]{4}$/),
      'ip.source': '192.0.2.88',
      'ip.destination': '192.0.2.11',
      'tcp.sourcePort': '51844',
      'tcp.destinationPort': '3306',
      'tcp.seq': '1000',
      'tcp.ack': '0',
      'tcp.headerLength': '40',
      'tcp.flags': 'S',
      'tcp.window': '64240',
      'tcp.checksum': expect.stringMatching(/^0x[0-9a-f]{4}$/),
      'tcp.urgent': '0',
      'tcp.options': 'mss 1460,sackOK,TS val 5 ecr 0,nop,wscale 7',
    })
  })

  it('say what stands in them: a datagram over IPv6, and a ping', () => {
    expect(values(frameOf(query))).toMatchObject({
      'ethernet.type': '0x86dd',
      'ip6.payloadLength': '11',
      'ip6.nextHeader': '17',
      'ip6.hopLimit': '63',
      'ip6.source': '2001:db8::88',
      'udp.destinationPort': '53',
      'udp.length': '11',
      payload: '0xcafe01',
    })
    expect(values(frameOf(echo))).toMatchObject({
      'ip.protocol': '1',
      'icmp.type': '8',
      'icmp.code': '0',
      'icmp.rest': '0x00070001',
      payload: '0xcafe01',
    })
  })

  it('stand where the bytes are: the destination port of TCP is at 36 and 37', () => {
    const frame = frameOf(syn)
    const port = fieldsOf(frame).find(({ id }) => id === 'tcp.destinationPort')
    expect(port).toEqual({ id: 'tcp.destinationPort', start: 36, end: 38, value: '3306' })
    expect([...frame.subarray(36, 38)]).toEqual([0x0c, 0xea])
  })

  it('count VLAN tags to the type, and padding to the link, not to the payload', () => {
    const frame = frameOf(query)
    const tagged = Uint8Array.from([...frame.subarray(0, 12), 0x81, 0, 0, 7, ...frame.subarray(12), 0, 0])
    expect(values(tagged, 18)).toMatchObject({ 'ethernet.type': '0x8100000786dd', payload: '0xcafe01', link: '0x0000' })
  })

  it('begin at another place when the capture has another link header', () => {
    const bytes = Uint8Array.from([0, 0, 0, 2, ...encodeIp(syn)])
    expect(fieldsOf(bytes, 4)[0]).toEqual({ id: 'link', start: 0, end: 4, value: '0x00000002' })
    expect(values(bytes, 4)).toMatchObject({ 'tcp.destinationPort': '3306' })
    expect(values(encodeIp(syn), 0)).toMatchObject({ 'tcp.destinationPort': '3306' })
  })

  it('are not made up where there are none: ARP, a later fragment, a cut field', () => {
    const arp = frameOf(syn)
    arp[13] = 6
    expect(Object.keys(values(arp))).toEqual(['ethernet.destination', 'ethernet.source', 'ethernet.type', 'payload'])
    const fragment = frameOf(syn)
    fragment[21] = 1
    expect(values(fragment)).not.toHaveProperty('tcp.sourcePort')
    expect(values(frameOf(syn).subarray(0, 35))).toMatchObject({ 'tcp.sourcePort': '0xca' })
  })
})
