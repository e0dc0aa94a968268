import { useState } from 'preact/hooks'
import type { Share, Standing } from '../../quiz/record'
import type { IdeaFinding } from '../../room/findings'
import { report } from '../../words/class-report'
import { misconceptions } from '../../words/misconceptions'

/** So many are shown before one asks for all. */
const FIRST = 8

const SIGNS: Readonly<Record<Standing, string>> = { firm: '✓', shaky: '✕', open: '?' }

/** The bar in which a share most likely lies, its dot, and a mark where guessing would be. */
export function Interval({ share, low, high, guess }: Share & { readonly guess?: number | undefined }) {
  return (
    <span class="track" aria-hidden="true">
      <i class="interval" style={`inset-inline-start:${low * 100}%;inset-inline-end:${(1 - high) * 100}%`} />
      <i class="share" style={`inset-inline-start:${share * 100}%`} />
      {guess !== undefined && <i class="guess" style={`inset-inline-start:${guess * 100}%`} />}
    </span>
  )
}

/** The wrong ideas of a class, the liveliest first. */
export function ReportIdeas({ ideas }: { readonly ideas: readonly IdeaFinding[] }) {
  const [all, setAll] = useState(false)
  const text = report.ideas
  return (
    <section class="report-panel" aria-labelledby="report-ideas">
      <h2 id="report-ideas">{text.heading}</h2>
      {ideas.length === 0 ? (
        <p class="report-quiet">{text.none}</p>
      ) : (
        <>
          <p class="report-quiet">{text.about}</p>
          <table class="report-ideas">
            <thead>
              <tr>
                <th scope="col">{text.idea}</th>
                <th scope="col" class="wide">
                  {text.range}
                </th>
                <th scope="col">{text.followed}</th>
                <th scope="col">{text.standing}</th>
              </tr>
            </thead>
            <tbody>
              {ideas.map(({ misconception, share, low, high, guess, chosen, offered, standing }, place) => (
                <tr key={misconception} class={`idea ${standing} ${place >= FIRST && !all ? 'print-only' : ''}`}>
                  <th scope="row">{misconceptions[misconception].name}</th>
                  <td class="wide">
                    <span class="sr-only">
                      {text.between(low, high)}
                      {guess !== undefined && `, ${text.guess(guess)}`}
                    </span>
                    <Interval share={share} low={low} high={high} guess={guess} />
                  </td>
                  <td class="mono">{text.of(chosen, offered)}</td>
                  <td class="idea-standing" title={text.standingsAbout[standing]}>
                    <span aria-hidden="true">{SIGNS[standing]} </span>
                    {text.standings[standing]}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          {ideas.length > FIRST && (
            <button type="button" class="secondary" aria-expanded={all} onClick={() => setAll(!all)}>
              {all ? text.fewer : text.all(ideas.length)}
            </button>
          )}
        </>
      )}
    </section>
  )
}
