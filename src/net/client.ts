import type { Packet } from './packet'
import { tupleOf } from './packet'
import type { Endpoint } from './tuple'

/** The two ends of a conversation: who opened it, and who was called. */
export interface Roles {
  readonly client: Endpoint
  readonly server: Endpoint
}

/**
 * Who is the client in some packets of one conversation, in their order; undefined where they do not say. Of TCP it is who
 * opens actively: who sends the SYN, or gets the SYN-ACK (RFC 9293 section 3.5). Of UDP, which opens nothing, it is who sends
 * the first datagram, and so only packets from the beginning on (`whole`) say it. A port's number never does: its
 * range says who assigns it (RFC 6335 section 6), and no more.
 */
export function rolesIn(packets: readonly Packet[], whole: boolean): Roles | undefined {
  for (const packet of packets) {
    const tuple = tupleOf(packet)
    if (!tuple) continue
    const { source, destination } = tuple
    const { transport } = packet
    if (transport.protocol === 'udp') return whole ? { client: source, server: destination } : undefined
    if (transport.protocol === 'tcp' && transport.flags.syn)
      return transport.flags.ack ? { client: destination, server: source } : { client: source, server: destination }
  }
  return undefined
}
