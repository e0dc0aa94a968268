import { describe, expect, it } from 'vitest'
import { factsInDeck } from './fact'
import { retention, trialsOf } from './insight'
import { fsrsLearner, halfLifeLearner, practise } from './learner.test-support'

const facts = factsInDeck('security-plus')

describe('a learner with known memory', () => {
  for (const learner of [fsrsLearner(), halfLifeLearner({ first: 10, gain: 12, left: 0.3 })])
    for (const promised of [0.9, 0.85])
      it(`remembers what was promised, within three points: ${learner.name}, ${promised}`, async () => {
        const settings = { retention: promised }
        const reviews = await practise(learner, { facts, days: 150, settings, seed: 5 })
        const { share, trials } = retention(trialsOf(reviews, settings))
        expect(trials).toBeGreaterThan(800)
        expect(Math.abs(share - promised)).toBeLessThanOrEqual(0.03)
      })

  it('reviews less when less is to be retained', async () => {
    const count = async (wanted: number) =>
      (await practise(fsrsLearner(), { facts, days: 150, settings: { retention: wanted }, seed: 5 })).length
    expect(await count(0.8)).toBeLessThan((await count(0.9)) * 0.9)
  })
})
