import type { Chain } from '../../net/filter'
import { LINUX_EPHEMERAL } from '../../net/kernel'
import { tupleOf } from '../../net/packet'
import type { Protocol } from '../../net/tuple'
import { reverse } from '../../net/tuple'
import type { Card } from '../../ports/decks'
import { CARDS, DECKS, cardAt, deck } from '../../ports/decks'
import { portOf, serviceName } from '../../ports/services'
import type { MisconceptionId } from '../../lessons/misconception'
import type { Random } from '../../shift/random'
import type { QuestionWords } from '../../words/questions'
import { ephemeral, linuxPort, server, stranger } from '../addresses'
import type { Draw } from '../draw'
import type { Machine } from '../machine'
import { waiting } from '../machine'
import { doorsView, papersView, ssView, tcpdumpView } from '../machine-view'
import { nftView, ruleField } from '../nft-view'
import { first, syn } from '../packets'
import { usualProgram } from '../programs'
import type { Item } from '../question'
import { portText, servicesView } from '../services-view'
import type { Draft, LeftOut, Template, Wrong } from '../template'

const REGISTRY = 'IANA Service Name and Transport Protocol Port Number Registry'

/** Decks for questions that ask for one fact, and all decks. */
const EVERYDAY = ['card-five', 'network-plus', 'security-plus', 'web-developer', 'dba', 'homelab'] as const
const ALL = DECKS.map(({ id }) => id)

/** 6667 is one of a range (6665 to 6669), and the registry has another entry for IRC, 194. */
const NOT_ALONE: readonly string[] = ['6667']

/** The cards of a deck that the registry names, by a name that belongs to no other port. */
const registered = (id: string): readonly Card[] =>
  deck(id).filter((card) => {
    const name = card.names?.[card.protocol]
    return (
      card.registered && name !== undefined && portOf(card.protocol, name) === card.port && !NOT_ALONE.includes(card.id)
    )
  })

const nameOf = (card: Card): string => card.names?.[card.protocol] ?? ''

/** The cards of the same service with TLS, or without. */
const twinsOf = (card: Card): readonly Card[] =>
  CARDS.filter((other) => other.port === card.secureTwin || other.secureTwin === card.port)

const isTwin = (a: Card, b: Card): boolean => twinsOf(a).includes(b)

/** The idea by which two services are mixed up; undefined for two that have nothing to do with each other. */
function mixup(a: Card, b: Card): MisconceptionId | undefined {
  if (isTwin(a, b)) return 'secure-twin-mixup'
  const near = a.confusable?.includes(b.port) || b.confusable?.includes(a.port) || a.family === b.family
  return near ? 'neighbour-mixup' : undefined
}

/** The idea of who takes one port of a protocol for another. */
function confusion(protocol: Protocol, port: number, other: number): MisconceptionId {
  const [a, b] = [cardAt(protocol, port), cardAt(protocol, other)]
  return a && b && isTwin(a, b) ? 'secure-twin-mixup' : 'neighbour-mixup'
}

/** The text of a service as an option; the same card always means the same. */
const cardItem = (card: Card, words: QuestionWords): Item => ({
  means: `card ${card.id}`,
  text: words.wellKnown.service(card),
})

/**
 * `count` cards of a deck, the first two of which are easily mixed up; of distinct ports and names. Undefined where the
 * deck has no such cards.
 */
function hand(dice: Random, cards: readonly Card[], count: number): readonly Card[] | undefined {
  const first = dice.pick(cards)
  const others = dice.shuffle(cards.filter((card) => card.port !== first.port && mixup(first, card)))
  const second =
    others.find((card) => isTwin(first, card)) ??
    others.find((card) => first.confusable?.includes(card.port)) ??
    others[0]
  if (!second) return undefined
  const taken = [first, second]
  for (const card of dice.shuffle(cards))
    if (taken.length < count && taken.every(({ port }) => port !== card.port)) taken.push(card)
  return taken.length === count ? taken : undefined
}

/** All pairs of two of these, in both orders. */
const pairsOf = <T>(items: readonly T[]): readonly (readonly [T, T])[] =>
  items.flatMap((a) => items.filter((b) => b !== a).map((b) => [a, b] as const))

const portOfService: Template = {
  id: 'wk-port-of-service',
  cluster: 'well-known',
  kind: 'type',
  difficulty: 1,
  claims: ['S04', 'S33', 'S34', 'S35', 'S11'],
  ask: (dice, words) => {
    const say = words.wellKnown['wk-port-of-service']
    const card = dice.pick(registered(dice.one('deck', EVERYDAY)))
    const { protocol } = card
    const port = portOf(protocol, nameOf(card))
    if (port === undefined) return undefined
    return {
      stem: say.stem(words.wellKnown.service(card), protocol),
      views: [],
      after: [servicesView([{ port, protocol }])],
      body: {
        kind: 'type',
        expects: 'port',
        right: port,
        wrong: [
          ...twinsOf(card).map((twin): Wrong => ({ says: twin.port, misconception: 'secure-twin-mixup' })),
          ...(card.confusable ?? []).map((one): Wrong => ({ says: one, misconception: 'neighbour-mixup' })),
        ],
      },
      explanation: {
        text: say.explain(nameOf(card), portText({ port, protocol }), card.mnemonic),
        field: portText({ port, protocol }),
        source: REGISTRY,
      },
    }
  },
}

const serviceOfPort: Template = {
  id: 'wk-service-of-port',
  cluster: 'well-known',
  kind: 'choose',
  difficulty: 1,
  claims: ['S04', 'S33', 'S34', 'S35', 'S11'],
  ask: (dice, words) => {
    const say = words.wellKnown['wk-service-of-port']
    const { port, protocol } = dice.pick(registered(dice.one('deck', EVERYDAY)))
    const card = cardAt(protocol, port)
    if (!card) return undefined
    const otherProtocol = cardAt(protocol === 'tcp' ? 'udp' : 'tcp', port)
    const family = dice.shuffle(
      CARDS.filter((other) => other !== card && other.family === card.family && other.registered),
    )
    const near = (card.confusable ?? [])
      .flatMap((one) => cardAt(protocol, one) ?? [])
      .filter((other) => other.registered)
    const item = (other: Card) => cardItem(other, words)
    return {
      stem: say.stem(portText({ port, protocol })),
      views: [],
      after: [servicesView([{ port, protocol }])],
      body: {
        kind: 'choose',
        right: item(card),
        wrong: [
          ...twinsOf(card).map((twin): Wrong => ({ says: item(twin), misconception: 'secure-twin-mixup' })),
          {
            says: otherProtocol && otherProtocol !== card ? item(otherProtocol) : undefined,
            misconception: 'tcp-udp-share-space',
          },
          ...[...near, ...family.slice(0, 2)].map((other): Wrong => ({
            says: item(other),
            misconception: 'neighbour-mixup',
          })),
        ],
      },
      explanation: {
        text: say.explain(portText({ port, protocol }), nameOf(card), words.wellKnown.service(card)),
        field: portText({ port, protocol }),
        source: `${REGISTRY}; RFC 6335 §6`,
      },
    }
  },
}

/** Services whose everyday transports are beyond dispute, by what they use. */
const BY_TRANSPORT: Readonly<Record<'tcp' | 'udp' | 'both', readonly number[]>> = {
  tcp: [21, 22, 23, 25, 80, 110, 143, 179, 993, 3306, 5432],
  udp: [67, 69, 123, 161, 500, 5353, 51820],
  both: [53, 53, 443, 443, 88, 5060],
}

const transport: Template = {
  id: 'wk-transport',
  cluster: 'well-known',
  kind: 'choose',
  difficulty: 2,
  claims: ['S10', 'S33', 'S11'],
  ask: (dice, words) => {
    const say = words.wellKnown['wk-transport']
    const group = dice.one('transports', ['tcp', 'udp', 'both'] as const)
    const port = dice.pick(BY_TRANSPORT[group])
    const card = cardAt(group === 'udp' ? 'udp' : 'tcp', port)
    if (!card) return undefined
    const { transports } = card
    const used = (['tcp', 'udp'] as const).filter((protocol) => transports.includes(protocol))
    const option = (means: keyof typeof say.options): Item => ({ means, text: say.options[means] })
    const sockets = used.map((protocol) => waiting(protocol, { address: '0.0.0.0', port }))
    const machine: Machine = {
      name: 'server',
      addresses: [server(dice)],
      sockets,
      programs: Object.fromEntries(sockets.map(({ id, protocol }) => [id, usualProgram(protocol, port) ?? ''])),
    }
    return {
      stem: say.stem(port === 443 ? say.allHttp : words.wellKnown.service(card), port),
      views: [],
      after: [ssView(machine, '-tulnp'), doorsView(machine)],
      body: {
        kind: 'choose',
        right: option(used.length === 2 ? 'both' : used[0] === 'udp' ? 'udp' : 'tcp'),
        wrong: [
          { says: option('tcp'), misconception: port === 443 ? 'https-is-tcp-only' : 'neighbour-mixup' },
          { says: option('udp'), misconception: port === 53 ? 'dns-is-udp-only' : 'neighbour-mixup' },
          { says: option('both'), misconception: 'tcp-udp-share-space' },
          { says: option('icmp'), misconception: 'icmp-has-port' },
        ],
      },
      explanation: {
        text: say.explain(words.wellKnown.service(card), port, used),
        field: sockets[0]?.id ?? '',
        source: port === 53 ? 'RFC 7766 §5' : port === 443 ? 'RFC 9114 §3.1' : REGISTRY,
      },
    }
  },
}

/** Services with a second number for TLS from the first byte, both of them registered over TCP. */
const PLAIN = [80, 143, 110, 389, 21, 53, 1883, 5672, 5060, 23, 119, 587, 3268, 5985] as const

const secureTwin: Template = {
  id: 'wk-secure-twin',
  cluster: 'well-known',
  kind: 'choose',
  difficulty: 2,
  claims: ['S04', 'S33'],
  ask: (dice, words) => {
    const say = words.wellKnown['wk-secure-twin']
    const port = dice.one('port', PLAIN)
    const twin = cardAt('tcp', port)?.secureTwin
    const name = serviceName('tcp', port)
    const twinName = twin === undefined ? undefined : serviceName('tcp', twin)
    if (twin === undefined || name === undefined || twinName === undefined) return undefined
    const others = PLAIN.flatMap((one) => cardAt('tcp', one)?.secureTwin ?? [])
    // DNS over HTTPS is at home on 443.
    const wrong443 = port === 53 ? undefined : 443
    const near = (cardAt('tcp', twin)?.confusable ?? []).filter((one) => one !== port && one !== 443)
    return {
      stem: say.stem(name, port),
      views: [],
      after: [servicesView([port, twin].map((one) => ({ port: one, protocol: 'tcp' })))],
      body: {
        kind: 'choose',
        right: twin,
        wrong: [
          { says: port, misconception: 'secure-twin-mixup' },
          { says: port + 1, misconception: 'neighbour-mixup' },
          { says: dice.pick(near.length > 0 ? near : others), misconception: 'neighbour-mixup' },
          { says: dice.pick(others), misconception: 'neighbour-mixup' },
          { says: wrong443, misconception: 'port-identifies-protocol' },
        ],
      },
      explanation: {
        text: say.explain(twin, twinName, port),
        field: `${twin}/tcp`,
        source: REGISTRY,
      },
    }
  },
}

/** Families with clear bounds, and the ports of the registry that belong to them. */
const FAMILIES = {
  database: [3306, 33060, 5432, 1433, 6379, 11211, 27017, 5984, 7687, 26257],
  mail: [25, 465, 587, 110, 995, 143, 993],
  web: [80, 443, 8080, 8008],
  remote: [22, 23, 992, 3389, 5900, 5985, 5986],
  files: [21, 990, 873, 2049, 445, 548],
} as const

type Family = keyof typeof FAMILIES
const FAMILY_IDS: readonly Family[] = ['database', 'mail', 'web', 'remote', 'files']

const familyOddOne: Template = {
  id: 'wk-family-odd-one',
  cluster: 'well-known',
  kind: 'choose',
  difficulty: 2,
  claims: ['S35', 'S33', 'S34'],
  ask: (dice, words) => {
    const say = words.wellKnown['wk-family-odd-one']
    const family = dice.one('family', FAMILY_IDS)
    const three = dice.shuffle(FAMILIES[family]).slice(0, 3)
    const strangers = FAMILY_IDS.filter((one) => one !== family).flatMap((one): readonly number[] => FAMILIES[one])
    const lures = strangers.filter((one) => three.some((port) => cardAt('tcp', port)?.confusable?.includes(one)))
    const odd = dice.pick(lures.length > 0 && dice.next() < 0.7 ? lures : strangers)
    const ports = dice.shuffle([...three, odd])
    const outsiders = ports.filter((port) => cardAt('tcp', port)?.family !== family)
    const [right, more] = outsiders
    if (right === undefined || more !== undefined) return undefined
    const address = server(dice)
    const machine: Machine = {
      name: 'server',
      addresses: [address],
      sockets: ports.map((port) => waiting('tcp', { address: '0.0.0.0', port })),
      programs: {},
    }
    return {
      stem: say.stem(words.wellKnown.families[family]),
      views: [ssView(machine, '-tln')],
      after: [servicesView(ports.map((port) => ({ port, protocol: 'tcp' }))), doorsView(machine)],
      body: {
        kind: 'choose',
        right,
        wrong: ports.map((port) => ({ says: port, misconception: confusion('tcp', port, right) })),
      },
      explanation: {
        text: say.explain(right, serviceName('tcp', right) ?? '', words.wellKnown.families[family]),
        field: `${right}/tcp`,
        source: REGISTRY,
      },
    }
  },
}

const matchFour: Template = {
  id: 'wk-match-four',
  cluster: 'well-known',
  kind: 'match',
  difficulty: 2,
  claims: ['S04', 'S11', 'S33', 'S34', 'S35'],
  ask: (dice, words) => {
    const say = words.wellKnown['wk-match-four']
    const cards = hand(dice, registered(dice.one('deck', ALL)), 4)
    if (!cards) return undefined
    const [first, second] = cards
    if (!first || !second) return undefined
    const door = ({ port, protocol }: Card) => portText({ port, protocol })
    return {
      stem: say.stem,
      views: [],
      after: [servicesView(cards)],
      body: {
        kind: 'match',
        pairs: dice.shuffle(cards).map((card) => [door(card), cardItem(card, words)] as const),
        wrong: pairsOf(cards).flatMap(([a, b]) => {
          const misconception = mixup(a, b)
          return misconception ? [{ says: [door(a), cardItem(b, words)] as const, misconception }] : []
        }),
      },
      explanation: {
        text: say.explain(door(first), nameOf(first), door(second), nameOf(second)),
        field: door(first),
        source: REGISTRY,
      },
    }
  },
}

const orderNumbers: Template = {
  id: 'wk-order-numbers',
  cluster: 'well-known',
  kind: 'order',
  difficulty: 2,
  claims: ['S04', 'S11', 'S33', 'S34', 'S35'],
  ask: (dice, words) => {
    const say = words.wellKnown['wk-order-numbers']
    const cards = hand(dice, registered(dice.one('deck', ALL)), 5)
    if (!cards) return undefined
    const order = cards.toSorted((a, b) => a.port - b.port)
    const item = (card: Card) => cardItem(card, words)
    const exchanged = (a: Card, b: Card) => order.map((card) => item(card === a ? b : card === b ? a : card))
    const last = order.at(-1)
    return {
      stem: say.stem,
      views: [],
      after: [servicesView(order)],
      body: {
        kind: 'order',
        right: order.map((card) => item(card)),
        wrong: pairsOf(order).flatMap(([a, b]) => {
          const misconception = mixup(a, b)
          return misconception ? [{ says: exchanged(a, b), misconception }] : []
        }),
      },
      explanation: {
        text: say.explain(order.map(({ port }) => port)),
        field: last ? portText(last) : '',
        source: REGISTRY,
      },
    }
  },
}

/** What is sent, to which role of the protocol, and the other role, both as the registry names them. */
const ERRANDS = [
  { id: 'dhcp-request', protocol: 'udp', to: 'bootps', other: 'bootpc' },
  { id: 'dhcp-offer', protocol: 'udp', to: 'bootpc', other: 'bootps' },
  { id: 'dhcpv6-solicit', protocol: 'udp', to: 'dhcpv6-server', other: 'dhcpv6-client' },
  { id: 'dhcpv6-advertise', protocol: 'udp', to: 'dhcpv6-client', other: 'dhcpv6-server' },
  { id: 'snmp-query', protocol: 'udp', to: 'snmp', other: 'snmptrap' },
  { id: 'snmp-trap', protocol: 'udp', to: 'snmptrap', other: 'snmp' },
  { id: 'radius-access', protocol: 'udp', to: 'radius', other: 'radius-acct' },
  { id: 'radius-accounting', protocol: 'udp', to: 'radius-acct', other: 'radius' },
  { id: 'ftp-command', protocol: 'tcp', to: 'ftp', other: 'ftp-data' },
  { id: 'sip-tls', protocol: 'tcp', to: 'sips', other: 'sip' },
] as const

/** What comes back to a client that has asked, the service it asked, and another one that is mixed up with it. */
const ANSWERS = [
  { id: 'dns-answer', protocol: 'udp', from: 'domain', other: 'mdns' },
  { id: 'snmp-response', protocol: 'udp', from: 'snmp', other: 'snmptrap' },
] as const

/** An answer goes to the port that the client's system picked for the question (RFC 768, RFC 6056 section 2). */
function answerPair(dice: Draw, words: QuestionWords, answer: (typeof ANSWERS)[number]): Draft | undefined {
  const say = words.wellKnown['wk-role-pair']
  const { id, protocol, from, other } = answer
  const [port, rival] = [portOf(protocol, from), portOf(protocol, other)]
  if (port === undefined || rival === undefined) return undefined
  const [low, high] = [Math.min(port, rival), Math.max(port, rival)]
  const client = { address: stranger(dice), port: linuxPort(dice) }
  const request = first(dice, protocol, client, { address: server(dice), port })
  const tuple = tupleOf(request)
  const to = tuple && reverse(tuple).destination.port
  const picked = to !== undefined && to >= LINUX_EPHEMERAL[0] && to <= LINUX_EPHEMERAL[1]
  if (!picked) return undefined
  return {
    stem: say.stem(say.packets[id], say.listeners[id]),
    views: [],
    after: [papersView(request, words)],
    body: {
      kind: 'choose',
      right: { means: 'ephemeral', text: say.ephemeral },
      wrong: [
        { says: { means: `${port}`, text: say.only(port) }, misconception: 'client-uses-service-port' },
        { says: { means: `${rival}`, text: say.only(rival) }, misconception: 'neighbour-mixup' },
        { says: { means: 'either', text: say.either(low, high) }, misconception: 'neighbour-mixup' },
      ],
    },
    explanation: { text: say.explainAnswer(port), field: 'sourcePort', source: 'RFC 768, RFC 6056 §2' },
  }
}

const rolePair: Template = {
  id: 'wk-role-pair',
  cluster: 'well-known',
  kind: 'choose',
  difficulty: 2,
  claims: ['S11', 'S20'],
  ask: (dice, words) => {
    const say = words.wellKnown['wk-role-pair']
    const errand = dice.one('packet', [...ERRANDS, ...ANSWERS, ...ANSWERS], ({ id }) => id)
    if ('from' in errand) return answerPair(dice, words, errand)
    const { id, protocol, to, other } = errand
    const [port, rival] = [portOf(protocol, to), portOf(protocol, other)]
    if (port === undefined || rival === undefined) return undefined
    const [low, high] = [Math.min(port, rival), Math.max(port, rival)]
    const near = (cardAt(protocol, port)?.confusable ?? []).find((one) => one !== rival)
    return {
      stem: say.stem(say.packets[id], say.listeners[id]),
      views: [],
      after: [servicesView([port, rival].map((one) => ({ port: one, protocol })))],
      body: {
        kind: 'choose',
        right: { means: `${port}`, text: say.only(port) },
        wrong: [
          { says: { means: `${rival}`, text: say.only(rival) }, misconception: confusion(protocol, port, rival) },
          { says: { means: 'either', text: say.either(low, high) }, misconception: confusion(protocol, port, rival) },
          { says: { means: 'ephemeral', text: say.ephemeral }, misconception: 'source-port-is-door' },
          {
            says: near === undefined ? undefined : { means: `${near}`, text: say.only(near) },
            misconception: 'neighbour-mixup',
          },
        ],
      },
      explanation: {
        text: say.explain(portText({ port, protocol }), to, say.listeners[id]),
        field: portText({ port, protocol }),
        source: REGISTRY,
      },
    }
  },
}

/** What a server does for strangers: services by their registered names, and one that has none. */
const SERVERS = [
  { id: 'web', services: ['http', 'https'] },
  { id: 'mail', services: ['smtp', 'submissions', 'submission'] },
  { id: 'dns', services: ['domain'] },
  { id: 'vpn', services: ['WireGuard'] },
] as const

/** Listeners that are none of a stranger's business, and the idea of who lets strangers in. */
const PRIVATE: readonly { readonly port: number; readonly misconception: MisconceptionId }[] = [
  { port: 3306, misconception: 'database-open-with-password' },
  { port: 5432, misconception: 'database-open-with-password' },
  { port: 6379, misconception: 'database-open-with-password' },
  { port: 22, misconception: 'listening-means-reachable' },
  { port: 9100, misconception: 'listening-means-reachable' },
]

/** Who leaves out a port that a server needs. */
const MISSED: Readonly<Record<string, MisconceptionId>> = {
  '53/tcp': 'dns-is-udp-only',
  '443/udp': 'https-is-tcp-only',
  '465/tcp': 'smtp-one-port',
  '587/tcp': 'smtp-one-port',
}

interface Door {
  readonly port: number
  readonly protocol: Protocol
}

/** The ports of a service, one for each transport that it uses. */
function doorsOf(service: string): readonly Door[] {
  const card = CARDS.find(({ names, common, transports }) =>
    common === service
      ? true
      : transports.some((one) => (one === 'tcp' ? names?.tcp === service : names?.udp === service)),
  )
  if (!card) return []
  const used = (['tcp', 'udp'] as const).filter((protocol) => card.transports.includes(protocol))
  return used.map((protocol) => ({ port: card.port, protocol }))
}

const roleNeeds: Template = {
  id: 'wk-role-needs',
  cluster: 'well-known',
  kind: 'several',
  difficulty: 3,
  claims: ['S07', 'S28', 'S31', 'S33', 'S34', 'S35'],
  ask: (dice, words) => {
    const say = words.wellKnown['wk-role-needs']
    const { id, services } = dice.one('server', SERVERS, (one) => one.id)
    const need = services.flatMap((service) => doorsOf(service))
    const kept = dice.shuffle(PRIVATE).slice(0, 2)
    const has = ({ port, protocol }: Door) => need.some((one) => one.port === port && one.protocol === protocol)
    const flipped = need
      .map(({ port, protocol }): Door => ({ port, protocol: protocol === 'tcp' ? 'udp' : 'tcp' }))
      .find((door) => !has(door))
    const all = [...need, ...kept.map(({ port }): Door => ({ port, protocol: 'tcp' }))]
    const machine: Machine = {
      name: 'server',
      addresses: [server(dice)],
      sockets: dice.shuffle(all).map(({ port, protocol }) => waiting(protocol, { address: '0.0.0.0', port })),
      programs: Object.fromEntries(
        all.map(({ port, protocol }) => [
          waiting(protocol, { address: '0.0.0.0', port }).id,
          usualProgram(protocol, port) ?? '',
        ]),
      ),
    }
    const chain: Chain = {
      name: 'input',
      family: 'inet',
      hook: 'input',
      policy: 'drop',
      rules: [
        { match: { state: ['established', 'related'] }, action: 'accept' },
        ...(['tcp', 'udp'] as const).flatMap((protocol) => {
          const destinationPort = need.filter((door) => door.protocol === protocol).map(({ port }) => port)
          return destinationPort.length === 0
            ? []
            : [{ match: { protocol, destinationPort }, action: 'accept' as const }]
        }),
      ],
    }
    return {
      stem: say.stem(say.servers[id]),
      views: [ssView(machine, '-tulnp'), doorsView(machine)],
      after: [nftView(chain), ssView(machine, '-tulnp'), doorsView(machine)],
      body: {
        kind: 'several',
        right: need.map((door): string | LeftOut => {
          const misconception = MISSED[portText(door)]
          return misconception ? { says: portText(door), misconception } : portText(door)
        }),
        wrong: [
          ...kept.map(({ port, misconception }): Wrong => ({ says: `${port}/tcp`, misconception })),
          { says: flipped && portText(flipped), misconception: 'tcp-udp-share-space' },
        ],
      },
      explanation: {
        text: say.explain(need.map((door) => portText(door))),
        field: ruleField(1),
        source: 'nft(8), PAYLOAD EXPRESSIONS; NIST SP 800-41 §4',
      },
    }
  },
}

const urlPort: Template = {
  id: 'wk-url-port',
  cluster: 'well-known',
  kind: 'type',
  difficulty: 2,
  claims: ['S04', 'S05', 'S33'],
  ask: (dice, words) => {
    const say = words.wellKnown['wk-url-port']
    const scheme = dice.one('scheme', ['http', 'https'])
    const written = dice.one('port', [0, 0, 0, 80, 443, 8080, 8443, 3000, 5000], (port) => (port ? `:${port}` : '-'))
    const usual = portOf('tcp', scheme)
    const rival = portOf('tcp', scheme === 'http' ? 'https' : 'http')
    if (usual === undefined || rival === undefined) return undefined
    const host = dice.pick(['www.port.example', 'shop.example.net', 'wiki.example.org', 'grafana.example.com'])
    const url = `${scheme}://${host}${written ? `:${written}` : ''}/${dice.pick(['', 'cart', 'login', 'status'])}`
    const port = written || usual
    const [source, destination] = [
      { address: stranger(dice), port: ephemeral(dice) },
      { address: server(dice), port },
    ]
    return {
      stem: say.stem(url),
      views: [],
      after: [tcpdumpView([syn(dice, source, destination)])],
      body: {
        kind: 'type',
        expects: 'port',
        right: port,
        wrong: [
          { says: usual, misconception: 'port-identifies-protocol' },
          { says: rival, misconception: 'secure-twin-mixup' },
          { says: scheme === 'http' ? 8080 : 8443, misconception: 'neighbour-mixup' },
        ],
      },
      explanation: {
        text: say.explain(port, scheme, written > 0),
        field: 'destinationPort',
        source: scheme === 'http' ? 'RFC 9110 §4.2.1' : 'RFC 9110 §4.2.2',
      },
    }
  },
}

export const wellKnown: readonly Template[] = [
  portOfService,
  serviceOfPort,
  transport,
  secureTwin,
  familyOddOne,
  matchFour,
  rolePair,
  roleNeeds,
  urlPort,
  orderNumbers,
]
