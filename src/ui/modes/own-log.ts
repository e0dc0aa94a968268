import type { LogStore } from '../../store/log-store'
import { LOG_KEY, createLogStore } from '../../store/log-store'
import type { Day } from '../../modes/day'
import { dayAt } from '../../modes/day'
import { browserStorage } from '../app/browser-storage'

let opened: LogStore | undefined

/** The porter's log of whoever uses this browser. */
export function ownLog(): LogStore {
  if (opened) return opened
  const store = createLogStore(browserStorage())
  addEventListener('storage', ({ key }: StorageEvent) => {
    if (key === LOG_KEY) store.getState().reread()
  })
  opened = store
  return store
}

/** The day on the player's own calendar. */
export const ownDay = (): Day => dayAt(Date.now(), -new Date().getTimezoneOffset())

/** The day of Today's shift: that of UTC. */
export const shiftDay = (): Day => dayAt(Date.now())

/** Notes that something was practised today. */
export const practisedToday = (): void => ownLog().getState().practised(ownDay())
