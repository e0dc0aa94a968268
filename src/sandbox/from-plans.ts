import type { Address } from '../net/address'
import type { Cluster } from '../net/cluster'
import { endpointsOf, targetPortOf } from '../net/cluster'
import type { Site } from '../net/exposure'
import { evaluate } from '../net/filter'
import type { Host } from '../net/host'
import type { Packet } from '../net/packet'
import { tupleOf } from '../net/packet'
import { inPrefix } from '../net/prefix'
import { parsePublish } from '../net/publish'
import { probePacket } from '../net/scan'
import type { Socket } from '../net/socket'
import type { Endpoint } from '../net/tuple'
import { annexSite } from '../shift/deal-annex'
import { balancerOf } from '../shift/deal-balancer'
import { clusterOf } from '../shift/deal-service'
import { LAN, streetSite } from '../shift/deal-street'
import type { BalancerPlan, ClusterPlan } from '../shift/reception-plan'
import type { Rollout } from '../shift/rollout'
import type { TellArrival } from '../shift/shift'
import type { AnnexPlan, StreetPlan } from '../shift/street-plan'
import { hostListening } from '../shift/wing'
import { bareSite, hostOf, sandboxOfSite, withPackets } from './from-site'
import { endpointFrom, natRuleFrom, ruleFrom } from './paste'
import type { Sandbox, SandboxService } from './sandbox'
import { MOST } from './sandbox'

const VISITOR: Endpoint = { address: '198.51.100.77', port: 51514 }

/** Where an errand about a written sign says that somebody calls. */
const dialled = ({ notes }: TellArrival): Endpoint | undefined => endpointFrom(notes.seen ?? '')

/** What somebody sends whose call is answered with this packet. */
const requestOf = (answer: Packet, to: Endpoint): Packet | undefined => {
  const tuple = tupleOf(answer)
  return tuple && probePacket('tcp', tuple.destination, to)
}

/**
 * A street door with the flats behind it and the calls that its list has; of an errand the packet, or for an answer that
 * leaves the house the call that it answers. `sign` is what was written in the place of the missing one.
 */
export function streetSandbox(
  plan: StreetPlan,
  sockets: readonly Socket[],
  arrival?: TellArrival,
  sign = '',
  annex?: AnnexPlan,
): Sandbox {
  const site = streetSite(plan, sockets)
  const isDock = ({ addresses }: Host) => annex !== undefined && addresses.includes(annex.host)
  const doors = plan.forwards.filter(({ to }) => to.address === annex?.host).map(({ to }) => ({ port: to.port }))
  const behind = site.behind?.map((host) => (isDock(host) ? hostListening(host.name, annex?.host ?? '', doors) : host))
  const base = withCalls(sandboxOfSite({ ...site, ...(behind && { behind }) }), plan)
  const rule = natRuleFrom(sign)
  const nat = base.nat && { ...base.nat, prerouting: [...base.nat.prerouting, ...(rule ? [rule] : [])] }
  const whole: Sandbox = {
    ...base,
    ...(nat && { nat }),
  }
  if (!arrival) return whole
  const { about, question } = arrival
  const seen = dialled(arrival)
  if (!about) return seen ? withPackets(whole, [probePacket('tcp', VISITOR, seen)]) : whole
  const tuple = tupleOf(about)
  const isAnswer = about.transport.protocol === 'tcp' && about.transport.flags.ack && question === 'rewrite'
  const forward = plan.forwards.find(({ to }) => to.address === tuple?.source.address && to.port === tuple.source.port)
  const through = isAnswer && annex ? plan.forwards.find(({ to }) => to.address === annex.host) : undefined
  const door = forward ?? through
  const came = isAnswer && door ? requestOf(about, { address: plan.street, port: door.port }) : undefined
  return withPackets(whole, [came ?? about])
}

/** The calls that flats have made: their own ends of them, and what the street door remembers. */
const withCalls = (sandbox: Sandbox, { calls }: StreetPlan): Sandbox => ({
  ...sandbox,
  behind: sandbox.behind.map((host) => ({
    ...host,
    sockets: [
      ...host.sockets,
      ...calls
        .filter(({ from }) => host.addresses.includes(from.address))
        .map(({ from, to }) => ({
          protocol: 'tcp' as const,
          local: { ...from },
          peer: { ...to },
          state: 'ESTAB' as const,
        })),
    ],
  })),
  calls: calls.slice(0, MOST.calls).map(({ from, to }) => ({ iif: LAN, from: { ...from }, to: { ...to } })),
})

/** A host with containers; of an errand the call, and what was written in the place of a missing sign. */
export function annexSandbox(plan: AnnexPlan, arrival?: TellArrival, sign = ''): Sandbox {
  const written = sign.startsWith('-p ') ? parsePublish(sign.slice(3)) : undefined
  const publish = written && 'hostPort' in written ? sign.slice(3) : undefined
  const containers = plan.containers.map((one) =>
    publish !== undefined && one.name === plan.missing?.container ? { ...one, signs: [publish] } : one,
  )
  const base = sandboxOfSite(annexSite({ ...plan, containers }))
  const whole = { ...base, interfaces: base.interfaces.map((one) => bridged(one, containers)) }
  if (!arrival) return whole
  const { about } = arrival
  const seen = dialled(arrival)
  if (about) return withPackets(whole, [about])
  if (!seen) return whole
  const source = seen.address === '127.0.0.1' ? { ...seen, port: VISITOR.port } : VISITOR
  return withPackets(whole, [probePacket('tcp', source, seen)])
}

/** The network of the addresses that somebody has inside: of the first one's first two numbers. */
const networkOf = (address: Address): string => `${address.split('.').slice(0, 2).join('.')}.0.1/16`

/** The engine's bridge in the network of the containers. */
function bridged(
  one: Sandbox['interfaces'][number],
  containers: readonly { readonly address: Address }[],
): Sandbox['interfaces'][number] {
  const [first] = containers
  const known = one.addresses.some((prefix) => first && inPrefix(prefix, first.address))
  return one.name !== 'docker0' || !first || known ? one : { ...one, addresses: [networkOf(first.address)] }
}

/** The Services of a cluster with the Pods behind each. */
const servicesOf = (cluster: Cluster): SandboxService[] =>
  cluster.services.slice(0, MOST.services).map((service) => {
    const { name, type, clusterIP, externalIP, ports } = service
    const pods = ports
      .flatMap((port) => endpointsOf(cluster, service, port))
      .map(({ pod }) => pod)
      .filter((pod, index, all) => all.indexOf(pod) === index)
    return {
      name,
      type,
      clusterIP,
      ...(externalIP !== undefined && { externalIP }),
      ports: ports.map((one) => {
        const target = targetPortOf(one)
        return {
          protocol: one.protocol,
          port: one.port,
          ...(typeof target === 'number' && target !== one.port && { targetPort: target }),
          ...(one.nodePort !== undefined && { nodePort: one.nodePort }),
        }
      }),
      pods: pods.slice(0, MOST.pods).map(({ host, ready }) => ({ ...hostOf(host), ...(!ready && { ready }) })),
    }
  })

/** A node of a cluster with its Services, and Pods on a network of their own. */
function nodeSandbox(site: Site, cluster: Cluster): Sandbox {
  const base = sandboxOfSite(site)
  const inside = cluster.pods.flatMap(({ host }) => host.addresses).slice(0, 1)
  return {
    ...base,
    interfaces: [...base.interfaces, ...inside.map((address) => ({ name: 'cni0', addresses: [networkOf(address)] }))],
    services: servicesOf(cluster),
  }
}

/** A cluster as one node sees it: the one that is called, or the first. */
export function clusterSandbox(plan: ClusterPlan, packets: readonly Packet[]): Sandbox {
  const cluster = clusterOf(plan)
  const [called] = packets
  const place = Math.max(
    0,
    plan.nodes.findIndex((address) => address === called?.destination),
  )
  const node = cluster.nodes[place]
  const site = bareSite(node?.name ?? 'node', node?.addresses ?? [plan.nodes[0]])
  return withPackets(nodeSandbox({ ...site, ...(node && { table: node.table }) }, cluster), packets)
}

/**
 * A load balancer with its wings behind it. A desk of a proxy is a lamp, and the call to a wing is the balancer's own; a desk
 * that hands packets on is a translation. `wing` is where the call is to end.
 */
export function balancerSandbox(plan: BalancerPlan, packet?: Packet, wing?: Endpoint): Sandbox {
  const { name, address, desks, wings } = plan
  const base = sandboxOfSite({
    ...bareSite(name, [address]),
    table: hostListening(
      name,
      address,
      desks.filter(({ mode }) => mode === 'proxy').map(({ port }) => ({ port })),
    ).table,
    behind: wings.map((one) =>
      hostListening(
        one.name,
        one.address,
        one.listens.map((port) => ({ port })),
      ),
    ),
  })
  const port = packet && tupleOf(packet)?.destination.port
  const handed = desks.filter(({ mode }) => mode === 'passthrough')
  const prerouting = handed.flatMap((desk) => {
    const [target] = balancerOf(plan, 'passthrough')
      .pools.filter((pool) => pool.name === desk.pool)
      .flatMap(({ targets }) => targets.filter(({ healthy }) => healthy))
    const to = desk.port === port && wing ? wing : target && { address: target.address, port: desk.targetPort }
    return to
      ? [
          {
            match: { protocol: desk.protocol, destination: address, destinationPort: [desk.port] },
            translation: { kind: 'dnat' as const, to: { ...to } },
          },
        ]
      : []
  })
  const whole: Sandbox = {
    ...base,
    interfaces: [...base.interfaces, ...sideOf(plan)],
    sockets: base.sockets.map((one) => ({ ...one, program: 'balancer' })),
    ...(prerouting.length > 0 && { nat: { prerouting, output: [], postrouting: [] } }),
  }
  if (!packet) return whole
  const second = wing && !handed.some((desk) => desk.port === port)
  const own = second ? [probePacket('tcp', { address, port: 40_000 }, wing)] : []
  return withPackets(whole, [packet, ...own])
}

/**
 * The balancer's side towards its wings: the smallest network of its own address that has them all. What comes from them comes
 * in there, so that it undoes what it has translated.
 */
function sideOf({ address, wings }: BalancerPlan): Sandbox['interfaces'] {
  const holds = (length: number) => wings.every((wing) => inPrefix(`${address}/${length}`, wing.address))
  const length = [30, 29, 28, 27, 26, 25].find(holds)
  return length === undefined ? [] : [{ name: 'wings', addresses: [`${address}/${length}`] }]
}

/** A wing behind a gate with one rule: the balancer calls it, and then a guest who goes past the balancer. */
export function wingSandbox(plan: BalancerPlan, end: string, sign: string, packet: Packet): Sandbox | undefined {
  const to = endpointFrom(end)
  const wing = plan.wings.find(({ address }) => address === to?.address)
  const rule = ruleFrom(sign)
  if (!to || !wing || !rule) return undefined
  const site = bareSite(wing.name, [wing.address])
  const base = sandboxOfSite({
    ...site,
    router: {
      ...site.router,
      chains: [{ name: 'input', family: 'inet', hook: 'input', policy: 'drop', rules: [rule] }],
    },
    table: hostListening(
      wing.name,
      wing.address,
      wing.listens.map((port) => ({ port })),
    ).table,
  })
  const guest = tupleOf(packet)?.source ?? VISITOR
  return withPackets(base, [
    probePacket('tcp', { address: plan.address, port: 40_000 }, to),
    probePacket('tcp', guest, to),
  ])
}

/**
 * The box of a rollout at which a call ends: the gate before the node, or the node with its Services. A guest's call comes
 * from the balancer; whoever only scans ends at its desk.
 */
export function rolloutSandbox({ plan, balancer, gate, cluster }: Rollout, call?: Packet, scans = false): Sandbox {
  const node = bareSite('node-1', [plan.node])
  const atNode = nodeSandbox({ ...node, ...(cluster.nodes[0] && { table: cluster.nodes[0].table }) }, cluster)
  if (!call) return atNode
  if (scans && call.destination === plan.balancer) {
    const { table } = hostListening(balancer.name, plan.balancer, balancer.listeners)
    return withPackets(sandboxOfSite({ ...bareSite(balancer.name, [plan.balancer]), table }), [call])
  }
  const port = balancer.pools[0]?.port ?? plan.port
  const packet =
    call.destination === plan.balancer
      ? probePacket('tcp', { address: plan.balancer, port: 40_000 }, { address: plan.node, port })
      : call
  const isInside = packet.destination !== plan.node
  if (isInside || evaluate(gate, packet).action === 'accept') return withPackets(atNode, [packet])
  const before = bareSite('gate', ['192.0.2.1'])
  const behind = hostListening('node-1', plan.node, [{ port: plan.nodePort }])
  const base = sandboxOfSite({ ...before, router: { ...before.router, chains: [gate] }, behind: [behind] })
  return withPackets(base, [packet])
}
