import type { Address } from '../net/address'
import { isLoopback, isWildcard } from '../net/address'
import type { Packet } from '../net/packet'
import { isSyn, tupleOf } from '../net/packet'
import { receive } from '../net/receive'
import type { Host } from '../net/host'
import type { Socket } from '../net/socket'
import { covers } from '../net/socket-table'
import type { Verdict } from '../net/verdict'
import { confusables, secureTwins } from '../ports/services'
import { rangeOf } from '../ports/range'
import type { Choice, FieldName } from './choice'
import { sameChoice } from './choice'
import type { MisconceptionId } from './misconception'

/** A choice beside what would have been right, with all that either was about. */
export interface Mistake {
  readonly host: Host
  readonly packet: Packet
  readonly truth: Choice
  readonly choice: Choice
}

/** What a mistake shows: the wrong idea behind it, and the field that should have been read. */
export interface Misreading {
  readonly misconception: MisconceptionId
  readonly field: FieldName
}

/** A wrong way to read a packet: it fits a mistake when someone who reads like this would have chosen the same. */
interface WrongReader extends Misreading {
  fits(mistake: Mistake): boolean
}

/** The packet with its two ports swapped, as someone reads it who takes the source port for the door. */
function portsSwapped(packet: Packet): Packet {
  const { transport } = packet
  if (transport.protocol !== 'tcp' && transport.protocol !== 'udp') return packet
  const { sourcePort, destinationPort } = transport
  return { ...packet, transport: { ...transport, sourcePort: destinationPort, destinationPort: sourcePort } }
}

/** The socket that would take this packet if it had come over the other protocol. */
function otherProtocol({ host, packet }: Mistake): Socket | undefined {
  const port = tupleOf(packet)?.destination.port
  return host.table
    .sockets()
    .find((socket) => !socket.peer && socket.protocol !== packet.transport.protocol && socket.local.port === port)
}

const chosenSocket = ({ host, choice }: Mistake): Socket | undefined =>
  'socket' in choice ? host.table.get(choice.socket) : undefined

const isPing = ({ transport }: Packet) => transport.protocol === 'icmp' || transport.protocol === 'icmp6'

const destinationPort = (packet: Packet) => tupleOf(packet)?.destination.port ?? -1

const remote = (address: Address | undefined, { source }: Packet) => address === source

const refuses = ({ kind }: Choice) => kind === 'rst' || kind === 'icmp'

/** True when the chosen door has the right protocol and number, and hangs at another address. */
const isElsewhere = (mistake: Mistake): boolean => {
  const { packet, choice, truth } = mistake
  const door = chosenSocket(mistake)
  return (
    choice.kind === 'listener' &&
    (truth.kind === 'listener' || refuses(truth)) &&
    door?.protocol === packet.transport.protocol &&
    door.local.port === destinationPort(packet) &&
    !covers(door, packet.destination)
  )
}

const asSourcePort = ({ host, packet, choice }: Mistake) => {
  const seen: Verdict = receive(host, portsSwapped(packet)).verdict
  return sameChoice(seen, choice)
}

/**
 * The wrong readers, the most telling first. Each compares what someone with that idea would do with what was done; where
 * it can, it asks the same network model about the packet as that person reads it.
 */
const WRONG_READERS: readonly WrongReader[] = [
  {
    misconception: 'loopback-reachable-outside',
    field: 'destination',
    fits: (mistake) => isElsewhere(mistake) && isLoopback(chosenSocket(mistake)?.local.address ?? ''),
  },
  { misconception: 'specific-bind-answers-all', field: 'destination', fits: isElsewhere },
  {
    misconception: 'ipv6-any-is-ipv6-only',
    field: 'source',
    fits: ({ host, packet, truth, choice }) =>
      truth.kind === 'listener' &&
      refuses(choice) &&
      packet.destination.includes('.') &&
      host.table.get(truth.socket)?.family === 6,
  },
  {
    misconception: 'wildcard-is-localhost',
    field: 'destination',
    fits: ({ host, truth, choice }) =>
      truth.kind === 'listener' &&
      refuses(choice) &&
      host.addresses.length > 1 &&
      isWildcard(host.table.get(truth.socket)?.local.address ?? ''),
  },
  {
    misconception: 'ephemeral-always-49152',
    field: 'destinationPort',
    fits: ({ host, packet, truth, choice }) =>
      truth.kind === 'connection' &&
      (refuses(choice) || choice.kind === 'drop') &&
      destinationPort(packet) < 49_152 &&
      destinationPort(packet) > 1023 &&
      !host.table.sockets().some(({ peer, local }) => !peer && local.port === destinationPort(packet)),
  },
  {
    misconception: 'port-is-socket',
    field: 'flags',
    fits: ({ truth, choice, packet }) =>
      choice.kind === 'connection' && (truth.kind === 'listener' || (truth.kind === 'rst' && isSyn(packet))),
  },
  {
    misconception: 'popular-means-well-known',
    field: 'destinationPort',
    fits: ({ truth, choice, packet }) =>
      truth.kind === 'range' &&
      choice.kind === 'range' &&
      (choice.range === 'system' || rangeOf(destinationPort(packet)) === 'system'),
  },
  { misconception: 'above-1023-is-ephemeral', field: 'destinationPort', fits: ({ truth }) => truth.kind === 'range' },
  {
    misconception: 'closed-is-silent',
    field: 'protocol',
    fits: ({ truth, choice, packet }) => isPing(packet) && truth.kind === 'echo-reply' && choice.kind === 'drop',
  },
  {
    misconception: 'icmp-has-port',
    field: 'protocol',
    fits: ({ packet, choice }) => isPing(packet) || choice.kind === 'echo-reply',
  },
  {
    misconception: 'closed-tcp-sends-icmp',
    field: 'protocol',
    fits: ({ truth, choice }) => truth.kind === 'rst' && choice.kind === 'icmp',
  },
  {
    misconception: 'udp-closed-sends-rst',
    field: 'protocol',
    fits: ({ truth, choice }) => truth.kind === 'icmp' && choice.kind === 'rst',
  },
  {
    misconception: 'closed-is-silent',
    field: 'destinationPort',
    fits: ({ truth, choice }) => refuses(truth) && choice.kind === 'drop',
  },
  {
    misconception: 'port-zero-usable',
    field: 'destinationPort',
    fits: ({ packet }) => destinationPort(packet) === 0,
  },
  {
    misconception: 'source-ip-alone-selects',
    field: 'sourcePort',
    fits: (mistake) =>
      mistake.choice.kind === 'connection' &&
      remote(chosenSocket(mistake)?.peer?.address, mistake.packet) &&
      chosenSocket(mistake)?.local.port === destinationPort(mistake.packet),
  },
  {
    misconception: 'source-port-alone-selects',
    field: 'source',
    fits: (mistake) =>
      mistake.choice.kind === 'connection' &&
      chosenSocket(mistake)?.peer?.port === tupleOf(mistake.packet)?.source.port &&
      chosenSocket(mistake)?.local.port === destinationPort(mistake.packet),
  },
  {
    misconception: 'dport-alone-selects',
    field: 'sourcePort',
    fits: (mistake) =>
      mistake.choice.kind === 'connection' && chosenSocket(mistake)?.local.port === destinationPort(mistake.packet),
  },
  {
    misconception: 'listener-carries-data',
    field: 'flags',
    fits: (mistake) =>
      mistake.choice.kind === 'listener' &&
      mistake.truth.kind !== 'listener' &&
      chosenSocket(mistake)?.protocol === mistake.packet.transport.protocol &&
      chosenSocket(mistake)?.local.port === destinationPort(mistake.packet),
  },
  {
    misconception: 'dport-alone-selects',
    field: 'sourcePort',
    fits: ({ truth, choice }) => truth.kind === 'connection' && (refuses(choice) || choice.kind === 'drop'),
  },
  {
    misconception: 'tcp-udp-share-space',
    field: 'protocol',
    fits: (mistake) => 'socket' in mistake.choice && otherProtocol(mistake)?.id === mistake.choice.socket,
  },
  {
    misconception: 'dns-is-udp-only',
    field: 'protocol',
    fits: ({ truth, choice, packet }) =>
      truth.kind === 'listener' &&
      refuses(choice) &&
      packet.transport.protocol === 'tcp' &&
      destinationPort(packet) === 53,
  },
  {
    misconception: 'https-is-tcp-only',
    field: 'protocol',
    fits: ({ truth, choice, packet }) =>
      truth.kind === 'listener' &&
      (refuses(choice) || choice.kind === 'drop') &&
      packet.transport.protocol === 'udp' &&
      destinationPort(packet) === 443,
  },
  {
    misconception: 'one-connection-per-port',
    field: 'destinationPort',
    fits: ({ truth, choice, host, packet }) =>
      truth.kind === 'listener' &&
      refuses(choice) &&
      host.table.sockets().some((socket) => socket.peer && socket.local.port === destinationPort(packet)),
  },
  {
    misconception: 'above-1023-is-ephemeral',
    field: 'destinationPort',
    fits: ({ truth, choice, packet }) =>
      truth.kind === 'listener' && (refuses(choice) || choice.kind === 'drop') && destinationPort(packet) > 1023,
  },
  { misconception: 'source-port-is-door', field: 'destinationPort', fits: asSourcePort },
  {
    misconception: 'secure-twin-mixup',
    field: 'destinationPort',
    fits: (mistake) => {
      const port = chosenSocket(mistake)?.local.port
      return port !== undefined && secureTwins(destinationPort(mistake.packet)).includes(port)
    },
  },
  {
    misconception: 'neighbour-mixup',
    field: 'destinationPort',
    fits: (mistake) => {
      const port = chosenSocket(mistake)?.local.port
      return port !== undefined && confusables(destinationPort(mistake.packet)).includes(port)
    },
  },
  {
    misconception: 'closed-is-silent',
    field: 'destinationPort',
    fits: ({ choice }) => choice.kind === 'drop',
  },
  { misconception: 'port-identifies-program', field: 'destinationPort', fits: () => true },
]

/** The first wrong reading that would have led to this mistake. There is always one. */
export function misreadingOf(mistake: Mistake): Misreading {
  const reader = WRONG_READERS.find(({ fits }) => fits(mistake))
  if (!reader) throw new RangeError('The last wrong reader fits every mistake.')
  return { misconception: reader.misconception, field: reader.field }
}
