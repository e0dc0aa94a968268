import { levelById } from '../levels'
import type { Level, Wave } from '../shift/level'
import { random } from '../shift/random'
import type { Day } from './day'
import { isDay } from './day'
import type { Scene } from './scene'
import { dealtBy, planOf, scenesOf, someOf, wavesFor } from './scene'

/** How many packets Today's shift has. */
export const PACKETS = 60

/** At most so many at one computer, so that a day visits at least seven of them. */
const MOST_AT_ONE = 9

interface Edition {
  /** The first day that is mixed from these levels. */
  readonly since: Day
  readonly levels: readonly string[]
}

const LOWER: readonly string[] = '1.1 1.2 1.3 1.4 1.5 1.6 2.1 2.2 2.3 2.4 2.5 3.1 3.2 3.3 3.4 3.5'.split(' ')

/**
 * What days are mixed from. A floor joins with an edition that begins on a day still to come, so that no day already played
 * changes. For the same reason levels named here are not to change: the test compares days with what they were.
 */
export const EDITIONS: readonly [Edition, ...Edition[]] = [
  {
    since: '2026-11-25',
    levels: LOWER,
  },
  {
    since: '2026-12-01',
    levels: LOWER.concat('4.1 4.2 4.3 4.4 4.6 4.7 5.1 5.2 5.3 5.4 5.5 6.1 6.2 6.3 6.4 7.1 7.3'.split(' ')),
  },
]

/** The edition of a day; days before the first are mixed as the first. */
export const editionOf = (day: Day): Edition => EDITIONS.findLast(({ since }) => since <= day) ?? EDITIONS[0]

/** The seed of a day: the same for everyone, and far from that of the day before. */
export const seedOf = (day: Day): number => Math.imul(Number(day.replaceAll('-', '')), 0x9e3779b1) >>> 1

/** The level of a day in links: eight digits. */
export const todayId = (day: Day): string => day.replaceAll('-', '')

/** The day of such a level, or undefined when the id is something else. */
export function dayOfId(id: string): Day | undefined {
  const day = id.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3')
  return isDay(day) ? day : undefined
}

/** Today's shift of a day: sixty packets at computers of every floor, in an order that is the day's own. */
export function todayLevel(day: Day): Level {
  const dice = random(seedOf(day))
  const levels = editionOf(day).levels.flatMap((id) => levelById(id) ?? [])
  const floors = [...new Set(levels.map(({ floor }) => floor))]
  const scenes = dice.shuffle(levels.flatMap(scenesOf))
  const ofEach = floors.flatMap((floor) => scenes.find(({ level }) => level.floor === floor) ?? [])
  const visits: (readonly [Wave, ...Wave[]])[] = []
  let left = PACKETS
  for (const scene of [...ofEach, ...scenes.filter((one) => !ofEach.includes(one))]) {
    const count = Math.min(left, MOST_AT_ONE, dealtBy(planOf(scene)))
    if (count > 0) visits.push(visit(scene, count, dice))
    left -= count
  }
  const waves = dice.shuffle(visits).flat()
  const host = waves[0]?.host
  if (!host || left > 0) throw new RangeError(`There is not enough to do on ${day}.`)
  return {
    id: todayId(day),
    mode: 'today',
    floor: 0,
    boss: false,
    host,
    waves,
    stars: [0.65, 0.85, 0.95],
    teaches: [],
    claims: [],
  }
}

const visit = (scene: Scene, count: number, dice: ReturnType<typeof random>) =>
  wavesFor(scene, someOf(planOf(scene).deal, count, dice))
