import { familyOf, unmapped } from '../net/address'
import type { Address } from '../net/address'
import type { Cluster, Pod, ServiceEntry } from '../net/cluster'
import { serviceRoute } from '../net/cluster'
import type { ConnTrack } from '../net/conntrack'
import type { Arrival, Passage, Site } from '../net/exposure'
import { arrive, siteHost } from '../net/exposure'
import type { Action, Match, PacketContext } from '../net/filter'
import { chainsOn, evaluate, matches } from '../net/filter'
import type { Host } from '../net/host'
import { handshake, knownFlows } from '../net/known-flows'
import type { NatRule } from '../net/nat'
import type { Packet } from '../net/packet'
import { tupleOf } from '../net/packet'
import { inPrefix } from '../net/prefix'
import type { Publish } from '../net/publish'
import type { Why } from '../net/receive'
import { receive } from '../net/receive'
import { unreachable } from '../net/refusal'
import type { Stop, Walk, WalkEnd } from '../net/router'
import { routeTo, walkIn } from '../net/router'
import type { Socket } from '../net/socket'
import { SocketTable, covers } from '../net/socket-table'
import type { Endpoint, FiveTuple } from '../net/tuple'
import { endpointText } from '../net/tuple'
import type { Client, Parcel, Sandbox, SandboxChain, SandboxPod, SandboxService } from './sandbox'
import { ownAddresses } from './sandbox'
import { packetOf, siteOf } from './site'

/** A condition of a rule. */
export type Condition = keyof Match

/** A rule that a packet was held against, and the first of its conditions that did not hold; undefined where all did. */
export interface Trial {
  readonly rule: number
  readonly fails: Condition | undefined
}

/** Why a socket gets a packet, or why it does not although it has the number that is asked for. */
export type SocketReason =
  /** It gets the packet. */
  | 'takes'
  | 'other-protocol'
  | 'other-address'
  /** IPv6 only, or IPv4 only. */
  | 'other-family'
  /** It is connected with somebody else. */
  | 'other-peer'
  /** It would take newcomers, but this packet begins nothing. */
  | 'no-newcomer'
  /** Another one fits more exactly. */
  | 'less-exact'

export interface SocketTrial {
  readonly socket: Socket
  readonly reason: SocketReason
}

/** A stop on a packet's way, in order; `back` for those of the answer. */
export type Step = { readonly back?: true } & (
  | { readonly kind: 'sent'; readonly packet: Packet }
  /**
   * It never gets there: a private or cluster address, asked for from where no router knows it (RFC 1918, RFC 4193), or a
   * number that a Service does not have at its address.
   */
  | { readonly kind: 'unrouted'; readonly why: 'private' | 'cluster' | 'no-service-port' }
  | {
      readonly kind: 'service'
      readonly entry: ServiceEntry
      readonly service: SandboxService
      readonly port: SandboxService['ports'][number]
      /** The Pod that gets it, and its port; `none` when no Pod is ready, undefined when nobody knows the Pods. */
      readonly to: { readonly pod: string; readonly port: number } | 'none' | undefined
    }
  | {
      readonly kind: 'translated'
      readonly at: Stop
      readonly before: Packet
      readonly after: Packet
      /** The mapping or rule; undefined when the table of flows still knew what to do. */
      readonly by:
        | { readonly container: string; readonly publish: Publish }
        | { readonly service: string }
        | { readonly rule: NatRule }
        | undefined
    }
  | { readonly kind: 'routed'; readonly oif: string | undefined }
  | {
      readonly kind: 'chain'
      readonly chain: SandboxChain
      readonly context: PacketContext
      readonly trials: readonly Trial[]
      readonly by: number | 'policy'
      readonly action: Action
      /** Rules that could not be read stand before the one that decided. */
      readonly uncertain: boolean
    }
  | { readonly kind: 'dropped'; readonly why: 'martian' | 'no-port' | 'no-route' | 'ttl' }
  | {
      readonly kind: 'sockets'
      readonly host: string
      readonly tuple: FiveTuple | undefined
      readonly trials: readonly SocketTrial[]
      readonly why: Why
    }
  | { readonly kind: 'proxy'; readonly container: string; readonly publish: Publish; readonly socket: Socket }
  | {
      readonly kind: 'answer'
      readonly packet: Packet
      readonly heard: boolean
      /** It goes past the machine: from whom the sender expects it, or from somebody whom it has not called. */
      readonly straight?: 'fits' | 'misfit'
    }
)

export type StepKind = Step['kind']

/** How it ends for the one who sent it. */
export type Ending =
  /** Its client has no address of that family. */
  | { readonly kind: 'unsent' }
  | {
      readonly kind: 'delivered'
      readonly host: string
      readonly socket: Socket
      readonly newcomer: boolean
    }
  | { readonly kind: 'service'; readonly service: string }
  | { readonly kind: 'pong' }
  | { readonly kind: 'refused'; readonly by: 'host' | 'rule' | 'service'; readonly how: 'rst' | 'icmp' | 'silent' }
  | { readonly kind: 'silence' }
  /** It is served, but the answer comes from somebody else than the one who was called. */
  | { readonly kind: 'misfit' }
  /** It goes on to where the sandbox has nobody. */
  | { readonly kind: 'left'; readonly packet: Packet; readonly oif: string }

/** What becomes of one parcel. */
export interface Story {
  readonly parcel: Parcel
  readonly packet: Packet | undefined
  readonly steps: readonly Step[]
  /** Which of the steps decided. */
  readonly decider: number
  readonly ending: Ending
  /** What the sender hears, if anything. */
  readonly heard: Packet | undefined
}

/** The conditions in the order in which they are held against a packet, each as a rule with that condition alone. */
const CONDITIONS: readonly (readonly [Condition, (match: Match) => Match])[] = [
  ['protocol', ({ protocol }) => ({ ...(protocol && { protocol }) })],
  ['iif', ({ iif }) => ({ ...(iif !== undefined && { iif }) })],
  ['oif', ({ oif }) => ({ ...(oif !== undefined && { oif }) })],
  ['source', ({ source }) => ({ ...(source !== undefined && { source }) })],
  ['destination', ({ destination }) => ({ ...(destination !== undefined && { destination }) })],
  ['sourcePort', ({ sourcePort }) => ({ ...(sourcePort && { sourcePort }) })],
  ['destinationPort', ({ destinationPort }) => ({ ...(destinationPort && { destinationPort }) })],
  ['state', ({ state }) => ({ ...(state && { state }) })],
  ['status', ({ status }) => ({ ...(status && { status }) })],
  ['local', ({ local }) => ({ ...(local !== undefined && { local }) })],
]

/** The first condition of a rule that a packet does not meet; undefined when it meets all. */
export const failing = (match: Match, packet: Packet, context: PacketContext = {}): Condition | undefined =>
  CONDITIONS.find(([, alone]) => !matches(alone(match), packet, context))?.[0]

const trialsOf = (
  { rules }: SandboxChain,
  packet: Packet,
  context: PacketContext,
  by: number | 'policy',
): readonly Trial[] =>
  rules.slice(0, by === 'policy' ? rules.length : by + 1).map(({ match, action }, rule) => {
    // A reset can only answer TCP: nft adds that condition by itself.
    const asked: Match = action === 'reset' ? { protocol: 'tcp', ...match } : match
    return { rule, fails: rule === by ? undefined : failing(asked, packet, context) }
  })

/** Every chain of a hook that read the packet, down to the one that decided. */
function chainSteps(sandbox: Sandbox, { at, packet, filtered }: Walk['steps'][number]): readonly Step[] {
  if (!filtered?.chain || (at !== 'input' && at !== 'forward' && at !== 'output')) return []
  const context = filtered.context ?? {}
  const steps: Step[] = []
  for (const read of chainsOn(sandbox.chains, at)) {
    const chain = sandbox.chains.find((one) => one === read)
    const { action, by } = evaluate(read, packet, context)
    if (by === 'unseen' || !chain) continue
    const last = by === 'policy' ? chain.rules.length : by
    const uncertain =
      chain.gaps?.some(({ at: place, match }) => place <= last && matches(match, packet, context)) ?? false
    steps.push({
      kind: 'chain',
      chain,
      context,
      trials: trialsOf(chain, packet, context, by),
      by,
      action,
      uncertain,
    })
    if (action !== 'accept') break
  }
  return steps
}

const endsOf = (packet: Packet): string => {
  const tuple = tupleOf(packet)
  return tuple
    ? `${endpointText(tuple.source)} ${endpointText(tuple.destination)}`
    : `${packet.source} ${packet.destination}`
}

/** A walk as steps. `passed` are the translations that the site names, in their order. */
function walkSteps(sandbox: Sandbox, walk: Walk, first: Packet, passed: readonly Passage[]): readonly Step[] {
  const translations = passed.filter(({ kind }) => kind === 'publish' || kind === 'forward')
  const steps: Step[] = []
  let before = first
  walk.steps.forEach((step, index) => {
    const { at, packet, natRule } = step
    const isFirst = at === 'prerouting' || at === 'output'
    const passage = natRule !== undefined && isFirst ? translations.shift() : undefined
    const postrouting = at === 'postrouting' && natRule !== undefined ? sandbox.nat?.postrouting[natRule] : undefined
    const changed = endsOf(before) !== endsOf(packet)
    const translated: readonly Step[] = changed
      ? [{ kind: 'translated', at, before, after: packet, by: byOf(passage, postrouting) }]
      : []
    const chains = chainSteps(sandbox, step)
    // In prerouting and output the destination is translated first, and the rules read the new one.
    steps.push(...(isFirst ? [...translated, ...chains] : [...chains, ...translated]))
    if (at === 'prerouting' && step.iif !== 'lo') {
      const next = walk.steps[index + 1]
      if (next?.at === 'input') steps.push({ kind: 'routed', oif: undefined })
      if (next?.at === 'forward') steps.push({ kind: 'routed', oif: next.oif })
    }
    before = packet
  })
  if (walk.end.kind === 'dropped' && walk.end.why !== 'rule') steps.push({ kind: 'dropped', why: walk.end.why })
  return steps
}

function byOf(passage: Passage | undefined, rule: NatRule | undefined) {
  if (passage?.kind === 'publish') return { container: passage.container.host.name, publish: passage.publish }
  if (passage?.kind === 'forward') return { rule: passage.rule }
  return rule && { rule }
}

/** The sockets with the number that is asked for, the one that gets the packet first, each with its reason. */
function socketTrials(host: Host, tuple: FiveTuple, taker: string | undefined): readonly SocketTrial[] {
  const { address, port } = tuple.destination
  const reasonOf = (socket: Socket): SocketReason => {
    if (socket.id === taker) return 'takes'
    if (socket.protocol !== tuple.protocol) return 'other-protocol'
    if (socket.peer) {
      const same = unmapped(socket.local.address) === address
      return same ? 'other-peer' : 'other-address'
    }
    if (!covers(socket, address)) {
      const wildcard = socket.local.address === '0.0.0.0' || socket.local.address === '::'
      return wildcard ? 'other-family' : 'other-address'
    }
    return taker === undefined ? 'no-newcomer' : 'less-exact'
  }
  return host.table
    .sockets()
    .filter(({ local }) => local.port === port)
    .map((socket) => ({ socket, reason: reasonOf(socket) }))
    .toSorted((a, b) => Number(b.reason === 'takes') - Number(a.reason === 'takes'))
}

/** Networks that no router of the internet knows: RFC 1918, RFC 6598, RFC 3927, RFC 4193, RFC 4291 section 2.5.6. */
const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '169.254.0.0/16']
const PRIVATE6 = ['fc00::/7', 'fe80::/10']

/** True for an address that is not known in the internet. */
export const isPrivate = (address: Address): boolean =>
  (familyOf(address) === 4 ? PRIVATE : PRIVATE6).some((prefix) => inPrefix(prefix, address))

/** The Service that a packet is for, by the addresses of the sandbox's machine as a node, and the Pod that gets it. */
function serviceFor(sandbox: Sandbox, packet: Packet, number: number): Served | undefined {
  const { name, services } = sandbox
  if (services.length === 0) return undefined
  const node = { name, addresses: ownAddresses(sandbox), table: new SocketTable() }
  const cluster: Cluster = {
    nodes: [node],
    services: services.map((one, index) => ({ ...one, selector: { service: String(index) } })),
    pods: services.flatMap((one, index) => (one.pods ?? []).map((pod) => podOf(pod, index))),
  }
  // With every further packet it is another Pod's turn. The node takes one by chance; here one can see them all.
  const turn = number % 7
  const ready = (count: number) => ((turn % count) + 0.5) / count
  const asked = serviceRoute(cluster, packet, () => 0)
  if (asked.kind === 'none') return undefined
  const place = cluster.services.findIndex((one) => one === asked.service)
  const service = services[place]
  const port = service?.ports.find((one) => one.port === asked.port.port && one.protocol === asked.port.protocol)
  if (!service || !port) return undefined
  const found = { kind: 'service', entry: asked.entry, service, port } as const
  if (!service.pods) return { step: { ...found, to: undefined }, end: undefined }
  const count = service.pods.filter((pod) => pod.ready !== false).length
  const route = serviceRoute(cluster, packet, () => ready(Math.max(1, count)))
  if (route.kind !== 'routed') return { step: { ...found, to: 'none' }, end: undefined }
  const { pod, address, port: target } = route.endpoint
  return { step: { ...found, to: { pod: pod.host.name, port: target } }, end: { address, port: target } }
}

interface Served {
  readonly step: Extract<Step, { kind: 'service' }>
  readonly end: Endpoint | undefined
}

const podOf = ({ name, addresses, ready = true }: SandboxPod, service: number): Pod => ({
  host: { name, addresses, table: new SocketTable() },
  labels: { service: String(service) },
  containerPorts: [],
  ready,
})

/**
 * The site with the rules that a node has for a Service: the destination becomes the Pod's, and what comes from outside the
 * cluster gets the node's own address, so that the answer comes back this way (Kubernetes: Virtual IPs and Service Proxies).
 */
function withService(
  site: Site,
  packet: Packet,
  { step, end }: Served,
): { readonly site: Site; readonly rule?: NatRule } {
  const tuple = tupleOf(packet)
  if (!end || !tuple) return { site }
  const { protocol, destination } = tuple
  const rule: NatRule = {
    match: { protocol, destination: destination.address, destinationPort: [destination.port] },
    translation: { kind: 'dnat', to: end },
  }
  const { prerouting = [], output = [], postrouting = [], ...family } = site.router.nat ?? {}
  const own: readonly NatRule[] =
    step.entry === 'clusterIP'
      ? []
      : [{ match: { destination: end.address, status: ['dnat'] }, translation: { kind: 'masquerade' } }]
  const nat = {
    ...family,
    ...(familyOf(end.address) === 6 && { family: 'inet' as const }),
    prerouting: [rule, ...prerouting],
    output: [rule, ...output],
    postrouting: [...postrouting, ...own],
  }
  return { site: { ...site, router: { ...site.router, nat } }, rule }
}

/** True where somebody's packets for a cluster address are known: on the node itself, or where the Pods are. */
function isInCluster({ interfaces, services }: Sandbox, { role, iif }: Client): boolean {
  const pods = services.flatMap(({ pods: own = [] }) => own.flatMap(({ addresses }) => addresses))
  const router = { interfaces, chains: [] }
  return role === 'here' || pods.some((address) => routeTo(router, address) === iif)
}

/** What a parcel meets, told from a site with a table of flows, which changes. `number` is its place among the parcels. */
function tell(
  sandbox: Sandbox,
  before: Site,
  flows: ConnTrack,
  parcel: Parcel,
  number: number,
): Story & { readonly arrival?: Arrival } {
  const packet = packetOf(sandbox, parcel)
  const client = sandbox.clients[parcel.client]
  const none = { parcel, packet, heard: undefined }
  if (!packet || !client) return { ...none, steps: [], decider: 0, ending: { kind: 'unsent' } }
  const sent: Step = { kind: 'sent', packet }
  const unrouted = (why: Extract<Step, { kind: 'unrouted' }>['why']): Story => ({
    ...none,
    steps: [sent, { kind: 'unrouted', why }],
    decider: 1,
    ending: { kind: 'silence' },
  })
  if (client.role === 'internet' && isPrivate(packet.destination)) return unrouted('private')
  const served = serviceFor(sandbox, packet, number)
  if (served?.step.entry === 'clusterIP' && !isInCluster(sandbox, client)) return unrouted('cluster')
  if (!served && sandbox.services.some(({ clusterIP }) => clusterIP === packet.destination))
    return unrouted('no-service-port')
  if (served && !served.end) {
    const steps: Step[] = [sent, served.step]
    if (served.step.to === undefined)
      return { ...none, steps, decider: 1, ending: { kind: 'service', service: served.step.service.name } }
    // Without a ready Pod the node itself refuses (Kubernetes: kube-proxy).
    const heard = unreachable(packet, 'port')
    steps.push({ back: true, kind: 'answer', packet: heard, heard: true })
    return { ...none, heard, steps, decider: 1, ending: { kind: 'refused', by: 'service', how: 'icmp' } }
  }
  const { site, rule } = served ? withService(before, packet, served) : { site: before }
  const arrival = arrive(site, packet, client.iif, flows)
  const { walk, through, verdict, back, answer } = arrival
  // A connection that has begun stays with its Pod: the rules are asked for its first packet only.
  const begins = served && through.some((one) => one.kind === 'forward' && one.rule === rule) ? served.step : undefined
  const way = walkSteps(sandbox, walk, packet, through).map((step): Step => {
    const isOwn = step.kind === 'translated' && (!step.by || ('rule' in step.by && step.by.rule === rule))
    return isOwn && begins ? { ...step, by: { service: begins.service.name } } : step
  })
  const steps: Step[] = [sent, ...(begins ? [begins] : []), ...way]
  const { end } = walk
  const host = end.kind === 'local' ? siteHost(site) : end.kind === 'sent' ? behindAt(site, end) : undefined
  let decider = steps.length - 1
  let hostAnswer: Packet | undefined
  if (host && verdict && (end.kind === 'local' || end.kind === 'sent')) {
    const { why, answer: reply } = receive(host, end.packet)
    hostAnswer = reply
    const tuple = tupleOf(end.packet)
    const taker = 'socket' in verdict ? verdict.socket : undefined
    const told = taker === undefined ? undefined : host.table.get(taker)
    const trials = tuple ? socketTrials(host, tuple, taker) : told ? [{ socket: told, reason: 'takes' as const }] : []
    steps.push({ kind: 'sockets', host: host.name, tuple, trials, why })
    decider = steps.length - 1
    const proxy = through.find(({ kind }) => kind === 'proxy')
    const inside = through.at(-1)
    if (proxy?.kind === 'proxy' && inside?.kind === 'listener')
      steps.push({
        kind: 'proxy',
        container: proxy.container.host.name,
        publish: proxy.publish,
        socket: inside.socket,
      })
  }
  // Between Pods the node's own rules also see what stays on one bridge.
  const straight = served ? undefined : isStraight(sandbox, packet, end, client, hostAnswer)
  if (straight && hostAnswer) {
    steps.push({ back: true, kind: 'answer', packet: hostAnswer, heard: true, straight })
    return {
      parcel,
      packet,
      steps,
      decider: straight === 'misfit' ? steps.length - 1 : decider,
      ending: straight === 'misfit' ? { kind: 'misfit' } : endingOf(arrival, undefined),
      heard: hostAnswer,
      arrival,
    }
  }
  const returned = back ?? (end.kind === 'rejected' || end.kind === 'dropped' ? end.answer : undefined)
  const sentBack = returned && (hostAnswer ?? packetOfWalk(returned))
  if (returned && sentBack) {
    steps.push({ back: true, kind: 'answer', packet: sentBack, heard: answer !== undefined })
    const way = walkSteps(sandbox, returned, sentBack, []).filter(({ kind }) => kind !== 'routed')
    steps.push(...way.map((step): Step => ({ ...step, back: true })))
  }
  return { parcel, packet, steps, decider, ending: endingOf(arrival, returned), heard: answer, arrival }
}

/**
 * Whether the answer of a host behind the machine goes past it: both live on one side, and the sender kept its own address.
 * Then nobody undoes a translated destination, and the answer comes from somebody who was not called.
 */
function isStraight(
  { interfaces }: Sandbox,
  sent: Packet,
  end: WalkEnd,
  { iif }: Client,
  answer: Packet | undefined,
): 'fits' | 'misfit' | undefined {
  if (end.kind !== 'sent' || end.oif !== iif || end.packet.source !== sent.source || !answer) return undefined
  const onLink = interfaces.some(
    ({ name, addresses }) =>
      name === iif &&
      addresses.some((prefix) => [sent.source, end.packet.destination].every((one) => inPrefix(prefix, one))),
  )
  if (!onLink) return undefined
  const [asked, answered] = [tupleOf(sent), tupleOf(answer)]
  const same = asked && answered && endpointText(answered.source) === endpointText(asked.destination)
  return same ? 'fits' : 'misfit'
}

const packetOfWalk = ({ steps, end }: Walk): Packet | undefined =>
  steps[0]?.packet ?? ('packet' in end ? end.packet : undefined)

const behindAt = ({ containers = [], behind = [] }: Site, end: Extract<WalkEnd, { kind: 'sent' }>): Host | undefined =>
  [...containers.map(({ host }) => host), ...behind].find(({ addresses }) => addresses.includes(end.packet.destination))

function endingOf({ walk: { end }, verdict, through }: Arrival, returned: Walk | undefined): Ending {
  const last = through.at(-1)
  if (end.kind === 'sent' && !verdict) return { kind: 'left', packet: end.packet, oif: end.oif }
  if (end.kind === 'rejected') {
    const packet = returned && packetOfWalk(returned)
    const how = !packet ? 'silent' : packet.transport.protocol === 'tcp' ? 'rst' : 'icmp'
    return { kind: 'refused', by: 'rule', how }
  }
  switch (verdict?.kind) {
    case 'listener':
    case 'connection':
      return last?.kind === 'listener'
        ? { kind: 'delivered', host: last.host.name, socket: last.socket, newcomer: verdict.kind === 'listener' }
        : { kind: 'silence' }
    case 'rst':
    case 'icmp':
      return { kind: 'refused', by: 'host', how: verdict.kind }
    case 'echo-reply':
      return { kind: 'pong' }
    default:
      return { kind: 'silence' }
  }
}

/** The site after a parcel: a SYN that was taken leaves a connection, a FIN or RST that was delivered ends one. */
function after(site: Site, { walk: { end }, verdict }: Arrival, number: number): Site {
  if ((end.kind !== 'local' && end.kind !== 'sent') || !verdict || !('socket' in verdict)) return site
  const { packet } = end
  const tuple = tupleOf(packet)
  if (tuple?.protocol !== 'tcp' || packet.transport.protocol !== 'tcp') return site
  const { fin, rst } = packet.transport.flags
  const made: Socket = {
    id: `made ${number}`,
    protocol: 'tcp',
    family: familyOf(tuple.destination.address),
    v6only: false,
    local: tuple.destination,
    peer: tuple.source,
    state: 'ESTAB',
    reuseaddr: false,
    reuseport: false,
    uid: 0,
  }
  const next = (sockets: readonly Socket[]) =>
    SocketTable.of(
      verdict.kind === 'listener'
        ? [...sockets, made]
        : fin || rst
          ? sockets.filter(({ id }) => id !== verdict.socket)
          : sockets,
    )
  if (end.kind === 'local') return { ...site, table: next(site.table.sockets()) }
  const change = (host: Host): Host =>
    host.addresses.includes(packet.destination) ? { ...host, table: next(host.table.sockets()) } : host
  const { containers = [], behind = [] } = site
  return {
    ...site,
    containers: containers.map((container) => ({ ...container, host: change(container.host) })),
    behind: behind.map(change),
  }
}

/** The flows that the machine remembers: of its own connections, and of calls that it has forwarded. */
function flowsOf(sandbox: Sandbox, site: Site): ConnTrack {
  const table = knownFlows(site.table.sockets())
  for (const { iif, from, to } of sandbox.calls ?? []) {
    const [syn] = handshake(from, to)
    const { end } = walkIn(site.router, table, syn, iif)
    const tuple = end.kind === 'sent' ? tupleOf(end.packet) : undefined
    if (end.kind !== 'sent' || !tuple) continue
    const [, answer] = handshake(tuple.source, tuple.destination)
    walkIn(site.router, table, answer, end.oif)
    const [, , last] = handshake(from, to)
    walkIn(site.router, table, last, iif)
  }
  return table
}

/**
 * What becomes of all parcels of a sandbox, one after the other: connections that came about and flows that are remembered
 * stay for the next. Everything is asked of the model; nothing is decided here.
 */
export function play(sandbox: Sandbox): readonly Story[] {
  let site = siteOf(sandbox)
  const flows = flowsOf(sandbox, site)
  return sandbox.parcels.map((parcel, number) => {
    const { arrival, ...story } = tell(sandbox, site, flows, parcel, number)
    if (arrival) site = after(site, arrival, number)
    return story
  })
}

/** What becomes of one parcel that is sent alone. */
export function knock(sandbox: Sandbox, parcel: Parcel): Story {
  const site = siteOf(sandbox)
  const { arrival: _, ...story } = tell(sandbox, site, flowsOf(sandbox, site), parcel, 0)
  return story
}
