import type { ComponentChildren } from 'preact'
import type { ProgressStore } from '../../store/progress-store'
import type { SettingsStore } from '../../store/settings-store'
import { Brand, Gear, Nav } from '../app/Nav'
import { Town } from '../app/Night'
import './modes.css'

/** What the screens of Today's shift, the night and the log get. */
export interface ModeScreenProps {
  readonly settings: SettingsStore
  readonly progress: ProgressStore
  readonly reducedMotion: () => boolean
  readonly onSettings: () => void
  /** To another address of the app. */
  readonly onGo: (hash: string) => void
}

interface ModePageProps {
  readonly class: string
  readonly onSettings: () => void
  readonly children: ComponentChildren
}

/** A screen at the porter's desk: the night, the bar, and what it is about. */
export function ModePage({ class: name, onSettings, children }: ModePageProps) {
  return (
    <>
      <div class="mode-night">
        <Town />
      </div>
      <div class={`mode ${name}`}>
        <header class="mode-bar">
          <Brand />
          <Nav here="play" />
          <Gear onSettings={onSettings} />
        </header>
        {children}
      </div>
    </>
  )
}
