import { useMemo, useState } from 'preact/hooks'
import type { Question } from '../../quiz/question'
import { bodyOf, questionOf } from '../../room/posed'
import type { QuestionFinding } from '../../room/findings'
import { findingsOf } from '../../room/findings'
import type { Report } from '../../room/report'
import { writeReport } from '../../room/report'
import { ideasCsv, peopleCsv, questionsCsv } from '../../room/report-csv'
import { report as text } from '../../words/class-report'
import { language } from '../../words/language'
import { misconceptions } from '../../words/misconceptions'
import type { QuestionWords } from '../../words/questions'
import { solutionOf } from '../quiz/Feedback'
import { saveFile } from '../teach/save-file'
import { useSetWords } from '../teach/use-set-words'
import { asLine, readBody, useMarkdown } from './own-text'
import { ReportChange } from './ReportChange'
import { ReportIdeas } from './ReportIdeas'
import { ReportLessons } from './ReportLessons'
import { ReportPeople } from './ReportPeople'
import { ReportQuestions } from './ReportQuestions'
import { ReportTeam } from './ReportTeam'
import './report.css'

/** A question of the report in words. */
export interface Shown {
  readonly finding: QuestionFinding
  readonly stem: string
  /** The texts of the options, in their order. */
  readonly options: readonly { readonly text: string; readonly right: boolean }[]
  readonly answer: string
  /** Of a template: the whole question. */
  readonly question?: Question
}

interface ReportViewProps {
  readonly report: Report
  /** Where the server still has the class: deletes it there. */
  readonly onForget?: () => void
}

/** What a class has shown: what to teach next, which ideas live, how each question went, what has changed. */
export function ReportView({ report, onForget }: ReportViewProps) {
  const words = useSetWords(report.language)
  if (words === undefined) return <p class="sr-only">{text.loading}</p>
  if (words === 'failed') return <p class="report-failed">{text.wordsFailed}</p>
  return <Whole report={report} words={words.questions} {...(onForget && { onForget })} />
}

function Whole({ report, words, onForget }: ReportViewProps & { readonly words: QuestionWords }) {
  const findings = useMemo(() => findingsOf(report), [report])
  const read = useMarkdown(report.rounds.some(({ posed }) => 'own' in posed))
  const shown = useMemo(
    () =>
      findings.questions.map((finding): Shown => {
        const { posed } = finding
        const question = 'own' in posed ? undefined : questionOf(posed, words)
        const body = question?.body ?? readBody(bodyOf(posed), read)
        return {
          finding,
          stem: 'own' in posed ? asLine(posed.own.stem, read) : (question?.stem ?? ''),
          options: 'options' in body ? body.options : [],
          answer: solutionOf(body),
          ...(question && { question }),
        }
      }),
    [findings, words, read],
  )
  const right = findings.questions.reduce((sum, one) => sum + one.right.count, 0)
  const answered = findings.questions.reduce((sum, one) => sum + one.right.of, 0)
  const date = new Date(report.opened).toLocaleDateString(language, { dateStyle: 'long' })
  const nothing = answered === 0 && !findings.team
  return (
    <div class="report">
      <header class="report-head">
        <h1 tabIndex={-1}>{report.title ?? text.heading}</h1>
        <p class="report-about">{text.about(text.ways[report.way], date)}</p>
        <ul class="report-sums">
          <li>{text.players(report.players)}</li>
          {report.way !== 'team' && <li>{text.questions(new Set(report.rounds.map(({ item }) => item)).size)}</li>}
          {answered > 0 && <li>{text.rightAll(right / answered)}</li>}
        </ul>
      </header>
      <Keep report={report} findings={findings} shown={shown} onForget={onForget} />
      {nothing ? (
        <p class="report-nothing">{text.nothing}</p>
      ) : (
        <>
          <ReportLessons report={report} findings={findings} words={words} />
          {findings.team && <ReportTeam team={findings.team} />}
          {report.rounds.length > 0 && (
            <>
              <ReportIdeas ideas={findings.ideas} />
              <ReportQuestions shown={shown} />
              <ReportChange report={report} findings={findings} shown={shown} />
            </>
          )}
          {findings.people ? (
            <ReportPeople people={findings.people} questions={findings.questions} />
          ) : (
            <p class="report-quiet">{text.keep.noNames}</p>
          )}
        </>
      )}
    </div>
  )
}

interface KeepProps {
  readonly report: Report
  readonly findings: ReturnType<typeof findingsOf>
  readonly shown: readonly Shown[]
  readonly onForget: (() => void) | undefined
}

/** Saving it, as a whole, as tables or on paper, and deleting what the server has. */
function Keep({ report, findings, shown, onForget }: KeepProps) {
  const [saved, setSaved] = useState(false)
  const [sure, setSure] = useState(false)
  const name = `${text.keep.file}-${new Date(report.opened).toISOString().slice(0, 10)}`
  const save = () => {
    saveFile({ name: `${name}.json`, type: 'application/json', content: writeReport(report) })
    setSaved(true)
    setSure(false)
  }
  const csv = (part: keyof typeof text.keep.csvOf, content: string) =>
    saveFile({ name: `${name}-${part}.csv`, type: 'text/csv', content })
  const forget = () => (saved || sure ? onForget?.() : setSure(true))
  return (
    <section class="report-keep">
      {onForget && <p>{saved ? text.keep.saved : text.keep.about}</p>}
      <div class="report-ways">
        <button type="button" class="primary" onClick={save}>
          {text.keep.save}
        </button>
        {onForget && (
          <button type="button" class={`secondary ${sure ? 'sure' : ''}`} onClick={forget}>
            {sure ? text.keep.forgetSure : text.keep.forget}
          </button>
        )}
        <button type="button" class="secondary" onClick={() => print()}>
          {text.keep.print}
        </button>
        {report.rounds.length > 0 && (
          <span class="report-tables" role="group" aria-label={text.keep.csv}>
            <span aria-hidden="true">{text.keep.csv}</span>
            <button
              type="button"
              class="secondary"
              onClick={() => csv('questions', questionsCsv(findings, shown, text.csv))}
            >
              {text.keep.csvOf.questions}
            </button>
            <button
              type="button"
              class="secondary"
              onClick={() =>
                csv(
                  'ideas',
                  ideasCsv(findings, (idea) => misconceptions[idea], text.csv),
                )
              }
            >
              {text.keep.csvOf.ideas}
            </button>
            {findings.people && (
              <button type="button" class="secondary" onClick={() => csv('people', peopleCsv(findings, text.csv))}>
                {text.keep.csvOf.people}
              </button>
            )}
          </span>
        )}
      </div>
    </section>
  )
}
