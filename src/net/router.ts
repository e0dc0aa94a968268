import type { Address } from './address'
import { familyOf, isLoopback } from './address'
import type { ConnTrack, Flow, Tracked } from './conntrack'
import { statusOf } from './conntrack'
import type { Action, Chain, ConnState, FilterHook, HookFiltered, PacketContext } from './filter'
import { evaluateHook, sees } from './filter'
import type { NatRules, Translation } from './nat'
import { isError, natRuleFor, rewrite, translateDestination, translateSource } from './nat'
import type { Packet } from './packet'
import type { Prefix } from './prefix'
import { addressOf, inPrefix, prefixLength } from './prefix'
import { reset, timeExceeded, unreachable } from './refusal'

/** An interface with its addresses, each with the length of its network, as `ip address` prints them: `203.0.113.1/24`. */
export interface Interface {
  readonly name: string
  readonly addresses: readonly Prefix[]
}

/** A host that forwards, filters and translates: a home router, a gateway, or a server with a packet filter of its own. */
export interface Router {
  readonly interfaces: readonly Interface[]
  /** The interface to everywhere else. */
  readonly defaultRoute?: string
  readonly chains: readonly Chain[]
  /** Without it nothing is translated. */
  readonly nat?: NatRules
}

/** The stops on a packet's way (nft(8), ADDRESS FAMILIES): `prerouting`, then `input` or `forward` and `postrouting`. */
export type Stop = 'prerouting' | 'input' | 'forward' | 'output' | 'postrouting'

/** A packet at one stop. */
export interface Step {
  readonly at: Stop
  /** As it reads when it leaves the stop. */
  readonly packet: Packet
  readonly iif?: string
  readonly oif?: string
  /** What connection tracking says of it. */
  readonly state: ConnState
  /** What the chains of this stop did with it; undefined where there are none. */
  readonly filtered?: HookFiltered
  /** The translation rule that matched here, by its place in the list. */
  readonly natRule?: number
}

/** How a packet's way through a router ends. */
export type WalkEnd =
  /** For the router itself: its own sockets are asked. */
  | { readonly kind: 'local'; readonly packet: Packet }
  | { readonly kind: 'sent'; readonly packet: Packet; readonly oif: string }
  /** A rule refused it; `answer` is the way of the RST or ICMP error, which passes the router's own chains too. */
  | { readonly kind: 'rejected'; readonly action: Action; readonly answer?: Walk }
  | {
      readonly kind: 'dropped'
      /**
       * `rule`: a chain dropped it (the last step says which). `martian`: its source or destination cannot be (RFC 1812
       * section 5.3.7). `no-port`: no public port is free. `no-route` and `ttl` are answered with an ICMP error.
       */
      readonly why: 'rule' | 'martian' | 'no-port' | 'no-route' | 'ttl'
      readonly answer?: Walk
    }

/** A packet's way through a router, stop by stop. */
export interface Walk {
  readonly steps: readonly Step[]
  readonly end: WalkEnd
}

/** When, and how the port of a translated source is searched (`translateSource`). */
export interface WalkOptions {
  /** In milliseconds; 0 if left out. */
  readonly now?: number
  readonly chance?: () => number
}

/** A router's addresses, without lengths. */
export const addressesOf = ({ interfaces }: Router): readonly Address[] =>
  interfaces.flatMap(({ addresses }) => addresses.map(addressOf))

/** True for the router's own addresses, 127.0.0.0/8 and ::1. */
export const isOwn = (router: Router, address: Address): boolean =>
  isLoopback(address) || addressesOf(router).includes(address)

/** The interface behind which an address is: the longest prefix wins (RFC 1812 section 5.2.4.3), then the default route. */
export function routeTo(router: Router, destination: Address): string | undefined {
  let best: string | undefined
  let longest = -1
  for (const { name, addresses } of router.interfaces)
    for (const prefix of addresses)
      if (prefixLength(prefix) > longest && inPrefix(prefix, destination))
        [best, longest] = [name, prefixLength(prefix)]
  return best ?? router.defaultRoute
}

/** The address of the router with which it speaks to `destination`: the first one of that side. Undefined: no route. */
export function sourceFor(router: Router, destination: Address): Address | undefined {
  if (isLoopback(destination)) return familyOf(destination) === 4 ? '127.0.0.1' : '::1'
  const name = routeTo(router, destination)
  return name === undefined ? undefined : addressOn(router, name, destination)
}

/** The first address of an interface in the network of `towards`, or else the first of its family. */
function addressOn({ interfaces }: Router, name: string, towards: Address): Address | undefined {
  const sameFamily = (list: readonly Interface[]) =>
    list.flatMap(({ addresses }) => addresses).filter((prefix) => familyOf(prefix) === familyOf(towards))
  const here = sameFamily(interfaces.filter((one) => one.name === name))
  const chosen = here.find((prefix) => inPrefix(prefix, towards)) ?? here[0] ?? sameFamily(interfaces)[0]
  return chosen && addressOf(chosen)
}

/**
 * Sends a packet that comes in on an interface through the router: prerouting, then input, or forward and postrouting. The
 * table of flows is asked and changed as the packet goes.
 */
export function walkIn(router: Router, table: ConnTrack, packet: Packet, iif: string, options: WalkOptions = {}): Walk {
  const way = new Way(router, table, options)
  return way.comesIn(packet, iif)
}

/** Sends a packet of the router itself on its way: output, postrouting; to itself also prerouting and input, on `lo`. */
export function walkOut(router: Router, table: ConnTrack, packet: Packet, options: WalkOptions = {}): Walk {
  const way = new Way(router, table, options)
  return way.leaves(packet)
}

/** One packet's way. */
class Way {
  private readonly steps: Step[] = []
  private readonly now: number
  private readonly addresses: readonly Address[]

  constructor(
    private readonly router: Router,
    private readonly table: ConnTrack,
    private readonly options: WalkOptions,
  ) {
    this.now = options.now ?? 0
    this.addresses = addressesOf(router)
  }

  /** `isOwn` of this router, whose addresses are asked at every stop. */
  private isOwn(address: Address): boolean {
    return isLoopback(address) || this.addresses.includes(address)
  }

  comesIn(packet: Packet, iif: string, carried?: Tracked): Walk {
    const tracked = carried ?? this.table.track(packet, this.now)
    const first = carried ? { tracked } : this.bindDestination('prerouting', packet, tracked, { iif })
    const sent = this.translated(packet, first.tracked, 'destination')
    this.step('prerouting', sent, first.tracked, { iif }, first)
    if (iif !== 'lo' && (isLoopback(sent.destination) || this.isOwn(packet.source))) return this.dropped('martian')
    if (this.isOwn(sent.destination)) return this.arrives(sent, iif, first.tracked)
    return this.passes(sent, iif, first.tracked)
  }

  private arrives(packet: Packet, iif: string, tracked: Tracked): Walk {
    const filtered = this.filter('input', packet, tracked, { iif })
    if (filtered.action !== 'accept') {
      this.step('input', packet, tracked, { iif }, { filtered })
      return this.refuses(filtered, packet, tracked)
    }
    const bound = this.bindSource(undefined, packet, tracked, {})
    if (!bound) return this.dropped('no-port')
    const read = this.translated(packet, bound.tracked, 'source')
    this.confirm(bound.tracked)
    this.step('input', read, bound.tracked, { iif }, { filtered })
    return this.ends({ kind: 'local', packet: read })
  }

  private passes(packet: Packet, iif: string, tracked: Tracked): Walk {
    const oif = routeTo(this.router, packet.destination)
    if (oif === undefined)
      return this.dropped('no-route', this.answer(unreachable(packet, 'network', this.speaker(packet)), tracked))
    if (packet.ttl <= 1) return this.dropped('ttl', this.answer(timeExceeded(packet, this.speaker(packet)), tracked))
    const sent = { ...packet, ttl: packet.ttl - 1 }
    const filtered = this.filter('forward', sent, tracked, { iif, oif })
    this.step('forward', sent, tracked, { iif, oif }, { filtered })
    if (filtered.action !== 'accept') return this.refuses(filtered, sent, tracked)
    return this.goesOut(sent, oif, tracked, iif)
  }

  leaves(packet: Packet, carried?: Tracked): Walk {
    const tracked = carried ?? this.table.track(packet, this.now)
    const oif = this.wayOut(packet)
    if (oif === undefined) return this.dropped('no-route')
    const bound = this.bindDestination('output', packet, tracked, { oif })
    const sent = this.translated(packet, bound.tracked, 'destination')
    const next = this.wayOut(sent)
    if (next === undefined) return this.dropped('no-route')
    if (next !== 'lo' && isLoopback(sent.source)) return this.dropped('martian')
    // The chains still see the way that was chosen for the first destination.
    const filtered = this.filter('output', sent, bound.tracked, { oif })
    this.step('output', sent, bound.tracked, { oif }, { ...bound, filtered })
    if (filtered.action !== 'accept') return this.refuses(filtered, sent, bound.tracked)
    return this.goesOut(sent, next, bound.tracked)
  }

  private goesOut(packet: Packet, oif: string, tracked: Tracked, iif?: string): Walk {
    const bound = this.bindSource('postrouting', packet, tracked, { ...(iif !== undefined && { iif }), oif })
    if (!bound) return this.dropped('no-port')
    const sent = this.translated(packet, bound.tracked, 'source')
    this.confirm(bound.tracked)
    this.step('postrouting', sent, bound.tracked, { oif }, bound)
    return oif === 'lo' ? this.comesIn(sent, 'lo', bound.tracked) : this.ends({ kind: 'sent', packet: sent, oif })
  }

  private wayOut({ destination }: Packet): string | undefined {
    return this.isOwn(destination) ? 'lo' : routeTo(this.router, destination)
  }

  /** The router's address on the side of the sender; the one that was asked, if it is the router's own. */
  private speaker({ source, destination }: Packet): Address {
    return this.isOwn(destination) ? destination : (sourceFor(this.router, source) ?? destination)
  }

  private context({ flow, state }: Tracked, sides: PacketContext): PacketContext {
    const status = flow && statusOf(flow, flow.seenReply || this.table.find(flow.original, this.now) !== undefined)
    return { ...sides, state, ...(status && { status }), addresses: this.addresses }
  }

  private filter(hook: FilterHook, packet: Packet, tracked: Tracked, sides: PacketContext): HookFiltered {
    const context = this.context(tracked, sides)
    return { ...evaluateHook(this.router.chains, hook, packet, context), context }
  }

  /** The flow that this packet begins, while it is not confirmed: only then translation rules are asked. */
  private begun({ flow, state }: Tracked): Flow | undefined {
    return flow && state === 'new' && !this.table.find(flow.original, this.now) ? flow : undefined
  }

  private natRule(at: keyof Omit<NatRules, 'family'>, packet: Packet, tracked: Tracked, sides: PacketContext) {
    return natRuleFor(this.router.nat?.[at] ?? [], packet, this.context(tracked, sides))
  }

  private translates({ destination }: Packet): boolean {
    const { nat } = this.router
    return nat !== undefined && sees(nat.family ?? 'ip', destination)
  }

  private bindDestination(at: 'prerouting' | 'output', packet: Packet, tracked: Tracked, sides: PacketContext): Bound {
    const flow = this.begun(tracked)
    const rule = flow && this.translates(packet) ? this.natRule(at, packet, tracked, sides) : undefined
    const to = rule && this.newDestination(rule.translation, packet, sides.iif)
    return flow && rule && to
      ? { tracked: { ...tracked, flow: translateDestination(flow, to) }, natRule: rule.index }
      : { tracked }
  }

  private newDestination(translation: Translation, { destination }: Packet, iif: string | undefined) {
    if (translation.kind === 'dnat') return translation.to
    if (translation.kind !== 'redirect') return undefined
    const v4 = familyOf(destination) === 4
    const address = iif === undefined ? (v4 ? '127.0.0.1' : '::1') : addressOn(this.router, iif, destination)
    return address === undefined
      ? undefined
      : { address, ...(translation.port !== undefined && { port: translation.port }) }
  }

  /** Even where no rule matches the pair must be nobody else's, or answers could not be told apart. */
  private bindSource(
    at: 'postrouting' | undefined,
    packet: Packet,
    tracked: Tracked,
    sides: PacketContext & { readonly oif?: string },
  ): Bound | undefined {
    const flow = this.begun(tracked)
    if (!flow || !this.translates(packet)) return { tracked }
    const rule = at && this.natRule(at, packet, tracked, sides)
    const to = (rule && this.newSource(rule.translation, packet, sides.oif)) ?? { address: packet.source }
    const next = translateSource(this.table, flow, to, this.now, this.options.chance)
    return next && { tracked: { ...tracked, flow: next }, ...(rule && { natRule: rule.index }) }
  }

  private newSource(translation: Translation, { destination }: Packet, oif: string | undefined) {
    if (translation.kind === 'snat') return translation.to
    const address = translation.kind === 'masquerade' && oif !== undefined && addressOn(this.router, oif, destination)
    return address ? { address } : undefined
  }

  private translated(packet: Packet, { flow, direction }: Tracked, part: 'source' | 'destination'): Packet {
    return flow && direction && this.translates(packet) ? rewrite(packet, flow, direction, part) : packet
  }

  /** Linux: nf_conntrack_confirm, when nothing can drop the packet any more. */
  private confirm(tracked: Tracked): void {
    const flow = this.begun(tracked)
    if (flow) this.table.confirm(flow)
  }

  private step(
    at: Stop,
    packet: Packet,
    { state }: Tracked,
    sides: Pick<Step, 'iif' | 'oif'>,
    { filtered, natRule }: { readonly filtered?: HookFiltered; readonly natRule?: number } = {},
  ): void {
    this.steps.push({
      at,
      packet,
      ...sides,
      state,
      ...(filtered?.chain && { filtered }),
      ...(natRule !== undefined && { natRule }),
    })
  }

  private ends(end: WalkEnd): Walk {
    return { steps: this.steps, end }
  }

  private dropped(why: Extract<WalkEnd, { kind: 'dropped' }>['why'], answer?: Walk): Walk {
    return this.ends({ kind: 'dropped', why, ...(answer && { answer }) })
  }

  private refuses({ action }: HookFiltered, packet: Packet, tracked: Tracked): Walk {
    if (action === 'drop') return this.dropped('rule')
    const answer = this.answer(refusal(action, packet, this.speaker(packet)), tracked)
    return this.ends({ kind: 'rejected', action, ...(answer && { answer }) })
  }

  /** The way of the router's answer to a packet: it belongs to that packet's flow, as `related` (Linux: nf_ct_attach). */
  private answer(packet: Packet | undefined, { flow, direction }: Tracked): Walk | undefined {
    if (!packet) return undefined
    const carried: Tracked | undefined = flow &&
      direction && { state: 'related', flow, direction: direction === 'original' ? 'reply' : 'original' }
    return new Way(this.router, this.table, this.options).leaves(packet, carried)
  }
}

interface Bound {
  readonly tracked: Tracked
  readonly natRule?: number
}

/** A RST is never answered, nor an ICMP error (RFC 9293 section 3.5.2, RFC 1122 section 3.2.2). */
function refusal(action: Action, packet: Packet, from: Address): Packet | undefined {
  const { transport } = packet
  if (action === 'reset')
    return transport.protocol === 'tcp' && !transport.flags.rst ? reset(packet, transport) : undefined
  const icmp = transport.protocol === 'icmp' || transport.protocol === 'icmp6'
  if (icmp && isError(transport)) return undefined
  switch (action) {
    case 'port-unreachable':
      return unreachable(packet, 'port', from)
    case 'host-unreachable':
      return unreachable(packet, 'host', from)
    case 'admin-prohibited':
      return unreachable(packet, 'admin-prohibited', from)
    default:
      return undefined
  }
}
