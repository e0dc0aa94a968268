import { useMemo, useState } from 'preact/hooks'
import type { Because, Change, Seconds, TargetId, Unfit } from '../../exchange/target'
import { SECONDS } from '../../exchange/target'
import { TARGETS } from '../../exchange/targets'
import type { Paper } from '../../exchange/task'
import { tasksOf } from '../../exchange/task'
import type { QuestionSet, Variant } from '../../quiz/set'
import { questionsOf, variantSeed } from '../../quiz/set'
import { TEMPLATES } from '../../quiz/templates'
import type { SetWords } from '../../words/set-words'
import { teach } from '../../words/teach'
import { Dialog } from '../shift/dialog'
import { saveFile } from './save-file'

/** A variant of a set, with the questions that can be asked. */
export function paperOf(set: QuestionSet, variant: Variant, words: SetWords, from = set.seed): Paper {
  const seed = variantSeed(from, variant)
  const posed = questionsOf({ seed, items: set.items }, TEMPLATES, words.questions)
  return { title: set.title, variant, seed, language: set.language, tasks: tasksOf(posed, set, words) }
}

/** Why a question does not fit, in words. */
function becauseText(because: Because, target: string): string {
  const text = teach.export.because
  switch (because.why) {
    case 'kind':
      return text.kind(teach.kinds[because.kind], target)
    case 'long-stem':
    case 'many-options':
    case 'few-options':
    case 'many-right':
      return text[because.why](because.has, target, because.takes)
    case 'long-option':
      return text['long-option'](because.text, because.has, target, because.takes)
    case 'misread':
      return text.misread(because.text, target)
    case 'full':
      return text.full(target, because.takes)
    default:
      return text[because.why](target)
  }
}

const CHANGES: readonly Change[] = ['order-as-match', 'part-marks', 'split', 'apostrophe']
const CHOICES = ['A', 'B'] as const

interface ExportDialogProps {
  readonly set: QuestionSet
  readonly words: SetWords
  readonly onClose: () => void
}

/** Where a set can go: what fits there, what does not and why, and the file. */
export function ExportDialog({ set, words, onClose }: ExportDialogProps) {
  const text = teach.export
  const [id, setId] = useState<TargetId>('moodle')
  const [variant, setVariant] = useState<Variant>('A')
  const [seconds, setSeconds] = useState<Seconds>(30)
  const [split, setSplit] = useState(false)
  const [leaveOut, setLeaveOut] = useState(false)
  const [said, setSaid] = useState('')
  const target = TARGETS.find((one) => one.id === id)
  // A key for paper is of use only with all its variants.
  const variants: readonly Variant[] = id === 'zipgrade' ? CHOICES : [variant]
  const papers = useMemo(() => variants.map((one) => paperOf(set, one, words)), [set, words, variants.join('')])
  const prepared = useMemo(
    () => target?.prepare(papers, words.sheet, { split, seconds }),
    [target, papers, words, split, seconds],
  )
  const all = papers.reduce((sum, { tasks }) => sum + tasks.length, 0)
  const unfinished =
    set.items.reduce((sum, item) => sum + ('own' in item ? 1 : item.count), 0) - (papers[0]?.tasks.length ?? 0)
  const unfit = prepared?.unfit ?? []
  const possible = (prepared?.fitting ?? 0) > 0 && (unfit.length === 0 || leaveOut)

  const download = async () => {
    try {
      const files = (await prepared?.write()) ?? []
      for (const file of files) saveFile(file)
      setSaid(text.downloaded(files.map(({ name }) => name).join(', ')))
    } catch {
      setSaid(text.failed)
    }
  }

  return (
    <Dialog title={text.title} class="teach-dialog export" onClose={onClose}>
      <p class="quiet">{text.about}</p>
      {all === 0 ? (
        <p>{text.nothing}</p>
      ) : (
        <>
          <fieldset class="targets">
            <legend>{text.to}</legend>
            {TARGETS.map((one) => (
              <label key={one.id} class={one.id === id ? 'chosen' : ''}>
                <input
                  type="radio"
                  name="target"
                  checked={one.id === id}
                  onChange={() => {
                    setId(one.id)
                    setSaid('')
                  }}
                />
                {text.targets[one.id]}
              </label>
            ))}
          </fieldset>
          <p class="export-note">{text.notes[id]}</p>
          <div class="export-wants">
            {id !== 'zipgrade' && (
              <label class="field">
                <span>{text.variant}</span>
                <select
                  value={variant}
                  onChange={({ currentTarget }) =>
                    setVariant(CHOICES.find((one) => one === currentTarget.value) ?? 'A')
                  }
                >
                  {CHOICES.map((one) => (
                    <option key={one} value={one}>
                      {one}
                    </option>
                  ))}
                </select>
              </label>
            )}
            {target?.timed && (
              <label class="field">
                <span>{text.seconds}</span>
                <select
                  value={seconds}
                  onChange={({ currentTarget }) =>
                    setSeconds(SECONDS.find((one) => String(one) === currentTarget.value) ?? 30)
                  }
                >
                  {SECONDS.map((one) => (
                    <option key={one} value={one}>
                      {one}
                    </option>
                  ))}
                </select>
              </label>
            )}
            {target?.splits && (
              <label class="check">
                <input type="checkbox" checked={split} onChange={() => setSplit(!split)} />
                {text.split}
              </label>
            )}
          </div>
          <div class="export-result" role="status">
            <p>
              <strong>
                {unfit.length === 0
                  ? text.allFit(all)
                  : unfit.length === all
                    ? text.noneFit
                    : text.fits(all - unfit.length, all)}
              </strong>{' '}
              {unfinished > 0 && text.unfinished(unfinished)}
            </p>
          </div>
          {unfit.length > 0 && <UnfitList unfit={unfit} target={text.short[id]} variants={variants.length > 1} />}
          <Changes changes={prepared?.changes ?? {}} />
          {unfit.length > 0 && unfit.length < all && (
            <label class="check">
              <input type="checkbox" checked={leaveOut} onChange={() => setLeaveOut(!leaveOut)} />
              {text.leaveOut}
            </label>
          )}
        </>
      )}
      <div class="dialog-ways">
        {all > 0 && (
          <button type="button" class="primary" disabled={!possible} onClick={() => void download()}>
            {text.download}
          </button>
        )}
        <button type="button" class="secondary" onClick={onClose}>
          {text.close}
        </button>
        <span role="status" class="quiet">
          {said}
        </span>
      </div>
    </Dialog>
  )
}

interface UnfitListProps {
  readonly unfit: readonly Unfit[]
  readonly target: string
  /** Whether the variant is said too. */
  readonly variants: boolean
}

function UnfitList({ unfit, target, variants }: UnfitListProps) {
  const text = teach.export
  return (
    <section class="unfit" aria-label={text.unfitTitle} tabIndex={0}>
      <h3>{text.unfitTitle}</h3>
      <ul>
        {unfit.map(({ variant, number, because }) => (
          <li key={`${variant} ${number}`}>
            <strong>{text.unfit(number, variants ? variant : '')}:</strong>{' '}
            {because.map((one) => becauseText(one, target)).join(' ')}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Changes({ changes }: { readonly changes: Readonly<Partial<Record<Change, readonly number[]>>> }) {
  const text = teach.export
  const made = CHANGES.flatMap((change) => {
    const numbers = changes[change]
    return numbers ? [{ change, where: text.where(numbers.join(', '), numbers.length) }] : []
  })
  if (made.length === 0) return null
  return (
    <section class="changes" aria-label={text.changed}>
      <h3>{text.changed}</h3>
      <ul>
        {made.map(({ change, where }) => (
          <li key={change}>{text.changes[change](where)}</li>
        ))}
      </ul>
    </section>
  )
}
