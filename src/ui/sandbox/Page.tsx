import type { ComponentChildren } from 'preact'
import { Brand, Gear, Nav } from '../app/Nav'
import { Town } from '../app/Night'
import '../quiz/quiz.css'
import './sandbox.css'

export interface SandboxScreenProps {
  readonly reducedMotion: () => boolean
  readonly onSettings: () => void
}

interface PageProps {
  readonly class: string
  readonly onSettings: () => void
  readonly children: ComponentChildren
}

/** A screen of the sandbox: the night, the bar, and what it is about. */
export function Page({ class: name, onSettings, children }: PageProps) {
  return (
    <>
      <div class="quiz-night">
        <Town />
      </div>
      <div class={`quiz sandbox ${name}`}>
        <header class="quiz-bar">
          <Brand />
          <Nav here="sandbox" />
          <div class="quiz-place" />
          <Gear onSettings={onSettings} />
        </header>
        {children}
      </div>
    </>
  )
}
