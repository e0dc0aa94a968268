import { workElsewhere } from '../../store/practice-client'
import { openPracticeDb } from '../../store/practice-db'
import type { Others, PracticeStore } from '../../store/practice-store'
import { createPracticeStore } from '../../store/practice-store'
import { newSeed } from '../app/seed'

let opened: PracticeStore | undefined

/** Ten letters and digits that no other page has. */
const newDevice = (): string => `${newSeed().toString(36)}${newSeed().toString(36)}`.padStart(10, '0').slice(-10)

/** The other tabs of this browser, where it lets them talk. */
function otherTabs(): Others {
  if (typeof BroadcastChannel === 'undefined') return { tell: () => undefined, hear: () => undefined }
  const channel = new BroadcastChannel('port-authority.practice')
  return {
    tell: (what) => channel.postMessage(what),
    hear: (listener) =>
      channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
        if (typeof data === 'string') listener(data)
      }),
  }
}

/** The practice of whoever uses this browser. It is opened when it is first asked for. */
export function ownPractice(): PracticeStore {
  if (opened) return opened
  const store = createPracticeStore({
    opened: openPracticeDb(),
    device: newDevice(),
    others: otherTabs(),
    elsewhere: workElsewhere,
  })
  addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden' && store.getState().ready) void store.getState().checkpoint()
  })
  opened = store
  return store
}
