import * as v from 'valibot'
import { createStore } from 'zustand/vanilla'
import { subscribeWithSelector } from 'zustand/middleware'
import type { QuestionSet } from '../quiz/set'
import { SetSchema } from '../quiz/set'
import type { StorageNotice } from './storage'
import { openBox } from './storage'

/** How many sets are kept. */
export const MOST_SETS = 100

const SetsSchema = v.object({ version: v.literal(1), sets: v.pipe(v.array(SetSchema), v.maxLength(MOST_SETS)) })
export type Sets = v.InferOutput<typeof SetsSchema>

export interface SetsState {
  /** What went wrong with the storage, if anything did. */
  readonly notice: StorageNotice | undefined
  readonly sets: readonly QuestionSet[]
  /** Puts a set in the place of the one with its id, or before all others if it is new and there is room. */
  put(set: QuestionSet): void
  /** Changes the set with this id; one that is gone stays gone. */
  change(id: string, change: (set: QuestionSet) => QuestionSet): void
  remove(id: string): void
  /** Takes over what another tab has stored. */
  reread(): void
}

/** Where the sets are stored. */
export const SETS_KEY = 'port-authority.sets'

/** The question sets of whoever teaches with this browser, kept in the given storage under `SETS_KEY`. */
export function createSetsStore(storage: Storage | undefined) {
  const box = openBox<Sets>(storage, SETS_KEY, SetsSchema, { version: 1, sets: [] })
  const store = createStore<SetsState>()(
    subscribeWithSelector((set, get) => ({
      notice: box.notice,
      sets: box.value.sets,
      put: (one) =>
        set(({ sets }) => {
          if (sets.some(({ id }) => id === one.id)) return { sets: sets.map((old) => (old.id === one.id ? one : old)) }
          return { sets: sets.length < MOST_SETS ? [one, ...sets] : sets }
        }),
      change: (id, change) => set(({ sets }) => ({ sets: sets.map((old) => (old.id === id ? change(old) : old)) })),
      remove: (id) => set(({ sets }) => ({ sets: sets.filter((old) => old.id !== id) })),
      reread: () => {
        const other = box.reread()
        // Only what differs: two tabs that write in answer to each other would never stop.
        if (other && JSON.stringify(other.sets) !== JSON.stringify(get().sets)) set({ sets: other.sets })
      },
    })),
  )
  store.subscribe(
    (state) => state.sets,
    (sets) => {
      const failed = box.save({ version: 1, sets: [...sets] })
      // A full storage may have room again; that something was set aside stays true.
      store.setState(({ notice }) => ({ notice: failed ?? (notice?.kind === 'set-aside' ? notice : undefined) }))
    },
  )
  return store
}

export type SetsStore = ReturnType<typeof createSetsStore>
