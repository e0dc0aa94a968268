/** What takes long with a long log. The worker does it off the page's thread; where there is none, the page does it. */
import * as v from 'valibot'
import { dayOf } from '../practice/day'
import type { Mixup, Retention } from '../practice/insight'
import { mixupsOf, retention, trialsOf } from '../practice/insight'
import type { Log } from '../practice/log'
import { EventSchema, byTime, reviewsOf } from '../practice/log'
import type { MemorySettings } from '../practice/memory'
import type { Fitted } from '../practice/optimise'
import { reviewsMissing } from '../practice/optimise'
import type { Remembered } from '../practice/snapshot'
import { rememberAll, restored, snapshotOf } from '../practice/snapshot'
import type { Arrived } from './practice-db'

/** So many of the latest events are at hand at once. */
export const RECENT = 400

/** Everything up to a place of the log. */
export interface Replayed {
  readonly place: number
  readonly remembered: Remembered
  /** The latest events, in the order of time. */
  readonly recent: Log
  /** The days with practice since everything was last forgotten, as `dayOf` counts them. */
  readonly days: ReadonlySet<number>
}

export const daysIn = (log: Log): readonly number[] =>
  log.flatMap((event) => (event.kind === 'review' ? [dayOf(event.at, event.utcOffset)] : []))

export const sinceForgotten = (log: Log): Log => log.slice(log.findLastIndex(({ kind }) => kind === 'forget') + 1)

/** A whole log, replayed. */
export function replayOf(arrived: readonly Arrived[], settings: MemorySettings): Replayed {
  const log = arrived.map(({ event }) => event).toSorted(byTime)
  return {
    place: arrived.at(-1)?.place ?? 0,
    remembered: rememberAll(log, settings),
    recent: log.slice(-RECENT),
    days: new Set(daysIn(sinceForgotten(log))),
  }
}

const CheckpointSchema = v.object({
  version: v.literal(1),
  place: v.pipe(v.number(), v.integer(), v.minValue(0)),
  recent: v.array(EventSchema),
  days: v.array(v.pipe(v.number(), v.integer())),
  snapshot: v.unknown(),
})

/** The same as it is kept and sent, so that the next start need not replay the log. */
export const checkpointOf = ({ place, recent, days, remembered }: Replayed): object => ({
  version: 1,
  place,
  recent,
  days: [...days],
  snapshot: snapshotOf(remembered),
})

/** What a checkpoint holds; undefined when it cannot be used: damaged, or made with other settings. */
export function readCheckpoint(kept: unknown, settings: MemorySettings): Replayed | undefined {
  const read = v.safeParse(CheckpointSchema, kept)
  const remembered = read.success ? restored(read.output.snapshot, settings) : undefined
  if (!read.success || !remembered) return undefined
  const { place, recent, days } = read.output
  return { place, remembered, recent, days: new Set(days) }
}

/** What the whole log shows. */
export interface Survey {
  readonly kept: Retention
  /** All mix-ups, the most frequent first. */
  readonly mixups: readonly Mixup[]
  /** So many more reviews are needed before the schedule can be fitted. */
  readonly missing: number
}

export function surveyOf(log: Log, settings: MemorySettings): Survey {
  const reviews = reviewsOf(log)
  return {
    kept: retention(trialsOf(reviews, settings)),
    mixups: mixupsOf(reviews),
    missing: reviewsMissing(reviews),
  }
}

/** Who does the work: each reads the log from the browser's database by itself. All reject where that cannot be done. */
export interface PracticeWork {
  /** Replays the log up to a place, or all of it. */
  readonly replay: (settings: MemorySettings, upTo?: number) => Promise<Replayed>
  readonly survey: (settings: MemorySettings) => Promise<Survey>
  /** Fits the schedule to the log of the database, or to this one. */
  readonly fit: (settings: MemorySettings, log?: Log) => Promise<Fitted>
}
