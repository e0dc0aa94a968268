import { createStore } from 'zustand/vanilla'
import { subscribeWithSelector } from 'zustand/middleware'
import type { MisconceptionId } from '../lessons/misconception'
import type { Day } from '../modes/day'
import type { Deeds } from '../modes/deeds'
import { DEEDS } from '../modes/deeds'
import type { KeptNight, KeptToday, Log } from './log'
import { EMPTY_LOG, LogSchema, MOST_MISSED, bestNights, keptDays, mergeLogs } from './log'
import type { StorageNotice } from './storage'
import { openBox } from './storage'

export interface LogState {
  /** What went wrong with the storage, if anything did. */
  readonly notice: StorageNotice | undefined
  readonly log: Log
  /** Something was practised on this day. */
  practised(day: Day): void
  /** A shift of one's own is over: what was done in it, and what was missed. */
  add(deeds: Deeds, missed: readonly MisconceptionId[]): void
  /** Today's shift has come this far. */
  trying(day: Day, code: string): void
  /** Today's shift is over. Only the first try of a day is kept. */
  finishToday(day: Day, today: KeptToday): void
  finishNight(night: KeptNight): void
  /** Adds what a file or another device brings. */
  merge(other: Log): void
  /** Forgets everything. */
  reset(): void
  /** Takes over what another tab has stored. */
  reread(): void
}

/** Where the log is stored. */
export const LOG_KEY = 'port-authority.log'

/** The porter's log, kept in the given storage under `LOG_KEY`. */
export function createLogStore(storage: Storage | undefined) {
  const box = openBox<Log>(storage, LOG_KEY, LogSchema, EMPTY_LOG)
  const store = createStore<LogState>()(
    subscribeWithSelector((set) => {
      const change = (next: (log: Log) => Log) => set(({ log }) => ({ log: next(log) }))
      return {
        notice: box.notice,
        log: box.value,
        practised: (day) =>
          change((log) => (log.days.includes(day) ? log : { ...log, days: keptDays([...log.days, day]) })),
        add: (deeds, missed) =>
          change((log) => {
            const sum: Log['deeds'] = { ...log.deeds }
            for (const deed of DEEDS) if (deeds[deed]) sum[deed] = (sum[deed] ?? 0) + (deeds[deed] ?? 0)
            return { ...log, deeds: sum, missed: [...log.missed, ...missed].slice(-MOST_MISSED) }
          }),
        trying: (day, code) => change((log) => (day in log.todays ? log : { ...log, trying: { day, code } })),
        finishToday: (day, today) =>
          change(({ trying, ...log }) =>
            day in log.todays ? log : { ...log, todays: { ...log.todays, [day]: today }, ...keptTry(trying, day) },
          ),
        finishNight: (night) => change((log) => ({ ...log, nights: bestNights([...log.nights, night]) })),
        merge: (other) => change((log) => mergeLogs(log, other)),
        reset: () => change(() => EMPTY_LOG),
        reread: () => change((log) => box.reread() ?? log),
      }
    }),
  )
  store.subscribe(
    (state) => state.log,
    (value) => {
      const notice = box.save(value)
      if (notice) store.setState({ notice })
    },
  )
  return store
}

/** A try at another day goes on. */
const keptTry = (trying: Log['trying'], day: Day) => (trying && trying.day !== day ? { trying } : {})

export type LogStore = ReturnType<typeof createLogStore>
