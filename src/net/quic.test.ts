import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ID_LENGTH, connectionIdOf, quicConnectionOf, quicInitial, quicShort } from './quic'

const hex = (bytes: number) =>
  fc
    .uint8Array({ minLength: bytes, maxLength: bytes })
    .map((all) => [...all].map((byte) => byte.toString(16).padStart(2, '0')).join(''))

const sealed = fc.uint8Array({ minLength: 20, maxLength: 60 }).map((bytes) => [...bytes])

describe('the connection ID of a QUIC packet', () => {
  it('stands behind its own length in an Initial, and where the server knows it in a short header', () => {
    fc.assert(
      fc.property(hex(8), hex(8), hex(ID_LENGTH), sealed, (theirs, own, given, rest) => {
        expect(connectionIdOf(quicInitial(theirs, own, rest))).toBe(theirs)
        expect(connectionIdOf(quicShort(given, rest))).toBe(given)
      }),
    )
  })

  it('is not read from what is no QUIC packet, or ends before it', () => {
    expect(connectionIdOf(new Uint8Array())).toBeUndefined()
    expect(connectionIdOf(Uint8Array.from([0, 30, 1, 2, 3, 4]))).toBeUndefined()
    expect(connectionIdOf(quicShort('c1d2e3f4', []).subarray(0, 4))).toBeUndefined()
    expect(connectionIdOf(quicInitial('0011223344556677', '', []).subarray(0, 9))).toBeUndefined()
  })

  it('names the connection, and a new one has none yet', () => {
    const open = [{ id: 'c1d2e3f4' }, { id: '0a0b0c0d' }]
    expect(quicConnectionOf(open, quicShort('0a0b0c0d', [1, 2]))).toBe(open[1])
    expect(quicConnectionOf(open, quicInitial('0011223344556677', '55', [1, 2]))).toBeUndefined()
  })
})
