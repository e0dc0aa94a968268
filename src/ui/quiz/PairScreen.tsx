import { useEffect, useMemo, useRef } from 'preact/hooks'
import type { Given } from '../../quiz/course'
import type { Gain, Part } from '../../quiz/pair'
import { gainOf, pairOf } from '../../quiz/pair'
import type { Answered, Share } from '../../quiz/record'
import type { Asked } from '../../quiz/round'
import { TEMPLATES } from '../../quiz/templates'
import { words } from '../../words'
import { questionWords } from '../../words/questions'
import { quiz } from '../../words/quiz-screens'
import { QUIZ_HASH, pairHash } from '../app/route'
import { use } from '../use'
import { Copy } from './Copy'
import { isFreeEnter, useKey } from './keys'
import { Missed } from './Missed'
import { ownRecord } from './own-record'
import type { QuizScreenProps } from './Page'
import { Lamps } from './RoundEnd'
import { dealt } from './RoundScreen'
import { Run } from './Run'

export interface PairScreenProps extends QuizScreenProps {
  readonly part: Part
  readonly seed: number
}

/** One part of a test before and after a course. */
export function PairScreen({ part, seed, ...screen }: PairScreenProps) {
  const asked = useMemo(() => pairOf(seed, part, TEMPLATES), [seed, part])
  const spoken = questionWords
  const next = useMemo(() => dealt(asked, spoken), [asked, spoken])
  useEffect(() => {
    const { record, beginPair } = ownRecord().getState()
    if (part === 'before' && record.pair?.seed !== seed) beginPair(seed, Date.now())
  }, [part, seed])
  return (
    <Run
      {...screen}
      of={pairHash(part, seed)}
      title={quiz.pair.title[part]}
      length={asked.length}
      next={next}
      end={(given) => <PairEnd {...screen} part={part} seed={seed} given={given} />}
    />
  )
}

/** The first answers to these questions, as far as they are in the record. */
const answersTo = (asked: readonly Asked[], answers: readonly Answered[]): readonly Answered[] =>
  asked.flatMap(({ template, seed }) => answers.find((one) => one.template === template && one.seed === seed) ?? [])

function PairEnd({
  part,
  seed,
  given,
  settings,
  reducedMotion,
}: PairScreenProps & { readonly given: readonly Given[] }) {
  const { answers } = use(ownRecord(), (state) => state.record)
  const go = useRef<HTMLAnchorElement>(null)
  useKey((event) => {
    if (!isFreeEnter(event)) return false
    go.current?.click()
    return true
  })
  const text = quiz.pair
  const right = given.filter(({ marked }) => marked.right).length
  const gain =
    part === 'after'
      ? gainOf(
          answersTo(pairOf(seed, 'before', TEMPLATES), answers),
          answersTo(pairOf(seed, 'after', TEMPLATES), answers),
        )
      : undefined
  return (
    <main class="end pair-end">
      <section class="end-head">
        <h1 tabIndex={-1}>{text.done[part]}</h1>
        <p class="end-about">{text.score(right, given.length)}</p>
        <Lamps given={given} />
        {part === 'before' && (
          <p class="pair-link">
            {text.link} <a href={pairHash('after', seed)}>{pairHash('after', seed)}</a>
          </p>
        )}
        {part === 'after' && !gain && <p class="end-about">{text.missing}</p>}
        <div class="end-acts">
          <a class="primary" href={QUIZ_HASH} ref={go}>
            {quiz.end.back} <kbd aria-hidden="true">⏎</kbd>
          </a>
          {part === 'before' && (
            <div class="end-ways">
              <Copy hash={pairHash('after', seed)} text={text.copy} />
            </div>
          )}
        </div>
      </section>
      {gain && <GainPicture gain={gain} />}
      <Missed given={given} settings={settings} reducedMotion={reducedMotion} />
    </main>
  )
}

/** Before and after as bars with their intervals, and the difference with its own. */
function GainPicture({ gain }: { readonly gain: Gain }) {
  const text = quiz.pair
  const row = (name: string, { share, low, high }: Share) => (
    <div class="gain-row">
      <span>{name}</span>
      <span class="track" aria-hidden="true">
        <i class="interval" style={`inset-inline-start:${low * 100}%;inset-inline-end:${(1 - high) * 100}%`} />
        <i class="share" style={`inset-inline-start:${share * 100}%`} />
      </span>
      <span class="mono">{words.share(share)}</span>
    </div>
  )
  return (
    <section class="gain" aria-labelledby="gain-heading">
      <h2 id="gain-heading">{text.gain}</h2>
      {row(text.before, gain.before)}
      {row(text.after, gain.after)}
      <p class="gain-difference">
        <strong class="mono">{text.amount(gain.difference)}</strong>
        <span>{text.points(gain.low, gain.high)}</span>
      </p>
      <p class="quiet">{gain.low > 0 ? text.clear : gain.high < 0 ? text.worse : text.unclear}</p>
    </section>
  )
}
