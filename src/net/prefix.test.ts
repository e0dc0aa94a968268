import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addressBytes, formatAddress } from './address'
import { addressWords, inPrefix, networkOf, prefixLength } from './prefix'

const address = fc.oneof(
  fc.uint8Array({ minLength: 4, maxLength: 4 }).map((bytes) => formatAddress(bytes, 0, 4)),
  fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => formatAddress(bytes, 0, 6)),
)

const bitsOf = (text: string) => Array.from(addressBytes(text), (byte) => byte.toString(2).padStart(8, '0')).join('')

describe('a prefix', () => {
  it('has the addresses whose first bits are its own', () => {
    fc.assert(
      fc.property(address, address, fc.integer({ min: 0, max: 128 }), (network, one, length) => {
        const bits = Math.min(length, bitsOf(network).length)
        const same =
          bitsOf(network).length === bitsOf(one).length && bitsOf(network).slice(0, bits) === bitsOf(one).slice(0, bits)
        expect(inPrefix(`${network}/${bits}`, one)).toBe(same)
      }),
    )
  })

  it('without a length is one address', () => {
    expect(inPrefix('192.0.2.1', '192.0.2.1')).toBe(true)
    expect(inPrefix('192.0.2.1', '192.0.2.2')).toBe(false)
    expect(prefixLength('192.0.2.1')).toBe(32)
    expect(prefixLength('2001:db8::/32')).toBe(32)
  })

  it.each(['192.0.2.1/33', '192.0.2.1/', '192.0.2.1/x', '192.0.2', '2001:db8::/129', ''])('is not %o', (text) => {
    expect(() => networkOf(text)).toThrow(RangeError)
  })
})

describe('an address', () => {
  it('has the words that its bytes make', () => {
    fc.assert(
      fc.property(address, (text) => {
        const view = new DataView(addressBytes(text).buffer)
        const words = Array.from({ length: view.byteLength / 4 }, (_, index) => view.getUint32(index * 4))
        expect(addressWords(text)).toEqual(words)
      }),
    )
  })

  it.each(['256.0.0.1', '1.2.3', '1.2.3.4.5', '1..2.3', '0001.2.3.4', 'a.b.c.d'])('is not %o', (text) => {
    expect(() => addressWords(text)).toThrow(RangeError)
  })
})
