import type { Cluster } from '../lessons/cluster'
import type { MisconceptionId } from '../lessons/misconception'
import type { QuestionWords } from '../words/questions'
import type { Fixed, Draw, Parameter } from './draw'
import { draw } from './draw'
import { readTyped } from './mark'
import type { Body, Difficulty, Explanation, Item, Kind, Option, Question, Scene, Trap, Typed } from './question'
import type { View } from './view'
import { fieldsOf } from './view'

/**
 * An answer or option: a number or string that reads as itself in every language, or a meaning (the same in every
 * language) with its text.
 */
export type Said = string | number | Item

/** A wrong answer and the idea that leads to it. An undefined `says` is no option: this case has no such mistake. */
export interface Wrong {
  readonly says: Said | undefined
  readonly misconception: MisconceptionId
}

/** A right item among several that those who hold an idea leave out. */
export interface LeftOut {
  readonly says: Said
  readonly misconception: MisconceptionId
}

export interface WrongSet {
  readonly says: readonly Said[]
  readonly misconception: MisconceptionId
}

export type DraftBody =
  | { readonly kind: 'choose' | 'predict'; readonly right: Said; readonly wrong: readonly Wrong[] }
  | {
      readonly kind: 'several'
      readonly right: readonly (Said | LeftOut)[]
      /** Wrong items to offer beside the right ones. */
      readonly wrong: readonly Wrong[]
      /** Whole wrong sets of the items offered that one idea leads to. */
      readonly sets?: readonly WrongSet[]
    }
  | {
      readonly kind: 'type'
      readonly expects: Typed
      readonly right: string | number
      /** Other ways to write the same. */
      readonly alsoRight?: readonly string[]
      readonly wrong: readonly Wrong[]
    }
  | {
      readonly kind: 'order'
      readonly right: readonly Said[]
      /** Other orders that come to the same. */
      readonly alsoRight?: readonly (readonly Said[])[]
      /** Items to offer that belong nowhere. */
      readonly extra?: readonly Said[]
      readonly wrong: readonly WrongSet[]
    }
  | {
      readonly kind: 'match'
      readonly pairs: readonly (readonly [left: Said, right: Said])[]
      /** More things on the right that belong to nothing. */
      readonly extra?: readonly Said[]
      readonly wrong: readonly {
        readonly says: readonly [left: Said, right: Said]
        readonly misconception: MisconceptionId
      }[]
    }

/** A question before its options are weeded and shuffled. */
export interface Draft {
  readonly stem: string
  readonly views: readonly View[]
  /** The views once the answer is known, where they show more than they may before. `views` if left out. */
  readonly after?: readonly View[]
  readonly body: DraftBody
  readonly explanation: Explanation
  readonly scene?: Scene
}

/**
 * A way to ask. `ask` draws a case, lets the model compute the answer, and says which ideas lead to which wrong answers;
 * undefined when the case drawn makes no fair question (the next seed is tried).
 */
export interface Template {
  readonly id: string
  readonly cluster: Cluster
  readonly kind: Kind
  readonly difficulty: Difficulty
  /** The claims (content/claims.json) that it tests. */
  readonly claims: readonly string[]
  readonly ask: (dice: Draw, words: QuestionWords) => Draft | undefined
}

/** No more options than this on a question with one right answer, unless more are asked for. */
const MOST_OPTIONS = 4

const itemOf = (said: Said): Item => (typeof said === 'object' ? said : { means: String(said), text: String(said) })

const rightOption = (said: Said | LeftOut): Option =>
  typeof said === 'object' && 'says' in said
    ? { ...itemOf(said.says), right: true, misconception: said.misconception }
    : { ...itemOf(said), right: true }

/** Drops wrong answers that mean the right one or an earlier wrong one. */
function weeded(right: readonly Item[], wrong: readonly Wrong[]): Option[] {
  const meanings = new Set(right.map(({ means }) => means))
  const texts = new Set(right.map(({ text }) => text))
  const options: Option[] = []
  for (const { says, misconception } of wrong) {
    if (says === undefined) continue
    const item = itemOf(says)
    if (meanings.has(item.means) || texts.has(item.text)) continue
    meanings.add(item.means)
    texts.add(item.text)
    options.push({ ...item, right: false, misconception })
  }
  return options
}

const sameList = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((item, index) => item === b[index])

/** Traps other than the right answers, each once. */
function traps<Answer>(
  found: readonly Trap<Answer>[],
  right: readonly Answer[],
  key: (answer: Answer) => string,
): Trap<Answer>[] {
  const seen = new Set(right.map((answer) => key(answer)))
  return found.filter(({ answer }) => {
    const fresh = !seen.has(key(answer))
    seen.add(key(answer))
    return fresh
  })
}

const meanings = (said: readonly Said[]): string[] => said.map((one) => itemOf(one).means)
const setKey = (set: readonly string[]): string => set.toSorted().join('\n')

/** The body as it is asked, or undefined if too few wrong answers are left for a question. */
function bodyOf(draft: DraftBody, dice: Draw, mostOptions: number): Body | undefined {
  switch (draft.kind) {
    case 'choose':
    case 'predict': {
      const right = itemOf(draft.right)
      const wrong = weeded([right], draft.wrong)
      if (wrong.length < 2) return undefined
      const options = [{ ...right, right: true }, ...dice.shuffle(wrong).slice(0, mostOptions - 1)]
      return { kind: draft.kind, options: dice.shuffle(options) }
    }
    case 'several': {
      const right = draft.right.map((said) => rightOption(said))
      const wrong = weeded(right, draft.wrong)
      if (right.length === 0 || wrong.length === 0) return undefined
      const options = dice.shuffle([...right, ...wrong])
      const sets = (draft.sets ?? []).map(({ says, misconception }) => ({ answer: meanings(says), misconception }))
      const offered = new Set(options.map(({ means }) => means))
      const possible = sets.filter(({ answer }) => answer.length > 0 && answer.every((means) => offered.has(means)))
      const answer = right.map(({ means }) => means)
      return { kind: 'several', options, traps: traps(possible, [answer], setKey) }
    }
    case 'type': {
      const { expects, alsoRight = [] } = draft
      const answer = String(draft.right)
      const found = draft.wrong.flatMap(({ says, misconception }) =>
        says === undefined ? [] : [{ answer: itemOf(says).means, misconception }],
      )
      const key = (text: string) => readTyped(expects, text) ?? text
      return { kind: 'type', expects, answer, alsoRight, traps: traps(found, [answer, ...alsoRight], key) }
    }
    case 'order': {
      const items = [...draft.right, ...(draft.extra ?? [])].map((said) => itemOf(said))
      const order = meanings(draft.right)
      const alsoRight = (draft.alsoRight ?? []).map((said) => meanings(said)).filter((one) => !sameList(one, order))
      const offered = new Set(items.map(({ means }) => means))
      const found = draft.wrong
        .map(({ says, misconception }) => ({ answer: meanings(says), misconception }))
        .filter(({ answer }) => answer.every((means) => offered.has(means)))
      const key = (list: readonly string[]) => list.join('\n')
      const right = new Set([order, ...alsoRight].map(key))
      let shown = dice.shuffle(items)
      while (right.has(key(meanings(shown).slice(0, order.length)))) shown = dice.shuffle(items)
      return { kind: 'order', items: shown, order, alsoRight, traps: traps(found, [order, ...alsoRight], key) }
    }
    case 'match': {
      const left = draft.pairs.map(([one]) => itemOf(one))
      const right = [...draft.pairs.map(([, one]) => one), ...(draft.extra ?? [])].map((said) => itemOf(said))
      const distinct = right.filter((item, index) => right.findIndex(({ means }) => means === item.means) === index)
      const pairs = draft.pairs.map(([a, b]) => [itemOf(a).means, itemOf(b).means] as const)
      const known = new Set(pairs.map(([a, b]) => `${a}\n${b}`))
      const shown = new Set(distinct.map(({ means }) => means))
      const found = draft.wrong
        .map(({ says: [a, b], misconception }) => ({
          answer: [itemOf(a).means, itemOf(b).means] as const,
          misconception,
        }))
        .filter(
          ({ answer: [a, b] }) => !known.has(`${a}\n${b}`) && shown.has(b) && left.some(({ means }) => means === a),
        )
      const once = found.filter(
        ({ answer }, index) => found.findIndex((other) => setKey(other.answer) === setKey(answer)) === index,
      )
      return { kind: 'match', left, right: dice.shuffle(distinct), pairs, traps: once }
    }
  }
}

/** Seeds tried before a template is given up: each is far more likely than not to make a question. */
const TRIES = 200

/** How a question is wanted. */
export interface Wanted {
  /** Parameters that a teacher has fixed. */
  readonly fixed?: Fixed
  /** At most so many options where one is right; 4 if left out. */
  readonly mostOptions?: number
}

/**
 * The question that a template makes from a seed (a whole number) in the language of `words`. In another language it is
 * the same question with the same meanings.
 *
 * @throws RangeError if no fair question was found, as with a fixed parameter that leaves no wrong answer.
 */
export function questionFrom(template: Template, seed: number, words: QuestionWords, wanted: Wanted = {}): Question {
  const { id, cluster, difficulty, claims } = template
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const dice = draw(seed + attempt * 0x9e3779b1, wanted.fixed)
    const draft = template.ask(dice, words)
    const body = draft && bodyOf(draft.body, dice, wanted.mostOptions ?? MOST_OPTIONS)
    if (!draft || !body) continue
    const { stem, views, after = views, explanation, scene } = draft
    if (!after.some((view) => fieldsOf(view).includes(explanation.field)))
      throw new RangeError(`${id}: no view shows the field ${explanation.field}.`)
    return {
      template: id,
      seed,
      cluster,
      difficulty,
      claims,
      stem,
      views,
      after,
      body,
      explanation,
      ...(scene && { scene }),
    }
  }
  throw new RangeError(`${id}: no question for seed ${seed} with these parameters.`)
}

/** The parameters of a template that can be fixed, as one seed shows them. */
export function parametersOf(template: Template, words: QuestionWords, seed = 1): readonly Parameter[] {
  const dice = draw(seed)
  template.ask(dice, words)
  return dice.parameters
}
