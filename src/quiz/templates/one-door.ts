import type { Socket, SocketState } from '../../net/socket'
import type { Endpoint } from '../../net/tuple'
import { endpointText } from '../../net/tuple'
import { nearPort } from '../../shift/windows'
import type { Random } from '../../shift/random'
import { ephemeral, other, server, stranger } from '../addresses'
import type { Machine } from '../machine'
import { connected, waiting } from '../machine'
import { usualProgram } from '../programs'
import type { Item } from '../question'

/** The ports at which most servers of these questions listen. */
export const DOORS: readonly number[] = [22, 80, 443, 3306, 5432]

/** A server with one TCP service: its address and port, the lamp (listener) there, and windows (connected sockets). */
export interface OneDoor {
  readonly local: Endpoint
  readonly listener: Socket
  readonly program: string
  readonly window: (peer: Endpoint, state?: SocketState) => Socket
  /** The server with these windows; `lit` is false when its lamp has gone out. */
  readonly machine: (windows: readonly Socket[], lit?: boolean) => Machine
}

export function oneDoor(dice: Random, port: number): OneDoor {
  const local = { address: server(dice), port }
  const listener = waiting('tcp', { address: '0.0.0.0', port })
  const program = usualProgram('tcp', port) ?? 'server'
  return {
    local,
    listener,
    program,
    window: (peer, state) => connected('tcp', local, peer, state),
    machine: (windows, lit = true) => ({
      name: 'server',
      addresses: [local.address],
      sockets: lit ? [listener, ...windows] : windows,
      programs: Object.fromEntries([listener, ...windows].map(({ id }) => [id, program])),
    }),
  }
}

/** A port that one could take for this one: often a lookalike. */
export const lookalike = (dice: Random, port: number): number =>
  dice.next() < 0.5 ? nearPort(dice, port) : other([port], () => ephemeral(dice))

/** Two client addresses and two source ports: four remote ends of which each differs from two others in one field only. */
export function twoByTwo(dice: Random) {
  const a = stranger(dice)
  const p = ephemeral(dice)
  return { a, b: other([a], () => stranger(dice)), p, q: lookalike(dice, p) }
}

/** A socket as a line: state, local end, remote end. */
export const lineOf = ({ state, local, peer }: Pick<Socket, 'state' | 'local' | 'peer'>): string =>
  `${state} ${endpointText(local)} ${peer ? endpointText(peer) : '0.0.0.0:*'}`

/** Something that a tool prints, as an option. */
export const code = (text: string): Item => ({ means: text, text: `\`${text}\`` })
