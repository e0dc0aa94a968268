import { useEffect, useState } from 'preact/hooks'
import type { Input } from '../../shift/rules'
import type { ShiftStore } from '../../store/shift-store'
import { words } from '../../words'
import { use } from '../use'

interface ReplayBarProps {
  readonly store: ShiftStore
  readonly inputs: readonly Input[]
  readonly reducedMotion: () => boolean
  readonly onTakeOver: () => void
  readonly onLeave: () => void
}

/** Milliseconds between two verdicts while a recording plays. */
const BEAT = 1400

/** Plays what someone did, verdict for verdict; at any packet one may take over. */
export function ReplayBar({ store, inputs, onTakeOver, onLeave }: ReplayBarProps) {
  const done = use(store, (state) => state.shift.decisions.length)
  const [playing, setPlaying] = useState(false)
  const next = inputs[done]
  const step = () => {
    const { shift, advance, decide } = store.getState()
    const input = inputs[shift.decisions.length]
    if (!input) return
    advance(input.at - shift.now)
    decide(input.choice)
  }
  useEffect(() => {
    if (!playing || !next) return undefined
    const timer = setTimeout(step, BEAT)
    return () => clearTimeout(timer)
  }, [playing, done])
  return (
    <div class="rack replay" role="group" aria-label={words.shift.replay.title}>
      <p class="replay-count">
        {next ? (
          <>
            <span class="mono">{done}</span> {words.shift.of} <span class="mono">{inputs.length}</span>
          </>
        ) : (
          words.shift.replay.done
        )}
      </p>
      {next && (
        <>
          <button type="button" class="verdict listener" onClick={step}>
            <span class="verdict-name">{words.shift.replay.step}</span>
          </button>
          <button type="button" class="verdict connection" onClick={() => setPlaying(!playing)}>
            <span class="verdict-name">{playing ? words.shift.replay.stop : words.shift.replay.play}</span>
          </button>
          <button type="button" class="verdict drop" onClick={onTakeOver}>
            <span class="verdict-name">{words.shift.replay.takeOver}</span>
          </button>
        </>
      )}
      {!next && (
        <button type="button" class="verdict drop" onClick={onLeave}>
          <span class="verdict-name">{words.shift.leave}</span>
        </button>
      )}
    </div>
  )
}
