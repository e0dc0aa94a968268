import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MemoryStorage } from './memory-storage.test-support'
import { PROGRESS_KEY, createProgressStore } from './progress-store'

const run = fc.record({
  level: fc.constantFrom('1.1', '1.2', '7.4'),
  stars: fc.integer({ min: 0, max: 3 }),
  accuracy: fc.double({ min: 0, max: 1, noNaN: true }),
})

describe('the player’s progress', () => {
  it('keeps the best of all runs, and a reload finds it again', () => {
    fc.assert(
      fc.property(fc.array(run, { minLength: 1 }), (runs) => {
        const storage = new MemoryStorage()
        const store = createProgressStore(storage)
        for (const { level, stars, accuracy } of runs) store.getState().finish(level, stars, accuracy)
        const { levels } = createProgressStore(storage).getState().progress
        for (const [id, kept] of Object.entries(levels)) {
          const own = runs.filter(({ level }) => level === id)
          expect(kept.stars).toBe(Math.max(...own.map(({ stars }) => stars)))
          expect(kept.accuracy).toBeCloseTo(Math.max(...own.map(({ accuracy }) => accuracy)))
          expect(kept.played).toBe(own.length)
        }
        expect(Object.keys(levels).sort()).toEqual([...new Set(runs.map(({ level }) => level))].sort())
      }),
    )
  })

  it('is forgotten for good when the player says so', () => {
    const storage = new MemoryStorage()
    const store = createProgressStore(storage)
    store.getState().finish('1.1', 3, 1)
    store.getState().reset()
    expect(createProgressStore(storage).getState().progress.levels).toEqual({})
  })

  it('follows another tab that finished a level', () => {
    const storage = new MemoryStorage()
    const [here, there] = [createProgressStore(storage), createProgressStore(storage)]
    there.getState().finish('1.1', 2, 0.9)
    here.getState().reread()
    here.getState().finish('1.2', 1, 0.75)
    const { levels } = createProgressStore(storage).getState().progress
    expect([levels['1.1']?.stars, levels['1.2']?.stars]).toEqual([2, 1])
  })

  it('goes on in memory when the storage fills up, and says so', () => {
    const storage = new MemoryStorage()
    const store = createProgressStore(storage)
    storage.trouble = 'full'
    store.getState().finish('1.1', 3, 1)
    store.getState().finish('1.2', 2, 0.9)
    expect(store.getState().notice).toEqual({ kind: 'full' })
    expect(Object.keys(store.getState().progress.levels)).toEqual(['1.1', '1.2'])
  })

  it('that cannot be read is set aside untouched while a new one begins', () => {
    const storage = new MemoryStorage({ [PROGRESS_KEY]: '{"version":1,"levels":{"1.1":{"stars":9}}}' })
    const store = createProgressStore(storage)
    expect(store.getState().notice).toEqual({ kind: 'set-aside', key: `${PROGRESS_KEY}.set-aside` })
    store.getState().finish('1.1', 1, 0.7)
    expect(storage.getItem(`${PROGRESS_KEY}.set-aside`)).toContain('"stars":9')
  })
})
