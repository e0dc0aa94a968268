import { useState } from 'preact/hooks'
import type { Given } from '../../quiz/course'
import type { SettingsStore } from '../../store/settings-store'
import { quiz } from '../../words/quiz-screens'
import { Answers, NO_DRAFT } from './Answers'
import { Feedback, outcomeOf } from './Feedback'
import { Said } from './Said'
import { ShowMe } from './ShowMe'
import { Views } from './Views'

interface MissedProps {
  readonly given: readonly Given[]
  readonly settings: SettingsStore
  readonly reducedMotion: () => boolean
}

/** The questions that were not right, each to open and look at again. */
export function Missed({ given, settings, reducedMotion }: MissedProps) {
  const missed = given.filter((one) => outcomeOf(one) !== 'right')
  return (
    <section class="missed-questions" aria-labelledby="missed-heading">
      <h2 id="missed-heading">{quiz.end.missed}</h2>
      {missed.length === 0 && <p class="quiet">{quiz.end.nothingMissed}</p>}
      {missed.map((one) => (
        <MissedQuestion
          key={`${one.question.template} ${one.question.seed}`}
          given={one}
          settings={settings}
          reducedMotion={reducedMotion}
        />
      ))}
    </section>
  )
}

function MissedQuestion({ given, settings, reducedMotion }: Omit<MissedProps, 'given'> & { readonly given: Given }) {
  const [open, setOpen] = useState(false)
  const [showing, setShowing] = useState(false)
  const { stem, after, explanation, body, scene } = given.question
  const outcome = outcomeOf(given)
  return (
    <details class="missed-question" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span class={`tick ${outcome === 'wrong' ? 'wrong' : ''}`}>
          <span aria-hidden="true">{outcome === 'wrong' ? '✕' : '–'} </span>
          <span class="sr-only">{quiz.marks[outcome]}: </span>
        </span>
        <Said text={stem} />
      </summary>
      {open && (
        <div class="missed-body">
          <Views views={after} lit={explanation.field} />
          <div>
            <Answers
              body={body}
              given={given}
              digits={false}
              draft={NO_DRAFT}
              problem={undefined}
              onDraft={() => undefined}
              onAnswer={() => undefined}
            />
            <Feedback given={given} />
            {scene && (
              <button type="button" class="secondary" onClick={() => setShowing(true)}>
                {quiz.feedback.showMe}
              </button>
            )}
          </div>
        </div>
      )}
      {showing && scene && (
        <ShowMe scene={scene} settings={settings} reducedMotion={reducedMotion} onClose={() => setShowing(false)} />
      )}
    </details>
  )
}
