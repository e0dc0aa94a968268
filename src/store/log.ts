import * as v from 'valibot'
import { MISCONCEPTION_IDS } from '../lessons/misconception'
import { isDay } from '../modes/day'
import { DEEDS } from '../modes/deeds'

/** How many nights are kept, and how many of the latest mistakes. */
export const MOST_NIGHTS = 10
export const MOST_MISSED = 60
/** More than twenty years. */
const MOST_DAYS = 8000

const count = v.pipe(v.number(), v.integer(), v.minValue(0))
const DaySchema = v.pipe(v.string(), v.check(isDay))
const Code = v.pipe(v.string(), v.maxLength(6000))

const TodaySchema = v.object({
  /** The first tries: `1` right, `0` not. */
  tries: v.pipe(v.string(), v.regex(/^[01]{1,100}$/)),
  /** The code of its link. */
  code: Code,
})
export type KeptToday = v.InferOutput<typeof TodaySchema>

const NightSchema = v.object({
  /** When it ended, in milliseconds since 1970. */
  at: count,
  right: count,
  of: count,
  streak: count,
  /** The code of its link; a very long night has none. */
  code: v.optional(Code),
})
export type KeptNight = v.InferOutput<typeof NightSchema>

/** What the porter's log keeps. */
export const LogSchema = v.object({
  version: v.literal(1),
  /** Days with any practice, by the player's own calendar. */
  days: v.pipe(v.array(DaySchema), v.maxLength(MOST_DAYS)),
  /** By day: the try that counted. */
  todays: v.record(DaySchema, TodaySchema),
  /** The best nights, the best first. */
  nights: v.pipe(v.array(NightSchema), v.maxLength(MOST_NIGHTS)),
  deeds: v.record(v.picklist(DEEDS), count),
  /** The ideas behind the latest mistakes, the latest last. */
  missed: v.pipe(v.array(v.picklist(MISCONCEPTION_IDS)), v.maxLength(MOST_MISSED)),
  /** Today's shift under way: its day, and the code of what was done so far. */
  trying: v.optional(v.object({ day: DaySchema, code: Code })),
})
export type Log = v.InferOutput<typeof LogSchema>

export const EMPTY_LOG: Log = { version: 1, days: [], todays: {}, nights: [], deeds: {}, missed: [] }

/** Days as they are kept: each once, in order, the oldest gone where there are too many. */
export const keptDays = (days: readonly string[]): string[] => [...new Set(days)].toSorted().slice(-MOST_DAYS)

/** Nights as they are kept: each once, most packets right at once first, then the longest streak, then the earliest. */
export function bestNights(nights: readonly KeptNight[]): KeptNight[] {
  const each = new Map(nights.map((night) => [`${night.at} ${night.right} ${night.of} ${night.streak}`, night]))
  return [...each.values()]
    .toSorted((a, b) => b.right - a.right || b.streak - a.streak || a.of - b.of || a.at - b.at)
    .slice(0, MOST_NIGHTS)
}

/** Both together. Nothing that either has gets less; of two tries at one day the one with the smaller code stays. */
export function mergeLogs(a: Log, b: Log): Log {
  const deeds: Log['deeds'] = { ...a.deeds }
  for (const deed of DEEDS) {
    const most = Math.max(a.deeds[deed] ?? 0, b.deeds[deed] ?? 0)
    if (most > 0) deeds[deed] = most
  }
  const todays = { ...a.todays }
  for (const [day, theirs] of Object.entries(b.todays)) {
    const ours = todays[day]
    todays[day] = ours && ours.code <= theirs.code ? ours : theirs
  }
  return {
    version: 1,
    days: keptDays([...a.days, ...b.days]),
    todays,
    nights: bestNights([...a.nights, ...b.nights]),
    deeds,
    missed: a.missed.length > 0 ? a.missed : b.missed,
    ...(a.trying && { trying: a.trying }),
  }
}
