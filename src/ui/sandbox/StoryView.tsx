import { useEffect, useState } from 'preact/hooks'
import type { Sandbox } from '../../sandbox/sandbox'
import type { Story } from '../../sandbox/story'
import { endingText, isGood, parcelText, told } from '../../sandbox/tell'
import { sandbox as words } from '../../words/sandbox-screens'
import { Said } from '../quiz/Said'

interface StoryViewProps {
  readonly sandbox: Sandbox
  readonly story: Story
  /** How many stops are shown; all if left out. */
  readonly upTo?: number
  readonly onUpTo: (upTo: number | undefined) => void
}

/** So long a stop is shown while the way is played, in milliseconds. */
const STOP = 1400

/** A story as it is when only its first stops have been told: what follows is not decided yet. */
export const untilStop = (story: Story, upTo: number | undefined): Story =>
  upTo === undefined || upTo >= story.steps.length
    ? story
    : { ...story, steps: story.steps.slice(0, upTo), decider: upTo - 1, ending: { kind: 'silence' }, heard: undefined }

/** The way of one packet, stop by stop: what was asked, what decided, and why. */
export function StoryView({ sandbox, story, upTo }: Omit<StoryViewProps, 'onUpTo'>) {
  const text = words.story
  const steps = told(sandbox, story, words)
  const shown = upTo === undefined ? steps : steps.slice(0, upTo)
  const whole = shown.length === steps.length
  return (
    <section class="story" aria-label={text.title}>
      <div class="story-head">
        <h2>{text.title}</h2>
        <p class="mono story-parcel">{parcelText(story, words)}</p>
      </div>
      {whole && (
        <p class={`story-ending ${isGood(story) ? 'right' : 'wrong'}`}>
          <span aria-hidden="true">{isGood(story) ? '✓' : '✗'} </span>
          <Said text={endingText(sandbox, story, words)} />
        </p>
      )}
      <ol class="stops">
        {shown.map((step, index) => (
          <li key={index} class={`${step.decides ? 'decides' : ''} ${step.back ? 'back' : ''}`}>
            {step.decides && <strong class="stop-mark">{text.decides}</strong>}
            {step.back && <span class="stop-mark">{text.back}</span>}
            <p>
              <Said text={step.text} />
            </p>
            {step.doubt !== undefined && <p class="doubt">{step.doubt}</p>}
            {step.tried.length > 0 &&
              (step.triedTitle === '' ? (
                <ul class="tried">
                  {step.tried.map((one) => (
                    <li key={one}>
                      <Said text={one} />
                    </li>
                  ))}
                </ul>
              ) : (
                <details open={step.decides}>
                  <summary>{step.triedTitle}</summary>
                  <ul class="tried">
                    {step.tried.map((one) => (
                      <li key={one}>
                        <Said text={one} />
                      </li>
                    ))}
                  </ul>
                </details>
              ))}
          </li>
        ))}
      </ol>
      <p class="sr-only" role="status">
        {whole ? endingText(sandbox, story, words).replaceAll('`', '') : shown.at(-1)?.text.replaceAll('`', '')}
      </p>
    </section>
  )
}

/** Under the picture: the stop that is told now, and the buttons that go on. */
export function StoryStrip({ sandbox, story, upTo, onUpTo }: StoryViewProps) {
  const text = words.story
  const steps = told(sandbox, story, words)
  const shown = upTo === undefined ? steps : steps.slice(0, upTo)
  const whole = shown.length === steps.length
  const [plays, setPlays] = useState(false)
  useEffect(() => {
    if (!plays) return
    if (whole) return setPlays(false)
    const timer = setTimeout(() => onUpTo(shown.length + 1), STOP)
    return () => clearTimeout(timer)
  }, [plays, shown.length, whole])
  const now = shown.at(-1)
  return (
    <div class={`story-strip ${whole ? '' : 'told'}`}>
      <p>
        {whole || !now ? (
          <>
            <span class={isGood(story) ? 'right' : 'wrong'} aria-hidden="true">
              {isGood(story) ? '✓' : '✗'}{' '}
            </span>
            <Said text={endingText(sandbox, story, words)} />
          </>
        ) : (
          <>
            <b class="strip-number" aria-hidden="true">
              {shown.length}
            </b>{' '}
            <Said text={now.text} />
          </>
        )}
      </p>
      {steps.length > 1 && (
        <div class="story-ways">
          {whole ? (
            <>
              <button
                type="button"
                class="primary"
                onClick={({ currentTarget }) => {
                  currentTarget.closest('figure')?.scrollIntoView({ block: 'nearest' })
                  onUpTo(1)
                  setPlays(true)
                }}
              >
                <span aria-hidden="true">▶ </span>
                {text.play}
              </button>
              <button type="button" class="secondary" onClick={() => onUpTo(1)}>
                {text.stepwise}
              </button>
            </>
          ) : plays ? (
            <button type="button" class="secondary" onClick={() => setPlays(false)}>
              {text.pause}
            </button>
          ) : (
            <>
              <button type="button" class="primary" onClick={() => onUpTo(shown.length + 1)}>
                {text.next}
              </button>
              <button type="button" class="secondary" onClick={() => onUpTo(undefined)}>
                {text.all}
              </button>
            </>
          )}
          <span class="quiet">{text.at(shown.length, steps.length)}</span>
        </div>
      )}
    </div>
  )
}
