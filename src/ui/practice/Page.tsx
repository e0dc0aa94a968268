import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'
import type { SettingsStore } from '../../store/settings-store'
import { practice } from '../../words/practice-screens'
import { Frame } from '../quiz/Frame'
import { use } from '../use'
import { ownPractice } from './own-practice'
import './practice.css'

/** What every screen of practice gets. */
export interface PracticeScreenProps {
  readonly settings: SettingsStore
  readonly reducedMotion: () => boolean
  readonly onSettings: () => void
}

interface PageProps {
  readonly class: string
  readonly onSettings: () => void
  /** What stands at the end of the bar. */
  readonly place?: ComponentChildren
  readonly children: ComponentChildren
}

/** A screen of practice. */
export function Page({ class: name, onSettings, place, children }: PageProps) {
  return (
    <Frame class={`practice ${name}`} here="practice" onSettings={onSettings} place={place}>
      <Unkept />
      {children}
    </Frame>
  )
}

/** One line when practice is not being kept, and why. */
function Unkept() {
  const notice = use(ownPractice(), (state) => state.notice)
  return (
    <p class="unkept" role="status">
      {notice && practice.notice[notice]}
    </p>
  )
}

/** True once what is kept has been read. The heading then gets the focus that a screen has when it is entered. */
export function useReady(): boolean {
  const ready = use(ownPractice(), (state) => state.ready)
  useEffect(() => {
    if (ready && document.activeElement === document.body)
      document.querySelector<HTMLElement>('.practice h1')?.focus({ preventScroll: true })
  }, [ready])
  return ready
}
