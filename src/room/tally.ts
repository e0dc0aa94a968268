import type { MisconceptionId } from '../lessons/misconception'
import { mark } from '../quiz/mark'
import type { Answer, Body } from '../quiz/question'
import type { Share } from '../quiz/record'
import { offeredBy, wilson } from '../quiz/record'
import { bodyOf } from './posed'
import type { Room, Round } from './room'
import { posedFor } from './room'

/** How a question was answered, without who answered how. */
export interface Tally {
  readonly answered: number
  readonly right: number
  /** How often each option was chosen, by its place; empty where nothing is chosen. */
  readonly options: readonly number[]
  /** What was typed and how often, the most frequent first: at most eight. */
  readonly typed: readonly (readonly [text: string, count: number])[]
}

/** How often an idea showed itself among those who answered and could have shown it. */
export interface Idea extends Share {
  readonly misconception: MisconceptionId
  readonly chosen: number
  readonly offered: number
}

const MOST_TYPED = 8

/** The answers of a round, equal ones together: two thousand phones give a handful of different answers. */
function grouped(room: Pick<Room, 'settings' | 'players'>, round: Round) {
  const groups = new Map<
    string,
    { readonly body: Body; readonly answer: Answer; readonly right: boolean; count: number }
  >()
  for (const [id, { answer, right }] of round.answers) {
    const player = room.players.get(id)
    if (!player || player.standing === 'removed') continue
    const posed = posedFor(room, round, player)
    const key = `${'own' in posed ? '' : posed.seed} ${JSON.stringify(answer)}`
    const group = groups.get(key)
    if (group) group.count++
    else groups.set(key, { body: bodyOf(posed), answer, right, count: 1 })
  }
  return [...groups.values()]
}

/** Counts the answers of a round; where everybody has their own numbers, options are counted for nobody. */
export function tallyOf(room: Pick<Room, 'settings' | 'players'>, round: Round): Tally {
  const groups = grouped(room, round)
  const sum = (list: readonly { readonly count: number }[]) => list.reduce((all, { count }) => all + count, 0)
  const body = bodyOf(round.posed)
  const choices = room.settings.way !== 'self' && 'options' in body ? body.options : []
  const chose = ({ answer }: { readonly answer: Answer }, means: string) =>
    answer.kind === 'several' ? answer.means.includes(means) : 'means' in answer && answer.means === means
  const typed = new Map<string, number>()
  for (const { answer, count } of groups)
    if (answer.kind === 'type') {
      const text = answer.text.trim()
      typed.set(text, (typed.get(text) ?? 0) + count)
    }
  return {
    answered: sum(groups),
    right: sum(groups.filter(({ right }) => right)),
    options: choices.map(({ means }) => sum(groups.filter((group) => chose(group, means)))),
    typed: [...typed].sort(([, a], [, b]) => b - a).slice(0, MOST_TYPED),
  }
}

/** The ideas that the answers of these rounds show, the surest first. */
export function ideasOf(room: Pick<Room, 'settings' | 'players'>, rounds: readonly Round[]): readonly Idea[] {
  const counts = new Map<MisconceptionId, { offered: number; chosen: number }>()
  for (const round of rounds)
    for (const { body, answer, count } of grouped(room, round)) {
      const chosen = mark(body, answer).misconceptions
      for (const misconception of new Set([...offeredBy(body), ...chosen])) {
        const known = counts.get(misconception) ?? { offered: 0, chosen: 0 }
        known.offered += count
        if (chosen.includes(misconception)) known.chosen += count
        counts.set(misconception, known)
      }
    }
  return [...counts]
    .map(([misconception, { offered, chosen }]) => ({ misconception, offered, chosen, ...wilson(chosen, offered) }))
    .filter(({ chosen }) => chosen > 0)
    .sort((a, b) => b.low - a.low || b.chosen - a.chosen)
}
