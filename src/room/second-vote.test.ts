import { describe, expect, it } from 'vitest'
import { mark } from '../quiz/mark'
import { offeredBy } from '../quiz/record'
import { TEMPLATES } from '../quiz/templates'
import { suits } from './plan'
import type { Posed } from './posed'
import { bodyOf, variantOf } from './posed'
import { isEasier, secondVote } from './second-vote'

/** Ten votes on a question: so many are right, all others follow the first wrong option. */
function votes(posed: Posed, right: number) {
  const body = bodyOf(posed)
  const options = 'options' in body ? body.options : []
  const means = (wanted: boolean) => options.find((option) => option.right === wanted)?.means ?? ''
  return Array.from({ length: 10 }, (_, voter) => {
    const answer = { kind: 'choose' as const, means: means(voter < right) }
    return { answer, right: mark(body, answer).right }
  })
}

const CHOSEN = TEMPLATES.filter((template) => template.kind === 'choose' && suits('peer', template))

describe('the second vote', () => {
  it('is on a sibling with other numbers, where there is something to talk about', () => {
    for (const { id } of CHOSEN) {
      const posed: Posed = { template: id, seed: 7 }
      for (const right of [3, 5, 9]) expect(secondVote(posed, votes(posed, right))).toEqual(variantOf(posed, 1))
      expect(secondVote(posed, [])).toEqual(variantOf(posed, 1))
    }
  })

  it('is on an easier question with the same idea where hardly anybody was right, and else on a sibling', () => {
    let easier = 0
    for (const { id, cluster, difficulty } of CHOSEN) {
      const posed: Posed = { template: id, seed: 7 }
      const given = votes(posed, 1)
      const second = secondVote(posed, given)
      expect(secondVote(posed, given)).toEqual(second)
      if (!isEasier(posed, second) || 'own' in second) {
        expect(second).toEqual(variantOf(posed, 1))
        continue
      }
      easier++
      const template = TEMPLATES.find((one) => one.id === second.template)
      expect(template?.cluster).toBe(cluster)
      expect(template?.difficulty).toBeLessThan(difficulty)
      const [wrong] = given.filter((one) => !one.right)
      const followed = wrong ? mark(bodyOf(posed), wrong.answer).misconceptions : []
      expect(offeredBy(bodyOf(second))).toContain(followed[0])
    }
    expect(easier).toBeGreaterThan(CHOSEN.length / 5)
  })

  it('does not depend on the order in which the answers came', () => {
    for (const { id } of CHOSEN) {
      const posed: Posed = { template: id, seed: 7 }
      const body = bodyOf(posed)
      const wrong = ('options' in body ? body.options : []).filter((option) => !option.right)
      const given = wrong.map(({ means }) => ({ answer: { kind: 'choose' as const, means }, right: false }))
      expect(secondVote(posed, given)).toEqual(secondVote(posed, given.toReversed()))
    }
  })

  it('has nothing easier to offer for a question in a teacher’s own words', () => {
    const own: Posed = {
      own: {
        kind: 'choose',
        stem: 'Which one?',
        options: [
          { text: 'this', right: true, feedback: '' },
          { text: 'that', right: false, feedback: '' },
        ],
        explanation: '',
      },
    }
    expect(secondVote(own, votes(own, 0))).toEqual(own)
  })
})
