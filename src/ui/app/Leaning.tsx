import { useEffect } from 'preact/hooks'
import { leant } from '../../levels/lean'
import { leaningsOf } from '../../modes/ideas'
import { seedOf } from '../../modes/today'
import type { Level } from '../../shift/level'
import type { Mode } from '../../shift/shift'
import { words } from '../../words'
import { ownLog, shiftDay } from '../modes/own-log'
import { ownRecord } from '../quiz/own-record'
import { shiftHash } from './route'

export interface LeaningProps {
  /** One that leans to what the player has followed. */
  readonly level: Level
  readonly mode: Mode
}

/** Leads on to the night of this day and this player. Its address says all of it, so that whoever has it plays the same. */
export function Leaning({ level, mode }: LeaningProps) {
  useEffect(() => {
    const { answers } = ownRecord().getState().record
    const { id, linkId = id } = leant(level, leaningsOf(answers, ownLog().getState().log.missed))
    location.replace(shiftHash(linkId, seedOf(shiftDay()), mode))
  }, [level, mode])
  return <p class="sr-only">{words.shift.loading}</p>
}
