import { createStore } from 'zustand/vanilla'
import { subscribeWithSelector } from 'zustand/middleware'
import type { Choice } from '../lessons/choice'
import type { Level } from '../shift/level'
import type { Seed } from '../shift/random'
import { advance, decide, start } from '../shift/rules'
import type { Mode, Shift } from '../shift/shift'

/** A shift being played: the facts, and whether it is paused. */
export interface ShiftState {
  readonly shift: Shift
  readonly paused: boolean
  /** The player's verdict on the packet at the desk; ignored while paused or when nobody waits. */
  decide(choice: Choice): void
  /** Lets `ms` milliseconds pass; ignored while paused. Fractions add up, so that the shift's own clock has whole ones. */
  advance(ms: number): void
  pause(paused: boolean): void
}

export const createShiftStore = (level: Level, seed: Seed, mode: Mode) =>
  createStore<ShiftState>()(
    subscribeWithSelector((set) => {
      let fraction = 0
      return {
        shift: start(level, seed, mode),
        paused: false,
        decide: (choice) => set((state) => (state.paused ? state : { shift: decide(state.shift, choice) })),
        advance: (ms) =>
          set((state) => {
            if (state.paused) return state
            const whole = Math.floor(fraction + ms)
            fraction += ms - whole
            return { shift: advance(state.shift, whole) }
          }),
        pause: (paused) => set({ paused }),
      }
    }),
  )

export type ShiftStore = ReturnType<typeof createShiftStore>
