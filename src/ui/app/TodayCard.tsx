import { rightIn } from '../../modes/grid'
import { streakOf } from '../../modes/streak'
import { words } from '../../words'
import { ownDay, ownLog, shiftDay } from '../modes/own-log'
import { use } from '../use'

const WINDOWS = Array.from({ length: 60 }, (_, at) => ({ x: (at % 10) * 9 + 1, y: Math.floor(at / 10) * 9 + 1 }))

const panes = (tries: string, mark: string | undefined) =>
  WINDOWS.filter((_, at) => tries[at] === mark)
    .map(({ x, y }) => `M${x} ${y}h6v7h-6Z`)
    .join('')

/** The way to Today's shift: the reason to come back. Its windows are those of the day, lit where it went well. */
export function TodayCard() {
  const { todays, trying, days } = use(ownLog(), (state) => state.log)
  const day = shiftDay()
  const tries = todays[day]?.tries ?? ''
  const streak = streakOf(days, ownDay())
  const { title, about } = words.home.modes.today
  return (
    <a class="today-card" href="#/today">
      <span class="today-words">
        <strong>
          {title} {streak.days > 1 && <span class="today-streak">{words.home.streak(streak.days)}</span>}
        </strong>
        <span>
          {tries !== ''
            ? words.home.todayDone(rightIn(tries), tries.length)
            : trying?.day === day
              ? words.home.todayBegun
              : about}
        </span>
      </span>
      <svg viewBox="0 0 90 55" aria-hidden="true">
        <path d={panes(tries, '1')} fill="#ffd479" />
        <path d={panes(tries, '0')} fill="#0a0f22" stroke="#6b77ad" />
        <path d={panes(tries, undefined)} fill="#2b3a74" />
      </svg>
    </a>
  )
}
