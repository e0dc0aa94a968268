import type { MisconceptionId } from '../lessons/misconception'
import type { Item } from './question'
import type { Wrong } from './template'

/** Something that may be said of a world, and the idea of who concludes it too early. */
export interface Conclusion<World> {
  readonly says: Item
  readonly holds: (world: World) => boolean
  /** Left out where no idea leads to it. */
  readonly misconception?: MisconceptionId
}

/**
 * What an observation establishes: the one conclusion that holds in every world in which the observation could be made. The
 * others fail in at least one. Undefined unless it is exactly one.
 */
export function established<World>(
  worlds: readonly World[],
  conclusions: readonly Conclusion<World>[],
): { readonly right: Item; readonly wrong: readonly Wrong[] } | undefined {
  const certain = conclusions.filter(({ holds }) => worlds.every((world) => holds(world)))
  const [right, more] = certain
  if (!right || more) return undefined
  const wrong = conclusions.flatMap(({ says, misconception }): readonly Wrong[] =>
    misconception && says !== right.says ? [{ says, misconception }] : [],
  )
  return { right: right.says, wrong }
}
