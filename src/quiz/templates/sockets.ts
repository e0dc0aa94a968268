import type { Received } from '../../net/receive'
import { tupleOf } from '../../net/packet'
import { receive } from '../../net/receive'
import type { Endpoint } from '../../net/tuple'
import { endpointText } from '../../net/tuple'
import { windowOf } from '../../shift/windows'
import { ephemeral, other, stranger } from '../addresses'
import type { Machine } from '../machine'
import { hostOf, waiting, without } from '../machine'
import { doorsView, ssView, tcpdumpView } from '../machine-view'
import { data, segment, syn } from '../packets'
import { usualProgram } from '../programs'
import type { Template } from '../template'
import { refusals, socketItem, verdictItem } from '../verdict-item'
import { clock } from '../conversation'
import { DOORS, oneDoor, twoByTwo } from './one-door'
import { socketCounts } from './sockets-counting'
import { flows } from './sockets-flows'
import { socketLines } from './sockets-lines'

/** Four windows from two addresses and two ports, of which one may be missing. */
const whichWindow: Template = {
  id: 'ps-which-window',
  cluster: 'sockets',
  kind: 'choose',
  difficulty: 2,
  claims: ['S16', 'S17', 'S22', 'S19'],
  ask: (dice, words) => {
    const say = words.sockets['ps-which-window']
    const door = oneDoor(dice, dice.one('door', DOORS))
    const { a, b, p, q } = twoByTwo(dice)
    const windows = dice.shuffle([a, b].flatMap((address) => [p, q].map((port) => door.window({ address, port }))))
    const machine = door.machine(dice.next() < 0.25 ? windows.slice(1) : windows)
    const packet = data(dice, { address: a, port: p }, door.local)
    const received = receive(hostOf(machine), packet)
    const window = (address: string, port: number) => socketItem(machine, door.window({ address, port }).id, words)
    return {
      stem: say.stem,
      views: [tcpdumpView([packet], clock(dice, 1)), ssView(machine, '-tan'), doorsView(machine)],
      body: {
        kind: 'choose',
        right: verdictItem(machine, received, words),
        wrong: [
          { says: window(a, q), misconception: 'source-ip-alone-selects' },
          { says: window(b, p), misconception: 'source-port-alone-selects' },
          { says: socketItem(machine, door.listener.id, words), misconception: 'listener-carries-data' },
          { says: window(b, q), misconception: 'dport-alone-selects' },
          { says: refusals(words).rst, misconception: 'one-connection-per-port' },
        ],
      },
      explanation: {
        text: say.explain(`${a}:${p}`, door.local.port, received.why === 'connection'),
        field: 'sourcePort',
        source: received.why === 'connection' ? 'RFC 9293 §3.3.1' : 'RFC 9293 §3.10.7.2',
      },
      scene: { machine, packets: [packet] },
    }
  },
}

/** A SYN, data of a window, or data that no window has asked for. */
const synOrData: Template = {
  id: 'ps-syn-or-data',
  cluster: 'sockets',
  kind: 'choose',
  difficulty: 2,
  claims: ['S14', 'S17', 'S21'],
  ask: (dice, words) => {
    const say = words.sockets['ps-syn-or-data']
    const what = dice.one('segment', ['SYN', 'data', 'data of nobody'])
    const door = oneDoor(dice, dice.one('door', DOORS))
    const { a, b, p, q } = twoByTwo(dice)
    const fresh = other([p, q], () => ephemeral(dice))
    const ends = [
      { address: a, port: p },
      { address: a, port: q },
      { address: b, port: p },
    ]
    const machine = door.machine(dice.shuffle(ends.map((end) => door.window(end))))
    const source = { address: a, port: what === 'data' ? p : fresh }
    const packet = (what === 'SYN' ? syn : data)(dice, source, door.local)
    const received = receive(hostOf(machine), packet)
    const window = (address: string, port: number) => socketItem(machine, door.window({ address, port }).id, words)
    const { rst, silence } = refusals(words)
    const elsewhere = { address: door.local.address, port: other([p, q, fresh], () => ephemeral(dice)) }
    return {
      stem: say.stem,
      views: [tcpdumpView([packet], clock(dice, 1)), ssView(machine, '-tan'), doorsView(machine)],
      body: {
        kind: 'choose',
        right: verdictItem(machine, received, words),
        wrong: [
          { says: window(a, q), misconception: 'source-ip-alone-selects' },
          {
            says: window(b, p),
            misconception: what === 'data' ? 'source-port-alone-selects' : 'dport-alone-selects',
          },
          { says: socketItem(machine, door.listener.id, words), misconception: 'listener-carries-data' },
          { says: rst, misconception: 'one-connection-per-port' },
          {
            says: { means: 'fresh-port', text: say.freshPort(endpointText(elsewhere)) },
            misconception: 'new-server-port-per-connection',
          },
          { says: silence, misconception: 'closed-is-silent' },
        ],
      },
      explanation: {
        text: say.explain[what === 'SYN' ? 'listener' : received.why === 'connection' ? 'window' : 'stray'](
          endpointText(source),
          door.local.port,
        ),
        field: 'flags',
        source: received.why === 'connection' ? 'RFC 9293 §3.10.7.4' : 'RFC 9293 §3.10.7.2',
      },
      scene: { machine, packets: [packet] },
    }
  },
}

/** One connection is reset; what happens to a segment of another one, or of the one that is gone. */
const oneWindowCloses: Template = {
  id: 'ps-one-window-closes',
  cluster: 'sockets',
  kind: 'predict',
  difficulty: 2,
  claims: ['S17', 'S21', 'S22'],
  ask: (dice, words) => {
    const say = words.sockets['ps-one-window-closes']
    const again = dice.one('sender', ['another caller', 'the same caller']) === 'the same caller'
    const door = oneDoor(dice, dice.one('door', DOORS))
    const { a, b, p, q } = twoByTwo(dice)
    const gone = { address: a, port: p }
    const [near, far] = dice.shuffle([
      { address: a, port: q },
      { address: b, port: p },
    ])
    if (!near || !far) return undefined
    const full = door.machine(dice.shuffle([gone, near, far].map((end) => door.window(end))))
    const machine = without(full, door.window(gone).id)
    // Who resets a connection sends nothing more on it: the other end does, which has not heard of it yet.
    const [from, to] = again ? ([door.local, gone] as const) : ([gone, door.local] as const)
    const reset = segment(dice, from, to, { rst: true, ack: true })
    const packet = data(dice, again ? gone : near, door.local)
    const received = receive(hostOf(machine), packet)
    const { rst, silence } = refusals(words)
    const window = (end: Endpoint) => socketItem(machine, door.window(end).id, words)
    const seen = tcpdumpView([reset, packet], clock(dice, 2))
    return {
      stem: say.stem,
      views: [seen, ssView(full, '-tan'), doorsView(full)],
      after: [seen, ssView(machine, '-tan'), doorsView(machine)],
      body: {
        kind: 'predict',
        right: verdictItem(machine, received, words),
        wrong: [
          { says: rst, misconception: 'port-is-socket' },
          { says: socketItem(machine, door.listener.id, words), misconception: 'listener-carries-data' },
          { says: silence, misconception: 'closed-is-silent' },
          {
            says: window(again ? { address: a, port: q } : far),
            misconception: again ? 'source-ip-alone-selects' : 'dport-alone-selects',
          },
          {
            says: again ? window({ address: b, port: p }) : undefined,
            misconception: 'source-port-alone-selects',
          },
        ],
      },
      explanation: {
        text: received.why === 'connection' ? say.stays(endpointText(near)) : say.gone(endpointText(gone)),
        field: '2:sourcePort',
        source: received.why === 'connection' ? 'RFC 9293 §3.3.1' : 'RFC 9293 §3.10.7.2',
      },
      scene: again ? { machine, packets: [packet] } : { machine: full, packets: [reset, packet] },
    }
  },
}

/** The listener is closed and its connections stay: data and a SYN fare differently. */
const lampGoesOut: Template = {
  id: 'ps-lamp-goes-out',
  cluster: 'sockets',
  kind: 'predict',
  difficulty: 4,
  claims: ['S14', 'S19', 'S21'],
  ask: (dice, words) => {
    const say = words.sockets['ps-lamp-goes-out']
    const count = dice.number('connections', 2, 5)
    const door = oneDoor(dice, dice.one('door', [80, 443, 8080]))
    const stray = dice.next() < 0.25
    const { a, b, p, q } = twoByTwo(dice)
    const known = { address: a, port: p }
    const ends = [known, { address: b, port: q }]
    while (ends.length < count) ends.push({ address: stranger(dice), port: ephemeral(dice) })
    const machine = door.machine(dice.shuffle(ends.map((end) => door.window(end))), false)
    const host = hostOf(machine)
    const dataFrom = stray ? { address: a, port: q } : known
    const synFrom = { address: other([a, b], () => stranger(dice)), port: ephemeral(dice) }
    const packets = [data(dice, dataFrom, door.local), syn(dice, synFrom, door.local)] as const
    const fate = ({ why }: Received): keyof typeof say.fates =>
      why === 'connection' ? 'window' : why === 'listener' ? 'accepted' : 'rst'
    const both = (first: keyof typeof say.fates, second: keyof typeof say.fates) => ({
      means: `data ${first}, SYN ${second}`,
      text: say.both(say.fates[first], say.fates[second]),
    })
    const [first, second] = [fate(receive(host, packets[0])), fate(receive(host, packets[1]))]
    return {
      stem: say.stem(door.program, door.local.port),
      views: [tcpdumpView(packets, clock(dice, 2)), ssView(machine, '-tan'), doorsView(machine)],
      body: {
        kind: 'predict',
        right: both(first, second),
        wrong: [
          { says: stray ? undefined : both('rst', 'rst'), misconception: 'listener-carries-data' },
          { says: both(first, 'accepted'), misconception: 'port-is-socket' },
          { says: both(first, 'silence'), misconception: 'closed-is-silent' },
          { says: both('window', 'window'), misconception: 'dport-alone-selects' },
          { says: stray ? both('window', second) : undefined, misconception: 'source-ip-alone-selects' },
        ],
      },
      explanation: {
        text: say.explain(endpointText(dataFrom), first === 'window'),
        field: '2:flags',
        source: 'RFC 9293 §3.10.7.1',
      },
      scene: { machine, packets },
    }
  },
}

/** A server that was cut off and started again knows nothing of its old connections (RFC 9293 section 3.5.1). */
const restart: Template = {
  id: 'ps-restart',
  cluster: 'sockets',
  kind: 'predict',
  difficulty: 4,
  claims: ['S13', 'S14', 'S21'],
  ask: (dice, words) => {
    const say = words.sockets['ps-restart']
    const asks = dice.one('segment', ['data', 'SYN']) === 'SYN'
    const door = oneDoor(dice, dice.one('door', [80, 443, 5432]))
    const { a, b, p, q } = twoByTwo(dice)
    const old = { address: a, port: p }
    const newcomers = dice.shuffle([
      { address: a, port: q },
      { address: b, port: p },
    ])
    const before = door.machine([old, { address: b, port: q }].map((end) => door.window(end)))
    const machine = door.machine(newcomers.slice(0, dice.int(1, 2)).map((end) => door.window(end)))
    const packet = (asks ? syn : data)(dice, old, door.local)
    const received = receive(hostOf(machine), packet)
    const { rst, silence } = refusals(words)
    const window = (address: string, port: number) => socketItem(machine, door.window({ address, port }).id, words)
    const taken = received.why === 'listener'
    return {
      stem: say.stem(door.program, asks),
      views: [tcpdumpView([packet], clock(dice, 1)), ssView(machine, '-tan'), doorsView(machine)],
      body: {
        kind: 'predict',
        right: verdictItem(machine, received, words),
        wrong: [
          { says: socketItem(machine, door.listener.id, words), misconception: 'listener-carries-data' },
          { says: socketItem(before, door.window(old).id, words), misconception: 'port-is-socket' },
          { says: silence, misconception: 'closed-is-silent' },
          { says: window(a, q), misconception: 'source-ip-alone-selects' },
          { says: window(b, p), misconception: 'source-port-alone-selects' },
          { says: taken ? rst : undefined, misconception: 'one-connection-per-port' },
        ],
      },
      explanation: {
        text: taken ? say.taken(endpointText(old)) : say.refused(endpointText(old)),
        field: 'flags',
        source: taken ? 'RFC 9293 §3.10.7.2' : 'RFC 9293 §3.5.1',
      },
      scene: { machine, packets: [packet] },
    }
  },
}

const CALLS = ['one door', 'one door', 'a second door', 'a closed door'] as const

/** Several calls from the same source port: from other addresses, to a second door, to a door where nobody listens. */
const sameSourcePort: Template = {
  id: 'ps-same-source-port',
  cluster: 'sockets',
  kind: 'choose',
  difficulty: 2,
  claims: ['S16', 'S17'],
  ask: (dice, words) => {
    const say = words.sockets['ps-same-source-port']
    const callers = dice.number('callers', 2, 4)
    const kind = dice.one('calls', CALLS)
    const door = oneDoor(dice, dice.one('door', [22, 80, 443]))
    const port = ephemeral(dice)
    const addresses: string[] = []
    while (addresses.length < callers) addresses.push(other(addresses, () => stranger(dice)))
    const elsewhere = { ...door.local, port: other([door.local.port], () => dice.pick(DOORS)) }
    const second = oneDoorAt(elsewhere)
    const lit = door.machine([])
    const before: Machine =
      kind === 'a second door'
        ? { ...lit, sockets: [...lit.sockets, second.listener], programs: { ...lit.programs, ...second.programs } }
        : lit
    const host = hostOf(before)
    // One of the callers calls a second time, or calls where nobody listens.
    const calls = addresses.map((address, index) => ({
      address,
      to: kind === 'a closed door' && index === 1 ? elsewhere : door.local,
    }))
    const [again] = addresses
    if (kind === 'a second door' && again) calls.push({ address: again, to: elsewhere })
    const packets = dice.shuffle(calls).map(({ address, to }) => syn(dice, { address, port }, to))
    for (const packet of packets) {
      const tuple = tupleOf(packet)
      const { verdict } = receive(host, packet)
      const listener = before.sockets.find(({ id }) => verdict.kind === 'listener' && id === verdict.socket)
      if (tuple && listener) host.table.add(windowOf(listener, tuple))
    }
    const windows = host.table.sockets().filter(({ peer }) => peer)
    const [first] = windows
    if (!first) return undefined
    const each = (count: number) => ({ means: `each ${count}`, text: say.outcomes.each(count) })
    const some = (count: number) => ({ means: `some ${count}`, text: say.outcomes.some(count, door.local.port) })
    const after = { ...before, sockets: host.table.sockets() }
    const seen = tcpdumpView(packets, clock(dice, packets.length))
    return {
      stem: say.stem(port),
      views: [seen, ssView(before, '-tan'), doorsView(before)],
      after: [seen, ssView(after, '-tan'), doorsView(after)],
      body: {
        kind: 'choose',
        right: windows.length === packets.length ? each(windows.length) : some(windows.length),
        wrong: [
          { says: { means: 'shared', text: say.outcomes.shared }, misconception: 'source-port-alone-selects' },
          { says: some(1), misconception: 'one-connection-per-port' },
          {
            says: { means: 'moved', text: say.outcomes.moved(packets.length, door.local.port) },
            misconception: 'new-server-port-per-connection',
          },
          {
            says: { means: 'lamp', text: say.outcomes.lamp(door.local.port) },
            misconception: 'listener-carries-data',
          },
          { says: kind === 'a closed door' ? each(packets.length) : undefined, misconception: 'source-port-is-door' },
          { says: kind === 'a second door' ? each(callers) : undefined, misconception: 'source-ip-alone-selects' },
        ],
      },
      explanation: {
        text:
          kind === 'one door'
            ? say.addresses(port, callers)
            : kind === 'a second door'
              ? say.doors(packets.length)
              : say.closed(elsewhere.port, windows.length),
        field:
          kind === 'one door'
            ? '1:source'
            : `${1 + packets.findIndex((packet) => tupleOf(packet)?.destination.port === elsewhere.port)}:destinationPort`,
        source: kind === 'a closed door' ? 'RFC 9293 §3.10.7.1' : 'RFC 9293 §3.3.1',
      },
      scene: { machine: before, packets },
    }
  },
}

/** A listener at a second port of the same server, and its program. */
function oneDoorAt({ port }: Endpoint) {
  const listener = waiting('tcp', { address: '0.0.0.0', port })
  return { listener, programs: { [listener.id]: usualProgram('tcp', port) ?? 'server' } }
}

export const sockets: readonly Template[] = [
  whichWindow,
  synOrData,
  oneWindowCloses,
  lampGoesOut,
  restart,
  sameSourcePort,
  ...socketCounts,
  ...socketLines,
  ...flows,
]
