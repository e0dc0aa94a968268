import * as fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { AGAIN, EASY, GOOD } from './grade'
import type { LogEvent } from './log'
import { EventSchema, byTime, merge, mnemonicsOf, reviewsOf } from './log'
import { MONDAY, logs, review } from './log.test-support'
import { memoryOf } from './memory'

const memory = (log: readonly LogEvent[]) =>
  [...memoryOf(reviewsOf(log), { retention: 0.9 }).values()].toSorted((a, b) => (a.card < b.card ? -1 : 1))

/** Parts of one log, as devices have them: each event is on one of them or on both. */
const devices = fc
  .tuple(logs, fc.array(fc.constantFrom('a', 'b', 'both'), { minLength: 40, maxLength: 40 }))
  .map(([log, places]) => ({
    all: log,
    a: log.filter((_, index) => places[index] !== 'b'),
    b: log.filter((_, index) => places[index] !== 'a'),
  }))

describe('two devices', () => {
  it('come to the same log, whoever takes the other’s file', () => {
    fc.assert(
      fc.property(logs, logs, (a, b) => {
        expect(merge(a, b)).toEqual(merge(b, a))
      }),
    )
  })

  it('come to the same log with a third, in any order', () => {
    fc.assert(
      fc.property(logs, logs, logs, (a, b, c) => {
        expect(merge(merge(a, b), c)).toEqual(merge(a, merge(b, c)))
      }),
    )
  })

  it('change nothing by taking a file again', () => {
    fc.assert(
      fc.property(logs, logs, (a, b) => {
        const both = merge(a, b)
        expect(merge(both, b)).toEqual(both)
        expect(merge(both, both)).toEqual(both)
        expect(merge(a, a)).toEqual(merge(a, []))
      }),
    )
  })

  it('lose nothing: every event of each is in the merged log', () => {
    fc.assert(
      fc.property(devices, ({ all, a, b }) => {
        expect(new Set(merge(a, b))).toEqual(new Set(all))
      }),
    )
  })

  it('remember the same, in whatever order the events came', () => {
    fc.assert(
      fc.property(devices, fc.integer(), ({ all, a, b }, seed) => {
        const shuffled = all.toSorted((x, y) => ((x.at * 31 + seed) % 97) - ((y.at * 31 + seed) % 97))
        expect(memory(merge(a, b))).toEqual(memory(all))
        expect(memory(shuffled)).toEqual(memory(all))
      }),
    )
  })

  it('keep the same one of two events that a damaged file gives one id', () => {
    const one = review('22/tcp>number', MONDAY, GOOD)
    const other = { ...one, grade: AGAIN }
    expect(merge([one], [other])).toEqual(merge([other], [one]))
    expect(merge([one], [other])).toHaveLength(1)
  })
})

describe('a log', () => {
  const [first, second] = [review('22/tcp>number', MONDAY, GOOD), review('22/tcp>number', MONDAY + 5000, AGAIN)]
  const about = (of: string) => ({ id: 'device-zz', at: MONDAY + 9000, of, card: '22/tcp>number' as const })

  it('counts an undone review as if it had never been', () => {
    fc.assert(
      fc.property(logs, (log) => {
        const last = { ...first, id: 'cccccc-1', at: MONDAY + 1e10 }
        const undo = { ...about(last.id), kind: 'undo' as const, id: 'cccccc-2', at: last.at + 1 }
        expect(reviewsOf([...log, last, undo])).toEqual(reviewsOf(log))
      }),
    )
  })

  it('undoes a review of the same card only', () => {
    expect(reviewsOf([first, second, { ...about(second.id), kind: 'undo' }])).toEqual([first])
    expect(reviewsOf([first, { ...about(first.id), kind: 'undo', card: '22/tcp>name' }])).toEqual([first])
  })

  it('takes the last grade that the learner gave', () => {
    const regrade = { ...about(second.id), kind: 'regrade', grade: GOOD } as const
    const later = { ...regrade, id: 'device-zzz', at: regrade.at + 1, grade: EASY }
    expect(reviewsOf([first, second, regrade]).map(({ grade }) => grade)).toEqual([GOOD, GOOD])
    expect(reviewsOf([later, first, second, regrade]).map(({ grade }) => grade)).toEqual([GOOD, EASY])
  })

  it('forgets what was before, and not what came after', () => {
    fc.assert(
      fc.property(logs, (log) => {
        const at = MONDAY + 200 * 90 * 60_000
        const forget = { kind: 'forget', id: 'cccccc-1', at } as const
        const counted = reviewsOf([...log, forget])
        expect(counted.every((one) => byTime(one, forget) > 0)).toBe(true)
        expect(counted).toEqual(reviewsOf(log).filter((one) => byTime(one, forget) > 0))
      }),
    )
  })

  it('has the learner’s own memory aids, until they are taken back or all is forgotten', () => {
    const write = (text: string, at: number): LogEvent => ({
      kind: 'mnemonic',
      id: `device-${at}`,
      at,
      fact: '22/tcp',
      text,
    })
    expect(mnemonicsOf([write('two swans', 1), write('two ducks', 2)])).toEqual(new Map([['22/tcp', 'two ducks']]))
    expect(mnemonicsOf([write('two swans', 1), write('  ', 2)])).toEqual(new Map())
    expect(mnemonicsOf([write('two swans', 1), { kind: 'forget', id: 'device-x', at: 2 }])).toEqual(new Map())
  })
})

describe('an event from outside', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(logs, (log) => {
        for (const event of log) expect(v.parse(EventSchema, JSON.parse(JSON.stringify(event)))).toEqual(event)
      }),
    )
  })

  it('is refused when it says what cannot be', () => {
    const good = review('22/tcp>number', MONDAY, GOOD)
    for (const bad of [
      { ...good, card: '70000/tcp>number' },
      { ...good, card: '22/sctp>number' },
      { ...good, card: '022/tcp>number' },
      { ...good, grade: 5 },
      { ...good, at: -1 },
      { ...good, at: Number.NaN },
      { ...good, id: 'x' },
      { ...good, utcOffset: 9000 },
      { ...good, taken: 65536 },
      { ...good, kind: 'gift' },
    ])
      expect(v.safeParse(EventSchema, bad).success, JSON.stringify(bad)).toBe(false)
    expect(v.safeParse(EventSchema, good).success).toBe(true)
  })
})
