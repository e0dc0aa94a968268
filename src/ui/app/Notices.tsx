import type { ComponentChildren } from 'preact'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { takeUpdate, update } from '../../pwa/update'
import type { ProgressStore } from '../../store/progress-store'
import type { SettingsStore } from '../../store/settings-store'
import type { StorageNotice } from '../../store/storage'
import { words } from '../../words'
import type { Language } from '../../words/language'
import { LANGUAGES } from '../../words/language'
import { use } from '../use'

/** Quiet lines: a language could not be fetched, or stored data not be read or written; a newer version is ready. */
export function Notices({
  progress,
  settings,
  missing,
  home,
}: {
  readonly progress: ProgressStore
  readonly settings: SettingsStore
  /** The language that could not be fetched. */
  readonly missing: Language | undefined
  /** Nothing runs that a new version would end. */
  readonly home: boolean
}) {
  const ofProgress = use(progress, (state) => state.notice)
  const ofSettings = use(settings, (state) => state.notice)
  const ready = use(update, (state) => state.ready)
  const notice = missing ? ({ kind: 'language', language: missing } as const) : (ofProgress ?? ofSettings)
  return (
    <div class="notices">
      {notice && <NoticeLine kind={notice.kind} text={textOf(notice)} />}
      {ready && home && <UpdateLine />}
    </div>
  )
}

function textOf(notice: StorageNotice | { readonly kind: 'language'; readonly language: Language }): string {
  const said = words.home.notice
  if (notice.kind === 'language') return said.language(LANGUAGES[notice.language].name)
  return notice.kind === 'set-aside' ? said['set-aside'](notice.key) : said[notice.kind]
}

/** Offers the newer version. Whoever goes on to something else meanwhile is not taken away from it. */
function UpdateLine() {
  const gone = useMemo(() => new AbortController(), [])
  useEffect(() => () => gone.abort(), [])
  return (
    <NoticeLine kind="update" text={words.home.update.ready}>
      <button type="button" onClick={() => void takeUpdate(gone.signal)}>
        {words.home.update.reload}
      </button>
    </NoticeLine>
  )
}

interface NoticeLineProps {
  readonly kind: string
  readonly text: string
  /** What can be done about it. */
  readonly children?: ComponentChildren
}

/** A quiet line that stays until it is dismissed. */
export function NoticeLine({ kind, text, children }: NoticeLineProps) {
  const [dismissed, dismiss] = useState<string>()
  if (dismissed === kind) return null
  return (
    <aside class="notice">
      <p role="status">{text}</p>
      {children}
      <button type="button" onClick={() => dismiss(kind)}>
        {words.home.dismiss}
      </button>
    </aside>
  )
}
