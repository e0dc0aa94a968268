import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LEVELS } from '../levels'
import type { MisconceptionId } from '../lessons/misconception'
import { MISCONCEPTION_IDS } from '../lessons/misconception'
import { readLink, writeLink } from '../shift/link'
import type { Player } from '../shift/player'
import { misreader, modelPlayer, neverTurns } from '../shift/player'
import { decide, inputsOf, replay, resultOf, start } from '../shift/rules'
import type { Shift } from '../shift/shift'
import { atDesk } from '../shift/shift'
import { levelOf } from './level-of'
import type { NightPlan } from './night'
import { ideasOf, nightId, nightLevel, nightPlanOf, rungOf } from './night'
import { scenesOf } from './scene'

const IDS = LEVELS.filter((level) => scenesOf(level).length > 0).map(({ id }) => id)

const plan: fc.Arbitrary<NightPlan> = fc.record({
  levels: fc.subarray(IDS, { minLength: 1 }),
  ideas: fc.subarray<MisconceptionId>([...MISCONCEPTION_IDS], { maxLength: 8 }),
})

/** A night until `verdicts` have been given. */
function night(of: NightPlan, seed: number, verdicts: number, player: Player): Shift {
  let shift = start(nightLevel(of), seed, 'calm')
  for (let turn = 0; turn < verdicts; turn++) {
    const again = (atDesk(shift)?.attempt ?? 1) > 1
    shift = decide(shift, (again ? modelPlayer : player)(shift))
  }
  return shift
}

const careless = misreader((packet) => {
  const { transport } = packet
  if (transport.protocol !== 'tcp' && transport.protocol !== 'udp') return packet
  const { sourcePort, destinationPort } = transport
  return { ...packet, transport: { ...transport, sourcePort: destinationPort, destinationPort: sourcePort } }
})

describe('a night', () => {
  it('never ends by itself, and who asks the model is always right', () => {
    fc.assert(
      fc.property(plan, fc.nat(), (of, seed) => {
        const shift = night(of, seed, 150, modelPlayer)
        expect(shift.finished).toBe(false)
        expect(atDesk(shift)).toBeDefined()
        expect(resultOf(shift)).toMatchObject({ accuracy: 1, firstTries: 150 })
      }),
      { numRuns: 60 },
    )
  })

  it('is a link that replays to the same packet, mistakes and all', () => {
    fc.assert(
      fc.property(
        plan,
        fc.nat(2 ** 31 - 1),
        fc.integer({ min: 0, max: 90 }),
        fc.boolean(),
        (of, seed, verdicts, wrong) => {
          const played = night(of, seed, verdicts, wrong ? careless : modelPlayer)
          const link = writeLink({ level: played.level, seed, mode: 'calm', inputs: inputsOf(played) })
          const read = readLink(link, levelOf)
          if ('fault' in read) throw new Error(`${read.fault} ${link}`)
          const again = replay(read.level, read.seed, read.mode, read.inputs)
          expect(atDesk(again)).toEqual(atDesk(played))
          expect(again.level.waves).toEqual(played.level.waves)
          expect(resultOf(again)).toEqual(resultOf(played))
        },
      ),
      { numRuns: 40 },
    )
  })

  it('names what it is made from in its id, and whatever else stands there is nothing', () => {
    fc.assert(
      fc.property(plan, (of) => {
        const read = nightPlanOf(nightId(of))
        expect(read?.levels).toEqual(of.levels)
        expect(read?.ideas).toEqual(of.ideas)
      }),
    )
    fc.assert(fc.property(fc.stringMatching(/^n[0-9a-z.]{0,12}-?[0-9a-z]{0,18}$/), (id) => void levelOf(id)))
    for (const id of ['n', 'n0-', 'n1', 'nzz-zz', 'n1-00z', 'n0.0-00']) expect(nightPlanOf(id)).toBeUndefined()
  })

  it('comes back to what the player holds: an idea brings more packets that are missed by it', () => {
    const share = (ideas: readonly MisconceptionId[]) => {
      const seeds = Array.from({ length: 25 }, (_, seed) => seed * 7919)
      const arrivals = seeds.flatMap((seed) => {
        const shift = night({ levels: IDS.filter((id) => id < '4'), ideas }, seed, 60, modelPlayer)
        return shift.decisions.map(({ arrival }) => arrival.asks)
      })
      return arrivals.filter((asks) => asks === 'reply').length / arrivals.length
    }
    expect(share(['reply-keeps-ports'])).toBeGreaterThan(1.5 * share([]))
  })

  it('notices a mistake while it runs', () => {
    const replies = (player: Player) =>
      Array.from({ length: 25 }, (_, seed) =>
        night({ levels: IDS.filter((id) => id < '4'), ideas: [] }, seed * 31, 120, player),
      )
        .flatMap(({ decisions }) => decisions.filter(({ arrival }) => arrival.attempt === 1))
        .filter(({ arrival }) => arrival.asks === 'reply').length
    expect(replies(neverTurns)).toBeGreaterThan(1.2 * replies(modelPlayer))
  })

  it('becomes denser to read for who is right, and not for who is not', () => {
    const views = (player: Player) =>
      new Set(
        night({ levels: IDS.filter((id) => id < '2'), ideas: [] }, 5, 120, player).level.waves.flatMap(
          (wave) => wave.views,
        ),
      )
    expect(views(modelPlayer)).toContain('hex')
    expect(views(careless)).not.toContain('hex')
    expect(rungOf(night({ levels: ['1.2'], ideas: [] }, 5, 64, modelPlayer).decisions)).toBe(4)
  })
})

describe('the ideas of a night', () => {
  const answer = (right: boolean, at: number) => ({
    template: 't',
    seed: at,
    at,
    right,
    offered: ['reply-keeps-ports' as const],
    chosen: right ? [] : ['reply-keeps-ports' as const],
  })

  it('are what the quiz found, then what was missed last, each once', () => {
    const answers = Array.from({ length: 8 }, (_, at) => answer(false, at))
    expect(ideasOf(answers, ['closed-is-silent', 'reply-keeps-ports', 'icmp-has-port'])).toEqual([
      'reply-keeps-ports',
      'icmp-has-port',
      'closed-is-silent',
    ])
  })

  it('leave out what the quiz has refuted', () => {
    const answers = Array.from({ length: 30 }, (_, at) => answer(true, at))
    expect(ideasOf(answers, ['reply-keeps-ports'])).toEqual([])
  })
})
