import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { wilson } from '../quiz/record'
import type { CardId } from './card'
import { dayOf } from './day'
import { FACTS } from './fact'
import { AGAIN, GOOD } from './grade'
import { forecast, heat, mixedWith, mixupsOf, retention, streak, trialsOf } from './insight'
import { DAY, MINUTE, MONDAY, logs, review } from './log.test-support'
import { reviewsOf } from './log'
import { memoryOf, recall, schedulerOf } from './memory'
import type { Plan } from './schedule'
import { agenda } from './schedule'

const SETTINGS = { retention: 0.9 }
const PLAN: Plan = { newPerDay: 0, vacations: [], utcOffset: 0 }
const ALL = [...FACTS.values()]

describe('the forecast', () => {
  it('says for each day what is due then, and today what is overdue too', () => {
    fc.assert(
      fc.property(logs, fc.integer({ min: 30, max: 90 }), (log, days) => {
        const memory = memoryOf(reviewsOf(log), SETTINGS)
        const at = MONDAY + days * DAY
        const counts = forecast(ALL, memory, PLAN, at, 400)
        // What is learned by then, if nothing is reviewed before, is what has come due up to then.
        for (const later of [0, 1, 7, 30]) {
          const { due } = agenda(ALL, FACTS, memory, PLAN, at + later * DAY)
          const foreseen = counts.slice(0, later + 1).reduce((sum, one) => sum + one, 0)
          expect(due.length).toBe(foreseen)
        }
      }),
    )
  })

  it('moves with a vacation', () => {
    const learned = [0, 10].map((minutes) => review('22/tcp>number', MONDAY + minutes * MINUTE, GOOD))
    const memory = memoryOf(learned, SETTINGS)
    const today = dayOf(MONDAY, 0)
    const plan = { ...PLAN, vacations: [{ from: today + 1, until: today + 5 }] }
    const dayIn = (one: Plan) => forecast(ALL, memory, one, MONDAY, 30).indexOf(1)
    expect(dayIn(plan)).toBe(dayIn(PLAN) + 5)
  })
})

describe('retention', () => {
  const CARD = '22/tcp>number'
  const learned = [0, 10].map((minutes) => review(CARD, MONDAY + minutes * MINUTE, GOOD))

  it('is measured on cards that were learned, a day or more later, once a day', () => {
    const later = review(CARD, MONDAY + 3 * DAY, AGAIN)
    const again = review(CARD, MONDAY + 3 * DAY + 10 * MINUTE, GOOD)
    const sameEvening = review(CARD, MONDAY + 60 * MINUTE, GOOD)
    expect(trialsOf([...learned, sameEvening], SETTINGS)).toEqual([])
    const trials = trialsOf([...learned, later, again], SETTINGS)
    expect(trials.map((trial) => [trial.review, trial.recalled])).toEqual([[later, false]])
    expect(trials[0]?.foreseen).toBe(recall(schedulerOf(SETTINGS), memoryOf(learned, SETTINGS).get(CARD), later.at))
  })

  it('is the share recalled with its Wilson interval, beside what was foreseen', () => {
    const trial = (foreseen: number, recalled: boolean) => ({ review: review(CARD, MONDAY, GOOD), foreseen, recalled })
    const measured = retention([trial(0.95, true), trial(0.85, true), trial(0.9, false), trial(0.9, true)])
    expect(measured).toMatchObject({ ...wilson(3, 4), trials: 4 })
    expect(measured.promised).toBeCloseTo(0.9)
    expect(measured.logLoss).toBeCloseTo(-(Math.log(0.95) + Math.log(0.85) + Math.log(0.1) + Math.log(0.9)) / 4)
    expect(measured.bins.map(({ trials, recalled }) => [trials, recalled])).toEqual([
      [1, 1],
      [3, 2 / 3],
    ])
  })

  it('of nothing is unknown, from 0 to 1', () => {
    expect(retention([])).toMatchObject({ trials: 0, low: 0, high: 1, bins: [] })
  })
})

describe('mix-ups', () => {
  const took = (card: CardId, at: number, taken?: number) =>
    review(card, MONDAY + at, taken === undefined ? GOOD : AGAIN, taken === undefined ? {} : { taken })

  it('say which port was taken for which, how often, and when last', () => {
    const reviews = [
      took('443/tcp>number', 1, 445),
      took('443/tcp>name', 2, 445),
      took('22/tcp>number', 3, 23),
      took('22/tcp>number', 4),
    ]
    expect(mixupsOf(reviews)).toEqual([
      { port: 443, taken: 445, count: 2, last: MONDAY + 2 },
      { port: 22, taken: 23, count: 1, last: MONDAY + 3 },
    ])
  })

  it('are open until the port was right three times since', () => {
    const reviews = [took('443/tcp>number', 1, 445), took('443/tcp>number', 2), took('443/tcp>name', 3)]
    expect(mixupsOf(reviews, true)).toHaveLength(1)
    expect(mixupsOf([...reviews, took('443/tcp>twin', 4)], true)).toEqual([])
    expect(mixupsOf([...reviews, took('443/tcp>twin', 4), took('443/tcp>number', 5, 445)], true)).toHaveLength(1)
  })

  it('are none when the learner changed the grade: it was a slip of the finger', () => {
    expect(mixupsOf([{ ...took('443/tcp>number', 1, 445), grade: GOOD }])).toEqual([])
  })

  it('count for both ports', () => {
    const mixed = mixedWith(
      mixupsOf([took('443/tcp>number', 1, 445), took('443/tcp>number', 2, 80), took('443/tcp>number', 3, 80)]),
    )
    expect([mixed(443), mixed(445), mixed(22)]).toEqual([[80, 445], [443], []])
  })
})

describe('the heat map', () => {
  it('is dark where nothing is known, and glows by how well number and name are known', () => {
    const number = [0, 10].map((minutes) => review('443/tcp>number', MONDAY + minutes * MINUTE, GOOD))
    const name = [1, 11].map((minutes) => review('443/tcp>name', MONDAY + minutes * MINUTE, GOOD))
    const udp = review('443/udp>name', MONDAY, GOOD)
    const other = review('22/tcp>transport', MONDAY, GOOD)
    const at = MONDAY + DAY
    const half = heat(memoryOf([...number, udp, other], SETTINGS), SETTINGS, at)
    expect(half).toHaveLength(65536)
    expect(half[443]).toBeGreaterThan(0.4)
    expect(half[443]).toBeLessThanOrEqual(0.5)
    expect(half[22]).toBe(0)
    const whole = heat(memoryOf([...number, ...name], SETTINGS), SETTINGS, at)
    expect(whole[443]).toBeGreaterThan(0.8)
    expect(heat(memoryOf([...number, ...name], SETTINGS), SETTINGS, at + 300 * DAY)[443]).toBeLessThan(whole[443] ?? 0)
  })

  it('is never less than 0 nor more than 1', () => {
    fc.assert(
      fc.property(logs, fc.nat(1000), (log, days) => {
        const map = heat(memoryOf(reviewsOf(log), SETTINGS), SETTINGS, MONDAY + days * DAY)
        expect(map.every((chance) => chance >= 0 && chance <= 1)).toBe(true)
      }),
      { numRuns: 20 },
    )
  })
})

describe('the streak', () => {
  const monday = dayOf(MONDAY, 0)
  const on = (today: number, ...days: number[]) =>
    streak(new Set(days.map((day) => monday + day)), PLAN, monday + today)

  it('counts days with practice, and waits for today', () => {
    expect(on(0)).toEqual({ days: 0, free: 2 })
    expect(on(0, 0)).toEqual({ days: 1, free: 2 })
    expect(on(3, 0, 1, 2)).toEqual({ days: 3, free: 2 })
    expect(on(3, 0, 1, 2, 3)).toEqual({ days: 4, free: 2 })
  })

  it('survives two missed days a week, and not a third', () => {
    expect(on(4, 0, 1, 3, 4)).toEqual({ days: 4, free: 1 })
    expect(on(6, 0, 1, 2, 3, 4)).toEqual({ days: 5, free: 1 })
    expect(on(7, 0, 1, 2, 3, 4, 7)).toEqual({ days: 6, free: 2 })
    expect(on(6, 0, 1, 2, 6)).toEqual({ days: 1, free: 0 })
    expect(on(8, 0, 1, 2, 3, 4)).toEqual({ days: 5, free: 1 })
  })

  it('is not broken by a vacation', () => {
    const days = new Set([0, 1, 20].map((day) => monday + day))
    const vacations = [{ from: monday + 2, until: monday + 19 }]
    expect(streak(days, { vacations }, monday + 20).days).toBe(3)
    expect(streak(days, PLAN, monday + 20).days).toBe(1)
  })

  it('is not longer than the days practised, and never more than two days a week are missed in it', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 60 })), fc.integer({ min: 60, max: 63 }), (days, today) => {
        const { days: count, free } = on(today, ...days)
        expect(count).toBeLessThanOrEqual(days.length)
        expect(free).toBeGreaterThanOrEqual(0)
        expect(free).toBeLessThanOrEqual(2)
      }),
    )
  })
})
