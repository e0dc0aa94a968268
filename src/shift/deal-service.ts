import type { Cluster, Service, ServiceRoute } from '../net/cluster'
import { endpointsOf, serviceRoute } from '../net/cluster'
import type { Packet } from '../net/packet'
import { tupleOf } from '../net/packet'
import { readdress } from '../net/readdress'
import { receive } from '../net/receive'
import { unreachable } from '../net/refusal'
import { probePacket } from '../net/scan'
import type { Endpoint } from '../net/tuple'
import { endpointText } from '../net/tuple'
import type { MisconceptionId } from '../lessons/misconception'
import { toldKey } from '../lessons/told'
import { anyAddress } from './callers'
import { labelText } from './deal-street'
import type { Tell } from './deal-tell'
import type { Dealer } from './dealer'
import { call } from './dealer'
import type { ClusterPlan, ReceptionKind, ReceptionWhy, ServicePlan } from './reception-plan'
import type { Option } from './shift'
import { hostListening } from './wing'

const built = new WeakMap<ClusterPlan, Cluster>()

/** The cluster of a plan, ready for packets. */
export function clusterOf(plan: ClusterPlan): Cluster {
  const cluster = built.get(plan) ?? clusterFrom(plan)
  built.set(plan, cluster)
  return cluster
}

const clusterFrom = ({ nodes, pods, services }: ClusterPlan): Cluster => ({
  nodes: nodes.map((address, index) => hostListening(`node-${index + 1}`, address, [{ port: 22 }])),
  pods: pods.map(({ name, address, app, listens, at, ready = true }) => ({
    host: hostListening(name, address, [{ port: listens, ...(at !== undefined && { at }) }]),
    labels: { app },
    containerPorts: [{ protocol: 'tcp', containerPort: listens }],
    ready,
  })),
  services: services.map(serviceOf),
})

const serviceOf = ({ name, app, type, clusterIP, port, targetPort, nodePort }: ServicePlan): Service => ({
  name,
  type,
  clusterIP,
  ports: [
    {
      protocol: 'tcp',
      port,
      ...(targetPort !== undefined && { targetPort }),
      ...(nodePort !== undefined && { nodePort }),
    },
  ],
  selector: { app },
})

/** The plan of a dealer's wave. Throws RangeError where the wave has no cluster. */
export function clusterPlan({ wave, level }: Dealer): ClusterPlan {
  if (!wave.cluster) throw new RangeError(`Level ${level.id}: a wave without a cluster deals calls to one.`)
  return wave.cluster
}

/** A call that somebody makes: from a Pod inside, or from the street. */
interface Call {
  readonly inside: boolean
  readonly to: Endpoint
}

/** What becomes of a call: the way of the Service, and where that has none, what the node's own sockets say. */
interface Outcome {
  readonly route: ServiceRoute
  readonly answer?: Packet
}

/** The answer with the ends that the caller knows: the way back undoes what was rewritten. */
export function answerTo(packet: Packet, answer: Packet): Packet {
  const tuple = tupleOf(packet)
  return tuple ? readdress(answer, { source: tuple.destination, destination: tuple.source }) : answer
}

function outcomeOf(cluster: Cluster, packet: Packet, chance: () => number): Outcome {
  const route = serviceRoute(cluster, packet, chance)
  if (route.kind === 'routed') {
    const { answer } = receive(route.endpoint.pod.host, route.packet)
    return { route, ...(answer && { answer: answerTo(packet, answer) }) }
  }
  if (route.kind === 'refused') return { route, answer: unreachable(packet, 'port') }
  const node = cluster.nodes.find(({ addresses }) => addresses.includes(packet.destination))
  const answer = node && route.kind === 'none' ? receive(node, packet).answer : undefined
  return { route, ...(answer && { answer }) }
}

/** Every number that somebody could dial at the cluster: right ones and wrong ones, inside and from the street. */
function calls({ nodes, services, pods }: ClusterPlan): readonly Call[] {
  const numbers = services.flatMap(({ port, targetPort = port, nodePort = port }) => [port, targetPort, nodePort])
  const ports = [...new Set([...numbers, ...pods.map(({ listens }) => listens)])]
  return ports.flatMap((port) => [
    ...services.map(({ clusterIP }): Call => ({ inside: true, to: { address: clusterIP, port } })),
    ...nodes.map((address): Call => ({ inside: false, to: { address, port } })),
  ])
}

/** Where somebody would take a call who holds an idea about the three numbers. */
function misled(plan: ClusterPlan, cluster: Cluster, call: Call, route: ServiceRoute): readonly Option[] {
  const { port } = call.to
  const end = (address: string, number: number, misconception: MisconceptionId): Option => ({
    told: { kind: 'end', end: { address, port: number } },
    misconception,
  })
  const own = route.kind === 'none' ? undefined : plan.services.find(({ name }) => name === route.service.name)
  const behind = (service: ServicePlan) =>
    cluster.services
      .filter(({ name }) => name === service.name)
      .flatMap((one) => one.ports.flatMap((each) => endpointsOf(cluster, one, each)))
  if (own) {
    const ends = behind(own)
    const others = plan.services.filter(({ name }) => name !== own.name).flatMap(behind)
    return [
      // The number that was dialled, taken for that of the wing.
      ...ends.map(({ address }) => end(address, port, 'k8s-port-is-targetport')).slice(0, 1),
      ...ends.map(({ address }) => end(address, own.nodePort ?? own.port, 'k8s-port-is-targetport')).slice(-1),
      ...others.map(({ address, port: number }) => end(address, number, 'dport-alone-selects')).slice(0, 1),
      ...ends
        .filter(({ ready }) => !ready)
        .map(({ address, port: number }) => end(address, number, 'listening-means-reachable')),
    ]
  }
  // Nobody takes it: whoever thinks that one of the three numbers is as good as another sends it on.
  const meant = plan.services.filter(
    (one) => one.clusterIP === call.to.address || [one.port, one.targetPort, one.nodePort].includes(port),
  )
  const declared = plan.pods.some(({ listens }) => listens === port)
  return meant.flatMap((service) =>
    behind(service).map(({ address, port: number }) =>
      end(address, number, !call.inside && declared ? 'expose-publishes' : 'k8s-port-is-targetport'),
    ),
  )
}

const WHY: Readonly<Record<'clusterIP' | 'nodePort' | 'loadBalancer', ReceptionWhy>> = {
  clusterIP: 'cluster-ip',
  nodePort: 'node-port',
  loadBalancer: 'node-port',
}

type Wanted = (call: Call, route: ServiceRoute, plan: ClusterPlan) => boolean

const probed = new WeakMap<ClusterPlan, Map<Wanted, readonly Call[]>>()

/** The calls of one sort. Which wing is by chance, and whether there is one is not: a probe shows it once for all calls. */
function callsOf(plan: ClusterPlan, wanted: Wanted): readonly Call[] {
  const known = probed.get(plan) ?? new Map<Wanted, readonly Call[]>()
  probed.set(plan, known)
  const asked = ({ to }: Call) =>
    serviceRoute(clusterOf(plan), probePacket('tcp', { address: plan.guest, port: 40000 }, to), () => 0)
  const fitting = known.get(wanted) ?? calls(plan).filter((one) => wanted(one, asked(one), plan))
  known.set(wanted, fitting)
  return fitting
}

/** To which wing does this call go? */
const wingFor =
  (deck: string, wanted: Wanted) =>
  (dealer: Dealer): Tell => {
    const { dice } = dealer
    const plan = clusterPlan(dealer)
    const cluster = clusterOf(plan)
    const chance = () => dice.next()
    const one = dealer.draw(deck, callsOf(plan, wanted))
    const source = { address: one.inside ? plan.guest : anyAddress(dice), port: dice.int(32768, 60999) }
    const packet = call(dealer, 'tcp', one.to, source)
    const { route, answer } = outcomeOf(cluster, packet, chance)
    const ready =
      route.kind === 'routed' ? endpointsOf(cluster, route.service, route.port).filter((end) => end.ready) : []
    const right = ready.map(({ address, port }): Option => ({ told: { kind: 'end', end: { address, port } } }))
    const said = new Set(right.map(({ told }) => toldKey(told)))
    const wrong = misled(plan, cluster, one, route).filter(({ told }) => {
      const fresh = !said.has(toldKey(told))
      said.add(toldKey(told))
      return fresh
    })
    const nowhere: Option = {
      told: { kind: 'say', saying: 'nowhere' },
      ...(right.length > 0 && { misconception: 'k8s-port-is-targetport' }),
    }
    const why = route.kind === 'routed' ? WHY[route.entry] : route.kind === 'refused' ? 'not-ready' : 'no-number'
    const wings = [...right, ...wrong].slice(0, 6)
    return {
      question: 'wing',
      about: packet,
      options: [...dice.shuffle(wings), nowhere],
      why,
      field: why === 'no-number' && one.inside ? 'destination' : 'destinationPort',
      notes: { end: ready[0] ? endpointText(ready[0]) : '', seen: endpointText(one.to) },
      ...(answer && { answer }),
      ...(route.kind === 'routed' && {
        ribbon: [labelText(packet), labelText(route.packet)],
        places: [one.inside ? 'Service' : 'node', 'Pod'],
      }),
    }
  }

/** A number of the cluster at a place where it does not belong: not just any closed port. */
const isOfCluster = ({ to }: Call, { services }: ClusterPlan) =>
  services.some(({ port, targetPort, nodePort }) => [port, targetPort, nodePort].includes(to.port))

type ServiceKind = Extract<ReceptionKind, 'pod-to-service' | 'stranger-to-node-port' | 'wrong-number' | 'none-ready'>

export const SERVICE_DESKS: Record<ServiceKind, (dealer: Dealer) => Tell> = {
  'pod-to-service': wingFor('pod to service', ({ inside }, route) => inside && route.kind === 'routed'),
  'stranger-to-node-port': wingFor('node port', ({ inside }, route) => !inside && route.kind === 'routed'),
  'wrong-number': wingFor('wrong number', (one, route, plan) => route.kind === 'none' && isOfCluster(one, plan)),
  'none-ready': wingFor('none ready', (_, route) => route.kind === 'refused'),
}
