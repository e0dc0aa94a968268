const list = (items: readonly (string | number)[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`

/** Words of the questions of this topic, by template. */
export const numbers = {
  list,
  port: 'Port',
  ranges: { system: 'system (well-known)', user: 'user (registered)', dynamic: 'dynamic (private)' },
  'bs-all-or-nothing': {
    stem: 'Strangers may reach this web server, but not this database. By what can a packet filter in front of them tell the two apart, if it reads no more than this?',
    reads: 'The filter reads',
    web: 'Web server',
    database: 'Database',
    fields: {
      addresses: 'addresses',
      ports: 'protocol and ports',
      both: 'addresses, protocol and ports',
    },
    options: {
      address: 'by the destination address',
      port: 'by the destination port',
      either: 'by either: address or port',
      none: 'by nothing: it is all or nothing',
      program: 'by the program that is meant',
      sourcePort: 'by the source port',
    },
    explain: {
      address:
        'What the filter reads decides: the two have different addresses, so a rule for the one address leaves out the other.',
      port: 'What the filter reads decides: the two have different ports, so a rule for the one port leaves out the other.',
      either:
        'What the filter reads decides: the two differ in address and port, and it reads both. A rule for either of them leaves out the database.',
      none: 'What the filter reads decides: the two have the same address, and it reads nothing else. Who may reach the one reaches the other; for that, headers have ports.',
    },
  },
  'wk-range': {
    stem: (port: number) => `In which range of the registry (IANA) does port ${port} lie?`,
    explain: (port: number, range: string, [low, high]: readonly [number, number]) =>
      `The number alone counts: ${port} lies in ${low}-${high}, the ${range} range. How famous a port is, or who uses it, changes nothing.`,
  },
  'wk-system-only': {
    stem: 'Which of these ports are well-known ports in the registry’s sense (the system range)?',
    explain: (system: readonly number[]) =>
      `The range 0-1023 is the system range: here ${list(system)}. The others may be famous, but they lie above it.`,
  },
  'bs-can-listen': {
    stem: 'A program of root asks an idle Linux host for one of these port numbers, to listen over TCP. Which numbers can then stand in its `LISTEN` line?',
    width: 'Port field in the header',
    explain:
      'The field has 16 bits, so 65535 is the largest number. 0 is reserved: who asks for it gets another, free port. From 1 to 65535 a server may listen on any.',
  },
  'wk-hex-port': {
    stem: (protocol: string) =>
      `The ${protocol.toUpperCase()} header of a packet begins with these bytes. What is its destination port, as a decimal number?`,
    explain: (bytes: string, high: number, low: number, port: number) =>
      `The destination port is bytes 2 and 3, \`${bytes}\`, the high byte first: ${high} × 256 + ${low} = ${port}. Bytes 0 and 1 are the source port.`,
  },
  'wk-count-values': {
    stem: 'The port field of TCP and UDP has 16 bits. What is the largest number it can hold?',
    madeUp: (bits: number) =>
      `A made-up transport protocol has a port field of ${bits} bits. What is the largest number it can hold?`,
    bits: (bits: number) => `${bits} bits, all 1`,
    explain: (bits: number, largest: number) =>
      `${bits} bits hold 2 to the power of ${bits} different numbers. The smallest of them is 0, so the largest is ${largest}.`,
  },
  'bs-without-ports': {
    stem: 'Imagine headers without port fields. These hosts run these services, and these packets arrive, with addresses only. For how many packets is it certain which service they are meant for?',
    explain: (certain: number, all: number) =>
      `The address settles it only for a host with a single service: ${certain} of ${all} packets. With several services behind one address a second coordinate is missing, the port.`,
  },
  'bs-one-role': {
    stem: (count: number) =>
      `${count} hosts, each with one address, and the services that each of them runs. For how many of these hosts would the address alone tell every caller’s service?`,
    explain: (count: number) =>
      `The list of services decides: ${count === 0 ? 'no host runs' : count === 1 ? 'one host runs' : `${count} of the hosts run`} a single one, and only then the address is enough. From the second service on, a host needs a number for each: the port.`,
  },
  'bs-who-reads-ports': {
    stem: {
      router:
        'This packet comes to a router with these routes and no filter. On which fields does it depend by which interface it leaves?',
      switch:
        'This packet comes to an Ethernet switch with this table. On which fields does it depend by which port of the switch it leaves?',
      new: 'This first packet of a connection comes to the host it is meant for. On which fields does it depend which of these listeners gets it?',
      connection:
        'This packet comes to the host it is meant for. On which fields does it depend which of these sockets gets it?',
      filter:
        'This packet comes to a packet filter. On which fields does it depend whether the filter lets it through?',
      'source-filter':
        'This packet comes to a packet filter. On which fields does it depend whether the filter lets it through?',
      nat: 'This packet comes to a home router. On which fields does it depend whether the port forward sends it to the inside host?',
    },
    macName: 'Destination MAC',
    fields: {
      mac: 'destination MAC address',
      protocol: 'protocol',
      source: 'source address',
      sourcePort: 'source port',
      destination: 'destination address',
      destinationPort: 'destination port',
    },
    program: 'name of the program it is meant for',
    explain: {
      router:
        'The destination address is all that a router looks up in its routes; the same way leads to every port of a host.',
      switch:
        'The destination MAC address is all that a switch looks up in its table; it reads neither addresses nor ports of IP.',
      new: 'Destination address, protocol and destination port find the listener. Where a first packet comes from makes no difference to that.',
      connection:
        'All five fields find a connected socket: the protocol, and address and port of both ends. Change one of them, and it is another connection or none.',
      filter: 'The rule reads what it states and nothing else: the protocol and the destination port.',
      'source-filter':
        'The rule reads what it states and nothing else: the source address, the protocol and the destination port.',
      nat: 'The forward states what it reads: the destination address, the protocol and the destination port.',
    },
  },
  'bs-same-way': {
    stem: 'This packet passes a router with these routes. Which of the packets below leaves the router by the same interface?',
    explain: (address: string, network: string, name: string) =>
      `The destination address alone chooses the way: \`${address}\` lies in \`${network}\` too, which is behind \`${name}\`. Ports and source address play no part.`,
  },
  'wk-nmap-name-versus-truth': {
    stem: (port: string) => `A SYN scan without version detection printed this. What is certain about \`${port}\`?`,
    accepts: (port: number) => `Some program accepts TCP connections at port ${port}.`,
    program: (name: string, port: number) => `The program that listens at port ${port} is ${name}.`,
    protocol: (port: number, name: string) => `Whoever connects to port ${port} is answered in the protocol ${name}.`,
    refuses: (port: number) => `Whoever connects to port ${port} is refused at once.`,
    dropped: (port: number) => `A filter drops what is sent to port ${port}.`,
    notInstalled: (name: string) => `The program ${name} does not run on this host.`,
    nobodyElse: (port: number) => `No other host of this network has a listener at port ${port}.`,
    encrypted: (port: number) => `What is sent to port ${port} is encrypted on its way.`,
    explain: (port: string, name: string) =>
      `\`${port} open\` means that a SYN was answered with SYN and ACK, no more. The name \`${name}\` comes from a table by number; nothing was read from the program.`,
    explainClosed: (port: string, name: string) =>
      `\`${port} closed\` means that a SYN was answered with RST, no more. The name \`${name}\` comes from a table by number; such a program may run at another port.`,
  },
  'wk-who-answers': {
    stem: (endpoint: string) =>
      `A client connects to \`${endpoint}\` over TCP. Who takes the connection, and what is spoken?`,
    option: (program: string, protocol: string) => `${program}, and it speaks ${protocol}`,
    refused: (program: string, port: number) => `nobody: ${program} may not serve port ${port}`,
    explain: (port: number, program: string, protocol: string) =>
      `Port ${port} is held by \`${program}\` here, so the answer is ${protocol}. The number is an agreement; what is spoken depends on the program that listens.`,
  },
}
