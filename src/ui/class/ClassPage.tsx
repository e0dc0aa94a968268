import type { ComponentChildren } from 'preact'
import type { SettingsStore } from '../../store/settings-store'
import { Town } from '../app/Night'
import { Brand, Gear, Nav } from '../app/Nav'
import '../quiz/quiz.css'
import './class.css'

/** What every screen of the class gets. */
export interface ClassScreenProps {
  readonly settings: SettingsStore
  readonly reducedMotion: () => boolean
  readonly onSettings: () => void
}

interface PageProps {
  readonly class: string
  readonly onSettings: () => void
  /** What stands at the end of the bar. */
  readonly place?: ComponentChildren
  /** Who sits in a class is not led through the house. */
  readonly inRoom?: boolean
  readonly children: ComponentChildren
}

/** A screen of the class: the night, the bar, and what it is about. */
export function ClassPage({ class: name, onSettings, place, inRoom = false, children }: PageProps) {
  return (
    <>
      <div class="quiz-night">
        <Town />
      </div>
      <div class={`quiz class ${name}`}>
        <header class="quiz-bar">
          <Brand />
          {!inRoom && <Nav here="class" />}
          <div class="quiz-place">{place}</div>
          <Gear onSettings={onSettings} />
        </header>
        {children}
      </div>
    </>
  )
}
