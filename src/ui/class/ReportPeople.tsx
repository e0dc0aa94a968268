import type { PersonFinding, QuestionFinding } from '../../room/findings'
import { report } from '../../words/class-report'
import { misconceptions } from '../../words/misconceptions'

const SIGNS = { right: '✓', wrong: '✕', none: '·' } as const

interface PeopleProps {
  readonly people: readonly PersonFinding[]
  readonly questions: readonly QuestionFinding[]
}

/** Who answered how, by the names of the class, in the order of joining: it is no ranking. */
export function ReportPeople({ people, questions }: PeopleProps) {
  const text = report.people
  return (
    <section class="report-panel" aria-labelledby="report-people">
      <h2 id="report-people">{text.heading}</h2>
      <p class="report-quiet">{text.about}</p>
      <div class="report-scroll" role="group" aria-label={text.heading} tabIndex={0}>
        <table class="report-people">
          <thead>
            <tr>
              <th scope="col">{text.name}</th>
              <th scope="col">{text.right}</th>
              {questions.map(({ round, item, vote }) => (
                <th scope="col" key={round} class="mono">
                  <abbr title={report.question.name(item + 1, vote)}>{vote === 2 ? `${item + 1}b` : item + 1}</abbr>
                </th>
              ))}
              <th scope="col">{text.idea}</th>
            </tr>
          </thead>
          <tbody>
            {people.map(({ name, right, answered, marks, ideas, team }, place) => (
              <tr key={place}>
                <th scope="row">{name}</th>
                <td class="mono">{team ? text.team(team.right, team.wrong) : text.of(right, answered)}</td>
                {marks.map((one, at) => (
                  <td key={at} class={`mark ${one}`}>
                    <span aria-hidden="true">{SIGNS[one]}</span>
                    <span class="sr-only">{text.marks[one]}</span>
                  </td>
                ))}
                <td>
                  {ideas
                    .slice(0, 2)
                    .map((idea) => misconceptions[idea].name)
                    .join('; ')}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
