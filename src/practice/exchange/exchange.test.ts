import { strFromU8, unzipSync } from 'fflate'
import * as fc from 'fast-check'
import Papa from 'papaparse'
import initSqlJs from 'sql.js'
import { describe, expect, it } from 'vitest'
import { cardId } from '../card'
import type { FactId } from '../card'
import { FACTS } from '../fact'
import type { Fact } from '../fact'
import type { LogEvent } from '../log'
import { ANKI_FIELDS, ankiPackage } from './anki'
import { cardsCsv } from './cards-csv'
import type { PracticeFile } from './file'
import { mergePractice, readPracticeFile, writePracticeFile } from './file'
import type { OwnDeck } from './own-deck'
import { readDeckLink, writeDeckLink } from './own-deck'

const factIds: fc.Arbitrary<FactId> = fc
  .tuple(fc.integer({ min: 0, max: 65535 }), fc.constantFrom('tcp', 'udp'))
  .map(([port, protocol]) => `${port}/${protocol}` as const)

const decks: fc.Arbitrary<OwnDeck> = fc.record({
  id: fc.stringMatching(/^own-[a-z0-9]{1,4}$/),
  title: fc.string({ minLength: 1, maxLength: 40 }).filter((text) => text.trim() === text && text !== ''),
  facts: fc.uniqueArray(factIds, { maxLength: 12 }),
})

const events: fc.Arbitrary<LogEvent> = fc
  .record({
    device: fc.constantFrom('aaaaaa', 'bbbbbb'),
    count: fc.nat(40),
    at: fc.nat(1e6),
    fact: factIds,
    undo: fc.boolean(),
  })
  .map(({ device, count, at, fact, undo }): LogEvent => {
    const id = `${device}-${count.toString(36)}`
    const card = cardId(fact, 'number')
    return undo
      ? { id, at, kind: 'undo', of: `aaaaaa-${(count >> 1).toString(36)}`, card }
      : { id, at, kind: 'review', card, way: 'type', input: 'keyboard', right: true, grade: 3, utcOffset: 60 }
  })

const files: fc.Arbitrary<PracticeFile> = fc.record({
  log: fc.uniqueArray(events, { selector: ({ id }) => id, maxLength: 20 }),
  decks: fc.uniqueArray(decks, { selector: ({ id }) => id, maxLength: 4 }),
})

const plain = (file: PracticeFile) => mergePractice(file, { log: [], decks: [] })

describe('a link to a deck', () => {
  it('gives the deck to whoever opens it', () => {
    fc.assert(
      fc.property(decks, ({ title, facts }) => {
        fc.pre(facts.length > 0)
        expect(readDeckLink(writeDeckLink({ title, facts }))).toEqual({ title, facts })
      }),
    )
  })

  it.each([
    ['', 'no-ports'],
    ['t=Mine', 'no-ports'],
    ['p=22t', 'unreadable'],
    ['t=Mine&p=22x', 'unreadable'],
    ['t=Mine&p=70000t', 'unreadable'],
    [`t=Mine&p=${'1t.'.repeat(1001)}`, 'too-many'],
  ])('"%.20s" is refused: %s', (query, fault) => {
    expect(readDeckLink(query)).toEqual({ fault })
  })
})

describe('the file of one’s practice', () => {
  it('gives back what was written', () => {
    fc.assert(
      fc.property(files, (file) => {
        expect(readPracticeFile(writePracticeFile(file))).toEqual({ ...plain(file), damaged: 0 })
      }),
    )
  })

  it('merges in any order and however often to the same', () => {
    fc.assert(
      fc.property(files, files, files, (a, b, c) => {
        expect(mergePractice(a, b)).toEqual(mergePractice(b, a))
        expect(mergePractice(mergePractice(a, b), c)).toEqual(mergePractice(a, mergePractice(b, c)))
        expect(mergePractice(mergePractice(a, b), b)).toEqual(mergePractice(a, b))
      }),
    )
  })

  it('never breaks the reader, and what is whole is kept, in 10,000 damaged files', () => {
    const text = writePracticeFile({
      log: fc.sample(events, { numRuns: 30, seed: 7 }),
      decks: fc.sample(decks, { numRuns: 3, seed: 7 }),
    })
    let [refused, kept] = [0, 0]
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.nat(3), fc.string({ maxLength: 4 }), (at, cut, put) => {
        const read = readPracticeFile(text.slice(0, at) + put + text.slice(at + cut))
        if ('fault' in read) refused++
        else kept++
      }),
      { numRuns: 10_000 },
    )
    expect(refused).toBeGreaterThan(0)
    expect(kept).toBeGreaterThan(0)
  })

  it.each([
    ['[]', 'not-practice'],
    ['{"kind":"port-authority progress"}', 'not-practice'],
    ['{"kind":"port-authority practice","version":2}', 'newer-version'],
    ['{"kind":', 'not-json'],
  ])('%s is refused: %s', (text, fault) => {
    expect(readPracticeFile(text)).toEqual({ fault })
  })

  it('counts the entries that were damaged', () => {
    const text = writePracticeFile({ log: [{ id: 'aaaaaa-1', at: 5, kind: 'forget' }], decks: [] })
    const read = readPracticeFile(text.replace('"log":[', '"log":[{"kind":"review"},'))
    expect(read).toMatchObject({ damaged: 1, log: [{ id: 'aaaaaa-1' }] })
  })
})

const all: readonly Fact[] = [...FACTS.values()]

describe('the table of cards', () => {
  it('reads back with every port, and no cell is a formula', () => {
    const { data, meta } = Papa.parse<Record<string, string>>(cardsCsv(all), { header: true, skipEmptyLines: true })
    expect(meta.fields).toEqual(['port', 'transport', 'name', 'service', 'tls_port', 'mnemonic'])
    expect(data.map(({ port, transport }) => `${port}/${transport}`)).toEqual(all.map(({ id }) => id))
    const [first] = all
    const bad: Fact | undefined = first && { ...first, name: '=HYPERLINK("x")' }
    expect(cardsCsv(bad ? [bad] : [])).toContain('\'=HYPERLINK(""x"")')
  })
})

describe('the Anki package', () => {
  const read = async (facts: readonly Fact[], now = 1_764_000_000_000) => {
    const sql = await initSqlJs()
    const files = unzipSync(await ankiPackage(sql, 'Ports', facts, now))
    expect(strFromU8(files['media'] ?? new Uint8Array())).toBe('{}')
    return new sql.Database(files['collection.anki2'])
  }
  const rows = (database: Awaited<ReturnType<typeof read>>, query: string) => database.exec(query)[0]?.values ?? []

  it('is a whole SQLite database with a note a fact and two cards a note', async () => {
    const database = await read(all)
    expect(rows(database, 'PRAGMA integrity_check')).toEqual([['ok']])
    expect(rows(database, 'SELECT count(*) FROM notes')).toEqual([[all.length]])
    expect(rows(database, 'SELECT count(*) FROM cards')).toEqual([[all.length * 2]])
    expect(rows(database, 'SELECT count(*) FROM cards WHERE nid NOT IN (SELECT id FROM notes)')).toEqual([[0]])
    expect(rows(database, 'SELECT DISTINCT type, queue, reps FROM cards')).toEqual([[0, 0, 0]])
    const fields = rows(database, 'SELECT flds FROM notes').map(([text]) => String(text).split('\u001F'))
    for (const note of fields) expect(note).toHaveLength(ANKI_FIELDS.length)
    expect(fields.map(([port, transport]) => `${port}/${transport}`).sort()).toEqual(all.map(({ id }) => id).sort())
  })

  it('names its deck and note type so that every card finds them', async () => {
    const database = await read(all.slice(0, 3))
    const [[models = '', decks = ''] = []] = rows(database, 'SELECT models, decks FROM col')
    const [[model, deck] = []] = rows(
      database,
      'SELECT (SELECT mid FROM notes LIMIT 1), (SELECT did FROM cards LIMIT 1)',
    )
    expect(Object.keys(JSON.parse(String(models)))).toContain(String(model))
    expect(JSON.parse(String(decks))[String(deck)].name).toBe('Ports')
  })

  it('has the same ids when it is made again, so that importing it twice doubles nothing', async () => {
    const ids = async (now: number) => rows(await read(all.slice(0, 9), now), 'SELECT id, guid FROM notes ORDER BY id')
    expect(await ids(1_764_000_000_000)).toEqual(await ids(1_765_000_000_000))
  })

  it('has Anki’s checksum of the first field', async () => {
    // sha1('22') = 12c6fc06c99a462375eeb3f43dfd832b08ca9e17
    const ssh = all.filter(({ id }) => id === '22/tcp')
    expect(rows(await read(ssh), 'SELECT csum FROM notes')).toEqual([[0x12c6fc06]])
  })
})
