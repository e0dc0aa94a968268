import * as v from 'valibot'
import type { Body, Question } from '../quiz/question'
import type { Fixed } from '../quiz/draw'
import { OwnSchema } from '../quiz/set'
import type { Template } from '../quiz/template'
import { questionFrom } from '../quiz/template'
import { TEMPLATES } from '../quiz/templates'
import { random } from '../shift/random'
import { questions as en } from '../words/en/questions'
import type { QuestionWords } from '../words/questions'
import type { BlindQuestion } from './blind'
import { blindBody, ownBody } from './blind'

export type { BlindQuestion } from './blind'
export { blindBody, seeing } from './blind'

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

/** The question as phones and the projector get it before it is closed, in the language of `words`. */
export function blindQuestion(posed: Posed, words: QuestionWords): BlindQuestion {
  if ('own' in posed) return { stem: posed.own.stem, own: true, views: [], body: blindBody(ownBody(posed.own)) }
  const { stem, views, body } = questionOf(posed, words)
  return { stem, own: false, views, body: blindBody(body) }
}
