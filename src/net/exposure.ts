import type { Address } from './address'
import { familyOf } from './address'
import { ConnTrack } from './conntrack'
import type { Chain } from './filter'
import type { Host } from './host'
import type { NatRule } from './nat'
import type { Packet } from './packet'
import { addressOf } from './prefix'
import type { Container, Publish } from './publish'
import { isFor, proxySockets } from './publish'
import { receive } from './receive'
import type { Router, Walk, WalkEnd } from './router'
import { addressesOf, sourceFor, walkIn, walkOut } from './router'
import type { Responder, ScannedPort, ScanTechnique } from './scan'
import { probePacket, scan } from './scan'
import type { Socket } from './socket'
import { SocketTable } from './socket-table'
import type { Endpoint, Protocol } from './tuple'
import type { Verdict } from './verdict'

/** A host with all that stands before its sockets: filter and translation, containers, and the hosts behind it. */
export interface Site {
  readonly name: string
  /** Its interfaces, packet filter and translation rules. */
  readonly router: Router
  /** Its own sockets. */
  readonly table: SocketTable
  readonly containers?: readonly Container[]
  /** Hosts to which it forwards. */
  readonly behind?: readonly Host[]
}

/** From where one looks: an address, and the interface of the site where its packets come in (`lo`: from the site itself). */
export interface Vantage {
  readonly address: Address
  readonly iif: string
  /** The source port of probes; 54321 if left out. */
  readonly port?: number
}

/** Something a packet passed on its way to a socket, in the order of the way. */
export type Passage =
  | { readonly kind: 'publish'; readonly container: Container; readonly publish: Publish }
  | { readonly kind: 'forward'; readonly rule: NatRule }
  /** A chain let it through, by a rule (from 0) or by its policy. */
  | { readonly kind: 'rule'; readonly chain: Chain; readonly by: number | 'policy' }
  /** The engine's own process took it and calls the container. */
  | { readonly kind: 'proxy'; readonly container: Container; readonly publish: Publish }
  | { readonly kind: 'listener'; readonly host: Host; readonly socket: Socket }

/** What becomes of a packet that is sent to a site. */
export interface Arrival {
  readonly walk: Walk
  readonly through: readonly Passage[]
  /** What the host does that gets it; undefined when none does. */
  readonly verdict?: Verdict
  /** The way back of the host's answer, if it has one. */
  readonly back?: Walk
  /** What comes back to the sender, if it gets that far. */
  readonly answer?: Packet
}

/** A socket that can be reached, under which number, and how. */
export interface Exposed {
  readonly protocol: Protocol
  /** The address and port that are called. */
  readonly endpoint: Endpoint
  /** Whose socket it is in the end: the site's, a container's, or that of a host behind it. */
  readonly host: Host
  readonly socket: Socket
  readonly through: readonly Passage[]
}

/** The site's own host, with the sockets that publishing adds. */
export const siteHost = ({ name, router, table, containers = [] }: Site): Host => ({
  name,
  addresses: addressesOf(router),
  table: SocketTable.of([
    ...table.sockets(),
    ...containers.flatMap(({ published }) => published.flatMap((publish) => proxySockets(publish))),
  ]),
})

/** A destination NAT rule that publishing makes, and for which mapping. */
interface PublishRule {
  readonly rule: NatRule
  readonly container: Container
  readonly publish: Publish
}

/** The rules that the engine writes: for each mapping and each address of the host that it is for. */
const publishRules = ({ router, containers = [] }: Site): readonly PublishRule[] =>
  containers.flatMap((container) =>
    container.published.flatMap((publish) =>
      addressesOf(router).flatMap((destination): readonly PublishRule[] => {
        const address = container.host.addresses.find((own) => familyOf(own) === familyOf(destination))
        if (address === undefined || !isFor(publish, destination)) return []
        const { protocol, hostPort, containerPort } = publish
        const match = { protocol, destination, destinationPort: [hostPort] }
        return [
          {
            rule: { match, translation: { kind: 'dnat', to: { address, port: containerPort } } },
            container,
            publish,
          },
        ]
      }),
    ),
  )

/** A site ready for packets: its router with the engine's rules before its own, and its own host. */
interface Prepared {
  readonly published: readonly PublishRule[]
  readonly router: Router
  readonly host: Host
}

/** A site is prepared once, however many packets it meets. */
const known = new WeakMap<Site, Prepared>()

function prepared(site: Site): Prepared {
  const made = known.get(site) ?? prepare(site)
  known.set(site, made)
  return made
}

function prepare(site: Site): Prepared {
  const published = publishRules(site)
  const rules = published.map(({ rule }) => rule)
  const { prerouting = [], output = [], postrouting = [] } = site.router.nat ?? {}
  const nat = { prerouting: [...rules, ...prerouting], output: [...rules, ...output], postrouting }
  return { published, router: { ...site.router, nat }, host: siteHost(site) }
}

/**
 * Sends one packet to a site and brings its answer back: through translation and filter, to the site's own sockets, into a
 * container or on to a host behind it. Each call begins with an empty table of flows unless one is given.
 */
export function arrive(site: Site, packet: Packet, iif: string, flows = new ConnTrack()): Arrival {
  const { published, router, host: own } = prepared(site)
  const here = iif === 'lo'
  const walk = here ? walkOut(router, flows, packet) : walkIn(router, flows, packet, iif)
  const through = passagesOf(walk, published, router)
  const refusal = refusalOf(walk.end)
  if (walk.end.kind !== 'local' && walk.end.kind !== 'sent') {
    return { walk, through, ...(refusal && { answer: refusal }) }
  }
  const host = walk.end.kind === 'local' ? own : hostAt(site, walk.end.packet.destination)
  if (!host) return { walk, through }
  const { verdict, answer } = receive(host, walk.end.packet)
  const oif = walk.end.kind === 'sent' ? walk.end.oif : undefined
  const back = answer && (oif === undefined ? walkOut(router, flows, answer) : walkIn(router, flows, answer, oif))
  const heard = back && deliveredBy(back.end)
  return {
    walk,
    through: [...through, ...('socket' in verdict ? reachedBy(site, host, verdict.socket) : [])],
    verdict,
    ...(back && { back }),
    ...(heard && { answer: heard }),
  }
}

/** The packet as it leaves a walk, if it does. */
const deliveredBy = (end: WalkEnd): Packet | undefined =>
  end.kind === 'sent' || end.kind === 'local' ? end.packet : undefined

/** The reset or ICMP error with which a packet was refused on its way. */
const refusalOf = (end: WalkEnd): Packet | undefined =>
  (end.kind === 'rejected' || end.kind === 'dropped') && end.answer ? deliveredBy(end.answer.end) : undefined

const hostAt = ({ containers = [], behind = [] }: Site, address: Address): Host | undefined =>
  [...containers.map(({ host }) => host), ...behind].find(({ addresses }) => addresses.includes(address))

/** What let the packet pass at each stop of its way. */
const passagesOf = ({ steps }: Walk, published: readonly PublishRule[], router: Router): readonly Passage[] =>
  steps.flatMap(({ at, natRule, filtered }): readonly Passage[] => {
    const list = at === 'prerouting' ? router.nat?.prerouting : at === 'output' ? router.nat?.output : undefined
    const rule = natRule === undefined ? undefined : list?.[natRule]
    const one = published.find((candidate) => candidate.rule === rule)
    const { chain, by, action } = filtered ?? {}
    return [
      ...(one ? [{ kind: 'publish', container: one.container, publish: one.publish } as const] : []),
      ...(rule && !one ? [{ kind: 'forward', rule } as const] : []),
      ...(chain && action === 'accept' && by !== undefined && by !== 'unseen'
        ? [{ kind: 'rule', chain, by } as const]
        : []),
    ]
  })

/** The socket that got the packet. Behind the engine's proxy it is the one in the container that the proxy reaches. */
function reachedBy(site: Site, host: Host, id: string): readonly Passage[] {
  const socket = host.table.get(id)
  if (!socket) return []
  const listener = { kind: 'listener', host, socket } as const
  for (const container of site.containers ?? []) {
    const publish = container.published.find((one) => proxySockets(one).some((proxy) => proxy.id === id))
    const address = container.host.addresses[0]
    if (!publish || address === undefined || host.name !== site.name) continue
    const source = { address: sourceFor(site.router, address) ?? address, port: 54321 }
    const call = probePacket(publish.protocol, source, { address, port: publish.containerPort })
    const { verdict } = receive(container.host, call)
    const inside = 'socket' in verdict ? container.host.table.get(verdict.socket) : undefined
    const proxy = { kind: 'proxy', container, publish } as const
    return inside ? [proxy, { kind: 'listener', host: container.host, socket: inside }] : [proxy, listener]
  }
  return [listener]
}

/** What somebody at this place hears from the site. */
export const responderOf =
  (site: Site, { iif }: Vantage): Responder =>
  (probe) =>
    arrive(site, probe, iif).answer

const PROBE_PORT = 54321

/** A port scan of one of the site's addresses from a place. */
export const scanSite = (
  site: Site,
  vantage: Vantage,
  technique: ScanTechnique,
  target: Address,
  ports: readonly number[],
): readonly ScannedPort[] =>
  scan(responderOf(site, vantage), {
    technique,
    source: { address: vantage.address, port: vantage.port ?? PROBE_PORT },
    target,
    ports,
  })

/** The numbers at which something could answer: the ports of all sockets, of mappings and of translation rules. */
function candidates(site: Site, protocol: Protocol): readonly number[] {
  const { router, containers = [], behind = [] } = site
  const sockets = [siteHost(site), ...behind].flatMap(({ table }) => table.sockets())
  const rules = [...(router.nat?.prerouting ?? []), ...(router.nat?.output ?? [])]
  const ports = [
    ...sockets.filter((socket) => socket.protocol === protocol && !socket.peer).map(({ local }) => local.port),
    ...containers.flatMap(({ published }) =>
      published.filter((publish) => publish.protocol === protocol).map(({ hostPort }) => hostPort),
    ),
    ...rules
      .filter(({ match }) => match.protocol === undefined || match.protocol === protocol)
      .flatMap(({ match }) => match.destinationPort ?? [])
      .flatMap((wanted) =>
        typeof wanted === 'number'
          ? [wanted]
          : Array.from({ length: wanted.to - wanted.from + 1 }, (_, index) => wanted.from + index),
      ),
  ]
  return [...new Set(ports)].toSorted((a, b) => a - b)
}

/**
 * What somebody at this place reaches at an address and port of the site: a first packet is sent there. A TCP port counts
 * when SYN and ACK come back, a UDP port when a socket gets the datagram.
 */
export function reach(site: Site, vantage: Vantage, protocol: Protocol, endpoint: Endpoint): Exposed | undefined {
  const { address, iif, port = PROBE_PORT } = vantage
  const { verdict, answer, through } = arrive(site, probePacket(protocol, { address, port }, endpoint), iif)
  const last = through.at(-1)
  const isReached = verdict?.kind === 'listener' && (protocol === 'udp' || answer !== undefined)
  return isReached && last?.kind === 'listener'
    ? { protocol, endpoint, host: last.host, socket: last.socket, through }
    : undefined
}

/**
 * Everything that somebody at this place can reach, by the addresses of the interface where their packets come in (from the
 * site itself: all of its addresses and loopback): every number is tried at which something could answer. TCP first, by port.
 */
export function exposure(site: Site, vantage: Vantage): readonly Exposed[] {
  const addresses = dialled(site, vantage)
  return (['tcp', 'udp'] as const).flatMap((protocol) =>
    candidates(site, protocol).flatMap((port) =>
      addresses.flatMap((address) => reach(site, vantage, protocol, { address, port }) ?? []),
    ),
  )
}

/** The addresses of the site that somebody at this place would call. */
function dialled({ router }: Site, { address, iif }: Vantage): readonly Address[] {
  const sameFamily = (other: Address) => familyOf(other) === familyOf(address)
  if (iif === 'lo') return [...addressesOf(router), '127.0.0.1', '::1'].filter(sameFamily)
  const there = router.interfaces.filter(({ name }) => name === iif).flatMap(({ addresses }) => addresses)
  return there.map(addressOf).filter(sameFamily)
}

/** A plain server: one interface, `eth0`, to everywhere. */
export const serverRouter = (addresses: readonly Address[], chains: readonly Chain[] = []): Router => ({
  interfaces: [
    { name: 'eth0', addresses: addresses.map((address) => `${address}/${familyOf(address) === 4 ? 24 : 64}`) },
  ],
  defaultRoute: 'eth0',
  chains,
})
