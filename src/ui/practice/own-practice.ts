import { workElsewhere } from '../../store/practice-client'
import { openPracticeDb } from '../../store/practice-db'
import type { Others, PracticeStore } from '../../store/practice-store'
import { createPracticeStore } from '../../store/practice-store'
import { newSeed } from '../app/seed'
import { practisedToday } from '../modes/own-log'

let opened: PracticeStore | undefined

/** In milliseconds. */
const A_MOMENT = 10_000

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
  store.subscribe(({ recent }, before) => {
    const last = recent.at(-1)
    // What a file or another tab brings is older than what has just been answered here.
    if (before.ready && recent !== before.recent && last?.kind === 'review' && Date.now() - last.at < A_MOMENT)
      practisedToday()
  })
  addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden' && store.getState().ready) void store.getState().checkpoint()
  })
  opened = store
  return store
}
