import type { ComponentChildren, ComponentProps } from 'preact'
import { Brand, Gear, Nav } from '../app/Nav'
import { Town } from '../app/Night'
import './quiz.css'

interface FrameProps {
  readonly class: string
  /** Where the bar stands in the house; undefined for whoever is not led through it. */
  readonly here: ComponentProps<typeof Nav>['here'] | undefined
  readonly onSettings: () => void
  /** What stands at the end of the bar. */
  readonly place?: ComponentChildren
  readonly children: ComponentChildren
}

/** What every screen of quiz, practice, class and sandbox stands in: the night, and the bar. */
export function Frame({ class: name, here, onSettings, place, children }: FrameProps) {
  return (
    <>
      <div class="quiz-night">
        <Town />
      </div>
      <div class={`quiz ${name}`}>
        <header class="quiz-bar">
          <Brand />
          {here && <Nav here={here} />}
          <div class="quiz-place">{place}</div>
          <Gear onSettings={onSettings} />
        </header>
        {children}
      </div>
    </>
  )
}
