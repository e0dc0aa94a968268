import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Answered } from './record'
import { estimates, levelFor, nextRound, wilson } from './record'
import type { Template } from './template'

const answered = (right: boolean, chosen: Answered['chosen'] = []): Answered => ({
  template: 'one',
  seed: 1,
  at: 0,
  right,
  offered: ['port-is-socket', 'closed-is-silent'],
  chosen,
})

describe('the interval of a share', () => {
  it('holds the share, and lies between 0 and 1', () => {
    fc.assert(
      fc.property(fc.nat(200), fc.nat(200), (a, b) => {
        const { share, low, high } = wilson(Math.min(a, b), Math.max(a, b))
        expect(low).toBeGreaterThanOrEqual(0)
        expect(high).toBeLessThanOrEqual(1)
        expect(low).toBeLessThanOrEqual(share + 1e-12)
        expect(high).toBeGreaterThanOrEqual(share - 1e-12)
      }),
    )
  })

  it('is as Wilson’s formula gives it for 4 of 10', () => {
    const { low, high } = wilson(4, 10)
    expect(low).toBeCloseTo(0.1682, 3)
    expect(high).toBeCloseTo(0.6873, 3)
  })

  it('is wide for few answers and narrow for many', () => {
    const width = (all: number) => wilson(all / 2, all).high - wilson(all / 2, all).low
    expect(width(4)).toBeGreaterThan(width(40))
    expect(wilson(0, 0)).toEqual({ share: 0, low: 0, high: 1 })
  })
})

describe('what is known of an idea', () => {
  it('stays open after few answers, however they were', () => {
    for (const { standing } of estimates([answered(true), answered(true)])) expect(standing).toBe('open')
    expect(estimates([answered(false, ['closed-is-silent'])])[0]?.standing).toBe('open')
  })

  it('is firm after many answers without it, and shaky after many with it', () => {
    const many = (chosen: Answered['chosen']) => Array.from({ length: 20 }, () => answered(chosen.length === 0, chosen))
    for (const { standing } of estimates(many([]))) expect(standing).toBe('firm')
    const [first, second] = estimates(many(['closed-is-silent']))
    expect(first).toMatchObject({ misconception: 'closed-is-silent', standing: 'shaky', chosen: 20, offered: 20 })
    expect(second).toMatchObject({ misconception: 'port-is-socket', standing: 'firm' })
  })
})

const template = (id: string, difficulty: 1 | 3 | 5): Template => ({
  id,
  cluster: 'sockets',
  kind: 'choose',
  difficulty,
  claims: [],
  ask: () => undefined,
})

describe('the next round', () => {
  it('asks first about the ideas that were chosen', () => {
    const templates = [template('about-silence', 1), template('about-sockets', 3), template('about-nothing', 5)]
    const asks = ({ id }: Template): Answered['chosen'] =>
      id === 'about-silence' ? ['closed-is-silent'] : id === 'about-sockets' ? ['port-is-socket'] : []
    const round = nextRound([answered(false, ['closed-is-silent']), answered(true)], templates, asks, 7)
    expect(round).toMatchObject({ focus: ['about-silence'], seed: 7, topics: [], length: 10 })
  })

  it('has no focus when nothing was shaky', () => {
    expect(nextRound([answered(true)], [template('any', 1)], () => ['port-is-socket'], 1).focus).toEqual([])
  })
})

describe('how hard questions are', () => {
  const run = (right: boolean) => Array.from({ length: 12 }, () => answered(right))

  it('is easy at first, rises when nearly all was right and falls when little was', () => {
    expect(levelFor([], () => 3)).toBe(2)
    expect(levelFor(run(true), () => 3)).toBe(4)
    expect(levelFor(run(false), () => 3)).toBe(2)
    expect(levelFor(run(true), () => 5)).toBe(5)
    expect(levelFor(run(false), () => 1)).toBe(1)
  })
})
