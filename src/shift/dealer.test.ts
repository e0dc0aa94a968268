import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { levelById } from '../levels'
import { LINUX_EPHEMERAL } from '../net/kernel'
import { tupleOf } from '../net/packet'
import { tupleKey } from '../net/tuple'
import { callersOf } from './callers'
import type { Dealer } from './dealer'
import { call } from './dealer'
import { random } from './random'

const HOME = { address: '192.0.2.10', port: 443 } as const

/** A dealer with these dice and nothing else at hand. */
function dealerWith(seed: number, taken: Set<string>): Dealer {
  const level = levelById('1.1')
  const [wave] = level?.waves ?? []
  if (!level || !wave) throw new RangeError('There is no level 1.1.')
  const host = { name: 'harbour', addresses: [HOME.address] } as const
  return {
    level,
    wave,
    dice: random(seed),
    callers: callersOf(level, 1),
    host,
    addresses: host.addresses,
    sockets: [],
    ephemeral: LINUX_EPHEMERAL,
    doors: [],
    windows: [],
    orphans: [],
    closed: [],
    taken,
    ending: new Set(),
    busy: new Set(),
    draw: () => {
      throw new RangeError('Nothing is drawn here.')
    },
  }
}

const flow = (seed: number, taken: Set<string>): string => {
  const tuple = tupleOf(call(dealerWith(seed, taken), 'tcp', HOME))
  return tuple ? tupleKey(tuple) : ''
}

it('a call comes from a port of which its caller makes no other call to this place', () => {
  fc.assert(
    fc.property(fc.nat(2 ** 31 - 1), (seed) => {
      const first = flow(seed, new Set())
      const second = flow(seed, new Set([first]))
      expect(second).not.toBe(first)
      expect([first, second]).not.toContain(flow(seed, new Set([first, second])))
      // Who has nothing in the way calls as ever: days that were played do not change.
      expect(flow(seed, new Set(['another flow']))).toBe(first)
    }),
  )
})
