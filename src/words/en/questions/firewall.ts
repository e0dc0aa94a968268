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
    known: 'yes: a rule lets in what belongs to a known flow',
    fromPort: (port: number) => `yes: a rule lets in what comes from port ${port}`,
    toPort: (port: number) => `yes: a rule lets in what goes to port ${port}`,
    noRule: (port: number) => `no: no rule lets in this packet to port ${port}`,
    notOpen: (port: number) => `no: port ${port} is not open on this host`,
    closed: (port: number) => `no: port ${port} is closed, so RST is sent`,
    explain: {
      known: (port: number) =>
        `The state decides: the answer belongs to a flow that the host began, so it is \`established\`, and port ${port} need not be named.`,
      fromPort: (port: number) =>
        `Source port ${port} decides: the rule asks for nothing else. It also lets in every stranger who chooses this source port, so a rule on the state is better.`,
      toPort: (port: number) =>
        `Destination port ${port} decides: it lies in the range that the rule names. Strangers may come in there too, so a rule on the state is better.`,
      noRule: (port: number) =>
        `The policy decides: no rule asks for the state, and destination port ${port} is named nowhere. A filter lets answers in only if a rule says so.`,
    },
  },
  'fw-stateless': {
    stem: 'This filter keeps no state. A client calls 443. What happens?',
    works: (port: number) => `it works: the answer to port ${port} gets out`,
    failsBack: (port: number) => `it fails: the answer to port ${port} stays in`,
    failsIn: (port: number) => `it fails: the call from port ${port} stays out`,
    worksFree: 'it works: an answer needs no rule of its own',
    explain: (port: number) =>
      `The destination port of the answer is the client’s own, ${port}. Without memory an outbound rule has to cover that number, and here one does.`,
    explainNot: (port: number) =>
      `The destination port of the answer is the client’s own, ${port}, and no outbound rule covers it. Without memory an answer is a packet like any other.`,
  },
  'fw-allowed-but-nobody': {
    stem: (port: number) =>
      `A rule lets \`tcp dport ${port}\` pass. A SYN for ${port} arrives from outside. What happens to it?`,
    opened: 'accepted: the rule has opened the port',
    noAnswer: 'it reaches the program, but no rule lets the answer out',
    explainTaken: (port: number) =>
      `The rule lets the packet pass, and a TCP socket listens at port ${port} on every address: both are needed, and both are there.`,
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
    yesFinds: 'yes: the NAT finds the host by the port',
    yesNumber: 'yes: a rule names this number',
    yesFree: 'yes: no rule forbids it',
    noHigh: 'no: high ports are for clients',
    explain: {
      forward:
        'The way decides: the NAT has no forward, so the packet never gets to the host. Of the three gates (way, filter, socket) the first that fails counts.',
      gatehouse:
        'The filter decides: protocol and port fit no rule that accepts, so the policy drops the packet. Of the three gates (way, filter, socket) the first that fails counts.',
      lamp: 'The socket decides: the packet passes the filter, but no socket of this protocol waits at this address. All three gates (way, filter, socket) must be open.',
      none: 'Way, filter and socket all fit: the way leads to the host, a rule accepts protocol and port, and a socket waits there.',
    },
  },
  'fw-source-rule': {
    stem: (app: string, db: string, port: number) =>
      `Only \`${app}\` may reach the database at \`${db}\`, and only its port ${port}. Which rules, each alone, achieve that?`,
    facts: { app: 'Application', db: 'Database', policy: 'Policy' },
    explain: (port: number) =>
      `Source address and destination port ${port}/tcp must both be named. A source port is the caller’s choice and proves nothing.`,
  },
}
