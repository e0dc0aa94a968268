import type { MisconceptionId } from '../lessons/misconception'
import { LEVELS } from '../levels'
import { isSyn, tupleOf } from '../net/packet'
import { tupleKey } from '../net/tuple'
import type { VerdictKind } from '../net/verdict'
import type { Level, TrafficKind, Wave } from '../shift/level'
import { decide, packetsIn, resultOf, start } from '../shift/rules'
import type { Arrival, Decision, Shift } from '../shift/shift'
import { choiceFrom } from './team-choice'

/** Where one player sits, and what lies there. */
export interface Desk {
  /** The number of the parcel at this desk; none while there is nothing to do. */
  readonly parcel?: number
  /** When it came here, milliseconds since 1970. */
  readonly since: number
  /** Parcels that this player has taken right and wrong. */
  readonly right: number
  readonly wrong: number
  /** This player's last decision: its place in the shift's decisions. */
  readonly last?: number
}

/** A shift that a whole class plays: the class is the server, and each desk gets parcels of one stream. */
export interface TeamShift {
  readonly level: string
  readonly seed: number
  /** Once it has begun. Its stream is what waits and what is coming. */
  readonly shift?: Shift
  readonly desks: ReadonlyMap<string, Desk>
  /** Who made each of the shift's decisions, in their order. */
  readonly by: readonly string[]
  /** Parcels that came back, and who was mistaken last. */
  readonly returned: ReadonlyMap<number, string>
}

/** How many parcels there are for each desk, if the class is not larger than this. */
const PARCELS_EACH = 8
const MOST_PARCELS = 2000
/** A parcel that has lain so long, in milliseconds, may be taken by somebody else. */
export const STALLED = 30_000

/** What is asked of parcels that a class can share: where they go. */
export const ROUTES: readonly VerdictKind[] = ['listener', 'connection', 'rst', 'icmp', 'echo-reply', 'drop']
const LAST_FLOOR = 3

/** The levels that a class can play: those in which every parcel is taken somewhere. */
export const teamLevels = (): readonly Level[] =>
  LEVELS.filter(
    ({ floor, waves }) =>
      floor <= LAST_FLOOR &&
      waves.every(({ offers }) => offers.every((kind) => ROUTES.some((route) => route === kind))),
  )

/** Each of these uses up a window that was there from the start: there are no more than windows. */
const USES_WINDOWS: readonly TrafficKind[] = ['fin']

/** The level with so many times the parcels in each wave, so that a whole class has something to do. */
function enlarged(level: Level, times: number): Level {
  const more = (deal: Wave['deal']): Wave['deal'] =>
    Object.fromEntries(
      Object.entries(deal).map(([kind, count]) => [
        kind,
        USES_WINDOWS.some((one) => one === kind) ? count : count * times,
      ]),
    )
  return { ...level, waves: level.waves.map((wave) => ({ ...wave, deal: more(wave.deal), glow: 0 })) }
}

/** The shift with a return address of its own for every call: of so many, two may have drawn the same. */
function toldApart(shift: Shift): Shift {
  const taken = new Set(shift.host.sockets.filter(({ peer }) => peer).map(({ id }) => id))
  const apart = (arrival: Arrival): Arrival => {
    const packet = arrival.asks === 'route' ? arrival.packet : undefined
    const tuple = packet && tupleOf(packet)
    if (arrival.asks !== 'route' || !packet || !tuple || !isSyn(packet)) return arrival
    let { port } = tuple.source
    const key = () => tupleKey({ ...tuple, source: { ...tuple.source, port } })
    while (taken.has(key())) port = port === 65_535 ? 49_152 : port + 1
    taken.add(key())
    if (port === tuple.source.port || !('sourcePort' in packet.transport)) return arrival
    return { ...arrival, packet: { ...packet, transport: { ...packet.transport, sourcePort: port } } }
  }
  return { ...shift, waiting: shift.waiting.map(apart), coming: shift.coming.map(apart) }
}

/** The shift before it begins. */
export const beginTeam = ({ level, seed }: { readonly level: string; readonly seed: number }): TeamShift => ({
  level,
  seed,
  desks: new Map(),
  by: [],
  returned: new Map(),
})

/**
 * The shift as it begins with these players, `at` milliseconds since 1970. An unknown level, or one that a class cannot share,
 * gives way to the first that can.
 */
export function startTeam(team: TeamShift, players: readonly string[], at: number): TeamShift {
  const [first] = teamLevels()
  const level = teamLevels().find(({ id }) => id === team.level) ?? first
  if (team.shift || !level) return team
  const wanted = Math.min(MOST_PARCELS, PARCELS_EACH * Math.max(1, players.length))
  const times = Math.max(1, Math.ceil(wanted / packetsIn(level)))
  const shift = toldApart(start(enlarged(level, times), team.seed, 'calm'))
  const desks = new Map(players.map((player) => [player, emptyDesk(at)]))
  return handedOut({ ...team, level: level.id, shift, desks }, at)
}

const emptyDesk = (at: number): Desk => ({ since: at, right: 0, wrong: 0 })

/** The shift with a desk more, if it has begun. */
export function seatInTeam(team: TeamShift, player: string, at: number): TeamShift {
  if (!team.shift || team.desks.has(player)) return team
  return handedOut({ ...team, desks: new Map(team.desks).set(player, emptyDesk(at)) }, at)
}

/** The shift without this player's desk: what lay there goes back to the stream. */
export function leaveTeam(team: TeamShift, player: string, at: number): TeamShift {
  if (!team.desks.has(player)) return team
  const desks = new Map(team.desks)
  desks.delete(player)
  return handedOut({ ...team, desks }, at)
}

/** What has arrived and is not settled, in order. */
export const streamOf = ({ waiting, coming }: Shift): readonly Arrival[] => [...waiting, ...coming]

/** The parcel at a desk. */
export const parcelAt = ({ shift, desks }: TeamShift, player: string): Arrival | undefined => {
  const id = desks.get(player)?.parcel
  return shift && id !== undefined ? streamOf(shift).find((arrival) => arrival.id === id) : undefined
}

/**
 * The shift with a parcel on every empty desk, as far as there are any: first in the order of the stream, nobody's own
 * mistake as long as there is something else; then what has lain somewhere else for too long.
 */
function handedOut(team: TeamShift, at: number): TeamShift {
  const { shift, returned } = team
  const empty = [...team.desks].flatMap(([player, { parcel }]) => (parcel === undefined ? [player] : []))
  if (!shift || shift.finished || empty.length === 0) return team
  const desks = new Map(team.desks)
  const held = new Set([...desks.values()].map(({ parcel }) => parcel))
  const free = streamOf(shift)
    .map(({ id }) => id)
    .filter((id) => !held.has(id))
  const give = (player: string, parcel: number) => {
    desks.set(player, { ...(desks.get(player) ?? emptyDesk(at)), parcel, since: at })
    return true
  }
  const take = (player: string, fits: (id: number) => boolean): boolean => {
    const place = free.findIndex(fits)
    const [parcel] = place < 0 ? [] : free.splice(place, 1)
    return parcel !== undefined && give(player, parcel)
  }
  const others = empty.filter((player) => !take(player, (id) => returned.get(id) !== player))
  const idle = others.filter((player) => !take(player, () => true))
  const stalled =
    idle.length === 0
      ? []
      : [...desks]
          .filter(([, { parcel, since }]) => parcel !== undefined && at - since >= STALLED)
          .sort(([, a], [, b]) => a.since - b.since)
  for (const [place, player] of idle.slice(0, stalled.length).entries()) {
    const slow = stalled[place]
    if (slow?.[1].parcel === undefined) continue
    desks.set(slow[0], withoutParcel(slow[1], at))
    give(player, slow[1].parcel)
  }
  return { ...team, desks }
}

const withoutParcel = ({ right, wrong, last }: Desk, at: number): Desk => ({
  since: at,
  right,
  wrong,
  ...(last !== undefined && { last }),
})

/** What a player with an empty desk sends to ask for something to do. */
export const HELP = 'H'

/** A parcel that a player took somewhere; `choice` as `choiceText` writes it, or `HELP`. */
export interface Routed {
  readonly player: string
  readonly at: number
  readonly arrival: number
  readonly attempt: number
  readonly choice: string
}

/**
 * The shift after a parcel was taken somewhere, or why that changes nothing. A right call settles the parcel, a wrong one
 * brings it back to the stream. What was sent before counts once.
 */
export function routeInTeam(
  team: TeamShift,
  { player, at, arrival: id, attempt, choice: text }: Routed,
): TeamShift | 'not-open' | 'unreadable' {
  const { shift } = team
  const desk = team.desks.get(player)
  if (!shift || !desk) return 'not-open'
  const last = desk.last === undefined ? undefined : shift.decisions[desk.last]
  if (text !== HELP && last?.arrival.id === id && last.arrival.attempt === attempt) return team
  if (shift.finished) return 'not-open'
  if (text === HELP) return desk.parcel === undefined ? handedOut(team, at) : team
  const parcel = parcelAt(team, player)
  if (!parcel || parcel.id !== id || parcel.attempt !== attempt) return 'not-open'
  const choice = choiceFrom(shift.host.sockets, text)
  if (!choice) return 'unreadable'
  const after = decide(atHead(shift, parcel), choice)
  const decision = after.decisions[shift.decisions.length]
  // It is not on offer, or a window has closed since the phone was last told.
  if (!decision) return 'not-open'
  const desks = new Map(team.desks).set(player, {
    since: at,
    right: desk.right + Number(decision.right),
    wrong: desk.wrong + Number(!decision.right),
    last: shift.decisions.length,
  })
  const returned = decision.right ? team.returned : new Map(team.returned).set(id, player)
  // A new wave has new calls, and a mistake comes back with another address.
  const next = after.wave === shift.wave && decision.right ? after : toldApart(after)
  return handedOut({ ...team, shift: next, desks, by: [...team.by, player], returned }, at)
}

/** The shift with one parcel of its stream before all others. */
function atHead(shift: Shift, parcel: Arrival): Shift {
  const others = (arrivals: readonly Arrival[]) => arrivals.filter(({ id }) => id !== parcel.id)
  return { ...shift, waiting: [parcel, ...others(shift.waiting)], coming: others(shift.coming) }
}

/** The last decision that this player made. */
export function lastDecision({ shift, desks }: TeamShift, player: string): Decision | undefined {
  const last = desks.get(player)?.last
  return last === undefined ? undefined : shift?.decisions[last]
}

/** What a shift has come to: for all, and for each desk. */
export interface TeamOutcome {
  readonly whole: {
    readonly level: string
    readonly routed: number
    readonly first: number
    readonly rightFirst: number
    readonly windows: number
    readonly ideas: { readonly misconception: MisconceptionId; readonly chosen: number }[]
  }
  readonly each: ReadonlyMap<string, { readonly right: number; readonly wrong: number }>
}

export function outcomeOfTeam({ level, shift, desks }: TeamShift): TeamOutcome {
  const result = shift && resultOf(shift)
  const ideas = new Map<MisconceptionId, number>()
  for (const { reason } of shift?.decisions ?? [])
    if (reason.misconception) ideas.set(reason.misconception, (ideas.get(reason.misconception) ?? 0) + 1)
  return {
    whole: {
      level,
      routed: shift?.decisions.length ?? 0,
      first: result?.firstTries ?? 0,
      rightFirst: result?.rightFirst ?? 0,
      windows: result?.windows ?? 0,
      ideas: [...ideas]
        .map(([misconception, chosen]) => ({ misconception, chosen }))
        .sort((a, b) => b.chosen - a.chosen),
    },
    each: new Map([...desks].map(([player, { right, wrong }]) => [player, { right, wrong }])),
  }
}

/** The players whose desk, or whose last call, is another than before: their phones are to be told. */
export function changedDesks(before: TeamShift | undefined, after: TeamShift | undefined): readonly string[] {
  const waves = before?.shift?.wave !== after?.shift?.wave || before?.shift?.finished !== after?.shift?.finished
  return [...(after?.desks ?? [])].flatMap(([player, desk]) =>
    waves || before?.desks.get(player) !== desk ? [player] : [],
  )
}
