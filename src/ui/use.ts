import { useSyncExternalStore } from 'preact/compat'
import { useEffect, useMemo, useState } from 'preact/hooks'

interface Readable<S> {
  getState(): S
  subscribe(listener: () => void): () => void
}

/** A part of a store's state, re-rendering when it changes. The selector returns what is in the state, never a new object. */
export const use = <S, T>(store: Readable<S>, select: (state: S) => T): T =>
  useSyncExternalStore(store.subscribe, () => select(store.getState()))

/** Whether the page is as a media query says, re-rendering when that changes. */
export function useMedia(media: string): boolean {
  const query = useMemo(() => matchMedia(media), [media])
  const [matches, setMatches] = useState(query.matches)
  useEffect(() => {
    const follow = () => setMatches(query.matches)
    follow()
    query.addEventListener('change', follow)
    return () => query.removeEventListener('change', follow)
  }, [query])
  return matches
}
