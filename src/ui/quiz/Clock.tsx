import { useEffect, useRef, useState } from 'preact/hooks'
import { quiz } from '../../words/quiz-screens'

interface ClockProps {
  /** Seconds for this question. */
  readonly seconds: number
  readonly onOut: () => void
}

/** Time that is left. It stands still while the page is hidden or a dialog is open. */
export function Clock({ seconds, onOut }: ClockProps) {
  const [left, setLeft] = useState(seconds)
  const passed = useRef(0)
  const out = useRef(onOut)
  out.current = onOut
  useEffect(() => {
    let before = performance.now()
    const tick = () => {
      const now = performance.now()
      if (!document.hidden && !document.querySelector('dialog[open]')) passed.current += (now - before) / 1000
      before = now
      const rest = Math.max(0, seconds - passed.current)
      setLeft(Math.ceil(rest))
      if (rest === 0) out.current()
    }
    const timer = setInterval(tick, 200)
    return () => clearInterval(timer)
  }, [seconds])
  return (
    <p class={`clock ${left <= 5 ? 'soon' : ''}`} role="timer" aria-label={quiz.clock.name}>
      <svg viewBox="0 0 20 20" aria-hidden="true">
        <circle cx="10" cy="10" r="8" fill="none" stroke="currentColor" stroke-width="2" />
        <path d="M10 5.500V10l3 2" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" />
      </svg>
      <span class="mono">{quiz.clock.left(Math.min(left, Math.ceil(seconds)))}</span>
    </p>
  )
}
