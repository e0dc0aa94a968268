import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { Drill, DrillItem } from '../../practice/drill'
import { beginDrill, drillNow, drilled } from '../../practice/drill'
import { misconceptions } from '../../words/misconceptions'
import { practice } from '../../words/practice-screens'
import { practiceAsks } from '../../words/practice-asks'
import { PRACTICE_HASH } from '../app/route'
import { newSeed } from '../app/seed'
import { Choices } from '../quiz/Choices'
import { Refutation } from '../quiz/Feedback'
import { isFreeEnter, useKey } from '../quiz/keys'
import { Said } from '../quiz/Said'
import { Views, widestOf } from '../quiz/Views'
import { use } from '../use'
import { usePortInView } from './in-view'
import { ownPractice } from './own-practice'
import type { PracticeScreenProps } from './Page'
import { Page } from './Page'

/** The drill of the watch list: may this listener stay as it is, and why? */
export function DrillScreen({ settings, onSettings }: PracticeScreenProps) {
  const [drill, setDrill] = useState<Drill>(() => beginDrill(newSeed()))
  const [shown, setShown] = useState<{ readonly item: DrillItem; readonly means: string; readonly next: Drill }>()
  const keys = use(settings, (state) => state.settings.keys)
  const made = useMemo(() => drillNow(drill, practiceAsks), [drill, practiceAsks])
  const text = practice.drill
  const at = drill.answers.length
  const answer = (item: DrillItem, means: string) => setShown({ item, means, next: drilled(drill, item, means) })
  const goOn = () => {
    if (!shown) return
    setDrill(shown.next)
    setShown(undefined)
  }
  const item = shown?.item ?? made
  const answers = (shown?.next ?? drill).answers
  return (
    <Page
      class={item ? 'asking' : 'ended'}
      onSettings={onSettings}
      place={
        item ? (
          <>
            <span class="place-title">{text.title} · </span>
            {text.place(at + 1, drill.cases.length)}
          </>
        ) : (
          text.title
        )
      }
    >
      {item ? (
        <>
          <ol class="steps" aria-hidden="true" style={{ '--steps': drill.cases.length }}>
            {drill.cases.map((_, index) => {
              const one = answers[index]
              return <li key={index} class={one ? (one.right ? 'right' : 'wrong') : index === at ? 'now' : ''} />
            })}
          </ol>
          <Judging
            key={at}
            item={item}
            at={at}
            means={shown?.means}
            last={shown !== undefined && shown.next.answers.length >= shown.next.cases.length}
            keys={keys}
            onAnswer={(means) => answer(item, means)}
            onGoOn={goOn}
          />
        </>
      ) : (
        <DrillEnd drill={drill} onAgain={() => setDrill(beginDrill(newSeed()))} />
      )}
    </Page>
  )
}

interface JudgingProps {
  readonly item: DrillItem
  readonly at: number
  /** What was chosen, once something is. */
  readonly means: string | undefined
  readonly last: boolean
  readonly keys: boolean
  readonly onAnswer: (means: string) => void
  readonly onGoOn: () => void
}

function Judging({ item, at, means, last, keys, onAnswer, onGoOn }: JudgingProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  const main = useRef<HTMLElement>(null)
  const text = practice.drill
  const chosen = item.options.find((option) => option.means === means)
  const over = chosen !== undefined
  const right = chosen?.right === true
  usePortInView(main, item.fact.port, item)
  useLayoutEffect(() => {
    scrollTo(0, 0)
    if (at > 0) heading.current?.focus({ preventScroll: true })
  }, [])
  useKey((event) => {
    if (!over || !isFreeEnter(event)) return false
    onGoOn()
    return true
  })
  return (
    <>
      <main
        ref={main}
        class={`question drill asks-choose ${over ? 'closed' : ''}`}
        style={{ '--widest': widestOf(item.views) }}
      >
        <section class="question-paper">
          <h1 ref={heading} tabIndex={-1}>
            <span class="sr-only">{text.question(at + 1)}. </span>
            <Said text={item.stem} />
          </h1>
          <p class="question-how">{text.how}</p>
        </section>
        <Views views={item.views} lit={item.lit} />
        <div class="answers">
          <Choices
            body={{ kind: 'choose', options: item.options }}
            given={means === undefined ? undefined : { kind: 'choose', means }}
            digits={keys}
            onAnswer={(answer) => {
              if (answer.kind === 'choose') onAnswer(answer.means)
            }}
          />
        </div>
        <div class="reply-place">
          {over && (
            <section class={`reply ${right ? 'right' : 'wrong'}`} aria-label={text.why}>
              <div class="reply-why">
                <p>
                  <strong>{text.why}.</strong> <Said text={item.explanation} />
                </p>
              </div>
              {chosen.misconception && (
                <details class="card-idea" open>
                  <summary>
                    {text.idea}: <strong>{misconceptions[chosen.misconception].name}</strong>
                  </summary>
                  <Refutation id={chosen.misconception} />
                </details>
              )}
            </section>
          )}
        </div>
        <p class="sr-only" role="status">
          {over && `${right ? text.right : text.wrong}. ${item.explanation.replaceAll('`', '')}`}
        </p>
      </main>
      {over && (
        <footer class={`act-bar ${right ? 'right' : 'wrong'}`}>
          <p class="act-verdict" aria-hidden="true">
            <span class="act-sign">{right ? '✓' : '✕'}</span>
            <span class="act-word">{right ? text.right : text.wrong}</span>
          </p>
          <button type="button" class="primary" onClick={onGoOn}>
            {last ? text.toEnd : text.goOn} <kbd aria-hidden="true">⏎</kbd>
          </button>
        </footer>
      )}
    </>
  )
}

function DrillEnd({ drill, onAgain }: { readonly drill: Drill; readonly onAgain: () => void }) {
  const text = practice.drill
  const { book } = ownPractice().getState()
  const right = drill.answers.filter((answer) => answer.right).length
  useLayoutEffect(() => document.querySelector<HTMLElement>('.practice h1')?.focus({ preventScroll: true }), [])
  useKey((event) => {
    if (!isFreeEnter(event)) return false
    onAgain()
    return true
  })
  return (
    <main class="end">
      <section class="end-head">
        <h1 tabIndex={-1}>{text.heading(right, drill.answers.length)}</h1>
        <p class="end-about">{right === drill.answers.length ? text.perfect : text.some}</p>
        <div class="end-acts">
          <button type="button" class="primary" onClick={onAgain}>
            {text.again} <kbd aria-hidden="true">⏎</kbd>
          </button>
          <div class="end-ways">
            <a class="secondary" href={PRACTICE_HASH}>
              {practice.end.home}
            </a>
          </div>
        </div>
      </section>
      <section class="end-ideas">
        <h2>{text.list}</h2>
        <ul class="coming-back">
          {drill.answers.flatMap((answer, index) => {
            const fact = book.get(answer.fact)
            return fact
              ? [
                  <li key={index} class={answer.right ? 'kept' : 'failed'}>
                    <span class="plate mono">{fact.port}</span>
                    <span>
                      {practiceAsks.service(fact.id, fact.name)} <span class="quiet mono">{fact.protocol}</span>
                    </span>
                    <span class={`tick ${answer.right ? 'right' : 'wrong'}`}>
                      <span aria-hidden="true">{answer.right ? '✓ ' : '✕ '}</span>
                      {answer.right ? text.right : text.wrong}
                    </span>
                  </li>,
                ]
              : []
          })}
        </ul>
      </section>
    </main>
  )
}
