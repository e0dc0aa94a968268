import { describe, expect, it } from 'vitest'
import type { MisconceptionId } from '../lessons/misconception'
import { levelById } from '../levels'
import { SHOWN } from '../levels/lean'
import type { Answered } from '../quiz/record'
import type { Player } from '../shift/player'
import { holds, modelPlayer, neverTurns, playThrough } from '../shift/player'
import { decide, start } from '../shift/rules'
import { atDesk } from '../shift/shift'
import { extremesOf, ideasOf, ideasOnOffer, leaningsOf } from './ideas'

const level = levelById('7.3') ?? fail()
const played = (player: Player) => playThrough(level, 20261126, 'calm', player)

describe('the ideas of a shift', () => {
  it('are counted where they were on offer, and as followed where somebody holds them', () => {
    const right = ideasOf(played(modelPlayer))
    expect(right.length).toBeGreaterThan(20)
    for (const { chosen, offered } of right) {
      expect(chosen).toBe(0)
      expect(offered).toBeGreaterThan(0)
    }
    const held = ideasOf(played(holds('k8s-port-is-targetport')))[0]
    expect(held).toMatchObject({ misconception: 'k8s-port-is-targetport', share: 1, standing: 'shaky' })
  })

  it('are told as three strongest and three weakest at most, from forty tries on', () => {
    const perfect = extremesOf(played(modelPlayer))
    expect(perfect?.strongest).toHaveLength(3)
    expect(perfect?.weakest).toEqual([])
    const turned = extremesOf(played(neverTurns))
    expect(turned?.weakest.map(({ misconception }) => misconception)).toEqual(['reply-keeps-ports'])
    expect(turned?.strongest.map(({ misconception }) => misconception)).not.toContain('reply-keeps-ports')
    expect(extremesOf(playThrough(level, 1, 'calm', modelPlayer, 39))).toBeUndefined()
  })

  it('are those of the table by which the last night leans', () => {
    const seen = new Map<string, Set<MisconceptionId>>()
    for (let seed = 0; seed < 12; seed++) {
      let shift = start(level, seed * 7919, 'calm')
      while (!shift.finished) {
        const kind = atDesk(shift)?.kind ?? ''
        seen.set(kind, new Set([...(seen.get(kind) ?? []), ...ideasOnOffer(shift)]))
        shift = decide(shift, modelPlayer(shift))
      }
    }
    for (const [kind, shown] of Object.entries(SHOWN))
      for (const idea of shown) expect([...(seen.get(kind) ?? [])], kind).toContain(idea)
    expect([...seen.keys()].toSorted()).toEqual(Object.keys(SHOWN).toSorted())
  })
})

describe('what a night leans to', () => {
  const answer = (misconception: MisconceptionId, followed: boolean): Answered => ({
    template: 't',
    seed: 1,
    at: 1,
    right: !followed,
    offered: [misconception],
    chosen: followed ? [misconception] : [],
  })

  it('is what was followed most surely, by its rate, and nothing that was not followed', () => {
    const always = Array.from({ length: 10 }, () => answer('publish-reversed', true))
    const now = Array.from({ length: 10 }, (_, at) => answer('nat-is-firewall', at < 4))
    const never = Array.from({ length: 10 }, () => answer('closed-is-silent', false))
    expect(leaningsOf([...never, ...now, ...always], ['stateless-remembers'])).toEqual([
      { idea: 'publish-reversed', weight: 7 },
      { idea: 'stateless-remembers', weight: 2 },
      { idea: 'nat-is-firewall', weight: 2 },
    ])
  })

  it('leaves out what the harbour cannot show, and whatever is refuted', () => {
    const refuted = Array.from({ length: 40 }, (_, at) => answer('publish-reversed', at === 0))
    expect(leaningsOf(refuted, ['ftp-one-port'])).toEqual([])
  })
})

function fail(): never {
  throw new Error('There is no such level.')
}
