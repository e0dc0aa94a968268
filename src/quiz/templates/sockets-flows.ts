import type { MisconceptionId } from '../../lessons/misconception'
import { bindOutcome, boundSocket } from '../../net/bind'
import type { BindRequest } from '../../net/bind'
import { demux } from '../../net/demux'
import { LINUX_EPHEMERAL } from '../../net/kernel'
import type { Packet, TcpFlags } from '../../net/packet'
import { tupleOf } from '../../net/packet'
import type { Socket } from '../../net/socket'
import { SocketTable } from '../../net/socket-table'
import type { Endpoint, FiveTuple } from '../../net/tuple'
import { endpointText, flowKey, reverse } from '../../net/tuple'
import { ephemeral, other, server, stranger } from '../addresses'
import { clock } from '../conversation'
import type { Machine } from '../machine'
import { doorsView, factsView, papersView, ssView, tcpdumpView } from '../machine-view'
import { data } from '../packets'
import type { LeftOut, Template, Wrong } from '../template'
import { code, DOORS, twoByTwo } from './one-door'

/** A five-tuple on one line. */
export const tupleText = ({ protocol, source, destination }: FiveTuple): string =>
  `${protocol} ${endpointText(source)} > ${endpointText(destination)}`

/** A header to choose, and the idea of those who take it for one of the same conversation. */
interface Candidate {
  readonly tuple: FiveTuple
  readonly misconception?: MisconceptionId
}

/** A tuple with the ports of another in their places. */
const withPorts = ({ protocol, source, destination }: FiveTuple, ports: FiveTuple): FiveTuple => ({
  protocol,
  source: { ...source, port: ports.source.port },
  destination: { ...destination, port: ports.destination.port },
})

/** Which header belongs to the same conversation as a packet. */
const sameConversation: Template = {
  id: 'ps-same-conversation',
  cluster: 'sockets',
  kind: 'choose',
  difficulty: 2,
  claims: ['S16', 'S17'],
  ask: (dice, words) => {
    const say = words.sockets['ps-same-conversation']
    const { a, b, p, q } = twoByTwo(dice)
    const client = { address: a, port: p }
    const local = { address: server(dice), port: dice.one('door', DOORS) }
    const fresh = { ...local, port: other([p, q], () => ephemeral(dice)) }
    const tcp = (source: Endpoint, destination: Endpoint): FiveTuple => ({ protocol: 'tcp', source, destination })
    const either = (tuple: FiveTuple) => (dice.next() < 0.5 ? tuple : reverse(tuple))
    const shown = either(tcp(client, local))
    const answer = dice.next() < 0.75
    const candidates: readonly Candidate[] = [
      { tuple: answer ? reverse(shown) : shown },
      // Of two lines that both go back, those who hold this idea choose the one with the ports in their old places.
      ...(answer ? [{ tuple: withPorts(reverse(shown), shown), misconception: 'reply-keeps-ports' as const }] : []),
      { tuple: either(tcp({ ...client, port: q }, local)), misconception: 'source-ip-alone-selects' },
      { tuple: either(tcp({ ...client, address: b }, local)), misconception: 'source-port-alone-selects' },
      { tuple: either({ ...tcp(client, local), protocol: 'udp' }), misconception: 'tcp-udp-share-space' },
      { tuple: either(tcp({ address: b, port: q }, local)), misconception: 'dport-alone-selects' },
      { tuple: either(tcp(client, fresh)), misconception: 'new-server-port-per-connection' },
    ]
    const says = ({ tuple }: Candidate) => code(tupleText(tuple))
    const [right, ...more] = candidates.filter(({ tuple }) => flowKey(tuple) === flowKey(shown))
    if (!right || more.length > 0) return undefined
    const packet = data(dice, shown.source, shown.destination)
    return {
      stem: say.stem,
      views: [tcpdumpView([packet], clock(dice, 1))],
      body: {
        kind: 'choose',
        right: says(right),
        wrong: candidates.flatMap((one): readonly Wrong[] =>
          one.misconception ? [{ says: says(one), misconception: one.misconception }] : [],
        ),
      },
      explanation: {
        text: say.explain(endpointText(client), endpointText(local)),
        field: 'protocol',
        source: 'RFC 9293 §3.3.1',
      },
    }
  },
}

const withTuple = (packet: Packet, { source, destination }: Pick<FiveTuple, 'source' | 'destination'>): Packet => ({
  ...packet,
  source: source.address,
  destination: destination.address,
  transport:
    packet.transport.protocol === 'tcp' || packet.transport.protocol === 'udp'
      ? { ...packet.transport, sourcePort: source.port, destinationPort: destination.port }
      : packet.transport,
})

const asDatagram = (packet: Packet): Packet => ({
  ...packet,
  transport:
    packet.transport.protocol === 'tcp'
      ? {
          protocol: 'udp',
          sourcePort: packet.transport.sourcePort,
          destinationPort: packet.transport.destinationPort,
          payload: packet.transport.payload,
        }
      : packet.transport,
})

const withFlags = (packet: Packet, flags: Partial<TcpFlags>): Packet => ({
  ...packet,
  transport:
    packet.transport.protocol === 'tcp'
      ? { ...packet.transport, flags: { ...packet.transport.flags, ...flags } }
      : packet.transport,
})

/** Whether a packet belongs to the same flow as another, whichever way it goes. */
function sameFlow(one: Packet, another: Packet): boolean {
  const [a, b] = [tupleOf(one), tupleOf(another)]
  return a !== undefined && b !== undefined && flowKey(a) === flowKey(b)
}

/** A change to a packet, how it is told, and the idea of those who judge it wrongly. */
interface Change extends LeftOut {
  readonly to: Packet
}

/** Which single changes take a packet out of its connection. */
const whichChange: Template = {
  id: 'ps-which-change',
  cluster: 'sockets',
  kind: 'several',
  difficulty: 2,
  claims: ['S16', 'S17', 'S21'],
  ask: (dice, words) => {
    const say = words.sockets['ps-which-change']
    const { a, b, p, q } = twoByTwo(dice)
    const source = { address: a, port: p }
    const destination = { address: server(dice), port: dice.one('door', DOORS) }
    const secondAddress = other([destination.address], () => server(dice))
    const secondPort = other([destination.port], () => dice.pick(DOORS))
    const packet = data(dice, source, destination)
    const changes: readonly Change[] = [
      {
        says: { means: 'sourcePort', text: say.sourcePort(q) },
        to: withTuple(packet, { source: { ...source, port: q }, destination }),
        misconception: 'source-ip-alone-selects',
      },
      {
        says: { means: 'source', text: say.source(b) },
        to: withTuple(packet, { source: { ...source, address: b }, destination }),
        misconception: 'source-port-alone-selects',
      },
      {
        says: { means: 'protocol', text: say.protocol },
        to: asDatagram(packet),
        misconception: 'tcp-udp-share-space',
      },
      {
        says: { means: 'destination', text: say.destination(secondAddress) },
        to: withTuple(packet, { source, destination: { ...destination, address: secondAddress } }),
        misconception: 'port-is-socket',
      },
      {
        says: { means: 'exchanged', text: say.exchanged(endpointText(destination), endpointText(source)) },
        to: withTuple(packet, { source: destination, destination: source }),
        misconception: 'reply-keeps-ports',
      },
      {
        says: { means: 'flags', text: say.flags },
        to: withFlags(packet, { psh: false, fin: true }),
        misconception: 'listener-carries-data',
      },
    ]
    const leaving = dice.shuffle(changes.filter(({ to }) => !sameFlow(to, packet))).slice(0, dice.int(2, 3))
    const staying = changes.filter(({ to }) => sameFlow(to, packet))
    const otherPort = { means: 'destinationPort', text: say.destinationPort(secondPort) }
    const moved = withTuple(packet, { source, destination: { ...destination, port: secondPort } })
    if (sameFlow(moved, packet)) return undefined
    return {
      stem: say.stem,
      views: [papersView(packet, words)],
      body: {
        kind: 'several',
        right: [otherPort, ...leaving],
        wrong: staying,
        sets: [{ says: [otherPort], misconception: 'dport-alone-selects' }],
      },
      explanation: { text: say.explain, field: 'sourcePort', source: 'RFC 9293 §3.3.1' },
    }
  },
}

/** What workers set that want one door: the options of the first and of the others, and whether one user runs them. */
const SETTINGS = [
  { label: 'SO_REUSEPORT', first: 'SO_REUSEPORT', others: 'SO_REUSEPORT', users: 'same' },
  { label: 'SO_REUSEPORT', first: 'SO_REUSEPORT', others: 'SO_REUSEPORT', users: 'same' },
  { label: 'not the first', first: '', others: 'SO_REUSEPORT', users: 'same' },
  { label: 'SO_REUSEADDR', first: 'SO_REUSEADDR', others: 'SO_REUSEADDR', users: 'same' },
  { label: 'other users', first: 'SO_REUSEPORT', others: 'SO_REUSEPORT', users: 'own' },
] as const

/** Workers that share one door by SO_REUSEPORT, or fail to. */
const reuseport: Template = {
  id: 'ps-reuseport',
  cluster: 'binding',
  kind: 'choose',
  difficulty: 4,
  claims: ['S14', 'S17'],
  ask: (dice, words) => {
    const say = words.sockets['ps-reuseport']
    const workers = dice.number('workers', 2, 8)
    const clients = workers * dice.int(50, 400)
    const setting = dice.one('settings', SETTINGS, ({ label }) => label)
    const port = dice.one('door', [8080, 8443, 9000])
    const own = server(dice)
    const request = (worker: number): BindRequest => {
      const option = worker === 0 ? setting.first : setting.others
      return {
        protocol: 'tcp',
        family: 4,
        v6only: false,
        local: { address: '0.0.0.0', port },
        reuseaddr: option === 'SO_REUSEADDR',
        reuseport: option === 'SO_REUSEPORT',
        uid: setting.users === 'same' ? 1000 : 1000 + worker,
      }
    }
    const sockets: Socket[] = []
    for (let worker = 0; worker < workers; worker++)
      if (bindOutcome({ addresses: [own], sockets, ephemeral: LINUX_EPHEMERAL }, request(worker)).granted)
        sockets.push(boundSocket(`worker ${worker + 1}`, request(worker)))
    const machine: Machine = {
      name: 'server',
      addresses: [own],
      sockets,
      programs: Object.fromEntries(sockets.map(({ id }) => [id, 'worker'])),
    }
    const tuple: FiveTuple = {
      protocol: 'tcp',
      source: { address: stranger(dice), port: ephemeral(dice) },
      destination: { address: own, port },
    }
    const found = demux(SocketTable.of(sockets), tuple)
    if (found?.by !== 'listener') return undefined
    const each = Math.round(clients / workers)
    const shared = { means: `${each} each`, text: say.shared(each) }
    const first = { means: 'first', text: say.first(clients) }
    const all = found.group.length === workers
    if (!all && found.group.length !== 1) return undefined
    const facts = factsView([
      { field: 'first', name: say.facts.first, value: setting.first || say.none },
      { field: 'others', name: say.facts.others, value: setting.others },
      { field: 'users', name: say.facts.users, value: say.users[setting.users] },
    ])
    return {
      stem: say.stem(workers, port, clients),
      views: [facts],
      after: [facts, ssView(machine, '-tlnp'), doorsView(machine)],
      body: {
        kind: 'choose',
        right: all ? shared : first,
        wrong: [
          { says: { means: 'copies', text: say.copies(clients) }, misconception: 'reuseport-copies-traffic' },
          { says: { means: 'last', text: say.last(clients) }, misconception: 'reuseport-copies-traffic' },
          { says: all ? first : undefined, misconception: 'port-is-socket' },
          { says: all ? undefined : shared, misconception: 'wildcard-and-specific-coexist' },
          { says: { means: 'one', text: say.busy }, misconception: 'one-connection-per-port' },
          { says: { means: 'moved', text: say.moved(each) }, misconception: 'new-server-port-per-connection' },
        ],
      },
      explanation: {
        text: all
          ? say.explain(workers)
          : setting.users === 'own'
            ? say.explainFirst.user
            : setting.first === 'SO_REUSEADDR'
              ? say.explainFirst.address
              : say.explainFirst.option(say.none),
        field: setting.users === 'own' ? 'users' : 'first',
        source: 'socket(7)',
      },
    }
  },
}

export const flows: readonly Template[] = [sameConversation, whichChange, reuseport]
