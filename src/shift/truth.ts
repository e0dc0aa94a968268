import type { Host } from '../net/host'
import type { Packet } from '../net/packet'
import { tupleOf } from '../net/packet'
import type { Received } from '../net/receive'
import type { BindRequest, BindingHost } from '../net/bind'
import { bindOutcome, canConnectFrom, portsOf, rivalsOf } from '../net/bind'
import { LINUX_EPHEMERAL } from '../net/kernel'
import { receive } from '../net/receive'
import type { Socket } from '../net/socket'
import { SocketTable } from '../net/socket-table'
import type { Plan } from '../lessons/plan'
import { rangeOf } from '../ports/range'
import type { Choice, ChoiceKind, FieldName, RefusalKind } from '../lessons/choice'
import { sameChoice } from '../lessons/choice'
import type { Misreading } from '../lessons/misreading'
import { misreadingOf } from '../lessons/misreading'
import { misjudgedBind, misjudgedConnect, misjudgedReply } from '../lessons/misjudging'
import { atGate } from './gate'
import type { Arrival, BindArrival, Reason, Shift } from './shift'
import { atDesk, offers, packetOf, placeOf, waveOf } from './shift'
import { firstPlan, ideaBehind, isPlannable, plannedByNeed, visited } from './works'

const hosts = new WeakMap<readonly Socket[], Host>()

/** The host with its sockets indexed. Made once for each set of sockets. */
export function hostOf({ host }: Shift): Host {
  const known = hosts.get(host.sockets)
  if (known) return known
  const made: Host = { name: host.name, addresses: host.addresses, table: SocketTable.of(host.sockets) }
  hosts.set(host.sockets, made)
  return made
}

/** What is right, which field decides it, and what the network would send. */
export interface Truth {
  readonly choice: Choice
  readonly reason: Reason
  readonly received?: Received
  /** What the network sends back, where that does not depend on the choice. */
  readonly answer?: Packet
}

/** What is right for an arrival, by the network model (or the registry's ranges). */
export function truthOf(shift: Shift, arrival: Arrival): Truth {
  switch (arrival.asks) {
    case 'bind':
      return truthOfBind(shift, arrival)
    case 'connect': {
      const port = portsOf(bindingHostOf(shift)).find((one) => isFree(shift, arrival, one))
      return port === undefined
        ? { choice: { kind: 'eaddrnotavail' }, reason: { field: 'sourcePort', why: 'no-port-left' } }
        : { choice: { kind: 'port', port }, reason: { field: 'sourcePort', why: 'free-port' } }
    }
    case 'count': {
      const right = arrival.bets.find(({ misconception }) => !misconception)
      const count = right?.count ?? { ports: 0, sockets: 0 }
      return { choice: { kind: 'count', count }, reason: { field: 'count', why: 'count' } }
    }
    case 'reply': {
      const tuple = tupleOf(arrival.packet)
      const nowhere = { address: '', port: 0 }
      const choice: Choice = {
        kind: 'reply',
        source: tuple?.destination ?? nowhere,
        destination: tuple?.source ?? nowhere,
      }
      return { choice, reason: { field: 'sourcePort', why: 'reply' } }
    }
    case 'range': {
      const port = tupleOf(arrival.packet)?.destination.port ?? 0
      return {
        choice: { kind: 'range', range: rangeOf(port) },
        reason: { field: 'destinationPort', why: 'range' },
      }
    }
    case 'tell': {
      const { options, field, why, answer } = arrival
      const right = options.find(({ misconception }) => !misconception) ?? options[0]
      if (!right) throw new RangeError(`Errand ${arrival.id} has nothing to say.`)
      return { choice: { kind: 'tell', told: right.told }, reason: { field, why }, ...(answer && { answer }) }
    }
    case 'plan': {
      const { works } = waveOf(shift)
      const plan = works ? plannedByNeed(works) : { boards: [], lamps: [] }
      return { choice: { kind: 'plan', plan }, reason: { field: 'rule', why: 'planned' } }
    }
    case 'visit': {
      const { arrival: met, by } = visited(shift, planOf(shift), arrival)
      const why = by === undefined ? 'no-board' : by === 'policy' || by === 'before' ? by : 'rule'
      return {
        choice: { kind: 'let' },
        reason: { field: 'rule', why },
        ...(met.answer && { answer: met.answer }),
      }
    }
    case 'route': {
      const stopped = stoppedAtGate(shift, arrival.packet)
      if (stopped) return stopped
      const received = receive(hostOf(shift), arrival.packet)
      return {
        choice: received.verdict,
        reason: { field: decidingField(shift, arrival.packet, received), why: received.why },
        received,
      }
    }
  }
}

/** What the player has planned for the night so far, or what the night begins with. */
export function planOf(shift: Shift): Plan {
  const { works } = waveOf(shift)
  return shift.plan ?? (works ? firstPlan(works) : { boards: [], lamps: [] })
}

/** What a gate makes of a packet that it does not let in; undefined where there is none, or where it does. */
function stoppedAtGate(shift: Shift, packet: Packet): Truth | undefined {
  const { gate } = waveOf(shift)
  const { action, arrival } = gate ? atGate({ ...shift.host, gate }, packet) : {}
  if (action === undefined || action === 'accept') return undefined
  const kind = action === 'drop' ? 'drop' : action === 'reset' ? 'rst' : 'icmp'
  return {
    choice: { kind },
    reason: { field: 'rule', why: 'filtered' },
    ...(arrival?.answer && { answer: arrival.answer }),
  }
}

/** What the host's own kernel goes by. */
const bindingHostOf = ({ host, level, wave }: Shift): BindingHost => ({
  addresses: host.addresses,
  sockets: host.sockets,
  ephemeral: placeOf({ level, wave }).ephemeral ?? level.ephemeral ?? LINUX_EPHEMERAL,
})

const REFUSALS: Readonly<Record<string, RefusalKind>> = {
  EADDRINUSE: 'eaddrinuse',
  EACCES: 'eacces',
  EADDRNOTAVAIL: 'eaddrnotavail',
}

function truthOfBind(shift: Shift, arrival: BindArrival): Truth {
  const { request } = arrival
  const host = bindingHostOf(shift)
  if (request.local.port === 0) {
    const port = portsOf(host).find((one) => isFree(shift, arrival, one))
    if (port !== undefined)
      return { choice: { kind: 'port', port }, reason: { field: 'destinationPort', why: 'any-port' } }
  }
  const outcome = bindOutcome(host, request)
  const refusal = outcome.granted ? undefined : REFUSALS[outcome.errno]
  const field = fieldOfBind(host, request, refusal)
  return { choice: { kind: refusal ?? 'grant' }, reason: { field, why: refusal ?? 'granted' } }
}

/** The line of a request that one has to read last to know what the kernel says. */
function fieldOfBind(host: BindingHost, request: BindRequest, refusal: RefusalKind | undefined): FieldName {
  if (refusal === 'eacces') return 'user'
  if (refusal === 'eaddrnotavail') return 'destination'
  const rivals = rivalsOf(host, request)
  if (request.reuseport || rivals.leftOver) return 'options'
  if (rivals.elsewhere) return 'destination'
  return rivals.otherProtocol && rivals.sockets.length === 0 ? 'protocol' : 'destinationPort'
}

/** The field one has to read last to know: the protocol where the number alone would mislead, else the port. */
function decidingField(shift: Shift, packet: Packet, { verdict, why }: Received): FieldName {
  const tuple = tupleOf(packet)
  if (!tuple) return 'protocol'
  if (why === 'not-my-address') return 'destination'
  if (verdict.kind === 'connection') return 'sourcePort'
  if (why === 'no-connection') return 'flags'
  const sameNumber = shift.host.sockets.filter(({ peer, local }) => !peer && local.port === tuple.destination.port)
  const doors = sameNumber.filter(({ protocol }) => protocol === tuple.protocol)
  if (doors.length > 1 || (doors.length === 1 && verdict.kind !== 'listener')) return 'destination'
  return sameNumber.length > doors.length ? 'protocol' : 'destinationPort'
}

/** The kinds of choices that the errand at the desk takes now. */
export function kindsNow(shift: Shift): readonly ChoiceKind[] {
  const arrival = atDesk(shift)
  if (!arrival) return offers(shift)
  // A request for any port is granted by giving it one.
  const hidden = arrival.asks !== 'bind' ? undefined : arrival.request.local.port === 0 ? 'grant' : 'port'
  return offers(shift).filter((kind) => ANSWERS[arrival.asks].includes(kind) && kind !== hidden)
}

/** True when the choice can be made now: its kind is on offer, its socket exists, its label is made of the request's parts. */
export function isOffered(shift: Shift, arrival: Arrival, choice: Choice): boolean {
  if (!kindsNow(shift).includes(choice.kind)) return false
  switch (choice.kind) {
    case 'listener':
    case 'connection':
      return hostOf(shift).table.get(choice.socket) !== undefined
    case 'reply': {
      const packet = packetOf(arrival)
      const tuple = packet && tupleOf(packet)
      if (!tuple) return false
      const ends = [tuple.source, tuple.destination]
      return [choice.source, choice.destination].every(
        ({ address, port }) => ends.some((end) => end.address === address) && ends.some((end) => end.port === port),
      )
    }
    case 'port':
      return portsOnOffer(shift, arrival).includes(choice.port)
    case 'count':
      return arrival.asks === 'count' && arrival.bets.some(({ count }) => sameChoice({ kind: 'count', count }, choice))
    case 'tell':
      return arrival.asks === 'tell' && arrival.options.some(({ told }) => sameChoice({ kind: 'tell', told }, choice))
    case 'plan':
      return isPlannable(shift, arrival, choice.plan)
    default:
      return true
  }
}

/** The kinds of answers that each kind of question takes. */
const ANSWERS: Readonly<Record<Arrival['asks'], readonly ChoiceKind[]>> = {
  route: ['listener', 'connection', 'rst', 'icmp', 'echo-reply', 'drop'],
  range: ['range'],
  reply: ['reply'],
  bind: ['grant', 'eaddrinuse', 'eacces', 'eaddrnotavail', 'port'],
  connect: ['port', 'eaddrnotavail'],
  count: ['count'],
  tell: ['tell'],
  plan: ['plan'],
  visit: ['let'],
}

/** More numbers than these are not offered one by one. */
const MOST_PORTS = 16

/** The numbers among which the player chooses one: the host's range, and for a call the server's own number as bait. */
export function portsOnOffer(shift: Shift, arrival: Arrival): readonly number[] {
  const range = portsOf(bindingHostOf(shift)).slice(0, MOST_PORTS)
  return arrival.asks === 'connect' ? [...range, arrival.target.port] : arrival.asks === 'bind' ? range : []
}

/** True when a choice is right: the one right answer, or any of the numbers that the kernel itself could give. */
export function isRight(shift: Shift, arrival: Arrival, choice: Choice, truth: Choice): boolean {
  // Whatever was planned is tried: the visits say whether it was right.
  if (choice.kind === 'plan') return true
  if (arrival.asks === 'visit') return visited(shift, planOf(shift), arrival).right
  if (choice.kind === 'tell' && arrival.asks === 'tell')
    return arrival.options.some(
      ({ told, misconception }) => !misconception && sameChoice({ kind: 'tell', told }, choice),
    )
  if (truth.kind !== 'port' || choice.kind !== 'port') return sameChoice(choice, truth)
  return portsOf(bindingHostOf(shift)).includes(choice.port) && isFree(shift, arrival, choice.port)
}

/** True when the kernel itself could give this port: to a program that asks for any, or to a call. */
function isFree(shift: Shift, arrival: Arrival, port: number): boolean {
  const host = bindingHostOf(shift)
  if (arrival.asks === 'bind') return bindOutcome(host, arrival.request, port).granted
  return arrival.asks === 'connect' && canConnectFrom(host, arrival.source, arrival.target, port)
}

/** The wrong idea behind a wrong choice, and the field that should have been read. */
export function mistakeOf(shift: Shift, arrival: Arrival, choice: Choice, truth: Choice): Misreading {
  const host = bindingHostOf(shift)
  switch (arrival.asks) {
    case 'bind':
      return misjudgedBind({ host, request: arrival.request, truth, choice })
    case 'connect':
      return misjudgedConnect({ host, target: arrival.target, truth, choice })
    case 'reply':
      return misjudgedReply(tupleOf(arrival.packet), choice)
    case 'count': {
      const bet = arrival.bets.find(({ count }) => sameChoice({ kind: 'count', count }, choice))
      return { misconception: bet?.misconception ?? 'port-is-socket', field: 'count' }
    }
    case 'tell': {
      const said = arrival.options.find(({ told }) => sameChoice({ kind: 'tell', told }, choice))
      return { misconception: said?.misconception ?? 'port-identifies-program', field: arrival.field }
    }
    case 'plan':
      return { misconception: 'closed-port-secures-host', field: 'rule' }
    case 'visit':
      return { misconception: ideaBehind(shift, planOf(shift), arrival), field: 'rule' }
    default:
      return misreadingOf({ host: hostOf(shift), packet: arrival.packet, truth, choice })
  }
}
