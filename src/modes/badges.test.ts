import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LEVELS } from '../levels'
import { levelById } from '../levels'
import type { Player } from '../shift/player'
import { modelPlayer, playThrough, misreader } from '../shift/player'
import type { Facts } from './badges'
import { BADGE_IDS, badgesOf, givenUp } from './badges'
import { DEEDS, deedsOf, missedIn } from './deeds'
import { firstTriesOf, gridOf, rightIn } from './grid'
import { seedOf, todayLevel } from './today'

const NOTHING: Facts = { levels: {}, answers: [], deeds: {}, todays: [], nights: [] }
const have = (facts: Partial<Facts>, id: string) => badgesOf({ ...NOTHING, ...facts }).find((badge) => badge.id === id)

const played = (id: string) => {
  const level = levelById(id)
  if (!level) throw new Error(id)
  return playThrough(level, 7, 'calm', modelPlayer)
}

describe('badges', () => {
  it('are none for who has done nothing, and none is ever more than earned', () => {
    for (const badge of badgesOf(NOTHING)) expect(badge.have, badge.id).toBe(0)
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...DEEDS), fc.nat(500)), fc.array(fc.nat(60)), (deeds, todays) => {
        for (const badge of badgesOf({ ...NOTHING, deeds, todays })) {
          expect(badge.have).toBeLessThanOrEqual(badge.need)
          expect(badge.need).toBeGreaterThan(0)
        }
      }),
    )
    expect(new Set(BADGE_IDS).size).toBe(badgesOf(NOTHING).length)
  })

  it('tell a floor without one wrong door from one with a single mistake', () => {
    const floor = LEVELS.filter((level) => level.floor === 1)
    const clean = Object.fromEntries(floor.map(({ id }) => [id, { stars: 3, accuracy: 1 }]))
    expect(have({ levels: clean }, 'doors')).toMatchObject({ have: 6, need: 6 })
    const almost = { ...clean, '1.3': { stars: 3, accuracy: 0.99 } }
    expect(have({ levels: almost }, 'doors')).toMatchObject({ have: 5, need: 6 })
  })

  it('count what was right at once, by what had to be read', () => {
    expect(deedsOf(played('2.2')).labels).toBeGreaterThan(10)
    expect(deedsOf(played('1.2')).bait).toBe(6)
    expect(deedsOf(played('2.4')).replies).toBe(8)
    expect(deedsOf(played('3.3')).requests).toBe(17)
    expect(deedsOf(played('3.2')).long).toBeGreaterThan(4)
    expect(deedsOf(played('1.6')).lines).toBe(12)
    expect(deedsOf(played('4.2')).rules).toBe(18)
    expect(deedsOf(played('4.1')).knocks).toBe(16)
    expect(deedsOf(played('5.2')).rewrites).toBeGreaterThan(5)
    expect(deedsOf(played('6.1')).wings).toBe(18)
  })

  it('count nothing that was wrong at first, and note the idea behind it', () => {
    const level = levelById('1.2')
    if (!level) throw new Error('1.2')
    const swapped = misreader((packet) => {
      const { transport } = packet
      if (transport.protocol !== 'tcp') return packet
      const { sourcePort, destinationPort } = transport
      return { ...packet, transport: { ...transport, sourcePort: destinationPort, destinationPort: sourcePort } }
    })
    const shift = playThrough(level, 7, 'calm', swapped)
    expect(deedsOf(shift).bait ?? 0).toBe(0)
    expect(missedIn(shift)).toContain('source-port-is-door')
  })

  it('note no idea where a mistake fits none', () => {
    const level = levelById('1.2')
    if (!level) throw new Error('1.2')
    const anyDoor: Player = (shift) => {
      const truth = modelPlayer(shift)
      const door = shift.host.sockets.find(({ id }) => !('socket' in truth) || id !== truth.socket)
      return door ? { kind: 'listener', socket: door.id } : truth
    }
    const shift = playThrough(level, 7, 'calm', anyDoor)
    expect(shift.decisions.map(({ reason }) => reason.misconception)).toContain('port-identifies-program')
    expect(missedIn(shift)).not.toContain('port-identifies-program')
  })

  it('know an idea as given up only after it was held', () => {
    const answer = (chosen: boolean) => ({
      template: 't',
      seed: 1,
      at: 1,
      right: !chosen,
      offered: ['port-is-socket' as const],
      chosen: chosen ? ['port-is-socket' as const] : [],
    })
    const left = Array.from({ length: 6 }, () => answer(false))
    expect(givenUp(left)).toEqual([])
    expect(givenUp([answer(true), ...left.slice(1)])).toEqual([])
    expect(givenUp([answer(true), ...left])).toEqual(['port-is-socket'])
    expect(givenUp([answer(true), ...left, answer(true)])).toEqual([])
  })
})

describe('the picture of a day', () => {
  it('has a window for each of its packets, lit for each that was right at once', () => {
    const day = '2026-11-25'
    const shift = playThrough(todayLevel(day), seedOf(day), 'calm', modelPlayer)
    expect(gridOf(firstTriesOf(shift))).toEqual(Array.from({ length: 6 }, () => '■■■■■■■■■■'))
    expect(rightIn('1101')).toBe(3)
    expect(gridOf('110101010101')).toEqual(['■■□■□■□■□■', '□■'])
  })
})
