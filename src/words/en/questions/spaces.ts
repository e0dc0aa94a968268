import { number } from '../number'

/** Words of the questions of this topic, by template. */
export const spaces = {
  'sp-two-doors': {
    stem: (protocol: string): string =>
      protocol === 'tcp' ? 'This SYN arrives. What becomes of it?' : 'This datagram arrives. What becomes of it?',
    both: 'to both programs that have this number',
    explain: (protocol: string, port: number, lit: boolean) =>
      lit
        ? `The protocol comes first, then the port: \`${port}/tcp\` and \`${port}/udp\` are two doors, and this packet is for \`${port}/${protocol}\`.`
        : `The protocol comes first, then the port: nobody listens at \`${port}/${protocol}\`. The listener of the other protocol, with the same number, does not count.`,
  },
  'sp-second-program': {
    stem: (program: string, port: string) =>
      `On this host root starts \`${program}\`, which asks for port \`${port}\` at \`0.0.0.0\`, with no socket options. What does the kernel say?`,
    options: {
      granted: 'granted: it gets the port for itself',
      copies: 'granted: both programs get each packet',
      next: 'granted: but it gets the next free port',
    },
    refused: (error: string) => `refused: ${error}`,
    explain: (there: string, wanted: string, granted: boolean) =>
      granted
        ? `The protocol makes the difference: \`${there}\` is taken, but \`${wanted}\` is another port space, and there the number is free.`
        : `Protocol, address and port together must be free, and \`${wanted}\` is taken at the same address. Without a socket option that shares it, a port has one owner.`,
  },
  'sp-ping': {
    stem: 'This packet arrives at the host with these listeners. What becomes of it?',
    explain: {
      'echo request':
        'The protocol is ICMP: its header has a type and a code where TCP and UDP have ports. No listener is asked; the kernel answers an echo request by itself.',
      'SYN to 7':
        'The protocol is TCP, so port 7 counts, and nobody listens at 7/tcp: RST. That its service is called echo makes this no ping; ping is ICMP and has no port.',
      'datagram to 7':
        'The protocol is UDP, so port 7 counts, and nobody waits at 7/udp. That its service is called echo makes this no ping; ping is ICMP and has no port.',
    },
  },
  'sp-ping-proves': {
    stem: (address: string) => `Somebody asks \`${address}\`, and this is seen. What is certain then?`,
    answers: (address: string) => `A host answers at the address ${address}.`,
    service: (port: number) => `A program listens at TCP port ${port} of this host.`,
    reachable: (port: number) => `A connection to TCP port ${port} would succeed from here.`,
    echo: 'Port 7 (echo) of this host is open.',
    ping: 'This host would answer a ping from here.',
    udp: (port: number, open: boolean) =>
      open ? `A program waits at UDP port ${port} too.` : `No program waits at UDP port ${port} either.`,
    down: (address: string) => `No host is up at the address ${address}.`,
    all: 'Every listener of this host can be reached from here.',
    explain: (port: number) =>
      `The protocol is ICMP, and it has no ports: the kernel itself answers. Whether anybody listens at ${port}, or a filter would let you through to it, the reply does not say.`,
    explainAccepted: (port: number) =>
      `The flags [S.] come only from a listener: some program waits at TCP port ${port}. Whether a ping, UDP or another port would get an answer, they do not say.`,
    explainRefused: (port: number) =>
      `The flags [R.] are an answer, so something at this address is up and refuses TCP port ${port}. About ping, UDP and other ports they say nothing.`,
  },
  'sp-quic': {
    stem: 'A browser tries to fetch a page by HTTP/3 (QUIC), with this packet first. What becomes of the packet, and does the page load?',
    what: {
      lamp: 'it reaches the listener at 443/udp',
      tcpLamp: 'it reaches the listener at 443/tcp',
      silence: 'it is dropped without an answer',
      unreachable: 'it is answered with ICMP port unreachable',
      rst: 'it is refused with RST',
    },
    load: { udp: 'the page loads over UDP', tcp: 'the page loads over TCP', none: 'the page does not load' },
    option: (what: string, load: string) => `${what}; ${load}`,
    explain: {
      lamp: 'Protocol UDP and port 443 have a rule and a listener of their own here, so QUIC works.',
      silence:
        'Protocol UDP: no rule for `tcp dport` matches it, so the policy drops it. A browser that hears nothing over QUIC falls back to TCP, which passes.',
      unreachable:
        'Protocol UDP: the rule lets it pass, but nobody listens at 443/udp, and the kernel says so by ICMP. The browser falls back to TCP.',
    },
  },
  'sp-dns-long-answer': {
    stem: 'A resolver asks a DNS server. The bar `|` in the answer is the TC bit: the answer did not fit and was cut off. What comes next?',
    options: {
      whole: 'a SYN to 53/tcp, and then the whole answer over TCP',
      silence: 'a SYN to 53/tcp, which is dropped without an answer',
      rst: 'a SYN to 53/tcp, which is refused with RST',
      rest: 'a second datagram from 53/udp with the rest of the answer',
      again: 'the same query to 53/udp, until the answer fits',
    },
    explain: {
      whole:
        'The TC bit sends the client to TCP: 53/tcp has a rule and a listener of its own here. DNS needs both protocols.',
      silence:
        'The TC bit sends the client to TCP, but only `udp dport 53` has a rule; the policy drops the SYN. DNS needs both protocols.',
      rst: 'The TC bit sends the client to TCP, and the rule lets its SYN pass, but nobody listens at 53/tcp. DNS needs both protocols.',
    },
  },
  'sp-how-many-doors': {
    stem: 'A host has these addresses. At how many combinations of protocol (TCP or UDP), address (one of these) and port can its programs listen? Port 0 does not count.',
    addresses: 'Addresses',
    explain: (addresses: number, ports: number, doors: number) =>
      `Each address has a full set of port numbers for each protocol: ${addresses} × 2 × ${number(ports)} = ${number(doors)}.`,
  },
}
