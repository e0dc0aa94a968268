import type { Address } from '../net/address'
import { datagram, ping, synPacket } from '../net/build'
import type { Packet } from '../net/packet'
import { tupleOf } from '../net/packet'
import type { Socket } from '../net/socket'
import type { Endpoint, Protocol } from '../net/tuple'
import { tupleKey } from '../net/tuple'
import type { BrickPlan, Level, PortText, TrafficKind, Wave } from './level'
import { payloadFor } from './payload'
import type { Random } from './random'
import { random } from './random'
import type { Arrival } from './shift'

/** A caller in town: an address, and the range from which its system picks source ports. */
export interface Caller {
  readonly address: Address
  readonly ephemeral: readonly [first: number, last: number]
  /** The TTL that is left of its packets when they arrive. */
  readonly ttl: number
}

/** Linux's default range (ip(7), ip_local_port_range) and IANA's dynamic ports (RFC 6335 section 6). */
const EPHEMERAL: readonly Caller['ephemeral'][] = [
  [32768, 60999],
  [49152, 65535],
]

/** The documentation networks of RFC 5737 that the level's own host does not live in. */
const NETWORKS = ['203.0.113', '198.51.100'] as const

/** The callers of a shift: three houses with addresses of their own, the same for one seed. */
export function callersOf(level: Level, seed: number): readonly Caller[] {
  if (level.capture) {
    const counts = new Map<Address, number>()
    for (const { packet } of level.capture.arrivals) counts.set(packet.source, (counts.get(packet.source) ?? 0) + 1)
    return [...counts.entries()]
      .sort(([, a], [, b]) => b - a)
      .slice(0, 3)
      .map(([address]) => ({ address, ephemeral: [49152, 65535], ttl: 64 }))
  }
  const dice = random(seed ^ 0x5eed)
  const addresses = new Set<Address>()
  while (addresses.size < 3) addresses.add(`${dice.pick(NETWORKS)}.${dice.int(2, 254)}`)
  return [...addresses].map((address, index) => ({
    address,
    ephemeral: EPHEMERAL[index % 2] ?? [49152, 65535],
    ttl: index % 2 === 0 ? dice.int(44, 62) : dice.int(108, 126),
  }))
}

interface Dealer {
  readonly level: Level
  readonly wave: Wave
  readonly dice: Random
  readonly callers: readonly Caller[]
  readonly host: Address
  /** Sockets that take a first packet. */
  readonly doors: readonly Socket[]
  readonly closed: readonly BrickPlan[]
  /** Keys of the flows that have called already: no two calls of a shift are the same flow. */
  readonly taken: Set<string>
  /** The next of these ports, each as often as the others before one comes again. */
  next(deck: string, ports: readonly PortText[]): { protocol: Protocol; port: number }
}

const portText = (protocol: Protocol, port: number): PortText => `${port}/${protocol}`

function readPort(text: PortText): { protocol: Protocol; port: number } {
  const [port, protocol] = text.split('/')
  return { protocol: protocol === 'udp' ? 'udp' : 'tcp', port: Number(port) }
}

/** The ports of the open doors of one protocol (or both), in the wave's own proportions where it gives them. */
function openPorts({ wave, doors }: Dealer, protocol?: Protocol): readonly PortText[] {
  const open = doors.map((door) => portText(door.protocol, door.local.port))
  const wanted = (wave.toPorts ?? open).filter((port) => open.includes(port))
  return wanted.filter((port) => !protocol || readPort(port).protocol === protocol)
}

const closedPorts = ({ closed }: Dealer, protocol: Protocol): readonly PortText[] =>
  closed.filter((brick) => brick.protocol === protocol).map(({ port }) => portText(protocol, port))

/** A source port out of the caller's range that is no number of the building, so that only bait looks like a door. */
function ephemeralPort({ dice, doors, closed }: Dealer, [first, last]: Caller['ephemeral']): number {
  for (;;) {
    const port = dice.int(first, last)
    if (![...doors.map((door) => door.local.port), ...closed.map((brick) => brick.port)].includes(port)) return port
  }
}

/** The first packet of a call: a SYN, or a datagram with what the service would be asked. */
function call(dealer: Dealer, protocol: Protocol, port: number, from?: Endpoint): Packet {
  const { dice, callers, host } = dealer
  const caller = callers.find(({ address }) => address === from?.address) ?? dice.pick(callers)
  const source = from ?? { address: caller.address, port: ephemeralPort(dealer, caller.ephemeral) }
  const destination = { address: host, port }
  const ip = { ttl: caller.ttl, identification: dice.int(1, 65535) }
  return protocol === 'tcp'
    ? synPacket({ source, destination, seq: dice.int(1, 4294967295), tsval: dice.int(1, 4294967295), ...ip })
    : datagram({ source, destination, payload: payloadFor(port, dice), ...ip })
}

/** A source whose port is another door's number, mostly a high one, that has not called this port; undefined if all have. */
function baitFor(
  { doors, callers, dice, taken, host }: Dealer,
  protocol: Protocol,
  port: number,
): Endpoint | undefined {
  const others = doors.filter((door) => door.protocol === protocol && door.local.port !== port)
  const high = others.filter((door) => door.local.port > 1023)
  const likely =
    high.length > 0 && dice.next() < 0.7 ? [...dice.shuffle(high), ...dice.shuffle(others)] : dice.shuffle(others)
  const sources = likely.flatMap((door) =>
    dice.shuffle(callers).map(({ address }) => ({ address, port: door.local.port })),
  )
  const free = sources.find(
    (source) => !taken.has(tupleKey({ protocol, source, destination: { address: host, port } })),
  )
  return free
}

/** One maker a kind. Adding a kind of traffic is a line here and a name in level.ts. */
const MAKERS: Record<TrafficKind, (dealer: Dealer) => Packet> = {
  'to-listener': (dealer) => {
    const { protocol, port } = dealer.next('open', openPorts(dealer))
    return call(dealer, protocol, port)
  },
  'tcp-to-listener': (dealer) => call(dealer, 'tcp', dealer.next('tcp', openPorts(dealer, 'tcp')).port),
  'udp-to-listener': (dealer) => call(dealer, 'udp', dealer.next('udp', openPorts(dealer, 'udp')).port),
  bait: (dealer) => {
    const { protocol, port } = dealer.next('open', openPorts(dealer))
    return call(dealer, protocol, port, baitFor(dealer, protocol, port))
  },
  'tcp-to-closed': (dealer) => call(dealer, 'tcp', dealer.next('tcp-closed', closedPorts(dealer, 'tcp')).port),
  'udp-to-closed': (dealer) => call(dealer, 'udp', dealer.next('udp-closed', closedPorts(dealer, 'udp')).port),
  'port-zero': (dealer) => call(dealer, 'tcp', 0),
  'range-question': (dealer) => {
    const { protocol, port } = dealer.next('range', dealer.wave.toPorts ?? openPorts(dealer))
    return call(dealer, protocol, port)
  },
  ping: ({ dice, callers, host }) => {
    const caller = dice.pick(callers)
    return ping({
      source: caller.address,
      destination: host,
      ttl: caller.ttl,
      identification: dice.int(1, 65535),
      identifier: dice.int(1, 65535),
      sequence: 1,
      payload: payloadFor('ping', dice),
    })
  },
}

/** What is still to be known to deal for a wave: who stands where, and the state of the generator. */
export interface Table {
  readonly level: Level
  readonly wave: number
  readonly sockets: readonly Socket[]
  readonly bricks: readonly BrickPlan[]
  readonly callers: readonly Caller[]
}

function dealerAt({ level, wave, sockets, bricks, callers }: Table, plan: Wave, dice: Random): Dealer {
  const decks = new Map<string, PortText[]>()
  return {
    level,
    wave: plan,
    dice,
    callers,
    host: level.host.addresses[0],
    doors: sockets.filter((socket) => !socket.peer),
    taken: new Set(sockets.filter(({ peer }) => peer).map(({ id }) => id)),
    closed: [...bricks, ...level.waves.slice(0, wave + 1).flatMap((earlier) => earlier.closed ?? [])],
    next(name, ports) {
      const deck = decks.get(name) ?? []
      if (deck.length === 0) deck.push(...dice.shuffle(ports))
      const port = deck.pop()
      if (!port) throw new RangeError(`Level ${level.id}, wave ${wave}: no port to deal "${name}" to.`)
      decks.set(name, deck)
      return readPort(port)
    },
  }
}

/**
 * The arrivals of a wave, in order, numbered from `firstId`. At least three in ten have a contrast close by: a call that
 * differs from one of the four before it in exactly one of the five fields (LEARNING: contrasts, not single cases).
 */
export function dealWave(table: Table, plan: Wave, dice: Random, firstId: number): readonly Arrival[] {
  const dealer = dealerAt(table, plan, dice)
  const names = Object.keys(MAKERS).filter((name): name is TrafficKind => name in plan.deal)
  const kinds = dice.shuffle(names.flatMap((kind) => Array<TrafficKind>(plan.deal[kind] ?? 0).fill(kind)))
  if (plan.first) kinds.unshift(...kinds.splice(kinds.indexOf(plan.first), 1))
  const arrivals: Arrival[] = []
  for (const [index, kind] of kinds.entries()) {
    let packet = MAKERS[kind](dealer)
    if (index % 3 === 2 && kind !== 'bait') packet = beside(packet, arrivals.slice(-4), dealer) ?? packet
    const tuple = tupleOf(packet)
    if (tuple) dealer.taken.add(tupleKey(tuple))
    const asks = kind === 'range-question' ? 'range' : 'route'
    arrivals.push({ id: firstId + index, wave: table.wave, packet, kind, asks, attempt: 1 })
  }
  return arrivals
}

/** The same call, made from the source of one of the recent ones, if that leaves exactly one field different. */
function beside(packet: Packet, recent: readonly Arrival[], dealer: Dealer): Packet | undefined {
  const own = tupleOf(packet)
  if (!own) return undefined
  const { protocol, destination } = own
  for (const { packet: other } of dealer.dice.shuffle(recent)) {
    const tuple = tupleOf(other)
    if (!tuple) continue
    const differs = Number(tuple.protocol !== protocol) + Number(tuple.destination.port !== destination.port)
    const key = tupleKey({ protocol, source: tuple.source, destination })
    if (differs === 1 && tuple.source.port !== destination.port && !dealer.taken.has(key))
      return call(dealer, protocol, destination.port, tuple.source)
  }
  return undefined
}

/** The call of an arrival made once more, as a client would: same errand, other numbers. A recorded packet stays itself. */
export function tryAgain(
  arrival: Arrival,
  coming: readonly Arrival[],
  table: Table,
  plan: Wave,
  dice: Random,
): Arrival {
  const attempt = arrival.attempt + 1
  const tuple = tupleOf(arrival.packet)
  if (arrival.captured) return { ...arrival, attempt }
  const dealer = dealerAt(table, plan, dice)
  if (!tuple) return { ...arrival, attempt, packet: MAKERS.ping(dealer) }
  const { protocol, destination } = tuple
  for (const call of coming) {
    const waiting = tupleOf(call.packet)
    if (waiting) dealer.taken.add(tupleKey(waiting))
  }
  dealer.taken.add(tupleKey(tuple))
  const from = arrival.kind === 'bait' ? baitFor(dealer, protocol, destination.port) : undefined
  return { ...arrival, attempt, packet: call(dealer, protocol, destination.port, from) }
}
