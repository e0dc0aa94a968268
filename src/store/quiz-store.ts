import { createStore } from 'zustand/vanilla'
import { subscribeWithSelector } from 'zustand/middleware'
import type { Answered } from '../quiz/record'
import type { QuizRecord } from './quiz-record'
import { MOST_ANSWERS, NO_RECORD, QuizRecordSchema, mergeRecords } from './quiz-record'
import type { StorageNotice } from './storage'
import { openBox } from './storage'

export interface QuizState {
  /** What went wrong with the storage, if anything did. */
  readonly notice: StorageNotice | undefined
  readonly record: QuizRecord
  /** Keeps the first answer to a question; whoever answers it again has seen the solution, and that says nothing. */
  add(answer: Answered): void
  /** Remembers the seed of a pair of tests that was begun at `at` (ms since 1970). */
  beginPair(seed: number, at: number): void
  /** Adds what a file or another device brings. */
  merge(other: QuizRecord): void
  /** Forgets everything. */
  reset(): void
  /** Takes over what another tab has stored. */
  reread(): void
}

/** Where the record is stored. */
export const QUIZ_KEY = 'port-authority.quiz'

/** What the learner has answered, kept in the given storage under `QUIZ_KEY`. */
export function createQuizStore(storage: Storage | undefined) {
  const box = openBox(storage, QUIZ_KEY, QuizRecordSchema, NO_RECORD)
  const store = createStore<QuizState>()(
    subscribeWithSelector((set) => ({
      notice: box.notice,
      record: box.value,
      add: (answer) =>
        set((state) => {
          const { answers } = state.record
          if (answers.some(({ template, seed }) => template === answer.template && seed === answer.seed)) return state
          return { record: { ...state.record, answers: [...answers, answer].slice(-MOST_ANSWERS) } }
        }),
      beginPair: (seed, at) => set(({ record }) => ({ record: { ...record, pair: { seed, at } } })),
      merge: (other) => set(({ record }) => ({ record: mergeRecords(record, other) })),
      reset: () => set({ record: NO_RECORD }),
      reread: () =>
        set((state) => {
          const other = box.reread()
          return other && JSON.stringify(other) !== JSON.stringify(state.record) ? { record: other } : state
        }),
    })),
  )
  store.subscribe(
    (state) => state.record,
    (value) => {
      const notice = box.save(value)
      if (notice) store.setState({ notice })
    },
  )
  return store
}

export type QuizStore = ReturnType<typeof createQuizStore>
