import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayOfNumber } from './day'
import { streakOf } from './streak'

const TODAY = 20_800
/** Days counted backwards from today: `x` practised, `-` not; the last letter is today. */
const streak = (week: string) =>
  streakOf(
    week.split('').flatMap((mark, at) => (mark === 'x' ? dayOfNumber(TODAY - (week.length - 1 - at)) : [])),
    dayOfNumber(TODAY),
  )

describe('the streak of days with any practice', () => {
  it.each([
    ['', 0, 2],
    ['-', 0, 2],
    ['x', 1, 2],
    ['xx', 2, 2],
    ['xx-', 2, 2],
    ['xxx-x', 4, 1],
    ['xx--xx', 4, 0],
    ['xx---xx', 2, 0],
    ['xxxxx--xxxxx--x', 11, 0],
    ['x-x-x-x', 3, 0],
    ['xxxxxxx--', 7, 1],
  ])('%s is %i days long, with %i free days left', (week, days, free) => {
    expect(streak(week)).toEqual({ days, free })
  })

  it('never breaks for whoever practises on five days of every seven', () => {
    fc.assert(
      fc.property(
        fc.subarray([0, 1, 2, 3, 4, 5, 6], { minLength: 5 }),
        fc.integer({ min: 1, max: 20 }),
        (on, weeks) => {
          const days = Array.from({ length: weeks * 7 }, (_, day) => day).filter((day) => on.includes(day % 7))
          const last = Math.max(...days)
          const { days: long } = streakOf(
            days.map((day) => dayOfNumber(TODAY - last + day)),
            dayOfNumber(TODAY),
          )
          expect(long).toBe(days.length)
        },
      ),
    )
  })

  it('takes nothing away for today, and one more day of practice never makes it shorter', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: TODAY - 60, max: TODAY })), (numbers) => {
        const days = numbers.map(dayOfNumber)
        const now = streakOf(days, dayOfNumber(TODAY)).days
        const without = streakOf(
          days.filter((day) => day !== dayOfNumber(TODAY)),
          dayOfNumber(TODAY),
        ).days
        expect(streakOf([...days, dayOfNumber(TODAY)], dayOfNumber(TODAY)).days).toBe(without + 1)
        expect(now).toBeGreaterThanOrEqual(without)
      }),
    )
  })
})
