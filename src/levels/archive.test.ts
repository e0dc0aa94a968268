import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { MisconceptionId } from '../lessons/misconception'
import { playThrough, modelPlayer } from '../shift/player'
import { readLink, writeLink } from '../shift/link'
import { inputsOf, packetsIn, replay, resultOf } from '../shift/rules'
import type { Leaning } from './lean'
import { MOST_LEANINGS, SHOWN, leant, readLeanings } from './lean'
import { LEVELS, levelAfter, levelById } from '.'

const ideas = [...new Set(Object.values(SHOWN).flat())]

const leanings: fc.Arbitrary<readonly Leaning[]> = fc.uniqueArray(
  fc.record({ idea: fc.constantFrom<MisconceptionId>(...ideas), weight: fc.integer({ min: 1, max: 9 }) }),
  { selector: ({ idea }) => idea, minLength: 1, maxLength: MOST_LEANINGS },
)

it('the levels end with the all-nighter; after one’s own night nothing comes', () => {
  expect(LEVELS.at(-1)?.id).toBe('7.3')
  expect(levelAfter('7.2')?.id).toBe('7.3')
  for (const id of ['7.3', '7.4', '20261126']) expect(levelAfter(id), id).toBeUndefined()
})

describe('the all-nighter', () => {
  const level = levelById('7.3') ?? fail()

  it('is sixty errands at five computers of one harbour', () => {
    expect(packetsIn(level)).toBe(60)
    const computers = [level.host, ...level.waves.flatMap(({ host }) => host ?? [])]
    expect(computers).toHaveLength(5)
  })

  it('leans to whatever the player has followed, keeps its sixty and all its kinds, and is won by the model', () => {
    fc.assert(
      fc.property(leanings, fc.nat(2 ** 31 - 1), (to, seed) => {
        const night = leant(level, to)
        expect(packetsIn(night)).toBe(60)
        for (const [wave, { deal }] of night.waves.entries())
          expect(Object.keys(deal)).toEqual(Object.keys(level.waves[wave]?.deal ?? {}))
        expect(resultOf(playThrough(night, seed, 'calm', modelPlayer))).toMatchObject({ stars: 3, firstTries: 60 })
      }),
      { numRuns: 60 },
    )
  })

  it.each(ideas)('brings more of what %s leads astray in, the more the more it weighs', (idea) => {
    const shown = (weight: number) =>
      leant(level, weight === 0 ? [] : [{ idea, weight }])
        .waves.flatMap(({ deal }) => Object.entries(deal))
        .filter(([kind]) => Object.entries(SHOWN).some(([name, shows]) => name === kind && shows.includes(idea)))
        .reduce((sum, [, count]) => sum + count, 0)
    expect(shown(3)).toBeGreaterThanOrEqual(shown(0))
    expect(shown(9)).toBeGreaterThan(shown(0))
    expect(shown(9)).toBeGreaterThanOrEqual(shown(3))
  })

  it('is a link that replays it exactly, with all that it leans to', () => {
    fc.assert(
      fc.property(leanings, fc.nat(2 ** 31 - 1), (to, seed) => {
        const played = playThrough(leant(level, to), seed, 'calm', modelPlayer, 12)
        const link = writeLink({ level: played.level, seed, mode: 'calm', inputs: inputsOf(played) })
        const read = readLink(link, levelById)
        if ('fault' in read) throw new Error(`${read.fault} ${link}`)
        expect(read.level).toEqual(played.level)
        expect(replay(read.level, read.seed, read.mode, read.inputs).waiting).toEqual(played.waiting)
      }),
      { numRuns: 20 },
    )
  })

  it('is nothing where a link names what no level leans to', () => {
    for (const id of ['7.3-', '7.3-zz9', '7.3-000', '7.3-001001', '7.3-00', '7.2-001', '7.3-001-', '1.1-001'])
      expect(levelById(id), id).toBeUndefined()
    fc.assert(fc.property(fc.string(), (text) => void readLeanings(text)))
    expect(LEVELS.filter(({ leans }) => leans).map(({ id }) => id)).toEqual(['7.3'])
  })
})

function fail(): never {
  throw new Error('There is no such level.')
}
