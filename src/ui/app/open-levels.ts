interface Place {
  readonly id: string
  readonly floor: number
  readonly boss: boolean
}

type Stars = Readonly<Record<string, { readonly stars: number }>>

/**
 * Whether a level may be played. The first may, one that has a star, the level after one with a star, every level below a floor with a star, and
 * every boss: whoever beats it knows its floor, so that floor is open, and the first level of the next.
 */
export function isOpen(levels: readonly Place[], progress: Stars, id: string): boolean {
  const at = levels.findIndex((level) => level.id === id)
  const level = levels[at]
  if (!level) return false
  const won = (one: Place | undefined) => one !== undefined && (progress[one.id]?.stars ?? 0) > 0
  const before = levels[at - 1]
  if (!before || level.boss || won(before) || won(level)) return true
  const firstOfFloor = before.floor !== level.floor
  return levels.some(
    (one) =>
      won(one) &&
      (one.floor > level.floor ||
        (one.boss && (one.floor === level.floor || (firstOfFloor && one.floor === before.floor)))),
  )
}

/** The level to go on with: the first open one without a star after the last with one, else the first without. */
export function nextLevel<L extends Place>(levels: readonly L[], progress: Stars): L | undefined {
  const starred = ({ id }: L) => (progress[id]?.stars ?? 0) > 0
  const wanted = (level: L) => !starred(level) && isOpen(levels, progress, level.id)
  return levels.slice(levels.findLastIndex(starred) + 1).find(wanted) ?? levels.find(wanted)
}
