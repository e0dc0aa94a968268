import { useState } from 'preact/hooks'
import type { Estimate, Standing } from '../../quiz/record'
import { misconceptions } from '../../words/misconceptions'
import { quiz } from '../../words/quiz-screens'

/** So many ideas are shown before one asks for all. */
const FIRST = 8

export const SIGNS: Readonly<Record<Standing, string>> = { firm: '✓', shaky: '✕', open: '?' }

/**
 * What is firm and what is shaky: for each idea how often it was followed when it was on offer, as a dot, and the bar in
 * which the true share most likely lies.
 */
export function Ideas({ estimates }: { readonly estimates: readonly Estimate[] }) {
  const [all, setAll] = useState(false)
  const text = quiz.ideas
  const rows = all ? estimates : estimates.slice(0, FIRST)
  return (
    <>
      <div class="ideas" role="table" aria-label={text.scale}>
        <div role="row" class="ideas-head">
          <span role="columnheader">{text.idea}</span>
          <span role="columnheader" class="ideas-scale">
            <span class="sr-only">{text.range}</span>
            <span aria-hidden="true">
              <i>0</i>
              <i>50</i>
              <i>100%</i>
            </span>
          </span>
          <span role="columnheader">{text.followed}</span>
          <span role="columnheader">{text.standing}</span>
        </div>
        {rows.map(({ misconception, low, high, share, chosen, offered, standing }) => (
          <div key={misconception} role="row" class={`idea ${standing}`}>
            <span role="cell" class="idea-name">
              {misconceptions[misconception].name}
            </span>
            <span role="cell" class="idea-bar">
              <span class="sr-only">{text.between(low, high)}</span>
              <span class="track" aria-hidden="true">
                <i class="interval" style={`inset-inline-start:${low * 100}%;inset-inline-end:${(1 - high) * 100}%`} />
                <i class="share" style={`inset-inline-start:${share * 100}%`} />
              </span>
            </span>
            <span role="cell" class="idea-count mono">
              {text.of(chosen, offered)}
            </span>
            <span role="cell" class="idea-standing" title={text.standingsAbout[standing]}>
              <span aria-hidden="true">{SIGNS[standing]} </span>
              {text.standings[standing]}
            </span>
          </div>
        ))}
      </div>
      {estimates.length > FIRST && (
        <button type="button" class="secondary" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? text.fewer : text.all(estimates.length)}
        </button>
      )}
    </>
  )
}
