import type { Address, Family } from './address'
import { parseAddress } from './address'
import type { NumberedLine, PortOf, Unread } from './read-lines'
import { portNumber, unread } from './read-lines'
import type { SocketState } from './socket'
import type { SsSocket } from './ss'
import type { Protocol } from './tuple'

/** The states as BSD names them (netstat(1) of macOS and FreeBSD). */
const STATES: Readonly<Record<string, SocketState>> = {
  LISTEN: 'LISTEN',
  SYN_SENT: 'SYN-SENT',
  SYN_RCVD: 'SYN-RECV',
  ESTABLISHED: 'ESTAB',
  FIN_WAIT_1: 'FIN-WAIT-1',
  FIN_WAIT_2: 'FIN-WAIT-2',
  CLOSE_WAIT: 'CLOSE-WAIT',
  LAST_ACK: 'LAST-ACK',
  CLOSING: 'CLOSING',
  TIME_WAIT: 'TIME-WAIT',
}

/** `tcp4 0 0 *.22 *.* LISTEN`: a dot stands before the port. What `-v` adds behind the state is left out. */
const ROW =
  /^\s*(tcp|udp)(4|6|46)\s+(\d+)\s+(\d+)\s+(\S+\.(?:\d+|\*|[a-z][\w-]*))\s+(\S+\.(?:\d+|\*|[a-z][\w-]*))(?:\s+(\S+).*)?\s*$/

/** The titles of what else `netstat -an` lists there: sockets without ports. */
const OTHER =
  /^\s*(Active (LOCAL|Multipath|kernel|UNIX)|Registered kernel|Address\s+Type\s+Recv-Q|Proto\s+Recv-Q.*\bunix\b)/i

export const isBsdRow = (text: string): boolean => ROW.test(text)
export const isBsdOther = (text: string): boolean => OTHER.test(text)

/** So many characters of an address are printed; what is longer is cut off, unless `-W` is given. */
const CUT = 16

interface End {
  readonly address: Address | undefined
  readonly port: number | '*'
}

/** `*.22`, `127.0.0.1.631`, `::1.631`, `fe80::1%lo0.123`: the port follows the last dot. */
function readEnd(text: string, protocol: Protocol, portOf: PortOf): End | 'end' | 'name' | 'cut' {
  const dot = text.lastIndexOf('.')
  const [host, portText] = [text.slice(0, dot), text.slice(dot + 1)]
  const port = portText === '*' ? '*' : (portNumber(portText) ?? portOf(portText, protocol))
  if (port === undefined) return 'name'
  if (host === '*') return { address: undefined, port }
  if (host.includes(':') && host.length === CUT) return 'cut'
  const address = parseAddress(host.split('%')[0] ?? '')
  return address === undefined ? 'end' : { address, port }
}

/**
 * Reads a row as `netstat -an` prints it on macOS and the BSDs. `tcp46` takes both families, `tcp6` IPv6 alone; the process is
 * not read.
 */
export function readBsdRow(line: NumberedLine, portOf: PortOf = () => undefined): SsSocket | Unread {
  const parts = ROW.exec(line.text)
  if (!parts) return unread(line, 'columns')
  const [, name, kind, recvq, sendq, local = '', foreign = '', stateText = ''] = parts
  const protocol: Protocol = name === 'udp' ? 'udp' : 'tcp'
  const [here, there] = [readEnd(local, protocol, portOf), readEnd(foreign, protocol, portOf)]
  if (typeof here === 'string') return unread(line, here, local)
  if (typeof there === 'string') return unread(line, there, foreign)
  if (here.port === '*') return unread(line, 'end', local)
  const state = Object.hasOwn(STATES, stateText) ? STATES[stateText] : undefined
  if (protocol === 'tcp' && !state) return unread(line, 'state', stateText)
  const family: Family = kind === '4' ? 4 : 6
  const any = family === 4 ? '0.0.0.0' : '::'
  const peer =
    there.address !== undefined && there.port !== '*' ? { address: there.address, port: there.port } : undefined
  return {
    protocol,
    family,
    v6only: kind === '6' && !peer && here.address === undefined,
    state: protocol === 'tcp' ? (state ?? 'ESTAB') : peer ? 'ESTAB' : 'UNCONN',
    local: { address: here.address ?? any, port: here.port },
    ...(peer && { peer }),
    recvq: Number(recvq),
    sendq: Number(sendq),
  }
}
