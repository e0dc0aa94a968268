import { connectionsTo } from '../../net/flow-count'
import type { PortSpan } from '../../net/kernel'
import { IANA_EPHEMERAL, LINUX_EPHEMERAL } from '../../net/kernel'
import { tupleOf } from '../../net/packet'
import { receive } from '../../net/receive'
import type { Socket } from '../../net/socket'
import type { Endpoint, Protocol } from '../../net/tuple'
import { endpointText, flowKey } from '../../net/tuple'
import { PORT_RANGES } from '../../ports/range'
import type { Random } from '../../shift/random'
import { windowOf } from '../../shift/windows'
import { ephemeral, other, server, stranger } from '../addresses'
import type { Sent } from '../conversation'
import { clock, conversation, exchange, HANDSHAKE } from '../conversation'
import type { Machine } from '../machine'
import { connected, hostOf, waiting } from '../machine'
import { doorsView, factsView, ssView, tcpdumpView } from '../machine-view'
import { first, postcard } from '../packets'
import { usualProgram } from '../programs'
import type { Template } from '../template'
import { textView } from '../view'
import { DOORS, oneDoor, twoByTwo } from './one-door'

const distinct = (items: readonly unknown[]): number => new Set(items).size

/** A client that nobody is yet, again and again: the nth has an address and a port of its own. */
function crowd(dice: Random, count: number): readonly Endpoint[] {
  const [house, step] = [dice.int(0, 240), dice.int(0, 20_000)]
  const [low, high] = LINUX_EPHEMERAL
  return Array.from({ length: count }, (_, index) => ({
    address: `198.51.100.${2 + ((house + index * 83) % 249)}`,
    port: low + ((step + index * 7919) % (high - low + 1)),
  }))
}

/** How many established connections a program has at its port, on a board with much else. */
const countWindows: Template = {
  id: 'ps-count-windows',
  cluster: 'sockets',
  kind: 'type',
  difficulty: 1,
  claims: ['S17', 'S22', 'S19'],
  ask: (dice, words) => {
    const say = words.sockets['ps-count-windows']
    const port = dice.one('door', [22, 80, 443])
    const count = dice.number('connections', 4, 6)
    const door = oneDoor(dice, port)
    const { a, b } = twoByTwo(dice)
    const here = (remote: number) => ({ address: door.local.address, port: remote })
    // One source port is there twice, from both addresses: so the addresses, the ports and the pairs differ in number.
    const ports = [...new Set(Array.from({ length: 12 }, () => ephemeral(dice)))].slice(0, count - 1)
    const ends = ports.map((own, index) => ({ address: index % 2 ? b : a, port: own }))
    const windows = [...ends, { address: b, port: ports[0] ?? 0 }].map((end) => door.window(end))
    const second = other([port], () => dice.pick([22, 25, 80, 443, 5432]))
    const neighbour = waiting('tcp', { address: '0.0.0.0', port: second })
    const outgoing = Array.from({ length: dice.pick([0, 2]) }, () =>
      connected('tcp', here(ephemeral(dice)), { address: stranger(dice), port }),
    )
    const over = Array.from({ length: dice.pick([0, 3]) }, () =>
      door.window({ address: other([a, b], () => stranger(dice)), port: ephemeral(dice) }, 'TIME-WAIT'),
    )
    const visitor = connected('tcp', here(second), { address: a, port: ephemeral(dice) })
    const sockets = [door.listener, neighbour, ...dice.shuffle([...windows, ...outgoing, ...over, visitor])]
    const machine: Machine = {
      name: 'server',
      addresses: [door.local.address],
      sockets,
      programs: { [door.listener.id]: door.program, [neighbour.id]: usualProgram('tcp', second) ?? 'server' },
    }
    const established = sockets.filter(({ state }) => state === 'ESTAB')
    const there = established.filter(({ local }) => local.port === port)
    return {
      stem: say.stem(door.program, port),
      views: [ssView(machine, '-tan')],
      after: [ssView(machine, '-tan'), doorsView(machine)],
      body: {
        kind: 'type',
        expects: 'number',
        right: there.length,
        wrong: [
          { says: 1, misconception: 'one-connection-per-port' },
          { says: there.length + 1, misconception: 'listener-carries-data' },
          {
            says: established.filter(({ local, peer }) => local.port === port || peer?.port === port).length,
            misconception: 'source-port-is-door',
          },
          { says: there.length + over.length, misconception: 'busy-port-needs-process' },
          { says: distinct(there.map(({ peer }) => peer?.address)), misconception: 'source-ip-alone-selects' },
          { says: distinct(there.map(({ peer }) => peer?.port)), misconception: 'source-port-alone-selects' },
        ],
      },
      explanation: { text: say.explain(port), field: windows[0]?.id ?? '', source: 'ss(8), accept(2)' },
    }
  },
}

/** How many port numbers services with many connections occupy. */
const countPorts: Template = {
  id: 'ps-count-ports',
  cluster: 'sockets',
  kind: 'type',
  difficulty: 2,
  claims: ['S01', 'S17', 'S19', 'S22'],
  ask: (dice, words) => {
    const say = words.sockets['ps-count-ports']
    const doors = dice.number('doors', 1, 3)
    const clients = dice.number('clients', 5, 400)
    const address = server(dice)
    const ports = dice
      .shuffle(DOORS)
      .slice(0, doors)
      .toSorted((a, b) => a - b)
    const listeners = ports.map((port) => waiting('tcp', { address: '0.0.0.0', port }))
    const windows = crowd(dice, clients).flatMap((source) => {
      const listener = dice.pick(listeners)
      return windowOf(listener, { protocol: 'tcp', source, destination: { address, port: listener.local.port } })
    })
    const sockets: readonly Socket[] = [...listeners, ...windows]
    const shown = sockets.slice(0, doors + 4)
    const head = ssView({ name: 'server', addresses: [address], sockets: shown, programs: {} }, '-tan')
    return {
      stem: say.stem(clients, ports),
      views: [{ ...head, command: `${head.command} | head -${shown.length + 1}` }],
      body: {
        kind: 'type',
        expects: 'number',
        right: distinct(sockets.map(({ local }) => local.port)),
        wrong: [
          { says: clients, misconception: 'new-server-port-per-connection' },
          { says: sockets.length, misconception: 'port-is-socket' },
          { says: doors * 2, misconception: 'new-server-port-per-connection' },
        ],
      },
      explanation: {
        text: say.explain(sockets.length, ports),
        field: windows[0]?.id ?? '',
        source: 'accept(2), RFC 9293 §3.3.1',
      },
    }
  },
}

/** How many sockets a TCP or a plain UDP service has while many clients talk to it. */
const countSockets: Template = {
  id: 'ps-count-sockets',
  cluster: 'sockets',
  kind: 'type',
  difficulty: 2,
  claims: ['S19', 'S21', 'S22'],
  ask: (dice, words) => {
    const say = words.sockets['ps-count-sockets']
    const protocol = dice.one<Protocol>('protocol', ['tcp', 'udp'])
    const clients = dice.number('clients', 3, 24)
    const port = dice.pick(protocol === 'tcp' ? [22, 80, 443] : [53, 123, 161])
    const local = { address: server(dice), port }
    const listener = waiting(protocol, { address: '0.0.0.0', port })
    const program = usualProgram(protocol, port) ?? 'server'
    const before: Machine = {
      name: 'server',
      addresses: [local.address],
      sockets: [listener],
      programs: { [listener.id]: program },
    }
    const host = hostOf(before)
    for (const source of crowd(dice, clients)) {
      const { verdict } = receive(host, first(dice, protocol, source, local))
      // Over TCP accept(2) makes a socket of its own; a datagram is simply read.
      if (verdict.kind === 'listener' && protocol === 'tcp')
        host.table.add(windowOf(listener, { protocol, source, destination: local }))
    }
    return {
      stem: say[protocol](clients, program, port),
      views: [ssView(before, protocol === 'tcp' ? '-tan' : '-uan')],
      after: [
        ssView({ ...before, sockets: host.table.sockets() }, protocol === 'tcp' ? '-tan' : '-uan'),
        doorsView({ ...before, sockets: host.table.sockets() }),
      ],
      body: {
        kind: 'type',
        expects: 'number',
        right: host.table.size,
        wrong:
          protocol === 'tcp'
            ? [
                { says: 1, misconception: 'port-is-socket' },
                { says: clients, misconception: 'listener-carries-data' },
                { says: 2, misconception: 'one-connection-per-port' },
              ]
            : [
                { says: clients + 1, misconception: 'tcp-udp-share-space' },
                { says: clients, misconception: 'one-connection-per-port' },
              ],
      },
      explanation: {
        text: protocol === 'tcp' ? say.explainTcp(clients) : say.explainUdp,
        field: listener.id,
        source: protocol === 'tcp' ? 'accept(2)' : 'udp(7)',
      },
    }
  },
}

const RANGES: readonly PortSpan[] = [LINUX_EPHEMERAL, IANA_EPHEMERAL, [10000, 65535], [1024, 65535]]

/** The setting of a Linux system that says from which ports it calls. */
export const rangeView = ([low, high]: PortSpan) =>
  textView('sysctl net.ipv4.ip_local_port_range', `net.ipv4.ip_local_port_range = ${low}\t${high}`, [
    { field: 'range', text: `${low}\t${high}` },
  ])

export const rangeLabel = ([low, high]: PortSpan): string => `${low}-${high}`

/** How many connections one client address can hold to one server address and port. */
const maxFromOneAddress: Template = {
  id: 'ps-max-from-one-address',
  cluster: 'sockets',
  kind: 'choose',
  difficulty: 3,
  claims: ['S02', 'S05', 'S17', 'S22'],
  ask: (dice, words) => {
    const say = words.sockets['ps-max-from-one-address']
    const range = dice.one('range', RANGES, rangeLabel)
    const client = stranger(dice)
    const target = { address: server(dice), port: dice.pick([80, 443]) }
    const most = connectionsTo([{ address: client, ports: range }])
    const [low, high] = range
    const count = (value: number) => ({ means: String(value), text: say.count(value) })
    return {
      stem: say.stem(client, endpointText(target)),
      views: [rangeView(range)],
      body: {
        kind: 'choose',
        right: count(most),
        wrong: [
          {
            says: count(1),
            misconception: dice.pick(['one-connection-per-port', 'source-ip-alone-selects'] as const),
          },
          { says: count(PORT_RANGES.dynamic[1] + 1), misconception: 'limit-64k-connections' },
          { says: count(IANA_EPHEMERAL[1] - IANA_EPHEMERAL[0] + 1), misconception: 'ephemeral-always-49152' },
          {
            says: count(PORT_RANGES.dynamic[1] - PORT_RANGES.system[1]),
            misconception: 'above-1023-is-ephemeral',
          },
        ],
      },
      explanation: { text: say.explain(low, high), field: 'range', source: 'ip(7), RFC 6056 §2' },
    }
  },
}

/** Clients with many connections to one port: of many addresses, of one NAT, or all from one source port. */
const serverLimit: Template = {
  id: 'ps-server-limit',
  cluster: 'sockets',
  kind: 'choose',
  difficulty: 3,
  claims: ['S17', 'S22', 'S02'],
  ask: (dice, words) => {
    const say = words.sockets['ps-server-limit']
    const kind = dice.one('clients', ['own addresses', 'own addresses', 'behind a NAT', 'one source port'])
    const count = dice.number('addresses', 3, 40)
    const least = Math.max(40, Math.ceil(65_536 / count / 100) + 1)
    const each = kind === 'one source port' ? 1 : dice.int(least, 280) * 100
    const start = kind === 'one source port' ? ephemeral(dice) : LINUX_EPHEMERAL[0]
    const ports: PortSpan = [start, start + each - 1]
    const addresses = kind === 'behind a NAT' ? 1 : count
    const callers = Array.from({ length: addresses }, (_, index) => ({ address: `198.51.100.${2 + index}`, ports }))
    const door = oneDoor(dice, dice.one('door', [80, 443]))
    const total = connectionsTo(callers)
    const { port } = door.local
    const facts = factsView([
      {
        field: 'addresses',
        name: say.facts.addresses,
        value: kind === 'behind a NAT' ? say.facts.behind(count) : say.count(addresses),
      },
      { field: 'ports', name: say.facts.ports, value: each === 1 ? String(start) : rangeLabel(ports) },
      { field: 'each', name: say.facts.each, value: say.count(each) },
    ])
    const option = (value: number) => ({ means: String(value), text: say.count(value) })
    return {
      stem: say.stem(endpointText(door.local)),
      views: [facts],
      after: [
        facts,
        textView(`ss -Htn sport = :${port} | wc -l`, String(total), [{ field: 'count', text: String(total) }]),
      ],
      body: {
        kind: 'choose',
        right: option(total),
        wrong: [
          { says: option(PORT_RANGES.dynamic[1]), misconception: 'limit-64k-connections' },
          { says: addresses > 1 ? option(addresses) : undefined, misconception: 'source-ip-alone-selects' },
          { says: each > 1 ? option(each) : undefined, misconception: 'source-port-alone-selects' },
          {
            says: option(1),
            misconception:
              each === 1
                ? 'source-port-alone-selects'
                : addresses === 1
                  ? 'source-ip-alone-selects'
                  : 'one-connection-per-port',
          },
          {
            says: option(IANA_EPHEMERAL[1] - IANA_EPHEMERAL[0] + 1),
            misconception: 'ephemeral-always-49152',
          },
        ],
      },
      explanation: { text: say.explain(addresses, each, total), field: 'addresses', source: 'RFC 9293 §3.3.1' },
    }
  },
}

/** How many conversations a capture shows, both directions of each together. */
const countConversations: Template = {
  id: 'ps-count-conversations',
  cluster: 'sockets',
  kind: 'type',
  difficulty: 3,
  claims: ['S16', 'S17'],
  ask: (dice, words) => {
    const say = words.sockets['ps-count-conversations']
    const count = dice.number('conversations', 3, 5)
    const { a, b, p, q } = twoByTwo(dice)
    const local = { address: server(dice), port: 443 }
    const at = (address: string, port: number, door = local.port) =>
      [
        { address, port },
        { address: local.address, port: door },
      ] as const
    const main = at(a, p)
    // A third address or a third source port, so that the two do not come to the same number.
    const third =
      dice.next() < 0.5
        ? at(
            other([a, b], () => stranger(dice)),
            p,
          )
        : at(
            a,
            other([p, q], () => ephemeral(dice)),
          )
    const more = [third, ...dice.shuffle([at(a, q), at(b, p), at(a, p, 80)])].slice(0, count - 1)
    const withUdp = dice.next() < 0.4
    const scripts: readonly (readonly Sent[])[] = [
      exchange('client', 60),
      exchange('server', 400),
      HANDSHAKE.slice(0, 2),
    ]
    const talk = ([client, to]: readonly [Endpoint, Endpoint], script = dice.pick(scripts)) =>
      conversation(dice, client, to, script)
    const streams = [
      talk(main, [...exchange('client', 90), ...exchange('server', 700)]),
      ...more.map((ends) => talk(ends)),
      ...(withUdp ? [[postcard(dice, ...main)]] : []),
    ]
    const packets = interleaved(dice, streams)
    const tuples = packets.flatMap((packet) => tupleOf(packet) ?? [])
    const clientOf = ({ source, destination }: (typeof tuples)[number]) =>
      source.address === local.address ? destination : source
    const serverOf = ({ source, destination }: (typeof tuples)[number]) =>
      source.address === local.address ? source : destination
    return {
      stem: say.stem(local.address),
      views: [tcpdumpView(packets, clock(dice, packets.length))],
      body: {
        kind: 'type',
        expects: 'number',
        right: distinct(tuples.map((tuple) => flowKey(tuple))),
        wrong: [
          {
            says: distinct(
              tuples.map(
                ({ protocol, source, destination }) =>
                  `${protocol} ${endpointText(source)} ${endpointText(destination)}`,
              ),
            ),
            misconception: 'reply-keeps-ports',
          },
          {
            says: distinct(tuples.map((tuple) => flowKey({ ...tuple, protocol: 'tcp' }))),
            misconception: 'tcp-udp-share-space',
          },
          { says: distinct(tuples.map((tuple) => serverOf(tuple).port)), misconception: 'dport-alone-selects' },
          { says: distinct(tuples.map((tuple) => clientOf(tuple).address)), misconception: 'source-ip-alone-selects' },
          { says: distinct(tuples.map((tuple) => clientOf(tuple).port)), misconception: 'source-port-alone-selects' },
        ],
      },
      explanation: { text: say.explain, field: '1:sourcePort', source: 'RFC 9293 §3.3.1' },
    }
  },
}

/** Several streams as one capture sees them: mixed, each in its own order. */
function interleaved<T>(dice: Random, streams: readonly (readonly T[])[]): readonly T[] {
  const left = streams.map((stream) => [...stream])
  const turns = dice.shuffle(streams.flatMap((stream, index) => stream.map(() => index)))
  return turns.flatMap((index) => left[index]?.splice(0, 1) ?? [])
}

export const socketCounts: readonly Template[] = [
  countWindows,
  countPorts,
  countSockets,
  maxFromOneAddress,
  serverLimit,
  countConversations,
]
