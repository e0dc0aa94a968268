import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { default_w as defaults } from 'ts-fsrs'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { factsInDeck } from './fact'
import { AGAIN, GOOD, HARD } from './grade'
import type { Learner } from './learner.test-support'
import { fsrsLearner, halfLifeLearner, practise } from './learner.test-support'
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
    const never = () => Promise.reject(new Error('There is nothing to fit.'))
    const few = [review('22/tcp>number', MONDAY, GOOD), review('22/tcp>number', MONDAY + DAY, GOOD)]
    expect(await fitted(few, SETTINGS, never)).toEqual({ kind: 'too-few', missing: ENOUGH - 1 })
  })

  const wasm = readFileSync('node_modules/fsrs-browser/fsrs_browser_bg.wasm')
  const practised = (learner: Learner, days: number) =>
    practise(learner, { facts: factsInDeck('security-plus'), days, settings: SETTINGS, seed: 3 })
  const unusual = halfLifeLearner({ first: 10, gain: 12, left: 0.3 })

  it('foresees the latest reviews of a learner better whose memory is not the usual one', async () => {
    const reviews = await practised(unusual, 180)
    const result = await fitted(reviews, SETTINGS, () => fsrsOptimiser(wasm))
    expect(result.kind).toBe('better')
    if (result.kind !== 'better') return
    expect(result.logLoss).toBeLessThan(result.before)
    expect(result.tried).toBeGreaterThan(50)
    expect(result.tried).toBeLessThan(reviews.length * 0.2)
    expect(result.weights).toHaveLength(defaults.length)
    expect(memoryOf(reviews, { ...SETTINGS, weights: result.weights }).size).toBe(memoryOf(reviews, SETTINGS).size)
  })

  it('leaves the defaults to a learner whose memory they describe', async () => {
    const reviews = await practised(fsrsLearner(), 60)
    expect(await fitted(reviews, SETTINGS, () => fsrsOptimiser(wasm))).toEqual({ kind: 'no-better' })
  })

  it('never shows the latest reviews to what has to foresee them', async () => {
    const reviews = await practised(unusual, 60)
    const seen: number[] = []
    const optimiser: Optimiser = ({ lengths }) => {
      seen.push(lengths.length)
      return Promise.resolve(defaults)
    }
    expect(await fitted(reviews, SETTINGS, () => Promise.resolve(optimiser))).toEqual({ kind: 'no-better' })
    const since = reviews[Math.floor(reviews.length * 0.8)]?.at ?? 0
    expect(seen).toEqual([trainingSet(reviews.filter(({ at }) => at < since)).lengths.length])
  })

  it('says when the browser has no shared memory, or too little of it, or when the file does not come', async () => {
    const reviews = await practised(unusual, 60)
    const full: Optimiser = () => Promise.reject(new WebAssembly.RuntimeError('unreachable'))
    expect(await fitted(reviews, SETTINGS, () => Promise.resolve(full))).toEqual({ kind: 'cannot' })
    expect(await fitted(reviews, SETTINGS, () => Promise.resolve('unreachable'))).toEqual({ kind: 'unreachable' })
    const memory = vi.spyOn(WebAssembly, 'Memory').mockImplementation(function none() {
      throw new TypeError('Shared memory is not allowed.')
    })
    expect(await fitted(reviews, SETTINGS, () => fsrsOptimiser(wasm))).toEqual({ kind: 'cannot' })
    memory.mockRestore()
  })
})
