import { describe, expect, it } from 'vitest'
import { DECKS } from '../ports/decks'
import { practice as en } from './en/practice'
import { practice as es } from './es/practice'

/** What reads the same in English and Spanish: names, and words that both have. */
const SAME = new Set([
  'decks.network-plus.name',
  'decks.security-plus.name',
  'decks.dba.name',
  'decks.homelab.name',
  'decks.containers-and-cloud.about',
  'sprint.left',
  'insight.share',
  'settings.retentionValue',
  'map.families.web',
])

/** What is asked of functions that take more than counts. */
const GIVEN: Readonly<Record<string, readonly unknown[]>> = {
  'settings.vacationIs': ['7', '8'],
  date: [new Date(0)],
  weekday: [new Date(0)],
}

/** Every text by its path. Functions are called with the same things in each language. */
function texts(value: unknown, path = ''): readonly (readonly [path: string, text: string])[] {
  if (typeof value === 'string') return [[path, value]]
  if (typeof value === 'function') {
    const given = GIVEN[path] ?? Array<number>(value.length).fill(7)
    return texts(Reflect.apply(value, undefined, given), path)
  }
  if (typeof value !== 'object' || value === null) throw new TypeError(`${path} is no text.`)
  return Object.entries(value).flatMap(([key, part]) => texts(part, path ? `${path}.${key}` : key))
}

describe('the words of practice', () => {
  it('are the same in both languages, and no Spanish text is English', () => {
    const [mine, theirs] = [texts(en), texts(es)]
    expect(theirs.map(([path]) => path)).toEqual(mine.map(([path]) => path))
    const english = new Map(mine)
    const same = theirs.filter(([path, text]) => english.get(path) === text).map(([path]) => path)
    expect(same.filter((path) => !SAME.has(path))).toEqual([])
    for (const [path, text] of [...mine, ...theirs]) expect(text, path).not.toMatch(/undefined|NaN|\[object/)
  })

  it('name every deck that comes with the product', () => {
    for (const { id } of DECKS) expect([en.decks[id]?.name, es.decks[id]?.name], id).not.toContain(undefined)
  })

  it('say when something comes as people say it', () => {
    const when = ([minutes, days]: readonly [number, number]) => [en.when(minutes, days), es.when(minutes, days)]
    expect(
      (
        [
          [0, 0],
          [10, 0],
          [300, 0],
          [0, 1],
          [0, 5],
          [0, 30],
          [0, 365],
        ] as const
      ).map(when),
    ).toEqual([
      ['in 1 minute', 'en 1 minuto'],
      ['in 10 minutes', 'en 10 minutos'],
      ['later today', 'más tarde hoy'],
      ['tomorrow', 'mañana'],
      ['in 5 days', 'en 5 días'],
      ['in 4 weeks', 'en 4 semanas'],
      ['in 12 months', 'en 12 meses'],
    ])
  })
})
