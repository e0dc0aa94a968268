import { conntrackList } from '../net/conntrack-list'
import { nftChain } from '../net/nft-text'
import { nmapTable } from '../net/nmap'
import type { Socket } from '../net/socket'
import type { SsOptions } from '../net/ss'
import { ssSocket, ssTable } from '../net/ss'
import { programOf } from './bound'
import { serviceName } from '../ports/services'
import type { Plan } from '../lessons/plan'
import { chainOf, notebookOf } from './gate'
import type { Board } from './level'
import { mapOf } from './map'
import { receptionBoard } from './reception-board'
import type { ReceptionBoard } from './reception-plan'
import type { Shift } from './shift'
import { streetBoard } from './street-board'
import type { StreetBoard } from './street-plan'
import { waveOf } from './shift'
import { RULES_BEFORE, chainOfBoard } from './works'

const OPTIONS: Readonly<Record<Exclude<Board, 'gate' | 'map' | ReceptionBoard | StreetBoard>, SsOptions>> = {
  tan: { protocols: ['tcp'], show: 'all' },
  tlnp: { protocols: ['tcp'], show: 'listening', processes: true },
  tulnp: { protocols: ['tcp', 'udp'], show: 'listening', processes: true },
}

/** How many connections may wait for accept(2): what most programs ask for (listen(2), net.core.somaxconn). */
const BACKLOG = 4096

/** A line of the board; of a rule or of the policy, which one. */
export interface BoardLine {
  readonly text: string
  readonly line?: number | 'policy'
  /** Of a rule of the player's own boards: which of them. */
  readonly board?: number
}

export interface BoardText {
  readonly command: string
  readonly lines: readonly BoardLine[]
  /** What hangs below it: the notebook of the gatehouse. */
  readonly below?: { readonly command: string; readonly lines: readonly string[] }
}

/** The board beside the building: the command, and what it prints now. Undefined where the level has none. */
export function boardOf(shift: Shift): BoardText | undefined {
  const { board } = waveOf(shift)
  if (!board) return undefined
  if (waveOf(shift).works && shift.plan) return ownBoards(shift.plan)
  if (board === 'gate') return gateBoard(shift)
  if (board === 'map') return mapBoard(shift)
  if (board === 'svc' || board === 'desk') return receptionBoard(waveOf(shift))
  if (board === 'street' || board === 'annex') return streetBoard(shift)
  const lines = ssTable(
    shift.host.sockets.map((socket, index) => ssSocket(socket, restOf(shift, socket, index))),
    OPTIONS[board],
  )
  return { command: `ss -${board}`, lines: lines.map((text) => ({ text })) }
}

/** The rules as nft lists them, and what the guard has in his notebook. */
function gateBoard(shift: Shift): BoardText | undefined {
  const { gate } = waveOf(shift)
  if (!gate) return undefined
  const lines = nftChain(chainOf(gate)).map(({ text, rule }): BoardLine => {
    const line = rule ?? (text.includes('policy') ? ('policy' as const) : undefined)
    return { text: text.replaceAll('\t', '  '), ...(line !== undefined && { line }) }
  })
  const flows = gate.notebook ? notebookOf(shift.host.sockets).flows() : []
  return {
    command: 'nft list chain inet filter input',
    lines,
    ...(flows.length > 0 && { below: { command: 'conntrack -L', lines: conntrackList(flows) } }),
  }
}

/** The boards that the player has written, as they hang in the night. */
function ownBoards({ boards }: Plan): BoardText {
  const [first] = boards
  const lines = boards.flatMap((own, board) =>
    nftChain(chainOfBoard(own)).map(({ text, rule }): BoardLine => {
      const shown = text.replaceAll('\t', '  ')
      if (text.includes('policy')) return { text: shown, line: 'policy', board }
      return rule === undefined || rule < RULES_BEFORE
        ? { text: shown }
        : { text: shown, line: rule - RULES_BEFORE, board }
    }),
  )
  const command = boards.length === 1 && first ? `nft list chain ${first.family} filter input` : 'nft list ruleset'
  return { command, lines }
}

/** What somebody outside has learned of the building so far, in the order of the numbers. */
function mapBoard(shift: Shift): BoardText {
  const found = mapOf(shift)
  return {
    command: `nmap ${shift.host.addresses[0]}`,
    lines: nmapTable(found, { nameOf: serviceName }).map((text) => ({ text })),
  }
}

function restOf(shift: Shift, socket: Socket, index: number) {
  const name = socket.peer ? '' : programOf(shift, socket)
  return {
    sendq: socket.state === 'LISTEN' ? BACKLOG : 0,
    ...(name && { process: { name, pid: 640 + index * 17, fd: 6 } }),
  }
}
