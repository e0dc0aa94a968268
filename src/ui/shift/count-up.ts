import { useEffect, useState } from 'preact/hooks'
import { RUN } from '../../stage/close-up'

/** A number that runs towards the given one when that is far away, and jumps when it is near or motion is reduced. */
export function useCountUp(target: number): number {
  const [shown, setShown] = useState(target)
  useEffect(() => {
    const from = shown
    if (Math.abs(target - from) < 100 || document.documentElement.dataset['motion'] === 'reduced') {
      setShown(target)
      return undefined
    }
    let frame = 0
    let begin: number | undefined
    const tick = (now: number) => {
      begin ??= now
      const share = Math.min(1, (now - begin) / RUN)
      setShown(Math.round(from + (target - from) * share ** 2))
      if (share < 1) frame = requestAnimationFrame(tick)
    }
    frame = requestAnimationFrame(tick)
    return () => cancelAnimationFrame(frame)
  }, [target])
  return shown
}
