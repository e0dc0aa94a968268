import type { Choice } from '../lessons/choice'
import type { MisconceptionId } from '../lessons/misconception'
import { tupleOf } from '../net/packet'
import type { Leaning } from '../levels/lean'
import { MOST_LEANINGS, SHOWN } from '../levels/lean'
import type { Answered, Estimate } from '../quiz/record'
import { byLiveliness, estimateOf, estimates } from '../quiz/record'
import { advance, decide, inputsOf, start } from '../shift/rules'
import type { Shift } from '../shift/shift'
import { atDesk, packetOf } from '../shift/shift'
import { isTelling } from './deeds'
import { isOffered, isRight, kindsNow, mistakeOf, portsOnOffer, truthOf } from '../shift/truth'

/** Everything that can be said of what is at the desk: each door, window, verdict, number, label and option. */
function choicesNow(shift: Shift): readonly Choice[] {
  const arrival = atDesk(shift)
  if (!arrival) return []
  return kindsNow(shift)
    .flatMap((kind): readonly Choice[] => {
      switch (kind) {
        case 'listener':
          return shift.host.sockets.filter(({ peer }) => !peer).map(({ id }) => ({ kind, socket: id }))
        case 'connection':
          return shift.host.sockets.filter(({ peer }) => peer).map(({ id }) => ({ kind, socket: id }))
        case 'range':
          return (['system', 'user', 'dynamic'] as const).map((range) => ({ kind, range }))
        case 'port':
          return portsOnOffer(shift, arrival).map((port) => ({ kind, port }))
        case 'count':
          return arrival.asks === 'count' ? arrival.bets.map(({ count }) => ({ kind, count })) : []
        case 'tell':
          return arrival.asks === 'tell' ? arrival.options.map(({ told }) => ({ kind, told })) : []
        case 'reply': {
          const packet = packetOf(arrival)
          const tuple = packet && tupleOf(packet)
          const ends = tuple ? [tuple.source, tuple.destination] : []
          const labels = ends.flatMap(({ address }) => ends.map(({ port }) => ({ address, port })))
          return labels.flatMap((source) => labels.map((destination) => ({ kind, source, destination })))
        }
        case 'plan':
        case 'let':
          return []
        default:
          return [{ kind }]
      }
    })
    .filter((choice) => isOffered(shift, arrival, choice))
}

/** The ideas by which what is at the desk can be answered wrongly, each once. */
export function ideasOnOffer(shift: Shift): readonly MisconceptionId[] {
  const arrival = atDesk(shift)
  if (!arrival) return []
  const truth = truthOf(shift, arrival).choice
  const wrong = choicesNow(shift).filter((choice) => !isRight(shift, arrival, choice, truth))
  const ideas = wrong.map((choice) => mistakeOf(shift, arrival, choice, truth).misconception)
  return [...new Set(ideas)].filter((idea) => isTelling(idea, arrival))
}

/** What the first tries of a shift say of ideas: how often each was on offer, and how often it was followed. */
export function ideasOf(shift: Shift): readonly Estimate[] {
  const counts = new Map<MisconceptionId, { offered: number; chosen: number }>()
  let before = start(shift.level, shift.seed, shift.mode)
  for (const [index, { at, choice }] of inputsOf(shift).entries()) {
    before = advance(before, at - before.now)
    const decision = shift.decisions[index]
    if (atDesk(before)?.attempt === 1)
      for (const idea of ideasOnOffer(before)) {
        const { offered, chosen } = counts.get(idea) ?? { offered: 0, chosen: 0 }
        const followed = decision?.right === false && decision.reason.misconception === idea
        counts.set(idea, { offered: offered + 1, chosen: chosen + (followed ? 1 : 0) })
      }
    before = decide(before, choice)
  }
  return [...counts].map(([idea, count]) => estimateOf(idea, count)).sort(byLiveliness)
}

const SHOWABLE = new Set(Object.values(SHOWN).flat())

/**
 * What a shift leans to for who gave these answers to questions, and in shifts missed by these ideas: those that it can show,
 * the surest first. An idea weighs as much as its rate (chosen of offered) surely is, by Wilson's lower bound; a mistake of a
 * shift counts as one offer that was followed.
 */
export function leaningsOf(answers: readonly Answered[], missed: readonly MisconceptionId[]): readonly Leaning[] {
  const mistakes = missed.map((idea): Answered => ({
    template: '',
    seed: 0,
    at: 0,
    right: false,
    offered: [idea],
    chosen: [idea],
  }))
  return estimates([...answers, ...mistakes])
    .filter(({ misconception, chosen, standing }) => SHOWABLE.has(misconception) && chosen > 0 && standing !== 'firm')
    .slice(0, MOST_LEANINGS)
    .map(({ misconception, low }) => ({ idea: misconception, weight: Math.min(9, Math.max(1, Math.ceil(low * 9))) }))
}

/** From so many first tries on, a shift says something about its player. */
const ENOUGH_TRIES = 40
/** An idea that was on offer less often has not been withstood. */
const ENOUGH_OFFERS = 3
const NAMED = 3

/** The ideas in which a shift went best and worst. */
export interface Extremes {
  /** On offer and never followed, the one that was withstood most often first. */
  readonly strongest: readonly Estimate[]
  /** Followed, the one that is most surely held first. */
  readonly weakest: readonly Estimate[]
}

/** Three of each at most; undefined for a shift that is too short to say. */
export function extremesOf(shift: Shift): Extremes | undefined {
  if (shift.decisions.filter(({ arrival }) => arrival.attempt === 1).length < ENOUGH_TRIES) return undefined
  const all = ideasOf(shift)
  return {
    strongest: all
      .filter(({ chosen, offered }) => chosen === 0 && offered >= ENOUGH_OFFERS)
      .toSorted((a, b) => a.high - b.high)
      .slice(0, NAMED),
    weakest: all.filter(({ chosen }) => chosen > 0).slice(0, NAMED),
  }
}
