import type { ComponentChildren } from 'preact'
import type { SettingsStore } from '../../store/settings-store'
import { Frame } from '../quiz/Frame'
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

/** A screen of the class. */
export function ClassPage({ class: name, onSettings, place, inRoom = false, children }: PageProps) {
  return (
    <Frame class={`class ${name}`} here={inRoom ? undefined : 'class'} onSettings={onSettings} place={place}>
      {children}
    </Frame>
  )
}
