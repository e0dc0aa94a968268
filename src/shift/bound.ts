import { ANY4 } from '../net/address'
import { boundSocket } from '../net/bind'
import type { Socket } from '../net/socket'
import type { Protocol } from '../net/tuple'
import type { Choice } from '../lessons/choice'
import type { BindArrival, Shift } from './shift'
import { wavesHere } from './shift'

/** The socket that a program gets whose request was granted, at the port it named or was given. */
export function grantedSocket({ id, request }: BindArrival, choice: Choice): Socket {
  const { protocol, local } = request
  const port = choice.kind === 'port' ? choice.port : local.port
  return boundSocket(`${protocol}:${local.address}:${id}:${port}`, request, port)
}

/** The program behind a listening socket, as the level or a granted request names it; empty when nobody knows. */
export function programOf({ level, wave, decisions }: Shift, { id, protocol, local }: Socket): string {
  for (const { arrival, choice, right } of decisions)
    if (right && arrival.asks === 'bind' && grantedSocket(arrival, choice).id === id) return arrival.program
  return level.capture?.programs?.[id] ?? plannedProgram({ level, wave }, protocol, local.port, local.address)
}

/** The latest program that the level has put at this port so far, at one address or at any; empty when it put none there. */
export const plannedProgram = (
  at: Pick<Shift, 'level' | 'wave'>,
  protocol: Protocol,
  port: number,
  address?: string,
): string =>
  wavesHere(at)
    .flatMap(({ opens }) => opens)
    .findLast(
      (plan) =>
        plan.protocol === protocol &&
        plan.port === port &&
        (address === undefined || (plan.address ?? ANY4) === address),
    )?.program ?? ''
