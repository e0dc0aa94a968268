import { useMemo } from 'preact/hooks'
import { estimates } from '../../quiz/record'
import { quiz } from '../../words/quiz-screens'
import { QUIZ_HASH } from '../app/route'
import { use } from '../use'
import { Ideas, SIGNS } from './Ideas'
import { nextRoundHash } from './next-round'
import { ownRecord } from './own-record'
import type { QuizScreenProps } from './Page'
import { Page } from './Page'

/** What is firm, shaky and open after everything answered so far. */
export function IdeasScreen({ onSettings }: QuizScreenProps) {
  const { answers } = use(ownRecord(), (state) => state.record)
  const known = useMemo(() => estimates(answers), [answers])
  const next = useMemo(() => nextRoundHash(answers), [answers])
  const text = quiz.ideas
  return (
    <Page class="ended" onSettings={onSettings}>
      <main class="end ideas-page">
        <section class="end-head">
          <h1 tabIndex={-1}>{text.title}</h1>
          <p class="end-about">
            {answers.length === 0
              ? `${text.none} ${text.noneAbout}`
              : text.answered(answers.length, answers.filter(({ right }) => right).length)}
          </p>
          {known.length > 0 && (
            <dl class="tallies">
              {(['firm', 'shaky', 'open'] as const).map((standing) => (
                <div key={standing} class={standing}>
                  <dt>
                    <span aria-hidden="true">{SIGNS[standing]} </span>
                    {text.standings[standing]}
                  </dt>
                  <dd>
                    <b class="mono">{known.filter((one) => one.standing === standing).length}</b>
                    <span>{text.standingsAbout[standing]}</span>
                  </dd>
                </div>
              ))}
            </dl>
          )}
          <div class="end-acts">
            {answers.length > 0 && (
              <a class="primary" href={next}>
                {text.build}
              </a>
            )}
            <div class="end-ways">
              <a class="secondary" href={QUIZ_HASH}>
                {quiz.end.back}
              </a>
            </div>
          </div>
        </section>
        {known.length > 0 && (
          <section class="end-ideas" aria-labelledby="ideas-heading">
            <h2 id="ideas-heading">{quiz.end.ideas}</h2>
            <p class="quiet">{text.about}</p>
            <Ideas estimates={known} />
          </section>
        )}
      </main>
    </Page>
  )
}
