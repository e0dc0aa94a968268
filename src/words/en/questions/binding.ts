/** Words of the questions of this topic, by template; `facts` name the rows of a case. */
export const binding = {
  facts: {
    addresses: 'Addresses of the host',
    asks: (program: string) => `${program} asks for`,
    of: (what: string, program: string) => `${what} of ${program}`,
    user: 'User',
  },
  'bn-which-lamp': {
    stem: 'A SYN arrives at a host with two addresses. No filter stands in front. What happens to it?',
    explain: (target: string, port: number, wide: boolean, taken: boolean): string =>
      taken
        ? wide
          ? `Destination address \`${target}\`: the lamp (listener) at \`0.0.0.0:${port}\` covers every IPv4 address of the host, so it takes the SYN.`
          : `Destination address \`${target}\`: only the listener bound to exactly this address takes the SYN. The same port on another address is another place.`
        : `Destination address \`${target}\`: no listener on port ${port} is bound to it or to \`0.0.0.0\`. For this address the port is closed, so RST comes back.`,
  },
  'bn-loopback': {
    outside: (target: string) =>
      `From another host somebody connects to \`${target}\`. The filter lets everything through. What happens?`,
    here: (target: string) =>
      `A program on the same host connects to \`${target}\`. The filter lets everything through. What happens?`,
    explain: (bind: string, target: string, taken: boolean): string =>
      taken
        ? `Local address \`${bind}\` means every IPv4 address of the host, so it also takes what is sent to \`${target}\`.`
        : `Local address \`${bind}\`, destination \`${target}\`: a listener takes only what is sent to its own address or, on \`0.0.0.0\`, to any. This is another address, so the kernel refuses with RST.`,
  },
  'bn-can-bind': {
    stem: (program: string) => `\`${program}\` starts now and asks the kernel for its port. What does the kernel say?`,
    granted: 'granted: both programs listen',
    refused: (error: string) => `refused: ${error}`,
    takesOver: 'granted: the first program gets nothing more',
    copies: 'granted: both get a copy of what arrives',
    explain: (rivalry: string, granted: boolean, otherUser: boolean): string => {
      switch (rivalry) {
        case 'wildcard':
          return 'Address: `0.0.0.0` covers every IPv4 address, also the one of the other program. The same protocol and port overlap, so the kernel refuses.'
        case 'addresses':
          return 'Address: two different addresses of one host do not overlap, so each can have its own listener on the same port number.'
        case 'protocols':
          return 'Protocol: TCP and UDP have separate port spaces. The same number in each is another port, so both programs get theirs.'
        case 'families':
          return granted
            ? '`IPV6_V6ONLY` is on, so the socket on `::` takes no IPv4 and leaves the IPv4 port free for the other program.'
            : '`IPV6_V6ONLY` is off, so the socket on `::` takes IPv4 too. It overlaps with the IPv4 address of the other program.'
        default:
          return granted
            ? 'SO_REUSEPORT is set by both, under one user: they share the port, and each connection or datagram goes to exactly one of them.'
            : otherUser
              ? 'SO_REUSEPORT is set by both, but under different users. The kernel shares a port only among sockets of one user.'
              : 'SO_REUSEPORT must be set by both sockets. One of them has not set it, so the port stays with the first.'
      }
    },
  },
  'bn-dual-stack': {
    stem: (target: string) => `A SYN for \`${target}\` arrives. What happens, and how will \`ss\` show the other end?`,
    accepted: (peer: string) => `accepted; \`ss\` shows the peer ${peer}`,
    explain: (bind: string, taken: boolean, peer: string): string =>
      bind === '::'
        ? taken
          ? `\`IPV6_V6ONLY\` is off: the socket on \`::\` also takes IPv4. It sees an IPv4 peer in mapped form, ${peer}.`
          : '`IPV6_V6ONLY` is on: the socket on `::` takes IPv6 only. Nobody listens for IPv4, so RST comes back.'
        : taken
          ? `Local address \`0.0.0.0\` covers every IPv4 address of the host. An IPv4 socket shows its peer as it is, ${peer}.`
          : 'Local address `0.0.0.0` covers IPv4 only. Nobody listens for IPv6, so RST comes back.',
  },
  'bn-time-wait': {
    stem: (program: string, port: number) =>
      `\`${program}\` does not set SO_REUSEADDR. It starts again and asks for \`0.0.0.0:${port}\`: "Address already in use". What holds the port?`,
    timeWait: 'old connections, in TIME-WAIT',
    listener: (rival: string, place: string) => `the listener of ${rival} at ${place}`,
    hidden: 'a process that ss does not show',
    filter: (port: number) => `the filter: no rule allows ${port}`,
    client: 'a client that is still connected',
    notV6: 'something else: the * line is IPv6 only',
    notLocal: (local: string, any: string) => `something else: ${local} does not disturb ${any}`,
    explain: (leftOver: boolean, cause: string, rival: string, port: number): string =>
      leftOver
        ? `State TIME-WAIT: these connections are closed and no process has them. They hold port ${port} for about a minute; a server that sets SO_REUSEADDR may start at once.`
        : cause === 'dual-stack'
          ? `State LISTEN at \`*:${port}\`: the socket of ${rival} on \`::\` takes IPv4 too, so it overlaps with \`0.0.0.0:${port}\`.`
          : cause === 'narrower'
            ? `State LISTEN at \`127.0.0.1:${port}\`: the wildcard \`0.0.0.0\` includes this address, and ${rival} already has it.`
            : `State LISTEN: ${rival} really has port ${port}. One of the two has to take another port or another address.`,
  },
  'bn-privileged': {
    stem: (host: string, user: string, program: string, port: number) =>
      `On the host \`${host}\` the user \`${user}\`, without special rights, starts \`${program}\` on port ${port}. What does the kernel say?`,
    listening: (address: string) => `Listening on ${address}`,
    nothing: 'nothing',
    granted: 'granted',
    refused: (error: string) => `refused: ${error}`,
    elsewhere: 'granted, but at another free port',
    explain: (port: number, start: number, granted: boolean): string =>
      granted
        ? `\`ip_unprivileged_port_start\` is ${start}: from there on every user may bind, so ${port} is granted. The setting is this host's own.`
        : `\`ip_unprivileged_port_start\` is ${start}: port ${port} lies below it, so the process needs CAP_NET_BIND_SERVICE, which this user does not have.`,
  },
  'bn-any-port': {
    stem: (place: string) => `A test server binds to \`${place}\`. Which port can \`getsockname()\` report afterwards?`,
    error: 'none: bind fails',
    explain: (low: number, high: number) =>
      `\`ip_local_port_range\` decides: port 0 in \`bind()\` asks the kernel to choose, and it takes a free port from ${low} to ${high}.`,
  },
  'bn-where-from': {
    stem: (port: number) =>
      `No filter stands in front of this host. From where can the listener on port ${port} be reached? Choose all.`,
    internet: (address: string) => `from the internet, at ${address}`,
    office: (address: string) => `from the office network, at ${address}`,
    host: (address: string) => `from the host itself, at ${address}`,
    udp: (address: string) => `from the internet with UDP, at ${address}`,
    explain: (bind: string, address: string): string =>
      bind === '0.0.0.0'
        ? 'Local address `0.0.0.0` covers every IPv4 address of the host, loopback too. It is the widest choice. UDP is another port space.'
        : bind === '::'
          ? 'Local address `*` is `::` without IPV6_V6ONLY: it covers every address of the host, IPv4 too. UDP is another port space.'
          : bind === '127.0.0.1'
            ? 'Local address `127.0.0.1`: only what is sent to this address is taken, and such packets come from the host itself.'
            : `Local address \`${address}\`: only what is sent to exactly this address is taken. Other addresses of the host do not count.`,
  },
}
