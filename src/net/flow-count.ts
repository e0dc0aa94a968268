import type { Address } from './address'
import type { PortSpan } from './kernel'

/** A client address, and the source ports from which it calls. */
export interface Caller {
  readonly address: Address
  readonly ports: PortSpan
}

/**
 * How many connections of these callers can stand at once at one server address and port: one for each pair of client
 * address and source port, since all else in the five-tuple is the same for all (RFC 9293 section 3.3.1).
 */
export function connectionsTo(callers: readonly Caller[]): number {
  let count = 0
  const last = new Map<Address, number>()
  for (const { address, ports } of callers.toSorted((a, b) => a.ports[0] - b.ports[0])) {
    const from = Math.max(ports[0], (last.get(address) ?? -1) + 1)
    count += Math.max(0, ports[1] - from + 1)
    last.set(address, Math.max(ports[1], last.get(address) ?? -1))
  }
  return count
}
