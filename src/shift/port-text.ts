import type { Protocol } from '../net/tuple'
import type { PortText } from './level'

/** A port of one protocol as engineers write it. */
export const portText = (protocol: Protocol, port: number): PortText => `${port}/${protocol}`

/** The protocol and the number of `53/udp`. */
export function readPort(text: PortText): { protocol: Protocol; port: number } {
  const [port, protocol] = text.split('/')
  return { protocol: protocol === 'udp' ? 'udp' : 'tcp', port: Number(port) }
}
