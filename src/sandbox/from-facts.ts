import type { Address } from '../net/address'
import { familyOf, isLoopback, isWildcard, parseAddress } from '../net/address'
import type { Endpoint, Protocol } from '../net/tuple'
import type { Question } from '../quiz/question'
import type { View } from '../quiz/view'
import type { SeenCall, SeenPacket, SeenPort } from './facts'
import {
  balancerIn,
  callsIn,
  endsIn,
  interfacesIn,
  namedIn,
  namedPort,
  packetsIn,
  passiveIn,
  portsIn,
  scannedHost,
  scannedIn,
  serviceIn,
  servicesIn,
} from './facts'
import { sandboxOf, socketsOf } from './from-site'
import { readPaste, ruleFrom } from './paste'
import type { Parcel, Sandbox, SandboxRule, SandboxSocket } from './sandbox'
import { MOST, firstSandbox, ownAddresses } from './sandbox'
import { isPrivate } from './story'

/** Everything that a question says, before and after its answer, as texts. */
interface Said {
  readonly lines: readonly string[]
  readonly commands: readonly string[]
  /** The values in papers, by their field. */
  readonly papers: readonly (readonly [field: string, value: string])[]
  readonly stem: string
  /** What is right among options. */
  readonly right: readonly string[]
  /** What is right is a number of something, and no port. */
  readonly isCount: boolean
}

const textOf = (view: View): readonly string[] =>
  view.kind === 'text' ? view.lines.map((line) => line.map(({ text }) => text).join('')) : []

function saidBy({ views, after, stem, body }: Question): Said {
  const all = [...views, ...after]
  return {
    lines: [...new Set(all.flatMap(textOf))],
    commands: all.flatMap((view) => (view.kind === 'text' ? [view.command] : [])),
    papers: all.flatMap((view) =>
      view.kind === 'papers' ? view.rows.map(({ field, value }) => [field, value] as const) : [],
    ),
    stem,
    right:
      body.kind === 'type'
        ? [body.answer]
        : body.kind === 'order'
          ? body.order
          : body.kind === 'match'
            ? body.pairs.flat()
            : body.options.filter(({ right }) => right).map(({ means }) => means),
    isCount: body.kind === 'type' && body.expects === 'number',
  }
}

const LENGTH = { 4: 24, 6: 64 } as const
const FROM = 51514
/** So many ports or packets of a question are sent to. */
const MOST_SENT = 6

/** A lamp for a program at a port of all addresses. */
export const lamp = ({ protocol, port, program }: SeenPort, address: Address = '0.0.0.0'): SandboxSocket => ({
  protocol,
  local: { address, port },
  state: protocol === 'tcp' ? 'LISTEN' : 'UNCONN',
  ...(program !== undefined &&
    program !== '' && { program: program.replaceAll(/[^\w.@:+/ -]/g, '').slice(0, MOST.name) }),
})

const distinct = (ports: readonly SeenPort[]): readonly SeenPort[] => {
  const key = ({ protocol, port }: SeenPort) => `${port}/${protocol}`
  return ports.filter((one, index) => ports.findIndex((other) => key(other) === key(one)) === index)
}

const protocolOf = ({ kind }: Pick<SeenPacket, 'kind'>): Protocol => (kind === 'udp' ? 'udp' : 'tcp')

/** The packet of the papers, where they are those of one. */
function packetIn(papers: Said['papers']): readonly SeenPacket[] {
  const fields = new Map([...papers].toReversed())
  const end = (host: string, port: string): Endpoint | undefined => {
    const address = parseAddress(fields.get(host) ?? '')
    const [number] = portsIn([`${fields.get(port) ?? ''}/tcp`])
    return address !== undefined && number ? { address, port: number.port } : undefined
  }
  const [source, to] = [end('source', 'sourcePort'), end('destination', 'destinationPort')]
  const flags = fields.get('flags') ?? ''
  if (!source || !to) return []
  const udp = (fields.get('protocol') ?? '').toLowerCase().startsWith('udp')
  return [{ kind: udp ? 'udp' : flags === '' || flags.includes('[S]') ? 'syn' : 'data', source, to }]
}

/** A parcel of a client that is made for its source. */
interface Sent extends SeenPacket {
  readonly iif?: string
}

/** The sandbox with these packets, and a client for each of their sources. */
function sending(sandbox: Sandbox, packets: readonly Sent[]): Sandbox {
  const clients: Sandbox['clients'] = sandbox.clients.filter(({ role }) => role === 'here')
  const own = ownAddresses(sandbox)
  const outside = sandbox.defaultRoute ?? 'eth0'
  const parcels = packets.slice(0, MOST.parcels).flatMap(({ kind, source, to, iif = outside }): readonly Parcel[] => {
    const at = own.includes(source.address) || isLoopback(source.address)
    let client = at
      ? clients.findIndex(({ role }) => role === 'here')
      : clients.findIndex(({ addresses }) => addresses.includes(source.address))
    if (client < 0 && clients.length < MOST.clients) {
      const role =
        iif !== outside ? 'inside' : isPrivate(source.address) || isPrivate(to.address) ? 'neighbour' : 'internet'
      clients.push({ role, addresses: [source.address], iif })
      client = clients.length - 1
    }
    return client < 0 || familyOf(source.address) !== familyOf(to.address)
      ? []
      : [{ client, kind, sourcePort: source.port, to: { ...to }, source: source.address }]
  })
  const base = firstSandbox().clients.filter(({ role }) => role === 'internet')
  return { ...sandbox, clients: clients.some(({ role }) => role !== 'here') ? clients : [...clients, ...base], parcels }
}

const stranger = (address: Address): Address => (familyOf(address) === 4 ? '203.0.113.7' : '3fff:7::7')

/** A first packet of a stranger to each of these ports. */
const knocks = (address: Address, ports: readonly SeenPort[], from: Address = stranger(address)): readonly Sent[] =>
  distinct(ports)
    .slice(0, MOST_SENT)
    .map(({ protocol, port }) => ({
      kind: protocol === 'udp' ? 'udp' : 'syn',
      source: { address: from, port: FROM },
      to: { address, port },
    }))

/** A host where one service listens, and a stranger who calls it. */
export const sandboxOfService = (service: SeenPort): Sandbox =>
  sending(sandboxOf(['192.0.2.10'], [lamp(service)], [], []), knocks('192.0.2.10', [service]))

/** A router that masquerades, with those behind it who have called, and the packet that is shown. */
function routerOf(
  { lines, papers, stem }: Said,
  read: Sandbox | undefined,
  packets: readonly SeenPacket[],
): Sandbox | undefined {
  const nat = read?.nat
  const calls: readonly SeenCall[] = callsIn(lines)
  const outer = (nat?.prerouting ?? []).flatMap(({ match }) => match.destination ?? [])
  const seen =
    parseAddress(papers.find(([field]) => field === 'public')?.[1] ?? '') ??
    calls[0]?.seen.address ??
    outer[0] ??
    endsIn([stem]).find(({ address }) => !isPrivate(address))?.address
  if (seen === undefined || seen.includes('/')) return undefined
  const targets = (nat?.prerouting ?? []).flatMap(({ translation }) =>
    translation.kind === 'dnat' ? [translation.to] : [],
  )
  const inside = [
    ...new Set([
      ...calls.map(({ from }) => from.address),
      ...targets.map(({ address }) => address),
      ...packets.map(({ source }) => source.address).filter(isPrivate),
    ]),
  ]
  const [first] = inside
  if (first === undefined) return undefined
  const named = [
    ...(nat?.postrouting ?? []).flatMap(({ match }) => match.oif ?? []),
    ...(nat?.prerouting ?? []).flatMap(({ match }) => match.iif ?? []),
  ]
  const wan = named[0] ?? 'wan'
  const lan = named.find((name) => name !== wan) ?? 'lan'
  const own = inside.includes(near(first, 1)) ? near(first, 254) : near(first, 1)
  return sending(
    {
      ...firstSandbox(),
      name: 'router',
      interfaces: [
        { name: wan, addresses: [`${seen}/${LENGTH[4]}`] },
        { name: lan, addresses: [`${own}/${LENGTH[4]}`] },
      ],
      defaultRoute: wan,
      sockets: [],
      chains: read?.chains ?? [],
      nat: nat ?? {
        prerouting: [],
        output: [],
        postrouting: [{ match: { oif: wan }, translation: { kind: 'masquerade' } }],
      },
      behind: inside.slice(0, MOST.hosts).map((address, index) => ({
        name: `host${index + 1}`,
        addresses: [address],
        sockets: [
          ...targets.filter((one) => one.address === address).map(({ port = 80 }) => lamp({ protocol: 'tcp', port })),
          ...calls
            .filter(({ from }) => from.address === address)
            .map(({ from, to }) => ({ protocol: 'tcp' as const, local: from, peer: to, state: 'ESTAB' as const })),
        ],
      })),
      calls: calls.map(({ from, to }) => ({ iif: lan, from, to })),
    },
    (packets.length > 0 ? packets : knocks(seen, signs(nat))).map((packet) => ({
      ...packet,
      ...(isPrivate(packet.source.address) && { iif: lan }),
    })),
  )
}

/** The ports that rules of destination NAT name. */
const signs = (nat: Sandbox['nat']): readonly SeenPort[] =>
  (nat?.prerouting ?? []).flatMap(({ match }) =>
    (match.destinationPort ?? []).flatMap((port) =>
      typeof port === 'number'
        ? [{ protocol: match.protocol === 'udp' ? ('udp' as const) : ('tcp' as const), port }]
        : [],
    ),
  )

/** An address of the same network with another last number. */
const near = (address: Address, last: number): Address => [...address.split('.').slice(0, 3), last].join('.')

const NODE = '192.0.2.91'
const GUEST = '10.244.3.9'

/** A node with the Service of a manifest and the Pod behind it; a call from inside, and one from outside. */
function clusterOf({ views }: Question): Sandbox | undefined {
  const files = views.map(textOf)
  const service = files.map(serviceIn).find((one) => one !== undefined)
  if (!service) return undefined
  const { name, type, port, nodePort } = service
  const target =
    typeof service.targetPort === 'string'
      ? files.map((file) => namedPort(file, String(service.targetPort))).find((one) => one !== undefined)
      : (service.targetPort ?? port)
  const exec = views.find((view) => view.kind === 'text' && view.command.startsWith('kubectl exec'))
  const inside = exec && readPaste(`$ ss -tlnp\n${textOf(exec).join('\n')}`).sandbox?.sockets
  const sockets = inside ?? (target === undefined ? [] : [lamp({ protocol: 'tcp', port: target })])
  const clusterIP = '10.96.0.50'
  const base = firstSandbox()
  return sending(
    {
      ...base,
      name: 'node-1',
      interfaces: [
        { name: 'eth0', addresses: [`${NODE}/24`] },
        { name: 'cni0', addresses: ['10.244.0.1/16'] },
      ],
      sockets: [],
      chains: [],
      services: [
        {
          name: name.replaceAll(/[^\w.-]/g, '').slice(0, MOST.name),
          type,
          clusterIP,
          ports: [
            {
              protocol: 'tcp',
              port,
              ...(target !== undefined && target !== port && { targetPort: target }),
              ...(nodePort !== undefined && { nodePort }),
            },
          ],
          // A Pod that does not know the name of the target port is no endpoint.
          pods:
            target === undefined ? [] : [{ name: `${name}-1`.slice(0, MOST.name), addresses: ['10.244.1.5'], sockets }],
        },
      ],
    },
    [
      { kind: 'syn', source: { address: GUEST, port: FROM }, to: { address: clusterIP, port }, iif: 'cni0' },
      ...(nodePort === undefined ? [] : knocks(NODE, [{ protocol: 'tcp', port: nodePort }])),
    ],
  )
}

/** The listing of a question that is of one machine: its own views, or those of the explanation. */
function listedBy(question: Question): Sandbox | undefined {
  const paste = (views: readonly View[]) =>
    readPaste(
      views
        .flatMap((view) =>
          view.kind === 'text' && !/^(docker|kubectl) exec/.test(view.command)
            ? [`$ ${view.command}`, ...textOf(view)]
            : [],
        )
        .join('\n'),
    ).sandbox
  return paste(question.views) ?? paste(question.after)
}

/** Ports at which a packet shows somebody to answer, or nobody, or that nothing was heard from. */
function evidence(packets: readonly SeenPacket[], server: Address) {
  const from = packets.filter(({ source }) => source.address === server)
  const refused = from.filter(({ kind }) => kind === 'rst').map(({ source }) => source.port)
  const answered = from.filter(({ kind }) => kind !== 'rst' && kind !== 'error').map(({ source }) => source.port)
  return { refused, answered, isAnswered: from.length > 0 }
}

/** The router of a table of routes, with the packet that passes it. */
function routesOf(lines: readonly string[], packets: readonly SeenPacket[]): Sandbox | undefined {
  const interfaces = interfacesIn(lines).slice(0, MOST.interfaces)
  const [first] = interfaces
  return first && interfaces.length > 1
    ? sending(
        { ...firstSandbox(), name: 'router', interfaces, defaultRoute: first.name, sockets: [], chains: [] },
        packets.slice(0, 1).map((one) => ({ ...one, iif: incoming(interfaces, one.source.address) })),
      )
    : undefined
}

/** A target behind a load balancer, and the call as it gets there: the guest's own, or the balancer's. */
function targetOf(said: Said, read: Sandbox | undefined, packets: readonly SeenPacket[]): Sandbox | undefined {
  const balancer = balancerIn(said.lines)
  const guest = packets[0]?.source ?? { address: '203.0.113.7', port: FROM }
  if (!balancer) return undefined
  const { desk, target, isProxy } = balancer
  const source = isProxy ? { address: desk.address, port: 40_000 } : guest
  return sending(
    sandboxOf([target.address], [lamp({ protocol: 'tcp', port: target.port })], [], boardsOf(read, said)),
    [{ kind: 'syn', source, to: target }],
  )
}

/** The host that the answers on the wire come from, or that a filter before it lets answers through to. */
function hostIn({ cluster }: Question, packets: readonly SeenPacket[]): Address | undefined {
  const last = packets.at(-1)
  const begins = packets.find(({ kind }) => kind === 'syn' || kind === 'udp' || kind === 'ping')
  // A filter is asked about what comes in last: the answer to the host's own call.
  if (cluster === 'firewall' && last && begins && last.to.address === begins.source.address) return last.to.address
  return (begins ?? packets[0])?.to.address
}

/**
 * A sandbox out of all that a question says: the packets that it shows, the host that they are for, with a lamp at each port
 * that somebody is known to be at, and what filters before it. Undefined where nothing has to do with a port at a host.
 */
export function sandboxOfFacts(question: Question): Sandbox | undefined {
  const said = saidBy(question)
  const { lines, papers } = said
  const read = listedBy(question)
  const packets = [...packetsIn(lines), ...packetIn(papers)]
  const calling = halfOpen(read)
  const translates = question.cluster === 'nat' || signs(read?.nat).length > 0
  const router = translates ? routerOf(said, read, calling.length > 0 ? calling : packets.slice(0, 1)) : undefined
  return (
    router ??
    clusterOf(question) ??
    routesOf(lines, packets) ??
    targetOf(said, read, packets) ??
    serverOf(question, said, read, packets)
  )
}

/** The fields of papers that name somebody who calls. */
const CALLERS: readonly string[] = ['app', 'bad']

/** One host, its lamps, and those who call. */
function serverOf(
  question: Question,
  said: Said,
  read: Sandbox | undefined,
  packets: readonly SeenPacket[],
): Sandbox | undefined {
  const { lines, papers, stem, right, commands, isCount } = said
  const values = papers.map(([, value]) => value)
  const ends = [...endsIn([stem, ...commands, ...values]), ...passiveIn(lines)].filter(
    ({ address }) => !isWildcard(address),
  )
  const bound = endsIn(values).filter(({ address }) => isWildcard(address))
  const scanned = scannedIn(lines)
  const machine = [...question.views, ...question.after].find((view) => view.kind === 'doors')?.machine
  const called = [...ends, ...bound].filter(({ port }) => port > 0)
  const caller = parseAddress(papers.find(([field]) => CALLERS.includes(field))?.[1] ?? '')
  const server =
    machine?.addresses[0] ??
    hostIn(question, packets) ??
    scannedHost(lines) ??
    called.find(({ address }) => !isWildcard(address))?.address ??
    ends.find(({ address }) => address !== caller)?.address ??
    '192.0.2.10'
  const many = papers.filter(([field]) => field === 'addresses').flatMap(([, value]) => endsIn([value]))
  const own = [...new Set([server, ...many.map(({ address }) => address)])].slice(0, MOST.addresses)

  const protocol = /UDP/.test(stem) && !/TCP/.test(stem) ? 'udp' : 'tcp'
  const asNumber = (text: string) => portsIn([`${/^\d+$/.test(text) ? text : ''}/${protocol}`])
  const numbers = [
    ...(isCount ? [] : right.flatMap(asNumber)),
    ...papers
      .filter(([field]) => field === 'port' || field === 'bind')
      .flatMap(([, value]) => asNumber(/\d+/.exec(value)?.[0] ?? '')),
  ]
  const written = [...portsIn([stem, ...values, ...right]), ...servicesIn(lines)]
  // Numbers beside a server that is called are those from which it is called.
  const isSource = called.length > 0 && numbers.length > 0 && written.length === 0

  const toServer = packets.filter(({ to, kind }) => to.address === server && kind !== 'error')
  const { refused, answered, isAnswered } = evidence(packets, server)
  const shown = toServer
    .filter(({ to, kind }) => to.port > 0 && kind !== 'syn-ack' && (!isAnswered || answered.includes(to.port)))
    .map((one): SeenPort => ({ protocol: protocolOf(one), port: one.to.port }))
  const [board] = read?.chains ?? []
  const guessed = [
    ...(scanned.length > 0 ? scanned.filter(({ state }) => state !== 'closed') : shown),
    ...(scanned.length > 0 || shown.length > 0
      ? []
      : [...called.map(({ port }): SeenPort => ({ protocol: 'tcp', port })), ...namedIn(values)]),
    ...(scanned.length > 0 ? [] : written),
    ...(isSource || shown.length > 0 ? [] : numbers),
  ].filter(({ port }) => !refused.includes(port))
  const lamps = distinct(guessed.length > 0 || packets.length > 0 || !board ? guessed : allowedBy(board.rules))
  const listed = machine ? socketsOf(machine) : (read?.sockets ?? [])
  const sockets =
    listed.length > 0
      ? listed
      : own.length > 1
        ? own.flatMap((address) => PAIR.map((one) => lamp(one, address)))
        : [
            ...lamps.slice(0, 2 * MOST_SENT).map((one) => lamp(one)),
            ...windowsFor(toServer, refused),
            ...callsOf(packets, server),
          ]
  const silent = question.cluster === 'refusals' && !isAnswered && !packets.some(({ kind }) => kind === 'error')
  const hushed = silent && lines.some((line) => line.startsWith('curl:')) ? shown : []
  const base: Sandbox = {
    ...sandboxOf(
      own,
      sockets,
      [],
      boardsOf(read, said, packets, server, [
        ...scanned,
        ...hushed.map((one) => ({ ...one, state: 'filtered' as const })),
      ]),
    ),
    containers: read?.containers ?? [],
  }
  const bridge = (read?.interfaces ?? []).filter(({ name }) => name === 'docker0')
  const whole = { ...base, interfaces: [...base.interfaces, ...bridge] }

  if (packets.length > 0 && toServer.length === 0 && !machine) return undefined
  if (toServer.length > 0) return sending(whole, [...ownCalls(packets, server), ...toServer.slice(0, MOST_SENT)])
  const listening = sockets
    .filter(({ peer }) => !peer)
    .map(({ protocol: one, local }): SeenPort => ({ protocol: one, port: local.port }))
  const published = whole.containers.flatMap((one) =>
    one.published.map(({ protocol: way, hostPort }): SeenPort => ({ protocol: way, port: hostPort })),
  )
  const ports = [...scanned, ...published, ...listening]
  const [target] = called.filter(({ address }) => address === server)
  if (isSource && target) {
    const from = question.body.kind === 'several' ? numbers.map(({ port }) => port) : [FROM, FROM + 1]
    const source = stranger(server)
    return sending(
      whole,
      from.slice(0, MOST_SENT).map((port): Sent => ({ kind: 'syn', source: { address: source, port }, to: target })),
    )
  }
  if (ports.length === 0) {
    // A client has no lamps: what comes is for its windows.
    const open = sockets.flatMap(({ local, peer }): readonly Sent[] =>
      peer ? [{ kind: 'data', source: peer, to: local }] : [],
    )
    return open.length > 0 ? sending(whole, open.slice(0, MOST_SENT)) : undefined
  }
  if (own.length > 1)
    return sending(
      whole,
      own.flatMap((address) => knocks(address, PAIR)),
    )
  const known = ends.find(({ address, port }) => port === 0 && !own.includes(address))
  return sending(whole, [...(known ? knocks(server, ports, known.address).slice(0, 2) : []), ...knocks(server, ports)])
}

/** A port over both transports. */
const PAIR: readonly SeenPort[] = [
  { protocol: 'tcp', port: 80 },
  { protocol: 'udp', port: 80 },
]

/** The ports that the rules of a board let in. */
const allowedBy = (rules: readonly SandboxRule[]): readonly SeenPort[] =>
  rules.flatMap(({ match, action }) =>
    action === 'accept'
      ? (match.destinationPort ?? []).flatMap((port): readonly SeenPort[] =>
          typeof port === 'number' ? [{ protocol: match.protocol === 'udp' ? 'udp' : 'tcp', port }] : [],
        )
      : [],
  )

/** The connections that segments belong to which begin none. */
const windowsFor = (packets: readonly SeenPacket[], refused: readonly number[]): SandboxSocket[] =>
  packets
    .filter(({ kind, to }) => (kind === 'data' || kind === 'fin') && !refused.includes(to.port))
    .filter(({ source, to }, index, all) => {
      const same = (one: SeenPacket) =>
        one.to.port === to.port && one.source.port === source.port && one.source.address === source.address
      return all.findIndex(same) === index && !packets.some((one) => one.kind === 'syn' && same(one))
    })
    .map(({ source, to }) => ({ protocol: 'tcp', local: { ...to }, peer: { ...source }, state: 'ESTAB' }))

/** The windows of calls of a host itself that are not answered yet. */
const callsOf = (packets: readonly SeenPacket[], server: Address): SandboxSocket[] =>
  ownCalls(packets, server)
    .filter(({ kind }) => kind === 'syn')
    .map(({ source, to }) => ({ protocol: 'tcp', local: { ...source }, peer: { ...to }, state: 'SYN-SENT' }))

/** The calls of a host itself that what comes to it answers. */
const ownCalls = (packets: readonly SeenPacket[], server: Address): readonly Sent[] =>
  packets.filter(({ kind, source }) => source.address === server && (kind === 'syn' || kind === 'udp')).slice(0, 2)

/** The interface behind which an address is, among those of a table of routes. */
const incoming = (routes: Sandbox['interfaces'], address: Address): string =>
  routes.find(({ addresses }) =>
    addresses.some((prefix) => prefix.split('.').slice(0, 3).join() === address.split('.').slice(0, 3).join()),
  )?.name ??
  routes[0]?.name ??
  'eth0'

/** The call that a listing shows half open: its first packet is under way. */
const halfOpen = (read: Sandbox | undefined): readonly SeenPacket[] =>
  (read?.sockets ?? []).flatMap(({ state, local, peer }) =>
    state === 'SYN-SENT' && peer ? [{ kind: 'syn' as const, source: local, to: peer }] : [],
  )

/** Those of some rules that a board does not have. */
const missing = (rules: readonly SandboxRule[], some: readonly SandboxRule[]): readonly SandboxRule[] =>
  some.filter((one) => !rules.some((rule) => JSON.stringify(rule) === JSON.stringify(one)))

/** The boards before a host: one that was listed, what was chosen to be written, or what the answers on the wire show. */
function boardsOf(
  read: Sandbox | undefined,
  { right, papers }: Said,
  packets: readonly SeenPacket[] = [],
  server: Address = '',
  scanned: readonly SeenPort[] = [],
): Sandbox['chains'] {
  const [board] = read?.chains ?? []
  // What filters in front of a host filters here at its own entrance.
  const written = right.slice(0, 1).flatMap((text) => ruleFrom(text) ?? [])
  if (board)
    return [{ ...board, name: 'input', hook: 'input', rules: [...board.rules, ...missing(board.rules, written)] }]
  const input = (policy: 'accept' | 'drop', rules: SandboxRule[]): Sandbox['chains'] => [
    { name: 'input', family: 'inet', hook: 'input', policy, rules },
  ]
  const policy = papers.find(([field]) => field === 'policy')?.[1]
  if (written.length > 0) return input(policy === 'accept' ? 'accept' : 'drop', written)
  const silent = scanned.filter(({ state }) => state === 'filtered')
  const refusing = packets.filter(({ kind, source }) => kind === 'error' && source.address !== server)
  const probed = packets.filter(({ to }) => to.address === server)
  if (refusing.length > 0)
    return input(
      'accept',
      probed.slice(0, 1).map((one) => ({
        match: { protocol: protocolOf(one), destinationPort: [one.to.port] },
        action: 'port-unreachable' as const,
      })),
    )
  return silent.length > 0
    ? input(
        'accept',
        silent.map(({ protocol, port }) => ({ match: { protocol, destinationPort: [port] }, action: 'drop' as const })),
      )
    : []
}
