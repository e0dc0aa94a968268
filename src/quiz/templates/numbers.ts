import type { MisconceptionId } from '../../lessons/misconception'
import type { BindRequest } from '../../net/bind'
import { bindOutcome, givenPort } from '../../net/bind'
import type { Chain, Match } from '../../net/filter'
import { evaluate } from '../../net/filter'
import { LINUX_EPHEMERAL } from '../../net/kernel'
import { nmapReport } from '../../net/nmap'
import { tupleOf } from '../../net/packet'
import { receive } from '../../net/receive'
import { routeTo } from '../../net/router'
import { scan } from '../../net/scan'
import type { Endpoint } from '../../net/tuple'
import { endpointText } from '../../net/tuple'
import { deck, CARDS } from '../../ports/decks'
import { nmapName } from '../../ports/nmap-names'
import type { PortRange } from '../../ports/range'
import { PORT_RANGES, rangeOf } from '../../ports/range'
import { serviceName } from '../../ports/services'
import type { Random } from '../../shift/random'
import type { QuestionWords } from '../../words/questions'
import { ephemeral, linuxPort, other, portIn, server, stranger } from '../addresses'
import { BOXES, CORE, FIELDS, MACS, boxOf, decidingFields, routesView } from '../boxes'
import type { Field } from '../boxes'
import type { Machine } from '../machine'
import { hostOf, programOf, waiting } from '../machine'
import { doorsView, factsView, hexView, papersView, ssView, tcpdumpView, transportBytes } from '../machine-view'
import { nftView } from '../nft-view'
import { data, first, syn } from '../packets'
import { usualProgram } from '../programs'
import type { Item } from '../question'
import type { LeftOut, Template, Wrong } from '../template'
import type { PapersView, Row } from '../view'
import { textView } from '../view'
import type { Conclusion } from '../worlds'
import { established } from '../worlds'

const PORT_FIELD = '16 bit'
const FAMOUS = [1433, 3000, 3306, 3389, 5432, 6379, 8000, 8080, 8443, 9100, 27017] as const

/** The three ranges, with the port that is asked for if there is one. */
const rangesView = (words: QuestionWords, port?: number): PapersView => {
  const names: readonly PortRange[] = ['system', 'user', 'dynamic']
  return factsView([
    ...(port === undefined ? [] : [portRow(words, port)]),
    ...names.map((range): Row => {
      const [low, high] = PORT_RANGES[range]
      return { field: range, name: words.numbers.ranges[range], value: `${low}-${high}` }
    }),
  ])
}

const portRow = (words: QuestionWords, port: number): Row => ({
  field: 'port',
  name: words.numbers.port,
  value: String(port),
})

const range: Template = {
  id: 'wk-range',
  cluster: 'numbers',
  kind: 'choose',
  difficulty: 1,
  claims: ['S02', 'S03'],
  ask: (dice, words) => {
    const say = words.numbers['wk-range']
    const wanted = dice.one('range', ['system', 'user', 'dynamic'] as const)
    const edges = PORT_RANGES[wanted].filter((port) => port > 0)
    const likely = { system: CARDS.map(({ port }) => port), user: FAMOUS, dynamic: [49152, 51820, 61616, 65535] }[
      wanted
    ]
    const known = likely.filter((port) => rangeOf(port) === wanted)
    const chance = dice.next()
    const port = chance < 0.25 ? dice.pick(edges) : chance < 0.7 ? dice.pick(known) : portIn(dice, wanted)
    const option = (of: PortRange): Item => ({ means: of, text: words.numbers.ranges[of] })
    const right = rangeOf(port)
    const idea = (chosen: PortRange): MisconceptionId =>
      chosen === 'system' || right === 'system' ? 'popular-means-well-known' : 'above-1023-is-ephemeral'
    return {
      stem: say.stem(port),
      views: [],
      after: [rangesView(words, port)],
      body: {
        kind: 'choose',
        right: option(right),
        wrong: (['system', 'user', 'dynamic'] as const).map((of) => ({ says: option(of), misconception: idea(of) })),
      },
      explanation: { text: say.explain(port, right, PORT_RANGES[right]), field: right, source: 'RFC 6335 §6' },
    }
  },
}

/** System ports that few people know. */
const OBSCURE = CARDS.filter(
  ({ port, id }) => rangeOf(port) === 'system' && !deck('network-plus').some((one) => one.id === id),
).map(({ port }) => port)

const systemOnly: Template = {
  id: 'wk-system-only',
  cluster: 'numbers',
  kind: 'several',
  difficulty: 2,
  claims: ['S02', 'S03', 'S11'],
  ask: (dice, words) => {
    const say = words.numbers['wk-system-only']
    const known = dice.pick([22, 53, 80, 443])
    const edge = dice.one('edge', [1023, 1024])
    const numbers = [known, edge, ...dice.shuffle(OBSCURE).slice(0, 2), ...dice.shuffle(FAMOUS).slice(0, 3)]
    const system = [...new Set(numbers)].filter((port) => rangeOf(port) === 'system')
    return {
      stem: say.stem,
      views: [],
      after: [rangesView(words)],
      body: {
        kind: 'several',
        right: system.map((port): number | LeftOut =>
          port === known ? port : { says: port, misconception: 'popular-means-well-known' },
        ),
        wrong: numbers.map((port) => ({ says: port, misconception: 'popular-means-well-known' })),
      },
      explanation: { text: say.explain(system.toSorted((a, b) => a - b)), field: 'system', source: 'RFC 6335 §6' },
    }
  },
}

const canListen: Template = {
  id: 'bs-can-listen',
  cluster: 'numbers',
  kind: 'several',
  difficulty: 2,
  claims: ['S02', 'S20', 'S13'],
  ask: (dice, words) => {
    const say = words.numbers['bs-can-listen']
    const limit = dice.one('limit', [65535, 65536])
    const numbers = [
      0,
      limit,
      dice.pick([1, 22, 80, 443]),
      dice.pick([3306, 5432, 8080]),
      dice.pick([51820, 61616, portIn(dice, 'dynamic')]),
      dice.int(65537, 99999),
    ]
    const address = server(dice)
    const host = { addresses: [address], sockets: [], ephemeral: LINUX_EPHEMERAL }
    const request = (port: number): BindRequest => ({
      protocol: 'tcp',
      family: 4,
      v6only: false,
      local: { address: '0.0.0.0', port },
      reuseaddr: false,
      reuseport: false,
      uid: 0,
    })
    // What does not fit into the field of the header cannot be asked for at all.
    const fits = (port: number) => new Uint16Array([port])[0] === port
    const gets = (port: number) => (port === 0 ? givenPort(host, request(0), () => dice.next()) : port)
    const listens = numbers.filter(
      (port) => fits(port) && gets(port) === port && bindOutcome(host, request(port)).granted,
    )
    const machine: Machine = {
      name: 'server',
      addresses: [address],
      sockets: listens.map((port) => waiting('tcp', { address: '0.0.0.0', port })),
      programs: {},
    }
    return {
      stem: say.stem,
      views: [],
      after: [
        ssView(machine, '-tln'),
        doorsView(machine),
        factsView([{ field: 'bits', name: say.width, value: PORT_FIELD }]),
      ],
      body: {
        kind: 'several',
        right: listens.map((port): number | LeftOut => {
          return rangeOf(port) === 'system' ? port : { says: port, misconception: 'above-1023-is-ephemeral' }
        }),
        wrong: numbers.map((port) => ({ says: port, misconception: 'port-zero-usable' })),
      },
      explanation: { text: say.explain, field: 'bits', source: 'RFC 6335 §6, ip(7)' },
    }
  },
}

const hexPort: Template = {
  id: 'wk-hex-port',
  cluster: 'numbers',
  kind: 'type',
  difficulty: 4,
  claims: ['S10', 'S18', 'S02'],
  ask: (dice, words) => {
    const say = words.numbers['wk-hex-port']
    const protocol = dice.one('protocol', ['tcp', 'udp'] as const)
    const door = dice.pick(deck('network-plus')).port
    const packet = first(
      dice,
      protocol,
      { address: stranger(dice), port: linuxPort(dice) },
      { address: server(dice), port: door },
    )
    const tuple = tupleOf(packet)
    if (!tuple) return undefined
    const { source, destination } = tuple
    const { port } = destination
    const hex = port.toString(16).padStart(4, '0')
    const view = hexView(transportBytes(packet).slice(0, 8), [
      { field: 'sourcePort', from: 0, to: 2 },
      { field: 'destinationPort', from: 2, to: 4 },
    ])
    return {
      stem: say.stem(protocol),
      views: [view],
      after: [view, papersView(packet, words)],
      body: {
        kind: 'type',
        expects: 'port',
        right: port,
        wrong: [{ says: source.port, misconception: 'source-port-is-door' }],
      },
      explanation: {
        text: say.explain(`${hex.slice(0, 2)} ${hex.slice(2)}`, port >> 8, port & 255, port),
        field: 'destinationPort',
        source: protocol === 'tcp' ? 'RFC 9293 §3.1' : 'RFC 768',
      },
    }
  },
}

const countValues: Template = {
  id: 'wk-count-values',
  cluster: 'numbers',
  kind: 'type',
  difficulty: 1,
  claims: ['S02', 'S10'],
  ask: (dice, words) => {
    const say = words.numbers['wk-count-values']
    const bits = dice.one('bits', [16, 16, 16, 8, 12])
    const ones = '1'.repeat(bits)
    const largest = Number.parseInt(ones, 2)
    return {
      stem: bits === 16 ? say.stem : say.madeUp(bits),
      views: [],
      after: [factsView([{ field: 'largest', name: say.bits(bits), value: `${ones} = ${largest}` }])],
      body: {
        kind: 'type',
        expects: 'number',
        right: largest,
        wrong: [
          { says: largest + 1, misconception: 'port-zero-usable' },
          { says: 1023, misconception: 'above-1023-is-ephemeral' },
          { says: PORT_RANGES.user[1], misconception: 'above-1023-is-ephemeral' },
        ],
      },
      explanation: { text: say.explain(bits, largest), field: 'largest', source: 'RFC 9293 §3.1, RFC 768' },
    }
  },
}

/** A host with some services, as `ss` would list them: all of them listen over TCP. */
const hostWith = (dice: Random, address: string, count: number): Machine => {
  // 20 is where an FTP server calls from, not a service that waits there.
  const waitingServices = deck('network-plus').filter(({ protocol, port }) => protocol === 'tcp' && port !== 20)
  const cards = dice.shuffle(waitingServices).slice(0, count)
  return {
    name: address,
    addresses: [address],
    sockets: cards.map(({ port }) => waiting('tcp', { address: '0.0.0.0', port })),
    programs: {},
  }
}

/** Each host with the registry's names of its services. */
const hostsView = (hosts: readonly Machine[]): PapersView =>
  factsView(
    hosts.map(({ name, sockets }) => ({
      field: name,
      name,
      value: sockets.map(({ local }) => serviceName('tcp', local.port) ?? String(local.port)).join(', '),
    })),
  )

/** The sockets that a packet for this host could be meant for, if nobody knew the port. */
function possible(host: Machine, source: Endpoint, dice: Random): number {
  const [address = ''] = host.addresses
  const reached = host.sockets.map(({ local }) => {
    const { verdict } = receive(hostOf(host), syn(dice, source, { address, port: local.port }))
    return verdict.kind === 'listener' ? verdict.socket : ''
  })
  return new Set(reached.filter((id) => id !== '')).size
}

const withoutPorts: Template = {
  id: 'bs-without-ports',
  cluster: 'numbers',
  kind: 'type',
  difficulty: 2,
  claims: ['S06', 'S08', 'S09', 'S01'],
  ask: (dice, words) => {
    const say = words.numbers['bs-without-ports']
    const [a, b, c] = ['192.0.2.10', '192.0.2.11', '192.0.2.12'] as const
    const hosts = dice
      .shuffle([1, dice.number('services', 2, 5), dice.int(1, 3)])
      .map((count, index) => hostWith(dice, [a, b, c][index] ?? a, count))
    const packets = Array.from({ length: dice.int(6, 10) }, () => ({
      source: { address: stranger(dice), port: ephemeral(dice) },
      host: dice.pick(hosts),
    }))
    const certain = packets.filter(({ host, source }) => possible(host, source, dice) === 1).length
    return {
      stem: say.stem,
      views: [
        hostsView(hosts),
        textView('', packets.map(({ source, host }) => `${source.address} > ${host.name}`).join('\n'), []),
      ],
      body: {
        kind: 'type',
        expects: 'number',
        right: certain,
        wrong: [
          { says: packets.length, misconception: 'router-routes-by-port' },
          { says: packets.length - certain, misconception: 'port-identifies-program' },
          { says: 0, misconception: 'port-unique-across-hosts' },
        ],
      },
      explanation: {
        text: say.explain(certain, packets.length),
        field: hosts.find(({ sockets }) => sockets.length === 1)?.name ?? a,
        source: 'RFC 9293 §3.1, RFC 768',
      },
    }
  },
}

const oneRole: Template = {
  id: 'bs-one-role',
  cluster: 'numbers',
  kind: 'type',
  difficulty: 1,
  claims: ['S09', 'S06', 'S08', 'S01'],
  ask: (dice, words) => {
    const say = words.numbers['bs-one-role']
    const count = dice.number('hosts', 3, 6)
    const hosts = Array.from({ length: count }, (_, index) =>
      hostWith(dice, `192.0.2.${10 + index}`, dice.next() < 0.45 ? 1 : dice.int(2, 4)),
    )
    const source = { address: stranger(dice), port: ephemeral(dice) }
    const alone = hosts.filter((host) => possible(host, source, dice) === 1)
    return {
      stem: say.stem(count),
      views: [hostsView(hosts)],
      body: {
        kind: 'type',
        expects: 'number',
        right: alone.length,
        wrong: [
          { says: count, misconception: 'router-routes-by-port' },
          { says: count - alone.length, misconception: 'port-is-socket' },
          { says: 0, misconception: 'port-unique-across-hosts' },
        ],
      },
      explanation: {
        text: say.explain(alone.length),
        field: (alone[0] ?? hosts[0])?.name ?? '',
        source: 'RFC 9293 §3.1, RFC 768',
      },
    }
  },
}

const whoReadsPorts: Template = {
  id: 'bs-who-reads-ports',
  cluster: 'numbers',
  kind: 'choose',
  difficulty: 2,
  claims: ['S13', 'S18', 'S10'],
  ask: (dice, words) => {
    const say = words.numbers['bs-who-reads-ports']
    const id = dice.one('box', BOXES)
    const from = { address: `${dice.pick(['198.51.100', '203.0.113'])}.${dice.int(20, 250)}`, port: ephemeral(dice) }
    const to = { address: server(dice), port: dice.pick([22, 80, 443, 5432]) }
    const packet = (id === 'connection' || id === 'router' || id === 'switch' ? data : syn)(dice, from, to)
    const framed = { packet, mac: dice.pick(MACS) }
    const box = boxOf(id, from, to, dice)
    const fields = decidingFields(box.decide, framed, dice)
    const option = (set: readonly Field[]): Item => ({
      means: FIELDS.filter((field) => set.includes(field)).join(' '),
      text: words.numbers.list(set.map((field) => say.fields[field])),
    })
    const [last] = fields.slice(-1)
    if (!last) return undefined
    const papers = papersView(packet, words)
    const view = factsView([{ field: 'mac', name: say.macName, value: framed.mac }, ...papers.rows])
    return {
      stem: say.stem[id],
      views: [view, box.view],
      body: {
        kind: 'choose',
        right: option(fields),
        wrong: [
          ...box.thought.map(([set, misconception]): Wrong => ({ says: option(set), misconception })),
          { says: { means: 'program', text: say.program }, misconception: 'port-identifies-program' },
        ],
      },
      explanation: {
        text: say.explain[id],
        field: last,
        source: {
          router: 'RFC 1812 §5.2',
          switch: 'bridge(8)',
          new: 'RFC 9293 §3.10.7.2',
          connection: 'RFC 9293 §3.3.1',
          filter: 'nft(8)',
          'source-filter': 'nft(8)',
          nat: 'nft(8), NAT STATEMENTS',
        }[id],
      },
    }
  },
}

/** A packet in short: `203.0.113.7.51514 > 192.0.2.10.443`, as tcpdump writes its ends. */
const endsText = (source: Endpoint, destination: Endpoint): string =>
  `${source.address}.${source.port} > ${destination.address}.${destination.port}`

const sameWay: Template = {
  id: 'bs-same-way',
  cluster: 'numbers',
  kind: 'choose',
  difficulty: 2,
  claims: ['S18', 'S06'],
  ask: (dice, words) => {
    const say = words.numbers['bs-same-way']
    const [net = '', far = '', third = ''] = dice.shuffle(['192.0.2', '198.51.100', '203.0.113'])
    const host = (network: string) => `${network}.${dice.int(10, 250)}`
    const door = dice.one('door', [22, 53, 80, 443])
    const elsewhere = () => other([door], () => dice.pick([22, 25, 53, 80, 123, 443, 5432]))
    const from = { address: host(third), port: ephemeral(dice) }
    const to = { address: host(net), port: door }
    const shown = syn(dice, from, to)
    const newcomer = () => ({ address: host(third), port: ephemeral(dice) })
    const packets = [
      { source: newcomer(), destination: { address: other([to.address], () => host(net)), port: elsewhere() } },
      {
        source: newcomer(),
        destination: { address: host(far), port: door },
        misconception: 'router-routes-by-port',
      },
      {
        source: { ...from, port: other([from.port], () => ephemeral(dice)) },
        destination: { address: host(far), port: elsewhere() },
        misconception: 'source-ip-alone-selects',
      },
      {
        source: { address: other([from.address], () => host(third)), port: from.port },
        destination: { address: host(far), port: elsewhere() },
        misconception: 'source-port-alone-selects',
      },
    ] as const
    const way = ({ address }: Endpoint) => routeTo(CORE, address)
    const same = packets.filter(({ destination }) => way(destination) === way(to))
    const [right] = same
    if (!right || same.length > 1) return undefined
    return {
      stem: say.stem,
      views: [tcpdumpView([shown]), routesView(CORE)],
      body: {
        kind: 'choose',
        right: endsText(right.source, right.destination),
        wrong: packets.flatMap((packet): readonly Wrong[] =>
          'misconception' in packet
            ? [{ says: endsText(packet.source, packet.destination), misconception: packet.misconception }]
            : [],
        ),
      },
      explanation: {
        text: say.explain(right.destination.address, `${net}.0/24`, way(to) ?? ''),
        field: 'destination',
        source: 'RFC 1812 §5.2.4',
      },
    }
  },
}

/** A host with one program at the port asked for, what that program speaks, and a neighbour in the same network. */
interface ScannedWorld {
  readonly machine: Machine
  readonly speaks: string
  readonly neighbour: Machine
}

const NMAP_PORTS = [22, 25, 80, 443, 3306, 5432, 6379, 8080, 9200] as const

const nmapNameTruth: Template = {
  id: 'wk-nmap-name-versus-truth',
  cluster: 'numbers',
  kind: 'choose',
  difficulty: 3,
  claims: ['S11', 'S29', 'S30'],
  ask: (dice, words) => {
    const say = words.numbers['wk-nmap-name-versus-truth']
    const port = dice.one('port', NMAP_PORTS)
    const name = nmapName('tcp', port)
    if (!name) return undefined
    const asked = dice.shuffle(NMAP_PORTS.filter((one) => one !== port)).slice(0, 2)
    const [address, next] = [server(dice), '192.0.2.5']
    const isOpen = dice.one('state', ['open', 'open', 'closed']) === 'open'
    const open = [...(isOpen ? [port] : []), ...asked.slice(0, dice.int(isOpen ? 0 : 1, 2))]
    const world = (program: string, speaks: string, shared: boolean): ScannedWorld => {
      const sockets = open.map((one) => waiting('tcp', { address: '0.0.0.0', port: one }))
      return {
        machine: { name: 'server', addresses: [address], sockets, programs: { [sockets[0]?.id ?? '']: program } },
        speaks,
        neighbour: {
          name: 'neighbour',
          addresses: [next],
          sockets: shared ? [waiting('tcp', { address: '0.0.0.0', port })] : [],
          programs: {},
        },
      }
    }
    const usual = usualProgram('tcp', port) ?? name
    const report = ({ machine }: ScannedWorld) =>
      nmapReport(
        scan((probe) => receive(hostOf(machine), probe).answer, {
          technique: 'syn',
          source: { address: '198.51.100.9', port: 61234 },
          target: address,
          ports: [port, ...asked],
        }),
        { target: address, date: '2026-03-02 09:00 UTC', latency: '0.00042', duration: '0.21' },
        { nameOf: nmapName },
      ).join('\n')
    const worlds = [
      world(usual, name, false),
      world(usual, name, true),
      world('haproxy', name, false),
      world('ncat', 'a protocol of its own', false),
      world(port === 22 ? 'nginx' : 'sshd', port === 22 ? 'http' : 'ssh', false),
    ]
    const seen = report(dice.pick(worlds))
    const fitting = worlds.filter((one) => report(one) === seen)
    const listener = ({ machine }: ScannedWorld) => machine.sockets.find(({ local }) => local.port === port)
    const source = { address: stranger(dice), port: ephemeral(dice) }
    const call = syn(dice, source, { address, port })
    const comesBack = ({ machine }: ScannedWorld) => receive(hostOf(machine), call).verdict.kind
    const alone: Conclusion<ScannedWorld> = {
      says: { means: 'nobody-else', text: say.nobodyElse(port) },
      holds: ({ neighbour }) => neighbour.sockets.every(({ local }) => local.port !== port),
      misconception: 'port-unique-across-hosts',
    }
    const refusing: readonly Conclusion<ScannedWorld>[] = [
      { says: { means: 'refuses', text: say.refuses(port) }, holds: (one) => comesBack(one) === 'rst' },
      {
        says: { means: 'dropped', text: say.dropped(port) },
        holds: (one) => comesBack(one) === 'drop',
        misconception: 'closed-is-silent',
      },
      {
        says: { means: 'not-installed', text: say.notInstalled(usual) },
        holds: ({ machine }) => !Object.values(machine.programs).includes(usual),
        misconception: 'port-identifies-program',
      },
      alone,
    ]
    const accepting: readonly Conclusion<ScannedWorld>[] = [
      { says: { means: 'accepts', text: say.accepts(port) }, holds: (one) => comesBack(one) === 'listener' },
      {
        says: { means: 'program', text: say.program(usual, port) },
        holds: (one) => {
          const socket = listener(one)
          return socket !== undefined && programOf(one.machine, socket) === usual
        },
        misconception: 'port-identifies-program',
      },
      {
        says: { means: 'protocol', text: say.protocol(port, name) },
        holds: ({ speaks }) => speaks === name,
        misconception: 'port-identifies-protocol',
      },
      alone,
      ...(port === 443
        ? [
            {
              says: { means: 'encrypted', text: say.encrypted(port) },
              holds: ({ speaks }: ScannedWorld) => speaks === name || speaks === 'ssh',
              misconception: 'open-443-is-safe' as const,
            },
          ]
        : []),
    ]
    const verdict = established(fitting, isOpen ? accepting : refusing)
    if (!verdict) return undefined
    const view = textView(`nmap -n -Pn -p ${[port, ...asked].toSorted((a, b) => a - b).join(',')} ${address}`, seen, [
      { field: 'port', text: `${port}/tcp` },
    ])
    return {
      stem: say.stem(`${port}/tcp`),
      views: [view],
      body: { kind: 'choose', ...verdict },
      explanation: {
        text: (isOpen ? say.explain : say.explainClosed)(`${port}/tcp`, name),
        field: 'port',
        source: 'nmap(1), VERSION DETECTION',
      },
    }
  },
}

/** Programs with what they speak. */
const SPEAKS: Readonly<Record<string, string>> = {
  sshd: 'SSH',
  nginx: 'HTTP',
  mariadbd: 'MySQL',
  postgres: 'PostgreSQL',
  'redis-server': 'Redis',
  master: 'SMTP',
}

const whoAnswers: Template = {
  id: 'wk-who-answers',
  cluster: 'numbers',
  kind: 'choose',
  difficulty: 2,
  claims: ['S04', 'S11', 'S29', 'S14'],
  ask: (dice, words) => {
    const say = words.numbers['wk-who-answers']
    const ports = dice.shuffle([22, 25, 80, 3306, 5432, 6379]).slice(0, 3)
    const door = dice.one('door', [22, 25, 80, 3306, 5432, 6379])
    const all = [door, ...ports.filter((port) => port !== door)].slice(0, 3)
    const usual = all.map((port) => usualProgram('tcp', port) ?? '')
    const moved = [...usual.slice(1), ...usual.slice(0, 1)]
    const address = server(dice)
    const sockets = all.map((port) => waiting('tcp', { address: '0.0.0.0', port }))
    const machine: Machine = {
      name: 'server',
      addresses: [address],
      sockets: dice.shuffle(sockets),
      programs: Object.fromEntries(sockets.map(({ id }, index) => [id, moved[index] ?? ''])),
    }
    const packet = syn(dice, { address: stranger(dice), port: ephemeral(dice) }, { address, port: door })
    const { verdict } = receive(hostOf(machine), packet)
    const listener = verdict.kind === 'listener' ? sockets.find(({ id }) => id === verdict.socket) : undefined
    const program = listener && programOf(machine, listener)
    const expected = usualProgram('tcp', door)
    if (!listener || !program || !expected) return undefined
    const option = (who: string, speaks: string): Item => ({
      means: `${who} ${speaks}`,
      text: say.option(who, SPEAKS[speaks] ?? speaks),
    })
    return {
      stem: say.stem(endpointText({ address, port: door })),
      views: [ssView(machine, '-tlnp'), doorsView(machine)],
      body: {
        kind: 'choose',
        right: option(program, program),
        wrong: [
          { says: option(expected, expected), misconception: 'port-identifies-program' },
          { says: option(program, expected), misconception: 'port-identifies-protocol' },
          { says: { means: 'rst', text: say.refused(program, door) }, misconception: 'port-identifies-protocol' },
        ],
      },
      explanation: {
        text: say.explain(door, program, SPEAKS[program] ?? program),
        field: listener.id,
        source: 'ss(8), RFC 6335 §6',
      },
      scene: { machine, packets: [packet] },
    }
  },
}

/** What a filter can read of a packet, and so state in a rule. */
const READS = ['addresses', 'ports', 'both'] as const

const allOrNothing: Template = {
  id: 'bs-all-or-nothing',
  cluster: 'firewall',
  kind: 'choose',
  difficulty: 2,
  claims: ['S06', 'S07', 'S08', 'S28', 'S36'],
  ask: (dice, words) => {
    const say = words.numbers['bs-all-or-nothing']
    const reads = dice.one('filter reads', READS)
    const apart = dice.one('addresses', ['one', 'two']) === 'two'
    const web = { address: server(dice), port: 443 }
    const database = {
      address: apart ? other([web.address], () => server(dice)) : web.address,
      port: dice.pick([3306, 5432]),
    }
    const source = { address: stranger(dice), port: ephemeral(dice) }
    const chainOf = (match: Match): Chain => ({
      name: 'forward',
      family: 'inet',
      hook: 'forward',
      policy: 'drop',
      rules: [{ match, action: 'accept' }],
    })
    const byAddress = chainOf({ destination: web.address })
    const byPort = chainOf({ protocol: 'tcp', destinationPort: [web.port] })
    const separates = (chain: Chain) => {
      const [first, second] = [web, database].map((to) => evaluate(chain, syn(dice, source, to)).action)
      return first === 'accept' && second !== 'accept'
    }
    const address = reads !== 'ports' && separates(byAddress)
    const port = reads !== 'addresses' && separates(byPort)
    const right = address && port ? 'either' : address ? 'address' : port ? 'port' : 'none'
    const option = (means: keyof typeof say.options): Item => ({ means, text: say.options[means] })
    const row = (field: 'web' | 'database', { address, port }: Endpoint): Row => ({
      field,
      name: say[field],
      value: `${address} ${port}/tcp`,
    })
    const facts = factsView([
      { field: 'reads', name: say.reads, value: say.fields[reads] },
      row('web', web),
      row('database', database),
    ])
    return {
      stem: say.stem,
      views: [facts],
      after: [facts, ...(address ? [nftView(byAddress)] : []), ...(port ? [nftView(byPort)] : [])],
      body: {
        kind: 'choose',
        right: option(right),
        wrong: [
          {
            says: right === 'none' || right === 'address' ? option('port') : undefined,
            misconception: 'router-routes-by-port',
          },
          { says: apart ? undefined : option('address'), misconception: 'port-unique-across-hosts' },
          { says: option('none'), misconception: 'port-unique-across-hosts' },
          { says: option('program'), misconception: 'port-identifies-program' },
          { says: option('sourcePort'), misconception: 'source-port-is-door' },
        ],
      },
      explanation: { text: say.explain[right], field: 'reads', source: 'nft(8), PAYLOAD EXPRESSIONS' },
    }
  },
}

export const numbers: readonly Template[] = [
  allOrNothing,
  range,
  systemOnly,
  canListen,
  nmapNameTruth,
  whoAnswers,
  hexPort,
  countValues,
  withoutPorts,
  oneRole,
  whoReadsPorts,
  sameWay,
]
