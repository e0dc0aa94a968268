import type { Packet, Segment } from './packet'
import type { SocketState } from './socket'
import type { Endpoint } from './tuple'

/** The states of one end of a connection, as `ss` names them; CLOSED is an end that is not there (RFC 9293 section 3.3.2). */
export type TcpState = Exclude<SocketState, 'UNCONN'> | 'CLOSED'

/**
 * What happens to an end: its program calls listen, connect or close, a segment comes in, or TIME-WAIT has lasted long
 * enough. An ACK counts when it acknowledges the end's own SYN or FIN.
 */
export type TcpEvent =
  'listen' | 'connect' | 'close' | 'SYN' | 'SYN+ACK' | 'ACK of SYN' | 'FIN' | 'ACK of FIN' | 'RST' | '2MSL'

/** The arrows of RFC 9293 section 3.3.2, figure 5. A reset ends every state but LISTEN (section 3.10.7). */
const ARROWS: Readonly<Record<TcpState, Readonly<Partial<Record<TcpEvent, TcpState>>>>> = {
  CLOSED: { listen: 'LISTEN', connect: 'SYN-SENT' },
  LISTEN: { SYN: 'SYN-RECV', connect: 'SYN-SENT', close: 'CLOSED' },
  'SYN-SENT': { SYN: 'SYN-RECV', 'SYN+ACK': 'ESTAB', close: 'CLOSED', RST: 'CLOSED' },
  'SYN-RECV': { 'ACK of SYN': 'ESTAB', close: 'FIN-WAIT-1', RST: 'CLOSED' },
  ESTAB: { close: 'FIN-WAIT-1', FIN: 'CLOSE-WAIT', RST: 'CLOSED' },
  'FIN-WAIT-1': { 'ACK of FIN': 'FIN-WAIT-2', FIN: 'CLOSING', RST: 'CLOSED' },
  'FIN-WAIT-2': { FIN: 'TIME-WAIT', RST: 'CLOSED' },
  'CLOSE-WAIT': { close: 'LAST-ACK', RST: 'CLOSED' },
  CLOSING: { 'ACK of FIN': 'TIME-WAIT', RST: 'CLOSED' },
  'LAST-ACK': { 'ACK of FIN': 'CLOSED', RST: 'CLOSED' },
  'TIME-WAIT': { '2MSL': 'CLOSED', RST: 'CLOSED' },
}

/** The state after an event; the same one where the event changes nothing. */
export const nextState = (state: TcpState, event: TcpEvent): TcpState => ARROWS[state][event] ?? state

/** The sequence number after everything that a segment takes: its data, and one each for SYN and FIN (RFC 9293 section 3.4). */
const endOf = ({ seq, flags, payload }: Segment): number =>
  (seq + payload.length + Number(flags.syn) + Number(flags.fin)) >>> 0

/** Whether a segment acknowledges everything before `end`; sequence numbers go round (RFC 9293 section 3.4). */
const acknowledges = ({ flags, ack }: Segment, end: number | undefined): boolean =>
  flags.ack && end !== undefined && ((ack - end) | 0) >= 0

const isAt = (end: Endpoint, address: string, port: number): boolean => end.address === address && end.port === port

/** What an end has sent that an ACK can be for: the numbers after its SYN and its FIN. */
interface Unacknowledged {
  readonly syn?: number
  readonly fin?: number
}

const sending = ({ flags }: Segment): readonly TcpEvent[] => [
  ...(flags.rst ? (['RST'] as const) : []),
  ...(flags.syn && !flags.ack ? (['connect'] as const) : []),
  ...(flags.fin ? (['close'] as const) : []),
]

function arriving(segment: Segment, { syn, fin }: Unacknowledged): readonly TcpEvent[] {
  const { flags } = segment
  if (flags.rst) return ['RST']
  return [
    ...(flags.syn ? ([flags.ack ? 'SYN+ACK' : 'SYN'] as const) : []),
    ...(acknowledges(segment, syn) ? (['ACK of SYN'] as const) : []),
    ...(acknowledges(segment, fin) ? (['ACK of FIN'] as const) : []),
    ...(flags.fin ? (['FIN'] as const) : []),
  ]
}

/**
 * The state of one end after these segments of its connection have passed, in either direction and in order. It begins in
 * `start`: LISTEN for an end that a caller's SYN makes, CLOSED for one that calls.
 */
export function stateAfter(end: Endpoint, segments: readonly Packet[], start: 'LISTEN' | 'CLOSED'): TcpState {
  let state: TcpState = start
  let sent: Unacknowledged = {}
  for (const { source, destination, transport } of segments) {
    if (transport.protocol !== 'tcp') continue
    const leaves = isAt(end, source, transport.sourcePort)
    const arrives = isAt(end, destination, transport.destinationPort)
    const events = leaves ? sending(transport) : arrives ? arriving(transport, sent) : []
    for (const event of events) state = nextState(state, event)
    if (leaves && transport.flags.syn) sent = { ...sent, syn: endOf(transport) }
    if (leaves && transport.flags.fin) sent = { ...sent, fin: endOf(transport) }
  }
  return state
}

/**
 * The states of a server's sockets at one door after these segments of one caller: the listener's first, which no caller
 * changes, then that of the connection's own socket as long as there is one (accept(2)).
 */
export function serverStates(door: Endpoint, segments: readonly Packet[]): readonly TcpState[] {
  const connection = stateAfter(door, segments, 'LISTEN')
  return connection === 'LISTEN' || connection === 'CLOSED' ? ['LISTEN'] : ['LISTEN', connection]
}
