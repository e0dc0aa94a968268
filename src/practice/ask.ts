import type { MisconceptionId } from '../lessons/misconception'
import type { Packet } from '../net/packet'
import { servicesLine } from '../net/services-line'
import type { Protocol } from '../net/tuple'
import type { PortRange } from '../ports/range'
import { PORT_RANGES, rangeOf } from '../ports/range'
import { linuxPort, server, stranger } from '../quiz/addresses'
import type { Machine } from '../quiz/machine'
import { waiting } from '../quiz/machine'
import { doorsView, factsView, hexView, ssView, tcpdumpView, transportBytes } from '../quiz/machine-view'
import { first } from '../quiz/packets'
import type { Explanation, Option } from '../quiz/question'
import type { View } from '../quiz/view'
import type { Random } from '../shift/random'
import { random } from '../shift/random'
import type { PracticeAskWords } from '../words/practice-asks'
import type { CardId, Direction } from './card'
import { factOf, partsOf } from './card'
import type { Book, Fact } from './fact'
import { areNeighbours } from './fact'
import type { Way } from './log'
import { readName, readPort } from './typed'

/** How a card is to be asked. The same asking gives the same ask. */
export interface Asking {
  readonly card: CardId
  readonly way: Way
  /** The answer is chosen, not typed: at first meetings, and where there is nothing to type. */
  readonly choosing: boolean
  readonly seed: number
}

/** Something to choose. A port that an option stands for is `taken` when it is chosen and wrong. */
export interface AskOption extends Option {
  readonly port?: number
  /** The field of the view that it is, such as a door of the picture. */
  readonly field?: string
}

export type AskBody =
  | { readonly kind: 'type'; readonly expects: 'port' | 'name' }
  | { readonly kind: 'choose'; readonly options: readonly AskOption[] }

/** A card as a person gets it. */
export interface Ask {
  readonly asking: Asking
  readonly fact: Fact
  readonly direction: Direction
  /** Text with code between backticks. */
  readonly stem: string
  /** What is seen before the answer, and with the explanation. */
  readonly views: readonly View[]
  readonly after: readonly View[]
  /** The field of `views` that the question is about, to be lit from the beginning. */
  readonly lit?: string
  readonly body: AskBody
  /** The right answer as it is said. */
  readonly answer: string
  readonly explanation: Explanation
}

/** What a person gave: the meaning of an option, or typed text. */
export type AskAnswer =
  { readonly kind: 'choose'; readonly means: string } | { readonly kind: 'type'; readonly text: string }

/** What became of an answer. */
export interface Judgement {
  /** False when the text says no port or name, or a name that fits several: ask again, nothing is lost. */
  readonly readable: boolean
  readonly right: boolean
  /** The port that was given in place of the right one, or whose name was. */
  readonly taken?: number
  /** The idea that a wrong option stands for. */
  readonly misconception?: MisconceptionId
  /** A sentence that says what the answer was, where there is something to say: `445` is SMB. */
  readonly nearly?: string
}

/** The directions in which a way can ask. */
const WAYS_OF: Readonly<Record<Direction, readonly Way[]>> = {
  number: ['type', 'choose', 'pair', 'door'],
  name: ['type', 'choose', 'pair', 'door', 'ss', 'tcpdump', 'hex'],
  transport: ['choose'],
  twin: ['type', 'choose', 'pair'],
  range: ['choose'],
}

/** The ways in which a fact can be asked in a direction. tcpdump reads the data of many datagrams, and so names their service: it shows SYNs only. */
export const waysOf = (direction: Direction, { protocol }: Fact): readonly Way[] =>
  WAYS_OF[direction].filter((way) => way !== 'tcpdump' || protocol === 'tcp')

/** Doors of the picture, and options besides. */
const [DOORS, OPTIONS] = [6, 4] as const

/** What is needed to ask: the facts, the words, and the ports that this learner has taken for a port, the most often taken first. */
export interface AskContext {
  readonly book: Book
  readonly words: PracticeAskWords
  readonly mixups: (port: number) => readonly number[]
}

/**
 * A card as it is asked. What is right is read from the registry and the decks, or from the packet shown.
 *
 * @throws RangeError for a card of which `book` has no fact.
 */
export function askOf(asking: Asking, context: AskContext): Ask {
  const { direction } = partsOf(asking.card)
  const fact = context.book.get(factOf(asking.card))
  if (!fact) throw new RangeError(`There is no fact for the card ${asking.card}.`)
  const dice = random(asking.seed)
  const made = MAKERS[direction](fact, asking, dice, context)
  return { asking, fact, direction, ...made }
}

type Made = Omit<Ask, 'asking' | 'fact' | 'direction'>
type Maker = (fact: Fact, asking: Asking, dice: Random, context: AskContext) => Made

const placeOf = ({ port, protocol }: { readonly port: number; readonly protocol: Protocol }): string =>
  `${port}/${protocol}`

/** A fact's entry in /etc/services, or what is said of it where it has none. */
function entryView(facts: readonly Fact[], { words }: AskContext): View {
  const registered = facts.every((fact) => fact.registered !== undefined)
  if (!registered)
    return factsView(facts.map((fact) => ({ field: fact.id, name: fact.id, value: words.service(fact.id, fact.name) })))
  const wanted = facts.map(({ id }) => id)
  return {
    kind: 'text',
    command: `grep -w ${wanted.length > 1 ? `-E '${wanted.join('|')}'` : wanted.join('')} /etc/services`,
    lines: facts.map(({ id, port, protocol, registered: name = '' }) => [
      { text: servicesLine({ name, port, protocol }), field: id },
    ]),
  }
}

const REGISTRY = 'IANA Service Name and Transport Protocol Port Number Registry'
const sourceOf = ({ registered }: Fact, { words }: AskContext): string =>
  registered === undefined ? words.custom : REGISTRY

/** The idea of who takes one port for another. */
function mixupOf(fact: Fact, other: Fact): MisconceptionId {
  if (fact.port === other.port) return 'tcp-udp-share-space'
  return fact.twin === other.port || other.twin === fact.port ? 'secure-twin-mixup' : 'neighbour-mixup'
}

/**
 * Facts of other ports that are taken for this one, the likeliest first: those that this learner took for it, its twin,
 * those that are known to be confused, neighbours, others of its family and transport.
 */
function rivalsOf(fact: Fact, dice: Random, { book, mixups }: AskContext): readonly Fact[] {
  const facts = [...book.values()].filter(({ port }) => port !== fact.port)
  const at = (port: number) =>
    facts
      .filter((one) => one.port === port)
      .toSorted((a, b) => Number(b.protocol === fact.protocol) - Number(a.protocol === fact.protocol))
  const likely = [
    ...mixups(fact.port),
    ...(fact.twin === undefined ? [] : [fact.twin]),
    ...dice.shuffle(fact.confusable),
  ]
  const near = facts.filter((other) => areNeighbours(fact, other))
  const kin = dice.shuffle(facts.filter(({ family }) => family === fact.family))
  const rest = dice.shuffle(facts)
  const ranked = [...likely.flatMap((port) => at(port).slice(0, 1)), ...near, ...kin, ...rest]
  return distinct(ranked, ({ port }) => port)
}

/** The first of those that have the same key. */
function distinct<T>(items: readonly T[], key: (item: T) => string | number): readonly T[] {
  const seen = new Set<string | number>()
  return items.filter((item) => !seen.has(key(item)) && seen.add(key(item)))
}

/** A machine on which these facts' ports listen, each once. */
const machineOf = (facts: readonly Fact[], dice: Random): Machine => ({
  name: 'server',
  addresses: [server(dice)],
  sockets: facts
    .toSorted((a, b) => a.port - b.port)
    .map(({ port, protocol }) => waiting(protocol, { address: '0.0.0.0', port })),
  programs: {},
})

const socketAt = ({ sockets }: Machine, { port, protocol }: Fact): string =>
  sockets.find((socket) => socket.local.port === port && socket.protocol === protocol)?.id ?? ''

const TYPE_PORT: AskBody = { kind: 'type', expects: 'port' }
const TYPE_NAME: AskBody = { kind: 'type', expects: 'name' }

const number: Maker = (fact, { way, choosing }, dice, context) => {
  const { words } = context
  const { protocol } = fact
  const service = words.service(fact.id, fact.name)
  const rivals = way === 'type' && !choosing ? [] : rivalsOf(fact, dice, context)
  const made = {
    after: [entryView([fact], context)],
    answer: String(fact.port),
    explanation: { text: explainName(fact, context), field: fact.id, source: sourceOf(fact, context) },
  }
  const option = (other: Fact, field?: string): AskOption => ({
    means: String(other.port),
    text: String(other.port),
    right: other.port === fact.port,
    port: other.port,
    ...(other.port !== fact.port && { misconception: mixupOf(fact, other) }),
    ...(field !== undefined && { field }),
  })
  if (way === 'door') {
    // The door's transport is that of the fact, so that the plates show one kind.
    const facts = [fact, ...rivals.filter((other) => other.protocol === protocol).slice(0, DOORS - 1)]
    const machine = machineOf(facts, dice)
    const options = facts.toSorted((a, b) => a.port - b.port).map((one) => option(one, socketAt(machine, one)))
    return {
      ...made,
      stem: words.number.door(service, protocol),
      views: [doorsView(machine)],
      body: { kind: 'choose', options },
    }
  }
  if (way === 'pair' || choosing) {
    const count = way === 'pair' ? 2 : OPTIONS
    const options = dice.shuffle([fact, ...rivals.slice(0, count - 1)]).map((one) => option(one))
    const stem = way === 'pair' ? words.number.pair(service, protocol) : words.number.type(service, protocol)
    return { ...made, stem, views: [], body: { kind: 'choose', options } }
  }
  return { ...made, stem: words.number.type(service, protocol), views: [], body: TYPE_PORT }
}

const explainName = (fact: Fact, { words }: AskContext): string => {
  const service = words.service(fact.id, fact.name)
  return fact.registered === undefined
    ? words.name.custom(service, fact.id)
    : words.name.explain(service, fact.id, fact.registered)
}

const name: Maker = (fact, { way, choosing }, dice, context) => {
  const { words } = context
  const isTyped = !choosing && way !== 'pair'
  const rivals = isTyped && way !== 'door' && way !== 'ss' ? [] : rivalsOf(fact, dice, context)
  const service = (one: Fact) => words.service(one.id, one.name)
  const options = () => {
    const other = [...context.book.values()].filter((one) => one.port === fact.port && service(one) !== service(fact))
    const most = way === 'pair' ? 1 : OPTIONS - 1
    const wrong = distinct([fact, ...(way === 'pair' ? [] : other), ...rivals], service).slice(1)
    return dice.shuffle([fact, ...wrong.slice(0, most)]).map((one): AskOption => ({
      means: one.id,
      text: service(one),
      right: one === fact,
      port: one.port,
      ...(one !== fact && { misconception: mixupOf(fact, one) }),
    }))
  }
  const made = {
    after: [entryView([fact], context)],
    answer: service(fact),
    body: isTyped ? TYPE_NAME : ({ kind: 'choose', options: options() } as const),
    explanation: { text: explainName(fact, context), field: fact.id, source: sourceOf(fact, context) },
  }
  if (way === 'door' || way === 'ss') {
    const machine = machineOf([fact, ...rivals.slice(0, DOORS - 1)], dice)
    const lit = socketAt(machine, fact)
    return way === 'door'
      ? { ...made, stem: words.name.door(fact.id), views: [doorsView(machine)], lit }
      : { ...made, stem: words.name.ss, views: [ssView(machine, '-tuln')], lit }
  }
  if (way === 'tcpdump' || way === 'hex') {
    const packet = callTo(fact, dice)
    const view = way === 'tcpdump' ? tcpdumpView([packet]) : hexView(headerOf(packet), PORT_BYTES)
    return {
      ...made,
      stem: way === 'tcpdump' ? words.name.tcpdump : words.name.hex(fact.protocol),
      views: [view],
      after: [view, ...made.after],
      explanation: { ...made.explanation, text: words.name.packet(service(fact), fact.id) },
    }
  }
  return { ...made, stem: way === 'pair' ? words.name.pair(fact.id) : words.name.type(fact.id), views: [] }
}

/** The first packet that a client sends to a fact's port. */
const callTo = ({ port, protocol }: Fact, dice: Random): Packet =>
  first(dice, protocol, { address: stranger(dice), port: linuxPort(dice) }, { address: server(dice), port })

/** The first two fields of TCP (RFC 9293 section 3.1) and UDP (RFC 768) alike. */
const PORT_BYTES = [
  { field: 'sourcePort', from: 0, to: 2 },
  { field: 'destinationPort', from: 2, to: 4 },
]

/** The transport header without what may follow it. */
const headerOf = (packet: Packet): Uint8Array =>
  transportBytes(packet).slice(0, packet.transport.protocol === 'tcp' ? 20 : 8)

const transport: Maker = (fact, _, dice, context) => {
  const { words, book } = context
  const service = words.service(fact.id, fact.name)
  const { transports, port } = fact
  const right = transports.length > 1 ? 'both' : (transports[0] ?? fact.protocol)
  const option = (means: keyof typeof words.transport.options, misconception: MisconceptionId): AskOption => ({
    means,
    text: words.transport.options[means],
    right: means === right,
    ...(means !== right && { misconception }),
  })
  const used = transports.map((protocol) => book.get(`${port}/${protocol}`) ?? fact)
  return {
    stem: words.transport.stem(service, port),
    views: [],
    after: [ssView(machineOf(used, dice), '-tuln')],
    answer: words.transport.options[right],
    body: {
      kind: 'choose',
      options: [
        option('tcp', port === 443 ? 'https-is-tcp-only' : 'neighbour-mixup'),
        option('udp', port === 53 ? 'dns-is-udp-only' : 'neighbour-mixup'),
        option('both', 'tcp-udp-share-space'),
        option('icmp', 'icmp-has-port'),
      ],
    },
    explanation: {
      text: words.transport.explain(
        service,
        transports.map((protocol) => placeOf({ port, protocol })),
      ),
      field: `${fact.protocol} 0.0.0.0 ${port}`,
      source: sourceOf(fact, context),
    },
  }
}

const twin: Maker = (fact, { way, choosing }, dice, context) => {
  const { words, book } = context
  const port = fact.twin ?? fact.port
  const other = book.get(`${port}/${fact.protocol}`) ?? book.get(`${port}/tcp`) ?? fact
  const service = words.service(fact.id, fact.name)
  const isTyped = !choosing && way !== 'pair'
  const wrong = isTyped ? [] : distinct([other, fact, ...rivalsOf(other, dice, context)], (one) => one.port).slice(1)
  const option = (one: Fact): AskOption => ({
    means: String(one.port),
    text: String(one.port),
    right: one.port === port,
    port: one.port,
    ...(one.port !== port && { misconception: mixupOf(other, one) }),
  })
  return {
    stem: words.twin.stem(service, fact.id),
    views: [],
    after: [entryView([fact, other], context)],
    answer: String(port),
    body: isTyped
      ? TYPE_PORT
      : {
          kind: 'choose',
          options: dice.shuffle([other, ...wrong.slice(0, way === 'pair' ? 1 : OPTIONS - 1)]).map(option),
        },
    explanation: { text: words.twin.explain(other.id, fact.id), field: other.id, source: sourceOf(other, context) },
  }
}

const RANGES: readonly PortRange[] = ['system', 'user', 'dynamic']

/** The idea behind each wrong range: fame taken for a range, or all above 1023 for clients. */
const rangeIdea = (right: PortRange, chosen: PortRange): MisconceptionId =>
  chosen === 'system' ? 'popular-means-well-known' : right === 'user' ? 'above-1023-is-ephemeral' : 'neighbour-mixup'

const range: Maker = (fact, _, __, { words }) => {
  const { port } = fact
  const right = rangeOf(port)
  const [low, high] = PORT_RANGES[right]
  const named = words.range.options
  return {
    stem: words.range.stem(port),
    views: [],
    after: [factsView(RANGES.map((one) => ({ field: one, name: named[one], value: PORT_RANGES[one].join('-') })))],
    answer: named[right],
    body: {
      kind: 'choose',
      options: RANGES.map((one) => ({
        means: one,
        text: named[one],
        right: one === right,
        ...(one !== right && { misconception: rangeIdea(right, one) }),
      })),
    },
    explanation: { text: words.range.explain(named[right], low, high), field: right, source: 'RFC 6335 §6' },
  }
}

const MAKERS: Readonly<Record<Direction, Maker>> = { number, name, transport, twin, range }

const UNREADABLE: Judgement = { readable: false, right: false }

/** Judges an answer to an ask. One of another kind is not readable. */
export function judge(ask: Ask, answer: AskAnswer, context: AskContext): Judgement {
  const { body } = ask
  if (body.kind === 'choose') {
    const option = answer.kind === 'choose' ? body.options.find(({ means }) => means === answer.means) : undefined
    if (!option) return UNREADABLE
    const { right, misconception, port } = option
    return {
      readable: true,
      right,
      ...(misconception !== undefined && { misconception }),
      ...(!right && port !== undefined && port !== ask.fact.port && { taken: port, nearly: whatIs(port, context) }),
    }
  }
  if (answer.kind !== 'type') return UNREADABLE
  return body.expects === 'port' ? judgePort(ask, answer.text, context) : judgeName(ask, answer.text, context)
}

function judgePort({ fact, direction, answer }: Ask, text: string, context: AskContext): Judgement {
  const typed = readPort(text)
  if (!typed) return UNREADABLE
  const port = Number(answer)
  const { protocol } = fact
  if (typed.port !== port)
    return { readable: true, right: false, taken: typed.port, nearly: whatIs(typed.port, context) }
  const otherTransport = direction === 'number' && typed.protocol !== undefined && typed.protocol !== protocol
  return otherTransport
    ? { readable: true, right: false, nearly: context.words.nearly.transport(port, protocol) }
    : { readable: true, right: true }
}

function judgeName({ fact }: Ask, text: string, context: AskContext): Judgement {
  const { words, book } = context
  const read = readName(text, fact, book, (one) => words.service(one.id, one.name))
  if (!read) return UNREADABLE
  switch (read.is) {
    case 'right':
      return { readable: true, right: true, ...(read.slip !== undefined && { nearly: words.nearly.slip(read.slip) }) }
    case 'vague':
      return { ...UNREADABLE, nearly: words.nearly.vague(text.trim()) }
    case 'other': {
      const { fact: other } = read
      return {
        readable: true,
        right: false,
        taken: other.port,
        nearly: words.nearly.is(other.id, [words.service(other.id, other.name)]),
      }
    }
    case 'unknown':
      return { readable: true, right: false }
  }
}

/** What is found at a port, as a sentence. */
function whatIs(port: number, { book, words }: AskContext): string {
  const facts = (['tcp', 'udp'] as const).flatMap((protocol) => book.get(`${port}/${protocol}`) ?? [])
  const services = facts.map(({ id, name }) => words.service(id, name))
  const differ = new Set(services).size > 1
  const named = differ
    ? facts.map(({ protocol }, index) => words.nearly.over(services[index] ?? '', protocol))
    : services.slice(0, 1)
  return named.length > 0 ? words.nearly.is(String(port), named) : words.nearly.nothing(port)
}
