import type { MisconceptionId } from '../../lessons/misconception'
import { ConnTrack } from '../../net/conntrack'
import type { Site } from '../../net/exposure'
import { arrive, scanSite, serverRouter } from '../../net/exposure'
import type { Action, Chain } from '../../net/filter'
import type { Packet } from '../../net/packet'
import type { Router } from '../../net/router'
import { walkIn } from '../../net/router'
import type { PortState, ScanReason, ScanTechnique } from '../../net/scan'
import { probePacket, scan } from '../../net/scan'
import { SocketTable } from '../../net/socket-table'
import { createTcpdump } from '../../net/tcpdump'
import type { Protocol } from '../../net/tuple'
import { ephemeral, server, stranger } from '../addresses'
import type { Machine } from '../machine'
import { waiting } from '../machine'
import { doorsView, ssView, tcpdumpView } from '../machine-view'
import { nftView } from '../nft-view'
import { data, first } from '../packets'
import { usualProgram } from '../programs'
import type { Item } from '../question'
import type { Template } from '../template'
import { modelItem, refusals as refused, socketItem } from '../verdict-item'
import type { TextView } from '../view'
import { textView } from '../view'

/** A server with these listeners on all of its addresses. */
function machineWith(address: string, listeners: readonly (readonly [Protocol, number])[]): Machine {
  const lamps = listeners.map(([protocol, port]) => ({
    socket: waiting(protocol, { address: '0.0.0.0', port }),
    program: usualProgram(protocol, port) ?? 'server',
  }))
  return {
    name: 'server',
    addresses: [address],
    sockets: lamps.map(({ socket }) => socket),
    programs: Object.fromEntries(lamps.map(({ socket, program }) => [socket.id, program])),
  }
}

/** A chain on `input` that lets everything in but what these rules say of single ports. */
const chainWith = (rules: readonly (readonly [Protocol, number, Action])[]): Chain => ({
  name: 'input',
  family: 'inet',
  hook: 'input',
  policy: 'accept',
  rules: rules.map(([protocol, port, action]) => ({ match: { protocol, destinationPort: [port] }, action })),
})

const siteOf = ({ name, addresses, sockets }: Machine, chain: Chain): Site => ({
  name,
  router: serverRouter(addresses, [chain]),
  table: SocketTable.of(sockets),
})

/** Ports at which one often finds nobody. */
const DOORS = [1433, 5900, 8081, 9200, 9418, 27017]

const whatComesBack: Template = {
  id: 'rf-what-comes-back',
  cluster: 'refusals',
  kind: 'choose',
  difficulty: 1,
  claims: ['S20', 'S24'],
  ask: (dice, words) => {
    const say = words.refusals['rf-what-comes-back']
    const protocol = dice.one('protocol', ['tcp', 'udp'] as const)
    const port = dice.one('door', DOORS)
    const own = server(dice)
    const otherProtocol = protocol === 'tcp' ? 'udp' : 'tcp'
    const machine = machineWith(own, [
      ['tcp', 22],
      ['tcp', 443],
      ...(dice.next() < 0.5 ? [[otherProtocol, port] as const] : []),
    ])
    const ends = [
      { address: stranger(dice), port: ephemeral(dice) },
      { address: own, port },
    ] as const
    const inConnection = protocol === 'tcp' && dice.next() < 0.3
    const packet = inConnection ? data(dice, ...ends) : first(dice, protocol, ...ends)
    const twin = machine.sockets.find(({ local }) => local.port === port)
    const { rst, portUnreachable, silence } = refused(words)
    return {
      stem: say.stem,
      views: [tcpdumpView([packet]), ssView(machine, '-tulnp'), doorsView(machine)],
      body: {
        kind: 'choose',
        right: modelItem(machine, packet, words),
        wrong: [
          { says: silence, misconception: 'closed-is-silent' },
          { says: rst, misconception: 'udp-closed-sends-rst' },
          { says: portUnreachable, misconception: 'closed-tcp-sends-icmp' },
          { says: socketItem(machine, twin?.id, words), misconception: 'tcp-udp-share-space' },
          { says: { means: 'host-unreachable', text: say.hostUnreachable }, misconception: 'refused-means-host-down' },
        ],
      },
      explanation: {
        text: say.explain(protocol, port, inConnection),
        field: 'destinationPort',
        source: protocol === 'tcp' ? 'RFC 9293 §3.5.2' : 'RFC 1122 §4.1.3.1',
      },
      scene: { machine, packets: [packet] },
    }
  },
}

/** Ports of UDP services of which tcpdump reads no more than the length. */
const UDP_DOORS = [1194, 8125, 25826, 51820]

/** What a host and its filter can do with a probe. */
type Treatment = 'listens' | 'closed' | Exclude<Action, 'accept'>

/** A server whose port is treated like this, seen by a scanner. */
function treated(own: string, protocol: Protocol, port: number, treatment: Treatment) {
  const shut = treatment === 'closed'
  const machine = machineWith(own, [['tcp', 22], ...(shut ? [] : [[protocol, port] as const])])
  const chain = chainWith(shut || treatment === 'listens' ? [] : [[protocol, port, treatment]])
  return { machine, chain, site: siteOf(machine, chain) }
}

/** Which idea leads to calling a port so, by what came back from it. */
const MISREAD: Readonly<
  Record<Protocol, Partial<Record<ScanReason, Readonly<Partial<Record<PortState, MisconceptionId>>>>>>
> = {
  tcp: {
    'syn-ack': { closed: 'above-1023-is-ephemeral', filtered: 'nonstandard-port-hides' },
    reset: { open: 'closed-is-silent', filtered: 'refused-means-host-down' },
    'no-response': { closed: 'closed-is-silent', 'open|filtered': 'udp-silence-means-open' },
    'port-unreach': { closed: 'closed-tcp-sends-icmp', open: 'closed-is-silent' },
    'admin-prohibited': { closed: 'closed-tcp-sends-icmp', open: 'closed-is-silent' },
  },
  udp: {
    'port-unreach': { filtered: 'udp-closed-sends-rst', open: 'closed-is-silent' },
    'no-response': { open: 'udp-silence-means-open', closed: 'closed-is-silent' },
    'admin-prohibited': { closed: 'closed-tcp-sends-icmp', open: 'closed-is-silent' },
  },
}

const STATES: readonly PortState[] = ['open', 'closed', 'filtered', 'open|filtered']

/** The treatments that a scan by this protocol tells apart: whether a UDP program answers is its own affair. */
const TREATMENTS: Readonly<Record<Protocol, readonly Treatment[]>> = {
  tcp: ['listens', 'closed', 'drop', 'port-unreachable', 'admin-prohibited'],
  udp: ['closed', 'drop', 'admin-prohibited'],
}

const techniqueOf = (protocol: Protocol): ScanTechnique => (protocol === 'tcp' ? 'syn' : 'udp')

/** Where a scanner looks at an answer: the flags of a segment, the protocol of an ICMP message. */
const answerField = (answer: Packet): string => (answer.transport.protocol === 'tcp' ? 'flags' : 'protocol')

const scanState: Template = {
  id: 'rf-scan-state',
  cluster: 'refusals',
  kind: 'choose',
  difficulty: 2,
  claims: ['S24', 'S30', 'S28'],
  ask: (dice, words) => {
    const say = words.refusals['rf-scan-state']
    const protocol = dice.one('protocol', ['tcp', 'udp'] as const)
    const port = dice.one('door', protocol === 'tcp' ? [23, 445, 3389, 5900, 48222] : UDP_DOORS)
    const own = server(dice)
    const { machine, chain, site } = treated(own, protocol, port, dice.pick(TREATMENTS[protocol]))
    const source = { address: stranger(dice), port: ephemeral(dice) }
    const [scanned] = scanSite(site, { ...source, iif: 'eth0' }, techniqueOf(protocol), own, [port])
    if (!scanned) return undefined
    const probe = probePacket(protocol, source, { address: own, port })
    const { answer } = arrive(site, probe, 'eth0')
    const { state, reason } = scanned
    // That a server listens above 1023, and is found there, is a question only for numbers above it.
    const misread = reason === 'syn-ack' && port <= 1023 ? {} : (MISREAD[protocol][reason] ?? {})
    const wire = tcpdumpView(answer ? [probe, answer] : [probe])
    return {
      stem: say.stem(protocol, port, answer !== undefined),
      views: [wire],
      after: [wire, ssView(machine, '-tulnp'), nftView(chain)],
      body: {
        kind: 'choose',
        right: state,
        wrong: STATES.flatMap((one) => {
          const misconception = misread[one]
          return misconception ? [{ says: one, misconception }] : []
        }),
      },
      explanation: {
        text: say.explain(protocol, reason),
        field: answer ? `2:${answerField(answer)}` : 'destinationPort',
        source: 'nmap(1)',
      },
    }
  },
}

const matchStates: Template = {
  id: 'rf-match-states',
  cluster: 'refusals',
  kind: 'match',
  difficulty: 2,
  claims: ['S24', 'S30'],
  ask: (dice, words) => {
    const say = words.refusals['rf-match-states']
    const own = server(dice)
    const [closedUdp = 0, silentUdp = 0] = dice.shuffle(UDP_DOORS)
    const probes: readonly (readonly [Protocol, number, Treatment])[] = [
      ['tcp', dice.pick([443, 22, 25]), 'listens'],
      ['tcp', dice.pick([23, 3389, 8080]), 'closed'],
      ['tcp', dice.pick([445, 1433, 3306]), 'drop'],
      ['udp', closedUdp, 'closed'],
      ['udp', silentUdp, 'drop'],
      ['tcp', dice.pick([111, 2049, 5432]), 'admin-prohibited'],
    ]
    const asked = dice.shuffle(probes).slice(0, dice.number('ports', 4, 6))
    const machine = machineWith(
      own,
      asked.flatMap(([protocol, port, treatment]) => (treatment === 'closed' ? [] : [[protocol, port] as const])),
    )
    const chain = chainWith(
      asked.flatMap(([protocol, port, treatment]) =>
        treatment === 'closed' || treatment === 'listens' ? [] : [[protocol, port, treatment] as const],
      ),
    )
    const site = siteOf(machine, chain)
    const source = { address: stranger(dice), port: ephemeral(dice) }
    const found = asked.map(([protocol, port]) => {
      const probe = probePacket(protocol, source, { address: own, port })
      const { answer } = arrive(site, probe, 'eth0')
      const [scanned] = scanSite(site, { ...source, iif: 'eth0' }, techniqueOf(protocol), own, [port])
      return { name: `${port}/${protocol}`, protocol, scanned, packets: answer ? [probe, answer] : [probe], answer }
    })
    const packets = found.flatMap((one) => one.packets)
    const wire = tcpdumpView(packets)
    const answer = found.find((one) => one.answer)?.answer
    const states = new Set(found.map(({ scanned }) => scanned?.state))
    if (states.size < 3 || !answer) return undefined
    return {
      stem: say.stem,
      views: [wire],
      after: [wire, ssView(machine, '-tulnp'), nftView(chain)],
      body: {
        kind: 'match',
        pairs: found.map(({ name, scanned }) => [name, scanned?.state ?? ''] as const),
        extra: STATES,
        wrong: found.flatMap(({ name, protocol, scanned }) => {
          const misread = (scanned && MISREAD[protocol][scanned.reason]) ?? {}
          return STATES.flatMap((state) => {
            const misconception = scanned?.reason === 'syn-ack' ? undefined : misread[state]
            return misconception ? [{ says: [name, state] as const, misconception }] : []
          })
        }),
      },
      explanation: {
        text: say.explain,
        field: `${packets.indexOf(answer) + 1}:${answerField(answer)}`,
        source: 'nmap(1)',
      },
    }
  },
}

/** What can be wrong on the way to a server that should answer. */
type Fault = 'listener' | 'filter' | 'route'
const FAULTS: readonly Fault[] = ['listener', 'filter', 'route']

/** What curl says when connect(2) fails, by what came back (connect(2), curl(1), exit codes 7 and 28). */
const CURL: Readonly<Partial<Record<ScanReason, readonly [code: number, message: string]>>> = {
  'conn-refused': [7, 'Connection refused'],
  'no-response': [28, 'Connection timed out'],
  'net-unreach': [7, 'Network is unreachable'],
}

const refusedOrTimeout: Template = {
  id: 'rf-refused-or-timeout',
  cluster: 'refusals',
  kind: 'choose',
  difficulty: 2,
  claims: ['S24', 'S26'],
  ask: (dice, words) => {
    const say = words.refusals['rf-refused-or-timeout']
    const port = dice.one('door', [443, 8443])
    const actual = dice.one('fault', FAULTS)
    const own = server(dice)
    const source = { address: stranger(dice), port: ephemeral(dice) }
    // A router on the way, whose way to the server is missing in one of the cases.
    const way = (fault: Fault): Router => ({
      interfaces: [
        { name: 'out', addresses: [source.address.replace(/\d+$/, '1/24')] },
        ...(fault === 'route' ? [] : [{ name: 'in', addresses: ['192.0.2.1/24'] }]),
      ],
      chains: [],
    })
    const heard = (fault: Fault): { reason: ScanReason; answer: Packet | undefined } => {
      const { site } = treated(
        own,
        'tcp',
        port,
        fault === 'listener' ? 'closed' : fault === 'filter' ? 'drop' : 'listens',
      )
      const responder = (probe: Packet): Packet | undefined => {
        const { end } = walkIn(way(fault), new ConnTrack(), probe, 'out')
        if (end.kind === 'sent') return arrive(site, end.packet, 'eth0').answer
        const back = 'answer' in end ? end.answer?.end : undefined
        return back?.kind === 'sent' ? back.packet : undefined
      }
      const [scanned] = scan(responder, { technique: 'connect', source, target: own, ports: [port] })
      return {
        reason: scanned?.reason ?? 'no-response',
        answer: responder(probePacket('tcp', source, { address: own, port })),
      }
    }
    const { reason, answer } = heard(actual)
    const [code, message] = CURL[reason] ?? []
    if (code === undefined || message === undefined) return undefined
    const item = (fault: Fault): Item => ({ means: fault, text: say.faults[fault] })
    const right = FAULTS.filter((fault) => heard(fault).reason === reason)
    if (right.length !== 1) return undefined
    const curl = textView(
      `curl https://${own}${port === 443 ? '' : `:${port}`}/`,
      `curl: (${code}) Failed to connect to ${own} port ${port}: ${message}`,
      [{ field: 'message', text: message }],
    )
    const isRefused = reason === 'conn-refused'
    return {
      stem: say.stem(own, port),
      views: [curl],
      after: [curl, tcpdumpView([probePacket('tcp', source, { address: own, port }), ...(answer ? [answer] : [])])],
      body: {
        kind: 'choose',
        right: item(actual),
        wrong: [
          { says: isRefused ? { means: 'off', text: say.off } : undefined, misconception: 'refused-means-host-down' },
          { says: item('listener'), misconception: answer ? 'closed-tcp-sends-icmp' : 'closed-is-silent' },
          { says: isRefused ? item('filter') : undefined, misconception: 'closed-is-silent' },
          { says: { means: 'full', text: say.full }, misconception: 'one-connection-per-port' },
          { says: isRefused ? undefined : { means: 'ping', text: say.ping(port) }, misconception: 'icmp-has-port' },
          {
            says: isRefused ? { means: 'no-rule', text: say.noRule } : undefined,
            misconception: 'no-rule-means-allowed',
          },
        ],
      },
      explanation: { text: say.explain(actual, message), field: 'message', source: 'connect(2), RFC 9293 §3.5.2' },
    }
  },
}

/** Who can refuse a call: the server, or the filter in front of it in one of three ways. */
type Refuser = 'host' | Exclude<Action, 'accept' | 'drop' | 'host-unreachable'>

/** What `tcpdump -v` prints, with the TTL and the sender of each packet as fields: `1:ttl`, `1:source`. */
function verboseView(packets: readonly Packet[]): TextView {
  const tcpdump = createTcpdump()
  const texts = packets.map((packet) => tcpdump.line(packet, { verbose: true }).text)
  const starts = texts.map((_, index) => texts.slice(0, index).join('\n').split('\n').length - (index === 0 ? 1 : 0))
  return textView(
    'tcpdump -nn -t -v',
    texts.join('\n'),
    packets.flatMap(({ ttl, source }, index) => [
      { field: `${index + 1}:ttl`, text: `ttl ${ttl}`, line: starts[index] ?? 0 },
      { field: `${index + 1}:source`, text: source, line: (starts[index] ?? 0) + 1 },
    ]),
  )
}

const whoRefused: Template = {
  id: 'rf-who-refused',
  cluster: 'refusals',
  kind: 'choose',
  difficulty: 4,
  claims: ['S24', 'S36', 'S26'],
  ask: (dice, words) => {
    const say = words.refusals['rf-who-refused']
    const protocol = dice.one('protocol', ['tcp', 'udp'] as const)
    const port = dice.one('door', protocol === 'tcp' ? [23, 3389, 8080] : UDP_DOORS)
    const own = server(dice)
    const source = { address: `203.0.113.${dice.int(10, 250)}`, port: ephemeral(dice) }
    const hops = dice.int(4, 9)
    const machine = machineWith(own, [['tcp', 443]])
    const behind = [{ name: machine.name, addresses: machine.addresses, table: SocketTable.of(machine.sockets) }]
    const gatehouse = (refuser: Refuser): Site => ({
      name: 'gatehouse',
      router: {
        interfaces: [
          { name: 'out', addresses: ['198.51.100.1/24'] },
          { name: 'in', addresses: ['192.0.2.1/24'] },
        ],
        defaultRoute: 'out',
        chains:
          refuser === 'host' ? [] : [{ ...chainWith([[protocol, port, refuser]]), name: 'forward', hook: 'forward' }],
      },
      table: SocketTable.of([]),
      behind,
    })
    const answerOf = (refuser: Refuser, to: Packet): Packet | undefined => {
      const { answer } = arrive(gatehouse(refuser), to, 'out')
      return answer && { ...answer, ttl: answer.ttl - hops }
    }
    const probe = probePacket(protocol, source, { address: own, port })
    const known = probePacket('tcp', source, { address: own, port: 443 })
    const refusers: readonly Refuser[] = [
      'host',
      'port-unreachable',
      'admin-prohibited',
      ...(protocol === 'tcp' ? (['reset'] as const) : []),
    ]
    const actual = dice.pick(refusers)
    const [answer, open] = [answerOf(actual, probe), answerOf(actual, known)]
    if (!answer || !open) return undefined
    const printed = (packet: Packet | undefined) => (packet ? createTcpdump().line(packet, { verbose: true }).text : '')
    const could = refusers.filter((refuser) => printed(answerOf(refuser, probe)) === printed(answer))
    const byHost = could.includes('host')
    if (byHost && could.length > 1) return undefined
    const host: Item = { means: 'host', text: say.host }
    const filter: Item = { means: 'filter', text: say.filter }
    const isIcmp = answer.transport.protocol === 'icmp'
    return {
      stem: say.stem(port, protocol),
      views: [verboseView([probe, answer, known, open])],
      body: {
        kind: 'choose',
        right: byHost ? host : filter,
        wrong: [
          { says: byHost && protocol === 'udp' ? filter : undefined, misconception: 'udp-closed-sends-rst' },
          { says: byHost && protocol === 'tcp' ? filter : undefined, misconception: 'closed-is-silent' },
          { says: byHost ? undefined : host, misconception: isIcmp ? 'closed-tcp-sends-icmp' : 'closed-is-silent' },
          { says: { means: 'down', text: say.down }, misconception: 'refused-means-host-down' },
          { says: { means: 'busy', text: say.busy }, misconception: 'one-connection-per-port' },
        ],
      },
      explanation: {
        text: say.explain(byHost, isIcmp, protocol, answer.source, answer.ttl, open.ttl),
        field: answer.source === own ? '2:ttl' : '2:source',
        source: 'nft(8), RFC 9293 §3.5.2, RFC 1122 §4.1.3.1',
      },
    }
  },
}

export const refusals: readonly Template[] = [whatComesBack, scanState, matchStates, refusedOrTimeout, whoRefused]
