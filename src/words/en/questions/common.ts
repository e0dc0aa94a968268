/** Words that many questions share. */
export const common = {
  fields: {
    protocol: 'Protocol',
    source: 'Source address',
    sourcePort: 'Source port',
    destination: 'Destination address',
    destinationPort: 'Destination port',
    flags: 'Flags',
  },
  toWindow: (peer: string, local: string) => `to the window of ${peer} (connected socket at ${local})`,
  toListener: (local: string, program: string) =>
    program ? `to the lamp at ${local} (listener of ${program})` : `to the lamp at ${local} (listener)`,
  rst: 'refused with RST',
  portUnreachable: 'answered with ICMP port unreachable',
  silence: 'dropped, no answer',
  echoReply: 'answered with an ICMP echo reply',
  notMine: 'ignored: the address is not this host’s',
  letThrough: 'let through',
  yes: 'yes',
  no: 'no',
}
