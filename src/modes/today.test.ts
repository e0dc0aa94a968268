import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LEVELS, levelById } from '../levels'
import { tupleOf } from '../net/packet'
import { readLink, writeLink } from '../shift/link'
import { misreader, modelPlayer, playThrough } from '../shift/player'
import { inputsOf, packetsIn, replay, resultOf } from '../shift/rules'
import type { Arrival } from '../shift/shift'
import { dayAt, dayOfNumber, endOf, isDay, numberOf } from './day'
import { levelOf } from './level-of'
import { EDITIONS, PACKETS, dayOfId, editionOf, seedOf, todayId, todayLevel } from './today'

const day = fc.integer({ min: 20_450, max: 40_000 }).map(dayOfNumber)

/** What one sees of an arrival. */
const asked = (arrival: Arrival) =>
  'packet' in arrival ? tupleOf(arrival.packet) : 'request' in arrival ? arrival.request : arrival.kind

/** A day in a few letters: any change of its papers changes them. */
function printOf(date: string): string {
  const shift = playThrough(todayLevel(date), seedOf(date), 'calm', modelPlayer)
  let print = 0
  for (const letter of JSON.stringify(shift.decisions.map(({ arrival, truth }) => [asked(arrival), truth])))
    print = Math.imul(print ^ letter.charCodeAt(0), 0x01000193)
  return (print >>> 0).toString(36)
}

describe('Today’s shift', () => {
  it('has sixty packets on every day, from every floor of its edition, and who asks the model wins it', () => {
    fc.assert(
      fc.property(day, (date) => {
        const level = todayLevel(date)
        expect(packetsIn(level)).toBe(PACKETS)
        const end = playThrough(level, seedOf(date), 'calm', modelPlayer)
        expect(end.finished).toBe(true)
        expect(resultOf(end)).toMatchObject({ stars: 3, accuracy: 1, firstTries: PACKETS })
        const floors = new Set(editionOf(date).levels.map((id) => levelById(id)?.floor))
        const computers = level.waves.filter(({ host }) => host).length
        expect(computers).toBeGreaterThanOrEqual(floors.size)
      }),
      { numRuns: 150 },
    )
  })

  it('is the same for everyone that day, and another one the next', () => {
    fc.assert(
      fc.property(day, (date) => {
        expect(todayLevel(date)).toEqual(todayLevel(date))
        expect(printOf(date)).not.toBe(printOf(dayOfNumber(numberOf(date) + 1)))
      }),
      { numRuns: 20 },
    )
  })

  // A day that differs here was changed for people who have played it: leave its levels, and begin a new edition.
  it.each([
    ['2026-11-25', 'y5hkhs'],
    ['2026-11-26', '1xgl7ey'],
    ['2026-11-30', 'a168dr'],
  ])('of %s is what it was', (date, print) => {
    expect(printOf(date)).toBe(print)
  })

  it('is mixed from levels that exist, in editions that follow each other', () => {
    for (const { levels } of EDITIONS) for (const id of levels) expect(levelById(id), id).toBeDefined()
    const since = EDITIONS.map((edition) => edition.since)
    expect(since).toEqual([...new Set(since)].toSorted())
    for (const one of since) expect(isDay(one)).toBe(true)
    expect(EDITIONS[0]?.levels.length).toBeLessThanOrEqual(LEVELS.length)
  })

  it('is a link that replays, whatever was done in it', () => {
    fc.assert(
      fc.property(day, fc.boolean(), (date, careless) => {
        const level = todayLevel(date)
        const player = careless ? misreader((packet) => ({ ...packet, ttl: 1 })) : modelPlayer
        const played = playThrough(level, seedOf(date), 'calm', player)
        const link = writeLink({ level, seed: seedOf(date), mode: 'calm', inputs: inputsOf(played) })
        expect(link.length).toBeLessThan(260)
        const read = readLink(link, levelOf)
        if ('fault' in read) throw new Error(read.fault)
        expect(resultOf(replay(read.level, read.seed, read.mode, read.inputs))).toEqual(resultOf(played))
      }),
      { numRuns: 25 },
    )
  })
})

describe('a day', () => {
  it('is that of UTC, whatever the clock on the wall shows', () => {
    expect(dayAt(Date.UTC(2026, 10, 25, 23, 59, 59))).toBe('2026-11-25')
    expect(dayAt(Date.UTC(2026, 10, 26))).toBe('2026-11-26')
    expect(endOf('2026-11-25')).toBe(Date.UTC(2026, 10, 26))
  })

  it('is read back from the id of its level, and nothing else is', () => {
    fc.assert(fc.property(day, (date) => dayOfId(todayId(date)) === date))
    for (const id of ['20260230', '19991231', '2026', '1.1', '', '202611250', '2026112a'])
      expect(dayOfId(id)).toBeUndefined()
  })
})
