import * as v from 'valibot'
import type { Answer, Body, Item, Question } from '../quiz/question'
import type { Fixed } from '../quiz/draw'
import { OwnSchema } from '../quiz/set'
import type { OwnQuestion } from '../quiz/set'
import type { Template } from '../quiz/template'
import { questionFrom } from '../quiz/template'
import { TEMPLATES } from '../quiz/templates'
import type { View } from '../quiz/view'
import { random } from '../shift/random'
import { questions as en } from '../words/en/questions'
import type { QuestionWords } from '../words/questions'

const Seed = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(0x7fffffff))
const FixedSchema = v.record(
  v.pipe(v.string(), v.maxLength(60)),
  v.union([v.pipe(v.string(), v.maxLength(200)), v.number()]),
)

/** A question of a room: a template with a seed, or one in a teacher's own words with its options as they are shown. */
export const PosedSchema = v.union([
  v.object({
    template: v.picklist(TEMPLATES.map(({ id }) => id)),
    seed: Seed,
    fixed: v.optional(FixedSchema),
  }),
  v.object({ own: OwnSchema }),
])
export type Posed = v.InferOutput<typeof PosedSchema>

/** A question as it may be seen before it is closed: no option is more right than another, and nothing says why. */
export interface BlindQuestion {
  /** Text with code between backticks; of a teacher's own question Markdown. */
  readonly stem: string
  readonly own: boolean
  readonly views: readonly View[]
  /** The meanings of its items are their places, counted from 0. */
  readonly body: Body
}

const byId = new Map<string, Template>(TEMPLATES.map((template) => [template.id, template]))

/**
 * The question that a template makes for the room.
 *
 * @throws RangeError if it makes none: for an unknown template, or fixed parameters that leave no case.
 */
export function questionOf(
  {
    template: id,
    seed,
    fixed,
  }: { readonly template: string; readonly seed: number; readonly fixed?: Fixed | undefined },
  words: QuestionWords,
): Question {
  const template = byId.get(id)
  if (!template) throw new RangeError(`There is no template ${id}.`)
  return questionFrom(template, seed, words, fixed ? { fixed } : {})
}

/** The body of a teacher's own question; its options mean their places. */
function ownBody({ kind, options }: OwnQuestion): Body {
  const items = options.map(({ text, right }, index) => ({ means: String(index), text, right }))
  const rights = options.filter(({ right }) => right).map(({ text }) => text)
  switch (kind) {
    case 'choose':
      return { kind, options: items }
    case 'several':
      return { kind, options: items, traps: [] }
    case 'type':
      return { kind, expects: 'text', answer: rights[0] ?? '', alsoRight: rights.slice(1), traps: [] }
  }
}

/** Questions made before: the same posed question is marked thousands of times. */
const made = new Map<string, Body>()
const MOST_MADE = 4000

/**
 * What an answer to the question is marked against. It is the same in every language.
 *
 * @throws RangeError if the question cannot be made.
 */
export function bodyOf(posed: Posed): Body {
  if ('own' in posed) return ownBody(posed.own)
  const key = JSON.stringify([posed.template, posed.seed, posed.fixed])
  const known = made.get(key)
  if (known) return known
  const { body } = questionOf(posed, en)
  if (made.size >= MOST_MADE) made.clear()
  made.set(key, body)
  return body
}

/** So many versions of a question go round where everybody has their own numbers: neighbours have different ones. */
export const VARIANTS = 8

/** Another version of the question: the same template with other numbers. Number 0 is the question itself; own ones have no other. */
export function variantOf(posed: Posed, number: number): Posed {
  const version = number % VARIANTS
  return 'own' in posed || version === 0
    ? posed
    : { ...posed, seed: random(posed.seed ^ Math.imul(version, 0x9e3779b1)).int(0, 0x7fffffff) }
}

const places = (items: readonly Item[]): Item[] => items.map(({ text }, index) => ({ means: String(index), text }))
const hidden = (items: readonly Item[]) => places(items).map((item) => ({ ...item, right: false }))

/** The body without its answer: what anything means is its place. */
export function blindBody(body: Body): Body {
  switch (body.kind) {
    case 'choose':
    case 'predict':
      return { kind: body.kind, options: hidden(body.options) }
    case 'several':
      return { kind: 'several', options: hidden(body.options), traps: [] }
    case 'type':
      return { kind: 'type', expects: body.expects, answer: '', alsoRight: [], traps: [] }
    case 'order':
      return { kind: 'order', items: places(body.items), order: [], alsoRight: [], traps: [] }
    case 'match':
      return { kind: 'match', left: places(body.left), right: places(body.right), pairs: [], traps: [] }
  }
}

/** The question as phones and the projector get it before it is closed, in the language of `words`. */
export function blindQuestion(posed: Posed, words: QuestionWords): BlindQuestion {
  if ('own' in posed) return { stem: posed.own.stem, own: true, views: [], body: blindBody(ownBody(posed.own)) }
  const { stem, views, body } = questionOf(posed, words)
  return { stem, own: false, views, body: blindBody(body) }
}

/** The answer to a blind question with the meanings of the question itself. Undefined where a place does not exist. */
export function seeing(body: Body, answer: Answer): Answer | undefined {
  const at = (items: readonly Item[], place: string): string | undefined =>
    /^\d{1,3}$/.test(place) ? items[Number(place)]?.means : undefined
  const all = (items: readonly Item[], given: readonly string[]): string[] | undefined => {
    const means = given.map((place) => at(items, place))
    return means.every((one) => one !== undefined) && new Set(given).size === given.length
      ? means.filter((one) => one !== undefined)
      : undefined
  }
  switch (answer.kind) {
    case 'choose':
    case 'predict': {
      if (body.kind !== answer.kind) return undefined
      const means = at(body.options, answer.means)
      return means === undefined ? undefined : { kind: answer.kind, means }
    }
    case 'several': {
      const means = body.kind === 'several' ? all(body.options, answer.means) : undefined
      return means && { kind: 'several', means }
    }
    case 'order': {
      const means = body.kind === 'order' ? all(body.items, answer.means) : undefined
      return means && { kind: 'order', means }
    }
    case 'match': {
      if (body.kind !== 'match') return undefined
      const left = all(
        body.left,
        answer.pairs.map(([one]) => one),
      )
      const pairs = left?.map((means, index) => [means, at(body.right, answer.pairs[index]?.[1] ?? '')] as const)
      const whole = pairs?.flatMap(([one, other]) => (other === undefined ? [] : [[one, other] as const]))
      return whole && whole.length === answer.pairs.length ? { kind: 'match', pairs: whole } : undefined
    }
    case 'type':
      return body.kind === 'type' ? answer : undefined
  }
}
