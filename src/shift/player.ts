import type { Packet } from '../net/packet'
import { tupleOf } from '../net/packet'
import type { Choice } from '../lessons/choice'
import type { MisconceptionId } from '../lessons/misconception'
import type { Plan } from '../lessons/plan'
import type { Saying } from '../lessons/told'
import type { Level } from './level'
import type { Seed } from './random'
import { decide, start } from './rules'
import type { Mode, Shift } from './shift'
import { atDesk, offers } from './shift'
import { portsOnOffer, truthOf } from './truth'
import { localEnd, remoteEnd } from './windows'

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
    if (!('packet' in arrival)) return truthOf(shift, arrival).choice
    const read = { ...arrival, packet: distort(arrival.packet) }
    const { choice } = truthOf(shift, read)
    if (arrival.asks === 'reply') return choice
    return offers(shift).includes(choice.kind) ? choice : fallback(shift)
  }

/** Someone who chooses a window by its door alone, its address alone, or its port alone: the first that fits. */
export const windowBlindTo =
  (blind: 'source' | 'address' | 'port'): Player =>
  (shift) => {
    const arrival = atDesk(shift)
    const truth = modelPlayer(shift)
    const tuple = arrival && 'packet' in arrival ? tupleOf(arrival.packet) : undefined
    if (!tuple || arrival?.asks !== 'route' || truth.kind === 'listener') return truth
    const seen = shift.host.sockets.find(
      (socket) =>
        socket.peer &&
        localEnd(socket).port === tuple.destination.port &&
        (blind !== 'port' || remoteEnd(socket).address === tuple.source.address) &&
        (blind !== 'address' || remoteEnd(socket).port === tuple.source.port),
    )
    return seen ? { kind: 'connection', socket: seen.id } : truth
  }

/** Someone who takes a number for taken as soon as anybody uses it, whatever the protocol, the address or the other end. */
export const numbersAreSeats: Player = (shift) => {
  const arrival = atDesk(shift)
  const used = (port: number) => shift.host.sockets.some(({ local }) => local.port === port)
  if (arrival?.asks === 'bind') {
    const { port } = arrival.request.local
    if (port === 0) return modelPlayer(shift)
    return used(port) ? { kind: 'eaddrinuse' } : { kind: 'grant' }
  }
  if (arrival?.asks === 'connect') {
    const free = portsOnOffer(shift, arrival).find((port) => !used(port))
    return free === undefined ? { kind: 'eaddrnotavail' } : { kind: 'port', port: free }
  }
  return modelPlayer(shift)
}

/** Someone to whom an address says nothing: the first door with the right protocol and number takes everything. */
export const entranceBlind: Player = (shift) => {
  const arrival = atDesk(shift)
  const tuple = arrival && 'packet' in arrival ? tupleOf(arrival.packet) : undefined
  const truth = modelPlayer(shift)
  if (!tuple || arrival?.asks !== 'route' || truth.kind === 'connection') return truth
  const door = shift.host.sockets.find(
    ({ peer, protocol, local }) => !peer && protocol === tuple.protocol && local.port === tuple.destination.port,
  )
  return door ? { kind: 'listener', socket: door.id } : truth
}

/** Someone who answers without turning the envelope: source and destination stay where they were. */
export const neverTurns: Player = (shift) => {
  const arrival = atDesk(shift)
  const tuple = arrival?.asks === 'reply' ? tupleOf(arrival.packet) : undefined
  return tuple ? { kind: 'reply', source: tuple.source, destination: tuple.destination } : modelPlayer(shift)
}

/** Someone who holds one idea, and says what it leads to wherever it is on offer. */
export const holds =
  (idea: MisconceptionId): Player =>
  (shift) => {
    const arrival = atDesk(shift)
    const said =
      arrival?.asks === 'tell' ? arrival.options.find(({ misconception }) => misconception === idea) : undefined
    return said ? { kind: 'tell', told: said.told } : modelPlayer(shift)
  }

/** Someone who always says the same where it is on offer. */
export const alwaysSays =
  (saying: Saying): Player =>
  (shift) => {
    const arrival = atDesk(shift)
    const said =
      arrival?.asks === 'tell'
        ? arrival.options.find(({ told }) => told.kind === 'say' && told.saying === saying)
        : undefined
    return said ? { kind: 'tell', told: said.told } : modelPlayer(shift)
  }

/** Someone who plans with `change` what would have been right, and leaves it so as long as it goes well. */
export const planner =
  (change: (plan: Plan, shift: Shift) => Plan): Player =>
  (shift) => {
    const truth = modelPlayer(shift)
    return truth.kind === 'plan' ? { kind: 'plan', plan: change(truth.plan, shift) } : truth
  }

/** What is left to someone whose reading leads to nothing on offer: the first door or window, or the first verdict. */
function fallback(shift: Shift): Choice {
  const door = shift.host.sockets.find(({ peer }) => !peer)
  if (offers(shift).includes('listener') && door) return { kind: 'listener', socket: door.id }
  const window = shift.host.sockets.find(({ peer }) => peer)
  if (offers(shift).includes('connection') && window) return { kind: 'connection', socket: window.id }
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
