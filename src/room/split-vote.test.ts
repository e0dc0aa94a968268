import { describe, expect, it } from 'vitest'
import type { Body, Option } from '../quiz/question'
import { TEMPLATES } from '../quiz/templates'
import { firstVoteOn } from './first-vote'
import { suits } from './plan'
import { bodyOf, variantOf } from './posed'
import { splitOf } from './split-vote'

const option = (means: string, more: Partial<Option> = {}): Option => ({ means, text: means, right: false, ...more })
const choice = (...options: readonly Option[]): Body => ({ kind: 'choose', options })

const doors = choice(option('80'), option('443', { right: true }), option('8080'), option('22'))

/** How a class of so many votes for each door came out. */
const vote = (...options: readonly number[]) => ({
  answered: options.reduce((all, count) => all + count, 0),
  right: options[1] ?? 0,
  options,
})
const places = (...options: readonly number[]) => splitOf(doors, vote(...options))?.map(({ place }) => place)

describe('a split vote', () => {
  it('shows the two answers that most gave, in the order of the question', () => {
    expect(splitOf(doors, vote(2, 5, 8, 1))).toEqual([
      { place: 1, right: true },
      { place: 2, right: false },
    ])
    expect(places(7, 6, 2, 1)).toEqual([0, 1])
  })

  it('lets the right one be a side where as many gave another', () => {
    expect(places(2, 2, 2, 0)).toEqual([0, 1])
    expect(places(3, 2, 2, 0)).toEqual([0, 1])
  })

  it('opens a third window for the right one if it is neither', () => {
    expect(splitOf(doors, vote(4, 1, 0, 5))).toEqual([
      { place: 0, right: false },
      { place: 3, right: false },
      { place: 1, right: true },
    ])
  })

  it('is none where most were right, where one answer has nearly all, or where nobody answered', () => {
    expect(places(1, 8, 1, 0)).toBeUndefined()
    expect(places(9, 1, 0, 0)).toBeUndefined()
    expect(places(0, 0, 0, 0)).toBeUndefined()
    expect(places(3, 7, 0, 0)).toEqual([0, 1])
    expect(places(2, 8, 0, 0)).toBeUndefined()
  })

  it('needs a question of one choice', () => {
    expect(splitOf({ kind: 'several', options: [], traps: [] }, vote(5, 5))).toBeUndefined()
  })
})

describe('the first vote beside the second', () => {
  const right = { right: true }
  const idle = { misconception: 'closed-is-silent' } as const
  const moved = { misconception: 'dport-alone-selects' } as const

  it('counts who was right and who followed the same idea, wherever the option now stands', () => {
    const first = choice(option('80', right), option('81', idle), option('82', moved))
    const second = choice(option('91', moved), option('90', right), option('92', idle))
    const tally = { answered: 9, right: 4, options: [4, 3, 2], typed: [] }
    expect(firstVoteOn(second, first, tally)).toEqual({ answered: 9, right: 4, options: [2, 4, 3] })
  })

  it('says of an answer that was not on offer that it is not known, not that nobody gave it', () => {
    const first = choice(option('80', right), option('81', idle))
    const second = choice(option('91', moved), option('90', right))
    const tally = { answered: 5, right: 2, options: [2, 3], typed: [] }
    expect(firstVoteOn(second, first, tally).options).toEqual([null, 2])
  })

  it('knows the right answer again in every question of one choice', () => {
    for (const { id } of TEMPLATES.filter((one) => one.kind === 'choose' && suits('peer', one))) {
      const posed = { template: id, seed: 3 }
      const [first, second] = [bodyOf(posed), bodyOf(variantOf(posed, 1))]
      if (!('options' in first) || !('options' in second)) throw new Error(id)
      const options = first.options.map((one) => (one.right ? 6 : 0))
      const { options: counts } = firstVoteOn(second, first, { answered: 10, right: 6, options, typed: [] })
      expect(counts[second.options.findIndex((one) => one.right)], id).toBe(6)
    }
  })
})
