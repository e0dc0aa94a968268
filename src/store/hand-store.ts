import { createStore } from 'zustand/vanilla'
import { subscribeWithSelector } from 'zustand/middleware'

/** What the player's hand does at this moment: nothing here is a fact of the shift, and all of it may be lost. */
export interface HandState {
  /** Where the parcel from the desk is held, in CSS pixels of the stage; undefined while it rests. */
  readonly held: { readonly x: number; readonly y: number } | undefined
  /** The door (or window) that would take the parcel if it were let go now. */
  readonly near: string | undefined
  /** The door that is hovered or has the keyboard's focus. */
  readonly focused: string | undefined
  /** The door whose plate glows because the player is being helped. */
  readonly glow: string | undefined
  /** Counts up to have the stage taken down and put up anew. */
  readonly stages: number
}

export const createHandStore = () =>
  createStore<HandState>()(
    subscribeWithSelector((): HandState => ({
      held: undefined,
      near: undefined,
      focused: undefined,
      glow: undefined,
      stages: 1,
    })),
  )

export type HandStore = ReturnType<typeof createHandStore>
