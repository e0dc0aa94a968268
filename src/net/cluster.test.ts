import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { datagram, synPacket } from './build'
import type { Cluster, Pod, Service, ServicePort } from './cluster'
import { endpointsOf, serviceFaults, serviceRoute } from './cluster'
import type { Packet } from './packet'
import { tupleOf } from './packet'
import { receive } from './receive'
import { SocketTable } from './socket-table'
import type { Endpoint } from './tuple'

const NODES = ['192.0.2.21', '192.0.2.22']
const CLUSTER_IP = '10.96.41.7'

const pod = (name: string, address: string, part: Partial<Pod> = {}): Pod => ({
  host: { name, addresses: [address], table: SocketTable.of([]) },
  labels: { app: 'web' },
  containerPorts: [{ name: 'http', protocol: 'tcp', containerPort: 8080 }],
  ready: true,
  ...part,
})

const listening = (one: Pod, port: number): Pod => ({
  ...one,
  host: {
    ...one.host,
    table: SocketTable.of([
      {
        id: 'l',
        protocol: 'tcp',
        family: 4,
        v6only: false,
        local: { address: '0.0.0.0', port },
        state: 'LISTEN',
        reuseaddr: false,
        reuseport: false,
        uid: 0,
      },
    ]),
  },
})

const service = (part: Partial<Service> = {}, ports: Partial<ServicePort> = {}): Service => ({
  name: 'web',
  type: 'NodePort',
  clusterIP: CLUSTER_IP,
  selector: { app: 'web' },
  ports: [{ protocol: 'tcp', port: 80, targetPort: 8080, nodePort: 30_080, ...ports }],
  ...part,
})

const clusterOf = (one: Service, pods: readonly Pod[]): Cluster => ({
  nodes: NODES.map((address, index) => ({ name: `node-${index}`, addresses: [address], table: SocketTable.of([]) })),
  services: [one],
  pods,
})

const pods = [pod('web-1', '10.244.1.5'), pod('web-2', '10.244.2.7')]
const caller = { address: '10.244.1.99', port: 40_000 }
const syn = (destination: Endpoint, source = caller): Packet =>
  synPacket({ ttl: 64, identification: 0, source, destination, seq: 1, tsval: 1 })
const first = () => 0
const ends = (packet: Packet) => tupleOf(packet)

describe('a Service', () => {
  it('takes calls at its own port and hands them to the target port of a Pod', () => {
    const route = serviceRoute(clusterOf(service(), pods), syn({ address: CLUSTER_IP, port: 80 }), first)
    expect(route.kind === 'routed' && ends(route.packet)).toEqual({
      protocol: 'tcp',
      source: caller,
      destination: { address: '10.244.1.5', port: 8080 },
    })
  })

  it('takes strangers at the node port of any node, and gives the Pod the node as their source', () => {
    for (const node of NODES) {
      const packet = syn({ address: node, port: 30_080 }, { address: '198.51.100.7', port: 50_000 })
      const route = serviceRoute(clusterOf(service(), pods), packet, first)
      expect(route).toMatchObject({ kind: 'routed', entry: 'nodePort' })
      expect(route.kind === 'routed' && ends(route.packet)).toMatchObject({
        source: { address: node },
        destination: { address: '10.244.1.5', port: 8080 },
      })
    }
  })

  it('of type LoadBalancer also has an address outside', () => {
    const shop = service({ type: 'LoadBalancer', externalIP: '203.0.113.20' })
    const call = (port: number) => serviceRoute(clusterOf(shop, pods), syn({ address: '203.0.113.20', port }), first)
    expect(call(80)).toMatchObject({ kind: 'routed', entry: 'loadBalancer' })
    expect(call(8080).kind).toBe('none')
    expect(call(30_080).kind).toBe('none')
  })

  it.each([
    ['its target port', { address: CLUSTER_IP, port: 8080 }],
    ['its node port at the cluster address', { address: CLUSTER_IP, port: 30_080 }],
    ['its port at a node', { address: '192.0.2.21', port: 80 }],
    ['its port at another address', { address: '10.96.0.9', port: 80 }],
  ])('is not called by %s', (_, destination) => {
    expect(serviceRoute(clusterOf(service(), pods), syn(destination), first).kind).toBe('none')
  })

  it('of type ClusterIP has no node port', () => {
    const inner = service({ type: 'ClusterIP' })
    expect(serviceRoute(clusterOf(inner, pods), syn({ address: '192.0.2.21', port: 30_080 }), first).kind).toBe('none')
  })

  it('for TCP takes no datagram', () => {
    const destination = { address: CLUSTER_IP, port: 80 }
    const postcard = datagram({ ttl: 64, identification: 0, source: caller, destination, payload: new Uint8Array() })
    expect(serviceRoute(clusterOf(service(), pods), postcard, first).kind).toBe('none')
  })

  it('without a ready Pod refuses', () => {
    const call = (some: readonly Pod[]) =>
      serviceRoute(clusterOf(service(), some), syn({ address: CLUSTER_IP, port: 80 }), first).kind
    expect(call(pods.map((one) => ({ ...one, ready: false })))).toBe('refused')
    expect(call([])).toBe('refused')
    expect(call(pods.map((one) => ({ ...one, labels: { app: 'api' } })))).toBe('refused')
  })

  it('with no targetPort sends to the same number', () => {
    const [port] = service().ports
    const same = service({ ports: port ? [{ protocol: 'tcp', port: 80 }] : [] })
    const route = serviceRoute(clusterOf(same, pods), syn({ address: CLUSTER_IP, port: 80 }), first)
    expect(route.kind === 'routed' && route.endpoint.port).toBe(80)
  })
})

describe('a target port with a name', () => {
  const named = service({}, { targetPort: 'http' })

  it('is the number that each Pod gives to it', () => {
    const other = pod('web-3', '10.244.3.3', {
      containerPorts: [{ name: 'http', protocol: 'tcp', containerPort: 9090 }],
    })
    const [port] = named.ports
    const found = port ? endpointsOf(clusterOf(named, [...pods, other]), named, port) : []
    expect(found.map((endpoint) => endpoint.port)).toEqual([8080, 8080, 9090])
  })

  it('leaves out a Pod that does not know it', () => {
    const nameless = pods.map((one) => ({
      ...one,
      containerPorts: [{ protocol: 'tcp' as const, containerPort: 8080 }],
    }))
    expect(serviceRoute(clusterOf(named, nameless), syn({ address: CLUSTER_IP, port: 80 }), first).kind).toBe('refused')
  })

  it('is looked up among ports of the same protocol', () => {
    const udp = pods.map((one) => ({
      ...one,
      containerPorts: [{ name: 'http', protocol: 'udp' as const, containerPort: 8080 }],
    }))
    expect(serviceRoute(clusterOf(named, udp), syn({ address: CLUSTER_IP, port: 80 }), first).kind).toBe('refused')
  })
})

describe('a call through a Service', () => {
  const port = fc.constantFrom(80, 3000, 8080, 9000)

  it('is answered exactly when the Pod listens on the target port, whatever containerPort says', () => {
    fc.assert(
      fc.property(port, port, port, (listens, target, declared) => {
        const one = listening(
          pod('web-1', '10.244.1.5', { containerPorts: [{ protocol: 'tcp', containerPort: declared }] }),
          listens,
        )
        const cluster = clusterOf(service({}, { targetPort: target }), [one])
        const route = serviceRoute(cluster, syn({ address: CLUSTER_IP, port: 80 }), first)
        const verdict =
          route.kind === 'routed' ? receive(route.endpoint.pod.host, route.packet).verdict.kind : route.kind
        expect(verdict).toBe(listens === target ? 'listener' : 'rst')
      }),
    )
  })

  it('never goes to a port that nobody named, nor to a Pod that is not ready', () => {
    const anyPod = fc.record({
      ready: fc.boolean(),
      app: fc.constantFrom('web', 'api'),
      http: fc.constantFrom(8080, 9090, 0),
    })
    const anyPort = fc.record({
      targetPort: fc.option(fc.constantFrom<string | number>('http', 8080, 3000), { nil: undefined }),
      nodePort: fc.option(fc.integer({ min: 30_000, max: 30_003 }), { nil: undefined }),
    })
    const number = fc.constantFrom(80, 8080, 3000, 9090, 30_000, 30_001)
    fc.assert(
      fc.property(
        fc.array(anyPod, { maxLength: 5 }),
        anyPort,
        number,
        fc.constantFrom(CLUSTER_IP, ...NODES),
        fc.double({ min: 0, max: 0.999 }),
        (made, { targetPort, nodePort }, dport, address, chance) => {
          const all = made.map(({ ready, app, http }, index) =>
            pod(`p${index}`, `10.244.1.${index + 1}`, {
              ready,
              labels: { app },
              containerPorts: http ? [{ name: 'http', protocol: 'tcp', containerPort: http }] : [],
            }),
          )
          const one = service({
            ports: [
              {
                protocol: 'tcp',
                port: 80,
                ...(targetPort !== undefined && { targetPort }),
                ...(nodePort && { nodePort }),
              },
            ],
          })
          const route = serviceRoute(clusterOf(one, all), syn({ address, port: dport }), () => chance)
          if (route.kind === 'none') {
            expect(address === CLUSTER_IP ? dport === 80 : dport === nodePort).toBe(false)
            return
          }
          const possible = made.flatMap(({ ready, app, http }, index) => {
            const to = targetPort === 'http' ? http : (targetPort ?? 80)
            return ready && app === 'web' && to ? [`10.244.1.${index + 1}:${to}`] : []
          })
          if (route.kind === 'refused') expect(possible).toEqual([])
          else expect(possible).toContain(`${route.packet.destination}:${ends(route.packet)?.destination.port}`)
        },
      ),
    )
  })
})

describe('a Service that the API server refuses', () => {
  const port = (part: Partial<ServicePort>): ServicePort => ({ protocol: 'tcp', port: 80, ...part })

  it.each<[string, Service, readonly string[]]>([
    ['none', service(), []],
    ['no ports', service({ ports: [] }), ['spec.ports: Required value']],
    [
      'a node port outside the range',
      service({}, { nodePort: 8080 }),
      [
        'spec.ports[0].nodePort: Invalid value: 8080: provided port is not in the valid range. The range of valid ports is 30000-32767',
      ],
    ],
    [
      'a node port without the type',
      service({ type: 'ClusterIP' }),
      ["spec.ports[0].nodePort: Forbidden: may not be used when `type` is 'ClusterIP'"],
    ],
    [
      'two ports without names',
      service({ ports: [port({}), port({ port: 443 })] }),
      ['spec.ports[0].name: Required value', 'spec.ports[1].name: Required value'],
    ],
    [
      'a number that is no port',
      service({}, { port: 70_000, targetPort: 0 }),
      [
        'spec.ports[0].port: Invalid value: 70000: must be between 1 and 65535, inclusive',
        'spec.ports[0].targetPort: Invalid value: 0: must be between 1 and 65535, inclusive',
      ],
    ],
    [
      'one port twice',
      service({ ports: [port({ name: 'a' }), port({ name: 'a' })] }),
      [
        'spec.ports[1].name: Duplicate value: "a"',
        'spec.ports[1]: Duplicate value: core.ServicePort{Name:"", Protocol:"TCP", AppProtocol:(*string)(nil), Port:80, TargetPort:intstr.IntOrString{Type:0, IntVal:0, StrVal:""}, NodePort:0}',
      ],
    ],
    [
      'one node port twice',
      service({ ports: [port({ name: 'a', nodePort: 31_700 }), port({ name: 'b', port: 81, nodePort: 31_700 })] }),
      ['spec.ports[1].nodePort: Invalid value: 31700: provided port is already allocated'],
    ],
  ])('for %s', (_, one, faults) => expect(serviceFaults(one)).toEqual(faults))

  it('is not one that has a number for TCP and for UDP', () => {
    const both = [port({ name: 'a', port: 53 }), port({ name: 'b', port: 53, protocol: 'udp' })]
    expect(serviceFaults(service({ ports: both }))).toEqual([])
  })
})
