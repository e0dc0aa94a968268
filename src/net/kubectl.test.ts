import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Address } from './address'
import type { Cluster, ContainerPort, Pod, Service } from './cluster'
import {
  kubectlGetEndpoints,
  kubectlGetPods,
  kubectlGetServices,
  podManifest,
  portsText,
  serviceManifest,
} from './kubectl'
import { SocketTable } from './socket-table'

interface Recorded {
  readonly command: string
  readonly services: readonly { readonly service: Service; readonly age: string }[]
  readonly pods: readonly {
    readonly name: string
    readonly address: Address
    readonly ready: boolean
    readonly labels: Readonly<Record<string, string>>
    readonly containerPorts: readonly ContainerPort[]
    readonly age: string
  }[]
}

const VIEWS = 'evidence/views'
const recordings = readdirSync(VIEWS).filter((name) => /^kubectl-.*\.json$/.test(name))
const readRecorded = (name: string): Recorded => JSON.parse(readFileSync(`${VIEWS}/${name}`, 'utf8'))
const readText = (name: string) => readFileSync(`${VIEWS}/${name.replace('.json', '.txt')}`, 'utf8')

function replay({ command, services, pods: recorded }: Recorded): readonly string[] {
  const pods = recorded.map(({ name, address, age, ...rest }) => ({
    pod: { ...rest, host: { name, addresses: [address], table: SocketTable.of([]) } } satisfies Pod,
    age,
  }))
  if (command.endsWith('pods')) return kubectlGetPods(pods)
  if (command.endsWith('svc')) return kubectlGetServices(services)
  const cluster: Cluster = {
    nodes: [],
    services: services.map(({ service }) => service),
    pods: pods.map(({ pod }) => pod),
  }
  return kubectlGetEndpoints(cluster, services)
}

const web: Service = {
  name: 'web',
  type: 'NodePort',
  clusterIP: '10.96.41.7',
  selector: { app: 'web' },
  ports: [{ name: 'http', protocol: 'tcp', port: 80, targetPort: 'http', nodePort: 30080 }],
}

describe('a table of kubectl', () => {
  it('has recordings to be compared with', () => expect(recordings).toHaveLength(3))

  it.each(recordings)('is what the client printed of the same cluster, to the letter: %s', (name) => {
    expect(`${replay(readRecorded(name)).join('\n')}\n`).toBe(readText(name))
  })

  it('writes the port of the Service left of the port of the nodes', () => {
    expect(portsText(web.ports)).toBe('80:30080/TCP')
    expect(portsText([{ protocol: 'udp', port: 53 }])).toBe('53/UDP')
  })
})

describe('a manifest', () => {
  it('of a Service names its three numbers', () => {
    expect(serviceManifest(web)).toEqual([
      'apiVersion: v1',
      'kind: Service',
      'metadata:',
      '  name: web',
      'spec:',
      '  type: NodePort',
      '  selector:',
      '    app: web',
      '  ports:',
      '    - name: http',
      '      protocol: TCP',
      '      port: 80',
      '      targetPort: http',
      '      nodePort: 30080',
    ])
  })

  it('leaves out what is not given', () => {
    const lines = serviceManifest({ ...web, type: 'ClusterIP', ports: [{ protocol: 'tcp', port: 80 }] })
    expect(lines.slice(8)).toEqual(['  ports:', '    - protocol: TCP', '      port: 80'])
  })

  it('of a Pod names the ports of its container', () => {
    const host = { name: 'web-1', addresses: ['10.244.1.5'], table: SocketTable.of([]) }
    const ports: readonly ContainerPort[] = [
      { name: 'http', protocol: 'tcp', containerPort: 8080 },
      { protocol: 'udp', containerPort: 53 },
    ]
    const pod: Pod = { host, labels: { app: 'web' }, ready: true, containerPorts: ports }
    expect(podManifest(pod, 'nginx:1.27')).toEqual([
      'apiVersion: v1',
      'kind: Pod',
      'metadata:',
      '  name: web-1',
      '  labels:',
      '    app: web',
      'spec:',
      '  containers:',
      '    - name: web-1',
      '      image: nginx:1.27',
      '      ports:',
      '        - containerPort: 8080',
      '          name: http',
      '        - containerPort: 53',
      '          protocol: UDP',
    ])
  })
})
