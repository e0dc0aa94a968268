import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { asciiOf, hexDump, hexRows } from './hex'

describe('a hex dump', () => {
  it('has every byte once, in order, sixteen a row', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70 }), (bytes) => {
        const rows = hexRows(bytes)
        expect(rows.flatMap((row) => row.bytes)).toEqual([...bytes])
        expect(rows.map((row) => row.offset)).toEqual(rows.map((_, index) => index * 16))
      }),
    )
  })

  it('is printed in pairs with the ASCII in a column of its own, as tcpdump -X does', () => {
    const text = new TextEncoder().encode('GET / HTTP/1.0\r\n\r\nx')
    expect(hexDump(text)).toBe(
      '\t0x0000:  4745 5420 2f20 4854 5450 2f31 2e30 0d0a  GET./.HTTP/1.0..\n' +
        '\t0x0010:  0d0a 78                                  ..x',
    )
  })

  it('can do without the ASCII, as tcpdump -x does', () => {
    expect(hexDump(Uint8Array.of(1, 2, 3), { ascii: false })).toBe('\t0x0000:  0102 03')
    expect(hexDump(new Uint8Array())).toBe('')
  })

  it('shows a dot for a byte that has no ink', () => {
    expect([0, 9, 31, 32, 33, 65, 126, 127, 128, 255].map(asciiOf).join('')).toBe('....!A~...')
  })
})
