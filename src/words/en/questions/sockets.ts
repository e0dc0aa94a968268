import type { SocketState } from '../../../net/socket'
import type { ServerCall } from '../../../net/server-calls'
import { number } from '../number'

const list = (numbers: readonly number[]): string => new Intl.ListFormat('en-GB').format(numbers.map(String))

/** What each call of a server gives, as far as it comes; `port` is the server's. */
const gives: Readonly<Record<ServerCall, (port: number) => string>> = {
  socket: () => 'a socket without a port',
  bind: (port) => `port ${port} for this socket`,
  listen: () => 'the lamp is lit: LISTEN, SYNs are taken',
  accept: () => 'a second, connected socket: ESTAB',
  recv: () => 'bytes from the connected socket',
  recvfrom: () => 'a datagram, and who sent it',
}

const stages: Readonly<Partial<Record<SocketState | 'CLOSED', string>>> = {
  'SYN-RECV':
    'The flags: a SYN has come, and the server has answered SYN+ACK. The window (connected socket) is there from now on, as `SYN-RECV`, until the last ACK. The listener stays.',
  ESTAB:
    'The flags: the last ACK completes the handshake. The connection has its own socket, `ESTAB`, at the same local port. The listener stays lit beside it.',
  'CLOSE-WAIT':
    'The flags: the client’s FIN came first. The server’s socket stays in `CLOSE-WAIT` until its program closes too. The listener is not touched.',
  'FIN-WAIT-2':
    'The flags: the server’s FIN came first and is acknowledged. Its socket waits in `FIN-WAIT-2` for the client’s FIN. The listener is not touched.',
  'TIME-WAIT':
    'The flags: both FINs are acknowledged, and the server’s came first. `TIME-WAIT` stays with the end that closed first. The listener is not touched.',
  CLOSED:
    'The flags: the client’s FIN came first, so `TIME-WAIT` stays with the client. On the server this socket is gone after the last ACK; the listener never changed.',
}

/** Words of the questions of this topic, by template. */
export const sockets = {
  'ps-which-window': {
    stem: 'A segment with data arrives. Where does it go?',
    explain: (peer: string, door: number, found: boolean) =>
      found
        ? `Source address and source port together choose among the windows (connected sockets) of port ${door}: this is the one of \`${peer}\`.`
        : `Source address and source port together choose among the windows (connected sockets) of port ${door}. None has \`${peer}\`, and data is no SYN: the answer is RST.`,
  },
  'ps-syn-or-data': {
    stem: 'A segment arrives. Where does it go?',
    freshPort: (local: string) => `to a new window at ${local} (connected socket)`,
    explain: {
      listener: (peer: string, door: number) =>
        `The flags: a SYN without ACK asks for a new connection, and no window has \`${peer}\`. The lamp (listener) of port ${door} takes it and opens one.`,
      window: (peer: string, door: number) =>
        `The flags: no SYN, so it belongs to a connection. The window (connected socket) at port ${door} that has \`${peer}\` on its other end takes it.`,
      stray: (peer: string, door: number) =>
        `The flags: no SYN, so the lamp (listener) of port ${door} does not take it. No window has \`${peer}\`, so TCP answers RST.`,
    },
  },
  'ps-one-window-closes': {
    stem: 'The first line is a reset: it ends its connection at once. Then the second line arrives. Where does it go?',
    stays: (peer: string) =>
      `Source address and source port name the window (connected socket) of \`${peer}\`. The reset ended one five-tuple only; the listener and the other windows stay.`,
    gone: (peer: string) =>
      `Source address and source port name \`${peer}\`, whose window (connected socket) is gone. Data is no SYN, so the listener does not take it, and TCP answers RST.`,
  },
  'ps-lamp-goes-out': {
    stem: (program: string, door: number) =>
      `\`${program}\` has closed its listener at port ${door} and keeps its open connections. Now two segments arrive: data, then a SYN. What becomes of each?`,
    fates: {
      window: 'reaches its window',
      accepted: 'opens a new window',
      rst: 'gets RST',
      silence: 'gets no answer',
    },
    both: (data: string, syn: string) => `the data ${data}; the SYN ${syn}`,
    explain: (peer: string, known: boolean) =>
      known
        ? `The flags: a SYN needs a listener, and there is none, so it gets RST. The data needs only its window (connected socket), and that of \`${peer}\` is still open.`
        : `The flags: a SYN needs a listener, and there is none, so it gets RST. The data needs its window (connected socket), and none has \`${peer}\`: RST too.`,
  },
  'ps-restart': {
    stem: (program: string, asks: boolean) =>
      `The server lost power and is up again. \`${program}\` listens as before, and some clients have connected anew. An old client ${asks ? 'calls again from its old source port' : 'has noticed nothing and sends this on its old connection'}. Where does it go?`,
    refused: (peer: string) =>
      `The flags: no SYN, so this belongs to a connection, and no window (connected socket) has \`${peer}\` any more. The listener takes only SYNs: TCP answers RST, although the port is open.`,
    taken: (peer: string) =>
      `The flags: a SYN asks for a new connection. No window (connected socket) has \`${peer}\` any more, so nothing is in its way, and the listener takes it.`,
  },
  'ps-same-source-port': {
    stem: (source: number) =>
      `These calls all come from source port ${source}. Which windows (connected sockets) does the server have once all handshakes are over?`,
    outcomes: {
      each: (count: number) => (count === 1 ? '1 window, for one of the calls' : `${count} windows, one for each call`),
      some: (count: number, door: number) =>
        `${count === 1 ? '1 window' : `${count} windows`} at port ${door}; the rest is refused`,
      shared: '1 window, shared by all calls',
      moved: (count: number, door: number) => `${count} windows: one at port ${door}, the others at fresh ports`,
      lamp: (door: number) => `none: the lamp of port ${door} takes all data`,
    },
    addresses: (source: number, callers: number) =>
      `The source address is part of the five-tuple, and it differs. With source port ${source} these are ${callers} remote ends, so ${callers} windows (connected sockets), all at the listener’s port.`,
    doors: (count: number) =>
      `The destination port is part of the five-tuple too: one caller has two calls, and they differ in it. So there are ${count} windows (connected sockets).`,
    closed: (port: number, count: number) =>
      `Destination port ${port}: nobody listens there, so that SYN gets RST. Each of the other calls has a five-tuple and a window (connected socket) of its own: ${count}.`,
  },
  'ps-count-windows': {
    stem: (program: string, door: number) =>
      `How many established connections does \`${program}\` have at its port ${door} right now?`,
    explain: (door: number) =>
      `State and local port: count the lines with \`ESTAB\` whose local port is ${door}. \`LISTEN\` is the lamp (listener), \`TIME-WAIT\` is over, and ${door} on the right is a call to somebody else.`,
  },
  'ps-count-ports': {
    stem: (clients: number, ports: readonly number[]) =>
      `${number(clients)} clients are connected to this server, which listens at ${ports.length === 1 ? 'port' : 'the ports'} ${list(ports)}. How many of the server’s port numbers do all these sockets take up together?`,
    explain: (sockets: number, ports: readonly number[]) =>
      `The local port of a connection is that of its listener: ${number(sockets)} sockets, and only ${list(ports)} on the server’s side. \`accept()\` makes sockets, not ports.`,
  },
  'ps-count-sockets': {
    tcp: (clients: number, program: string, door: number) =>
      `This is \`${program}\` before anybody called. Now ${clients} clients are connected to port ${door}. How many sockets does it have there, the one shown included?`,
    udp: (clients: number, program: string, door: number) =>
      `This is \`${program}\`, which never calls \`connect()\`. Now ${clients} clients send datagrams to port ${door} and get answers. How many sockets does it have there?`,
    explainTcp: (clients: number) =>
      `The protocol decides. TCP: each accepted client has a connected socket of its own, beside the listener, so ${clients} + 1.`,
    explainUdp:
      'The protocol decides. UDP has no connections and no `accept()`: one unconnected socket reads the datagrams of all clients.',
  },
  'ps-max-from-one-address': {
    stem: (client: string, target: string) =>
      `A client has one address, \`${client}\`, and its system picks every source port by this setting. How many connections to \`${target}\` can it have at once, at most?`,
    count: number,
    explain: (low: number, high: number) =>
      `The source port is all that can still vary: ${high} − ${low} + 1 numbers. A second client address, or a second port of the server, doubles that.`,
  },
  'ps-server-limit': {
    stem: (local: string) =>
      `Clients connect to \`${local}\`, and the server has memory enough. How many of these connections can be open at the same time, at most?`,
    facts: {
      addresses: 'Client addresses that the server sees',
      behind: (computers: number) => `1 (a NAT with ${computers} computers behind it)`,
      ports: 'Source ports that each address uses',
      each: 'Number of these source ports',
    },
    count: number,
    explain: (addresses: number, each: number, total: number) =>
      `Client address and source port make the pair that counts: ${number(addresses)} × ${number(each)} = ${number(total)} different five-tuples, all at one port of the server.`,
  },
  'ps-count-conversations': {
    stem: (local: string) =>
      `A capture at \`${local}\`. How many conversations are in these lines, both directions of one counted together?`,
    explain:
      'Protocol, both addresses and both ports make one key. A line with both ends exchanged is the way back of the same conversation; one other field makes another.',
  },
  'ps-local-port-after-accept': {
    stem: (peer: string) =>
      `The handshake with \`${peer}\` is complete, and the server has accepted the connection. Which line does \`ss -tan\` gain there?`,
    explain: (door: number, peer: string) =>
      `The local port stays ${door}: \`accept()\` makes a new socket with the listener’s port. What tells it from others is its peer, \`${peer}\`.`,
  },
  'ps-lamps-or-windows': {
    stem: 'Which of these sockets are lamps: which wait for newcomers, whoever they are?',
    explain:
      'State and peer decide. `LISTEN` (TCP) or `UNCONN` (UDP) with `0.0.0.0:*` as peer waits for anybody; a line with a peer is one conversation, running or over.',
  },
  'ps-vocabulary': {
    stem: 'Match each thing with what shows it. Two are left over.',
    terms: {
      port: 'the port of a service',
      ephemeral: 'an ephemeral port of a client',
      listener: 'a listening socket',
      connected: 'a connected socket',
      connection: 'a connection, with both its ends',
      service: 'the registered name of a service',
    },
    explain:
      'Protocol, address, port and state together make a socket; a number alone is a port. Two connected sockets that mirror each other are the ends of a connection.',
  },
  'ps-call-order': {
    stem: (protocol: string, door: number) =>
      `A ${protocol} server is to serve at port ${door}. Put its calls in order, up to the first bytes of a client. Leave out what it has no use for.`,
    gives,
    explainTcp:
      '`bind()` gives the socket its port, `listen()` lights the lamp (listener), `accept()` gives a second socket for one client, and only that one has bytes to read.',
    explainUdp:
      '`bind()` gives the socket its port, and datagrams are read from it at once. UDP has no connections, so there is nothing to listen for or to accept.',
  },
  'ps-other-end': {
    stem: 'This is a connection as the client’s board shows it. Which line is the same connection on the server’s board?',
    explain:
      'Local and peer change places: each end prints its own address and port first. Both pairs stay whole, address with port.',
  },
  'ps-accept-trace': {
    stem: (door: number) =>
      `These are all segments between a server, which listens at port ${door}, and one caller. What does \`ss -tan\` on the server show of port ${door} right after the last one?`,
    both: (lines: readonly string[]) => lines.join(' and '),
    only: (line: string) => `${line} alone`,
    nothing: 'nothing',
    explain: stages,
  },
  'ps-same-conversation': {
    stem: 'Which of these headers belongs to the same conversation as this packet?',
    explain: (client: string, local: string) =>
      `Protocol, addresses and ports: the conversation is TCP between \`${client}\` and \`${local}\`. The way back has both ends exchanged, each with its own port.`,
  },
  'ps-which-change': {
    stem: 'This segment belongs to an open connection. Which of these changes, each alone, would take it out of that connection?',
    sourcePort: (port: number) => `source port ${port}`,
    source: (address: string) => `source address ${address}`,
    protocol: 'protocol UDP, the same ports',
    destination: (address: string) => `destination address ${address}, also the server’s`,
    destinationPort: (port: number) => `destination port ${port}`,
    exchanged: (from: string, to: string) => `both ends exchanged: from ${from} to ${to}`,
    flags: 'flags `[F.]` in place of `[P.]`',
    explain:
      'Five fields make the key: protocol, source address, source port, destination address, destination port. Flags are not among them, and with both ends exchanged it is the same conversation.',
  },
  'ps-reuseport': {
    stem: (workers: number, door: number, clients: number) =>
      `${workers} workers start one after the other. Each binds \`0.0.0.0:${door}\` and listens. Then ${number(clients)} clients connect. What do the workers get?`,
    facts: { first: 'Option set by the first worker', others: 'Option set by the others', users: 'Run by' },
    none: 'none',
    users: { same: 'one user', own: 'a user of its own each' },
    shared: (each: number) => `each gets about ${number(each)}: every client is with one worker`,
    copies: (clients: number) => `each gets all ${number(clients)}: a copy for every worker`,
    last: (clients: number) => `the last to start gets all ${number(clients)}, the others none`,
    first: (clients: number) => `the first gets all ${number(clients)}, the others cannot start`,
    busy: 'one connection at a time; the other clients wait',
    moved: (each: number) => `each gets about ${number(each)}, at a port of its own`,
    explain: (workers: number) =>
      `\`SO_REUSEPORT\` is set by all, under one user: ${workers} listeners share the port. The kernel picks one of them for each SYN, by a hash over its addresses and ports.`,
    explainFirst: {
      option: (option: string) =>
        `The option of the first worker is ${option}: a port is shared only if every socket on it has set \`SO_REUSEPORT\`. All others get "Address already in use".`,
      address:
        '`SO_REUSEADDR` is not `SO_REUSEPORT`: it does not let two TCP sockets listen at one address and port. All but the first get "Address already in use".',
      user: 'The user decides: `SO_REUSEPORT` shares a port only among sockets of one user, so that nobody can take over foreign connections. All others get "Address already in use".',
    },
  },
}
