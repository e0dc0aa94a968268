import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FiveTuple } from './tuple'
import { endpointText, flowKey, reverse, tupleKey } from './tuple'

const port = fc.constantFrom(0, 22, 53, 65535)
const end = (addresses: readonly string[]) => fc.record({ address: fc.constantFrom(...addresses), port })
const tuple: fc.Arbitrary<FiveTuple> = fc
  .constantFrom(['192.0.2.1', '192.0.2.2', '10.0.0.1'], ['2001:db8::1', '2001:db8::2', '::1'])
  .chain((addresses) =>
    fc.record({
      protocol: fc.constantFrom('tcp' as const, 'udp' as const),
      source: end(addresses),
      destination: end(addresses),
    }),
  )

describe('a five-tuple', () => {
  it('is itself again when it was reversed twice', () => {
    fc.assert(
      fc.property(tuple, (there) => {
        expect(reverse(reverse(there))).toEqual(there)
      }),
    )
  })

  it('has the same key as another only when all five values are equal', () => {
    fc.assert(
      fc.property(tuple, tuple, (a, b) => {
        expect(tupleKey(a) === tupleKey(b)).toBe(JSON.stringify(a) === JSON.stringify(b))
      }),
    )
  })

  it('belongs to the same flow as its answer, and to no other', () => {
    fc.assert(
      fc.property(tuple, tuple, (a, b) => {
        expect(flowKey(reverse(a))).toBe(flowKey(a))
        const same = [tupleKey(b), tupleKey(reverse(b))].includes(tupleKey(a))
        expect(flowKey(a) === flowKey(b)).toBe(same)
      }),
    )
  })

  it('is not the same over TCP and over UDP: 53/tcp is not 53/udp', () => {
    const ends = { source: { address: '192.0.2.1', port: 53 }, destination: { address: '192.0.2.2', port: 53 } }
    expect(flowKey({ protocol: 'tcp', ...ends })).not.toBe(flowKey({ protocol: 'udp', ...ends }))
  })

  it('puts brackets around an IPv6 address, so that its colons are not the port’s', () => {
    expect(endpointText({ address: '192.0.2.1', port: 80 })).toBe('192.0.2.1:80')
    expect(endpointText({ address: '2001:db8::1', port: 80 })).toBe('[2001:db8::1]:80')
  })
})
