import { memo } from 'preact/compat'
import { useCallback, useEffect, useMemo, useState } from 'preact/hooks'
import { tasksOf } from '../../exchange/task'
import { toPlain } from '../../exchange/rich'
import type { Task } from '../../exchange/task'
import type { QuestionSet, TemplateItem } from '../../quiz/set'
import { questionsOf } from '../../quiz/set'
import type { Template } from '../../quiz/template'
import { TEMPLATES } from '../../quiz/templates'
import type { Topic } from '../../quiz/topic'
import { CLUSTERS_OF, TOPICS } from '../../quiz/topic'
import { clusters } from '../../words/misconceptions'
import { quiz } from '../../words/quiz-screens'
import type { SetWords } from '../../words/set-words'
import { teach } from '../../words/teach'
import { newSeed } from '../app/seed'
import { Dialog } from '../shift/dialog'
import { RichLine } from './RichText'
import { TaskView } from './TaskView'

interface Example {
  readonly template: Template
  readonly task: Task
  /** What a search looks through. */
  readonly says: string
}

/** Examples drawn in one turn, so that the page answers in between. */
const AT_ONCE = 8

function exampleOf(template: Template, seed: number, words: SetWords): Example | undefined {
  const item: TemplateItem = { key: 1, template: template.id, count: 1, seed, fixed: {} }
  const [task] = tasksOf(questionsOf({ seed, items: [item] }, [template], words.questions), { images: false }, words)
  const options = task && 'options' in task.body ? task.body.options.map(({ text }) => toPlain(text)) : []
  const views = task?.views.map((view) => (view.kind === 'text' ? view.command : '')) ?? []
  const says = [template.id, clusters[template.cluster].name, task && toPlain(task.stem), ...options, ...views]
  return task && { template, task, says: says.join(' ').toLowerCase() }
}

/** An example of every template, a few at a time. */
function useExamples(words: SetWords): readonly Example[] {
  const [examples, setExamples] = useState<readonly Example[]>([])
  useEffect(() => {
    let timer = 0
    let made: readonly Example[] = []
    const more = (from: number) => {
      made = [...made, ...TEMPLATES.slice(from, from + AT_ONCE).flatMap((one) => exampleOf(one, 1, words) ?? [])]
      setExamples(made)
      if (from + AT_ONCE < TEMPLATES.length) timer = window.setTimeout(() => more(from + AT_ONCE), 0)
    }
    more(0)
    return () => window.clearTimeout(timer)
  }, [words])
  return examples
}

interface PickerProps {
  readonly words: SetWords
  readonly set: QuestionSet
  readonly onAdd: (item: Omit<TemplateItem, 'key'>) => void
  readonly onClose: () => void
}

/** Every template by topic, with a search, an example of the chosen one, and the way into the set. */
export function Picker({ words, set, onAdd, onClose }: PickerProps) {
  const text = teach.picker
  const examples = useExamples(words)
  const [topic, setTopic] = useState<Topic>()
  const [search, setSearch] = useState('')
  const [chosen, setChosen] = useState<string>()
  const [seed, setSeed] = useState(1)
  const [added, setAdded] = useState(0)

  const wanted = search.toLowerCase().split(/\s+/).filter(Boolean)
  const found = examples.filter(
    ({ template, says }) =>
      (topic === undefined || CLUSTERS_OF[topic].includes(template.cluster)) &&
      wanted.every((word) => says.includes(word)),
  )
  const current = found.find(({ template }) => template.id === chosen)
  const shown = useMemo(
    () => current && (seed === 1 ? current : exampleOf(current.template, seed, words)),
    [current, seed, words],
  )
  const choose = useCallback((id: string) => {
    setChosen(id)
    setSeed(1)
  }, [])
  const inSet = (id: string) => set.items.filter((item) => 'template' in item && item.template === id).length

  return (
    <Dialog title={text.title} class={`teach-dialog picker ${current ? 'chosen' : ''}`} onClose={onClose}>
      <p class="quiet picker-about">{text.about}</p>
      <div class="picker-filter">
        <label class="field">
          <span>{text.search}</span>
          <input
            type="search"
            value={search}
            placeholder={text.searchHint}
            onInput={({ currentTarget }) => setSearch(currentTarget.value)}
          />
        </label>
        <label class="field">
          <span>{text.topic}</span>
          <select
            value={topic ?? ''}
            onChange={({ currentTarget: { value } }) => setTopic(TOPICS.find((one) => one === value))}
          >
            <option value="">{text.all}</option>
            {TOPICS.map((one) => (
              <option key={one} value={one}>
                {quiz.topics[one].name}
              </option>
            ))}
          </select>
        </label>
        <p class="quiet picker-found" role="status">
          {examples.length < TEMPLATES.length ? text.loading : text.found(found.length)}
        </p>
      </div>
      <div class="picker-panes">
        <ul class="picker-list">
          {found.map((example) => (
            <Row
              key={example.template.id}
              example={example}
              chosen={chosen === example.template.id}
              inSet={inSet(example.template.id)}
              onChoose={choose}
            />
          ))}
          {found.length === 0 && examples.length === TEMPLATES.length && <li class="quiet">{text.nothing}</li>}
        </ul>
        <div class="picker-example" role="region" aria-label={text.example} tabIndex={0}>
          {shown && current ? (
            <>
              <button type="button" class="secondary small picker-back" onClick={() => setChosen(undefined)}>
                {text.back}
              </button>
              <TaskView key={`${chosen} ${seed}`} task={shown.task} />
            </>
          ) : (
            <p class="quiet picker-choose">{text.choose}</p>
          )}
        </div>
      </div>
      <div class="picker-ways">
        <button
          type="button"
          class="primary"
          disabled={!current}
          onClick={() => {
            if (!current) return
            onAdd({ template: current.template.id, count: 1, fixed: {} })
            setAdded(added + 1)
          }}
        >
          {text.add}
        </button>
        <button type="button" class="secondary" disabled={!current} onClick={() => setSeed(newSeed())}>
          {teach.item.example}
        </button>
        <span role="status" class="quiet">
          {added > 0 && text.added(added)}
        </span>
        <button type="button" class="secondary picker-close" onClick={onClose}>
          {text.close}
        </button>
      </div>
    </Dialog>
  )
}

interface RowProps {
  readonly example: Example
  readonly chosen: boolean
  readonly inSet: number
  readonly onChoose: (id: string) => void
}

/** A template in the list. There are more than a hundred: each is drawn again only when it changes. */
const Row = memo(({ example: { template, task }, chosen, inSet, onChoose }: RowProps) => (
  <li>
    <button type="button" aria-pressed={chosen} onClick={() => onChoose(template.id)}>
      <span class="picker-stem">
        <RichLine rich={task.stem} />
      </span>
      <span class="picker-line">
        <span class="tag">{teach.kinds[template.kind]}</span>
        <span>{clusters[template.cluster].name}</span>
        <Difficulty level={template.difficulty} />
        {inSet > 0 && <strong>{teach.picker.inSet(inSet)}</strong>}
      </span>
    </button>
  </li>
))

/** Five dots, as many of them filled as it is hard. */
function Difficulty({ level }: { readonly level: number }) {
  return (
    <span class="difficulty" role="img" aria-label={teach.difficulty(level)}>
      {'●'.repeat(level)}
      {'○'.repeat(5 - level)}
    </span>
  )
}
