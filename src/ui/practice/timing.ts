import { useLayoutEffect, useRef } from 'preact/hooks'
import type { Input } from '../../practice/log'

/** How an answer was begun: after how many milliseconds, on what, and whether something came between. */
export interface Begun {
  readonly firstKey: number | undefined
  readonly disturbed: boolean
  readonly input: Input
}

const isThere = (): boolean => document.visibilityState === 'visible' && document.hasFocus()

/** Keys that begin an answer; those that only move about do not. A keyboard on the screen does not say its keys. */
const begins = ({ key, repeat }: KeyboardEvent): boolean =>
  !repeat && (key.length === 1 || key === 'Enter' || key === 'Backspace' || key === 'Unidentified')

/** What is touched is one input; keys and mouse are another. */
function inputOf(event: Event): Input {
  if (event instanceof PointerEvent && event.pointerType !== '')
    return event.pointerType === 'touch' ? 'touch' : 'keyboard'
  return matchMedia('(pointer: coarse)').matches ? 'touch' : 'keyboard'
}

/**
 * The time to the first key of one question, from when it can be seen by somebody who looks: the page is visible and has the
 * focus. `question` names what is asked; another one starts anew. The function returned tells what was measured.
 */
export function useTiming(question: unknown): () => Begun {
  const measured = useRef<Begun>({ firstKey: undefined, disturbed: false, input: 'keyboard' })
  useLayoutEffect(() => {
    let shown = performance.now()
    measured.current = { firstKey: undefined, disturbed: !isThere(), input: 'keyboard' }
    const open = () => measured.current.firstKey === undefined
    const begin = (event: Event) => {
      if (open())
        measured.current = {
          ...measured.current,
          firstKey: Math.max(0, performance.now() - shown),
          input: inputOf(event),
        }
    }
    const press = (event: KeyboardEvent) => begins(event) && begin(event)
    const click = (event: MouseEvent) => {
      if (event.target instanceof Element && event.target.closest('.answers, .act-bar, .bay-door')) begin(event)
    }
    const look = () => {
      if (open() && !isThere()) measured.current = { ...measured.current, disturbed: true }
    }
    const frame = requestAnimationFrame(() => {
      if (open()) shown = performance.now()
    })
    addEventListener('keydown', press, true)
    addEventListener('click', click, true)
    addEventListener('blur', look)
    document.addEventListener('visibilitychange', look)
    return () => {
      cancelAnimationFrame(frame)
      removeEventListener('keydown', press, true)
      removeEventListener('click', click, true)
      removeEventListener('blur', look)
      document.removeEventListener('visibilitychange', look)
    }
  }, [question])
  return () => measured.current
}
