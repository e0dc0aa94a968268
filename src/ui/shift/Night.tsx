import { useEffect, useState } from 'preact/hooks'
import type { Shift } from '../../shift/shift'
import { tell } from '../../words/tell'

/** Milliseconds between two visitors: ten times as fast as a night. */
const STEP = 400

/** The night that tests a plan: visitors come one by one, by themselves or at each press. It stands still after a loss. */
export function Night({ shift, onNext }: { readonly shift: Shift; readonly onNext: () => void }) {
  const [runs, setRuns] = useState(true)
  const { length } = shift.decisions
  useEffect(() => {
    if (!runs) return undefined
    const timer = setTimeout(onNext, STEP)
    return () => clearTimeout(timer)
  }, [runs, length])
  return (
    <>
      <button type="button" class="verdict pass" data-letter="n" onClick={onNext}>
        <span class="verdict-name">{tell.plan.go}</span>
        <kbd>N</kbd>
      </button>
      <button type="button" class="verdict drop" aria-pressed={runs} onClick={() => setRuns(!runs)}>
        <span class="verdict-name">{runs ? tell.plan.stop : tell.plan.run}</span>
      </button>
    </>
  )
}
