import type { Flow, FlowTuple } from './conntrack'

const NUMBERS: Readonly<Record<FlowTuple['protocol'], number>> = { icmp: 1, tcp: 6, udp: 17, icmp6: 58 }
const NAMES: Readonly<Record<FlowTuple['protocol'], string>> = { icmp: 'icmp', tcp: 'tcp', udp: 'udp', icmp6: 'icmpv6' }
/** The types of an echo request and of its reply (RFC 792, RFC 4443 section 4). */
const ECHO = { icmp: { request: 8, reply: 0 }, icmp6: { request: 128, reply: 129 } } as const

/**
 * The lines of `conntrack -L` (conntrack(8)), one a flow: the protocol, the seconds until it is forgotten, of TCP the state,
 * the first packet's tuple, the tuple of the answers, and what was seen: `[UNREPLIED]` before the answers, `[ASSURED]`
 * behind them. Where the two tuples are not each other's inverse, something is translated.
 *
 * @param now milliseconds on the clock of the flows.
 */
export const conntrackList = (flows: readonly Flow[], now = 0): readonly string[] =>
  flows.map(({ original, reply, tcp, seenReply, assured, expires }) =>
    [
      `${NAMES[original.protocol].padEnd(8)} ${NUMBERS[original.protocol]} ${Math.floor((expires - now) / 1000)}`,
      ...(tcp ? [tcp.state] : []),
      tupleText(original, 'request'),
      ...(seenReply ? [] : ['[UNREPLIED]']),
      tupleText(reply, 'reply'),
      ...(assured ? ['[ASSURED]'] : []),
      'mark=0 use=1',
    ].join(' '),
  )

function tupleText({ protocol, source, destination }: FlowTuple, way: 'request' | 'reply'): string {
  const addresses = `src=${source.address} dst=${destination.address}`
  return protocol === 'tcp' || protocol === 'udp'
    ? `${addresses} sport=${source.port} dport=${destination.port}`
    : `${addresses} type=${ECHO[protocol][way]} code=0 id=${source.port}`
}
