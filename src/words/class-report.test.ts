import { describe, expect, it } from 'vitest'
import { report as en } from './en/class-report'
import { report as es } from './es/class-report'
import { texts } from './texts.test-support'

/** What reads the same in English and Spanish: numbers, the times of a script, and the word “idea”. */
const SAME = /^csv\.marks\.|^question\.times|\.at$|^ideas\.idea$/

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
