/** Words of the questions of this topic, by template. */
export const refusals = {
  'rf-what-comes-back': {
    stem: 'This packet arrives. No filter stands in front. What becomes of it?',
    hostUnreachable: 'answered with ICMP host unreachable',
    explain: (protocol: string, port: number, inConnection: boolean) =>
      protocol === 'udp'
        ? `Destination port ${port}/udp: nobody waits there, and UDP itself cannot refuse. The host reports it with ICMP port unreachable.`
        : inConnection
          ? `Destination port ${port}/tcp: no connection has this segment, and it is no SYN. TCP itself answers with RST.`
          : `Destination port ${port}/tcp: nobody listens there. A closed TCP port answers at once, with RST.`,
  },
  'rf-scan-state': {
    stem: (protocol: string, port: number, answered: boolean) =>
      `A ${protocol === 'tcp' ? 'SYN' : 'UDP'} scan asks port ${port}/${protocol}. ${
        answered ? 'This is what the scanner sees.' : 'Nothing comes back, also after repeats.'
      } Which state does nmap print?`,
    explain: (protocol: string, reason: string): string => {
      switch (reason) {
        case 'syn-ack':
          return 'Flags [S.]: somebody listens and takes the connection, so the port is open, whatever its number.'
        case 'reset':
          return 'Flags [R.]: the host answers that nobody listens there, so the port is closed. The host itself is up.'
        case 'port-unreach':
          return protocol === 'udp'
            ? 'ICMP port unreachable is how a host reports a closed UDP port, so nmap prints closed.'
            : 'ICMP: a closed TCP port would answer with RST. An ICMP error for a SYN comes from a filter, so nmap prints filtered.'
        case 'admin-prohibited':
          return 'ICMP admin prohibited: a filter says so, not the port. Whether anybody listens behind it stays unknown: filtered.'
        default:
          return protocol === 'udp'
            ? 'No answer to UDP: an open port may be silent, and a filter may have dropped the probe. nmap prints open|filtered.'
            : 'No answer to a SYN: open and closed ports both answer, so something swallows the packets. nmap prints filtered.'
      }
    },
  },
  'rf-match-states': {
    stem: 'A SYN scan and a UDP scan of some ports, as the wire shows them. Which state does nmap print for each port?',
    explain:
      'The answer decides: SYN and ACK open, RST or UDP port unreachable closed, any other ICMP error filtered. Silence is filtered for TCP and open|filtered for UDP.',
  },
  'rf-refused-or-timeout': {
    stem: (address: string, port: number) =>
      `The web server at \`${address}\`, port ${port}, should answer. What is the best first suspicion?`,
    faults: {
      listener: 'nothing listens at this port',
      filter: 'a filter drops the packets',
      route: 'there is no route to the server',
    },
    off: 'the server is switched off',
    full: 'another client has taken the port',
    ping: (port: number) => `ping to port ${port} is blocked`,
    noRule: 'no rule names the port: filters refuse then',
    explain: (fault: string, message: string): string =>
      fault === 'listener'
        ? `"${message}": a RST came back, so the server is up and reachable. Look with \`ss -tln\` whether anybody listens.`
        : fault === 'filter'
          ? `"${message}": nothing came back, not even a refusal. A closed port would have answered, so look at the filters on the way.`
          : `"${message}": this host itself, or as here a router with ICMP, knows no way to the address. The server never saw the SYN.`,
  },
  'rf-who-refused': {
    stem: (port: number, protocol: string) =>
      `A probe of ${port}/${protocol} is refused; then the open port 443 of the same host is called. Who refused the probe?`,
    host: 'the host: nothing listens there',
    filter: 'a filter in front, by a rule',
    down: 'nobody: the host is down',
    busy: 'the program there: it is busy',
    explain: (
      byHost: boolean,
      icmp: boolean,
      protocol: string,
      source: string,
      ttl: number,
      hostTtl: number,
    ): string =>
      byHost
        ? protocol === 'udp'
          ? `TTL ${ttl}, like the host's other answer, and from its own address: the host reports its closed UDP port with ICMP port unreachable.`
          : `TTL ${ttl}, like the host's other answer: this RST is the host's own. A closed TCP port answers.`
        : icmp
          ? `Source \`${source}\` is not the host: a box in front answered with ICMP, as a reject rule does.`
          : `TTL ${ttl}, but the host's own answer comes with ${hostTtl}: a box in front sent this RST in its name, as \`reject with tcp reset\` does.`,
  },
}
