import type { Findings } from '../../room/findings'
import { report } from '../../words/class-report'
import { misconceptions } from '../../words/misconceptions'
import { Interval } from './ReportIdeas'

/** What the shared shift came to, and what led parcels astray. */
export function ReportTeam({ team }: { readonly team: NonNullable<Findings['team']> }) {
  const text = report.team
  const { record, firstTries, ideas } = team
  return (
    <section class="report-panel" aria-labelledby="report-team">
      <h2 id="report-team">{text.heading}</h2>
      <ul class="report-sums">
        <li>{text.level(record.level)}</li>
        <li>{text.routed(record.routed)}</li>
        <li>{text.first(firstTries.count, firstTries.of)}</li>
        <li>{text.windows(record.windows)}</li>
      </ul>
      {ideas.length > 0 && (
        <>
          <h3>{text.ideas}</h3>
          <ul class="question-ideas">
            {ideas.map(({ misconception, count, of, share, low, high }) => (
              <li key={misconception}>
                <strong>{misconceptions[misconception].name}</strong> <span class="mono">{text.of(count, of)}</span>
                <Interval share={share} low={low} high={high} />
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  )
}
