import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NO_FLAGS, datagram, synPacket } from './build'
import { internetChecksum } from './checksum'
import { checksumsOf, decodeFrame, decodeIp, encodeFrame, encodeIp } from './frame'
import type { Packet, Transport } from './packet'
import { readFlags } from './tcp'

const u8 = fc.integer({ min: 0, max: 255 })
const u16 = fc.integer({ min: 0, max: 65535 })
const u32 = fc.integer({ min: 0, max: 0xffffffff })
/** Of odd and of even length: the checksum pads the odd ones. */
const payload = fc.uint8Array({ maxLength: 41 })
const options = fc
  .integer({ min: 0, max: 10 })
  .chain((words) => fc.uint8Array({ minLength: words * 4, maxLength: words * 4 }))

const segment = fc.record({
  protocol: fc.constant('tcp' as const),
  sourcePort: u16,
  destinationPort: u16,
  seq: u32,
  ack: u32,
  flags: u8.map(readFlags),
  window: u16,
  urgent: u16,
  options,
  payload,
})
const userDatagram = fc.record({
  protocol: fc.constant('udp' as const),
  sourcePort: u16,
  destinationPort: u16,
  payload,
})
const message = <P extends 'icmp' | 'icmp6'>(protocol: P) =>
  fc.record({ protocol: fc.constant(protocol), type: u8, code: u8, rest: u32, payload })

const packetOf = (
  addresses: readonly string[],
  identification: fc.Arbitrary<number>,
  transport: fc.Arbitrary<Transport>,
) =>
  fc.record({
    source: fc.constantFrom(...addresses),
    destination: fc.constantFrom(...addresses),
    ttl: u8,
    identification,
    transport,
  })
const packet: fc.Arbitrary<Packet> = fc.oneof(
  packetOf(['192.0.2.1', '10.0.0.7', '255.255.255.255'], u16, fc.oneof(segment, userDatagram, message('icmp'))),
  packetOf(['2001:db8::1', 'fe80::1', '::'], fc.constant(0), fc.oneof(segment, userDatagram, message('icmp6'))),
)

const ethernet = { source: '02:00:00:00:00:01', destination: 'ff:ff:ff:ff:ff:ff' }
const small = datagram({
  source: { address: '192.0.2.1', port: 40000 },
  destination: { address: '192.0.2.2', port: 53 },
  ttl: 64,
  identification: 7,
  payload: Uint8Array.of(1, 2, 3),
})
/** The small packet's bytes with some of them changed. */
const changed = (values: Readonly<Record<number, number>>): Uint8Array => {
  const bytes = encodeIp(small)
  for (const [at, value] of Object.entries(values)) bytes[Number(at)] = value
  return bytes
}

const send = (word: number) => {
  const payload = Uint8Array.of(word >> 8, word & 255)
  return encodeIp({ ...small, transport: { protocol: 'udp', sourcePort: 1, destinationPort: 2, payload } })
}

const stated = (bytes: Uint8Array) => ((bytes[26] ?? 0) << 8) | (bytes[27] ?? 0)

const head = (packet: Packet) => [encodeIp(packet)[1], encodeIp(packet)[6]]

describe('a packet', () => {
  it('is the same after it was written as bytes and read, alone and in a frame', () => {
    fc.assert(
      fc.property(packet, (packet) => {
        expect(decodeIp(encodeIp(packet))).toEqual(packet)
        const frame = { ethernet, packet }
        expect(decodeFrame(encodeFrame(frame))).toEqual(frame)
      }),
      { numRuns: 300 },
    )
  })

  it('has right checksums, by the rule that a sum over all of it is all ones', () => {
    fc.assert(
      fc.property(packet, (packet) => {
        const bytes = encodeIp(packet)
        const { ip, transport } = checksumsOf(bytes)
        expect(transport?.right).toBe(true)
        expect(ip?.right).toBe(packet.source.includes(':') ? undefined : true)
        if (ip) expect(internetChecksum(bytes, 0, 20)).toBe(0)
      }),
      { numRuns: 300 },
    )
  })

  it('betrays one changed bit anywhere that its checksums cover', () => {
    fc.assert(
      fc.property(packet, fc.nat(), fc.integer({ min: 0, max: 7 }), (packet, where, bit) => {
        const bytes = encodeIp(packet)
        const header = packet.source.includes(':') ? 40 : 20
        const at = header + (where % (bytes.length - header))
        bytes[at] = (bytes[at] ?? 0) ^ (1 << bit)
        const { transport } = checksumsOf(bytes)
        // A UDP checksum may have become zero, which means that there is none.
        if (transport) expect(transport.right).toBe(false)
        else expect(packet.transport.protocol).toBe('udp')
      }),
      { numRuns: 300 },
    )
  })

  it('never goes out over UDP with a checksum of zero, which would mean "none" (RFC 768)', () => {
    // The sum with this word as data is all ones, so that its complement would be zero.
    const bytes = send(stated(send(0)))
    expect(stated(bytes)).toBe(0xffff)
    expect(checksumsOf(bytes).transport?.right).toBe(true)
  })

  it('has the checksums that other senders compute: recorded frames that tcpdump -v calls correct', () => {
    const { frames } = JSON.parse(readFileSync('evidence/views/tcpdump-made-be-ether.json', 'utf8'))
    const ips: Uint8Array[] = frames
      .map(({ hex }: { hex: string }) => Uint8Array.from(Buffer.from(hex, 'hex')))
      .filter((bytes: Uint8Array) => bytes[13] !== 6)
      .map((bytes: Uint8Array) => bytes.subarray(14))
    expect(ips.map((ip) => checksumsOf(ip).transport?.right)).toEqual([true, true, true, true, true])
    for (const ip of ips) {
      const packet = decodeIp(ip)
      if ('malformed' in packet) throw new Error(packet.malformed)
      const header = packet.source.includes(':') ? 40 : 20
      expect(encodeIp(packet).subarray(header)).toEqual(ip.subarray(header))
    }
  })

  it('says what its checksum should be when it is wrong', () => {
    const right = checksumsOf(encodeIp(small)).transport
    const bytes = changed({ 26: 0x12, 27: 0x34 })
    expect(checksumsOf(bytes).transport).toEqual({ stated: 0x1234, expected: right?.stated, right: false })
    expect(checksumsOf(changed({ 26: 0, 27: 0 })).transport).toBeUndefined()
  })

  it('cannot have ends of two families, nor be longer than its length field can say', () => {
    expect(() => encodeIp({ ...small, destination: '2001:db8::1' })).toThrow('different families')
    const long = { ...small, transport: { ...small.transport, payload: new Uint8Array(65508) } }
    expect(() => encodeIp(long)).toThrow('carries at most 65515 bytes')
    expect(encodeIp({ ...small, transport: { ...small.transport, payload: new Uint8Array(65507) } })).toHaveLength(
      65535,
    )
  })
})

describe('reading bytes', () => {
  it('never throws, whatever they are', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 120 }),
        fc.constantFrom(0x45, 0x46, 0x60, 0x40, undefined),
        (bytes, first) => {
          if (first !== undefined && bytes.length > 0) bytes[0] = first
          for (const read of [decodeIp(bytes), decodeFrame(bytes)])
            if ('malformed' in read) expect(read.malformed).toMatch(/^[A-Z0-9].*\.$/)
          checksumsOf(bytes)
        },
      ),
      { numRuns: 2000 },
    )
  })

  it('does not take Ethernet padding for payload', () => {
    const frame = encodeFrame({ ethernet, packet: small })
    const padded = new Uint8Array(60)
    padded.set(frame)
    expect(decodeFrame(padded)).toEqual({ ethernet, packet: small })
    expect(checksumsOf(padded.subarray(14)).transport?.right).toBe(true)
  })

  it('ends a datagram where UDP says it does, even if the IP packet has more', () => {
    expect(decodeIp(changed({ 25: 9 }))).toEqual({
      ...small,
      transport: { ...small.transport, payload: Uint8Array.of(1) },
    })
  })

  it('passes over VLAN tags, IPv4 options and IPv6 extension headers', () => {
    const frame = encodeFrame({ ethernet, packet: small })
    const tagged = Uint8Array.from([...frame.subarray(0, 12), 0x88, 0xa8, 0, 5, 0x81, 0, 0, 7, ...frame.subarray(12)])
    expect(decodeFrame(tagged)).toEqual({ ethernet, packet: small })

    const ip = encodeIp(small)
    const withOption = Uint8Array.from([...ip.subarray(0, 20), 148, 4, 0, 0, ...ip.subarray(20)])
    withOption[0] = 0x46
    withOption[3] = withOption.length
    expect(decodeIp(withOption)).toEqual(small)

    const six = datagram({
      source: { address: '2001:db8::1', port: 1 },
      destination: { address: '2001:db8::2', port: 2 },
      ttl: 64,
      identification: 0,
      payload: Uint8Array.of(9),
    })
    const plain = encodeIp(six)
    const options = [17, 1, 1, 12, ...new Uint8Array(12)]
    const extended = Uint8Array.from([...plain.subarray(0, 40), ...options, ...plain.subarray(40)])
    extended[5] = extended.length - 40
    extended[6] = 0
    expect(decodeIp(extended)).toEqual(six)
    expect(checksumsOf(extended).transport?.right).toBe(true)
  })

  it('reads a packet that the capture cuts as far as it goes, if its transport header is there', () => {
    const bytes = encodeIp(small)
    expect(decodeIp(bytes.subarray(0, 29))).toEqual({
      ...small,
      transport: { ...small.transport, payload: Uint8Array.of(1) },
    })
    expect(checksumsOf(bytes.subarray(0, 29)).transport).toBeUndefined()
  })

  it('tells what was cut from what is wrong', () => {
    const bytes = encodeIp(small)
    expect(decodeIp(bytes.subarray(0, 19))).toEqual({
      malformed: 'An IPv4 header has at least 20 bytes, the capture ends after 19.',
      truncated: true,
    })
    expect(decodeIp(bytes.subarray(0, 25))).toEqual({
      malformed: 'A UDP header has 8 bytes, here are 5.',
      truncated: true,
    })
    expect(decodeIp(changed({ 3: 25 }))).toEqual({ malformed: 'A UDP header has 8 bytes, here are 5.' })
    expect(decodeIp(changed({ 0: 0x44 }))).toEqual({
      malformed: 'An IPv4 header has at least 20 bytes, this one says 16.',
    })
    expect(decodeIp(changed({ 0: 0x55 }))).toEqual({ malformed: 'IP has version 4 or 6, this packet says 5.' })
    expect(decodeIp(changed({ 3: 10 }))).toEqual({
      malformed: 'The IPv4 packet says 10 bytes, its header alone says 20.',
    })
    expect(decodeIp(changed({ 25: 200 }))).toEqual({
      malformed: 'The UDP header says 200 bytes, its IP packet has 11.',
    })
    expect(decodeIp(changed({ 25: 7 }))).toEqual({ malformed: 'A UDP datagram has at least 8 bytes, this one says 7.' })
    expect(decodeIp(changed({ 9: 132 }))).toEqual({ malformed: 'IP protocol 132 is neither TCP nor UDP nor ICMP.' })
    const syn = encodeIp(
      synPacket({
        source: { address: '192.0.2.1', port: 1 },
        destination: { address: '192.0.2.2', port: 2 },
        ttl: 64,
        identification: 1,
        seq: 1,
        tsval: 1,
      }),
    )
    syn[32] = 0x40
    expect(decodeIp(syn)).toEqual({ malformed: 'A TCP header has at least 20 bytes, this one says 16.' })
    syn[32] = 0xf0
    expect(decodeIp(syn)).toEqual({ malformed: 'The TCP header says 60 bytes, here are 40.' })
    expect(decodeIp(syn.subarray(0, 50))).toEqual({
      malformed: 'The TCP header says 60 bytes, here are 30.',
      truncated: true,
    })
    expect(decodeFrame(new Uint8Array(13))).toEqual({
      malformed: 'An Ethernet header has 14 bytes, the capture ends after 13.',
      truncated: true,
    })
  })

  it('finds ports in the first fragment and says that a later one has none', () => {
    expect(decodeIp(changed({ 6: 0x20, 25: 200 }))).toMatchObject({ transport: { destinationPort: 53 } })
    expect(decodeIp(changed({ 6: 0, 7: 1 }))).toEqual({
      malformed: 'A later fragment of an IP packet has no transport header: the ports are in the first one.',
    })
  })

  it('takes no frame for IP that says it is something else', () => {
    const frame = encodeFrame({ ethernet, packet: small })
    frame[13] = 6
    expect(decodeFrame(frame)).toEqual({ malformed: 'EtherType 0x0806 is neither IPv4 nor IPv6.' })
    frame[12] = 0
    expect(decodeFrame(frame)).toMatchObject({ malformed: expect.stringContaining('IEEE 802.3') })
  })
})

describe('what is sent', () => {
  it('has DF on TCP, UDP and echo requests, and ICMP errors go out as network control', () => {
    const icmp = (type: number): Packet => ({
      ...small,
      transport: { protocol: 'icmp', type, code: 3, rest: 0, payload: new Uint8Array() },
    })
    expect(head(small)).toEqual([0, 0x40])
    expect(head(icmp(8))).toEqual([0, 0x40])
    expect(head(icmp(0))).toEqual([0, 0])
    expect(head(icmp(3))).toEqual([0xc0, 0])
  })

  it('says no flag that nobody set', () => {
    expect(readFlags(0)).toEqual(NO_FLAGS)
  })

  it('has no address that is none', () => {
    expect(() => encodeFrame({ ethernet: { ...ethernet, source: '2:0' }, packet: small })).toThrow(
      '"2:0" is not a MAC address.',
    )
  })
})
