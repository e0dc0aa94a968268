import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addressBytes,
  familyOf,
  formatAddress,
  isLoopback,
  isMapped,
  isWildcard,
  mapped,
  parseAddress,
  unmapped,
} from './address'

/** Bytes with many zeros, so that runs of zero groups are common. */
const sixteen = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 255 })), { minLength: 16, maxLength: 16 })
const four = fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 4, maxLength: 4 })

describe('an address', () => {
  it('is the same bytes after it was written and read, in both families', () => {
    fc.assert(
      fc.property(fc.oneof(four, sixteen), (bytes) => {
        const text = formatAddress(Uint8Array.from(bytes), 0, bytes.length === 4 ? 4 : 6)
        expect([...addressBytes(text)]).toEqual(bytes)
        expect(parseAddress(text)).toBe(text)
        expect(familyOf(text)).toBe(bytes.length === 4 ? 4 : 6)
      }),
    )
  })

  it('is canonical however it was typed: upper case, leading zeros, nothing shortened', () => {
    fc.assert(
      fc.property(sixteen, (bytes) => {
        const groups = Array.from({ length: 8 }, (_, index) => bytes.slice(index * 2, index * 2 + 2))
        const long = groups.map((pair) => pair.map((byte) => byte.toString(16).padStart(2, '0')).join('')).join(':')
        const text = formatAddress(Uint8Array.from(bytes), 0, 6)
        expect(parseAddress(long)).toBe(text)
        expect(parseAddress(long.toUpperCase())).toBe(text)
      }),
    )
  })

  it.each([
    ['2001:0db8::0001', '2001:db8::1'],
    ['2001:db8:0:0:0:0:2:1', '2001:db8::2:1'],
    ['2001:db8::0:1', '2001:db8::1'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['2001:0:0:1:0:0:0:1', '2001:0:0:1::1'],
    ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['2001:DB8::AbCd', '2001:db8::abcd'],
    ['1:0:0:0:0:0:0:0', '1::'],
    ['0:0:0:0:0:0:0:0', '::'],
    ['::FFFF:c000:0201', '::ffff:192.0.2.1'],
    ['64:ff9b::192.0.2.33', '64:ff9b::c000:221'],
    ['192.0.2.1', '192.0.2.1'],
  ])('%s is written %s (RFC 5952)', (typed, canonical) => {
    expect(parseAddress(typed)).toBe(canonical)
  })

  it.each([
    [
      '',
      '1',
      '1.2.3',
      '1.2.3.4.5',
      '256.0.0.1',
      '1.2.3.-4',
      ' 1.2.3.4',
      '1.2.3.4 ',
      'a.b.c.d',
      '1.2.3.4:80',
      '0x7f.0.0.1',
    ],
    [
      ':',
      ':::',
      '1::2::3',
      '1:2:3:4:5:6:7',
      '1:2:3:4:5:6:7:8:9',
      '12345::',
      'g::',
      '::1%eth0',
      '[::1]',
      '1:2:3:4:5:6:7:8::',
    ],
    ['::ffff:1.2.3', '::1.2.3.4.5', '1.2.3.4::', '::256.1.1.1', '1:', ':1', '1:2:3:4:5:6:7:1.2.3.4'],
  ])('is none of %j and its like', (...texts) => {
    for (const text of texts) expect([text, parseAddress(text)]).toEqual([text, undefined])
  })

  it('never makes the reader throw, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...Array.from('0123456789abcf:.%[]x ')) }), (text) => {
        const address = parseAddress(text)
        if (address !== undefined) expect(parseAddress(address)).toBe(address)
      }),
    )
  })

  it('has no bytes when it is none', () => {
    expect(() => addressBytes('no address')).toThrow(RangeError)
  })

  it('comes back from its v4-mapped form', () => {
    fc.assert(
      fc.property(four, (bytes) => {
        const address = bytes.join('.')
        expect(isMapped(mapped(address))).toBe(true)
        expect(unmapped(mapped(address))).toBe(address)
        expect(parseAddress(mapped(address))).toBe(mapped(address))
        expect(isLoopback(mapped(address))).toBe(bytes[0] === 127)
      }),
    )
  })

  it('is a wildcard or a loopback only if it is one', () => {
    expect(['0.0.0.0', '::'].map(isWildcard)).toEqual([true, true])
    expect(['0.0.0.1', '::1', '127.0.0.1'].map(isWildcard)).toEqual([false, false, false])
    expect(['127.0.0.1', '127.255.255.254', '::1', '::ffff:127.0.0.1'].map(isLoopback)).toEqual([
      true,
      true,
      true,
      true,
    ])
    expect(['128.0.0.1', '::', '::127.0.0.1', '2001:db8::1'].map(isLoopback)).toEqual([false, false, false, false])
  })
})
