import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { LEVELS } from '../../levels'
import { ideasOf, nightLevel, nightPlanOf, nightId } from '../../modes/night'
import { scenesOf } from '../../modes/scene'
import { resultOf } from '../../shift/rules'
import type { KeptNight } from '../../store/log'
import { language } from '../../words/language'
import { misconceptions } from '../../words/misconceptions'
import { modes } from '../../words/mode-screens'
import { isOpen } from '../app/open-levels'
import type { Finished } from '../app/Playing'
import { Playing } from '../app/Playing'
import { replayHash, resultHash } from '../app/route'
import { newSeed } from '../app/seed'
import { ownRecord } from '../quiz/own-record'
import { Said } from '../quiz/Said'
import { ResultScreen } from '../result/ResultScreen'
import { use } from '../use'
import type { ModeScreenProps } from './ModePage'
import { ModePage } from './ModePage'
import { StreakLine } from './StreakLine'
import { ownLog, practisedToday } from './own-log'

/** Night Shift: its door with the best nights, the night itself, and what came of it. */
export function NightScreen({ settings, progress, reducedMotion, onSettings, onGo }: ModeScreenProps) {
  const store = ownLog()
  const known = use(progress, (state) => state.progress.levels)
  const answers = use(ownRecord(), (state) => state.record.answers)
  const { nights, missed } = use(store, (state) => state.log)
  const [seed, setSeed] = useState(newSeed)
  const [running, setRunning] = useState(false)
  const [over, setOver] = useState<Finished>()
  const heading = useRef<HTMLHeadingElement>(null)
  const text = modes.night

  const plan = useMemo(() => {
    const starred = ({ id }: { readonly id: string }) => (known[id]?.stars ?? 0) > 0
    const open = LEVELS.filter(
      (level) => scenesOf(level).length > 0 && (starred(level) || (!level.boss && isOpen(LEVELS, known, level.id))),
    )
    const levels = open.length > 0 ? open : LEVELS.slice(0, 1)
    const ideas = ideasOf(answers, missed)
    // As a link would have it: what is played is what is replayed.
    return nightPlanOf(nightId({ levels: levels.map(({ id }) => id), ideas })) ?? { levels: ['1.1'], ideas: [] }
  }, [known, answers, missed, seed])
  const level = useMemo(() => nightLevel(plan), [seed])

  useEffect(() => {
    if (!running && !over) heading.current?.focus({ preventScroll: true })
  }, [running, over])

  const end = (finished: Finished) => {
    const { firstTries, rightFirst, bestStreak } = resultOf(finished.shift)
    setRunning(false)
    if (firstTries === 0) return
    const { add, finishNight } = store.getState()
    add(finished.deeds, finished.missed)
    practisedToday()
    const night = { at: Date.now(), right: rightFirst, of: firstTries, streak: bestStreak }
    finishNight({ ...night, ...(finished.code !== undefined && { code: finished.code }) })
    setOver(finished)
  }
  const again = () => {
    setOver(undefined)
    setSeed(newSeed())
    setRunning(true)
  }

  if (running)
    return (
      <Playing
        key={seed}
        level={level}
        seed={seed}
        mode="calm"
        settings={settings}
        reducedMotion={reducedMotion}
        skipIntro
        onSettings={onSettings}
        onLeave={() => setRunning(false)}
        onMode={() => undefined}
        onFinished={end}
      />
    )
  if (over) {
    const { rightFirst, firstTries } = resultOf(over.shift)
    return (
      <ResultScreen
        shift={over.shift}
        {...(over.code !== undefined && { link: resultHash(over.code) })}
        onLevel={() => undefined}
        onAgain={again}
        onWatch={(at) => over.code !== undefined && onGo(replayHash(over.code, at))}
        onHome={() => onGo('#/')}
      >
        <p class="mode-note">
          {text.over(rightFirst, firstTries)} {nights[0]?.right === rightFirst && nights.length > 1 && text.bestYet}
        </p>
      </ResultScreen>
    )
  }
  return (
    <ModePage class="night-shift" onSettings={onSettings}>
      <main class="mode-main">
        <section class="mode-words">
          <h1 tabIndex={-1} ref={heading}>
            {text.title}
          </h1>
          <p class="mode-about">{text.about}</p>
          <p>{text.mixed(plan.levels.length)}</p>
          <button type="button" class="primary start" onClick={again}>
            {text.start}
          </button>
          <StreakLine />
        </section>
        <div class="mode-papers">
          <section class="mode-paper">
            <h2>{plan.ideas.length > 0 ? text.leans : text.fresh}</h2>
            {plan.ideas.length > 0 && (
              <ul>
                {plan.ideas.slice(0, 5).map((idea) => (
                  <li key={idea}>
                    <Said text={misconceptions[idea].wrong} />
                  </li>
                ))}
              </ul>
            )}
            <p>{text.harder}</p>
          </section>
          <section class="mode-paper">
            <h2>{text.best}</h2>
            {nights.length === 0 ? <p>{text.none}</p> : <BestNights nights={nights} />}
          </section>
        </div>
      </main>
    </ModePage>
  )
}

function BestNights({ nights }: { readonly nights: readonly KeptNight[] }) {
  const text = modes.night
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'medium' })
  return (
    <table class="nights">
      <thead>
        <tr>
          <th scope="col">{text.date}</th>
          <th scope="col">{text.right}</th>
          <th scope="col">{text.streak}</th>
          <td />
        </tr>
      </thead>
      <tbody>
        {nights.map(({ at, right, of, streak, code }) => (
          <tr key={at}>
            <td>{date.format(at)}</td>
            <td class="mono">
              {right} / {of}
            </td>
            <td class="mono">{streak}</td>
            <td>{code !== undefined && <a href={replayHash(code)}>{text.watch}</a>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
