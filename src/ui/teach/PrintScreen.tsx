import { useMemo, useState } from 'preact/hooks'
import type { QuestionSet, Variant } from '../../quiz/set'
import type { SetWords } from '../../words/set-words'
import { teach } from '../../words/teach'
import { Broken } from '../app/Broken'
import { newSeed } from '../app/seed'
import { use } from '../use'
import { paperOf } from './ExportDialog'
import { ownSets } from './own-sets'
import { AnswerSheet, Worksheet } from './Worksheet'
import type { TeachScreenProps } from './TeachPage'
import { TeachPage } from './TeachPage'
import { useSetWords } from './use-set-words'
import './print.css'

export interface PrintScreenProps extends TeachScreenProps {
  readonly id: string
  /** What stands behind the question mark of the address. */
  readonly query: string
}

const PAPERS = ['a4', 'letter'] as const
const SIZES = { a4: 'A4', letter: 'letter' } as const
const CHOICES = ['A', 'B', 'AB'] as const
const VARIANTS: Readonly<Record<(typeof CHOICES)[number], readonly Variant[]>> = { A: ['A'], B: ['B'], AB: ['A', 'B'] }

const isSeed = (text: string) => /^[0-9a-z]{1,7}$/.test(text) && Number.parseInt(text, 36) <= 0x7fffffff

/** Worksheets of a set, as they come out of the printer. */
export function PrintScreen({ id, query, ...screen }: PrintScreenProps) {
  const set = use(ownSets(), (state) => state.sets.find((one) => one.id === id))
  const words = useSetWords(set?.language ?? 'en')
  if (!set) return <Broken about={teach.set.missing} way={{ href: '#/quiz/sets', text: teach.set.back }} />
  return (
    <TeachPage class="print" {...screen}>
      {words === undefined ? (
        <p class="sr-only">{teach.loading}</p>
      ) : words === 'failed' ? (
        <main class="teach-column">
          <h1 tabIndex={-1}>{teach.print.title}</h1>
          <p>{teach.wordsFailed}</p>
        </main>
      ) : (
        <Sheets set={set} words={words} asked={new URLSearchParams(query).get('seed') ?? ''} />
      )}
    </TeachPage>
  )
}

interface SheetsProps {
  readonly set: QuestionSet
  readonly words: SetWords
  /** A seed that the address asks for. */
  readonly asked: string
}

function Sheets({ set, words, asked }: SheetsProps) {
  const text = teach.print
  const [paper, setPaper] = useState<(typeof PAPERS)[number]>('a4')
  const [choice, setChoice] = useState<(typeof CHOICES)[number]>('A')
  const [answers, setAnswers] = useState(true)
  const [typed, setTyped] = useState(isSeed(asked) ? asked : set.seed.toString(36))
  const [seed, setSeed] = useState(Number.parseInt(typed, 36))
  const papers = useMemo(
    () => VARIANTS[choice].map((one) => paperOf(set, one, words, seed)),
    [set, words, choice, seed],
  )
  const questions = papers[0]?.tasks.length ?? 0
  const left = set.items.reduce((sum, item) => sum + ('own' in item ? 1 : item.count), 0) - questions
  const take = (value: string) => {
    const clean = value.trim().toLowerCase()
    setTyped(clean)
    if (isSeed(clean)) setSeed(Number.parseInt(clean, 36))
  }
  return (
    <main class="print-main">
      <style>{`@page { size: ${SIZES[paper]}; margin: 16mm 15mm 14mm; }`}</style>
      <div class="print-desk">
        <p class="teach-back">
          <a href={`#/quiz/sets/${set.id}`}>{text.back}</a>
        </p>
        <h1 tabIndex={-1}>{text.title}</h1>
        <div class="print-wants">
          <fieldset class="field">
            <legend>{text.paper}</legend>
            <div class="choices">
              {PAPERS.map((one) => (
                <label key={one}>
                  <input type="radio" name="paper" checked={paper === one} onChange={() => setPaper(one)} />
                  {text.papers[one]}
                </label>
              ))}
            </div>
          </fieldset>
          <fieldset class="field">
            <legend>{text.variants}</legend>
            <div class="choices">
              {CHOICES.map((one) => (
                <label key={one}>
                  <input type="radio" name="variants" checked={choice === one} onChange={() => setChoice(one)} />
                  {text.variantsOf[one]}
                </label>
              ))}
            </div>
          </fieldset>
          <label class="check">
            <input type="checkbox" checked={answers} onChange={() => setAnswers(!answers)} />
            {text.answers}
          </label>
          <label class="field seed">
            <span>{text.seed}</span>
            <input
              type="text"
              class="mono"
              value={typed}
              maxLength={8}
              aria-describedby="seed-about"
              aria-invalid={!isSeed(typed)}
              onInput={({ currentTarget }) => take(currentTarget.value)}
            />
          </label>
          <button type="button" class="secondary" onClick={() => take(newSeed().toString(36))}>
            {text.redraw}
          </button>
          <button type="button" class="primary" disabled={questions === 0} onClick={() => print()}>
            {text.print}
          </button>
        </div>
        <p class="quiet" id="seed-about" role="status">
          {isSeed(typed) ? text.seedAbout : text.seedWrong} {left > 0 && text.left(left)}
        </p>
      </div>
      {questions === 0 ? (
        <p class="print-nothing">{text.nothing}</p>
      ) : (
        <section class={`sheets ${paper}`} aria-label={text.sheets} lang={set.language}>
          {papers.map((one) => (
            <Worksheet key={one.variant} paper={one} seed={seed} words={words.sheet} />
          ))}
          {answers &&
            papers.map((one) => <AnswerSheet key={one.variant} paper={one} seed={seed} words={words.sheet} />)}
        </section>
      )}
    </main>
  )
}
