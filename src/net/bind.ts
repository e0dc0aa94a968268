import type { Address, Family } from './address'
import type { Errno, PortSpan } from './kernel'
import { Kernel } from './kernel'
import type { Socket, SocketId } from './socket'
import type { Endpoint, Protocol } from './tuple'

/** What a program asks of the kernel: bind(2), and for TCP listen(2) after it. Port 0 leaves the number to the kernel. */
export interface BindRequest {
  readonly protocol: Protocol
  readonly family: Family
  readonly v6only: boolean
  readonly local: Endpoint
  readonly reuseaddr: boolean
  readonly reuseport: boolean
  /** 0 is root; anybody else may not bind below `unprivilegedStart` (capabilities(7), CAP_NET_BIND_SERVICE). */
  readonly uid: number
}

/** What the kernel says to a request. */
export type BindOutcome = { readonly granted: true } | { readonly granted: false; readonly errno: Errno }

/** What is known of the host: its addresses, its sockets, and the range from which it picks ports. */
export interface BindingHost {
  readonly addresses: readonly Address[]
  readonly sockets: readonly Socket[]
  readonly ephemeral: PortSpan
  /** The first port that anybody may bind; 1024 if left out (ip(7), ip_unprivileged_port_start). */
  readonly unprivilegedStart?: number
}

const kernelOf = (host: BindingHost, chance: () => number = () => 0): Kernel => {
  const { addresses, sockets, ephemeral, unprivilegedStart } = host
  const kernel = new Kernel(addresses, chance, ephemeral, undefined, unprivilegedStart)
  for (const socket of sockets) kernel.adopt(socket)
  return kernel
}

/** Whether the kernel grants the request at this port (by default the one it names), and with which error it does not. */
export function bindOutcome(host: BindingHost, request: BindRequest, port = request.local.port): BindOutcome {
  const kernel = kernelOf(host)
  const socket = kernel.open(request)
  const failed =
    kernel.bind(socket, request.local.address, port) ?? (request.protocol === 'tcp' ? kernel.listen(socket) : undefined)
  return failed ? { granted: false, errno: failed.errno } : { granted: true }
}

/**
 * The port that the kernel gives to a request for port 0 (bind(2), ip(7)); undefined when none of its range is free.
 *
 * @param chance gives numbers from 0 to 1, for where in the range the search begins.
 */
export function givenPort(host: BindingHost, request: BindRequest, chance: () => number): number | undefined {
  const kernel = kernelOf(host, chance)
  const socket = kernel.open(request)
  return kernel.bind(socket, request.local.address, 0) ? undefined : socket.port
}

/** Whether the host could connect to `target` from this port now (ip(7), tcp(7)). */
export const canConnectFrom = (host: BindingHost, source: Address, target: Endpoint, port: number): boolean =>
  kernelOf(host).isFreeForConnect(port, source, target.address, target.port)

/** The ports from which the host's kernel picks one, in order. */
export const portsOf = ({ ephemeral: [first, last] }: BindingHost): readonly number[] =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index)

/** What already has the number that a request names. */
export interface Rivals {
  /** Sockets of the same protocol at that port. */
  readonly sockets: readonly Socket[]
  /** True when they are connections only: no program listens any more. */
  readonly leftOver: boolean
  /** True when there are some, and none is bound to the very address that is asked for. */
  readonly elsewhere: boolean
  /** True when the other protocol uses the number. */
  readonly otherProtocol: boolean
}

export function rivalsOf({ sockets }: Pick<BindingHost, 'sockets'>, { protocol, local }: BindRequest): Rivals {
  const there = sockets.filter((socket) => socket.local.port === local.port)
  const rivals = there.filter((socket) => socket.protocol === protocol)
  const some = rivals.length > 0
  return {
    sockets: rivals,
    leftOver: some && rivals.every(({ peer }) => peer),
    elsewhere: some && rivals.every((socket) => socket.local.address !== local.address),
    otherProtocol: there.length > rivals.length,
  }
}

/** The socket that a granted request makes, at its port or the one it was given: a listener, or an unconnected one for UDP. */
export const boundSocket = (id: SocketId, request: BindRequest, port = request.local.port): Socket => ({
  ...request,
  id,
  local: { address: request.local.address, port },
  state: request.protocol === 'tcp' ? 'LISTEN' : 'UNCONN',
})
