import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readRoute, replayHash, resultHash, shiftHash } from './route'

describe('the part of the address behind #', () => {
  it('leads home when it is empty', () => {
    for (const hash of ['', '#', '#/']) expect(readRoute(hash)).toEqual({ page: 'home' })
  })

  it('names a shift with its seed and mode, and reads what it wrote', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('1.1', '1.6'),
        fc.nat({ max: 2 ** 31 - 1 }),
        fc.constantFrom('calm' as const, 'rush' as const),
        (level, seed, mode) => {
          expect(readRoute(shiftHash(level, seed, mode))).toEqual({ page: 'shift', level, seed, mode })
        },
      ),
    )
  })

  it('is calm, and leaves the seed open, where the options are missing or nonsense', () => {
    for (const hash of ['#/shift/1.2', '#/shift/1.2?seed=%%%&mode=fast', '#/shift/1.2?seed=-1'])
      expect(readRoute(hash)).toEqual({ page: 'shift', level: '1.2', seed: undefined, mode: 'calm' })
  })

  it('leads to a replay, to its result, and to one’s own traffic', () => {
    const code = '1~1.1~k3~c~L0'
    expect(readRoute(replayHash(code))).toEqual({ page: 'replay', code, at: 0 })
    expect(readRoute(replayHash(code, 7))).toEqual({ page: 'replay', code, at: 7 })
    expect(readRoute(`#/replay/${code}?at=-3`)).toEqual({ page: 'replay', code, at: 0 })
    expect(readRoute(resultHash(code))).toEqual({ page: 'result', code })
    expect(readRoute('#/own')).toEqual({ page: 'own' })
  })

  it('is unknown, and never an error, whatever else it is', () => {
    for (const hash of ['#/shift', '#/replay/', '#/own/7', '#/shift/1.1/2', '#/cellar', '#shift/1.1'])
      expect(readRoute(hash), hash).toEqual({ page: 'unknown' })
    fc.assert(
      fc.property(fc.string(), (hash) => {
        expect(readRoute(`#/${hash}`)).toHaveProperty('page')
      }),
    )
  })
})
