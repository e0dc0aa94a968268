/** In milliseconds. */
export const DAY = 86_400_000
const MINUTE = 60_000
/** A day of practice ends at four in the morning. */
const NIGHT = 4 * 60 * MINUTE

/** The day of practice that a moment (milliseconds since 1970) belongs to, counted from 1970; `utcOffset` in minutes east of UTC. */
export const dayOf = (at: number, utcOffset: number): number => Math.floor((at + utcOffset * MINUTE - NIGHT) / DAY)

/** When that day of practice ends, in milliseconds since 1970. */
export const endOfDay = (day: number, utcOffset: number): number => (day + 1) * DAY + NIGHT - utcOffset * MINUTE

/** A moment on a clock that shows midnight UTC when the learner's day of practice begins. */
export const clockAt = (at: number, utcOffset: number): Date => new Date(at + utcOffset * MINUTE - NIGHT)
