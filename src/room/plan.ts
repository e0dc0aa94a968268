import type { Kind } from '../quiz/question'
import { dealRound } from '../quiz/round'
import type { QuestionSet } from '../quiz/set'
import { questionsOf } from '../quiz/set'
import type { Template } from '../quiz/template'
import { TEMPLATES } from '../quiz/templates'
import type { Topic } from '../quiz/topic'
import type { QuestionWords } from '../words/questions'
import type { Posed } from './posed'
import type { Way } from './settings'
import { MOST_QUESTIONS } from './settings'

const CHOSEN: readonly Kind[] = ['choose', 'predict']

/**
 * The ways to answer that suit a way to run: where a class votes and talks, one of a few; where all go together, nothing that
 * takes long to put together on a phone.
 */
const KINDS_OF: Readonly<Record<Way, readonly Kind[]>> = {
  live: [...CHOSEN, 'several', 'type'],
  peer: CHOSEN,
  race: [...CHOSEN, 'type'],
  self: [...CHOSEN, 'several', 'type', 'order', 'match'],
  team: [],
}

/** Boards hold many statements about one machine: they are read, not voted on. */
const isBoard = ({ id }: Template) => id.startsWith('bd-')

/** True for a template whose questions suit a way to run. */
export const suits = (way: Way, template: Template): boolean =>
  KINDS_OF[way].includes(template.kind) && (way === 'self' || !isBoard(template))

/** Questions about these topics (none: everything), of a middle level. Empty if no question suits. */
export function planOfTopics(way: Way, topics: readonly Topic[], length: number, seed: number): readonly Posed[] {
  const pool = TEMPLATES.filter((template) => suits(way, template))
  return dealRound({ topics, length, seed, level: 2, focus: [] }, pool)
}

/** The questions of a teacher's set, in order, as many as a room takes; what cannot be asked is left out. */
export function planOfSet(set: Pick<QuestionSet, 'seed' | 'items'>, words: QuestionWords): readonly Posed[] {
  return questionsOf(set, TEMPLATES, words)
    .flatMap((posed): readonly Posed[] =>
      posed.from === 'template' ? [posed.asked] : posed.from === 'own' ? [{ own: posed.own }] : [],
    )
    .slice(0, MOST_QUESTIONS)
}
