import { receive } from '../net/receive'
import type { Packet } from '../net/packet'
import type { Choice } from '../lessons/choice'
import type { Level } from './level'
import type { Seed } from './random'
import { decide, hostOf, start, truthOf } from './rules'
import type { Mode, Shift } from './shift'
import { atDesk, offers } from './shift'

/** Someone who plays: looks at the shift and chooses. */
export type Player = (shift: Shift) => Choice

/** Always asks the network model. */
export const modelPlayer: Player = (shift) => {
  const arrival = atDesk(shift)
  if (!arrival) throw new RangeError('Nobody waits at the desk.')
  return truthOf(shift, arrival).choice
}

/** Reads the packet through `distort` and then does everything right: someone who looks at one wrong field. */
export const misreader =
  (distort: (packet: Packet) => Packet): Player =>
  (shift) => {
    const arrival = atDesk(shift)
    if (!arrival) throw new RangeError('Nobody waits at the desk.')
    const packet = distort(arrival.packet)
    const choice =
      arrival.asks === 'range' ? truthOf(shift, { ...arrival, packet }).choice : receive(hostOf(shift), packet).verdict
    return offers(shift).includes(choice.kind) ? choice : fallback(shift)
  }

/** What is left to someone whose reading leads to nothing on offer: the first door, or the first verdict. */
function fallback(shift: Shift): Choice {
  const [door] = shift.host.sockets
  if (offers(shift).includes('listener') && door) return { kind: 'listener', socket: door.id }
  return { kind: 'range', range: 'system' }
}

/** The shift after `player` has played it, giving up after `patience` verdicts. */
export function playThrough(level: Level, seed: Seed, mode: Mode, player: Player, patience = 400): Shift {
  let shift = start(level, seed, mode)
  for (let verdict = 0; verdict < patience && !shift.finished; verdict++) {
    // Someone whose reading never changes is told in the end: after a first try, what is right is done.
    const retry = (atDesk(shift)?.attempt ?? 1) > 1
    shift = decide(shift, (retry ? modelPlayer : player)(shift))
  }
  return shift
}
