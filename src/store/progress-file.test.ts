import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mergeProgress, readProgressFile, writeProgressFile } from './progress-file'
import type { Progress } from './progress'

const progress: fc.Arbitrary<Progress> = fc
  .dictionary(
    fc.constantFrom('1.1', '1.6', '2.3', '3.5'),
    fc.record({
      stars: fc.integer({ min: 0, max: 3 }),
      accuracy: fc.double({ min: 0, max: 1, noNaN: true }).map((share) => share + 0),
      played: fc.integer({ min: 1, max: 99 }),
    }),
  )
  .map((levels) => ({ version: 1, levels: { ...levels } }))

describe('a file of progress', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(progress, (mine) => {
        expect(readProgressFile(writeProgressFile(mine))).toEqual({ progress: mine })
      }),
    )
  })

  it('adds to what is there, in any order and however often', () => {
    fc.assert(
      fc.property(progress, progress, progress, (a, b, c) => {
        expect(mergeProgress(a, b)).toEqual(mergeProgress(b, a))
        expect(mergeProgress(mergeProgress(a, b), c)).toEqual(mergeProgress(a, mergeProgress(b, c)))
        expect(mergeProgress(a, a)).toEqual(a)
        for (const [id, { stars }] of Object.entries(a.levels))
          expect(mergeProgress(a, b).levels[id]?.stars).toBeGreaterThanOrEqual(stars)
      }),
    )
  })

  it.each([
    ['', 'not-json'],
    ['{"levels":', 'not-json'],
    ['[]', 'not-progress'],
    ['{"kind":"port-authority progress","progress":{"version":1,"levels":{"1.1":{"stars":9}}}}', 'not-progress'],
    ['{"kind":"port-authority progress","progress":{"version":2}}', 'newer-version'],
    [' '.repeat(1_000_001), 'too-large'],
  ])('that is something else says what: %.40s', (text, fault) => {
    expect(readProgressFile(text)).toEqual({ fault })
  })

  it('that was changed never throws and never gives more than three stars', () => {
    fc.assert(
      fc.property(progress, fc.nat(400), fc.string({ maxLength: 3 }), fc.nat(5), (mine, at, put, cut) => {
        const text = writeProgressFile(mine)
        const read = readProgressFile(text.slice(0, at) + put + text.slice(at + cut))
        if ('progress' in read)
          for (const { stars } of Object.values(read.progress.levels)) expect(stars).toBeLessThanOrEqual(3)
      }),
      { numRuns: 5000 },
    )
  })
})
