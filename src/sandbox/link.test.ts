import { deflateSync } from 'fflate'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { random } from '../shift/random'
import { MOST_LINK, readSandbox, writeSandbox } from './link'
import type { Sandbox } from './sandbox'
import { firstSandbox } from './sandbox'
import { anySandbox } from './sandbox.test-support'
import { play } from './story'

const codeOf = (sandbox: Sandbox): string => {
  const written = writeSandbox(sandbox)
  if ('fault' in written) throw new Error(written.fault)
  return written.code
}
const packed = (value: unknown, version = '1') =>
  `${version}~${Buffer.from(deflateSync(new TextEncoder().encode(JSON.stringify(value)))).toString('base64url')}`

describe('the link of a sandbox', () => {
  it('holds the whole of it', () => {
    fc.assert(
      fc.property(anySandbox, (sandbox) => {
        expect(readSandbox(codeOf(sandbox))).toEqual({ sandbox })
      }),
    )
  })

  it('is short, and made of letters that no chat or mail changes', () => {
    const code = codeOf(firstSandbox())
    expect(code).toMatch(/^1~[\w-]+$/)
    expect(code.length).toBeLessThan(1000)
  })

  it('is refused with a reason when it is none', () => {
    const { parcels, ...rest } = firstSandbox()
    const fault = (code: string) => readSandbox(code)
    expect(fault('')).toEqual({ fault: 'unreadable' })
    expect(fault('1~!')).toEqual({ fault: 'unreadable' })
    expect(fault('1~AAAA')).toEqual({ fault: 'unreadable' })
    expect(fault(packed(firstSandbox(), '2'))).toEqual({ fault: 'newer-version' })
    expect(fault(packed({ hello: 1 }))).toEqual({ fault: 'not-a-sandbox' })
    expect(fault(packed(rest))).toEqual({ fault: 'not-a-sandbox' })
    expect(fault(packed({ ...rest, parcels: [{ ...parcels[0], client: 7 }] }))).toEqual({ fault: 'not-a-sandbox' })
    expect(fault(packed({ ...rest, parcels, name: '<script>' }))).toEqual({ fault: 'not-a-sandbox' })
    expect(fault(`1~${'A'.repeat(MOST_LINK)}`)).toEqual({ fault: 'too-long' })
  })

  it('does not unpack to more than a page can hold', () => {
    const bomb = packed({ name: 'a'.repeat(4_000_000) })
    expect(bomb.length).toBeLessThan(MOST_LINK)
    expect(readSandbox(bomb)).toEqual({ fault: 'too-long' })
  })

  it('says so when a sandbox is too large for it', () => {
    const dice = random(3)
    const sockets = Array.from({ length: 300 }, () => ({
      protocol: 'tcp' as const,
      local: { address: '192.0.2.10', port: 443 },
      peer: { address: `203.0.${dice.int(0, 255)}.${dice.int(0, 255)}`, port: dice.int(1024, 65535) },
      state: 'ESTAB' as const,
      program: `worker-${dice.int(0, 1_000_000_000)}-${dice.int(0, 1_000_000_000)}-${dice.int(0, 1_000_000_000)}`.slice(
        0,
        40,
      ),
    }))
    expect(writeSandbox({ ...firstSandbox(), sockets })).toEqual({ fault: 'too-long' })
  })

  it('never throws when it is damaged, and what is taken can be played: 10,000 links', () => {
    const dice = random(11)
    const letters = Array.from('ABCxyz019-_~%.é ')
    const sandboxes = [firstSandbox(), ...fc.sample(anySandbox, { numRuns: 20, seed: 4 })]
    const [codes, insides] = [sandboxes.map(codeOf), sandboxes.map((one) => JSON.stringify(one))]
    /** What is inside, damaged and packed again: it gets past the packing and has to be caught by the schema. */
    const inside = () => {
      const text = dice.pick(insides)
      const at = dice.int(0, text.length)
      const broken =
        text.slice(0, at) + dice.pick(['1', '"', '9', '-', 'null', '[]', '']) + text.slice(at + dice.int(0, 3))
      return `1~${Buffer.from(deflateSync(new TextEncoder().encode(broken), { level: 0 })).toString('base64url')}`
    }
    let taken = 0
    for (let round = 0; round < 10_000; round++) {
      let code = round % 2 === 0 ? inside() : dice.pick(codes)
      if (round % 2 === 1) {
        const at = dice.int(0, code.length)
        code = code.slice(0, at) + dice.pick(letters) + code.slice(at + dice.int(0, 4))
      }
      const read = readSandbox(code)
      if (!('sandbox' in read)) continue
      taken++
      expect(play(read.sandbox)).toHaveLength(read.sandbox.parcels.length)
    }
    expect(taken).toBeGreaterThan(100)
  })
})
