import type { Address } from '../net/address'
import type { Packet } from '../net/packet'
import type { Socket } from '../net/socket'
import type { BindRequest } from '../net/bind'
import type { Endpoint } from '../net/tuple'
import type { Choice, ChoiceKind, Count, FieldName } from '../lessons/choice'
import type { MisconceptionId } from '../lessons/misconception'
import type { BrickPlan, CapturedArrival, Crowd, HostPlan, Level, TrafficKind, View, Wave } from './level'
import type { Seed } from './random'

/** Calm: nothing is timed, the next packet waits. Rush: packets keep coming and the backlog can overflow. */
export type Mode = 'calm' | 'rush'

/** What every arrival has. */
export interface Numbered {
  /** Its number in the shift, from 0; a call that is tried again keeps it. */
  readonly id: number
  /** Index of the wave it was dealt in. */
  readonly wave: number
  readonly kind: TrafficKind | 'captured'
  /** 1 at first; each wrong verdict brings it back once more. */
  readonly attempt: number
}

/** A packet: where it goes, in which range its port is, or how its answer is addressed. */
export interface PacketArrival extends Numbered {
  readonly asks: 'route' | 'range' | 'reply'
  readonly packet: Packet
  readonly captured?: CapturedArrival
}

/** A program that asks for a door. */
export interface BindArrival extends Numbered {
  readonly asks: 'bind'
  readonly program: string
  readonly request: BindRequest
}

/** A program that wants to call a server: from which port? */
export interface ConnectArrival extends Numbered {
  readonly asks: 'connect'
  readonly program: string
  readonly source: Address
  readonly target: Endpoint
}

/** A bet: so many callers are about to come to one door. What will the counters show? */
export interface CountArrival extends Numbered {
  readonly asks: 'count'
  readonly callers: number
  readonly port: number
  readonly bets: readonly Bet[]
}

/** A sum that somebody with a certain idea would come to; the right one has no misconception. */
export interface Bet {
  readonly count: Count
  readonly misconception?: MisconceptionId
}

/** What is on its way to the desk or at it. */
export type Arrival = PacketArrival | BindArrival | ConnectArrival | CountArrival

/** The packet that arrives, if it is one. */
export const packetOf = (arrival: Arrival | undefined): Packet | undefined =>
  arrival && 'packet' in arrival ? arrival.packet : undefined

/** Why the network would do what it does with a packet, and what the player's choice says about the player. */
export interface Reason {
  /** The field that decides. */
  readonly field: FieldName
  /** Why the host does what it does, as the model says. */
  readonly why: string
  /** The wrong idea that leads to the choice; absent after a right one. */
  readonly misconception?: MisconceptionId
}

/** One verdict of the player with what was right. */
export interface Decision {
  readonly arrival: Arrival
  readonly choice: Choice
  readonly truth: Choice
  readonly right: boolean
  /** Milliseconds since the shift began. */
  readonly at: number
  readonly reason: Reason
  /** The packet that the network sends back after this choice: RST, ICMP, the handshake's next step. */
  readonly answer?: Packet
  /** The window that was chosen instead of the right one. */
  readonly mistaken?: Socket
}

/** Everything that is true of a shift. A value: each step makes a new one. */
export interface Shift {
  readonly level: Level
  readonly seed: Seed
  readonly mode: Mode
  /** Milliseconds since the shift began. */
  readonly now: number
  readonly host: { readonly name: string; readonly addresses: readonly Address[]; readonly sockets: readonly Socket[] }
  readonly bricks: readonly BrickPlan[]
  /** Index of the wave under way. */
  readonly wave: number
  /** Arrived and not yet settled, the one at the desk first. */
  readonly waiting: readonly Arrival[]
  /** Still to arrive in this wave. */
  readonly coming: readonly Arrival[]
  readonly decisions: readonly Decision[]
  /** Right first verdicts in a row, now and at best. */
  readonly streak: number
  readonly bestStreak: number
  /** Packets that the full backlog lost (rush only). */
  readonly lost: readonly Arrival[]
  /** When the next packet arrives (rush only), ms since the shift began. */
  readonly nextArrival: number
  /** Milliseconds between two arrivals (rush only). */
  readonly pace: number
  readonly random: Seed
  readonly finished: boolean
}

/** The wave that is under way. */
export function waveOf(shift: Shift): Wave {
  const wave = shift.level.waves[shift.wave]
  if (!wave) throw new RangeError(`Level ${shift.level.id} has no wave ${shift.wave}.`)
  return wave
}

/** The waves at the computer where one stands now, up to the one under way. */
export function wavesHere({ level, wave }: Pick<Shift, 'level' | 'wave'>): readonly Wave[] {
  const soFar = level.waves.slice(0, wave + 1)
  return soFar.slice(
    Math.max(
      0,
      soFar.findLastIndex(({ host }) => host !== undefined),
    ),
  )
}

/** The computer where one stands now: the level's, or the one that the latest wave so far has moved to. */
export const placeOf = (shift: Pick<Shift, 'level' | 'wave'>): HostPlan => wavesHere(shift)[0]?.host ?? shift.level.host

/** Connections that are counted and not listed one by one: the latest crowd that has come to this computer. */
export const crowdOf = ({ level, wave }: Pick<Shift, 'level' | 'wave'>): Crowd | undefined =>
  level.waves
    .slice(0, wave + 1)
    .reduce<Crowd | undefined>((crowd, plan) => plan.crowd ?? (plan.host ? undefined : crowd), undefined)

/** The packet at the desk, or undefined when the shift is over or nobody has come yet. */
export const atDesk = (shift: Shift): Arrival | undefined => shift.waiting[0]

/** What the player may choose now. */
export const offers = (shift: Shift): readonly ChoiceKind[] => waveOf(shift).offers

export const viewsOf = (shift: Shift): readonly View[] => waveOf(shift).views
