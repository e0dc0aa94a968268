import type { RefObject } from 'preact'
import { useLayoutEffect } from 'preact/hooks'

/** As small as this share of its size a projected page may get, where a question has more to show than fits. */
const SMALLEST = 0.62
const STEP = 0.04

/** Makes a page of the projector as large as it fits on the wall: nobody scrolls there. */
export function useFit(place: RefObject<HTMLElement | null>, of: unknown): void {
  useLayoutEffect(() => {
    const element = place.current
    if (!element) return undefined
    const { documentElement: html } = document
    const fit = () => {
      for (let size = 1; size >= SMALLEST; size -= STEP) {
        html.style.setProperty('--fit', String(size))
        const tables = [...element.querySelectorAll('.terminal pre')]
        const wide = tables.some(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth + 1)
        if (!wide && element.scrollHeight <= innerHeight + 1 && element.scrollWidth <= innerWidth + 1) return
      }
    }
    fit()
    addEventListener('resize', fit)
    // Fonts that come late change what fits.
    document.fonts.ready.then(fit).catch(() => undefined)
    return () => removeEventListener('resize', fit)
  }, [of])
  useLayoutEffect(() => {
    const { documentElement: html } = document
    html.dataset['wall'] = ''
    return () => {
      delete html.dataset['wall']
      html.style.removeProperty('--fit')
    }
  }, [])
}
