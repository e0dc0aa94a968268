import type { Balancer } from '../net/balancer'
import { balancerRoute, checked } from '../net/balancer'
import type { Cluster, Service } from '../net/cluster'
import { serviceRoute } from '../net/cluster'
import type { Chain, Rule } from '../net/filter'
import { evaluate } from '../net/filter'
import { nftRule } from '../net/nft-text'
import type { Packet } from '../net/packet'
import { receive } from '../net/receive'
import { endpointText } from '../net/tuple'
import { answerTo } from './deal-service'
import type { Fault, RolloutPlan } from './reception-plan'
import { hostListening } from './wing'

export const FAULTS: readonly Fault[] = ['listener', 'gate', 'target-port', 'bind', 'debug']

/** The boxes on a call's way, in its order. */
export type Stop = 'balancer' | 'gate' | 'node' | 'Pod'

/** The four boxes of a rollout as somebody has set them up. */
export interface Rollout {
  readonly plan: RolloutPlan
  readonly balancer: Balancer
  readonly gate: Chain
  readonly cluster: Cluster
}

/** The settings with these faults in them: each is a number at the wrong place, or an address. */
export function rolloutOf(plan: RolloutPlan, faults: readonly Fault[]): Rollout {
  const wrong = (fault: Fault) => faults.includes(fault)
  const { port, nodePort, targetPort, debugPort, debugNodePort } = plan
  const pod = hostListening('shop-1', plan.pod, [
    { port: targetPort, ...(wrong('bind') && { at: '127.0.0.1' }) },
    { port: debugPort },
  ])
  const node = hostListening('node-1', plan.node, [{ port: 22 }])
  const to = wrong('listener') ? port : nodePort
  const accept = (match: Rule['match']): Rule => ({ match: { protocol: 'tcp', ...match }, action: 'accept' })
  const debug: Service = {
    name: 'debug',
    type: wrong('debug') ? 'NodePort' : 'ClusterIP',
    clusterIP: plan.clusterIP,
    ports: [{ protocol: 'tcp', port: debugPort, ...(wrong('debug') && { nodePort: debugNodePort }) }],
    selector: { app: plan.service },
  }
  const service: Service = {
    name: plan.service,
    type: 'NodePort',
    clusterIP: plan.clusterIP,
    ports: [{ protocol: 'tcp', port, targetPort: wrong('target-port') ? port : targetPort, nodePort }],
    selector: { app: plan.service },
  }
  return {
    plan,
    balancer: {
      name: 'balancer',
      address: plan.balancer,
      mode: 'proxy',
      listeners: [{ protocol: 'tcp', port, pool: 'nodes' }],
      pools: [{ name: 'nodes', port: to, targets: [{ host: node, address: plan.node, healthy: true }] }],
    },
    gate: {
      name: 'forward',
      family: 'inet',
      hook: 'forward',
      policy: 'drop',
      rules: [
        accept({ source: plan.balancer, destinationPort: [wrong('gate') ? port : nodePort] }),
        ...(wrong('debug') ? [accept({ destinationPort: [debugNodePort] })] : []),
      ],
    },
    cluster: {
      nodes: [node],
      services: [service, debug],
      pods: [
        {
          host: pod,
          labels: { app: plan.service },
          containerPorts: [targetPort, debugPort].map((containerPort) => ({ protocol: 'tcp', containerPort })),
          ready: true,
        },
      ],
    },
  }
}

/** How far a call gets: its label at each stop, and where it ends. */
export interface Way {
  readonly stops: readonly { readonly at: Stop; readonly packet: Packet }[]
  readonly served: boolean
  /** What the last stop sends back; nothing where the packet is dropped. */
  readonly answer?: Packet
}

/** The way of a packet from the street to a node: gate, Service, Pod. */
export function wayToNode({ gate, cluster }: Rollout, packet: Packet, chance: () => number): Way {
  const atGate = { at: 'gate', packet } as const
  if (evaluate(gate, packet).action !== 'accept') return { stops: [atGate], served: false }
  const atNode = { at: 'node', packet } as const
  const route = serviceRoute(cluster, packet, chance)
  if (route.kind !== 'routed') {
    const node = cluster.nodes.find(({ addresses }) => addresses.includes(packet.destination))
    const answer = node && receive(node, packet).answer
    return { stops: [atGate, atNode], served: false, ...(answer && { answer }) }
  }
  const { verdict, answer } = receive(route.endpoint.pod.host, route.packet)
  return {
    stops: [atGate, atNode, { at: 'Pod', packet: route.packet }],
    served: verdict.kind === 'listener',
    ...(answer && { answer }),
  }
}

/** The way of a guest's call, through the balancer first. */
export function wayOf(rollout: Rollout, packet: Packet, chance: () => number): Way {
  const atBalancer = { at: 'balancer', packet } as const
  const route = balancerRoute(rollout.balancer, packet, chance)
  if (route.kind !== 'routed') return { stops: [atBalancer], served: false }
  const way = wayToNode(rollout, route.packet, chance)
  return { ...way, stops: [atBalancer, ...way.stops] }
}

/** Whether the balancer's check of the node succeeds (`checked`), by all that stands between. */
export function isHealthy(rollout: Rollout, chance: () => number): boolean {
  const after = checked(rollout.balancer, () => (probe) => {
    const { answer } = wayToNode(rollout, probe, chance)
    return answer && answerTo(probe, answer)
  })
  return after.pools.every(({ targets }) => targets.every(({ healthy }) => healthy))
}

const WIDTH = 10

const row = (at: string, text: string) => `${at.padEnd(WIDTH)}${text}`

/** The label of a packet as tcpdump has it, without the rest. */
export const stopText = (packet: Packet): string => {
  const { transport, source, destination } = packet
  if (transport.protocol !== 'tcp' && transport.protocol !== 'udp') return `${source} > ${destination}`
  const [from, to] = [
    { address: source, port: transport.sourcePort },
    { address: destination, port: transport.destinationPort },
  ]
  const flags =
    transport.protocol !== 'tcp' ? '' : transport.flags.rst ? '  [R.]' : transport.flags.ack ? '  [S.]' : '  [S]'
  return `${endpointText(from)} > ${endpointText(to)}${flags}`
}

/** All versions of a call's label, one a stop, and what came back from the last. */
export const ribbon = ({ stops, answer }: Way): readonly string[] => [
  ...stops.map(({ at, packet }) => row(at, stopText(packet))),
  ...(answer ? [row('', stopText(answer))] : []),
]

/** What stands in the settings, one line a box. */
export const settingsText = ({ balancer, gate, cluster }: Rollout): readonly string[] => [
  ...balancer.pools.flatMap((pool) =>
    pool.targets.map(({ host, address }) =>
      row('balancer', `server ${host.name} ${endpointText({ address, port: pool.port })} check`),
    ),
  ),
  ...gate.rules.map((rule) => row('gate', nftRule(rule, 'inet'))),
  ...cluster.services.flatMap(({ name, ports }) =>
    ports.map(({ port, targetPort = port, nodePort }) =>
      row(
        'Service',
        `${name}: port ${port}, targetPort ${targetPort}${nodePort === undefined ? '' : `, nodePort ${nodePort}`}`,
      ),
    ),
  ),
  ...cluster.pods.flatMap(({ host }) =>
    host.table.sockets().map(({ local }) => row('Pod', `LISTEN ${endpointText(local)}`)),
  ),
]

/** The one line that puts a fault right. */
export function repairText(
  { balancer, node, port, nodePort, targetPort, debugPort }: RolloutPlan,
  fault: Fault,
): string {
  switch (fault) {
    case 'listener':
      return `balancer: server node-1 ${endpointText({ address: node, port: nodePort })}`
    case 'gate':
      return `gate: ip saddr ${balancer} tcp dport ${nodePort} accept`
    case 'target-port':
      return `Service: port ${port}, targetPort ${targetPort}`
    case 'bind':
      return `Pod: LISTEN 0.0.0.0:${targetPort}`
    case 'debug':
      return `Service debug: ${debugPort}, ClusterIP`
  }
}
