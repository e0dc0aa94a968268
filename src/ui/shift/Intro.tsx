import { useEffect, useLayoutEffect, useRef } from 'preact/hooks'
import type { Level } from '../../shift/level'
import type { Mode } from '../../shift/shift'
import type { SettingsStore } from '../../store/settings-store'
import { words } from '../../words'
import { levelMark, levelWords } from '../../words/level-words'

interface IntroProps {
  readonly level: Level
  readonly mode: Mode
  readonly settings: SettingsStore
  readonly onMode: (mode: Mode) => void
  readonly onBegin: () => void
  readonly onLeave: () => void
}

/** Two lines before the shift; the stage is fetched while they are read. */
export function Intro({ level, mode, onMode, onBegin, onLeave }: IntroProps) {
  const begin = useRef<HTMLButtonElement>(null)
  const text = levelWords(level)
  useEffect(() => {
    void import('../../stage/mount')
  }, [])
  useLayoutEffect(() => begin.current?.focus(), [])
  return (
    <main class="intro">
      <div class="intro-card">
        <p class="intro-id">{levelMark(level)}</p>
        <h1>{text.title}</h1>
        <p class="intro-text">{text.intro}</p>
        <p class="intro-goal">{text.goal}</p>
        {!level.capture && (
          <fieldset class="intro-pace">
            <legend>{words.shift.pace}</legend>
            {(['calm', 'rush'] as const).map((one) => (
              <label key={one}>
                <input type="radio" name="pace" checked={mode === one} onChange={() => onMode(one)} />
                <span>
                  <strong>{words.shift[one]}</strong> {one === 'calm' ? words.shift.calmAbout : words.shift.rushAbout}
                </span>
              </label>
            ))}
          </fieldset>
        )}
        <button type="button" class="primary" ref={begin} onClick={onBegin}>
          {words.shift.start}
        </button>
        <button type="button" class="quiet-button" onClick={onLeave}>
          {words.shift.back}
        </button>
      </div>
    </main>
  )
}
