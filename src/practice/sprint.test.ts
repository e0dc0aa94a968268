import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FACTS, factsInDeck } from './fact'
import { MONDAY } from './log.test-support'
import type { Sprint } from './sprint'
import { SPRINT, askedNow, beginSprint, enter, isComplete, score, timeLeft } from './sprint'

const deck = factsInDeck('card-five')
const right = (sprint: Sprint) => String(askedNow(sprint, FACTS)?.port)

describe('a sprint', () => {
  it('asks each number once before any comes again, one of two transports of a service', () => {
    fc.assert(
      fc.property(fc.nat(1e6), (seed) => {
        let sprint = beginSprint(deck, seed, MONDAY)
        const asked: number[] = []
        for (let count = 0; count < 10; count++) {
          asked.push(askedNow(sprint, FACTS)?.port ?? 0)
          sprint = enter(sprint, right(sprint), FACTS, MONDAY + count)
        }
        expect(new Set(asked.slice(0, 5))).toEqual(new Set([80, 443, 22, 3306, 5432]))
        expect(asked.slice(5)).toEqual(asked.slice(0, 5))
        expect(score(sprint)).toEqual({ right: 10, run: 10, missed: [] })
      }),
    )
  })

  it('asks a number again after a few others when it was wrong or passed', () => {
    const facts = factsInDeck('network-plus')
    let sprint = beginSprint(facts, 5, MONDAY)
    const missed = askedNow(sprint, FACTS)
    sprint = enter(sprint, '1', FACTS, MONDAY)
    for (let count = 0; count < 4; count++) {
      expect(askedNow(sprint, FACTS)).not.toBe(missed)
      sprint = enter(sprint, right(sprint), FACTS, MONDAY)
    }
    expect(askedNow(sprint, FACTS)).toBe(missed)
    sprint = enter(sprint, undefined, FACTS, MONDAY)
    expect(score(sprint)).toMatchObject({ right: 4, run: 4, missed: [{ given: 1 }, { right: false }] })
  })

  it('needs no key at the end of a number, and does not count what is no number', () => {
    const sprint = beginSprint(deck, 3, MONDAY)
    const number = right(sprint)
    expect(isComplete(sprint, number, FACTS)).toBe(true)
    expect(isComplete(sprint, number.slice(0, -1), FACTS)).toBe(false)
    for (const text of ['', 'ssh', '70000']) expect(enter(sprint, text, FACTS, MONDAY)).toBe(sprint)
  })

  it('is over after sixty seconds, whatever comes then', () => {
    const sprint = beginSprint(deck, 3, MONDAY)
    expect(timeLeft(sprint, MONDAY)).toBe(SPRINT)
    expect(timeLeft(sprint, MONDAY + 59_999)).toBe(1)
    expect(enter(sprint, right(sprint), FACTS, MONDAY + 59_999).tries).toHaveLength(1)
    expect(timeLeft(sprint, MONDAY + SPRINT)).toBe(0)
    expect(enter(sprint, right(sprint), FACTS, MONDAY + SPRINT)).toBe(sprint)
    // A clock that is set back gives no more than a minute.
    expect(timeLeft(sprint, MONDAY - 5000)).toBe(SPRINT)
  })

  it('needs ports', () => {
    expect(() => beginSprint([], 1, MONDAY)).toThrow('choose a deck')
  })
})
