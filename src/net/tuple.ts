import type { Address } from './address'

/** The transport protocols that have ports and that the model delivers. 53/tcp and 53/udp are different ports. */
export type Protocol = 'tcp' | 'udp'

/** An address and a port (0 to 65535): one end of a flow. */
export interface Endpoint {
  readonly address: Address
  readonly port: number
}

/** What tells one flow from another: protocol, source address and port, destination address and port. */
export interface FiveTuple {
  readonly protocol: Protocol
  readonly source: Endpoint
  readonly destination: Endpoint
}

/** The five-tuple of the answer: source and destination change places (RFC 9293 section 3.1, RFC 768). */
export const reverse = ({ protocol, source, destination }: FiveTuple): FiveTuple => ({
  protocol,
  source: destination,
  destination: source,
})

/** `address:port`, with brackets around an IPv6 address, as `ss` and RFC 3986 write it. */
export const endpointText = ({ address, port }: Endpoint): string =>
  address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`

/** A key of this direction of the flow: equal exactly for equal five-tuples. */
export const tupleKey = ({ protocol, source, destination }: FiveTuple): string =>
  `${protocol} ${endpointText(source)} ${endpointText(destination)}`

/** A key of the flow whichever way it runs: a tuple and its reverse have the same one. */
export const flowKey = (tuple: FiveTuple): string => {
  const [there, back] = [tupleKey(tuple), tupleKey(reverse(tuple))]
  return there < back ? there : back
}
