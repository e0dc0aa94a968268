import type { Address } from '../net/address'
import type { Endpoint } from '../net/tuple'
import type { MisconceptionId } from './misconception'

/** What stands on a packet: from whom, to whom. */
export interface Label {
  readonly source: Endpoint
  readonly destination: Endpoint
}

/** A label as a street door (NAT) gets it and as it leaves, with what else the door knows. */
export interface Rewriting {
  readonly came: Label
  readonly leaves: Label
  /** The address on the street. */
  readonly street: Address
  /** A call of a flat, a visitor at a sign, or the answer to such a visitor. */
  readonly way: 'out' | 'in' | 'back'
}

const same = (a: Endpoint, b: Endpoint): boolean => a.address === b.address && a.port === b.port

/**
 * The wrong idea behind a label that was written at a street door; undefined for the label that the door itself writes. Exactly
 * one end is rewritten (RFC 3022, section 4.1): the source of what leaves the house, the destination of what comes in.
 */
export function misrewritten({ came, leaves, street, way }: Rewriting, written: Label): MisconceptionId | undefined {
  const [end, other] = way === 'in' ? (['destination', 'source'] as const) : (['source', 'destination'] as const)
  if (same(written.source, leaves.source) && same(written.destination, leaves.destination)) return undefined
  // Which pair is the door and which the return address was mistaken, if the end that stays was touched.
  if (!same(written[other], leaves[other])) return 'source-port-is-door'
  const { address, port } = written[end]
  // Passed on as it came, as a router does that only looks where to.
  if (same(written[end], came[end])) return way === 'back' ? 'reply-keeps-ports' : 'router-routes-by-port'
  if (port === leaves[other].port) return way === 'in' ? 'source-port-is-door' : 'client-uses-service-port'
  if (way === 'in') return port === came.destination.port ? 'forward-keeps-port' : 'router-routes-by-port'
  if (address !== street) return way === 'back' ? 'reply-keeps-ports' : 'router-routes-by-port'
  // The right address with a number that it does not have towards this end.
  return way === 'back' ? 'forward-keeps-port' : 'source-port-alone-selects'
}
