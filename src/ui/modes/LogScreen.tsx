import { useMemo } from 'preact/hooks'
import { LEVELS } from '../../levels'
import { badgesOf } from '../../modes/badges'
import type { Badge } from '../../modes/badges'
import { rightIn } from '../../modes/grid'
import { words } from '../../words'
import { modes } from '../../words/mode-screens'
import { ownRecord } from '../quiz/own-record'
import { use } from '../use'
import type { ModeScreenProps } from './ModePage'
import { ModePage } from './ModePage'
import { StreakLine } from './StreakLine'
import { ownLog } from './own-log'

const FLOORS = [...new Set(LEVELS.map(({ floor }) => floor))].toSorted((a, b) => a - b)

/** The porter's log: an entry for each finished floor, and the brass that one has earned. */
export function LogScreen({ progress, onSettings }: ModeScreenProps) {
  const { levels } = use(progress, (state) => state.progress)
  const answers = use(ownRecord(), (state) => state.record.answers)
  const { deeds, todays, nights } = use(ownLog(), (state) => state.log)
  const badges = useMemo(
    () =>
      badgesOf({
        levels,
        answers,
        deeds,
        todays: Object.values(todays).map(({ tries }) => rightIn(tries)),
        nights: nights.map(({ right }) => right),
      }),
    [levels, answers, deeds, todays, nights],
  )
  const text = modes.log
  const count = Object.keys(todays).length
  return (
    <ModePage class="log" onSettings={onSettings}>
      <main class="log-main">
        <section class="journal">
          <h1 tabIndex={-1}>{text.title}</h1>
          <p>{text.about}</p>
          <ol>
            {FLOORS.map((floor) => (
              <Entry key={floor} floor={floor} levels={levels} />
            ))}
          </ol>
        </section>
        <section class="brass">
          <h2>{text.badges}</h2>
          <p>{text.badgesAbout}</p>
          <ul class="plates">
            {badges.map((badge) => (
              <Plate key={badge.id} badge={badge} />
            ))}
          </ul>
          <h2>{text.days}</h2>
          <StreakLine />
          <p>
            <a href="#/today">{text.todays(count)}</a> · <a href="#/night">{text.nights(nights.length)}</a>
          </p>
        </section>
      </main>
    </ModePage>
  )
}

interface EntryProps {
  readonly floor: number
  readonly levels: Readonly<Record<string, { readonly stars: number }>>
}

function Entry({ floor, levels }: EntryProps) {
  const doors = LEVELS.filter((level) => level.floor === floor)
  const won = doors.filter(({ id }) => (levels[id]?.stars ?? 0) > 0).length
  const lit = won === doors.length
  const text = modes.log
  return (
    <li class={lit ? 'lit' : 'dark'}>
      <svg viewBox="0 0 40 46" aria-hidden="true">
        <path d="M2 2h36v42H2Z" fill={lit ? '#ffd479' : '#1c264f'} stroke="#6b5a2a" stroke-width="3" />
        <path d="M20 2v42M2 22h36" stroke="#6b5a2a" stroke-width="3" />
      </svg>
      <h2>
        {text.floor(floor, words.home.floor(floor).name)} {lit && <span class="sr-only">({text.lit})</span>}
      </h2>
      <p>{lit ? text.entry(floor) : won === 0 ? text.dark : text.some(won, doors.length)}</p>
    </li>
  )
}

function Plate({ badge: { id, have, need } }: { readonly badge: Badge }) {
  const earned = have >= need
  const { name, about } = modes.log.badge[id]
  return (
    <li class={`plate ${earned ? 'earned' : ''}`}>
      <h3>
        {name} {earned && <span class="sr-only">({modes.log.earned})</span>}
      </h3>
      <p>{about}</p>
      <p class="plate-progress">
        <span class="bar" aria-hidden="true">
          <i style={{ width: `${(have / need) * 100}%` }} />
        </span>
        <span class="mono">{modes.log.progress(have, need)}</span>
      </p>
    </li>
  )
}
