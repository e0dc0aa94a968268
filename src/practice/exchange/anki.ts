import { strToU8, zipSync } from 'fflate'
import type { SqlJsStatic } from 'sql.js'
import type { Fact } from '../fact'

/**
 * The tables of an Anki collection of schema 11, which every Anki since 2.0.13 imports (anki: rslib/src/storage/schema11.sql).
 */
const SCHEMA = `
CREATE TABLE col (id integer primary key, crt integer not null, mod integer not null, scm integer not null,
  ver integer not null, dty integer not null, usn integer not null, ls integer not null, conf text not null,
  models text not null, decks text not null, dconf text not null, tags text not null);
CREATE TABLE notes (id integer primary key, guid text not null, mid integer not null, mod integer not null,
  usn integer not null, tags text not null, flds text not null, sfld integer not null, csum integer not null,
  flags integer not null, data text not null);
CREATE TABLE cards (id integer primary key, nid integer not null, did integer not null, ord integer not null,
  mod integer not null, usn integer not null, type integer not null, queue integer not null, due integer not null,
  ivl integer not null, factor integer not null, reps integer not null, lapses integer not null, left integer not null,
  odue integer not null, odid integer not null, flags integer not null, data text not null);
CREATE TABLE revlog (id integer primary key, cid integer not null, usn integer not null, ease integer not null,
  ivl integer not null, lastIvl integer not null, factor integer not null, time integer not null, type integer not null);
CREATE TABLE graves (usn integer not null, oid integer not null, type integer not null);
CREATE INDEX ix_notes_usn on notes (usn);
CREATE INDEX ix_cards_usn on cards (usn);
CREATE INDEX ix_revlog_usn on revlog (usn);
CREATE INDEX ix_cards_nid on cards (nid);
CREATE INDEX ix_cards_sched on cards (did, queue, due);
CREATE INDEX ix_revlog_cid on revlog (cid);
CREATE INDEX ix_notes_csum on notes (csum);
`

export const ANKI_FIELDS = ['Port', 'Transport', 'Service', 'Name', 'TLS port', 'Mnemonic'] as const

/** How the two cards of a note are asked: the number from the service, and the service from the number. */
const TEMPLATES = [
  {
    name: 'Service to port',
    qfmt: '{{Service}}<br>{{Transport}}<br>{{type:Port}}',
    afmt: '{{FrontSide}}<hr id=answer>{{Port}}/{{Transport}}<br><small>{{Mnemonic}}</small>',
  },
  {
    name: 'Port to service',
    qfmt: '{{Port}}/{{Transport}}',
    afmt: '{{FrontSide}}<hr id=answer>{{Service}}<br><small>{{Name}} {{Mnemonic}}</small>',
  },
] as const

const CSS =
  '.card { font-family: sans-serif; font-size: 24px; text-align: center; color: #1c2236; background: #f4efe1; }'

/** Ids that stay the same, so that importing again updates and does not double. */
const MODEL = 1732492800000
const DEFAULT_DECK = 1

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\u001F', ' ')

/** Anki's checksum of a first field: the first eight hexadecimal digits of its SHA-1, as a number. */
async function checksum(text: string): Promise<number> {
  const digest = new DataView(await crypto.subtle.digest('SHA-1', new TextEncoder().encode(text)))
  return digest.getUint32(0)
}

const modelOf = (deck: number, seconds: number) => ({
  [MODEL]: {
    id: MODEL,
    name: 'Port Authority',
    type: 0,
    mod: seconds,
    usn: -1,
    sortf: 0,
    did: deck,
    req: [
      [0, 'any', [2]],
      [1, 'any', [0]],
    ],
    vers: [],
    tags: [],
    css: CSS,
    latexPre: '',
    latexPost: '',
    flds: ANKI_FIELDS.map((name, ord) => ({
      name,
      ord,
      sticky: false,
      rtl: false,
      font: 'Arial',
      size: 20,
      media: [],
    })),
    tmpls: TEMPLATES.map((template, ord) => ({ ...template, ord, did: null, bqfmt: '', bafmt: '' })),
  },
})

const deckOf = (id: number, name: string, seconds: number) => ({
  id,
  name,
  mod: seconds,
  usn: -1,
  lrnToday: [0, 0],
  revToday: [0, 0],
  newToday: [0, 0],
  timeToday: [0, 0],
  collapsed: false,
  browserCollapsed: false,
  desc: '',
  dyn: 0,
  conf: 1,
  extendNew: 0,
  extendRev: 0,
})

const DECK_OPTIONS = {
  1: {
    id: 1,
    name: 'Default',
    mod: 0,
    usn: 0,
    maxTaken: 60,
    autoplay: true,
    timer: 0,
    replayq: true,
    new: { bury: true, delays: [1, 10], initialFactor: 2500, ints: [1, 4, 7], order: 1, perDay: 20 },
    rev: { bury: true, ease4: 1.3, fuzz: 0.05, ivlFct: 1, maxIvl: 36500, minSpace: 1, perDay: 200, hardFactor: 1.2 },
    lapse: { delays: [10], leechAction: 0, leechFails: 8, minInt: 1, mult: 0 },
    dyn: false,
  },
}

/**
 * An Anki package (`.apkg`, a zip with a SQLite collection) with one note a fact and two new cards a note; when they are due
 * is Anki's to decide. The same facts give the same ids, so that importing a later package adds only what is new.
 *
 * @param now milliseconds since 1970, written as the time of the last change.
 */
export async function ankiPackage(
  sql: SqlJsStatic,
  title: string,
  facts: readonly Fact[],
  now: number,
): Promise<Uint8Array> {
  const seconds = Math.floor(now / 1000)
  const deck = MODEL + 1 + (await checksum(title))
  const database = new sql.Database()
  try {
    database.run(SCHEMA)
    database.run('INSERT INTO col VALUES (1, ?, ?, ?, 11, 0, 0, 0, ?, ?, ?, ?, ?)', [
      seconds,
      now,
      now,
      JSON.stringify({
        nextPos: facts.length + 1,
        curModel: MODEL,
        curDeck: deck,
        activeDecks: [deck],
        sortType: 'noteFld',
      }),
      JSON.stringify(modelOf(deck, seconds)),
      JSON.stringify({
        [DEFAULT_DECK]: deckOf(DEFAULT_DECK, 'Default', seconds),
        [deck]: deckOf(deck, title, seconds),
      }),
      JSON.stringify(DECK_OPTIONS),
      '{}',
    ])
    for (const [index, fact] of facts.entries()) {
      const { port, protocol, name, registered = '', twin, mnemonic = '', family } = fact
      const fields = [String(port), protocol, name, registered, twin === undefined ? '' : String(twin), mnemonic]
      const note = MODEL + port * 2 + (protocol === 'udp' ? 1 : 0)
      database.run('INSERT INTO notes VALUES (?, ?, ?, ?, -1, ?, ?, ?, ?, 0, ?)', [
        note,
        `port-authority ${fact.id}`,
        MODEL,
        seconds,
        ` ${family} ${protocol} `,
        fields.map(escaped).join('\u001F'),
        port,
        await checksum(String(port)),
        '',
      ])
      for (const ord of TEMPLATES.keys())
        database.run('INSERT INTO cards VALUES (?, ?, ?, ?, ?, -1, 0, 0, ?, 0, 0, 0, 0, 0, 0, 0, 0, ?)', [
          note * TEMPLATES.length + ord,
          note,
          deck,
          ord,
          seconds,
          index + 1,
          '',
        ])
    }
    return zipSync({ 'collection.anki2': database.export(), media: strToU8('{}') })
  } finally {
    database.close()
  }
}
