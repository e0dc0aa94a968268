import type { Address } from '../net/address'
import type { Attack } from '../net/attack'
import type { Packet } from '../net/packet'
import type { Socket } from '../net/socket'
import type { BindRequest } from '../net/bind'
import type { Endpoint } from '../net/tuple'
import type { Choice, ChoiceKind, Count, FieldName } from '../lessons/choice'
import type { MisconceptionId } from '../lessons/misconception'
import type { Plan } from '../lessons/plan'
import type { Told } from '../lessons/told'
import type { BrickPlan, CapturedArrival, Crowd, HostPlan, Level, TrafficKind, View, VisitKind, Wave } from './level'
import type { Seed } from './random'
import type { ReceptionPlace, ReceptionQuestion, ReceptionWhy, Repair, Stop } from './reception-plan'
import type { StreetPlace, StreetQuestion, StreetWhy } from './street-plan'

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

/** What is asked of a packet, a port or a box on the way: its words stand under this id. */
export type TellQuestion =
  | 'line'
  | 'gate'
  | 'knock'
  | 'hears'
  | 'map'
  | 'speech'
  | 'would-stop'
  | 'stopped-by'
  | 'client'
  | ReceptionQuestion
  | StreetQuestion

/** Why something is so, as the model found it; the words of the line stand under this id. */
export type TellWhy =
  | StreetWhy
  | 'rule'
  | 'policy'
  | 'known-flow'
  | 'related'
  | 'no-flow'
  | 'by-port'
  | 'no-notebook'
  | 'syn-ack'
  | 'reset'
  | 'no-answer'
  | 'udp-note'
  | 'udp-silence'
  | 'forbidden'
  | 'speaks'
  | 'other-tongue'
  | 'hole'
  | 'stolen'
  | 'guessed'
  | 'read-along'
  | 'sent-syn'
  | 'sent-first'
  | 'no-syn'
  | ReceptionWhy

/** Something that one could say; the right ones have no misconception. */
export interface Option {
  readonly told: Told
  readonly misconception?: MisconceptionId
  /** What it changes in a rollout, and what then comes back to the test packet, if anything. */
  readonly repair?: Repair
  readonly answer?: Packet
}

/** What the line after a verdict may speak of besides the packet. */
export interface Notes {
  /** The number of the rule that decides, from 1; 0 for the policy. */
  readonly rule?: number
  /** What that rule does, in nft's words. */
  readonly action?: string
  /** The program behind the door, and the language of the first bytes. */
  readonly program?: string
  readonly bytes?: string
  /** Where it ends, and what was dialled or seen on the way: addresses and ports as text. */
  readonly end?: string
  readonly seen?: string
}

/** What a terminal prints beside the papers. */
export interface Print {
  readonly command: string
  readonly lines: readonly string[]
}

/** What one sees who looks into a box on the way. */
export interface Inspected extends Print {
  readonly at: Stop
}

/** The label of a test packet as it reached a box. */
export interface TestStop {
  readonly at: Stop
  readonly label: string
}

/** Something that a box on the way does: what? */
export interface TellArrival extends Numbered {
  readonly asks: 'tell'
  readonly question: TellQuestion
  readonly about?: Packet
  /** What came back, where that is shown; null for silence. */
  readonly heard?: Packet | null
  readonly print?: Print
  /** The way of a test packet, to be walked along before one says anything. */
  readonly test?: readonly TestStop[]
  /** The boxes that one can look into. */
  readonly boxes?: readonly Inspected[]
  /** Of a rollout: after how many repairs this is so. */
  readonly repairs?: number
  readonly options: readonly Option[]
  /** Addresses and ports from which the label is written; the options are then all labels that can be made of them. */
  readonly stamps?: readonly string[]
  readonly why: TellWhy
  readonly field: FieldName
  readonly notes: Notes
  /** What the network sends back in the end. */
  readonly answer?: Packet
  /** The label at each stop of the way, to be shown once the errand is judged. */
  readonly ribbon?: readonly string[]
  /** Where each of these labels was read. */
  readonly places?: readonly (StreetPlace | ReceptionPlace)[]
}

/** The workbench: rules and lamps are to be planned for the visits that follow. */
export interface PlanArrival extends Numbered {
  readonly asks: 'plan'
}

/** A visitor of the night: what has been planned decides. */
export interface VisitArrival extends Numbered {
  readonly asks: 'visit'
  readonly about: Packet
  readonly who: VisitKind
  /** Of an intruder: the attack, and whether it gets what it wants. */
  readonly attack?: { readonly kind: Attack; readonly lost: boolean }
}

/** What is on its way to the desk or at it. */
export type Arrival =
  PacketArrival | BindArrival | ConnectArrival | CountArrival | TellArrival | PlanArrival | VisitArrival

/** The packet that arrives, if it is one. */
export const packetOf = (arrival: Arrival | undefined): Packet | undefined =>
  arrival && ('packet' in arrival ? arrival.packet : 'about' in arrival ? arrival.about : undefined)

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
  /** Of a visitor of the night: whether it would have been right behind what was planned at first. */
  readonly first?: boolean
  /** Of a visitor: the rule of the player's board (from 0), or its policy, that decided, if one did. */
  readonly visit?: { readonly board: number; readonly by: number | 'policy' }
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
  /** What the player has planned for the night, once there is something. */
  readonly plan?: Plan
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
