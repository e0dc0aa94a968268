import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { questions as words } from '../words/en/questions'
import type { OwnQuestion, QuestionSet } from './set'
import {
  MOST,
  askedOf,
  blankQuestion,
  newSet,
  ownFaults,
  questionsOf,
  readSet,
  variantSeed,
  withCopy,
  withItem,
  withItems,
  withMoved,
  withoutItem,
  writeSet,
} from './set'
import { TEMPLATES } from './templates'
import { questionFrom } from './template'

const [first, second] = TEMPLATES
const ids = [first?.id ?? '', (second ?? first)?.id ?? '']
const template = (id = ids[0] ?? '', count = 1) => ({ template: id, count, fixed: {} })
const own: OwnQuestion = {
  kind: 'choose',
  stem: 'Which?',
  options: ['a', 'b', 'c', 'd'].map((text, index) => ({ text, right: index === 0, feedback: '' })),
  explanation: '',
}
const set = withItems(newSet('s', 5, 'en', 'A set'), [template(), { own }, template(ids[1], 3)])
const asked = (one: Pick<QuestionSet, 'seed' | 'items'>) => JSON.stringify(questionsOf(one, TEMPLATES, words))

describe('a question set', () => {
  it('makes the same questions from the same seed, and others from another', () => {
    expect(asked(set)).toBe(asked({ ...set }))
    expect(asked({ ...set, seed: variantSeed(set.seed, 'B') })).not.toBe(asked(set))
    expect(variantSeed(set.seed, 'A')).toBe(set.seed)
  })

  it('asks each question once, also where a template is asked for many times', () => {
    const posed = questionsOf(withItems(newSet('s', 1, 'en', ''), [template(ids[0], 20)]), TEMPLATES, words)
    const said = posed.map((one) => ('question' in one ? JSON.stringify([one.question.views, one.question.body]) : ''))
    expect(new Set(said).size).toBe(20)
  })

  it('keeps a question with a seed in every variant', () => {
    const fixed = withItem(set, 1, (item) => ({ ...item, seed: 77 }))
    for (const variant of ['A', 'B', 'C', 'D'] as const) {
      const [posed] = questionsOf({ ...fixed, seed: variantSeed(9, variant) }, TEMPLATES, words)
      expect(posed && 'asked' in posed ? posed.asked.seed : undefined).toBe(77)
    }
  })

  it('keeps its questions when others are moved, copied or taken away', () => {
    const of = (one: QuestionSet, key: number) =>
      JSON.stringify(questionsOf(one, TEMPLATES, words).filter((posed) => posed.key === key))
    const moved = withMoved(withoutItem(withCopy(set, 1), 2), 3, -1)
    expect(moved.items.map(({ key }) => key)).toEqual([1, 3, 4])
    expect(of(moved, 3)).toBe(of(set, 3))
    expect(of(moved, 1)).toBe(of(set, 1))
  })

  it('moves an item only as far as there are places', () => {
    const order = (one: QuestionSet) => one.items.map(({ key }) => key)
    expect(order(withMoved(set, 1, -1))).toEqual([1, 2, 3])
    expect(order(withMoved(set, 1, 1))).toEqual([2, 1, 3])
    expect(order(withMoved(set, 1, 9))).toEqual([2, 3, 1])
    expect(order(withMoved(set, 99, 1))).toEqual([1, 2, 3])
  })

  it('takes no more items than it may have', () => {
    const full = withItems(
      set,
      Array.from({ length: 300 }, () => template()),
    )
    expect(full.items).toHaveLength(MOST.items)
    expect(new Set(full.items.map(({ key }) => key)).size).toBe(MOST.items)
  })

  it('shuffles the options of an own question by the seed, and loses none', () => {
    const orders = new Set(
      Array.from({ length: 20 }, (_, seed) => {
        const posed = questionsOf({ ...set, seed }, TEMPLATES, words).find((one) => one.from === 'own')
        const options = posed?.from === 'own' ? posed.own.options.map(({ text }) => text) : []
        expect(options.toSorted()).toEqual(['a', 'b', 'c', 'd'])
        return options.join('')
      }),
    )
    expect(orders.size).toBeGreaterThan(5)
  })

  it('says which items give no question', () => {
    const broken = withItems(set, [template('gone'), { own: blankQuestion() }])
    const told = questionsOf(broken, TEMPLATES, words).slice(-2)
    expect(told).toEqual([
      { key: 4, from: 'nowhere', template: 'gone', why: 'unknown' },
      { key: 5, from: 'unfinished', faults: ['no-stem', 'blank-option', 'twins'] },
    ])
  })

  it('gives for every template the question that the round makes of what is asked', () => {
    const every = withItems(
      newSet('s', 3, 'en', ''),
      TEMPLATES.slice(0, MOST.items).map(({ id }) => template(id)),
    )
    for (const posed of questionsOf(every, TEMPLATES, words)) {
      if (posed.from !== 'template') expect.fail(JSON.stringify(posed))
      const made = TEMPLATES.find(({ id }) => id === posed.asked.template)
      expect(made && questionFrom(made, posed.asked.seed, words, { fixed: posed.asked.fixed ?? {} })).toEqual(
        posed.question,
      )
    }
  })
})

describe('an own question', () => {
  it('can be asked when it has a stem, options that differ, and right ones as many as its kind takes', () => {
    expect(ownFaults(own)).toEqual([])
    expect(ownFaults({ ...own, stem: ' \n' })).toEqual(['no-stem'])
    expect(ownFaults({ ...own, options: own.options.slice(0, 1) })).toEqual(['few-options'])
    expect(ownFaults({ ...own, options: own.options.map((one) => ({ ...one, right: false })) })).toEqual(['no-right'])
    expect(ownFaults({ ...own, options: own.options.map((one) => ({ ...one, right: true })) })).toEqual(['many-right'])
    expect(ownFaults({ ...own, options: [...own.options, { text: ' a ', right: false, feedback: '' }] })).toEqual([
      'twins',
    ])
    expect(ownFaults({ ...own, kind: 'type', options: own.options.slice(0, 1) })).toEqual([])
  })
})

const shared = fc.record({
  title: fc.string({ unit: 'binary', maxLength: 40 }),
  seed: fc.nat({ max: MOST.seed }),
  items: fc
    .array(
      fc.record(
        {
          template: fc.constantFrom(...ids),
          count: fc.integer({ min: 1, max: 20 }),
          seed: fc.nat({ max: MOST.seed }),
          fixed: fc.dictionary(
            fc.string({ minLength: 1, maxLength: 10 }).filter((name) => name !== '__proto__'),
            fc.string({ unit: 'grapheme', maxLength: 10 }),
            { noNullPrototype: true, maxKeys: 3 },
          ),
        },
        { requiredKeys: ['template', 'count', 'fixed'] },
      ),
      { minLength: 1, maxLength: 12 },
    )
    .map((items) => items.map((item, index) => ({ ...item, key: index * 3 + 1 }))),
})

describe('a link to a set', () => {
  it('gives whoever opens it the same questions in the same order', () => {
    const plain = withoutItem(set, 2)
    const link = writeSet(plain)
    const read = 'query' in link ? readSet(link.query, TEMPLATES) : link
    if ('fault' in read) return expect.fail(read.fault)
    expect(read.title).toBe('A set')
    expect(askedOf(read, TEMPLATES, words)).toEqual(askedOf(plain, TEMPLATES, words))
  })

  it('carries everything but own questions, whatever is in it', () => {
    fc.assert(
      fc.property(shared, (one) => {
        const link = writeSet(one)
        const title = one.title.replaceAll(/\p{Surrogate}/gu, '\ufffd')
        expect('query' in link && readSet(link.query, TEMPLATES)).toEqual({
          ...one,
          title: title.trim() === '' ? '' : title,
        })
      }),
      { numRuns: 500 },
    )
  })

  it('is not made of a set with own questions or with nothing', () => {
    expect(writeSet(set)).toEqual({ fault: 'own-questions' })
    expect(writeSet({ ...set, items: [] })).toEqual({ fault: 'empty' })
  })

  it('says what is wrong with it, whatever stands in it', () => {
    expect(readSet('', TEMPLATES)).toEqual({ fault: 'unreadable' })
    expect(readSet('s=5&i=gone.1.1.', TEMPLATES)).toEqual({ fault: 'unknown-template' })
    expect(readSet('s=5&i=%E0%A4%A', TEMPLATES)).toEqual({ fault: 'unreadable' })
    const link = writeSet(withoutItem(set, 2))
    const query = 'query' in link ? link.query : ''
    fc.assert(
      fc.property(
        fc.nat({ max: query.length }),
        fc.nat({ max: 9 }),
        fc.string({ maxLength: 4 }),
        (at, length, into) => {
          expect(readSet(query.slice(0, at) + into + query.slice(at + length), TEMPLATES)).toBeDefined()
        },
      ),
      { numRuns: 3000 },
    )
  })

  it('is short: ten questions fit into 400 characters', () => {
    const ten = withItems(
      newSet('s', 5, 'en', 'Ports'),
      Array.from({ length: 10 }, () => template()),
    )
    const link = writeSet(ten)
    expect('query' in link && link.query.length).toBeLessThan(400)
  })
})
