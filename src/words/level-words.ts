import type { Level } from '../shift/level'
import type { LevelWords } from './en/levels'
import { words } from '.'

/** The words of any level: its own, or those of the catalogue. */
export const levelWords = ({ id, mode, own }: Pick<Level, 'id' | 'mode' | 'own'>): LevelWords =>
  own ?? words.levels(mode ?? id)

/** What stands before its title: the number of a level of the campaign, the date of a day. */
export const levelMark = ({ id, mode, own }: Pick<Level, 'id' | 'mode' | 'own'>): string =>
  own || mode === 'night' ? '' : mode === 'today' ? id.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3') : id
