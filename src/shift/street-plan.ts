import type { Address } from '../net/address'
import type { Endpoint } from '../net/tuple'

/** A sign at the street door: a number outside, and where in the house it leads. */
export interface ForwardPlan {
  readonly port: number
  readonly to: Endpoint
}

/** A call that a flat has made: it stands in the list of the street door. */
export interface FlatCall {
  readonly from: Endpoint
  readonly to: Endpoint
}

/** A block of flats behind one address. What listens in the flats are the doors of the wave, each at its flat's address. */
export interface StreetPlan {
  /** The address on the street, and the one that the flats know. */
  readonly street: Address
  readonly inside: Address
  readonly flats: readonly Address[]
  readonly forwards: readonly ForwardPlan[]
  readonly calls: readonly FlatCall[]
  /** Servers in town that the flats call. */
  readonly servers: readonly Endpoint[]
  /** Numbers without a sign, at which strangers knock. */
  readonly strange: readonly number[]
  /** A sign that is still to be hung. */
  readonly missing?: ForwardPlan
}

/** A container: its address inside, where it listens, what `docker run -p` said, and what its image only exposes. */
export interface AnnexContainer {
  readonly name: string
  readonly address: Address
  readonly listens: number
  readonly signs: readonly string[]
}

/** A host with containers on its roof. */
export interface AnnexPlan {
  readonly host: Address
  readonly containers: readonly AnnexContainer[]
  /** Numbers of the host without a sign that visitors ask for. */
  readonly strange: readonly number[]
  /** A sign that is still to be written: for which container, at which number, and whether the street may read it. */
  readonly missing?: { readonly container: string; readonly port: number; readonly street: boolean }
  /** Ports that the input chain of the host drops. */
  readonly drops?: readonly number[]
}

/** What a wave has at a street door. */
export interface StreetPlans {
  readonly street?: StreetPlan
  readonly annex?: AnnexPlan
}

/** What is asked at a street door; each is one maker in `deal-street` or `deal-annex`. */
export type StreetKind =
  | 'nat-out'
  | 'nat-out-twin'
  | 'nat-back'
  | 'nat-uninvited'
  | 'forward-in'
  | 'forward-label'
  | 'forward-out'
  | 'forward-none'
  | 'hairpin'
  | 'forward-sign'
  | 'annex-in'
  | 'annex-local'
  | 'annex-none'
  | 'annex-sign'
  | 'two-signs-in'
  | 'two-signs-back'

export type StreetQuestion = 'rewrite' | 'relabel' | 'flat' | 'hairpin' | 'sign'

/** Where a label is read: in town, between the street door and its flats, or in an annex. */
export type StreetPlace = 'town' | 'house' | 'annex'

/** Why it is so; the words of the line stand under this id. */
export type StreetWhy =
  | 'kept-port'
  | 'moved-port'
  | 'mapped'
  | 'uninvited'
  | 'forwarded'
  | 'restored'
  | 'no-sign'
  | 'direct-answer'
  | 'sign-works'
  | 'published'
  | 'before-the-gate'
  | 'not-published'
  | 'staff-sign'
  | 'two-signs'
  | 'two-back'

/** What hangs beside a street door: its signs with the list, or the containers with their signs. */
export type StreetBoard = 'street' | 'annex'
