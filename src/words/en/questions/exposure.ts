/** `a, b and c`. */
const list = (items: readonly string[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`

/** Words of the questions of this topic, by template. */
export const exposure = {
  facts: {
    server: 'Server',
    job: 'This host serves strangers with',
    listed: (port: number) => `Is ${port} among nmap’s 1,000 common ports?`,
  },
  'wk-watch-list': {
    stem: 'This is how a host looks from the internet. Which of these doors should a stranger not be able to reach?',
    job: 'web, mail and the names of its own domain',
    explain: (ports: readonly string[]) =>
      `The port of each service says what is usual behind it: ${list(ports)} give data or control to whoever calls, and strangers have no business there.`,
  },
  'ex-who-is-reachable': {
    stem: (address: string) =>
      `The interface to the internet has the address \`${address}\`. Which of these can a stranger reach (IPv4)?`,
    loopback: (program: string) =>
      `The bind address of \`${program}\` is 127.0.0.1: no rule brings anybody from outside there. Reachable is what listens on an address of this side and what the rules let in.`,
    private: (program: string, address: string) =>
      `The bind address of \`${program}\` is \`${address}\`, on another side. Reachable is what listens on an address that the stranger can call and what the rules let in.`,
    filtered: (program: string) =>
      `The listener \`${program}\` waits on an address of this side, but the chain does not let strangers in to it. Both are needed, for the same protocol and port.`,
    all: 'The rules and the bind address must both let a stranger in, for the same protocol and port. An allowed port where nobody listens is still closed.',
  },
  'ex-close-doors': {
    stem: 'There is no filter in front of this host. Which of its lamps (listeners) do you put out, move to 127.0.0.1 or restrict?',
    jobs: { shop: 'a web shop, with HTTP/3', mail: 'mail (relay, submission, IMAP)', dns: 'DNS for its own domain' },
    explain: (ports: readonly string[]) =>
      `The bind address lets strangers in at ${list(ports)}, and the job needs none of these. What the job needs stays, and what is on 127.0.0.1 is out of reach already.`,
  },
  'ex-moved-ssh': {
    stem: (port: number, command: string) =>
      `The administrator moved sshd from 22 to ${port}. A stranger runs \`${command}\`. What do they learn about ${port}?`,
    notAsked: 'nothing: this scan does not ask there',
    openAndSsh: 'that it is open, and that it speaks SSH',
    open: 'that it is open, but not what runs there',
    client: 'that it is the port of a client',
    off: 'that SSH has been switched off',
    closed: 'that it is closed',
    found: (port: number) =>
      `The port ${port} was asked and answered, and with \`-sV\` nmap also read the banner. A scan of all ports finds a moved service as easily as one at its usual number.`,
    justOpen: (port: number) =>
      `The port ${port} is among those that this scan asks, and it answered. Without \`-sV\` the scan does not speak to the program.`,
    missed: (port: number) =>
      `The port ${port} is not among those that this scan asks. That is luck: one option more, \`-p-\`, and it is found.`,
  },
  'ex-what-still-helps': {
    stem: (port: string, service: string) =>
      `Behind door \`${port}\`, which has to stay open, runs ${service}. Which of these protect that service?`,
    services: {
      web: 'a web application for the public',
      ssh: 'sshd for three administrators',
      mail: 'mail submission for all employees',
    },
    measures: {
      patch: 'patch the program',
      tls: 'TLS with a valid certificate',
      keys: 'keys in place of passwords',
      second: 'a second factor at login',
      limit: 'limit the attempts to log in',
      sources: 'a rule that lets in the administrators’ network only',
      move: 'move it to a number that is not usual',
      others: 'close all other ports of the host',
      ping: 'drop pings',
      trust: 'rely on the standard number',
    },
    explain: (door: string) =>
      `The door \`${door}\` stays open, so what stands behind it must hold: patches, encryption, login, and who may call at all. Its number and other doors change nothing there.`,
  },
  'ex-443-proof': {
    stem: (address: string) => `This is all that a scan of \`${address}\` printed. Which statement does it prove?`,
    open: 'something accepts connections on 443/tcp',
    named: (version: string) => `something on 443/tcp calls itself ${version}`,
    closed: 'something refuses connections to 443/tcp',
    filtered: 'nothing about a program: no answer came',
    safe: 'what is there is encrypted, and so it is safe',
    clients: 'only clients with a certificate get in',
    http3: 'HTTP/3 runs there too (443/udp)',
    others: 'the host is safe: its other ports are closed',
    down: 'the host is down',
    dropped: 'a filter drops what is sent to 443/tcp',
    nobody: 'nobody listens on 443/tcp',
    noHttp3: 'HTTP/3 is off too (443/udp)',
    openWhy:
      'The state open says that a SYN was answered with SYN and ACK. It says nothing about what the program is or whether it is safe.',
    namedWhy:
      'The state open says that a SYN was answered, the column VERSION what the program says of itself. Neither says that it is true or that it is safe.',
    closedWhy:
      'The state closed means that a reset came back: something is up and refuses. That holds for TCP 443 alone; UDP 443 was not asked.',
    filteredWhy:
      'The state filtered means that no answer came, or an ICMP error. A filter on the way, or loss: whether anybody listens behind it was not seen.',
  },
  'ex-surface-change': {
    stem: (action: string, port: string) => `${action} What does the next scan from outside print for \`${port}\`?`,
    stop: 'You stop the program.',
    drop: 'You add a rule that drops calls to this port.',
    reset: 'You add a rule that rejects calls to this port with a TCP reset.',
    unreachable: 'You add a rule that rejects calls to this port with ICMP port unreachable.',
    loopback: 'You bind the program to 127.0.0.1.',
    move: (port: number) => `You move the program to ${port}.`,
    password: 'You set a good password in the program.',
    sources: 'You let in one private network only and drop the rest.',
    open: 'The state stays open: the SYN is still answered. A password is asked for later, by the program, and a port scan sees nothing of it.',
    closed: (reason: string) =>
      `The reason is \`${reason}\`: a reset came back, and that is closed. Whether nobody listens there or a rule sent it, the scan cannot see.`,
    filtered: (reason: string) =>
      `The reason is \`${reason}\`: no SYN-ACK and no reset came back, so the scan cannot see behind the rule, and that is filtered.`,
  },
  'ex-defence-layers': {
    stem: (call: string, request: string) =>
      `A stranger calls \`${call}\` and ${request}. What does that pass through, and in which order?`,
    requests: {
      web: 'asks for a page of one account',
      mail: 'hands in a mail as one of the employees',
    },
    layers: {
      forward: 'the forward rewrites the destination',
      publish: 'the mapping of the container rewrites the destination',
      rule: 'a rule of the filter lets it pass',
      listener: 'a listener at that address and port takes it',
      tls: 'the TLS handshake',
      login: 'the login',
      permission: 'the permission in the application',
      registry: 'the registry names the service of the port',
      sourcePort: 'the source port must be the service’s port',
    },
    explain:
      'The destination address and port are read first, by rules and by the kernel that looks for a listener. Everything after that is decided by what the connection carries.',
  },
}
