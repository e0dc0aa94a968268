import * as v from 'valibot'
import { createStore } from 'zustand/vanilla'
import type { CardId, FactId } from '../practice/card'
import { factOf } from '../practice/card'
import type { PracticeFile } from '../practice/exchange/file'
import { mergeDecks } from '../practice/exchange/file'
import type { OwnDeck } from '../practice/exchange/own-deck'
import type { Book, Fact } from '../practice/fact'
import { FACTS, bookOf, factsInDeck, registryFact } from '../practice/fact'
import type { Grade } from '../practice/grade'
import type { Log, LogEvent, Review } from '../practice/log'
import { merge, mnemonicsOf } from '../practice/log'
import type { MemorySettings } from '../practice/memory'
import type { Fitted } from '../practice/optimise'
import type { Remembered } from '../practice/snapshot'
import { cardsToReplay, remember, rememberAll, sameSettings } from '../practice/snapshot'
import type { Arrived, NoDb, PracticeDb } from './practice-db'
import { practiceInMemory } from './practice-db'
import type { PracticeSettings } from './practice-settings'
import { DEFAULT_PRACTICE, PracticeSettingsSchema } from './practice-settings'
import type { PracticeWork, Replayed, Survey } from './practice-work'
import { RECENT, checkpointOf, daysIn, readCheckpoint, replayOf, sinceForgotten, surveyOf } from './practice-work'

/** Something the learner should know: nothing is kept (and why), or the last answers could not be written. */
export type PracticeNotice = NoDb | 'unsaved'

/** A review as a screen gives it: the store adds its id. */
export type NewReview = Omit<Review, 'id' | 'kind'>

export interface PracticeState {
  /** False until what is kept has been read. */
  readonly ready: boolean
  readonly notice: PracticeNotice | undefined
  readonly settings: PracticeSettings
  readonly remembered: Remembered
  /** The latest events, in the order of time: enough to know one's pace and what one lately took for what. */
  readonly recent: Log
  /** How many events there are in all. */
  readonly events: number
  /** The days with practice, as `dayOf` counts them. */
  readonly days: ReadonlySet<number>
  /** One's own memory aids, by fact. */
  readonly mnemonics: ReadonlyMap<string, string>
  readonly decks: readonly OwnDeck[]
  /** Every fact of the decks that come with the product and of own decks. */
  readonly book: Book
  review(review: NewReview): Promise<Review>
  undo(review: Review, at: number): Promise<void>
  regrade(review: Review, grade: Grade, at: number): Promise<void>
  writeMnemonic(fact: FactId, text: string, at: number): Promise<void>
  /** Forgets every review and every memory aid; decks and settings stay. */
  forget(at: number): Promise<void>
  change(part: Partial<Omit<PracticeSettings, 'version'>>): Promise<void>
  /** What the whole log shows. */
  survey(): Promise<Survey>
  /** Fits the schedule to this learner's reviews; where that foresees them better, it is taken over. */
  fit(): Promise<Fitted>
  /** Takes FSRS's own defaults again. */
  unfit(): Promise<void>
  putDeck(deck: OwnDeck): Promise<void>
  removeDeck(id: string): Promise<void>
  /** Adds what a file brings; returns how many events were new. */
  merge(file: PracticeFile): Promise<number>
  /** The whole log, in the order of time. */
  whole(): Promise<Log>
  /** Keeps what is remembered, so that the next start need not replay the log. */
  checkpoint(): Promise<void>
}

/** What tells other tabs that something was written, and hears it from them. */
export interface Others {
  tell(what: 'log' | 'settings' | 'decks'): void
  hear(listener: (what: string) => void): void
}

interface Opening {
  readonly opened: Promise<{ readonly db: PracticeDb; readonly fault?: NoDb }>
  /** The beginning of the ids of new events: no other tab or device may have it. Six to twelve letters and digits. */
  readonly device: string
  readonly others?: Others
  /** Who takes what is long off the page's thread. */
  readonly elsewhere?: PracticeWork
}

const memorySettings = ({ retention, weights }: PracticeSettings): MemorySettings => ({
  retention,
  ...(weights && { weights }),
})

/** The practice of whoever uses this browser. It may be changed once it is `ready`: when what is kept has been read. */
export function createPracticeStore({ opened, device, others, elsewhere }: Opening) {
  let db: PracticeDb = practiceInMemory()
  /** Up to this place of the log everything is remembered. */
  let place = 0
  let count = 0
  /** Events that are remembered and not yet written. */
  let unsaved: Log = []
  /** Events that are remembered, but stand behind `place`, by their ids. */
  const ahead = new Map<string, LogEvent>()
  /** Those of them that are just being remembered. */
  const applying = new Set<LogEvent>()
  let writing: Promise<void> = Promise.resolve()
  let syncing: Promise<void> = Promise.resolve()

  const store = createStore<PracticeState>()((set, get) => {
    const nextId = () => `${device}-${(count++).toString(36)}`

    /** What the database says; the page goes on with `otherwise` when it says nothing. */
    const ask = async <T>(question: () => Promise<T>, otherwise: T): Promise<T> => {
      try {
        return await question()
      } catch {
        set({ notice: get().notice ?? 'unsaved' })
        return otherwise
      }
    }
    const write = async (act: () => Promise<void>): Promise<boolean> => {
      try {
        await act()
        if (get().notice === 'unsaved') set({ notice: undefined })
        return true
      } catch {
        set({ notice: get().notice ?? 'unsaved' })
        return false
      }
    }

    /** Remembers events that are new. In the usual case, a review just given, it has happened when this returns. */
    const apply = async (events: Log): Promise<void> => {
      if (events.length === 0) return
      for (const event of events) applying.add(event)
      for (;;) {
        const before = get().remembered
        const cards = cardsToReplay(before, events)
        const about = cards.size === 0 ? [] : merge(await aboutCards(cards), events)
        if (get().remembered !== before) continue
        const recent = merge(get().recent, events).slice(-RECENT)
        const forgets = events.some(({ kind }) => kind === 'forget')
        const days = new Set(forgets ? daysIn(sinceForgotten(recent)) : [...get().days, ...daysIn(events)])
        set({ remembered: remember(before, events, about), recent, events: get().events + events.length, days })
        break
      }
      for (const event of events) applying.delete(event)
      const aids = events.filter(({ kind }) => kind === 'mnemonic' || kind === 'forget')
      if (aids.length > 0) set({ mnemonics: mnemonicsOf(merge(await ask(() => db.aids(), []), [...aids, ...unsaved])) })
    }

    const aboutCards = async (cards: ReadonlySet<CardId>): Promise<Log> => {
      const kept = await ask(() => db.about(cards), get().recent)
      return merge(
        kept.filter((event) => 'card' in event && cards.has(event.card)),
        unsaved.filter((event) => 'card' in event && cards.has(event.card)),
      )
    }

    const writeUnsaved = async (): Promise<void> => {
      const now = unsaved
      if (now.length === 0 || !(await write(() => db.add(now)))) return
      unsaved = unsaved.filter((event) => !now.includes(event))
      others?.tell('log')
    }

    const save = (events: Log): Promise<void> => {
      for (const event of events) ahead.set(event.id, event)
      unsaved = [...unsaved, ...events]
      writing = writing.then(writeUnsaved)
      return writing
    }

    /** Adds an event of this page. */
    const add = async (event: LogEvent): Promise<void> => {
      const saved = save([event])
      await apply([event])
      // Nobody waits for the disk; what it could not take is said in `notice` and tried again with the next event.
      void saved
    }

    const takeOver = async (): Promise<void> => {
      const arrived = await ask<readonly Arrived[]>(() => db.after(place), [])
      const last = arrived.at(-1)
      if (!last) return
      await apply(arrived.filter(({ event }) => !ahead.delete(event.id)).map(({ event }) => event))
      place = last.place
      await settleBook()
    }

    /** Takes over what other tabs have written, one time after the other. */
    const sync = (): Promise<void> => {
      syncing = syncing.then(takeOver)
      return syncing
    }

    /** Looks up, in the registry, the facts that the decks do not have. */
    const settleBook = async (): Promise<void> => {
      const { decks, remembered, book } = get()
      const wanted = new Set<FactId>([
        ...decks.flatMap(({ facts }) => facts),
        ...[...remembered.memory.keys()].map(factOf),
      ])
      if ([...wanted].every((id) => book.has(id))) return
      const facts = await factsOf([...wanted].filter((id) => !FACTS.has(id)))
      set({ book: bookOf(facts) })
    }

    const reread = async (): Promise<void> => {
      const read = v.safeParse(PracticeSettingsSchema, await ask(() => db.kept('settings'), undefined))
      if (read.success) await take(read.output)
    }

    /** Other settings of memory mean other dates for every card. */
    const take = async (settings: PracticeSettings): Promise<void> => {
      const before = memorySettings(get().settings)
      const after = memorySettings(settings)
      set({ settings })
      if (sameSettings(before, after)) return
      syncing = syncing.then(replay)
      await syncing
    }

    /** The log up to a place, or all of it, replayed. */
    const replayed = async (settings: MemorySettings, upTo = Number.POSITIVE_INFINITY): Promise<Replayed> => {
      const isLong = db.isShared && (await ask(() => db.size(), 0)) > RECENT
      const found = isLong ? await elsewhere?.replay(settings, upTo).catch(() => undefined) : undefined
      if (found) return found
      const arrived = await ask<readonly Arrived[]>(() => db.after(0), [])
      return replayOf(
        arrived.filter((one) => one.place <= upTo),
        settings,
      )
    }

    /** Remembers everything anew, as the settings now are. */
    const replay = async (): Promise<void> => {
      const settings = memorySettings(get().settings)
      if (sameSettings(settings, get().remembered.settings)) return
      await writing
      await takeOver()
      const { remembered } = await replayed(settings, place)
      for (;;) {
        const before = get().remembered
        const mine = [...ahead.values()].filter((event) => !applying.has(event))
        const cards = cardsToReplay(remembered, mine)
        const about = cards.size === 0 ? [] : merge(await aboutCards(cards), mine)
        if (get().remembered !== before) continue
        set({ remembered: remember(remembered, mine, about) })
        break
      }
    }

    /** True when a worker finds all of a long log in the database. */
    const isElsewhere = () => db.isShared && unsaved.length === 0 && get().events > RECENT

    /** Kept before everything is remembered anew, which may take a while. */
    const changeTo = async (settings: PracticeSettings): Promise<void> => {
      const replaying = take(settings)
      await write(() => db.keep('settings', settings))
      others?.tell('settings')
      await replaying
    }

    const rereadDecks = async (): Promise<void> => {
      set({ decks: await ask(() => db.decks(), get().decks) })
      await settleBook()
    }

    const begin = async (): Promise<void> => {
      const { db: found, fault } = await opened
      db = found
      if (fault) set({ notice: fault })
      const [kept, keptSettings, decks, aids] = await ask(
        () => Promise.all([db.kept('checkpoint'), db.kept('settings'), db.decks(), db.aids()]),
        [undefined, undefined, [], []],
      )
      const read = v.safeParse(PracticeSettingsSchema, keptSettings)
      const settings = read.success ? read.output : get().settings
      const memory = memorySettings(settings)
      set({ settings, decks, mnemonics: mnemonicsOf(aids) })
      const { remembered, recent, days, ...known } = readCheckpoint(kept, memory) ?? (await replayed(memory))
      place = known.place
      set({ remembered, recent, events: remembered.held, days })
      await sync()
      await settleBook()
      set({ ready: true })
      others?.hear((what) => {
        if (what === 'log') void sync()
        if (what === 'settings') void reread()
        if (what === 'decks') void rereadDecks()
      })
    }
    void begin()

    return {
      ready: false,
      notice: undefined,
      settings: DEFAULT_PRACTICE,
      remembered: rememberAll([], memorySettings(DEFAULT_PRACTICE)),
      recent: [],
      events: 0,
      days: new Set(),
      mnemonics: new Map(),
      decks: [],
      book: FACTS,
      review: async (given) => {
        // After a "forget" with a clock that was set back, a review still comes later than it.
        const at = Math.max(given.at, (get().remembered.forgotten?.at ?? 0) + 1)
        const review: Review = { ...given, at, id: nextId(), kind: 'review' }
        await add(review)
        return review
      },
      undo: ({ id, card }, at) => add({ id: nextId(), at, kind: 'undo', of: id, card }),
      regrade: ({ id, card }, grade, at) => add({ id: nextId(), at, kind: 'regrade', of: id, card, grade }),
      writeMnemonic: (fact, text, at) =>
        add({ id: nextId(), at, kind: 'mnemonic', fact, text: text.trim().slice(0, 300) }),
      forget: async (at) => {
        await add({ id: nextId(), at: Math.max(at, (get().recent.at(-1)?.at ?? 0) + 1), kind: 'forget' })
        await get().checkpoint()
      },
      change: (part) => changeTo({ ...get().settings, ...part }),
      survey: async () => {
        await writing
        const { settings } = get().remembered
        const found = isElsewhere() ? await elsewhere?.survey(settings).catch(() => undefined) : undefined
        return found ?? surveyOf(await get().whole(), settings)
      },
      fit: async () => {
        await writing
        const log = isElsewhere() ? undefined : await get().whole()
        const found = await elsewhere?.fit(memorySettings(get().settings), log).catch(() => undefined)
        if (found?.kind === 'better') await changeTo({ ...get().settings, weights: [...found.weights] })
        return found ?? { kind: 'unreachable' }
      },
      unfit: () => {
        const { weights: _, ...settings } = get().settings
        return changeTo(settings)
      },
      putDeck: async (deck) => {
        const known = get().decks.some(({ id }) => id === deck.id)
        set({
          decks: known ? get().decks.map((one) => (one.id === deck.id ? deck : one)) : [...get().decks, deck],
        })
        await settleBook()
        await write(() => db.putDecks([deck]))
        others?.tell('decks')
      },
      removeDeck: async (id) => {
        set({ decks: get().decks.filter((one) => one.id !== id) })
        await write(() => db.removeDeck(id))
        await get().change({ decks: get().settings.decks.filter((one) => one !== id) })
        others?.tell('decks')
      },
      merge: async ({ log, decks }) => {
        const known = new Set((await get().whole()).map(({ id }) => id))
        const news = log.filter(({ id }) => !known.has(id))
        const all = mergeDecks(get().decks, decks)
        set({ decks: all })
        const saved = save(news)
        await apply(news)
        await settleBook()
        await saved
        await write(() => db.putDecks(all))
        await get().checkpoint()
        others?.tell('decks')
        return news.length
      },
      whole: async () => {
        const { recent, events } = get()
        if (events <= recent.length) return recent
        const kept = await ask<readonly Arrived[]>(() => db.after(0), [])
        return merge([...kept.map(({ event }) => event), ...recent], unsaved)
      },
      checkpoint: async () => {
        await writing
        await sync()
        const { remembered } = get()
        // What stands behind `place` would be counted twice at the next start.
        if (ahead.size > 0 || remembered.held === 0) return
        const kept = checkpointOf({ ...get(), place })
        await write(() => db.keep('checkpoint', kept))
      },
    }
  })
  return store
}

export type PracticeStore = ReturnType<typeof createPracticeStore>

/** These ports as facts: what the decks say, or else the registry, which is fetched for it. What it does not know has no name. */
export async function factsOf(ids: readonly FactId[]): Promise<readonly Fact[]> {
  const { registeredAt } = await import('../ports/registry')
  return ids.map((id) => {
    const known = FACTS.get(id)
    if (known) return known
    const protocol = id.endsWith('udp') ? ('udp' as const) : ('tcp' as const)
    const port = Number.parseInt(id, 10)
    const entry = registeredAt(protocol, port)
    return registryFact({
      port,
      protocol,
      ...(entry && { name: entry.name, ...(entry.description !== '' && { description: entry.description }) }),
    })
  })
}

/** The facts of the decks that are practised, each once, in the order in which they should be met. */
export function chosenFacts({
  settings,
  decks,
  book,
}: Pick<PracticeState, 'settings' | 'decks' | 'book'>): readonly Fact[] {
  const facts = settings.decks.flatMap((id) => deckFacts(id, decks, book))
  return [...new Map(facts.map((fact) => [fact.id, fact])).values()]
}

/** The facts of one deck, the product's or an own one. What has no name cannot be asked, and is left out. */
export const deckFacts = (id: string, decks: readonly OwnDeck[], book: Book): readonly Fact[] =>
  (decks.find((one) => one.id === id)?.facts.flatMap((fact) => book.get(fact) ?? []) ?? factsInDeck(id)).filter(
    ({ name }) => name !== '',
  )
