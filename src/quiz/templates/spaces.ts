import { bindOutcome, boundSocket } from '../../net/bind'
import type { BindRequest } from '../../net/bind'
import { datagram, ping } from '../../net/build'
import type { Chain, Rule } from '../../net/filter'
import { evaluate } from '../../net/filter'
import { LINUX_EPHEMERAL } from '../../net/kernel'
import type { Packet } from '../../net/packet'
import { receive } from '../../net/receive'
import { back } from '../../net/refusal'
import type { Endpoint, Protocol } from '../../net/tuple'
import { ephemeral, other, server, stranger } from '../addresses'
import { dnsMessage, firstWords, isTruncated } from '../payloads'
import type { Machine } from '../machine'
import { hostOf, waiting } from '../machine'
import { doorsView, factsView, ssView, tcpdumpView } from '../machine-view'
import { nftView, ruleField } from '../nft-view'
import { postcard, syn } from '../packets'
import type { Item } from '../question'
import type { Template, Wrong } from '../template'
import { modelItem, refusals, socketItem, verdictItem } from '../verdict-item'
import type { Conclusion } from '../worlds'
import { established } from '../worlds'

const ANY = '0.0.0.0'
const otherOf = (protocol: Protocol): Protocol => (protocol === 'tcp' ? 'udp' : 'tcp')

/** Two programs that may well share a number: one over TCP, one over UDP. */
const SHARED: Readonly<Record<number, Readonly<Record<Protocol, string>>>> = {
  53: { tcp: 'named', udp: 'dnsmasq' },
  123: { tcp: 'ncat', udp: 'chronyd' },
  443: { tcp: 'nginx', udp: 'caddy' },
  514: { tcp: 'xinetd', udp: 'rsyslogd' },
  3478: { tcp: 'ncat', udp: 'turnserver' },
}
const SHARED_PORTS = Object.keys(SHARED).map(Number)
const NOISE: readonly (readonly [Protocol, number, string])[] = [
  ['tcp', 22, 'sshd'],
  ['tcp', 25, 'master'],
  ['udp', 161, 'snmpd'],
  ['tcp', 3306, 'mariadbd'],
  ['udp', 5353, 'avahi-daemon'],
]

const twoDoors: Template = {
  id: 'sp-two-doors',
  cluster: 'spaces',
  kind: 'choose',
  difficulty: 1,
  claims: ['S10', 'S01', 'S14'],
  ask: (dice, words) => {
    const say = words.spaces['sp-two-doors']
    const door = dice.one('door', SHARED_PORTS)
    const protocol = dice.one('protocol', ['tcp', 'udp'] as const)
    const programs = SHARED[door] ?? { tcp: 'ncat', udp: 'ncat' }
    const lamp = (of: Protocol, port: number) => waiting(of, { address: ANY, port })
    const own = lamp(protocol, door)
    const twin = lamp(otherOf(protocol), door)
    const lit = dice.next() < 0.55
    const noise = dice.shuffle(NOISE).slice(0, dice.int(1, 2))
    const address = server(dice)
    const machine: Machine = {
      name: 'server',
      addresses: [address],
      sockets: dice.shuffle([...(lit ? [own] : []), twin, ...noise.map(([of, port]) => lamp(of, port))]),
      programs: {
        [own.id]: programs[protocol],
        [twin.id]: programs[twin.protocol],
        ...Object.fromEntries(noise.map(([of, port, program]) => [lamp(of, port).id, program])),
      },
    }
    const [source, destination] = [
      { address: stranger(dice), port: ephemeral(dice) },
      { address, port: door },
    ]
    const packet =
      protocol === 'tcp'
        ? syn(dice, source, destination)
        : datagram({ ttl: dice.int(48, 60), identification: 0, source, destination, payload: firstWords(dice, door) })
    const received = receive(hostOf(machine), packet)
    const { rst, portUnreachable, silence } = refusals(words)
    return {
      stem: say.stem(protocol),
      views: [tcpdumpView([packet]), ssView(machine, '-tulnp'), doorsView(machine)],
      body: {
        kind: 'choose',
        right: verdictItem(machine, received, words),
        wrong: [
          { says: socketItem(machine, twin.id, words), misconception: 'tcp-udp-share-space' },
          { says: lit ? { means: 'both', text: say.both } : undefined, misconception: 'tcp-udp-share-space' },
          { says: lit && door === 443 && protocol === 'udp' ? silence : undefined, misconception: 'https-is-tcp-only' },
          { says: lit && door === 53 && protocol === 'tcp' ? rst : undefined, misconception: 'dns-is-udp-only' },
          { says: !lit && protocol === 'udp' ? rst : undefined, misconception: 'udp-closed-sends-rst' },
          { says: !lit && protocol === 'tcp' ? portUnreachable : undefined, misconception: 'closed-tcp-sends-icmp' },
          { says: lit ? undefined : silence, misconception: 'closed-is-silent' },
        ],
      },
      explanation: {
        text: say.explain(protocol, door, lit),
        field: 'protocol',
        source: 'RFC 9293 §3.1, RFC 768',
      },
      scene: { machine, packets: [packet] },
    }
  },
}

const secondProgram: Template = {
  id: 'sp-second-program',
  cluster: 'spaces',
  kind: 'choose',
  difficulty: 2,
  claims: ['S14', 'S13'],
  ask: (dice, words) => {
    const say = words.spaces['sp-second-program']
    const door = dice.one('door', SHARED_PORTS)
    const wanted = dice.one('protocol', ['tcp', 'udp'] as const)
    const there = dice.next() < 0.6 ? otherOf(wanted) : wanted
    const program = SHARED[door]?.[there] ?? 'ncat'
    const newcomer = there === wanted ? 'ncat' : (SHARED[door]?.[wanted] ?? 'ncat')
    const address = server(dice)
    const socket = waiting(there, { address: ANY, port: door })
    const machine: Machine = {
      name: 'server',
      addresses: [address],
      sockets: [socket],
      programs: { [socket.id]: program },
    }
    const request: BindRequest = {
      protocol: wanted,
      family: 4,
      v6only: false,
      local: { address: ANY, port: door },
      reuseaddr: false,
      reuseport: false,
      uid: 0,
    }
    const outcome = bindOutcome({ ...machine, ephemeral: LINUX_EPHEMERAL }, request)
    const option = (means: keyof typeof say.options): Item => ({ means, text: say.options[means] })
    const busy: Item = { means: 'EADDRINUSE', text: say.refused('Address already in use (EADDRINUSE)') }
    const added = boundSocket(waiting(wanted, request.local).id, request)
    const after: Machine = outcome.granted
      ? { ...machine, sockets: [socket, added], programs: { ...machine.programs, [added.id]: newcomer } }
      : machine
    return {
      stem: say.stem(newcomer, `${door}/${wanted}`),
      views: [ssView(machine, '-tulnp'), doorsView(machine)],
      after: [ssView(after, '-tulnp'), doorsView(after)],
      body: {
        kind: 'choose',
        right: outcome.granted ? option('granted') : outcome.errno === 'EADDRINUSE' ? busy : outcome.errno,
        wrong: [
          { says: busy, misconception: 'tcp-udp-share-space' },
          { says: option('granted'), misconception: 'reuseport-copies-traffic' },
          {
            says: option('copies'),
            misconception: outcome.granted ? 'tcp-udp-share-space' : 'reuseport-copies-traffic',
          },
          { says: option('next'), misconception: 'new-server-port-per-connection' },
        ],
      },
      explanation: {
        text: say.explain(`${door}/${there}`, `${door}/${wanted}`, outcome.granted),
        field: socket.id,
        source: 'bind(2), ip(7)',
      },
    }
  },
}

/** An echo request, as ping sends it. */
const echoRequest = (source: string, destination: string, identifier: number, sequence: number, ttl: number): Packet =>
  ping({ ttl, identification: 4711, source, destination, identifier, sequence, payload: new Uint8Array(56) })

/** A ping, or a call to the echo port, which has nothing to do with it: each is judged by its own protocol. */
const pinged: Template = {
  id: 'sp-ping',
  cluster: 'spaces',
  kind: 'choose',
  difficulty: 1,
  claims: ['S01', 'S10'],
  ask: (dice, words) => {
    const say = words.spaces['sp-ping']
    const kind = dice.one('packet', ['echo request', 'echo request', 'SYN to 7', 'datagram to 7'] as const)
    const others = [22, 53, 80, 443]
    const known = kind === 'SYN to 7' ? others : [7, ...others]
    const doors = dice.shuffle(known).slice(0, dice.number('listeners', 2, 4))
    const [lure = 80, another = 22] = doors
    const programs: Readonly<Record<number, string>> = {
      7: 'inetd',
      22: 'sshd',
      53: 'named',
      80: 'nginx',
      443: 'nginx',
    }
    const address = server(dice)
    const sockets = doors.map((port) => waiting('tcp', { address: ANY, port }))
    const machine: Machine = {
      name: 'server',
      addresses: [address],
      sockets,
      programs: Object.fromEntries(sockets.map(({ id, local }) => [id, programs[local.port] ?? ''])),
    }
    const identifier = dice.next() < 0.6 ? lure : dice.int(1, 65535)
    const caller = { address: stranger(dice), port: ephemeral(dice) }
    const packet =
      kind === 'echo request'
        ? echoRequest(caller.address, address, identifier, dice.int(1, 9), dice.int(48, 60))
        : (kind === 'SYN to 7' ? syn : postcard)(dice, caller, { address, port: 7 })
    const { rst, portUnreachable, silence } = refusals(words)
    const lampAt = (port: number) => socketItem(machine, sockets.find(({ local }) => local.port === port)?.id, words)
    const echoReply = { means: 'echo-reply', text: words.common.echoReply }
    return {
      stem: say.stem,
      views: [tcpdumpView([packet]), ssView(machine, '-tulnp'), doorsView(machine)],
      body: {
        kind: 'choose',
        right: modelItem(machine, packet, words),
        wrong:
          kind === 'echo request'
            ? [
                { says: lampAt(lure), misconception: 'icmp-has-port' },
                { says: lampAt(doors.includes(7) ? 7 : another), misconception: 'icmp-has-port' },
                { says: rst, misconception: 'icmp-has-port' },
                { says: portUnreachable, misconception: 'icmp-has-port' },
                { says: silence, misconception: 'closed-is-silent' },
              ]
            : [
                { says: echoReply, misconception: 'icmp-has-port' },
                { says: lampAt(7), misconception: 'tcp-udp-share-space' },
                { says: silence, misconception: 'closed-is-silent' },
                {
                  says: kind === 'SYN to 7' ? portUnreachable : rst,
                  misconception: kind === 'SYN to 7' ? 'closed-tcp-sends-icmp' : 'udp-closed-sends-rst',
                },
              ],
      },
      explanation: {
        text: say.explain[kind],
        field: 'protocol',
        source:
          kind === 'SYN to 7'
            ? 'RFC 9293 §3.10.7.1'
            : kind === 'datagram to 7'
              ? 'RFC 1122 §4.1.3.1'
              : 'RFC 792; RFC 1122 §3.2.2.6',
      },
      scene: { machine, packets: [packet] },
    }
  },
}

/** A host that was pinged, and the filter in front of it. */
interface PingedWorld {
  readonly machine: Machine
  readonly chain: Chain
}

const inputChain = (rules: readonly Rule[], policy: Chain['policy'] = 'drop'): Chain => ({
  name: 'input',
  family: 'inet',
  hook: 'input',
  policy,
  rules,
})

/** What comes of a packet that must pass a filter first: what the filter does if it does not accept, or what the host does. */
function arrives(chain: Chain, machine: Machine, packet: Packet) {
  const filtered = evaluate(chain, packet, { state: 'new', addresses: machine.addresses })
  return { filtered, received: filtered.action === 'accept' ? receive(hostOf(machine), packet) : undefined }
}

const accept = (protocol: 'tcp' | 'udp' | 'icmp', ...destinationPort: readonly number[]): Rule => ({
  match: { protocol, ...(destinationPort.length > 0 && { destinationPort }) },
  action: 'accept',
})

const pingProves: Template = {
  id: 'sp-ping-proves',
  cluster: 'spaces',
  kind: 'choose',
  difficulty: 2,
  claims: ['S01', 'S24', 'S10'],
  ask: (dice, words) => {
    const say = words.spaces['sp-ping-proves']
    const asked = dice.one('asked', ['ping', 'ping', 'SYN'] as const)
    const door = dice.one('door', [22, 80, 443, 5432])
    const [address, peer] = [server(dice), stranger(dice)]
    const world = (ports: readonly number[], chain: Chain, udp: readonly number[] = []): PingedWorld => ({
      machine: {
        name: 'server',
        addresses: [address],
        sockets: [
          ...ports.map((port) => waiting('tcp', { address: ANY, port })),
          ...udp.map((port) => waiting('udp', { address: ANY, port })),
        ],
        programs: {},
      },
      chain,
    })
    const another = other([door], () => dice.pick([22, 80, 443, 5432]))
    const worlds = [
      world([], inputChain([], 'accept')),
      world([door], inputChain([], 'accept')),
      world([door, another], inputChain([accept('tcp', door)]), [door]),
      world([door], inputChain([accept('icmp')])),
      world([another], inputChain([accept('tcp', door)])),
      world([7, door], inputChain([accept('icmp'), accept('tcp', 7, door)])),
      world([7, door], inputChain([accept('icmp'), accept('tcp', 7)])),
    ]
    const ping = echoRequest(peer, address, dice.int(1, 65535), 1, dice.int(48, 60))
    const source = { address: peer, port: ephemeral(dice) }
    const call = (port: number) => syn(dice, source, { address, port })
    const request = asked === 'ping' ? ping : call(door)
    const answer = ({ machine, chain }: PingedWorld, packet: Packet) => arrives(chain, machine, packet).received?.answer
    const seen = answer(dice.pick(worlds), request)
    if (!seen) return undefined
    const fitting = worlds.filter((one) => JSON.stringify(answer(one, request)) === JSON.stringify(seen))
    const taken = ({ machine, chain }: PingedWorld, port: number) =>
      arrives(chain, machine, call(port)).received?.verdict.kind === 'listener'
    const listens = ({ machine }: PingedWorld, protocol: Protocol) =>
      machine.sockets.some((socket) => socket.protocol === protocol && socket.local.port === door)
    const accepted = fitting.every((one) => taken(one, door))
    const pinged = asked === 'ping'
    const answers: Conclusion<PingedWorld> = {
      says: { means: 'answers', text: say.answers(address) },
      holds: () => true,
    }
    const service: Conclusion<PingedWorld> = {
      says: { means: 'service', text: say.service(door) },
      holds: (one) => listens(one, 'tcp'),
      misconception: 'icmp-has-port',
    }
    const all: Conclusion<PingedWorld> = {
      says: { means: 'all', text: say.all },
      holds: (one) => one.machine.sockets.every(({ local }) => taken(one, local.port)),
      misconception: 'listening-means-reachable',
    }
    const ofPing: readonly Conclusion<PingedWorld>[] = [
      answers,
      service,
      {
        says: { means: 'reachable', text: say.reachable(door) },
        holds: (one) => taken(one, door),
        misconception: 'icmp-has-port',
      },
      { says: { means: 'echo', text: say.echo }, holds: (one) => taken(one, 7), misconception: 'icmp-has-port' },
      all,
    ]
    const ofCall: readonly Conclusion<PingedWorld>[] = [
      // That somebody is there is worth saying only where nothing more is known.
      accepted ? service : answers,
      {
        says: { means: 'ping', text: say.ping },
        holds: (one) => answer(one, ping) !== undefined,
        misconception: 'icmp-has-port',
      },
      {
        says: { means: 'udp', text: say.udp(door, accepted) },
        holds: (one) => listens(one, 'udp') === accepted,
        misconception: 'tcp-udp-share-space',
      },
      accepted
        ? all
        : {
            says: { means: 'down', text: say.down(address) },
            holds: () => false,
            misconception: 'refused-means-host-down',
          },
    ]
    const verdict = established(fitting, pinged ? ofPing : ofCall)
    if (!verdict) return undefined
    return {
      stem: say.stem(address),
      views: [tcpdumpView([request, seen])],
      body: { kind: 'choose', ...verdict },
      explanation: {
        text: pinged ? say.explain(door) : accepted ? say.explainAccepted(door) : say.explainRefused(door),
        field: pinged ? '2:protocol' : '2:flags',
        source: pinged ? 'RFC 792; RFC 1122 §3.2.2.6' : 'RFC 9293 §3.5',
      },
    }
  },
}

const quic: Template = {
  id: 'sp-quic',
  cluster: 'spaces',
  kind: 'choose',
  difficulty: 3,
  claims: ['S33', 'S10', 'S14'],
  ask: (dice, words) => {
    const say = words.spaces['sp-quic']
    const [address, client] = [server(dice), stranger(dice)]
    const tcp = waiting('tcp', { address: ANY, port: 443 })
    const udp = waiting('udp', { address: ANY, port: 443 })
    const ssh = waiting('tcp', { address: ANY, port: 22 })
    const lit = dice.one('listener on 443/udp', [true, false])
    const machine: Machine = {
      name: 'server',
      addresses: [address],
      sockets: [ssh, tcp, ...(lit ? [udp] : [])],
      programs: { [tcp.id]: 'nginx', [udp.id]: 'nginx', [ssh.id]: 'sshd' },
    }
    const chain = inputChain([
      { match: { state: ['established', 'related'] }, action: 'accept' },
      accept('tcp', 80, 443),
      ...(dice.one('rule for 443/udp', [true, false]) ? [accept('udp', 443)] : []),
    ])
    const to: Endpoint = { address, port: 443 }
    // A client's first QUIC datagram is filled up to 1,200 bytes at least (RFC 9000 section 14.1).
    const packet = datagram({
      ttl: dice.int(48, 60),
      identification: dice.int(1, 65535),
      source: { address: client, port: ephemeral(dice) },
      destination: to,
      payload: new Uint8Array(dice.int(1200, 1357)),
    })
    const { filtered, received } = arrives(chain, machine, packet)
    const overTcp = arrives(chain, machine, syn(dice, { address: client, port: ephemeral(dice) }, to))
    const works = received?.verdict.kind === 'listener'
    const fallback = overTcp.received?.verdict.kind === 'listener' ? 'tcp' : 'none'
    type What = keyof typeof say.what
    type Load = keyof typeof say.load
    const option = (what: What, load: Load): Item => ({
      means: `${what} ${load}`,
      text: say.option(say.what[what], say.load[load]),
    })
    const what: What = !received ? 'silence' : works ? 'lamp' : 'unreachable'
    const stopped = !works
    return {
      stem: say.stem,
      views: [tcpdumpView([packet]), nftView(chain), ssView(machine, '-tulnp'), doorsView(machine)],
      body: {
        kind: 'choose',
        right: option(what, works ? 'udp' : fallback),
        wrong: [
          { says: option('tcpLamp', 'udp'), misconception: 'tcp-udp-share-space' },
          { says: stopped ? option(what, 'none') : undefined, misconception: 'tcp-udp-share-space' },
          { says: works ? option('silence', 'tcp') : undefined, misconception: 'https-is-tcp-only' },
          { says: works ? option('unreachable', 'tcp') : undefined, misconception: 'https-is-tcp-only' },
          { says: stopped ? option('rst', 'tcp') : undefined, misconception: 'udp-closed-sends-rst' },
          {
            says: stopped ? option('lamp', 'udp') : undefined,
            misconception: lit ? 'listening-means-reachable' : 'allow-rule-opens-port',
          },
          { says: what === 'unreachable' ? option('silence', 'tcp') : undefined, misconception: 'closed-is-silent' },
        ],
      },
      explanation: {
        text: say.explain[what],
        field: what === 'silence' ? 'policy' : what === 'lamp' ? udp.id : ruleField(filtered.by),
        source: 'RFC 9114 §3.1; RFC 768',
      },
    }
  },
}

const howManyDoors: Template = {
  id: 'sp-how-many-doors',
  cluster: 'spaces',
  kind: 'type',
  difficulty: 2,
  claims: ['S02', 'S08', 'S10'],
  ask: (dice, words) => {
    const say = words.spaces['sp-how-many-doors']
    const count = dice.number('addresses', 1, 4)
    const start = dice.int(10, 90)
    const addresses = Array.from({ length: count }, (_, index) => `192.0.2.${start + index}`)
    const numbers = new Uint16Array([-1])[0] ?? 0
    const transports: readonly Protocol[] = ['tcp', 'udp']
    const doors = addresses.length * transports.length * numbers
    return {
      stem: say.stem,
      views: [factsView([{ field: 'addresses', name: say.addresses, value: addresses.join(', ') }])],
      body: {
        kind: 'type',
        expects: 'number',
        right: doors,
        wrong: [
          { says: doors / transports.length, misconception: 'tcp-udp-share-space' },
          { says: numbers * transports.length, misconception: 'port-unique-across-hosts' },
          { says: numbers, misconception: 'port-is-socket' },
          { says: addresses.length * transports.length * (numbers + 1), misconception: 'port-zero-usable' },
        ],
      },
      explanation: {
        text: say.explain(addresses.length, numbers, doors),
        field: 'addresses',
        source: 'RFC 6335 §6; RFC 768; RFC 9293 §3.1',
      },
    }
  },
}

const longAnswer: Template = {
  id: 'sp-dns-long-answer',
  cluster: 'spaces',
  kind: 'predict',
  difficulty: 3,
  claims: ['S10', 'S36', 'S08'],
  ask: (dice, words) => {
    const say = words.spaces['sp-dns-long-answer']
    const [address, client] = [server(dice), { address: stranger(dice), port: ephemeral(dice) }]
    const [udp, tcp] = [waiting('udp', { address, port: 53 }), waiting('tcp', { address, port: 53 })]
    const lit = dice.one('listener on 53/tcp', [true, true, false])
    const machine: Machine = {
      name: 'server',
      addresses: [address],
      sockets: [udp, ...(lit ? [tcp] : [])],
      programs: { [udp.id]: 'named', [tcp.id]: 'named' },
    }
    const chain = inputChain([
      { match: { state: ['established', 'related'] }, action: 'accept' },
      accept('udp', 53),
      ...(dice.one('rule for 53/tcp', [true, false]) ? [accept('tcp', 53)] : []),
    ])
    const name = `${dice.pick(['big', 'keys', 'mail', 'long'])}.${dice.pick(['port', 'quay', 'harbour'])}.example`
    const id = dice.int(1, 65535)
    const query = datagram({
      ttl: dice.int(48, 60),
      identification: dice.int(1, 65535),
      source: client,
      destination: { address, port: 53 },
      payload: dnsMessage(id, name, { truncated: false }),
    })
    if (arrives(chain, machine, query).received?.verdict.kind !== 'listener') return undefined
    const payload = dnsMessage(id, name, { truncated: true })
    const answer = back(query, { protocol: 'udp', sourcePort: 53, destinationPort: client.port, payload })
    if (!isTruncated(payload)) return undefined
    const { filtered, received } = arrives(
      chain,
      machine,
      syn(dice, { ...client, port: ephemeral(dice) }, { address, port: 53 }),
    )
    const next = !received ? 'silence' : received.verdict.kind === 'listener' ? 'whole' : 'rst'
    const option = (means: keyof typeof say.options): Item => ({ means, text: say.options[means] })
    const shared: Wrong = { says: option('whole'), misconception: 'tcp-udp-share-space' }
    return {
      stem: say.stem,
      views: [tcpdumpView([query, answer]), nftView(chain), ssView(machine, '-tuln'), doorsView(machine)],
      body: {
        kind: 'predict',
        right: option(next),
        wrong: [
          { says: option('rest'), misconception: 'dns-is-udp-only' },
          { says: option('again'), misconception: 'dns-is-udp-only' },
          shared,
          { says: next === 'whole' ? option('rst') : undefined, misconception: 'dns-is-udp-only' },
          { says: next === 'rst' ? option('silence') : undefined, misconception: 'closed-is-silent' },
        ],
      },
      explanation: {
        text: say.explain[next],
        field: next === 'silence' ? 'policy' : next === 'whole' ? tcp.id : ruleField(filtered.by),
        source: 'RFC 7766 §5; RFC 1035 §4.2',
      },
    }
  },
}

export const spaces: readonly Template[] = [twoDoors, secondProgram, pinged, pingProves, quic, longAnswer, howManyDoors]
