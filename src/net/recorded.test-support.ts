import type { Family } from './address'
import type { SocketState } from './socket'
import type { SsSocket } from './ss'

/** A socket that the kernel held while a tool was recorded. */
export interface RecordedSocket {
  readonly proto: 'tcp' | 'udp'
  readonly state: SocketState
  readonly local: readonly [string, number]
  readonly peer: readonly [string, number | '*']
  readonly recvq: number
  readonly sendq: number
  readonly family?: Family
  readonly v6only?: boolean
}

/** The socket as the printers take it. A bare `*` is the IPv6 wildcard. */
export const recordedSocket = (recorded: RecordedSocket): SsSocket => {
  const { proto, state, local, peer, recvq, sendq, family = 4, v6only = false } = recorded
  return {
    protocol: proto,
    family,
    v6only,
    state,
    local: { address: local[0] === '*' ? '::' : local[0], port: local[1] },
    recvq,
    sendq,
    ...(typeof peer[1] === 'number' && { peer: { address: peer[0], port: peer[1] } }),
  }
}
