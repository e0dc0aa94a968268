import type { Packet } from './packet'
import type { Endpoint } from './tuple'

/** The ends that a translator writes anew. One that is left out stays. */
export interface NewEnds {
  readonly source?: Endpoint
  readonly destination?: Endpoint
}

/**
 * The packet with other ends, as a translator rewrites it: addresses and ports, nothing else (RFC 3022 section 2.2). A
 * packet without ports keeps what it carries. The checksums are made when it is encoded.
 */
export function readdress(packet: Packet, { source, destination }: NewEnds): Packet {
  const { transport } = packet
  const ends = {
    ...packet,
    source: source?.address ?? packet.source,
    destination: destination?.address ?? packet.destination,
  }
  if (transport.protocol !== 'tcp' && transport.protocol !== 'udp') return ends
  const sourcePort = source?.port ?? transport.sourcePort
  const destinationPort = destination?.port ?? transport.destinationPort
  return { ...ends, transport: { ...transport, sourcePort, destinationPort } }
}
