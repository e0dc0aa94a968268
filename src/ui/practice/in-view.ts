import type { RefObject } from 'preact'
import { useLayoutEffect } from 'preact/hooks'

/** Scrolls the outputs of tools sideways, where they are wider than the page, so that the port in question can be seen. */
export function usePortInView(place: RefObject<HTMLElement | null>, port: number, when: unknown): void {
  useLayoutEffect(() => {
    for (const box of place.current?.querySelectorAll('pre') ?? []) {
      const mark = box.querySelector('mark')
      const text = mark?.firstChild
      const start = text?.textContent?.search(new RegExp(`[:.]${port}\\b`)) ?? -1
      if (!text || start < 0) continue
      const range = document.createRange()
      range.setStart(text, start)
      range.setEnd(text, start + String(port).length + 1)
      const [found, frame] = [range.getBoundingClientRect(), box.getBoundingClientRect()]
      if (found.right > frame.right) box.scrollLeft += found.right - frame.left - frame.width * 0.8
    }
  }, [when])
}
