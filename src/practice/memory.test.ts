import * as fc from 'fast-check'
import type { Grade as FsrsGrade } from 'ts-fsrs'
import { Rating, State, createEmptyCard, forgetting_curve, default_w, fsrs } from 'ts-fsrs'
import { describe, expect, it } from 'vitest'
import { AGAIN, GOOD, HARD } from './grade'
import type { Grade } from './grade'
import { DAY, MINUTE, MONDAY, review } from './log.test-support'
import type { CardMemory } from './memory'
import { LEECH, memoryOf, recall, schedulerOf } from './memory'
import { isSetAside } from './schedule'

const CARD = '22/tcp>number'
const SETTINGS = { retention: 0.9 }
const RATINGS: Readonly<Record<Grade, FsrsGrade>> = { 1: Rating.Again, 2: Rating.Hard, 3: Rating.Good, 4: Rating.Easy }

/** Grades, each some minutes after the one before. */
const histories = fc.array(
  fc.record({
    grade: fc.constantFrom<Grade>(1, 2, 3, 4),
    wait: fc.oneof(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 600, max: 400_000 })),
  }),
  { minLength: 1, maxLength: 20 },
)

const reviewsIn = (history: readonly { grade: Grade; wait: number }[], utcOffset = 240) => {
  let at = MONDAY
  return history.map(({ grade, wait }) => {
    at += wait * MINUTE
    return review(CARD, at, grade, { utcOffset })
  })
}

const remembered = (reviews: Parameters<typeof memoryOf>[0], settings = SETTINGS): CardMemory => {
  const memory = memoryOf(reviews, settings).get(CARD)
  if (!memory) throw new Error('Nothing is remembered.')
  return memory
}

describe('memory', () => {
  it('is that of ts-fsrs itself: the same reviews give the same due dates, stability and difficulty', () => {
    fc.assert(
      fc.property(histories, fc.constantFrom(0.8, 0.9, 0.95), (history, retention) => {
        // Whose day begins at four, four hours east of UTC, has FSRS's own days, which begin at midnight UTC.
        const reviews = reviewsIn(history, 240)
        const scheduler = fsrs({ request_retention: retention, enable_fuzz: false })
        let card = createEmptyCard(new Date(MONDAY))
        for (const { at, grade } of reviews) card = scheduler.next(card, new Date(at), RATINGS[grade]).card
        const { due, stability, difficulty, stage, reps, lapses, days } = remembered(reviews, { retention })
        expect({ due, stability, difficulty, reps, lapses, days }).toEqual({
          due: card.due.getTime(),
          stability: card.stability,
          difficulty: card.difficulty,
          reps: card.reps,
          lapses: card.lapses,
          days: card.scheduled_days,
        })
        expect(stage).toBe(State[card.state].toLowerCase())
      }),
    )
  })

  it('is that of ts-fsrs rescheduling the whole history at once', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const reviews = reviewsIn(history, 240)
        const { reschedule_item: item } = fsrs({ enable_fuzz: false }).reschedule(
          createEmptyCard(new Date(MONDAY)),
          reviews.map(({ at, grade }) => ({ rating: RATINGS[grade], review: new Date(at) })),
        )
        // Nothing to reschedule means: the card as it was given is what the history leads to.
        if (item) expect(remembered(reviews).due).toBe(item.card.due.getTime())
        else expect(reviews.length).toBe(0)
      }),
    )
  })

  it('depends on the learner’s clock only, not on where in the world it stands', () => {
    fc.assert(
      fc.property(histories, fc.integer({ min: -48, max: 56 }), (history, quarters) => {
        const utcOffset = quarters * 15
        const here = reviewsIn(history, 0)
        const there = here.map((one) => ({ ...one, at: one.at - utcOffset * MINUTE, utcOffset }))
        const [a, b] = [remembered(here), remembered(there)]
        expect(b.stability).toBe(a.stability)
        expect(b.due).toBe(a.due - utcOffset * MINUTE)
      }),
    )
  })

  it('counts one evening as one day, also when midnight UTC lies in it', () => {
    // 16:58 and 17:04 in California are two days in UTC.
    const evening = Date.UTC(2026, 0, 5, 23, 58)
    const twice = (utcOffset: number) =>
      remembered([review(CARD, evening, GOOD, { utcOffset }), review(CARD, evening + 6 * MINUTE, GOOD, { utcOffset })])
        .stability
    expect(twice(-480)).toBe(twice(0))
    expect(twice(240)).toBeGreaterThan(twice(-480))
  })

  it('fades as FSRS says, from 1 through 0.9 after as many days as its stability', () => {
    const scheduler = schedulerOf(SETTINGS)
    const memory = remembered(
      reviewsIn([
        { grade: GOOD, wait: 1 },
        { grade: GOOD, wait: 20 },
      ]),
    )
    expect(recall(scheduler, memory, memory.last)).toBe(1)
    expect(recall(scheduler, memory, memory.last + memory.stability * DAY)).toBeCloseTo(0.9, 6)
    expect(recall(scheduler, memory, memory.last + 40 * DAY)).toBeCloseTo(
      forgetting_curve(default_w, 40, memory.stability),
      6,
    )
    expect(recall(scheduler, undefined, MONDAY)).toBe(0)
  })

  it('comes back sooner the more one wants to retain', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const due = [0.8, 0.9, 0.95].map((retention) => remembered(reviewsIn(history), { retention }).due)
        expect(due).toEqual(due.toSorted((a, b) => b - a))
      }),
    )
  })
})

describe('a card that fails', () => {
  const days = (grades: readonly Grade[]) => grades.map((grade, day) => review(CARD, MONDAY + day * DAY, grade))

  it('is set aside after six days with a failure', () => {
    const failing = days(Array.from({ length: LEECH }, () => AGAIN))
    expect(isSetAside(remembered(failing.slice(0, -1)))).toBe(false)
    expect(isSetAside(remembered(failing))).toBe(true)
  })

  it('counts several failures of one day once', () => {
    const oneDay = Array.from({ length: 9 }, (_, index) => review(CARD, MONDAY + index * MINUTE, AGAIN))
    expect(remembered(oneDay).failures).toBe(1)
  })

  it('comes back when it was right twice in a row', () => {
    const failing = days([1, 1, 1, 1, 1, 1])
    const later = (index: number, grade: Grade) => review(CARD, MONDAY + 9 * DAY + index * MINUTE, grade)
    expect(isSetAside(remembered([...failing, later(0, GOOD)]))).toBe(true)
    expect(isSetAside(remembered([...failing, later(0, GOOD), later(1, AGAIN), later(2, HARD)]))).toBe(true)
    expect(isSetAside(remembered([...failing, later(0, HARD), later(1, GOOD)]))).toBe(false)
  })
})
