import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'
import type { SettingsStore } from '../../store/settings-store'
import { practice } from '../../words/practice-screens'
import { Brand, Gear, Nav } from '../app/Nav'
import { Town } from '../app/Night'
import { use } from '../use'
import { ownPractice } from './own-practice'
import '../quiz/quiz.css'
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

/** A screen of practice: the night, the bar, and what it is about. */
export function Page({ class: name, onSettings, place, children }: PageProps) {
  return (
    <>
      <div class="quiz-night">
        <Town />
      </div>
      <div class={`quiz practice ${name}`}>
        <header class="quiz-bar">
          <Brand />
          <Nav here="practice" />
          <div class="quiz-place">{place}</div>
          <Gear onSettings={onSettings} />
        </header>
        <Unkept />
        {children}
      </div>
    </>
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
