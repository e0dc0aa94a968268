import * as fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { openBox } from './storage'
import { MemoryStorage } from './memory-storage.test-support'

const Coins = v.object({ version: v.literal(2), coins: v.number() })
const NONE = { version: 2, coins: 0 } as const
const open = (storage: Storage | undefined) => openBox(storage, 'purse', Coins, NONE)

describe('a box in the browser’s storage', () => {
  it('gives back what was put in', () => {
    const storage = new MemoryStorage()
    expect(open(storage).save({ version: 2, coins: 7 })).toBeUndefined()
    expect(open(storage)).toMatchObject({ value: { version: 2, coins: 7 }, notice: undefined })
  })

  it('starts with the fallback and says nothing when there is nothing yet', () => {
    expect(open(new MemoryStorage())).toMatchObject({ value: NONE, notice: undefined })
  })

  it('keeps a copy of whatever it cannot read, letter by letter', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const storage = new MemoryStorage({ purse: text })
        const { value, notice, save } = open(storage)
        expect(value).toEqual(NONE)
        expect(notice).toEqual({ kind: 'set-aside', key: 'purse.set-aside' })
        save({ version: 2, coins: 1 })
        expect(storage.getItem('purse.set-aside')).toBe(text)
      }),
    )
  })

  it('never overwrites an earlier copy by a later one', () => {
    const storage = new MemoryStorage({ purse: 'second', 'purse.set-aside': 'first' })
    expect(open(storage).notice).toEqual({ kind: 'set-aside', key: 'purse.set-aside-2' })
    expect(storage.getItem('purse.set-aside')).toBe('first')
    expect(storage.getItem('purse.set-aside-2')).toBe('second')
  })

  it('keeps one copy of the same text, however often it is found', () => {
    const storage = new MemoryStorage({ purse: 'torn', 'purse.set-aside': 'torn' })
    expect(open(storage).notice).toEqual({ kind: 'set-aside', key: 'purse.set-aside' })
    expect(storage.length).toBe(2)
  })

  it('never overwrites what it could not copy', () => {
    const storage = new MemoryStorage({ purse: 'torn' }, 'full')
    const { value, notice, save } = open(storage)
    expect([value, notice]).toEqual([NONE, { kind: 'full' }])
    storage.trouble = undefined
    expect(save({ version: 2, coins: 3 })).toEqual({ kind: 'full' })
    expect(storage.getItem('purse')).toBe('torn')
  })

  it('says that the storage is full, and keeps what was stored before', () => {
    const storage = new MemoryStorage({ purse: JSON.stringify({ version: 2, coins: 5 }) }, 'full')
    expect(open(storage).save({ version: 2, coins: 6 })).toEqual({ kind: 'full' })
    expect(open(storage).value.coins).toBe(5)
  })

  it('lives in memory when the storage is missing or refuses to be read', () => {
    for (const storage of [undefined, new MemoryStorage({ purse: '{}' }, 'denied')]) {
      const { value, notice, save } = open(storage)
      expect([value, notice, save(NONE)]).toEqual([NONE, { kind: 'blocked' }, { kind: 'blocked' }])
    }
  })

  it('brings an older value up to date and sets nothing aside', () => {
    const storage = new MemoryStorage({ purse: '{"coins":4}' })
    const box = openBox(storage, 'purse', Coins, NONE, (old) => ({ version: 2, ...v.parse(v.looseObject({}), old) }))
    expect([box.value.coins, box.notice, storage.length]).toEqual([4, undefined, 1])
  })
})
