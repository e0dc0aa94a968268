import { useMemo, useState } from 'preact/hooks'
import type { Findings } from '../../room/findings'
import type { Lesson } from '../../room/next-lesson'
import { itemsFor, lessonsOf, roundFor } from '../../room/next-lesson'
import type { Report } from '../../room/report'
import { writeRound } from '../../quiz/round'
import { newSet, withItems } from '../../quiz/set'
import { questionFrom } from '../../quiz/template'
import { templateById } from '../../quiz/templates'
import { fieldsOf } from '../../quiz/view'
import { words as app } from '../../words'
import { report as text } from '../../words/class-report'
import { misconceptions } from '../../words/misconceptions'
import type { QuestionWords } from '../../words/questions'
import { CLASS_HASH, roundHash, shiftHash } from '../app/route'
import { newSeed } from '../app/seed'
import { Said } from '../quiz/Said'
import { Views } from '../quiz/Views'
import { ownSets } from '../teach/own-sets'

interface LessonsProps {
  readonly report: Report
  readonly findings: Findings
  readonly words: QuestionWords
}

/** What to teach next: three ideas at most, each with its proof, what to say, and what to play and ask. */
export function ReportLessons({ report, findings, words }: LessonsProps) {
  const lessons = useMemo(() => lessonsOf(report, findings, words), [report, findings, words])
  const seed = useMemo(newSeed, [report])
  const [made, setMade] = useState<string>()
  const makeSet = () => {
    const id = newSeed().toString(36)
    ownSets()
      .getState()
      .put(withItems(newSet(id, newSeed(), report.language, text.next.setTitle), itemsFor(lessons)))
    setMade(id)
  }
  return (
    <section class="report-next" aria-labelledby="report-next">
      <h2 id="report-next">{text.next.heading}</h2>
      {lessons.length === 0 ? (
        <p class="report-quiet">{text.next.none}</p>
      ) : (
        <>
          <p class="report-quiet">{text.next.about}</p>
          <ol class="lessons">
            {lessons.map((lesson) => (
              <LessonCard key={lesson.misconception} lesson={lesson} words={words} />
            ))}
          </ol>
          <div class="report-ways">
            <a class="primary" href={roundHash(writeRound(roundFor(lessons, seed)))}>
              {text.next.round}
            </a>
            {made === undefined ? (
              <button type="button" class="secondary" onClick={makeSet}>
                {text.next.set}
              </button>
            ) : (
              <>
                <a class="secondary" href={`${CLASS_HASH}?set=${made}`}>
                  {text.next.room}
                </a>
                <a class="secondary" href={`#/quiz/sets/${made}`}>
                  {text.next.toSet}
                </a>
              </>
            )}
            <p role="status" class="report-said">
              {made === undefined ? '' : text.next.setMade}
            </p>
          </div>
        </>
      )}
    </section>
  )
}

function LessonCard({ lesson, words }: { readonly lesson: Lesson; readonly words: QuestionWords }) {
  const { misconception, chosen, offered, proof, asked, line, levels, templates } = lesson
  const { name, wrong, right } = misconceptions[misconception]
  // What stands beside it was asked for once; here it would only push the proof off the page.
  const proving = proof.after.filter((view) => fieldsOf(view).includes(proof.explanation.field))
  return (
    <li class="lesson">
      <header>
        <h3>{name}</h3>
        <p class="lesson-count">{text.next.chosen(chosen, offered)}</p>
      </header>
      <dl class="lesson-says">
        <div class="wrong">
          <dt>
            <span aria-hidden="true">✕ </span>
            {text.next.wrong}
          </dt>
          <dd>
            <Said text={wrong} />
          </dd>
        </div>
        <div class="right">
          <dt>
            <span aria-hidden="true">✓ </span>
            {text.next.right}
          </dt>
          <dd>
            <Said text={right} />
          </dd>
        </div>
      </dl>
      <div class="lesson-proof">
        <h4>{text.next.proof}</h4>
        <p class="report-quiet">{asked ? text.next.asked : text.next.notAsked}</p>
        <p class="lesson-stem">
          <Said text={proof.stem} />
        </p>
        <Views views={proving} lit={proof.explanation.field} name={`${text.next.proof}: ${name}`} />
        <p>
          <Said text={proof.explanation.text} /> <cite>{proof.explanation.source}</cite>
        </p>
      </div>
      <div class="lesson-script">
        <h4>{text.next.script}</h4>
        <ol>
          {text.next.steps(wrong, right, line && `\`${line}\``).map(({ at, text: step }) => (
            <li key={at}>
              <span class="mono">{at}</span>
              <span>
                <Said text={step} />
              </span>
            </li>
          ))}
        </ol>
      </div>
      <div class="lesson-then">
        {levels.length > 0 && (
          <>
            <h4>{text.next.levels}</h4>
            <ul class="lesson-levels">
              {levels.map((id) => (
                <li key={id}>
                  <a class="secondary" href={shiftHash(id, 1, 'calm')}>
                    <span class="mono">{id}</span> {app.levels(id).title}
                  </a>
                </li>
              ))}
            </ul>
          </>
        )}
        <h4>{text.next.templates}</h4>
        <ul class="lesson-templates">
          {templates.map((id) => (
            <li key={id}>
              <Said text={exampleOf(id, words)} />
            </li>
          ))}
        </ul>
      </div>
    </li>
  )
}

/** What a template asks, by an example. */
function exampleOf(id: string, words: QuestionWords): string {
  const template = templateById(id)
  return template ? questionFrom(template, 1, words).stem : id
}
