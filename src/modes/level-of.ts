import { levelById } from '../levels'
import type { Level } from '../shift/level'
import { nightLevel, nightPlanOf } from './night'
import { dayOfId, todayLevel } from './today'

/** The level that a link names: one of the campaign, the shift of a day, or a night. */
export function levelOf(id: string): Level | undefined {
  const level = levelById(id)
  if (level) return level
  const day = dayOfId(id)
  if (day !== undefined) return todayLevel(day)
  const plan = nightPlanOf(id)
  return plan && nightLevel(plan)
}
