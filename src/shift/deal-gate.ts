import { segmentPacket } from '../net/build'
import type { Filtered, PortMatch, Rule } from '../net/filter'
import { evaluate, matches } from '../net/filter'
import { nftAction } from '../net/nft-text'
import type { Packet } from '../net/packet'
import { tupleOf } from '../net/packet'
import { unreachable } from '../net/refusal'
import { probePacket } from '../net/scan'
import type { Protocol } from '../net/tuple'
import type { MisconceptionId } from '../lessons/misconception'
import type { Saying } from '../lessons/told'
import { callerAddress } from './callers'
import type { Tell } from './deal-tell'
import type { Dealer } from './dealer'
import { call, segment } from './dealer'
import type { Guarded } from './gate'
import { atGate, chainOf } from './gate'
import type { TellKind } from './level'
import type { Option, TellWhy } from './shift'
import { localEnd, remoteEnd } from './windows'

/** The host of a dealer with its gate. Throws RangeError where the wave has none. */
export function guardedBy({ host, sockets, wave, level }: Dealer): Guarded {
  if (!wave.gate) throw new RangeError(`Level ${level.id}: a wave without a gate deals packets for one.`)
  return { name: host.name, addresses: host.addresses, sockets, gate: wave.gate }
}

/** Ports that a rule is about: of a range one well inside and its end. */
const portsIn = (port: PortMatch): readonly number[] =>
  typeof port === 'number' ? [port] : [Math.floor((port.from + port.to) / 2), port.to].map((one) => Math.max(1, one))

/** A first packet that could come, and what the board makes of it. */
interface Candidate {
  readonly packet: Packet
  readonly met: Filtered
  /** Rules below the one that decides that would fit too; rules that would fit the other transport. */
  readonly later: readonly number[]
  readonly crossed: readonly number[]
}

const PROTOCOLS: readonly Protocol[] = ['tcp', 'udp']

/** The same packet over the other transport. */
function crossed(packet: Packet): Packet {
  const tuple = tupleOf(packet)
  return tuple ? probePacket(tuple.protocol === 'tcp' ? 'udp' : 'tcp', tuple.source, tuple.destination) : packet
}

const dealt = new WeakMap<Dealer, readonly Candidate[]>()

/** The candidates of a wave, made once. */
function candidatesOf(dealer: Dealer): readonly Candidate[] {
  const made = dealt.get(dealer) ?? candidates(dealer)
  dealt.set(dealer, made)
  return made
}

/** First packets of all sorts: each port that a rule, a lamp or the wave names, over both transports, from both networks. */
function candidates(dealer: Dealer): readonly Candidate[] {
  const { dice, callers, doors, wave, host } = dealer
  const guarded = guardedBy(dealer)
  const { rules } = guarded.gate
  const chain = chainOf(guarded.gate)
  const ports = [
    ...new Set([
      ...rules.flatMap(({ match }) => match.destinationPort ?? []).flatMap(portsIn),
      ...doors.map(({ local }) => local.port),
      ...(wave.closed ?? []).map(({ port }) => port),
    ]),
  ]
  const sources = [
    ...callers.map((caller) => callerAddress(caller, 4)),
    `203.0.113.${dice.int(2, 254)}`,
    `198.51.100.${dice.int(2, 254)}`,
  ]
  return ports.flatMap((port) =>
    PROTOCOLS.flatMap((protocol) =>
      sources.map((address): Candidate => {
        const source = { address, port: dice.int(49152, 65535) }
        const packet = call(dealer, protocol, { address: host.addresses[0], port }, source)
        // A first packet of a source that has not called before is new to every notebook.
        const met = evaluate(chain, packet, { state: 'new' })
        const fits = (one: Packet) =>
          rules.flatMap(({ match }, index) => (matches(match, one, { state: 'new' }) ? [index] : []))
        const below = (index: number) => met.by === 'policy' || (typeof met.by === 'number' && index > met.by)
        return {
          packet,
          met,
          later: fits(packet).filter(below),
          crossed: fits(crossed(packet)).filter((index) => !fits(packet).includes(index)),
        }
      }),
    ),
  )
}

const NO_RULE: Rule = { match: {}, action: 'drop' }

/** What leads somebody to a line of the board that does not decide. */
function ideaOfLine({ packet, met, later, crossed: other }: Candidate, rule: Rule, line: number | 'policy') {
  if (line === 'policy') return 'most-specific-rule-wins'
  if (later.includes(line)) return 'most-specific-rule-wins'
  if (other.includes(line)) return 'tcp-udp-share-space'
  const tuple = tupleOf(packet)
  const swapped = tuple && probePacket(tuple.protocol, tuple.destination, tuple.source)
  if (swapped && matches(rule.match, swapped)) return 'source-port-is-door'
  return met.by === 'policy' ? 'no-rule-means-allowed' : 'most-specific-rule-wins'
}

/** The same visit from another source port. */
function calledAnew(dealer: Dealer, packet: Packet): Packet {
  const tuple = tupleOf(packet)
  if (!tuple) return packet
  const source = { address: tuple.source.address, port: dealer.dice.int(49152, 65535) }
  return call(dealer, tuple.protocol, tuple.destination, source)
}

/** Which line decides about one of the packets of which `wanted` holds? */
const lineFor =
  (deck: string, wanted: (candidate: Candidate) => boolean) =>
  (dealer: Dealer): Tell => {
    const candidate = dealer.draw(deck, candidatesOf(dealer).filter(wanted))
    const { met } = candidate
    const packet = calledAnew(dealer, candidate.packet)
    const { rules } = guardedBy(dealer).gate
    const lines: readonly (number | 'policy')[] = [...rules.keys(), 'policy']
    const options = lines.map((line): Option => ({
      told: { kind: 'line', line },
      ...(line !== met.by && {
        misconception: ideaOfLine(candidate, rules[typeof line === 'number' ? line : -1] ?? NO_RULE, line),
      }),
    }))
    const { answer } = atGate(guardedBy(dealer), packet).arrival
    return {
      question: 'line',
      about: packet,
      options,
      why: met.by === 'policy' ? 'policy' : 'rule',
      field: met.by === 'policy' && candidate.crossed.length > 0 ? 'protocol' : 'rule',
      notes: { rule: typeof met.by === 'number' ? met.by + 1 : 0, action: nftAction(met.action, 'inet') },
      ...(answer && { answer }),
    }
  }

/** The idea behind letting in what the gate stops, and behind stopping what it lets in. */
interface Ideas {
  readonly pass: MisconceptionId
  readonly drop: MisconceptionId
}

const isRefusal = ({ action }: Rule) => action !== 'accept' && action !== 'drop'

/** Does the gate let this packet in? Where a rule of it refuses, that can be said as well. */
function judged(dealer: Dealer, packet: Packet, ideas: Ideas): Tell {
  const guarded = guardedBy(dealer)
  const { arrival, action, by } = atGate(guarded, packet)
  const truth: Saying = action === 'accept' ? 'pass' : action === 'drop' ? 'drop' : 'refuse'
  const saying = (one: 'pass' | 'drop' | 'refuse'): Option => ({
    told: { kind: 'say', saying: one },
    ...(one !== truth && {
      misconception: one === 'pass' ? ideas.pass : truth === 'pass' ? ideas.drop : 'closed-is-silent',
    }),
  })
  const sayings = ['pass', 'drop', ...(guarded.gate.rules.some(isRefusal) ? (['refuse'] as const) : [])] as const
  const rule = typeof by === 'number' ? guarded.gate.rules[by] : undefined
  return {
    question: 'gate',
    about: packet,
    options: sayings.map(saying),
    why: whyOf(guarded, packet, rule),
    field: rule?.match.state ? 'sourcePort' : tupleOf(packet) ? 'destinationPort' : 'type',
    notes: { rule: typeof by === 'number' ? by + 1 : 0, action: nftAction(action, 'inet') },
    ...(arrival.answer && { answer: arrival.answer }),
  }
}

function whyOf({ gate, sockets }: Guarded, packet: Packet, rule: Rule | undefined): TellWhy {
  if (rule?.match.state) return tupleOf(packet) ? 'known-flow' : 'related'
  if (rule) return 'by-port'
  const own = sockets.some(({ peer, local }) => peer && local.port === tupleOf(packet)?.destination.port)
  if (!gate.notebook && own) return 'no-notebook'
  return 'no-flow'
}

const isOwnCall = (dealer: Dealer, port: number) => !dealer.doors.some(({ local }) => local.port === port)

/** An answer to one of the host's own calls. */
const ownCall = (dealer: Dealer) =>
  dealer.draw(
    'own call',
    dealer.windows.filter(({ local }) => isOwnCall(dealer, local.port)),
  )

type GateKind =
  Extract<TellKind, `line-${string}`> | 'own-reply' | 'new-visit' | 'fake-reply' | 'icmp-of-flow' | 'ftp-data'

const accepts = ({ met }: Candidate) => met.action === 'accept'

export const GATE_DESKS: Record<GateKind, (dealer: Dealer) => Tell> = {
  'line-accept': lineFor('line accept', (one) => accepts(one) && one.met.by !== 'policy' && one.later.length > 0),
  'line-refuse': lineFor('line refuse', (one) => !accepts(one) && one.met.by !== 'policy' && one.later.length > 0),
  'line-policy': lineFor('line policy', ({ met, crossed: other }) => met.by === 'policy' && other.length === 0),
  'line-transport': lineFor('line transport', ({ crossed: other }) => other.length > 0),
  'own-reply': (dealer) => {
    const window = ownCall(dealer)
    const packet = segment(dealer, remoteEnd(window), localEnd(window), false)
    return judged(dealer, packet, { drop: 'replies-need-inbound-rule', pass: 'stateless-remembers' })
  },
  'new-visit': (dealer) => {
    const { wave, doors, host } = dealer
    const ports = [...doors.map(({ local }) => local.port), ...(wave.closed ?? []).map(({ port }) => port)]
    const packet = call(dealer, 'tcp', { address: host.addresses[0], port: dealer.draw('visit', [...new Set(ports)]) })
    return judged(dealer, packet, { pass: 'no-rule-means-allowed', drop: 'most-specific-rule-wins' })
  },
  'fake-reply': (dealer) => {
    const { dice, host, callers } = dealer
    const source = { address: dice.pick(callers).address, port: 443 }
    const destination = { address: host.addresses[0], port: dice.int(32768, 60999) }
    const part = { source, destination, ttl: 57, identification: dice.int(1, 65535), window: 65160 }
    const flags = dice.next() < 0.5 ? { syn: true, ack: true } : { ack: true, psh: true }
    const numbers = { seq: dice.int(1, 4294967295), ack: dice.int(1, 4294967295) }
    return judged(dealer, segmentPacket({ ...part, ...numbers, flags }), {
      pass: 'source-port-is-door',
      drop: 'stateless-remembers',
    })
  },
  'icmp-of-flow': (dealer) => {
    const window = ownCall(dealer)
    const sent = segment(dealer, localEnd(window), remoteEnd(window), false)
    const router = dealer.dice.pick(dealer.callers).address
    return judged(dealer, unreachable(sent, 'host', router), {
      drop: 'replies-need-inbound-rule',
      pass: 'stateless-remembers',
    })
  },
  'ftp-data': (dealer) => {
    const { windows, dice, host } = dealer
    const control = dealer.draw(
      'ftp',
      windows.filter(({ local }) => local.port === 21),
    )
    const source = { address: remoteEnd(control).address, port: dice.int(49152, 65535) }
    const destination = { address: host.addresses[0], port: dice.int(50000, 50999) }
    return judged(dealer, call(dealer, 'tcp', destination, source), { pass: 'ftp-one-port', drop: 'ftp-one-port' })
  },
}
