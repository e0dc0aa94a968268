import { performance } from 'node:perf_hooks'
import { askOf } from '../src/practice/ask'
import { factOf, partsOf } from '../src/practice/card'
import { dayOf } from '../src/practice/day'
import type { Fact } from '../src/practice/fact'
import { FACTS, cardsOf } from '../src/practice/fact'
import { mixedWith, mixupsOf, retention, trialsOf } from '../src/practice/insight'
import type { Learner } from '../src/practice/learner.test-support'
import { fsrsLearner, halfLifeLearner, practise, practiseFixed } from '../src/practice/learner.test-support'
import type { Review } from '../src/practice/log'
import { DAY, MONDAY, review } from '../src/practice/log.test-support'
import { agenda } from '../src/practice/schedule'
import { begin } from '../src/practice/session'
import { rememberAll, restored, snapshotOf } from '../src/practice/snapshot'
import { random } from '../src/shift/random'
import { practiceAsks as words } from '../src/words/en/practice-asks'
import { median } from './median'

const DAYS = 365
const PORTS = 110
const REVIEWS = 100_000
const ROUNDS = 7

/** Every fact of the first 110 ports of the registry of the decks. */
function factsOf(ports: number): readonly Fact[] {
  const wanted = new Set([...new Set([...FACTS.values()].map(({ port }) => port))].slice(0, ports))
  return [...FACTS.values()].filter(({ port }) => wanted.has(port))
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`

/** The share recalled at the first review of a card on each later day. */
function recalledLater(reviews: readonly Review[]): number {
  const last = new Map<string, number>()
  let [count, right] = [0, 0]
  for (const { card, at, utcOffset, grade } of reviews) {
    const day = dayOf(at, utcOffset)
    const before = last.get(card)
    last.set(card, day)
    if (before === undefined || before === day) continue
    count++
    if (grade > 1) right++
  }
  return right / count
}

const LEARNERS: readonly Learner[] = [fsrsLearner(), halfLifeLearner({ first: 10, gain: 12, left: 0.3 })]
const FIXED: Readonly<Record<string, readonly number[]>> = {
  'every 7 days': [7],
  '1, 3, 7, 14, 30, then every 30 days': [1, 3, 7, 14, 30],
}

/** A year of simulated learners whose memory is known: what they retain beside what was promised, and what it costs. */
async function benchRetention(print: (line: string) => void): Promise<void> {
  const facts = factsOf(PORTS)
  const settings = { retention: 0.9 }
  print(
    `${PORTS} ports, ${facts.length} facts, ${facts.flatMap(cardsOf).length} cards, ${DAYS} days, promised ${percent(settings.retention)}`,
  )
  for (const learner of LEARNERS) {
    print(learner.name)
    const reviews = await practise(learner, { facts, days: DAYS, settings, seed: 1 })
    const { share, low, high, trials } = retention(trialsOf(reviews, settings))
    const within = Math.abs(share - settings.retention) <= 0.03 ? 'within' : 'NOT within'
    print(`  FSRS: ${row(recalledLater(reviews), reviews)}`)
    print(
      `    of learned cards ${percent(share)} (${percent(low)} to ${percent(high)}, ${trials} trials): ${within} 3 points`,
    )
    for (const [name, intervals] of Object.entries(FIXED)) {
      const fixed = practiseFixed(learner, reviews, intervals, DAYS, 1)
      print(`  ${name}: ${row(recalledLater(fixed), fixed)}`)
    }
    const more = await practise(learner, { facts, days: DAYS, settings: { retention: 0.95 }, seed: 1 })
    print(`  FSRS, asked for 95 %: ${row(recalledLater(more), more)}`)
  }
}

const row = (retained: number, reviews: readonly Review[]): string =>
  `${percent(retained)} retained, ${(reviews.length / DAYS).toFixed(1)} answers a day`

/** A log of so many reviews, as many years would leave it. */
function longLog(count: number): readonly Review[] {
  const dice = random(1)
  const cards = [...FACTS.values()].flatMap(cardsOf)
  return Array.from({ length: count }, (_, index) => {
    const card = cards[index % cards.length] ?? '22/tcp>number'
    const right = dice.next() < 0.9
    const at = MONDAY + Math.floor(index / 300) * DAY + (index % 300) * 7500
    return review(card, at, right ? 3 : 1, {
      id: `device-${index.toString(36)}`,
      firstKey: dice.int(500, 6000),
      ...(!right && { taken: partsOf(cards[dice.int(0, cards.length - 1)] ?? '22/tcp>number').port }),
    })
  })
}

/** How long a start takes with a long log: from its snapshot to the first question, beside replaying it. */
function benchStart(print: (line: string) => void): void {
  const settings = { retention: 0.9 }
  const log = longLog(REVIEWS)
  const at = (log.at(-1)?.at ?? 0) + DAY
  const facts = [...FACTS.values()]
  const begun = performance.now()
  const remembered = rememberAll(log, settings)
  const replay = performance.now() - begun
  const kept = JSON.stringify(snapshotOf(remembered))
  const recent = log.slice(-500)
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now()
    const known = restored(JSON.parse(kept), settings)
    if (!known) throw new Error('The snapshot could not be read.')
    const mixups = mixedWith(mixupsOf(recent, true))
    const todo = agenda(facts, FACTS, known.memory, { newPerDay: 10, vacations: [], utcOffset: 0 }, at)
    const session = begin(todo, { book: FACTS, memory: known.memory, mixups }, round)
    if (!session.asking) throw new Error('Nothing is asked.')
    const ask = askOf(session.asking, { book: FACTS, words, mixups })
    if (ask.fact.id !== factOf(session.asking.card)) throw new Error('Another card is asked.')
    times.push(performance.now() - start)
  }
  const first = times[0] ?? Number.NaN
  print(
    `${REVIEWS.toLocaleString('en')} reviews, ${remembered.memory.size} cards, snapshot of ${(kept.length / 1024).toFixed(0)} KiB`,
  )
  print(
    `  snapshot to first question: ${first.toFixed(1)} ms the first time, ${median(times).toFixed(1)} ms in the middle of ${ROUNDS}`,
  )
  print(`  replaying the whole log:    ${replay.toFixed(0)} ms (${(replay / median(times)).toFixed(0)} times as long)`)
}

/** Spaced practice: what is retained and what it costs, and how long a start takes with a long log. */
export async function benchPractice(print: (line: string) => void): Promise<void> {
  await benchRetention(print)
  benchStart(print)
}
