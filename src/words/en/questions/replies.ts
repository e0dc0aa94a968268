import { number } from '../number'

/** Words of the questions of this topic, by template. */
export const replies = {
  'rp-build-reply': {
    stem: 'This packet was delivered. Which header does the answer carry?',
    explain: (local: string, client: string) =>
      `Source and destination change places, each address with its port: the answer goes from \`${local}\` to \`${client}\`.`,
  },
  'rp-reply-dport': {
    stem: 'This packet was delivered, and the server answers. Which destination port is on the answer?',
    explain: (source: number, door: number) =>
      `The source port of the request, ${source}, is the return address: it becomes the destination port of the answer. ${door} becomes its source port.`,
  },
  'rp-fill-reply': {
    stem: 'This packet was delivered. What stands in each field of the answer’s header? One number is left over.',
    explain: (local: string, client: string) =>
      `Source and destination change places, each address with its port: the answer goes from \`${local}\` to \`${client}\`.`,
  },
  'rp-reply-arrives': {
    stem: 'This packet arrives. Where does it go?',
    back: (port: number, remote: string) =>
      `Destination port ${port} is no door but the near end of a call that this host made itself. With \`${remote}\` as source the whole five-tuple fits its window (connected socket).`,
    late: (port: number, remote: string) =>
      `Destination port ${port}: no window (connected socket) has it together with \`${remote}\` any more, and nobody listens there. TCP answers RST.`,
  },
  'rp-who-is-client': {
    stem: 'Two connections: for each a line from its beginning, and one from later. Which two ends are the clients?',
    explain:
      'The flags decide: who sends `[S]` is the client, and who sends `[S.]` is the server. Later lines go both ways, and the size of a port number proves nothing.',
  },
  'rp-ephemeral-source': {
    stem: (system: string, remote: string) =>
      `A ${system} client with its standard settings connects to \`${remote}\`. Which of these source ports may its system pick?`,
    explain: (system: string, low: number, high: number) =>
      system === 'Linux'
        ? `The range is a setting of the client’s system. Linux starts with ${low} to ${high}, which is not IANA’s dynamic range, 49152 to 65535.`
        : `The range is a setting of the client’s system. ${system} takes IANA’s dynamic range, ${low} to ${high}; Linux starts with 32768 to 60999.`,
  },
  'rp-ephemeral-count': {
    stem: (remote: string) =>
      `This is a client’s setting. From how many different source ports can it call \`${remote}\`, at most?`,
    explain: (low: number, high: number) =>
      `The range counts with both its ends: ${high} − ${low} + 1. Towards another server address or port the same numbers can be used again.`,
  },
  'ps-reuse-source-port': {
    stem: (port: number) =>
      `A client has these connections. For how many of the five targets may its system pick source port ${port} for one more connection?`,
    target: (index: number) => `Target ${index}`,
    explain: (port: number) =>
      `The peer decides: source port ${port} may be used again unless this very target, address and port, has it already. Then the five-tuple would be the same.`,
  },
  'rp-fewest-source-ports': {
    stem: 'A client with one address is to have all these connections at once. How many different source ports does it need, at least?',
    connections: (count: number) => (count === 1 ? '1 connection' : `${number(count)} connections`),
    explain: (most: number) =>
      `The target with most connections decides: its ${most} five-tuples differ in the source port only. All other targets can use the same numbers again.`,
  },
}
