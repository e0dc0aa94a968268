import { useMemo, useState } from 'preact/hooks'
import type { Given } from '../../quiz/course'
import { VARIANTS, questionOf } from '../../room/posed'
import type { Task } from '../../room/task'
import { isLate, readTask, versionOf, writeResult } from '../../room/task'
import type { Begun } from '../../store/task-keep'
import { keepTasks } from '../../store/task-keep'
import { report } from '../../words/class-report'
import { language } from '../../words/language'
import { questionWords } from '../../words/questions'
import { Broken } from '../app/Broken'
import { browserStorage } from '../app/browser-storage'
import { useLentLanguage } from '../app/lent-language'
import { CLASS_HASH } from '../app/route'
import { newSeed } from '../app/seed'
import { Run } from '../quiz/Run'
import { saveFile } from '../teach/save-file'
import type { ClassScreenProps } from './ClassPage'
import { ClassPage } from './ClassPage'
import './report.css'
import './task.css'

export interface TaskScreenProps extends ClassScreenProps {
  /** What stands behind the question mark of the link. */
  readonly query: string
}

/** A task that somebody sent: answered here alone, handed in as a code. */
export function TaskScreen({ query, ...screen }: TaskScreenProps) {
  const task = useMemo(() => readTask(query), [query])
  useLentLanguage('fault' in task ? undefined : task.language)
  if ('fault' in task)
    return <Broken about={report.task.faults[task.fault]} way={{ href: CLASS_HASH, text: report.open.toClass }} />
  return <Whole key={query} {...screen} query={query} task={task} />
}

const dateOf = (at: number): string => new Date(at).toLocaleString(language, { dateStyle: 'long', timeStyle: 'short' })

function Whole({ query, task, ...screen }: TaskScreenProps & { readonly task: Task }) {
  const tasks = useMemo(() => keepTasks(browserStorage()), [])
  const [begun, setBegun] = useState<Begun | undefined>(() => tasks.of(query))
  const keep = (one: Begun) => {
    tasks.put(one)
    setBegun(one)
  }
  return begun ? (
    <Answering {...screen} task={task} begun={begun} onDone={(done) => keep({ ...begun, done })} />
  ) : (
    <Start {...screen} task={task} onBegin={(name) => keep({ query, name, version: newSeed() % VARIANTS })} />
  )
}

interface StartProps extends ClassScreenProps {
  readonly task: Task
  readonly onBegin: (name: string) => void
}

function Start({ task, onBegin, onSettings }: StartProps) {
  const text = report.task
  const [name, setName] = useState('')
  const [asked, setAsked] = useState(false)
  const { until } = task
  return (
    <ClassPage class="task-start" onSettings={onSettings} place={text.title}>
      <main class="task-main">
        <h1 tabIndex={-1}>{task.title || text.untitled}</h1>
        <p>{text.about(task.plan.length)}</p>
        {until !== undefined && <p>{until < Date.now() ? text.over(dateOf(until)) : text.until(dateOf(until))}</p>}
        <form
          class="class-card task-form"
          onSubmit={(event) => {
            event.preventDefault()
            setAsked(true)
            if (name.trim() !== '') onBegin(name.trim().slice(0, 80))
          }}
        >
          <label class="class-field">
            <span>{text.name}</span>
            <input
              type="text"
              autocomplete="off"
              maxLength={80}
              value={name}
              aria-describedby="task-name"
              onInput={({ currentTarget }) => setName(currentTarget.value)}
            />
          </label>
          <p id="task-name">{text.nameAbout}</p>
          <p role="alert" class="class-problem">
            {asked && name.trim() === '' ? text.needName : ''}
          </p>
          <button type="submit" class="primary big">
            {text.begin} <kbd aria-hidden="true">⏎</kbd>
          </button>
        </form>
      </main>
    </ClassPage>
  )
}

interface AnsweringProps extends ClassScreenProps {
  readonly task: Task
  readonly begun: Begun
  readonly onDone: (at: number) => void
}

function Answering({ task, begun, onDone, ...screen }: AnsweringProps) {
  const spoken = questionWords
  const posed = useMemo(() => versionOf(task, begun.version), [task, begun.version])
  const next = useMemo(
    () => (given: readonly Given[]) => {
      const one = posed[given.length]
      return one && !('own' in one) ? questionOf(one, spoken) : undefined
    },
    [posed, spoken],
  )
  return (
    <Run
      {...screen}
      of={`task ${begun.version} ${begun.query}`}
      title={task.title || report.task.title}
      length={posed.length}
      next={next}
      end={(given) => <HandIn task={task} begun={begun} given={given} onDone={onDone} />}
    />
  )
}

interface HandInProps {
  readonly task: Task
  readonly begun: Begun
  readonly given: readonly Given[]
  readonly onDone: (at: number) => void
}

/** The code, and ways to hand it in. */
function HandIn({ task, begun, given, onDone }: HandInProps) {
  const text = report.task
  const { query, name, version } = begun
  const [at] = useState(() => {
    const now = begun.done ?? Date.now()
    if (begun.done === undefined) onDone(now)
    return now
  })
  const result = { query, name, version, at, answers: given.map(({ answer }) => answer) }
  const code = useMemo(() => writeResult(result), [given, at])
  const [said, setSaid] = useState('')
  const copy = () => {
    const failed = () => setSaid(text.copyFailed)
    if (!navigator.clipboard) return failed()
    navigator.clipboard.writeText(code).then(() => setSaid(text.copied), failed)
  }
  const right = given.filter(({ marked }) => marked.right).length
  return (
    <main class="task-main">
      <h1 tabIndex={-1}>{text.done}</h1>
      <p class="task-taken">
        {text.taken(name, right, given.length)}
        {isLate(task, result) && ` (${text.late})`}
      </p>
      <p>{text.doneAbout}</p>
      <label class="class-field">
        <span>{text.code}</span>
        <textarea
          class="task-code mono"
          readOnly
          rows={6}
          value={code}
          onFocus={({ currentTarget }) => currentTarget.select()}
        />
      </label>
      <div class="report-ways">
        <button type="button" class="primary" onClick={copy}>
          {text.copy}
        </button>
        <button
          type="button"
          class="secondary"
          onClick={() => saveFile({ name: `${text.file}.txt`, type: 'text/plain', content: `${code}\n` })}
        >
          {text.save}
        </button>
        {'share' in navigator && (
          <button
            type="button"
            class="secondary"
            // Whoever closes the sheet has not shared, and that is no fault.
            onClick={() => void navigator.share({ text: code }).catch(() => undefined)}
          >
            {text.share}
          </button>
        )}
        <p role="status" class="report-said">
          {said}
        </p>
      </div>
    </main>
  )
}
