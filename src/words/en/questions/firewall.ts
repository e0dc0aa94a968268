const STOPS = {
  forward: 'no: the router has no forward for it',
  gatehouse: 'no: the filter does not let it pass',
  lamp: 'no: no socket waits at that address and protocol',
}

/** Words of the questions of this topic, by template. */
export const firewall = {
  'fw-which-rule': {
    stem: 'This packet arrives. What is the number of the rule that decides about it?',
    explain: (rule: number) =>
      `Rule ${rule} is the first from the top in which every stated field fits the packet, and reading ends there.`,
  },
  'fw-verdict': {
    stem: 'This packet arrives at the filter. What happens to it?',
    rule: (rule: number) =>
      `Rule ${rule} is the first in which protocol, source and ports all fit, so it decides; whatever stands below is not read.`,
    policy: (policy: string) =>
      `The policy decides, here \`${policy}\`: no rule fits in protocol, source and ports together.`,
  },
  'fw-reorder': {
    stem: (goal: string) => `Put the rules in an order in which ${goal}.`,
    goals: {
      admin: 'only the administrator reaches 22, and all but the troublemaker reach 443',
      exception: '8000 to 8100 are open to all, except 8080, which only the administrator may use',
      replies: 'answers to the host’s own calls pass, new calls only to 443, and nothing at all from the troublemaker',
    },
    facts: { admin: 'Administrator', bad: 'Troublemaker', policy: 'Policy' },
    explain:
      'The first rule that fits decides, so an exception stands above the rule that it is an exception from, and a rule that fits everything stands last.',
  },
  'fw-return-traffic': {
    stem: (remote: string) => `The host itself called \`${remote}\`. Does the answer, the second line, come in?`,
    known: 'yes: the flow is known, and a rule lets known flows in',
    noRule: 'no: no rule asks for the state, and none names its port',
    highPort: (port: number) => `no: a rule for the high port ${port} is missing`,
    notOpen: (port: number) => `no: ${port} is not open on this host`,
    always: 'yes: answers always come in',
    fromPort: (port: number) => `yes: it comes from source port ${port}`,
    closed: (port: number) => `no: port ${port} is closed, so RST is sent`,
    explain: (port: number) =>
      `The state decides: the answer belongs to a flow that the host began, so it is \`established\`, and port ${port} need not be named.`,
    explainNot: (port: number) =>
      `The policy decides: no rule uses the state, and destination port ${port} is named nowhere. A filter lets answers in only if a rule says so.`,
  },
  'fw-stateless': {
    stem: 'This filter keeps no state. A client calls 443. What happens?',
    works: (port: number) => `it works: the answer to port ${port} is let out`,
    failsBack: (port: number) => `it fails: the answer to port ${port} is not let out`,
    fails443: 'it fails: 443 is not allowed outwards',
    failsIn: 'it fails: inwards 1024 to 65535 is missing',
    failsRange: 'it fails: clients use 49152 to 65535 only',
    failsState: 'it fails: without state nothing is let through',
    worksFree: 'it works: answers need no rule',
    works443: 'it works: out 443 covers the port that the answer comes from',
    worksRange: 'it works: all clients use 49152 to 65535',
    explain: (port: number) =>
      `The destination port of the answer is the client’s own, ${port}. Without memory an outbound rule has to cover that number, and here one does.`,
    explainNot: (port: number) =>
      `The destination port of the answer is the client’s own, ${port}, and no outbound rule covers it. Without memory an answer is a packet like any other.`,
  },
  'fw-allowed-but-nobody': {
    stem: (port: number) =>
      `A rule lets \`tcp dport ${port}\` pass. A SYN for ${port} arrives from outside. What comes of it?`,
    opened: 'accepted: the rule has opened the port',
    noAnswer: 'it reaches the program, but no rule lets the answer out',
    explainTaken: (port: number) =>
      `The rule lets the packet pass, and a TCP socket listens at port ${port} on every address: both are needed, and both are there.`,
    loopback: (port: number) => `accepted by the listener at 127.0.0.1:${port}`,
    udp: (port: number) => `accepted by the UDP socket at port ${port}`,
    explain: (port: number, loopback: boolean) =>
      loopback
        ? `The local address decides: a listener at 127.0.0.1 takes nothing from outside. The rule only lets the packet pass, so TCP answers RST.`
        : `A rule only lets the packet pass. No TCP socket listens at port ${port}, so the host answers RST.`,
  },
  'fw-ipv6-gap': {
    stem: (port: number) =>
      `Two filters, one for each family, and a listener at \`*:${port}\`. Who reaches port ${port}?`,
    who: {
      nobody: 'nobody',
      four: 'callers over IPv4 only',
      six: 'callers over IPv6 only',
      everyone: 'everyone, over IPv4 and IPv6',
    },
    explain: (who: string, policy: string) =>
      `The address family decides which rules are read: \`iptables\` never sees an IPv6 packet. \`ip6tables\` has the policy \`${policy.toUpperCase()}\` and its own rules, so the answer is: ${who}.`,
  },
  'fw-reach-chain': {
    stem: (door: string) => `Does a stranger on the internet reach ${door} of this host?`,
    route: 'Way in',
    routes: (route: string, publicAddress: string, address: string, port: number) =>
      route === 'public'
        ? `the host has the public address ${address}`
        : route === 'forward'
          ? `NAT at ${publicAddress}, port ${port} forwarded to ${address}:${port}`
          : `NAT at ${publicAddress}, no forward to ${address}`,
    yes: 'yes: way, filter and socket all fit',
    stops: STOPS,
    yesListen: 'yes: a socket waits, so it can be reached',
    yesRule: 'yes: the rule allows it',
    yesFinds: 'yes: the NAT finds the host by the port',
    yesNumber: 'yes: a rule names this number',
    yesFree: 'yes: no rule forbids it',
    noNat: 'no: a NAT blocks everything from outside',
    noHigh: 'no: high ports are for clients',
    noReplies: 'no: a rule for the answers is missing',
    because: {
      forward: 'the NAT has no forward, so the packet never gets to the host',
      gatehouse: 'protocol and port fit no rule that accepts, so the policy drops it',
      lamp: 'the packet passes, but no socket of this protocol waits at this address',
      none: 'the way leads to the host, a rule accepts protocol and port, and a socket waits there',
    },
    explain: (because: string) =>
      `Three gates in a row, way, filter, socket, and the first that fails decides: ${because}.`,
  },
  'fw-source-rule': {
    stem: (app: string, db: string, port: number) =>
      `Only \`${app}\` shall reach the database at \`${db}\`, and only its port ${port}. Which rules, each alone, achieve that?`,
    facts: { app: 'Application', db: 'Database', policy: 'Policy' },
    explain: (port: number) =>
      `Source address and destination port ${port}/tcp must both be named. A source port is the caller’s choice and proves nothing.`,
  },
}
