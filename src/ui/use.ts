import { useSyncExternalStore } from 'preact/compat'

interface Readable<S> {
  getState(): S
  subscribe(listener: () => void): () => void
}

/** A part of a store's state, re-rendering when it changes. The selector returns what is in the state, never a new object. */
export const use = <S, T>(store: Readable<S>, select: (state: S) => T): T =>
  useSyncExternalStore(store.subscribe, () => select(store.getState()))
