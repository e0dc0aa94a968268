import type { MisconceptionId } from '../lessons/misconception'
import { MISCONCEPTION_IDS } from '../lessons/misconception'
import { random } from '../shift/random'
import type { QuestionWords } from '../words/questions'
import { mark } from './mark'
import type { Answer, Body, Kind } from './question'
import { offeredBy } from './record'
import type { Asked } from './round'
import type { Template } from './template'
import { questionFrom } from './template'

/** Questions in a check. */
export const CHECK_LENGTH = 12

/** Options that a question of a check may have: more ideas are asked for at once than in a round. */
export const CHECK_OPTIONS = 6

/** A question that a check could ask next, and the ideas by which it can be answered wrongly. */
export interface Candidate {
  readonly asked: Asked
  readonly kind: Kind
  readonly offered: readonly MisconceptionId[]
}

/** An answer in a check, with the ideas it shows. */
export interface CheckAnswer extends Candidate {
  readonly right: boolean
  readonly chosen: readonly MisconceptionId[]
}

/** Variants of a template that asks for many ideas at once, and of any other: one may be asked to confirm another. */
const VARIANTS = { several: 3, other: 1 }

/** The questions among which a check chooses, in an order that the seed shuffles. */
export function checkPool(templates: readonly Template[], words: QuestionWords, seed: number): readonly Candidate[] {
  const dice = random(seed)
  const candidates = templates.flatMap((template) =>
    Array.from({ length: template.kind === 'several' ? VARIANTS.several : VARIANTS.other }, (): Candidate => {
      const asked = { template: template.id, seed: dice.int(0, 0x7fffffff) }
      const { body } = questionFrom(template, asked.seed, words, { mostOptions: CHECK_OPTIONS })
      return { asked, kind: body.kind, offered: offeredBy(body) }
    }),
  )
  return dice.shuffle(candidates)
}

/** What an answer to a candidate's question shows. */
export function judged(candidate: Candidate, body: Body, answer: Answer): CheckAnswer {
  const { right, misconceptions } = mark(body, answer)
  return { ...candidate, right, chosen: misconceptions }
}

/** How likely somebody holds an idea before anything was asked. */
const PRIOR = 0.08
/** How likely who holds an idea follows it where a question offers it, and who does not hold it slips into it. */
const FOLLOWS = 0.9
const SLIPS = 0.04

/** Whether one answer can show several ideas, or choosing one hides the others. */
const showsSeveral = (kind: Kind): boolean => kind === 'several' || kind === 'match'

/** Bayes' rule in odds: what an answer says of one idea that its question offered. */
function factor({ kind, right, chosen }: CheckAnswer, idea: MisconceptionId): number {
  if (chosen.includes(idea)) return FOLLOWS / SLIPS
  const against = (1 - FOLLOWS) / (1 - SLIPS)
  // Who chose another wrong option may hold this idea too, and could not show both.
  return right || showsSeveral(kind) ? against : Math.sqrt(against)
}

/** How likely each idea is held after these answers, from 0 to 1. */
export function beliefs(answers: readonly CheckAnswer[]): ReadonlyMap<MisconceptionId, number> {
  return new Map(
    MISCONCEPTION_IDS.map((idea) => {
      const odds = answers
        .filter(({ offered, chosen }) => offered.includes(idea) || chosen.includes(idea))
        .reduce((product, answer) => product * factor(answer, idea), PRIOR / (1 - PRIOR))
      return [idea, odds / (1 + odds)]
    }),
  )
}

/** The uncertainty of a yes or no, in bits. */
const entropy = (p: number): number => (p <= 0 || p >= 1 ? 0 : -p * Math.log2(p) - (1 - p) * Math.log2(1 - p))

/** By how many bits asking about an idea is expected to lessen the doubt about it. */
function gain(belief: number): number {
  const shows = belief * FOLLOWS + (1 - belief) * SLIPS
  const held = (belief * FOLLOWS) / shows
  const notHeld = (belief * (1 - FOLLOWS)) / (1 - shows)
  return entropy(belief) - shows * entropy(held) - (1 - shows) * entropy(notHeld)
}

/** A template that was asked already says a little less when asked again. */
const AGAIN = 0.8

/**
 * The question that separates the ideas still possible best: the one with the largest expected gain of information, the
 * first of equals. None is asked twice, nor one template twice in a row.
 */
export function nextCandidate(pool: readonly Candidate[], answers: readonly CheckAnswer[]): Candidate | undefined {
  const held = beliefs(answers)
  const gains = new Map([...held].map(([idea, belief]) => [idea, gain(belief)]))
  const last = answers.at(-1)?.asked.template
  let best: Candidate | undefined
  let most = -1
  for (const candidate of pool) {
    const { asked, offered } = candidate
    if (asked.template === last || answers.some((answer) => answer.asked.seed === asked.seed)) continue
    const sum = offered.reduce((bits, idea) => bits + (gains.get(idea) ?? 0), 0)
    const asks = answers.filter((answer) => answer.asked.template === asked.template).length
    const value = sum * AGAIN ** asks
    if (value > most) [best, most] = [candidate, value]
  }
  return best
}

export interface Finding {
  readonly misconception: MisconceptionId
  /** How likely it is held, 0 to 1. */
  readonly belief: number
}

/**
 * What a check found, most certain first: ideas that are held, ideas that may be (they showed once, and were not asked for
 * again or showed only then), those that are cleared, and those that no question touched.
 */
export interface Findings {
  readonly held: readonly Finding[]
  readonly suspected: readonly Finding[]
  readonly cleared: readonly Finding[]
  readonly open: readonly Finding[]
}

const HELD = 0.85
const SUSPECTED = 0.25

export function findings(answers: readonly CheckAnswer[]): Findings {
  const asked = new Set(answers.flatMap(({ offered, chosen }) => [...offered, ...chosen]))
  const all = [...beliefs(answers)]
    .map(([misconception, belief]): Finding => ({ misconception, belief }))
    .sort((a, b) => b.belief - a.belief)
  const touched = all.filter(({ misconception }) => asked.has(misconception))
  return {
    held: touched.filter(({ belief }) => belief >= HELD),
    suspected: touched.filter(({ belief }) => belief < HELD && belief >= SUSPECTED),
    cleared: touched.filter(({ belief }) => belief < SUSPECTED).toReversed(),
    open: all.filter(({ misconception }) => !asked.has(misconception)),
  }
}
