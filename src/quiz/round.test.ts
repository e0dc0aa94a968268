import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CLUSTERS } from '../lessons/cluster'
import type { Difficulty } from './question'
import type { Round } from './round'
import { dealRound, readRound, templatesOf, writeRound } from './round'
import type { Template } from './template'
import { CLUSTERS_OF, TOPICS } from './topic'

const LEVELS: readonly Difficulty[] = [1, 2, 3, 4, 5]

/** Three templates a cluster: a round looks at nothing but their names, clusters and difficulties. */
const templates: readonly Template[] = CLUSTERS.flatMap((cluster) =>
  ([1, 3, 5] as const).map((difficulty): Template => ({
    id: `${cluster}-${difficulty}`,
    cluster,
    kind: 'choose',
    difficulty,
    claims: [],
    ask: () => undefined,
  })),
)

const rounds: fc.Arbitrary<Round> = fc.record(
  {
    topics: fc.uniqueArray(fc.constantFrom(...TOPICS)),
    length: fc.integer({ min: 5, max: 50 }),
    seed: fc.integer({ min: 0, max: 0x7fffffff }),
    level: fc.constantFrom(...LEVELS),
    focus: fc.uniqueArray(fc.constantFrom(...templates.map(({ id }) => id)), { maxLength: 6 }),
    clock: fc.integer({ min: 5, max: 600 }),
  },
  { requiredKeys: ['topics', 'length', 'seed', 'level', 'focus'] },
)

describe('a round', () => {
  it('is the same for whoever opens its link', () => {
    fc.assert(
      fc.property(rounds, (round) => {
        const read = readRound(writeRound(round), templates)
        expect(read).toEqual(round)
        if (!('fault' in read)) expect(dealRound(read, templates)).toEqual(dealRound(round, templates))
      }),
    )
  })

  it('has as many questions as it says, none of a topic that was not asked for', () => {
    fc.assert(
      fc.property(rounds, (round) => {
        const asked = dealRound(round, templates)
        const pool = templatesOf(round, templates).map(({ id }) => id)
        expect(asked).toHaveLength(round.length)
        for (const { template } of asked) expect(pool).toContain(template)
      }),
    )
  })

  it('never asks by one template twice in a row, and leaves a cluster while others wait', () => {
    fc.assert(
      fc.property(rounds, (round) => {
        const asked = dealRound(round, templates).map(({ template }) => template)
        const clusters = new Set(templatesOf(round, templates).map(({ cluster }) => cluster))
        const clusterOf = (id: string | undefined) => templates.find((one) => one.id === id)?.cluster
        for (const [index, id] of asked.entries()) {
          expect(id).not.toBe(asked[index + 1])
          if (clusters.size > 1) expect(clusterOf(id)).not.toBe(clusterOf(asked[index + 1]))
        }
      }),
    )
  })

  it('asks what is in focus far more often', () => {
    const focus = ['nat-1', 'sockets-3']
    const times = (round: Round) =>
      dealRound(round, templates).filter(({ template }) => focus.includes(template)).length
    let [with_, without] = [0, 0]
    for (let seed = 0; seed < 50; seed++) {
      const plain: Round = { topics: [], length: 10, seed, level: 3, focus: [] }
      with_ += times({ ...plain, focus })
      without += times(plain)
    }
    expect(with_).toBeGreaterThan(2 * without)
  })

  it('asks harder questions at a higher level', () => {
    const mean = (level: Difficulty) => {
      const asked = LEVELS.flatMap((seed) =>
        dealRound({ topics: [], length: 20, seed, level, focus: [] }, templates).map(
          ({ template }) => templates.find(({ id }) => id === template)?.difficulty ?? 0,
        ),
      )
      return asked.reduce<number>((sum, one) => sum + one, 0) / asked.length
    }
    expect(mean(5)).toBeGreaterThan(mean(3))
    expect(mean(3)).toBeGreaterThan(mean(1))
  })

  it('covers every cluster by some topic', () => {
    const covered = TOPICS.flatMap((topic) => CLUSTERS_OF[topic])
    for (const cluster of CLUSTERS) expect(covered).toContain(cluster)
  })
})

describe('a link to a round', () => {
  it.each([
    ['', 'unreadable'],
    ['n=10', 'unreadable'],
    ['n=4&s=a', 'unreadable'],
    ['n=51&s=a', 'unreadable'],
    ['n=10&s=A!', 'unreadable'],
    ['n=10&s=a&d=9', 'unreadable'],
    ['n=10&s=a&c=1', 'unreadable'],
    ['n=10&s=a&t=cooking', 'unknown-topic'],
    ['n=10&s=a&f=no-such', 'unknown-template'],
  ])('that reads "%s" is %s', (query, fault) => {
    expect(readRound(query, templates)).toEqual({ fault })
  })

  it('never breaks the reader, whatever stands in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const read = readRound(text, templates)
        if (!('fault' in read)) expect(read.length).toBeGreaterThanOrEqual(5)
      }),
    )
  })
})
