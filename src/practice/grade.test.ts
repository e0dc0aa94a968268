import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Grade, Performance } from './grade'
import { AGAIN, EASY, FIRST_MEDIAN, GOOD, HARD, gradeOf, medianOf, timeThatCounts } from './grade'
import { MONDAY, review } from './log.test-support'

const median = 2000
const answer = (more: Partial<Performance>): Grade =>
  gradeOf({ right: true, helped: false, firstKey: median, median, lastTwo: [GOOD, GOOD], ...more })

describe('the table of grades', () => {
  it('a wrong answer, or "show me", is Again at any time', () => {
    for (const firstKey of [0, 100, 2000, 29_999, undefined]) expect(answer({ right: false, firstKey })).toBe(AGAIN)
    expect(answer({ right: false, helped: true })).toBe(AGAIN)
  })

  it('right after a corrected digit or with help is Hard, however fast', () => {
    expect(answer({ helped: true, firstKey: 100 })).toBe(HARD)
    expect(answer({ helped: true, firstKey: undefined })).toBe(HARD)
  })

  it('right after more than three times the own median is Hard', () => {
    expect(answer({ firstKey: 6001 })).toBe(HARD)
  })

  it('right up to three times the own median is Good', () => {
    expect(answer({ firstKey: 6000 })).toBe(GOOD)
    expect(answer({ firstKey: 2000 })).toBe(GOOD)
    expect(answer({ firstKey: 1200 })).toBe(GOOD)
  })

  it('right in less than 0.6 of the median is Easy, if the last two were at least Good', () => {
    expect(answer({ firstKey: 1199 })).toBe(EASY)
    expect(answer({ firstKey: 1199, lastTwo: [GOOD, EASY] })).toBe(EASY)
    expect(answer({ firstKey: 1199, lastTwo: [HARD, GOOD] })).toBe(GOOD)
    expect(answer({ firstKey: 1199, lastTwo: [GOOD, HARD] })).toBe(GOOD)
    expect(answer({ firstKey: 1199, lastTwo: [AGAIN, GOOD] })).toBe(GOOD)
    expect(answer({ firstKey: 1199, lastTwo: [GOOD] })).toBe(GOOD)
    expect(answer({ firstKey: 1199, lastTwo: [] })).toBe(GOOD)
  })

  it('right with a time that says nothing is Good', () => {
    expect(answer({ firstKey: undefined })).toBe(GOOD)
  })
})

const grades = fc.constantFrom<Grade>(1, 2, 3, 4)
const performances = fc.record({
  right: fc.boolean(),
  helped: fc.boolean(),
  firstKey: fc.option(fc.integer({ min: 0, max: 30_000 }), { nil: undefined }),
  median: fc.integer({ min: 300, max: 15_000 }),
  lastTwo: fc.array(grades, { maxLength: 2 }),
})

describe('the laws of grading', () => {
  it('Again is what was wrong, and nothing else', () => {
    fc.assert(fc.property(performances, (one) => (gradeOf(one) === AGAIN) === !one.right))
  })

  it('who is slower never gets a better grade', () => {
    fc.assert(
      fc.property(performances, fc.integer({ min: 0, max: 30_000 }), (one, more) => {
        fc.pre(one.firstKey !== undefined)
        return gradeOf({ ...one, firstKey: (one.firstKey ?? 0) + more }) <= gradeOf(one)
      }),
    )
  })

  it('who is twice as slow as another, with twice the median, gets the same', () => {
    fc.assert(
      fc.property(
        performances,
        (one) =>
          gradeOf({
            ...one,
            median: one.median * 2,
            ...(one.firstKey !== undefined && { firstKey: one.firstKey * 2 }),
          }) === gradeOf(one),
      ),
    )
  })

  it('help never gives a better grade than none', () => {
    fc.assert(
      fc.property(performances, (one) => gradeOf({ ...one, helped: true }) <= gradeOf({ ...one, helped: false })),
    )
  })

  it('without time a right answer is Good or, with help, Hard', () => {
    fc.assert(
      fc.property(performances, (one) => {
        const firstKey = timeThatCounts(one.firstKey, { disturbed: false, timeless: true })
        return gradeOf({ ...one, firstKey }) === (one.right ? (one.helped ? HARD : GOOD) : AGAIN)
      }),
    )
  })
})

describe('the time to the first key', () => {
  it('is void after a pause of over 30 s, and when the tab was hidden or a screen reader spoke', () => {
    const calm = { disturbed: false, timeless: false }
    expect(timeThatCounts(30_000, calm)).toBe(30_000)
    expect(timeThatCounts(30_001, calm)).toBeUndefined()
    expect(timeThatCounts(900, { ...calm, disturbed: true })).toBeUndefined()
    expect(timeThatCounts(undefined, calm)).toBeUndefined()
  })
})

describe('the own median', () => {
  const answers = (times: readonly number[], more = {}) =>
    times.map((firstKey, index) => review('22/tcp>number', MONDAY + index, GOOD, { firstKey, ...more }))

  it('is four seconds until there are twenty right answers', () => {
    expect(medianOf(answers(Array.from({ length: 19 }, () => 900)), 'keyboard')).toBe(FIRST_MEDIAN)
    expect(medianOf(answers(Array.from({ length: 20 }, () => 900)), 'keyboard')).toBe(900)
  })

  it('is that of the last fifty right answers on the same input', () => {
    const old = answers(Array.from({ length: 30 }, () => 9000))
    const recent = answers(Array.from({ length: 50 }, (_, index) => 1000 + index))
    expect(medianOf([...old, ...recent], 'keyboard')).toBe(1024.5)
    const touched = answers(
      Array.from({ length: 40 }, () => 7000),
      { input: 'touch' },
    )
    const wrong = answers(
      Array.from({ length: 40 }, () => 8000),
      { right: false, grade: AGAIN },
    )
    const voided = answers([]).concat(review('22/tcp>number', MONDAY, GOOD))
    expect(medianOf([...old, ...recent, ...touched, ...wrong, ...voided], 'keyboard')).toBe(1024.5)
    expect(medianOf([...old, ...recent, ...touched], 'touch')).toBe(7000)
    expect(medianOf([...old, ...recent, ...touched], 'speech')).toBe(FIRST_MEDIAN)
  })
})
