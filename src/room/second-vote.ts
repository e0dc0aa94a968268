import type { MisconceptionId } from '../lessons/misconception'
import { mark } from '../quiz/mark'
import { offeredBy } from '../quiz/record'
import type { Template } from '../quiz/template'
import { TEMPLATES } from '../quiz/templates'
import { suits } from './plan'
import type { Posed } from './posed'
import { bodyOf, variantOf } from './posed'
import type { Given } from './room'

/** What to do after a first vote: who talks about what nearly nobody knows, or everybody, learns little (LEARNING, section 5). */
export type Advice = 'talk' | 'refute' | 'go-on'

export function adviceAfter({
  answered,
  right,
}: {
  readonly answered: number
  readonly right: number
}): Advice | undefined {
  if (answered === 0) return undefined
  const share = right / answered
  return share < 0.3 ? 'refute' : share > 0.7 ? 'go-on' : 'talk'
}

/** So many seeds of a template are tried for one whose wrong answers have the idea. */
const TRIES = 4

/**
 * What a class votes on after it has talked: a sibling, the same template with other numbers, so that it shows understanding and
 * not copying. Where so few were right that there is little to talk about, an easier question about the idea that most of
 * them followed, if there is one (LEARNING, section 5, rules 5 and 6). The same on every node.
 */
export function secondVote(posed: Posed, first: readonly Pick<Given, 'answer' | 'right'>[]): Posed {
  const sibling = variantOf(posed, 1)
  const right = first.filter((one) => one.right).length
  if ('own' in posed || adviceAfter({ answered: first.length, right }) !== 'refute') return sibling
  return easierThan(posed, ideasIn(posed, first)) ?? sibling
}

/** True where the second vote was on another template than the first: then the two shares cannot be compared. */
export const isEasier = (first: Posed, second: Posed): boolean =>
  !('own' in first) && !('own' in second) && first.template !== second.template

/** The ideas that these answers follow, the most frequent first; among equals the order of the answers says nothing. */
function ideasIn(posed: Posed, given: readonly Pick<Given, 'answer'>[]): readonly MisconceptionId[] {
  const body = bodyOf(posed)
  const counts = new Map<MisconceptionId, number>()
  for (const { answer } of given)
    for (const idea of mark(body, answer).misconceptions) counts.set(idea, (counts.get(idea) ?? 0) + 1)
  return [...counts].toSorted(([one, a], [other, b]) => b - a || (one < other ? -1 : 1)).map(([idea]) => idea)
}

/** The easiest question of the same cluster among whose wrong answers is the first of these ideas that any of them has. */
function easierThan(
  { template: id, seed }: Exclude<Posed, { own: unknown }>,
  ideas: readonly MisconceptionId[],
): Posed | undefined {
  const own = TEMPLATES.find((template) => template.id === id)
  const easier = TEMPLATES.filter(
    (template) =>
      own !== undefined &&
      template.cluster === own.cluster &&
      template.difficulty < own.difficulty &&
      suits('peer', template),
  ).toSorted((a, b) => a.difficulty - b.difficulty || shared(b, own) - shared(a, own))
  for (const idea of ideas)
    for (const { id: template } of easier)
      for (let version = 1; version <= TRIES; version++) {
        const posed = variantOf({ template, seed }, version)
        if (offeredBy(bodyOf(posed)).includes(idea)) return posed
      }
  return undefined
}

/** How many claims two templates test both. */
const shared = ({ claims }: Template, other: Template | undefined): number =>
  claims.filter((claim) => other?.claims.includes(claim)).length
