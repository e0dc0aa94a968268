import { familyOf } from './address'
import type { NumberedLine, PortOf, PrintedEnd, Unread } from './read-lines'
import { endpointOf, readEnd, unread } from './read-lines'
import type { SocketState } from './socket'
import type { SsProcess, SsSocket } from './ss'
import type { Protocol } from './tuple'

/** What was read of a list of sockets, and what was not. */
export interface ReadSockets {
  readonly sockets: readonly SsSocket[]
  readonly unread: readonly Unread[]
}

export interface ReadSsOptions {
  /** Of a list without the column Netid, where the command was seen. */
  readonly protocol?: Protocol
  readonly portOf?: PortOf
}

const STATES: Readonly<Record<string, SocketState>> = {
  UNCONN: 'UNCONN',
  LISTEN: 'LISTEN',
  'SYN-SENT': 'SYN-SENT',
  'SYN-RECV': 'SYN-RECV',
  ESTAB: 'ESTAB',
  'FIN-WAIT-1': 'FIN-WAIT-1',
  'FIN-WAIT-2': 'FIN-WAIT-2',
  'CLOSE-WAIT': 'CLOSE-WAIT',
  'LAST-ACK': 'LAST-ACK',
  CLOSING: 'CLOSING',
  'TIME-WAIT': 'TIME-WAIT',
}

const HEADING = /^\s*(Netid\s+)?State\s+Recv-Q/
const PROCESS = /users:\(\(+"([^"]*)",pid=([^,)]*),fd=(\d+)\)/

/** True for the line of titles above a list of `ss`. */
export const isSsHeading = (text: string): boolean => HEADING.test(text)

/** True for what may be a line of `ss`, with or without the column Netid. */
export const isSsRow = (text: string): boolean => {
  const [first = '', second = ''] = text.trim().split(/\s+/)
  return Object.hasOwn(STATES, first) || (/^[a-z_0-9]+$/.test(first) && Object.hasOwn(STATES, second))
}

/** A row in its parts: state, queues, both ends, and what stands behind them. */
function partsOf(text: string) {
  const process = PROCESS.exec(text)
  const cells = text
    .slice(0, process?.index ?? text.length)
    .trim()
    .split(/\s+/)
  const [first = ''] = cells
  const netid = Object.hasOwn(STATES, first) ? undefined : first
  const [state = '', recvq = '', sendq = '', local = '', peer = ''] = netid === undefined ? cells : cells.slice(1)
  return { netid, state, recvq, sendq, local, peer, process: process && processOf(process) }
}

const processOf = ([, name = '', pid = '', fd = '0']: RegExpExecArray): SsProcess => ({
  name,
  pid: /^\d{1,9}$/.test(pid) ? Number(pid) : pid,
  fd: Number(fd),
})

/** A list without Netid is of one protocol: TCP has no UNCONN, UDP no LISTEN. */
const guessed = (lines: readonly NumberedLine[]): Protocol =>
  lines.some(({ text }) => /^\s*UNCONN\s/.test(text)) && !lines.some(({ text }) => /^\s*LISTEN\s/.test(text))
    ? 'udp'
    : 'tcp'

/**
 * Reads what `ss` prints (ss(8)), with any of `-t -u -a -l -n -p`. Lines that are no socket with a port are given back with
 * the reason. `*` is the wildcard of a socket that takes both families; `[::]` one of IPv6 only.
 */
export function readSs(lines: readonly NumberedLine[], { protocol, portOf }: ReadSsOptions = {}): ReadSockets {
  const plain = protocol ?? guessed(lines)
  // Before version 4.12 `*` was IPv4's wildcard and `:::` IPv6's.
  const old = lines.some(({ text }) => /\s:::(\d+|\*)\s/.test(text))
  const sockets: SsSocket[] = []
  const faults: Unread[] = []
  for (const line of lines) {
    if (line.text.trim() === '' || HEADING.test(line.text)) continue
    const read = readRow(line, plain, old, portOf)
    if ('why' in read) faults.push(read)
    else sockets.push(read)
  }
  return { sockets, unread: faults }
}

function readRow(line: NumberedLine, plain: Protocol, old: boolean, portOf: PortOf | undefined): SsSocket | Unread {
  const { netid, state: stateText, recvq, sendq, local, peer, process } = partsOf(line.text)
  if (netid !== undefined && netid !== 'tcp' && netid !== 'udp')
    return isSsRow(line.text) ? unread(line, 'no-ports', netid) : unread(line, 'columns')
  const protocol = netid ?? plain
  const state = STATES[stateText]
  if (!state) return unread(line, 'state', stateText)
  if (peer === '' || !/^\d+$/.test(recvq) || !/^\d+$/.test(sendq)) return unread(line, 'columns')
  const here = readEnd(local, protocol, portOf)
  if ('why' in here) return unread(line, here.why, here.what)
  const there = readEnd(peer, protocol, portOf)
  if ('why' in there) return unread(line, there.why, there.what)
  if (here.port === '*') return unread(line, 'end', local)
  const wild = here.address === undefined || here.address === '0.0.0.0' || here.address === '::'
  if (here.device !== undefined && wild) return unread(line, 'device', here.device)
  return {
    protocol,
    ...familyAndBind(here, old),
    state,
    recvq: Number(recvq),
    sendq: Number(sendq),
    ...(there.port !== '*' && { peer: endpointOf(there, '::') }),
    ...(process && { process }),
  }
}

/** What the local end says of the socket: `*` takes both families, `[::]` IPv6 alone. */
function familyAndBind(here: PrintedEnd, old: boolean): Pick<SsSocket, 'family' | 'v6only' | 'local'> {
  const star = here.address === undefined
  const local = endpointOf(here, old ? '0.0.0.0' : '::')
  const family = familyOf(local.address)
  return { family, v6only: family === 6 && !star && !old && local.address === '::', local }
}
