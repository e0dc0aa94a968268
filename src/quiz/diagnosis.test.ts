import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { MisconceptionId } from '../lessons/misconception'
import { MISCONCEPTION_IDS } from '../lessons/misconception'
import { questions as en } from '../words/en/questions'
import type { CheckAnswer } from './diagnosis'
import { beliefs, CHECK_LENGTH, checkPool, findings, nextCandidate } from './diagnosis'
import { simulateCheck } from './simulated-check'
import { TEMPLATES } from './templates'

const pools = [11, 12, 13].map((seed) => checkPool(TEMPLATES, en, seed))

describe('a check', () => {
  it.each(MISCONCEPTION_IDS)('finds who holds %s, and nothing else', (idea) => {
    for (const [index, pool] of pools.entries()) {
      const { held, suspected } = findings(simulateCheck(pool, TEMPLATES, en, new Set([idea]), index, 0))
      expect(held.map(({ misconception }) => misconception)).toEqual([idea])
      expect(suspected).toEqual([])
    }
  })

  it('finds nothing where nothing is held, and asks about every idea', () => {
    for (const [index, pool] of pools.entries()) {
      const answers = simulateCheck(pool, TEMPLATES, en, new Set(), index, 0)
      const { held, suspected, open } = findings(answers)
      expect(answers).toHaveLength(CHECK_LENGTH)
      expect([...held, ...suspected, ...open]).toEqual([])
    }
  })

  it('finds two ideas of one learner', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.constantFrom(...MISCONCEPTION_IDS), { minLength: 2, maxLength: 2 }),
        fc.nat(2),
        (ideas, at) => {
          const { held, suspected } = findings(simulateCheck(pools[at] ?? [], TEMPLATES, en, new Set(ideas), 5, 0))
          const found = [...held, ...suspected].map(({ misconception }) => misconception)
          expect(found).toEqual(expect.arrayContaining(ideas))
        },
      ),
      { numRuns: 40 },
    )
  })

  it('never asks the same twice, nor one template twice in a row', () => {
    const pool = pools[0] ?? []
    const answers = simulateCheck(pool, TEMPLATES, en, new Set(['nat-is-firewall']), 3, 0.1)
    const seeds = answers.map(({ asked }) => asked.seed)
    expect(new Set(seeds).size).toBe(seeds.length)
    for (const [index, { asked }] of answers.entries())
      expect(asked.template).not.toBe(answers[index + 1]?.asked.template)
  })

  it('is the same for the same seed and the same answers', () => {
    const run = () => simulateCheck(checkPool(TEMPLATES, en, 99), TEMPLATES, en, new Set(['icmp-has-port']), 1, 0.05)
    expect(run()).toEqual(run())
  })
})

const answer = (
  offered: readonly MisconceptionId[],
  chosen: readonly MisconceptionId[],
  seed: number,
): CheckAnswer => ({
  asked: { template: `t${seed}`, seed },
  kind: 'choose',
  offered,
  chosen,
  right: chosen.length === 0,
})

describe('a belief', () => {
  const belief = (answers: readonly CheckAnswer[]) => beliefs(answers).get('closed-is-silent') ?? 0

  it('rises with each answer that shows the idea and falls with each that does not', () => {
    const shows = answer(['closed-is-silent', 'icmp-has-port'], ['closed-is-silent'], 1)
    const doesNot = answer(['closed-is-silent', 'icmp-has-port'], [], 2)
    expect(belief([shows])).toBeGreaterThan(belief([]))
    expect(belief([shows, shows])).toBeGreaterThan(belief([shows]))
    expect(belief([shows, doesNot])).toBeLessThan(belief([shows]))
    expect(belief([doesNot])).toBeLessThan(belief([]))
  })

  it('falls less where another wrong option was chosen, which hides it', () => {
    const other = answer(['closed-is-silent', 'icmp-has-port'], ['icmp-has-port'], 1)
    const right = answer(['closed-is-silent', 'icmp-has-port'], [], 1)
    expect(belief([other])).toBeGreaterThan(belief([right]))
  })

  it('is not enough after one answer to call an idea held', () => {
    const once = [answer(['closed-is-silent'], ['closed-is-silent'], 1)]
    expect(findings(once).held).toEqual([])
    expect(findings(once).suspected.map(({ misconception }) => misconception)).toEqual(['closed-is-silent'])
  })

  it('leads to the question that says most about what is still possible', () => {
    const candidate = (seed: number, offered: readonly MisconceptionId[]) => ({
      asked: { template: `c${seed}`, seed },
      kind: 'several' as const,
      offered,
    })
    const pool = [candidate(1, ['icmp-has-port']), candidate(2, ['icmp-has-port', 'nat-is-firewall', 'ftp-one-port'])]
    expect(nextCandidate(pool, [])?.asked.seed).toBe(2)
    const cleared = [answer(['icmp-has-port', 'nat-is-firewall', 'ftp-one-port'], [], 9)]
    const fresh = [...pool, candidate(3, ['closed-is-silent'])]
    expect(nextCandidate(fresh, cleared)?.asked.seed).toBe(3)
  })
})
