import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { levelById } from '../levels'
import { modelPlayer } from '../shift/player'
import { decide, start } from '../shift/rules'
import type { Shift } from '../shift/shift'
import { atDesk } from '../shift/shift'
import { RUN, STANDS, cameForward, closeUpEnds, closeUpOf, closeUpPlace } from './close-up'
import type { Rect } from './layout'
import { layoutStage, stageFacts } from './layout'

/** 2.5 as the model plays it, one shift after each verdict. */
function playedShifts(): readonly Shift[] {
  const level = levelById('2.5')
  if (!level) throw new Error('There is no level 2.5.')
  const shifts = [start(level, 7, 'calm')]
  for (let shift = shifts[0]; shift && atDesk(shift); shifts.push(shift)) shift = decide(shift, modelPlayer(shift))
  return shifts
}

const shifts = playedShifts()
const moments = shifts.filter((shift) => closeUpOf(shift))

const apart = (a: Rect, b: Rect) =>
  a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y

describe('the window that the camera goes back to', () => {
  it('is the one of the last of 70,000 callers, from the bet to the next verdict', () => {
    expect(shifts.at(-1)?.finished).toBe(true)
    expect(moments.map(({ decisions }) => decisions.at(-1)?.arrival.asks)).toEqual(['count'])
    expect(moments.map(closeUpOf)).toEqual([
      {
        protocol: 'tcp',
        source: { address: '198.18.0.5', port: 55151 },
        destination: { address: '192.0.2.12', port: 443 },
      },
    ])
  })

  it('stands on the stage, and covers neither a door nor the desk where the town has room', () => {
    const [moment] = moments
    if (!moment) throw new Error('There is no such moment.')
    const facts = stageFacts(moment)
    fc.assert(
      fc.property(fc.integer({ min: 320, max: 3840 }), fc.integer({ min: 300, max: 1900 }), (width, height) => {
        const layout = layoutStage({ width, height }, facts)
        const place = closeUpPlace(layout)
        expect(Math.min(place.x, place.y)).toBeGreaterThanOrEqual(0)
        expect(place.x + place.width).toBeLessThanOrEqual(width)
        expect(place.y + place.height).toBeLessThanOrEqual(layout.ground)
        if (layout.portrait) return
        const { desk, parcel } = layout
        const bench = { x: desk.x - parcel.width / 2, y: desk.y - parcel.height / 2, ...parcel }
        for (const taken of [bench, ...layout.doors.map(({ target }) => target)]) expect(apart(place, taken)).toBe(true)
      }),
    )
  })

  it('waits for the counter, comes forward, and goes back only from before doors', () => {
    const town = { comes: 900, goesBack: false }
    expect([0, RUN, RUN + 900, 1e6].map((age) => cameForward(age, town))).toEqual([0, 0, 1, 1])
    const wall = { comes: 900, goesBack: true }
    expect([RUN + 900, RUN + 900 + STANDS, closeUpEnds(wall)].map((age) => cameForward(age, wall))).toEqual([1, 1, 0])
  })
})
