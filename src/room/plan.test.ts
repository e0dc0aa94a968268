import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { blankQuestion, newSet, withItems } from '../quiz/set'
import { TOPICS } from '../quiz/topic'
import { questions as en } from '../words/en/questions'
import { planOfSet, planOfTopics } from './plan'
import { bodyOf } from './posed'
import { MOST_QUESTIONS, WAYS } from './settings'

const paced = WAYS.filter((way) => way !== 'team')

describe('what is asked in a room', () => {
  it('is as long as was wished, about any topic and in any way, and every question can be made', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...paced),
        fc.subarray([...TOPICS]),
        fc.constantFrom(5, 20),
        fc.nat({ max: 2 ** 31 - 1 }),
        (way, topics, length, seed) => {
          const plan = planOfTopics(way, topics, length, seed)
          expect(plan).toHaveLength(length)
          const kinds = plan.map((posed) => bodyOf(posed).kind)
          if (way === 'peer') for (const kind of kinds) expect(['choose', 'predict']).toContain(kind)
          if (way !== 'self') for (const kind of kinds) expect(['order', 'match']).not.toContain(kind)
        },
      ),
      { numRuns: 40 },
    )
  })

  it('is a set of a teacher in its order, without what cannot be asked, and no longer than a room takes', () => {
    const own = {
      ...blankQuestion(),
      stem: 'Which port has **SSH**?',
      options: [
        { text: '22', right: true, feedback: '' },
        { text: '23', right: false, feedback: 'That is telnet.' },
      ],
    }
    const set = withItems(newSet('a', 1, 'en', ''), [
      { template: 'ps-which-window', count: 2, fixed: {} },
      { own: blankQuestion() },
      { own },
      { template: 'nobody-knows-this', count: 1, fixed: {} },
    ])
    const plan = planOfSet(set, en)
    expect(plan.map((posed) => ('own' in posed ? posed.own.stem : posed.template))).toEqual([
      'ps-which-window',
      'ps-which-window',
      own.stem,
    ])
    const many = withItems(
      newSet('b', 1, 'en', ''),
      Array.from({ length: 8 }, () => ({ template: 'wk-port-of-service', count: 20, fixed: {} })),
    )
    expect(planOfSet(many, en)).toHaveLength(MOST_QUESTIONS)
  })
})
