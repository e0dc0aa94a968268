import { describe, expect, it } from 'vitest'
import { synPacket } from './build'
import { fieldsOf } from './fields'
import { decodeIp, encodeFrame } from './frame'
import { withRouterAlert } from './ip-option'
import { ipv4Checksum } from './ipv4'

const packet = synPacket({
  source: { address: '203.0.113.7', port: 51514 },
  destination: { address: '192.0.2.10', port: 443 },
  seq: 1,
  tsval: 1,
  ttl: 57,
  identification: 7,
})
const frame = encodeFrame({ ethernet: { source: '02:00:5e:00:00:01', destination: '02:00:5e:00:00:10' }, packet })

describe('an IPv4 header with an option', () => {
  it('carries the same packet, with the ports four bytes later and a right checksum', () => {
    const longer = withRouterAlert(frame, 14)
    expect(decodeIp(longer.subarray(14))).toEqual(packet)
    const { stated, expected } = ipv4Checksum(longer.subarray(14))
    expect(stated).toBe(expected)
    const portAt = (bytes: Uint8Array) => fieldsOf(bytes, 14).find(({ id }) => id === 'tcp.sourcePort')?.start
    expect(portAt(frame)).toBe(34)
    expect(portAt(longer)).toBe(38)
  })

  it('is not made from a header that has options already', () => {
    expect(() => withRouterAlert(withRouterAlert(frame, 14), 14)).toThrow(RangeError)
  })
})
