import { createStore } from 'zustand/vanilla'
import { subscribeWithSelector } from 'zustand/middleware'
import type { Progress } from './progress'
import { ProgressSchema, mergeProgress } from './progress'
import type { StorageNotice } from './storage'
import { openBox } from './storage'

export interface ProgressState {
  /** What went wrong with the storage, if anything did. */
  readonly notice: StorageNotice | undefined
  readonly progress: Progress
  /** Records a finished level; a worse run never takes anything away. */
  finish(level: string, stars: number, accuracy: number): void
  /** Adds what a file or another device brings; nothing that is here gets worse. */
  merge(other: Progress): void
  /** Forgets everything. */
  reset(): void
  /** Takes over what another tab has stored. */
  reread(): void
}

/** Where the progress is stored. */
export const PROGRESS_KEY = 'port-authority.progress'

const NOTHING: Progress = { version: 1, levels: {} }

/** What the player has achieved, kept in the given storage under `PROGRESS_KEY`. */
export function createProgressStore(storage: Storage | undefined) {
  const box = openBox(storage, PROGRESS_KEY, ProgressSchema, NOTHING)
  const store = createStore<ProgressState>()(
    subscribeWithSelector((set) => ({
      notice: box.notice,
      progress: box.value,
      merge: (other) => set(({ progress }) => ({ progress: mergeProgress(progress, other) })),
      reset: () => set({ progress: NOTHING }),
      reread: () => set(({ progress }) => ({ progress: box.reread() ?? progress })),
      finish: (level, stars, accuracy) =>
        set(({ progress }) => {
          const before = progress.levels[level] ?? { stars: 0, accuracy: 0, played: 0 }
          const after = {
            stars: Math.max(before.stars, stars),
            accuracy: Math.max(before.accuracy, accuracy),
            played: before.played + 1,
          }
          return { progress: { ...progress, levels: { ...progress.levels, [level]: after } } }
        }),
    })),
  )
  store.subscribe(
    (state) => state.progress,
    (value) => {
      const notice = box.save(value)
      if (notice) store.setState({ notice })
    },
  )
  return store
}

export type ProgressStore = ReturnType<typeof createProgressStore>
export type { Progress } from './progress'
