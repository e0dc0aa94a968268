import { describe, expect, it } from 'vitest'
import { LEVELS } from '../levels'
import { modelPlayer, playThrough } from '../shift/player'
import { changes, decide, start } from '../shift/rules'
import type { Shift } from '../shift/shift'
import { atDesk } from '../shift/shift'
import { chordOf, noisesOf, panOf } from './sound'

const level = (id: string) => {
  const found = LEVELS.find((one) => one.id === id)
  if (!found) throw new RangeError(`There is no level ${id}.`)
  return found
}

/** Every noise of a level that is played as the model does, by the verdict that made it. */
function heard(id: string, seed = 1): ReadonlyMap<string, ReadonlySet<string>> {
  const all = new Map<string, Set<string>>()
  let shift: Shift = start(level(id), seed, 'calm')
  while (!shift.finished) {
    const next = decide(shift, modelPlayer(shift))
    for (const change of changes(shift, next)) {
      const name = change.kind === 'decided' ? change.decision.choice.kind : change.kind
      all.set(name, new Set([...(all.get(name) ?? []), ...noisesOf(change)]))
    }
    shift = next
  }
  return all
}

describe('the sounds of a shift', () => {
  it('are those of what leaves the house: a door chimes, RST is a stamp, ICMP a slip', () => {
    const lobby = heard('1.6')
    expect([...(lobby.get('listener') ?? [])]).toEqual(['chime'])
    expect([...(lobby.get('rst') ?? [])]).toEqual(['stamp'])
    expect([...(lobby.get('icmp') ?? [])]).toEqual(['slip'])
    expect([...(lobby.get('arrived') ?? [])]).toEqual(['paper'])
    expect([...(lobby.get('lit') ?? [])]).toEqual(['glass'])
    expect([...(lobby.get('finished') ?? [])]).toEqual(['chord'])
  })

  it('are a breath of wind where nothing is said, and a knock after a mistake', () => {
    expect([...(heard('4.4').get('drop') ?? [])]).toEqual(['wind'])
    const begun = start(level('1.6'), 1, 'calm')
    const [decided] = decide(begun, { kind: modelPlayer(begun).kind === 'rst' ? 'icmp' : 'rst' }).decisions
    expect(decided && noisesOf({ kind: 'decided', decision: decided })).toEqual(['knock'])
  })

  it('ring for a call that a Service has answered: that is no stamp', () => {
    expect([...(heard('6.1').get('tell') ?? [])]).toContain('chime')
  })

  it('come from where the caller lives', () => {
    const shift = playThrough(level('1.1'), 3, 'calm', modelPlayer, 0)
    const arrival = atDesk(shift)
    const source = arrival && 'packet' in arrival ? arrival.packet.source : undefined
    expect(panOf(shift, source)).toBeLessThan(-0.15)
    expect(panOf(shift, undefined)).toBe(-0.2)
  })

  it('end with the chord of the building: one voice more on each floor, none of them twice', () => {
    const floors = [...new Set(LEVELS.map(({ floor }) => floor))].toSorted((a, b) => a - b)
    const voices = floors.map((floor) => new Set(chordOf(floor)).size)
    expect(voices).toEqual(floors.map((floor) => floor + 3))
  })
})
