import { describe, expect, it } from 'vitest'
import { levelById } from '../levels'
import { doorsOf } from './door'
import { mapOf } from './map'
import { modelPlayer } from './player'
import { decide, start } from './rules'

const silence = levelById('4.1')
if (!silence) throw new RangeError('There is no level 4.1.')

describe('a building seen from outside', () => {
  it('is dark at first, shows each door that a knock has proved, and at the end stands there as it is', () => {
    let shift = start(silence, 5, 'calm')
    expect(doorsOf(shift)).toEqual([])
    while (!shift.finished) {
      const known = doorsOf(shift).map(({ port, protocol }) => `${port}/${protocol}`)
      const proved = mapOf(shift).filter(({ state }) => state === 'open' || state === 'closed')
      expect(known.toSorted()).toEqual(proved.map(({ port, protocol }) => `${port}/${protocol}`).toSorted())
      shift = decide(shift, modelPlayer(shift))
    }
    // What was never knocked at, or kept silent, is there all the same; bricks were only on the map.
    const open = doorsOf(shift).filter(({ kind }) => kind === 'listening')
    expect(open.map(({ id }) => id).toSorted()).toEqual(shift.host.sockets.map(({ id }) => id).toSorted())
  })
})
