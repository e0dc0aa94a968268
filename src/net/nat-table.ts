import type { Address } from './address'
import type { Flow } from './conntrack'
import { ConnTrack, inverse } from './conntrack'
import type { NatRule } from './nat'
import type { Packet } from './packet'
import { tupleOf } from './packet'
import type { Prefix } from './prefix'
import type { Router, Walk } from './router'
import { walkIn } from './router'
import type { Endpoint, Protocol } from './tuple'

/** What a home router remembers of a connection that went out: to this remote end, `inside` appears as `public`. */
export interface Mapping {
  readonly protocol: Protocol
  readonly inside: Endpoint
  readonly public: Endpoint
  readonly remote: Endpoint
}

/** A port forward, set up by hand: what comes to this port of the public address goes to an inside host. */
export interface Forward {
  readonly protocol: Protocol
  readonly port: number
  readonly to: Endpoint
}

/** A home router as people think of it: one public address, a network behind it, mappings and forwards. */
export interface NatTable {
  readonly publicAddress: Address
  /** The router's inside address with the length of its network: `192.168.1.1/24`. */
  readonly inside: Prefix
  /** Made by traffic that went out. */
  readonly mappings: readonly Mapping[]
  readonly forwards: readonly Forward[]
  /** Whether packets from inside to a forward also get the router's own address as source (RFC 4787 REQ-9). */
  readonly hairpin?: boolean
}

/** The same as a router with nftables rules: masquerade for what leaves, dnat for the forwards. */
export const routerOf = ({ publicAddress, inside, forwards, hairpin = false }: NatTable): Router => ({
  interfaces: [
    { name: 'in', addresses: [inside] },
    { name: 'out', addresses: [publicAddress] },
  ],
  defaultRoute: 'out',
  chains: [],
  nat: {
    prerouting: forwards.map(({ protocol, port, to }) => ({
      match: { destination: publicAddress, protocol, destinationPort: [port] },
      translation: { kind: 'dnat', to },
    })),
    output: [],
    postrouting: [
      { match: { oif: 'out' }, translation: { kind: 'masquerade' } },
      ...(hairpin ? [turnedRound(inside)] : []),
    ],
  },
})

/** Only for those inside: a stranger's address is kept, so that the server sees it. */
const turnedRound = (inside: Prefix): NatRule => ({
  match: { oif: 'in', source: inside, status: ['dnat'] },
  translation: { kind: 'masquerade' },
})

/** The mapping as a flow that has been answered. */
const flowOf = ({ protocol, inside, public: seen, remote }: Mapping): Flow => ({
  original: { protocol, source: inside, destination: remote },
  reply: { protocol, source: remote, destination: seen },
  ...(protocol === 'tcp' && { tcp: ESTABLISHED }),
  seenReply: true,
  assured: true,
  translated: { source: true, destination: false },
  began: 0,
  expires: Number.POSITIVE_INFINITY,
})

const ESTABLISHED = { state: 'ESTABLISHED', last: { kind: 'ack', direction: 'original', end: 0 } } as const

/** The flows that the mappings stand for. */
export const flowsOf = ({ mappings }: NatTable): ConnTrack => ConnTrack.of(mappings.map(flowOf))

/** A packet that goes out, as the street sees it, with its mapping and the table that has it. */
export interface NatOut {
  readonly packet: Packet
  /** `in` when the packet is turned round to an inside host. */
  readonly oif: string
  readonly mapping: Mapping | undefined
  readonly nat: NatTable
}

/**
 * What becomes of a packet from inside. Its source is the public address from here on, and its port stays if the pair of
 * public and remote end is free (RFC 3022 section 2.2). Undefined for what is dropped or meant for the router itself.
 */
export function natOut(nat: NatTable, packet: Packet): NatOut | undefined {
  const { end } = walkIn(routerOf(nat), flowsOf(nat), packet, 'in')
  if (end.kind !== 'sent') return undefined
  const [before, after] = [tupleOf(packet), tupleOf(end.packet)]
  const { packet: sent, oif } = end
  if (!before || !after || oif !== 'out') return { packet: sent, oif, mapping: undefined, nat }
  const mapping: Mapping = {
    protocol: before.protocol,
    inside: before.source,
    public: after.source,
    remote: after.destination,
  }
  const known = nat.mappings.some((one) => sameMapping(one, mapping))
  return { packet: sent, oif, mapping, nat: known ? nat : { ...nat, mappings: [...nat.mappings, mapping] } }
}

const same = (a: Endpoint, b: Endpoint) => a.address === b.address && a.port === b.port

const sameMapping = (a: Mapping, b: Mapping): boolean =>
  a.protocol === b.protocol && same(a.inside, b.inside) && same(a.public, b.public) && same(a.remote, b.remote)

/** What becomes of a packet that comes to the public address. */
export type NatIn =
  /** To an inside host, by a mapping or by a forward. */
  | { readonly kind: 'inside'; readonly packet: Packet; readonly by: Mapping | Forward }
  /** For the router itself: its own sockets are asked, no inside host hears of it (RFC 3022 section 2.2). */
  | { readonly kind: 'local'; readonly packet: Packet }
  | { readonly kind: 'dropped' }

/**
 * What becomes of a packet from the street: an answer to a mapping goes back inside, whatever is forwarded goes to its host,
 * and everything else is for the router itself. A mapping counts for its own remote end only (RFC 4787 section 5,
 * address and port-dependent filtering, as Linux does it).
 */
export function natIn(nat: NatTable, packet: Packet): NatIn {
  const { end } = walkIn(routerOf(nat), flowsOf(nat), packet, 'out')
  if (end.kind === 'local') return { kind: 'local', packet: end.packet }
  const tuple = tupleOf(packet)
  if (end.kind !== 'sent' || !tuple) return { kind: 'dropped' }
  const by =
    nat.mappings.find(
      ({ protocol, public: seen, remote }) =>
        protocol === tuple.protocol && same(seen, tuple.destination) && same(remote, tuple.source),
    ) ?? nat.forwards.find(({ protocol, port }) => protocol === tuple.protocol && port === tuple.destination.port)
  return by ? { kind: 'inside', packet: end.packet, by } : { kind: 'dropped' }
}

/**
 * The answer to a packet that the router has let through, as it reads behind the router. `reply` is what the host that got
 * the packet sends; `iif` says on which side it comes back. The first packet goes through first, so that its flow is known.
 */
export function answerThrough(
  nat: NatTable,
  first: Packet,
  sides: { readonly first: 'in' | 'out'; readonly reply: 'in' | 'out' },
  reply: (packet: Packet) => Packet,
): Walk | undefined {
  const [router, table] = [routerOf(nat), flowsOf(nat)]
  const { end } = walkIn(router, table, first, sides.first)
  return end.kind === 'sent' ? walkIn(router, table, reply(end.packet), sides.reply) : undefined
}

/** The tuple of a mapping's answers, as they come to the public address. */
export const answerTo = ({ protocol, public: seen, remote }: Mapping) =>
  inverse({ protocol, source: seen, destination: remote })
