import type { Address } from '../net/address'
import type { Packet } from '../net/packet'
import type { Socket } from '../net/socket'
import type { Choice, ChoiceKind, FieldName, Question } from '../lessons/choice'
import type { MisconceptionId } from '../lessons/misconception'
import type { BrickPlan, CapturedArrival, Level, TrafficKind, View, Wave } from './level'
import type { Seed } from './random'

/** Calm: nothing is timed, the next packet waits. Rush: packets keep coming and the backlog can overflow. */
export type Mode = 'calm' | 'rush'

/** A packet on its way to the desk or at it. */
export interface Arrival {
  /** Its number in the shift, from 0; a call that is tried again keeps it. */
  readonly id: number
  /** Index of the wave it was dealt in. */
  readonly wave: number
  readonly packet: Packet
  readonly kind: TrafficKind | 'captured'
  readonly asks: Question
  /** 1 at first; each wrong verdict brings the packet back once more. */
  readonly attempt: number
  readonly captured?: CapturedArrival
}

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

/** The packet at the desk, or undefined when the shift is over or nobody has come yet. */
export const atDesk = (shift: Shift): Arrival | undefined => shift.waiting[0]

/** What the player may choose now. */
export const offers = (shift: Shift): readonly ChoiceKind[] => waveOf(shift).offers

export const viewsOf = (shift: Shift): readonly View[] => waveOf(shift).views
