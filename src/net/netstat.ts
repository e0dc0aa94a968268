import { unmapped } from './address'
import type { SocketState } from './socket'
import type { SsSocket } from './ss'
import { ssShown } from './ss'
import type { Protocol } from './tuple'

/** The flags of netstat(8): `-t`, `-u`, `-a` or `-l`, `-p`. Numbers are always printed as numbers (`-n`). */
export interface NetstatOptions {
  readonly protocols: readonly Protocol[]
  readonly show: 'all' | 'listening'
  readonly processes?: boolean
}

const STATES: Readonly<Record<SocketState, string>> = {
  UNCONN: '',
  LISTEN: 'LISTEN',
  'SYN-SENT': 'SYN_SENT',
  'SYN-RECV': 'SYN_RECV',
  ESTAB: 'ESTABLISHED',
  'FIN-WAIT-1': 'FIN_WAIT1',
  'FIN-WAIT-2': 'FIN_WAIT2',
  'CLOSE-WAIT': 'CLOSE_WAIT',
  'LAST-ACK': 'LAST_ACK',
  CLOSING: 'CLOSING',
  'TIME-WAIT': 'TIME_WAIT',
}

const ADDRESS_WIDTH = 23
const PROGRAM_WIDTH = 20

/** TCP first, then UDP; in each IPv4 before IPv6. */
const rank = ({ protocol, family }: SsSocket): number => (protocol === 'tcp' ? 0 : 2) + (family === 6 ? 1 : 0)

/** The sockets that netstat shows with these flags, in the order of its lines. */
const netstatShown = <S extends SsSocket>(sockets: readonly S[], { protocols, show }: NetstatOptions): readonly S[] =>
  ssShown(sockets, { protocols, show }).toSorted((a, b) => rank(a) - rank(b))

/** The table that `netstat -n` prints, with its two lines of heading. Columns have fixed widths. */
export function netstatTable(sockets: readonly SsSocket[], options: NetstatOptions): readonly string[] {
  const { show, processes = false } = options
  const line = ([protocol, recvq, sendq, local, foreign, state, program]: readonly string[]) =>
    [
      protocol?.padEnd(5),
      recvq?.padStart(7),
      sendq?.padStart(7),
      ` ${local?.padEnd(ADDRESS_WIDTH)}`,
      ` ${foreign?.padEnd(ADDRESS_WIDTH)}`,
      ` ${state?.padEnd(11)}`,
      ...(processes ? [` ${program?.padEnd(PROGRAM_WIDTH)}`] : []),
    ].join('')
  return [
    `Active Internet connections (${show === 'listening' ? 'only servers' : 'servers and established'})`,
    `Proto Recv-Q Send-Q ${'Local Address'.padEnd(ADDRESS_WIDTH)} ${'Foreign Address'.padEnd(ADDRESS_WIDTH)} State      ${
      processes ? ` ${'PID/Program name'.padEnd(PROGRAM_WIDTH)}` : ''
    }`,
    ...netstatShown(sockets, options).map((socket) => {
      const { protocol, family, recvq, sendq, local, peer, state, process } = socket
      return line([
        family === 6 ? `${protocol}6` : protocol,
        String(recvq),
        String(sendq),
        endText(local.address, String(local.port)),
        peer ? endText(peer.address, String(peer.port)) : endText(family === 6 ? '::' : '0.0.0.0', '*'),
        STATES[state],
        process ? `${process.pid}/${process.name}` : '-',
      ])
    }),
  ]
}

/** Address and port in at most 23 characters: what is too long of an address is cut off its end (without `-W`). */
function endText(address: string, port: string): string {
  const bare = unmapped(address)
  return `${bare.slice(0, ADDRESS_WIDTH - 1 - port.length)}:${port}`
}
