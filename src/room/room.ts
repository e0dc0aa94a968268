import { mark } from '../quiz/mark'
import type { Answer } from '../quiz/question'
import { random } from '../shift/random'
import type { EventOf, RoomEvent } from './event'
import { drawName } from './name'
import type { Posed } from './posed'
import { bodyOf, seeing, variantOf } from './posed'
import { secondVote } from './second-vote'
import type { Settings } from './settings'
import type { TeamShift } from './team'
import { beginTeam, leaveTeam, routeInTeam, seatInTeam, startTeam } from './team'

export type PlayerId = string

export interface Player {
  readonly id: PlayerId
  /** Counted from 0 in the order of joining; numbers are never given twice. */
  readonly number: number
  readonly name: string
  /** SHA-256 of the secret by which this player comes back. */
  readonly hash: string
  readonly joined: number
  /** `waiting` for the teacher's approval, `in`, or `removed`. */
  readonly standing: 'waiting' | 'in' | 'removed'
}

/** An answer as it counts: a place in the blind question is now a meaning of the question itself. */
export interface Given {
  /** The keys of all answers taken from this player, the last one counts: what arrives again changes nothing. */
  readonly keys: readonly string[]
  readonly answer: Answer
  readonly right: boolean
  /** Milliseconds from the opening of the question. */
  readonly after: number
}

/** A question that was opened. Its number is its place in `Room.rounds`. */
export interface Round {
  /** Its place in the plan. */
  readonly item: number
  readonly vote: 1 | 2
  readonly posed: Posed
  readonly opened: number
  /** When its time is up, if it has one. */
  readonly closes?: number
  readonly closed?: number
  /** Whether the answer may be seen. */
  readonly shown: boolean
  readonly answers: ReadonlyMap<PlayerId, Given>
}

/** A class, as its log says it is. A value: the same events in the same order give the same room on every node. */
export interface Room {
  readonly code: string
  readonly hostHash: string
  readonly watchHash: string
  readonly seed: number
  readonly settings: Settings
  readonly opened: number
  readonly plan: readonly Posed[]
  readonly players: ReadonlyMap<PlayerId, Player>
  readonly rounds: readonly Round[]
  /** Places of the plan that are left out. */
  readonly skipped: ReadonlySet<number>
  readonly locked: boolean
  readonly paused: boolean
  /** Since when, while it is paused. */
  readonly pausedAt?: number
  readonly leaders: boolean
  readonly ended?: number
  readonly team?: TeamShift
  /** So many events made it. */
  readonly events: number
}

/** The place in the plan of the question that comes next; undefined when the plan is through. */
export function nextItem({ plan, rounds, skipped }: Pick<Room, 'plan' | 'rounds' | 'skipped'>): number | undefined {
  const first = (rounds.at(-1)?.item ?? -1) + 1
  const next = plan.findIndex((_, item) => item >= first && !skipped.has(item))
  return next < 0 ? undefined : next
}

/** Why an event changed nothing. */
export type Refusal =
  | 'not-a-room'
  | 'over'
  | 'locked'
  | 'full'
  | 'not-in'
  | 'removed'
  | 'waiting'
  | 'not-open'
  | 'closed'
  | 'paused'
  | 'answered'
  | 'unreadable'
  | 'out-of-turn'
  | 'no-such-player'

export interface Folded {
  readonly room: Room | undefined
  /** For each event why it changed nothing, or undefined if it counts (a repetition of what counts is no refusal). */
  readonly refusals: readonly (Refusal | undefined)[]
}

/** What comes of these events, in the order of the log. A batch is cheaper than its events one by one. */
export function fold(before: Room | undefined, events: readonly RoomEvent[]): Folded {
  const refusals: (Refusal | undefined)[] = []
  let draft = before && new Draft(before)
  for (const happened of events) {
    if (!draft && happened.kind === 'opened') {
      draft = new Draft(openRoom(happened))
      refusals.push(undefined)
    } else if (!draft) refusals.push('not-a-room')
    else {
      draft.events++
      refusals.push(apply(draft, happened))
    }
  }
  return { room: draft?.room(), refusals }
}

const openRoom = ({ at, code, hostHash, watchHash, seed, settings, plan, team }: EventOf<'opened'>): Room => ({
  code,
  hostHash,
  watchHash,
  seed,
  settings,
  opened: at,
  plan,
  players: new Map(),
  rounds: [],
  skipped: new Set(),
  locked: false,
  paused: false,
  leaders: settings.leaders,
  ...(team && { team: beginTeam(team) }),
  events: 1,
})

/** A room while a batch is folded: maps are copied once, when something in them changes. */
class Draft {
  events: number
  skipped: ReadonlySet<number>
  locked: boolean
  paused: boolean
  pausedAt: number | undefined
  leaders: boolean
  ended: number | undefined
  team: TeamShift | undefined
  private changedPlayers: Map<PlayerId, Player> | undefined
  private changedRounds: Round[] | undefined
  private readonly changedAnswers = new Map<number, Map<PlayerId, Given>>()

  constructor(readonly before: Room) {
    this.events = before.events
    this.skipped = before.skipped
    this.locked = before.locked
    this.paused = before.paused
    this.pausedAt = before.pausedAt
    this.leaders = before.leaders
    this.ended = before.ended
    this.team = before.team
  }

  get players(): ReadonlyMap<PlayerId, Player> {
    return this.changedPlayers ?? this.before.players
  }

  get rounds(): readonly Round[] {
    return this.changedRounds ?? this.before.rounds
  }

  answersOf(number: number): ReadonlyMap<PlayerId, Given> {
    return this.changedAnswers.get(number) ?? this.rounds[number]?.answers ?? new Map()
  }

  setPlayer(player: Player): void {
    this.changedPlayers ??= new Map(this.before.players)
    this.changedPlayers.set(player.id, player)
  }

  setRound(number: number, round: Round): void {
    this.changedRounds ??= [...this.before.rounds]
    this.changedRounds[number] = round
  }

  setAnswer(number: number, player: PlayerId, given: Given): void {
    const answers = this.changedAnswers.get(number) ?? new Map(this.rounds[number]?.answers)
    answers.set(player, given)
    this.changedAnswers.set(number, answers)
  }

  room(): Room {
    const { skipped, locked, paused, pausedAt, leaders, ended, team, events } = this
    const { pausedAt: _, ...before } = this.before
    const rounds = this.rounds.map((round, number) => {
      const answers = this.changedAnswers.get(number)
      return answers ? { ...round, answers } : round
    })
    return {
      ...before,
      players: this.players,
      rounds: this.changedRounds || this.changedAnswers.size > 0 ? rounds : this.before.rounds,
      skipped,
      locked,
      paused,
      ...(pausedAt !== undefined && { pausedAt }),
      leaders,
      ...(ended !== undefined && { ended }),
      ...(team && { team }),
      events,
    }
  }
}

function apply(draft: Draft, happened: RoomEvent): Refusal | undefined {
  if (happened.kind === 'opened') return 'out-of-turn'
  if (draft.ended !== undefined) return happened.kind === 'ended' ? undefined : 'over'
  switch (happened.kind) {
    case 'joined':
      return join(draft, happened)
    case 'admitted':
    case 'removed': {
      const player = draft.players.get(happened.player)
      if (!player) return 'no-such-player'
      if (happened.kind === 'removed') {
        draft.setPlayer({ ...player, standing: 'removed' })
        draft.team &&= leaveTeam(draft.team, player.id, happened.at)
      } else if (player.standing === 'waiting') admit(draft, player, happened.at)
      return undefined
    }
    case 'renamed': {
      const player = draft.players.get(happened.player)
      if (!player) return 'no-such-player'
      draft.setPlayer({ ...player, name: freeName(draft, player.number, happened.name) })
      return undefined
    }
    case 'all-renamed':
      for (const player of draft.players.values()) draft.setPlayer({ ...player, name: freeName(draft, player.number) })
      return undefined
    case 'locked':
      draft.locked = happened.locked
      return undefined
    case 'paused':
      pause(draft, happened)
      return undefined
    case 'leaders':
      draft.leaders = happened.shown
      return undefined
    case 'asked':
      return ask(draft, happened)
    case 'skipped':
      draft.skipped = new Set([...draft.skipped, happened.item])
      return undefined
    case 'closed':
    case 'shown':
      return settle(draft, happened)
    case 'answered':
      return answer(draft, happened)
    case 'routed': {
      const refusal = mayAct(draft, happened.player)
      if (refusal) return refusal
      if (!draft.team) return 'not-open'
      const routed = routeInTeam(draft.team, happened)
      if (typeof routed === 'string') return routed
      draft.team = routed
      return undefined
    }
    case 'ended':
      for (const number of draft.rounds.keys()) close(draft, number, happened.at, true)
      draft.ended = happened.at
      return undefined
  }
}

/** While a room is paused the time of its question stands still; the deadline of a class at everybody's own pace stays. */
function pause(draft: Draft, { at, paused }: EventOf<'paused'>): void {
  const { pausedAt } = draft
  if (!paused && pausedAt !== undefined && draft.before.settings.way !== 'self')
    for (const [number, round] of draft.rounds.entries())
      if (round.closed === undefined && round.closes !== undefined)
        draft.setRound(number, { ...round, closes: round.closes + Math.max(0, at - Math.max(pausedAt, round.opened)) })
  draft.paused = paused
  draft.pausedAt = paused ? (pausedAt ?? at) : undefined
}

/** A name for the player with this number: the wished one if nobody has it, otherwise a drawn one. */
function freeName(draft: Draft, number: number, wished?: string): string {
  const taken = new Set([...draft.players.values()].map(({ name }) => name))
  if (wished !== undefined && !taken.has(wished)) return wished
  const dice = random(draft.before.seed ^ Math.imul(number + 1, 0x9e3779b1) ^ Math.imul(draft.events, 0x85ebca6b))
  return drawName(draft.before.settings.language, dice, taken)
}

function join(draft: Draft, { at, player: id, hash, name }: EventOf<'joined'>): Refusal | undefined {
  const known = draft.players.get(id)
  if (known) return known.hash === hash ? undefined : 'no-such-player'
  const { settings } = draft.before
  if (draft.locked) return 'locked'
  const seated = [...draft.players.values()].filter(({ standing }) => standing !== 'removed').length
  if (seated >= settings.players) return 'full'
  const number = draft.players.size
  const wished = settings.names === 'own' ? name : undefined
  const player: Player = { id, number, hash, joined: at, standing: 'waiting', name: freeName(draft, number, wished) }
  draft.setPlayer(player)
  if (!settings.approval) admit(draft, player, at)
  return undefined
}

function admit(draft: Draft, player: Player, at: number): void {
  draft.setPlayer({ ...player, standing: 'in' })
  if (draft.team && draft.rounds.length > 0) draft.team = seatInTeam(draft.team, player.id, at)
}

function ask(draft: Draft, { at, round: number, item, vote }: EventOf<'asked'>): Refusal | undefined {
  const { settings, plan } = draft.before
  if (number !== draft.rounds.length) return number < draft.rounds.length ? undefined : 'out-of-turn'
  if (settings.way === 'team') {
    if (!draft.team || number > 0) return 'out-of-turn'
    const seated = [...draft.players.values()].filter(({ standing }) => standing === 'in')
    draft.team = startTeam(
      draft.team,
      seated.map(({ id }) => id),
      at,
    )
    draft.setRound(0, { item: 0, vote: 1, posed: EMPTY, opened: at, shown: false, answers: new Map() })
    return undefined
  }
  if (settings.way === 'self') {
    if (number > 0) return 'out-of-turn'
    const closes = settings.minutes === undefined ? {} : { closes: at + settings.minutes * 60_000 }
    for (const [place, posed] of plan.entries())
      draft.setRound(place, { item: place, vote: 1, posed, opened: at, ...closes, shown: false, answers: new Map() })
    return undefined
  }
  const posed = plan[item]
  const last = draft.rounds.at(-1)
  if (!posed || (last && item < last.item)) return 'out-of-turn'
  if (vote === 2 && (settings.way !== 'peer' || last?.item !== item || last.vote !== 1)) return 'out-of-turn'
  if (vote === 1 && last?.item === item) return 'out-of-turn'
  // Whoever asks the next question is done with the one before.
  if (last) close(draft, number - 1, at, true)
  draft.setRound(number, {
    item,
    vote,
    posed: vote === 2 && last ? secondVote(posed, votesOn(draft, last)) : posed,
    opened: at,
    // Whoever needs longer has three times as long, unasked.
    ...(settings.seconds !== undefined && { closes: at + 3 * settings.seconds * 1000 }),
    shown: false,
    answers: new Map(),
  })
  return undefined
}

/** The answers to a round of those who are still in. */
const votesOn = ({ players }: Draft, { answers }: Round): readonly Given[] =>
  [...answers].flatMap(([id, given]) => (players.get(id)?.standing === 'in' ? [given] : []))

/** The round of a team shift asks no question. */
const EMPTY: Posed = { own: { kind: 'choose', stem: '', options: [], explanation: '' } }

function close(draft: Draft, number: number, at: number, show: boolean): void {
  const round = draft.rounds[number]
  if (!round) return
  const closed = round.closed ?? at
  const shown = round.shown || show
  if (round.closed !== closed || round.shown !== shown) draft.setRound(number, { ...round, closed, shown })
}

function settle(draft: Draft, { kind, at, round: number }: EventOf<'closed'> | EventOf<'shown'>): Refusal | undefined {
  const { way } = draft.before.settings
  const round = draft.rounds[number]
  if (!round) return 'not-open'
  if (kind === 'shown') {
    if (round.closed === undefined) return 'not-open'
    close(draft, number, at, true)
  } else if (way === 'self') for (const place of draft.rounds.keys()) close(draft, place, at, true)
  else close(draft, number, at, way !== 'peer' || round.vote === 2)
  return undefined
}

/** Why this player may not act now, if so. */
function mayAct(draft: Draft, id: PlayerId): Refusal | undefined {
  const player = draft.players.get(id)
  if (!player) return 'not-in'
  if (player.standing === 'removed') return 'removed'
  if (player.standing === 'waiting') return 'waiting'
  return draft.paused ? 'paused' : undefined
}

/** So often may an answer be given anew where answers may be changed. */
const MOST_CHANGES = 50

/** The question that this player has in a round: in `self` everybody has their own numbers. */
export const posedFor = (
  { settings }: Pick<Room, 'settings'>,
  { posed }: Pick<Round, 'posed'>,
  { number }: Pick<Player, 'number'>,
): Posed => (settings.way === 'self' ? variantOf(posed, number) : posed)

function answer(
  draft: Draft,
  { at, player: id, round: number, key, answer: blind }: EventOf<'answered'>,
): Refusal | undefined {
  const { settings } = draft.before
  const round = draft.rounds[number]
  const known = draft.answersOf(number).get(id)
  if (known?.keys.includes(key)) return undefined
  const refusal = mayAct(draft, id)
  if (refusal) return refusal
  const player = draft.players.get(id)
  if (!round || !player || settings.way === 'team') return 'not-open'
  if (round.closed !== undefined) return 'closed'
  const keys = [...(known?.keys ?? []), key]
  if (known && (!settings.changing || settings.way === 'self' || keys.length > MOST_CHANGES)) return 'answered'
  const body = bodyOf(posedFor(draft.before, round, player))
  const seen = seeing(body, blind)
  const marked = seen && mark(body, seen)
  if (!seen || !marked?.readable) return 'unreadable'
  draft.setAnswer(number, id, { keys, answer: seen, right: marked.right, after: Math.max(0, at - round.opened) })
  return undefined
}
