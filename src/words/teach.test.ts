import { describe, expect, it } from 'vitest'
import { teach as en } from './en/teach'
import { teach as es } from './es/teach'

/** What reads the same in English and Spanish: names, and words that both have. */
const SAME = new Set([
  'sheet.no',
  'set.numbers',
  'read.remark',
  'read.remarkPlain',
  'print.papers.a4',
  'print.variantsOf.A',
  'print.variantsOf.B',
])

/** Every text by its path. Functions are called with the same things in each language. */
function texts(value: unknown, path = ''): readonly (readonly [string, string])[] {
  if (typeof value === 'string') return [[path, value]]
  if (typeof value === 'function')
    return texts(
      Reflect.apply(
        value,
        undefined,
        Array.from({ length: value.length }, () => '7'),
      ),
      path,
    )
  return Object.entries(value ?? {}).flatMap(([key, part]) => texts(part, path ? `${path}.${key}` : key))
}

describe('the words for teachers', () => {
  it('are the same texts in both languages, and no Spanish text is English', () => {
    const [mine, theirs] = [new Map(texts(en)), new Map(texts(es))]
    expect([...theirs.keys()].toSorted()).toEqual([...mine.keys()].toSorted())
    const same = [...theirs].filter(([path, text]) => mine.get(path) === text).map(([path]) => path)
    expect(same.filter((path) => !path.startsWith('export.short.'))).toEqual([...SAME])
    for (const [path, text] of [...mine, ...theirs]) expect(text, path).not.toMatch(/undefined|NaN|\[object/)
  })
})
