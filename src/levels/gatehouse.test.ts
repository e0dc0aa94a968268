import { describe, expect, it } from 'vitest'
import type { MisconceptionId } from '../lessons/misconception'
import { alwaysSays, holds, modelPlayer, planner, playThrough } from '../shift/player'
import type { Player } from '../shift/player'
import { readLink, writeLink } from '../shift/link'
import { inputsOf, resultOf } from '../shift/rules'
import { exposedTo } from '../shift/works'
import { LEVELS, levelById } from '.'

const SEEDS = Array.from({ length: 200 }, (_, seed) => seed * 7919 + 1)

const level = (id: string) => {
  const found = levelById(id)
  if (!found) throw new RangeError(`There is no level ${id}.`)
  return found
}

const starsOf = (id: string, player: Player): readonly number[] =>
  SEEDS.map((seed) => resultOf(playThrough(level(id), seed, 'calm', player)).stars)

/** Levels, the idea that somebody holds, and the most stars that are left to them. */
const IDEAS: readonly (readonly [string, MisconceptionId, number])[] = [
  ['4.1', 'closed-is-silent', 1],
  ['4.1', 'udp-silence-means-open', 2],
  ['4.2', 'most-specific-rule-wins', 0],
  ['4.3', 'replies-need-inbound-rule', 2],
  ['4.3', 'source-port-is-door', 2],
  ['4.3', 'stateless-remembers', 2],
  ['4.4', 'nonstandard-port-hides', 2],
  ['4.6', 'port-identifies-protocol', 2],
  ['4.7', 'allow-rule-opens-port', 2],
  ['4.7', 'closed-port-secures-host', 2],
  ['4.7', 'open-443-is-safe', 2],
  ['4.7', 'nonstandard-port-hides', 2],
]

describe.each(IDEAS)('level %s', (id, idea, most) => {
  it(`is not won with three stars by someone who holds ${idea}, over 200 seeds`, () => {
    expect(Math.max(...starsOf(id, holds(idea)))).toBeLessThanOrEqual(most)
  })
})

describe.each(['4.5', '4.7'])('level %s', (id) => {
  it('is lost by someone who leaves everything as it is', () => {
    const nothing = planner((plan) => ({
      boards: plan.boards.map((board) => ({ ...board, policy: 'accept', rules: [] })),
      lamps: [],
    }))
    expect(Math.max(...starsOf(id, nothing))).toBeLessThanOrEqual(2)
  })

  it('is lost by someone who lets nobody in', () => {
    const closed = planner((plan) => ({
      boards: plan.boards.map((board) => ({ ...board, policy: 'drop', rules: [] })),
      lamps: [],
    }))
    expect(Math.max(...starsOf(id, closed))).toBeLessThan(2)
  })
})

describe('level 4.5', () => {
  it('is not won by someone whose rules are for IPv4 alone', () => {
    const half = planner((plan) => ({
      ...plan,
      boards: plan.boards.map((board) =>
        board.family === 'ip6' ? { ...board, policy: 'accept' as const, rules: [] } : board,
      ),
    }))
    expect(Math.max(...starsOf('4.5', half))).toBeLessThanOrEqual(2)
  })

  it('begins with nine ways in and ends with two, as the model of exposure counts them', () => {
    const end = playThrough(level('4.5'), 5, 'calm', modelPlayer)
    const open = exposedTo(end, { boards: [], lamps: [] })
    expect(new Set(open.map(({ endpoint, protocol }) => `${endpoint.port}/${protocol}`)).size).toBe(9)
    const left = end.plan ? exposedTo(end, end.plan) : []
    expect([...new Set(left.map(({ endpoint }) => endpoint.port))]).toEqual([80, 443])
  })
})

describe('level 4.7', () => {
  it('is not won by someone who forgets the answers to own calls', () => {
    const forgetful = planner((plan) => ({
      ...plan,
      boards: plan.boards.map((board) => ({ ...board, rules: board.rules.filter(({ known }) => !known) })),
    }))
    expect(Math.max(...starsOf('4.7', forgetful))).toBeLessThanOrEqual(2)
  })
})

describe('the attacks of level 4.7', () => {
  const night = (seed: number) =>
    playThrough(level('4.7'), seed, 'calm', modelPlayer).decisions.map(({ arrival }) => arrival)

  it('come through 443 like customers, and each is followed by the errand about it', () => {
    for (const seed of SEEDS) {
      const arrivals = night(seed)
      const attacks = arrivals.flatMap((arrival, index) => {
        if (arrival.asks !== 'visit' || !arrival.attack) return []
        const next = arrivals[index + 1]
        expect(next?.asks === 'tell' && next.question).toBe(arrival.attack.lost ? 'would-stop' : 'stopped-by')
        const { transport } = arrival.about
        expect('destinationPort' in transport && transport.destinationPort).toBe(443)
        return [`${arrival.attack.kind} ${arrival.attack.lost ? 'lost' : 'held'}`]
      })
      expect(attacks.toSorted()).toEqual([
        'eavesdropping held',
        'exploit lost',
        'guessing held',
        'stolen-password lost',
      ])
    }
  })

  it('are stopped by what stands behind the port, and by nothing that has to do with ports', () => {
    for (const arrival of night(5))
      if (arrival.asks === 'tell' && arrival.kind === 'attack-told') {
        const right = arrival.options.filter(({ misconception }) => !misconception)
        const said = right.map(({ told }) => (told.kind === 'say' ? told.saying : ''))
        expect(said).toHaveLength(1)
        expect(['patch', 'second-factor', 'try-limit', 'tls']).toContain(said[0])
        expect(arrival.options.length).toBeGreaterThanOrEqual(4)
      }
  })

  it('are not told by what is on offer: each measure that is right of one is wrong of another', () => {
    const options = night(5).flatMap((arrival) =>
      arrival.asks === 'tell' && arrival.kind === 'attack-told' ? arrival.options : [],
    )
    const said = (isRight: boolean) =>
      options
        .filter(({ misconception }) => (misconception === undefined) === isRight)
        .map(({ told }) => (told.kind === 'say' ? told.saying : ''))
    expect(said(true)).toHaveLength(4)
    for (const measure of said(true)) expect(said(false), measure).toContain(measure)
  })
})

describe('level 4.1', () => {
  it('is lost by someone who takes silence and refusal for the same', () => {
    expect(Math.max(...starsOf('4.1', alwaysSays('filtered')))).toBe(0)
  })
})

describe.each(LEVELS.filter(({ floor }) => floor >= 4))('a link to level $id', ({ id }) => {
  it('brings back the whole shift', () => {
    const end = playThrough(level(id), 77, 'calm', modelPlayer)
    const link = writeLink({ level: level(id), seed: 77, mode: 'calm', inputs: inputsOf(end) })
    const read = readLink(link, levelById)
    expect(read).toMatchObject({ inputs: inputsOf(end) })
  })
})
