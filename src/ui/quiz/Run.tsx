import type { ComponentChildren } from 'preact'
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { Course, Given, NextQuestion } from '../../quiz/course'
import { courseOf } from '../../quiz/course'
import { mark } from '../../quiz/mark'
import { offeredBy } from '../../quiz/record'
import { createRunStore } from '../../store/run-store'
import { quiz } from '../../words/quiz-screens'
import { tabStorage } from '../app/browser-storage'
import { use } from '../use'
import { Asking } from './Asking'
import { Clock } from './Clock'
import { outcomeOf } from './Feedback'
import { practisedToday } from '../modes/own-log'
import { ownRecord } from './own-record'
import type { QuizScreenProps } from './Page'
import { Page } from './Page'

interface RunProps extends QuizScreenProps {
  /** What is answered: the same after a reload. */
  readonly of: string
  readonly title: string
  readonly length: number
  /** Makes the questions; another function makes them anew (in another language). */
  readonly next: NextQuestion
  /** Seconds for each question; calm if left out. */
  readonly clock?: number
  /** What is shown when all is answered. */
  readonly end: (given: readonly Given[], again: () => void) => ComponentChildren
}

/** Questions one after another, with a record of the first answers, and what comes of them at the end. */
export function Run({ of, title, length, next, clock, end, ...screen }: RunProps) {
  const { settings, reducedMotion, onSettings } = screen
  const store = useMemo(() => createRunStore(tabStorage(), of), [of])
  const answers = use(store, (state) => state.answers)
  const shown = use(store, (state) => state.shown)
  const digits = use(settings, (state) => state.settings.keys)
  const [slower, setSlower] = useState(false)
  const known = useRef<{ readonly next: NextQuestion; readonly course: Course }>(undefined)
  const course = useMemo(
    () => courseOf(next, answers, known.current?.next === next ? known.current.course : undefined),
    [next, answers],
  )
  known.current = { next, course }
  const { give, goOn, again } = store.getState()
  // Whoever arrives is put at the heading by the app; from one question to the next it is done here.
  const arriving = useRef(true)
  useEffect(() => {
    arriving.current = false
  }, [])

  const given = course.given[shown]
  const question = given?.question ?? (shown === course.given.length ? course.next : undefined)
  const finished = !question
  if (import.meta.env.MODE === 'test' && question) window.portAuthorityQuiz = { body: question.body }
  useLayoutEffect(() => {
    if (arriving.current || !finished) return
    scrollTo(0, 0)
    document.querySelector<HTMLElement>('.quiz h1')?.focus({ preventScroll: true })
  }, [finished])

  const answer = (one: Parameters<typeof give>[0]) => {
    if (!question || given) return
    give(one)
    if (one === null) return
    const { right, misconceptions } = mark(question.body, one)
    ownRecord()
      .getState()
      .add({
        template: question.template,
        seed: question.seed,
        at: Date.now(),
        right,
        offered: [...offeredBy(question.body)],
        chosen: [...misconceptions],
      })
    practisedToday()
  }

  const place = finished ? title : `${title} · ${quiz.round.place(shown + 1, length)}`
  const ticking = clock !== undefined && question && !given
  return (
    <Page class={finished ? 'ended' : 'asking'} onSettings={onSettings} place={place}>
      <ol class="steps" aria-hidden="true" style={{ '--steps': length }}>
        {Array.from({ length }, (_, index) => {
          const one = course.given[index]
          return <li key={index} class={one ? outcomeOf(one) : index === shown ? 'now' : ''} />
        })}
      </ol>
      {clock !== undefined && !finished && (
        <div class="clock-line">
          {ticking && <Clock key={shown} seconds={clock * (slower ? 3 : 1)} onOut={() => answer(null)} />}
          <label>
            <input type="checkbox" checked={slower} onChange={() => setSlower(!slower)} />
            {quiz.clock.more}
          </label>
        </div>
      )}
      {question ? (
        <Asking
          key={shown}
          question={question}
          name={quiz.round.question(shown + 1, length)}
          given={given}
          last={shown + 1 >= length || (given !== undefined && shown + 1 === course.given.length && !course.next)}
          digits={digits}
          settings={settings}
          reducedMotion={reducedMotion}
          onAnswer={answer}
          onGoOn={goOn}
          arriving={arriving.current}
        />
      ) : (
        end(course.given, again)
      )}
    </Page>
  )
}
