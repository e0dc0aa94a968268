import { describe, expect, it } from 'vitest'
import * as fc from 'fast-check'
import type { Attack, Behind, Measure } from './attack'
import { decides, succeeds, withMeasure } from './attack'

const ATTACKS: readonly Attack[] = ['exploit', 'stolen-password', 'guessing', 'eavesdropping']
const anyBehind: fc.Arbitrary<Behind> = fc.record({
  patched: fc.boolean(),
  tls: fc.boolean(),
  secondFactor: fc.boolean(),
  tryLimit: fc.boolean(),
})
const NOTHING: Behind = { patched: false, tls: false, secondFactor: false, tryLimit: false }

describe('an attack through an open port', () => {
  it('succeeds where nothing stands behind it', () => {
    expect(ATTACKS.filter((attack) => succeeds(attack, NOTHING))).toEqual(ATTACKS)
  })

  it.each([
    ['patch', ['exploit']],
    ['tls', ['eavesdropping']],
    ['second-factor', ['stolen-password', 'guessing']],
    ['try-limit', ['guessing']],
    ['other-port', []],
    ['close-rest', []],
  ] satisfies readonly (readonly [Measure, readonly Attack[]])[])('%s stops %j and no other', (measure, stopped) => {
    const behind = withMeasure(NOTHING, measure)
    expect(ATTACKS.filter((attack) => !succeeds(attack, behind))).toEqual(stopped)
    expect(ATTACKS.filter((attack) => decides(measure, attack, NOTHING))).toEqual(stopped)
  })

  it('is never decided by the number of the port, nor by other ports', () => {
    fc.assert(
      fc.property(fc.constantFrom(...ATTACKS), anyBehind, (attack, behind) => {
        expect(decides('other-port', attack, behind)).toBe(false)
        expect(decides('close-rest', attack, behind)).toBe(false)
      }),
    )
  })

  it('does not get further by anything that is put behind the port', () => {
    const measures: readonly Measure[] = ['patch', 'tls', 'second-factor', 'try-limit']
    fc.assert(
      fc.property(fc.constantFrom(...ATTACKS), fc.constantFrom(...measures), anyBehind, (attack, measure, behind) => {
        if (!succeeds(attack, behind)) expect(succeeds(attack, withMeasure(behind, measure))).toBe(false)
      }),
    )
  })
})
