import { useEffect, useMemo, useState } from 'preact/hooks'
import { dayOf } from '../../practice/day'
import type { Mixup, Retention } from '../../practice/insight'
import { forecast } from '../../practice/insight'
import { chosenFacts } from '../../store/practice-store'
import type { Survey } from '../../store/practice-work'
import { practice } from '../../words/practice-screens'
import { sessionHash } from '../app/route'
import { use } from '../use'
import { dateOf, openMixups, planOf, utcOffset } from './learner'
import { ownPractice } from './own-practice'

/** Days of the forecast. */
const DAYS = 14
/** Ports in each direction of the table of mix-ups. */
const SIDE = 6
/** From so many trials on a share says something. */
const ENOUGH_TRIALS = 10

/** What the reviews show: the coming days, what was promised and kept, and which port is taken for which. */
export function Insights() {
  const survey = useSurvey()
  const text = practice.insight
  return (
    <section class="insights" aria-labelledby="insights-heading">
      <h2 id="insights-heading" class="sr-only">
        {text.title}
      </h2>
      <Forecast />
      {survey && <Kept kept={survey.kept} />}
      {survey && <Mixups all={survey.mixups} />}
    </section>
  )
}

/** What the whole log shows, once it has been looked through. */
function useSurvey(): Survey | undefined {
  const store = ownPractice()
  const events = use(store, (state) => state.events)
  const settings = use(store, (state) => state.remembered.settings)
  const [survey, setSurvey] = useState<Survey>()
  useEffect(() => {
    let gone = false
    const look = async () => {
      const found = await store.getState().survey()
      if (!gone) setSurvey(found)
    }
    // The page is shown first.
    const timer = setTimeout(() => void look(), 0)
    return () => {
      gone = true
      clearTimeout(timer)
    }
  }, [events, settings])
  return survey
}

function Forecast() {
  const state = use(ownPractice(), (all) => all)
  const now = useMemo(() => Date.now(), [state])
  const counts = forecast(chosenFacts(state), state.remembered.memory, planOf(state.settings), now, DAYS)
  const most = Math.max(1, ...counts)
  const today = dayOf(now, utcOffset())
  const text = practice.insight
  return (
    <section class="insight">
      <h3>{text.forecast}</h3>
      <p class="quiet">{text.forecastAbout}</p>
      <ol class="forecast">
        {counts.map((count, index) => {
          const date = dateOf(today + index)
          return (
            <li key={index}>
              <span class="sr-only">{text.day(count, index === 0 ? text.today : practice.date(date))}</span>
              <span class="mono" aria-hidden="true">
                {count > 0 ? count : ''}
              </span>
              <i aria-hidden="true" style={{ height: `${(count / most) * 7.6}rem` }} class={index === 0 ? 'now' : ''} />
              <span class="weekday" aria-hidden="true">
                {practice.weekday(date)}
              </span>
            </li>
          )
        })}
      </ol>
    </section>
  )
}

function Kept({ kept }: { readonly kept: Retention }) {
  const text = practice.insight
  return (
    <section class="insight">
      <h3>{text.retention}</h3>
      {kept.trials === 0 ? (
        <p class="quiet">{text.retentionNone}</p>
      ) : (
        <>
          <p class="quiet">{text.retentionAbout(Math.round(kept.share * kept.trials), kept.trials)}</p>
          <dl class="kept">
            <div>
              <dt>{text.measured}</dt>
              <dd class="mono">{text.share(kept.share)}</dd>
            </div>
            <div>
              <dt>{text.promised}</dt>
              <dd class="mono">{text.share(kept.promised)}</dd>
            </div>
          </dl>
          <span class="track" aria-hidden="true">
            <i
              class="interval"
              style={{ insetInlineStart: `${kept.low * 100}%`, width: `${(kept.high - kept.low) * 100}%` }}
            />
            <i class="promise" style={{ insetInlineStart: `${kept.promised * 100}%` }} />
            <i class="share" style={{ insetInlineStart: `${kept.share * 100}%` }} />
          </span>
          <p class="quiet">
            {kept.trials < ENOUGH_TRIALS ? text.retentionFew(kept.trials) : text.between(kept.low, kept.high)}
          </p>
        </>
      )}
    </section>
  )
}

/** The ports that come up most, the least number first. */
const ports = (mixups: readonly Mixup[], of: 'port' | 'taken'): readonly number[] =>
  [...new Set(mixups.map((one) => one[of]))].slice(0, SIDE).sort((a, b) => a - b)

function Mixups({ all }: { readonly all: readonly Mixup[] }) {
  const open = use(ownPractice(), (state) => state.recent)
  const unsettled = openMixups({ recent: open })
  const [rows, columns] = [ports(all, 'port'), ports(all, 'taken')]
  const most = Math.max(1, ...all.map(({ count }) => count))
  const text = practice.insight
  return (
    <section class="insight mixups">
      <h3>{text.mixups}</h3>
      {all.length === 0 ? (
        <p class="quiet">{text.mixupsNone}</p>
      ) : (
        <>
          <p class="quiet">{text.mixupsAbout}</p>
          <div class="matrix">
            <table>
              <caption class="sr-only">{text.mixups}</caption>
              <thead>
                <tr>
                  <th scope="col">
                    <span class="sr-only">{text.asked}</span>
                  </th>
                  {columns.map((taken) => (
                    <th key={taken} scope="col" class="mono">
                      {taken}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {rows.map((port) => (
                  <tr key={port}>
                    <th scope="row" class="mono">
                      {port}
                    </th>
                    {columns.map((taken) => {
                      const found = all.find((one) => one.port === port && one.taken === taken)
                      return (
                        <td key={taken} class="mono" {...(found && { title: text.mixup(port, taken, found.count) })}>
                          {found && <span style={{ '--heat': found.count / most }}>{found.count}</span>}
                        </td>
                      )
                    })}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {unsettled.length > 0 && (
            <a class="secondary" href={sessionHash('mixups')}>
              {text.mixupsGo}
            </a>
          )}
        </>
      )}
    </section>
  )
}
