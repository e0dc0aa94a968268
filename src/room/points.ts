import type { Given, PlayerId, Room } from './room'

/** What a right answer is worth. */
export const RIGHT = 100
/** What speed can add to it in a race: a tenth, and nowhere else anything. */
const MOST_FOR_SPEED = 10

/** The points of an answer: for being right, and in a race a little for being quick within the time it was meant to take. */
export function pointsOf(
  { way, seconds }: Pick<Room['settings'], 'way' | 'seconds'>,
  { right, after }: Pick<Given, 'right' | 'after'>,
): number {
  if (!right) return 0
  if (way !== 'race' || seconds === undefined) return RIGHT
  return RIGHT + Math.round(MOST_FOR_SPEED * Math.max(0, 1 - after / (seconds * 1000)))
}

/** The points of one player, of what has been shown: of two votes on one item the later one counts. */
export function pointsFor({ settings, rounds }: Pick<Room, 'settings' | 'rounds'>, player: PlayerId): number {
  const byItem = new Map<number, number>()
  for (const { item, shown, answers } of rounds) {
    const given = shown ? answers.get(player) : undefined
    if (given) byItem.set(item, pointsOf(settings, given))
  }
  return [...byItem.values()].reduce((sum, points) => sum + points, 0)
}

/** The same for everybody who is in, at once. */
export function scores({ settings, players, rounds }: Room): ReadonlyMap<PlayerId, number> {
  const items = new Map<number, Map<PlayerId, number>>()
  for (const round of rounds) {
    if (!round.shown) continue
    const points = items.get(round.item) ?? new Map<PlayerId, number>()
    for (const [player, given] of round.answers) points.set(player, pointsOf(settings, given))
    items.set(round.item, points)
  }
  const sums = new Map<PlayerId, number>()
  for (const [id, { standing }] of players)
    if (standing === 'in')
      sums.set(
        id,
        [...items.values()].reduce((sum, points) => sum + (points.get(id) ?? 0), 0),
      )
  return sums
}

/** So many are shown on the wall, and no more: nobody is shown to be weak. */
const LEADERS = 5

/** The first five with any points, the best first; who joined earlier stands first among equals. */
export function leadersOf(room: Room): readonly { readonly name: string; readonly points: number }[] {
  return [...scores(room)]
    .filter(([, points]) => points > 0)
    .sort(([, a], [, b]) => b - a)
    .slice(0, LEADERS)
    .flatMap(([id, points]) => {
      const player = room.players.get(id)
      return player ? [{ name: player.name, points }] : []
    })
}
