import { LEVELS } from '../levels'
import type { MisconceptionId } from '../lessons/misconception'
import { MISCONCEPTION_IDS } from '../lessons/misconception'
import type { Answered } from '../quiz/record'
import { estimates } from '../quiz/record'
import type { Level, TrafficKind, View, Wave } from '../shift/level'
import type { Random } from '../shift/random'
import { random } from '../shift/random'
import type { Decision, Shift } from '../shift/shift'
import { drawOne, planOf, scenesOf, someOf, wavesFor } from './scene'

/** What a night is made from: the levels that are open to the player, and the wrong ideas that they seem to hold. */
export interface NightPlan {
  readonly levels: readonly string[]
  readonly ideas: readonly MisconceptionId[]
}

const MOST_IDEAS = 8

/**
 * The ideas that a player seems to hold, the surest first: those that the quiz has found and not refuted, then those behind
 * the latest mistakes of shifts (`missed`, the latest last).
 */
export function ideasOf(answers: readonly Answered[], missed: readonly MisconceptionId[]): readonly MisconceptionId[] {
  const known = estimates(answers)
  const firm = new Set(known.filter(({ standing }) => standing === 'firm').map(({ misconception }) => misconception))
  const held = known.filter(({ chosen, standing }) => chosen > 0 && standing !== 'firm')
  const all = [...held.map(({ misconception }) => misconception), ...missed.toReversed()]
  return [...new Set(all)].filter((idea) => !firm.has(idea)).slice(0, MOST_IDEAS)
}

/** A floor's levels as one number: bit n - 1 stands for the level FLOOR.n. */
const bitOf = (id: string): number => 2 ** (Number(id.split('.')[1]) - 1)

/**
 * The level of a night in links, which hold all that it is made from: `n`, for each floor from the first which of its levels
 * are open (base 36), and the ideas, two letters each.
 */
export function nightId({ levels, ideas }: NightPlan): string {
  const floors = Math.max(1, ...LEVELS.filter(({ id }) => levels.includes(id)).map(({ floor }) => floor))
  const open = Array.from({ length: floors }, (_, index) =>
    LEVELS.filter(({ id, floor }) => floor === index + 1 && levels.includes(id))
      .reduce((sum, { id }) => sum + bitOf(id), 0)
      .toString(36),
  )
  const held = ideas.slice(0, MOST_IDEAS).map((idea) => MISCONCEPTION_IDS.indexOf(idea).toString(36).padStart(2, '0'))
  return `n${open.join('.')}-${held.join('')}`
}

/** What such a level is made from, or undefined when the id is something else or nothing in it is open. */
export function nightPlanOf(id: string): NightPlan | undefined {
  const [, open, held = ''] = /^n([0-9a-z]{1,3}(?:\.[0-9a-z]{1,3}){0,9})-((?:[0-9a-z]{2}){0,8})$/.exec(id) ?? []
  if (open === undefined) return undefined
  const masks = open.split('.').map((mask) => Number.parseInt(mask, 36))
  const levels = LEVELS.filter((level) => (Math.floor((masks[level.floor - 1] ?? 0) / bitOf(level.id)) & 1) === 1)
  const ideas = (held.match(/../g) ?? []).map((two) => MISCONCEPTION_IDS[Number.parseInt(two, 36)])
  if (!ideas.every((idea) => idea !== undefined) || levels.flatMap(scenesOf).length === 0) return undefined
  return { levels: levels.map(({ id }) => id), ideas }
}

/** The shift without an end. Where it goes on depends on its plan, its seed and what was done in it, and on nothing else. */
export function nightLevel(plan: NightPlan): Level {
  const scenes = LEVELS.filter(({ id }) => plan.levels.includes(id)).flatMap(scenesOf)
  const [first] = scenes
  if (!first) throw new RangeError('A night needs at least one level.')
  return {
    id: nightId(plan),
    mode: 'night',
    floor: 0,
    boss: false,
    host: first.level.host,
    waves: [],
    goesOn: ({ level, seed, decisions }) => {
      const dice = random(Math.imul(seed ^ level.waves.length, 0x9e3779b1))
      const held = leaning(plan.ideas, decisions)
      const rung = rungOf(decisions)
      // Not twice in a row at the same computer of the same level, where there is a choice.
      const last = level.waves.at(-1)?.host?.name ?? level.waves.findLast(({ host }) => host)?.host?.name
      const elsewhere = scenes.filter((scene) => scene.level.host.name !== last)
      const scene = drawOne(elsewhere.length > 0 ? elsewhere : scenes, dice, ({ level: { teaches } }) =>
        teaches.reduce((sum, idea) => sum + 3 * (held.get(idea) ?? 0), 1),
      )
      const own = planOf(scene)
      const missed = missedKinds(decisions)
      const deal = someOf(own.deal, 5 + rung, dice, (kind) => 1 + (missed.get(kind) ?? 0))
      return wavesFor(scene, deal, { ...viewsAt(rung, own, dice), glow: rung === 0 ? 1 : 0 })
    },
    stars: [0.65, 0.85, 0.95],
    teaches: [],
    claims: [],
  }
}

const firstTries = (decisions: readonly Decision[]) => decisions.filter(({ arrival }) => arrival.attempt === 1)

/** How strongly each idea counts now: what the plan knows fades over a hundred packets, a fresh mistake over fifty. */
function leaning(
  ideas: readonly MisconceptionId[],
  decisions: Shift['decisions'],
): ReadonlyMap<MisconceptionId, number> {
  const tries = firstTries(decisions)
  const held = new Map<MisconceptionId, number>(ideas.map((idea) => [idea, Math.max(0, 1 - tries.length / 100)]))
  for (const [index, { right, reason }] of tries.entries())
    if (!right && reason.misconception) {
      const weight = Math.max(0, 1 - (tries.length - index) / 50)
      held.set(reason.misconception, (held.get(reason.misconception) ?? 0) + weight)
    }
  return held
}

/** How often each kind of traffic was missed in the last fifty. */
function missedKinds(decisions: Shift['decisions']): ReadonlyMap<string, number> {
  const missed = new Map<string, number>()
  for (const { arrival, right } of firstTries(decisions).slice(-50))
    if (!right) missed.set(arrival.kind, (missed.get(arrival.kind) ?? 0) + 1)
  return missed
}

/** The rungs of difficulty: of each eight first tries, seven right lead one up and fewer than five one down. */
const HIGHEST = 4

export function rungOf(decisions: Shift['decisions']): number {
  const tries = firstTries(decisions)
  let rung = 0
  for (let at = 8; at <= tries.length; at += 8) {
    const right = tries.slice(at - 8, at).filter((one) => one.right).length
    rung = Math.min(HIGHEST, Math.max(0, rung + (right >= 7 ? 1 : right < 5 ? -1 : 0)))
  }
  return rung
}

/** What is asked about more than the way of a packet, and needs the form. */
const ASKED: readonly TrafficKind[] = ['request-to-answer', 'range-question']

/** Harder is what is denser to read (LEARNING, section 2): the form, the line of tcpdump, the bytes. Never less time. */
function viewsAt(
  rung: number,
  { views, deal, offers, papers, plates }: Wave,
  dice: Random,
): { readonly views: readonly View[] } {
  const asked = ASKED.some((kind) => kind in deal) || offers.includes('tell') || papers === 'name' || plates === 'name'
  if (asked || rung < 2) return { views }
  if (rung === 2) return { views: ['tcpdump'] }
  return { views: [rung === HIGHEST || dice.next() < 0.5 ? 'hex' : 'tcpdump'] }
}
