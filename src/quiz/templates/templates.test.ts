import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MISCONCEPTION_IDS } from '../../lessons/misconception'
import { questions as en } from '../../words/en/questions'
import { questions as es } from '../../words/es/questions'
import { mark, readTyped } from '../mark'
import type { Answer, Body, Question } from '../question'
import { questionFrom } from '../template'
import { fieldsOf } from '../view'
import { TEMPLATES } from '.'

const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 })

/** Every text of a question that a person reads. */
const textsOf = ({ stem, body, explanation }: Question): readonly string[] => [
  stem,
  explanation.text,
  explanation.source,
  ...('options' in body ? body.options.map(({ text }) => text) : []),
  ...(body.kind === 'order' ? body.items.map(({ text }) => text) : []),
  ...(body.kind === 'match' ? [...body.left, ...body.right].map(({ text }) => text) : []),
]

const LEFTOVERS = /undefined|NaN|\[object|\bnull\b|[{}]{2}|\$\{| {2}|^\s|\s$|function\s*\(|=>/

/** The right answer, as a person would give it. */
function rightAnswer(body: Body): Answer {
  switch (body.kind) {
    case 'choose':
    case 'predict':
      return { kind: body.kind, means: body.options.find(({ right }) => right)?.means ?? '' }
    case 'several':
      return { kind: 'several', means: body.options.filter(({ right }) => right).map(({ means }) => means) }
    case 'type':
      return { kind: 'type', text: body.answer }
    case 'order':
      return { kind: 'order', means: body.order }
    case 'match':
      return { kind: 'match', pairs: body.pairs }
  }
}

const distinct = (texts: readonly string[]) => new Set(texts).size === texts.length

function expectFairBody(body: Body): void {
  switch (body.kind) {
    case 'choose':
    case 'predict': {
      const wrong = body.options.filter(({ right }) => !right)
      expect(body.options.length - wrong.length).toBe(1)
      expect(wrong.length).toBeGreaterThanOrEqual(2)
      for (const option of wrong) {
        expect(option.misconception).toBeDefined()
        expect(mark(body, { kind: body.kind, means: option.means })).toEqual({
          right: false,
          misconceptions: [option.misconception],
          readable: true,
        })
      }
      break
    }
    case 'several':
      expect(body.options.some(({ right }) => right)).toBe(true)
      expect(body.options.some(({ right }) => !right)).toBe(true)
      for (const option of body.options) if (!option.right) expect(option.misconception).toBeDefined()
      for (const trap of body.traps) {
        const marked = mark(body, { kind: 'several', means: trap.answer })
        expect(marked).toEqual({ right: false, misconceptions: [trap.misconception], readable: true })
      }
      break
    case 'type':
      expect(readTyped(body.expects, body.answer)).toBeDefined()
      if (body.expects === 'port') {
        expect(Number(body.answer)).toBeGreaterThanOrEqual(0)
        expect(Number(body.answer)).toBeLessThanOrEqual(65535)
      }
      for (const trap of body.traps) {
        expect(readTyped(body.expects, trap.answer)).not.toBe(readTyped(body.expects, body.answer))
        expect(mark(body, { kind: 'type', text: trap.answer }).misconceptions).toEqual([trap.misconception])
      }
      for (const text of body.alsoRight) expect(mark(body, { kind: 'type', text }).right).toBe(true)
      break
    case 'order':
      expect(body.items.map(({ means }) => means)).toEqual(expect.arrayContaining([...body.order]))
      expect(body.items.map(({ means }) => means)).not.toEqual(body.order)
      for (const other of body.alsoRight) expect(mark(body, { kind: 'order', means: other }).right).toBe(true)
      for (const trap of body.traps)
        expect(mark(body, { kind: 'order', means: trap.answer }).misconceptions).toEqual([trap.misconception])
      break
    case 'match':
      expect(body.pairs.map(([left]) => left)).toEqual(body.left.map(({ means }) => means))
      for (const [, right] of body.pairs) expect(body.right.some(({ means }) => means === right)).toBe(true)
      for (const { answer } of body.traps)
        expect(mark(body, { kind: 'match', pairs: [answer] }).misconceptions.length).toBeGreaterThan(0)
      break
  }
  for (const items of [
    'options' in body ? body.options : [],
    body.kind === 'order' ? body.items : [],
    body.kind === 'match' ? body.left : [],
    body.kind === 'match' ? body.right : [],
  ]) {
    expect(distinct(items.map(({ means }) => means))).toBe(true)
    expect(distinct(items.map(({ text }) => text))).toBe(true)
  }
}

/** The parts of a question that are the same in every language. */
const bones = ({ body, views, explanation: { field, source } }: Question) => ({
  field,
  source,
  fields: views.map((view) => fieldsOf(view)),
  body:
    'options' in body
      ? body.options.map(({ means, right, misconception }) => ({ means, right, misconception }))
      : body.kind === 'type'
        ? { answer: body.answer, traps: body.traps }
        : body.kind === 'order'
          ? { order: body.order, traps: body.traps }
          : { pairs: body.pairs, traps: body.traps },
})

describe.each(TEMPLATES.map((template) => [template.cluster, template.id, template] as const))(
  '%s: %s',
  (_, id, template) => {
    it('asks a fair question for every seed', () => {
      fc.assert(
        fc.property(seeds, (seed) => {
          const question = questionFrom(template, seed, en)
          expect(question.body.kind).toBe(template.kind)
          expectFairBody(question.body)
          expect(mark(question.body, rightAnswer(question.body))).toEqual({
            right: true,
            misconceptions: [],
            readable: true,
          })
          for (const text of textsOf(question)) {
            expect(text).not.toBe('')
            expect(text).not.toMatch(LEFTOVERS)
            expect(text.split('`').length % 2, `backticks of: ${text}`).toBe(1)
          }
          expect(question.after.flatMap((view) => fieldsOf(view))).toContain(question.explanation.field)
          expect(question.explanation.text.split(/\s+/).length).toBeLessThanOrEqual(45)
          expect(question.stem.length).toBeLessThanOrEqual(320)
        }),
        { numRuns: 1000 },
      )
    })

    it('asks the same in Spanish, with other words', () => {
      fc.assert(
        fc.property(seeds, (seed) => {
          const [english, spanish] = [questionFrom(template, seed, en), questionFrom(template, seed, es)]
          expect(bones(spanish)).toEqual(bones(english))
          expect(spanish.stem).not.toBe(english.stem)
          expect(spanish.explanation.text).not.toBe(english.explanation.text)
          for (const text of textsOf(spanish)) expect(text).not.toMatch(LEFTOVERS)
        }),
        { numRuns: 100 },
      )
    })

    it('asks the same again for the same seed', () => {
      expect(questionFrom(template, 4711, en)).toEqual(questionFrom(template, 4711, en))
    })

    it('names ideas that exist', () => {
      const ids: readonly string[] = MISCONCEPTION_IDS
      const { body } = questionFrom(template, id.length, en)
      const named = 'options' in body ? body.options : body.traps
      for (const { misconception } of named) if (misconception) expect(ids).toContain(misconception)
    })
  },
)
