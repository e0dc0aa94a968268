/** Names that would give the answer away, or say too much for one transport: by port and transport, or by what people say. */
const NAMES: Readonly<Record<string, string>> = {
  '443/tcp': 'HTTPS',
  '443/udp': 'HTTP/3 (QUIC)',
  '853/tcp': 'DNS over TLS',
  '853/udp': 'DNS over QUIC',
  '445/tcp': 'SMB without NetBIOS',
  'SSH, SFTP, scp': 'SSH (SFTP, scp)',
  'Kubernetes NodePort, first of the range 30000-32767': 'Kubernetes NodePort (first of the range)',
}

const upper = (protocol: string) => protocol.toUpperCase()

/** `a, b and c`. */
const list = (items: readonly string[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`

export const practiceAsks = {
  service: (id: string, name: string): string => NAMES[id] ?? NAMES[name] ?? name,
  /** The memory aid of a fact (`514/udp`), and why strangers should not reach it: the decks have both in English. */
  mnemonic: (_fact: string, english: string | undefined): string | undefined => english,
  watch: (_fact: string, english: string | undefined): string | undefined => english,
  number: {
    type: (service: string, protocol: string) => `${service}: which ${upper(protocol)} port?`,
    pair: (service: string, protocol: string) =>
      `Two that are easily mixed up. Which one is ${service} (${upper(protocol)})?`,
    door: (service: string, protocol: string) => `${service} (${upper(protocol)}): which door is it?`,
  },
  name: {
    type: (port: string) => `What is usually found at \`${port}\`?`,
    pair: (port: string) => `Two that are easily mixed up. What is usually found at \`${port}\`?`,
    door: (port: string) => `The lamp (listener) at \`${port}\` is lit. What is usually behind this door?`,
    ss: 'The line that is lit is a listener. Which service usually listens there?',
    tcpdump: 'A client calls. Which service is usually meant?',
    hex: (protocol: string) => `A ${upper(protocol)} header begins here. Which service is it usually meant for?`,
    explain: (service: string, port: string, name: string) =>
      `The number \`${port}\` is registered as \`${name}\`: ${service}.`,
    custom: (service: string, port: string) =>
      `By custom \`${port}\` is ${service}. The registry does not give the number to it.`,
    packet: (service: string, port: string) => `The destination port decides: \`${port}\` is ${service}.`,
  },
  transport: {
    stem: (service: string, port: number) => `${service} at port \`${port}\`: which transport in everyday use?`,
    options: { tcp: 'TCP only', udp: 'UDP only', both: 'TCP and UDP', icmp: 'neither: ICMP' },
    explain: (service: string, ports: readonly string[]) =>
      `The protocol field decides: ${service} is at ${list(ports.map((port) => `\`${port}\``))}.`,
  },
  twin: {
    stem: (service: string, port: string) =>
      `${service} is at \`${port}\`. At which port is it with TLS from the first byte?`,
    explain: (twin: string, port: string) => `\`${twin}\` is the twin with TLS; \`${port}\` begins in clear text.`,
  },
  range: {
    stem: (port: number) => `In which range does port \`${port}\` lie?`,
    options: { system: 'system (well-known)', user: 'user (registered)', dynamic: 'dynamic (private)' },
    explain: (range: string, low: number, high: number) =>
      `The number alone decides: the ${range} ports are \`${low}\` to \`${high}\`.`,
  },
  custom: 'Customary use',
  /** After a wrong number: what is really there. */
  nearly: {
    /** Services at the port that was given. */
    is: (place: string, services: readonly string[]) => `\`${place}\` is ${list(services)}.`,
    over: (service: string, protocol: string) => `${service} (${upper(protocol)})`,
    nothing: (port: number) => `\`${port}\` is none of the ports you practise.`,
    transport: (port: number, protocol: string) =>
      `The number \`${port}\` is right, but the question is about ${upper(protocol)}.`,
    /** A name that was right but for one letter. */
    slip: (name: string) => `Written \`${name}\`.`,
    /** A typed name that fits several services. */
    vague: (typed: string) => `“${typed}” fits several services. Say which one.`,
  },
  /** The drill of the watch list. */
  drill: {
    stem: (service: string, port: string) =>
      `A server on the internet. ${service} listens at \`${port}\`. Leave it as it is, or close it to strangers?`,
    leave: (reason: string) => `Leave it: ${reason}`,
    close: (reason: string) => `Close it: ${reason}`,
    reasons: {
      // Dangers.
      'clear-text': 'what is sent, passwords too, travels in clear text.',
      'no-login': 'whoever connects is served, with no login or an empty one.',
      guessing: 'its passwords are guessed, or still those of the factory.',
      control: 'whoever gets in controls the machine, or more than one.',
      tells: 'it tells strangers what they should not know.',
      inner: 'it is there for programs inside, never for strangers.',
      trust: 'it trusts addresses in place of people.',
      holes: 'known holes let attackers in before any login.',
      amplifies: 'it answers forged senders with far more than they sent.',
      relay: 'strangers send connections of their own through it.',
      cost: 'strangers make calls at your expense.',
      broken: 'its encryption has been broken for years.',
      // Other grounds.
      public: 'it is there for strangers.',
      loopback: 'only the host itself reaches it.',
      filtered: 'the filter drops what strangers send to it.',
      listening: 'what shows LISTEN or UNCONN, the whole internet reaches.',
      'let-through': 'strangers reach it as soon as a filter lets the port through.',
      localhost: '`0.0.0.0` is the host itself and nobody else.',
      password: 'a password is set, and that is enough.',
      unseen: 'nobody looks at a number that high.',
      official: 'below 1024 everything is official and can be trusted.',
      'secure-443': '443 is the secure port, whatever listens there.',
      'close-all': 'with all ports closed the server would be secure.',
    },
    exposed: (service: string, port: string, meant: boolean) =>
      meant
        ? `The address \`0.0.0.0\` lets strangers reach \`${port}\`, and ${service} is meant for them.`
        : `The address \`0.0.0.0\` lets strangers reach \`${port}\`, and ${service} is not meant for them.`,
    unreachable: {
      open: 'No stranger reaches it.',
      loopback: 'The address decides: what is bound to `127.0.0.1` only this host reaches, whatever the filter says.',
      filtered: 'The filter decides: no rule accepts this port, and the policy drops the rest.',
    },
  },
}
