/** Words of the boards of statements. Every statement has a true and a false form, by the value that is said. */
export const boards = {
  'bd-sockets': {
    stem: 'This is a server with four connections. Which of these are true? Choose all.',
    explain: (port: number) =>
      `Local and peer address with their ports name one socket. Port ${port} is one number, with a listener for SYNs and a socket of its own for each connection.`,
    says: {
      'port-is-socket': (port: number, count: number) =>
        count === 1 ? `Local port ${port} has 1 socket.` : `Local port ${port} has ${count} sockets.`,
      'one-connection-per-port': (port: number, free: boolean) =>
        free
          ? `A third client can connect to port ${port} now.`
          : `A third client has to wait until port ${port} is free.`,
      'new-server-port-per-connection': (port: number, kept: boolean) =>
        kept
          ? `On the server, the next connection to ${port} has local port ${port} too.`
          : `On the server, the next connection to ${port} gets a new local port.`,
      'listener-carries-data': (peer: string, state: string) => `Data from ${peer} goes to a socket in state ${state}.`,
      'dport-alone-selects': (port: number, enough: boolean) =>
        enough
          ? `Destination port ${port} is enough to find the connection of a segment.`
          : `Destination port ${port} is not enough to find the connection of a segment.`,
      'source-ip-alone-selects': (address: string, count: number) =>
        count === 1
          ? `The two lines with ${address} are one connection.`
          : `The two lines with ${address} are two connections.`,
      'source-port-alone-selects': (port: number, count: number) =>
        count === 1
          ? `The two lines with peer port ${port} are one connection.`
          : `The two lines with peer port ${port} are two connections.`,
      'limit-64k-connections': (port: number) => `After 65,536 connections port ${port} is full.`,
    },
  },
  'bd-traffic': {
    stem: 'Two packets at a server, and what listens there. Which of these are true? Choose all.',
    explain: (port: number) =>
      `Destination port 443 is the door that line 1 knocks at; source port ${port} is where the answer goes. TCP and UDP have separate ports, ICMP has none.`,
    says: {
      'source-port-is-door': (port: number) => `The packet of line 1 is for port ${port} of the server.`,
      'reply-keeps-ports': (port: number) => `In the answer to line 1 the destination port is ${port}.`,
      'client-uses-service-port': (port: number, both: boolean) =>
        both
          ? `The next caller of ${port} also has ${port} on its own side.`
          : `The next caller of ${port} has another port on its own side.`,
      'ephemeral-always-49152': (port: number, usual: boolean) =>
        usual
          ? `Source port ${port} is usual: a Linux client picks such ports.`
          : `Source port ${port} is suspicious: clients start at 49152.`,
      'ephemeral-never-shared': (address: string, port: number, shared: boolean) =>
        shared
          ? `From port ${port}, ${address} can call another server at the same time.`
          : `Until that connection ends, ${address} cannot call another server from ${port}.`,
      'tcp-udp-share-space': (port: number, open: boolean) =>
        open ? `Port ${port}/udp is open here.` : `Port ${port}/udp is closed here.`,
      'dns-is-udp-only': (both: boolean): string =>
        both ? 'Some DNS queries come over TCP, so 53/tcp is needed.' : 'DNS uses UDP only, so 53/tcp can be closed.',
      'icmp-has-port': (port: boolean): string =>
        port
          ? 'Line 2 goes to a port, and what listens there answers.'
          : 'Line 2 has no port: the host itself answers.',
      'https-is-tcp-only': (both: boolean): string =>
        both ? 'Port 443/udp can carry HTTPS too, as HTTP/3.' : 'Port 443/udp has nothing to do with HTTPS.',
    },
  },
  'bd-numbers': {
    stem: (a: string, b: string) =>
      `Host A is \`${a}\`, host B is \`${b}\`: one seen with \`ss\`, one with \`nmap\`. Which of these are true? Choose all.`,
    explain: (port: number) =>
      `Port ${port} on A: the number is an agreement, the program decides what is spoken. The ranges say who registers a number; every host has all numbers to itself.`,
    says: {
      'port-zero-usable': (usable: boolean): string =>
        usable
          ? 'A program that binds to port 0 listens at port 0.'
          : 'A program that binds to port 0 gets another number.',
      'above-1023-is-ephemeral': (port: number, serves: boolean) =>
        serves ? `Port ${port} belongs to a server here.` : `Port ${port} belongs to a client here.`,
      'popular-means-well-known': (port: number, wellKnown: boolean) =>
        wellKnown ? `Port ${port} is a well-known (system) port.` : `Port ${port} is no well-known (system) port.`,
      'port-identifies-protocol': (port: number, protocol: string) =>
        `What arrives at port ${port} of A is read as ${protocol}.`,
      'port-identifies-program': (told: boolean): string =>
        told
          ? 'The line of nmap shows that Apache runs on B.'
          : 'The line of nmap does not show which program runs on B.',
      'port-unique-across-hosts': (port: number, both: boolean) =>
        both
          ? `While A listens on ${port}, B can listen on ${port} too.`
          : `While A listens on ${port}, B has to take another port.`,
      'router-routes-by-port': (byPort: boolean): string =>
        byPort
          ? 'Routers find the way to A by its address and the destination port.'
          : 'Routers find the way to A without looking at the destination port.',
      'secure-twin-mixup': (name: string, port: number) => `${name} with TLS from the first byte has port ${port}.`,
      'neighbour-mixup': (service: number, port: number) => `${SERVICES[service] ?? ''} port ${port}.`,
    },
  },
  'bd-binding': {
    stem: 'No other filter stands in front of this host. Which of these are true? Choose all.',
    explain:
      'Local Address says what is taken: `0.0.0.0` all of IPv4, `*` both families, one address only itself. TIME-WAIT holds a port without a process, and an `ip` table sees no IPv6.',
    says: {
      'wildcard-is-localhost': (address: string, port: number, open: boolean) =>
        open
          ? `Another host can connect to ${address}:${port}.`
          : `Only programs on this host can connect to port ${port}.`,
      'loopback-reachable-outside': (address: string, port: number, open: boolean) =>
        open ? `Another host can connect to ${address}:${port}.` : `No other host can connect to port ${port}.`,
      'specific-bind-answers-all': (address: string, port: number, open: boolean) =>
        open ? `A connection to ${address}:${port} succeeds.` : `A connection to ${address}:${port} fails.`,
      'wildcard-and-specific-coexist': (port: number, granted: boolean) =>
        granted
          ? `A second program can listen on 127.0.0.1:${port}.`
          : `A second program that asks for 127.0.0.1:${port} is refused.`,
      'ipv6-any-is-ipv6-only': (port: number, open: boolean) =>
        open ? `An IPv4 client can connect to port ${port}.` : `Port ${port} takes IPv6 clients only.`,
      'ipv4-rule-covers-ipv6': (port: number, open: boolean) =>
        open ? `Over IPv6 another host can connect to port ${port}.` : `The rule closes port ${port} for IPv6 too.`,
      'reuseport-copies-traffic': (port: number, one: boolean) =>
        one
          ? `A new connection to ${port} goes to one of two programs.`
          : `A new connection to ${port} goes to both programs.`,
      'low-port-is-trusted': (port: number, anybody: boolean) =>
        anybody
          ? `A program of any user can get port ${port} here.`
          : `Only a program of root can get port ${port} here.`,
      'busy-port-needs-process': (port: number, leftOver: boolean) =>
        leftOver
          ? `A plain bind to ${port} fails, though no process has that port.`
          : `If a plain bind to ${port} fails, some process must have that port.`,
    },
  },
  'bd-outside': {
    stem: 'A server on the internet, with this filter alone. Which of these are true? Choose all.',
    explain:
      'The State column shows what listens. A closed TCP port answers RST, a closed UDP port ICMP, a filter may be silent. What is open can be found and attacked, at any number.',
    says: {
      'closed-is-silent': (port: number, answers: boolean) =>
        answers ? `A SYN to ${port}/tcp is answered.` : `A SYN to ${port}/tcp is not answered.`,
      'closed-tcp-sends-icmp': (port: number, icmp: boolean) =>
        icmp
          ? `ICMP port unreachable comes back for a SYN to ${port}/tcp.`
          : `No ICMP message comes back for a SYN to ${port}/tcp.`,
      'udp-closed-sends-rst': (port: number, rst: boolean) =>
        rst ? `A RST comes back for a datagram to ${port}/udp.` : `No RST comes back for a datagram to ${port}/udp.`,
      'udp-silence-means-open': (port: number, proven: boolean) =>
        proven
          ? `That ${port}/udp is silent proves that it is open.`
          : `That ${port}/udp is silent does not prove that it is open.`,
      'refused-means-host-down': (up: boolean): string =>
        up
          ? '"Connection refused" from this server means that it is up.'
          : '"Connection refused" from this server means that it is down.',
      'nonstandard-port-hides': (port: number, found: boolean) =>
        found
          ? `A scan of all ports finds the SSH server at ${port}.`
          : `A scan of all ports misses the SSH server at ${port}.`,
      'closed-port-secures-host': (port: number, secure: boolean) =>
        secure
          ? `With ${port}/tcp closed, the server can no longer be attacked.`
          : `With ${port}/tcp closed, the server can still be attacked.`,
      'open-443-is-safe': (safe: boolean): string =>
        safe ? 'Port 443 makes the program behind it safe.' : 'Port 443 does not make the program behind it safe.',
      'database-open-with-password': (port: number, enough: boolean) =>
        enough
          ? `With a good password, ${port}/tcp may well be open to everybody.`
          : `With a good password, ${port}/tcp should still not be open to everybody.`,
    },
  },
  'bd-filter': {
    stem: 'A server with its filter, `input`. In another network, `forward` filters for a mail server without connection tracking. Which of these are true? Choose all.',
    explain:
      'The policy decides where no rule matches, otherwise the first rule that does. `established` lets answers in; without tracking each direction needs a rule. To let in is not yet to listen.',
    says: {
      'most-specific-rule-wins': (port: number, through: boolean) =>
        through ? `The input chain lets a SYN to ${port} in.` : `The input chain drops a SYN to ${port}.`,
      'replies-need-inbound-rule': (range: string, needed: boolean) =>
        needed
          ? `The server's own calls need a rule that lets ${range} in.`
          : `The server's own calls work without a rule that lets ${range} in.`,
      'stateless-remembers': (port: number, out: boolean) =>
        out
          ? `The forward chain lets the answers of port ${port} out by itself.`
          : `The forward chain drops the answers of port ${port} to clients.`,
      'allow-rule-opens-port': (port: number, open: boolean) =>
        open
          ? `A connection to the server's port ${port} succeeds.`
          : `A connection to the server's port ${port} fails.`,
      'no-rule-means-allowed': (port: number, through: boolean) =>
        through ? `The input chain lets a SYN to ${port} in.` : `The input chain drops a SYN to ${port}.`,
      'listening-means-reachable': (port: number, open: boolean) =>
        open
          ? `Other hosts can connect to the server's port ${port}.`
          : `Other hosts cannot connect to the server's port ${port}.`,
      'ftp-one-port': (same: boolean): string =>
        same
          ? 'The file of this FTP session comes over port 21.'
          : 'The file of this FTP session does not come over port 21.',
      'smtp-one-port': (port: number) => `The mail program of a user should hand in mail at port ${port}.`,
    },
  },
  'bd-router': {
    stem: (address: string) =>
      `A home router with the public address \`${address}\`, two connections and a forward. Which of these are true? Choose all.`,
    explain: (port: number) =>
      `\`dnat\` gives port ${port} a host and a port inside; a mapping does so for answers. Everything else stays outside, but what is let through is let through unchecked.`,
    mapping: (inside: string) => `Connection of ${inside}`,
    listening: (address: string) => `Listening on ${address}`,
    says: {
      'nat-is-firewall': (host: string, safe: boolean) =>
        safe
          ? `Behind NAT, ${host} is safe from calls of strangers.`
          : `A stranger's SYN can get to ${host} through the router.`,
      'forward-keeps-port': (port: number, host: string, arrives: number) =>
        `What is sent to public port ${port} arrives at port ${arrives} of ${host}.`,
      'unsolicited-finds-host': (place: string, host: string, found: boolean) =>
        found
          ? `A stranger's SYN to ${place} arrives at ${host}.`
          : `A stranger's SYN to ${place} gets to no host inside.`,
      'hairpin-always-works': (host: string, place: string, works: boolean) =>
        works
          ? `From ${host}, a call to ${place} works as from outside.`
          : `From ${host}, a call to ${place} does not work.`,
      'source-ip-alone-selects': (host: string, count: number) =>
        count === 1
          ? `For ${host}, the two lines are one connection.`
          : `For ${host}, the two lines are two connections.`,
      'port-unique-across-hosts': (host: string, both: boolean) =>
        both ? `${host} can listen on 443 as well.` : `${host} cannot listen on 443 as well.`,
      'reply-keeps-ports': (inside: string, port: number) =>
        `Answers to ${inside} come to the router with destination port ${port}.`,
    },
  },
  'bd-containers': {
    stem: 'A host of containers, a Service and a load balancer. Which of these are true? Choose all.',
    explain:
      'PORTS reads host to container, `PORT(S)` reads Service to node, `bind` is the balancer and `server` the target. Each of these numbers may differ, and published ports pass by the `input` chain.',
    says: {
      'publish-reversed': (port: number) => `Browsers reach the container web at port ${port} of the host.`,
      'expose-publishes': (port: number, open: boolean) =>
        open
          ? `Other hosts can reach cache at port ${port} of this host.`
          : `Other hosts cannot reach cache at port ${port} of this host.`,
      'publish-stays-private': (place: string, open: boolean) =>
        open
          ? `Other hosts can reach the container db at ${place}.`
          : `The input chain keeps other hosts away from ${place}.`,
      'k8s-port-is-targetport': (port: number) => `In the Pods of shop the program listens at port ${port}.`,
      'port-unique-across-hosts': (both: boolean): string =>
        both
          ? 'Both Pods of shop can listen on one and the same number.'
          : 'The two Pods of shop need two different numbers.',
      'lb-listener-equals-target': (port: number) => `The servers app1 and app2 have to listen at port ${port}.`,
      'client-uses-service-port': (same: boolean): string =>
        same
          ? 'The balancer calls app1 from the very port that app1 listens at.'
          : 'The balancer calls app1 from a port that its own system picks.',
    },
  },
}

/** The beginning of a sentence that ends with a port. */
const SERVICES: Readonly<Record<number, string>> = {
  67: 'A DHCP server listens at',
  68: 'A DHCP client listens at',
  161: 'SNMP queries go to',
  162: 'SNMP traps go to',
  3306: 'MySQL usually listens at',
  5432: 'PostgreSQL usually listens at',
}
