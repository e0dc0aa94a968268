import { describe, expect, it } from 'vitest'
import { BADGE_IDS } from '../modes/badges'
import { modes as en } from './en/modes'
import { modes as es } from './es/modes'

/** Every text by its path. Functions are asked with one, two and several of everything. */
function texts(value: unknown, path = ''): readonly (readonly [string, string])[] {
  if (typeof value === 'string') return [[path, value]]
  if (typeof value === 'function')
    return [1, 3].flatMap((many) => {
      const parts = path.endsWith('.picture') ? [['a', 'b']] : [many, many, many, ['row'], '#/today']
      return texts(Reflect.apply(value, undefined, parts.slice(0, value.length)), `${path}()`)
    })
  if (typeof value !== 'object' || value === null) throw new TypeError(`${path} is no text.`)
  return Object.entries(value).flatMap(([key, part]) => texts(part, path === '' ? key : `${path}.${key}`))
}

describe('the words of days, nights and the log', () => {
  const [mine, theirs] = [texts(en), texts(es)]

  it('say the same things in both languages, each in its own words', () => {
    expect(theirs.map(([path]) => path).toSorted()).toEqual(mine.map(([path]) => path).toSorted())
    const same = theirs.filter(([path, text]) => mine.some(([other, english]) => other === path && english === text))
    expect(same).toEqual([])
  })

  it('are whole: nothing undefined, no doubled space, no exclamation', () => {
    for (const [path, text] of [...mine, ...theirs]) {
      expect(text, path).toMatch(/\S/)
      expect(text, path).not.toMatch(/undefined|NaN|\[object|\s{2}|[!¡]/)
    }
  })

  it('name every badge', () => {
    for (const language of [en, es]) expect(Object.keys(language.log.badge)).toEqual([...BADGE_IDS])
  })
})
