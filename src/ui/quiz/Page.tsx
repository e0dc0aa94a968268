import type { ComponentChildren } from 'preact'
import type { SettingsStore } from '../../store/settings-store'
import { words } from '../../words'
import { quiz } from '../../words/quiz-screens'
import { NoticeLine } from '../app/Notices'
import { use } from '../use'
import { Frame } from './Frame'
import { ownRecord } from './own-record'

/** What every screen of the quiz gets. */
export interface QuizScreenProps {
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

/** A screen of the quiz. */
export function Page({ class: name, onSettings, place, children }: PageProps) {
  return (
    <>
      <Frame class={name} here="quiz" onSettings={onSettings} place={place}>
        {children}
      </Frame>
      <RecordNotice />
    </>
  )
}

/** One quiet line when the record could not be read or is not being kept. */
function RecordNotice() {
  const notice = use(ownRecord(), (state) => state.notice)
  // That the browser keeps nothing at all is said for the whole house.
  if (!notice || notice.kind === 'blocked') return null
  const text = notice.kind === 'full' ? quiz.full : words.home.notice['set-aside'](notice.key)
  return <NoticeLine kind={notice.kind} text={text} />
}
