import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayOfNumber } from '../modes/day'
import { DEEDS } from '../modes/deeds'
import type { Log } from './log'
import { EMPTY_LOG, MOST_NIGHTS, bestNights, keptDays, mergeLogs } from './log'
import { LOG_KEY, createLogStore } from './log-store'
import { MemoryStorage } from './memory-storage.test-support'

const day = fc.integer({ min: 20_700, max: 20_710 }).map(dayOfNumber)
const tries = fc.stringMatching(/^[01]{1,60}$/)
const night = fc.record({ at: fc.nat(), right: fc.nat(200), of: fc.nat(300), streak: fc.nat(50) })
const log: fc.Arbitrary<Log> = fc
  .record({
    days: fc.array(day).map(keptDays),
    todays: fc.dictionary(day, fc.record({ tries, code: fc.stringMatching(/^[a-z~0-9]{1,20}$/) })),
    nights: fc.array(night, { maxLength: 12 }).map(bestNights),
    deeds: fc.dictionary(fc.constantFrom(...DEEDS), fc.integer({ min: 1, max: 999 })),
    missed: fc.constant<Log['missed']>([]),
  })
  .map((parts) => ({ version: 1, ...parts, todays: { ...parts.todays }, deeds: { ...parts.deeds } }))

describe('the porter’s log', () => {
  it('keeps the first try of a day, and a reload finds it again', () => {
    const storage = new MemoryStorage()
    const store = createLogStore(storage)
    store.getState().trying('2026-11-25', 'a')
    expect(createLogStore(storage).getState().log.trying).toEqual({ day: '2026-11-25', code: 'a' })
    store.getState().finishToday('2026-11-25', { tries: '1101', code: 'first' })
    store.getState().trying('2026-11-25', 'b')
    store.getState().finishToday('2026-11-25', { tries: '1111', code: 'second' })
    const { log: kept } = createLogStore(storage).getState()
    expect(kept.todays['2026-11-25']).toEqual({ tries: '1101', code: 'first' })
    expect(kept.trying).toBeUndefined()
  })

  it('adds up deeds, notes each day once and keeps the best nights', () => {
    const storage = new MemoryStorage()
    const { getState } = createLogStore(storage)
    getState().add({ hex: 3, labels: 2 }, ['port-is-socket'])
    getState().add({ hex: 4 }, [])
    getState().practised('2026-11-26')
    getState().practised('2026-11-25')
    getState().practised('2026-11-25')
    for (let right = 0; right < 14; right++) getState().finishNight({ at: right, right, of: 20, streak: 1 })
    const kept = createLogStore(storage).getState().log
    expect(kept.deeds).toEqual({ hex: 7, labels: 2 })
    expect(kept.missed).toEqual(['port-is-socket'])
    expect(kept.days).toEqual(['2026-11-25', '2026-11-26'])
    expect(kept.nights.map(({ right }) => right)).toEqual(Array.from({ length: MOST_NIGHTS }, (_, at) => 13 - at))
  })

  it('of two devices is one, in any order and however often, and nothing gets less', () => {
    fc.assert(
      fc.property(log, log, log, (a, b, c) => {
        expect(mergeLogs(a, b)).toEqual(mergeLogs(b, a))
        expect(mergeLogs(mergeLogs(a, b), c)).toEqual(mergeLogs(a, mergeLogs(b, c)))
        expect(mergeLogs(a, a)).toEqual(a)
        for (const one of DEEDS) expect(mergeLogs(a, b).deeds[one] ?? 0).toBeGreaterThanOrEqual(a.deeds[one] ?? 0)
        for (const one of a.days) expect(mergeLogs(a, b).days).toContain(one)
      }),
    )
  })

  it.each(['{"version":1}', '{"version":1,"days":["2026-13-01"]}', 'null', '{'])(
    'that cannot be read is set aside while a new one begins: %s',
    (text) => {
      const storage = new MemoryStorage({ [LOG_KEY]: text })
      const store = createLogStore(storage)
      expect(store.getState().log).toEqual(EMPTY_LOG)
      expect(storage.getItem(`${LOG_KEY}.set-aside`)).toBe(text)
    },
  )
})
