import type { Address } from '../../net/address'
import { ANY4, ANY6, familyOf } from '../../net/address'
import type { BindingHost, BindRequest } from '../../net/bind'
import { bindOutcome, givenPort } from '../../net/bind'
import type { PortSpan } from '../../net/kernel'
import { IANA_EPHEMERAL, LINUX_EPHEMERAL, UNPRIVILEGED_START } from '../../net/kernel'
import { receive } from '../../net/receive'
import { endpointText } from '../../net/tuple'
import type { Endpoint, Protocol } from '../../net/tuple'
import type { Socket } from '../../net/socket'
import { rangeOf } from '../../ports/range'
import type { Random } from '../../shift/random'
import { windowOf } from '../../shift/windows'
import type { QuestionWords } from '../../words/questions'
import { ephemeral, inside, other, server, server6, stranger, stranger6 } from '../addresses'
import type { Machine } from '../machine'
import { connected, hostOf, waiting } from '../machine'
import { doorsView, factsView, ssView, tcpdumpView } from '../machine-view'
import { first as firstPacket, syn } from '../packets'
import type { Item } from '../question'
import type { LeftOut, Template, Wrong } from '../template'
import { refusals, socketItem, verdictItem } from '../verdict-item'
import type { Row } from '../view'

const LOOPBACK = '127.0.0.1'

/** Programs that could stand behind any port. */
const PROGRAMS = ['shop', 'blog', 'admin', 'api', 'wiki', 'stats']

const addressesRow = ({ addresses }: Machine, words: QuestionWords): Row => ({
  field: 'addresses',
  name: words.binding.facts.addresses,
  value: addresses.join(', '),
})

const machineOf = (addresses: readonly Address[], lamps: readonly (readonly [Socket, string])[]): Machine => ({
  name: 'server',
  addresses,
  sockets: lamps.map(([socket]) => socket),
  programs: Object.fromEntries(lamps.map(([{ id }, program]) => [id, program])),
})

/** How the editor of a question set writes the address that a listener is bound to. */
const bindLabel = (address: Address): string => (address === '' ? 'one address' : address)

const whichLamp: Template = {
  id: 'bn-which-lamp',
  cluster: 'binding',
  kind: 'choose',
  difficulty: 3,
  claims: ['S14', 'S20', 'S21'],
  ask: (dice, words) => {
    const say = words.binding['bn-which-lamp']
    const port = dice.one('door', [80, 443, 5432, 8080])
    const wide = dice.one('bind', ['', ANY4], bindLabel) === ANY4
    const a = server(dice)
    const b = other([a], () => server(dice))
    const [p = '', q = '', r = ''] = dice.shuffle(PROGRAMS)
    const target = dice.pick([a, b])
    const lamp = (address: Address, at = port) => waiting('tcp', { address, port: at })
    const one = lamp(wide ? ANY4 : a)
    const local = lamp(LOOPBACK, wide ? port + 1 : port)
    const second = lamp(b)
    const machine = machineOf(
      [a, b],
      dice.shuffle([[one, p], [local, q], ...(!wide && target === a ? [[second, r] as const] : [])] as const),
    )
    const packet = syn(dice, { address: stranger(dice), port: ephemeral(dice) }, { address: target, port })
    const received = receive(hostOf(machine), packet)
    const { rst, silence, portUnreachable } = refusals(words)
    const taken = received.verdict.kind === 'listener'
    return {
      stem: say.stem,
      views: [
        tcpdumpView([packet]),
        ssView(machine, '-tlnp'),
        factsView([addressesRow(machine, words)]),
        doorsView(machine),
      ],
      body: {
        kind: 'choose',
        right: verdictItem(machine, received, words),
        wrong: [
          {
            says: wide ? undefined : socketItem(machine, local.id, words),
            misconception: 'loopback-reachable-outside',
          },
          { says: socketItem(machine, one.id, words), misconception: 'specific-bind-answers-all' },
          { says: socketItem(machine, second.id, words), misconception: 'specific-bind-answers-all' },
          { says: taken && wide ? rst : undefined, misconception: 'wildcard-is-localhost' },
          { says: taken && wide ? silence : undefined, misconception: 'wildcard-is-localhost' },
          { says: taken ? undefined : silence, misconception: 'closed-is-silent' },
          { says: taken ? undefined : portUnreachable, misconception: 'closed-tcp-sends-icmp' },
        ],
      },
      explanation: { text: say.explain(target, port, wide, taken), field: 'destination', source: 'bind(2), ip(7)' },
      scene: { machine, packets: [packet] },
    }
  },
}

const loopback: Template = {
  id: 'bn-loopback',
  cluster: 'binding',
  kind: 'choose',
  difficulty: 2,
  claims: ['S14', 'S31', 'S28'],
  ask: (dice, words) => {
    const say = words.binding['bn-loopback']
    const port = dice.one('door', [3306, 5432, 6379, 8080])
    const own = server(dice)
    const bind = dice.one('bind', [LOOPBACK, ANY4, ''], bindLabel) || own
    const here = dice.next() < 0.4
    const target = here ? dice.pick([own, LOOPBACK]) : own
    const listener = waiting('tcp', { address: bind, port })
    const machine = machineOf([own], [[listener, PROGRAM_AT[port] ?? 'server']])
    const caller = here ? target : stranger(dice)
    const packet = syn(dice, { address: caller, port: ephemeral(dice) }, { address: target, port })
    const received = receive(hostOf(machine), packet)
    const taken = received.verdict.kind === 'listener'
    const { rst, silence, portUnreachable } = refusals(words)
    const narrow = taken ? undefined : socketItem(machine, listener.id, words)
    const hidden = taken && bind === ANY4 && !here
    return {
      stem: here
        ? say.here(endpointText({ address: target, port }))
        : say.outside(endpointText({ address: target, port })),
      views: [ssView(machine, '-tlnp'), tcpdumpView([packet]), doorsView(machine)],
      body: {
        kind: 'choose',
        right: verdictItem(machine, received, words),
        wrong: [
          {
            says: narrow,
            misconception: bind === LOOPBACK && !here ? 'loopback-reachable-outside' : 'specific-bind-answers-all',
          },
          { says: hidden ? rst : undefined, misconception: 'wildcard-is-localhost' },
          { says: taken ? undefined : silence, misconception: 'closed-is-silent' },
          { says: hidden ? silence : undefined, misconception: 'wildcard-is-localhost' },
          { says: taken ? undefined : portUnreachable, misconception: 'closed-tcp-sends-icmp' },
        ],
      },
      explanation: { text: say.explain(bind, target, taken), field: listener.id, source: 'bind(2), ip(7)' },
      ...(!here && { scene: { machine, packets: [packet] } }),
    }
  },
}

/** Who listens at the ports of these questions. */
const PROGRAM_AT: Readonly<Record<number, string>> = {
  22: 'sshd',
  80: 'nginx',
  443: 'nginx',
  3000: 'node',
  3306: 'mysqld',
  5000: 'python3',
  5432: 'postgres',
  6379: 'redis-server',
  8080: 'java',
  9090: 'prometheus',
}

const WWW = { name: 'www', uid: 33 }
const APP = { name: 'app', uid: 1000 }

/** A listener and a request for the same number that are alike in all but what the case is about. */
type Rivalry = 'wildcard' | 'addresses' | 'protocols' | 'families' | 'reuseport'
const RIVALRIES: readonly Rivalry[] = ['wildcard', 'addresses', 'protocols', 'families', 'reuseport']

interface Asked {
  readonly protocol: Protocol
  readonly address: Address
  readonly v6only: boolean
  readonly reuseport: boolean
  readonly user: typeof WWW
}

/** The two that want the number. Their order is drawn where both orders come to the same. */
function rivals(dice: Random, rivalry: Rivalry, a: Address, b: Address): readonly [Asked, Asked] {
  const plain: Asked = {
    protocol: dice.pick(['tcp', 'tcp', 'udp']),
    address: a,
    v6only: false,
    reuseport: false,
    user: WWW,
  }
  const at = (address: Address): Asked => ({ ...plain, address })
  const swap = <T>(one: T, two: T): readonly [T, T] => (dice.next() < 0.5 ? [one, two] : [two, one])
  switch (rivalry) {
    case 'wildcard':
      return swap(at(ANY4), at(dice.pick([a, LOOPBACK])))
    case 'addresses':
      return swap(at(a), at(dice.pick([b, LOOPBACK])))
    case 'protocols': {
      const address = dice.pick([a, ANY4])
      return swap({ ...at(address), protocol: 'tcp' }, { ...at(address), protocol: 'udp' })
    }
    case 'families': {
      const v6only = dice.next() < 0.4
      return swap({ ...plain, address: ANY6, v6only }, at(dice.pick([ANY4, a])))
    }
    case 'reuseport': {
      const address = dice.pick([a, ANY4])
      const [one, two] = dice.pick([
        [true, true],
        [true, true],
        [false, true],
        [true, false],
      ] as const)
      const user = one && two ? dice.pick([WWW, WWW, APP]) : WWW
      return [
        { ...at(address), reuseport: one },
        { ...at(address), reuseport: two, user },
      ]
    }
  }
}

const canBind: Template = {
  id: 'bn-can-bind',
  cluster: 'binding',
  kind: 'choose',
  difficulty: 3,
  claims: ['S13', 'S14'],
  ask: (dice, words) => {
    const say = words.binding['bn-can-bind']
    const facts = words.binding.facts
    const rivalry = dice.one('case', RIVALRIES)
    const port = dice.one('door', [3000, 5000, 8080, 9090])
    const a = server(dice)
    const b = other([a], () => server(dice))
    const [holder, asker] = rivals(dice, rivalry, a, b)
    const options = ({ v6only, reuseport, user: { uid } }: Asked) => ({ v6only, reuseport, uid, reuseaddr: false })
    const listener = waiting(holder.protocol, { address: holder.address, port }, options(holder))
    const [program = '', newcomer = ''] = dice.shuffle(PROGRAMS)
    const machine = machineOf([a, b], [[listener, program]])
    const request: BindRequest = {
      ...options(asker),
      protocol: asker.protocol,
      family: familyOf(asker.address),
      local: { address: asker.address, port },
    }
    const outcome = bindOutcome({ addresses: [a, b], sockets: machine.sockets, ephemeral: LINUX_EPHEMERAL }, request)
    const granted: Item = { means: 'granted', text: say.granted }
    const taken: Item = { means: 'EADDRINUSE', text: say.refused('Address already in use (EADDRINUSE)') }
    const foreign: Item = {
      means: 'EADDRNOTAVAIL',
      text: say.refused('Cannot assign requested address (EADDRNOTAVAIL)'),
    }
    const yes = (flag: boolean) => (flag ? words.common.yes : words.common.no)
    const shared = holder.reuseport || asker.reuseport
    const pair = (field: string, name: string, one: string, two: string): readonly Row[] => [
      { field: `${field}-1`, name: facts.of(name, program), value: one },
      { field: `${field}-2`, name: facts.of(name, newcomer), value: two },
    ]
    const v6 = [
      { asked: holder, who: program },
      { asked: asker, who: newcomer },
    ].filter(({ asked }) => asked.address === ANY6)
    return {
      stem: say.stem(newcomer),
      views: [
        ssView(machine, holder.protocol === 'tcp' ? '-tlnp' : '-ulnp'),
        factsView([
          addressesRow(machine, words),
          {
            field: 'request',
            name: facts.asks(newcomer),
            value: `${asker.protocol} ${endpointText(request.local)}`,
          },
          ...v6.map(({ asked, who }) => ({
            field: 'v6only',
            name: facts.of('IPV6_V6ONLY', who),
            value: yes(asked.v6only),
          })),
          ...(shared
            ? [
                ...pair('reuseport', 'SO_REUSEPORT', yes(holder.reuseport), yes(asker.reuseport)),
                ...pair('user', facts.user, holder.user.name, asker.user.name),
              ]
            : []),
        ]),
        doorsView(machine),
      ],
      body: {
        kind: 'choose',
        right: outcome.granted ? granted : taken,
        wrong: [
          {
            says: granted,
            misconception:
              rivalry === 'families'
                ? 'ipv6-any-is-ipv6-only'
                : rivalry === 'reuseport'
                  ? 'reuseport-copies-traffic'
                  : 'wildcard-and-specific-coexist',
          },
          { says: taken, misconception: rivalry === 'protocols' ? 'tcp-udp-share-space' : 'port-is-socket' },
          { says: { means: 'takes over', text: say.takesOver }, misconception: 'reuseport-copies-traffic' },
          { says: { means: 'copies', text: say.copies }, misconception: 'reuseport-copies-traffic' },
          { says: asker.address === ANY4 ? foreign : undefined, misconception: 'wildcard-is-localhost' },
        ],
      },
      explanation: {
        text: say.explain(rivalry, outcome.granted, holder.user !== asker.user),
        field: rivalry === 'reuseport' ? 'reuseport-1' : rivalry === 'families' ? 'v6only' : 'request',
        source: rivalry === 'families' ? 'ipv6(7)' : rivalry === 'reuseport' ? 'socket(7)' : 'bind(2), ip(7)',
      },
    }
  },
}

const dualStack: Template = {
  id: 'bn-dual-stack',
  cluster: 'binding',
  kind: 'choose',
  difficulty: 3,
  claims: ['S14', 'S21'],
  ask: (dice, words) => {
    const say = words.binding['bn-dual-stack']
    const port = dice.one('door', [22, 80, 443])
    const v6only = dice.one('IPV6_V6ONLY', [false, true])
    const bind = dice.pick([ANY6, ANY6, ANY6, ANY4])
    const family = dice.pick([4, 4, 4, 6] as const)
    const [own4, own6] = [server(dice), server6(dice)]
    const listener = waiting('tcp', { address: bind, port }, { v6only: bind === ANY6 && v6only })
    const machine = machineOf([own4, own6], [[listener, PROGRAM_AT[port] ?? 'server']])
    const source = { address: family === 4 ? stranger(dice) : stranger6(dice), port: ephemeral(dice) }
    const destination = { address: family === 4 ? own4 : own6, port }
    const packet = syn(dice, source, destination)
    const received = receive(hostOf(machine), packet)
    const { verdict } = received
    const taken = verdict.kind === 'listener'
    const { rst, silence, portUnreachable } = refusals(words)
    // Had the listener taken it, this is the socket that accept(2) would return.
    const accepted = windowOf(listener, { protocol: 'tcp', source, destination })
    const peer = accepted.peer ?? source
    const shownAs = endpointText(peer)
    const shown = { means: `shown ${shownAs}`, text: say.accepted(shownAs) }
    const plain = endpointText(source)
    const asSent = { means: `shown ${plain}`, text: say.accepted(plain) }
    const servicePort = endpointText({ ...peer, port })
    const atService = { means: `shown ${servicePort}`, text: say.accepted(servicePort) }
    const closedFor = bind === ANY6 ? 'ipv6-any-is-ipv6-only' : 'wildcard-is-localhost'
    return {
      stem: say.stem(endpointText(destination)),
      views: [
        ssView(machine, '-tlnp'),
        ...(bind === ANY6
          ? [factsView([{ field: 'v6only', name: 'IPV6_V6ONLY', value: v6only ? words.common.yes : words.common.no }])]
          : []),
        tcpdumpView([packet]),
        doorsView(machine),
      ],
      body: {
        kind: 'choose',
        right: taken ? shown : verdictItem(machine, received, words),
        wrong: [
          { says: taken && (bind === ANY4 || family === 4) ? rst : undefined, misconception: closedFor },
          { says: taken && (bind === ANY4 || family === 4) ? silence : undefined, misconception: closedFor },
          {
            says: taken && bind === ANY6 && family === 4 ? asSent : undefined,
            misconception: 'ipv6-any-is-ipv6-only',
          },
          {
            says: taken ? atService : shown,
            misconception: taken ? 'client-uses-service-port' : 'specific-bind-answers-all',
          },
          { says: taken ? undefined : silence, misconception: 'closed-is-silent' },
          { says: taken ? undefined : portUnreachable, misconception: 'closed-tcp-sends-icmp' },
        ],
      },
      explanation: {
        text: say.explain(bind, taken, shownAs),
        field: bind === ANY6 ? 'v6only' : listener.id,
        source: bind === ANY6 ? 'ipv6(7), RFC 3493 §3.7' : 'ip(7)',
      },
      scene: { machine, packets: [packet] },
    }
  },
}

/** Who is in the way of a server that starts again. */
type Cause = 'left-over' | 'listener' | 'narrower' | 'dual-stack'
const CAUSES: readonly Cause[] = ['left-over', 'listener', 'narrower', 'dual-stack']

const timeWait: Template = {
  id: 'bn-time-wait',
  cluster: 'binding',
  kind: 'choose',
  difficulty: 3,
  claims: ['S13', 'S14'],
  ask: (dice, words) => {
    const say = words.binding['bn-time-wait']
    const port = dice.one('door', [8080, 3000, 5000])
    const cause = dice.one('cause', CAUSES)
    const own = server(dice)
    const [program = '', rival = '', bystander = ''] = dice.shuffle(PROGRAMS)
    const end = (at: number) =>
      connected('tcp', { address: own, port: at }, { address: stranger(dice), port: ephemeral(dice) }, 'TIME-WAIT')
    const rivalAt: Readonly<Record<Cause, Address | undefined>> = {
      'left-over': undefined,
      listener: ANY4,
      narrower: LOOPBACK,
      'dual-stack': ANY6,
    }
    const address = rivalAt[cause]
    const inTheWay =
      address === undefined
        ? Array.from({ length: dice.int(1, 3) }, () => end(port))
        : [waiting('tcp', { address, port })]
    const beside = waiting('tcp', { address: ANY4, port: port + 1 })
    const sshd = waiting('tcp', { address: ANY4, port: 22 })
    const admin = connected('tcp', { address: own, port: 22 }, { address: stranger(dice), port: ephemeral(dice) })
    const machine: Machine = {
      name: 'server',
      addresses: [own],
      sockets: [...dice.shuffle([sshd, beside, ...inTheWay]), admin],
      programs: {
        [beside.id]: bystander,
        [sshd.id]: 'sshd',
        ...(address !== undefined && { [inTheWay[0]?.id ?? '']: rival }),
      },
    }
    const request: BindRequest = {
      protocol: 'tcp',
      family: 4,
      v6only: false,
      local: { address: ANY4, port },
      reuseaddr: false,
      reuseport: false,
      uid: 1000,
    }
    const succeedsWithout = (gone: (socket: Socket) => boolean) =>
      bindOutcome(
        { addresses: [own], sockets: machine.sockets.filter((socket) => !gone(socket)), ephemeral: LINUX_EPHEMERAL },
        request,
      ).granted
    if (succeedsWithout(() => false)) return undefined
    const leftOver: Item = { means: 'time-wait', text: say.timeWait }
    const listens: Item = {
      means: 'listener',
      text: say.listener(rival, address === ANY6 ? `*:${port}` : endpointText({ address: address ?? ANY4, port })),
    }
    const rights: readonly (readonly [Item, boolean])[] = [
      [leftOver, succeedsWithout(({ state }) => state === 'TIME-WAIT')],
      [listens, succeedsWithout(({ state, local }) => state === 'LISTEN' && local.port === port)],
    ]
    const right = rights.find(([, holds]) => holds)?.[0]
    if (!right) return undefined
    const hidden: Item = { means: 'hidden', text: say.hidden }
    return {
      stem: say.stem(program, port),
      views: [ssView(machine, '-tanp'), doorsView(machine)],
      body: {
        kind: 'choose',
        right,
        wrong: [
          { says: cause === 'left-over' ? hidden : undefined, misconception: 'busy-port-needs-process' },
          { says: { means: 'filter', text: say.filter(port) }, misconception: 'allow-rule-opens-port' },
          { says: { means: 'client', text: say.client }, misconception: 'one-connection-per-port' },
          { says: cause === 'left-over' ? undefined : leftOver, misconception: 'one-connection-per-port' },
          {
            says: { means: 'beside', text: say.listener(bystander, endpointText(beside.local)) },
            misconception: 'neighbour-mixup',
          },
          {
            says: cause === 'dual-stack' ? { means: 'not-v6', text: say.notV6 } : undefined,
            misconception: 'ipv6-any-is-ipv6-only',
          },
          {
            says: cause === 'narrower' ? { means: 'not-local', text: say.notLocal(LOOPBACK, ANY4) } : undefined,
            misconception: 'wildcard-and-specific-coexist',
          },
        ],
      },
      explanation: {
        text: say.explain(right.means === 'time-wait', cause, rival, port),
        field: inTheWay[0]?.id ?? '',
        source:
          cause === 'left-over' ? 'RFC 9293 §3.3.2, socket(7)' : cause === 'dual-stack' ? 'ipv6(7)' : 'bind(2), ip(7)',
      },
    }
  },
}

const privileged: Template = {
  id: 'bn-privileged',
  cluster: 'binding',
  kind: 'choose',
  difficulty: 2,
  claims: ['S03', 'S13'],
  ask: (dice, words) => {
    const say = words.binding['bn-privileged']
    const port = dice.one('door', [22, 80, 443, 1023, 1024, 8080, 3306])
    const start = dice.one('ip_unprivileged_port_start', [UNPRIVILEGED_START, 80, 0])
    const user = dice.pick(['alice', 'www', 'app'])
    const own = server(dice)
    const neighbour = other([own], () => server(dice))
    const program = PROGRAM_AT[port] ?? dice.pick(PROGRAMS)
    const [theirs = ''] = dice.shuffle(PROGRAMS.filter((name) => name !== program))
    const host: BindingHost = {
      addresses: [own],
      sockets: [],
      ephemeral: LINUX_EPHEMERAL,
      unprivilegedStart: start,
    }
    const request: BindRequest = {
      protocol: 'tcp',
      family: 4,
      v6only: false,
      local: { address: ANY4, port },
      reuseaddr: true,
      reuseport: false,
      uid: 1000,
    }
    const outcome = bindOutcome(host, request)
    const granted: Item = { means: 'granted', text: say.granted }
    const denied: Item = { means: 'EACCES', text: say.refused('Permission denied (EACCES)') }
    const inUse: Item = { means: 'EADDRINUSE', text: say.refused('Address already in use (EADDRINUSE)') }
    return {
      stem: say.stem(own, user, program, port),
      views: [
        factsView([
          { field: 'request', name: words.binding.facts.asks(program), value: `tcp ${endpointText(request.local)}` },
          { field: 'start', name: 'net.ipv4.ip_unprivileged_port_start', value: String(start) },
          { field: 'here', name: say.listening(own), value: say.nothing },
          {
            field: 'neighbour',
            name: say.listening(neighbour),
            value: `${theirs}, tcp ${endpointText({ address: ANY4, port })}`,
          },
        ]),
      ],
      body: {
        kind: 'choose',
        right: outcome.granted ? granted : denied,
        wrong: [
          { says: granted, misconception: 'port-identifies-program' },
          {
            says: denied,
            misconception: rangeOf(port) === 'system' ? 'low-port-is-trusted' : 'popular-means-well-known',
          },
          { says: inUse, misconception: 'port-unique-across-hosts' },
          { says: { means: 'elsewhere', text: say.elsewhere }, misconception: 'above-1023-is-ephemeral' },
        ],
      },
      explanation: {
        text: say.explain(port, start, outcome.granted),
        field: 'start',
        source: 'ip(7), capabilities(7)',
      },
    }
  },
}

const RANGES: readonly PortSpan[] = [LINUX_EPHEMERAL, [15000, 40000]]

const anyPort: Template = {
  id: 'bn-any-port',
  cluster: 'binding',
  kind: 'choose',
  difficulty: 3,
  claims: ['S02', 'S13', 'S15'],
  ask: (dice, words) => {
    const say = words.binding['bn-any-port']
    const span = dice.one('range', RANGES, (range) => range.join('-'))
    const [low, high] = span
    const own = server(dice)
    const host: BindingHost = { addresses: [own], sockets: [], ephemeral: span }
    const request: BindRequest = {
      protocol: dice.pick(['tcp', 'udp']),
      family: 4,
      v6only: false,
      local: { address: dice.pick([ANY4, own, LOOPBACK]), port: 0 },
      reuseaddr: false,
      reuseport: false,
      uid: 1000,
    }
    const given = givenPort(host, request, dice.next)
    // A number that IANA's range has too would also please those who think that it is the only one.
    if (given === undefined || given >= IANA_EPHEMERAL[0]) return undefined
    return {
      stem: say.stem(endpointText(request.local)),
      views: [
        factsView([
          { field: 'range', name: 'net.ipv4.ip_local_port_range', value: `${low} ${high}` },
          { field: 'request', name: 'bind()', value: `${request.protocol} ${endpointText(request.local)}` },
        ]),
      ],
      body: {
        kind: 'choose',
        right: given,
        wrong: [
          { says: 0, misconception: 'port-zero-usable' },
          { says: { means: 'error', text: say.error }, misconception: 'port-zero-usable' },
          { says: dice.int(Math.max(high + 1, IANA_EPHEMERAL[0]), 65535), misconception: 'ephemeral-always-49152' },
          { says: dice.int(1024, low - 1), misconception: 'above-1023-is-ephemeral' },
        ],
      },
      explanation: { text: say.explain(low, high), field: 'range', source: 'bind(2), ip(7)' },
    }
  },
}

const whereFrom: Template = {
  id: 'bn-where-from',
  cluster: 'binding',
  kind: 'several',
  difficulty: 3,
  claims: ['S28', 'S31', 'S14'],
  ask: (dice, words) => {
    const say = words.binding['bn-where-from']
    const port = dice.one('door', [22, 80, 5432, 6379, 9090])
    const bind = dice.one('bind', [ANY4, LOOPBACK, ANY6, 'outer', 'inner'])
    const outer = server(dice)
    const inner = inside(dice)
    const listener = waiting('tcp', { address: bind === 'outer' ? outer : bind === 'inner' ? inner : bind, port })
    const machine = machineOf([outer, inner], [[listener, PROGRAM_AT[port] ?? 'server']])
    const from = { internet: stranger(dice), office: other([inner], () => inside(dice)), host: LOOPBACK }
    const ways: readonly { means: string; from: Address; to: Endpoint; protocol: Protocol; text: string }[] = [
      {
        means: 'internet',
        from: from.internet,
        to: { address: outer, port },
        protocol: 'tcp',
        text: say.internet(outer),
      },
      { means: 'office', from: from.office, to: { address: inner, port }, protocol: 'tcp', text: say.office(inner) },
      { means: 'loopback', from: LOOPBACK, to: { address: LOOPBACK, port }, protocol: 'tcp', text: say.host(LOOPBACK) },
      { means: 'self', from: outer, to: { address: outer, port }, protocol: 'tcp', text: say.host(outer) },
      { means: 'udp', from: from.internet, to: { address: outer, port }, protocol: 'udp', text: say.udp(outer) },
    ]
    const reaches = ({ protocol, from: address, to }: (typeof ways)[number]) => {
      const packet = firstPacket(dice, protocol, { address, port: ephemeral(dice) }, to)
      return 'socket' in receive(hostOf(machine), packet).verdict
    }
    const offered = ways.map((way) => ({ way, item: { means: way.means, text: way.text }, open: reaches(way) }))
    const right = offered.flatMap(({ way, item, open }): readonly (Item | LeftOut)[] => {
      if (!open) return []
      if (bind === ANY4 && way.means !== 'loopback') return [{ says: item, misconception: 'wildcard-is-localhost' }]
      return bind === ANY6 ? [{ says: item, misconception: 'ipv6-any-is-ipv6-only' }] : [item]
    })
    const wrong = offered.flatMap(({ way, item, open }): readonly Wrong[] => {
      if (open) return []
      if (way.protocol === 'udp') return [{ says: item, misconception: 'tcp-udp-share-space' }]
      const fromOutside = way.means === 'internet' || way.means === 'office'
      const isLocal = bind === LOOPBACK && fromOutside
      return [{ says: item, misconception: isLocal ? 'loopback-reachable-outside' : 'specific-bind-answers-all' }]
    })
    return {
      stem: say.stem(port),
      views: [ssView(machine, '-tlnp'), factsView([addressesRow(machine, words)]), doorsView(machine)],
      body: { kind: 'several', right, wrong },
      explanation: { text: say.explain(bind, listener.local.address), field: listener.id, source: 'ip(7), ipv6(7)' },
    }
  },
}

export const binding: readonly Template[] = [
  whichLamp,
  loopback,
  canBind,
  dualStack,
  timeWait,
  privileged,
  anyPort,
  whereFrom,
]
