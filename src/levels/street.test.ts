import { describe, expect, it } from 'vitest'
import type { MisconceptionId } from '../lessons/misconception'
import { holds, modelPlayer, playThrough } from '../shift/player'
import { resultOf } from '../shift/rules'
import { STREET_DOOR } from './street'

const SEEDS = Array.from({ length: 200 }, (_, seed) => seed * 7919 + 1)

const level = (id: string) => {
  const found = STREET_DOOR.find((one) => one.id === id)
  if (!found) throw new RangeError(`There is no level ${id}.`)
  return found
}

/** Levels, the idea that somebody holds, and the most stars that are left to them. */
const IDEAS: readonly (readonly [string, MisconceptionId, number])[] = [
  ['5.1', 'router-routes-by-port', 2],
  ['5.1', 'source-ip-alone-selects', 2],
  ['5.1', 'unsolicited-finds-host', 2],
  ['5.2', 'forward-keeps-port', 1],
  ['5.2', 'reply-keeps-ports', 2],
  ['5.2', 'hairpin-always-works', 2],
  ['5.3', 'publish-reversed', 1],
  ['5.3', 'expose-publishes', 2],
  ['5.4', 'publish-stays-private', 2],
  ['5.5', 'forward-keeps-port', 1],
  ['5.5', 'publish-reversed', 2],
]

describe.each(IDEAS)('level %s', (id, idea, most) => {
  it(`leaves ${most} stars at most to someone who holds ${idea}, over 200 seeds`, () => {
    const stars = SEEDS.map((seed) => resultOf(playThrough(level(id), seed, 'calm', holds(idea))).stars)
    expect(Math.max(...stars)).toBeLessThanOrEqual(most)
  })
})

describe.each(STREET_DOOR)('level $id', (played) => {
  it('has two things or more to say of every packet, and one that is right', () => {
    for (const seed of SEEDS)
      for (const { arrival } of playThrough(played, seed, 'calm', modelPlayer).decisions) {
        const options = arrival.asks === 'tell' ? arrival.options : []
        expect(options.length, `${arrival.kind}, seed ${seed}`).toBeGreaterThanOrEqual(2)
        const right = options.filter(({ misconception }) => !misconception)
        expect(right.length, `${arrival.kind}, seed ${seed}`).toBe(1)
      }
  })
})
