import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { default_w as defaults } from 'ts-fsrs'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { factsInDeck } from './fact'
import { AGAIN, GOOD, HARD } from './grade'
import { halfLifeLearner, practise } from './learner.test-support'
import { DAY, MINUTE, MONDAY, logs, review } from './log.test-support'
import { reviewsOf } from './log'
import { memoryOf } from './memory'
import type { Optimiser } from './optimise'
import { ENOUGH, fitted, fsrsOptimiser, trainingSet } from './optimise'

const SETTINGS = { retention: 0.9 }

describe('a training set', () => {
  it('has an item for each review of a later day, with all reviews of the card before it', () => {
    const set = trainingSet([
      review('22/tcp>number', MONDAY, GOOD),
      review('53/udp>name', MONDAY + MINUTE, HARD),
      review('22/tcp>number', MONDAY + 10 * MINUTE, GOOD),
      review('22/tcp>number', MONDAY + 3 * DAY, AGAIN),
      review('53/udp>name', MONDAY + 4 * DAY, GOOD),
    ])
    expect([...set.lengths]).toEqual([3, 2])
    expect([...set.ratings]).toEqual([GOOD, GOOD, AGAIN, HARD, GOOD])
    expect([...set.days]).toEqual([0, 0, 3, 0, 4])
  })

  it('never has more than there is, and no days before the first review of a card', () => {
    fc.assert(
      fc.property(logs, (log) => {
        const { ratings, days, lengths } = trainingSet(reviewsOf(log))
        const sum = lengths.reduce((all, one) => all + one, 0)
        expect([ratings.length, days.length]).toEqual([sum, sum])
        expect(ratings.every((grade) => grade >= 1 && grade <= 4)).toBe(true)
        let start = 0
        for (const length of lengths) {
          expect(days[start]).toBe(0)
          start += length
        }
      }),
    )
  })
})

describe('fitting', () => {
  beforeAll(() => {
    // The library is made for browsers, and listens for messages when it loads.
    vi.stubGlobal('self', globalThis)
    vi.stubGlobal('addEventListener', () => undefined)
  })
  afterAll(() => {
    vi.unstubAllGlobals()
  })

  it('waits until there is enough', async () => {
    const never: Optimiser = () => Promise.reject(new Error('There is nothing to fit.'))
    const few = [review('22/tcp>number', MONDAY, GOOD), review('22/tcp>number', MONDAY + DAY, GOOD)]
    expect(await fitted(few, SETTINGS, never)).toEqual({ kind: 'too-few', missing: ENOUGH - 1 })
  })

  it('foresees a learner better whose memory is not the usual one, with the optimiser of FSRS itself', async () => {
    const learner = halfLifeLearner({ first: 10, gain: 12, left: 0.3 })
    const reviews = await practise(learner, {
      facts: factsInDeck('security-plus'),
      days: 60,
      settings: SETTINGS,
      seed: 3,
    })
    const optimiser = await fsrsOptimiser(readFileSync('node_modules/fsrs-browser/fsrs_browser_bg.wasm'))
    const result = await fitted(reviews, SETTINGS, optimiser)
    expect(result.kind).toBe('better')
    if (result.kind !== 'better') return
    expect(result.logLoss).toBeLessThan(result.before)
    expect(result.weights).toHaveLength(defaults.length)
    expect(memoryOf(reviews, { ...SETTINGS, weights: result.weights }).size).toBe(memoryOf(reviews, SETTINGS).size)
  })

  it('changes nothing when what was fitted foresees no better', async () => {
    const learner = halfLifeLearner({ first: 10, gain: 12, left: 0.3 })
    const reviews = await practise(learner, {
      facts: factsInDeck('security-plus'),
      days: 40,
      settings: SETTINGS,
      seed: 3,
    })
    expect(await fitted(reviews, SETTINGS, () => Promise.resolve(defaults))).toEqual({ kind: 'no-better' })
  })
})
