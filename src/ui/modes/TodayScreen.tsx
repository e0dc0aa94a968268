import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { endOf } from '../../modes/day'
import type { Day } from '../../modes/day'
import { firstTriesOf, gridOf, rightIn } from '../../modes/grid'
import { PACKETS, seedOf, todayLevel } from '../../modes/today'
import { readLink } from '../../shift/link'
import { replay, settled } from '../../shift/rules'
import type { Input } from '../../shift/rules'
import { levelOf } from '../../modes/level-of'
import type { KeptToday } from '../../store/log'
import { language } from '../../words/language'
import { modes } from '../../words/mode-screens'
import type { Finished } from '../app/Playing'
import { Playing, finish } from '../app/Playing'
import { replayHash, resultHash } from '../app/route'
import { use } from '../use'
import { CopyButton } from './CopyButton'
import type { ModeScreenProps } from './ModePage'
import { ModePage } from './ModePage'
import { StreakLine } from './StreakLine'
import { TodayHouse } from './TodayHouse'
import { ownLog, practisedToday, shiftDay } from './own-log'

type Step = { readonly at: 'door' } | { readonly at: 'shift'; readonly counts: boolean } | { readonly at: 'over' }

/** Today's shift: its door, the sixty packets, and what came of them. */
export function TodayScreen({ settings, reducedMotion, onSettings, onGo }: ModeScreenProps) {
  // The day of the visit: midnight does not take a try away.
  const [day] = useState(shiftDay)
  const store = ownLog()
  const kept = use(store, (state) => state.log.todays[day])
  const trying = use(store, (state) => state.log.trying)
  const [step, setStep] = useState<Step>({ at: 'door' })
  const [practised, setPractised] = useState(false)
  const level = useMemo(() => todayLevel(day), [day])
  const before = useMemo(() => inputsSoFar(trying?.day === day ? trying.code : ''), [step.at])
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (step.at === 'over') heading.current?.focus({ preventScroll: true })
  }, [step.at])

  const over = (finished: Finished, counts: boolean) => {
    const { add, finishToday } = store.getState()
    add(finished.deeds, finished.missed)
    practisedToday()
    if (counts && finished.code !== undefined)
      finishToday(day, { tries: firstTriesOf(finished.shift), code: finished.code })
    setPractised(!counts)
    setStep({ at: 'over' })
  }

  if (step.at === 'shift') {
    const { counts } = step
    return (
      <Playing
        level={level}
        seed={seedOf(day)}
        mode="calm"
        settings={settings}
        reducedMotion={reducedMotion}
        skipIntro
        {...(counts && {
          played: before,
          onStep: (shift) => {
            const { code } = finish(shift)
            if (code !== undefined && !shift.finished) store.getState().trying(day, code)
          },
        })}
        onSettings={onSettings}
        onLeave={() => setStep({ at: 'door' })}
        onMode={() => undefined}
        onFinished={(finished) => over(finished, counts)}
      />
    )
  }

  const shiftSoFar = kept ? undefined : replay(level, seedOf(day), 'calm', before)
  const tries = kept?.tries ?? (shiftSoFar ? firstTriesOf(shiftSoFar) : '')
  const done = shiftSoFar ? settled(shiftSoFar) : PACKETS
  const text = modes.today
  return (
    <ModePage class={kept ? 'today done' : 'today'} onSettings={onSettings}>
      <main class="mode-main">
        <section class="mode-words">
          <p class="mode-date">
            <time dateTime={day}>{dateText(day)}</time>
          </p>
          <h1 tabIndex={-1} ref={heading}>
            {kept ? text.done : text.title}
          </h1>
          {kept ? (
            <Result day={day} kept={kept} onGo={onGo} />
          ) : (
            <>
              <p class="mode-about">{text.about}</p>
              <p>{text.once}</p>
              <button
                type="button"
                class="primary start"
                autofocus
                onClick={() => setStep({ at: 'shift', counts: true })}
              >
                {done > 0 ? text.goOn(done) : text.start}
              </button>
            </>
          )}
          {practised && <p role="status">{text.practised}</p>}
          {kept && (
            <div class="mode-acts">
              <button type="button" class="secondary" onClick={() => setStep({ at: 'shift', counts: false })}>
                {text.practise}
              </button>
              <a class="secondary" href="#/log">
                {text.log}
              </a>
              <a class="secondary" href="#/">
                {text.home}
              </a>
            </div>
          )}
          <StreakLine />
          {kept && <p class="quiet">{text.next(timeText(endOf(day)))}</p>}
        </section>
        <div class="mode-picture">
          <TodayHouse tries={tries} />
        </div>
      </main>
    </ModePage>
  )
}

/** What counted that day, and how to show it to others. */
function Result({
  day,
  kept,
  onGo,
}: {
  readonly day: Day
  readonly kept: KeptToday
  readonly onGo: (hash: string) => void
}) {
  const [said, setSaid] = useState('')
  const text = modes.today
  const { tries, code } = kept
  const address = (hash: string) => new URL(hash, location.href).href
  const right = rightIn(tries)
  const shared = text.text(day, right, tries.length, gridOf(tries), address('#/today'))
  return (
    <>
      <p class="mode-score">{text.score(right, tries.length)}</p>
      <div class="mode-acts">
        <CopyButton primary label={text.copyText} text={shared} onSaid={setSaid} />
        <CopyButton label={text.copyLink} text={address(resultHash(code))} onSaid={setSaid} />
        <button type="button" class="secondary" onClick={() => onGo(replayHash(code))}>
          {text.watch}
        </button>
        {right < tries.length && (
          <a class="secondary" href={resultHash(code)}>
            {text.missed}
          </a>
        )}
      </div>
      <p role="status" class="mode-said">
        {said}
      </p>
      <details class="mode-text">
        <summary>{text.asText}</summary>
        <pre>{shared}</pre>
      </details>
    </>
  )
}

/** What was done in a try that goes on; nothing where it cannot be read any more. */
function inputsSoFar(code: string): readonly Input[] {
  const recording = code === '' ? undefined : readLink(code, levelOf)
  return !recording || 'fault' in recording ? [] : recording.inputs
}

const dateText = (day: Day): string =>
  new Intl.DateTimeFormat(language, { dateStyle: 'full', timeZone: 'UTC' }).format(Date.parse(`${day}T00:00:00Z`))

const timeText = (at: number): string => new Intl.DateTimeFormat(language, { timeStyle: 'short' }).format(at)
