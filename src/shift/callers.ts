import type { Address, Family } from '../net/address'
import type { Level } from './level'
import type { Random } from './random'
import { random } from './random'

/** A caller in town: its addresses, and the range from which its system picks source ports. */
export interface Caller {
  readonly address: Address
  readonly address6: Address
  readonly ephemeral: readonly [first: number, last: number]
  /** The TTL that is left of its packets when they arrive. */
  readonly ttl: number
}

/** Linux's default range (ip(7), ip_local_port_range) and IANA's dynamic ports (RFC 6335 section 6). */
const EPHEMERAL: readonly Caller['ephemeral'][] = [
  [32768, 60999],
  [49152, 65535],
]

/** The documentation networks of RFC 5737 that no level's own host lives in. */
const NETWORKS = ['203.0.113', '198.51.100'] as const

/** An address of somebody in town. */
export const anyAddress = (dice: Random): Address => `${dice.pick(NETWORKS)}.${dice.int(2, 254)}`

/** The callers of a shift: three houses with addresses of their own, the same for one seed. */
export function callersOf(level: Level, seed: number): readonly Caller[] {
  if (level.capture) {
    const counts = new Map<Address, number>()
    for (const { packet } of level.capture.arrivals) counts.set(packet.source, (counts.get(packet.source) ?? 0) + 1)
    return [...counts.entries()]
      .sort(([, a], [, b]) => b - a)
      .slice(0, 3)
      .map(([address]) => ({ address, address6: address, ephemeral: [49152, 65535], ttl: 64 }))
  }
  const dice = random(seed ^ 0x5eed)
  const addresses = new Set<Address>()
  while (addresses.size < 3) addresses.add(anyAddress(dice))
  return [...addresses].map((address, index) => ({
    address,
    // RFC 3849: the documentation prefix, another network than the hosts'.
    address6: `2001:db8:${index + 1}::${Number(address.split('.')[3]).toString(16)}`,
    ephemeral: EPHEMERAL[index % 2] ?? [49152, 65535],
    ttl: index % 2 === 0 ? dice.int(44, 62) : dice.int(108, 126),
  }))
}

/** The address from which a caller speaks to an address of this family. */
export const callerAddress = (caller: Caller, family: Family): Address =>
  family === 6 ? caller.address6 : caller.address
