import { MISCONCEPTION_IDS } from '../src/lessons/misconception'
import { checkPool, findings } from '../src/quiz/diagnosis'
import { simulateCheck } from '../src/quiz/simulated-check'
import { TEMPLATES } from '../src/quiz/templates'
import { questions } from '../src/words/en/questions'

const CHECKS = 100
/** How often a simulated learner answers a question wrongly for no reason. */
const SLIP = 0.03

/** Of a hundred checks for each idea: how often exactly the idea that the learner holds was found. */
export async function benchDiagnosis(print: (line: string) => void): Promise<void> {
  const pools = Array.from({ length: CHECKS }, (_, seed) => checkPool(TEMPLATES, questions, seed))
  print(`${CHECKS} checks of 12 questions for each idea; exactly that idea was found`)
  print('                                      without slips   with 3 slips in 100 answers')
  const worst = { none: CHECKS, some: CHECKS }
  for (const idea of MISCONCEPTION_IDS) {
    const found = (slip: number) =>
      pools.filter((pool, seed) => {
        const { held } = findings(simulateCheck(pool, TEMPLATES, questions, new Set([idea]), seed, slip))
        return held.length === 1 && held[0]?.misconception === idea
      }).length
    const [none, some] = [found(0), found(SLIP)]
    worst.none = Math.min(worst.none, none)
    worst.some = Math.min(worst.some, some)
    print(`${idea.padEnd(38)}${String(none).padStart(8)}${String(some).padStart(20)}`)
  }
  print(`least: ${worst.none} without slips (target: at least 95), ${worst.some} with`)
}
