import * as v from 'valibot'
import { LANGUAGE_TAGS } from '../words/language'
import type { QuestionWords } from '../words/questions'
import { random } from '../shift/random'
import type { Question } from './question'
import type { Asked } from './round'
import type { Template } from './template'
import { questionFrom } from './template'

const text = (most: number) => v.pipe(v.string(), v.maxLength(most))
const whole = (low: number, high: number) => v.pipe(v.number(), v.integer(), v.minValue(low), v.maxValue(high))

/** The ways to answer a question that a teacher has written. */
export const OWN_KINDS = ['choose', 'several', 'type'] as const

/** Limits of a set: far more than a lesson takes, and little enough for a browser's storage. */
export const MOST = {
  items: 200,
  count: 20,
  options: 20,
  stem: 8000,
  option: 2000,
  title: 200,
  seed: 0x7fffffff,
} as const

const OwnOptionSchema = v.object({
  /** Markdown on one line; of a typed answer the text itself. */
  text: text(MOST.option),
  right: v.boolean(),
  /** Markdown: what a learner reads who chose this. */
  feedback: text(MOST.option),
})
export type OwnOption = v.InferOutput<typeof OwnOptionSchema>

/**
 * A question in a teacher's words, perhaps unfinished (`ownFaults`). The options of a typed question are its right answers,
 * and wrong ones that deserve an answer of their own.
 */
export const OwnSchema = v.object({
  kind: v.picklist(OWN_KINDS),
  /** Markdown. */
  stem: text(MOST.stem),
  options: v.pipe(v.array(OwnOptionSchema), v.maxLength(MOST.options)),
  /** Markdown. */
  explanation: text(MOST.stem),
})
export type OwnQuestion = v.InferOutput<typeof OwnSchema>

const Key = whole(1, 0xffff)
const Seed = whole(0, MOST.seed)

/**
 * Questions from a template: `count` of them, with some parameters fixed. With a seed they are the same in every variant,
 * otherwise each variant gets its own.
 */
const TemplateItemSchema = v.object({
  key: Key,
  template: text(60),
  count: whole(1, MOST.count),
  seed: v.optional(Seed),
  fixed: v.record(text(60), v.union([text(200), v.number()])),
})
export type TemplateItem = v.InferOutput<typeof TemplateItemSchema>

const OwnItemSchema = v.object({ key: Key, own: OwnSchema })
export type OwnItem = v.InferOutput<typeof OwnItemSchema>

const ItemsSchema = v.pipe(v.array(v.union([OwnItemSchema, TemplateItemSchema])), v.maxLength(MOST.items))

/** A question set: what a teacher puts together. The same seed makes the same questions. */
export const SetSchema = v.object({
  id: v.pipe(v.string(), v.regex(/^[a-z0-9]{1,12}$/)),
  title: text(MOST.title),
  /** The language of its questions. */
  language: v.picklist(LANGUAGE_TAGS),
  /** Whether pictures in own questions are fetched and shown. */
  images: v.boolean(),
  seed: Seed,
  items: ItemsSchema,
})
export type QuestionSet = v.InferOutput<typeof SetSchema>
export type SetItem = OwnItem | TemplateItem

/** What decides the questions of a set. */
export type Deal = Pick<QuestionSet, 'seed' | 'items'>

export const newSet = (id: string, seed: number, language: QuestionSet['language'], title: string): QuestionSet => ({
  id,
  title,
  language,
  images: false,
  seed,
  items: [],
})

/** An own question with nothing in it but two options to fill. */
export const blankQuestion = (): OwnQuestion => ({
  kind: 'choose',
  stem: '',
  options: [
    { text: '', right: true, feedback: '' },
    { text: '', right: false, feedback: '' },
  ],
  explanation: '',
})

/** An item without the key that it gets in its set. */
export type NewItem = Omit<OwnItem, 'key'> | Omit<TemplateItem, 'key'>

const freeKey = ({ items }: Pick<QuestionSet, 'items'>): number =>
  items.reduce((highest, { key }) => Math.max(highest, key), 0) + 1

/** The set with more items behind the `after`th (at the end if left out). As many as fit. */
export function withItems(set: QuestionSet, added: readonly NewItem[], after = set.items.length): QuestionSet {
  const first = freeKey(set)
  const fresh = added.slice(0, MOST.items - set.items.length).map((item, index) => ({ ...item, key: first + index }))
  return { ...set, items: [...set.items.slice(0, after), ...fresh, ...set.items.slice(after)] }
}

export const withoutItem = (set: QuestionSet, key: number): QuestionSet => ({
  ...set,
  items: set.items.filter((item) => item.key !== key),
})

/** The set with one item in another's place; `change` keeps the key. */
export const withItem = (set: QuestionSet, key: number, change: (item: SetItem) => SetItem): QuestionSet => ({
  ...set,
  items: set.items.map((item) => (item.key === key ? { ...change(item), key } : item)),
})

/** The set with an item moved so many places down (up if negative), as far as there are places. */
export function withMoved(set: QuestionSet, key: number, places: number): QuestionSet {
  const from = set.items.findIndex((item) => item.key === key)
  const item = set.items[from]
  if (!item) return set
  const rest = set.items.filter((one) => one !== item)
  const to = Math.max(0, Math.min(rest.length, from + places))
  return { ...set, items: [...rest.slice(0, to), item, ...rest.slice(to)] }
}

/** The set with a copy of an item right behind it. */
export function withCopy(set: QuestionSet, key: number): QuestionSet {
  const at = set.items.findIndex((item) => item.key === key)
  const item = set.items[at]
  return item ? withItems(set, [item], at + 1) : set
}

/** The item without a seed of its own: each variant draws its own numbers. */
export function withoutSeed({ key, template, count, fixed }: TemplateItem): TemplateItem {
  return { key, template, count, fixed }
}

/** What keeps an own question from being asked. Its words stand in the message catalogue. */
export type OwnFault = 'no-stem' | 'few-options' | 'blank-option' | 'twins' | 'no-right' | 'many-right'

/** Everything that keeps an own question from being asked. */
export function ownFaults({ kind, stem, options }: OwnQuestion): readonly OwnFault[] {
  const faults: OwnFault[] = []
  const texts = options.map((option) => option.text.trim())
  const right = options.filter((option) => option.right).length
  if (stem.trim() === '') faults.push('no-stem')
  if (options.length < (kind === 'type' ? 1 : 2)) faults.push('few-options')
  if (texts.includes('')) faults.push('blank-option')
  if (new Set(texts).size < texts.length) faults.push('twins')
  if (right === 0) faults.push('no-right')
  if (kind === 'choose' && right > 1) faults.push('many-right')
  return faults
}

/** A number from several, as good as drawn: the same numbers give the same one. */
const mix = (...numbers: readonly number[]): number =>
  numbers.reduce((state, number) => random(state ^ Math.imul(number + 1, 0x9e3779b1)).int(0, MOST.seed), 0x5eed)

export const VARIANTS = ['A', 'B', 'C', 'D'] as const
export type Variant = (typeof VARIANTS)[number]

/** The seed of a variant of a set. A has the set's own. */
export const variantSeed = (seed: number, variant: Variant): number =>
  variant === 'A' ? seed : mix(seed, VARIANTS.indexOf(variant))

/** A question of a set: made by a template, written by a teacher (options in the order of this seed), or not to be had. */
export type Posed =
  | { readonly key: number; readonly from: 'template'; readonly asked: Asked; readonly question: Question }
  | { readonly key: number; readonly from: 'own'; readonly own: OwnQuestion }
  | { readonly key: number; readonly from: 'nowhere'; readonly template: string; readonly why: 'unknown' | 'no-case' }
  | { readonly key: number; readonly from: 'unfinished'; readonly faults: readonly OwnFault[] }

/** Tries to get another case than those already in the set; where parameters are fixed there may be no more. */
const TRIES = 12

/** What makes two questions the same to a learner. */
const sameness = ({ stem, views, body }: Question): string => JSON.stringify([stem, views, body])

/**
 * The questions of a set, in order. Each item's questions depend on its key and the seed, not on its place, so a set keeps
 * its questions when items are moved, added or removed. A case that is already in the set is drawn again.
 */
export function questionsOf(
  { seed, items }: Deal,
  templates: readonly Template[],
  words: QuestionWords,
): readonly Posed[] {
  const seen = new Set<string>()
  const fresh = (template: Template, item: TemplateItem, nth: number): Posed => {
    let last: Posed | undefined
    for (let attempt = 0; attempt < TRIES; attempt++) {
      const drawn = nth === 0 && attempt === 0 && item.seed !== undefined
      const asked = {
        template: template.id,
        seed: drawn ? (item.seed ?? 0) : mix(item.seed ?? seed, item.seed === undefined ? item.key : 0, nth, attempt),
        fixed: item.fixed,
      }
      const question = tryQuestion(template, asked, words)
      if (!question) continue
      last = { key: item.key, from: 'template', asked, question }
      const same = sameness(question)
      if (seen.has(same)) continue
      seen.add(same)
      return last
    }
    return last ?? { key: item.key, from: 'nowhere', template: template.id, why: 'no-case' }
  }
  return items.flatMap((item): readonly Posed[] => {
    if ('own' in item) {
      const faults = ownFaults(item.own)
      if (faults.length > 0) return [{ key: item.key, from: 'unfinished', faults }]
      const options = random(mix(seed, item.key)).shuffle(item.own.options)
      return [{ key: item.key, from: 'own', own: { ...item.own, options } }]
    }
    const template = templates.find(({ id }) => id === item.template)
    if (!template) return [{ key: item.key, from: 'nowhere', template: item.template, why: 'unknown' }]
    return Array.from({ length: item.count }, (_, nth) => fresh(template, item, nth))
  })
}

function tryQuestion(template: Template, { seed, fixed = {} }: Asked, words: QuestionWords): Question | undefined {
  try {
    return questionFrom(template, seed, words, { fixed })
  } catch (error) {
    // A fixed parameter may leave no fair case; anything else is a mistake of ours.
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/** The questions of a set that a browser can ask and mark by itself: those from templates. */
export const askedOf = (deal: Deal, templates: readonly Template[], words: QuestionWords): readonly Asked[] =>
  questionsOf(deal, templates, words).flatMap((posed) => (posed.from === 'template' ? [posed.asked] : []))

/** A set as a link carries it. */
export interface SharedSet extends Deal {
  readonly title: string
}

/** Why there is no link to a set, or no set in a link. Its words stand in the message catalogue. */
export type LinkFault = 'own-questions' | 'empty' | 'unreadable' | 'unknown-template'

/** Half a surrogate pair, which text cut by hand may hold, cannot be written in an address. */
const code = (value: string | number) =>
  encodeURIComponent(String(value).replaceAll(/\p{Surrogate}/gu, '\ufffd')).replaceAll('.', '%2E')

/**
 * The part of a link that carries a set, behind the question mark: whoever opens it gets the same questions in the same
 * order. Own questions do not fit into a link.
 */
export function writeSet({
  title,
  seed,
  items,
}: Pick<QuestionSet, 'title' | 'seed' | 'items'>): { readonly query: string } | { readonly fault: LinkFault } {
  if (items.length === 0) return { fault: 'empty' }
  const parts = [`s=${seed.toString(36)}`]
  if (title.trim() !== '') parts.push(`t=${code(title)}`)
  for (const item of items) {
    if ('own' in item) return { fault: 'own-questions' }
    const { key, template, count, fixed } = item
    const named = Object.entries(fixed).flatMap(([name, value]) => [code(name), code(value)])
    parts.push(`i=${[code(template), key, count, item.seed?.toString(36) ?? '', ...named].join('.')}`)
  }
  return { query: parts.join('&') }
}

const base36 = v.pipe(
  v.string(),
  v.regex(/^[0-9a-z]{1,7}$/),
  v.transform((digits) => Number.parseInt(digits, 36)),
  Seed,
)
const decimal = (schema: v.GenericSchema<number, number>) =>
  v.pipe(v.string(), v.regex(/^\d{1,5}$/), v.transform(Number), schema)
const SharedSchema = v.object({
  s: base36,
  t: v.optional(text(MOST.title), ''),
  i: v.pipe(
    v.array(
      v.object({
        template: text(60),
        key: decimal(Key),
        count: decimal(whole(1, MOST.count)),
        seed: v.union([v.literal(''), base36]),
        fixed: v.record(text(60), text(200)),
      }),
    ),
    v.minLength(1),
    v.maxLength(MOST.items),
  ),
})

function readItem(text: string): unknown {
  const [template, key, count, seed, ...named] = text.split('.').map((part) => decodeURIComponent(part))
  const fixed: Record<string, string> = {}
  for (let at = 0; at + 1 < named.length; at += 2) fixed[named[at] ?? ''] = named[at + 1] ?? ''
  return { template, key, count, seed, fixed }
}

/** Reads what `writeSet` wrote, whatever stands in it. */
export function readSet(query: string, templates: readonly Template[]): SharedSet | { readonly fault: LinkFault } {
  const fields = query.split('&').map((part) => part.split('='))
  const all = (name: string) => fields.flatMap(([key, value]) => (key === name ? [value ?? ''] : []))
  let raw: unknown
  try {
    const [s] = all('s')
    const [t] = all('t')
    raw = { s, ...(t !== undefined && { t: decodeURIComponent(t) }), i: all('i').map((one) => readItem(one)) }
  } catch {
    return { fault: 'unreadable' }
  }
  const read = v.safeParse(SharedSchema, raw)
  if (!read.success) return { fault: 'unreadable' }
  const { s, t, i } = read.output
  if (!i.every((item) => templates.some(({ id }) => id === item.template))) return { fault: 'unknown-template' }
  const items = i.map(({ seed, ...item }): TemplateItem => (seed === '' ? item : { ...item, seed }))
  return { title: t, seed: s, items }
}
