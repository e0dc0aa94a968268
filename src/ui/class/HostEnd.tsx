import { useEffect, useState } from 'preact/hooks'
import type { ComponentType } from 'preact'
import type { Report } from '../../room/report'
import { wordsReady } from '../../words/language'
import { classroom } from '../../words/class-screens'
import { CLASS_HASH } from '../app/route'
import { use } from '../use'
import type { HostProps } from './HostScreen'
import { ownRooms } from './rooms'
import './report.css'

interface Loaded {
  readonly View: ComponentType<{ readonly report: Report; readonly onForget?: () => void }>
  readonly report: Report
}

/** What is left when the class is over: the report, and the end of everything else. */
export function HostEnd({ code, store }: HostProps) {
  const text = classroom.host
  const line = use(store, (state) => state.line)
  const [loaded, setLoaded] = useState<Loaded>()
  useEffect(() => {
    if (loaded || line !== 'on') return undefined
    let gone = false
    const load = async () => {
      const names = ownRooms().of(code)?.names ?? false
      const [{ ReportView }, { readReport }, room] = await Promise.all([
        import('./ReportView'),
        import('../../room/report'),
        store.getState().report(names),
      ])
      await wordsReady()
      const read = room === undefined ? undefined : readReport(JSON.stringify(room))
      if (!gone && read && 'report' in read) setLoaded({ View: ReportView, report: read.report })
    }
    // Without a connection it is fetched when there is one again.
    load().catch(() => undefined)
    return () => {
      gone = true
    }
  }, [line])
  const forget = async () => {
    await store.getState().act({ act: 'forget' })
    ownRooms().remove(code)
    location.hash = CLASS_HASH
  }
  if (loaded)
    return (
      <main class="report-main">
        <loaded.View report={loaded.report} onForget={() => void forget()} />
      </main>
    )
  return (
    <main class="host-end">
      <h1 tabIndex={-1}>{text.ended}</h1>
      <p>{text.endedAbout}</p>
      <p role="status">{text.reportLoading}</p>
      <div class="notice-ways">
        <button type="button" class="secondary" onClick={() => void forget()}>
          {text.forget}
        </button>
        <a class="secondary" href={CLASS_HASH}>
          {text.toClass}
        </a>
      </div>
    </main>
  )
}
