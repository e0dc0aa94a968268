import type { Address } from '../../net/address'
import type { Cluster, Pod, Service } from '../../net/cluster'
import { serviceRoute, targetPortOf } from '../../net/cluster'
import type { Site, Vantage } from '../../net/exposure'
import { arrive, reach, siteHost } from '../../net/exposure'
import type { Chain, Rule } from '../../net/filter'
import type { Container, Publish } from '../../net/publish'
import { parsePublish, printPublish, publishOutcome, publishRefusal } from '../../net/publish'
import { receive } from '../../net/receive'
import type { Socket } from '../../net/socket'
import { SocketTable } from '../../net/socket-table'
import type { Endpoint, Protocol } from '../../net/tuple'
import { endpointText } from '../../net/tuple'
import type { Random } from '../../shift/random'
import { linuxPort, other, server, stranger } from '../addresses'
import { dockerView, portsField } from '../docker-view'
import { podFile, podsTable, serviceFile, servicesTable } from '../kubectl-view'
import type { Machine } from '../machine'
import { waiting } from '../machine'
import { factsView, ssView } from '../machine-view'
import { nftView } from '../nft-view'
import { syn } from '../packets'
import type { Item } from '../question'
import type { Said, Template, Wrong } from '../template'
import type { TextView, View } from '../view'
import { textView } from '../view'

const BRIDGE = '172.17.0.1/16'
const ITSELF: Vantage = { address: '127.0.0.1', iif: 'lo' }

/** What a program inside listens on. */
interface Inside {
  readonly protocol?: Protocol
  readonly address?: Address
  readonly port: number
}

/** The `index`th container of a server. */
const containerOf = (
  name: string,
  index: number,
  { protocol = 'tcp', address = '0.0.0.0', port }: Inside,
  published: readonly Publish[] = [],
): Container => ({
  host: {
    name,
    addresses: [`172.17.0.${index + 2}`],
    table: SocketTable.of([waiting(protocol, { address, port })]),
  },
  published,
})

/** A server with an engine for containers. */
const dock = (
  address: Address,
  containers: readonly Container[],
  { chains = [], sockets = [] }: { readonly chains?: readonly Chain[]; readonly sockets?: readonly Socket[] } = {},
): Site => ({
  name: 'server',
  router: {
    interfaces: [
      { name: 'eth0', addresses: [`${address}/24`] },
      { name: 'docker0', addresses: [BRIDGE] },
    ],
    defaultRoute: 'eth0',
    chains,
  },
  table: SocketTable.of(sockets),
  containers,
})

const outside = (dice: Random): Vantage => ({ address: stranger(dice), iif: 'eth0', port: linuxPort(dice) })

/** Whether somebody at this place reaches a program in the container by this door of the server. */
const isDoorTo = (site: Site, vantage: Vantage, name: string, door: Endpoint, protocol: Protocol = 'tcp'): boolean =>
  reach(site, vantage, protocol, door)?.host.name === name

const insideAddress = ({ host }: Container): Address => host.addresses[0] ?? ''

/** A mapping as it is written, read. */
function read(text: string): Publish {
  const publish = parsePublish(text)
  if ('malformed' in publish) throw new RangeError(publish.malformed)
  return publish
}

const DOCKER = 'Docker: Port publishing and mapping'

const readPorts: Template = {
  id: 'ct-read-ports',
  cluster: 'containers',
  kind: 'choose',
  difficulty: 1,
  claims: ['S12', 'S27'],
  ask: (dice, words) => {
    const say = words.containers['ct-read-ports']
    const address = server(dice)
    const published = dice.one('published', ['everywhere', '127.0.0.1', 'EXPOSE'] as const)
    const inside = dice.one('inside', [80, 443, 3000, 5432])
    const door = other([inside], () => dice.pick([8080, 8443, 3000, 15_432]))
    const name = dice.pick(['web', 'shop', 'api'])
    const mapping: readonly Publish[] =
      published === 'EXPOSE' ? [] : [read(`${published === '127.0.0.1' ? '127.0.0.1:' : ''}${door}:${inside}`)]
    const asked = containerOf(name, 0, { port: inside }, mapping)
    const others = dice
      .shuffle([
        containerOf('docs', 1, { port: 8000 }, [read('9000:8000')]),
        containerOf('cache', 2, { port: 6379 }),
        containerOf('mail', 3, { port: 8025 }, [read('127.0.0.1:8025:8025')]),
      ])
      .slice(0, 2)
    const site = dock(address, [asked, ...others])
    const visitor = outside(dice)
    const found = [door, inside].map((port) => ({ address, port })).find((end) => isDoorTo(site, visitor, name, end))
    const rows = dice.shuffle([asked, ...others]).map(({ host, published: mappings }) => ({
      name: host.name,
      published: mappings,
      exposed: host.table.sockets().map(({ protocol, local }) => ({ protocol, port: local.port })),
    }))
    const at = (end: Address, port: number): string => endpointText({ address: end, port })
    const own = insideAddress(asked)
    const none: Item = { means: 'none', text: words.containers.none }
    const wrong: Readonly<Record<typeof published, readonly Wrong[]>> = {
      everywhere: [
        { says: at(address, inside), misconception: 'publish-reversed' },
        { says: at(own, door), misconception: 'publish-reversed' },
        { says: none, misconception: 'publish-stays-private' },
        { says: at('127.0.0.1', door), misconception: 'wildcard-is-localhost' },
      ],
      '127.0.0.1': [
        { says: at(address, door), misconception: 'loopback-reachable-outside' },
        { says: at(address, inside), misconception: 'publish-reversed' },
        { says: at(own, inside), misconception: 'expose-publishes' },
        { says: at('127.0.0.1', door), misconception: 'loopback-reachable-outside' },
      ],
      EXPOSE: [
        { says: at(address, inside), misconception: 'expose-publishes' },
        { says: at(own, inside), misconception: 'expose-publishes' },
        { says: at('127.0.0.1', inside), misconception: 'loopback-reachable-outside' },
      ],
    }
    return {
      stem: say.stem(name),
      views: [
        dockerView(rows),
        factsView([
          { field: 'server', name: words.containers.facts.server, value: address },
          { field: 'container', name: words.containers.facts.container(name), value: own },
        ]),
      ],
      body: { kind: 'choose', right: found ? endpointText(found) : none, wrong: wrong[published] },
      explanation: {
        text: found
          ? say.everywhere(endpointText(found), inside)
          : mapping.length > 0
            ? say.here(`127.0.0.1:${door}`)
            : say.exposed(`${inside}/tcp`),
        field: portsField(name),
        source: DOCKER,
      },
    }
  },
}

/** A program in a container, and the door for it. */
interface Job {
  readonly name: string
  readonly protocol: Protocol
  readonly inside: number
  readonly door: number
}
const JOBS: readonly Job[] = [
  { name: 'web', protocol: 'tcp', inside: 80, door: 8080 },
  { name: 'app', protocol: 'tcp', inside: 3000, door: 8080 },
  { name: 'db', protocol: 'tcp', inside: 5432, door: 5433 },
  { name: 'dns', protocol: 'udp', inside: 53, door: 5353 },
  { name: 'metrics', protocol: 'tcp', inside: 9090, door: 9100 },
  { name: 'syslog', protocol: 'udp', inside: 514, door: 5514 },
]

const writePublish: Template = {
  id: 'ct-write-publish',
  cluster: 'containers',
  kind: 'type',
  difficulty: 2,
  claims: ['S12', 'S27', 'S31'],
  ask: (dice, words) => {
    const say = words.containers['ct-write-publish']
    const { facts } = words.containers
    const address = server(dice)
    const job = dice.one('service', JOBS, ({ name }) => name)
    const { name, protocol, inside, door } = job
    const whom = dice.one('whom', ['anywhere', 'here'])
    const visitor = outside(dice)
    /** Whether a text brings in exactly those who shall get in, by the door that is wanted. */
    const fits = (text: string): boolean => {
      const publish = parsePublish(text)
      if ('malformed' in publish) return false
      const site = dock(address, [containerOf(name, 0, { protocol, port: inside }, [publish])])
      const opens = (vantage: Vantage, at: Address) =>
        isDoorTo(site, vantage, name, { address: at, port: door }, protocol)
      return opens(visitor, address) === (whom === 'anywhere') && opens(ITSELF, '127.0.0.1')
    }
    const suffix = protocol === 'udp' ? '/udp' : ''
    const written = (host: string, left: number, right: number) => `${host}${left}:${right}${suffix}`
    const [right, ...others] = ['', '127.0.0.1:', '0.0.0.0:'].map((host) => written(host, door, inside)).filter(fits)
    if (right === undefined) return undefined
    const spellings = [right, ...others].flatMap((text) => (protocol === 'tcp' ? [text, `${text}/tcp`] : [text]))
    const swapped = written(whom === 'here' ? '127.0.0.1:' : '', inside, door)
    const wrong: readonly Wrong[] = [
      { says: swapped, misconception: 'publish-reversed' },
      { says: written('', inside, door), misconception: 'publish-reversed' },
      { says: whom === 'here' ? written('', door, inside) : undefined, misconception: 'publish-stays-private' },
      {
        says: whom === 'here' ? undefined : written('127.0.0.1:', door, inside),
        misconception: 'loopback-reachable-outside',
      },
      { says: protocol === 'udp' ? right.replace('/udp', '') : undefined, misconception: 'tcp-udp-share-space' },
      { says: inside, misconception: 'expose-publishes' },
    ]
    const result = dockerView([{ name, published: [read(right)] }])
    const given = factsView([
      { field: 'program', name: facts.program, value: `0.0.0.0:${inside}/${protocol}` },
      { field: 'door', name: facts.door, value: String(door) },
      { field: 'whom', name: facts.whom, value: whom === 'anywhere' ? facts.anywhere : facts.here },
    ])
    return {
      stem: say.stem,
      views: [given],
      after: [given, result],
      body: {
        kind: 'type',
        expects: 'text',
        right,
        alsoRight: [...spellings.slice(1), ...spellings.map((text) => `-p ${text}`)],
        wrong,
      },
      explanation: {
        text:
          whom === 'here' ? say.local(right) : protocol === 'udp' ? say.udp(right) : say.explain(right, door, inside),
        field: portsField(name),
        source: DOCKER,
      },
    }
  },
}

const LOOPBACK: Rule = { match: { iif: 'lo' }, action: 'accept' }
const KNOWN: Rule = { match: { state: ['established', 'related'] }, action: 'accept' }

const inputChain = (policy: Chain['policy'], rules: readonly Rule[]): Chain => ({
  name: 'input',
  family: 'inet',
  hook: 'input',
  policy,
  rules: [KNOWN, LOOPBACK, ...rules],
})

/** The sockets in a container as its own `ss` shows them. */
const insideView = ({ host }: Container, program: string): TextView => {
  const sockets = host.table.sockets()
  const machine: Machine = {
    name: host.name,
    addresses: host.addresses,
    sockets,
    programs: Object.fromEntries(sockets.map(({ id }) => [id, program])),
  }
  return { ...ssView(machine, '-tlnp'), command: `docker exec ${host.name} ss -tlnp` }
}

const DATABASES = [
  { port: 5432, program: 'postgres' },
  { port: 3306, program: 'mariadbd' },
  { port: 6379, program: 'redis-server' },
  { port: 27_017, program: 'mongod' },
] as const

const localPublish: Template = {
  id: 'ct-local-publish',
  cluster: 'containers',
  kind: 'choose',
  difficulty: 3,
  claims: ['S12', 'S28', 'S31'],
  ask: (dice, words) => {
    const say = words.containers['ct-local-publish']
    const address = server(dice)
    const { port, program } = dice.one('database', DATABASES, (one) => one.program)
    const at = dice.one('host address', ['0.0.0.0', '127.0.0.1'])
    const spec = `${at === '127.0.0.1' ? `${at}:` : ''}${port}:${port}`
    const bound = dice.next() < 0.75 ? '0.0.0.0' : '127.0.0.1'
    const chain = dice.pick([
      inputChain('accept', [{ match: { protocol: 'tcp', destinationPort: [port] }, action: 'drop' }]),
      inputChain('drop', [{ match: { protocol: 'tcp', destinationPort: [22] }, action: 'accept' }]),
      inputChain('accept', []),
    ])
    const db = containerOf('db', 0, { address: bound, port }, [read(spec)])
    const site = dock(address, [db], { chains: [chain] })
    const everyone: Item = { means: 'everyone', text: say.everyone }
    const host: Item = { means: 'host', text: say.host }
    const nobody: Item = { means: 'nobody', text: say.nobody }
    const right = isDoorTo(site, outside(dice), 'db', { address, port })
      ? everyone
      : isDoorTo(site, ITSELF, 'db', { address: '127.0.0.1', port })
        ? host
        : nobody
    const local = spec.startsWith('127.')
    const [socket] = db.host.table.sockets()
    const texts = {
      everyone: say.everyoneWhy,
      host: say.hostWhy(`127.0.0.1:${port}`),
      nobody: say.nobodyWhy(insideAddress(db)),
    }
    return {
      stem: say.stem('db'),
      views: [dockerView([{ name: 'db', published: db.published }]), insideView(db, program), nftView(chain)],
      body: {
        kind: 'choose',
        right,
        wrong: [
          {
            says: everyone,
            misconception:
              right === nobody
                ? 'specific-bind-answers-all'
                : local
                  ? 'loopback-reachable-outside'
                  : 'listening-means-reachable',
          },
          { says: host, misconception: right === nobody ? 'loopback-reachable-outside' : 'publish-stays-private' },
          { says: nobody, misconception: right === everyone ? 'publish-stays-private' : 'expose-publishes' },
        ],
      },
      explanation: {
        text: right === everyone ? texts.everyone : right === host ? texts.host : texts.nobody,
        field: right === nobody ? (socket?.id ?? '') : portsField('db'),
        source: 'Docker: Packet filtering and firewalls',
      },
    }
  },
}

/** Two containers with the same port inside: how their mappings differ. */
const PAIRS = ['the same door', 'another number', 'another address', 'one address of all', 'another protocol'] as const

const twoEighties: Template = {
  id: 'ct-two-eighties',
  cluster: 'containers',
  kind: 'choose',
  difficulty: 2,
  claims: ['S12', 'S13'],
  ask: (dice, words) => {
    const say = words.containers['ct-two-eighties']
    const address = server(dice)
    const pair = dice.one('mappings', PAIRS)
    const inside = pair === 'another protocol' ? 53 : dice.pick([80, 3000])
    const door = pair === 'another protocol' ? 53 : dice.pick([8080, 8000, 8888])
    const specs: Readonly<Record<(typeof PAIRS)[number], readonly [blue: string, green: string]>> = {
      'the same door': [`${door}:${inside}`, `${door}:${inside}`],
      'another number': [`${door}:${inside}`, `${door + 1}:${inside}`],
      'another address': [`127.0.0.1:${door}:${inside}`, `${address}:${door}:${inside}`],
      'one address of all': dice.pick([
        [`${door}:${inside}`, `127.0.0.1:${door}:${inside}`],
        [`127.0.0.1:${door}:${inside}`, `${door}:${inside}`],
      ] as const),
      'another protocol': [`${door}:${inside}`, `${door}:${inside}/udp`],
    }
    const [first, second] = specs[pair]
    const blue = containerOf('blue', 0, { port: inside }, [read(first)])
    const publish = read(second)
    const host = siteHost(dock(address, []))
    const outcome = publishOutcome(host, [blue], publish)
    const both: Item = { means: 'both', text: say.both }
    const taken: Item = { means: 'taken', text: say.taken }
    const running = { name: 'blue', published: blue.published }
    const started = dockerView([running, { name: 'green', published: [publish] }])
    const id = Array.from({ length: 64 }, () => dice.int(0, 15).toString(16)).join('')
    const failed: readonly View[] = outcome.granted
      ? []
      : [
          textView(
            `docker run -d --name green -p ${second} green`,
            `docker: Error response from daemon: driver failed programming external connectivity on endpoint green (${id}): ${publishRefusal(publish, outcome)}.`,
            [],
          ),
          dockerView([running]),
        ]
    const sharing: Wrong = { says: { means: 'share', text: say.share }, misconception: 'reuseport-copies-traffic' }
    const moving: Wrong = { says: { means: 'moved', text: say.moved }, misconception: 'new-server-port-per-connection' }
    const held = printPublish(publish).replace(/:\d+(\/\w+)?$/, '')
    return {
      stem: say.stem(inside, second),
      views: [
        dockerView([running]),
        factsView([{ field: 'server', name: words.containers.facts.server, value: address }]),
      ],
      after: outcome.granted ? [started] : failed,
      body: {
        kind: 'choose',
        right: outcome.granted ? both : taken,
        wrong: outcome.granted
          ? [
              {
                says: taken,
                misconception:
                  pair === 'another protocol'
                    ? 'tcp-udp-share-space'
                    : pair === 'another address'
                      ? 'specific-bind-answers-all'
                      : 'publish-reversed',
              },
              { says: { means: 'used', text: say.used(inside) }, misconception: 'port-unique-across-hosts' },
              sharing,
              moving,
            ]
          : [
              {
                says: both,
                misconception: pair === 'the same door' ? 'publish-reversed' : 'wildcard-and-specific-coexist',
              },
              sharing,
              moving,
            ],
      },
      explanation: {
        text: outcome.granted ? say.free(held) : say.clash(held),
        field: portsField('blue'),
        source: DOCKER,
      },
    }
  },
}

const orderPath: Template = {
  id: 'ct-order-path',
  cluster: 'containers',
  kind: 'order',
  difficulty: 3,
  claims: ['S12', 'S18', 'S27'],
  ask: (dice, words) => {
    const say = words.containers['ct-order-path']
    const address = server(dice)
    const inside = dice.one('inside', [80, 3000, 9000])
    const door = dice.pick([8080, 8443, 8888])
    const web = containerOf('web', 0, { port: inside }, [read(`${door}:${inside}`)])
    const sshd = waiting('tcp', { address: '0.0.0.0', port: 22 })
    const called = dice.next() < 0.75 ? door : 22
    const visitor = outside(dice)
    const site = dock(address, [web], { sockets: [sshd] })
    const packet = syn(dice, { address: visitor.address, port: linuxPort(dice) }, { address, port: called })
    const { walk, through } = arrive(site, packet, visitor.iif)
    const { end } = walk
    if (end.kind !== 'local' && end.kind !== 'sent') return undefined
    const at = (host: Address, port: number): string => endpointText({ address: host, port })
    const own = insideAddress(web)
    const items = {
      arrives: { means: 'arrives', text: say.arrives(at(address, called)) },
      rewritten: { means: 'rewritten', text: say.rewritten(at(own, inside)) },
      forward: { means: 'forward', text: say.forward },
      input: { means: 'input', text: say.input },
      container: { means: 'container', text: say.inContainer },
      host: { means: 'host', text: say.onHost },
      reversed: { means: 'reversed', text: say.rewritten(at(own, called)) },
    }
    const taker = through.at(-1)
    const takenBy = taker?.kind === 'listener' && taker.host.name === 'web' ? items.container : items.host
    const right: readonly Item[] = [
      items.arrives,
      ...walk.steps.flatMap(({ at: stop, natRule }) => [
        ...(stop === 'prerouting' && natRule !== undefined ? [items.rewritten] : []),
        ...(stop === 'forward' ? [items.forward] : []),
        ...(stop === 'input' ? [items.input] : []),
      ]),
      takenBy,
    ]
    const published = right.includes(items.rewritten)
    const extra = published ? [items.input, items.reversed] : [items.rewritten, items.forward, items.container]
    return {
      stem: say.stem(at(address, called)),
      views: [
        dockerView([{ name: 'web', published: web.published }]),
        ssView({ name: 'server', addresses: [address], sockets: [sshd], programs: { [sshd.id]: 'sshd' } }, '-tlnp'),
        factsView([
          { field: 'server', name: words.containers.facts.server, value: address },
          { field: 'container', name: words.containers.facts.container('web'), value: own },
        ]),
      ],
      body: {
        kind: 'order',
        right,
        extra,
        wrong: published
          ? [
              {
                says: [items.arrives, items.input, items.rewritten, items.forward, items.container],
                misconception: 'publish-stays-private',
              },
              {
                says: [items.arrives, items.input, items.rewritten, items.container],
                misconception: 'publish-stays-private',
              },
              {
                says: [items.arrives, items.rewritten, items.input, items.container],
                misconception: 'publish-stays-private',
              },
              {
                says: [items.arrives, items.reversed, items.forward, items.container],
                misconception: 'publish-reversed',
              },
              {
                says: [items.arrives, items.forward, items.rewritten, items.container],
                misconception: 'forward-keeps-port',
              },
              { says: [items.arrives, items.rewritten, items.container], misconception: 'listening-means-reachable' },
            ]
          : [
              { says: [items.arrives, items.host], misconception: 'listening-means-reachable' },
              {
                says: [items.arrives, items.rewritten, items.forward, items.container],
                misconception: 'unsolicited-finds-host',
              },
              { says: [items.arrives, items.forward, items.host], misconception: 'router-routes-by-port' },
            ],
      },
      explanation: {
        text: published ? say.published(at(own, inside)) : say.own(at(address, called)),
        field: published ? portsField('web') : sshd.id,
        source: 'Docker: Packet filtering and firewalls',
      },
    }
  },
}

/** A Pod with one listener. */
const podOf = (name: string, address: Address, listens: number, part: Partial<Pod> = {}): Pod => ({
  host: { name, addresses: [address], table: SocketTable.of([waiting('tcp', { address: '0.0.0.0', port: listens })]) },
  labels: { app: name.replace(/-.*/, '') },
  containerPorts: [],
  ready: true,
  ...part,
})

const podAddress = (dice: Random): Address => `10.244.${dice.int(1, 3)}.${dice.int(2, 250)}`
const clusterAddress = (dice: Random): Address => `10.96.${dice.int(1, 200)}.${dice.int(2, 250)}`
const nodePort = (dice: Random): number => dice.int(30_000, 32_767)

/** A cluster with two nodes and one Service. */
const clusterOf = (dice: Random, service: Service, pods: readonly Pod[]): Cluster => {
  const first = server(dice)
  const second = other([first], () => server(dice))
  return {
    nodes: [first, second].map((address, index) => ({
      name: `node-${index + 1}`,
      addresses: [address],
      table: SocketTable.of([]),
    })),
    services: [service],
    pods,
  }
}

/** Who calls a Service, and at which address. */
type Caller = 'pod' | 'stranger'

/** The one of these numbers at which the caller gets through to a Pod. */
function numberFor(dice: Random, cluster: Cluster, caller: Caller, numbers: readonly number[]): number | undefined {
  const [service] = cluster.services
  const address = caller === 'pod' ? service?.clusterIP : cluster.nodes[0]?.addresses[0]
  if (address === undefined) return undefined
  const source = { address: caller === 'pod' ? podAddress(dice) : stranger(dice), port: linuxPort(dice) }
  return numbers.find((port) => {
    const route = serviceRoute(cluster, syn(dice, source, { address, port }), dice.next)
    return route.kind === 'routed'
  })
}

const KUBERNETES = 'Kubernetes: Service'

const threeNumbers: Template = {
  id: 'k8-three-numbers',
  cluster: 'containers',
  kind: 'match',
  difficulty: 2,
  claims: ['S12', 'S27'],
  ask: (dice, words) => {
    const say = words.containers['k8-three-numbers']
    const name = dice.pick(['web', 'api', 'shop'])
    const port = dice.one('port', [80, 443])
    const listens = dice.one('target', [8080, 3000, 9000, 8443])
    const named = dice.next() < 0.35
    const node = nodePort(dice)
    const pod = podOf(`${name}-1`, podAddress(dice), listens, {
      containerPorts: [{ name: 'http', protocol: 'tcp', containerPort: listens }],
    })
    const service: Service = {
      name,
      type: 'NodePort',
      clusterIP: clusterAddress(dice),
      selector: { app: name },
      ports: [{ protocol: 'tcp', port, targetPort: named ? 'http' : listens, nodePort: node }],
    }
    const cluster = clusterOf(dice, service, [pod])
    const numbers = dice.shuffle([port, listens, node])
    const byPod = numberFor(dice, cluster, 'pod', numbers)
    const byStranger = numberFor(dice, cluster, 'stranger', numbers)
    if (byPod === undefined || byStranger === undefined) return undefined
    const call = syn(
      dice,
      { address: podAddress(dice), port: linuxPort(dice) },
      { address: service.clusterIP, port: byPod },
    )
    const route = serviceRoute(cluster, call, dice.next)
    if (route.kind !== 'routed') return undefined
    const items = {
      pod: { means: 'pod', text: say.pod },
      stranger: { means: 'stranger', text: say.stranger },
      program: { means: 'program', text: say.program },
    }
    const mixed = (left: Said, right: number) => ({
      says: [left, right] as const,
      misconception: 'k8s-port-is-targetport' as const,
    })
    return {
      stem: say.stem(name),
      views: [serviceFile(service), ...(named ? [podFile(pod, `${name}:1.4`)] : [])],
      body: {
        kind: 'match',
        pairs: [
          [items.pod, byPod],
          [items.stranger, byStranger],
          [items.program, route.endpoint.port],
        ],
        wrong: [
          mixed(items.pod, listens),
          mixed(items.pod, node),
          mixed(items.program, port),
          mixed(items.stranger, port),
          { says: [items.stranger, listens], misconception: 'expose-publishes' },
          { says: [items.program, node], misconception: 'forward-keeps-port' },
        ],
      },
      explanation: {
        text: say.explain(port, listens, node),
        field: 'targetPort',
        source: KUBERNETES,
      },
    }
  },
}

const readGetSvc: Template = {
  id: 'k8-read-get-svc',
  cluster: 'containers',
  kind: 'type',
  difficulty: 2,
  claims: ['S12', 'S27'],
  ask: (dice, words) => {
    const say = words.containers['k8-read-get-svc']
    const caller = dice.one('caller', ['stranger', 'pod'] as const)
    const name = dice.pick(['web', 'shop', 'docs'])
    const port = dice.one('port', [80, 443])
    const target = dice.pick([8080, 3000, 8443])
    const node = nodePort(dice)
    const service: Service = {
      name,
      type: 'NodePort',
      clusterIP: clusterAddress(dice),
      selector: { app: name },
      ports: [{ protocol: 'tcp', port, targetPort: target, nodePort: node }],
    }
    const cluster = clusterOf(dice, service, [podOf(`${name}-1`, podAddress(dice), target)])
    const right = numberFor(dice, cluster, caller, dice.shuffle([port, node, target]))
    if (right === undefined) return undefined
    const others: readonly Service[] = [
      {
        name: 'kubernetes',
        type: 'ClusterIP',
        clusterIP: '10.96.0.1',
        selector: {},
        ports: [{ protocol: 'tcp', port: 443 }],
      },
      {
        name: 'api',
        type: 'ClusterIP',
        clusterIP: clusterAddress(dice),
        selector: { app: 'api' },
        ports: [{ protocol: 'tcp', port: 8000, targetPort: 3000 }],
      },
    ]
    const services = [...others, service].toSorted((a, b) => (a.name < b.name ? -1 : 1))
    return {
      stem: caller === 'stranger' ? say.node(name) : say.pod(name),
      views: [servicesTable(services.map((one) => ({ service: one, age: one.name === 'kubernetes' ? '12d' : '41m' })))],
      body: {
        kind: 'type',
        expects: 'port',
        right,
        wrong: [
          { says: port, misconception: 'publish-reversed' },
          { says: node, misconception: 'k8s-port-is-targetport' },
          { says: target, misconception: 'k8s-port-is-targetport' },
        ],
      },
      explanation: {
        text: caller === 'stranger' ? say.explainNode(port, node) : say.explainPod(port, node),
        field: `${name} ${caller === 'stranger' ? 'nodePort' : 'port'}`,
        source: KUBERNETES,
      },
    }
  },
}

/** What becomes of a call through a Service. */
type Called = 'answered' | 'podRefuses' | 'noEndpoint'

function called(dice: Random, cluster: Cluster, destination: Endpoint): Called {
  const source = { address: podAddress(dice), port: linuxPort(dice) }
  const route = serviceRoute(cluster, syn(dice, source, destination), dice.next)
  if (route.kind !== 'routed') return 'noEndpoint'
  return receive(route.endpoint.pod.host, route.packet).verdict.kind === 'listener' ? 'answered' : 'podRefuses'
}

const brokenTarget: Template = {
  id: 'k8-broken-target',
  cluster: 'containers',
  kind: 'predict',
  difficulty: 4,
  claims: ['S12', 'S14', 'S27'],
  ask: (dice, words) => {
    const say = words.containers['k8-broken-target']
    const name = dice.pick(['web', 'api', 'shop'])
    const listens = dice.one('listens', [8080, 3000])
    const wrongNumber = dice.pick([80, 8000, 9000])
    const target = dice.pick<number | string>([listens, listens, wrongNumber, 'http'])
    const declared = dice.pick([listens, wrongNumber, 80])
    const hasName = target === 'http' ? dice.next() < 0.5 : dice.next() < 0.3
    const pod = podOf(`${name}-1`, podAddress(dice), listens, {
      containerPorts: [{ ...(hasName && { name: 'http' }), protocol: 'tcp', containerPort: declared }],
      ready: dice.next() < 0.85,
    })
    const service: Service = {
      name,
      type: 'ClusterIP',
      clusterIP: clusterAddress(dice),
      selector: { app: name },
      ports: [{ protocol: 'tcp', port: 80, targetPort: target }],
    }
    const cluster = clusterOf(dice, service, [pod])
    const result = called(dice, cluster, { address: service.clusterIP, port: 80 })
    const items: Readonly<Record<Called | 'silence', Item>> = {
      answered: { means: 'answered', text: say.answered },
      podRefuses: { means: 'pod-refuses', text: say.podRefuses },
      noEndpoint: { means: 'no-endpoint', text: say.noEndpoint },
      silence: { means: 'silence', text: say.silence },
    }
    const [port] = service.ports
    const [number = 0] = [target === 'http' ? declared : target].map(Number)
    const sockets = pod.host.table.sockets()
    const machine: Machine = {
      name: pod.host.name,
      addresses: pod.host.addresses,
      sockets,
      programs: { [sockets[0]?.id ?? '']: 'node' },
    }
    const inside = { ...ssView(machine, '-tlnp'), command: `kubectl exec ${pod.host.name} -- ss -tlnp` }
    const explained = (): { readonly text: string; readonly field: string } => {
      const named = typeof target === 'string'
      if (result === 'answered')
        return { text: named ? say.namedAnswers(target, number) : say.answeredWhy(number), field: 'targetPort' }
      if (result === 'podRefuses') {
        const text = named ? say.namedRefuses(target, number, listens) : say.podRefusesWhy(number, listens)
        return { text, field: 'targetPort' }
      }
      if (!pod.ready) return { text: say.notReadyWhy('0/1'), field: pod.host.name }
      return { text: say.unknownName(port ? String(targetPortOf(port)) : ''), field: 'targetPort' }
    }
    return {
      stem: say.stem(`${name}:80`),
      views: [serviceFile(service), podFile(pod, `${name}:1.4`), podsTable([{ pod, age: '41m' }]), inside],
      body: {
        kind: 'predict',
        right: items[result],
        wrong: [
          {
            says: items.answered,
            misconception:
              result === 'noEndpoint'
                ? 'listening-means-reachable'
                : declared === listens
                  ? 'port-identifies-program'
                  : 'expose-publishes',
          },
          {
            says: items.podRefuses,
            misconception: result === 'answered' && declared !== number ? 'expose-publishes' : 'k8s-port-is-targetport',
          },
          { says: items.noEndpoint, misconception: 'expose-publishes' },
          { says: items.silence, misconception: 'closed-is-silent' },
        ],
      },
      explanation: { ...explained(), source: KUBERNETES },
    }
  },
}

export const containers: readonly Template[] = [
  readPorts,
  writePublish,
  localPublish,
  twoEighties,
  orderPath,
  threeNumbers,
  readGetSvc,
  brokenTarget,
]
