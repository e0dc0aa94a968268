import * as v from 'valibot'
import type { MisconceptionId } from '../lessons/misconception'
import { MISCONCEPTION_IDS } from '../lessons/misconception'
import type { Body, Difficulty } from './question'
import type { Round } from './round'
import { ROUND_LENGTHS } from './round'
import type { Template } from './template'

const Misconceptions = v.array(v.picklist(MISCONCEPTION_IDS))

/** One answered question, as it is kept. */
export const AnsweredSchema = v.object({
  template: v.pipe(v.string(), v.maxLength(40)),
  seed: v.pipe(v.number(), v.integer(), v.minValue(0)),
  /** Milliseconds since 1970. */
  at: v.pipe(v.number(), v.integer(), v.minValue(0)),
  right: v.boolean(),
  /** The ideas that the question's wrong answers stand for, and those that this answer shows. */
  offered: Misconceptions,
  chosen: Misconceptions,
})
export type Answered = v.InferOutput<typeof AnsweredSchema>

/** The ideas by which a question can be answered wrongly, each once. */
export function offeredBy(body: Body): readonly MisconceptionId[] {
  const named = 'options' in body ? body.options : []
  const trapped = 'traps' in body ? body.traps : []
  return [...new Set([...named, ...trapped].flatMap(({ misconception }) => misconception ?? []))]
}

/** A share with the interval in which the true one lies with 95 % confidence (Wilson 1927). All from 0 to 1. */
export interface Share {
  readonly share: number
  readonly low: number
  readonly high: number
}

/** The Wilson interval for `count` of `all`; from 0 to 1 where nothing was asked. */
export function wilson(count: number, all: number): Share {
  if (all === 0) return { share: 0, low: 0, high: 1 }
  const z = 1.96
  const p = count / all
  const centre = (count + (z * z) / 2) / (all + z * z)
  const half = (z / (all + z * z)) * Math.sqrt((count * (all - count)) / all + (z * z) / 4)
  return { share: p, low: Math.max(0, centre - half), high: Math.min(1, centre + half) }
}

/**
 * What is known of an idea: `firm` when it is very likely not held any more, `shaky` when it is very likely held,
 * `open` when too little was asked to say.
 */
export type Standing = 'firm' | 'shaky' | 'open'

export interface Estimate extends Share {
  readonly misconception: MisconceptionId
  readonly offered: number
  readonly chosen: number
  readonly standing: Standing
}

/** Under this share an idea counts as gone, over it as alive (LEARNING, section 7). */
const BORDER = 0.2
/** An idea that was on offer less often says nothing yet, however it was answered. */
const ENOUGH = 5

/** The ideas that were on offer in these answers, the most often chosen first. */
export function estimates(answers: readonly Answered[]): readonly Estimate[] {
  const counts = new Map<MisconceptionId, { offered: number; chosen: number }>()
  for (const { offered, chosen } of answers)
    for (const misconception of new Set([...offered, ...chosen])) {
      const count = counts.get(misconception) ?? { offered: 0, chosen: 0 }
      counts.set(misconception, {
        offered: count.offered + 1,
        chosen: count.chosen + (chosen.includes(misconception) ? 1 : 0),
      })
    }
  return [...counts].map(([misconception, count]) => estimateOf(misconception, count)).sort(byLiveliness)
}

/** What is known of an idea that was followed `chosen` times when it was on offer `offered` times. */
export function estimateOf(
  misconception: MisconceptionId,
  { offered, chosen }: { readonly offered: number; readonly chosen: number },
): Estimate {
  const share = wilson(chosen, offered)
  const standing: Standing =
    offered < ENOUGH ? 'open' : share.high < BORDER ? 'firm' : share.low > BORDER ? 'shaky' : 'open'
  return { misconception, offered, chosen, standing, ...share }
}

/** The idea that is most surely held first. */
export const byLiveliness = (a: Estimate, b: Estimate): number =>
  b.low - a.low || b.share - a.share || b.offered - a.offered

const MOST_FOCUS = 12
const LEVEL: readonly Difficulty[] = [1, 2, 3, 4, 5]

/** How hard questions should be for who answered these: one step more where nearly all were right, less where few were. */
export function levelFor(answers: readonly Answered[], difficultyOf: (template: string) => Difficulty): Difficulty {
  const last = answers.slice(-20)
  if (last.length < 5) return 2
  const asked = last.reduce((sum, { template }) => sum + difficultyOf(template), 0) / last.length
  const right = last.filter((answer) => answer.right).length / last.length
  const wanted = Math.round(asked + (right >= 0.85 ? 1 : right < 0.6 ? -1 : 0))
  return LEVEL.find((level) => level === wanted) ?? (wanted < 1 ? 1 : 5)
}

/**
 * The next round, built from what was answered: templates that ask for the ideas that are shaky (and then those that may
 * be) come first. `asks` says which ideas a template can show.
 */
export function nextRound(
  answers: readonly Answered[],
  templates: readonly Template[],
  asks: (template: Template) => readonly MisconceptionId[],
  seed: number,
): Round {
  const ideas = estimates(answers).filter(({ chosen, standing }) => chosen > 0 && standing !== 'firm')
  const focus: string[] = []
  for (const { misconception } of ideas)
    for (const template of templates.filter((one) => asks(one).includes(misconception)).slice(0, 3))
      if (!focus.includes(template.id) && focus.length < MOST_FOCUS) focus.push(template.id)
  const difficulties = new Map(templates.map(({ id, difficulty }) => [id, difficulty]))
  const level = levelFor(answers, (id) => difficulties.get(id) ?? 2)
  return { topics: [], length: ROUND_LENGTHS[1], seed, level, focus }
}
