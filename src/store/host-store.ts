import { createStore } from 'zustand/vanilla'
import type { HostView } from '../room/view'
import type { Act } from '../room/wire'
import { enterOn } from './class-entry'
import type { LineState } from './class-entry'
import type { Line, Trouble } from './class-line'

export interface HostState {
  readonly line: LineState
  /** Why the room is not this browser's, or is no more. */
  readonly shut: Trouble | 'gone' | undefined
  /** Why the last act had no effect. */
  readonly trouble: Trouble | undefined
  readonly view: HostView | undefined
  readonly viewAt: number
  /** The secret in the projector's and spectators' link. */
  readonly watch: string | undefined
  act(act: Act): Promise<void>
  /** The room without secrets, for the report: undefined if it cannot be had now. */
  report(names: boolean): Promise<unknown>
  close(): void
}

interface HostNeeds {
  readonly code: string
  readonly secret: string
  readonly line: Line
  /** Milliseconds, for durations only. */
  readonly now: () => number
}

/** The teacher in a room: what there is to see, and what may be done. */
export function createHostStore({ code, secret, line, now }: HostNeeds) {
  const store = createStore<HostState>()((set) => ({
    line: 'connecting',
    shut: undefined,
    trouble: undefined,
    view: undefined,
    viewAt: 0,
    watch: undefined,
    act: async (act) => {
      const reply = await line.say('act', act)
      set({ trouble: reply.ok ? undefined : reply.why })
    },
    report: async (names) => {
      const reply = await line.say('report', { names })
      set({ trouble: reply.ok ? undefined : reply.why })
      return reply.ok ? reply.room : undefined
    },
    close: () => {
      entry.end()
      line.close()
    },
  }))
  const { setState: set, getState: get } = store

  function take(view: HostView): void {
    const before = get().view
    if (view.code !== code || (before && view.seq < before.seq)) return
    set({ view, viewAt: now() })
  }

  const entry = enterOn<'host'>(
    line,
    () => line.say('host', { code, secret }),
    (state) => set({ line: state }),
    (reply) => {
      if (!reply.ok) set({ shut: reply.why })
      else {
        set({ shut: undefined, watch: reply.watch })
        take(reply.view)
      }
    },
  )
  line.hear('host', take)
  line.hear('counts', (counts) => {
    const { view } = get()
    if (view?.round?.round === counts.round && !view.round.closed) set({ view: { ...view, counts } })
  })
  line.hear('bye', ({ why }) => {
    if (why !== 'restart') set({ shut: 'gone' })
  })
  return store
}

export type HostStore = ReturnType<typeof createHostStore>
