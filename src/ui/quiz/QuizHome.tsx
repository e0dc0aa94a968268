import { useMemo, useRef, useState } from 'preact/hooks'
import { estimates, levelFor } from '../../quiz/record'
import { ROUND_LENGTHS, writeRound } from '../../quiz/round'
import { templateById } from '../../quiz/templates'
import type { Topic } from '../../quiz/topic'
import { TOPICS } from '../../quiz/topic'
import { quiz } from '../../words/quiz-screens'
import { checkHash, pairHash, roundHash } from '../app/route'
import { newSeed } from '../app/seed'
import { use } from '../use'
import { isFreeEnter, useKey } from './keys'
import { ownRecord } from './own-record'
import type { QuizScreenProps } from './Page'
import { Page } from './Page'
import { EverythingDoor, TopicDoor } from './TopicDoor'

/** Seconds for each question; the first choice is no clock. */
const CLOCKS = [undefined, 30, 60] as const

/** The front page of the quiz: what it shall be about, how long, and one key to begin. */
export function QuizHome({ onSettings }: QuizScreenProps) {
  const { answers, pair } = use(ownRecord(), (state) => state.record)
  const [topics, setTopics] = useState<readonly Topic[]>([])
  const [length, setLength] = useState<number>(ROUND_LENGTHS[1])
  const [clock, setClock] = useState<number>()
  const start = useRef<HTMLAnchorElement>(null)
  const [seed, pairSeed] = useMemo(() => [newSeed(), newSeed()], [])
  const level = useMemo(() => levelFor(answers, (id) => templateById(id)?.difficulty ?? 2), [answers])
  const round = roundHash(writeRound({ topics, length, seed, level, focus: [], ...(clock && { clock }) }))
  const text = quiz.home
  useKey((event) => {
    // A choice that has the focus is no reason to wait.
    if (!isFreeEnter(event)) return false
    start.current?.click()
    return true
  })
  const known = useMemo(() => estimates(answers), [answers])
  const count = (standing: string) => known.filter((one) => one.standing === standing).length
  const toggle = (topic: Topic) =>
    setTopics((before) =>
      before.includes(topic)
        ? before.filter((one) => one !== topic)
        : TOPICS.filter((one) => one === topic || before.includes(one)),
    )

  return (
    <Page class="quiz-home" onSettings={onSettings}>
      <main class="lobby">
        <section class="lobby-words">
          <h1 tabIndex={-1}>{text.headline}</h1>
          <p class="lobby-about">{text.about}</p>
          <fieldset class="chips">
            <legend>{text.lengthTitle}</legend>
            {ROUND_LENGTHS.map((one) => (
              <label key={one}>
                <input type="radio" name="length" checked={one === length} onChange={() => setLength(one)} />
                <span class="mono" aria-hidden="true">
                  {one}
                </span>
                <span class="sr-only">{text.length(one)}</span>
              </label>
            ))}
          </fieldset>
          <fieldset class="chips">
            <legend>{text.clockTitle}</legend>
            {CLOCKS.map((one) => (
              <label key={one ?? 'calm'}>
                <input type="radio" name="clock" checked={one === clock} onChange={() => setClock(one)} />
                <span>{text.clock(one)}</span>
              </label>
            ))}
          </fieldset>
          <a class="primary start" href={round} ref={start}>
            <span>
              {text.start(length)}
              <small>
                {topics.length === 0 ? text.everything : topics.map((topic) => quiz.topics[topic].name).join(', ')}
              </small>
            </span>
            <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
              <path d="M5 2.500l12 7.500-12 7.500Z" fill="currentColor" />
            </svg>
          </a>
          <p class="lobby-enter">{text.startHint}</p>
        </section>
        <section class="topic-house">
          <fieldset>
            <legend class="topic-sign">{text.topicsTitle}</legend>
            <div class="topic-doors">
              <EverythingDoor chosen={topics.length === 0} onChoose={() => setTopics([])} />
              {TOPICS.map((topic) => (
                <TopicDoor
                  key={topic}
                  topic={topic}
                  chosen={topics.includes(topic)}
                  lit={topics.length === 0 || topics.includes(topic)}
                  onToggle={() => toggle(topic)}
                />
              ))}
            </div>
          </fieldset>
          <div class="topic-street" aria-hidden="true" />
        </section>
        <nav class="lobby-cards" aria-label={text.waysTitle}>
          <a class="card" href={checkHash(seed)}>
            <strong>{text.checkTitle}</strong>
            <span>{text.checkAbout}</span>
          </a>
          <a class="card" href="#/quiz/ideas">
            <strong>{text.ideasTitle}</strong>
            <span>
              {known.length === 0 ? text.ideasNone : text.ideasSome(count('firm'), count('shaky'), count('open'))}
            </span>
          </a>
          <a class="card" href={pair ? pairHash('after', pair.seed) : pairHash('before', pairSeed)}>
            <strong>{text.pairTitle}</strong>
            <span>{pair ? text.pairOpen : text.pairAbout}</span>
          </a>
          <a class="card" href="#/quiz/sets">
            <strong>{text.teachTitle}</strong>
            <span>{text.teachAbout}</span>
          </a>
        </nav>
      </main>
    </Page>
  )
}
