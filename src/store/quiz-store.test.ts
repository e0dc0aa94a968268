import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MISCONCEPTION_IDS } from '../lessons/misconception'
import type { Answered } from '../quiz/record'
import { MemoryStorage } from './memory-storage.test-support'
import type { QuizRecord } from './quiz-record'
import { MOST_ANSWERS, NO_RECORD, mergeRecords } from './quiz-record'
import { QUIZ_KEY, createQuizStore } from './quiz-store'

const answer = (seed: number, right = true): Answered => ({
  template: 'ps-which-window',
  seed,
  at: 1000 + seed,
  right,
  offered: ['dport-alone-selects', 'listener-carries-data'],
  chosen: right ? [] : ['dport-alone-selects'],
})

const ideas = fc.uniqueArray(fc.constantFrom(...MISCONCEPTION_IDS.slice(0, 4)))
const answers: fc.Arbitrary<Answered[]> = fc.array(
  fc.record({
    template: fc.constantFrom('ps-which-window', 'wk-range'),
    seed: fc.nat(3),
    at: fc.nat(5),
    right: fc.boolean(),
    offered: ideas,
    chosen: ideas,
  }),
  { maxLength: 6 },
)
const records: fc.Arbitrary<QuizRecord> = fc
  .tuple(answers, fc.option(fc.record({ seed: fc.nat(3), at: fc.nat(3) }), { nil: undefined }))
  .map(([some, pair]) => mergeRecords(NO_RECORD, { version: 1, answers: some, ...(pair && { pair }) }))

describe('the record of answers', () => {
  it('outlives the page', () => {
    const storage = new MemoryStorage()
    createQuizStore(storage).getState().add(answer(1))
    expect(createQuizStore(storage).getState().record.answers).toEqual([answer(1)])
  })

  it('keeps the first answer to a question and no later one', () => {
    const { getState } = createQuizStore(new MemoryStorage())
    getState().add(answer(1, false))
    getState().add(answer(1, true))
    getState().add(answer(2, true))
    expect(getState().record.answers).toEqual([answer(1, false), answer(2, true)])
  })

  it('forgets the oldest answers when there are too many', () => {
    const { getState } = createQuizStore(new MemoryStorage())
    const many = Array.from({ length: MOST_ANSWERS }, (_, seed) => answer(seed))
    getState().merge({ version: 1, answers: many })
    getState().add(answer(MOST_ANSWERS))
    const { record } = getState()
    expect(record.answers).toHaveLength(MOST_ANSWERS)
    expect(record.answers[0]).toEqual(answer(1))
    expect(record.answers.at(-1)).toEqual(answer(MOST_ANSWERS))
  })

  it('says when there is no storage or no room, and goes on', () => {
    const blocked = createQuizStore(undefined)
    expect(blocked.getState().notice).toEqual({ kind: 'blocked' })
    const full = createQuizStore(new MemoryStorage({}, 'full'))
    full.getState().add(answer(1))
    expect(full.getState().notice).toEqual({ kind: 'full' })
    expect(full.getState().record.answers).toHaveLength(1)
  })

  it('sets aside what it cannot read', () => {
    const storage = new MemoryStorage({ [QUIZ_KEY]: '{"version":1,"answers":[{"template":7}]}' })
    const { notice, record } = createQuizStore(storage).getState()
    expect(notice).toEqual({ kind: 'set-aside', key: `${QUIZ_KEY}.set-aside` })
    expect(record).toEqual(NO_RECORD)
  })

  it('takes over what another tab has stored, also that all is forgotten', () => {
    const storage = new MemoryStorage()
    const [one, other] = [createQuizStore(storage), createQuizStore(storage)]
    one.getState().add(answer(1))
    other.getState().reread()
    expect(other.getState().record.answers).toEqual([answer(1)])
    other.getState().reset()
    one.getState().reread()
    expect(one.getState().record).toEqual(NO_RECORD)
  })

  it('remembers the pair of tests that was begun', () => {
    const storage = new MemoryStorage()
    createQuizStore(storage).getState().beginPair(77, 5)
    expect(createQuizStore(storage).getState().record.pair).toEqual({ seed: 77, at: 5 })
  })
})

describe('two records together', () => {
  it('hold every answer of either once, in any order and however often', () => {
    fc.assert(
      fc.property(records, records, records, (a, b, c) => {
        const both = mergeRecords(a, b)
        expect(both).toEqual(mergeRecords(b, a))
        expect(mergeRecords(both, c)).toEqual(mergeRecords(a, mergeRecords(b, c)))
        expect(mergeRecords(both, b)).toEqual(both)
        for (const one of [...a.answers, ...b.answers]) expect(both.answers).toContainEqual(one)
        expect(both.answers.length).toBeLessThanOrEqual(a.answers.length + b.answers.length)
      }),
    )
  })
})
