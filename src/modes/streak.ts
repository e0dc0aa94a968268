import type { Day } from './day'
import { numberOf } from './day'

/** How many days of any seven in a row may go by without practice. */
export const FREE_DAYS = 2

/** Days with any practice that belong together, and how many free days are left of the seven that end today. */
export interface Streak {
  readonly days: number
  readonly free: number
}

/**
 * The streak at `today`, from the days with any practice. It lives as long as no seven days in a row hold more than
 * `FREE_DAYS` without; today itself takes nothing away before it is over.
 */
export function streakOf(practised: readonly Day[], today: Day): Streak {
  const known = new Set(practised.map(numberOf))
  const end = numberOf(today)
  const first = Math.min(...known, end)
  const missed: number[] = []
  let days = 0
  for (let day = end; day >= first; day--) {
    if (known.has(day)) days++
    else if (day < end) {
      missed.push(day)
      if (missed.filter((other) => other < day + 7).length > FREE_DAYS) break
    }
  }
  const week = missed.filter((day) => day > end - 7).length
  return { days, free: Math.max(0, FREE_DAYS - week) }
}
