import { useMemo, useRef } from 'preact/hooks'
import { ownTask } from '../../exchange/task'
import type { OwnOption, OwnQuestion } from '../../quiz/set'
import { MOST, OWN_KINDS, ownFaults } from '../../quiz/set'
import { teach } from '../../words/teach'
import { TaskView } from './TaskView'

interface OwnEditorProps {
  readonly own: OwnQuestion
  /** Makes names of fields unique on the page. */
  readonly name: string
  readonly images: boolean
  readonly onChange: (own: OwnQuestion) => void
}

/** The form for a question in one's own words, with what it looks like beside it. */
export function OwnEditor({ own, name, images, onChange }: OwnEditorProps) {
  const text = teach.own
  const { kind, stem, options, explanation } = own
  const list = useRef<HTMLOListElement>(null)
  const faults = ownFaults(own)
  const task = useMemo(() => ownTask(own, { images }), [own, images])
  const setOption = (index: number, change: Partial<OwnOption>) =>
    onChange({ ...own, options: options.map((one, at) => (at === index ? { ...one, ...change } : one)) })
  const mark = (index: number) =>
    kind === 'choose'
      ? onChange({ ...own, options: options.map((one, at) => ({ ...one, right: at === index })) })
      : setOption(index, { right: !(options[index]?.right ?? false) })
  const addOption = () => {
    onChange({ ...own, options: [...options, { text: '', right: false, feedback: '' }] })
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>('li:last-child .option-text')?.focus())
  }
  const removeOption = (index: number) => {
    onChange({ ...own, options: options.filter((_, at) => at !== index) })
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>('li:last-child .option-text')?.focus())
  }

  return (
    <div class="item-body own-editor">
      <div class="item-settings">
        <fieldset class="field own-kind">
          <legend>{text.kind}</legend>
          <div class="choices">
            {OWN_KINDS.map((one) => (
              <label key={one}>
                <input
                  type="radio"
                  name={`${name}-kind`}
                  checked={kind === one}
                  onChange={() => onChange({ ...own, kind: one })}
                />
                {text.kinds[one]}
              </label>
            ))}
          </div>
        </fieldset>
        <div class="field">
          <label class="field">
            <span>{text.stem}</span>
            <textarea
              rows={4}
              value={stem}
              maxLength={MOST.stem}
              aria-describedby={`${name}-hint`}
              onInput={({ currentTarget }) => onChange({ ...own, stem: currentTarget.value })}
            />
          </label>
          <small id={`${name}-hint`}>{text.stemHint}</small>
        </div>
        <fieldset class="field own-options">
          <legend>{kind === 'type' ? text.typedOptions : text.options}</legend>
          <ol ref={list}>
            {options.map((option, index) => (
              <li key={index}>
                <label class="own-right" title={text.isRight}>
                  <input
                    type={kind === 'choose' ? 'radio' : 'checkbox'}
                    name={`${name}-right`}
                    checked={option.right}
                    aria-label={text.right(index + 1)}
                    onChange={() => mark(index)}
                  />
                </label>
                <input
                  type="text"
                  class="option-text"
                  value={option.text}
                  maxLength={MOST.option}
                  aria-label={text.option(index + 1)}
                  placeholder={text.option(index + 1)}
                  onInput={({ currentTarget }) => setOption(index, { text: currentTarget.value })}
                />
                <button
                  type="button"
                  class="way"
                  aria-label={text.removeOption(index + 1)}
                  title={text.removeOption(index + 1)}
                  onClick={() => removeOption(index)}
                >
                  <svg viewBox="0 0 24 24" aria-hidden="true">
                    <path d="M6 6l12 12M18 6L6 18" stroke="currentColor" stroke-width="2.200" stroke-linecap="round" />
                  </svg>
                </button>
                <input
                  type="text"
                  class="option-feedback"
                  value={option.feedback}
                  maxLength={MOST.option}
                  aria-label={text.feedback(index + 1)}
                  placeholder={text.feedbackHint}
                  onInput={({ currentTarget }) => setOption(index, { feedback: currentTarget.value })}
                />
              </li>
            ))}
          </ol>
          {options.length < MOST.options && (
            <button type="button" class="secondary small" onClick={addOption}>
              {text.addOption}
            </button>
          )}
        </fieldset>
        <label class="field">
          <span>{text.explanation}</span>
          <textarea
            rows={2}
            value={explanation}
            maxLength={MOST.stem}
            placeholder={text.explanationHint}
            onInput={({ currentTarget }) => onChange({ ...own, explanation: currentTarget.value })}
          />
        </label>
      </div>
      <section class="item-example" aria-label={text.preview}>
        <p class="item-shown">{text.preview}</p>
        {stem.trim() === '' ? <p class="quiet">{text.previewEmpty}</p> : <TaskView task={task} />}
        {faults.length > 0 && (
          <div class="own-faults" role="status">
            <p>{text.unfinished}</p>
            <ul>
              {faults.map((fault) => (
                <li key={fault}>{text.faults[fault]}</li>
              ))}
            </ul>
          </div>
        )}
      </section>
    </div>
  )
}
