import type { Choice, FieldName } from '../../lessons/choice'
import type { MisconceptionId } from '../../lessons/misconception'
import { isLoopback, isWildcard } from '../../net/address'
import { tupleOf } from '../../net/packet'
import { endpointText } from '../../net/tuple'
import { PORT_RANGES, rangeOf } from '../../ports/range'
import type { PortRange } from '../../ports/range'
import { serviceName } from '../../ports/services'
import type { BindArrival, ConnectArrival, CountArrival, Decision, PacketArrival } from '../../shift/shift'

const FIELDS: Record<FieldName, string> = {
  protocol: 'Protocol',
  source: 'Source address',
  sourcePort: 'Source port',
  destination: 'Destination address',
  destinationPort: 'Destination port',
  flags: 'Flags',
  type: 'ICMP type',
  options: 'Options',
  user: 'User',
  count: 'The count',
}

const RANGES: Record<PortRange, string> = { system: 'system', user: 'user', dynamic: 'dynamic' }

/** A decision about a packet. */
type PacketDecision = Decision & { readonly arrival: PacketArrival }

const isAboutPacket = (decision: Decision): decision is PacketDecision => 'packet' in decision.arrival

interface Facts {
  readonly destination: string
  readonly protocol: string
  readonly sourcePort: number
  readonly port: number
  readonly name: string
  /** The port of the socket that was chosen, if one was. */
  readonly chosen: number | undefined
  readonly window: string
  /** Why the host does what it does, and the field that decides. */
  readonly why: string
  readonly field: FieldName
}

function factsOf({ arrival: { packet }, choice, truth, reason }: PacketDecision): Facts {
  const tuple = tupleOf(packet)
  const port = tuple?.destination.port ?? 0
  return {
    destination: packet.destination,
    why: reason.why,
    field: reason.field,
    protocol: packet.transport.protocol.toUpperCase(),
    sourcePort: tuple?.source.port ?? 0,
    port,
    name: (tuple && serviceName(tuple.protocol, port)) ?? '',
    chosen: 'socket' in choice ? portIn(choice.socket) : undefined,
    window: truth.kind === 'connection' && tuple ? `${tuple.source.address}:${tuple.source.port}` : '',
  }
}

/** Socket ids end in their local port; the words need the number only. */
const portIn = (socket: string): number | undefined => {
  const digits = /(\d+)$/.exec(socket)?.[1]
  return digits === undefined ? undefined : Number(digits)
}

const whereTo = (truth: Choice, { protocol, port, window, destination, why, field }: Facts): string => {
  switch (truth.kind) {
    case 'listener':
      return `${protocol} port ${port} is its door`
    case 'connection':
      return `the window of ${window} is its place`
    case 'rst':
      if (why === 'no-connection') return 'no window has this label, and a lamp takes only SYNs, so TCP answers RST'
      return field === 'destination'
        ? `no lamp of ${port}/tcp hangs at ${destination}, so TCP answers RST`
        : `nobody listens at ${port}/tcp, so TCP answers RST`
    case 'icmp':
      return field === 'destination'
        ? `no lamp of ${port}/udp hangs at ${destination}, so ICMP says: port unreachable`
        : `nobody listens at ${port}/udp, so ICMP says: port unreachable`
    case 'echo-reply':
      return 'the host itself answers a ping'
    case 'drop':
      return 'the host says nothing'
    case 'range':
      return `${port} is in the ${RANGES[truth.range]} range`
    case 'reply':
      return `from ${endpointText(truth.source)} to ${endpointText(truth.destination)}`
    default:
      return ''
  }
}

/** One line for each wrong idea: the deciding field first, then what it says. */
const WRONG: Partial<Record<MisconceptionId, (facts: Facts, truth: Choice) => string>> = {
  'source-port-is-door': ({ sourcePort, port }, truth) =>
    truth.kind === 'listener'
      ? `Destination port ${port} decides. Source port ${sourcePort} is only the return address.`
      : `Destination port ${port} decides, and nobody listens there; ${sourcePort} is only the return address.`,
  'tcp-udp-share-space': ({ protocol, port }, truth) =>
    truth.kind === 'listener'
      ? `Protocol ${protocol} decides: ${port}/tcp and ${port}/udp are two doors.`
      : `Protocol ${protocol} decides: the other protocol's ${port} is lit, this one is not.`,
  'dns-is-udp-only': ({ port }) => `Protocol TCP at port ${port}: long answers and zone transfers come this way.`,
  'icmp-has-port': (_, truth) =>
    truth.kind === 'echo-reply'
      ? 'Protocol ICMP has a type and a code but no port: the host itself answers a ping.'
      : 'Protocol: this is no ping. Only an ICMP echo request gets an echo reply.',
  'closed-is-silent': ({ port }, truth) =>
    truth.kind === 'rst'
      ? `Destination port ${port} is closed, and a closed TCP port says so with RST. Silence is what filters do.`
      : truth.kind === 'icmp'
        ? `Destination port ${port} is closed, and the host says so with ICMP. Silence is what filters do.`
        : truth.kind === 'echo-reply'
          ? 'Protocol ICMP, echo request: a host that is up answers.'
          : `Destination port ${port} is lit: somebody waits for this.`,
  'udp-closed-sends-rst': ({ port }) => `Protocol UDP: RST is a TCP flag. A closed ${port}/udp is answered by ICMP.`,
  'closed-tcp-sends-icmp': ({ port }) => `Protocol TCP: a closed ${port}/tcp is refused by TCP itself, with RST.`,
  'port-zero-usable': () => 'Destination port 0 is reserved: nobody can listen there, so TCP answers RST.',
  'secure-twin-mixup': ({ port, chosen }) => `Destination port ${port} decides; ${chosen} is its twin, another number.`,
  'neighbour-mixup': ({ port, chosen, name }) =>
    `Destination port ${port}${name && ` (${name})`} decides; ${chosen} is another product's number.`,
  'above-1023-is-ephemeral': ({ port }, truth) =>
    truth.kind === 'range'
      ? `Destination port ${port}: ${rangeText(port)}.`
      : `Destination port ${port} is lit. A server may listen at any number, also above 1023.`,
  'popular-means-well-known': ({ port }) => `Destination port ${port}: ${rangeText(port)}, however well known it is.`,
  'one-connection-per-port': ({ port }) =>
    `Destination port ${port} is lit and stays lit: one door takes any number of callers.`,
  'listener-carries-data': ({ port }, truth) =>
    truth.kind === 'connection'
      ? `Flags without SYN: this belongs to an open connection of ${port}, not to the listener.`
      : `Flags without SYN and no such connection: the listener at ${port} takes only SYNs.`,
  'dport-alone-selects': (facts, truth) =>
    `Source port ${facts.sourcePort} decides among callers: ${whereTo(truth, facts)}.`,
  'source-ip-alone-selects': (facts, truth) =>
    truth.kind === 'reply'
      ? `Destination address: the answer goes ${whereTo(truth, facts)}.`
      : `Source port ${facts.sourcePort} decides: same address, another connection. ${capital(whereTo(truth, facts))}.`,
  'source-port-alone-selects': (facts, truth) =>
    `Source address decides: same port, another caller. ${capital(whereTo(truth, facts))}.`,
  'loopback-reachable-outside': ({ destination, port }) =>
    `Destination address ${destination} decides: the lamp of ${port} hangs at 127.0.0.1, the staff entrance.`,
  'specific-bind-answers-all': ({ destination, port }, truth) =>
    truth.kind === 'listener'
      ? `Destination address ${destination} decides: ${port} at another address is another program's door.`
      : `Destination address ${destination} decides: no lamp of ${port} hangs there, so the host refuses.`,
  'wildcard-is-localhost': ({ destination, port }) =>
    `Destination address ${destination}: the lamp of ${port} hangs at 0.0.0.0, and that is every address of the host.`,
  'ipv6-any-is-ipv6-only': ({ port }) =>
    `Source address: the lamp of ${port} hangs at :: without v6only, so it takes IPv4 too, as ::ffff:a.b.c.d.`,
  'ephemeral-always-49152': ({ port }) =>
    `Destination port ${port} is this client's own choice: Linux takes 32768 to 60999. Its window is lit.`,
  'port-is-socket': ({ port }, truth) =>
    truth.kind === 'rst'
      ? `Flags: a SYN wants a lamp, and that of ${port} is out. Its windows stay lit and take no newcomers.`
      : `Flags: a SYN wants a new socket, and the lamp of ${port} makes it. A window never takes newcomers.`,
  'reply-keeps-ports': ({ sourcePort, port }) =>
    `Destination port of the answer is ${sourcePort}, where the client waits; it leaves from ${port}. Swap both pairs.`,
  'client-uses-service-port': ({ sourcePort, port }) =>
    `Source port of the answer is ${port}, the service's own; ${sourcePort} is only the client's.`,
  'port-identifies-program': (facts, truth) =>
    truth.kind === 'listener'
      ? `Destination port ${facts.port} decides, whatever the parcel looks like.`
      : `Destination port ${facts.port} decides: ${whereTo(truth, facts)}.`,
}

const rangeText = (port: number): string => {
  const range = rangeOf(port)
  const [first, last] = PORT_RANGES[range]
  return `${first} to ${last} is the ${RANGES[range]} range`
}

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1)

/** The one line after a verdict: the deciding field in the first clause, then why. */
function line(decision: Decision): string {
  const { arrival } = decision
  if (arrival.asks === 'bind') return bindLine(decision, arrival)
  if (arrival.asks === 'connect') return connectLine(decision, arrival)
  if (arrival.asks === 'count') return countLine(decision, arrival)
  return isAboutPacket(decision) ? packetLine(decision) : ''
}

const ENTRANCE = (address: string): string =>
  isWildcard(address) ? `${address}, every entrance` : isLoopback(address) ? `${address}, the staff entrance` : address

/** Why the kernel grants a door or does not. */
function bindLine({ truth, right, reason }: Decision, { request, program }: BindArrival): string {
  const { protocol, local, reuseaddr } = request
  const place = `${local.port}/${protocol}`
  switch (truth.kind) {
    case 'eacces':
      return `User ${request.uid} decides: below 1024 only root may bind, or who has CAP_NET_BIND_SERVICE.`
    case 'eaddrnotavail':
      return `Address ${local.address} decides: no interface of this host has it.`
    case 'port':
      return 'Port 0 asks for any free number: one that no socket of the same protocol holds in its way.'
    case 'eaddrinuse':
      switch (reason.field) {
        case 'destination':
          return `Address ${ENTRANCE(local.address)}: it overlaps with a lamp of ${place} that is lit already.`
        case 'options':
          return request.reuseport
            ? 'Options: SO_REUSEPORT shares a door only when both sockets set it, for the same user.'
            : `Options: TIME-WAIT still holds ${place}, with no program behind it; SO_REUSEADDR would help.`
        default:
          return `Port ${place} at ${local.address} has its lamp already: protocol, address and port together must be free.`
      }
    default:
      if (reason.field === 'protocol')
        return `Protocol ${protocol.toUpperCase()} decides: the other ${local.port} is another door.`
      if (reason.field === 'options' || (!right && reason.misconception === 'busy-port-needs-process'))
        return request.reuseport
          ? 'Options: both set SO_REUSEPORT for one user; the kernel shares connections among them, each goes to one.'
          : reuseaddr
            ? 'Options: SO_REUSEADDR steps over what waits in TIME-WAIT.'
            : `Address ${local.address}: what waits in TIME-WAIT is at another address, so ${place} is free here.`
      return `${place} at ${ENTRANCE(local.address)} is free: ${program} gets its lamp.`
  }
}

function connectLine({ choice, truth, right, reason }: Decision, { target }: ConnectArrival): string {
  const to = endpointText(target)
  const port = choice.kind === 'port' ? choice.port : truth.kind === 'port' ? truth.port : 0
  if (right)
    return choice.kind === 'port'
      ? `Source port ${port}: towards ${to} nobody else uses it, so the five-tuple is new.`
      : `Source port: all eight are taken towards ${to}. Another server would still work.`
  switch (reason.misconception) {
    case 'ephemeral-never-shared':
      return `Source port ${port} is taken elsewhere, but free towards ${to}: only the whole five-tuple has to be unique.`
    case 'client-uses-service-port':
      return `Source port: the client's side needs no agreed number. Take one of its own range.`
    case 'busy-port-needs-process':
      return `Source port ${port} still waits in TIME-WAIT towards ${to}: the kernel keeps it a while.`
    default:
      return `Destination ${to} decides: from ${port} there is a connection to it already.`
  }
}

function countLine({ truth }: Decision, { callers, port }: CountArrival): string {
  const count = truth.kind === 'count' ? truth.count : { ports: 0, sockets: 0 }
  const number = (value: number) => value.toLocaleString('en')
  return `The count: ${number(callers)} callers, ${number(callers)} five-tuples, and still the one ${port}. ${count.ports} ports, ${number(count.sockets)} sockets.`
}

function packetLine(decision: PacketDecision): string {
  const facts = factsOf(decision)
  const { truth, right, reason } = decision
  if (!right && reason.misconception) {
    const wrong = WRONG[reason.misconception]
    return wrong ? wrong(facts, truth) : `${FIELDS[reason.field]} decides: ${whereTo(truth, facts)}.`
  }
  switch (truth.kind) {
    case 'listener':
      if (reason.field === 'destination')
        return `Destination ${facts.destination}, port ${facts.port}: this is the lamp that hangs there.`
      return reason.field === 'protocol'
        ? `Protocol ${facts.protocol}, destination port ${facts.port}: the other ${facts.port} is another door.`
        : `Destination port ${facts.port}${facts.name && ` (${facts.name})`}: its lamp is lit.`
    case 'connection':
      return `Source ${facts.window} to port ${facts.port}: all five fields match this window.`
    case 'range':
      return `Destination port ${facts.port}: ${rangeText(facts.port)}.`
    case 'reply':
      return `Both pairs swapped: ${whereTo(truth, facts)}.`
    case 'drop':
      return `${FIELDS[reason.field]}: ${whereTo(truth, facts)}.`
    default:
      return `${capital(whereTo(truth, facts))}.`
  }
}

export const reasons = {
  line,
}
