import { useEffect, useState } from 'preact/hooks'
import type { Report } from '../../room/report'
import { readReport } from '../../room/report'
import { classroom } from '../../words/class-screens'
import { CLASS_HASH } from '../app/route'
import type { HostProps } from './HostScreen'
import { ReportView } from './ReportView'
import { ownRooms } from './rooms'

/** What is left when the class is over: the report, and the end of everything else. */
export function HostEnd({ code, store }: HostProps) {
  const text = classroom.host
  const [names, setNames] = useState(false)
  const [report, setReport] = useState<Report | 'none'>()
  useEffect(() => {
    let gone = false
    const fetched = async () => {
      const room = await store.getState().report(names)
      const read = room === undefined ? undefined : readReport(JSON.stringify(room))
      if (!gone) setReport(read && 'report' in read ? read.report : 'none')
    }
    void fetched()
    return () => {
      gone = true
    }
  }, [store, names])
  const forget = async () => {
    await store.getState().act({ act: 'forget' })
    ownRooms().remove(code)
    location.hash = CLASS_HASH
  }
  return (
    <main class="report-main">
      {report === undefined ? (
        <h1 tabIndex={-1}>{text.reportLoading}</h1>
      ) : report === 'none' ? (
        <>
          <h1 tabIndex={-1}>{text.ended}</h1>
          <p>{text.endedAbout}</p>
          <button type="button" class="secondary" onClick={() => void forget()}>
            {text.forget}
          </button>
        </>
      ) : (
        <>
          <label class="check">
            <input type="checkbox" checked={names} onChange={() => setNames(!names)} />
            {text.reportNames}
          </label>
          <ReportView report={report} onForget={() => void forget()} />
        </>
      )}
      <p>
        <a class="secondary" href={CLASS_HASH}>
          {text.toClass}
        </a>
      </p>
    </main>
  )
}
