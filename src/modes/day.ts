/**
 * A day as `2026-11-25`. The day of Today's shift is that of UTC: at every moment it is the same one everywhere, it needs no
 * table of time zones, and no browser can think otherwise. The day of a streak is the player's own.
 */
export type Day = string

const MS = 86_400_000
const MINUTE = 60_000

/** The day at a moment (milliseconds since 1970) on a clock `offset` minutes east of UTC. */
export const dayAt = (at: number, offset = 0): Day => new Date(at + offset * MINUTE).toISOString().slice(0, 10)

/** Days since 1970. */
export const numberOf = (day: Day): number => Math.round(Date.parse(`${day}T00:00:00Z`) / MS)

export const dayOfNumber = (number: number): Day => dayAt(number * MS)

/** When the next of Today's shifts begins, in milliseconds since 1970. */
export const endOf = (day: Day): number => (numberOf(day) + 1) * MS

/** True for a day of the calendar, written as days are. */
export function isDay(text: string): boolean {
  if (!/^20\d\d-\d\d-\d\d$/.test(text)) return false
  const at = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(at) && dayAt(at) === text
}
