import type { Address } from '../../net/address'
import { TRACKING_TIMEOUTS } from '../../net/conntrack'
import { conntrackList } from '../../net/conntrack-list'
import type { Forward, NatTable } from '../../net/nat-table'
import { answerThrough, flowsOf, natIn, natOut, routerOf } from '../../net/nat-table'
import { nftTable } from '../../net/nft-text'
import type { Packet } from '../../net/packet'
import { tupleOf } from '../../net/packet'
import { receive } from '../../net/receive'
import type { Endpoint, FiveTuple } from '../../net/tuple'
import { endpointText, reverse } from '../../net/tuple'
import type { Random } from '../../shift/random'
import type { QuestionWords } from '../../words/questions'
import { ephemeral, inside, linuxPort, other, server, stranger } from '../addresses'
import type { Machine } from '../machine'
import { connected, hostOf, waiting } from '../machine'
import { doorsView, factsView, ssView, tcpdumpView } from '../machine-view'
import { data, segment, syn } from '../packets'
import { usualProgram } from '../programs'
import type { Item } from '../question'
import type { Template } from '../template'
import { refusals, socketItem, verdictItem } from '../verdict-item'
import type { PapersView, Row, TextView } from '../view'

const INSIDE = '192.168.1.1/24'

/** `tcp 192.168.1.20:40000 -> 203.0.113.9:443`: how a packet reads, in every language. */
const tupleText = ({ protocol, source, destination }: FiveTuple): string =>
  `${protocol} ${endpointText(source)} -> ${endpointText(destination)}`

/** A packet's tuple; the packets of these questions all have ports. */
function tuple(packet: Packet): FiveTuple {
  const found = tupleOf(packet)
  if (!found) throw new RangeError('A packet without ports has no tuple.')
  return found
}

/** The flows that the router knows, as conntrack lists them; each line's field is `mapping-1`, `mapping-2`, … */
function flowsView(nat: NatTable): TextView {
  const flows = flowsOf(nat)
    .flows()
    .map((flow) => ({ ...flow, expires: TRACKING_TIMEOUTS.ESTABLISHED }))
  return {
    kind: 'text',
    command: 'conntrack -L',
    lines: conntrackList(flows).map((text, index) => [{ text, field: `mapping-${index + 1}` }]),
  }
}

/** The translation rules of the router, as nft lists them; a forward's field is `forward-1`, `forward-2`, … */
function rulesView(nat: NatTable): TextView {
  const { prerouting = [], postrouting = [] } = routerOf(nat).nat ?? {}
  const lines = nftTable({ family: 'ip', name: 'nat', chains: [], nat: { prerouting, postrouting } })
  return {
    kind: 'text',
    command: 'nft list table ip nat',
    lines: lines.map(({ text, chain, rule }) => [
      rule !== undefined && chain === 'prerouting' ? { text, field: `forward-${rule + 1}` } : { text },
    ]),
  }
}

/** The translator as a home user knows it: its public address, and what stands behind it. */
const routerFacts = ({ publicAddress }: NatTable, words: QuestionWords, more: readonly Row[] = []): PapersView =>
  factsView([{ field: 'public', name: words.nat.facts.public, value: publicAddress }, ...more])

/** An address in the network behind the router. */
const flat = (dice: Random, others: readonly Address[] = []): Address => other(others, () => inside(dice))

/** Mappings as traffic makes them: each of these packets goes out through the router. */
function wentOut(nat: NatTable, packets: readonly Packet[]): NatTable {
  return packets.reduce((before, packet) => natOut(before, packet)?.nat ?? before, nat)
}

const emptyNat = (publicAddress: Address, forwards: readonly Forward[] = [], hairpin = false): NatTable => ({
  publicAddress,
  inside: INSIDE,
  mappings: [],
  forwards,
  hairpin,
})

const out: Template = {
  id: 'nt-out',
  cluster: 'nat',
  kind: 'choose',
  difficulty: 2,
  claims: ['S05', 'S15', 'S16'],
  ask: (dice, words) => {
    const say = words.nat['nt-out']
    const publicAddress = stranger(dice)
    const remote = { address: server(dice), port: dice.one('door', [443, 80, 22]) }
    const from = { address: flat(dice), port: linuxPort(dice) }
    const neighbour = flat(dice, [from.address])
    const packet = syn(dice, from, remote)
    const taken = dice.next() < 0.5
    const others = [
      ...(taken ? [syn(dice, { address: neighbour, port: from.port }, remote)] : []),
      ...Array.from({ length: dice.int(0, 2) }, () =>
        syn(dice, { address: flat(dice, [from.address]), port: linuxPort(dice) }, { address: server(dice), port: 443 }),
      ),
    ]
    const nat = wentOut(emptyNat(publicAddress), dice.shuffle(others))
    const sent = natOut(nat, packet)
    if (!sent) return undefined
    const street = tuple(sent.packet)
    // Which free port is taken is the router's choice: what is asked then is only that it is another.
    const kept = street.source.port === from.port
    const line = (source: Endpoint, destination = remote): string => tupleText({ protocol: 'tcp', source, destination })
    return {
      stem: say.stem,
      views: [tcpdumpView([packet]), ...(nat.mappings.length > 0 ? [flowsView(nat)] : []), routerFacts(nat, words)],
      after: [
        tcpdumpView([packet, sent.packet]),
        ...(nat.mappings.length > 0 ? [flowsView(nat)] : []),
        routerFacts(nat, words),
      ],
      body: {
        kind: 'choose',
        right: kept ? line(street.source) : { means: 'other port', text: say.otherPort(publicAddress, from.port) },
        wrong: [
          { says: line(from), misconception: 'router-routes-by-port' },
          { says: line({ address: publicAddress, port: remote.port }), misconception: 'client-uses-service-port' },
          {
            says: kept ? undefined : line({ address: publicAddress, port: from.port }),
            misconception: 'source-port-alone-selects',
          },
          {
            says: line({ address: publicAddress, port: from.port }, { address: remote.address, port: from.port }),
            misconception: 'reply-keeps-ports',
          },
          {
            says: kept ? { means: 'other port', text: say.otherPort(publicAddress, from.port) } : undefined,
            misconception: 'ephemeral-never-shared',
          },
        ],
      },
      explanation: {
        text: kept ? say.kept(publicAddress, from.port) : say.taken(publicAddress, from.port),
        field: '2:source',
        source: 'RFC 3022 §2.2',
      },
    }
  },
}

const comesIn: Template = {
  id: 'nt-in',
  cluster: 'nat',
  kind: 'choose',
  difficulty: 3,
  claims: ['S16', 'S17'],
  ask: (dice, words) => {
    const say = words.nat['nt-in']
    const publicAddress = stranger(dice)
    const remotes = [server(dice), server(dice)].map((address) => ({ address, port: dice.pick([443, 80, 993]) }))
    const shared = linuxPort(dice)
    const a = flat(dice)
    const second = flat(dice, [a])
    const third = flat(dice, [a, second])
    const [one, two] = remotes
    if (!one || !two || endpointText(one) === endpointText(two)) return undefined
    // Two flats chose the same port towards the same server: one of them got another number on the street.
    const packets = [
      syn(dice, { address: a, port: shared }, one),
      syn(dice, { address: second, port: shared }, one),
      syn(dice, { address: third, port: linuxPort(dice) }, two),
    ]
    const nat = wentOut(emptyNat(publicAddress), dice.shuffle(packets))
    const meant = dice.pick(nat.mappings)
    const fits = dice.next() < 0.7
    const from = fits ? meant.remote : other([one, two], () => ({ address: server(dice), port: meant.remote.port }))
    if (!fits && nat.mappings.some(({ remote }) => remote.address === from.address)) return undefined
    const packet = data(dice, from, meant.public)
    const result = natIn(nat, packet)
    const hands = (to: Endpoint): Item => ({ means: `to ${endpointText(to)}`, text: say.to(endpointText(to)) })
    const local: Item = { means: 'local', text: say.local }
    const right = result.kind === 'inside' ? hands(tuple(result.packet).destination) : local
    const samePort = nat.mappings.find(
      ({ inside: end }) => end.port === meant.public.port && end.address !== meant.inside.address,
    )
    const sameServer = nat.mappings.find((one) => one !== meant && one.remote.address === from.address)
    return {
      stem: say.stem,
      views: [tcpdumpView([packet]), flowsView(nat), routerFacts(nat, words)],
      body: {
        kind: 'choose',
        right,
        wrong: [
          { says: samePort && hands(samePort.inside), misconception: 'forward-keeps-port' },
          { says: sameServer && hands(sameServer.inside), misconception: 'source-port-is-door' },
          { says: fits ? undefined : hands(meant.inside), misconception: 'dport-alone-selects' },
          { says: local, misconception: 'nat-is-firewall' },
          { says: { means: 'all', text: say.all }, misconception: 'source-ip-alone-selects' },
          { says: { means: 'finds', text: say.finds }, misconception: 'unsolicited-finds-host' },
        ],
      },
      explanation: {
        text: fits
          ? say.mapped(endpointText(meant.public), endpointText(meant.inside))
          : say.unmapped(endpointText(meant.public), endpointText(from)),
        field: 'destinationPort',
        source: 'RFC 3022 §2.2, RFC 4787 §5',
      },
    }
  },
}

const forward: Template = {
  id: 'nt-forward',
  cluster: 'nat',
  kind: 'choose',
  difficulty: 2,
  claims: ['S20', 'S27'],
  ask: (dice, words) => {
    const say = words.nat['nt-forward']
    const publicAddress = stranger(dice)
    const port = dice.one('outside', [8443, 2222, 8080])
    const to = { address: flat(dice), port: dice.one('inside', [443, 22, 80]) }
    const nat = emptyNat(publicAddress, [{ protocol: 'tcp', port, to }])
    const caller = { address: other([publicAddress], () => stranger(dice)), port: ephemeral(dice) }
    const called = dice.one('called', ['outside', 'outside', 'inside'])
    const door = { address: publicAddress, port: called === 'outside' ? port : to.port }
    const packet = syn(dice, caller, door)
    const result = natIn(nat, packet)
    const through = syn(dice, caller, { address: publicAddress, port })
    const passed = natIn(nat, through)
    const answer = answerThrough(nat, through, { first: 'out', reply: 'in' }, answered(dice))
    if (passed.kind !== 'inside' || answer?.end.kind !== 'sent') return undefined
    const reaches = tuple(passed.packet)
    const seen = tuple(answer.end.packet).source
    const forwarded = result.kind === 'inside'
    const nothing: Item = { means: 'nothing', text: say.nothing }
    const item = (tuple: FiveTuple, from: Endpoint): Item => ({
      means: `${tupleText(tuple)} from ${endpointText(from)}`,
      text: say.both(tupleText(tuple), endpointText(from)),
    })
    const asSent = { ...reaches, destination: { address: to.address, port } }
    return {
      stem: say.stem(endpointText(to)),
      views: [tcpdumpView([packet]), rulesView(nat)],
      body: {
        kind: 'choose',
        right: forwarded ? item(reaches, seen) : nothing,
        wrong: [
          {
            says: forwarded ? item(asSent, seen) : item(reaches, seen),
            misconception: forwarded ? 'forward-keeps-port' : 'publish-reversed',
          },
          { says: item(reaches, to), misconception: forwarded ? 'reply-keeps-ports' : 'unsolicited-finds-host' },
          {
            says: item(reaches, { address: publicAddress, port: to.port }),
            misconception: forwarded ? 'forward-keeps-port' : 'unsolicited-finds-host',
          },
          { says: nothing, misconception: 'nat-is-firewall' },
        ],
      },
      explanation: {
        text: forwarded ? say.explain(endpointText(door), endpointText(to)) : say.explainNothing(door.port, port),
        field: 'forward-1',
        source: 'nft(8), NAT STATEMENTS',
      },
    }
  },
}

/** The SYN-ACK with which a host answers a SYN. */
const answered =
  (dice: Random) =>
  (packet: Packet): Packet => {
    const { source, destination } = reverse(tuple(packet))
    return segment(dice, source, destination, { syn: true, ack: true })
  }

/** A call of a stranger to a router: to a door with a forward, without one, or with the mapping of somebody else. */
const unsolicited: Template = {
  id: 'nt-unsolicited',
  cluster: 'nat',
  kind: 'predict',
  difficulty: 2,
  claims: ['S05', 'S24'],
  ask: (dice, words) => {
    const say = words.nat['nt-unsolicited']
    const publicAddress = stranger(dice)
    const hosts: Address[] = []
    while (hosts.length < 3) hosts.push(flat(dice, hosts))
    const kind = dice.one('forward', ['none', 'this port', 'another port'])
    const packets = Array.from({ length: dice.int(1, 3) }, () =>
      syn(dice, { address: dice.pick(hosts), port: linuxPort(dice) }, { address: server(dice), port: 443 }),
    )
    const before = wentOut(emptyNat(publicAddress), packets)
    const mapped = dice.pick(before.mappings)
    const [first = mapped] = before.mappings
    const port = dice.one('door', ['22', '80', 'mapped'])
    const isMapped = port === 'mapped' && kind !== 'this port'
    const q = isMapped ? mapped.public.port : Number(port === 'mapped' ? 8080 : port)
    const service = dice.pick(hosts)
    const forwardTo = other([service], () => dice.pick(hosts))
    const forwards: readonly Forward[] =
      kind === 'none'
        ? []
        : [
            {
              protocol: 'tcp',
              port: kind === 'this port' ? q : other([q], () => dice.pick([2222, 8080, 8443])),
              to: { address: forwardTo, port: dice.pick([22, 80]) },
            },
          ]
    const nat: NatTable = { ...before, forwards }
    const caller = { address: other([publicAddress], () => stranger(dice)), port: ephemeral(dice) }
    const packet = syn(dice, caller, { address: publicAddress, port: q })
    const result = natIn(nat, packet)
    const hosted = (address: Address): Item => ({ means: `host ${address}`, text: say.host(address) })
    const local: Item = { means: 'local', text: say.local }
    const right: Item =
      result.kind === 'inside'
        ? hosted(tuple(result.packet).destination.address)
        : result.kind === 'local'
          ? local
          : refusals(words).silence
    const owner = isMapped ? mapped.inside.address : first.inside.address
    return {
      stem: say.stem(service, q),
      views: [tcpdumpView([packet]), rulesView(nat), flowsView(nat), routerFacts(nat, words)],
      body: {
        kind: 'predict',
        right,
        wrong: [
          // Of two ideas that lead to the same host, neither can be told from the answer.
          {
            says: isMapped && owner === service ? undefined : hosted(service),
            misconception: 'unsolicited-finds-host',
          },
          { says: hosted(owner), misconception: isMapped ? 'dport-alone-selects' : 'unsolicited-finds-host' },
          { says: kind === 'another port' ? hosted(forwardTo) : undefined, misconception: 'forward-keeps-port' },
          { says: { means: 'all', text: say.all }, misconception: 'source-ip-alone-selects' },
          { says: local, misconception: 'nat-is-firewall' },
        ],
      },
      explanation: {
        text: result.kind === 'inside' ? say.forwarded(q, forwardTo) : isMapped ? say.otherRemote(q) : say.explain(q),
        field: result.kind === 'inside' ? 'forward-1' : 'destinationPort',
        source: result.kind === 'inside' ? 'nft(8), NAT STATEMENTS' : 'RFC 4787 §5, RFC 3022 §2.2',
      },
    }
  },
}

const hairpin: Template = {
  id: 'nt-hairpin',
  cluster: 'nat',
  kind: 'predict',
  difficulty: 5,
  claims: ['S16', 'S27'],
  ask: (dice, words) => {
    const say = words.nat['nt-hairpin']
    const publicAddress = stranger(dice)
    const pc = flat(dice)
    const to = { address: flat(dice, [pc]), port: dice.one('inside', [443, 80]) }
    const port = 8443
    const both = dice.one('rewrites', ['destination', 'both']) === 'both'
    const nat = emptyNat(publicAddress, [{ protocol: 'tcp', port, to }], both)
    const door = { address: publicAddress, port }
    const from = { address: pc, port: linuxPort(dice) }
    const packet = syn(dice, from, door)
    const turned = natOut(nat, packet)
    if (!turned) return undefined
    // The answer goes to whoever the server saw: straight to the PC, or back to the router, which restores both ends.
    const reply = answered(dice)(turned.packet)
    const straight = tuple(reply).destination.address === pc
    const back = straight ? reply : answerThrough(nat, packet, { first: 'in', reply: 'in' }, () => reply)?.end
    const answer = back && 'transport' in back ? back : back?.kind === 'sent' ? back.packet : undefined
    if (!answer) return undefined
    const machine: Machine = {
      name: 'pc',
      addresses: [pc],
      sockets: [connected('tcp', from, door, 'SYN-SENT')],
      programs: {},
    }
    const { verdict } = receive(hostOf(machine), answer)
    const seen = endpointText(tuple(answer).source)
    const takes: Item = { means: 'takes', text: say.takes }
    const resets: Item = { means: 'resets', text: say.resets(endpointText(to)) }
    const right = verdict.kind === 'connection' ? takes : resets
    return {
      stem: say.stem(pc, endpointText(door)),
      views: [ssView(machine, '-tan'), rulesView(nat), routerFacts(nat, words)],
      after: [tcpdumpView([answer]), ssView(machine, '-tan'), rulesView(nat), routerFacts(nat, words)],
      body: {
        kind: 'predict',
        right,
        wrong: [
          {
            says: right === resets ? { means: 'right server', text: say.rightServer } : undefined,
            misconception: 'source-ip-alone-selects',
          },
          {
            says: right === resets ? takes : { means: 'not server', text: say.notServer },
            misconception: 'hairpin-always-works',
          },
          { says: { means: 'never', text: say.never }, misconception: 'nat-is-firewall' },
          {
            says: right === takes ? resets : undefined,
            misconception: 'forward-keeps-port',
          },
        ],
      },
      explanation: {
        text: right === takes ? say.restored(endpointText(door)) : say.explain(endpointText(door), seen),
        field: 'source',
        source: 'RFC 4787 §6',
      },
    }
  },
}

const crowd: Template = {
  id: 'ps-nat-crowd',
  cluster: 'nat',
  kind: 'choose',
  difficulty: 3,
  claims: ['S16', 'S17'],
  ask: (dice, words) => {
    const say = words.nat['ps-nat-crowd']
    const people = dice.number('people', 5, 300)
    const office = stranger(dice)
    const local = { address: server(dice), port: dice.one('door', [443, 80, 22]) }
    const first = ephemeral(dice)
    const ports = new Set([first, first + dice.pick([1, 10, 100])])
    while (ports.size < dice.int(4, 6)) ports.add(ephemeral(dice))
    const listener = waiting('tcp', { address: '0.0.0.0', port: local.port })
    const windows = dice.shuffle([...ports]).map((port) => connected('tcp', local, { address: office, port }))
    const machine: Machine = {
      name: 'server',
      addresses: [local.address],
      sockets: [listener, ...windows],
      programs: { [listener.id]: usualProgram('tcp', local.port) ?? 'server' },
    }
    const meant = dice.pick(windows)
    const port = meant.peer?.port ?? 0
    const packet = data(dice, { address: office, port }, local)
    const nearest = windows
      .filter((one) => one !== meant)
      .toSorted((a, b) => Math.abs((a.peer?.port ?? 0) - port) - Math.abs((b.peer?.port ?? 0) - port))[0]
    const topmost = windows.find((one) => one !== meant && one !== nearest)
    return {
      stem: say.stem(people, office),
      views: [tcpdumpView([packet]), ssView(machine, '-tan'), doorsView(machine)],
      body: {
        kind: 'choose',
        right: verdictItem(machine, receive(hostOf(machine), packet), words),
        wrong: [
          { says: { means: 'cannot tell', text: say.cannotTell }, misconception: 'source-ip-alone-selects' },
          { says: socketItem(machine, nearest?.id, words), misconception: 'dport-alone-selects' },
          { says: socketItem(machine, listener.id, words), misconception: 'listener-carries-data' },
          { says: socketItem(machine, topmost?.id, words), misconception: 'source-ip-alone-selects' },
        ],
      },
      explanation: { text: say.explain(office, port), field: 'sourcePort', source: 'RFC 3022 §2.2, RFC 9293 §3.3.1' },
      scene: { machine, packets: [packet] },
    }
  },
}

/** Whether two can share one public port: the mapping is found by the remote end too. */
const samePublicPort: Template = {
  id: 'nt-same-public-port',
  cluster: 'nat',
  kind: 'choose',
  difficulty: 4,
  claims: ['S16', 'S17', 'S15'],
  ask: (dice, words) => {
    const say = words.nat['nt-same-public-port']
    const publicAddress = stranger(dice)
    const port = linuxPort(dice)
    const a = { address: flat(dice), port }
    const b = { address: flat(dice, [a.address]), port }
    const remote = { address: server(dice), port: 443 }
    const kinds = ['same server', 'other server', 'other port'] as const
    const kind = dice.one('towards', kinds)
    const second =
      kind === 'same server'
        ? remote
        : kind === 'other server'
          ? { address: other([remote.address], () => server(dice)), port: 443 }
          : { ...remote, port: 8443 }
    const nat = wentOut(emptyNat(publicAddress), [syn(dice, a, remote)])
    const packet = syn(dice, b, second)
    const sent = natOut(nat, packet)
    if (!sent) return undefined
    const keeps = tuple(sent.packet).source.port === port
    const yes: Item = { means: 'keeps', text: say.keeps(port) }
    const no: Item = { means: 'other', text: say.other }
    return {
      stem: say.stem(endpointText(b)),
      views: [tcpdumpView([packet]), flowsView(nat), routerFacts(nat, words)],
      body: {
        kind: 'choose',
        right: keeps ? yes : no,
        wrong: [
          { says: keeps ? no : yes, misconception: keeps ? 'ephemeral-never-shared' : 'source-port-alone-selects' },
          { says: { means: 'refused', text: say.refused }, misconception: 'one-connection-per-port' },
          { says: { means: 'service', text: say.service(second.port) }, misconception: 'client-uses-service-port' },
        ],
      },
      explanation: {
        text: keeps ? say.free(port, endpointText(second)) : say.clash(port, endpointText(second)),
        field: 'mapping-1',
        source: 'RFC 3022 §2.2',
      },
    }
  },
}

/** What a NAT without a filter lets in, once a forward is there. */
const forwardWithoutFilter: Template = {
  id: 'nt-forward-is-open',
  cluster: 'nat',
  kind: 'several',
  difficulty: 3,
  claims: ['S28', 'S31'],
  ask: (dice, words) => {
    const say = words.nat['nt-forward-is-open']
    const publicAddress = stranger(dice)
    const web = { address: flat(dice), port: 443 }
    const desk = { address: flat(dice, [web.address]), port: 3389 }
    const outside = dice.one('outside', [8443, 8080, 10443])
    const nat = wentOut(
      emptyNat(publicAddress, [
        { protocol: 'tcp', port: outside, to: web },
        ...(dice.next() < 0.5 ? [{ protocol: 'tcp' as const, port: 33389, to: desk }] : []),
      ]),
      [syn(dice, { address: desk.address, port: linuxPort(dice) }, { address: server(dice), port: 443 })],
    )
    const caller = { address: other([publicAddress], () => stranger(dice)), port: ephemeral(dice) }
    const reaches = (port: number): boolean =>
      natIn(nat, syn(dice, caller, { address: publicAddress, port })).kind === 'inside'
    const mapped = nat.mappings[0]?.public.port ?? 0
    const doors = [
      { port: outside, misconception: 'nat-is-firewall' },
      { port: 443, misconception: 'forward-keeps-port' },
      { port: 33389, misconception: 'nat-is-firewall' },
      { port: 3389, misconception: 'unsolicited-finds-host' },
      { port: mapped, misconception: 'dport-alone-selects' },
    ] as const
    const item = (port: number): Item => ({
      means: String(port),
      text: endpointText({ address: publicAddress, port }),
    })
    return {
      stem: say.stem(endpointText(web), endpointText(desk)),
      views: [rulesView(nat), flowsView(nat), routerFacts(nat, words)],
      body: {
        kind: 'several',
        right: doors
          .filter(({ port }) => reaches(port))
          .map(({ port, misconception }) => ({ says: item(port), misconception })),
        wrong: doors
          .filter(({ port }) => !reaches(port))
          .map(({ port, misconception }) => ({
            says: item(port),
            misconception: misconception === 'nat-is-firewall' ? 'unsolicited-finds-host' : misconception,
          })),
      },
      explanation: { text: say.explain(outside), field: 'forward-1', source: 'RFC 4787 §5, nft(8)' },
    }
  },
}

export const nat: readonly Template[] = [
  out,
  comesIn,
  forward,
  unsolicited,
  hairpin,
  crowd,
  samePublicPort,
  forwardWithoutFilter,
]
