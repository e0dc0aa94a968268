import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { MisconceptionId } from '../lessons/misconception'
import { MISCONCEPTION_IDS } from '../lessons/misconception'
import { random } from '../shift/random'
import { questions as en } from '../words/en/questions'
import { answerOf } from './learner'
import { mark } from './mark'
import type { Body } from './question'
import { offeredBy } from './record'
import { questionFrom } from './template'
import { TEMPLATES } from './templates'

/** A body of each kind; in each, one wrong answer is that of `closed-is-silent`. */
const BODIES: readonly Body[] = [
  {
    kind: 'choose',
    options: [
      { means: 'a', text: 'A', right: true },
      { means: 'b', text: 'B', right: false, misconception: 'closed-is-silent' },
      { means: 'c', text: 'C', right: false, misconception: 'icmp-has-port' },
    ],
  },
  {
    kind: 'several',
    options: [
      { means: 'a', text: 'A', right: true, misconception: 'closed-is-silent' },
      { means: 'b', text: 'B', right: true },
      { means: 'c', text: 'C', right: false, misconception: 'icmp-has-port' },
      { means: 'd', text: 'D', right: false, misconception: 'nat-is-firewall' },
    ],
    traps: [],
  },
  {
    kind: 'several',
    options: [
      { means: 'a', text: 'A', right: true },
      { means: 'b', text: 'B', right: true },
      { means: 'c', text: 'C', right: false, misconception: 'icmp-has-port' },
    ],
    traps: [{ answer: ['b', 'c'], misconception: 'closed-is-silent' }],
  },
  {
    kind: 'type',
    expects: 'port',
    answer: '65535',
    alsoRight: [],
    traps: [
      { answer: '22', misconception: 'closed-is-silent' },
      { answer: '80', misconception: 'icmp-has-port' },
    ],
  },
  {
    kind: 'type',
    expects: 'text',
    answer: 'nat',
    alsoRight: [],
    traps: [{ answer: 'x', misconception: 'closed-is-silent' }],
  },
  {
    kind: 'order',
    items: ['c', 'a', 'b'].map((means) => ({ means, text: means })),
    order: ['a', 'b', 'c'],
    alsoRight: [['b', 'a', 'c']],
    traps: [{ answer: ['c', 'b', 'a'], misconception: 'closed-is-silent' }],
  },
  {
    kind: 'match',
    left: ['p', 'q'].map((means) => ({ means, text: means })),
    right: ['x', 'y'].map((means) => ({ means, text: means })),
    pairs: [
      ['p', 'x'],
      ['q', 'y'],
    ],
    traps: [{ answer: ['p', 'y'], misconception: 'closed-is-silent' }],
  },
]

const asked = (body: Body, holds: readonly MisconceptionId[], seed: number, slip: number) =>
  mark(body, answerOf({ body }, new Set(holds), random(seed), { slip }))

const bodies = fc.oneof(
  fc.constantFrom(...BODIES),
  fc.tuple(fc.constantFrom(...TEMPLATES), fc.nat(1e6)).map(([template, seed]) => questionFrom(template, seed, en).body),
)

describe('a simulated learner', () => {
  it('who holds nothing answers everything rightly', () => {
    fc.assert(
      fc.property(bodies, fc.nat(), (body, seed) => {
        expect(asked(body, [], seed, 0).right).toBe(true)
      }),
    )
  })

  it.each(BODIES)('who holds an idea follows it in a question to $kind', (body) => {
    expect(asked(body, ['closed-is-silent', 'ftp-one-port'], 1, 0)).toEqual({
      right: false,
      misconceptions: ['closed-is-silent'],
      readable: true,
    })
  })

  it('who holds one idea shows it where a question offers it, and never another', () => {
    fc.assert(
      fc.property(bodies, fc.constantFrom(...MISCONCEPTION_IDS), fc.nat(), (body, idea, seed) => {
        const { right, misconceptions } = asked(body, [idea], seed, 0)
        expect(misconceptions).toEqual(offeredBy(body).includes(idea) ? [idea] : [])
        expect(right).toBe(!offeredBy(body).includes(idea))
      }),
      { numRuns: 500 },
    )
  })

  it('who slips gives a wrong answer that can be read', () => {
    fc.assert(
      fc.property(bodies, fc.nat(), (body, seed) => {
        expect(asked(body, [], seed, 1)).toMatchObject({ right: false, readable: true })
      }),
      { numRuns: 500 },
    )
  })

  it('slips as often as was said', () => {
    const dice = random(5)
    const [body] = BODIES
    if (!body) throw new Error('There is no body.')
    const wrong = Array.from({ length: 2000 }, () => mark(body, answerOf({ body }, new Set(), dice, { slip: 0.2 })))
    const share = wrong.filter(({ right }) => !right).length / wrong.length
    expect(share).toBeGreaterThan(0.15)
    expect(share).toBeLessThan(0.25)
  })

  it('gives the same answer for the same seed', () => {
    for (const body of BODIES) expect(asked(body, [], 9, 0.5)).toEqual(asked(body, [], 9, 0.5))
  })
})
