import type { Address } from './address'
import type { ConnTrack, Direction, Flow, FlowTuple } from './conntrack'
import { inverse } from './conntrack'
import type { Match, PacketContext, TableFamily } from './filter'
import { matches } from './filter'
import type { IcmpMessage, Packet } from './packet'
import { rewriteQuote } from './quote'
import type { Endpoint } from './tuple'

/** What a translation rule does (nft(8), NAT STATEMENTS). A port that is left out stays. */
export type Translation =
  /** To another host. */
  | { readonly kind: 'dnat'; readonly to: { readonly address: Address; readonly port?: number } }
  /** To the router itself: the address of the interface on which the packet came in, or 127.0.0.1 for its own packets. */
  | { readonly kind: 'redirect'; readonly port?: number }
  /** From another address; the port is kept if it is free. */
  | { readonly kind: 'snat'; readonly to: { readonly address: Address; readonly port?: number } }
  /** From the router's address on the interface where the packet leaves. */
  | { readonly kind: 'masquerade' }

export interface NatRule {
  readonly match: Match
  readonly translation: Translation
}

/**
 * The translation rules of a router. Of each list the first rule that matches the first packet of a flow decides, for all
 * packets of that flow. `prerouting` sees what comes in, `output` the router's own packets, `postrouting` all that leaves.
 */
export interface NatRules {
  /** The packets that the rules see; `ip` if left out. */
  readonly family?: TableFamily
  readonly prerouting: readonly NatRule[]
  readonly output: readonly NatRule[]
  readonly postrouting: readonly NatRule[]
}

/** The first rule that matches, with its place in the list. */
export function natRuleFor(
  rules: readonly NatRule[],
  packet: Packet,
  context: PacketContext,
): { readonly index: number; readonly translation: Translation } | undefined {
  const index = rules.findIndex(({ match }) => matches(match, packet, context))
  const rule = rules[index]
  return rule && { index, translation: rule.translation }
}

const sameEnd = (a: Endpoint, b: Endpoint): boolean => a.address === b.address && a.port === b.port

/** The flow with its packets sent on to another destination. Its answers will come from there. */
export function translateDestination(flow: Flow, to: { readonly address: Address; readonly port?: number }): Flow {
  const source = { address: to.address, port: to.port ?? flow.reply.source.port }
  if (sameEnd(source, flow.reply.source)) return flow
  return {
    ...flow,
    reply: withEnds(flow.reply, { source }),
    translated: { ...flow.translated, destination: true },
  }
}

/** A tuple with one end changed. A ping has its identifier in both. */
function withEnds(tuple: FlowTuple, ends: { readonly source?: Endpoint; readonly destination?: Endpoint }): FlowTuple {
  const next = { ...tuple, ...ends }
  if (tuple.protocol === 'tcp' || tuple.protocol === 'udp') return next
  const port = ends.source?.port ?? ends.destination?.port ?? tuple.source.port
  return {
    ...next,
    source: { ...next.source, port },
    destination: { ...next.destination, port },
  }
}

/** The ports among which another is looked for, by the one that is taken (Linux: nf_nat_l4proto_unique_tuple). */
const portsLike = (port: number): readonly [first: number, last: number] =>
  port < 512 ? [1, 511] : port < 1024 ? [600, 1023] : [1024, 65535]

/**
 * The flow with its packets sent on from another address. The port is kept if no answer to the new pair would already belong
 * to another flow; a source that is already mapped keeps its mapping where it can; else the next free port of the kind is
 * taken (RFC 3022 section 2.2; Linux: get_unique_tuple, whose choice is random). Undefined if all ports are taken.
 *
 * @param chance gives numbers from 0 to 1, for where the search begins; without it, it begins behind the port that is taken.
 */
export function translateSource(
  table: ConnTrack,
  flow: Flow,
  to: { readonly address: Address; readonly port?: number },
  now: number,
  chance?: () => number,
): Flow | undefined {
  const from = flow.reply.destination
  const isFree = (end: Endpoint): boolean => !table.isTaken(withEnds(flow.reply, { destination: end }), now)
  const inRange = (end: Endpoint) => end.address === to.address && (to.port === undefined || end.port === to.port)
  const kept = inRange(from) ? from : table.sourcesOf(flow.original, now).find(inRange)
  const wanted = { address: to.address, port: to.port ?? from.port }
  const free = [...(kept ? [kept] : []), wanted].find(isFree) ?? (to.port === undefined ? search() : undefined)
  return free && sourced(flow, free)

  function search(): Endpoint | undefined {
    const [first, last] = portsLike(from.port)
    const size = last - first + 1
    const start = chance ? Math.floor(chance() * size) : from.port - first + 1
    for (let step = 0; step < size; step++) {
      const end = { address: to.address, port: first + ((start + step) % size) }
      if (isFree(end)) return end
    }
    return undefined
  }
}

const sourced = (flow: Flow, source: Endpoint): Flow =>
  sameEnd(source, flow.reply.destination)
    ? flow
    : {
        ...flow,
        reply: withEnds(flow.reply, { destination: source }),
        translated: { ...flow.translated, source: true },
      }

/** How a packet of this flow and direction reads behind the translator. */
const translatedTuple = (flow: Flow, direction: Direction): FlowTuple =>
  inverse(direction === 'original' ? flow.reply : flow.original)

/**
 * A packet as it reads behind the part of the translation that its direction has here: of the destination before it is
 * routed, of the source when it leaves. What was rewritten one way is restored the other way. An ICMP error is addressed
 * like an answer, and the packet that it quotes is rewritten too (RFC 5508 section 4.2).
 */
export function rewrite(packet: Packet, flow: Flow, direction: Direction, part: 'source' | 'destination'): Packet {
  const there = direction === 'original'
  const other = part === 'source' ? 'destination' : 'source'
  if (!flow.translated[there ? part : other]) return packet
  const end = translatedTuple(flow, direction)[part]
  const { transport } = packet
  const addressed = { ...packet, [part]: end.address }
  if (transport.protocol === 'tcp' || transport.protocol === 'udp')
    return { ...addressed, transport: { ...transport, [`${part}Port` as const]: end.port } }
  if (isError(transport)) return { ...addressed, transport: rewriteQuote(transport, { [other]: end }) }
  const rest = end.port * 65536 + (transport.rest & 0xffff)
  return { ...addressed, transport: { ...transport, rest } }
}

/** Error messages of ICMP (RFC 1122 section 3.2.2) and ICMPv6 (RFC 4443 section 2.1), which quote a packet. */
export const isError = ({ protocol, type }: IcmpMessage): boolean =>
  protocol === 'icmp' ? [3, 4, 5, 11, 12].includes(type) : type < 128
