import { useMemo, useRef, useState } from 'preact/hooks'
import { ROUND_LENGTHS } from '../../quiz/round'
import { mark } from '../../quiz/mark'
import { bodyOf } from '../../room/posed'
import type { Result, ResultFault, Task } from '../../room/task'
import { codesIn, isLate, readResult, reportOf, versionOf, writeRoundTask, writeSetTask } from '../../room/task'
import { report } from '../../words/class-report'
import type { Language } from '../../words/language'
import { LANGUAGES, LANGUAGE_TAGS, language } from '../../words/language'
import { taskHash } from '../app/route'
import { newSeed } from '../app/seed'
import { ownSets } from '../teach/own-sets'
import { use } from '../use'
import type { ClassScreenProps } from './ClassPage'
import { ClassPage } from './ClassPage'
import { ReportView } from './ReportView'
import './task.css'

/** Without a server: a link goes out, codes come back, and the report is the same. */
export function CollectScreen({ onSettings }: ClassScreenProps) {
  return (
    <ClassPage class="collect" onSettings={onSettings} place={report.task.title}>
      <main class="report-main">
        <MakeLink />
        <Collect />
      </main>
    </ClassPage>
  )
}

/** What is asked, until when, and the link for it. */
function MakeLink() {
  const text = report.task
  const sets = use(ownSets(), (state) => state.sets)
  const [setId, setSetId] = useState('')
  const [title, setTitle] = useState('')
  const [length, setLength] = useState<number>(ROUND_LENGTHS[1])
  const [spoken, setSpoken] = useState<Language>(language)
  const [until, setUntil] = useState('')
  const [seed] = useState(newSeed)
  const [said, setSaid] = useState('')
  const set = sets.find(({ id }) => id === setId)
  const end = until === '' ? Number.NaN : new Date(until).getTime()
  const how = {
    title: title.trim() || (set?.title ?? ''),
    language: set?.language ?? spoken,
    until: Number.isFinite(end) ? end : undefined,
  }
  const written = set
    ? writeSetTask(set, how)
    : { query: writeRoundTask({ topics: [], length, seed, level: 2, focus: [] }, how) }
  const href = 'query' in written ? new URL(taskHash(written.query), location.href).href : ''
  const copy = () => {
    const failed = () => setSaid(text.copyFailed)
    if (!navigator.clipboard) return failed()
    navigator.clipboard.writeText(href).then(() => setSaid(text.copied), failed)
  }
  return (
    <section class="report-panel" aria-labelledby="make-link">
      <h1 id="make-link" tabIndex={-1}>
        {text.make}
      </h1>
      <p class="report-quiet">{text.makeAbout}</p>
      <div class="task-fields">
        <label class="class-field">
          <span>{text.makeSet}</span>
          <select value={setId} onChange={({ currentTarget }) => setSetId(currentTarget.value)}>
            <option value="">{text.makeTopics}</option>
            {sets.map((one) => (
              <option key={one.id} value={one.id}>
                {one.title || text.untitled}
              </option>
            ))}
          </select>
        </label>
        {!set && (
          <label class="class-field">
            <span>{text.makeLength}</span>
            <select value={length} onChange={({ currentTarget }) => setLength(Number(currentTarget.value))}>
              {ROUND_LENGTHS.map((one) => (
                <option key={one} value={one}>
                  {one}
                </option>
              ))}
            </select>
          </label>
        )}
        {!set && (
          <label class="class-field">
            <span>{text.makeLanguage}</span>
            <select
              value={spoken}
              onChange={({ currentTarget: { value } }) => {
                const chosen = LANGUAGE_TAGS.find((tag) => tag === value)
                if (chosen) setSpoken(chosen)
              }}
            >
              {LANGUAGE_TAGS.map((tag) => (
                <option key={tag} value={tag}>
                  {LANGUAGES[tag].name}
                </option>
              ))}
            </select>
          </label>
        )}
        <label class="class-field">
          <span>{text.makeTitle}</span>
          <input
            type="text"
            maxLength={80}
            value={title}
            onInput={({ currentTarget }) => setTitle(currentTarget.value)}
          />
        </label>
        <label class="class-field">
          <span>{text.makeUntil}</span>
          <input type="datetime-local" value={until} onInput={({ currentTarget }) => setUntil(currentTarget.value)} />
        </label>
      </div>
      {'fault' in written ? (
        <p role="alert" class="report-problem">
          {text.faults[written.fault]}
        </p>
      ) : (
        <>
          <label class="class-field">
            <span>{text.makeLink}</span>
            <input
              type="text"
              class="mono"
              readOnly
              value={href}
              onFocus={({ currentTarget }) => currentTarget.select()}
            />
          </label>
          <div class="report-ways">
            <button type="button" class="primary" onClick={copy}>
              {text.makeCopy}
            </button>
            <a class="secondary" href={taskHash(written.query)}>
              {text.makeTry}
            </a>
            <p role="status" class="report-said">
              {said}
            </p>
          </div>
        </>
      )}
    </section>
  )
}

interface Collected {
  readonly code: string
  readonly task: Task
  readonly result: Result
}

interface Bad {
  readonly start: string
  readonly fault: ResultFault
}

const rightIn = ({ task, result }: Collected): number =>
  versionOf(task, result.version).filter((posed, place) => {
    const answer = result.answers[place]
    return answer !== undefined && mark(bodyOf(posed), answer).right
  }).length

/** The later result of somebody takes the place of the earlier one. */
const withLatest = (all: readonly Collected[], one: Collected): readonly Collected[] => {
  const same = ({ result }: Collected) => result.query === one.result.query && result.name === one.result.name
  const before = all.find(same)
  if (!before) return [...all, one]
  return one.result.at < before.result.at ? all : all.map((other) => (other === before ? one : other))
}

/** Codes are pasted or dropped, and become a report. */
function Collect() {
  const text = report.task
  const [pasted, setPasted] = useState('')
  const [all, setAll] = useState<readonly Collected[]>([])
  const [bad, setBad] = useState<readonly Bad[]>([])
  const [said, setSaid] = useState('')
  const [names, setNames] = useState(true)
  const [chosen, setChosen] = useState('')
  const files = useRef<HTMLInputElement>(null)

  const take = (texts: readonly string[]) => {
    const wrong: Bad[] = []
    let kept = all
    let twice = 0
    let got = 0
    for (const code of texts.flatMap((one) => codesIn(one))) {
      const read = readResult(code)
      if ('fault' in read) wrong.push({ start: code.slice(0, 16), fault: read.fault })
      else if (kept.some((one) => one.code === code)) twice++
      else {
        kept = withLatest(kept, { code, ...read })
        got++
      }
    }
    setAll(kept)
    setBad(wrong)
    const parts = [
      text.got(got),
      ...(twice > 0 ? [text.twice(twice)] : []),
      ...(wrong.length > 0 ? [text.bad(wrong.length)] : []),
    ]
    setSaid(parts.join('. '))
  }
  const bring = async (list: FileList | null | undefined) => {
    try {
      take(await Promise.all([...(list ?? [])].map((file) => file.text())))
    } catch {
      setSaid(report.open.faults.unreadable)
    }
  }
  const queries = [...new Set(all.map(({ result }) => result.query))]
  const query = queries.includes(chosen) ? chosen : (queries[0] ?? '')
  const those = all.filter(({ result }) => result.query === query)
  const task = those[0]?.task
  const made = useMemo(
    () =>
      task &&
      reportOf(
        task,
        those.map(({ result }) => result),
        names,
      ),
    [all, query, names],
  )
  return (
    <>
      <section
        class="report-panel"
        aria-labelledby="collect"
        onDrop={(event) => {
          event.preventDefault()
          void bring(event.dataTransfer?.files)
        }}
      >
        <h2 id="collect">{text.collectTitle}</h2>
        <p class="report-quiet">{text.collectAbout}</p>
        <label class="class-field">
          <span>{text.paste}</span>
          <textarea
            class="task-code mono"
            rows={5}
            spellcheck={false}
            value={pasted}
            onInput={({ currentTarget }) => setPasted(currentTarget.value)}
          />
        </label>
        <div class="report-ways">
          <button
            type="button"
            class="primary"
            onClick={() => {
              take([pasted])
              setPasted('')
            }}
          >
            {text.read}
          </button>
          <button type="button" class="secondary" onClick={() => files.current?.click()}>
            {text.files}
          </button>
          <input
            ref={files}
            type="file"
            hidden
            multiple
            accept=".txt"
            aria-label={text.files}
            onChange={(event) => {
              const { currentTarget } = event
              void bring(currentTarget.files).then(() => (currentTarget.value = ''))
            }}
          />
          {all.length > 0 && (
            <button
              type="button"
              class="secondary"
              onClick={() => {
                setAll([])
                setBad([])
                setSaid('')
              }}
            >
              {text.clear}
            </button>
          )}
        </div>
        <p role="status" class="report-said">
          {said}
        </p>
        {bad.length > 0 && (
          <ul class="task-bad">
            {bad.slice(0, 20).map(({ start, fault }, place) => (
              <li key={place}>{text.badItem(start, text.badWhy[fault])}</li>
            ))}
          </ul>
        )}
        {queries.length > 1 && (
          <label class="class-field">
            <span>{text.task}</span>
            <select value={query} onChange={({ currentTarget }) => setChosen(currentTarget.value)}>
              {queries.map((one) => {
                const of = all.filter(({ result }) => result.query === one)
                return (
                  <option key={one} value={one}>
                    {text.taskOf(of[0]?.task.title || text.untitled, of.length)}
                  </option>
                )
              })}
            </select>
          </label>
        )}
        {those.length > 0 && (
          <>
            <ul class="task-results">
              {those.map((one) => (
                <li key={one.code}>
                  <span>{text.taken(one.result.name, rightIn(one), one.task.plan.length)}</span>
                  {isLate(one.task, one.result) && <strong class="task-late">{text.late}</strong>}
                  <button
                    type="button"
                    class="secondary"
                    aria-label={text.remove(one.result.name)}
                    onClick={() => setAll(all.filter((other) => other !== one))}
                  >
                    ✕
                  </button>
                </li>
              ))}
            </ul>
            <label class="class-check">
              <input type="checkbox" checked={names} onChange={() => setNames(!names)} />
              {text.names}
            </label>
          </>
        )}
      </section>
      {made && (
        <section aria-label={text.report}>
          <ReportView report={made} />
        </section>
      )}
    </>
  )
}
