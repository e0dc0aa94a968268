import type { FieldName } from '../../lessons/choice'
import type { MisconceptionId } from '../../lessons/misconception'
import type { PortRange } from '../../ports/range'
import type { Facts } from '../facts'
import { capital } from '../facts'
import { number } from './number'

const RANGES: Record<PortRange, string> = { system: 'system', user: 'user', dynamic: 'dynamic' }

/** Sentences begin with the deciding field. `facts.where` is one of `where`, `facts.range` is `range`. */
export const reasons = {
  fields: {
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
    rule: 'Rule',
    answer: 'The answer',
    payload: 'First bytes',
  } satisfies Record<FieldName, string>,
  range: (range: PortRange, first: number, last: number) => `${first} to ${last} is the ${RANGES[range]} range`,
  /** Where a packet belongs, as the second half of a sentence. */
  where: {
    listener: (protocol: string, port: number) => `${protocol} port ${port} is its door`,
    connection: (window: string) => `the window of ${window} is its place`,
    stranger: 'no window has this label, and a lamp takes only SYNs, so TCP answers RST',
    rst: (port: number) => `nobody listens at ${port}/tcp, so TCP answers RST`,
    rstHere: (port: number, address: string) => `no lamp of ${port}/tcp hangs at ${address}, so TCP answers RST`,
    icmp: (port: number) => `nobody listens at ${port}/udp, so ICMP says: port unreachable`,
    icmpHere: (port: number, address: string) =>
      `no lamp of ${port}/udp hangs at ${address}, so ICMP says: port unreachable`,
    ping: 'the host itself answers a ping',
    nothing: 'the host says nothing',
    filtered: (port: number) => `the gate drops ${port}, and nobody hears of it`,
    range: (port: number, range: PortRange) => `${port} is in the ${RANGES[range]} range`,
    reply: (from: string, to: string) => `from ${from} to ${to}`,
  },
  /** One line for each wrong idea about a packet: the deciding field first, then what it says. */
  wrong: {
    'source-port-is-door': ({ sourcePort, port, truth }: Facts) =>
      truth === 'listener'
        ? `Destination port ${port} decides. Source port ${sourcePort} is only the return address.`
        : `Destination port ${port} decides, and nobody listens there; ${sourcePort} is only the return address.`,
    'tcp-udp-share-space': ({ protocol, port, truth }: Facts) =>
      truth === 'listener'
        ? `Protocol ${protocol} decides: ${port}/tcp and ${port}/udp are two doors.`
        : `Protocol ${protocol} decides: the other protocol's ${port} is lit, this one is not.`,
    'dns-is-udp-only': ({ port }: Facts) =>
      `Protocol TCP at port ${port}: long answers and zone transfers come this way.`,
    'https-is-tcp-only': ({ port }: Facts) =>
      `Protocol UDP at port ${port}: HTTP/3 runs over QUIC. Turned away, the browser waits, then falls back to TCP.`,
    'icmp-has-port': ({ truth, window }: Facts): string =>
      truth === 'echo-reply'
        ? 'Protocol ICMP has a type and a code but no port: the host itself answers a ping.'
        : truth === 'connection'
          ? `Protocol ICMP has no port: the packet that it quotes was sent to ${window}, and tells whose error it is.`
          : 'Protocol: this is no ping. Only an ICMP echo request gets an echo reply.',
    'closed-is-silent': ({ port, truth }: Facts) =>
      truth === 'rst'
        ? `Destination port ${port} is closed, and a closed TCP port says so with RST. Silence is what filters do.`
        : truth === 'icmp'
          ? `Destination port ${port} is closed, and the host says so with ICMP. Silence is what filters do.`
          : truth === 'echo-reply'
            ? 'Protocol ICMP, echo request: a host that is up answers.'
            : `Destination port ${port} is lit: somebody waits for this.`,
    'udp-closed-sends-rst': ({ port }: Facts) =>
      `Protocol UDP: RST is a TCP flag. A closed ${port}/udp is answered by ICMP.`,
    'closed-tcp-sends-icmp': ({ port }: Facts) =>
      `Protocol TCP: a closed ${port}/tcp is refused by TCP itself, with RST.`,
    'port-zero-usable': () => 'Destination port 0 is reserved: nobody can listen there, so TCP answers RST.',
    'secure-twin-mixup': ({ port, chosen }: Facts) =>
      `Destination port ${port} decides; ${chosen} is its twin, another number.`,
    'neighbour-mixup': ({ port, chosen, name }: Facts) =>
      `Destination port ${port}${name && ` (${name})`} decides; ${chosen} is another product's number.`,
    'above-1023-is-ephemeral': ({ port, range, truth }: Facts) =>
      truth === 'range'
        ? `Destination port ${port}: ${range}.`
        : `Destination port ${port} is lit. A server may listen at any number, also above 1023.`,
    'popular-means-well-known': ({ port, range }: Facts) =>
      `Destination port ${port}: ${range}, however well known it is.`,
    'one-connection-per-port': ({ port }: Facts) =>
      `Destination port ${port} is lit and stays lit: one door takes any number of callers.`,
    'listener-carries-data': ({ port, truth }: Facts) =>
      truth === 'connection'
        ? `Flags without SYN: this belongs to an open connection of ${port}, not to the listener.`
        : `Flags without SYN and no such connection: the listener at ${port} takes only SYNs.`,
    'dport-alone-selects': ({ sourcePort, where }: Facts) =>
      `Source port ${sourcePort} decides among callers: ${where}.`,
    'source-ip-alone-selects': ({ sourcePort, where, truth }: Facts) =>
      truth === 'reply'
        ? `Destination address: the answer goes ${where}.`
        : `Source port ${sourcePort} decides: same address, another connection. ${capital(where)}.`,
    'source-port-alone-selects': ({ where }: Facts) =>
      `Source address decides: same port, another caller. ${capital(where)}.`,
    'loopback-reachable-outside': ({ destination, port }: Facts) =>
      `Destination address ${destination} decides: the lamp of ${port} hangs at 127.0.0.1, the staff entrance.`,
    'specific-bind-answers-all': ({ destination, port, truth }: Facts) =>
      truth === 'listener'
        ? `Destination address ${destination} decides: ${port} at another address is another program's door.`
        : `Destination address ${destination} decides: no lamp of ${port} hangs there, so the host refuses.`,
    'wildcard-is-localhost': ({ destination, port }: Facts) =>
      `Destination address ${destination}: the lamp of ${port} hangs at 0.0.0.0, and that is every address of the host.`,
    'ipv6-any-is-ipv6-only': ({ port }: Facts) =>
      `Source address: the lamp of ${port} hangs at :: without v6only, so it takes IPv4 too, as ::ffff:a.b.c.d.`,
    'ephemeral-always-49152': ({ port }: Facts) =>
      `Destination port ${port} is this client's own choice: Linux takes 32768 to 60999. Its window is lit.`,
    'port-is-socket': ({ port, truth }: Facts) =>
      truth === 'rst'
        ? `Flags: a SYN wants a lamp, and that of ${port} is out. Its windows stay lit and take no newcomers.`
        : `Flags: a SYN wants a new socket, and the lamp of ${port} makes it. A window never takes newcomers.`,
    'reply-keeps-ports': ({ sourcePort, port }: Facts) =>
      `Destination port of the answer is ${sourcePort}, where the client waits; it leaves from ${port}. Swap both pairs.`,
    'client-uses-service-port': ({ sourcePort, port }: Facts) =>
      `Source port of the answer is ${port}, the service's own; ${sourcePort} is only the client's.`,
    'port-identifies-program': ({ port, where, truth }: Facts) =>
      truth === 'listener'
        ? `Destination port ${port} decides, whatever the parcel looks like.`
        : `Destination port ${port} decides: ${where}.`,
  } satisfies Partial<Record<MisconceptionId, (facts: Facts) => string>>,
  /** After a wrong choice that has no line of its own. */
  decides: (field: string, where: string) => `${field} decides: ${where}.`,
  /** After a right choice about a packet. */
  right: {
    entrance: ({ destination, port }: Facts) =>
      `Destination ${destination}, port ${port}: this is the lamp that hangs there.`,
    protocol: ({ protocol, port }: Facts) =>
      `Protocol ${protocol}, destination port ${port}: the other ${port} is another door.`,
    door: ({ port, name }: Facts) => `Destination port ${port}${name && ` (${name})`}: its lamp is lit.`,
    window: ({ window, port }: Facts) => `Source ${window} to port ${port}: all five fields match this window.`,
    error: ({ window }: Facts) => `Protocol ICMP, no port: the packet that it quotes was sent to ${window} from here.`,
    range: ({ port, range }: Facts) => `Destination port ${port}: ${range}.`,
    reply: ({ where }: Facts) => `Both pairs swapped: ${where}.`,
    nothing: (field: string, where: string) => `${field}: ${where}.`,
  },
  /** Why the kernel grants a door or does not. `place` is `443/tcp`. */
  bind: {
    everyEntrance: (address: string) => `${address}, every entrance`,
    staffEntrance: (address: string) => `${address}, the staff entrance`,
    permission: (uid: number) => `User ${uid} decides: below 1024 only root may bind, or who has CAP_NET_BIND_SERVICE.`,
    noInterface: (address: string) => `Address ${address} decides: no interface of this host has it.`,
    anyPort: 'Port 0 asks for any free number: one that no socket of the same protocol holds in its way.',
    overlap: (entrance: string, place: string) =>
      `Address ${entrance}: it overlaps with a lamp of ${place} that is lit already.`,
    sharedByBoth: 'Options: SO_REUSEPORT shares a door only when both sockets set it, for the same user.',
    timeWait: (place: string) =>
      `Options: TIME-WAIT still holds ${place}, with no program behind it; SO_REUSEADDR would help.`,
    taken: (place: string, address: string) =>
      `Port ${place} at ${address} has its lamp already: protocol, address and port together must be free.`,
    otherProtocol: (protocol: string, port: number) =>
      `Protocol ${protocol} decides: the other ${port} is another door.`,
    shared: 'Options: both set SO_REUSEPORT for one user; the kernel shares connections among them, each goes to one.',
    stepsOver: 'Options: SO_REUSEADDR steps over what waits in TIME-WAIT.',
    elsewhere: (address: string, place: string) =>
      `Address ${address}: what waits in TIME-WAIT is at another address, so ${place} is free here.`,
    free: (place: string, entrance: string, program: string) =>
      `${place} at ${entrance} is free: ${program} gets its lamp.`,
  },
  /** From which port a call may go out. `to` is the server's address and port. */
  connect: {
    right: (port: number, to: string) =>
      `Source port ${port}: towards ${to} nobody else uses it, so the five-tuple is new.`,
    exhausted: (to: string) => `Source port: all eight are taken towards ${to}. Another server would still work.`,
    freeTowards: (port: number, to: string) =>
      `Source port ${port} is taken elsewhere, but free towards ${to}: only the whole five-tuple has to be unique.`,
    ownRange: `Source port: the client's side needs no agreed number. Take one of its own range.`,
    timeWait: (port: number, to: string) =>
      `Source port ${port} still waits in TIME-WAIT towards ${to}: the kernel keeps it a while.`,
    taken: (port: number, to: string) => `Destination ${to} decides: from ${port} there is a connection to it already.`,
  },
  count: (callers: number, port: number, ports: number, sockets: number) =>
    `The count: ${number(callers)} callers, ${number(callers)} five-tuples, and still the one ${port}. ${ports} ports, ${number(sockets)} sockets.`,
}
