import { createStore } from 'zustand/vanilla'
import type { ScreenView } from '../room/view'
import { enterOn } from './class-entry'
import type { LineState } from './class-entry'
import type { Line, Trouble } from './class-line'

export interface WallState {
  readonly line: LineState
  /** Why there is nothing to see. */
  readonly shut: Trouble | 'gone' | undefined
  readonly view: ScreenView | undefined
  readonly viewAt: number
  close(): void
}

interface WallNeeds {
  readonly code: string
  readonly secret: string
  readonly line: Line
  /** Milliseconds, for durations only. */
  readonly now: () => number
}

/** The projector, or somebody who only watches. */
export function createWallStore({ code, secret, line, now }: WallNeeds) {
  const store = createStore<WallState>()(() => ({
    line: 'connecting',
    shut: undefined,
    view: undefined,
    viewAt: 0,
    close: () => {
      entry.end()
      line.close()
    },
  }))
  const { setState: set, getState: get } = store

  function take(view: ScreenView): void {
    const before = get().view
    if (view.code !== code || (before && view.seq < before.seq)) return
    set({ view, viewAt: now() })
  }

  const entry = enterOn<'watch'>(
    line,
    () => line.say('watch', { code, secret }),
    (state) => set({ line: state }),
    (reply) => {
      if (!reply.ok) set({ shut: reply.why })
      else {
        set({ shut: undefined })
        take(reply.view)
      }
    },
  )
  line.hear('screen', take)
  line.hear('answered', ({ round, answered, players }) => {
    const { view } = get()
    if (view?.round?.round === round && !view.round.closed) set({ view: { ...view, answered, players } })
  })
  line.hear('bye', ({ why }) => {
    if (why !== 'restart') set({ shut: 'gone' })
  })
  return store
}

export type WallStore = ReturnType<typeof createWallStore>
