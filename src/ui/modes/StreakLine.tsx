import { streakOf } from '../../modes/streak'
import { modes } from '../../words/mode-screens'
import { use } from '../use'
import { ownDay, ownLog } from './own-log'

/** How many days of practice there are in a row, and what is left of the free ones. */
export function StreakLine() {
  const practised = use(ownLog(), (state) => state.log.days)
  const { days, free } = streakOf(practised, ownDay())
  return (
    <p class="streak">
      <strong>{days === 0 ? modes.streak.none : modes.streak.days(days)}</strong>
      {days > 0 && <> {modes.streak.free(free)}</>}
    </p>
  )
}
