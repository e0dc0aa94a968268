import { useRef, useState } from 'preact/hooks'
import type { Report } from '../../room/report'
import { readReport } from '../../room/report'
import { report as words } from '../../words/class-report'
import { CLASS_HASH } from '../app/route'
import type { ClassScreenProps } from './ClassPage'
import { ClassPage } from './ClassPage'
import { ReportView } from './ReportView'

/** A report that was saved, opened again. */
export function ReportScreen({ onSettings }: ClassScreenProps) {
  const text = words.open
  const input = useRef<HTMLInputElement>(null)
  const [report, setReport] = useState<Report>()
  const [problem, setProblem] = useState('')
  const bring = async (file: File | undefined) => {
    if (!file) return
    setProblem('')
    try {
      const read = readReport(await file.text())
      if ('fault' in read) setProblem(text.faults[read.fault])
      else setReport(read.report)
    } catch {
      setProblem(text.faults.unreadable)
    }
  }
  return (
    <ClassPage class="report-page" onSettings={onSettings} place={words.title}>
      <main
        class="report-main"
        onDrop={(event) => {
          event.preventDefault()
          void bring(event.dataTransfer?.files[0])
        }}
      >
        {report ? (
          <>
            <ReportView key={report.opened} report={report} />
            <div class="report-ways">
              <button type="button" class="secondary" onClick={() => setReport(undefined)}>
                {text.other}
              </button>
              <a class="secondary" href={CLASS_HASH}>
                {text.toClass}
              </a>
            </div>
          </>
        ) : (
          <section class="report-open">
            <h1 tabIndex={-1}>{text.title}</h1>
            <p>{text.about}</p>
            <div class="report-ways">
              <button type="button" class="primary" onClick={() => input.current?.click()}>
                {text.choose}
              </button>
              <span class="report-quiet">{text.drop}</span>
            </div>
            <input
              ref={input}
              type="file"
              hidden
              accept=".json"
              aria-label={text.choose}
              onChange={(event) => {
                void bring(event.currentTarget.files?.[0])
                event.currentTarget.value = ''
              }}
            />
            <p role="alert" class="report-problem">
              {problem}
            </p>
          </section>
        )}
      </main>
    </ClassPage>
  )
}
