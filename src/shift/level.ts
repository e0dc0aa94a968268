import type { Address } from '../net/address'
import type { Packet } from '../net/packet'
import type { Socket, SocketId } from '../net/socket'
import type { Protocol } from '../net/tuple'
import type { ChoiceKind, FieldName } from '../lessons/choice'
import type { MisconceptionId } from '../lessons/misconception'

/** How a packet's papers are written: the form, the line of `tcpdump -nn`, or the bytes of `tcpdump -XX`. */
export type View = 'fields' | 'tcpdump' | 'hex'

/** A door of the level: who listens where. Without `address` the socket is bound to the wildcard. */
export interface DoorPlan {
  readonly protocol: Protocol
  readonly port: number
  readonly program: string
  readonly address?: Address
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

/** A port of one protocol as engineers write it: `53/udp`. */
export type PortText = `${number}/${Protocol}`

/**
 * A part of a level. Doors open and verdicts appear as it begins; it ends when each of its packets has been settled.
 * `deal` says how many packets of which kind; `toPorts`, if given, are the ports its listeners' packets are dealt to, in
 * the proportions in which they are listed (`53/tcp` twice is twice as often).
 */
export interface Wave {
  readonly opens: readonly DoorPlan[]
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

export interface CaptureSource {
  readonly file: string
  readonly sockets: readonly Socket[]
  readonly arrivals: readonly CapturedArrival[]
}

/** A level is data. Its words stand in the message catalogue under its id. */
export interface Level {
  readonly id: string
  readonly floor: number
  readonly boss: boolean
  readonly host: { readonly name: string; readonly addresses: readonly [Address, ...Address[]] }
  readonly waves: readonly Wave[]
  /** Dealt from a recording instead of `deal`: then the level has one wave. */
  readonly capture?: CaptureSource
  /** Shares of right first verdicts (0 to 1) for one, two and three stars. */
  readonly stars: readonly [number, number, number]
  /** Milliseconds without a verdict after which the deciding field glows; never, if left out. */
  readonly hintAfter?: number
  readonly teaches: readonly MisconceptionId[]
  /** The claims of content/claims.json that the level teaches. */
  readonly claims: readonly string[]
}
