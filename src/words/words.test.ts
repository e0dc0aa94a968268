import * as fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import content from '../../content/misconceptions.json'
import { CLUSTERS } from '../lessons/cluster'
import { MISCONCEPTION_IDS } from '../lessons/misconception'
import { LEVELS } from '../levels'
import type { Damage } from '../net/capture/damage'
import { damageSentence as englishDamage } from '../net/capture/damage'
import { SERVICES } from '../ports/services'
import { numbersAreSeats, windowBlindTo } from '../shift/player'
import { decide, start } from '../shift/rules'
import type { Decision } from '../shift/shift'
import { words } from '.'
import { en } from './en'
import * as englishIdeas from './en/misconceptions'
import { reasons as englishReasons } from './en/reasons'
import { es } from './es'
import { damageSentence as spanishDamage } from './es/damage'
import * as spanishIdeas from './es/misconceptions'
import { reasons as spanishReasons } from './es/reasons'
import { NAMES } from './es/services'
import type { Facts } from './facts'
import { LANGUAGE_TAGS, language, languageFor, speak } from './language'
import { misconceptions } from './misconceptions'
import { reasonLine } from './reasons'
import { commonName } from './services'

afterEach(() => speak('en'))

/** What reads the same in English and Spanish: names, tokens of protocols and tools, and words that both have. */
const SAME = new Set([
  'nav.quiz',
  'home.name',
  'home.address',
  'capture.sampleName',
  'shift.title()',
  'shift.view.tcpdump',
  'shift.view.hex',
  'shift.echoRequest',
  'shift.request.unknown',
  'shift.counters.sockets',
  'shift.bytes()',
  'shift.family.web',
  'shift.sent.synAck',
  'shift.verdict.eaddrinuse.name',
  'shift.verdict.eacces.name',
  'shift.verdict.eaddrnotavail.name',
  'shift.verdict.range.about',
  'shift.verdict.reply.about',
  'shift.verdict.port.about',
  'shift.verdict.count.about',
  'home.floorState.open',
  'number()',
  'right.nothing()',
])

/** What is asked of functions that know only some names. */
const ASKED: Readonly<Record<string, readonly unknown[]>> = { 'home.floor': [1], levels: ['1.1'] }

const FACTS: Facts = {
  protocol: 'TCP',
  destination: '192.0.2.10',
  sourcePort: 51514,
  port: 443,
  name: 'https',
  chosen: 80,
  window: '203.0.113.7:51514',
  truth: 'listener',
  where: 'x',
  range: 'y',
}

type Leaf = { readonly path: string; readonly kind: string; readonly text: string }

/** Every text of a catalogue by its path. Functions are called with the same things in each language. */
function leaves(value: unknown, path = ''): Leaf[] {
  if (typeof value === 'string') return [{ path, kind: 'text', text: value }]
  if (typeof value === 'function') {
    const about = /^(wrong|right)\./.test(path) && path !== 'right.nothing'
    const given = ASKED[path] ?? (about ? [FACTS] : Array.from({ length: value.length }, () => '7'))
    return leaves(Reflect.apply(value, undefined, given), `${path}()`).map((leaf) => ({
      ...leaf,
      kind: `function of ${value.length}`,
    }))
  }
  if (typeof value !== 'object' || value === null) throw new TypeError(`${path} is no text.`)
  return Object.entries(value).flatMap(([key, part]) => leaves(part, path ? `${path}.${key}` : key))
}

/** How many lines of 60 characters a text fills. */
const linesOf = (text: string) =>
  text
    .split(' ')
    .reduce(
      ({ lines, width }, word) =>
        width > 0 && width + 1 + word.length <= 60
          ? { lines, width: width + 1 + word.length }
          : { lines: lines + 1, width: word.length },
      { lines: 0, width: 0 },
    ).lines

describe('the catalogues', () => {
  const pairs = [
    ['words', en, es],
    ['reasons', englishReasons, spanishReasons],
    ['misconceptions', englishIdeas, spanishIdeas],
  ] as const

  for (const [name, english, spanish] of pairs)
    it(`have the same ${name} in both languages, and no Spanish text is English`, () => {
      const [mine, theirs] = [leaves(english), leaves(spanish)]
      expect(theirs.map(({ path, kind }) => `${path}: ${kind}`).sort()).toEqual(
        mine.map(({ path, kind }) => `${path}: ${kind}`).sort(),
      )
      const texts = new Map(mine.map(({ path, text }) => [path, text]))
      const untranslated = theirs.filter(({ path, text }) => texts.get(path) === text && !SAME.has(path))
      // Sources and evidence may be code and titles alone.
      expect(
        untranslated.map(({ path }) => path).filter((path) => !/^misconceptions\..*\.(source|evidence)$/.test(path)),
      ).toEqual([])
    })

  it('list as the same in both languages only what is', () => {
    const texts = new Map([...leaves(en), ...leaves(englishReasons)].map(({ path, text }) => [path, text]))
    const same = [...leaves(es), ...leaves(spanishReasons)].filter(({ path, text }) => texts.get(path) === text)
    expect([...SAME].filter((path) => !same.some((leaf) => leaf.path === path))).toEqual([])
  })

  for (const [name, { levels }] of [
    ['English', en],
    ['Spanish', es],
  ] as const)
    it(`say each level in ${name} in two lines of 60 characters a text`, () => {
      for (const id of [...LEVELS.map((level) => level.id), '7.4'])
        for (const [part, text] of Object.entries(levels(id))) {
          expect(text, `${id} ${part}`).not.toBe('')
          expect(linesOf(text), `${id} ${part}: ${text}`).toBeLessThanOrEqual(2)
        }
    })

  it('have Spanish words of their own for every level', () => {
    for (const { id } of LEVELS) expect(es.levels(id).intro, id).not.toBe(en.levels(id).intro)
  })
})

describe('the words of wrong ideas', () => {
  it('are in English those of the content', () => {
    const { clusters, misconceptions: ideas } = englishIdeas
    expect(Object.fromEntries(CLUSTERS.map((id) => [id, clusters[id].about]))).toEqual(content.clusters)
    expect(content.misconceptions.map(({ id }) => id).sort()).toEqual([...MISCONCEPTION_IDS].sort())
    for (const id of MISCONCEPTION_IDS) {
      const { wrong, right, evidence, source } = ideas[id]
      expect(content.misconceptions.find((one) => one.id === id)).toMatchObject({ wrong, right, evidence, source })
    }
  })

  it('have names that fit a chart, each one once', () => {
    for (const { misconceptions: ideas } of [englishIdeas, spanishIdeas]) {
      const names = MISCONCEPTION_IDS.map((id) => ideas[id].name)
      expect(names.filter((name) => name.length > 40)).toEqual([])
      expect(new Set(names).size).toBe(names.length)
    }
  })

  it('show the same code in both languages', () => {
    const code = (text: string) => text.split('`').filter((_, index) => index % 2 === 1)
    for (const id of MISCONCEPTION_IDS)
      expect(code(spanishIdeas.misconceptions[id].evidence), id).toEqual(code(englishIdeas.misconceptions[id].evidence))
  })

  it('cite the same documents in both languages', () => {
    const documents = (text: string) => text.match(/RFC \d+|\b[\w.-]+\(\d\)|\d+(\.\d+)+/g) ?? []
    for (const id of MISCONCEPTION_IDS)
      expect(documents(spanishIdeas.misconceptions[id].source), id).toEqual(
        documents(englishIdeas.misconceptions[id].source),
      )
  })
})

describe('the language', () => {
  it('is the first of the browser’s that the game speaks, else English', () => {
    expect(languageFor(['es-MX', 'en'])).toBe('es')
    expect(languageFor(['fr', 'ES-es', 'en'])).toBe('es')
    expect(languageFor(['en-GB', 'es'])).toBe('en')
    expect(languageFor(['ja', 'toString'])).toBe('en')
    expect(languageFor([])).toBe('en')
  })

  it('changes in all parts at once, and back', async () => {
    const service = SERVICES.find(({ port }) => port === 67)
    if (!service) throw new Error('The registry has lost DHCP.')
    await speak('es')
    expect([language, words.settings.title, misconceptions['icmp-has-port'].name, commonName(service)]).toEqual([
      'es',
      'Ajustes',
      'Un ping tiene puerto',
      'Servidor DHCP',
    ])
    await speak('en')
    expect([language, words.settings.title, misconceptions['icmp-has-port'].name, commonName(service)]).toEqual([
      'en',
      'Settings',
      'Ping has a port',
      'DHCP server',
    ])
  })

  it('is the one asked for last, whatever comes first', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...LANGUAGE_TAGS), { minLength: 1, maxLength: 6 }), async (asked) => {
        await Promise.all(asked.map(speak))
        expect(language).toBe(asked.at(-1))
        expect(words).toBe(asked.at(-1) === 'es' ? es : en)
      }),
      { numRuns: 50 },
    )
  })

  it('groups large numbers as its readers do', () => {
    expect(en.number(65_536)).toBe('65,536')
    expect(es.number(65_536)).toBe('65.536')
    expect(es.share(0.5)).toBe('50\u202f%')
  })
})

describe('the line after a verdict', () => {
  const players = [numbersAreSeats, windowBlindTo('source'), windowBlindTo('address'), windowBlindTo('port')]

  function decisions(): Decision[] {
    return LEVELS.flatMap((level) =>
      players.flatMap((player) => {
        let shift = start(level, 5, 'calm')
        for (let turn = 0; turn < 300 && !shift.finished; turn++) shift = decide(shift, player(shift))
        return shift.decisions
      }),
    )
  }

  it('is one clean sentence or two in each language, and not the same', async () => {
    const made = decisions()
    const english = made.map((decision) => reasonLine(decision))
    await speak('es')
    const spanish = made.map((decision) => reasonLine(decision))
    for (const [index, line] of spanish.entries()) {
      expect(line).not.toBe(english[index])
      for (const text of [line, english[index] ?? '']) expect(text).toMatch(/^[A-Z0-9:[][^`{}]{15,}\.$/)
      expect(`${line} ${english[index]}`).not.toMatch(/undefined|NaN|\[object/)
    }
  })
})

describe('Spanish', () => {
  it('names what damages a file, with the same figures', () => {
    const figure = fc.integer({ min: 2, max: 99_999 })
    const damage: fc.Arbitrary<Damage> = fc.oneof(
      fc.constantFrom<Damage>({ kind: 'empty' }, { kind: 'gzip' }),
      fc.record({ kind: fc.constant('foreign' as const), starts: fc.array(fc.integer({ min: 0, max: 255 })) }),
      fc.record({ kind: fc.constant('cut-header' as const), bytes: figure, wanted: figure }),
      fc.record({ kind: fc.constant('cut-packet' as const), offset: figure, missing: figure }),
      fc.record({ kind: fc.constant('packet-too-long' as const), offset: figure, length: figure, most: figure }),
      fc.record({ kind: fc.constant('block-length' as const), offset: figure, length: figure }),
      fc.record({ kind: fc.constant('block-ends-differ' as const), offset: figure, first: figure, last: figure }),
      fc.record({ kind: fc.constant('byte-order' as const), offset: figure }),
      fc.record({ kind: fc.constant('no-interface' as const), offset: figure, wanted: figure, known: figure }),
    )
    fc.assert(
      fc.property(damage, fc.integer({ min: 0, max: 3 }), (what, packets) => {
        const [one, other] = [englishDamage(what, packets), spanishDamage(what, packets)]
        expect(other).not.toBe(one)
        expect((other.match(/\d+/g) ?? []).sort()).toEqual((one.match(/\d+/g) ?? []).sort())
      }),
    )
  })

  it('translates names of services that exist, and every one with an English word', () => {
    const names = SERVICES.map(({ common }) => common)
    expect(Object.keys(NAMES).filter((name) => !names.includes(name))).toEqual([])
    const english = /\b(over|with|without|and|server|client|clients|agent|printing|queries|web|proxy|data|control)\b/
    expect(names.filter((name) => english.test(name) && !(name in NAMES))).toEqual([])
  })
})
