import type { Option } from '../../quiz/question'
import type { FirstVote } from '../../room/first-vote'
import type { SplitWindow } from '../../room/split-vote'
import type { Tally } from '../../room/tally'
import { classroom } from '../../words/class-screens'
import { Said } from '../quiz/Said'
import { OptionSign, Votes } from './Bars'

interface SplitVoteProps {
  readonly windows: readonly SplitWindow[]
  /** Those of the question, with its answer. */
  readonly options: readonly Option[]
  readonly tally: Tally
  readonly before: FirstVote | undefined
}

/** The two answers of a split class as windows on one wire: the packet between them flies to the one that is right. */
export function SplitVote({ windows, options, tally, before }: SplitVoteProps) {
  const text = classroom.wall.split
  const shown = windows.flatMap(({ place, right }) => {
    const option = options[place]
    return option ? [{ place, right, said: option.text }] : []
  })
  const stop = shown.findIndex(({ right }) => right)
  return (
    <section class="split-vote">
      <h2>{text.title}</h2>
      <div class={`split-house stop-${stop} ${shown.length > 2 ? 'three' : ''}`} style={{ '--windows': shown.length }}>
        <ol>
          {shown.map(({ place, right, said }, row) => (
            <li key={place} class={`split-window ${right ? 'right' : 'other'} ${row > 1 ? 'third' : ''}`}>
              <OptionSign place={place} />
              <span class="split-label">
                <Said text={said} />
              </span>
              <span class="split-votes mono">
                <Votes count={tally.options[place] ?? 0} first={before?.options[place] ?? undefined} />
              </span>
              {right && (
                <span class="split-tick" aria-hidden="true">
                  ✓
                </span>
              )}
            </li>
          ))}
        </ol>
        <div class="split-wire" />
        <svg class="split-parcel" viewBox="0 0 40 32" aria-hidden="true">
          <rect x="1.5" y="1.5" width="37" height="29" rx="4" />
          <path d="M16 1.5v29M24 1.5v29" />
          <rect class="split-paper" x="5" y="14" width="18" height="11" rx="1" />
        </svg>
      </div>
      {shown.map(
        ({ place, right, said }) =>
          right && (
            <p key={place} class="sr-only">
              <Said text={text.flight(said)} />
            </p>
          ),
      )}
    </section>
  )
}
