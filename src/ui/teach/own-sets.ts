import type { SetsStore } from '../../store/sets-store'
import { SETS_KEY, createSetsStore } from '../../store/sets-store'
import { browserStorage } from '../app/browser-storage'

let opened: SetsStore | undefined

/** The sets of whoever teaches with this browser, opened when they are first asked for. */
export function ownSets(): SetsStore {
  if (opened) return opened
  const store = createSetsStore(browserStorage())
  addEventListener('storage', ({ key }: StorageEvent) => {
    if (key === SETS_KEY) store.getState().reread()
  })
  opened = store
  return store
}

/** A name for a new set that no other has. */
export function newSetId(): string {
  const [number = 0] = crypto.getRandomValues(new Uint32Array(1))
  return number.toString(36)
}
