import { useState } from 'preact/hooks'
import type { ProgressStore } from '../../store/progress-store'
import type { SettingsStore } from '../../store/settings-store'
import { words } from '../../words'
import type { Language } from '../../words/language'
import { LANGUAGES } from '../../words/language'
import { use } from '../use'

/** One quiet line when a language could not be fetched, or stored data not be read or written. */
export function Notices({
  progress,
  settings,
  missing,
}: {
  readonly progress: ProgressStore
  readonly settings: SettingsStore
  /** The language that could not be fetched. */
  readonly missing: Language | undefined
}) {
  const ofProgress = use(progress, (state) => state.notice)
  const ofSettings = use(settings, (state) => state.notice)
  const notice = missing ? ({ kind: 'language', language: missing } as const) : (ofProgress ?? ofSettings)
  if (!notice) return null
  const said = words.home.notice
  const text =
    notice.kind === 'language'
      ? said.language(LANGUAGES[notice.language].name)
      : notice.kind === 'set-aside'
        ? said['set-aside'](notice.key)
        : said[notice.kind]
  return <NoticeLine kind={notice.kind} text={text} />
}

/** A quiet line that stays until it is dismissed. */
export function NoticeLine({ kind, text }: { readonly kind: string; readonly text: string }) {
  const [dismissed, dismiss] = useState<string>()
  if (dismissed === kind) return null
  return (
    <aside class="notice">
      <p role="status">{text}</p>
      <button type="button" onClick={() => dismiss(kind)}>
        {words.home.dismiss}
      </button>
    </aside>
  )
}
