import { describe, expect, it } from 'vitest'
import { isOpen, nextLevel } from './open-levels'

const LEVELS = [1, 2, 3].flatMap((floor) =>
  [1, 2, 3].map((number) => ({ id: `${floor}.${number}`, floor, boss: number === 3 })),
)
const stars = (...ids: string[]) => Object.fromEntries(ids.map((id) => [id, { stars: 1 }]))
const open = (...ids: string[]) => LEVELS.filter(({ id }) => isOpen(LEVELS, stars(...ids), id)).map(({ id }) => id)

describe('the levels that are open', () => {
  it('are the first and the bosses on the first night', () => {
    expect(open()).toEqual(['1.1', '1.3', '2.3', '3.3'])
  })

  it('grow by the level after each star', () => {
    expect(open('1.1')).toEqual(['1.1', '1.2', '1.3', '2.3', '3.3'])
  })

  it('are the whole floor of a beaten boss and the first of the next', () => {
    expect(open('1.3')).toEqual(['1.1', '1.2', '1.3', '2.1', '2.3', '3.3'])
  })

  it('are all of the floors below one with a star', () => {
    expect(open('2.3')).toEqual(['1.1', '1.2', '1.3', '2.1', '2.2', '2.3', '3.1', '3.3'])
    expect(open('3.1')).toEqual(['1.1', '1.2', '1.3', '2.1', '2.2', '2.3', '3.1', '3.2', '3.3'])
  })

  it('do not grow by a level that was finished without a star', () => {
    const progress = { '1.1': { stars: 0 } }
    expect(isOpen(LEVELS, progress, '1.2')).toBe(false)
  })

  it('open the next floor also where the boss is not the last of its floor', () => {
    const levels = [
      { id: 'a', floor: 1, boss: true },
      { id: 'b', floor: 1, boss: false },
      { id: 'c', floor: 2, boss: false },
      { id: 'd', floor: 2, boss: false },
    ]
    expect(levels.filter(({ id }) => isOpen(levels, stars('a'), id)).map(({ id }) => id)).toEqual(['a', 'b', 'c'])
  })

  it('do not include a level that there is not', () => {
    expect(isOpen(LEVELS, {}, '9.9')).toBe(false)
  })
})

describe('the level to go on with', () => {
  it('follows the last star', () => {
    expect(nextLevel(LEVELS, {})?.id).toBe('1.1')
    expect(nextLevel(LEVELS, stars('1.1'))?.id).toBe('1.2')
    expect(nextLevel(LEVELS, stars('2.3'))?.id).toBe('3.1')
  })

  it('is one that was left out once the last is done', () => {
    expect(nextLevel(LEVELS, stars('1.1', '3.1', '3.2', '3.3'))?.id).toBe('1.2')
  })

  it('is none when all have a star', () => {
    expect(nextLevel(LEVELS, stars(...LEVELS.map(({ id }) => id)))).toBeUndefined()
  })
})
