import { useMemo, useRef } from 'preact/hooks'
import { remedyOf } from '../../lessons/remedy'
import { levelById } from '../../levels'
import { asksOf } from '../../quiz/asks'
import type { Given, NextQuestion } from '../../quiz/course'
import type { CheckAnswer, Finding, Findings } from '../../quiz/diagnosis'
import { CHECK_LENGTH, CHECK_OPTIONS, checkPool, findings, judged, nextCandidate } from '../../quiz/diagnosis'
import { writeRound } from '../../quiz/round'
import { questionFrom } from '../../quiz/template'
import { TEMPLATES, templateById } from '../../quiz/templates'
import { words } from '../../words'
import { misconceptions } from '../../words/misconceptions'
import type { QuestionWords } from '../../words/questions'
import { questionWords } from '../../words/questions'
import { quiz } from '../../words/quiz-screens'
import { QUIZ_HASH, checkHash, roundHash } from '../app/route'
import { newSeed } from '../app/seed'
import { isFreeEnter, useKey } from './keys'
import { Missed } from './Missed'
import type { QuizScreenProps } from './Page'
import { Lamps } from './RoundEnd'
import { Run } from './Run'

export interface CheckScreenProps extends QuizScreenProps {
  /** The same for everyone who opens the same link. */
  readonly seed: number
}

/** The questions of a check: each separates best the ideas that are still possible after the answers before it. */
function checkOf(seed: number, spoken: QuestionWords) {
  const pool = checkPool(TEMPLATES, spoken, seed)
  const answersOf = (given: readonly Given[]): readonly CheckAnswer[] => {
    const answers: CheckAnswer[] = []
    for (const { question, answer } of given) {
      const candidate = pool.find(({ asked }) => asked.template === question.template && asked.seed === question.seed)
      if (candidate && answer) answers.push(judged(candidate, question.body, answer))
    }
    return answers
  }
  const next: NextQuestion = (given) => {
    const candidate = given.length < CHECK_LENGTH ? nextCandidate(pool, answersOf(given)) : undefined
    const template = candidate && templateById(candidate.asked.template)
    return template && questionFrom(template, candidate.asked.seed, spoken, { mostOptions: CHECK_OPTIONS })
  }
  return { next, answersOf }
}

/** Twelve questions that find out which ideas are held, and what to do first. */
export function CheckScreen({ seed, ...screen }: CheckScreenProps) {
  const spoken = questionWords
  const { next, answersOf } = useMemo(() => checkOf(seed, spoken), [seed, spoken])
  return (
    <Run
      {...screen}
      of={checkHash(seed)}
      title={quiz.check.title}
      length={CHECK_LENGTH}
      next={next}
      end={(given) => <CheckEnd {...screen} given={given} found={findings(answersOf(given))} />}
    />
  )
}

interface CheckEndProps extends QuizScreenProps {
  readonly given: readonly Given[]
  readonly found: Findings
}

/** So much is named as the first to do; more would be a syllabus. */
const FIRST = 4

function CheckEnd({ given, found, settings, reducedMotion }: CheckEndProps) {
  const text = quiz.check
  const go = useRef<HTMLAnchorElement>(null)
  const { held, suspected, cleared, open } = found
  useKey((event) => {
    if (!isFreeEnter(event)) return false
    go.current?.click()
    return true
  })
  const allRight = given.every(({ marked }) => marked.right)
  const ideas = [...held, ...suspected].map(({ misconception }) => misconception)
  const remedies = ideas.map(remedyOf)
  const levels = [...new Set(remedies.flatMap((remedy) => remedy.levels))].filter(levelById).slice(0, FIRST)
  const cards = remedies.some(({ decks }) => decks.length > 0)
  const focus = TEMPLATES.filter((template) => asksOf(template, questionWords).some((one) => ideas.includes(one)))
    .slice(0, 12)
    .map(({ id }) => id)
  const round = useMemo(
    () => roundHash(writeRound({ topics: [], length: ideas.length > 0 ? 10 : 30, seed: newSeed(), level: 2, focus })),
    [found],
  )
  const deck = useMemo(
    () => roundHash(writeRound({ topics: ['well-known'], length: 10, seed: newSeed(), level: 2, focus: [] })),
    [found],
  )
  return (
    <main class="end check-end">
      <section class="end-head">
        <h1 tabIndex={-1}>{text.heading}</h1>
        <Lamps given={given} />
        {ideas.length === 0 && <p class="end-about">{allRight ? text.noneHeld : text.noneClear}</p>}
        <h2>{text.first}</h2>
        {ideas.length === 0 ? <p class="quiet">{text.nothingFirst}</p> : <p class="quiet">{text.firstAbout}</p>}
        <ul class="first-list">
          {levels.map((id) => (
            <li key={id}>
              <a href={`#/shift/${id}`}>{text.level(id, words.levels(id).title)}</a>
            </li>
          ))}
          {cards && (
            <li>
              <a href={deck}>{text.deck}</a>
            </li>
          )}
        </ul>
        <div class="end-acts">
          <a class="primary" href={round} ref={go}>
            {ideas.length === 0 ? quiz.home.start(30) : text.round} <kbd aria-hidden="true">⏎</kbd>
          </a>
          <div class="end-ways">
            <a class="secondary" href={checkHash(newSeed())}>
              {text.again}
            </a>
            <a class="secondary" href={QUIZ_HASH}>
              {quiz.end.back}
            </a>
          </div>
        </div>
      </section>
      <section class="findings">
        <Found heading={text.held} about={text.heldAbout} found={held} kind="held" />
        <Found heading={text.suspected} about={text.suspectedAbout} found={suspected} kind="suspected" />
        {cleared.length > 0 && (
          <details class="cleared" open={ideas.length === 0}>
            <summary>
              <span aria-hidden="true">✓ </span>
              {text.cleared}: {text.clearedAbout(cleared.length)}
            </summary>
            <ul>
              {cleared.map(({ misconception }) => (
                <li key={misconception}>{misconceptions[misconception].name}</li>
              ))}
            </ul>
          </details>
        )}
        {open.length > 0 && <p class="quiet">{text.open(open.length)}</p>}
      </section>
      <Missed given={given} settings={settings} reducedMotion={reducedMotion} />
    </main>
  )
}

interface FoundProps {
  readonly heading: string
  readonly about: string
  readonly found: readonly Finding[]
  readonly kind: 'held' | 'suspected'
}

function Found({ heading, about, found, kind }: FoundProps) {
  if (found.length === 0) return null
  return (
    <section class={`found-ideas ${kind}`}>
      <h2>{heading}</h2>
      <p class="quiet">{about}</p>
      <ul>
        {found.map(({ misconception, belief }) => (
          <li key={misconception}>
            <strong>
              <span aria-hidden="true">{kind === 'held' ? '✕' : '?'} </span>
              {misconceptions[misconception].name}
            </strong>
            <span class="belief mono">{quiz.check.certain(belief)}</span>
            <p>
              <b>{quiz.feedback.fact}:</b> {misconceptions[misconception].right}
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}
