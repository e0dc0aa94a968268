import type { Balancer } from '../../../net/balancer'
import { balancerRoute } from '../../../net/balancer'
import { bindOutcome } from '../../../net/bind'
import type { Cluster, Pod, Service } from '../../../net/cluster'
import { endpointsOf } from '../../../net/cluster'
import type { Site } from '../../../net/exposure'
import { arrive, serverRouter } from '../../../net/exposure'
import type { Chain } from '../../../net/filter'
import { haproxyConfig } from '../../../net/haproxy'
import { LINUX_EPHEMERAL } from '../../../net/kernel'
import { kubectlGetEndpoints } from '../../../net/kubectl'
import { tupleOf } from '../../../net/packet'
import type { Container, Publish } from '../../../net/publish'
import { publishedTo } from '../../../net/publish'
import { SocketTable } from '../../../net/socket-table'
import { ephemeral, other, server, stranger } from '../../addresses'
import { waiting } from '../../machine'
import { dockerView, portsField } from '../../docker-view'
import { servicesTable } from '../../kubectl-view'
import { nftView } from '../../nft-view'
import { syn } from '../../packets'
import type { TextView } from '../../view'
import { textView } from '../../view'
import { board, statement } from './board'

const outputView = (command: string, lines: readonly string[]): TextView => textView(command, lines.join('\n'), [])

/** How long ago the Service was made. */
const AGE = '3d'

/** A host of containers with a filter, a Service with two Pods, and a balancer with two targets. */
export const containersBoard = board({
  id: 'bd-containers',
  cluster: 'containers',
  difficulty: 4,
  claims: ['S12', 'S27', 'S28'],
  ask: (dice, words) => {
    const { stem, explain, says } = words.boards['bd-containers']
    const own = server(dice)
    const [hostPort, inner] = [dice.one('host port', [8080, 8081, 9090]), dice.one('container port', [80, 3000])]
    const [stored, documented] = [dice.pick([5432, 3306]), 6379]
    const any = (port: number) => waiting('tcp', { address: '0.0.0.0', port })
    const container = (name: string, last: number, port: number, published: readonly Publish[]): Container => ({
      host: { name, addresses: [`172.17.0.${last}`], table: SocketTable.of([any(port)]) },
      published,
    })
    const containers = [
      container('web', 2, inner, [{ protocol: 'tcp', hostPort, containerPort: inner }]),
      // At an address of the host, not at all of them.
      container('db', 3, stored, [{ protocol: 'tcp', hostAddress: own, hostPort: stored, containerPort: stored }]),
      container('cache', 4, documented, []),
    ] as const
    const [web, db, cache] = containers
    const chain: Chain = {
      name: 'input',
      family: 'inet',
      hook: 'input',
      policy: 'accept',
      rules: [{ match: { protocol: 'tcp', destinationPort: [stored] }, action: 'drop' }],
    }
    const plain = serverRouter([own], [chain])
    const site: Site = {
      name: 'host',
      router: { ...plain, interfaces: [...plain.interfaces, { name: 'docker0', addresses: ['172.17.0.1/16'] }] },
      table: SocketTable.of([any(22)]),
      containers,
    }
    const client = { address: stranger(dice), port: ephemeral(dice) }
    const call = (address: string, port: number) => syn(dice, client, { address, port })
    const reaches = (port: number) => arrive(site, call(own, port), 'eth0').verdict?.kind === 'listener'
    const host = { name: 'host', addresses: [own], table: site.table }
    const doors = [hostPort, inner].filter((port) => publishedTo(host, containers, call(own, port))?.container === web)
    const [port, target, nodePort] = [80, dice.pick([8080, 8000, 5000]), dice.int(30000, 32767)]
    const pod = (name: string, address: string): Pod => ({
      host: { name, addresses: [address], table: SocketTable.of([any(target)]) },
      labels: { app: 'shop' },
      containerPorts: [{ protocol: 'tcp', containerPort: target }],
      ready: true,
    })
    const service: Service = {
      name: 'shop',
      type: 'NodePort',
      clusterIP: `10.96.${dice.int(1, 200)}.${dice.int(2, 250)}`,
      ports: [{ protocol: 'tcp', port, targetPort: target, nodePort }],
      selector: { app: 'shop' },
    }
    const pods = [pod('shop-1', '10.244.1.5'), pod('shop-2', '10.244.2.7')] as const
    const cluster: Cluster = { nodes: [], services: [service], pods }
    const [servicePort] = service.ports
    const [endpoint] = servicePort ? endpointsOf(cluster, service, servicePort) : []
    const second = { addresses: pods[1].host.addresses, sockets: [], ephemeral: LINUX_EPHEMERAL }
    const [front, behind] = [443, dice.pick([8443, 8080, 9443])]
    const backend = (name: string, address: string) => ({
      host: { name, addresses: [address], table: SocketTable.of([any(behind)]) },
      address,
      healthy: true,
    })
    const balancer: Balancer = {
      name: 'edge',
      address: other([own], () => server(dice)),
      mode: 'proxy',
      listeners: [{ protocol: 'tcp', port: front, pool: 'app' }],
      pools: [{ name: 'app', port: behind, targets: [backend('app1', '10.0.3.11'), backend('app2', '10.0.3.12')] }],
    }
    const route = balancerRoute(balancer, call(balancer.address, front), dice.next)
    const toTarget = route.kind === 'routed' ? tupleOf(route.packet) : undefined
    return {
      stem,
      views: [
        dockerView([
          { name: 'web', published: web.published },
          { name: 'db', published: db.published },
          { name: 'cache', published: cache.published, exposed: [{ protocol: 'tcp', port: documented }] },
        ]),
        nftView(chain),
        servicesTable([{ service, age: AGE }]),
        outputView('kubectl get endpoints shop', kubectlGetEndpoints(cluster, [{ service, age: AGE }])),
        outputView('cat haproxy.cfg', haproxyConfig(balancer)),
      ],
      statements: [
        statement('publish-reversed', { model: doors[0] ?? 0, idea: inner }, (number) =>
          says['publish-reversed'](number),
        ),
        statement('expose-publishes', { model: reaches(documented), idea: true }, (open) =>
          says['expose-publishes'](documented, open),
        ),
        statement('publish-stays-private', { model: reaches(stored), idea: false }, (open) =>
          says['publish-stays-private'](`${own}:${stored}`, open),
        ),
        statement('k8s-port-is-targetport', { model: endpoint?.port ?? 0, idea: port }, (number) =>
          says['k8s-port-is-targetport'](number),
        ),
        statement(
          'port-unique-across-hosts',
          { model: bindOutcome(second, { ...any(target), uid: 0 }).granted, idea: false },
          (both) => says['port-unique-across-hosts'](both),
        ),
        statement('lb-listener-equals-target', { model: toTarget?.destination.port ?? 0, idea: front }, (number) =>
          says['lb-listener-equals-target'](number),
        ),
        statement(
          'client-uses-service-port',
          { model: toTarget !== undefined && toTarget.source.port === toTarget.destination.port, idea: true },
          (same) => says['client-uses-service-port'](same),
        ),
      ],
      explanation: {
        text: explain,
        field: portsField('web'),
        source: 'Docker: Port publishing and mapping; Kubernetes: Service',
      },
    }
  },
})
