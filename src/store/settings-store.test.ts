import { describe, expect, it } from 'vitest'
import { MemoryStorage } from './memory-storage.test-support'
import { DEFAULT_SETTINGS, createSettingsStore } from './settings-store'

describe('the settings', () => {
  it('are kept one by one', () => {
    const storage = new MemoryStorage()
    createSettingsStore(storage).getState().change({ textSize: 150 })
    createSettingsStore(storage).getState().change({ motion: 'reduced' })
    expect(createSettingsStore(storage).getState().settings).toEqual({
      ...DEFAULT_SETTINGS,
      textSize: 150,
      motion: 'reduced',
    })
  })

  it('that make no sense are set aside, and the game starts with its own', () => {
    const storage = new MemoryStorage({ 'port-authority.settings': '{"version":1,"volume":11}' })
    const { settings, notice } = createSettingsStore(storage).getState()
    expect(settings).toEqual(DEFAULT_SETTINGS)
    expect(notice).toEqual({ kind: 'set-aside', key: 'port-authority.settings.set-aside' })
  })
})
