import type { Cluster } from '../lessons/cluster'
import { CLUSTERS } from '../lessons/cluster'
import { random } from '../shift/random'
import type { Answered } from './record'
import { wilson } from './record'
import type { Share } from './record'
import type { Asked } from './round'
import type { Template } from './template'

/** The two parts of a measure of a course: the same templates with other numbers. */
export type Part = 'before' | 'after'

/** Questions in each part. */
const PAIR_LENGTH = 12

/**
 * The questions of one part: twelve templates chosen by the seed, one of each cluster as far as that goes, in the same
 * order in both parts, with other numbers in the second.
 */
export function pairOf(seed: number, part: Part, templates: readonly Template[]): readonly Asked[] {
  const dice = random(seed)
  const one = (cluster: Cluster) => {
    const there = templates.filter((template) => template.cluster === cluster && template.kind !== 'several')
    return there.length > 0 ? [dice.pick(there)] : []
  }
  const chosen = dice.shuffle(CLUSTERS.flatMap(one)).slice(0, PAIR_LENGTH)
  const seeds = chosen.map(() => ({ before: dice.int(0, 0x3fffffff), after: dice.int(0x40000000, 0x7fffffff) }))
  return chosen.map(({ id }, index) => ({ template: id, seed: seeds[index]?.[part] ?? 0 }))
}

/** What a course has brought: the shares right before and after, and the difference with its 95 % interval (Newcombe 1998). */
export interface Gain {
  readonly before: Share
  readonly after: Share
  readonly difference: number
  readonly low: number
  readonly high: number
}

/** The gain between two sets of answers, from -1 to 1; undefined until both parts have answers. */
export function gainOf(before: readonly Answered[], after: readonly Answered[]): Gain | undefined {
  if (before.length === 0 || after.length === 0) return undefined
  const share = (answers: readonly Answered[]) => wilson(answers.filter(({ right }) => right).length, answers.length)
  return gainBetween(share(before), share(after))
}

/** The gain between two shares of different people, or of the same ones where nobody knows who is who. */
export function gainBetween(before: Share, after: Share): Gain {
  const difference = after.share - before.share
  const low = difference - Math.hypot(after.share - after.low, before.high - before.share)
  const high = difference + Math.hypot(after.high - after.share, before.share - before.low)
  return { before, after, difference, low, high }
}
