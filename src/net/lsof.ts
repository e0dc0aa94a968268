import { isWildcard, unmapped } from './address'
import type { SocketState } from './socket'
import type { SsProcess, SsSocket } from './ss'
import { endpointText } from './tuple'

/** A socket that a process has open, as lsof(8) shows it. Sockets without a process (TIME-WAIT) are no open files. */
export interface LsofSocket extends SsSocket {
  readonly process: SsProcess
  readonly user?: string
  /** The number of its inode. */
  readonly device?: number | string
}

const HEADER = ['COMMAND', 'PID', 'USER', '  FD  ', 'TYPE', 'DEVICE', 'SIZE/OFF', 'NODE', 'NAME']
/** Columns that stand at the left of their width; all others at the right. */
const LEFT: readonly number[] = [0, 4, 8]
/** lsof prints at most nine characters of a command. */
const COMMAND_WIDTH = 9

/** The table that `lsof -nP -i` prints, heading first: every column as wide as its longest entry, sorted by process. */
export function lsofTable(sockets: readonly LsofSocket[]): readonly string[] {
  const rows = sockets
    .toSorted((a, b) => Number(a.process.pid) - Number(b.process.pid) || a.process.fd - b.process.fd)
    .map((socket) => rowOf(socket))
  const table = [HEADER, ...rows]
  const width = (column: number) => Math.max(...table.map((row) => row[column]?.length ?? 0))
  const last = HEADER.length - 1
  return table.map((row) =>
    row
      .map((text, column) => {
        if (column === last) return text
        return LEFT.includes(column) ? text.padEnd(width(column)) : text.padStart(width(column))
      })
      .join(' '),
  )
}

const rowOf = ({ process, user = 'root', device = '', family, protocol, local, peer, state }: LsofSocket) => [
  process.name.slice(0, COMMAND_WIDTH),
  String(process.pid),
  user,
  `${process.fd}u `.padStart(6),
  `IPv${family}`,
  String(device),
  '0t0',
  protocol.toUpperCase(),
  `${endText(local)}${peer ? `->${endText(peer)}` : ''} ${protocol === 'tcp' ? `(${stateText(state)})` : ''}`,
]

const endText = ({ address, port }: { readonly address: string; readonly port: number }): string =>
  isWildcard(address) ? `*:${port}` : endpointText({ address: unmapped(address), port })

/** The states as lsof names them; UDP sockets are shown without. */
const stateText = (state: SocketState): string =>
  state === 'ESTAB' ? 'ESTABLISHED' : state.replace('-WAIT-', '_WAIT').replaceAll('-', '_')
