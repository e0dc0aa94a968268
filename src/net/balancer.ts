import type { Address } from './address'
import { synPacket } from './build'
import type { Host } from './host'
import type { PortSpan } from './kernel'
import { LINUX_EPHEMERAL } from './kernel'
import type { Packet } from './packet'
import { isSyn, tupleOf } from './packet'
import { readdress } from './readdress'
import { receive } from './receive'
import type { Responder } from './scan'
import { probePacket } from './scan'
import type { FiveTuple, Protocol } from './tuple'

/** A host behind a balancer. Who fails the health check gets no new connections. */
export interface Target {
  readonly host: Host
  readonly address: Address
  readonly healthy: boolean
}

/** Targets that do the same work, all at one port. */
export interface TargetPool {
  readonly name: string
  readonly port: number
  readonly targets: readonly Target[]
  /** Where the health check calls, if not at `port`. */
  readonly checkPort?: number
}

/** A port at which a balancer takes callers, and the pool that serves them. */
export interface Listener {
  readonly protocol: Protocol
  readonly port: number
  readonly pool: string
}

/**
 * A load balancer. As a `proxy` it ends the caller's connection and opens a second one to the target (HAProxy, an
 * Application Load Balancer); in `passthrough` it hands on the caller's own packets with a new destination, and the target
 * sees the caller's address and port (a Network Load Balancer that preserves client addresses).
 */
export interface Balancer {
  readonly name: string
  readonly address: Address
  readonly mode: 'proxy' | 'passthrough'
  readonly listeners: readonly Listener[]
  readonly pools: readonly TargetPool[]
  /** From where a proxy takes its source ports; Linux's own if left out. */
  readonly ephemeral?: PortSpan
}

export type BalancerRoute =
  | {
      readonly kind: 'routed'
      readonly listener: Listener
      readonly pool: TargetPool
      readonly target: Target
      /** The first packet that the target gets. */
      readonly packet: Packet
      /** The connections there are: the caller's, and in proxy mode the balancer's own to the target. */
      readonly flows: readonly FiveTuple[]
    }
  /** Nobody listens there: refused, with a reset over TCP and port unreachable over UDP. */
  | { readonly kind: 'rst' }
  | { readonly kind: 'icmp' }
  /** No target is healthy: a proxy takes the call and then ends it without service (HTTP: 503). */
  | { readonly kind: 'unserved'; readonly listener: Listener; readonly pool: TargetPool | undefined }
  /** Not for the balancer, or not the first packet of a flow. */
  | { readonly kind: 'none' }

/**
 * Where a caller's first packet goes: the listener of its protocol and destination port, one of the healthy targets of its
 * pool with the same chance, and there the pool's port, which need not be the listener's (Elastic Load Balancing: Listeners
 * and target groups; HAProxy: bind, server).
 *
 * @param chance gives numbers from 0 to 1, not 1 itself.
 */
export function balancerRoute(balancer: Balancer, packet: Packet, chance: () => number): BalancerRoute {
  const tuple = tupleOf(packet)
  if (!tuple || packet.destination !== balancer.address) return { kind: 'none' }
  if (tuple.protocol === 'tcp' && !isSyn(packet)) return { kind: 'none' }
  const listener = balancer.listeners.find(
    ({ protocol, port }) => protocol === tuple.protocol && port === tuple.destination.port,
  )
  if (!listener) return { kind: tuple.protocol === 'tcp' ? 'rst' : 'icmp' }
  const pool = balancer.pools.find(({ name }) => name === listener.pool)
  const healthy = pool?.targets.filter((target) => target.healthy) ?? []
  const target = healthy[Math.floor(chance() * healthy.length)]
  if (!pool || !target) return { kind: 'unserved', listener, pool }
  const destination = { address: target.address, port: pool.port }
  if (balancer.mode === 'passthrough') {
    return { kind: 'routed', listener, pool, target, packet: readdress(packet, { destination }), flows: [tuple] }
  }
  const [first, last] = balancer.ephemeral ?? LINUX_EPHEMERAL
  const source = { address: balancer.address, port: first + Math.floor(chance() * (last - first + 1)) }
  return {
    kind: 'routed',
    listener,
    pool,
    target,
    packet: secondCall(packet, { protocol: tuple.protocol, source, destination }, chance),
    flows: [tuple, { protocol: tuple.protocol, source, destination }],
  }
}

/** The balancer's own first packet to the target: over TCP a SYN of its own, over UDP the caller's datagram. */
const secondCall = (packet: Packet, { protocol, source, destination }: FiveTuple, chance: () => number): Packet => {
  const ip = { ttl: 64, identification: Math.floor(chance() * 65536) }
  const word = () => Math.floor(chance() * 0x1_0000_0000)
  return protocol === 'tcp'
    ? synPacket({ ...ip, source, destination, seq: word(), tsval: word() })
    : { ...readdress(packet, { source, destination }), ...ip }
}

/**
 * The balancer after a round of health checks: a target is healthy when a connection from the balancer to the pool's check
 * port succeeds, that is when a SYN is answered with SYN and ACK (HAProxy: `check`; Elastic Load Balancing: TCP health
 * checks).
 *
 * @param responderOf what stands between: by default the target's host alone answers.
 */
export function checked(
  balancer: Balancer,
  responderOf: (target: Target) => Responder = ({ host }) =>
    (probe) =>
      receive(host, probe).answer,
): Balancer {
  const isUp = (target: Target, port: number) => {
    const source = { address: balancer.address, port: balancer.ephemeral?.[0] ?? LINUX_EPHEMERAL[0] }
    const answer = responderOf(target)(probePacket('tcp', source, { address: target.address, port }))
    return answer?.transport.protocol === 'tcp' && answer.transport.flags.syn && answer.transport.flags.ack
  }
  const pools = balancer.pools.map((pool) => ({
    ...pool,
    targets: pool.targets.map((target) => ({ ...target, healthy: isUp(target, pool.checkPort ?? pool.port) })),
  }))
  return { ...balancer, pools }
}
