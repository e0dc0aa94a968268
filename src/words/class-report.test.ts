import { describe, expect, it } from 'vitest'
import { report as en } from './en/class-report'
import { report as es } from './es/class-report'

/** What reads the same in English and Spanish: numbers, the times of a script, and the word “idea”. */
const SAME = /^csv\.marks\.|^question\.times|\.at$|^ideas\.idea$/

/** Every text by its path. Functions are asked with one and with several of everything. */
function texts(value: unknown, path = ''): readonly (readonly [string, string])[] {
  if (typeof value === 'string') return [[path, value]]
  if (typeof value === 'function')
    return [1, 3].flatMap((many) =>
      texts(
        Reflect.apply(
          value,
          undefined,
          Array.from({ length: value.length }, () => many),
        ),
        `${path}()`,
      ),
    )
  if (typeof value !== 'object' || value === null) throw new TypeError(`${path} is no text.`)
  return Object.entries(value).flatMap(([key, part]) => texts(part, path === '' ? key : `${path}.${key}`))
}

describe('the words of reports and tasks', () => {
  const [mine, theirs] = [texts(en), texts(es)]

  it('say the same things in both languages, each in its own words', () => {
    expect(theirs.map(([path]) => path).toSorted()).toEqual(mine.map(([path]) => path).toSorted())
    const same = theirs.filter(([path, text]) => mine.some(([other, english]) => other === path && english === text))
    expect(same.map(([path]) => path).filter((path) => !SAME.test(path))).toEqual([])
  })

  it('are whole: nothing undefined, no doubled space, no exclamation', () => {
    for (const [path, text] of [...mine, ...theirs]) {
      if (path !== 'csv.marks.none') expect(text, path).toMatch(/\S/)
      expect(text, path).not.toMatch(/undefined|NaN|\[object|\s{2}|[!¡]/)
    }
  })

  it('make a script of two minutes with a line and without one', () => {
    for (const { next } of [en, es])
      for (const line of ['`LISTEN 0.0.0.0:443`', undefined]) {
        const steps = next.steps('It is so.', 'It is not.', line)
        expect(steps.map(({ at }) => at)).toEqual(steps.map(({ at }) => at).toSorted())
        expect(steps.some(({ text }) => text.includes('LISTEN'))).toBe(line !== undefined)
      }
  })
})
