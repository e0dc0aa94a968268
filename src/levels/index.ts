import type { Level } from '../shift/level'
import { ARCHIVE } from './archive'
import { ENTRANCES } from './entrances'
import { GATEHOUSE } from './gatehouse'
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

/** The level with this id, or undefined. */
export const levelById = (id: string): Level | undefined => LEVELS.find((level) => level.id === id)

/** The level after this one, or undefined after the last. */
export const levelAfter = (id: string): Level | undefined => LEVELS[LEVELS.findIndex((level) => level.id === id) + 1]
