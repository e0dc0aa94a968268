import { describe, expect, it } from 'vitest'
import { play } from '../sandbox/story'
import { firstSandbox } from '../sandbox/sandbox'
import { endingText, told } from '../sandbox/tell'
import { sandbox as en } from './en/sandbox'
import { sandbox as es } from './es/sandbox'

/** What reads the same in English and Spanish: tokens of protocols and tools. */
const SAME =
  /^(short\.(syn|fin|rst|udp|ping)|roles\.internet|build\.policies\.|build\.actions\.(accept|drop)|terminal\.listings\.|story\.fields\.)/

/** Every text by its path. Functions are called with the same things in each language. */
function texts(value: unknown, path = ''): readonly (readonly [string, string])[] {
  if (typeof value === 'string') return [[path, value]]
  if (typeof value === 'function')
    return texts(
      Reflect.apply(
        value,
        undefined,
        Array.from({ length: Math.max(1, value.length) }, () => '7'),
      ),
      path,
    )
  return Object.entries(value ?? {}).flatMap(([key, part]) => texts(part, path ? `${path}.${key}` : key))
}

describe('the words of the sandbox', () => {
  it('are the same texts in both languages, and no Spanish text is English', () => {
    const [mine, theirs] = [new Map(texts(en)), new Map(texts(es))]
    expect([...theirs.keys()].toSorted()).toEqual([...mine.keys()].toSorted())
    const same = [...theirs].filter(([path, text]) => mine.get(path) === text).map(([path]) => path)
    expect(same.filter((path) => !SAME.test(path))).toEqual([])
    for (const [path, text] of [...mine, ...theirs]) expect(text, path).not.toMatch(/undefined|NaN|\[object/)
  })

  it('tell a story in whole sentences', () => {
    const sandbox = firstSandbox()
    const kinds = ['syn', 'data', 'udp', 'ping', 'rst', 'fin'] as const
    const ports = [22, 443, 53, 5432, 8080]
    const parcels = kinds.flatMap((kind) =>
      ports.flatMap((port) =>
        [0, 1, 2].map((client) => ({ client, kind, sourcePort: 51514, to: { address: '192.0.2.10', port } })),
      ),
    )
    for (const words of [en, es])
      for (const parcel of parcels)
        for (const story of play({ ...sandbox, parcels: [parcel] })) {
          const lines = told(sandbox, story, words).flatMap(({ text, tried }) => [text, ...tried])
          for (const line of [...lines, endingText(sandbox, story, words)]) {
            expect(line).toMatch(/^[A-Z¿«`Ú].{8,}[.”»`]$/u)
            expect(line).not.toMatch(/undefined|NaN|\[object/)
          }
          expect(told(sandbox, story, words).filter(({ decides }) => decides)).toHaveLength(1)
        }
  })
})
