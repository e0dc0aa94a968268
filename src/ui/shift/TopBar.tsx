import { BACKLOG, packetsIn, resultOf, settled } from '../../shift/rules'
import type { Shift } from '../../shift/shift'
import { crowdOf } from '../../shift/shift'
import { countOf } from '../../shift/deal-requests'
import { words } from '../../words'
import { levelMark, levelWords } from '../../words/level-words'
import { useCountUp } from './count-up'

/** One quiet line of state. */
export function TopBar({ shift, onPause }: { readonly shift: Shift; readonly onPause: () => void }) {
  const { stars, accuracy, firstTries } = resultOf(shift)
  const taken = Math.max(0, shift.waiting.length - 1)
  return (
    <header class="topbar">
      <h1>
        <span class="mono">{levelMark(shift.level)}</span> {levelWords(shift.level).title}
      </h1>
      {shift.mode === 'rush' && (
        <p class="pigeonholes">
          <span class="label">{words.shift.pigeonholes}</span>
          <span class="sr-only">{words.shift.pigeonholesFull(taken)}</span>
          <span class="holes" aria-hidden="true">
            {Array.from({ length: BACKLOG }, (_, hole) => (
              <i key={hole} class={hole < taken ? 'taken' : ''} />
            ))}
          </span>
        </p>
      )}
      {shift.level.waves.some(({ crowd }) => crowd) && <Counters shift={shift} />}
      <p class="settled">
        <span class="label">{words.shift.delivered}</span> <b class="mono">{settled(shift)}</b>
        {!shift.level.goesOn && (
          <>
            {' '}
            {words.shift.of} <span class="mono">{packetsIn(shift.level)}</span>
          </>
        )}
      </p>
      <p class="first-try">
        <span class="label">{words.shift.firstTry}</span>{' '}
        <b class="mono">{firstTries === 0 ? '–' : words.share(accuracy)}</b>
      </p>
      <p class="stars" role="img" aria-label={words.shift.starsSoFar(firstTries === 0 ? 0 : stars)}>
        {[1, 2, 3].map((star) => (
          <span key={star} class={firstTries > 0 && star <= stars ? 'won' : ''}>
            ★
          </span>
        ))}
      </p>
      <button type="button" class="pause" onClick={onPause} aria-keyshortcuts="Escape">
        {words.shift.pause}
      </button>
    </header>
  )
}

/** How many ports and how many sockets the building uses now: the one stands still while the other runs. */
function Counters({ shift }: { readonly shift: Shift }) {
  const count = countOf(shift.host.sockets, crowdOf(shift)?.count ?? 0)
  const sockets = useCountUp(count.sockets)
  const text = words.shift.counters
  return (
    <p class="counters">
      <span class="label">{text.ports}</span> <b class="mono">{count.ports}</b>{' '}
      <span class="label">{text.sockets}</span>{' '}
      <b class="mono" aria-hidden="true">
        {words.number(sockets)}
      </b>
      <span class="sr-only">{count.sockets}</span>
    </p>
  )
}
