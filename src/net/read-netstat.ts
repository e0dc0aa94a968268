import { familyOf, mapped } from './address'
import type { NumberedLine, PortOf, Unread } from './read-lines'
import { endpointOf, readEnd, unread } from './read-lines'
import { isBsdOther, isBsdRow, readBsdRow } from './read-netstat-bsd'
import type { ReadSockets } from './read-ss'
import type { SocketState } from './socket'
import type { SsProcess, SsSocket } from './ss'

const STATES: Readonly<Record<string, SocketState>> = {
  LISTEN: 'LISTEN',
  SYN_SENT: 'SYN-SENT',
  SYN_RECV: 'SYN-RECV',
  ESTABLISHED: 'ESTAB',
  FIN_WAIT1: 'FIN-WAIT-1',
  FIN_WAIT2: 'FIN-WAIT-2',
  CLOSE_WAIT: 'CLOSE-WAIT',
  LAST_ACK: 'LAST-ACK',
  CLOSING: 'CLOSING',
  TIME_WAIT: 'TIME-WAIT',
}

const ROW = /^\s*(tcp|udp)(6?)\s+(\d+)\s+(\d+)\s+(\S+)\s+(\S+)(?:\s+(.*?))?\s*$/
const HEADING = /^\s*(Active Internet connections|Proto\s+Recv-Q)/
/** Two columns of the address field are left for what is cut off (`-W` shows all). */
const FULL = 22

export const isNetstatHeading = (text: string): boolean => HEADING.test(text)
export const isNetstatRow = (text: string): boolean => ROW.test(text) || isBsdRow(text)

/**
 * Reads what `netstat` prints (netstat(8)), with any of `-t -u -a -l -n -p`, also as macOS and the BSDs have it. Linux's does not say whether an IPv6 wildcard takes
 * IPv4 too: where IPv4's wildcard is bound at the same number it cannot.
 */
export function readNetstat(lines: readonly NumberedLine[], portOf?: PortOf): ReadSockets {
  const sockets: SsSocket[] = []
  const faults: Unread[] = []
  const bsd = new Set<SsSocket>()
  let hasPorts = true
  for (const line of lines) {
    if (line.text.trim() === '') continue
    if (isBsdOther(line.text)) hasPorts = false
    else if (HEADING.test(line.text)) {
      hasPorts = true
      continue
    }
    if (!hasPorts) {
      faults.push(unread(line, 'no-ports', 'unix'))
      continue
    }
    const isBsd = isBsdRow(line.text)
    const read = isBsd ? readBsdRow(line, portOf) : readRow(line, portOf)
    if ('why' in read) faults.push(read)
    else sockets.push(read)
    if (isBsd && !('why' in read)) bsd.add(read)
  }
  const takesBoth = ({ protocol, local, peer }: SsSocket) =>
    !peer &&
    local.address === '::' &&
    !sockets.some(
      (other) =>
        other.protocol === protocol &&
        !other.peer &&
        other.local.address === '0.0.0.0' &&
        other.local.port === local.port,
    )
  return {
    sockets: sockets.map((socket) =>
      bsd.has(socket)
        ? socket
        : {
            ...socket,
            v6only: socket.family === 6 && !socket.peer && socket.local.address === '::' && !takesBoth(socket),
          },
    ),
    unread: faults,
  }
}

function readRow(line: NumberedLine, portOf: PortOf | undefined): SsSocket | Unread {
  const parts = ROW.exec(line.text)
  if (!parts) {
    const [first = ''] = line.text.trim().split(/\s+/)
    return /^(unix|raw6?|Active)$/.test(first) ? unread(line, 'no-ports', first) : unread(line, 'columns')
  }
  const [, name, six, recvq, sendq, local = '', foreign = '', rest = ''] = parts
  const protocol = name === 'udp' ? 'udp' : 'tcp'
  if (six && (local.length > FULL || foreign.length > FULL)) return unread(line, 'cut', local)
  const here = readEnd(local, protocol, portOf)
  if ('why' in here) return unread(line, here.why, here.what)
  const there = readEnd(foreign, protocol, portOf)
  if ('why' in there) return unread(line, there.why, there.what)
  if (here.port === '*') return unread(line, 'end', local)
  const [first = ''] = rest.split(/\s+/)
  const state = Object.hasOwn(STATES, first) ? STATES[first] : undefined
  if (protocol === 'tcp' && !state) return unread(line, 'state', first)
  const process = processOf((state ? rest.slice(first.length) : rest).trim())
  const family = six ? 6 : familyOf(here.address ?? '0.0.0.0')
  const asFamily = (address: string) => (family === 6 ? mapped(address) : address)
  const end = endpointOf(here, family === 6 ? '::' : '0.0.0.0')
  const peer = endpointOf(there, '::')
  return {
    protocol,
    family,
    v6only: false,
    state: state ?? 'UNCONN',
    local: { ...end, address: asFamily(end.address) },
    ...(there.port !== '*' && { peer: { ...peer, address: asFamily(peer.address) } }),
    recvq: Number(recvq),
    sendq: Number(sendq),
    ...(process && { process }),
  }
}

/** `812/nginx: master`, or `-` for what one may not see. */
function processOf(text: string): SsProcess | undefined {
  const [, pid, name] = /^(\w+)\/(.+)$/.exec(text) ?? []
  if (pid === undefined || name === undefined) return undefined
  return { name: name.trim(), pid: /^\d{1,9}$/.test(pid) ? Number(pid) : pid, fd: 0 }
}
