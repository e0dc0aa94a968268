import { useMemo } from 'preact/hooks'
import { shiftFrom } from '../../room/team-scene'
import type { TeamWall as Seen } from '../../room/team-seen'
import { words } from '../../words'
import { report } from '../../words/class-report'
import { HousePicture } from '../result/HousePicture'
import './team.css'

/** The building of the class: it fills with windows, and the latest calls stand beside it. */
export function TeamWall({ team }: { readonly team: Seen }) {
  const text = report.shift.wall
  const shift = useMemo(() => shiftFrom(team), [team])
  if (!shift) return <p class="team-idle">{report.shift.unknown}</p>
  const whereTo = ({ kind, port, protocol }: Seen['recent'][number]): string => {
    const [to, verdict] = [port === undefined ? protocol : `${port}/${protocol}`, words.shift.verdict[kind]]
    return kind === 'listener' || kind === 'connection' ? to : `${verdict.name} (${to})`
  }
  return (
    <main class="team-wall">
      <section class="team-house">
        <HousePicture shift={shift} />
      </section>
      <section class="team-side">
        <header>
          <h1 tabIndex={-1}>{team.finished ? text.finished : text.title}</h1>
          <p>{team.finished ? text.finishedAbout(team.windows) : text.about}</p>
          {team.finished && (
            <p class="team-stars" role="img" aria-label={text.stars(team.stars)}>
              {'★'.repeat(team.stars)}
              {'☆'.repeat(3 - team.stars)}
            </p>
          )}
        </header>
        <dl class="team-sums">
          <div class="big">
            <dt>{text.windows}</dt>
            <dd class="mono">{words.number(team.windows)}</dd>
          </div>
          <div>
            <dt>{text.settled}</dt>
            <dd class="mono">{text.of(team.settled, team.of)}</dd>
          </div>
          <div>
            <dt>{text.accuracy}</dt>
            <dd class="mono">{words.share(team.accuracy)}</dd>
          </div>
          <div>
            <dt>{text.streak}</dt>
            <dd class="mono">{words.number(team.streak)}</dd>
          </div>
        </dl>
        <progress class="team-progress" max={team.of} value={team.settled} aria-label={text.settled} />
        <section aria-label={text.recent}>
          <h2>{text.recent}</h2>
          <ol class="team-recent">
            {team.recent.map((one) => (
              <li key={one.number} class={one.right ? 'right' : 'wrong'}>
                <span aria-hidden="true">{one.right ? '✓' : '↩'}</span>
                <span>
                  {one.name === undefined ? `${whereTo(one)}: ${text.came}` : text.took(one.name, whereTo(one))}
                </span>
              </li>
            ))}
          </ol>
        </section>
      </section>
    </main>
  )
}
