import type { MisconceptionId } from '../../lessons/misconception'
import type { Address } from '../../net/address'
import type { Site, Vantage } from '../../net/exposure'
import { arrive, exposure as exposed, reach, scanSite } from '../../net/exposure'
import type { Action, Chain, Rule } from '../../net/filter'
import type { NatRule } from '../../net/nat'
import type { Detected } from '../../net/nmap'
import { nftTable } from '../../net/nft-text'
import type { PortState } from '../../net/scan'
import { SocketTable } from '../../net/socket-table'
import type { Endpoint, Protocol } from '../../net/tuple'
import { endpointText } from '../../net/tuple'
import { deck } from '../../ports/decks'
import { hasNmapName } from '../../ports/nmap-names'
import { rangeOf } from '../../ports/range'
import { familyAt } from '../../ports/services'
import type { Random } from '../../shift/random'
import { inside, linuxPort, server, stranger } from '../addresses'
import { dockerView } from '../docker-view'
import type { Machine } from '../machine'
import { programOf, waiting } from '../machine'
import { doorsView, factsView, ssView } from '../machine-view'
import { nftView, ruleField } from '../nft-view'
import { nmapView } from '../nmap-view'
import { syn } from '../packets'
import type { Item } from '../question'
import type { LeftOut, Said, Template, Wrong } from '../template'
import type { TextView, View } from '../view'

/** A program that waits at a port. */
interface Lamp {
  readonly program: string
  readonly protocol: Protocol
  readonly port: number
}

const lamp = (program: string, port: number, protocol: Protocol = 'tcp'): Lamp => ({ program, protocol, port })
const doorText = ({ port, protocol }: Pick<Lamp, 'port' | 'protocol'>): string => `${port}/${protocol}`

/** A host with these programs, each at an address of its own choice. The first address is that towards strangers. */
function machineOf(
  addresses: readonly Address[],
  lamps: readonly { readonly lamp: Lamp; readonly address: Address }[],
): Machine {
  const made = lamps.map(({ lamp: { program, protocol, port }, address }) => ({
    socket: waiting(protocol, { address, port }),
    program,
  }))
  return {
    name: 'server',
    addresses,
    sockets: made.map(({ socket }) => socket),
    programs: Object.fromEntries(made.map(({ socket, program }) => [socket.id, program])),
  }
}

/** The machine as the outside meets it: an interface for each address, the first one towards strangers. */
const siteOf = ({ name, addresses, sockets }: Machine, chains: readonly Chain[] = []): Site => ({
  name,
  router: {
    interfaces: addresses.map((address, index) => ({ name: `eth${index}`, addresses: [`${address}/24`] })),
    defaultRoute: 'eth0',
    chains,
  },
  table: SocketTable.of(sockets),
})

const outside = (dice: Random): Vantage => ({ address: stranger(dice), iif: 'eth0', port: linuxPort(dice) })

const KNOWN: Rule = { match: { state: ['established', 'related'] }, action: 'accept' }
const LOOPBACK: Rule = { match: { iif: 'lo' }, action: 'accept' }

const chainOf = (policy: Chain['policy'], rules: readonly Rule[], hook: Chain['hook'] = 'input'): Chain => ({
  name: hook,
  family: 'inet',
  hook,
  policy,
  rules: hook === 'input' ? [KNOWN, LOOPBACK, ...rules] : [KNOWN, ...rules],
})

/** One rule a protocol for these doors. */
const rulesFor = (doors: readonly Pick<Lamp, 'port' | 'protocol'>[], action: Action): readonly Rule[] =>
  (['tcp', 'udp'] as const).flatMap((protocol) => {
    const ports = doors.filter((door) => door.protocol === protocol).map(({ port }) => port)
    return ports.length > 0 ? [{ match: { protocol, destinationPort: ports }, action }] : []
  })

/** Ports whose services are meant for everybody. */
const PUBLIC: readonly Lamp[] = [lamp('nginx', 80), lamp('nginx', 443), lamp('master', 25), lamp('named', 53)]

/** Services that strangers should not reach, over TCP, as far as nmap's name for them is known. */
const WATCHED = deck('watch-list').filter(
  ({ protocol, port }) => protocol === 'tcp' && hasNmapName(protocol, port) && !PUBLIC.some((one) => one.port === port),
)
const DATABASES = WATCHED.filter(({ port }) => familyAt('tcp', port) === 'database')
const OTHERS = WATCHED.filter((card) => !DATABASES.includes(card))

const watchList: Template = {
  id: 'wk-watch-list',
  cluster: 'exposure',
  kind: 'several',
  difficulty: 2,
  claims: ['S25', 'S28', 'S31', 'S32', 'S35'],
  ask: (dice, words) => {
    const say = words.exposure['wk-watch-list']
    const address = server(dice)
    const cards = [dice.pick(DATABASES), ...dice.shuffle(OTHERS).slice(0, 3)]
    const open = dice.shuffle(PUBLIC).slice(0, 2)
    const lamps = [...open, ...cards.map(({ port }) => lamp('', port))]
    const machine = machineOf(
      [address],
      lamps.map((one) => ({ lamp: one, address: '0.0.0.0' })),
    )
    const ports = lamps.map(({ port }) => port)
    const scanned = scanSite(siteOf(machine), outside(dice), 'syn', address, ports)
    const found = scanned.filter(({ state }) => state === 'open').toSorted((a, b) => a.port - b.port)
    const isWatched = (port: number): boolean => WATCHED.some((card) => card.port === port)
    const idea = (port: number): MisconceptionId =>
      familyAt('tcp', port) === 'database'
        ? 'database-open-with-password'
        : rangeOf(port) === 'system'
          ? 'low-port-is-trusted'
          : 'above-1023-is-ephemeral'
    const bad = found.filter(({ port }) => isWatched(port))
    const good = found.filter(({ port }) => !isWatched(port))
    const without = (misconception: MisconceptionId) => ({
      says: bad.filter(({ port }) => idea(port) !== misconception).map(doorText),
      misconception,
    })
    return {
      stem: say.stem,
      views: [
        nmapView(found, { target: address, flags: `-Pn -p ${found.map(({ port }) => port).join(',')}` }),
        factsView([{ field: 'job', name: words.exposure.facts.job, value: say.job }]),
      ],
      body: {
        kind: 'several',
        right: bad.map((door): LeftOut => ({ says: doorText(door), misconception: idea(door.port) })),
        wrong: good.map((door) => ({ says: doorText(door), misconception: 'closed-port-secures-host' })),
        sets: [
          without('database-open-with-password'),
          without('low-port-is-trusted'),
          without('above-1023-is-ephemeral'),
          { says: found.map(doorText), misconception: 'closed-port-secures-host' },
        ],
      },
      explanation: {
        text: say.explain(bad.map(doorText)),
        field: doorText(bad[0] ?? lamp('', 0)),
        source: 'nmap(1)',
      },
    }
  },
}

const MIXED: readonly Lamp[] = [
  lamp('sshd', 22),
  lamp('nginx', 443),
  lamp('java', 8080),
  lamp('named', 53),
  lamp('named', 53, 'udp'),
  lamp('postgres', 5432),
  lamp('mariadbd', 3306),
  lamp('redis-server', 6379),
  lamp('node_exporter', 9100),
  lamp('master', 25),
  lamp('chronyd', 123, 'udp'),
  lamp('snmpd', 161, 'udp'),
]

const whoIsReachable: Template = {
  id: 'ex-who-is-reachable',
  cluster: 'exposure',
  kind: 'several',
  difficulty: 3,
  claims: ['S07', 'S25', 'S28', 'S31'],
  ask: (dice, words) => {
    const say = words.exposure['ex-who-is-reachable']
    const [front, back] = [server(dice), inside(dice, '10.0.1')]
    const mixed = dice.shuffle(MIXED)
    const lamps = mixed.slice(0, dice.number('listeners', 5, 7))
    const places: readonly Address[] = [
      '127.0.0.1',
      '0.0.0.0',
      dice.pick(['::', '0.0.0.0']),
      back,
      '0.0.0.0',
      front,
      '0.0.0.0',
    ]
    const placed = lamps.map((one, index) => ({ lamp: one, address: places[index] ?? '0.0.0.0' }))
    const machine = machineOf([front, back], dice.shuffle(placed))
    const policy = dice.one('policy', ['drop', 'accept'] as const)
    const [local, ...rest] = lamps
    const named = dice.shuffle(rest).slice(0, policy === 'drop' ? 3 : 2)
    const nobody = mixed
      .slice(lamps.length)
      .find(({ protocol, port }) => protocol === 'tcp' && !lamps.some((one) => one.port === port))
    const doors = policy === 'drop' ? [...(local ? [local] : []), ...named, ...(nobody ? [nobody] : [])] : named
    const chain = chainOf(policy, rulesFor(doors, policy === 'drop' ? 'accept' : 'drop'))
    const site = siteOf(machine, [chain])
    const found = exposed(site, outside(dice))
    const reached = (door: Pick<Lamp, 'port' | 'protocol'>): boolean =>
      found.some(({ protocol, endpoint }) => protocol === door.protocol && endpoint.port === door.port)
    const unreached = placed.filter((one) => !reached(one.lamp))
    const whyNot = (address: Address): MisconceptionId =>
      address === '127.0.0.1'
        ? 'loopback-reachable-outside'
        : address === back
          ? 'specific-bind-answers-all'
          : 'listening-means-reachable'
    const twins = found
      .map(({ protocol, endpoint }): Pick<Lamp, 'port' | 'protocol'> => ({
        protocol: protocol === 'tcp' ? 'udp' : 'tcp',
        port: endpoint.port,
      }))
      .filter((twin) => !placed.some((one) => doorText(one.lamp) === doorText(twin)))
    const right = found.map(({ protocol, endpoint, socket, through }): Said | LeftOut => {
      const says = doorText({ protocol, port: endpoint.port })
      if (through.some((passage) => passage.kind === 'rule' && passage.by === 'policy'))
        return { says, misconception: 'no-rule-means-allowed' }
      if (socket.local.address === '::') return { says, misconception: 'ipv6-any-is-ipv6-only' }
      return socket.local.address === '0.0.0.0' ? { says, misconception: 'wildcard-is-localhost' } : says
    })
    const hidden = unreached.toSorted((a, b) => rank(a.address) - rank(b.address))[0]
    function rank(address: Address): number {
      return ['127.0.0.1', back].indexOf(address) === -1 ? 2 : ['127.0.0.1', back].indexOf(address)
    }
    const socket =
      hidden &&
      machine.sockets.find(
        ({ protocol, local: { port } }) => protocol === hidden.lamp.protocol && port === hidden.lamp.port,
      )
    const explained = (): string => {
      if (!hidden || !socket) return say.all
      const program = programOf(machine, socket)
      if (hidden.address === '127.0.0.1') return say.loopback(program)
      return hidden.address === back ? say.private(program, back) : say.filtered(program)
    }
    return {
      stem: say.stem(front),
      views: [ssView(machine, '-tulnp'), nftView(chain), doorsView(machine)],
      body: {
        kind: 'several',
        right,
        wrong: [
          ...unreached.map(({ lamp: one, address }): Wrong => ({
            says: doorText(one),
            misconception: whyNot(address),
          })),
          { says: nobody && policy === 'drop' ? doorText(nobody) : undefined, misconception: 'allow-rule-opens-port' },
          { says: twins[0] ? doorText(twins[0]) : undefined, misconception: 'tcp-udp-share-space' },
        ],
        sets: [{ says: placed.map((one) => doorText(one.lamp)), misconception: 'listening-means-reachable' }],
      },
      explanation: { text: explained(), field: socket?.id ?? 'policy', source: 'ip(7), nft(8)' },
    }
  },
}

/** What a host is for, and the doors that it needs. */
const JOBS: Readonly<Record<'shop' | 'mail' | 'dns', readonly Lamp[]>> = {
  shop: [lamp('nginx', 80), lamp('nginx', 443), lamp('nginx', 443, 'udp')],
  mail: [lamp('master', 25), lamp('master', 587), lamp('dovecot', 993)],
  dns: [lamp('named', 53), lamp('named', 53, 'udp')],
}

/** What else one finds on hosts, by why it is left open. */
const EXTRAS = {
  database: [lamp('postgres', 5432), lamp('mariadbd', 3306), lamp('mongod', 27_017)],
  cache: [lamp('redis-server', 6379), lamp('memcached', 11_211)],
  agent: [lamp('node_exporter', 9100), lamp('node', 9229), lamp('java', 5005)],
  moved: [lamp('sshd', 2222), lamp('sshd', 22_022)],
  old: [lamp('inetd', 23), lamp('vsftpd', 21), lamp('smbd', 445)],
} as const

/** The idea by which each kind of extra stays open. */
const WHY_OPEN: Readonly<Record<keyof typeof EXTRAS, MisconceptionId>> = {
  database: 'database-open-with-password',
  cache: 'database-open-with-password',
  agent: 'above-1023-is-ephemeral',
  moved: 'nonstandard-port-hides',
  old: 'low-port-is-trusted',
}

/** The idea by which somebody closes a door that is needed. */
const whyClosed = ({ protocol, port }: Lamp): MisconceptionId =>
  port === 443 && protocol === 'udp'
    ? 'https-is-tcp-only'
    : port === 53 && protocol === 'tcp'
      ? 'dns-is-udp-only'
      : port === 587
        ? 'smtp-one-port'
        : 'closed-port-secures-host'

const closeDoors: Template = {
  id: 'ex-close-doors',
  cluster: 'exposure',
  kind: 'several',
  difficulty: 3,
  claims: ['S24', 'S28', 'S31', 'S32'],
  ask: (dice, words) => {
    const say = words.exposure['ex-close-doors']
    const address = server(dice)
    const job = dice.one('job', ['shop', 'mail', 'dns'] as const)
    const needed = JOBS[job]
    const kinds = dice.shuffle(['cache', 'agent', 'moved', 'old'] as const).slice(0, dice.int(2, 3))
    const extras = (['database', ...kinds] as const).map((kind) => ({ kind, lamp: dice.pick<Lamp>(EXTRAS[kind]) }))
    const safe = dice.next() < 0.5 ? dice.pick(extras) : undefined
    const machine = machineOf(
      [address],
      dice.shuffle([
        ...needed.map((one) => ({ lamp: one, address: '0.0.0.0' })),
        ...extras.map((extra) => ({ lamp: extra.lamp, address: extra === safe ? '127.0.0.1' : '0.0.0.0' })),
      ]),
    )
    const found = exposed(siteOf(machine), outside(dice)).map(({ protocol, endpoint }) =>
      doorText({ protocol, port: endpoint.port }),
    )
    const isNeeded = (door: string): boolean => needed.some((one) => doorText(one) === door)
    const open = extras.filter((extra) => found.includes(doorText(extra.lamp)))
    const closed = extras.filter((extra) => !open.includes(extra))
    const right = found.filter((door) => !isNeeded(door))
    const kindOf = (door: string) => extras.find((extra) => doorText(extra.lamp) === door)?.kind ?? 'agent'
    const without = (misconception: MisconceptionId) => ({
      says: right.filter((door) => WHY_OPEN[kindOf(door)] !== misconception),
      misconception,
    })
    const first = machine.sockets.find(({ protocol, local: { port } }) => doorText({ protocol, port }) === right[0])
    return {
      stem: say.stem,
      views: [
        ssView(machine, '-tulnp'),
        factsView([{ field: 'job', name: words.exposure.facts.job, value: say.jobs[job] }]),
        doorsView(machine),
      ],
      body: {
        kind: 'several',
        right: right.map((door): LeftOut => ({ says: door, misconception: WHY_OPEN[kindOf(door)] })),
        wrong: [
          ...needed.map((one): Wrong => ({ says: doorText(one), misconception: whyClosed(one) })),
          ...closed.map((extra): Wrong => ({ says: doorText(extra.lamp), misconception: 'listening-means-reachable' })),
        ],
        sets: [
          without('database-open-with-password'),
          without('nonstandard-port-hides'),
          without('above-1023-is-ephemeral'),
          without('low-port-is-trusted'),
        ],
      },
      explanation: { text: say.explain(right), field: first?.id ?? 'job', source: 'ip(7)' },
    }
  },
}

/** Where administrators move sshd to, and whether nmap 7.93 has the number among its 1,000 common ports. */
const MOVED = [
  { port: 2222, isCommon: true },
  { port: 22_022, isCommon: false },
  { port: 48_222, isCommon: false },
  { port: 50_022, isCommon: false },
] as const

/** The ways to scan that the question knows. */
const SCANS = [
  { flags: '-p- -sV', ports: 'all' },
  { flags: '-p-', ports: 'all' },
  { flags: '', ports: 'common' },
  { flags: '-p 22', ports: 'usual' },
] as const

const SSH: Detected = { service: 'ssh', version: 'OpenSSH 9.2p1 Debian 2+deb12u3 (protocol 2.0)' }

const movedSsh: Template = {
  id: 'ex-moved-ssh',
  cluster: 'exposure',
  kind: 'choose',
  difficulty: 2,
  claims: ['S26', 'S29', 'S30'],
  ask: (dice, words) => {
    const say = words.exposure['ex-moved-ssh']
    const address = server(dice)
    const { port, isCommon } = dice.one('port', MOVED, (moved) => String(moved.port))
    const { flags, ports } = dice.one('scan', SCANS, (scan) => `nmap ${scan.flags}`.trim())
    const speaks = flags.includes('-sV')
    const machine = machineOf([address], [{ lamp: lamp('sshd', port), address: '0.0.0.0' }])
    const asked = [22, ...(ports === 'all' || (ports === 'common' && isCommon) ? [port] : [])]
    const scanned = scanSite(siteOf(machine), outside(dice), 'syn', address, asked)
    const found = scanned.find((one) => one.port === port)
    const total = ports === 'all' ? 65_535 : ports === 'common' ? 1000 : 1
    const rest = { protocol: 'tcp', state: 'closed', reason: 'reset', count: total - asked.length } as const
    const item = (means: string, text: string): Item => ({ means, text })
    const items = {
      notAsked: item('not-asked', say.notAsked),
      openAndSsh: item('open-ssh', say.openAndSsh),
      open: item('open', say.open),
      client: item('client', say.client),
      off: item('off', say.off),
      closed: item('closed', say.closed),
    }
    const right = found?.state !== 'open' ? items.notAsked : speaks ? items.openAndSsh : items.open
    const client: Wrong = { says: items.client, misconception: 'above-1023-is-ephemeral' }
    const off: Wrong = { says: items.off, misconception: 'port-identifies-program' }
    const hidden: Wrong = { says: items.notAsked, misconception: 'nonstandard-port-hides' }
    const wrong: readonly Wrong[] = !found
      ? [
          { says: items.closed, misconception: 'closed-is-silent' },
          { says: items.open, misconception: 'port-identifies-protocol' },
          { says: items.openAndSsh, misconception: 'port-identifies-program' },
          client,
          off,
        ]
      : speaks
        ? [hidden, { says: items.open, misconception: 'port-identifies-protocol' }, client, off]
        : [hidden, { says: items.openAndSsh, misconception: 'port-identifies-program' }, client, off]
    const command = ['nmap', flags, address].filter((word) => word !== '').join(' ')
    const given: readonly View[] = [
      ssView(machine, '-tlnp'),
      ...(ports === 'common'
        ? [
            factsView([
              {
                field: 'listed',
                name: words.exposure.facts.listed(port),
                value: isCommon ? words.common.yes : words.common.no,
              },
            ]),
          ]
        : []),
    ]
    const report = nmapView(scanned, {
      target: address,
      flags,
      ...(rest.count > 0 && { rest }),
      ...(speaks && { detected: (_: Protocol, one: number) => (one === port ? SSH : undefined) }),
    })
    return {
      stem: say.stem(port, command),
      views: given,
      after: [...given, { ...report, command }],
      body: { kind: 'choose', right, wrong },
      explanation: {
        text: !found ? say.missed(port) : speaks ? say.found(port) : say.justOpen(port),
        field: found ? `${port}/tcp` : (machine.sockets[0]?.id ?? ''),
        source: 'nmap(1)',
      },
    }
  },
}

type MeasureKey = 'patch' | 'tls' | 'keys' | 'second' | 'limit' | 'sources' | 'move' | 'others' | 'ping' | 'trust'

/** What stands behind an open door and can be made stronger there. */
type Guard = 'program' | 'session' | 'login'

/** A number that nobody expects. */
const movedTo = (port: number): number => port + 10_000

/** A measure strengthens a guard behind the door, or changes the host as strangers meet it. */
const MEASURES: Readonly<Record<MeasureKey, Guard | ((machine: Machine, door: Lamp) => Site)>> = {
  patch: 'program',
  tls: 'session',
  keys: 'login',
  second: 'login',
  limit: 'login',
  sources: (machine, { protocol, port }) =>
    siteOf(machine, [
      chainOf('drop', [{ match: { source: '10.0.0.0/8', protocol, destinationPort: [port] }, action: 'accept' }]),
    ]),
  move: (machine, { port }) =>
    siteOf({
      ...machine,
      sockets: machine.sockets.map((socket) =>
        socket.local.port === port ? { ...socket, local: { ...socket.local, port: movedTo(port) } } : socket,
      ),
    }),
  others: (machine, { port }) =>
    siteOf({ ...machine, sockets: machine.sockets.filter(({ local }) => local.port === port) }),
  ping: (machine) => siteOf(machine, [chainOf('accept', [{ match: { protocol: 'icmp' }, action: 'drop' }])]),
  trust: (machine) => siteOf(machine),
}

const USELESS: Readonly<Partial<Record<MeasureKey, MisconceptionId>>> = {
  move: 'nonstandard-port-hides',
  others: 'closed-port-secures-host',
  ping: 'icmp-has-port',
}

/** Doors that stay open, what guards the service behind each, and which measures are talked of. */
const KEPT = [
  {
    id: 'web',
    door: lamp('nginx', 443),
    guards: ['program', 'session', 'login'],
    measures: ['patch', 'tls', 'second', 'limit', 'move', 'others', 'ping', 'trust'],
    standard: 'open-443-is-safe',
  },
  {
    id: 'ssh',
    door: lamp('sshd', 22),
    guards: ['program', 'login'],
    measures: ['patch', 'keys', 'limit', 'sources', 'move', 'others', 'ping', 'trust'],
    standard: 'low-port-is-trusted',
  },
  {
    id: 'mail',
    door: lamp('master', 587),
    guards: ['program', 'session', 'login'],
    measures: ['patch', 'tls', 'second', 'limit', 'move', 'others', 'ping', 'trust'],
    standard: 'low-port-is-trusted',
  },
] as const satisfies readonly {
  readonly id: string
  readonly door: Lamp
  readonly guards: readonly Guard[]
  readonly measures: readonly MeasureKey[]
  readonly standard: MisconceptionId
}[]

const whatStillHelps: Template = {
  id: 'ex-what-still-helps',
  cluster: 'exposure',
  kind: 'several',
  difficulty: 3,
  claims: ['S23', 'S24', 'S26', 'S29', 'S32'],
  ask: (dice, words) => {
    const say = words.exposure['ex-what-still-helps']
    const address = server(dice)
    const { id, door, guards, measures, standard } = dice.one('service', KEPT, (kept) => kept.id)
    const others = dice.shuffle([lamp('java', 8080), lamp('vsftpd', 21), lamp('node_exporter', 9100)]).slice(0, 2)
    const machine = machineOf(
      [address],
      [door, ...others].map((one) => ({ lamp: one, address: '0.0.0.0' })),
    )
    const visitor = outside(dice)
    const listed = new Set<Guard>(guards)
    /** Whether strangers still come to the program, by whatever number, once the host is like this. */
    const stillMet = (site: Site): boolean =>
      [door.port, movedTo(door.port)].some((port) => {
        const met = reach(site, visitor, door.protocol, { address, port })
        return met !== undefined && machine.programs[met.socket.id] === door.program
      })
    const helps = (key: MeasureKey): boolean => {
      const measure = MEASURES[key]
      return typeof measure === 'string' ? listed.has(measure) : !stillMet(measure(machine, door))
    }
    const item = (key: MeasureKey): Item => ({ means: key, text: say.measures[key] })
    const all = dice.shuffle(measures)
    const helping = new Set(all.filter((key) => helps(key)))
    const useful = all.filter((key) => helping.has(key)).slice(0, 3)
    const useless = all.filter((key) => !helping.has(key)).slice(0, 3)
    const ports = [door, ...others].map(({ port }) => port)
    const scanned = scanSite(siteOf(machine), visitor, 'syn', address, ports)
    return {
      stem: say.stem(doorText(door), say.services[id]),
      views: [nmapView(scanned, { target: address, flags: `-Pn -p ${ports.toSorted((a, b) => a - b).join(',')}` })],
      body: {
        kind: 'several',
        right: useful.map(item),
        wrong: useless.map((key): Wrong => ({ says: item(key), misconception: USELESS[key] ?? standard })),
      },
      explanation: { text: say.explain(doorText(door)), field: doorText(door), source: 'nmap(1)' },
    }
  },
}

const NGINX: Detected = { service: 'ssl/http', version: 'nginx 1.22.1' }

const proof443: Template = {
  id: 'ex-443-proof',
  cluster: 'exposure',
  kind: 'choose',
  difficulty: 2,
  claims: ['S23', 'S25', 'S29'],
  ask: (dice, words) => {
    const say = words.exposure['ex-443-proof']
    const address = server(dice)
    const wanted = dice.one('host', ['listens', 'listens, -sV', 'does not listen', 'filtered'])
    const speaks = wanted.endsWith('-sV')
    const listens = wanted !== 'does not listen'
    const machine = machineOf([address], listens ? [{ lamp: lamp('nginx', 443), address: '0.0.0.0' }] : [])
    const site = siteOf(machine, wanted === 'filtered' ? [chainOf('drop', rulesFor([lamp('sshd', 22)], 'accept'))] : [])
    const [found] = scanSite(site, outside(dice), 'syn', address, [443])
    if (!found) return undefined
    const item = (means: string, text: string): Item => ({ means, text })
    const safe: Wrong = { says: item('safe', say.safe), misconception: 'open-443-is-safe' }
    const clients: Wrong = { says: item('clients', say.clients), misconception: 'open-443-is-safe' }
    const http3: Wrong = { says: item('http3', say.http3), misconception: 'tcp-udp-share-space' }
    const others: Wrong = { says: item('others', say.others), misconception: 'closed-port-secures-host' }
    const down: Wrong = { says: item('down', say.down), misconception: 'refused-means-host-down' }
    const noHttp3: Wrong = { says: item('no-http3', say.noHttp3), misconception: 'tcp-udp-share-space' }
    const cases = {
      open: {
        right: speaks ? item('named', say.named(NGINX.version)) : item('open', say.open),
        wrong: [
          safe,
          clients,
          http3,
          others,
          ...(speaks
            ? []
            : [{ says: item('named', say.named(NGINX.version)), misconception: 'port-identifies-program' as const }]),
        ],
        text: speaks ? say.namedWhy : say.openWhy,
      },
      closed: {
        right: item('closed', say.closed),
        wrong: [
          down,
          noHttp3,
          { says: item('dropped', say.dropped), misconception: 'closed-is-silent' as const },
          { says: item('filtered', say.filtered), misconception: 'closed-is-silent' as const },
        ],
        text: say.closedWhy,
      },
      filtered: {
        right: item('filtered', say.filtered),
        wrong: [
          down,
          noHttp3,
          { says: item('nobody', say.nobody), misconception: 'closed-is-silent' as const },
          { says: item('closed', say.closed), misconception: 'closed-is-silent' as const },
          { says: item('open', say.open), misconception: 'no-rule-means-allowed' as const },
        ],
        text: say.filteredWhy,
      },
    }
    const { right, wrong, text } =
      found.state === 'open' ? cases.open : found.state === 'closed' ? cases.closed : cases.filtered
    return {
      stem: say.stem(address),
      views: [
        nmapView([found], {
          target: address,
          flags: speaks ? '-Pn -sV -p 443' : '-Pn -p 443',
          ...(speaks && { detected: () => NGINX }),
        }),
      ],
      body: { kind: 'choose', right, wrong },
      explanation: { text, field: '443/tcp', source: 'nmap(1)' },
    }
  },
}

const STORES: readonly Lamp[] = [
  lamp('redis-server', 6379),
  lamp('java', 9200),
  lamp('mariadbd', 3306),
  lamp('postgres', 5432),
  lamp('mongod', 27_017),
]

const CHANGES = ['stop', 'drop', 'reset', 'unreachable', 'loopback', 'move', 'password', 'sources'] as const
type Change = (typeof CHANGES)[number]

/** The site after a change. */
function changed(change: Change, address: Address, store: Lamp): { readonly machine: Machine; readonly chain: Chain } {
  const { protocol, port, program } = store
  const at = (host: Address, number = port) =>
    machineOf([address], [{ lamp: lamp(program, number, protocol), address: host }])
  const rule = (action: Action): Rule => ({ match: { protocol, destinationPort: [port] }, action })
  const open = { machine: at('0.0.0.0'), chain: chainOf('accept', []) }
  switch (change) {
    case 'stop':
      return { ...open, machine: machineOf([address], []) }
    case 'loopback':
      return { ...open, machine: at('127.0.0.1') }
    case 'move':
      return { ...open, machine: at('0.0.0.0', movedTo(port)) }
    case 'drop':
      return { ...open, chain: chainOf('accept', [rule('drop')]) }
    case 'reset':
      return { ...open, chain: chainOf('accept', [rule('reset')]) }
    case 'unreachable':
      return { ...open, chain: chainOf('accept', [rule('port-unreachable')]) }
    case 'sources':
      return {
        ...open,
        chain: chainOf('accept', [
          { match: { source: '10.0.0.0/8', protocol, destinationPort: [port] }, action: 'accept' },
          rule('drop'),
        ]),
      }
    case 'password':
      return open
  }
}

/** The idea by which somebody expects `state` after a change that leads to `right`; undefined where there is none. */
function expecting(state: PortState, right: PortState, change: Change): MisconceptionId | undefined {
  if (state === 'open|filtered') return 'udp-silence-means-open'
  if (right === 'open') return 'database-open-with-password'
  if (state === 'filtered') return 'closed-is-silent'
  if (state === 'closed') return change === 'unreachable' ? 'closed-tcp-sends-icmp' : 'closed-is-silent'
  if (change === 'loopback') return 'loopback-reachable-outside'
  return change === 'stop' || change === 'move' ? undefined : 'listening-means-reachable'
}

const surfaceChange: Template = {
  id: 'ex-surface-change',
  cluster: 'exposure',
  kind: 'predict',
  difficulty: 3,
  claims: ['S24', 'S25', 'S31', 'S32'],
  ask: (dice, words) => {
    const say = words.exposure['ex-surface-change']
    const address = server(dice)
    const store = dice.one('door', STORES, ({ port }) => String(port))
    const change = dice.one('change', CHANGES)
    const visitor = outside(dice)
    const scanOf = ({ machine, chain }: ReturnType<typeof changed>) =>
      scanSite(siteOf(machine, [chain]), visitor, 'syn', address, [store.port])
    const view = (state: ReturnType<typeof changed>, reason: boolean): TextView =>
      nmapView(scanOf(state), {
        target: address,
        flags: `${reason ? '--reason ' : ''}-Pn -p ${store.port}`,
        reason,
      })
    const before = changed('password', address, store)
    const after = changed(change, address, store)
    const [found] = scanOf(after)
    if (!found) return undefined
    const states: readonly PortState[] = ['open', 'closed', 'filtered', 'open|filtered']
    const wrong = states
      .filter((state) => state !== found.state)
      .flatMap((state): readonly Wrong[] => {
        const misconception = expecting(state, found.state, change)
        return misconception ? [{ says: state, misconception }] : []
      })
    const actions = { ...say, move: say.move(movedTo(store.port)) }
    return {
      stem: say.stem(actions[change], doorText(store)),
      views: [view(before, false), ssView(before.machine, '-tlnp')],
      after: [view(after, true)],
      body: { kind: 'predict', right: found.state, wrong },
      explanation: {
        text:
          found.state === 'open'
            ? say.open
            : found.state === 'closed'
              ? say.closed(found.reason)
              : say.filtered(found.reason),
        field: doorText(store),
        source: 'nmap(1)',
      },
    }
  },
}

/** A call to a service that can be met in three settings, and what stands on its way there. */
interface Approach {
  readonly site: Site
  readonly iif: string
  readonly door: Endpoint
  readonly chain: Chain
  readonly views: readonly View[]
}

const SETTINGS = ['server', 'container', 'router'] as const

function approach(dice: Random, setting: (typeof SETTINGS)[number], service: Lamp): Approach {
  const { port } = service
  const allow = (number: number): Rule => ({ match: { protocol: 'tcp', destinationPort: [number] }, action: 'accept' })
  if (setting === 'server') {
    const address = server(dice)
    const machine = machineOf([address], [{ lamp: service, address: '0.0.0.0' }])
    const chain = chainOf('drop', [allow(port)])
    return {
      site: siteOf(machine, [chain]),
      iif: 'eth0',
      door: { address, port },
      chain,
      views: [ssView(machine, '-tlnp'), nftView(chain)],
    }
  }
  if (setting === 'container') {
    const address = server(dice)
    const number = port + 8000
    const chain = chainOf('drop', [allow(number)], 'forward')
    const published = [{ protocol: 'tcp', hostPort: port, containerPort: number } as const]
    const host = {
      name: 'app',
      addresses: ['172.17.0.2'],
      table: SocketTable.of([waiting('tcp', { address: '0.0.0.0', port: number })]),
    }
    const site = siteOf(machineOf([address], []), [chain])
    const bridge = { name: 'docker0', addresses: ['172.17.0.1/16'] }
    const router = { ...site.router, interfaces: [...site.router.interfaces, bridge] }
    return {
      site: { ...site, router, containers: [{ host, published }] },
      iif: 'eth0',
      door: { address, port },
      chain,
      views: [dockerView([{ name: 'app', published }]), nftView(chain)],
    }
  }
  const [front, address] = [stranger(dice), inside(dice)]
  const chain = chainOf('drop', [allow(port)], 'forward')
  const forward: NatRule = {
    match: { protocol: 'tcp', iif: 'wan', destinationPort: [port] },
    translation: { kind: 'dnat', to: { address, port } },
  }
  const host = {
    name: 'app',
    addresses: [address],
    table: SocketTable.of([waiting('tcp', { address: '0.0.0.0', port })]),
  }
  return {
    site: {
      name: 'router',
      router: {
        interfaces: [
          { name: 'wan', addresses: [`${front}/24`] },
          { name: 'lan', addresses: ['192.168.1.1/24'] },
        ],
        defaultRoute: 'wan',
        chains: [chain],
        nat: { prerouting: [forward], output: [], postrouting: [] },
      },
      table: SocketTable.of([]),
      behind: [host],
    },
    iif: 'wan',
    door: { address: front, port },
    chain,
    views: [
      {
        kind: 'text',
        command: 'nft list table ip nat',
        lines: nftTable({ family: 'ip', name: 'nat', chains: [], nat: { prerouting: [forward] } }).map(({ text }) => [
          { text },
        ]),
      },
      nftView(chain),
    ],
  }
}

const defenceLayers: Template = {
  id: 'ex-defence-layers',
  cluster: 'exposure',
  kind: 'order',
  difficulty: 3,
  claims: ['S23', 'S24', 'S26', 'S32'],
  ask: (dice, words) => {
    const say = words.exposure['ex-defence-layers']
    const setting = dice.one('setting', SETTINGS)
    const service = dice.one('service', ['web', 'mail'] as const)
    const { site, iif, door, chain, views } = approach(
      dice,
      setting,
      service === 'web' ? lamp('nginx', 443) : lamp('master', 587),
    )
    const visitor = stranger(dice)
    const packet = syn(
      dice,
      { address: visitor === door.address ? '198.51.100.1' : visitor, port: linuxPort(dice) },
      door,
    )
    const { through } = arrive(site, packet, iif)
    if (through.at(-1)?.kind !== 'listener') return undefined
    type Layer = keyof typeof say.layers
    const item = (means: Layer): Item => ({ means, text: say.layers[means] })
    const network = through.flatMap(({ kind }): readonly Layer[] => (kind === 'proxy' ? [] : [kind]))
    const order: readonly Layer[] = [...network, 'tls', 'login', 'permission']
    const right = order.map(item)
    const swapped = (a: Layer, b: Layer): readonly Item[] =>
      order.map((layer) => (layer === a ? b : layer === b ? a : layer)).map(item)
    return {
      stem: say.stem(endpointText(door), say.requests[service]),
      views,
      body: {
        kind: 'order',
        right,
        extra: dice.pick([[item('registry')], [item('sourcePort')], []]),
        wrong: [
          { says: swapped('rule', 'listener'), misconception: 'listening-means-reachable' },
          { says: swapped('listener', 'tls'), misconception: 'open-443-is-safe' },
          { says: network.map(item), misconception: 'closed-port-secures-host' },
          { says: order.filter((layer) => layer !== 'listener').map(item), misconception: 'allow-rule-opens-port' },
          { says: [item('sourcePort'), ...right], misconception: 'source-port-is-door' },
          { says: [item('registry'), ...right], misconception: 'port-identifies-program' },
        ],
      },
      explanation: {
        text: say.explain,
        field: ruleField(chain.rules.length - 1),
        source: 'RFC 9293 §3.10.7.1, RFC 8446',
      },
    }
  },
}

export const exposure: readonly Template[] = [
  watchList,
  whoIsReachable,
  closeDoors,
  movedSsh,
  whatStillHelps,
  proof443,
  surfaceChange,
  defenceLayers,
]
