import type { Service } from '../../../ports/services'

/** Short names for questions, where what people say says too much or too little. */
const NAMES: Readonly<Record<string, string>> = {
  'SSH, SFTP, scp': 'SSH',
  'HTTPS; HTTP/3 on UDP': 'HTTPS',
  'HTTP alternate, proxies, application servers': 'HTTP alternate',
  'Raw printing (JetDirect); Prometheus node exporter': 'Raw printing (JetDirect)',
  'DNS over TLS (TCP), over QUIC (UDP)': 'DNS over TLS',
}

const upper = (protocol: string) => protocol.toUpperCase()

/** `a, b and c`. */
const list = (items: readonly (string | number)[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`

/** Words of the questions of this topic, by template. */
export const wellKnown = {
  service: ({ common }: Service): string => NAMES[common] ?? common,
  families: {
    database: 'database',
    mail: 'mail',
    web: 'web',
    remote: 'remote access',
    files: 'file transfer',
  },
  'wk-port-of-service': {
    stem: (service: string, protocol: string) =>
      `Which ${upper(protocol)} port does the registry (IANA) give to this service: ${service}?`,
    explain: (name: string, port: string, mnemonic: string) =>
      `The registry’s entry \`${name}\` has the number \`${port}\`. A memory aid: ${mnemonic}`,
  },
  'wk-service-of-port': {
    stem: (port: string) => `The plate of a door says \`${port}\`. Which service does the registry (IANA) name for it?`,
    explain: (port: string, name: string, service: string) =>
      `The number \`${port}\` is registered as \`${name}\`: ${service}. That is an agreement: what really answers depends on the program that listens.`,
  },
  'wk-transport': {
    stem: (service: string, port: number) => `${service} at port ${port}: which transport carries it in everyday use?`,
    allHttp: 'HTTPS (HTTP/1.1, HTTP/2 and HTTP/3)',
    options: { tcp: 'TCP only', udp: 'UDP only', both: 'both TCP and UDP', icmp: 'neither of them: ICMP' },
    explain: (service: string, port: number, used: readonly string[]) =>
      `The protocol field decides: ${service} has a socket at ${list(used.map((one) => `\`${port}/${one}\``))}${used.length > 1 ? ': one number, two different doors.' : '. Where the registry lists the number for the other transport too, hardly anybody uses it.'}`,
  },
  'wk-secure-twin': {
    stem: (name: string, port: number) =>
      `\`${name}\` begins in clear text at port ${port}. Which TCP port does the registry give to the same service with TLS from the first byte?`,
    explain: (twin: number, name: string, plain: number) =>
      `Port ${twin} (\`${name}\`) is for TLS from the first byte. An upgrade such as STARTTLS begins in clear text and stays on ${plain}.`,
  },
  'wk-family-odd-one': {
    stem: (family: string) =>
      `Four lamps (listeners) are lit. Judged by the registry, one port does not belong to the family “${family}”. Which one?`,
    explain: (port: number, name: string, family: string) =>
      `Port ${port} is registered as \`${name}\`; the other three belong to “${family}”. Which programs really listen here, only \`ss -tlnp\` on the host can tell.`,
  },
  'wk-match-four': {
    stem: 'Four doors, four plates. Which service does the registry (IANA) give to which port?',
    explain: (port: string, name: string, other: string, otherName: string) =>
      `\`${port}\` is \`${name}\`, and \`${other}\` is \`${otherName}\`: alike or related, but each number has its own entry.`,
  },
  'wk-role-pair': {
    stem: (packet: string, listener: string) => `${packet} is sent. At which port does ${listener} wait for it?`,
    packets: {
      'dhcp-request': 'A DHCP request (IPv4)',
      'dhcp-offer': 'A DHCP offer (IPv4)',
      'dhcpv6-solicit': 'A DHCPv6 Solicit message',
      'dhcpv6-advertise': 'A DHCPv6 Advertise message',
      'snmp-query': 'An SNMP query',
      'snmp-trap': 'An SNMP trap',
      'radius-access': 'A RADIUS Access-Request',
      'radius-accounting': 'A RADIUS Accounting-Request',
      'ftp-command': 'An FTP command (such as `USER`)',
      'sip-tls': 'A SIP INVITE over TLS',
      'dns-answer': 'A DNS answer over UDP',
      'snmp-response': 'An SNMP response',
    },
    listeners: {
      'dhcp-request': 'the DHCP server',
      'dhcp-offer': 'the DHCP client',
      'dhcpv6-solicit': 'the DHCPv6 server',
      'dhcpv6-advertise': 'the DHCPv6 client',
      'snmp-query': 'the SNMP agent',
      'snmp-trap': 'the SNMP manager',
      'radius-access': 'the RADIUS server',
      'radius-accounting': 'the RADIUS server',
      'ftp-command': 'the FTP server',
      'sip-tls': 'the SIP proxy',
      'dns-answer': 'the DNS client that asked',
      'snmp-response': 'the SNMP manager that asked',
    },
    only: (port: number) => `at port ${port}`,
    either: (low: number, high: number) => `at ${low} or ${high}, whichever is free`,
    ephemeral: 'at an ephemeral port of its own',
    explain: (port: string, name: string, listener: string) =>
      `The destination port names the role of the receiver: \`${port}\` (\`${name}\`) is where ${listener} waits.`,
    explainAnswer: (port: number) =>
      `The source port of the question becomes the destination port of the answer: an ephemeral port that the client’s system picked. At ${port} only the other side waits.`,
  },
  'wk-role-needs': {
    stem: (server: string) =>
      `${server} All its listeners are shown. Which ports must the packet filter leave open to strangers from the internet?`,
    servers: {
      web: 'A public web server for `http://` and `https://` addresses, HTTP/3 included.',
      mail: 'A mail server: other servers hand mail to it, and its users’ mail apps submit from anywhere, with STARTTLS or with TLS from the first byte.',
      dns: 'A public DNS server that answers for its own zones.',
      vpn: 'The entry point of a WireGuard VPN for people on the road.',
    },
    explain: (ports: readonly string[]) =>
      `The destination port and the protocol decide together: strangers need ${list(ports.map((one) => `\`${one}\``))}. Databases and administration get rules that name a source address.`,
  },
  'wk-url-port': {
    stem: (url: string) => `\`curl ${url}\` is run, with no proxy. To which destination port does the first SYN go?`,
    explain: (port: number, scheme: string, written: boolean) =>
      written
        ? `Destination port ${port}: a port that is written in the URL wins over the default of \`${scheme}\`. The scheme says what is spoken, the port says where.`
        : `Destination port ${port}: the URL names no port, so the default of the scheme \`${scheme}\` holds.`,
  },
  'wk-order-numbers': {
    stem: 'Order these services by the port number that the registry (IANA) gives them, the smallest first.',
    explain: (ports: readonly number[]) => `By their registered numbers the order is ${list(ports)}.`,
  },
}
