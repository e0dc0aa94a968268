import type { Address, Family } from './address'
import type { Errno, PortSpan } from './kernel'
import { Kernel } from './kernel'
import type { Socket } from './socket'
import type { Endpoint, Protocol } from './tuple'

/** What a program asks of the kernel: bind(2), and for TCP listen(2) after it. Port 0 leaves the number to the kernel. */
export interface BindRequest {
  readonly protocol: Protocol
  readonly family: Family
  readonly v6only: boolean
  readonly local: Endpoint
  readonly reuseaddr: boolean
  readonly reuseport: boolean
  /** 0 is root; anybody else may not bind below 1024 (capabilities(7), CAP_NET_BIND_SERVICE). */
  readonly uid: number
}

/** What the kernel says to a request. */
export type BindOutcome = { readonly granted: true } | { readonly granted: false; readonly errno: Errno }

/** What is known of the host: its addresses, its sockets, and the range from which it picks ports. */
export interface BindingHost {
  readonly addresses: readonly Address[]
  readonly sockets: readonly Socket[]
  readonly ephemeral: PortSpan
}

const kernelOf = ({ addresses, sockets, ephemeral }: BindingHost): Kernel => {
  const kernel = new Kernel(addresses, () => 0, ephemeral)
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

/** The ports of the host's range that the kernel could give to a request for port 0, in order. */
export const portsForBind = (host: BindingHost, request: BindRequest): readonly number[] =>
  portsOf(host).filter((port) => bindOutcome(host, request, port).granted)

/** The ports of the host's range from which it could connect to `target` now (ip(7), tcp(7)), in order. */
export function portsForConnect(host: BindingHost, source: Address, target: Endpoint): readonly number[] {
  const kernel = kernelOf(host)
  return portsOf(host).filter((port) => kernel.isFreeForConnect(port, source, target.address, target.port))
}

const portsOf = ({ ephemeral: [first, last] }: BindingHost): readonly number[] =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index)
