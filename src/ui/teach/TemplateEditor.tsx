import { useMemo, useState } from 'preact/hooks'
import { tasksOf } from '../../exchange/task'
import type { Parameter } from '../../quiz/draw'
import type { Posed, SetItem, TemplateItem } from '../../quiz/set'
import { MOST, questionsOf, withoutSeed } from '../../quiz/set'
import type { Template } from '../../quiz/template'
import { parametersOf } from '../../quiz/template'
import { TEMPLATES, templateById } from '../../quiz/templates'
import type { SetWords } from '../../words/set-words'
import { teach } from '../../words/teach'
import { newSeed } from '../app/seed'
import { TaskView } from './TaskView'

interface TemplateEditorProps {
  readonly item: TemplateItem
  readonly posed: readonly Posed[]
  readonly words: SetWords
  readonly onChange: (how: (item: SetItem) => SetItem) => void
}

/** Seeds that show the parameters of a template: some appear only in some cases. */
const LOOKS = [1, 2, 3, 4, 5]

/** Every parameter that a template asks for in one case or another. */
function parametersIn(template: Template, words: SetWords): readonly Parameter[] {
  const all = LOOKS.flatMap((seed) => parametersOf(template, words.questions, seed))
  return all.filter(({ name }, index) => all.findIndex((one) => one.name === name) === index)
}

/** A template in a set: how many, which numbers, which parameters are fixed, and how it looks. */
export function TemplateEditor({ item, posed, words, onChange }: TemplateEditorProps) {
  const text = teach.item
  const [other, setOther] = useState<number>()
  const template = templateById(item.template)
  const parameters = useMemo(() => (template ? parametersIn(template, words) : []), [template, words])
  const example = useMemo(
    () =>
      other === undefined
        ? posed.slice(0, 1)
        : questionsOf({ seed: 0, items: [{ ...item, seed: other, count: 1 }] }, TEMPLATES, words.questions),
    [other, posed, item, words],
  )
  const [task] = useMemo(() => tasksOf(example, { images: false }, words), [example, words])
  if (!template) return <p class="item-problem">{text.unknown(item.template)}</p>

  const set = (how: (item: TemplateItem) => TemplateItem) =>
    onChange((before) => ('own' in before ? before : how(before)))
  const fix = (name: string, value: string | undefined) => {
    setOther(undefined)
    set((before) => {
      const { [name]: _, ...rest } = before.fixed
      return { ...before, fixed: value === undefined || value === '' ? rest : { ...rest, [name]: value } }
    })
  }
  const shown = other === undefined ? (item.seed === undefined ? text.asInA : text.kept) : text.anotherCase

  return (
    <div class="item-body">
      <div class="item-settings">
        <label class="field">
          <span>{text.count}</span>
          <input
            type="number"
            min="1"
            max={MOST.count}
            value={item.count}
            onChange={({ currentTarget: { value } }) => {
              const count = Math.max(1, Math.min(MOST.count, Math.round(Number(value)) || 1))
              set((before) => ({ ...before, count }))
            }}
          />
        </label>
        <fieldset class="field">
          <legend>{text.numbers}</legend>
          <label>
            <input
              type="radio"
              name={`numbers-${item.key}`}
              checked={item.seed === undefined}
              onChange={() => {
                setOther(undefined)
                set((before) => withoutSeed(before))
              }}
            />
            {text.random}
          </label>
          <label>
            <input
              type="radio"
              name={`numbers-${item.key}`}
              checked={item.seed !== undefined}
              onChange={() => {
                const [first] = posed
                const seed = other ?? (first?.from === 'template' ? first.asked.seed : newSeed())
                setOther(undefined)
                set((before) => ({ ...before, seed }))
              }}
            />
            {text.same}
          </label>
        </fieldset>
        <fieldset class="field parameters">
          <legend>{text.parameters}</legend>
          {parameters.length === 0 && <p class="quiet">{text.noParameters}</p>}
          {parameters.map((parameter) => (
            <ParameterField
              key={parameter.name}
              parameter={parameter}
              value={item.fixed[parameter.name]}
              onFix={(value) => fix(parameter.name, value)}
            />
          ))}
        </fieldset>
      </div>
      <div class="item-example">
        <p class="item-shown">
          <span role="status">{shown}</span>
          <button type="button" class="secondary small" onClick={() => setOther(newSeed())}>
            {text.example}
          </button>
          {other !== undefined && (
            <button
              type="button"
              class="secondary small"
              onClick={() => {
                set((before) => ({ ...before, seed: other }))
                setOther(undefined)
              }}
            >
              {text.keep}
            </button>
          )}
        </p>
        {task ? (
          <TaskView key={JSON.stringify([other, item.fixed, item.seed])} task={task} />
        ) : (
          <p class="item-problem">{text.noCase}</p>
        )}
      </div>
    </div>
  )
}

interface ParameterFieldProps {
  readonly parameter: Parameter
  readonly value: string | number | undefined
  readonly onFix: (value: string | undefined) => void
}

function ParameterField({ parameter, value, onFix }: ParameterFieldProps) {
  const text = teach.item
  return (
    <label>
      <span>{text.parameter(parameter.name)}</span>
      {parameter.kind === 'one' ? (
        <select value={value ?? ''} onChange={({ currentTarget }) => onFix(currentTarget.value)}>
          <option value="">{text.anyValue}</option>
          {[...new Set(parameter.labels)].map((label) => (
            <option key={label} value={label}>
              {text.value(label)}
            </option>
          ))}
        </select>
      ) : (
        <input
          type="number"
          min={parameter.low}
          max={parameter.high}
          value={value ?? ''}
          placeholder={`${text.anyValue}, ${text.range(parameter.low, parameter.high)}`}
          onChange={({ currentTarget }) => onFix(currentTarget.value)}
        />
      )}
    </label>
  )
}
