import { describe, expect, it } from 'vitest'
import { WAYS } from '../room/settings'
import { classroom as en } from './en/class'
import { classroom as es } from './es/class'

/** What reads the same in English and Spanish: numbers with a unit. */
const SAME = ['home.secondsOf', 'home.minutesOf', 'phone.clock', 'host.seatDone']

/** Every text by its path. Functions are called with the same things in each language. */
function texts(value: unknown, path = ''): readonly (readonly [string, string])[] {
  if (typeof value === 'string') return [[path, value]]
  if (typeof value === 'function')
    return texts(
      Reflect.apply(
        value,
        undefined,
        Array.from({ length: value.length }, () => 7),
      ),
      path,
    )
  return Object.entries(value ?? {}).flatMap(([key, part]) => texts(part, path ? `${path}.${key}` : key))
}

describe('the words of the class', () => {
  it('are the same texts in both languages, and no Spanish text is English', () => {
    const [mine, theirs] = [new Map(texts(en)), new Map(texts(es))]
    expect([...theirs.keys()].toSorted()).toEqual([...mine.keys()].toSorted())
    const same = [...theirs].filter(([path, text]) => mine.get(path) === text).map(([path]) => path)
    expect(same.filter((path) => !SAME.includes(path))).toEqual([])
    for (const [path, text] of [...mine, ...theirs]) expect(text, path).not.toMatch(/undefined|NaN|\[object|!/)
  })

  it('name every way to run, and say everything that can go wrong', () => {
    for (const words of [en, es]) {
      expect(Object.keys(words.ways)).toEqual([...WAYS])
      for (const text of Object.values(words.trouble)) expect(text.length).toBeGreaterThan(10)
    }
  })
})
