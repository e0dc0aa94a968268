import { describe, expect, it } from 'vitest'
import { ROOMS_KEY, SEATS_KEY, keepRooms, keepSeats } from './class-keep'
import { MemoryStorage } from './memory-storage.test-support'

const DAY = 24 * 3600_000
const room = (code: string, opened = 0) => ({ code, host: 'h', way: 'live' as const, opened, names: false })
const seat = (code: string, player: string, joined = 0) => ({ code, player, secret: 's', joined, given: [] })

describe('the rooms of a teacher', () => {
  it('are found again, the latest first, until they are older than any class', () => {
    const storage = new MemoryStorage()
    keepRooms(storage, 0).put(room('AAAAAA'))
    keepRooms(storage, DAY).put(room('BBBBBB', DAY))
    expect(keepRooms(storage, DAY).all()).toEqual([room('BBBBBB', DAY), room('AAAAAA')])
    expect(keepRooms(storage, 32.5 * DAY).all()).toEqual([room('BBBBBB', DAY)])
    const rooms = keepRooms(storage, DAY)
    rooms.remove('BBBBBB')
    expect(rooms.of('BBBBBB')).toBeUndefined()
    expect(rooms.of('AAAAAA')).toEqual(room('AAAAAA'))
  })

  it('are kept in memory where the browser keeps nothing, and damaged ones are set aside', () => {
    const rooms = keepRooms(undefined, 0)
    rooms.put(room('AAAAAA'))
    expect(rooms.of('AAAAAA')).toBeDefined()
    const storage = new MemoryStorage({ [ROOMS_KEY]: '{"version":1,"rooms":[{"code":7}]}' })
    expect(keepRooms(storage, 0).all()).toEqual([])
    expect(storage.getItem(`${ROOMS_KEY}.set-aside`)).toContain('"code":7')
  })
})

describe('the seats of a player', () => {
  it('are those of the tab, and else those of the browser', () => {
    const browser = new MemoryStorage()
    const [one, other] = [new MemoryStorage(), new MemoryStorage()]
    keepSeats(one, browser, 0).put(seat('AAAAAA', 'ada'))
    expect(keepSeats(other, browser, 0).of('AAAAAA')?.player).toBe('ada')
    keepSeats(other, browser, 0).put(seat('AAAAAA', 'bob'))
    expect(keepSeats(one, browser, 0).of('AAAAAA')?.player).toBe('ada')
    expect(keepSeats(new MemoryStorage(), browser, 0).of('AAAAAA')?.player).toBe('bob')
    expect(keepSeats(one, browser, 0).all()).toHaveLength(1)
  })

  it('leave nothing behind when they are given up', () => {
    const [tab, browser] = [new MemoryStorage(), new MemoryStorage()]
    const seats = keepSeats(tab, browser, 0)
    seats.put(seat('AAAAAA', 'ada'))
    seats.remove('AAAAAA')
    expect(seats.of('AAAAAA')).toBeUndefined()
    for (const storage of [tab, browser]) expect(storage.getItem(SEATS_KEY)).toBe('{"version":1,"seats":[]}')
  })
})
