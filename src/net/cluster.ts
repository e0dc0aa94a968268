import type { Address } from './address'
import { familyOf } from './address'
import type { Host } from './host'
import type { PortSpan } from './kernel'
import type { Packet } from './packet'
import { tupleOf } from './packet'
import { readdress } from './readdress'
import type { Endpoint, Protocol } from './tuple'

/** From where Kubernetes takes node ports unless told otherwise (Kubernetes: Service, type NodePort). */
const NODE_PORTS: PortSpan = [30000, 32767]

/**
 * A port as a Pod's manifest declares it. It is information only: it opens nothing, and leaving it out closes nothing
 * (Kubernetes: API reference, ContainerPort). Its name is what a `targetPort` may refer to.
 */
export interface ContainerPort {
  readonly name?: string
  readonly protocol: Protocol
  readonly containerPort: number
}

/** A Pod: a host of its own, with what its manifest says about ports, and whether its readiness probe succeeds. */
export interface Pod {
  readonly host: Host
  readonly labels: Readonly<Record<string, string>>
  readonly containerPorts: readonly ContainerPort[]
  readonly ready: boolean
}

export interface ServicePort {
  /** Needed when a Service has more than one port. */
  readonly name?: string
  readonly protocol: Protocol
  /** The port of the Service, at its cluster address. */
  readonly port: number
  /** The port of the Pods, by number or by the name of a container port. Left out: the same as `port`. */
  readonly targetPort?: number | string
  /** The port of every node, of a NodePort or LoadBalancer Service. */
  readonly nodePort?: number
}

/** A Service (Kubernetes: Service). Each type also has what the types before it have. */
export interface Service {
  readonly name: string
  readonly type: 'ClusterIP' | 'NodePort' | 'LoadBalancer'
  readonly clusterIP: Address
  /** Of a LoadBalancer, once the cloud has given one. */
  readonly externalIP?: Address
  readonly ports: readonly ServicePort[]
  /** The Pods with all of these labels stand behind the Service; with none no Pod does. */
  readonly selector: Readonly<Record<string, string>>
}

export interface Cluster {
  readonly nodes: readonly Host[]
  readonly services: readonly Service[]
  readonly pods: readonly Pod[]
}

/** What a Service's port leads to: a Pod and the port there. */
export interface ServiceEndpoint extends Endpoint {
  readonly pod: Pod
  readonly ready: boolean
}

/** The `targetPort` of a port: `port` itself if none is given (Kubernetes: Service, Port definitions). */
export const targetPortOf = ({ port, targetPort = port }: ServicePort): number | string => targetPort

/** The number that a target port has in a Pod: a name is looked up among its container ports of the same protocol. */
const resolved = (pod: Pod, port: ServicePort): number | undefined => {
  const target = targetPortOf(port)
  return typeof target === 'number'
    ? target
    : pod.containerPorts.find(({ name, protocol }) => name === target && protocol === port.protocol)?.containerPort
}

const isSelected = ({ labels }: Pod, { selector }: Service): boolean => {
  const wanted = Object.entries(selector)
  return wanted.length > 0 && wanted.every(([key, value]) => labels[key] === value)
}

/**
 * The endpoints of a Service's port, ready or not, in the order of the Pods. A Pod that does not know the name of the
 * target port is none of them (Kubernetes: EndpointSlices).
 */
export function endpointsOf({ pods }: Cluster, service: Service, port: ServicePort): readonly ServiceEndpoint[] {
  return pods
    .filter((pod) => isSelected(pod, service))
    .flatMap((pod) => {
      const number = resolved(pod, port)
      const address = pod.host.addresses.find((own) => familyOf(own) === familyOf(service.clusterIP))
      return number === undefined || address === undefined ? [] : [{ pod, ready: pod.ready, address, port: number }]
    })
}

/** By which of a Service's numbers a packet came in. */
export type ServiceEntry = 'clusterIP' | 'nodePort' | 'loadBalancer'

export type ServiceRoute =
  | {
      readonly kind: 'routed'
      readonly entry: ServiceEntry
      readonly service: Service
      readonly port: ServicePort
      readonly endpoint: ServiceEndpoint
      /** The packet as the Pod gets it. */
      readonly packet: Packet
    }
  /** No endpoint is ready: the node answers with port unreachable, which a client reads as "connection refused". */
  | {
      readonly kind: 'refused'
      readonly entry: ServiceEntry
      readonly service: Service
      readonly port: ServicePort
    }
  /** No Service has this address, protocol and port. */
  | { readonly kind: 'none' }

/** The Service port that a packet is for, by the numbers that a caller may use. */
function serviceOf({ nodes, services }: Cluster, packet: Packet) {
  const tuple = tupleOf(packet)
  if (!tuple) return undefined
  const { address, port: number } = tuple.destination
  const isNode = nodes.some(({ addresses }) => addresses.includes(address))
  for (const service of services) {
    for (const port of service.ports) {
      if (port.protocol !== tuple.protocol) continue
      const found = (entry: ServiceEntry) => ({ entry, service, port, source: tuple.source })
      if (port.port === number && service.clusterIP === address) return found('clusterIP')
      if (port.port === number && service.type === 'LoadBalancer' && service.externalIP === address)
        return found('loadBalancer')
      if (port.nodePort === number && service.type !== 'ClusterIP' && isNode) return found('nodePort')
    }
  }
  return undefined
}

/**
 * Where a node sends a packet for a Service: to a ready endpoint, any of them with the same chance, whatever node it runs
 * on; the destination becomes the Pod's address and target port (Kubernetes: Virtual IPs and Service Proxies). A packet
 * from outside (by node port or load balancer) also gets the node's address and a port of its own as its source, so that
 * the answer comes back the same way (externalTrafficPolicy Cluster); by the cluster address the source stays.
 *
 * @param chance gives numbers from 0 to 1, not 1 itself.
 */
export function serviceRoute(cluster: Cluster, packet: Packet, chance: () => number): ServiceRoute {
  const found = serviceOf(cluster, packet)
  if (!found) return { kind: 'none' }
  const { entry, service, port } = found
  const ready = endpointsOf(cluster, service, port).filter((endpoint) => endpoint.ready)
  const endpoint = ready[Math.floor(chance() * ready.length)]
  if (!endpoint) return { kind: 'refused', entry, service, port }
  const ends = { destination: { address: endpoint.address, port: endpoint.port } }
  const node = entry === 'clusterIP' ? undefined : nodeFor(cluster, packet.destination)
  const source = node === undefined ? undefined : { address: node, port: 1024 + Math.floor(chance() * 64512) }
  return {
    kind: 'routed',
    entry,
    service,
    port,
    endpoint,
    packet: readdress(packet, source ? { ...ends, source } : ends),
  }
}

/** The address under which a node sends on what came for `destination`: that one if it is a node's, else the first node's. */
const nodeFor = ({ nodes }: Cluster, destination: Address): Address | undefined => {
  const node = nodes.find(({ addresses }) => addresses.includes(destination))
  return node ? destination : nodes[0]?.addresses.find((own) => familyOf(own) === familyOf(destination))
}

/**
 * Why the API server would refuse a Service, a line for each fault in its own words; empty when it takes it (Kubernetes:
 * ValidateService).
 */
export function serviceFaults({ type, ports }: Service): readonly string[] {
  if (ports.length === 0) return ['spec.ports: Required value']
  return ports.flatMap((port, index) => {
    const at = `spec.ports[${index}]`
    const { name, nodePort, targetPort } = port
    const before = ports.slice(0, index)
    const outside = (number: number) => !Number.isInteger(number) || number < 1 || number > 65535
    return [
      ...(ports.length > 1 && !name ? [`${at}.name: Required value`] : []),
      ...(name && before.some((other) => other.name === name) ? [`${at}.name: Duplicate value: "${name}"`] : []),
      ...(outside(port.port) ? [`${at}.port: Invalid value: ${port.port}: ${PORT_RULE}`] : []),
      ...(typeof targetPort === 'number' && outside(targetPort)
        ? [`${at}.targetPort: Invalid value: ${targetPort}: ${PORT_RULE}`]
        : []),
      ...(nodePort === undefined
        ? []
        : nodePortFaults(type, before, port, nodePort).map((text) => `${at}.nodePort: ${text}`)),
      ...(before.some((other) => other.port === port.port && other.protocol === port.protocol)
        ? [`${at}: Duplicate value: ${goText(port)}`]
        : []),
    ]
  })
}

const PORT_RULE = 'must be between 1 and 65535, inclusive'

function nodePortFaults(
  type: Service['type'],
  before: readonly ServicePort[],
  { protocol }: ServicePort,
  nodePort: number,
): readonly string[] {
  const [first, last] = NODE_PORTS
  if (type === 'ClusterIP') return ["Forbidden: may not be used when `type` is 'ClusterIP'"]
  const invalid = `Invalid value: ${nodePort}: provided port is`
  if (nodePort < first || nodePort > last)
    return [`${invalid} not in the valid range. The range of valid ports is ${first}-${last}`]
  const taken = before.some((other) => other.nodePort === nodePort && other.protocol === protocol)
  return taken ? [`${invalid} already allocated`] : []
}

/** A protocol and a port as the server prints its own structure. */
const goText = ({ protocol, port }: ServicePort): string =>
  `core.ServicePort{Name:"", Protocol:"${protocol.toUpperCase()}", AppProtocol:(*string)(nil), Port:${port}, ` +
  'TargetPort:intstr.IntOrString{Type:0, IntVal:0, StrVal:""}, NodePort:0}'
