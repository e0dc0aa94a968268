import * as fc from 'fast-check'
import type { OwnQuestion, QuestionSet } from '../quiz/set'
import { OWN_KINDS, newSet, ownFaults, questionsOf, variantSeed, withItems } from '../quiz/set'
import { TEMPLATES } from '../quiz/templates'
import type { SetWords } from '../words/set-words'
import { setWords } from '../words/set-words'
import { readLine } from './markdown'
import { toPlain } from './rich'
import type { Paper } from './task'
import { tasksOf } from './task'

export const words: SetWords = await setWords('en')

/** A set with a question from every template. */
export const everyTemplate = (seed: number): QuestionSet =>
  withItems(
    newSet('every', seed, 'en', 'Every template'),
    TEMPLATES.slice(0, 200).map(({ id }) => ({ template: id, count: 1, fixed: {} })),
  )

export const ownSet = (questions: readonly OwnQuestion[], title = 'Own'): QuestionSet =>
  withItems(
    newSet('own', 7, 'en', title),
    questions.map((own) => ({ own })),
  )

export const paperOf = (set: QuestionSet, variant: Paper['variant'] = 'A'): Paper => {
  const seed = variantSeed(set.seed, variant)
  return {
    title: set.title,
    variant,
    seed,
    language: set.language,
    tasks: tasksOf(questionsOf({ seed, items: set.items }, TEMPLATES, words.questions), { images: set.images }, words),
  }
}

export const WANTED = { split: false, seconds: 30 } as const

/** Pieces that mean something to one format or another. */
const pieces = fc.constantFrom(
  ...String.raw`\ { } = ~ # : -> % %50% [html] [x] // :: #### & < > " ' ; , @ + - * _ ! ? ( ) | ^ $ € ü 😀 𝕏`.split(
    ' ',
  ),
  ' ',
  '\t',
  '`a`',
  '**b**',
  '<b>',
  '<!--',
  ']]>',
  '&amp;',
  '&&058;',
  'port',
  '443',
  'TRUE',
  '=1+1',
  '+cmd',
  "'",
  'مرحبا',
)

/** A line of text with something nasty in it; never blank. */
const nastyLine: fc.Arbitrary<string> = fc
  .tuple(fc.array(pieces, { minLength: 1, maxLength: 8 }), fc.constantFrom('port', '443', 'x'))
  .map(([parts, word]) => parts.join('') + word)

const nastyText = fc
  .array(fc.oneof(nastyLine, fc.constantFrom('', '- a', '```', '    code', '1. b', '# c', '![d](https://e.org/)')), {
    minLength: 1,
    maxLength: 4,
  })
  .map((lines) => `${lines.join('\n')}\nWhich?`)

const feedback = fc.oneof(fc.constant(''), nastyLine, nastyText)

const option = fc.record({ text: nastyLine, right: fc.boolean(), feedback })

/** Questions of every kind that a teacher may write, with every character that some format could stumble over. */
export const nastyQuestion: fc.Arbitrary<OwnQuestion> = fc
  .record({
    kind: fc.constantFrom(...OWN_KINDS),
    stem: nastyText,
    options: fc.uniqueArray(option, { minLength: 2, maxLength: 5, selector: ({ text }) => toPlain(readLine(text)) }),
    explanation: feedback,
  })
  .map((question) =>
    question.kind === 'several'
      ? { ...question, options: question.options.map((one, index) => ({ ...one, right: index === 0 || one.right })) }
      : { ...question, options: question.options.map((one, index) => ({ ...one, right: index === 0 })) },
  )
  .filter((question) => ownFaults(question).length === 0)

/** What a text file holds. */
export const textOf = (content: string | Uint8Array | undefined): string => (typeof content === 'string' ? content : '')

/** A text with pieces taken out, put in twice, or exchanged for something else. */
export const mutated = (text: string): fc.Arbitrary<string> => {
  const spot = fc.nat({ max: text.length })
  const piece = fc.oneof(
    pieces,
    fc.string({ unit: 'binary', maxLength: 4 }),
    fc.constantFrom('\n', '\n\n', '"', '{', '}', '\0'),
  )
  const cut = fc.record({ at: spot, length: fc.nat({ max: 60 }), into: piece, twice: fc.boolean() })
  return fc.array(cut, { minLength: 1, maxLength: 4 }).map((cuts) =>
    cuts.reduce((damaged, { at, length, into, twice }) => {
      const gone = damaged.slice(at, at + length)
      return damaged.slice(0, at) + into + (twice ? gone + gone : '') + damaged.slice(at + length)
    }, text),
  )
}
