import { useRef, useState } from 'preact/hooks'

/** From here on a press is a drag, in CSS pixels. */
const FAR = 6

interface Begun {
  readonly x: number
  readonly y: number
  readonly id: string
  moved: boolean
}

interface Carried {
  readonly id: string
  readonly dx: number
  readonly dy: number
  /** Where it would fall: what `data-drop` says there, and whether in the lower half of it. */
  readonly over: Drop | undefined
}

export interface Drop {
  readonly place: string
  readonly lower: boolean
}

/** What lies under a point and takes things, other than what is carried. */
function dropAt(x: number, y: number, carried: Element): Drop | undefined {
  const place = document
    .elementsFromPoint(x, y)
    .filter((element) => !carried.contains(element))
    .map((element) => element.closest<HTMLElement>('[data-drop]'))
    .find((element) => element !== null && !carried.contains(element))
  const name = place?.dataset['drop']
  if (!place || name === undefined) return undefined
  const { top, height } = place.getBoundingClientRect()
  return { place: name, lower: y > top + height / 2 }
}

/**
 * Carrying cards with mouse or pen by any part of them, with a finger by their grip (so that a finger elsewhere scrolls the
 * page). Nothing happens on pointer-down; a press that does not move is a click.
 */
export function useCarry(onDrop: (id: string, drop: Drop) => void) {
  const [carried, setCarried] = useState<Carried>()
  const from = useRef<Begun | undefined>(undefined)
  const clicks = useRef(true)
  const stop = () => {
    from.current = undefined
    setCarried(undefined)
  }
  /** For the element that moves. */
  const card = (id: string) => ({
    class: carried?.id === id ? 'carried' : '',
    style: carried?.id === id ? `transform: translate(${carried.dx}px, ${carried.dy}px)` : '',
    onPointerDown: (event: PointerEvent) => {
      clicks.current = true
      const grip = event.target instanceof Element && event.target.closest('.grip') !== null
      if (event.button !== 0 || (event.pointerType === 'touch' && !grip)) return
      from.current = { x: event.clientX, y: event.clientY, id, moved: false }
    },
    onPointerMove: (event: PointerEvent) => {
      const begun = from.current
      if (!begun || begun.id !== id || !(event.currentTarget instanceof Element)) return
      const [dx, dy] = [event.clientX - begun.x, event.clientY - begun.y]
      if (!begun.moved && Math.hypot(dx, dy) < FAR) return
      if (!begun.moved) event.currentTarget.setPointerCapture(event.pointerId)
      begun.moved = true
      setCarried({ id, dx, dy, over: dropAt(event.clientX, event.clientY, event.currentTarget) })
    },
    onPointerUp: (event: PointerEvent) => {
      const moved = from.current?.moved === true
      const drop =
        moved && event.currentTarget instanceof Element
          ? dropAt(event.clientX, event.clientY, event.currentTarget)
          : undefined
      clicks.current = !moved
      stop()
      if (drop) onDrop(id, drop)
    },
    onPointerCancel: stop,
    onClickCapture: (event: MouseEvent) => {
      if (clicks.current) return
      // The click that ends a drag is none.
      clicks.current = true
      event.stopPropagation()
      event.preventDefault()
    },
  })
  return { carried, card }
}
