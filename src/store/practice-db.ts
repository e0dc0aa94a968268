import type { DBSchema, IDBPDatabase } from 'idb'
import { openDB } from 'idb'
import * as v from 'valibot'
import type { CardId } from '../practice/card'
import type { OwnDeck } from '../practice/exchange/own-deck'
import { OwnDeckSchema } from '../practice/exchange/own-deck'
import type { Log, LogEvent } from '../practice/log'
import { EventSchema } from '../practice/log'

/** An event of the log and where it stands in it: events are numbered from 1 as they arrive. */
export interface Arrived {
  readonly place: number
  readonly event: LogEvent
}

/** What is kept besides the log: small things under a name each. Whoever reads one parses it. */
export type KeptName = 'checkpoint' | 'settings'

/** Where one's practice is kept: a log that is only added to, own decks, and a few things under names. */
export interface PracticeDb {
  /** True when a worker of this page finds the same in the browser's database. */
  readonly isShared: boolean
  /** How many events there are. */
  size(): Promise<number>
  /** The events that arrived after a place, 0 for all of them. What cannot be read stays where it is and is passed over. */
  after(place: number): Promise<readonly Arrived[]>
  /** All events that name one of these cards. */
  about(cards: ReadonlySet<CardId>): Promise<Log>
  /** Own memory aids, and the times that everything was forgotten. */
  aids(): Promise<Log>
  /** Adds those of these events that are not there yet, all or none. */
  add(events: Log): Promise<void>
  kept(name: KeptName): Promise<unknown>
  keep(name: KeptName, value: object): Promise<void>
  decks(): Promise<readonly OwnDeck[]>
  putDecks(decks: readonly OwnDeck[]): Promise<void>
  removeDeck(id: string): Promise<void>
}

/** The tables. A record is checked when it is read, whatever wrote it. */
interface Tables extends DBSchema {
  log: { key: number; value: unknown; indexes: { id: string; card: string; kind: string } }
  kept: { key: KeptName; value: unknown }
  decks: { key: string; value: OwnDeck }
}

/** The name of the database, and the version of its tables. */
export const [DB_NAME, DB_VERSION] = ['port-authority.practice', 1] as const

/** Why practice is kept in memory only: the browser keeps nothing, or what it keeps is from a newer version of this page. */
export type NoDb = 'blocked' | 'newer'

/** Opens the browser's database. Never rejects: without one, practice lives in memory, and `fault` says why. */
export async function openPracticeDb(): Promise<{ readonly db: PracticeDb; readonly fault?: NoDb }> {
  try {
    const opened = await openDB<Tables>(DB_NAME, DB_VERSION, {
      upgrade(tables) {
        const log = tables.createObjectStore('log', { autoIncrement: true })
        log.createIndex('id', 'id', { unique: true })
        log.createIndex('card', 'card')
        log.createIndex('kind', 'kind')
        tables.createObjectStore('kept')
        tables.createObjectStore('decks', { keyPath: 'id' })
      },
      // A newer page in another tab wants to change the tables: this one lets go, and writes no more.
      blocking: () => opened.close(),
    })
    return { db: indexedPractice(opened) }
  } catch (error) {
    const newer = error instanceof DOMException && error.name === 'VersionError'
    return { db: practiceInMemory(), fault: newer ? 'newer' : 'blocked' }
  }
}

const eventIn = (record: unknown): readonly LogEvent[] => {
  const event = v.safeParse(EventSchema, record)
  return event.success ? [event.output] : []
}

const isTwice = (error: unknown): boolean => error instanceof DOMException && error.name === 'ConstraintError'

function indexedPractice(db: IDBPDatabase<Tables>): PracticeDb {
  const addAll = async (events: Log): Promise<void> => {
    const { store, done } = db.transaction('log', 'readwrite')
    await Promise.all([...events.map((event) => store.add(event)), done])
  }
  /** One after the other, each only if it is not there yet. */
  const addNew = async (events: Log): Promise<void> => {
    const { store, done } = db.transaction('log', 'readwrite')
    for (const event of events) if ((await store.index('id').getKey(event.id)) === undefined) await store.add(event)
    await done
  }
  return {
    isShared: true,
    size: () => db.count('log'),
    after: async (place) => {
      const { store } = db.transaction('log')
      const range = IDBKeyRange.lowerBound(place, true)
      const [places, records] = await Promise.all([store.getAllKeys(range), store.getAll(range)])
      return records.flatMap((record, index) => eventIn(record).map((event) => ({ place: places[index] ?? 0, event })))
    },
    about: async (cards) => {
      const { store } = db.transaction('log')
      const records = await Promise.all([...cards].map((card) => store.index('card').getAll(card)))
      return records.flat().flatMap(eventIn)
    },
    aids: async () => {
      const { store } = db.transaction('log')
      const kinds = (['mnemonic', 'forget'] as const).map((kind) => store.index('kind').getAll(kind))
      return (await Promise.all(kinds)).flat().flatMap(eventIn)
    },
    add: (events) =>
      addAll(events).catch((error: unknown) => {
        if (!isTwice(error)) throw error
        return addNew(events)
      }),
    kept: (name) => db.get('kept', name),
    keep: async (name, value) => void (await db.put('kept', value, name)),
    decks: async () => {
      const records = await db.getAll('decks')
      return records.filter((record) => v.is(OwnDeckSchema, record))
    },
    putDecks: async (decks) => {
      const { store, done } = db.transaction('decks', 'readwrite')
      await Promise.all([...decks.map((deck) => store.put(deck)), done])
    },
    removeDeck: (id) => db.delete('decks', id),
  }
}

/** The same without a database: it lasts as long as the page. */
export function practiceInMemory(): PracticeDb {
  const log: LogEvent[] = []
  const ids = new Set<string>()
  const kept = new Map<KeptName, object>()
  const decks = new Map<string, OwnDeck>()
  return {
    isShared: false,
    size: () => Promise.resolve(log.length),
    after: (place) => Promise.resolve(log.slice(place).map((event, index) => ({ place: place + index + 1, event }))),
    about: (cards) => Promise.resolve(log.filter((event) => 'card' in event && cards.has(event.card))),
    aids: () => Promise.resolve(log.filter(({ kind }) => kind === 'mnemonic' || kind === 'forget')),
    add: (events) => {
      for (const event of events)
        if (!ids.has(event.id)) {
          ids.add(event.id)
          log.push(event)
        }
      return Promise.resolve()
    },
    kept: (name) => Promise.resolve(kept.get(name)),
    keep: (name, value) => Promise.resolve(void kept.set(name, value)),
    decks: () => Promise.resolve([...decks.values()]),
    putDecks: (more) => {
      for (const deck of more) decks.set(deck.id, deck)
      return Promise.resolve()
    },
    removeDeck: (id) => Promise.resolve(void decks.delete(id)),
  }
}
