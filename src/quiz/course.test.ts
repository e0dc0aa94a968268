import { describe, expect, it } from 'vitest'
import { questions } from '../words/en/questions'
import { courseOf } from './course'
import type { Answer, Question } from './question'
import { questionFrom } from './template'
import { TEMPLATES } from './templates'

const [template] = TEMPLATES.filter(({ kind }) => kind === 'choose')
if (!template) throw new Error('There is no template to choose from.')
const made = [1, 2, 3].map((seed) => questionFrom(template, seed, questions))
const next = (given: readonly unknown[]) => made[given.length]

const answerTo = ({ body }: Question, right: boolean): Answer => {
  const option = 'options' in body ? body.options.find((one) => one.right === right) : undefined
  return { kind: 'choose', means: option?.means ?? '' }
}
const [first, second] = made
if (!first || !second) throw new Error('There are no questions.')

describe('questions one after another', () => {
  it('begin with the first, and end when there is none left', () => {
    expect(courseOf(next, [])).toEqual({ given: [], next: first })
    expect(courseOf(next, [null, null, null]).next).toBeUndefined()
    expect(courseOf(next, [null, null, null, null]).given).toHaveLength(3)
  })

  it('are marked, with the idea behind a wrong answer', () => {
    const { given } = courseOf(next, [answerTo(first, true), answerTo(second, false)])
    expect(given[0]?.marked).toEqual({ right: true, misconceptions: [], readable: true })
    expect(given[1]?.marked.right).toBe(false)
    expect(given[1]?.marked.misconceptions).toHaveLength(1)
  })

  it('take a missed question, or an answer to another one, for no answer', () => {
    for (const answer of [null, { kind: 'type', text: '7' } as const]) {
      const { given } = courseOf(next, [answer])
      expect(given[0]).toMatchObject({ answer: undefined, marked: { right: false, misconceptions: [] } })
    }
  })

  it('need not be made again when one answer more is known', () => {
    let asked = 0
    const counting = (given: readonly unknown[]) => {
      asked++
      return next(given)
    }
    const one = courseOf(counting, [null])
    const more = courseOf(counting, [null, null], one)
    expect(asked).toBe(3)
    expect(more).toEqual(courseOf(next, [null, null]))
    expect(courseOf(counting, [], more).given).toEqual([])
  })
})
