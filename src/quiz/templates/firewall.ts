import type { MisconceptionId } from '../../lessons/misconception'
import type { Address } from '../../net/address'
import { ConnTrack } from '../../net/conntrack'
import { arrive, serverRouter } from '../../net/exposure'
import type { Action, Chain, Filtered, Match, PacketContext, Rule } from '../../net/filter'
import { evaluate, matches } from '../../net/filter'
import { iptablesList } from '../../net/iptables-text'
import { LINUX_EPHEMERAL } from '../../net/kernel'
import type { Forward, NatTable } from '../../net/nat-table'
import { natIn } from '../../net/nat-table'
import { nftRule } from '../../net/nft-text'
import type { Packet } from '../../net/packet'
import { tupleOf } from '../../net/packet'
import { receive } from '../../net/receive'
import { SocketTable } from '../../net/socket-table'
import type { Endpoint, Protocol } from '../../net/tuple'
import { endpointText } from '../../net/tuple'
import type { Random } from '../../shift/random'
import type { QuestionWords } from '../../words/questions'
import { dynamicPort, ephemeral, inside, linuxPort, other, server, server6, stranger, stranger6 } from '../addresses'
import { clock } from '../conversation'
import type { Machine } from '../machine'
import { hostOf, waiting } from '../machine'
import { factsView, ssView, tcpdumpView } from '../machine-view'
import { nftView, ruleField } from '../nft-view'
import { first as firstPacket, segment, syn } from '../packets'
import { usualProgram } from '../programs'
import type { Item } from '../question'
import type { Said, Template } from '../template'
import { refusals, socketItem, verdictItem } from '../verdict-item'
import type { TextView } from '../view'

const INPUT = { name: 'input', family: 'inet', hook: 'input', policy: 'drop' } as const

/** Chains of iptables with their rules numbered; the fields of the first chain are `rule-1`, `rule-2`, …, and `policy`. */
const iptablesView = (chains: readonly Chain[], command = 'iptables -L -n --line-numbers'): TextView => ({
  kind: 'text',
  command,
  lines: iptablesList(chains, { lineNumbers: true }).map(({ text, chain, rule }) => {
    const name = chain ?? /^Chain (\w+)/.exec(text)?.[1] ?? 'INPUT'
    const prefix = name === 'INPUT' ? '' : `${name.toLowerCase()}-`
    if (rule !== undefined) return [{ text, field: prefix + ruleField(rule) }]
    return [{ text, ...(text.includes('policy') && { field: `${prefix}policy` }) }]
  }),
})

/** The first 24 bits of an address as a prefix. */
const network = (address: Address): string => `${address.split('.').slice(0, 3).join('.')}.0/24`

/** A server with these listeners, and the site it is with a filter before it. */
function machineOf(address: Address, listeners: readonly (readonly [Protocol, Address, number])[]): Machine {
  const sockets = listeners.map(([protocol, at, port]) => waiting(protocol, { address: at, port }))
  const programs = listeners.map(([protocol, , port], index) => [
    sockets[index]?.id ?? '',
    usualProgram(protocol, port) ?? 'server',
  ])
  return { name: 'server', addresses: [address], sockets, programs: Object.fromEntries(programs) }
}

const siteOf = ({ name, addresses, sockets }: Machine, chains: readonly Chain[]) => ({
  name,
  router: serverRouter(addresses, chains),
  table: SocketTable.of(sockets),
})

/** The interface of `serverRouter` on which strangers come in. */
const outside = (machine: Machine): string => serverRouter(machine.addresses).interfaces[0]?.name ?? ''

/** How many conditions a rule states; a port alone is narrower than a range or a list. */
const narrowness = ({ match }: Rule): number =>
  Object.values(match).filter((value) => value !== undefined).length +
  (match.destinationPort?.length === 1 && typeof match.destinationPort[0] === 'number' ? 0.5 : 0)

/** Rules of which several fit a packet and some do not, in the order of the seed. */
function someRules(dice: Random, packet: Packet, fitting: number): readonly Rule[] {
  const tuple = tupleOf(packet)
  const [port, protocol] = [tuple?.destination.port ?? 0, tuple?.protocol ?? 'tcp']
  const other: Protocol = protocol === 'tcp' ? 'udp' : 'tcp'
  const near = Math.max(1, port - dice.int(10, 90))
  const fit: readonly Match[] = [
    { protocol, destinationPort: [port] },
    { protocol, destinationPort: [{ from: near, to: port + dice.int(10, 90) }] },
    { protocol, source: network(packet.source), destinationPort: [port] },
    { protocol, destinationPort: dice.shuffle([port, 25, 110]).toSorted((a, b) => a - b) },
    { source: network(packet.source) },
    { protocol },
  ]
  const apart: readonly Match[] = [
    { protocol: other, destinationPort: [port] },
    { protocol, destinationPort: [port + 1000] },
    { protocol, source: '192.168.0.0/16', destinationPort: [port] },
    { protocol, destinationPort: [{ from: port + 100, to: port + 200 }] },
    { protocol, sourcePort: [port] },
  ]
  const rules = [...dice.shuffle(fit).slice(0, fitting), ...dice.shuffle(apart).slice(0, dice.int(2, 4))]
  return dice
    .shuffle(rules)
    .map((match) => ({ match, action: dice.pick(['accept', 'accept', 'drop', 'drop'] as const) }))
}

const whichRule: Template = {
  id: 'fw-which-rule',
  cluster: 'firewall',
  kind: 'type',
  difficulty: 2,
  claims: ['S07', 'S36'],
  ask: (dice, words) => {
    const say = words.firewall['fw-which-rule']
    const local = { address: server(dice), port: dice.one('door', [22, 80, 443, 8080, 3306]) }
    const packet = syn(dice, { address: stranger(dice), port: ephemeral(dice) }, local)
    const rules = someRules(dice, packet, dice.int(2, 3))
    const chain: Chain = { ...INPUT, family: 'ip', rules }
    const { by } = evaluate(chain, packet)
    if (typeof by !== 'number') return undefined
    const fits = rules.flatMap((rule, index) => (matches(rule.match, packet) ? [index] : []))
    const specific = fits.toSorted((a, b) => narrowness(rules[b] ?? NO_RULE) - narrowness(rules[a] ?? NO_RULE))[0]
    const names = ({ match }: Rule) =>
      [...(match.destinationPort ?? []), ...(match.sourcePort ?? [])].some((one) => one === local.port)
    const firstNamed = rules.findIndex(names)
    const number = (index: number | undefined): Said | undefined =>
      index === undefined || index < 0 ? undefined : index + 1
    return {
      stem: say.stem,
      views: [tcpdumpView([packet]), iptablesView([chain])],
      body: {
        kind: 'type',
        expects: 'number',
        right: by + 1,
        wrong: [
          { says: number(specific), misconception: 'most-specific-rule-wins' },
          { says: number(fits.at(-1)), misconception: 'most-specific-rule-wins' },
          {
            says: number(firstNamed),
            misconception: rules[firstNamed]?.match.sourcePort ? 'source-port-is-door' : 'tcp-udp-share-space',
          },
        ],
      },
      explanation: { text: say.explain(by + 1), field: ruleField(by), source: 'iptables(8)' },
    }
  },
}

const NO_RULE: Rule = { match: {}, action: 'accept' }

/** The option for what a chain does. */
function actionItem(action: Action, words: QuestionWords): Item {
  const { rst, portUnreachable, silence } = refusals(words)
  switch (action) {
    case 'accept':
      return { means: 'accept', text: words.common.letThrough }
    case 'drop':
      return silence
    case 'reset':
      return rst
    default:
      return portUnreachable
  }
}

const verdict: Template = {
  id: 'fw-verdict',
  cluster: 'firewall',
  kind: 'choose',
  difficulty: 2,
  claims: ['S07', 'S36', 'S28'],
  ask: (dice, words) => {
    const say = words.firewall['fw-verdict']
    const policy = dice.one('policy', ['drop', 'accept'] as const)
    const protocol = dice.one('protocol', ['tcp', 'udp'] as const)
    const port = protocol === 'tcp' ? dice.pick([22, 443, 8080, 3306]) : dice.pick([53, 443, 123])
    const local = { address: server(dice), port }
    const packet = firstPacket(dice, protocol, { address: stranger(dice), port: ephemeral(dice) }, local)
    const fitting = dice.next() < 0.6 ? dice.int(1, 2) : 0
    const rules = someRules(dice, packet, fitting).map((rule) =>
      rule.action === 'drop' && rule.match.protocol === 'tcp' && dice.next() < 0.3
        ? { ...rule, action: 'reset' as const }
        : rule,
    )
    const chain: Chain = { ...INPUT, policy, rules }
    const decided = evaluate(chain, packet)
    const { action, by } = decided
    const fits = rules.filter(({ match }) => matches(match, packet))
    const specific = fits.toSorted((a, b) => narrowness(b) - narrowness(a))[0]
    const last = fits.at(-1)
    const namesake = rules.find(
      ({ match }) => match.protocol !== protocol && match.destinationPort?.includes(port) === true,
    )
    const says = (one: Action | undefined) => (one === undefined ? undefined : actionItem(one, words))
    return {
      stem: say.stem,
      views: [tcpdumpView([packet]), nftView(chain)],
      body: {
        kind: 'choose',
        right: actionItem(action, words),
        wrong: [
          { says: says(specific?.action), misconception: 'most-specific-rule-wins' },
          { says: says(last?.action), misconception: 'most-specific-rule-wins' },
          { says: says(namesake?.action), misconception: 'tcp-udp-share-space' },
          { says: says('accept'), misconception: 'no-rule-means-allowed' },
          { says: says('drop'), misconception: 'no-rule-means-allowed' },
          { says: says(protocol === 'tcp' ? 'reset' : 'port-unreachable'), misconception: 'allow-rule-opens-port' },
        ],
      },
      explanation: { text: explained(decided), field: ruleField(by), source: 'nft(8)' },
    }

    function explained({ by }: Filtered): string {
      return typeof by === 'number' ? say.rule(by + 1) : say.policy(policy)
    }
  },
}

/** A goal for a list of rules: what each of these packets should meet. */
interface Goal {
  readonly rules: readonly Rule[]
  readonly policy: Chain['policy']
  readonly probes: readonly { readonly packet: Packet; readonly context?: PacketContext; readonly accept: boolean }[]
}

const GOALS = ['admin', 'exception', 'replies'] as const

function goalOf(dice: Random, kind: (typeof GOALS)[number], at: Address, admin: Address, bad: Address): Goal {
  const anybody = other([admin, bad], () => stranger(dice))
  const from = (address: Address, port: number) => syn(dice, { address, port: ephemeral(dice) }, { address: at, port })
  const tcp = (port: number | { from: number; to: number }, source?: Address): Match => ({
    ...(source && { source }),
    protocol: 'tcp',
    destinationPort: [port],
  })
  const accept = (match: Match): Rule => ({ match, action: 'accept' })
  const drop = (match: Match): Rule => ({ match, action: 'drop' })
  const allowed = (address: Address, port: number) => ({ packet: from(address, port), accept: true })
  const refused = (address: Address, port: number) => ({ packet: from(address, port), accept: false })
  switch (kind) {
    case 'admin':
      return {
        rules: [accept(tcp(22, admin)), drop(tcp(22)), drop({ source: bad }), accept(tcp(443))],
        policy: 'drop',
        probes: [
          allowed(admin, 22),
          allowed(admin, 443),
          allowed(anybody, 443),
          refused(anybody, 22),
          refused(bad, 22),
          refused(bad, 443),
          refused(anybody, 8080),
        ],
      }
    case 'exception':
      return {
        rules: [accept(tcp(8080, admin)), drop(tcp(8080)), accept(tcp({ from: 8000, to: 8100 })), drop({})],
        policy: 'accept',
        probes: [
          allowed(admin, 8080),
          allowed(admin, 8001),
          allowed(anybody, 8050),
          refused(anybody, 8080),
          refused(anybody, 22),
          refused(admin, 22),
        ],
      }
    case 'replies': {
      const answer = (address: Address) =>
        segment(dice, { address, port: 443 }, { address: at, port: linuxPort(dice) }, { ack: true })
      const known: PacketContext = { state: 'established' }
      return {
        rules: [
          drop({ source: bad }),
          accept({ state: ['established', 'related'] }),
          accept({ ...tcp(443), state: ['new'] }),
          drop({}),
        ],
        policy: 'accept',
        probes: [
          { packet: answer(anybody), context: known, accept: true },
          { packet: answer(bad), context: known, accept: false },
          { ...allowed(anybody, 443), context: { state: 'new' } },
          { ...refused(bad, 443), context: { state: 'new' } },
          { ...refused(anybody, 22), context: { state: 'new' } },
        ],
      }
    }
  }
}

const reaches = ({ probes, policy }: Goal, rules: readonly Rule[]): boolean =>
  probes.every(
    ({ packet, context, accept }) =>
      (evaluate({ ...INPUT, policy, rules }, packet, context).action === 'accept') === accept,
  )

/** All orders of a few things. */
const orders = <T>(things: readonly T[]): readonly (readonly T[])[] =>
  things.length < 2
    ? [things]
    : things.flatMap((thing, index) => orders(things.toSpliced(index, 1)).map((rest) => [thing, ...rest]))

const reorder: Template = {
  id: 'fw-reorder',
  cluster: 'firewall',
  kind: 'order',
  difficulty: 3,
  claims: ['S07', 'S36', 'S31'],
  ask: (dice, words) => {
    const say = words.firewall['fw-reorder']
    const kind = dice.one('goal', GOALS)
    const at = server(dice)
    const admin = stranger(dice)
    const bad = other([admin], () => stranger(dice))
    const goal = goalOf(dice, kind, at, admin, bad)
    const right = orders(goal.rules).filter((rules) => reaches(goal, rules))
    const [best] = right
    if (!best) return undefined
    const texts = (rules: readonly Rule[]) => rules.map((rule) => nftRule(rule, 'inet'))
    const missed = (rules: readonly Rule[]) => (reaches(goal, rules) ? [] : texts(rules))
    const broadFirst = goal.rules.toSorted((a, b) => narrowness(a) - narrowness(b))
    const last = (late: (rule: Rule) => boolean) => [...best.filter((rule) => !late(rule)), ...best.filter(late)]
    const catchAllFirst = last(({ match }) => Object.keys(match).length > 0)
    const stateLast = last(({ match }) => match.state?.includes('established') === true)
    const chain: Chain = { ...INPUT, policy: goal.policy, rules: best }
    const facts = [
      { field: 'admin', name: say.facts.admin, value: admin },
      { field: 'bad', name: say.facts.bad, value: bad },
      { field: 'policy', name: say.facts.policy, value: goal.policy },
    ].filter(({ field, value }) => field === 'policy' || texts(goal.rules).some((text) => text.includes(value)))
    return {
      stem: say.stem(say.goals[kind]),
      views: [factsView(facts)],
      after: [factsView(facts), nftView(chain)],
      body: {
        kind: 'order',
        right: texts(best),
        alsoRight: right.slice(1).map(texts),
        wrong: [
          { says: missed(broadFirst), misconception: 'most-specific-rule-wins' as const },
          { says: missed(catchAllFirst), misconception: 'no-rule-means-allowed' as const },
          { says: missed(stateLast), misconception: 'stateless-remembers' as const },
        ].filter(({ says }) => says.length > 0),
      },
      explanation: { text: say.explain, field: 'rule-1', source: 'nft(8)' },
    }
  },
}

/** The SYN with which a caller begins, and the SYN-ACK of a listener there. */
function handshake(dice: Random, caller: Endpoint, local: Endpoint) {
  const call = syn(dice, caller, local)
  const { answer } = receive(hostOf(machineOf(local.address, [['tcp', '0.0.0.0', local.port]])), call)
  return answer && { call, answer }
}

const RETURN_RULES = ['ct state', 'none', 'source port', 'high ports'] as const

const returnTraffic: Template = {
  id: 'fw-return-traffic',
  cluster: 'firewall',
  kind: 'choose',
  difficulty: 2,
  claims: ['S36', 'S05', 'S16'],
  ask: (dice, words) => {
    const say = words.firewall['fw-return-traffic']
    const kind = dice.one('rule', RETURN_RULES)
    const host = { address: server(dice), port: linuxPort(dice) }
    const remote = { address: stranger(dice), port: dice.pick([443, 80]) }
    const tcp = (match: Match): Rule => ({ match: { protocol: 'tcp', ...match }, action: 'accept' })
    const extra: Readonly<Record<typeof kind, readonly Rule[]>> = {
      'ct state': [{ match: { state: ['established', 'related'] }, action: 'accept' }],
      none: [tcp({ destinationPort: [remote.port] })],
      'source port': [tcp({ sourcePort: [remote.port] })],
      'high ports': [tcp({ destinationPort: [{ from: LINUX_EPHEMERAL[0], to: LINUX_EPHEMERAL[1] }] })],
    }
    const chain: Chain = { ...INPUT, rules: dice.shuffle([...extra[kind], tcp({ destinationPort: [22] })]) }
    const exchange = handshake(dice, host, remote)
    if (!exchange) return undefined
    const { call, answer } = exchange
    const table = new ConnTrack()
    const { flow } = table.track(call, 0)
    if (flow) table.confirm(flow)
    const decided = evaluate(chain, answer, { state: table.stateOf(answer, 50) })
    const match = typeof decided.by === 'number' ? chain.rules[decided.by]?.match : undefined
    const why = !match ? 'noRule' : match.state ? 'known' : match.sourcePort ? 'fromPort' : 'toPort'
    const item = (means: string, text: string): Item => ({ means, text })
    const options = {
      known: item('yes known', say.known),
      fromPort: item('yes source', say.fromPort(remote.port)),
      toPort: item('yes destination', say.toPort(host.port)),
      noRule: item('no rule', say.noRule(host.port)),
    }
    return {
      stem: say.stem(endpointText(remote)),
      views: [tcpdumpView([call, answer], clock(dice, 2)), nftView(chain)],
      body: {
        kind: 'choose',
        right: options[why],
        wrong: [
          { says: options.known, misconception: 'stateless-remembers' },
          { says: options.noRule, misconception: 'replies-need-inbound-rule' },
          { says: options.fromPort, misconception: 'source-port-is-door' },
          { says: options.toPort, misconception: 'replies-need-inbound-rule' },
          {
            says: kind === 'none' ? item('yes service', say.toPort(remote.port)) : undefined,
            misconception: 'reply-keeps-ports',
          },
          {
            says: match ? item('no service', say.notOpen(remote.port)) : undefined,
            misconception: 'reply-keeps-ports',
          },
          {
            says: match ? item('no closed', say.closed(host.port)) : undefined,
            misconception: 'allow-rule-opens-port',
          },
        ],
      },
      explanation: {
        text: say.explain[why](why === 'fromPort' ? remote.port : host.port),
        field: ruleField(decided.by),
        source: 'nft(8), CONNTRACK EXPRESSIONS',
      },
    }
  },
}

const stateless: Template = {
  id: 'fw-stateless',
  cluster: 'firewall',
  kind: 'choose',
  difficulty: 4,
  claims: ['S36', 'S28', 'S05'],
  ask: (dice, words) => {
    const say = words.firewall['fw-stateless']
    const local = { address: server(dice), port: 443 }
    const caller = { address: stranger(dice), port: dice.pick([linuxPort, dynamicPort])(dice) }
    const tcp = (port: number | { from: number; to: number }): Rule => ({
      match: { protocol: 'tcp', destinationPort: [port] },
      action: 'accept',
    })
    const outgoing = dice.one('out', ['443', '1024-65535', '32768-60999', '49152-65535', 'all'])
    const [from = 0, to = from] = outgoing.split('-').map(Number)
    const wide = dice.next() < 0.3
    const input: Chain = {
      ...INPUT,
      family: 'ip',
      rules: [tcp(443), ...(wide ? [tcp({ from: 1024, to: 65535 })] : [])],
    }
    const output: Chain = {
      name: 'output',
      family: 'ip',
      hook: 'output',
      policy: 'drop',
      rules: [outgoing === 'all' ? { match: {}, action: 'accept' } : tcp(from === to ? from : { from, to })],
    }
    const exchange = handshake(dice, caller, local)
    if (!exchange) return undefined
    const { call, answer } = exchange
    const back = evaluate(output, answer)
    const works = evaluate(input, call).action === 'accept' && back.action === 'accept'
    const item = (means: string, text: string): Item => ({ means, text })
    const out = item('works', say.works(caller.port))
    const stopped = item('fails back', say.failsBack(caller.port))
    return {
      stem: say.stem,
      views: [tcpdumpView([call]), iptablesView([input, output])],
      after: [tcpdumpView([call, answer]), iptablesView([input, output])],
      body: {
        kind: 'choose',
        right: works ? out : stopped,
        wrong: [
          works
            ? {
                says: stopped,
                misconception: outgoing === '32768-60999' ? 'ephemeral-always-49152' : 'no-rule-means-allowed',
              }
            : {
                says: out,
                misconception: outgoing === '49152-65535' ? 'ephemeral-always-49152' : 'stateless-remembers',
              },
          works
            ? {
                says: outgoing === 'all' ? undefined : item('fails 443', say.failsBack(443)),
                misconception: 'reply-keeps-ports',
              }
            : {
                says: outgoing === '443' ? item('works 443', say.works(443)) : undefined,
                misconception: 'reply-keeps-ports',
              },
          { says: item('fails in', say.failsIn(caller.port)), misconception: 'source-port-is-door' },
          { says: works ? undefined : item('works free', say.worksFree), misconception: 'stateless-remembers' },
        ],
      },
      explanation: {
        text: works ? say.explain(caller.port) : say.explainNot(caller.port),
        field: back.by === 'policy' ? 'output-policy' : `output-${ruleField(back.by)}`,
        source: 'RFC 6056 §2, iptables(8)',
      },
    }
  },
}

const allowedButNobody: Template = {
  id: 'fw-allowed-but-nobody',
  cluster: 'firewall',
  kind: 'choose',
  difficulty: 2,
  claims: ['S24', 'S20', 'S36'],
  ask: (dice, words) => {
    const say = words.firewall['fw-allowed-but-nobody']
    const local = { address: server(dice), port: dice.one('door', [8080, 9000, 443, 5432]) }
    const there = dice.one('listener', ['nobody', 'loopback', 'udp', 'everywhere'])
    const machine = machineOf(local.address, [
      ['tcp', '0.0.0.0', 22],
      ...(there === 'loopback' ? [['tcp', '127.0.0.1', local.port] as const] : []),
      ...(there === 'udp' ? [['udp', '0.0.0.0', local.port] as const] : []),
      ...(there === 'everywhere' ? [['tcp', '0.0.0.0', local.port] as const] : []),
    ])
    const chain: Chain = {
      ...INPUT,
      rules: [
        { match: { protocol: 'tcp', destinationPort: [22, local.port].toSorted((a, b) => a - b) }, action: 'accept' },
      ],
    }
    const packet = syn(dice, { address: stranger(dice), port: ephemeral(dice) }, local)
    const arrival = arrive(siteOf(machine, [chain]), packet, outside(machine))
    if (!arrival.verdict) return undefined
    const received = receive(hostOf(machine), packet)
    const { rst, silence, portUnreachable } = refusals(words)
    const taken = received.verdict.kind === 'listener'
    const item = (means: string, text: string): Item => ({ means, text })
    return {
      stem: say.stem(local.port),
      views: [tcpdumpView([packet]), nftView(chain), ssView(machine, '-tulnp')],
      body: {
        kind: 'choose',
        right: verdictItem(machine, received, words),
        wrong: [
          { says: taken ? undefined : item('opened', say.opened), misconception: 'allow-rule-opens-port' },
          { says: taken ? rst : undefined, misconception: 'wildcard-is-localhost' },
          { says: taken ? item('no answer', say.noAnswer) : undefined, misconception: 'replies-need-inbound-rule' },
          {
            says: taken ? undefined : socketItem(machine, machine.sockets[1]?.id, words),
            misconception: there === 'loopback' ? 'loopback-reachable-outside' : 'tcp-udp-share-space',
          },
          { says: silence, misconception: taken ? 'no-rule-means-allowed' : 'closed-is-silent' },
          { says: taken ? undefined : portUnreachable, misconception: 'closed-tcp-sends-icmp' },
        ],
      },
      explanation: {
        text: taken ? say.explainTaken(local.port) : say.explain(local.port, there === 'loopback'),
        field: there === 'nobody' ? 'rule-1' : (machine.sockets[1]?.id ?? 'rule-1'),
        source: 'RFC 9293 §3.10.7.1',
      },
    }
  },
}

const ipv6Gap: Template = {
  id: 'fw-ipv6-gap',
  cluster: 'firewall',
  kind: 'choose',
  difficulty: 4,
  claims: ['S07', 'S28', 'S31'],
  ask: (dice, words) => {
    const say = words.firewall['fw-ipv6-gap']
    const door = dice.one('door', [22, 3306, 8080])
    const four = dice.one('iptables', ['another port', 'another port', 'the door'])
    const six = dice.one('ip6tables', ['empty', 'the same', 'allows', 'another port'])
    const [v4, v6] = [server(dice), server6(dice)]
    const open = dice.pick([443, 80])
    const tcp = (...ports: readonly number[]): Rule => ({
      match: { protocol: 'tcp', destinationPort: ports.toSorted((a, b) => a - b) },
      action: 'accept',
    })
    const rule4 = four === 'the door' ? tcp(open, door) : tcp(open)
    const chain4: Chain = { ...INPUT, family: 'ip', rules: [rule4] }
    const chain6: Chain = {
      ...INPUT,
      family: 'ip6',
      policy: six === 'empty' ? 'accept' : 'drop',
      rules: six === 'empty' ? [] : [six === 'the same' ? rule4 : six === 'allows' ? tcp(open, door) : tcp(open)],
    }
    const socket = waiting('tcp', { address: '::', port: door })
    const machine: Machine = {
      name: 'server',
      addresses: [v4, v6],
      sockets: [socket],
      programs: { [socket.id]: usualProgram('tcp', door) ?? 'server' },
    }
    const knocks = (source: Address, destination: Address): boolean => {
      const packet = syn(dice, { address: source, port: ephemeral(dice) }, { address: destination, port: door })
      return arrive(siteOf(machine, [chain4, chain6]), packet, outside(machine)).verdict?.kind === 'listener'
    }
    const reach = { four: knocks(stranger(dice), v4), six: knocks(stranger6(dice), v6) }
    const answer = reach.four ? (reach.six ? 'everyone' : 'four') : reach.six ? 'six' : 'nobody'
    const item = (means: keyof typeof say.who): Item => ({ means, text: say.who[means] })
    return {
      stem: say.stem(door),
      views: [
        iptablesView([chain4]),
        iptablesView([chain6], 'ip6tables -L -n --line-numbers'),
        ssView(machine, '-tlnp'),
      ],
      body: {
        kind: 'choose',
        right: item(answer),
        wrong: [
          { says: item('nobody'), misconception: reach.four ? 'no-rule-means-allowed' : 'ipv4-rule-covers-ipv6' },
          {
            says: item('everyone'),
            misconception: reach.four ? 'ipv4-rule-covers-ipv6' : 'listening-means-reachable',
          },
          {
            says: item('four'),
            misconception:
              answer === 'six' || answer === 'everyone' ? 'no-rule-means-allowed' : 'listening-means-reachable',
          },
          { says: item('six'), misconception: 'ipv6-any-is-ipv6-only' },
        ],
      },
      explanation: {
        text: say.explain(say.who[answer], chain6.policy),
        field: 'policy',
        source: 'iptables(8), ip6tables(8)',
      },
    }
  },
}

const reachChain: Template = {
  id: 'fw-reach-chain',
  cluster: 'firewall',
  kind: 'choose',
  difficulty: 3,
  claims: ['S07', 'S26', 'S36', 'S28'],
  ask: (dice, words) => {
    const say = words.firewall['fw-reach-chain']
    const protocol = dice.one('protocol', ['tcp', 'udp'] as const)
    const port = dice.one('door', [443, 8080, 5432])
    const route = dice.one('route', ['public', 'NAT', 'forward'])
    const address = route === 'public' ? server(dice) : inside(dice)
    const at = dice.pick(['0.0.0.0', '0.0.0.0', '127.0.0.1', ''])
    const ruled = dice.pick([protocol, protocol, protocol === 'tcp' ? 'udp' : 'tcp', ''] as const)
    const machine = machineOf(address, [['tcp', '0.0.0.0', 22], ...(at === '' ? [] : [[protocol, at, port] as const])])
    const chain: Chain = {
      ...INPUT,
      rules: [
        { match: { protocol: 'tcp', destinationPort: [22] }, action: 'accept' },
        ...(ruled ? [{ match: { protocol: ruled, destinationPort: [port] }, action: 'accept' } as const] : []),
      ],
    }
    const publicAddress = route === 'public' ? address : stranger(dice)
    const forwards: readonly Forward[] = route === 'forward' ? [{ protocol, port, to: { address, port } }] : []
    const nat: NatTable = { publicAddress, inside: '192.168.1.1/24', mappings: [], forwards }
    const caller = { address: other([publicAddress], () => stranger(dice)), port: ephemeral(dice) }
    const packet = firstPacket(dice, protocol, caller, { address: publicAddress, port })
    const routed = route === 'public' ? undefined : natIn(nat, packet)
    const arrived = routed ? (routed.kind === 'inside' ? routed.packet : undefined) : packet
    const filtered = arrived && evaluate(chain, arrived)
    const received = arrived && receive(hostOf(machine), arrived)
    const stop = !arrived
      ? 'forward'
      : filtered?.action !== 'accept'
        ? 'gatehouse'
        : received?.verdict.kind === 'listener'
          ? undefined
          : 'lamp'
    const item = (means: string, text: string): Item => ({ means, text })
    const stopped = (at: keyof typeof say.stops): Item => item(`no ${at}`, say.stops[at])
    const listener = machine.sockets[1]
    const facts = [{ field: 'route', name: say.route, value: say.routes(route, publicAddress, address, port) }]
    return {
      stem: say.stem(`${port}/${protocol}`),
      views: [factsView(facts), nftView(chain), ssView(machine, '-tulnp')],
      body: {
        kind: 'choose',
        right: stop ? stopped(stop) : item('yes', say.yes),
        wrong: [
          {
            says: stop ? item('yes', say.yes) : undefined,
            misconception:
              stop === 'forward'
                ? 'unsolicited-finds-host'
                : stop === 'gatehouse'
                  ? 'listening-means-reachable'
                  : at === '127.0.0.1'
                    ? 'loopback-reachable-outside'
                    : 'allow-rule-opens-port',
          },
          {
            says: ruled === protocol ? stopped('gatehouse') : undefined,
            misconception: stop ? 'no-rule-means-allowed' : 'replies-need-inbound-rule',
          },
          { says: at === '0.0.0.0' ? stopped('lamp') : undefined, misconception: 'wildcard-is-localhost' },
          { says: route === 'forward' ? stopped('forward') : undefined, misconception: 'nat-is-firewall' },
          {
            says: stop === 'forward' ? item('yes finds', say.yesFinds) : undefined,
            misconception: 'unsolicited-finds-host',
          },
          {
            says: port > 1023 ? item('no high', say.noHigh) : undefined,
            misconception: 'above-1023-is-ephemeral',
          },
          {
            says: stop === 'gatehouse' && ruled && ruled !== protocol ? item('yes number', say.yesNumber) : undefined,
            misconception: 'tcp-udp-share-space',
          },
          {
            says: stop === 'gatehouse' && !ruled ? item('yes free', say.yesFree) : undefined,
            misconception: 'no-rule-means-allowed',
          },
        ],
      },
      explanation: {
        text: say.explain[stop ?? 'none'],
        field:
          stop === 'forward'
            ? 'route'
            : stop === 'gatehouse'
              ? 'policy'
              : (listener?.id ?? ruleField(filtered?.by ?? 'policy')),
        source: 'nft(8), RFC 9293 §3.10.7.1',
      },
    }
  },
}

/** A rule to choose, and the idea of those who take it for one that does the job. */
interface Offer {
  readonly rule: Rule
  readonly misconception?: MisconceptionId
}

const sourceRule: Template = {
  id: 'fw-source-rule',
  cluster: 'firewall',
  kind: 'several',
  difficulty: 3,
  claims: ['S26', 'S28', 'S31', 'S35'],
  ask: (dice, words) => {
    const say = words.firewall['fw-source-rule']
    const port = dice.one('door', [3306, 5432])
    const db = inside(dice, '10.0.1')
    const app = other([db], () => inside(dice, '10.0.1'))
    const somebody = other([db, app], () => inside(dice, '10.0.1'))
    const rule = (match: Match): Rule => ({ match, action: 'accept' })
    const good: Offer = { rule: rule({ source: app, protocol: 'tcp', destinationPort: [port] }) }
    const offers: readonly Offer[] = [
      { rule: rule({ source: app, destination: db, protocol: 'tcp', destinationPort: [port] }) },
      { rule: rule({ protocol: 'tcp', destinationPort: [port] }), misconception: 'database-open-with-password' },
      { rule: rule({ source: app }), misconception: 'source-ip-alone-selects' },
      { rule: rule({ source: app, protocol: 'tcp', sourcePort: [port] }), misconception: 'source-port-is-door' },
      { rule: rule({ source: app, protocol: 'udp', destinationPort: [port] }), misconception: 'tcp-udp-share-space' },
      { rule: rule({ source: db, protocol: 'tcp', destinationPort: [port] }), misconception: 'reply-keeps-ports' },
    ]
    const end = (address: Address, at: number): Endpoint => ({ address, port: at })
    const call = (from: Endpoint, at: number, protocol: Protocol = 'tcp') =>
      firstPacket(dice, protocol, from, end(db, at))
    const wanted = [call(end(app, linuxPort(dice)), port), call(end(app, dynamicPort(dice)), port)]
    const unwanted = [
      call(end(somebody, linuxPort(dice)), port),
      call(end(somebody, port), 22),
      call(end(stranger(dice), ephemeral(dice)), port),
      call(end(app, linuxPort(dice)), 22),
      call(end(app, port), 22),
      call(end(app, linuxPort(dice)), port, 'udp'),
    ]
    const achieves = (one: Rule): boolean => {
      const chain: Chain = { ...INPUT, rules: [one] }
      const passes = (packet: Packet) => evaluate(chain, packet).action === 'accept'
      return wanted.every(passes) && !unwanted.some(passes)
    }
    const text = (one: Rule) => nftRule(one, 'inet')
    const chosen = [good, ...dice.shuffle(offers).slice(0, 5)]
    return {
      stem: say.stem(app, db, port),
      views: [
        factsView([
          { field: 'app', name: say.facts.app, value: app },
          { field: 'db', name: say.facts.db, value: endpointText({ address: db, port }) },
          { field: 'policy', name: say.facts.policy, value: 'drop' },
        ]),
      ],
      body: {
        kind: 'several',
        right: chosen.filter((one) => achieves(one.rule)).map((one) => text(one.rule)),
        wrong: chosen.flatMap(({ rule: one, misconception }) =>
          achieves(one) || !misconception ? [] : [{ says: text(one), misconception }],
        ),
      },
      explanation: { text: say.explain(port), field: 'app', source: 'nft(8)' },
    }
  },
}

export const firewall: readonly Template[] = [
  whichRule,
  verdict,
  reorder,
  returnTraffic,
  stateless,
  allowedButNobody,
  ipv6Gap,
  reachChain,
  sourceRule,
]
