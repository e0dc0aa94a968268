import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LEVELS, levelById } from '../levels'
import { readLink, writeLink } from './link'
import { misreader, modelPlayer, playThrough } from './player'
import { inputsOf, replay, resultOf } from './rules'

describe('a link', () => {
  it('replays a finished shift exactly, mistakes and all', () => {
    fc.assert(
      fc.property(fc.constantFrom(...LEVELS), fc.nat(2 ** 31), fc.boolean(), (level, seed, careless) => {
        const player = careless ? misreader((packet) => ({ ...packet, ttl: 1 })) : modelPlayer
        const played = playThrough(level, seed, 'calm', player)
        const recording = readLink(writeLink({ level, seed, mode: 'calm', inputs: inputsOf(played) }), levelById)
        if ('fault' in recording) throw new Error(recording.fault)
        const again = replay(recording.level, recording.seed, recording.mode, recording.inputs)
        expect(resultOf(again)).toEqual(resultOf(played))
        expect(again.decisions.map(({ choice }) => choice)).toEqual(played.decisions.map(({ choice }) => choice))
      }),
      { numRuns: 40 },
    )
  })

  it('keeps the moments of a rush', () => {
    const level = LEVELS[0]
    if (!level) throw new Error('There are no levels.')
    const inputs = [
      { at: 1200, choice: { kind: 'listener', socket: 'tcp::443' } as const },
      { at: 5030, choice: { kind: 'listener', socket: 'tcp::443' } as const },
    ]
    expect(readLink(writeLink({ level, seed: 5, mode: 'rush', inputs }), levelById)).toMatchObject({
      mode: 'rush',
      inputs,
    })
  })

  it('is short: a whole level takes fewer than 140 letters, the night of sixty errands 150', () => {
    for (const level of LEVELS) {
      const inputs = inputsOf(playThrough(level, 123456, 'calm', modelPlayer))
      const { length } = writeLink({ level, seed: 123456, mode: 'calm', inputs })
      expect(length, level.id).toBeLessThan(inputs.length < 60 ? 140 : 150)
    }
  })

  it.each([
    ['', 'unreadable'],
    ['1~1.1~z', 'unreadable'],
    ['1~1.1~zz~c~L0<script>', 'unreadable'],
    ['2~1.1~zz~c~L0', 'newer-version'],
    ['1~9.9~zz~c~L0', 'unknown-level'],
    ['1~1.1~zz~c~L9', 'does-not-replay'],
    ['1~1.1~zz~c~I', 'does-not-replay'],
    ['1~1.1~zz~c~0', 'does-not-replay'],
  ])('that is broken says so: "%s"', (text, fault) => {
    expect(readLink(text, levelById)).toEqual({ fault })
  })

  it('that was changed never throws: 10,000 links with letters swapped, cut, doubled or made up', () => {
    const links = LEVELS.map((level) =>
      writeLink({ level, seed: 77, mode: 'calm', inputs: inputsOf(playThrough(level, 77, 'calm', modelPlayer)) }),
    )
    fc.assert(
      fc.property(
        fc.constantFrom(...links),
        fc.array(fc.tuple(fc.nat(160), fc.nat(3), fc.stringMatching(/^[0-9A-Za-z_~.]$/)), {
          minLength: 1,
          maxLength: 4,
        }),
        (link, edits) => {
          const mutated = edits.reduce((text, [at, how, letter]) => {
            const place = at % (text.length + 1)
            const kept = text.slice(how === 0 ? place + 1 : place)
            return how === 3 ? text.slice(0, place) : `${text.slice(0, place)}${how === 0 ? '' : letter}${kept}`
          }, link)
          expect(() => readLink(mutated, levelById)).not.toThrow()
        },
      ),
      { numRuns: 10_000 },
    )
  })

  it('never throws, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.stringMatching(/^1~[1-3]\.[1-6]~[0-9a-z]{1,7}~[cr]~[LWRIEXSUDGABNPYC0-9_]{0,40}$/)),
        (text) => {
          expect(() => readLink(text, levelById)).not.toThrow()
        },
      ),
    )
  })
})
