import { LINUX_EPHEMERAL } from '../../net/kernel'
import type { ServerCall } from '../../net/server-calls'
import { ordersToServe } from '../../net/server-calls'
import type { Socket, SocketState } from '../../net/socket'
import { serverStates } from '../../net/tcp-states'
import type { Endpoint, Protocol } from '../../net/tuple'
import { endpointText, reverse } from '../../net/tuple'
import { serviceName } from '../../ports/services'
import { windowOf } from '../../shift/windows'
import { ephemeral, linuxPort, other, server, stranger } from '../addresses'
import type { Sent } from '../conversation'
import { clock, closing, conversation, exchange, HANDSHAKE } from '../conversation'
import type { Machine } from '../machine'
import { connected, waiting } from '../machine'
import { doorsView, factsView, ssView, tcpdumpView } from '../machine-view'
import { syn } from '../packets'
import type { Item } from '../question'
import type { LeftOut, Said, Template, WrongSet, Wrong } from '../template'
import { code, lineOf, oneDoor } from './one-door'

/** The line that `ss` gains on the server when a caller is accepted. */
const localPortAfterAccept: Template = {
  id: 'ps-local-port-after-accept',
  cluster: 'sockets',
  kind: 'choose',
  difficulty: 2,
  claims: ['S14', 'S19', 'S20'],
  ask: (dice, words) => {
    const say = words.sockets['ps-local-port-after-accept']
    const door = oneDoor(dice, dice.one('door', [22, 80, 443, 8080, 5432]))
    const { local, listener } = door
    const peer = { address: stranger(dice), port: ephemeral(dice) }
    const fresh = { ...local, port: other([peer.port], () => ephemeral(dice)) }
    const crossed = [
      { ...local, port: peer.port },
      { ...peer, port: local.port },
    ] as const
    const before = door.machine([])
    const accepted = windowOf(listener, { protocol: 'tcp', source: peer, destination: local })
    const after: Machine = { ...before, sockets: [...before.sockets, accepted] }
    const line = (own: Endpoint, remote: Endpoint, state: SocketState = 'ESTAB') =>
      code(lineOf({ state, local: own, peer: remote }))
    const seen = tcpdumpView([syn(dice, peer, local)], clock(dice, 1))
    return {
      stem: say.stem(endpointText(peer)),
      views: [seen, ssView(before, '-tan'), doorsView(before)],
      after: [seen, ssView(after, '-tan'), doorsView(after)],
      body: {
        kind: 'choose',
        right: code(lineOf(accepted)),
        wrong: [
          { says: line(fresh, peer), misconception: 'new-server-port-per-connection' },
          { says: line(local, { ...peer, port: local.port }), misconception: 'client-uses-service-port' },
          { says: line(...crossed), misconception: 'reply-keeps-ports' },
          { says: line(local, peer, 'LISTEN'), misconception: 'listener-carries-data' },
        ],
      },
      explanation: {
        text: say.explain(local.port, endpointText(peer)),
        field: accepted.id,
        source: 'accept(2)',
      },
    }
  },
}

/** Which sockets of a board wait for newcomers. */
const lampsOrWindows: Template = {
  id: 'ps-lamps-or-windows',
  cluster: 'sockets',
  kind: 'several',
  difficulty: 1,
  claims: ['S19', 'S20', 'S21'],
  ask: (dice, words) => {
    const say = words.sockets['ps-lamps-or-windows']
    const shared = dice.one('door', [53, 443])
    const high = dice.pick([5432, 8080, 3306, 6379])
    const own = server(dice)
    const here = (port: number) => ({ address: own, port })
    const any = (port: number) => ({ address: '0.0.0.0', port })
    const caller = () => ({ address: stranger(dice), port: ephemeral(dice) })
    const lampShared = waiting('tcp', any(shared))
    const lampUdp = waiting('udp', any(shared))
    const inner = dice.next() < 0.5
    const lampHigh = waiting('tcp', inner ? { address: '127.0.0.1', port: high } : any(high))
    const lampLow = waiting('tcp', any(22))
    // Nobody from outside is connected to a port that is open on the loopback address only.
    const windows = [shared, inner ? 22 : dice.pick([shared, high])].map((port) =>
      connected('tcp', here(port), caller()),
    )
    const lamps = [
      lampShared,
      lampHigh,
      ...(inner || dice.next() < 0.5 ? [lampLow] : []),
      ...(dice.next() < 0.7 ? [lampUdp] : []),
    ]
    const over = connected('tcp', here(shared), caller(), 'TIME-WAIT')
    const outgoing = connected('tcp', here(linuxPort(dice)), { address: stranger(dice), port: dice.pick([25, 80]) })
    const sockets = dice.shuffle([...lamps, ...windows, over, outgoing])
    const machine: Machine = { name: 'server', addresses: [own], sockets, programs: {} }
    const item = (socket: Socket): Item => code(`${socket.protocol} ${lineOf(socket)}`)
    const waits = ({ peer, state }: Socket) => !peer && (state === 'LISTEN' || state === 'UNCONN')
    const right = (socket: Socket): Said | LeftOut =>
      socket === lampUdp
        ? { says: item(socket), misconception: 'tcp-udp-share-space' }
        : socket === lampHigh
          ? { says: item(socket), misconception: 'above-1023-is-ephemeral' }
          : item(socket)
    const wrong = (socket: Socket): Wrong => ({
      says: item(socket),
      misconception:
        socket === over
          ? 'busy-port-needs-process'
          : socket === outgoing
            ? 'source-port-is-door'
            : dice.pick(['port-is-socket', 'listener-carries-data'] as const),
    })
    return {
      stem: say.stem,
      views: [ssView(machine, '-tuan')],
      after: [ssView(machine, '-tuan'), doorsView(machine)],
      body: {
        kind: 'several',
        right: sockets.filter((socket) => waits(socket)).map((socket) => right(socket)),
        wrong: sockets.filter((socket) => !waits(socket)).map((socket) => wrong(socket)),
        sets: [
          {
            says: sockets
              .filter(({ local }) => lamps.some((lamp) => lamp.local.port === local.port))
              .map((one) => item(one)),
            misconception: 'port-is-socket',
          },
        ],
      },
      explanation: { text: say.explain, field: lampShared.id, source: 'ss(8), listen(2)' },
    }
  },
}

/** Words of the trade, each with something that a tool shows. */
const vocabulary: Template = {
  id: 'ps-vocabulary',
  cluster: 'sockets',
  kind: 'match',
  difficulty: 1,
  claims: ['S01', 'S19', 'S20', 'S21', 'S16'],
  ask: (dice, words) => {
    const say = words.sockets['ps-vocabulary']
    const door = oneDoor(dice, dice.one('door', [22, 80, 443]))
    const { local, listener } = door
    const peer = { address: stranger(dice), port: linuxPort(dice) }
    const window = door.window(peer)
    const [low, high] = LINUX_EPHEMERAL
    const numbers = [local.port, peer.port].map((port) => ({
      term: low <= port && port <= high ? ('ephemeral' as const) : ('port' as const),
      line: String(port),
    }))
    const lines = [listener, window].map((socket) => ({
      term: socket.peer ? ('connected' as const) : ('listener' as const),
      line: lineOf(socket),
    }))
    const name = serviceName('tcp', local.port)
    const things = [
      ...numbers,
      ...lines,
      { term: 'connection' as const, line: `tcp ${endpointText(peer)} <-> ${endpointText(local)}` },
      ...(name === undefined ? [] : [{ term: 'service' as const, line: `${name}/tcp` }]),
    ]
    const term = (means: keyof typeof say.terms): Item => ({ means, text: say.terms[means] })
    const [left, right] = [dice.shuffle(things).slice(0, 4), things]
    const wrongPair = (means: keyof typeof say.terms, line: string): readonly [Said, Said] => [term(means), code(line)]
    return {
      stem: say.stem,
      views: [],
      after: [ssView(door.machine([window]), '-tan'), doorsView(door.machine([window]))],
      body: {
        kind: 'match',
        pairs: left.map(({ term: means, line }) => [term(means), code(line)]),
        extra: right.map(({ line }) => code(line)),
        wrong: [
          { says: wrongPair('port', lineOf(listener)), misconception: 'port-is-socket' },
          { says: wrongPair('listener', String(local.port)), misconception: 'port-is-socket' },
          { says: wrongPair('connected', lineOf(listener)), misconception: 'listener-carries-data' },
          { says: wrongPair('connection', lineOf(listener)), misconception: 'listener-carries-data' },
          { says: wrongPair('ephemeral', String(local.port)), misconception: 'client-uses-service-port' },
          { says: wrongPair('port', String(peer.port)), misconception: 'source-port-is-door' },
          { says: wrongPair('connection', String(local.port)), misconception: 'dport-alone-selects' },
        ],
      },
      explanation: { text: say.explain, field: window.id, source: 'RFC 9293 §4' },
    }
  },
}

/** The calls of a server until it has a client's first bytes. */
const callOrder: Template = {
  id: 'ps-call-order',
  cluster: 'sockets',
  kind: 'order',
  difficulty: 2,
  claims: ['S13', 'S14', 'S21'],
  ask: (dice, words) => {
    const say = words.sockets['ps-call-order']
    const protocol = dice.one<Protocol>('protocol', ['tcp', 'udp'])
    const port = dice.pick(protocol === 'tcp' ? [22, 80, 443, 5432] : [53, 123, 514])
    const read: ServerCall = protocol === 'tcp' ? 'recv' : 'recvfrom'
    const offered: readonly ServerCall[] = ['socket', 'bind', 'listen', 'accept', read]
    const [order, ...others] = ordersToServe(protocol, offered)
    if (!order) return undefined
    const item = (call: ServerCall): Item => ({ means: call, text: `\`${call}()\`` })
    const items = (...calls: readonly ServerCall[]): readonly Said[] => calls.map((call) => item(call))
    const wrong: readonly WrongSet[] =
      protocol === 'tcp'
        ? [
            { says: items('socket', 'bind', 'listen', read), misconception: 'listener-carries-data' },
            { says: items('socket', 'bind', 'listen', read, 'accept'), misconception: 'listener-carries-data' },
            { says: items('socket', 'listen', 'bind', 'accept', read), misconception: 'port-is-socket' },
            { says: items('bind', 'socket', 'listen', 'accept', read), misconception: 'port-is-socket' },
          ]
        : [
            { says: items('socket', 'bind', 'listen', 'accept', read), misconception: 'tcp-udp-share-space' },
            { says: items('socket', 'bind', 'listen', read), misconception: 'tcp-udp-share-space' },
            { says: items('bind', 'socket', read), misconception: 'port-is-socket' },
          ]
    return {
      stem: say.stem(protocol.toUpperCase(), port),
      views: [],
      after: [factsView(order.map((call) => ({ field: call, name: `${call}()`, value: say.gives[call](port) })))],
      body: {
        kind: 'order',
        right: items(...order),
        alsoRight: others.map((calls) => items(...calls)),
        extra: items(...offered.filter((call) => !order.includes(call))),
        wrong,
      },
      explanation: {
        text: protocol === 'tcp' ? say.explainTcp : say.explainUdp,
        field: 'bind',
        source: protocol === 'tcp' ? 'bind(2), listen(2), accept(2)' : 'bind(2), udp(7)',
      },
    }
  },
}

/** One connection as its two ends print it. */
const otherEnd: Template = {
  id: 'ps-other-end',
  cluster: 'sockets',
  kind: 'choose',
  difficulty: 2,
  claims: ['S16', 'S05'],
  ask: (dice, words) => {
    const say = words.sockets['ps-other-end']
    const remote = { address: server(dice), port: dice.one('door', [22, 80, 443, 5432]) }
    const own = { address: stranger(dice), port: ephemeral(dice) }
    const socket = connected('tcp', own, remote)
    const client: Machine = { name: 'client', addresses: [own.address], sockets: [socket], programs: {} }
    const there = reverse({ protocol: 'tcp', source: own, destination: remote })
    const line = (local: Endpoint, peer: Endpoint) => code(lineOf({ state: 'ESTAB', local, peer }))
    const fresh = { ...remote, port: other([own.port], () => ephemeral(dice)) }
    return {
      stem: say.stem,
      views: [ssView(client, '-tn'), doorsView(client)],
      body: {
        kind: 'choose',
        right: line(there.source, there.destination),
        wrong: [
          { says: line(own, remote), misconception: 'reply-keeps-ports' },
          {
            says: line({ ...remote, port: own.port }, { ...own, port: remote.port }),
            misconception: 'reply-keeps-ports',
          },
          { says: line(fresh, own), misconception: 'new-server-port-per-connection' },
          { says: line(remote, { ...own, port: remote.port }), misconception: 'client-uses-service-port' },
          {
            says: code(lineOf({ state: 'LISTEN', local: remote })),
            misconception: 'listener-carries-data',
          },
        ],
      },
      explanation: { text: say.explain, field: socket.id, source: 'ss(8), RFC 9293 §3.3.1' },
    }
  },
}

/** How far a connection has come, from the server's side. */
const STAGES = {
  SYN: HANDSHAKE.slice(0, 2),
  'handshake complete': HANDSHAKE,
  'client closed first': [...HANDSHAKE, ...exchange('client', 80), ...closing('client')],
  'server closed first': [...HANDSHAKE, ...exchange('server', 300), ...closing('server')],
  'both closed, server first': [...HANDSHAKE, ...closing('server'), ...closing('client')],
  'both closed, client first': [...HANDSHAKE, ...closing('client'), ...closing('server')],
} as const satisfies Readonly<Record<string, readonly Sent[]>>

type Stage = keyof typeof STAGES
const STAGE_NAMES: readonly Stage[] = [
  'SYN',
  'handshake complete',
  'client closed first',
  'server closed first',
  'both closed, server first',
  'both closed, client first',
]

/** What `ss` shows of a door on the server while one caller comes and goes. */
const acceptTrace: Template = {
  id: 'ps-accept-trace',
  cluster: 'sockets',
  kind: 'predict',
  difficulty: 3,
  claims: ['S05', 'S14', 'S16', 'S22'],
  ask: (dice, words) => {
    const say = words.sockets['ps-accept-trace']
    const stage = dice.one('stage', STAGE_NAMES)
    const door = oneDoor(dice, dice.one('door', [22, 80, 443]))
    const { local, listener } = door
    const peer = { address: stranger(dice), port: ephemeral(dice) }
    const fresh = { ...local, port: other([peer.port], () => ephemeral(dice)) }
    const packets = conversation(dice, peer, local, STAGES[stage])
    const closed = stage !== 'SYN' && stage !== 'handshake complete'
    const states = serverStates(local, packets)
    const line = (state: string, own = local, remote = peer) =>
      `\`${state} ${endpointText(own)} ${endpointText(remote)}\``
    const board = (lines: readonly string[]): Item => ({
      means: lines.length === 0 ? 'nothing' : lines.join(' + '),
      text: lines.length === 0 ? say.nothing : lines.length > 1 ? say.both(lines) : say.only(lines[0] ?? ''),
    })
    const lit = '`LISTEN`'
    const connection = states.find((state) => state !== 'LISTEN')
    // Wrong boards are wrong about ports or the listener; their states vary, so that the state most often shown says nothing.
    const some = () => dice.pick(closed ? ['CLOSE-WAIT', 'FIN-WAIT-2', 'TIME-WAIT'] : ['SYN-RECV', 'ESTAB'])
    const after = door.machine(
      states.flatMap((state) =>
        state === 'LISTEN' || state === 'CLOSED'
          ? []
          : [windowOf(listener, { protocol: 'tcp', source: peer, destination: local }, state)],
      ),
    )
    const seen = tcpdumpView(packets, clock(dice, packets.length))
    return {
      stem: say.stem(local.port),
      views: [seen],
      after: [seen, ssView(after, '-tan'), doorsView(after)],
      body: {
        kind: 'predict',
        right: board([lit, ...(connection ? [line(connection)] : [])]),
        wrong: [
          { says: board([lit]), misconception: closed ? 'busy-port-needs-process' : 'listener-carries-data' },
          { says: board([line(some())]), misconception: 'one-connection-per-port' },
          { says: board([lit, line(some(), fresh)]), misconception: 'new-server-port-per-connection' },
          {
            says: board([lit, line(some(), local, { ...peer, port: local.port })]),
            misconception: 'client-uses-service-port',
          },
          { says: closed ? board([]) : undefined, misconception: 'port-is-socket' },
        ],
      },
      explanation: {
        text: say.explain[connection ?? 'CLOSED'] ?? '',
        field: `${packets.length}:flags`,
        source: 'RFC 9293 §3.3.2',
      },
    }
  },
}

export const socketLines: readonly Template[] = [
  localPortAfterAccept,
  lampsOrWindows,
  vocabulary,
  callOrder,
  otherEnd,
  acceptTrace,
]
