import type { Choice } from '../../lessons/choice'
import type { HandStore } from '../../store/hand-store'
import type { ShiftStore } from '../../store/shift-store'

declare global {
  interface Window {
    /** The running shift, in builds for tests only. */
    portAuthority?: { readonly store: ShiftStore; readonly hand: HandStore; readonly truth: () => Choice | undefined }
  }
}
