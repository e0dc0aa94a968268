import { useLayoutEffect, useRef } from 'preact/hooks'

/**
 * Calls `act` for each key pressed on the page while nothing else wants it: no dialog is open, no modifier is held. What
 * `act` takes (it returns true) goes nowhere else.
 */
export function useKey(act: (event: KeyboardEvent) => boolean): void {
  const latest = useRef(act)
  latest.current = act
  // Before the first picture: whoever sees the question may press a key.
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
      if (document.querySelector('dialog[open]')) return
      if (latest.current(event)) event.preventDefault()
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  }, [])
}

/** The number on a digit key from 1 to 9, from 0; undefined for every other key and where a text is written. */
export function digitOf(event: KeyboardEvent): number | undefined {
  if (writes(event.target) || event.repeat) return undefined
  return /^[1-9]$/.test(event.key) ? Number(event.key) - 1 : undefined
}

/** True when Enter means "go on" here, and not a link, a button or a field that has the focus. */
export const isFreeEnter = ({ key, target, repeat }: KeyboardEvent): boolean =>
  key === 'Enter' &&
  !repeat &&
  !(
    target instanceof HTMLElement &&
    target.closest('a[href], button:not([aria-disabled="true"]), summary, select, textarea')
  )

const writes = (target: EventTarget | null): boolean =>
  target instanceof HTMLTextAreaElement ||
  (target instanceof HTMLInputElement && !['checkbox', 'radio', 'button'].includes(target.type))
