import type { Address } from '../net/address'
import type { Packet } from '../net/packet'
import { tupleOf } from '../net/packet'
import { receive } from '../net/receive'
import type { Socket } from '../net/socket'
import { SocketTable } from '../net/socket-table'
import { flowKey, tupleKey } from '../net/tuple'
import type { Choice, FieldName } from '../lessons/choice'
import { sameChoice } from '../lessons/choice'
import { ANY4, familyOf } from '../net/address'
import { boundSocket } from '../net/bind'
import { grantedSocket } from './bound'
import { callersOf } from './callers'
import { dealWave, tryAgain } from './deal'
import { clientErrands, dealRecording } from './deal-client'
import { asItStands } from './deal-rollout'
import { doorsOf } from './door'
import type { DoorPlan, HostPlan, Level, PortText, Wave } from './level'
import { readPort } from './port-text'
import { withRecording } from './recording'
import { standingOf } from './rollout'
import type { Seed } from './random'
import type { Random } from './random'
import { random } from './random'
import type { Arrival, ConnectArrival, Decision, Mode, Option, PacketArrival, Shift, VisitArrival } from './shift'
import { atDesk, placeOf, waveOf } from './shift'
import { hostOf, isOffered, isRight, mistakeOf, planOf, truthOf } from './truth'
import { callOf, windowOf, windowsFor } from './windows'
import { visited } from './works'

/** How many packets one sees at once in calm mode: the one at the desk and those on the wire. */
const IN_SIGHT = 4
/** How many packets lie between a wrong verdict and the same call's next try. */
const RETRY_GAP = 3
/** The pigeonholes beside the desk (rush): when a packet finds all taken, the oldest in them is lost. */
export const BACKLOG = 8
/** Rush: milliseconds between arrivals at first, and the limits between which success and trouble move them. */
const PACE = { start: 4200, least: 1100, most: 7000, right: 0.94, wrong: 1.18 }

/** The beginning of a shift. The same level, seed and mode begin the same way everywhere. */
export function start(plan: Level, seed: Seed, mode: Mode): Shift {
  const level = withRecording(plan)
  return beginWave(
    {
      // One without an end is dealt anew from what is done in it, also where it had gone on already.
      level: level.goesOn ? { ...level, waves: [] } : level,
      seed,
      mode,
      now: 0,
      host: { name: level.host.name, addresses: level.host.addresses, sockets: level.capture?.sockets ?? [] },
      bricks: [],
      wave: -1,
      waiting: [],
      coming: [],
      decisions: [],
      streak: 0,
      bestStreak: 0,
      lost: [],
      nextArrival: 0,
      pace: PACE.start,
      random: seed,
      finished: false,
    },
    0,
  )
}

/** A listening socket (an unconnected one for UDP) as a level's plan describes it. */
function socketOf(plan: DoorPlan): Socket {
  const { protocol, port, address = ANY4, v6only = false, reuseaddr = false, reuseport = false } = plan
  const id = `${protocol}:${address === ANY4 ? '' : address}:${port}`
  const local = { address, port }
  return boundSocket(id, { v6only, reuseaddr, reuseport, uid: 0, protocol, family: familyOf(address), local })
}

const tableOf = (shift: Shift) => {
  const standing = standingOf(shift)
  return {
    level: shift.level,
    wave: shift.wave,
    host: placeOf(shift),
    sockets: shift.host.sockets,
    bricks: shift.bricks,
    callers: callersOf(shift.level, shift.seed),
    ...(standing && { standing }),
  }
}

function beginWave(before: Shift, wave: number): Shift {
  const shift = wave < before.level.waves.length ? before : goOn(before)
  const plan = shift.level.waves[wave]
  if (!plan) return { ...shift, finished: true }
  const dice = random(shift.random)
  const place = placeOf({ ...shift, wave })
  const { plan: planned, ...rest } = shift
  const opened: Shift = {
    ...rest,
    ...(plan.works && planned && { plan: planned }),
    wave,
    host: { ...place, sockets: socketsAt(shift, plan, place, dice) },
    bricks: [...(plan.host ? [] : shift.bricks), ...(plan.bricks ?? [])],
    nextArrival: shift.now,
  }
  const gone = shift.host.sockets.filter(({ id }) => !opened.host.sockets.some((socket) => socket.id === id))
  const coming = opened.level.capture
    ? dealRecording(opened.level.capture, wave, dice)
    : dealWave({ ...tableOf(opened), gone }, plan, dice, dealtIn(shift.level.waves.slice(0, wave)))
  // A wave in which nobody comes only changes who is there.
  if (coming.length === 0) return beginWave({ ...opened, random: dice.seed }, wave + 1)
  return bringIn({ ...opened, coming, random: dice.seed })
}

/** A shift without an end gets its next waves when the last one is over. */
function goOn(shift: Shift): Shift {
  const { level } = shift
  return level.goesOn ? { ...shift, level: { ...level, waves: [...level.waves, ...level.goesOn(shift)] } } : shift
}

/** The sockets with which a wave begins: some programs stop or die, others start, and callers are connected. */
function socketsAt({ level, seed, host }: Shift, plan: Wave, place: HostPlan, dice: Random): readonly Socket[] {
  const at = (ports: readonly PortText[] = []) => {
    const wanted = ports.map(readPort)
    return ({ protocol, local }: Socket) => wanted.some((one) => one.protocol === protocol && one.port === local.port)
  }
  const [stopped, crashed] = [at(plan.stops), at(plan.crashes)]
  const kept = plan.host ? [] : host.sockets.filter((socket) => !crashed(socket) && (socket.peer || !stopped(socket)))
  let sockets: readonly Socket[] = [
    ...kept,
    ...plan.opens.map(socketOf),
    ...(plan.calls ?? []).map((call) => callOf(place.addresses[0], call)),
  ]
  const callers = callersOf(level, seed)
  for (const windows of plan.windows ?? [])
    sockets = [...sockets, ...windowsFor(windows, { host: place, sockets, callers, dice })]
  return sockets
}

const dealtIn = (waves: readonly Wave[]): number =>
  waves.flatMap(({ deal }) => Object.values(deal)).reduce((sum, count) => sum + count, 0)

/** How many packets the whole shift deals. */
export function packetsIn(level: Level): number {
  const { capture } = withRecording(level)
  return capture ? capture.arrivals.length + clientErrands(capture) : dealtIn(level.waves)
}

/** How many packets are settled: rightly answered at last, or lost. */
export const settled = (shift: Shift): number =>
  shift.decisions.filter(({ right, arrival }) => right && !(arrival.asks === 'plan' && arrival.attempt > 1)).length +
  shift.lost.length

/**
 * Lets packets arrive: in calm mode as many as one sees, in rush those whose time has come. `before` was at the desk until
 * now.
 */
function bringIn(shift: Shift, before: Arrival | undefined = shift.waiting[0]): Shift {
  let { waiting, coming, nextArrival, lost } = shift
  if (shift.mode === 'calm') {
    const room = Math.max(0, IN_SIGHT - waiting.length)
    waiting = [...waiting, ...coming.slice(0, room)]
    coming = coming.slice(room)
  } else {
    if (waiting.length === 0) nextArrival = Math.min(nextArrival, shift.now)
    while (coming.length > 0 && nextArrival <= shift.now) {
      waiting = [...waiting, ...coming.slice(0, 1)]
      coming = coming.slice(1)
      nextArrival += shift.pace
      const oldest = waiting[1]
      if (oldest && waiting.length > BACKLOG + 1) {
        waiting = waiting.filter((arrival) => arrival !== oldest)
        lost = [...lost, oldest]
      }
    }
  }
  const arrived: Shift = { ...shift, waiting, coming, nextArrival, lost }
  return waiting[0] === before ? arrived : takeToDesk(arrived)
}

/**
 * A call of a rollout that reaches the desk is asked of it as it stands by then; a recorded packet brings along what had
 * happened to the host's sockets before it.
 */
function takeToDesk(shift: Shift): Shift {
  const [first] = shift.waiting
  const asked = first && asItStands(shift, first)
  if (asked && asked !== first) return { ...shift, waiting: [asked, ...shift.waiting.slice(1)] }
  const captured = first && 'captured' in first ? first.captured : undefined
  if (!captured || (first?.attempt ?? 1) > 1) return shift
  if (captured.opens.length === 0 && captured.closes.length === 0) return shift
  const kept = shift.host.sockets.filter(({ id }) => !captured.closes.includes(id))
  const opens = captured.opens.filter(({ id }) => !kept.some((socket) => socket.id === id))
  return { ...shift, host: { ...shift.host, sockets: [...kept, ...opens] } }
}

/**
 * The player's verdict on what is at the desk. A right one settles it; a wrong one brings it back a little later. A choice
 * that is not on offer, or made when nobody waits, changes nothing.
 */
export function decide(shift: Shift, choice: Choice): Shift {
  const arrival = atDesk(shift)
  if (!arrival || shift.finished || !isOffered(shift, arrival, choice)) return shift
  const { choice: truth, reason, received, answer: sent } = truthOf(shift, arrival)
  const right = isRight(shift, arrival, choice, truth)
  const packet = arrival.asks === 'route' ? arrival.packet : undefined
  const change = changeOf(arrival, choice)
  const answer = change
    ? change.answer
    : (sent ?? (right ? received?.answer : packet && answerTo(choice, packet, shift.host.addresses)))
  const mistaken = !right && choice.kind === 'connection' ? hostOf(shift).table.get(choice.socket) : undefined
  const decision: Decision = {
    arrival,
    choice,
    truth,
    right,
    ...(arrival.asks === 'visit' && { first: right && rightAtFirst(shift, arrival), ...ruleBehind(shift, arrival) }),
    at: shift.now,
    reason: right ? reason : { why: reason.why, ...mistakeOf(shift, arrival, choice, truth) },
    ...(answer && { answer }),
    ...(mistaken && { mistaken }),
  }
  const streak = right ? shift.streak + 1 : 0
  const pace = Math.min(PACE.most, Math.max(PACE.least, shift.pace * (right ? PACE.right : PACE.wrong)))
  const decided: Shift = {
    ...shift,
    decisions: [...shift.decisions, decision],
    streak,
    bestStreak: Math.max(streak, shift.bestStreak),
    pace,
  }
  const after = right ? settle(decided, arrival, choice) : comeBack(decided, arrival)
  const next = bringIn(!right && arrival.asks === 'visit' ? backToWorks(after) : after, arrival)
  return next.waiting.length === 0 && next.coming.length === 0 ? beginWave(next, next.wave + 1) : next
}

/** What a choice changes in a rollout, if it does. */
function changeOf(arrival: Arrival, choice: Choice): Option | undefined {
  const options = arrival.asks === 'tell' ? arrival.options : []
  return options.find(({ told, repair }) => repair && sameChoice({ kind: 'tell', told }, choice))
}

/** After a visit that went wrong the night stands still, and the workbench lies on the desk again. */
function backToWorks(shift: Shift): Shift {
  const plans = shift.decisions.map(({ arrival }) => arrival).filter(({ asks }) => asks === 'plan')
  const last = plans.at(-1)
  return last ? { ...shift, waiting: [{ ...last, attempt: last.attempt + 1 }, ...shift.waiting] } : shift
}

/** The rule of the player's board that decided about a visit. */
function ruleBehind(shift: Shift, arrival: VisitArrival): Pick<Decision, 'visit'> {
  const { by, board } = visited(shift, planOf(shift), arrival)
  return by === undefined || by === 'before' ? {} : { visit: { board, by } }
}

/** Whether a visit would have gone well behind the first plan of its wave: that one is what the stars are for. */
function rightAtFirst(shift: Shift, arrival: VisitArrival): boolean {
  const first = shift.decisions.find((one) => one.choice.kind === 'plan' && one.arrival.wave === arrival.wave)?.choice
  return first?.kind === 'plan' ? visited(shift, first.plan, arrival).right : true
}

/** What the caller gets to see of a wrong verdict: the host's own refusal where it would have sent one, else nothing. */
function answerTo(choice: Choice, packet: Packet, addresses: readonly Address[]): Packet | undefined {
  if (choice.kind === 'drop' || choice.kind === 'range' || choice.kind === 'echo-reply') return undefined
  const { verdict, answer } = receive({ name: '', addresses, table: SocketTable.of([]) }, packet)
  const possible = choice.kind === verdict.kind || choice.kind === 'listener' || choice.kind === 'connection'
  return possible ? answer : undefined
}

/** What was settled leaves, and the host's sockets become what they are after it. */
function settle(shift: Shift, arrival: Arrival, choice: Choice): Shift {
  if (choice.kind === 'plan')
    return { ...shift, waiting: shift.waiting.slice(1), plan: choice.plan, nextArrival: shift.now }
  const sockets = socketsAfter(shift, arrival, choice)
  const host = sockets === shift.host.sockets ? shift.host : { ...shift.host, sockets }
  return { ...shift, waiting: shift.waiting.slice(1), host }
}

/** An accepted SYN leaves a window lit, a FIN puts one out; a granted request is a new door, a call a new window. */
function socketsAfter(shift: Shift, arrival: Arrival, choice: Choice): readonly Socket[] {
  const { sockets } = shift.host
  switch (arrival.asks) {
    case 'route':
      return afterPacket(shift, arrival, choice)
    case 'bind':
      return choice.kind === 'grant' || choice.kind === 'port' ? [...sockets, grantedSocket(arrival, choice)] : sockets
    case 'connect':
      return choice.kind === 'port' ? [...sockets, callFrom(arrival, choice.port)] : sockets
    default:
      return sockets
  }
}

function afterPacket(shift: Shift, { packet, captured }: PacketArrival, choice: Choice): readonly Socket[] {
  const { sockets } = shift.host
  const tuple = tupleOf(packet)
  const { transport } = packet
  if (!tuple || transport.protocol !== 'tcp') return sockets
  if (choice.kind === 'listener') return [...sockets, windowOf(hostOf(shift).table.get(choice.socket), tuple)]
  // The program closes its end at once, so the window is gone (RFC 9293 section 3.6); a recording says so itself.
  if (choice.kind === 'connection' && transport.flags.fin && !captured)
    return sockets.filter(({ id }) => id !== choice.socket)
  return sockets
}

const callFrom = ({ source, target }: ConnectArrival, port: number): Socket =>
  callOf(source, { from: port, to: target })

/**
 * Puts the call back behind the next few packets, and never behind a recorded packet of its own flow. In calm mode it
 * joins those in sight; in rush it has to arrive anew.
 */
function comeBack(shift: Shift, arrival: Arrival): Shift {
  const dice = random(shift.random)
  const again = tryAgain(arrival, [...shift.waiting, ...shift.coming], tableOf(shift), waveOf(shift), dice)
  const waiting = shift.waiting.slice(1)
  const rest = shift.mode === 'calm' ? [...waiting, ...shift.coming] : shift.coming
  const dependent = 'captured' in arrival ? rest.findIndex((other) => dependsOn(other, arrival)) : -1
  const gap = Math.min(RETRY_GAP, dependent < 0 ? rest.length : dependent)
  const queue = [...rest.slice(0, gap), again, ...rest.slice(gap)]
  return shift.mode === 'calm'
    ? { ...shift, waiting: queue.slice(0, IN_SIGHT), coming: queue.slice(IN_SIGHT), random: dice.seed }
    : { ...shift, waiting, coming: queue, random: dice.seed }
}

/** True when a recorded packet, or the socket changes it brings, belongs to the flow of another one. */
function dependsOn(later: Arrival, earlier: Arrival): boolean {
  if (!('packet' in later) || !('packet' in earlier)) return false
  const [a, b] = [tupleOf(later.packet), tupleOf(earlier.packet)]
  if (!a || !b) return false
  const ids = [...(later.captured?.closes ?? []), ...(later.captured?.opens ?? []).map(({ id }) => id)]
  return flowKey(a) === flowKey(b) || ids.includes(tupleKey(b))
}

/** Lets time pass, in milliseconds. In calm mode only the clock moves; in rush packets arrive when their time has come. */
export function advance(shift: Shift, ms: number): Shift {
  if (shift.finished || ms <= 0) return shift
  const later = { ...shift, now: shift.now + ms }
  // Nobody comes while the workbench lies on the desk.
  if (shift.mode !== 'rush' || atDesk(shift)?.asks === 'plan') return later
  return later.coming.length > 0 && later.nextArrival <= later.now ? bringIn(later) : later
}

/** Milliseconds until time alone changes something that one can see: an arrival (rush) or help; Infinity when nothing will. */
export function dueIn(shift: Shift): number {
  const { mode, coming, now, nextArrival, level, decisions, finished } = shift
  if (finished) return Infinity
  const arrival =
    mode === 'rush' && coming.length > 0 && atDesk(shift)?.asks !== 'plan' ? Math.max(0, nextArrival - now) : Infinity
  const help = (decisions.at(-1)?.at ?? 0) + (level.hintAfter ?? Infinity) - now
  return Math.min(arrival, help > 0 ? help : Infinity)
}

/** A verdict with the moment at which it was given: with level, seed and mode, all there is to know of a shift. */
export interface Input {
  readonly at: number
  readonly choice: Choice
}

/** The inputs of a shift so far. */
export const inputsOf = (shift: Shift): readonly Input[] => shift.decisions.map(({ at, choice }) => ({ at, choice }))

/** The shift that these inputs lead to. */
export const replay = (level: Level, seed: Seed, mode: Mode, inputs: readonly Input[]): Shift =>
  inputs.reduce((shift, { at, choice }) => decide(advance(shift, at - shift.now), choice), start(level, seed, mode))

/** What a shift comes to. `accuracy` is the share of right first verdicts, 0 to 1; stars are for accuracy alone. */
export interface Result {
  readonly stars: 0 | 1 | 2 | 3
  readonly accuracy: number
  readonly firstTries: number
  readonly rightFirst: number
  readonly missed: readonly Decision[]
  readonly windows: number
  readonly bestStreak: number
  readonly lost: number
}

export function resultOf(shift: Shift): Result {
  // Of a plan the visits are the proof; of a repair every try counts, because trying is what it must not be.
  const first = shift.decisions.filter(
    ({ arrival, choice }) => (arrival.attempt === 1 && arrival.asks !== 'plan') || changeOf(arrival, choice),
  )
  const rightFirst = first.filter(({ right, first: atFirst = right }) => atFirst).length
  const accuracy = first.length === 0 ? 0 : rightFirst / first.length
  const [one, two, three] = shift.level.stars
  return {
    stars: accuracy >= three ? 3 : accuracy >= two ? 2 : accuracy >= one ? 1 : 0,
    accuracy,
    firstTries: first.length,
    rightFirst,
    missed: first.filter(({ right }) => !right),
    windows: shift.host.sockets.filter(({ peer }) => peer).length,
    bestStreak: shift.bestStreak,
    lost: shift.lost.length,
  }
}

/** The addresses of the houses in town: the callers, the busiest peers of a capture, or the servers that this host calls. */
export function clientsOf({ level, seed, wave }: Pick<Shift, 'level' | 'seed' | 'wave'>): readonly Address[] {
  const plan = level.waves[wave]
  const called = [...(plan?.calls ?? []).map(({ to }) => to), ...(plan?.servers ?? [])].map(({ address }) => address)
  return called.length > 0 ? [...new Set(called)].slice(0, 3) : callersOf(level, seed).map(({ address }) => address)
}

/**
 * The help that fades: the field that decides (and the door it leads to, if any) for the first packets of a wave that
 * glows, once more when a call returns after two mistakes of one kind, and after a long pause where the level says so.
 */
export function glowing(shift: Shift): { readonly field: FieldName; readonly door?: string } | undefined {
  const arrival = atDesk(shift)
  if (!arrival) return undefined
  const inWave = shift.decisions.filter(({ arrival: { wave }, right }) => right && wave === shift.wave).length
  const mistakes = shift.decisions.filter(({ right }) => !right).map(({ reason }) => reason.misconception)
  const repeated = mistakes.filter((id) => id === mistakes.at(-1)).length === 2
  const idle = shift.now - (shift.decisions.at(-1)?.at ?? 0) >= (shift.level.hintAfter ?? Infinity)
  if (inWave >= waveOf(shift).glow && !(arrival.attempt > 1 && repeated) && !idle) return undefined
  const { choice, reason } = truthOf(shift, arrival)
  return { field: reason.field, ...('socket' in choice && { door: choice.socket }) }
}

/** What the stage and the ear have to show of a step: the difference between two truths. */
export type Change =
  | { readonly kind: 'decided'; readonly decision: Decision }
  | { readonly kind: 'arrived'; readonly arrival: Arrival }
  | { readonly kind: 'lit'; readonly socket: Socket }
  | { readonly kind: 'opened'; readonly door: string }
  | { readonly kind: 'lost'; readonly arrival: Arrival }
  | { readonly kind: 'finished' }

/** What happened between two states of one shift, in the order in which it is to be shown. */
export function changes(before: Shift, after: Shift): readonly Change[] {
  if (before === after) return []
  const seen = new Set(before.waiting)
  const sockets = new Set(before.host.sockets.map(({ id }) => id))
  const lamps = new Set(doorsOf(before).map(({ id }) => id))
  return [
    ...after.decisions.slice(before.decisions.length).map((decision) => ({ kind: 'decided' as const, decision })),
    ...after.lost.slice(before.lost.length).map((arrival) => ({ kind: 'lost' as const, arrival })),
    ...after.host.sockets
      .filter(({ id, peer }) => peer && !sockets.has(id))
      .map((socket) => ({ kind: 'lit' as const, socket })),
    ...doorsOf(after)
      .filter(({ id }) => !lamps.has(id))
      .map(({ id }) => ({ kind: 'opened' as const, door: id })),
    ...after.waiting.filter((arrival) => !seen.has(arrival)).map((arrival) => ({ kind: 'arrived' as const, arrival })),
    ...(after.finished && !before.finished ? [{ kind: 'finished' as const }] : []),
  ]
}
