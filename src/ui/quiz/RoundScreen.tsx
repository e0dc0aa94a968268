import { useMemo } from 'preact/hooks'
import type { NextQuestion } from '../../quiz/course'
import type { Question } from '../../quiz/question'
import type { Asked, Round } from '../../quiz/round'
import { dealRound, readRound, writeRound } from '../../quiz/round'
import { askedOf, readSet } from '../../quiz/set'
import { questionFrom } from '../../quiz/template'
import { TEMPLATES, templateById } from '../../quiz/templates'
import type { QuestionWords } from '../../words/questions'
import { questionWords } from '../../words/questions'
import { quiz } from '../../words/quiz-screens'
import { Broken } from '../app/Broken'
import { QUIZ_HASH, roundHash } from '../app/route'
import type { QuizScreenProps } from './Page'
import { RoundEnd } from './RoundEnd'
import { Run } from './Run'

export interface RoundScreenProps extends QuizScreenProps {
  /** What stands behind the question mark of the link. */
  readonly query: string
}

/** What a round is about, in words. */
const titleOf = ({ topics }: Round): string =>
  topics.length === 0
    ? quiz.mixed
    : topics.length > 2
      ? quiz.several(topics.length)
      : topics.map((topic) => quiz.topics[topic].name).join(', ')

/** A question that was dealt, in the language of `words`; undefined if its template is not known. */
function questionOf({ template: id, seed, fixed }: Asked, words: QuestionWords): Question | undefined {
  const template = templateById(id)
  return template && questionFrom(template, seed, words, fixed && { fixed })
}

/** The questions that were dealt, one after another. */
export const dealt =
  (asked: readonly Asked[], words: QuestionWords): NextQuestion =>
  ({ length }) => {
    const one = asked[length]
    return one && questionOf(one, words)
  }

/** The way back to the quiz from what cannot be shown. */
export const BrokenQuiz = ({ about }: { readonly about: string }) => (
  <Broken about={about} way={{ href: QUIZ_HASH, text: quiz.toQuiz }} />
)

/** A round as its link names it, or what is wrong with the link. */
export function RoundScreen({ query, ...screen }: RoundScreenProps) {
  const round = useMemo(() => readRound(query, TEMPLATES), [query])
  const asked = useMemo(() => ('fault' in round ? [] : dealRound(round, TEMPLATES)), [round])
  const spoken = questionWords
  const next = useMemo(() => dealt(asked, spoken), [asked, spoken])
  if ('fault' in round) return <BrokenQuiz about={quiz.broken[round.fault]} />
  if (asked.length === 0) return <BrokenQuiz about={quiz.broken['unknown-topic']} />
  const link = roundHash(writeRound(round))
  return (
    <Run
      {...screen}
      of={link}
      title={titleOf(round)}
      length={asked.length}
      next={next}
      {...(round.clock !== undefined && { clock: round.clock })}
      end={(given, again) => <RoundEnd {...screen} given={given} link={link} onAgain={again} />}
    />
  )
}

/** The questions of a set that somebody sent, or what is wrong with the link. */
export function SetRoundScreen({ query, ...screen }: RoundScreenProps) {
  const shared = useMemo(() => readSet(query, TEMPLATES), [query])
  const spoken = questionWords
  const asked = useMemo(() => ('fault' in shared ? [] : askedOf(shared, TEMPLATES, spoken)), [shared, spoken])
  const next = useMemo(() => dealt(asked, spoken), [asked, spoken])
  if ('fault' in shared) return <BrokenQuiz about={quiz.brokenSet[shared.fault]} />
  if (asked.length === 0) return <BrokenQuiz about={quiz.brokenSet.empty} />
  const link = `#/quiz/set?${query}`
  return (
    <Run
      {...screen}
      of={link}
      title={shared.title || quiz.setUntitled}
      length={asked.length}
      next={next}
      end={(given, again) => <RoundEnd {...screen} given={given} link={link} onAgain={again} />}
    />
  )
}
