import { useEffect, useState } from 'preact/hooks'
import { classroom } from '../../words/class-screens'

interface CalmClockProps {
  /** Seconds that the question is meant to take. */
  readonly seconds: number
  /** Milliseconds until it closes, when that was said. */
  readonly left: number
  /** When that was, by `performance.now()`. */
  readonly at: number
}

/** Milliseconds that are left, of the time meant and of the time given. */
export function useLeft({ seconds, left, at }: CalmClockProps): { readonly meant: number; readonly given: number } {
  const read = () => Math.max(0, left - (performance.now() - at))
  const [given, setGiven] = useState(read)
  useEffect(() => {
    setGiven(read())
    const timer = setInterval(() => setGiven(read()), 250)
    return () => clearInterval(timer)
  }, [seconds, left, at])
  return { given, meant: Math.max(0, given - 2 * seconds * 1000) }
}

/** The time that a question is meant to take, which hurries nobody: it stays open three times as long. */
export function CalmClock(props: CalmClockProps) {
  const { meant, given } = useLeft(props)
  const text = classroom.phone
  const share = meant / (props.seconds * 1000)
  return (
    <p class={`calm-clock ${meant === 0 ? 'extra' : ''}`}>
      <span class="calm-bar" aria-hidden="true">
        <span style={{ inlineSize: `${Math.round(share * 1000) / 10}%` }} />
      </span>
      <span role="timer" aria-label={text.clockName} class="mono">
        {text.clock(Math.ceil((meant > 0 ? meant : given) / 1000))}
      </span>
      <span class="calm-extra">{text.extra}</span>
    </p>
  )
}
