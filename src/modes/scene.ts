import type { ChoiceKind } from '../lessons/choice'
import type { Level, TrafficKind, Wave } from '../shift/level'
import type { Random } from '../shift/random'
import { placeOf, wavesHere } from '../shift/shift'

/** One wave of a level, to be played away from it: whatever its earlier waves have left behind is there. */
export interface Scene {
  readonly level: Level
  /** Index of the wave. */
  readonly wave: number
}

type Deal = Wave['deal']

/** How many packets a wave deals. */
export const dealtBy = ({ deal }: Pick<Wave, 'deal'>): number =>
  Object.values(deal).reduce((sum, count) => sum + count, 0)

/** Fewer packets than these are not worth the way to another computer. */
const LEAST = 4

/**
 * Kinds that need more than a part of their wave: a bet is on the crowd that the next wave brings, and a plan is proven by the
 * visits of all its night, which would have to be counted as one.
 */
const WHOLE: readonly TrafficKind[] = ['count-bet', 'plan']

/** A question about the map needs the knocks of the level before it, unless the gate's own board hangs there to be read. */
const needsKnocks = ({ deal, board }: Wave): boolean => 'map-question' in deal && board !== 'gate'

/** What one is asked with more than one answer, although it is a single kind of verdict. */
const ASKED: readonly ChoiceKind[] = ['reply', 'range', 'tell']

/** The waves of a level that stand on their own: one can go wrong in them, and no bet or crowd of the level is needed. */
export const scenesOf = (level: Level): readonly Scene[] =>
  level.waves.flatMap((plan, wave) =>
    dealtBy(plan) >= LEAST &&
    (plan.offers.length > 1 || plan.offers.some((kind) => ASKED.includes(kind))) &&
    !WHOLE.some((kind) => kind in plan.deal) &&
    !needsKnocks(plan) &&
    wavesHere({ level, wave }).every(({ crowd }) => !crowd)
      ? { level, wave }
      : [],
  )

export const planOf = ({ level, wave }: Scene): Wave => {
  const plan = level.waves[wave]
  if (!plan) throw new RangeError(`Level ${level.id} has no wave ${wave}.`)
  return plan
}

/**
 * Some of a wave's own packets: as many as there are, at most `count`, and of no kind more than the wave itself deals.
 * `weight` (1 if left out) says how much likelier one kind comes than another.
 */
export function someOf(deal: Deal, count: number, dice: Random, weight: (kind: TrafficKind) => number = () => 1): Deal {
  const all = kindsOf(deal).flatMap((kind) => Array<TrafficKind>(deal[kind] ?? 0).fill(kind))
  const some: Partial<Record<TrafficKind, number>> = {}
  for (let drawn = 0; drawn < count && all.length > 0; drawn++) {
    const kind = drawOne(all, dice, weight)
    all.splice(all.indexOf(kind), 1)
    some[kind] = (some[kind] ?? 0) + 1
  }
  return some
}

/** One of the items, each as likely as it weighs. Sums and products alone: every browser rounds them alike. */
export function drawOne<T>(items: readonly T[], dice: Random, weight: (item: T) => number): T {
  const weights = items.map(weight)
  let left = dice.next() * weights.reduce((sum, one) => sum + one, 0)
  const at = weights.findIndex((one) => (left -= one) < 0)
  const item = items[at < 0 ? items.length - 1 : at]
  if (item === undefined) throw new RangeError('There is nothing to draw from.')
  return item
}

const kindsOf = (deal: Deal): readonly TrafficKind[] =>
  Object.keys(deal).filter((kind): kind is TrafficKind => kind in deal)

/**
 * The waves that put a scene on in another shift: one moves to its computer, what happened there before happens without a
 * visitor, and then come the packets of `deal`. Nothing glows, and every field is in ink.
 */
export function wavesFor(scene: Scene, deal: Deal, changes: Partial<Wave> = {}): readonly [Wave, ...Wave[]] {
  const { level } = scene
  const host = { ...placeOf(scene), ...(level.ephemeral && { ephemeral: level.ephemeral }) }
  const bare = ({ ink: _ink, first: _first, ...plan }: Wave): Wave => ({ ...plan, deal: {}, glow: 0 })
  const earlier = wavesHere(scene).slice(0, -1).map(bare)
  const own: Wave = { ...bare(planOf(scene)), deal, ...changes }
  const [first, ...rest] = [...earlier, own]
  return [{ ...(first ?? own), host }, ...rest]
}
