import { useState } from 'preact/hooks'
import type { ProgressStore } from '../../store/progress-store'
import type { SettingsStore } from '../../store/settings-store'
import { words } from '../../words'
import { use } from '../use'

/** One quiet line when stored data could not be read or written. */
export function Notices({
  progress,
  settings,
}: {
  readonly progress: ProgressStore
  readonly settings: SettingsStore
}) {
  const notice = use(progress, (state) => state.notice) ?? use(settings, (state) => state.notice)
  const [dismissed, dismiss] = useState<string>()
  if (!notice || dismissed === notice.kind) return null
  const text = notice.kind === 'set-aside' ? words.home.notice['set-aside'](notice.key) : words.home.notice[notice.kind]
  return (
    <aside class="notice">
      <p role="status">{text}</p>
      <button type="button" onClick={() => dismiss(notice.kind)}>
        {words.home.dismiss}
      </button>
    </aside>
  )
}
