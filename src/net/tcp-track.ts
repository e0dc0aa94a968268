import type { Segment } from './packet'

/** The states of a TCP flow as `conntrack -L` prints them: what a router between the ends can know of the connection. */
export type TcpTrackState =
  'SYN_SENT' | 'SYN_RECV' | 'ESTABLISHED' | 'FIN_WAIT' | 'CLOSE_WAIT' | 'LAST_ACK' | 'TIME_WAIT' | 'CLOSE' | 'SYN_SENT2'

/** The way of the first packet, or the way of its answers. */
export type Direction = 'original' | 'reply'

type SegmentKind = 'syn' | 'syn-ack' | 'fin' | 'ack' | 'rst' | 'none'

/** What is remembered of a TCP flow. */
export interface TcpTrack {
  readonly state: TcpTrackState
  /** The segment seen last, and the sequence number behind it. */
  readonly last: { readonly kind: SegmentKind; readonly direction: Direction; readonly end: number }
  /** Who sent the first FIN. */
  readonly closing?: Direction
}

const kindOf = ({ flags }: Segment): SegmentKind => {
  if (flags.rst) return 'rst'
  if (flags.syn) return flags.ack ? 'syn-ack' : 'syn'
  return flags.fin ? 'fin' : flags.ack ? 'ack' : 'none'
}

const STATES: Readonly<Record<string, TcpTrackState>> = {
  SS: 'SYN_SENT',
  SR: 'SYN_RECV',
  ES: 'ESTABLISHED',
  FW: 'FIN_WAIT',
  CW: 'CLOSE_WAIT',
  LA: 'LAST_ACK',
  TW: 'TIME_WAIT',
  CL: 'CLOSE',
  S2: 'SYN_SENT2',
}

/** The columns of the table below: no flow yet, then the states. */
const COLUMNS: readonly (TcpTrackState | undefined)[] = [undefined, ...Object.values(STATES)]

/**
 * The next state by segment, direction and state (Linux: tcp_conntracks in nf_conntrack_proto_tcp.c). `IV`: the segment is
 * invalid; `IG`: it passes but changes nothing, because the table may be the one that is out of step.
 */
const NEXT: Readonly<Record<Direction, Readonly<Record<SegmentKind, string>>>> = {
  original: {
    //         --  SS SR ES FW CW LA TW CL S2
    syn: 'SS SS IG IG IG IG IG SS SS S2',
    'syn-ack': 'IV IV SR IV IV IV IV IV IV SR',
    fin: 'IV IV FW FW LA LA LA TW CL IV',
    ack: 'ES IV ES ES CW CW TW TW CL IV',
    rst: 'IV CL CL CL CL CL CL CL CL CL',
    none: 'IV IV IV IV IV IV IV IV IV IV',
  },
  reply: {
    syn: 'IV S2 IV IV IV IV IV SS IV S2',
    'syn-ack': 'IV SR IG IG IG IG IG IG IG SR',
    fin: 'IV IV FW FW LA LA LA TW CL IV',
    ack: 'IV IG SR ES CW CW TW TW CL IG',
    rst: 'IV CL CL CL CL CL CL CL CL CL',
    none: 'IV IV IV IV IV IV IV IV IV IV',
  },
}

const endOf = ({ seq, payload, flags }: Segment): number =>
  (seq + payload.length + Number(flags.syn) + Number(flags.fin)) >>> 0

/**
 * What a segment does to a flow: its next memory; `invalid` when it cannot belong there; `reopen` when it is the SYN of a
 * new connection in the place of a closed one, whose flow is then forgotten. Without `track` it is the first segment.
 * Sequence numbers are not checked against the window.
 */
export function trackSegment(
  track: TcpTrack | undefined,
  segment: Segment,
  direction: Direction,
): TcpTrack | 'invalid' | 'reopen' {
  const kind = kindOf(segment)
  const next = NEXT[direction][kind].split(' ')[COLUMNS.indexOf(track?.state)] ?? 'IV'
  if (next === 'IV') return 'invalid'
  const last = { kind, direction, end: endOf(segment) }
  const state = STATES[next]
  if (!track) return state ? { state, last } : 'invalid'
  if (state === 'SYN_SENT' && track.state !== 'SYN_SENT') {
    const reset = track.last.kind === 'rst' && track.last.direction === direction
    if (reset || (track.closing !== undefined && track.closing !== direction)) return 'reopen'
    return { ...track, last }
  }
  if (!state) {
    // A SYN-ACK for a SYN that was let through unread: both ends are in step, and so is the table from now on.
    const answers = kind === 'syn-ack' && track.last.kind === 'syn' && track.last.direction !== direction
    if (answers && segment.ack === track.last.end) return { state: 'SYN_RECV', last }
    return { ...track, last }
  }
  const closing = state === 'FIN_WAIT' && track.state !== 'FIN_WAIT' ? direction : track.closing
  return { state, last, ...(closing && { closing }) }
}
