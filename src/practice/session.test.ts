import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Asking } from './ask'
import type { CardId } from './card'
import { factOf, partsOf } from './card'
import { FACTS, factsInDeck } from './fact'
import { AGAIN, GOOD } from './grade'
import type { Grade } from './grade'
import type { Review } from './log'
import { DAY, MINUTE, MONDAY, review } from './log.test-support'
import { memoryOf } from './memory'
import type { Plan } from './schedule'
import { agenda } from './schedule'
import type { Session, SessionContext } from './session'
import { remember, rememberAll } from './snapshot'
import { answered, askingOf, begin, beginAside, progress, regraded, takenBack } from './session'

const PLAN: Plan = { newPerDay: 10, vacations: [], utcOffset: 0 }
const NETWORK = factsInDeck('network-plus')
const contextOf = (reviews: readonly Review[], mixups: SessionContext['mixups'] = () => []): SessionContext => ({
  book: FACTS,
  memory: memoryOf(reviews, { retention: 0.9 }),
  mixups,
})
type Answering = (asking: Asking, count: number) => Grade
const alwaysRight: Answering = () => GOOD

/** A session played to its end, from what was reviewed before. */
function played(before: readonly Review[], at: number, gradeOf: Answering = alwaysRight, seed = 1) {
  const askings: Asking[] = []
  let known = rememberAll(before, { retention: 0.9 })
  const context = (): SessionContext => ({ book: FACTS, memory: known.memory, mixups: () => [] })
  const todo = agenda(NETWORK, FACTS, known.memory, PLAN, at)
  let session = begin(todo, context(), seed)
  while (session.asking) {
    askings.push(session.asking)
    const { card, way } = session.asking
    const grade = gradeOf(session.asking, session.reviews.length)
    const given = review(card, at + session.reviews.length * 7000, grade, { way })
    known = remember(known, [given])
    session = answered(session, given, context())
  }
  return { askings, session, reviews: session.reviews, todo }
}

/** Days of practice, with three sessions each. */
function daysOf(days: number, gradeOf: Answering = alwaysRight): readonly Review[] {
  const reviews: Review[] = []
  for (let day = 0; day < days; day++)
    for (let hour = 0; hour < 3; hour++)
      reviews.push(...played(reviews, MONDAY + day * DAY + hour * 60 * MINUTE, gradeOf, day * 3 + hour).reviews)
  return reviews
}

/** Who is right most of the time. */
const mostlyRight: Answering = ({ seed }) => (seed % 7 === 0 ? AGAIN : GOOD)

describe('the first session', () => {
  const { askings, reviews } = played([], MONDAY)

  it('introduces three facts, each in context, and asks for its number soon after', () => {
    const first = askings.slice(0, 3)
    expect(
      first.every(
        ({ card, way, choosing }) => partsOf(card).direction === 'name' && ['door', 'ss'].includes(way) && choosing,
      ),
    ).toBe(true)
    expect(new Set(askings.map(({ card }) => factOf(card))).size).toBe(3)
    const numbers = askings.filter(({ card }) => partsOf(card).direction === 'number')
    expect(new Set(numbers.map(({ card }) => card)).size).toBe(3)
    expect(numbers.every(({ way, choosing }) => way === 'type' && !choosing)).toBe(true)
  })

  it('ends with every card learned, in about two minutes', () => {
    const { memory } = contextOf(reviews)
    expect([...memory.values()].map(({ stage }) => stage)).toEqual(Array.from({ length: 6 }, () => 'review'))
    expect(askings.length).toBe(12)
  })

  it('never asks for two cards of one port in a row', () => {
    const ports = askings.map(({ card }) => partsOf(card).port)
    for (const [index, port] of ports.entries()) if (index > 0) expect(port).not.toBe(ports[index - 1])
  })
})

describe('any session', () => {
  const histories = fc.constantFrom(...[0, 1, 3, 8, 15].map((days) => daysOf(days, mostlyRight)))

  it('has about two minutes of questions, due ones before new ones', () => {
    fc.assert(
      fc.property(histories, fc.nat(1e6), (before, seed) => {
        const at = MONDAY + 20 * DAY
        const { reviews, session, todo } = played(before, at, alwaysRight, seed)
        expect(session.asking).toBeUndefined()
        expect(reviews.length).toBeLessThanOrEqual(24)
        const due = new Set(todo.due)
        const cards = new Set(reviews.map(({ card }) => card))
        const hasNew = [...cards].some((card) => !due.has(card))
        const leftOut = todo.due.filter((card) => !cards.has(card))
        const ports = new Set([...cards].map((card) => partsOf(card).port))
        // A due card is left out for new ones only if another card of its port was asked.
        if (hasNew) for (const card of leftOut) expect(ports).toContain(partsOf(card).port)
      }),
      { numRuns: 25 },
    )
  })

  it('asks what failed again, later, until it was right', () => {
    fc.assert(
      fc.property(histories, fc.nat(1e6), (before, seed) => {
        const failsOnce: Answering = ({ card }, count) => (count < 4 && !card.includes('name') ? AGAIN : GOOD)
        const { reviews, session } = played(before, MONDAY + 20 * DAY, failsOnce, seed)
        expect(session.again.every(({ card }) => reviews.findLast((one) => one.card === card)?.grade !== AGAIN)).toBe(
          true,
        )
        for (const [index, { card, grade }] of reviews.entries())
          if (grade === AGAIN)
            expect(reviews.slice(index + 1).some((one) => one.card === card && one.grade === GOOD)).toBe(true)
      }),
      { numRuns: 25 },
    )
  })

  it('ends also for who is always wrong', () => {
    fc.assert(
      fc.property(histories, (before) => {
        expect(played(before, MONDAY + 20 * DAY, () => AGAIN).reviews.length).toBeLessThanOrEqual(40)
      }),
      { numRuns: 5 },
    )
  })

  it('is the same from the same seed', () => {
    const before = daysOf(3, mostlyRight)
    const askings = (seed: number) => played(before, MONDAY + 5 * DAY, mostlyRight, seed).askings
    expect(askings(7)).toEqual(askings(7))
    expect(askings(7)).not.toEqual(askings(8))
  })

  it('mixes: neighbours in the queue differ in direction or family wherever that can be', () => {
    const before = daysOf(10, mostlyRight)
    const { askings } = played(before, MONDAY + 12 * DAY)
    const kinds = askings.map(({ card }) => `${partsOf(card).direction} ${FACTS.get(factOf(card))?.family}`)
    const same = kinds.filter((kind, index) => kind === kinds[index - 1]).length
    expect(askings.length).toBeGreaterThan(10)
    expect(same).toBeLessThanOrEqual(1)
  })

  it('is longer for the quick and shorter for the slow', () => {
    const before = daysOf(10, mostlyRight)
    const todo = agenda(NETWORK, FACTS, contextOf(before).memory, PLAN, MONDAY + 40 * DAY)
    const queued = (pace: number) => progress(begin(todo, contextOf(before), 1, pace)).left
    expect(queued(3000)).toBeGreaterThan(queued(7500))
    expect(queued(7500)).toBeGreaterThan(queued(14_000))
  })
})

describe('an answer taken back', () => {
  it('brings back the session before it, and the same question', () => {
    fc.assert(
      fc.property(fc.nat(1e6), fc.integer({ min: 1, max: 9 }), (seed, steps) => {
        const states: Session[] = [begin(agenda(NETWORK, FACTS, new Map(), PLAN, MONDAY), contextOf([]), seed)]
        for (let step = 0; step < steps; step++) {
          const now = states.at(-1)
          if (!now?.asking) return
          const given = review(now.asking.card, MONDAY + step * 7000, step % 3 === 0 ? AGAIN : GOOD)
          states.push(answered(now, given, contextOf([...now.reviews, given])))
        }
        let now = states.pop()
        while (now && states.length > 0) {
          const back = takenBack(now)
          expect(back?.review).toBe(now.reviews.at(-1))
          expect(back?.session).toBe(states.pop())
          now = back?.session
        }
        expect(now && takenBack(now)).toBeUndefined()
      }),
    )
  })

  it('may be given another grade: what was right by mistake comes again', () => {
    const start = begin(agenda(NETWORK, FACTS, new Map(), PLAN, MONDAY), contextOf([]), 1)
    const card = start.asking?.card ?? '22/tcp>name'
    const given = review(card, MONDAY, GOOD)
    const after = answered(start, given, contextOf([given]))
    const changed = regraded(after, AGAIN, contextOf([{ ...given, grade: AGAIN }]))
    expect(changed).toEqual(answered(start, { ...given, grade: AGAIN }, contextOf([{ ...given, grade: AGAIN }])))
    expect(changed.reviews.map(({ grade }) => grade)).toEqual([AGAIN])
  })
})

describe('the way in which a card is asked', () => {
  const after = (card: CardId, days: readonly number[], mixups: SessionContext['mixups'] = () => []) =>
    contextOf(
      days.map((day) => review(card, MONDAY + day * DAY, GOOD)),
      mixups,
    )
  const waysSeen = (card: CardId, context: SessionContext) =>
    new Set(Array.from({ length: 300 }, (_, seed) => askingOf(card, context, seed * 7919).way))

  it('is choosing for first meetings only, and typing from then on', () => {
    for (const card of ['22/tcp>name', '22/tcp>number', '389/tcp>twin'] as const)
      for (let seed = 0; seed < 100; seed++) {
        const first = askingOf(card, contextOf([]), seed)
        expect(first.choosing).toBe(partsOf(card).direction !== 'number')
        expect(askingOf(card, after(card, [0, 0.01, 3]), seed).choosing).toBe(false)
      }
  })

  it('gets harder to read as the card is better known: a line of tcpdump, then hex', () => {
    expect(waysSeen('22/tcp>name', after('22/tcp>name', [0, 0.01]))).toEqual(new Set(['type', 'door', 'ss']))
    expect(waysSeen('22/tcp>name', after('22/tcp>name', [0, 0.01, 3, 10]))).toEqual(
      new Set(['type', 'door', 'ss', 'tcpdump', 'hex']),
    )
    expect(waysSeen('53/udp>name', after('53/udp>name', [0, 0.01, 3, 10]))).not.toContain('tcpdump')
  })

  it('is which of two only after a mix-up', () => {
    const days = [0, 0.01, 3]
    expect(waysSeen('22/tcp>number', after('22/tcp>number', days))).toEqual(new Set(['type']))
    expect(
      waysSeen(
        '22/tcp>number',
        after('22/tcp>number', days, () => [23]),
      ),
    ).toEqual(new Set(['type', 'pair']))
  })
})

describe('cards that were set aside', () => {
  const failing: readonly Review[] = Array.from({ length: 6 }, (_, day) =>
    review('22/tcp>number', MONDAY + day * DAY, AGAIN),
  )
  const at = MONDAY + 9 * DAY
  const todo = agenda(NETWORK, FACTS, contextOf(failing).memory, PLAN, at)

  it('are asked beside a confusable port, then typed, and come back when right twice', () => {
    let session = beginAside(todo, contextOf(failing), 1)
    const grades: readonly Grade[] = [GOOD, AGAIN, GOOD, GOOD]
    const ways: string[] = []
    const reviews = [...failing]
    for (const grade of grades) {
      if (!session.asking) break
      ways.push(session.asking.way)
      const given = review('22/tcp>number', at + ways.length * 7000, grade)
      reviews.push(given)
      session = answered(session, given, contextOf(reviews))
    }
    expect(ways).toEqual(['pair', 'type', 'pair', 'type'])
    expect(session.asking).toBeUndefined()
    expect(agenda(NETWORK, FACTS, contextOf(reviews).memory, PLAN, at).setAside).toEqual([])
  })
})
