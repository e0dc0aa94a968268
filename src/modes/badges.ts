import type { MisconceptionId } from '../lessons/misconception'
import { LEVELS } from '../levels'
import type { Answered } from '../quiz/record'
import type { Deeds } from './deeds'
import { PACKETS } from './today'

/** What badges are computed from: all of it is kept, none of it is kept for them. */
export interface Facts {
  readonly levels: Readonly<Record<string, { readonly stars: number; readonly accuracy: number }>>
  readonly answers: readonly Answered[]
  readonly deeds: Deeds
  /** How many packets were right at the first try, of each day that counted. */
  readonly todays: readonly number[]
  /** The same of each night that is kept. */
  readonly nights: readonly number[]
}

/** A badge with how far one is. */
export interface Badge {
  readonly id: BadgeId
  readonly have: number
  readonly need: number
}

const perfectLevels = ({ levels }: Facts, floor: number) =>
  LEVELS.filter((level) => level.floor === floor && levels[level.id]?.accuracy === 1).length

/** The floor on which the fewest levels still have a wrong door. */
function cleanestFloor(facts: Facts): { readonly have: number; readonly need: number } {
  const floors = [...new Set(LEVELS.map(({ floor }) => floor))].map((floor) => ({
    have: perfectLevels(facts, floor),
    need: LEVELS.filter((level) => level.floor === floor).length,
  }))
  return floors.toSorted((a, b) => b.have / b.need - a.have / a.need)[0] ?? { have: 0, need: 1 }
}

/** How often an idea has to be offered and left lying until it counts as given up. */
const LEFT_LYING = 6

/** Ideas that were chosen once, and have been offered often enough since without being chosen again. */
export function givenUp(answers: readonly Answered[]): readonly MisconceptionId[] {
  const since = new Map<MisconceptionId, number>()
  for (const { offered, chosen } of answers) {
    for (const idea of offered) {
      const left = since.get(idea)
      if (left !== undefined) since.set(idea, left + 1)
    }
    for (const idea of chosen) since.set(idea, 0)
  }
  return [...since].flatMap(([idea, left]) => (left >= LEFT_LYING ? idea : []))
}

const best = (numbers: readonly number[]) => Math.max(0, ...numbers)

/** How far one is on the way to each badge, and how far it is. */
const WAYS = {
  doors: (facts: Facts) => cleanestFloor(facts),
  labels: ({ deeds }: Facts) => ({ have: deeds.labels ?? 0, need: 50 }),
  bait: ({ deeds }: Facts) => ({ have: deeds.bait ?? 0, need: 40 }),
  refusals: ({ deeds }: Facts) => ({ have: deeds.refusals ?? 0, need: 50 }),
  replies: ({ deeds }: Facts) => ({ have: deeds.replies ?? 0, need: 25 }),
  requests: ({ deeds }: Facts) => ({ have: deeds.requests ?? 0, need: 40 }),
  long: ({ deeds }: Facts) => ({ have: deeds.long ?? 0, need: 25 }),
  rules: ({ deeds }: Facts) => ({ have: deeds.rules ?? 0, need: 40 }),
  knocks: ({ deeds }: Facts) => ({ have: deeds.knocks ?? 0, need: 40 }),
  rewrites: ({ deeds }: Facts) => ({ have: deeds.rewrites ?? 0, need: 60 }),
  wings: ({ deeds }: Facts) => ({ have: deeds.wings ?? 0, need: 40 }),
  lines: ({ deeds }: Facts) => ({ have: deeds.lines ?? 0, need: 100 }),
  hex: ({ deeds }: Facts) => ({ have: deeds.hex ?? 0, need: 100 }),
  minds: ({ answers }: Facts) => ({ have: givenUp(answers).length, need: 3 }),
  sixty: ({ todays }: Facts) => ({ have: best(todays), need: PACKETS }),
  week: ({ todays }: Facts) => ({ have: todays.length, need: 7 }),
  night: ({ nights }: Facts) => ({ have: best(nights), need: 100 }),
} satisfies Record<string, (facts: Facts) => { readonly have: number; readonly need: number }>

export type BadgeId = keyof typeof WAYS

export const BADGE_IDS = Object.keys(WAYS).filter((id): id is BadgeId => id in WAYS)

/** All badges; one is earned when `have` has reached `need`. */
export const badgesOf = (facts: Facts): readonly Badge[] =>
  BADGE_IDS.map((id) => {
    const { have, need } = WAYS[id](facts)
    return { id, have: Math.min(have, need), need }
  })
