import { useState } from 'preact/hooks'
import type { ProgressStore } from '../../store/progress-store'
import type { Settings, SettingsStore } from '../../store/settings-store'
import { words } from '../../words'
import { Dialog } from '../shift/dialog'
import { use } from '../use'

interface SettingsDialogProps {
  readonly settings: SettingsStore
  readonly progress: ProgressStore
  readonly onClose: () => void
}

const MOTIONS: readonly Settings['motion'][] = ['system', 'full', 'reduced']
const TEXT_SIZES: readonly Settings['textSize'][] = [100, 125, 150, 200]

export function SettingsDialog({ settings, progress, onClose }: SettingsDialogProps) {
  const { sound, volume, motion, textSize, keys } = use(settings, (state) => state.settings)
  const { change } = settings.getState()
  const [resetting, setResetting] = useState<'sure' | 'done'>()
  const text = words.settings
  const reset = () => {
    if (resetting === 'sure') progress.getState().reset()
    setResetting(resetting === 'sure' ? 'done' : 'sure')
  }
  return (
    <Dialog title={text.title} class="settings" onClose={onClose}>
      <label class="switch">
        <input type="checkbox" checked={sound} onChange={() => change({ sound: !sound })} />
        {text.sound} <kbd>M</kbd>
      </label>
      <label>
        {text.volume}
        <input
          type="range"
          min="0"
          max="100"
          value={Math.round(volume * 100)}
          disabled={!sound}
          onInput={(event) => change({ volume: Number(event.currentTarget.value) / 100 })}
        />
      </label>
      <fieldset>
        <legend>{text.motion}</legend>
        {MOTIONS.map((one) => (
          <label key={one}>
            <input type="radio" name="motion" checked={motion === one} onChange={() => change({ motion: one })} />
            {text.motions[one]}
          </label>
        ))}
      </fieldset>
      <fieldset>
        <legend>{text.textSize}</legend>
        {TEXT_SIZES.map((one) => (
          <label key={one}>
            <input
              type="radio"
              name="text-size"
              checked={textSize === one}
              onChange={() => change({ textSize: one })}
            />
            {text.percent(one)}
          </label>
        ))}
      </fieldset>
      <label class="switch">
        <input type="checkbox" checked={keys} onChange={() => change({ keys: !keys })} />
        {text.keys}
      </label>
      <button type="button" onClick={reset} disabled={resetting === 'done'} aria-live="polite">
        {resetting === 'done' ? text.resetDone : resetting === 'sure' ? text.resetSure : text.reset}
      </button>
      <button type="button" class="primary" onClick={onClose}>
        {text.close}
      </button>
    </Dialog>
  )
}
