import * as v from 'valibot'
import { random } from '../shift/random'
import type { Difficulty } from './question'
import type { Fixed } from './draw'
import type { Template } from './template'
import type { Topic } from './topic'
import { CLUSTERS_OF, TOPICS } from './topic'

/** How many questions a round may have. */
export const ROUND_LENGTHS = [5, 10, 20, 30, 50] as const
const [SHORTEST, LONGEST] = [5, 50]

/**
 * A round as a link names it: whoever opens the link gets the same questions in the same order. No topics means everything.
 * `level` is how hard the questions are on average; `focus`, if given, are templates that come first and twice as often (a
 * round built from what is shaky).
 */
export interface Round {
  readonly topics: readonly Topic[]
  readonly length: number
  readonly seed: number
  readonly level: Difficulty
  readonly focus: readonly string[]
  /** Seconds for each question; calm if left out. */
  readonly clock?: number
}

/** One question of a round: enough to make it again. */
export interface Asked {
  readonly template: string
  readonly seed: number
  readonly fixed?: Fixed
}

/** The templates that a round draws from: those of its topics, and boards only where nothing else is left. */
export const templatesOf = ({ topics }: Pick<Round, 'topics'>, templates: readonly Template[]): readonly Template[] => {
  if (topics.length === 0) return templates
  const clusters = new Set(topics.flatMap((topic) => CLUSTERS_OF[topic]))
  return templates.filter(({ cluster }) => clusters.has(cluster))
}

/** How likely a template is beside others: those of the wanted difficulty most, each step away half as much. */
const weight = (template: Template, { level, focus }: Round, times: number): number =>
  (0.5 ** Math.abs(template.difficulty - level) * (focus.includes(template.id) ? 6 : 1)) / (1 + times) ** 3

/**
 * The questions of a round, in order. Topics interleave: no template comes twice in a row (where there is more than one),
 * nor one cluster while others wait, and none comes again before most others of its kind have come.
 */
export function dealRound(round: Round, templates: readonly Template[]): readonly Asked[] {
  const pool = templatesOf(round, templates)
  const dice = random(round.seed)
  const times = new Map<string, number>()
  const asked: Asked[] = []
  let last: Template | undefined
  while (pool.length > 0 && asked.length < round.length) {
    const others = pool.filter(({ cluster }) => cluster !== last?.cluster)
    const fresh = others.length > 0 ? others : pool.filter(({ id }) => id !== last?.id)
    const from = fresh.length > 0 ? fresh : pool
    const weights = from.map((template) => weight(template, round, times.get(template.id) ?? 0))
    let at = dice.next() * weights.reduce((sum, one) => sum + one, 0)
    const chosen = from.find((_, index) => (at -= weights[index] ?? 0) < 0) ?? from.at(-1)
    if (!chosen) break
    times.set(chosen.id, (times.get(chosen.id) ?? 0) + 1)
    asked.push({ template: chosen.id, seed: dice.int(0, 0x7fffffff) })
    last = chosen
  }
  return asked
}

/** Why a link gives no round. Its words stand in the message catalogue. */
export type RoundFault = 'unreadable' | 'unknown-topic' | 'unknown-template'

const LEVELS = { '1': 1, '2': 2, '3': 3, '4': 4, '5': 5 } as const
const whole = (low: number, high: number) =>
  v.pipe(v.string(), v.regex(/^\d{1,4}$/), v.transform(Number), v.minValue(low), v.maxValue(high))

const Query = v.object({
  t: v.optional(v.pipe(v.string(), v.maxLength(200)), ''),
  n: whole(SHORTEST, LONGEST),
  s: v.pipe(
    v.string(),
    v.regex(/^[0-9a-z]{1,7}$/),
    v.transform((text) => Number.parseInt(text, 36)),
  ),
  d: v.optional(
    v.pipe(
      v.picklist(['1', '2', '3', '4', '5']),
      v.transform((text) => LEVELS[text]),
    ),
    '2',
  ),
  f: v.optional(v.pipe(v.string(), v.maxLength(600)), ''),
  c: v.optional(whole(5, 600)),
})

const list = (text: string) => text.split('.').filter((part) => part !== '')
const isTopic = (text: string): text is Topic => TOPICS.some((topic) => topic === text)

/** The part of a link that names a round, behind the question mark. */
export function writeRound({ topics, length, seed, level, focus, clock }: Round): string {
  const parts = new URLSearchParams()
  if (topics.length > 0) parts.set('t', topics.join('.'))
  parts.set('n', String(length))
  parts.set('s', seed.toString(36))
  parts.set('d', String(level))
  if (focus.length > 0) parts.set('f', focus.join('.'))
  if (clock !== undefined) parts.set('c', String(clock))
  return parts.toString()
}

/** Reads what `writeRound` wrote, whatever stands in it. */
export function readRound(query: string, templates: readonly Template[]): Round | { readonly fault: RoundFault } {
  const parsed = v.safeParse(Query, Object.fromEntries(new URLSearchParams(query)))
  if (!parsed.success) return { fault: 'unreadable' }
  const { t, n, s, d, f, c } = parsed.output
  const topics = list(t).filter(isTopic)
  if (topics.length !== list(t).length) return { fault: 'unknown-topic' }
  const focus = list(f)
  if (!focus.every((id) => templates.some((template) => template.id === id))) return { fault: 'unknown-template' }
  return { topics, length: n, seed: s, level: d, focus, ...(c !== undefined && { clock: c }) }
}
