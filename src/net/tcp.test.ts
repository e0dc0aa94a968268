import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NO_FLAGS, synOptions, timestampOptions } from './build'
import type { TcpOption } from './tcp'
import { flagLetters, flagsByte, parseTcpOptions, readFlags, writeTcpOptions } from './tcp'
import { tcpOptionsText } from './tcpdump-tcp'

const u16 = fc.integer({ min: 0, max: 65535 })
const u32 = fc.integer({ min: 0, max: 0xffffffff })
const option: fc.Arbitrary<TcpOption> = fc.oneof(
  fc.constant({ kind: 'nop' as const }),
  fc.constant({ kind: 'sackOK' as const }),
  u16.map((bytes) => ({ kind: 'mss' as const, bytes })),
  fc.integer({ min: 0, max: 14 }).map((shift) => ({ kind: 'wscale' as const, shift })),
  fc.record({ kind: fc.constant('timestamps' as const), val: u32, ecr: u32 }),
  fc.record({
    kind: fc.constant('sack' as const),
    blocks: fc.array(fc.record({ left: u32, right: u32 }), { minLength: 1, maxLength: 3 }),
  }),
  fc.record({
    kind: fc.constant('unknown' as const),
    number: fc.integer({ min: 50, max: 252 }),
    data: fc.uint8Array({ maxLength: 6 }),
  }),
)

describe('TCP options', () => {
  it('are the same after they were written and read, the unknown ones kept', () => {
    fc.assert(
      fc.property(fc.array(option, { maxLength: 6 }), (options) => {
        const bytes = writeTcpOptions(options)
        expect(bytes.length % 4).toBe(0)
        const read = parseTcpOptions(bytes)
        // Padding reads as the end of the list.
        expect(read.filter(({ kind }) => kind !== 'eol')).toEqual(options)
      }),
    )
  })

  it('never make the reader throw, and nothing of a damaged list is lost', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        const options = parseTcpOptions(bytes)
        const written = writeTcpOptions(options)
        const last = options.at(-1)
        const end = last?.kind === 'eol' ? bytes.indexOf(0) : bytes.length
        if (last?.kind !== 'eol') expect([...written.subarray(0, end)]).toEqual([...bytes])
      }),
    )
  })

  it('of a SYN are those of Linux, in its order', () => {
    expect(tcpOptionsText(synOptions(7))).toBe('mss 1460,sackOK,TS val 7 ecr 0,nop,wscale 7')
    expect(tcpOptionsText(timestampOptions(7, 9))).toBe('nop,nop,TS val 7 ecr 9')
  })

  it.each([
    [[2, 4, 5, 180], 'mss 1460'],
    [[1, 1, 5, 10, 0, 0, 0, 5, 0, 0, 0, 9], 'nop,nop,sack 1 {5:9}'],
    [[99, 4, 1, 2], 'unknown-99 0x0102'],
    [[0, 0, 0, 0], 'eol'],
    [[34, 2], 'tfo  cookiereq'],
    [[1, 8, 10, 0], 'nop,[bad opt]'],
  ])('%j are printed %s', (bytes, text) => {
    expect(tcpOptionsText(Uint8Array.from(bytes))).toBe(text)
  })

  it('of selective acknowledgements are printed from the flow’s first number, across its wrap', () => {
    const sack = writeTcpOptions([{ kind: 'sack', blocks: [{ left: 2, right: 12 }] }])
    expect(tcpOptionsText(sack, 0xfffffffe)).toBe('sack 1 {4:14},eol')
  })
})

describe('TCP flags', () => {
  it('are the same after they were written and read', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 255 }), (byte) => {
        expect(flagsByte(readFlags(byte))).toBe(byte)
      }),
    )
  })

  it('have the letters that tcpdump gives them', () => {
    expect(flagLetters({ ...NO_FLAGS, syn: true })).toBe('S')
    expect(flagLetters({ ...NO_FLAGS, syn: true, ack: true })).toBe('S.')
    expect(flagLetters({ ...NO_FLAGS, fin: true, psh: true, ack: true })).toBe('FP.')
    expect(flagLetters(readFlags(255))).toBe('FSRP.UEW')
    expect(flagLetters(NO_FLAGS)).toBe('none')
  })
})
