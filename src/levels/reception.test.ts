import { describe, expect, it } from 'vitest'
import claims from '../../content/claims.json'
import type { MisconceptionId } from '../lessons/misconception'
import { toldKey } from '../lessons/told'
import type { Player } from '../shift/player'
import { alwaysSays, holds, modelPlayer, playThrough, windowBlindTo } from '../shift/player'
import { readLink, writeLink } from '../shift/link'
import { inOrder, standingOf } from '../shift/rollout'
import { decide, inputsOf, replay, resultOf, start } from '../shift/rules'
import type { Shift, TellArrival } from '../shift/shift'
import { atDesk } from '../shift/shift'
import { truthOf } from '../shift/truth'
import { tell, tellLine } from '../words/tell'
import { LEVELS, levelById } from '.'

const SEEDS = Array.from({ length: 200 }, (_, seed) => seed * 7919 + 1)

const level = (id: string) => {
  const found = levelById(id)
  if (!found) throw new RangeError(`There is no level ${id}.`)
  return found
}

/** Plays a level until no more than so many stars are left, whatever comes, or to its end. */
function leavesAtMost(id: string, seed: number, player: Player, most: number): boolean {
  const plan = level(id)
  const dealt = plan.waves.flatMap(({ deal }) => Object.values(deal)).reduce((sum, count) => sum + count, 0)
  const more = plan.stars[most] ?? 1
  let shift = start(plan, seed, 'calm')
  while (!shift.finished) {
    const missed = shift.decisions.filter(({ arrival, right }) => arrival.attempt === 1 && !right).length
    if ((dealt - missed) / dealt < more) return true
    const retry = (atDesk(shift)?.attempt ?? 1) > 1
    shift = decide(shift, (retry ? modelPlayer : player)(shift))
  }
  return resultOf(shift).stars <= most
}

/** The seeds with which somebody gets more stars than that. */
const luckySeeds = (id: string, player: Player, most: number): readonly number[] =>
  SEEDS.filter((seed) => !leavesAtMost(id, seed, player, most))

const ends = new Map<string, Shift>()

/** A level as the model plays it. Played once for all tests. */
function played(id: string, seed: number): Shift {
  const key = `${id} ${seed}`
  const end = ends.get(key) ?? playThrough(level(id), seed, 'calm', modelPlayer)
  ends.set(key, end)
  return end
}

const told = (id: string, seeds: readonly number[]): readonly TellArrival[] =>
  seeds.flatMap((seed) => played(id, seed).decisions.flatMap(({ arrival }) => (arrival.asks === 'tell' ? arrival : [])))

/** Levels, an idea that somebody holds, and the most stars that are left to them. */
const IDEAS: readonly (readonly [string, MisconceptionId, number])[] = [
  ['6.1', 'k8s-port-is-targetport', 0],
  ['6.1', 'dport-alone-selects', 1],
  ['6.2', 'lb-listener-equals-target', 1],
  ['6.2', 'source-ip-alone-selects', 2],
  ['6.3', 'source-ip-alone-selects', 2],
  ['6.3', 'dport-alone-selects', 2],
  ['6.4', 'k8s-port-is-targetport', 1],
  ['6.4', 'lb-listener-equals-target', 1],
  ['6.4', 'allow-rule-opens-port', 1],
  ['6.4', 'loopback-reachable-outside', 2],
  ['7.3', 'k8s-port-is-targetport', 2],
  ['7.3', 'stateless-remembers', 2],
]

describe.each(IDEAS)('level %s', (id, idea, most) => {
  it(`leaves ${most} stars at most to someone who holds ${idea}, over 200 seeds`, () => {
    expect(luckySeeds(id, holds(idea), most)).toEqual([])
  })
})

/** Someone who lets nothing over UDP in: HTTPS is TCP to them. */
const noPostcards: Player = (shift) => {
  const arrival = atDesk(shift)
  const truth = modelPlayer(shift)
  const udp = arrival?.asks === 'route' && arrival.packet.transport.protocol === 'udp'
  return udp && truth.kind === 'listener' ? { kind: 'drop' } : truth
}

describe('level 6.3', () => {
  it('is not won with three stars by someone who takes UDP to 443 for an attack', () => {
    expect(luckySeeds('6.3', noPostcards, 2)).toEqual([])
    expect(luckySeeds('6.3', holds('https-is-tcp-only'), 2)).toEqual([])
  })

  it('sends guests to one and the same door, whoever they are, and the ID tells them apart', () => {
    const guests = told('6.3', SEEDS.slice(0, 40)).filter(({ question }) => question === 'guest')
    expect(guests.length).toBeGreaterThan(200)
    for (const { about, kind, options } of guests) {
      expect(about?.transport).toMatchObject({ protocol: 'udp', destinationPort: 443 })
      const right = options.filter(({ misconception }) => !misconception).map((one) => toldKey(one.told))
      expect(right.includes('new-guest'), kind).toBe(kind === 'quic-initial')
    }
  })
})

describe('level 6.2', () => {
  it('is not won at the wing by someone who tells its callers apart by their address', () => {
    expect(luckySeeds('6.2', windowBlindTo('port'), 2)).toEqual([])
  })

  it('shows the wing one caller only: the desk', () => {
    const end = played('6.2', SEEDS[0] ?? 1)
    const peers = end.host.sockets.flatMap(({ peer }) => peer?.address ?? [])
    expect(peers.length).toBeGreaterThan(3)
    expect(new Set(peers)).toEqual(new Set(['192.0.2.100']))
  })
})

describe('level 6.4', () => {
  it('is lost by someone who says that every call is served', () => {
    expect(luckySeeds('6.4', alwaysSays('served'), 2)).toEqual([])
  })

  const rollout = level('6.4')
  const playedBy = (player: Player, seed: number) => playThrough(rollout, seed, 'calm', player)
  const repairsOf = ({ decisions }: Shift) =>
    decisions.flatMap(({ arrival, right, reason }) =>
      arrival.asks === 'tell' && arrival.test ? [{ ...arrival, right, reason }] : [],
    )

  it('has five faults, each mended by one change, and the test packet after it gets further', () => {
    for (const seed of SEEDS) {
      const repairs = repairsOf(played('6.4', seed))
      expect(repairs).toHaveLength(5)
      for (const { options } of repairs) expect(options.filter(({ misconception }) => !misconception)).toHaveLength(1)
      const guests = repairs.filter(({ question }) => question === 'repair')
      expect(guests.map(({ test, heard }) => `${test?.at(-1)?.at ?? ''} ${heard ? 'refused' : 'silent'}`)).toEqual([
        'node refused',
        'gate silent',
        'Pod refused',
        'Pod refused',
      ])
    }
  })

  it('is in order when the night is over, whatever was drawn, and its last callers find it so', () => {
    for (const seed of SEEDS) {
      const end = played('6.4', seed)
      const standing = standingOf({ ...end, wave: rollout.waves.length - 1 })
      expect(standing?.settings).toEqual(standing && inOrder(standing.plan))
    }
  })

  it('draws which wrong numbers stand in the settings', () => {
    const begun = SEEDS.map((seed) => JSON.stringify(standingOf(start(rollout, seed, 'calm'))?.settings))
    expect(new Set(begun).size).toBe(4)
  })

  it('asks whoever comes of the rollout as it stands by then', () => {
    for (const seed of SEEDS.slice(0, 40)) {
      const end = played('6.4', seed)
      for (const [index, { arrival }] of end.decisions.entries()) {
        const standing = standingOf({ ...end, wave: arrival.wave, decisions: end.decisions.slice(0, index) })
        if (arrival.asks === 'tell') expect(arrival.repairs).toBe(standing?.repairs)
      }
    }
  })

  it('plays again from its link, repair by repair', () => {
    const end = playedBy(holds('k8s-port-is-targetport'), 5)
    const read = readLink(writeLink({ ...end, inputs: inputsOf(end) }), levelById)
    expect('fault' in read ? read : replay(read.level, read.seed, read.mode, read.inputs)).toEqual(end)
  })

  it('rolls a wrong repair back, says what came of it, and brings the test packet again', () => {
    const end = playedBy(holds('allow-rule-opens-port'), 3)
    const [wrong, again] = repairsOf(end).filter(({ id }) => id === repairsOf(end)[0]?.id)
    expect(wrong).toMatchObject({ right: false, reason: { misconception: 'allow-rule-opens-port' } })
    expect(again).toMatchObject({ attempt: 2, test: wrong?.test?.map(({ at }) => ({ at })) })
  })

  it('forgives two wrong repairs, and no third', () => {
    const clumsy =
      (times: number): Player =>
      (shift) => {
        const arrival = atDesk(shift)
        const wrongs = repairsOf(shift).filter(({ right }) => !right).length
        const other =
          arrival?.asks === 'tell' && arrival.test && wrongs < times
            ? arrival.options.find(({ misconception }) => misconception)
            : undefined
        return other ? { kind: 'tell', told: other.told } : modelPlayer(shift)
      }
    for (const seed of SEEDS.slice(0, 20)) {
      expect(resultOf(playedBy(clumsy(2), seed)).stars).toBe(3)
      expect(resultOf(playedBy(clumsy(3), seed)).stars).toBeLessThan(3)
    }
  })
})

describe.each(LEVELS.filter(({ waves }) => waves.some(({ offers }) => offers.includes('tell'))))(
  'what is asked in level $id',
  ({ id }) => {
    it('has right and wrong answers, all different, and each wrong one names the idea that leads to it', () => {
      for (const { kind, options } of told(id, SEEDS.slice(0, 30))) {
        const wrong = options.filter(({ misconception }) => misconception)
        expect(wrong.length, kind).toBeGreaterThan(0)
        expect(wrong.length, kind).toBeLessThan(options.length)
        expect(new Set(options.map((one) => toldKey(one.told))).size, kind).toBe(options.length)
      }
    })

    it('has a line for each answer, at most two lines of sixty characters or a little more', () => {
      for (const seed of SEEDS.slice(0, 20)) {
        const shift = played(id, seed)
        for (const decision of shift.decisions) {
          const { arrival } = decision
          if (arrival.asks !== 'tell') continue
          for (const { misconception } of arrival.options) {
            const right = misconception === undefined
            const reason = { ...decision.reason, ...(misconception && { misconception }) }
            const line = tellLine({ ...decision, right, reason }, arrival)
            expect(line).not.toMatch(/undefined|NaN| :|: \.| {2}/)
            expect(line.length, line).toBeLessThanOrEqual(190)
          }
          expect(tell.how[arrival.question]).not.toBe('')
        }
      }
    })

    it('is asked', () => {
      expect(told(id, SEEDS.slice(0, 1))).not.toEqual([])
    })
  },
)

describe('the whole building', () => {
  it('brings whoever finishes it every claim', () => {
    const met = new Set(LEVELS.flatMap((one) => one.claims))
    const missing = claims.claims.filter(({ id }) => !met.has(id)).map(({ id, claim }) => `${id} ${claim}`)
    expect(missing).toEqual([])
  })

  it('lets the model answer every errand that its levels deal', () => {
    for (const one of LEVELS) {
      const end = playThrough(one, 11, 'calm', modelPlayer)
      for (const { arrival, truth } of end.decisions)
        if (arrival.asks === 'tell') expect(truthOf(end, arrival).choice).toEqual(truth)
    }
  })
})
