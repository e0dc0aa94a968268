import { useRef, useState } from 'preact/hooks'
import type { readProgressFile } from '../../store/progress-file'
import type { ProgressStore } from '../../store/progress-store'
import type { Settings, SettingsStore } from '../../store/settings-store'
import { words } from '../../words'
import { LANGUAGES, LANGUAGE_TAGS } from '../../words/language'
import { ownLog } from '../modes/own-log'
import { Dialog } from '../shift/dialog'
import { use } from '../use'

interface SettingsDialogProps {
  readonly settings: SettingsStore
  readonly progress: ProgressStore
  readonly onClose: () => void
}

const MOTIONS: readonly Settings['motion'][] = ['system', 'full', 'reduced']
const SPEEDS: readonly Settings['speed'][] = [1, 1.5, 2]
const TEXT_SIZES: readonly Settings['textSize'][] = [100, 125, 150, 200]

export function SettingsDialog({ settings, progress, onClose }: SettingsDialogProps) {
  const { language, sound, volume, motion, speed, textSize, keys } = use(settings, (state) => state.settings)
  const { change } = settings.getState()
  const [resetting, setResetting] = useState<'sure' | 'done'>()
  const text = words.settings
  const [failed, setFailed] = useState(false)
  const forget = async () => {
    const { ownRecord } = await record()
    ownRecord().getState().reset()
    ownLog().getState().reset()
    progress.getState().reset()
  }
  const reset = () => {
    if (resetting !== 'sure') setResetting('sure')
    else
      forget().then(
        () => setResetting('done'),
        () => setFailed(true),
      )
  }
  return (
    <Dialog title={text.title} class="settings" onClose={onClose}>
      <fieldset>
        <legend>{text.language}</legend>
        {(['system', ...LANGUAGE_TAGS] as const).map((one) => (
          <label key={one} {...(one !== 'system' && { lang: one })}>
            <input type="radio" name="language" checked={language === one} onChange={() => change({ language: one })} />
            {one === 'system' ? text.languageSystem : LANGUAGES[one].name}
          </label>
        ))}
      </fieldset>
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
        <legend>{text.speed}</legend>
        {SPEEDS.map((one) => (
          <label key={one}>
            <input type="radio" name="speed" checked={speed === one} onChange={() => change({ speed: one })} />
            {text.times(one)}
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
      <ProgressFile progress={progress} />
      <button type="button" onClick={reset} disabled={resetting === 'done'} aria-live="polite">
        {resetting === 'done' ? text.resetDone : resetting === 'sure' ? text.resetSure : text.reset}
      </button>
      {failed && <p role="alert">{words.home.missing.about}</p>}
      <button type="button" class="primary" onClick={onClose}>
        {text.close}
      </button>
    </Dialog>
  )
}

/** The record of the quiz, and what writes and reads files of progress: fetched when they are asked for. */
const record = () => import('../quiz/own-record')
const progressFile = () => import('../../store/progress-file')

interface Taken {
  readonly file: string
  readonly read: ReturnType<typeof readProgressFile>
}

function takenText({ file, read }: Taken): string {
  const text = words.settings
  return 'fault' in read
    ? text.notTaken[read.fault](file)
    : text.taken(file, Object.keys(read.progress.levels).length, read.quiz.answers.length)
}

/** One's progress as a file, and back. */
function ProgressFile({ progress }: { readonly progress: ProgressStore }) {
  const input = useRef<HTMLInputElement>(null)
  const [taken, setTaken] = useState<Taken>()
  const [failed, setFailed] = useState(false)
  const text = words.settings
  const failing = () => setFailed(true)
  const save = async () => {
    const [{ ownRecord }, { writeProgressFile }] = await Promise.all([record(), progressFile()])
    const kept = {
      progress: progress.getState().progress,
      quiz: ownRecord().getState().record,
      log: ownLog().getState().log,
    }
    const url = URL.createObjectURL(new Blob([writeProgressFile(kept)]))
    const link = document.createElement('a')
    link.href = url
    link.download = `port-authority-progress-${new Date().toISOString().slice(0, 10)}.json`
    link.click()
    setTimeout(() => URL.revokeObjectURL(url), 0)
  }
  const take = async (file: File | undefined) => {
    if (!file) return
    const [{ ownRecord }, { readProgressFile }] = await Promise.all([record(), progressFile()])
    const read = readProgressFile(await file.text())
    if ('progress' in read) {
      progress.getState().merge(read.progress)
      ownRecord().getState().merge(read.quiz)
      ownLog().getState().merge(read.log)
    }
    setTaken({ file: file.name, read })
  }
  return (
    <fieldset class="progress-file">
      <legend>{text.progress}</legend>
      <button type="button" onClick={() => void save().catch(failing)}>
        {text.save}
      </button>
      <button type="button" onClick={() => input.current?.click()}>
        {text.take}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        accept=".json,application/json"
        onChange={(event) => {
          void take(event.currentTarget.files?.[0]).catch(failing)
          event.currentTarget.value = ''
        }}
      />
      <p role="status">{failed ? words.home.missing.about : taken && takenText(taken)}</p>
    </fieldset>
  )
}
