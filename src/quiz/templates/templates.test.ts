import assert from 'node:assert/strict'
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

// A sweep says millions of things: `assert` takes a fiftieth of the time of `expect`.
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
      assert.equal(body.options.length - wrong.length, 1)
      assert.ok(wrong.length >= 2)
      for (const option of wrong) {
        assert.notEqual(option.misconception, undefined)
        assert.deepEqual(mark(body, { kind: body.kind, means: option.means }), {
          right: false,
          misconceptions: [option.misconception],
          readable: true,
        })
      }
      break
    }
    case 'several':
      assert.ok(body.options.some(({ right }) => right))
      assert.ok(body.options.some(({ right }) => !right))
      for (const option of body.options) if (!option.right) assert.notEqual(option.misconception, undefined)
      for (const trap of body.traps) {
        const marked = mark(body, { kind: 'several', means: trap.answer })
        assert.deepEqual(marked, { right: false, misconceptions: [trap.misconception], readable: true })
      }
      break
    case 'type':
      assert.notEqual(readTyped(body.expects, body.answer), undefined)
      if (body.expects === 'port') {
        assert.ok(Number(body.answer) >= 0)
        assert.ok(Number(body.answer) <= 65535)
      }
      for (const trap of body.traps) {
        assert.notEqual(readTyped(body.expects, trap.answer), readTyped(body.expects, body.answer))
        assert.deepEqual(mark(body, { kind: 'type', text: trap.answer }).misconceptions, [trap.misconception])
      }
      for (const text of body.alsoRight) assert.ok(mark(body, { kind: 'type', text }).right)
      break
    case 'order':
      for (const step of body.order) assert.ok(body.items.some(({ means }) => means === step))
      assert.notDeepEqual(
        body.items.map(({ means }) => means),
        body.order,
      )
      for (const other of body.alsoRight) assert.ok(mark(body, { kind: 'order', means: other }).right)
      for (const trap of body.traps)
        assert.deepEqual(mark(body, { kind: 'order', means: trap.answer }).misconceptions, [trap.misconception])
      break
    case 'match':
      assert.deepEqual(
        body.pairs.map(([left]) => left),
        body.left.map(({ means }) => means),
      )
      for (const [, right] of body.pairs) assert.ok(body.right.some(({ means }) => means === right))
      for (const { answer } of body.traps)
        assert.ok(mark(body, { kind: 'match', pairs: [answer] }).misconceptions.length > 0)
      break
  }
  for (const items of [
    'options' in body ? body.options : [],
    body.kind === 'order' ? body.items : [],
    body.kind === 'match' ? body.left : [],
    body.kind === 'match' ? body.right : [],
  ]) {
    assert.ok(distinct(items.map(({ means }) => means)))
    assert.ok(distinct(items.map(({ text }) => text)))
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
          assert.equal(question.body.kind, template.kind)
          expectFairBody(question.body)
          assert.deepEqual(mark(question.body, rightAnswer(question.body)), {
            right: true,
            misconceptions: [],
            readable: true,
          })
          for (const text of textsOf(question)) {
            assert.notEqual(text, '')
            assert.doesNotMatch(text, LEFTOVERS)
            assert.equal(text.split('`').length % 2, 1, `backticks of: ${text}`)
          }
          assert.ok(question.after.flatMap((view) => fieldsOf(view)).includes(question.explanation.field))
          assert.ok(question.explanation.text.split(/\s+/).length <= 45)
          assert.ok(question.stem.length <= 320)
        }),
        { numRuns: 1000 },
      )
    })

    it('asks the same in Spanish, with other words', () => {
      fc.assert(
        fc.property(seeds, (seed) => {
          const [english, spanish] = [questionFrom(template, seed, en), questionFrom(template, seed, es)]
          assert.deepEqual(bones(spanish), bones(english))
          assert.notEqual(spanish.stem, english.stem)
          assert.notEqual(spanish.explanation.text, english.explanation.text)
          for (const text of textsOf(spanish)) assert.doesNotMatch(text, LEFTOVERS)
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
