import type { Choice, FieldName } from '../lessons/choice'
import type { MisconceptionId } from '../lessons/misconception'
import type { Socket } from '../net/socket'
import type { VerdictKind } from '../net/verdict'

/** A parcel as a phone gets it: the IP packet byte for byte, in base64, and which try it is. Nothing says where it goes. */
export interface Parcel {
  readonly id: number
  readonly attempt: number
  readonly bytes: string
}

/** What became of a parcel that this player took somewhere. */
export interface Called {
  readonly parcel: Parcel
  readonly choice: Choice
  readonly truth: Choice
  readonly right: boolean
  readonly field: FieldName
  readonly why: string
  readonly misconception?: MisconceptionId
  /** The window that was chosen instead of the right one. */
  readonly mistaken?: Socket
}

/** The building as it stands: enough to draw it. */
export interface Building {
  readonly level: string
  readonly seed: number
  readonly wave: number
  readonly finished: boolean
  /** Lamps, and of the windows those that are to be seen. */
  readonly sockets: readonly Socket[]
  readonly bricks: readonly { readonly protocol: Socket['protocol']; readonly port: number }[]
}

/** What a player's phone gets of a shared shift. */
export interface TeamPhone extends Building {
  /** Missing while there is nothing to do. */
  readonly parcel?: Parcel
  /** With nothing to do: milliseconds, when this was made, until somebody else's parcel has lain so long that it may be taken. */
  readonly help?: number
  readonly last?: Called
  readonly right: number
}

/** What the wall and the teacher get of a shared shift. */
export interface TeamWall extends Building {
  /** All windows, also those that are not sent. */
  readonly windows: number
  readonly desks: number
  /** Parcels settled and to be settled in all. */
  readonly settled: number
  readonly of: number
  /** Share of right first calls, 0 to 1. */
  readonly accuracy: number
  readonly stars: 0 | 1 | 2 | 3
  readonly streak: number
  readonly bestStreak: number
  /** The latest calls, the last first: where a parcel went, and who took it there if that was right. */
  readonly recent: readonly {
    readonly number: number
    readonly right: boolean
    readonly name?: string
    readonly kind: VerdictKind
    readonly port?: number
    readonly protocol: string
  }[]
}
