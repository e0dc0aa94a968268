import { createStore } from 'zustand/vanilla'
import { subscribeWithSelector } from 'zustand/middleware'
import type { Choice } from '../lessons/choice'
import type { Level } from '../shift/level'
import type { Seed } from '../shift/random'
import type { Input } from '../shift/rules'
import { advance, decide, dueIn, replay } from '../shift/rules'
import type { Mode, Shift } from '../shift/shift'

/** A shift being played: the facts, and whether it is paused. */
export interface ShiftState {
  readonly shift: Shift
  readonly paused: boolean
  /** The player's verdict on the packet at the desk; ignored while paused or when nobody waits. */
  decide(choice: Choice): void
  /**
   * Lets `ms` milliseconds pass; ignored while paused. The shift's own clock moves, in whole milliseconds, when that changes
   * something or a verdict is given: nobody is told sixty times a second that nothing happened.
   */
  advance(ms: number): void
  pause(paused: boolean): void
}

/** A shift from its beginning, or from where these inputs lead. */
export const createShiftStore = (level: Level, seed: Seed, mode: Mode, inputs: readonly Input[] = []) =>
  createStore<ShiftState>()(
    subscribeWithSelector((set) => {
      let passed = 0
      const upToDate = (shift: Shift): Shift => {
        const whole = Math.floor(passed)
        passed -= whole
        return advance(shift, whole)
      }
      return {
        shift: replay(level, seed, mode, inputs),
        paused: false,
        decide: (choice) => set((state) => (state.paused ? state : { shift: decide(upToDate(state.shift), choice) })),
        advance: (ms) =>
          set((state) => {
            if (state.paused) return state
            passed += ms
            return Math.floor(passed) < dueIn(state.shift) ? state : { shift: upToDate(state.shift) }
          }),
        pause: (paused) => set({ paused }),
      }
    }),
  )

export type ShiftStore = ReturnType<typeof createShiftStore>
