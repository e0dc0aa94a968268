import type { Choice, FieldName } from '../../lessons/choice'
import type { MisconceptionId } from '../../lessons/misconception'
import { tupleOf } from '../../net/packet'
import { PORT_RANGES, rangeOf } from '../../ports/range'
import type { PortRange } from '../../ports/range'
import { serviceName } from '../../ports/services'
import type { Decision } from '../../shift/shift'

const FIELDS: Record<FieldName, string> = {
  protocol: 'Protocol',
  source: 'Source address',
  sourcePort: 'Source port',
  destination: 'Destination address',
  destinationPort: 'Destination port',
  flags: 'Flags',
  type: 'ICMP type',
}

const RANGES: Record<PortRange, string> = { system: 'system', user: 'user', dynamic: 'dynamic' }

interface Facts {
  readonly protocol: string
  readonly sourcePort: number
  readonly port: number
  readonly name: string
  /** The port of the socket that was chosen, if one was. */
  readonly chosen: number | undefined
  readonly window: string
}

function factsOf({ arrival: { packet }, choice, truth }: Decision): Facts {
  const tuple = tupleOf(packet)
  const port = tuple?.destination.port ?? 0
  return {
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

const whereTo = (truth: Choice, { protocol, port, window }: Facts): string => {
  switch (truth.kind) {
    case 'listener':
      return `${protocol} port ${port} is its door`
    case 'connection':
      return `the window of ${window} is its place`
    case 'rst':
      return `nobody listens at ${port}/tcp, so TCP answers RST`
    case 'icmp':
      return `nobody listens at ${port}/udp, so ICMP says: port unreachable`
    case 'echo-reply':
      return 'the host itself answers a ping'
    case 'drop':
      return 'the host says nothing'
    case 'range':
      return `${port} is in the ${RANGES[truth.range]} range`
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
    `Source port ${facts.sourcePort} decides: same address, another connection. ${capital(whereTo(truth, facts))}.`,
  'source-port-alone-selects': (facts, truth) =>
    `Source address decides: same port, another caller. ${capital(whereTo(truth, facts))}.`,
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
  const facts = factsOf(decision)
  const { truth, right, reason } = decision
  if (!right && reason.misconception) {
    const wrong = WRONG[reason.misconception]
    return wrong ? wrong(facts, truth) : `${FIELDS[reason.field]} decides: ${whereTo(truth, facts)}.`
  }
  switch (truth.kind) {
    case 'listener':
      return reason.field === 'protocol'
        ? `Protocol ${facts.protocol}, destination port ${facts.port}: the other ${facts.port} is another door.`
        : `Destination port ${facts.port}${facts.name && ` (${facts.name})`}: its lamp is lit.`
    case 'connection':
      return `Source ${facts.window} to port ${facts.port}: all five fields match this window.`
    case 'range':
      return `Destination port ${facts.port}: ${rangeText(facts.port)}.`
    case 'drop':
      return `${FIELDS[reason.field]}: ${whereTo(truth, facts)}.`
    default:
      return `${capital(whereTo(truth, facts))}.`
  }
}

export const reasons = {
  line,
  field: (name: FieldName): string => FIELDS[name],
  whereTo: (decision: Decision): string => capital(whereTo(decision.truth, factsOf(decision))),
}
