import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MISCONCEPTION_IDS } from '../lessons/misconception'
import type { Log } from './log'
import { EMPTY_LOG } from './log'
import type { Progress } from './progress'
import { mergeProgress } from './progress'
import { readProgressFile, writeProgressFile } from './progress-file'
import type { QuizRecord } from './quiz-record'
import { MOST_ANSWERS, NO_RECORD } from './quiz-record'

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

const record: fc.Arbitrary<QuizRecord> = fc
  .array(fc.record({ seed: fc.nat(), at: fc.nat(), right: fc.boolean() }), { maxLength: 5 })
  .map((answers) => ({
    version: 1,
    answers: answers.map((answer) => ({
      ...answer,
      template: 'ps-which-window',
      offered: ['port-is-socket', 'listener-carries-data'],
      chosen: answer.right ? [] : ['port-is-socket'],
    })),
  }))

const LOG: Log = {
  version: 1,
  days: ['2026-11-24', '2026-11-25'],
  todays: { '2026-11-25': { tries: '1101', code: '1~20261125~1~c~L0' } },
  nights: [{ at: 1, right: 40, of: 44, streak: 12 }],
  deeds: { labels: 12 },
  missed: ['port-is-socket'],
}

describe('a file of progress', () => {
  it('is read as it was written, with the answers of the quiz and the porter’s log', () => {
    fc.assert(
      fc.property(progress, record, (mine, quiz) => {
        expect(readProgressFile(writeProgressFile({ progress: mine, quiz, log: LOG }))).toEqual({
          progress: mine,
          quiz,
          log: LOG,
        })
      }),
    )
  })

  it('from before the quiz is still read', () => {
    const old =
      '{"kind":"port-authority progress","progress":{"version":1,"levels":{"1.1":{"stars":2,"accuracy":0.8,"played":3}}}}'
    expect(readProgressFile(old)).toEqual({
      progress: { version: 1, levels: { '1.1': { stars: 2, accuracy: 0.8, played: 3 } } },
      quiz: NO_RECORD,
      log: EMPTY_LOG,
    })
  })

  it('has room for the longest record', () => {
    const answers = Array.from({ length: MOST_ANSWERS }, (_, seed) => ({
      template: 'ps-which-window',
      seed: 2 ** 30 + seed,
      at: 1_700_000_000_000 + seed,
      right: false,
      offered: MISCONCEPTION_IDS.slice(0, 5),
      chosen: MISCONCEPTION_IDS.slice(0, 1),
    }))
    const quiz: QuizRecord = { version: 1, answers }
    expect(
      readProgressFile(writeProgressFile({ progress: { version: 1, levels: {} }, quiz, log: LOG })),
    ).toHaveProperty('quiz', quiz)
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
    [
      '{"kind":"port-authority progress","progress":{"version":1,"levels":{}},"quiz":{"version":1,"answers":[7]}}',
      'not-progress',
    ],
    ['{"kind":"port-authority progress","progress":{"version":2}}', 'newer-version'],
    ['{"kind":"port-authority progress","progress":{"version":1,"levels":{}},"quiz":{"version":2}}', 'newer-version'],
    [' '.repeat(8_000_001), 'too-large'],
  ])('that is something else says what: %.40s', (text, fault) => {
    expect(readProgressFile(text)).toEqual({ fault })
  })

  it('that was changed never throws and never gives more than three stars', () => {
    fc.assert(
      fc.property(progress, record, fc.nat(900), fc.string({ maxLength: 3 }), fc.nat(5), (mine, quiz, at, put, cut) => {
        const text = writeProgressFile({ progress: mine, quiz, log: LOG })
        const read = readProgressFile(text.slice(0, at) + put + text.slice(at + cut))
        if ('progress' in read)
          for (const { stars } of Object.values(read.progress.levels)) expect(stars).toBeLessThanOrEqual(3)
      }),
      { numRuns: 5000 },
    )
  })
})
