import { describe, expect, it } from 'vitest'
import { newSet, withItems } from '../quiz/set'
import { MemoryStorage } from './memory-storage.test-support'
import { MOST_SETS, SETS_KEY, createSetsStore } from './sets-store'

const set = (id: string) => newSet(id, 1, 'en', `Set ${id}`)

describe('the sets of a teacher', () => {
  it('are there again after a reload, the newest first', () => {
    const storage = new MemoryStorage()
    const { put, change } = createSetsStore(storage).getState()
    put(set('a'))
    put(set('b'))
    change('a', (one) => withItems({ ...one, title: 'Ports' }, [{ template: 'x', count: 1, fixed: {} }]))
    const { sets, notice } = createSetsStore(storage).getState()
    expect(sets.map(({ id, title, items }) => [id, title, items.length])).toEqual([
      ['b', 'Set b', 0],
      ['a', 'Ports', 1],
    ])
    expect(notice).toBeUndefined()
  })

  it('can be removed, and a removed one is not brought back by a late change', () => {
    const store = createSetsStore(new MemoryStorage())
    store.getState().put(set('a'))
    store.getState().remove('a')
    store.getState().change('a', (one) => ({ ...one, title: 'late' }))
    expect(store.getState().sets).toEqual([])
  })

  it('are no more than a browser can keep', () => {
    const store = createSetsStore(new MemoryStorage())
    for (let index = 0; index < MOST_SETS + 5; index++) store.getState().put(set(`s${index}`))
    expect(store.getState().sets).toHaveLength(MOST_SETS)
  })

  it('follow what another tab has stored', () => {
    const storage = new MemoryStorage()
    const [here, there] = [createSetsStore(storage), createSetsStore(storage)]
    there.getState().put(set('a'))
    here.getState().reread()
    expect(here.getState().sets.map(({ id }) => id)).toEqual(['a'])
  })

  it('stay in memory, and a notice says so, where storage is denied or full', () => {
    expect(createSetsStore(undefined).getState().notice).toEqual({ kind: 'blocked' })
    const storage = new MemoryStorage({}, 'full')
    const store = createSetsStore(storage)
    store.getState().put(set('a'))
    expect(store.getState().notice).toEqual({ kind: 'full' })
    expect(store.getState().sets).toHaveLength(1)
    delete storage.trouble
    store.getState().put(set('b'))
    expect(store.getState().notice).toBeUndefined()
    expect(createSetsStore(storage).getState().sets).toHaveLength(2)
  })

  it('are set aside, not overwritten, when they cannot be read', () => {
    const storage = new MemoryStorage({ [SETS_KEY]: '{"version":1,"sets":[{"id":"?"}]}' })
    const store = createSetsStore(storage)
    expect(store.getState().notice).toEqual({ kind: 'set-aside', key: `${SETS_KEY}.set-aside` })
    store.getState().put(set('a'))
    expect(store.getState().notice).toEqual({ kind: 'set-aside', key: `${SETS_KEY}.set-aside` })
    expect(storage.getItem(`${SETS_KEY}.set-aside`)).toContain('"?"')
  })
})
