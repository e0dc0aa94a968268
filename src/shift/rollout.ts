import type { Balancer } from '../net/balancer'
import { balancerRoute, checked } from '../net/balancer'
import type { Cluster, Service } from '../net/cluster'
import { serviceRoute } from '../net/cluster'
import type { Chain, Rule } from '../net/filter'
import { evaluate } from '../net/filter'
import { haproxyConfig } from '../net/haproxy'
import { kubectlGetServices, serviceManifest } from '../net/kubectl'
import { nftChain, nftRule } from '../net/nft-text'
import type { Packet } from '../net/packet'
import { tupleOf } from '../net/packet'
import { receive } from '../net/receive'
import { probePacket } from '../net/scan'
import { ssSocket, ssTable } from '../net/ss'
import { endpointText } from '../net/tuple'
import { sameChoice } from '../lessons/choice'
import { answerTo } from './deal-service'
import { random } from './random'
import type { Repair, RolloutPlan, Settings, Standing, Stop } from './reception-plan'
import type { Inspected, Shift } from './shift'
import { wavesHere } from './shift'
import { hostListening } from './wing'

/** The settings as they ought to be, and were on Thursday. */
export const inOrder = ({ nodePort, targetPort, debugPort }: RolloutPlan): Settings => ({
  server: nodePort,
  rule: nodePort,
  targetPort,
  listens: { address: '0.0.0.0', port: targetPort },
  debug: 'ClusterIP',
  drops: [],
  declares: [targetPort, debugPort],
})

/**
 * The settings with which Friday begins: five of them wrong, and which wrong number stands there is drawn. The gate lets in
 * what the balancer sends, so that each repair brings a call further than the one before it.
 */
export function brokenBy(plan: RolloutPlan, seed: number): Settings {
  const dice = random(seed ^ plan.nodePort)
  const sent = dice.pick([plan.port, plan.targetPort])
  return {
    ...inOrder(plan),
    server: sent,
    rule: sent,
    targetPort: dice.pick([plan.port, plan.nodePort]),
    listens: { address: '127.0.0.1', port: plan.targetPort },
    debug: 'NodePort',
  }
}

/** The rollout of the wave under way, after all repairs that were right since one stands here; undefined where there is none. */
export function standingOf(shift: Pick<Shift, 'level' | 'wave' | 'seed' | 'decisions'>): Standing | undefined {
  const { level, wave, decisions, seed } = shift
  const plan = level.waves[wave]?.rollout
  if (!plan) return undefined
  const first = wave + 1 - wavesHere(shift).length
  const repairs = decisions.flatMap(({ arrival, choice, right }): readonly Repair[] => {
    if (!right || arrival.asks !== 'tell' || arrival.wave < first) return []
    const done = arrival.options.find(({ told }) => sameChoice({ kind: 'tell', told }, choice))
    return done?.repair ? [done.repair] : []
  })
  const settings = repairs.reduce<Settings>(
    (before, repair) => ({ ...before, ...repair }),
    brokenBy(plan, seed + first),
  )
  return { plan, settings, repairs: repairs.length }
}

/** The boxes of a rollout as somebody has set them up. */
export interface Rollout {
  readonly plan: RolloutPlan
  readonly balancer: Balancer
  readonly gate: Chain
  readonly cluster: Cluster
}

const built = new WeakMap<RolloutPlan, Map<string, Rollout>>()

/** The boxes behind these settings. Made once for each plan and settings. */
export function rolloutOf(plan: RolloutPlan, settings: Settings): Rollout {
  const known = built.get(plan) ?? new Map<string, Rollout>()
  built.set(plan, known)
  const key = JSON.stringify(settings)
  const rollout = known.get(key) ?? build(plan, settings)
  known.set(key, rollout)
  return rollout
}

const accept = (match: Rule['match']): Rule => ({ match: { protocol: 'tcp', ...match }, action: 'accept' })

/** The rule of the gate for the balancer. */
export const ruleAt = ({ balancer }: RolloutPlan, port: number): Rule =>
  accept({ source: balancer, destinationPort: [port] })

export const dropAt = (ports: readonly number[]): Rule => ({
  match: { protocol: 'tcp', destinationPort: ports },
  action: 'drop',
})

function build(plan: RolloutPlan, settings: Settings): Rollout {
  const { port, nodePort, debugPort, debugNodePort } = plan
  const { server, rule, targetPort, listens, debug, drops, declares } = settings
  const pod = hostListening('shop-1', plan.pod, [
    { port: listens.port, ...(listens.address !== '0.0.0.0' && { at: listens.address }) },
    { port: debugPort },
  ])
  const node = hostListening('node-1', plan.node, [{ port: 22 }])
  const selector = { app: plan.service }
  const services: readonly Service[] = [
    {
      name: plan.service,
      type: 'NodePort',
      clusterIP: plan.clusterIP,
      ports: [{ protocol: 'tcp', port, targetPort, nodePort }],
      selector,
    },
    {
      name: 'debug',
      type: debug,
      clusterIP: plan.debugIP,
      ports: [{ protocol: 'tcp', port: debugPort, ...(debug === 'NodePort' && { nodePort: debugNodePort }) }],
      selector,
    },
  ]
  return {
    plan,
    balancer: {
      name: 'front',
      address: plan.balancer,
      mode: 'proxy',
      listeners: [{ protocol: 'tcp', port, pool: 'nodes' }],
      pools: [{ name: 'nodes', port: server, targets: [{ host: node, address: plan.node, healthy: true }] }],
    },
    gate: {
      name: 'forward',
      family: 'inet',
      hook: 'forward',
      policy: 'drop',
      // Somebody has let everyone in at the debug port's number, and that rule stays.
      rules: [
        ...(drops.length > 0 ? [dropAt(drops)] : []),
        ruleAt(plan, rule),
        accept({ destinationPort: [debugNodePort] }),
      ],
    },
    cluster: {
      nodes: [node],
      services,
      pods: [
        {
          host: pod,
          labels: selector,
          containerPorts: declares.map((containerPort) => ({ protocol: 'tcp', containerPort })),
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
  /** What comes back to the caller; nothing where the packet is dropped. */
  readonly answer?: Packet
}

/** The way from inside the cluster, or from its gate on: what the Service makes of the packet, and the Pod. */
function wayInside({ cluster }: Rollout, packet: Packet, chance: () => number): Way {
  const atNode = { at: 'node', packet } as const
  const route = serviceRoute(cluster, packet, chance)
  const host = route.kind === 'routed' ? route.endpoint.pod.host : cluster.nodes[0]
  const reached = route.kind === 'routed' ? route.packet : packet
  const { verdict, answer } = host ? receive(host, reached) : {}
  return {
    stops: route.kind === 'routed' ? [atNode, { at: 'Pod', packet: reached }] : [atNode],
    served: route.kind === 'routed' && verdict?.kind === 'listener',
    ...(answer && { answer: answerTo(packet, answer) }),
  }
}

/** The way from the street, or from the balancer, to the node. */
export function wayToNode(rollout: Rollout, packet: Packet, chance: () => number): Way {
  const atGate = { at: 'gate', packet } as const
  if (evaluate(rollout.gate, packet).action !== 'accept') return { stops: [atGate], served: false }
  const way = wayInside(rollout, packet, chance)
  return { ...way, stops: [atGate, ...way.stops] }
}

/** The way of any call: to the balancer, to the node, or from one Pod to the Service. */
export function wayOf(rollout: Rollout, packet: Packet, chance: () => number): Way {
  const { balancer, plan } = rollout
  if (packet.destination === plan.clusterIP) return wayInside(rollout, packet, chance)
  if (packet.destination !== balancer.address) return wayToNode(rollout, packet, chance)
  const atBalancer = { at: 'balancer', packet } as const
  const route = balancerRoute(balancer, packet, chance)
  if (route.kind !== 'routed') {
    const { answer } = receive(hostListening(balancer.name, balancer.address, []), packet)
    return { stops: [atBalancer], served: false, ...(answer && { answer }) }
  }
  const { answer, ...way } = wayToNode(rollout, route.packet, chance)
  return {
    ...way,
    stops: [atBalancer, ...way.stops],
    ...(answer && { answer: answerTo(packet, answer) }),
  }
}

/** What a scanner hears: the balancer takes every call at its listener, whatever becomes of it behind. */
export function heardAt(rollout: Rollout, probe: Packet, chance: () => number): Packet | undefined {
  const { balancer } = rollout
  if (probe.destination !== balancer.address) return wayToNode(rollout, probe, chance).answer
  const ports = balancer.listeners.map(({ port }) => ({ port }))
  return receive(hostListening(balancer.name, balancer.address, ports), probe).answer
}

/** Whether the balancer's check of the node succeeds (`checked`), by all that stands between. */
export function isHealthy(rollout: Rollout, chance: () => number): boolean {
  const after = checked(rollout.balancer, () => (probe) => wayToNode(rollout, probe, chance).answer)
  return after.pools.every(({ targets }) => targets.every(({ healthy }) => healthy))
}

/** The destination on a label. */
export function endOf(packet: Packet | undefined): string {
  const tuple = packet && tupleOf(packet)
  return tuple ? endpointText(tuple.destination) : ''
}

/** How far a guest's call gets beside the same call when all is in order: at so many stops its label is right, one more when served. */
export function progressOf(plan: RolloutPlan, settings: Settings): number {
  const packet = probePacket('tcp', { address: plan.guest, port: 40000 }, { address: plan.balancer, port: plan.port })
  const [way, whole] = [settings, inOrder(plan)].map((one) => wayOf(rolloutOf(plan, one), packet, () => 0))
  const stops = way?.stops ?? []
  const wrong = stops.findIndex((stop, index) => endOf(stop.packet) !== endOf(whole?.stops[index]?.packet))
  return (wrong < 0 ? stops.length : wrong) + (way?.served ? 1 : 0)
}

const looked = new WeakMap<Rollout, readonly Inspected[]>()

/** What the boxes show who looks into them, each by its own tool. Made once for each rollout. */
export function boxesOf(rollout: Rollout): readonly Inspected[] {
  const boxes = looked.get(rollout) ?? inspected(rollout)
  looked.set(rollout, boxes)
  return boxes
}

function inspected({ balancer, gate, cluster }: Rollout): readonly Inspected[] {
  const [service] = cluster.services
  const rows = cluster.services.map((one) => ({ service: one, age: '3h' }))
  return [
    {
      at: 'balancer',
      command: 'cat haproxy.cfg',
      lines: haproxyConfig(balancer).filter((line) => !/^ +(mode|balance) |^$/.test(line)),
    },
    {
      at: 'gate',
      command: 'nft list chain inet filter forward',
      lines: nftChain(gate).map(({ text }) => text.replaceAll('\t', '  ')),
    },
    {
      at: 'node',
      command: 'kubectl get svc',
      lines: [
        ...kubectlGetServices(rows),
        `$ grep -A3 protocol ${service?.name ?? ''}.yaml`,
        ...(service ? serviceManifest(service).slice(-4) : []),
      ],
    },
    {
      at: 'Pod',
      command: 'ss -tln',
      lines: cluster.pods.flatMap(({ host }) =>
        ssTable(
          host.table.sockets().map((socket) => ssSocket(socket, { sendq: 4096 })),
          { protocols: ['tcp'], show: 'listening' },
        ),
      ),
    },
  ]
}

/** One change as a line of the box in which it is made. */
export function repairText(plan: RolloutPlan, repair: Repair): string {
  const { server, rule, targetPort, listens, debug, drops, declares } = repair
  if (server !== undefined) return `balancer: server node-1 ${endpointText({ address: plan.node, port: server })}`
  if (rule !== undefined) return `gate: ${nftRule(ruleAt(plan, rule), 'inet')}`
  if (targetPort !== undefined) return `Service ${plan.service}: targetPort: ${targetPort}`
  if (listens !== undefined) return `Pod: LISTEN ${endpointText(listens)}`
  if (debug !== undefined) return `Service debug: type: ${debug}`
  if (drops !== undefined) return `gate: ${nftRule(dropAt(drops), 'inet')}`
  return `Pod: containerPort: ${(declares ?? []).join(', ')}`
}
