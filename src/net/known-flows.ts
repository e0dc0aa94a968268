import type { Endpoint } from './tuple'
import { unmapped } from './address'
import { datagram, segmentPacket } from './build'
import { ConnTrack } from './conntrack'
import type { Packet } from './packet'
import type { Socket } from './socket'

const IP = { ttl: 64, identification: 1 } as const
const NOTHING = new Uint8Array()

/** The first packets of a connection that has come about: TCP's three-way handshake (RFC 9293 section 3.5). */
export function handshake(caller: Endpoint, called: Endpoint): readonly [Packet, Packet, Packet] {
  const go = { ...IP, source: caller, destination: called }
  const come = { ...IP, source: called, destination: caller }
  return [
    segmentPacket({ ...go, seq: 1, ack: 0, flags: { syn: true }, window: 64_240 }),
    segmentPacket({ ...come, seq: 1, ack: 2, flags: { syn: true, ack: true }, window: 65_160 }),
    segmentPacket({ ...go, seq: 2, ack: 2, flags: { ack: true }, window: 502 }),
  ]
}

/** A datagram each way, after which a flow over UDP counts as answered. */
const exchange = (caller: Endpoint, called: Endpoint): readonly Packet[] => [
  datagram({ ...IP, source: caller, destination: called, payload: NOTHING }),
  datagram({ ...IP, source: called, destination: caller, payload: NOTHING }),
]

/**
 * The flows that a host remembers of its open connections. Who has called is told by the listeners: a connection at the port
 * of one came from outside, any other is the host's own.
 */
export function knownFlows(sockets: readonly Socket[]): ConnTrack {
  const table = new ConnTrack()
  const waiting = sockets.filter(({ peer }) => !peer)
  for (const { protocol, local, peer } of sockets) {
    if (!peer) continue
    const here = { ...local, address: unmapped(local.address) }
    const there = { ...peer, address: unmapped(peer.address) }
    const lit = waiting.some((one) => one.protocol === protocol && one.local.port === local.port)
    const [caller, called] = lit ? [there, here] : [here, there]
    for (const packet of protocol === 'tcp' ? handshake(caller, called) : exchange(caller, called)) {
      const { flow } = table.track(packet)
      if (flow) table.confirm(flow)
    }
  }
  return table
}
