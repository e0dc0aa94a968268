import type { BindingHost } from '../../net/bind'
import { canConnectFrom, portsOf } from '../../net/bind'
import { connectionsTo } from '../../net/flow-count'
import type { PortSpan } from '../../net/kernel'
import { IANA_EPHEMERAL, LINUX_EPHEMERAL } from '../../net/kernel'
import type { Packet } from '../../net/packet'
import { tupleOf } from '../../net/packet'
import { receive } from '../../net/receive'
import type { Socket } from '../../net/socket'
import type { Endpoint, FiveTuple, Protocol } from '../../net/tuple'
import { endpointText, reverse } from '../../net/tuple'
import { rangeOf } from '../../ports/range'
import { payloadFor } from '../../shift/payload'
import type { Random } from '../../shift/random'
import { datagram } from '../../net/build'
import { ephemeral, linuxPort, other, server, stranger } from '../addresses'
import type { Draw } from '../draw'
import { clock, conversation, exchange, HANDSHAKE } from '../conversation'
import type { Machine } from '../machine'
import { connected, hostOf, waiting } from '../machine'
import { doorsView, factsView, papersView, ssView, tcpdumpView } from '../machine-view'
import { data } from '../packets'
import { usualProgram } from '../programs'
import type { Item } from '../question'
import type { LeftOut, Said, Template, Wrong } from '../template'
import { refusals, socketItem, verdictItem } from '../verdict-item'
import { textView } from '../view'
import { code, lookalike } from './one-door'
import { rangeLabel, rangeView } from './sockets-counting'
import { tupleText } from './sockets-flows'

/** A request that a client sends, and its ends. */
interface Request {
  readonly packet: Packet
  readonly tuple: FiveTuple
  readonly client: Endpoint
  readonly local: Endpoint
}

const ASKED: readonly { readonly protocol: Protocol; readonly port: number }[] = [
  { protocol: 'tcp', port: 22 },
  { protocol: 'tcp', port: 80 },
  { protocol: 'tcp', port: 443 },
  { protocol: 'tcp', port: 5432 },
  { protocol: 'udp', port: 53 },
  { protocol: 'udp', port: 123 },
]

function request(dice: Draw): Request | undefined {
  const { protocol, port } = dice.one('door', ASKED, (asked) => `${asked.port}/${asked.protocol}`)
  const client = { address: stranger(dice), port: ephemeral(dice) }
  const local = { address: server(dice), port }
  const packet =
    protocol === 'tcp'
      ? data(dice, client, local)
      : datagram({
          source: client,
          destination: local,
          ttl: 57,
          identification: dice.int(1, 65535),
          payload: payloadFor(port, dice),
        })
  const tuple = tupleOf(packet)
  return tuple && { packet, tuple, client, local }
}

/** The header of the answer to a request. */
const buildReply: Template = {
  id: 'rp-build-reply',
  cluster: 'replies',
  kind: 'choose',
  difficulty: 1,
  claims: ['S05', 'S16'],
  ask: (dice, words) => {
    const say = words.replies['rp-build-reply']
    const asked = request(dice)
    if (!asked) return undefined
    const { packet, tuple, client, local } = asked
    const { protocol } = tuple
    const fresh = { ...local, port: other([client.port], () => ephemeral(dice)) }
    const line = (source: Endpoint, destination: Endpoint) => code(tupleText({ protocol, source, destination }))
    return {
      stem: say.stem,
      views: [tcpdumpView([packet], clock(dice, 1))],
      body: {
        kind: 'choose',
        right: code(tupleText(reverse(tuple))),
        wrong: [
          { says: line(client, local), misconception: 'reply-keeps-ports' },
          {
            says: line({ ...local, port: client.port }, { ...client, port: local.port }),
            misconception: 'reply-keeps-ports',
          },
          { says: line(fresh, client), misconception: 'new-server-port-per-connection' },
          { says: line(local, { ...client, port: local.port }), misconception: 'client-uses-service-port' },
        ],
      },
      explanation: {
        text: say.explain(endpointText(local), endpointText(client)),
        field: 'sourcePort',
        source: protocol === 'udp' ? 'RFC 768' : 'RFC 9293 §3.1',
      },
    }
  },
}

/** The destination port of the answer to a request. */
const replyDport: Template = {
  id: 'rp-reply-dport',
  cluster: 'replies',
  kind: 'type',
  difficulty: 1,
  claims: ['S05'],
  ask: (dice, words) => {
    const say = words.replies['rp-reply-dport']
    const asked = request(dice)
    if (!asked) return undefined
    const { packet, tuple, client, local } = asked
    const { source, destination } = reverse(tuple)
    return {
      stem: say.stem,
      views: [dice.next() < 0.5 ? papersView(packet, words) : tcpdumpView([packet], clock(dice, 1))],
      body: {
        kind: 'type',
        expects: 'port',
        right: destination.port,
        wrong: [
          {
            says: source.port,
            misconception: dice.pick(['reply-keeps-ports', 'client-uses-service-port'] as const),
          },
        ],
      },
      explanation: {
        text: say.explain(client.port, local.port),
        field: 'sourcePort',
        source: tuple.protocol === 'udp' ? 'RFC 768' : 'RFC 9293 §3.1',
      },
    }
  },
}

const FIELDS = ['source', 'sourcePort', 'destination', 'destinationPort'] as const
type Field = (typeof FIELDS)[number]

const fieldsOf = ({ source, destination }: FiveTuple): Readonly<Record<Field, string>> => ({
  source: source.address,
  sourcePort: String(source.port),
  destination: destination.address,
  destinationPort: String(destination.port),
})

/** All four fields of the answer's header, each found among the numbers of the request. */
const fillReply: Template = {
  id: 'rp-fill-reply',
  cluster: 'replies',
  kind: 'match',
  difficulty: 2,
  claims: ['S05', 'S16'],
  ask: (dice, words) => {
    const say = words.replies['rp-fill-reply']
    const asked = request(dice)
    if (!asked) return undefined
    const { packet, tuple, client, local } = asked
    const [there, back] = [fieldsOf(tuple), fieldsOf(reverse(tuple))]
    const fresh = String(lookalike(dice, client.port))
    const field = (name: Field): Item => ({ means: name, text: words.common.fields[name] })
    return {
      stem: say.stem,
      views: [dice.next() < 0.5 ? papersView(packet, words) : tcpdumpView([packet], clock(dice, 1))],
      body: {
        kind: 'match',
        pairs: FIELDS.map((name) => [field(name), code(back[name])] as const),
        extra: [code(fresh)],
        wrong: [
          ...FIELDS.map((name) => ({
            says: [field(name), code(there[name])] as const,
            misconception: 'reply-keeps-ports' as const,
          })),
          { says: [field('sourcePort'), code(fresh)], misconception: 'new-server-port-per-connection' },
        ],
      },
      explanation: {
        text: say.explain(endpointText(local), endpointText(client)),
        field: 'sourcePort',
        source: tuple.protocol === 'udp' ? 'RFC 768' : 'RFC 9293 §3.1',
      },
    }
  },
}

/** A packet from a service's port: an answer that comes back, and no visit. */
const replyArrives: Template = {
  id: 'rp-reply-arrives',
  cluster: 'replies',
  kind: 'choose',
  difficulty: 3,
  claims: ['S05', 'S16', 'S17'],
  ask: (dice, words) => {
    const say = words.replies['rp-reply-arrives']
    const open = dice.one('connection', ['open', 'gone']) === 'open'
    const port = dice.one('door', [22, 80, 443])
    const own = server(dice)
    const remote = { address: stranger(dice), port }
    const here = (local: number) => ({ address: own, port: local })
    const p = linuxPort(dice)
    const q = other([p], () => linuxPort(dice))
    const listener = waiting('tcp', { address: '0.0.0.0', port })
    const calls = [p, q].map((local) => connected('tcp', here(local), remote))
    const visitor = connected('tcp', here(port), { address: other([remote.address], () => stranger(dice)), port: p })
    const sockets = [listener, ...dice.shuffle([...calls.slice(open ? 0 : 1), visitor])]
    const program = usualProgram('tcp', port) ?? 'server'
    const machine: Machine = {
      name: 'server',
      addresses: [own],
      sockets,
      programs: Object.fromEntries(sockets.map(({ id, local }) => [id, local.port === port ? program : 'curl'])),
    }
    const packet = data(dice, remote, here(p))
    const received = receive(hostOf(machine), packet)
    const { rst, silence } = refusals(words)
    const item = (socket: Socket | undefined) => socketItem(machine, socket?.id, words)
    return {
      stem: say.stem,
      views: [tcpdumpView([packet], clock(dice, 1)), ssView(machine, '-tan'), doorsView(machine)],
      body: {
        kind: 'choose',
        right: verdictItem(machine, received, words),
        wrong: [
          { says: item(listener), misconception: 'source-port-is-door' },
          { says: item(visitor), misconception: 'reply-keeps-ports' },
          { says: item(calls[1]), misconception: 'source-ip-alone-selects' },
          { says: rst, misconception: 'listener-carries-data' },
          { says: silence, misconception: 'closed-is-silent' },
        ],
      },
      explanation: {
        text: received.why === 'connection' ? say.back(p, endpointText(remote)) : say.late(p, endpointText(remote)),
        field: 'destinationPort',
        source: received.why === 'connection' ? 'RFC 9293 §3.3.1' : 'RFC 9293 §3.10.7.1',
      },
      scene: { machine, packets: [packet] },
    }
  },
}

/** A connection in a capture: its first line, and one from its middle. */
interface Glimpse {
  readonly client: Endpoint
  readonly remote: Endpoint
  readonly early: Packet
  readonly late: Packet
}

function glimpse(dice: Random, client: Endpoint, remote: Endpoint, lateBy: 'client' | 'server'): Glimpse | undefined {
  const segments = conversation(dice, client, remote, [
    ...HANDSHAKE,
    ...exchange('client', dice.int(40, 200)),
    ...exchange('server', dice.int(200, 900)),
  ])
  const early = segments[dice.int(0, 1)]
  const late = segments[lateBy === 'client' ? 3 : 5]
  return early && late && { client, remote, early, late }
}

/** The end that opened the connection: it sent the SYN without ACK, or got the SYN with ACK (RFC 9293 section 3.5). */
function opener({ source, destination, transport }: Packet): Endpoint | undefined {
  if (transport.protocol !== 'tcp' || !transport.flags.syn) return undefined
  return transport.flags.ack
    ? { address: destination, port: transport.destinationPort }
    : { address: source, port: transport.sourcePort }
}

/** Two connections in a capture; in one of them the server has the larger number. */
const whoIsClient: Template = {
  id: 'rp-who-is-client',
  cluster: 'replies',
  kind: 'several',
  difficulty: 3,
  claims: ['S05', 'S15'],
  ask: (dice, words) => {
    const say = words.replies['rp-who-is-client']
    const host = (): Endpoint => ({ address: stranger(dice), port: dice.int(33_000, 44_000) })
    const high = { address: server(dice), port: dice.int(45_000, 60_999) }
    const low = { address: other([high.address], () => server(dice)), port: dice.one('door', [22, 80, 443, 5432]) }
    const [one, two] = dice.shuffle(['client', 'server'] as const)
    const glimpses = dice
      .shuffle([
        [high, one],
        [low, two],
      ] as const)
      .flatMap(([remote, by]) => glimpse(dice, host(), remote, by ?? 'client') ?? [])
    const packets = [...glimpses.map(({ early }) => early), ...glimpses.map(({ late }) => late)]
    const openers = packets.flatMap((packet) => opener(packet) ?? []).map((end) => endpointText(end))
    const ends = glimpses.flatMap(({ client, remote }) => [client, remote])
    const item = (end: Endpoint): Item => code(endpointText(end))
    const isClient = (end: Endpoint) => openers.includes(endpointText(end))
    const larger = ({ client, remote }: Glimpse) => (client.port > remote.port ? client : remote)
    const lateSource = ({ late }: Glimpse): Endpoint => ({
      address: late.source,
      port: tupleOf(late)?.source.port ?? 0,
    })
    const lateTarget = ({ late }: Glimpse): Endpoint => ({
      address: late.destination,
      port: tupleOf(late)?.destination.port ?? 0,
    })
    const sets = [
      { says: glimpses.map((seen) => item(larger(seen))), misconception: 'above-1023-is-ephemeral' },
      { says: glimpses.map((seen) => item(lateSource(seen))), misconception: 'reply-keeps-ports' },
      { says: glimpses.map((seen) => item(lateTarget(seen))), misconception: 'source-port-is-door' },
    ] as const
    return {
      stem: say.stem,
      views: [tcpdumpView(packets, clock(dice, packets.length))],
      body: {
        kind: 'several',
        right: ends.filter((end) => isClient(end)).map((end) => item(end)),
        wrong: ends
          .filter((end) => !isClient(end))
          .map((end) => ({
            says: item(end),
            misconception:
              end === high
                ? 'above-1023-is-ephemeral'
                : glimpses.some((seen) => endpointText(lateSource(seen)) === endpointText(end))
                  ? 'reply-keeps-ports'
                  : 'source-port-is-door',
          })),
        sets,
      },
      explanation: { text: say.explain, field: '1:flags', source: 'RFC 9293 §3.5' },
    }
  },
}

const SYSTEMS = [
  { name: 'Linux', range: LINUX_EPHEMERAL },
  { name: 'Windows', range: IANA_EPHEMERAL },
] as const

/** What Windows prints of its dynamic ports. */
const netshView = ([low, high]: PortSpan) => {
  const count = high - low + 1
  return textView(
    'netsh int ipv4 show dynamicport tcp',
    [
      '',
      'Protocol tcp Dynamic Port Range',
      '---------------------------------',
      `Start Port      : ${low}`,
      `Number of Ports : ${count}`,
    ].join('\n'),
    [{ field: 'range', text: String(low), line: 3 }],
  )
}

/** Which source ports a system with standard settings may pick. */
const ephemeralSource: Template = {
  id: 'rp-ephemeral-source',
  cluster: 'replies',
  kind: 'several',
  difficulty: 2,
  claims: ['S05', 'S15'],
  ask: (dice, words) => {
    const say = words.replies['rp-ephemeral-source']
    const { name, range } = dice.one('system', SYSTEMS, (system) => system.name)
    const remote = { address: server(dice), port: dice.pick([80, 443]) }
    const picks = (port: number) => range[0] <= port && port <= range[1]
    const offered = [
      remote.port,
      dice.int(5_000, 32_000),
      dice.int(33_000, 40_000),
      dice.int(41_000, 49_000),
      dice.int(49_200, 55_000),
      dice.int(56_000, 60_900),
      dice.int(61_100, 65_500),
    ]
    const right = offered.filter((port) => picks(port))
    const wrong = offered.filter((port) => !picks(port))
    const dynamic = offered.filter((port) => rangeOf(port) === 'dynamic')
    return {
      stem: say.stem(name, endpointText(remote)),
      views: [],
      after: [name === 'Linux' ? rangeView(range) : netshView(range)],
      body: {
        kind: 'several',
        right: right.map((port): Said | LeftOut =>
          rangeOf(port) === 'dynamic' ? port : { says: port, misconception: 'ephemeral-always-49152' },
        ),
        wrong: wrong.map((port): Wrong => ({
          says: port,
          misconception:
            port === remote.port
              ? 'client-uses-service-port'
              : rangeOf(port) === 'dynamic'
                ? 'ephemeral-always-49152'
                : 'above-1023-is-ephemeral',
        })),
        sets: [
          { says: [remote.port], misconception: 'client-uses-service-port' },
          { says: dynamic, misconception: 'ephemeral-always-49152' },
          { says: offered.filter((port) => rangeOf(port) !== 'system'), misconception: 'above-1023-is-ephemeral' },
        ],
      },
      explanation: {
        text: say.explain(name, ...range),
        field: 'range',
        source: name === 'Linux' ? 'ip(7), RFC 6056 §3.2' : 'RFC 6335 §6',
      },
    }
  },
}

const RANGES: readonly PortSpan[] = [LINUX_EPHEMERAL, IANA_EPHEMERAL, [15000, 64000], [1024, 65535]]

/** How many source ports a system has towards one server address and port. */
const ephemeralCount: Template = {
  id: 'rp-ephemeral-count',
  cluster: 'replies',
  kind: 'type',
  difficulty: 3,
  claims: ['S05', 'S15'],
  ask: (dice, words) => {
    const say = words.replies['rp-ephemeral-count']
    const range = dice.one('range', RANGES, rangeLabel)
    const remote = { address: server(dice), port: dice.pick([80, 443, 5432]) }
    const ports = connectionsTo([{ address: stranger(dice), ports: range }])
    return {
      stem: say.stem(endpointText(remote)),
      views: [rangeView(range)],
      body: {
        kind: 'type',
        expects: 'number',
        right: ports,
        wrong: [
          { says: IANA_EPHEMERAL[1] - IANA_EPHEMERAL[0] + 1, misconception: 'ephemeral-always-49152' },
          { says: 65_536, misconception: 'limit-64k-connections' },
          { says: 65_535, misconception: 'limit-64k-connections' },
          { says: 1, misconception: 'client-uses-service-port' },
          { says: 65_535 - 1023, misconception: 'above-1023-is-ephemeral' },
        ],
      },
      explanation: { text: say.explain(...range), field: 'range', source: 'ip(7), ip_local_port_range' },
    }
  },
}

/** To how many targets a port that is in use may be used again. */
const reuseSourcePort: Template = {
  id: 'ps-reuse-source-port',
  cluster: 'replies',
  kind: 'choose',
  difficulty: 4,
  claims: ['S15', 'S16'],
  ask: (dice, words) => {
    const say = words.replies['ps-reuse-source-port']
    const own = stranger(dice)
    const p = linuxPort(dice)
    const door = dice.one('door', [22, 80, 443])
    const second = other([door], () => dice.pick([22, 80, 443, 8080]))
    const [a = '', b = '', c = '', d = ''] = dice.shuffle(
      Array.from({ length: 80 }, (_, index) => `192.0.2.${10 + index}`),
    )
    const used = [a, b]
      .slice(0, dice.int(1, 2))
      .map((address) => connected('tcp', { address: own, port: p }, { address, port: door }))
    const elsewhere = connected(
      'tcp',
      { address: own, port: other([p], () => linuxPort(dice)) },
      { address: c, port: door },
    )
    const sockets = dice.shuffle([...used, elsewhere])
    const client: Machine = { name: 'client', addresses: [own], sockets, programs: {} }
    const host: BindingHost = { addresses: [own], sockets, ephemeral: LINUX_EPHEMERAL }
    const pool: readonly Endpoint[] = [
      { address: a, port: door },
      { address: b, port: door },
      { address: a, port: second },
      { address: b, port: second },
      { address: c, port: door },
      { address: d, port: door },
      { address: d, port: second },
    ]
    const targets = dice.shuffle(pool).slice(0, 5)
    const free = targets.filter((target) => canConnectFrom(host, own, target, p))
    const peers = sockets.flatMap(({ peer }) => peer ?? [])
    const count = (fits: (target: Endpoint) => boolean) => targets.filter((target) => fits(target)).length
    return {
      stem: say.stem(p),
      views: [
        ssView(client, '-tn'),
        factsView(
          targets.map((target, index) => ({
            field: `target-${index + 1}`,
            name: say.target(index + 1),
            value: endpointText(target),
          })),
        ),
      ],
      after: [
        ssView(client, '-tn'),
        factsView(
          targets.map((target, index) => ({
            field: `target-${index + 1}`,
            name: say.target(index + 1),
            value: `${endpointText(target)} ${free.includes(target) ? words.common.yes : words.common.no}`,
          })),
        ),
        doorsView(client),
      ],
      body: {
        kind: 'choose',
        right: free.length,
        wrong: [
          { says: 0, misconception: 'ephemeral-never-shared' },
          {
            says: count(({ address }) => peers.every((peer) => peer.address !== address)),
            misconception: 'source-ip-alone-selects',
          },
          {
            says: count(({ port }) => peers.every((peer) => peer.port !== port)),
            misconception: 'dport-alone-selects',
          },
          {
            says: count(({ address, port }) => peers.every((peer) => peer.address !== address || peer.port !== port)),
            misconception: 'one-connection-per-port',
          },
        ],
      },
      explanation: { text: say.explain(p), field: used[0]?.id ?? '', source: 'RFC 6056 §2' },
    }
  },
}

/** How few source ports are enough for a number of connections at once. */
const fewestSourcePorts: Template = {
  id: 'rp-fewest-source-ports',
  cluster: 'replies',
  kind: 'type',
  difficulty: 4,
  claims: ['S15', 'S16', 'S05'],
  ask: (dice, words) => {
    const say = words.replies['rp-fewest-source-ports']
    const own = stranger(dice)
    const a = server(dice)
    const b = other([a], () => server(dice))
    const door = dice.one('door', [80, 443, 5432])
    const second = other([door], () => dice.pick([22, 80, 8080]))
    const most = dice.number('connections', 2, 5)
    const wanted = dice.shuffle([
      { target: { address: a, port: door }, count: most },
      { target: { address: b, port: door }, count: dice.int(1, most) },
      { target: { address: a, port: second }, count: dice.int(1, most) },
    ])
    const total = wanted.reduce((sum, { count }) => sum + count, 0)
    const sockets: Socket[] = []
    for (const { target, count } of wanted)
      for (let made = 0; made < count; made++) {
        const host: BindingHost = {
          addresses: [own],
          sockets,
          ephemeral: [LINUX_EPHEMERAL[0], LINUX_EPHEMERAL[0] + total - 1],
        }
        const port = portsOf(host).find((one) => canConnectFrom(host, own, target, one))
        if (port !== undefined) sockets.push(connected('tcp', { address: own, port }, target))
      }
    const client: Machine = { name: 'client', addresses: [own], sockets, programs: {} }
    const sums = (key: (target: Endpoint) => string | number) => {
      const byKey = new Map<string | number, number>()
      for (const { target, count } of wanted) byKey.set(key(target), (byKey.get(key(target)) ?? 0) + count)
      return Math.max(...byKey.values())
    }
    const rows = wanted.map(({ target, count }, index) => ({
      field: `target-${index + 1}`,
      name: endpointText(target),
      value: say.connections(count),
    }))
    const largest = wanted.findIndex(({ count }) => count === most)
    const needed = new Set(sockets.map(({ local }) => local.port)).size
    return {
      stem: say.stem,
      views: [factsView(rows)],
      after: [factsView(rows), ssView(client, '-tn'), doorsView(client)],
      body: {
        kind: 'type',
        expects: 'number',
        right: needed,
        wrong: [
          { says: total, misconception: 'ephemeral-never-shared' },
          { says: sums(({ port }) => port), misconception: 'dport-alone-selects' },
          { says: sums(({ address }) => address), misconception: 'source-ip-alone-selects' },
        ],
      },
      explanation: { text: say.explain(needed), field: `target-${largest + 1}`, source: 'RFC 6056 §2, ip(7)' },
    }
  },
}

export const replies: readonly Template[] = [
  buildReply,
  replyDport,
  fillReply,
  replyArrives,
  whoIsClient,
  ephemeralSource,
  ephemeralCount,
  reuseSourcePort,
  fewestSourcePorts,
]
