import { dealRound } from '../src/quiz/round'
import { questionFrom } from '../src/quiz/template'
import { TEMPLATES, templateById } from '../src/quiz/templates'
import { questions } from '../src/words/en/questions'

declare global {
  interface Window {
    /** Makes the questions of a round of fifty; the milliseconds it took. */
    roundOfFifty?: (seed: number) => number
  }
}

window.roundOfFifty = (seed) => {
  const begin = performance.now()
  const asked = dealRound({ topics: [], length: 50, seed, level: 2, focus: [] }, TEMPLATES)
  const made = asked.flatMap(({ template, seed: at }) => {
    const found = templateById(template)
    return found ? [questionFrom(found, at, questions)] : []
  })
  const took = performance.now() - begin
  if (made.length !== 50) throw new Error(`Only ${made.length} of 50 questions were made.`)
  return took
}
