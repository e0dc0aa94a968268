import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import { default_w as defaults } from 'ts-fsrs'
import { beforeEach, describe, expect, it } from 'vitest'
import { cardId } from '../practice/card'
import { memoryOf } from '../practice/memory'
import { reviewsOf } from '../practice/log'
import { rememberAll } from '../practice/snapshot'
import { DB_NAME, openPracticeDb, practiceInMemory } from './practice-db'
import type { PracticeDb } from './practice-db'
import type { NewReview, Others, PracticeStore } from './practice-store'
import { chosenFacts, createPracticeStore, deckFacts } from './practice-store'
import type { PracticeWork } from './practice-work'
import { replayOf, surveyOf } from './practice-work'

const NOON = Date.UTC(2026, 5, 1, 12)
const HOUR = 3_600_000

const answer = (port: number, at: number, right = true): NewReview => ({
  at,
  card: cardId(`${port}/tcp`, 'number'),
  way: 'type',
  input: 'keyboard',
  right,
  grade: right ? 3 : 1,
  utcOffset: 0,
  ...(!right && { taken: 445 }),
})

const ready = (store: PracticeStore): Promise<PracticeStore> =>
  new Promise((resolve) => {
    if (store.getState().ready) resolve(store)
    else store.subscribe((state) => state.ready && resolve(store))
  })

let devices = 0
const open = (db?: PracticeDb, others?: Others, elsewhere?: PracticeWork) =>
  ready(
    createPracticeStore({
      opened: db ? Promise.resolve({ db }) : openPracticeDb(),
      device: `device${devices++}`,
      ...(others && { others }),
      ...(elsewhere && { elsewhere }),
    }),
  )

/** A worker: it reads the log from the database by itself. `asked` hears what for, and it waits for what that returns. */
const worker = (asked: (what: string) => Promise<void> | undefined): PracticeWork => {
  const everything = async () => (await openPracticeDb()).db.after(0)
  return {
    replay: async (settings, upTo = Number.POSITIVE_INFINITY) => {
      await asked('replay')
      return replayOf(
        (await everything()).filter(({ place }) => place <= upTo),
        settings,
      )
    },
    survey: async (settings) => {
      await asked('survey')
      return surveyOf(
        (await everything()).map(({ event }) => event),
        settings,
      )
    },
    fit: async (settings, log) => {
      await asked(log ? `fit ${log.length}` : 'fit')
      const { retention } = settings
      return { kind: 'better', weights: [...WEIGHTS], logLoss: retention / 2, before: retention, tried: 80 }
    },
  }
}

/** Parameters of somebody who forgets fast. */
const WEIGHTS = defaults.map((weight, index) => (index < 4 ? weight / 2 : weight))

/** More reviews than are at hand at once. */
const practiseLong = async (store: PracticeStore): Promise<void> => {
  const ports = [22, 25, 53, 80, 110, 143, 443, 587, 993, 3306]
  for (let index = 0; index < 450; index++)
    await store.getState().review(answer(ports[index % ports.length] ?? 0, NOON + index * HOUR, index % 9 > 0))
}

/** Channels between tabs: what one tells, all others hear. */
function channels() {
  const listeners: { readonly mine: symbol; readonly hear: (what: string) => void }[] = []
  return (): Others => {
    const mine = Symbol()
    return {
      tell: (what) => {
        for (const one of listeners) if (one.mine !== mine) one.hear(what)
      },
      hear: (hear) => listeners.push({ mine, hear }),
    }
  }
}

const until = (store: PracticeStore, holds: () => boolean): Promise<void> =>
  new Promise((resolve) => {
    if (holds()) resolve()
    else store.subscribe(() => holds() && resolve())
  })

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory()
})

describe('the practice of a learner', () => {
  it('is there again at the next visit, from a checkpoint or from the log alone', async () => {
    const first = await open()
    await first.getState().review(answer(443, NOON))
    await first.getState().review(answer(22, NOON + 1, false))
    await first.getState().checkpoint()
    await first.getState().review(answer(443, NOON + 48 * HOUR))
    await first.getState().writeMnemonic('22/tcp', ' two and two ', NOON + 48 * HOUR)
    const { remembered, recent, days } = first.getState()
    await first.getState().whole()
    const second = await open()
    await until(second, () => second.getState().events === 4)
    expect(second.getState().remembered.memory).toEqual(remembered.memory)
    expect(second.getState().recent).toEqual(recent)
    expect(second.getState().days).toEqual(days)
    expect(second.getState().mnemonics.get('22/tcp')).toBe('two and two')
    await second.getState().checkpoint()
    const third = await open()
    expect(third.getState().remembered.memory).toEqual(remembered.memory)
  })

  it('knows the same as the whole log replayed, after undo, another grade and a clock that was set back', async () => {
    const store = await open()
    const { review, undo, regrade } = store.getState()
    await review(answer(443, NOON))
    const slip = await review(answer(443, NOON + 1000, false))
    await undo(slip, NOON + 2000)
    const guess = await review(answer(22, NOON + 3000))
    await regrade(guess, 2, NOON + 4000)
    await review(answer(443, NOON - 5 * HOUR))
    const log = await store.getState().whole()
    expect(log).toHaveLength(6)
    expect(store.getState().remembered.memory).toEqual(memoryOf(reviewsOf(log), { retention: 0.9 }))
    expect(store.getState().remembered.memory.get(cardId('22/tcp', 'number'))?.lastTwo).toEqual([2])
  })

  it('forgets everything but decks and settings when asked', async () => {
    const store = await open()
    await store.getState().review(answer(443, NOON + HOUR))
    await store.getState().writeMnemonic('443/tcp', 'mine', NOON + HOUR)
    await store.getState().putDeck({ id: 'own-1', title: 'Mine', facts: ['443/tcp'] })
    // The clock was set back since.
    await store.getState().forget(NOON)
    expect(store.getState()).toMatchObject({ decks: [{ id: 'own-1' }], days: new Set() })
    expect([...store.getState().remembered.memory, ...store.getState().mnemonics]).toEqual([])
    await store.getState().review(answer(443, NOON))
    expect(store.getState().remembered.memory.size).toBe(1)
    const again = await open()
    expect(again.getState().remembered.memory).toEqual(store.getState().remembered.memory)
  })

  it('follows what another tab writes', async () => {
    const tab = channels()
    const [one, other] = [await open(undefined, tab()), await open(undefined, tab())]
    await one.getState().review(answer(443, NOON))
    await until(other, () => other.getState().events === 1)
    expect(other.getState().remembered.memory).toEqual(one.getState().remembered.memory)
    await other.getState().review(answer(443, NOON + HOUR))
    await until(one, () => one.getState().events === 2)
    await one.getState().change({ retention: 0.85 })
    await until(other, () => other.getState().settings.retention === 0.85)
    await other.getState().putDeck({ id: 'own-1', title: 'Mine', facts: ['8443/tcp'] })
    await until(one, () => one.getState().book.has('8443/tcp'))
    await Promise.all([one.getState().checkpoint(), other.getState().checkpoint()])
    const later = await open()
    expect(later.getState().events).toBe(2)
    expect(later.getState().remembered.memory).toEqual(one.getState().remembered.memory)
  })

  it('is merged from a file once, however often the file is taken', async () => {
    const phone = await open(practiceInMemory())
    await phone.getState().review(answer(443, NOON))
    await phone.getState().putDeck({ id: 'own-1', title: 'Mine', facts: ['443/tcp', '8443/tcp'] })
    const store = await open()
    await store.getState().review(answer(443, NOON + HOUR))
    await store.getState().review(answer(22, NOON + HOUR))
    const file = { log: await phone.getState().whole(), decks: phone.getState().decks }
    expect(await store.getState().merge(file)).toBe(1)
    expect(await store.getState().merge(file)).toBe(0)
    const log = await store.getState().whole()
    expect(log).toHaveLength(3)
    expect(store.getState().remembered.memory).toEqual(memoryOf(reviewsOf(log), { retention: 0.9 }))
    const again = await open()
    expect(again.getState()).toMatchObject({ events: 3, decks: [{ id: 'own-1' }] })
  })

  it('dates every card anew when another retention is wanted', async () => {
    const store = await open()
    await store.getState().review({ ...answer(443, NOON), grade: 4 })
    const due = () => store.getState().remembered.memory.get(cardId('443/tcp', 'number'))?.due ?? 0
    const before = due()
    await store.getState().change({ retention: 0.8 })
    expect(due()).toBeGreaterThan(before)
    const again = await open()
    expect(again.getState().remembered).toEqual(store.getState().remembered)
  })

  it('knows a long log by its checkpoint and its latest events', async () => {
    const store = await open()
    await practiseLong(store)
    await store.getState().checkpoint()
    const again = await open()
    expect(again.getState().recent).toHaveLength(400)
    expect(again.getState().events).toBe(450)
    const whole = await again.getState().whole()
    expect(whole).toHaveLength(450)
    expect(again.getState().remembered.memory).toEqual(memoryOf(reviewsOf(whole), { retention: 0.9 }))
    expect(again.getState().days).toEqual(store.getState().days)
  })
})

describe('what takes long', () => {
  it('is done elsewhere for a long log, and here for a short one', async () => {
    const asked: string[] = []
    const elsewhere = worker((what) => void asked.push(what))
    const store = await open(undefined, undefined, elsewhere)
    await store.getState().review(answer(443, NOON - HOUR))
    await store.getState().change({ retention: 0.85 })
    expect((await store.getState().survey()).missing).toBe(400)
    expect(asked).toEqual([])
    await practiseLong(store)
    await store.getState().change({ retention: 0.8 })
    const survey = await store.getState().survey()
    expect(asked).toEqual(['replay', 'survey'])
    const log = await store.getState().whole()
    expect(store.getState().remembered).toEqual(rememberAll(log, { retention: 0.8 }))
    expect(survey).toEqual(surveyOf(log, { retention: 0.8 }))
    const again = await open(undefined, undefined, elsewhere)
    expect(asked).toEqual(['replay', 'survey', 'replay'])
    const { remembered, recent, days, events } = store.getState()
    expect(again.getState()).toMatchObject({ remembered, recent, days, events })
  })

  it('loses nothing of what happens meanwhile, here or in another tab', async () => {
    let go: () => void = () => undefined
    const waiting = new Promise<void>((resolve) => (go = resolve))
    const tab = channels()
    const store = await open(
      undefined,
      tab(),
      worker(() => waiting),
    )
    await practiseLong(store)
    const other = await open(undefined, tab())
    const changing = store.getState().change({ retention: 0.8 })
    const slip = await store.getState().review(answer(443, NOON + 600 * HOUR, false))
    await store.getState().undo(slip, NOON + 601 * HOUR)
    await other.getState().review(answer(22, NOON + 602 * HOUR))
    await store.getState().review(answer(80, NOON + 603 * HOUR))
    go()
    await changing
    await until(store, () => store.getState().events === 454)
    const log = await store.getState().whole()
    expect(store.getState().remembered).toEqual(rememberAll(log, { retention: 0.8 }))
  })

  it('is done here when nobody else can', async () => {
    const fails = () => Promise.reject(new Error('The worker did not start.'))
    const store = await open(undefined, undefined, { replay: fails, survey: fails, fit: fails })
    await practiseLong(store)
    await store.getState().change({ retention: 0.8 })
    const log = await store.getState().whole()
    expect(store.getState().remembered).toEqual(rememberAll(log, { retention: 0.8 }))
    expect(await store.getState().survey()).toEqual(surveyOf(log, { retention: 0.8 }))
    expect(await store.getState().fit()).toEqual({ kind: 'unreachable' })
  })

  it('fits the schedule, keeps what was fitted, and takes it back', async () => {
    const asked: string[] = []
    const elsewhere = worker((what) => void asked.push(what))
    const store = await open(undefined, undefined, elsewhere)
    await practiseLong(store)
    expect(await store.getState().fit()).toMatchObject({ kind: 'better', tried: 80 })
    const log = await store.getState().whole()
    expect(store.getState().remembered).toEqual(rememberAll(log, { retention: 0.9, weights: WEIGHTS }))
    const again = await open(undefined, undefined, elsewhere)
    expect(again.getState().settings.weights).toEqual(WEIGHTS)
    await again.getState().unfit()
    expect(again.getState().settings).not.toHaveProperty('weights')
    expect(again.getState().remembered).toEqual(rememberAll(log, { retention: 0.9 }))
    expect((await open()).getState().settings).not.toHaveProperty('weights')
    expect(asked).toEqual(['fit', 'replay', 'replay', 'replay'])
  })

  it('gets the log of a page that has no database', async () => {
    const asked: string[] = []
    const store = await open(
      practiceInMemory(),
      undefined,
      worker((what) => void asked.push(what)),
    )
    await store.getState().review(answer(443, NOON))
    await store.getState().fit()
    expect(asked).toEqual(['fit 1'])
  })
})

describe('a browser that keeps nothing', () => {
  it('is said once, and practice goes on in memory', async () => {
    const none: { indexedDB: IDBFactory | undefined } = globalThis
    none.indexedDB = undefined
    const store = await open()
    expect(store.getState().notice).toBe('blocked')
    await store.getState().review(answer(443, NOON))
    expect(store.getState().remembered.memory.size).toBe(1)
    expect(await store.getState().whole()).toHaveLength(1)
  })

  it('is told from one that holds the tables of a newer page', async () => {
    await new Promise((resolve) => {
      const asked = indexedDB.open(DB_NAME, 99)
      asked.addEventListener('success', () => resolve(asked.result.close()))
    })
    expect((await open()).getState().notice).toBe('newer')
  })

  it('says when it is full, loses nothing, and writes what it held back as soon as there is room', async () => {
    const memory = practiceInMemory()
    let full = true
    const db: PracticeDb = {
      ...memory,
      add: (events) => (full ? Promise.reject(new DOMException('no room', 'QuotaExceededError')) : memory.add(events)),
    }
    const store = await open(db)
    await store.getState().review(answer(443, NOON))
    await until(store, () => store.getState().notice === 'unsaved')
    await store.getState().review(answer(22, NOON + 1))
    expect(store.getState().remembered.memory.size).toBe(2)
    expect(await memory.after(0)).toEqual([])
    full = false
    await store.getState().review(answer(80, NOON + 2))
    await until(store, () => store.getState().notice === undefined)
    expect(await memory.after(0)).toHaveLength(3)
  })
})

describe('damaged tables', () => {
  it('cost what is damaged and nothing else', async () => {
    const store = await open()
    await store.getState().review(answer(443, NOON))
    await store.getState().checkpoint()
    await new Promise((resolve) => {
      const asked = indexedDB.open(DB_NAME)
      asked.addEventListener('success', () => {
        const writing = asked.result.transaction(['log', 'kept', 'decks'], 'readwrite')
        writing.objectStore('log').add({ id: 'broken-1', kind: 'review', card: 'no card' })
        writing.objectStore('kept').put({ version: 1, place: 'far' }, 'checkpoint')
        writing.objectStore('kept').put('nonsense', 'settings')
        writing.objectStore('decks').put({ id: 'own-bad', title: 7 })
        writing.addEventListener('complete', () => resolve(asked.result.close()))
      })
    })
    const again = await open()
    expect(again.getState()).toMatchObject({ events: 1, decks: [], notice: undefined })
    expect(again.getState().settings.newPerDay).toBe(10)
    expect(again.getState().remembered.memory).toEqual(store.getState().remembered.memory)
  })
})

describe('the facts of chosen decks', () => {
  it('are met in the order of the decks, each once, own ones by the registry', async () => {
    const store = await open(practiceInMemory())
    await store.getState().putDeck({ id: 'own-1', title: 'Mine', facts: ['443/tcp', '8883/tcp', '47808/udp', '4/udp'] })
    await store.getState().change({ decks: ['card-five', 'own-1'] })
    const facts = chosenFacts(store.getState()).map(({ id }) => id)
    expect(facts.slice(0, 2)).toEqual(['80/tcp', '443/tcp'])
    expect(facts.filter((id) => id === '443/tcp')).toHaveLength(1)
    expect(store.getState().book.get('47808/udp')?.registered).toBe('bacnet')
    expect(facts).toContain('47808/udp')
    // Nobody has registered 4/udp: it has no name to ask for.
    expect(facts).not.toContain('4/udp')
    await store.getState().removeDeck('own-1')
    expect(store.getState().settings.decks).toEqual(['card-five'])
    expect(deckFacts('own-1', store.getState().decks, store.getState().book)).toEqual([])
  })
})
