import type { Level } from '../shift/level'
import { ARCHIVE } from './archive'
import { ENTRANCES } from './entrances'
import { GATEHOUSE } from './gatehouse'
import { leant, readLeanings } from './lean'
import { LOBBY } from './lobby'
import { RECEPTION } from './reception'
import { STREET_DOOR } from './street'
import { WINDOWS } from './windows'

/** The levels in the order in which they are played: the curriculum at a glance. */
export const LEVELS: readonly Level[] = [
  ...LOBBY,
  ...WINDOWS,
  ...ENTRANCES,
  ...GATEHOUSE,
  ...STREET_DOOR,
  ...RECEPTION,
  ...ARCHIVE,
]

/** The level with this id, which may say what it leans to (`7.3-0a9`), or undefined. */
export function levelById(id: string): Level | undefined {
  const known = LEVELS.find((level) => level.id === id)
  if (known) return known
  const [name, ...rest] = id.split('-')
  const level = LEVELS.find((one) => one.leans && one.id === name)
  const leanings = level && readLeanings(rest.join('-'))
  return leanings && leant(level, leanings)
}

/** The level after this one, or undefined after the last and after what is none of these. */
export function levelAfter(id: string): Level | undefined {
  const at = LEVELS.findIndex((level) => level.id === id)
  return at < 0 ? undefined : LEVELS[at + 1]
}
