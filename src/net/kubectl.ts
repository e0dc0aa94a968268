import type { Cluster, Pod, Service, ServicePort } from './cluster'
import { endpointsOf, targetPortOf } from './cluster'
import { inColumns } from './columns'
import { endpointText } from './tuple'

const WIDTHS = { least: 6, gap: 3 }

/** A Service and how long ago it was made, as printed: `3h`, `12d`. */
export interface ServiceRow {
  readonly service: Service
  readonly age: string
}

/** The column PORT(S): `80/TCP`, or with a node port `80:30080/TCP`; several joined by commas (Kubernetes: makePortString). */
export const portsText = (ports: readonly ServicePort[]): string =>
  ports
    .map(
      ({ port, nodePort, protocol }) =>
        `${port}${nodePort === undefined ? '' : `:${nodePort}`}/${protocol.toUpperCase()}`,
    )
    .join(',')

const externalText = ({ type, externalIP }: Service): string =>
  type === 'LoadBalancer' ? (externalIP ?? '<pending>') : '<none>'

/** The table that `kubectl get svc` prints, heading first. */
export const kubectlGetServices = (rows: readonly ServiceRow[]): readonly string[] =>
  inColumns(
    [
      ['NAME', 'TYPE', 'CLUSTER-IP', 'EXTERNAL-IP', 'PORT(S)', 'AGE'],
      ...rows.map(({ service, age }) => [
        service.name,
        service.type,
        service.clusterIP,
        externalText(service),
        portsText(service.ports) || '<none>',
        age,
      ]),
    ],
    WIDTHS,
  )

/** So many endpoints are printed, the others are counted (Kubernetes: formatEndpoints). */
const MOST_ENDPOINTS = 3

/**
 * The column ENDPOINTS: address and port of each ready Pod, all ports of the Service one after the other. Without any Pod
 * `<none>`, with Pods of which none is ready nothing at all.
 */
function endpointsText(cluster: Cluster, service: Service): string {
  const all = service.ports.flatMap((port) => endpointsOf(cluster, service, port))
  if (all.length === 0) return '<none>'
  const ready = all.filter((endpoint) => endpoint.ready)
  const shown = ready.slice(0, MOST_ENDPOINTS).map((endpoint) => endpointText(endpoint))
  const more = ready.length - shown.length
  return `${shown.join(',')}${more > 0 ? ` + ${more} more...` : ''}`
}

/** The table that `kubectl get endpoints` prints for these Services, heading first. */
export const kubectlGetEndpoints = (cluster: Cluster, rows: readonly ServiceRow[]): readonly string[] =>
  inColumns(
    [
      ['NAME', 'ENDPOINTS', 'AGE'],
      ...rows.map(({ service, age }) => [service.name, endpointsText(cluster, service), age]),
    ],
    WIDTHS,
  )

/** A Pod's row in `kubectl get pods`: ready containers of all, as one container has it. */
export const kubectlGetPods = (pods: readonly { readonly pod: Pod; readonly age: string }[]): readonly string[] =>
  inColumns(
    [
      ['NAME', 'READY', 'STATUS', 'RESTARTS', 'AGE'],
      ...pods.map(({ pod, age }) => [pod.host.name, pod.ready ? '1/1' : '0/1', 'Running', '0', age]),
    ],
    WIDTHS,
  )

const labelLines = (labels: Readonly<Record<string, string>>, indent: string): readonly string[] =>
  Object.entries(labels).map(([key, value]) => `${indent}${key}: ${value}`)

/** A Service as one writes it for `kubectl apply`, line by line. Two spaces deep, keys in the order of the documentation. */
export const serviceManifest = ({ name, type, selector, ports }: Service): readonly string[] => [
  'apiVersion: v1',
  'kind: Service',
  'metadata:',
  `  name: ${name}`,
  'spec:',
  `  type: ${type}`,
  '  selector:',
  ...labelLines(selector, '    '),
  '  ports:',
  ...ports.flatMap((port) => [
    ...(port.name === undefined
      ? [`    - protocol: ${port.protocol.toUpperCase()}`]
      : [`    - name: ${port.name}`, `      protocol: ${port.protocol.toUpperCase()}`]),
    `      port: ${port.port}`,
    ...(port.targetPort === undefined ? [] : [`      targetPort: ${targetPortOf(port)}`]),
    ...(port.nodePort === undefined ? [] : [`      nodePort: ${port.nodePort}`]),
  ]),
]

/** A Pod with one container as one writes it for `kubectl apply`, line by line. */
export const podManifest = ({ host, labels, containerPorts }: Pod, image: string): readonly string[] => [
  'apiVersion: v1',
  'kind: Pod',
  'metadata:',
  `  name: ${host.name}`,
  '  labels:',
  ...labelLines(labels, '    '),
  'spec:',
  '  containers:',
  `    - name: ${host.name}`,
  `      image: ${image}`,
  ...(containerPorts.length > 0 ? ['      ports:'] : []),
  ...containerPorts.flatMap(({ name, protocol, containerPort }) => [
    `        - containerPort: ${containerPort}`,
    ...(name === undefined ? [] : [`          name: ${name}`]),
    ...(protocol === 'tcp' ? [] : [`          protocol: ${protocol.toUpperCase()}`]),
  ]),
]
