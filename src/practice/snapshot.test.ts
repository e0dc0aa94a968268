import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AGAIN, GOOD } from './grade'
import type { Log } from './log'
import { DAY, MONDAY, logs, review } from './log.test-support'
import type { Remembered } from './snapshot'
import { cardsToReplay, remember, rememberAll, restored, snapshotOf } from './snapshot'

const SETTINGS = { retention: 0.9 }

/** What is remembered, in a form that can be compared. */
const plain = ({ memory, forgotten, loose, held }: Remembered) => ({
  memory: [...memory.values()].toSorted((a, b) => (a.card < b.card ? -1 : 1)),
  forgotten,
  loose: [...loose].toSorted(),
  held,
})

/** More events added, with only those read again that must be. */
function added(before: Remembered, earlier: Log, later: Log): Remembered {
  const cards = cardsToReplay(before, later)
  const about = [...earlier, ...later].filter((event) => 'card' in event && cards.has(event.card))
  return remember(before, later, about)
}

describe('a snapshot', () => {
  it('and the later events come to the same as the whole log replayed, in whatever parts they arrive', () => {
    fc.assert(
      fc.property(logs, fc.array(fc.nat(40), { maxLength: 4 }), (log, places) => {
        const cuts = [0, ...places.filter((one) => one <= log.length).toSorted((a, b) => a - b), log.length]
        let now = rememberAll([], SETTINGS)
        for (const [index, cut] of cuts.entries()) {
          const from = cuts[index - 1] ?? 0
          const kept = restored(JSON.parse(JSON.stringify(snapshotOf(now))), SETTINGS)
          if (!kept) throw new Error('The snapshot could not be read.')
          now = added(kept, log.slice(0, from), log.slice(from, cut))
        }
        expect(plain(now)).toEqual(plain(rememberAll(log, SETTINGS)))
      }),
      { numRuns: 300 },
    )
  })

  it('knows of a review that was undone before it arrived', () => {
    const first = review('22/tcp>number', MONDAY, GOOD)
    const late = { ...review('22/tcp>number', MONDAY + DAY, AGAIN), id: 'bbbbbb-1' }
    const undo = { kind: 'undo', id: 'bbbbbb-2', at: MONDAY + 2 * DAY, of: late.id, card: late.card } as const
    const before = added(rememberAll([first], SETTINGS), [first], [undo])
    expect(plain(added(before, [first, undo], [late]))).toEqual(plain(rememberAll([first, undo, late], SETTINGS)))
    expect(added(before, [first, undo], [late]).memory.get(first.card)?.reps).toBe(1)
  })

  it('needs nothing read again for a review just given', () => {
    const first = review('22/tcp>number', MONDAY, GOOD)
    const now = rememberAll([first], SETTINGS)
    expect(cardsToReplay(now, [review('22/tcp>number', MONDAY + 60_000, GOOD)]).size).toBe(0)
    expect(cardsToReplay(now, [review('53/udp>name', MONDAY - 60_000, GOOD)]).size).toBe(0)
    expect([...cardsToReplay(now, [review('22/tcp>number', MONDAY - 60_000, GOOD)])]).toEqual(['22/tcp>number'])
  })

  it('is not used when it is damaged, of another version, or made with other settings', () => {
    const snapshot = snapshotOf(rememberAll([review('22/tcp>number', MONDAY, GOOD)], SETTINGS))
    expect(restored(snapshot, SETTINGS)).toBeDefined()
    expect(restored(snapshot, { retention: 0.85 })).toBeUndefined()
    expect(restored(snapshot, { ...SETTINGS, weights: Array.from({ length: 21 }, () => 1) })).toBeUndefined()
    expect(restored({ ...snapshot, version: 0 }, SETTINGS)).toBeUndefined()
    expect(restored({ ...snapshot, cards: [{ ...snapshot.cards[0], card: '22' }] }, SETTINGS)).toBeUndefined()
    expect(restored(undefined, SETTINGS)).toBeUndefined()
  })
})
