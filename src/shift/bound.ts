import type { Socket } from '../net/socket'
import type { Choice } from '../lessons/choice'
import type { BindArrival, Shift } from './shift'

/** The socket that a program gets whose request was granted, at the port it named or was given. */
export function boundSocket({ id, request }: BindArrival, choice: Choice): Socket {
  const { local, protocol, family, v6only, reuseaddr, reuseport, uid } = request
  const port = choice.kind === 'port' ? choice.port : local.port
  return {
    id: `${protocol}:${local.address}:${id}:${port}`,
    protocol,
    family,
    v6only,
    local: { address: local.address, port },
    state: protocol === 'tcp' ? 'LISTEN' : 'UNCONN',
    reuseaddr,
    reuseport,
    uid,
  }
}

/** The program behind a listening socket, as the level or a granted request names it; empty when nobody knows. */
export function programOf({ level, decisions }: Shift, { id, protocol, local }: Socket): string {
  for (const { arrival, choice, right } of decisions)
    if (right && arrival.asks === 'bind' && boundSocket(arrival, choice).id === id) return arrival.program
  const plans = level.waves.flatMap(({ opens }) => opens)
  const plan = plans.findLast(
    (one) => one.protocol === protocol && one.port === local.port && (one.address ?? '0.0.0.0') === local.address,
  )
  return plan?.program ?? ''
}
