import type { Socket } from '../net/socket'
import type { SsOptions } from '../net/ss'
import { ssSocket, ssTable } from '../net/ss'
import { programOf } from './bound'
import type { Board } from './level'
import type { Shift } from './shift'
import { waveOf } from './shift'

const OPTIONS: Readonly<Record<Board, SsOptions>> = {
  tan: { protocols: ['tcp'], show: 'all' },
  tlnp: { protocols: ['tcp'], show: 'listening', processes: true },
  tulnp: { protocols: ['tcp', 'udp'], show: 'listening', processes: true },
}

/** How many connections may wait for accept(2): what most programs ask for (listen(2), net.core.somaxconn). */
const BACKLOG = 4096

/** The board beside the building: the command, and what it prints now. Undefined where the level has none. */
export function boardOf(shift: Shift): { readonly command: string; readonly lines: readonly string[] } | undefined {
  const { board } = waveOf(shift)
  if (!board) return undefined
  const lines = ssTable(
    shift.host.sockets.map((socket, index) => ssSocket(socket, restOf(shift, socket, index))),
    OPTIONS[board],
  )
  return { command: `ss -${board}`, lines }
}

function restOf(shift: Shift, socket: Socket, index: number) {
  const name = socket.peer ? '' : programOf(shift, socket)
  return {
    sendq: socket.state === 'LISTEN' ? BACKLOG : 0,
    ...(name && { process: { name, pid: 640 + index * 17, fd: 6 } }),
  }
}
