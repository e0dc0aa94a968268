import { useMemo } from 'preact/hooks'
import { extremesOf } from '../../modes/ideas'
import type { Estimate } from '../../quiz/record'
import type { Shift } from '../../shift/shift'
import { Said } from '../quiz/Said'
import { words } from '../../words'
import { misconceptions } from '../../words/misconceptions'

/** The ideas in which a long shift went best and worst, with the limits in which their true rate lies; nothing for a short one. */
export function ShiftIdeas({ shift }: { readonly shift: Shift }) {
  const extremes = useMemo(() => extremesOf(shift), [shift])
  if (!extremes) return null
  const text = words.result.ideas
  const { strongest, weakest } = extremes
  const missed = shift.decisions.some(({ right }) => !right)
  return (
    <section class="shift-ideas" aria-label={text.heading}>
      <div class="strongest">
        <h2>{text.strongest}</h2>
        <Ideas ideas={strongest} rate={({ offered, high }) => text.seen(offered, high)} />
      </div>
      <div class="weakest">
        <h2>{text.weakest}</h2>
        {weakest.length === 0 && <p>{missed ? text.unnamed : text.firm}</p>}
        <Ideas
          ideas={weakest}
          rate={({ chosen, offered, low, high }) => text.followed(chosen, offered, low, high)}
          corrected
        />
        {weakest.length > 0 && shift.level.leans && <p>{text.next}</p>}
      </div>
      <p class="sure">{text.sure}</p>
    </section>
  )
}

interface IdeasProps {
  readonly ideas: readonly Estimate[]
  readonly rate: (estimate: Estimate) => string
  readonly corrected?: boolean
}

function Ideas({ ideas, rate, corrected = false }: IdeasProps) {
  if (ideas.length === 0) return null
  return (
    <ol>
      {ideas.map((estimate) => {
        const idea = misconceptions[estimate.misconception]
        return (
          <li key={estimate.misconception}>
            <b>{idea.name}</b>
            <span class="rate">{rate(estimate)}</span>
            {corrected && (
              <span class="correction">
                <Said text={idea.right} />
              </span>
            )}
          </li>
        )
      })}
    </ol>
  )
}
