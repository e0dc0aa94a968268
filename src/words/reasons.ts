import type { Choice } from '../lessons/choice'
import type { MisconceptionId } from '../lessons/misconception'
import { isLoopback, isWildcard } from '../net/address'
import { tupleOf } from '../net/packet'
import { quotedTuple } from '../net/receive'
import { endpointText } from '../net/tuple'
import { PORT_RANGES, rangeOf } from '../ports/range'
import { serviceName } from '../ports/services'
import type { BindArrival, ConnectArrival, CountArrival, Decision, PacketArrival } from '../shift/shift'
import { reasons as en } from './en/reasons'
import type { Facts } from './facts'
import { capital } from './facts'
import { catalogue } from './language'
import { tell, tellLine, visitLine } from './tell'

/**
 * The lines after a verdict. They stand apart from the other words because they need the registry, and Home, which needs
 * neither, should not wait for it. A language has an object of this shape.
 */
export type Reasons = typeof en

let text: Reasons = en

catalogue<Reasons>(en, { es: () => import('./es/reasons').then((part) => part.reasons) }, (spoken) => (text = spoken))

/** The one line after a verdict: the deciding field in the first clause, then why. */
export function reasonLine(decision: Decision): string {
  const { arrival } = decision
  if (arrival.asks === 'bind') return bindLine(decision, arrival)
  if (arrival.asks === 'connect') return connectLine(decision, arrival)
  if (arrival.asks === 'count') return countLine(decision, arrival)
  if (arrival.asks === 'tell') return tellLine(decision, arrival)
  if (arrival.asks === 'visit') return visitLine(decision, arrival)
  if (arrival.asks === 'plan') return tell.plan.planned
  return isAboutPacket(decision) ? packetLine(decision) : ''
}

/** A decision about a packet. */
type PacketDecision = Decision & { readonly arrival: PacketArrival }

const isAboutPacket = (decision: Decision): decision is PacketDecision => 'packet' in decision.arrival

function factsOf(decision: PacketDecision): Facts {
  const { arrival, choice, truth } = decision
  const { packet } = arrival
  const tuple = tupleOf(packet)
  const port = tuple?.destination.port ?? 0
  const range = rangeOf(port)
  // An ICMP error is about the packet that it quotes, and so for the window that sent it.
  const quoted = 'type' in packet.transport ? quotedTuple(packet.transport) : undefined
  const peer = truth.kind === 'connection' ? (tuple?.source ?? quoted?.destination) : undefined
  const known = {
    protocol: packet.transport.protocol.toUpperCase(),
    destination: packet.destination,
    sourcePort: tuple?.source.port ?? 0,
    port,
    name: (tuple && serviceName(tuple.protocol, port)) ?? '',
    chosen: 'socket' in choice ? portIn(choice.socket) : undefined,
    window: peer ? endpointText(peer) : '',
    truth: truth.kind,
    range: text.range(range, ...PORT_RANGES[range]),
  }
  return { ...known, where: whereTo(decision, known) }
}

/** Socket ids end in their local port; the words need the number only. */
const portIn = (socket: string): number | undefined => {
  const digits = /(\d+)$/.exec(socket)?.[1]
  return digits === undefined ? undefined : Number(digits)
}

function whereTo({ truth, reason }: Decision, facts: Omit<Facts, 'where'>): string {
  const { protocol, port, window, destination } = facts
  const { where } = text
  const here = reason.field === 'destination'
  switch (truth.kind) {
    case 'listener':
      return where.listener(protocol, port)
    case 'connection':
      return where.connection(window)
    case 'rst':
      if (reason.why === 'no-connection') return where.stranger
      return here ? where.rstHere(port, destination) : where.rst(port)
    case 'icmp':
      return here ? where.icmpHere(port, destination) : where.icmp(port)
    case 'echo-reply':
      return where.ping
    case 'drop':
      return reason.why === 'filtered' ? where.filtered(port) : where.nothing
    case 'range':
      return where.range(port, truth.range)
    case 'reply':
      return where.reply(endpointText(truth.source), endpointText(truth.destination))
    default:
      return ''
  }
}

function packetLine(decision: PacketDecision): string {
  const facts = factsOf(decision)
  const { truth, right, reason } = decision
  const field = text.fields[reason.field]
  if (!right && reason.misconception) {
    const lines: Partial<Record<MisconceptionId, (facts: Facts) => string>> = text.wrong
    return lines[reason.misconception]?.(facts) ?? text.decides(field, facts.where)
  }
  switch (truth.kind) {
    case 'listener':
      if (reason.field === 'destination') return text.right.entrance(facts)
      return reason.field === 'protocol' ? text.right.protocol(facts) : text.right.door(facts)
    case 'connection':
      return reason.why === 'icmp-error' ? text.right.error(facts) : text.right.window(facts)
    case 'range':
      return text.right.range(facts)
    case 'reply':
      return text.right.reply(facts)
    case 'drop':
      return text.right.nothing(field, facts.where)
    default:
      return `${capital(facts.where)}.`
  }
}

/** Why the kernel grants a door or does not. */
function bindLine({ truth, right, reason }: Decision, { request, program }: BindArrival): string {
  const { protocol, local, reuseaddr, reuseport, uid } = request
  const { address, port } = local
  const { bind } = text
  const place = `${port}/${protocol}`
  const entrance = isWildcard(address)
    ? bind.everyEntrance(address)
    : isLoopback(address)
      ? bind.staffEntrance(address)
      : address
  switch (truth.kind) {
    case 'eacces':
      return bind.permission(uid)
    case 'eaddrnotavail':
      return bind.noInterface(address)
    case 'port':
      return bind.anyPort
    case 'eaddrinuse':
      if (reason.field === 'destination') return bind.overlap(entrance, place)
      if (reason.field === 'options') return reuseport ? bind.sharedByBoth : bind.timeWait(place)
      return bind.taken(place, address)
    default:
      if (reason.field === 'protocol') return bind.otherProtocol(protocol.toUpperCase(), port)
      if (reason.field === 'options' || (!right && reason.misconception === 'busy-port-needs-process'))
        return reuseport ? bind.shared : reuseaddr ? bind.stepsOver : bind.elsewhere(address, place)
      return bind.free(place, entrance, program)
  }
}

const portOf = (choice: Choice): number | undefined => (choice.kind === 'port' ? choice.port : undefined)

function connectLine({ choice, truth, right, reason }: Decision, { target }: ConnectArrival): string {
  const to = endpointText(target)
  const { connect } = text
  const chosen = portOf(choice)
  const port = chosen ?? portOf(truth) ?? 0
  if (right) return chosen === undefined ? connect.exhausted(to) : connect.right(chosen, to)
  switch (reason.misconception) {
    case 'ephemeral-never-shared':
      return connect.freeTowards(port, to)
    case 'client-uses-service-port':
      return connect.ownRange
    case 'busy-port-needs-process':
      return connect.timeWait(port, to)
    default:
      return connect.taken(port, to)
  }
}

function countLine({ truth }: Decision, { callers, port }: CountArrival): string {
  const count = truth.kind === 'count' ? truth.count : { ports: 0, sockets: 0 }
  return text.count(callers, port, count.ports, count.sockets)
}
