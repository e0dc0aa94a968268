import { familyOf, isLoopback } from '../net/address'
import type { Family } from '../net/address'
import { ping } from '../net/build'
import { LINUX_EPHEMERAL } from '../net/kernel'
import type { Packet } from '../net/packet'
import { tupleOf } from '../net/packet'
import type { Socket } from '../net/socket'
import type { Endpoint, Protocol } from '../net/tuple'
import { tupleKey } from '../net/tuple'
import type { Caller } from './callers'
import type { Dealer } from './dealer'
import { call, entrances, ephemeralPort, isLit, litEntrance, segment } from './dealer'
import { dealRequest, isRequestKind } from './deal-requests'
import { TELL_KINDS, dealTell, isSentAgain, isTellKind } from './deal-tell'
import { askedAfter } from './deal-attack'
import { VISIT_KINDS, dealVisit, isVisitKind } from './deal-visits'
import type { BrickPlan, HostPlan, Level, PortText, TellKind, TrafficKind, VisitKind, Wave } from './level'
import { payloadFor } from './payload'
import { portText, readPort } from './port-text'
import type { Random } from './random'
import type { Standing } from './reception-plan'
import type { Arrival, PacketArrival } from './shift'
import { wavesHere } from './shift'
import { localEnd, nearPort, remoteEnd } from './windows'

/** The ports of the open doors of one protocol (or both), in the wave's own proportions where it gives them. */
function openPorts({ wave, doors }: Dealer, protocol?: Protocol): readonly PortText[] {
  const open = [...new Set(doors.map((door) => portText(door.protocol, door.local.port)))]
  const wanted = (wave.toPorts ?? open).filter((port) => open.includes(port))
  return wanted.filter((port) => !protocol || readPort(port).protocol === protocol)
}

const closedPorts = ({ closed }: Dealer, protocol: Protocol): readonly PortText[] =>
  closed.filter((brick) => brick.protocol === protocol).map(({ port }) => portText(protocol, port))

/** A source whose port is another door's number, mostly a high one, that has not called this port; undefined if all have. */
function baitFor(
  { doors, callers, dice, taken }: Dealer,
  protocol: Protocol,
  destination: Endpoint,
): Endpoint | undefined {
  const others = doors.filter((door) => door.protocol === protocol && door.local.port !== destination.port)
  const high = others.filter((door) => door.local.port > 1023)
  const likely =
    high.length > 0 && dice.next() < 0.7 ? [...dice.shuffle(high), ...dice.shuffle(others)] : dice.shuffle(others)
  const sources = likely.flatMap((door) =>
    dice.shuffle(callers).map(({ address }) => ({ address, port: door.local.port })),
  )
  return sources.find((source) => !taken.has(tupleKey({ protocol, source, destination })))
}

/** A first packet to a lit port, at one of the entrances of a family where it is lit. */
function callOfFamily(dealer: Dealer, family: Family): Packet {
  const places = openPorts(dealer).flatMap((text) => {
    const { protocol, port } = readPort(text)
    return entrances(dealer, family)
      .filter((address) => isLit(dealer, protocol, { address, port }))
      .map((address) => ({ protocol, destination: { address, port } }))
  })
  const { protocol, destination } = dealer.draw(`family ${family}`, places)
  return call(dealer, protocol, destination)
}

/** A first packet to a port that is lit, but at another entrance or for the other family. */
function callAtOtherEntrance(dealer: Dealer, only: (door: Socket) => boolean, deck: string): Packet {
  const places = dealer.doors.filter(only).flatMap(({ protocol, local: { port } }) =>
    entrances(dealer)
      .filter((address) => !isLit(dealer, protocol, { address, port }))
      .map((address) => ({ protocol, destination: { address, port } })),
  )
  const { protocol, destination } = dealer.draw(deck, places)
  return call(dealer, protocol, destination)
}

type Likeness = (one: Socket, other: Socket) => boolean

const sameDoor: Likeness = (one, other) =>
  one.local.port === other.local.port && one.local.address === other.local.address
const sameRemotePort: Likeness = (one, other) => one.peer?.port === other.peer?.port
const sameRemoteAddress: Likeness = (one, other) => remoteEnd(one).address === remoteEnd(other).address

const LIKE: Record<'address' | 'port' | 'pair', Likeness> = {
  address: (one, other) => sameDoor(one, other) && sameRemoteAddress(one, other),
  port: (one, other) => sameDoor(one, other) && sameRemotePort(one, other),
  pair: (one, other) => !sameDoor(one, other) && sameRemoteAddress(one, other) && sameRemotePort(one, other),
}

/** Data for one of the windows that have another one like it, or for any window where none has. */
function dataFor(dealer: Dealer, deck: string, like: Likeness = () => true): Packet {
  const free = dealer.windows.filter(({ id }) => !dealer.ending.has(id))
  const alike = free.filter((one) => dealer.windows.some((other) => other !== one && like(one, other)))
  const window = dealer.draw(deck, alike.length > 0 ? alike : free)
  dealer.busy.add(window.id)
  return segment(dealer, remoteEnd(window), localEnd(window), false)
}

/** Data that looks as if it were for a window: one digit of the remote port, or for the host's own calls the server, differs. */
function dataForNobody(dealer: Dealer): Packet {
  const { dice, windows, doors } = dealer
  for (let turn = 0; turn < 500; turn++) {
    const window = dealer.draw('unknown', windows)
    const lit = doors.some(({ local }) => local.port === window.local.port)
    const peer = remoteEnd(window)
    const source = lit
      ? { address: peer.address, port: nearPort(dice, peer.port) }
      : { address: dice.pick(dealer.callers).address, port: peer.port }
    const key = tupleKey({ protocol: 'tcp', source, destination: localEnd(window) })
    if (!windows.some(({ id }) => id === key)) return segment(dealer, source, localEnd(window), false)
  }
  throw new RangeError(`Level ${dealer.level.id}: every label that comes near one is a window.`)
}

function endOfOne(dealer: Dealer): Packet {
  const free = dealer.windows.filter(({ id }) => !dealer.busy.has(id) && !dealer.ending.has(id))
  const window = dealer.dice.pick(free)
  dealer.ending.add(window.id)
  return segment(dealer, remoteEnd(window), localEnd(window), true)
}

/** A new call from an address that has windows at this door already. */
function callFromNeighbour(dealer: Dealer): Packet {
  const window = dealer.draw('neighbour', dealer.windows)
  const { address } = remoteEnd(window)
  const source = { address, port: nearPort(dealer.dice, remoteEnd(window).port) }
  const destination = localEnd(window)
  const known = dealer.taken.has(tupleKey({ protocol: 'tcp', source, destination }))
  return known ? call(dealer, 'tcp', destination) : call(dealer, 'tcp', destination, source)
}

type PacketKind = Exclude<
  TrafficKind,
  `bind-${string}` | `connect-${string}` | 'count-bet' | TellKind | 'plan' | VisitKind
>

/** One maker a kind. Adding a kind of traffic is a line here and a name in level.ts. */
const MAKERS: Record<PacketKind, (dealer: Dealer) => Packet> = {
  'to-listener': (dealer) => {
    const place = readPort(dealer.draw('open', openPorts(dealer)))
    return call(dealer, place.protocol, litEntrance(dealer, place))
  },
  'tcp-to-listener': (dealer) => {
    const place = readPort(dealer.draw('tcp', openPorts(dealer, 'tcp')))
    return call(dealer, 'tcp', litEntrance(dealer, place))
  },
  'udp-to-listener': (dealer) => {
    const place = readPort(dealer.draw('udp', openPorts(dealer, 'udp')))
    return call(dealer, 'udp', litEntrance(dealer, place))
  },
  bait: (dealer) => {
    const place = readPort(dealer.draw('open', openPorts(dealer)))
    const destination = litEntrance(dealer, place)
    return call(dealer, place.protocol, destination, baitFor(dealer, place.protocol, destination))
  },
  'tcp-to-closed': (dealer) => {
    const { port } = readPort(dealer.draw('tcp-closed', closedPorts(dealer, 'tcp')))
    return call(dealer, 'tcp', { address: dealer.dice.pick(entrances(dealer)), port })
  },
  'udp-to-closed': (dealer) => {
    const { port } = readPort(dealer.draw('udp-closed', closedPorts(dealer, 'udp')))
    return call(dealer, 'udp', { address: dealer.dice.pick(entrances(dealer)), port })
  },
  'port-zero': (dealer) => call(dealer, 'tcp', { address: dealer.host.addresses[0], port: 0 }),
  'range-question': (dealer) => {
    const { protocol, port } = readPort(dealer.draw('range', dealer.wave.toPorts ?? openPorts(dealer)))
    return call(dealer, protocol, { address: dealer.host.addresses[0], port })
  },
  ping: ({ dice, callers, host }) => {
    const caller = dice.pick(callers)
    return ping({
      source: caller.address,
      destination: host.addresses[0],
      ttl: caller.ttl,
      identification: dice.int(1, 65535),
      identifier: dice.int(1, 65535),
      sequence: 1,
      payload: payloadFor('ping', dice),
    })
  },
  'to-listener-v4': (dealer) => callOfFamily(dealer, 4),
  'to-listener-v6': (dealer) => callOfFamily(dealer, 6),
  'other-entrance': (dealer) =>
    callAtOtherEntrance(dealer, ({ local }) => !isLoopback(local.address), 'other entrance'),
  'staff-door': (dealer) => callAtOtherEntrance(dealer, ({ local }) => isLoopback(local.address), 'staff door'),
  'from-inside': (dealer) => {
    const inside = dealer.doors.filter(({ local }) => isLoopback(local.address))
    const { protocol, local } = dealer.draw('inside', inside)
    const source = { address: local.address, port: ephemeralPort(dealer, dealer.ephemeral) }
    return call(dealer, protocol, local, source)
  },
  'syn-same-address': callFromNeighbour,
  'data-known': (dealer) => dataFor(dealer, 'known'),
  'data-same-address': (dealer) => dataFor(dealer, 'same address', LIKE.address),
  'data-same-port': (dealer) => dataFor(dealer, 'same port', LIKE.port),
  'data-other-door': (dealer) => dataFor(dealer, 'other door', LIKE.pair),
  'data-lookalike': (dealer) =>
    dataFor(dealer, 'lookalike', (one, other) => LIKE.address(one, other) || LIKE.port(one, other)),
  'data-unknown': dataForNobody,
  'data-after-crash': (dealer) => {
    const window = dealer.draw('orphan', dealer.orphans)
    return segment(dealer, remoteEnd(window), localEnd(window), false)
  },
  fin: endOfOne,
  'scan-syn': (dealer) => {
    // One visitor, who tries every handle.
    const { protocol, port } = readPort(dealer.draw('scan', dealer.wave.knocks ?? []))
    const [scanner] = dealer.callers
    const source = { address: scanner?.address ?? '', port: ephemeralPort(dealer, [49152, 65535]) }
    return call(dealer, protocol, { address: dealer.host.addresses[0], port }, source)
  },
  'request-to-answer': (dealer) => {
    const datagrams = openPorts(dealer, 'udp')
    if (datagrams.length === 0 || dealer.dice.next() < 0.65) return dataFor(dealer, 'request')
    const place = readPort(dealer.draw('request udp', datagrams))
    return call(dealer, 'udp', litEntrance(dealer, place))
  },
}

const askOf = (kind: PacketKind): PacketArrival['asks'] =>
  kind === 'range-question' ? 'range' : kind === 'request-to-answer' ? 'reply' : 'route'

/** What is still to be known to deal for a wave: who stands where, and what is about to happen. */
export interface Table {
  readonly level: Level
  readonly wave: number
  readonly host: HostPlan
  readonly sockets: readonly Socket[]
  readonly bricks: readonly BrickPlan[]
  readonly callers: readonly Caller[]
  /** Sockets that the beginning of the wave has put an end to. */
  readonly gone?: readonly Socket[]
  /** The rollout of the wave, as it stands. */
  readonly standing?: Standing
}

function dealerAt(
  { level, wave, host, sockets, bricks, callers, gone = [], standing }: Table,
  plan: Wave,
  dice: Random,
): Dealer {
  const decks = new Map<string, number[]>()
  const doors = sockets.filter((socket) => !socket.peer)
  const dark = wavesHere({ level, wave })
    .flatMap((earlier) => [
      ...(earlier.closed ?? []),
      ...[...(earlier.stops ?? []), ...(earlier.crashes ?? [])].map(readPort),
    ])
    .filter(({ protocol, port }) => !doors.some((door) => door.protocol === protocol && door.local.port === port))
  return {
    level,
    wave: plan,
    dice,
    callers,
    host,
    addresses: host.addresses,
    sockets,
    ephemeral: host.ephemeral ?? level.ephemeral ?? LINUX_EPHEMERAL,
    doors,
    windows: sockets.filter(({ peer, state }) => peer && state === 'ESTAB'),
    orphans: gone.filter(({ peer }) => peer),
    taken: new Set(sockets.filter(({ peer }) => peer).map(({ id }) => id)),
    ...(standing && { standing }),
    ending: new Set(),
    busy: new Set(),
    closed: [...bricks, ...dark],
    draw(name, items) {
      const deck = decks.get(name) ?? []
      if (deck.length === 0) deck.push(...dice.shuffle(items.map((_, index) => index)))
      decks.set(name, deck)
      const item = items[deck.pop() ?? 0] ?? items[0]
      if (item === undefined) throw new RangeError(`Level ${level.id}, wave ${wave}: nothing to deal for "${name}".`)
      return item
    },
  }
}

/**
 * The arrivals of a wave, in order, numbered from `firstId`. At least three in ten have a contrast close by: a call that
 * differs from one of the four before it in exactly one of the five fields (LEARNING: contrasts, not single cases).
 */
export function dealWave(table: Table, plan: Wave, dice: Random, firstId: number): readonly Arrival[] {
  const dealer = dealerAt(table, plan, dice)
  const names = KINDS.filter((name) => name in plan.deal)
  const kinds = dice.shuffle(names.flatMap((kind) => Array<TrafficKind>(plan.deal[kind] ?? 0).fill(kind)))
  if (plan.first) kinds.unshift(...kinds.splice(kinds.indexOf(plan.first), 1))
  const arrivals: Arrival[] = []
  for (const [index, kind] of askedAfter(kinds).entries()) {
    const numbered = { id: firstId + index, wave: table.wave, kind, attempt: 1 }
    if (isRequestKind(kind)) {
      arrivals.push(dealRequest(dealer, kind, numbered, table.level.waves[table.wave + 1]?.crowd?.count ?? 0))
      continue
    }
    if (kind === 'plan') {
      arrivals.push({ ...numbered, asks: 'plan' })
      continue
    }
    if (isTellKind(kind)) {
      arrivals.push(dealTell(dealer, kind, numbered))
      continue
    }
    if (isVisitKind(kind)) {
      arrivals.push(dealVisit(dealer, kind, numbered))
      continue
    }
    let packet = MAKERS[kind](dealer)
    if (index % 3 === 2 && CONTRASTED.includes(kind)) packet = beside(packet, arrivals.slice(-4), dealer) ?? packet
    const tuple = tupleOf(packet)
    if (tuple) dealer.taken.add(tupleKey(tuple))
    arrivals.push({ ...numbered, packet, asks: askOf(kind) })
  }
  return arrivals
}

const KINDS: readonly TrafficKind[] = [
  ...Object.keys(MAKERS).filter((name): name is PacketKind => name in MAKERS),
  'bind-free',
  'bind-other-protocol',
  'bind-conflict',
  'bind-covered',
  'bind-privileged',
  'bind-foreign',
  'bind-after-restart',
  'bind-reuseport',
  'bind-any',
  'connect-new-server',
  'connect-same-server',
  'connect-after-close',
  'count-bet',
  'plan',
  ...TELL_KINDS,
  ...VISIT_KINDS,
]

/** The kinds that keep their meaning when they come from another source: first packets to a fixed place. */
const CONTRASTED: readonly TrafficKind[] = [
  'to-listener',
  'tcp-to-listener',
  'udp-to-listener',
  'tcp-to-closed',
  'udp-to-closed',
  'port-zero',
  'range-question',
  'to-listener-v4',
  'to-listener-v6',
  'other-entrance',
  'staff-door',
]

/** The same call, made from the source of one of the recent ones, if that leaves exactly one field different. */
function beside(packet: Packet, recent: readonly Arrival[], dealer: Dealer): Packet | undefined {
  const own = tupleOf(packet)
  if (!own) return undefined
  const { protocol, destination } = own
  for (const other of dealer.dice.shuffle(recent)) {
    const tuple = 'packet' in other ? tupleOf(other.packet) : undefined
    if (!tuple || familyOf(tuple.source.address) !== familyOf(destination.address)) continue
    const differs =
      Number(tuple.protocol !== protocol) +
      Number(tuple.destination.port !== destination.port) +
      Number(tuple.destination.address !== destination.address)
    const key = tupleKey({ protocol, source: tuple.source, destination })
    const local = isLoopback(tuple.source.address)
    if (differs === 1 && !local && tuple.source.port !== destination.port && !dealer.taken.has(key))
      return call(dealer, protocol, destination, tuple.source)
  }
  return undefined
}

/**
 * The errand of an arrival brought once more. A first packet comes with other numbers, as a client would call again; a
 * segment of a connection is retransmitted as it was, and a recorded packet, a request or a bet stays itself.
 */
export function tryAgain(
  arrival: Arrival,
  coming: readonly Arrival[],
  table: Table,
  plan: Wave,
  dice: Random,
): Arrival {
  const attempt = arrival.attempt + 1
  if (arrival.asks === 'tell' && isTellKind(arrival.kind)) {
    const { id, wave, kind } = arrival
    if (isSentAgain(kind)) return { ...arrival, attempt }
    return dealTell(dealerAt(table, plan, dice), kind, { id, wave, kind, attempt })
  }
  if (arrival.asks === 'visit') {
    const { id, wave, who } = arrival
    return dealVisit(dealerAt(table, plan, dice), who, { id, wave, kind: who, attempt })
  }
  if (!('packet' in arrival) || arrival.captured) return { ...arrival, attempt }
  const dealer = dealerAt(table, plan, dice)
  const { packet } = arrival
  const tuple = tupleOf(packet)
  if (!tuple) return { ...arrival, attempt, packet: MAKERS.ping(dealer) }
  const { protocol, source, destination } = tuple
  if (packet.transport.protocol === 'tcp' && !packet.transport.flags.syn)
    return { ...arrival, attempt, packet: { ...packet, identification: dice.int(1, 65535) } }
  for (const call of coming) {
    const waiting = 'packet' in call ? tupleOf(call.packet) : undefined
    if (waiting) dealer.taken.add(tupleKey(waiting))
  }
  dealer.taken.add(tupleKey(tuple))
  const inside = isLoopback(source.address)
    ? { address: source.address, port: ephemeralPort(dealer, dealer.ephemeral) }
    : undefined
  const from = arrival.kind === 'bait' ? baitFor(dealer, protocol, destination) : inside
  return { ...arrival, attempt, packet: call(dealer, protocol, destination, from) }
}
