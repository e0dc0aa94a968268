import { useRef, useState } from 'preact/hooks'
import type { Share } from '../../quiz/record'
import type { Findings } from '../../room/findings'
import { gainAcross } from '../../room/findings'
import type { Report } from '../../room/report'
import { readReport } from '../../room/report'
import { report as words } from '../../words/class-report'
import { Said } from '../quiz/Said'
import { Interval } from './ReportIdeas'
import type { Shown } from './ReportView'

interface ChangeProps {
  readonly report: Report
  readonly findings: Findings
  readonly shown: readonly Shown[]
}

/** What has changed: between two votes, between two times of one template, and since an earlier report. */
export function ReportChange({ report, findings, shown }: ChangeProps) {
  const text = words.change
  const stemOf = (round: number) => shown.find(({ finding }) => finding.round === round)?.stem ?? ''
  return (
    <section class="report-panel report-change" aria-labelledby="report-change">
      <h2 id="report-change">{text.heading}</h2>
      {findings.peer.length > 0 && (
        <>
          <h3>{text.peer}</h3>
          {findings.peer.map(({ first, second, before, after, moved, change }) => (
            <article key={second} class="change">
              <p>
                <Said text={stemOf(first)} />
              </p>
              <Two names={[text.first, text.second]} shares={[before, after]} />
              <p class="report-quiet">
                {text.moved(moved.gained, moved.lost)} {change && text.by(change.difference, change.low, change.high)}
              </p>
            </article>
          ))}
        </>
      )}
      {findings.pairs.length > 0 && (
        <>
          <h3>{text.pairs}</h3>
          {findings.pairs.map(({ template, last, gain }) => (
            <article key={template} class="change">
              <p>
                <Said text={stemOf(last)} />
              </p>
              <Two names={[text.before, text.after]} shares={[gain.before, gain.after]} />
              <p class="report-quiet">{text.by(gain.difference, gain.low, gain.high)}</p>
            </article>
          ))}
        </>
      )}
      <Compare report={report} />
    </section>
  )
}

interface TwoProps {
  readonly names: readonly [string, string]
  readonly shares: readonly [Share, Share]
}

function Two({ names, shares }: TwoProps) {
  return (
    <dl class="compared">
      {shares.map((one, place) => (
        <div key={place}>
          <dt>{names[place]}</dt>
          <dd>
            <span class="mono">{Math.round(one.share * 100)}%</span>
            <span class="sr-only">{words.ideas.between(one.low, one.high)}</span>
            <Interval {...one} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** A test before a course and one after it are two reports. */
function Compare({ report }: { readonly report: Report }) {
  const text = words.change
  const input = useRef<HTMLInputElement>(null)
  const [earlier, setEarlier] = useState<Report>()
  const [problem, setProblem] = useState('')
  const bring = async (file: File | undefined) => {
    if (!file) return
    setProblem('')
    try {
      const read = readReport(await file.text())
      if ('fault' in read) setProblem(words.open.faults[read.fault])
      else setEarlier(read.report)
    } catch {
      setProblem(words.open.faults.unreadable)
    }
  }
  const across = earlier && gainAcross(earlier, report)
  return (
    <div class="compare">
      <h3>{text.compare}</h3>
      <p class="report-quiet">{text.compareAbout}</p>
      <button type="button" class="secondary" onClick={() => input.current?.click()}>
        {text.choose}
      </button>
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
      <p role="status" class="report-said">
        {problem || (earlier && !across ? text.noCommon : across ? text.common(across.templates.length) : '')}
      </p>
      {across && (
        <>
          <Two names={[text.earlier, text.here]} shares={[across.gain.before, across.gain.after]} />
          <p class="report-quiet">{text.by(across.gain.difference, across.gain.low, across.gain.high)}</p>
        </>
      )}
    </div>
  )
}
