import type { Address } from '../net/address'
import type { Behind } from '../net/attack'
import type { Rule } from '../net/filter'
import type { Packet } from '../net/packet'
import type { PortSpan } from '../net/kernel'
import type { Socket, SocketId } from '../net/socket'
import type { Endpoint, Protocol } from '../net/tuple'
import type { ChoiceKind, FieldName } from '../lessons/choice'
import type { MisconceptionId } from '../lessons/misconception'
import type { ReceptionBoard, ReceptionKind, ReceptionPlans } from './reception-plan'
import type { StreetBoard, StreetKind, StreetPlans } from './street-plan'
import type { Shift } from './shift'

/** How a packet's papers are written: the form, the line of `tcpdump -nn`, or the bytes of `tcpdump -XX`. */
export type View = 'fields' | 'tcpdump' | 'hex'

/** A door of the level: who listens where, with which socket options. Without `address` it is bound to 0.0.0.0. */
export interface DoorPlan {
  readonly protocol: Protocol
  readonly port: number
  readonly program: string
  readonly address?: Address
  /** IPV6_V6ONLY, for the wildcard `::`. */
  readonly v6only?: boolean
  readonly reuseaddr?: boolean
  readonly reuseport?: boolean
  /** What the program understands, where that is asked. */
  readonly speaks?: Language
}

/**
 * Connections that are there when a wave begins:
 * - `strangers`: other addresses, other ports; `one-address`: one address, ports that differ in a digit or two;
 * - `one-port`: different addresses that chose the same port; `same-pair`: the remote end of a window of another door;
 * - `twins`: six addresses, their ports in groups that differ in one digit; `both-families`: one client, once over IPv4 and
 *   once over IPv6, with the same port.
 */
export interface WindowPlan {
  readonly at: PortText
  readonly like: 'strangers' | 'one-address' | 'one-port' | 'same-pair' | 'twins' | 'both-families'
  readonly count: number
  /** From where they call, if that is not one of the houses in town (a balancer). */
  readonly from?: Address
  /** ESTAB if left out. */
  readonly state?: 'TIME-WAIT'
}

/** A connection that the host itself has opened. */
export interface CallPlan {
  readonly from: number
  readonly to: Endpoint
  readonly state?: 'TIME-WAIT'
}

/** So many callers at one port. */
export interface Crowd {
  readonly at: PortText
  readonly count: number
}

/** The computer one stands at. */
export interface HostPlan {
  readonly name: string
  readonly addresses: readonly [Address, ...Address[]]
  /** The range from which it picks ports (ip_local_port_range); that of the level if left out. */
  readonly ephemeral?: PortSpan
}

/** A port without a listener. */
export interface BrickPlan {
  readonly protocol: Protocol
  readonly port: number
}

/** The kinds of packets a wave is dealt from; each is one maker in `deal.ts`. */
export type TrafficKind =
  | 'tcp-to-listener'
  | 'udp-to-listener'
  | 'to-listener'
  | 'bait'
  | 'tcp-to-closed'
  | 'udp-to-closed'
  | 'ping'
  | 'port-zero'
  | 'range-question'
  | 'to-listener-v4'
  | 'to-listener-v6'
  | 'other-entrance'
  | 'staff-door'
  | 'from-inside'
  | 'syn-same-address'
  | 'data-known'
  | 'data-same-address'
  | 'data-same-port'
  | 'data-other-door'
  | 'data-lookalike'
  | 'data-unknown'
  | 'data-after-crash'
  | 'fin'
  | 'request-to-answer'
  | 'bind-free'
  | 'bind-other-protocol'
  | 'bind-conflict'
  | 'bind-covered'
  | 'bind-privileged'
  | 'bind-foreign'
  | 'bind-after-restart'
  | 'bind-reuseport'
  | 'bind-any'
  | 'connect-new-server'
  | 'connect-same-server'
  | 'connect-after-close'
  | 'count-bet'
  | 'scan-syn'
  | TellKind
  | 'plan'
  | VisitKind

/** What a box on the way does with a packet, or what is known of a port: each is one maker in a file `deal-*.ts`. */
export type TellKind =
  | 'line-accept'
  | 'line-refuse'
  | 'line-policy'
  | 'line-transport'
  | 'own-reply'
  | 'new-visit'
  | 'fake-reply'
  | 'icmp-of-flow'
  | 'ftp-data'
  | 'knock-tcp'
  | 'knock-udp'
  | 'map-question'
  | 'heard-outside'
  | 'speech-odd'
  | 'speech-taken'
  | 'banner-question'
  | 'attack-told'
  | ReceptionKind
  | StreetKind

/** Who comes in a night that the player has planned for. */
export type VisitKind = 'customer' | 'app' | 'admin' | 'answer' | 'local' | 'stranger' | 'stranger6' | 'intruder'

/** The rule board of the gatehouse before the doors. */
export interface GatePlan {
  readonly rules: readonly Rule[]
  readonly policy: 'accept' | 'drop'
  /** The guard has a notebook of flows (connection tracking); false: nothing is remembered. */
  readonly notebook: boolean
}

/** What a program does with bytes: the language it speaks, if it is not the one of its name. */
export type Language = 'http' | 'tls' | 'ssh' | 'dns' | 'mysql'

/** What the workbench has: the addresses and ports that a rule can name, and what the night needs. */
export interface WorksPlan {
  /** One board for all addresses, or one for each family. */
  readonly families: readonly ('ip' | 'ip6' | 'inet')[]
  readonly mostRules: number
  /** The policy with which each board begins. */
  readonly policy: 'accept' | 'drop'
  readonly sources: readonly Address[]
  readonly ports: readonly (readonly number[])[]
  /** Ports whose lamps stay lit at their address, whatever the player would like. */
  readonly needs: readonly Need[]
  /** What stands behind the port that everybody may reach. */
  readonly behind?: Behind
}

/** Who must be served where. `from` is an address; anybody if left out. */
export interface Need {
  readonly who: Exclude<VisitKind, 'stranger' | 'stranger6' | 'answer' | 'intruder'>
  readonly port: number
  readonly from?: Address
}

/** A port of one protocol as engineers write it: `53/udp`. */
export type PortText = `${number}/${Protocol}`

/**
 * A part of a level. Doors open and verdicts appear as it begins; it ends when each of its packets has been settled.
 * `deal` says how many packets of which kind; `toPorts`, if given, are the ports its listeners' packets are dealt to, in
 * the proportions in which they are listed (`53/tcp` twice is twice as often).
 */
export interface Wave extends ReceptionPlans, StreetPlans {
  /** Another computer from here on: its sockets are those of this wave alone. */
  readonly host?: HostPlan
  readonly opens: readonly DoorPlan[]
  /** Listeners whose program stops as the wave begins: the lamp goes out, its windows stay. */
  readonly stops?: readonly PortText[]
  /** Programs that die as the wave begins: the lamp and all its windows go out. */
  readonly crashes?: readonly PortText[]
  readonly windows?: readonly WindowPlan[]
  readonly calls?: readonly CallPlan[]
  /** So many callers connect to `at` all at once as the wave begins; they are counted, not drawn one by one. */
  readonly crowd?: Crowd
  /** The servers to which programs of this host want to connect. */
  readonly servers?: readonly Endpoint[]
  /** How the label of an answer is made: by turning the request's over, or written field by field. */
  readonly envelope?: 'turn' | 'write'
  /** A gatehouse before the doors; each wave says its own. */
  readonly gate?: GatePlan
  /** One stands outside: the doors of the building are those that one has learned of. */
  readonly outside?: boolean
  /** Ports at which one knocks, or that are asked about, each as often as it is listed. */
  readonly knocks?: readonly PortText[]
  /** The player plans rules and lamps before the visits come. */
  readonly works?: WorksPlan
  /** The list beside the building, as `ss` with these flags prints it. */
  readonly board?: Board
  /** Closed ports drawn as bricked-up doorways from the start of the wave. */
  readonly bricks?: readonly BrickPlan[]
  /** Closed ports that callers ask for although nothing is drawn there. */
  readonly closed?: readonly BrickPlan[]
  readonly deal: Readonly<Partial<Record<TrafficKind, number>>>
  /** The kind that comes first; the rest is in seeded order. */
  readonly first?: TrafficKind
  readonly toPorts?: readonly PortText[]
  readonly offers: readonly ChoiceKind[]
  readonly views: readonly View[]
  /** Some of the packets have an IPv4 header with options, so that what follows begins later. */
  readonly ipOptions?: boolean
  /** The fields written in ink; the others are in pencil. All are in ink if left out. */
  readonly ink?: readonly FieldName[]
  /** For how many packets the deciding field glows before the player chooses. */
  readonly glow: number
  /** What the door plates and the papers show of a port: its number or the registry's name. */
  readonly plates?: 'number' | 'name'
  readonly papers?: 'number' | 'name'
}

/** What a capture adds: the packets themselves, and how the host's sockets changed before each. */
export interface CapturedArrival {
  readonly packet: Packet
  /** The captured bytes with the offset at which the IP header starts, for the hex view. */
  readonly bytes: Uint8Array
  readonly ipOffset: number
  /** Microseconds since 1970 (UTC). */
  readonly time: number
  readonly opens: readonly Socket[]
  readonly closes: readonly SocketId[]
}

/** The recorded packets of one flow, both ways and in their order, and the last of the arrivals (from 0) that belongs to it. */
export interface Conversation {
  readonly packets: readonly Packet[]
  readonly after: number
}

export interface CaptureSource {
  readonly file: string
  readonly sockets: readonly Socket[]
  readonly arrivals: readonly CapturedArrival[]
  /** Where it is asked who the client is: the conversations that could be asked about. */
  readonly conversations?: readonly Conversation[]
  /** The programs behind listening sockets, by socket id, where somebody knows them. */
  readonly programs?: Readonly<Record<SocketId, string>>
}

/**
 * What the board beside the building shows: `ss -tan`, `ss -tlnp` or `ss -tulnp`, the gatehouse's rules with its notebook, or
 * the map of someone who scans the building.
 */
export type Board = 'tan' | 'tlnp' | 'tulnp' | 'gate' | 'map' | ReceptionBoard | StreetBoard

/** The words of a level that is not in the message catalogue, because somebody else has written it. */
export interface OwnWords {
  readonly title: string
  readonly intro: string
  readonly goal: string
  readonly debrief: string
}

/** A level is data. Its words stand in the message catalogue under its id. */
export interface Level {
  readonly id: string
  /** How links name it, where that says more than the id: what the level leans to. */
  readonly linkId?: string
  /** Each day has its own seed, and its deal leans to the ideas that the player has followed. */
  readonly leans?: boolean
  /** The shifts outside the campaign: their words stand in the catalogue under this name. */
  readonly mode?: 'today' | 'night'
  /** What a level brings along that somebody has built. */
  readonly own?: OwnWords
  readonly floor: number
  readonly boss: boolean
  readonly host: HostPlan
  /** The range from which the host picks ports (ip_local_port_range); Linux's default if left out. */
  readonly ephemeral?: PortSpan
  readonly waves: readonly Wave[]
  /**
   * What follows the last wave so far, for a shift that has no end of its own. Pure: the same shift is continued in the same
   * way, so that a link replays it.
   */
  readonly goesOn?: (shift: Pick<Shift, 'level' | 'seed' | 'decisions'>) => readonly [Wave, ...Wave[]]
  /** Dealt from a recording instead of `deal`: then the level has one wave. */
  readonly capture?: CaptureSource
  /** Dealt from the recording that ships with the game: so many packets of it at most. Then the level has one wave. */
  readonly recorded?: number
  /** Shares of right first verdicts (0 to 1) for one, two and three stars. */
  readonly stars: readonly [number, number, number]
  /** Milliseconds without a verdict after which the deciding field glows; never, if left out. */
  readonly hintAfter?: number
  readonly teaches: readonly MisconceptionId[]
  /** The claims of content/claims.json that the level teaches. */
  readonly claims: readonly string[]
}
