import { report } from '../../words/class-report'
import { misconceptions } from '../../words/misconceptions'
import { Said } from '../quiz/Said'
import { Views } from '../quiz/Views'
import { Interval } from './ReportIdeas'
import type { Shown } from './ReportView'

/** How each question went, the hardest first. */
export function ReportQuestions({ shown }: { readonly shown: readonly Shown[] }) {
  const text = report.question
  const hardest = shown.toSorted((a, b) => a.finding.right.share - b.finding.right.share)
  return (
    <section class="report-panel" aria-labelledby="report-questions">
      <h2 id="report-questions">{text.heading}</h2>
      <p class="report-quiet">{text.about}</p>
      <ol class="report-questions">
        {hardest.map((one) => (
          <QuestionRow key={one.finding.round} {...one} />
        ))}
      </ol>
    </section>
  )
}

function QuestionRow({ finding, stem, options, answer, question }: Shown) {
  const text = report.question
  const { item, vote, right, guess, silent, own, typed, ideas } = finding
  const most = Math.max(1, right.of)
  return (
    <li class="report-question">
      <details>
        <summary>
          <span class="question-number mono">{item + 1}</span>
          <span class="question-stem">
            <span class="sr-only">{text.name(item + 1, vote)}: </span>
            {vote === 2 && <em>{report.change.second}. </em>}
            <Said text={stem} />
          </span>
          <span class="question-share">
            <span class="mono">{text.rightOf(right.count, right.of)}</span>
            <span class="sr-only">{text.between(right.low, right.high)}</span>
            <Interval {...right} guess={guess} />
          </span>
        </summary>
        <div class="question-more">
          {own && <p class="report-quiet">{text.own}</p>}
          {question && (
            <Views views={question.after} lit={question.explanation.field} name={text.name(item + 1, vote)} />
          )}
          <p>
            <strong>{text.right}:</strong> <Said text={answer} />
          </p>
          {finding.options.length > 0 && (
            <ul class="question-options" aria-label={text.options}>
              {options.map((option, place) => {
                const count = finding.options[place] ?? 0
                return (
                  <li key={place} class={option.right ? 'right' : ''}>
                    <span>
                      <span aria-hidden="true">{option.right ? '✓ ' : ''}</span>
                      <Said text={option.text} />
                    </span>
                    <span class="option-bar" aria-hidden="true">
                      <i style={`inline-size:${(count / most) * 100}%`} />
                    </span>
                    <span class="mono">{count}</span>
                  </li>
                )
              })}
            </ul>
          )}
          {typed.length > 0 && (
            <>
              <h3>{text.typed}</h3>
              <ul class="question-typed">
                {typed.slice(0, 12).map((one) => (
                  <li key={one.text} class={one.right ? 'right' : ''}>
                    <code>{one.text}</code> <span class="mono">{text.times(one.count)}</span>
                  </li>
                ))}
              </ul>
            </>
          )}
          {ideas.length > 0 && (
            <>
              <h3>{text.ideas}</h3>
              <ul class="question-ideas">
                {ideas.map(({ misconception, chosen }) => (
                  <li key={misconception}>
                    <strong>{misconceptions[misconception].name}</strong> <span class="mono">{text.times(chosen)}</span>
                    <p>
                      <Said text={misconceptions[misconception].right} />
                    </p>
                  </li>
                ))}
              </ul>
            </>
          )}
          <p class="report-quiet">
            {guess !== undefined && text.guess(guess)} {silent > 0 && text.silent(silent)}
          </p>
        </div>
      </details>
    </li>
  )
}
