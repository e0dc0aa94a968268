import * as v from 'valibot'
import { createStore } from 'zustand/vanilla'
import { subscribeWithSelector } from 'zustand/middleware'
import type { StorageNotice } from './storage'
import { openBox } from './storage'
import { LANGUAGE_TAGS } from '../words/language'

const Settings = v.object({
  version: v.literal(1),
  /** `system` follows the browser's own languages. */
  language: v.optional(v.picklist(['system', ...LANGUAGE_TAGS]), 'system'),
  sound: v.boolean(),
  /** 0 to 1. */
  volume: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  /** `system` follows prefers-reduced-motion. */
  motion: v.picklist(['system', 'full', 'reduced']),
  /** How many times as fast the pictures move. */
  speed: v.optional(v.picklist([1, 1.5, 2]), 1),
  /** Percent of the browser's own text size. */
  textSize: v.picklist([100, 125, 150, 200]),
  /** Whether single keys (digits, R, I, E, X, W) act; WCAG 2.1.4. */
  keys: v.boolean(),
})
export type Settings = v.InferOutput<typeof Settings>

export const DEFAULT_SETTINGS: Settings = {
  version: 1,
  language: 'system',
  sound: true,
  volume: 0.7,
  motion: 'system',
  speed: 1,
  textSize: 100,
  keys: true,
}

export interface SettingsState {
  /** What went wrong with the storage, if anything did. */
  readonly notice: StorageNotice | undefined
  readonly settings: Settings
  change(part: Partial<Omit<Settings, 'version'>>): void
}

/** The player's settings, kept in the given storage under `port-authority.settings`. */
export function createSettingsStore(storage: Storage | undefined) {
  const box = openBox(storage, 'port-authority.settings', Settings, DEFAULT_SETTINGS)
  const store = createStore<SettingsState>()(
    subscribeWithSelector((set) => ({
      notice: box.notice,
      settings: box.value,
      change: (part) => set((state) => ({ settings: { ...state.settings, ...part } })),
    })),
  )
  store.subscribe(
    (state) => state.settings,
    (value) => {
      const notice = box.save(value)
      if (notice) store.setState({ notice })
    },
  )
  return store
}

export type SettingsStore = ReturnType<typeof createSettingsStore>
