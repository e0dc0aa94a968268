import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CardId, FactId } from './card'
import { factOf, partsOf } from './card'
import { dayOf, endOfDay } from './day'
import { FACTS, areNeighbours, bookOf, cardsOf, factsInDeck, registryFact } from './fact'
import type { Fact } from './fact'
import { AGAIN, GOOD } from './grade'
import type { Grade } from './grade'
import type { Review } from './log'
import { DAY, MINUTE, MONDAY, review } from './log.test-support'
import { memoryOf } from './memory'
import type { Plan } from './schedule'
import { agenda, dueAt, isAway } from './schedule'

const PLAN: Plan = { newPerDay: 10, vacations: [], utcOffset: 0 }
const SETTINGS = { retention: 0.9 }
const today = (facts: readonly Fact[], reviews: readonly Review[], at: number, plan: Plan = PLAN) =>
  agenda(facts, FACTS, memoryOf(reviews, SETTINGS), plan, at)

/** A learner who does everything that is on the agenda of each day, and what comes back within it. */
function practised(facts: readonly Fact[], days: number, gradeOf: (card: CardId, count: number) => Grade, plan = PLAN) {
  const reviews: Review[] = []
  for (let day = 0; day < days; day++) {
    let at = MONDAY + day * DAY
    for (let round = 0; round < 60; round++) {
      const { due, fresh } = today(facts, reviews, at, plan)
      const cards = [...due, ...fresh]
      if (cards.length === 0) break
      for (const card of cards) reviews.push(review(card, (at += 20_000), gradeOf(card, reviews.length)))
      at += 11 * MINUTE
    }
  }
  return reviews
}

const decks = fc.constantFrom('network-plus', 'security-plus', 'pairs', 'twins', 'homelab').map((id) => factsInDeck(id))

describe('new facts', () => {
  it('are three on the first day of all, then as many a day as the plan says', () => {
    fc.assert(
      fc.property(decks, fc.integer({ min: 0, max: 12 }), (facts, newPerDay) => {
        const reviews = practised(facts, 4, () => GOOD, { ...PLAN, newPerDay })
        const met = new Map<FactId, number>()
        for (const { card, at } of reviews) if (!met.has(factOf(card))) met.set(factOf(card), dayOf(at, 0))
        const first = dayOf(MONDAY, 0)
        const on = (day: number) => [...met.values()].filter((one) => one === first + day).length
        expect(on(0)).toBe(Math.min(3, newPerDay))
        for (const day of [1, 2, 3]) expect(on(day)).toBeLessThanOrEqual(newPerDay)
        if (newPerDay > 3 && facts.length > 30) expect(on(1)).toBeGreaterThan(3)
      }),
      { numRuns: 30 },
    )
  })

  it('are never neighbours of others met on the same day', () => {
    fc.assert(
      fc.property(decks, (facts) => {
        const reviews = practised(facts, 8, () => GOOD)
        const days = new Map<FactId, number>()
        for (const { card, at } of reviews) if (!days.has(factOf(card))) days.set(factOf(card), dayOf(at, 0))
        expect(days.size).toBeGreaterThan(15)
        for (const [one, day] of days)
          for (const [other, same] of days) {
            const [a, b] = [FACTS.get(one), FACTS.get(other)]
            if (day === same && a && b) expect(areNeighbours(a, b), `${one} ${other}`).toBe(false)
          }
      }),
      { numRuns: 10 },
    )
  })

  it('keep 67 and 68, 161 and 162, and a port and its TLS twin apart', () => {
    const apart = (a: FactId, b: FactId) => {
      const [one, other] = [FACTS.get(a), FACTS.get(b)]
      return one !== undefined && other !== undefined && areNeighbours(one, other) && areNeighbours(other, one)
    }
    for (const [a, b] of [
      ['67/udp', '68/udp'],
      ['161/udp', '162/udp'],
      ['389/tcp', '636/tcp'],
      ['443/tcp', '445/tcp'],
      ['3306/tcp', '5432/tcp'],
    ] as const)
      expect(apart(a, b), `${a} ${b}`).toBe(true)
    expect(apart('22/tcp', '443/tcp')).toBe(false)
    expect(apart('53/tcp', '53/udp')).toBe(false)
  })

  it('are met by name first, then by number on the same day, and the rest once those are learned', () => {
    const [fact] = factsInDeck('twins')
    if (!fact) throw new Error('The deck is empty.')
    const reviews = practised([fact], 40, () => GOOD)
    const first = new Map<CardId, number>()
    for (const { card, at } of reviews) if (!first.has(card)) first.set(card, at)
    expect([...first.keys()]).toEqual(cardsOf(fact))
    const [name = 0, number = 0, transport = 0] = [...first.values()]
    expect(dayOf(number, 0)).toBe(dayOf(name, 0))
    expect(dayOf(transport, 0)).toBeGreaterThanOrEqual(dayOf(number, 0))
  })

  it('leave further directions of a fact that is not learned for later', () => {
    const [fact] = factsInDeck('twins')
    if (!fact) throw new Error('The deck is empty.')
    const reviews = practised([fact], 3, () => AGAIN)
    expect(new Set(reviews.map(({ card }) => partsOf(card).direction))).toEqual(new Set(['name', 'number']))
  })
})

describe('what is due', () => {
  const CARD = '22/tcp>number'
  const facts = [...FACTS.values()].filter(({ id }) => id === '22/tcp')
  const learned = [review(CARD, MONDAY, GOOD), review(CARD, MONDAY + 10 * MINUTE, GOOD)]
  const memory = memoryOf(learned, SETTINGS).get(CARD)
  if (!memory) throw new Error('Nothing is remembered.')
  const { due } = memory

  it('is due all day long on its day, which ends at four in the morning', () => {
    const day = dayOf(due, 0)
    const morning = endOfDay(day - 1, 0)
    expect(new Date(morning).toISOString()).toMatch(/T04:00:00.000Z$/)
    expect(today(facts, learned, morning - 1).due).toEqual([])
    expect(today(facts, learned, morning - 1).next).toBe(due)
    expect(today(facts, learned, morning).due).toEqual([CARD])
    expect(today(facts, learned, due + 30 * DAY).due).toEqual([CARD])
  })

  it('is due to the minute while it is being learned', () => {
    const [first] = learned
    if (!first) throw new Error('There is no review.')
    expect(today(facts, [first], MONDAY + 9 * MINUTE).due).toEqual([])
    expect(today(facts, [first], MONDAY + 10 * MINUTE).due).toEqual([CARD])
  })

  it('is only what is practised', () => {
    expect(
      today(
        factsInDeck('dba').filter(({ port }) => port !== 22),
        learned,
        due,
      ).due,
    ).toEqual([])
  })

  it('leaves out a card that failed six times, and names it', () => {
    const failing = Array.from({ length: 6 }, (_, day) => review(CARD, MONDAY + day * DAY, AGAIN))
    const later = MONDAY + 10 * DAY
    expect(today(facts, failing, later).due).toEqual([])
    expect(today(facts, failing, later).setAside).toEqual([CARD])
  })

  it('comes the most overdue first', () => {
    fc.assert(
      fc.property(decks, fc.integer({ min: 2, max: 30 }), (deck, pause) => {
        const reviews = practised(deck, 5, (_, count) => (count % 7 === 0 ? AGAIN : GOOD))
        const kept = memoryOf(reviews, SETTINGS)
        const dates = today(deck, reviews, MONDAY + (5 + pause) * DAY).due.map((card) => kept.get(card)?.due ?? 0)
        expect(dates).toEqual(dates.toSorted((a, b) => a - b))
        expect(dates.length).toBeGreaterThan(0)
      }),
      { numRuns: 10 },
    )
  })

  it('is nothing of own decks that nobody met, and the book knows their facts', () => {
    const fact = registryFact({ port: 2222, protocol: 'tcp', name: 'EtherNet-IP-1' })
    const { due: none, fresh } = agenda([fact], bookOf([fact]), new Map(), PLAN, MONDAY)
    expect([none, fresh]).toEqual([[], ['2222/tcp>name']])
  })
})

describe('a vacation', () => {
  const CARD = '22/tcp>number'
  const facts = [...FACTS.values()].filter(({ id }) => id === '22/tcp')
  const learned = [review(CARD, MONDAY, GOOD), review(CARD, MONDAY + 10 * MINUTE, GOOD)]
  const memory = memoryOf(learned, SETTINGS).get(CARD)
  if (!memory) throw new Error('Nothing is remembered.')
  const monday = dayOf(MONDAY, 0)
  const dueDay = dayOf(memory.due, 0)
  const moved = (vacations: Plan['vacations']) => Math.round((dueAt(memory, { ...PLAN, vacations }) - memory.due) / DAY)

  it('asks for nothing, and moves what falls on it or after it by its days', () => {
    const week = { from: monday + 1, until: monday + 7 }
    const plan = { ...PLAN, vacations: [week] }
    for (let day = week.from; day <= week.until; day++) {
      const noon = MONDAY + (day - monday) * DAY
      expect(isAway(plan, noon)).toBe(true)
      expect(today(facts, learned, noon, plan)).toEqual({ due: [], fresh: [], setAside: [] })
    }
    expect(moved([week])).toBe(7)
    expect(today(facts, learned, memory.due + 6 * DAY, plan).due).toEqual([])
    expect(today(facts, learned, memory.due + 7 * DAY, plan).due).toEqual([CARD])
  })

  it('does not move what was due before it, or was reviewed after it', () => {
    expect(moved([{ from: dueDay + 1, until: dueDay + 9 }])).toBe(0)
    expect(moved([{ from: monday - 9, until: monday - 1 }])).toBe(0)
  })

  it('moves by the days that are left of it when one came back early', () => {
    expect(moved([{ from: monday - 3, until: monday + 4 }])).toBe(4)
  })

  it('adds up with another', () => {
    expect(
      moved([
        { from: monday + 1, until: monday + 2 },
        { from: dueDay + 1, until: dueDay + 5 },
      ]),
    ).toBe(7)
    expect(
      moved([
        { from: dueDay + 1, until: dueDay + 5 },
        { from: monday + 1, until: monday + 2 },
      ]),
    ).toBe(7)
  })

  it('never brings a card forward, and never to a day off', () => {
    const range = fc
      .record({ from: fc.integer({ min: monday - 20, max: monday + 60 }), days: fc.integer({ min: 0, max: 20 }) })
      .map(({ from, days }) => ({ from, until: from + days }))
    fc.assert(
      fc.property(range, (vacation) => {
        const at = dueAt(memory, { ...PLAN, vacations: [vacation] })
        expect(at).toBeGreaterThanOrEqual(memory.due)
        expect(isAway({ ...PLAN, vacations: [vacation] }, at)).toBe(false)
      }),
    )
  })
})
