import type { Address } from '../net/address'
import { familyOf } from '../net/address'
import { datagram, ping, segmentPacket, synPacket } from '../net/build'
import type { Site } from '../net/exposure'
import type { Host } from '../net/host'
import type { Packet } from '../net/packet'
import { unreachable } from '../net/refusal'
import { probePacket } from '../net/scan'
import { sourceFor } from '../net/router'
import type { Socket } from '../net/socket'
import { SocketTable } from '../net/socket-table'
import type { Parcel, Sandbox, SandboxHost, SandboxSocket } from './sandbox'
import { clientAddress } from './sandbox'

/** A socket of the sandbox as the model takes it. Its id is its place in the list. */
export const socketOf = ({ protocol, local, peer, state, v6only = false }: SandboxSocket, index: number): Socket => ({
  id: String(index),
  protocol,
  family: familyOf(local.address),
  v6only,
  local,
  ...(peer && { peer }),
  state,
  reuseaddr: false,
  reuseport: false,
  uid: 0,
})

const hostOf = ({ name, addresses, sockets }: SandboxHost): Host => ({
  name,
  addresses,
  table: SocketTable.of(sockets.map(socketOf)),
})

/** The sandbox's machine with all that stands before and behind it, as the model takes it. */
export const siteOf = (sandbox: Sandbox): Site => {
  const { name, interfaces, defaultRoute, sockets, chains, nat, containers, behind, services } = sandbox
  const pods = services.flatMap((service) => service.pods ?? [])
  return {
    name,
    router: { interfaces, chains, ...(defaultRoute !== undefined && { defaultRoute }), ...(nat && { nat }) },
    table: SocketTable.of(sockets.map(socketOf)),
    containers: containers.map(({ published, ...host }) => ({ host: hostOf(host), published })),
    behind: [...behind, ...pods].map(hostOf),
  }
}

const PAYLOAD = new TextEncoder().encode('hello')
/** Everything that a packet needs and that decides nothing here. */
const FIXED = { ttl: 64, identification: 1, seq: 1000, tsval: 1 }

/**
 * The packet of a parcel; undefined where its client has no address of the destination's family, so that it cannot even
 * send it.
 */
export function packetOf(
  sandbox: Sandbox,
  { client, kind, sourcePort, to, source, quotes }: Parcel,
): Packet | undefined {
  const from = sandbox.clients[client]
  if (!from) return undefined
  const own =
    from.iif === 'lo' ? sourceFor(siteOf(sandbox).router, to.address) : clientAddress(from, familyOf(to.address))
  const address: Address | undefined = source ?? own
  if (address === undefined || familyOf(address) !== familyOf(to.address)) return undefined
  const ends = { ...FIXED, source: { address, port: sourcePort }, destination: to }
  switch (kind) {
    case 'syn':
      return synPacket(ends)
    case 'syn-ack':
      return segmentPacket({ ...ends, ack: 1, flags: { syn: true, ack: true }, window: 65_160 })
    case 'data':
      return segmentPacket({ ...ends, ack: 1, flags: { psh: true, ack: true }, window: 502, payload: PAYLOAD })
    case 'fin':
      return segmentPacket({ ...ends, ack: 1, flags: { fin: true, ack: true }, window: 502 })
    case 'rst':
      return segmentPacket({ ...ends, ack: 0, flags: { rst: true }, window: 0 })
    case 'udp':
      return datagram({ ...ends, payload: PAYLOAD })
    case 'ping':
      return ping({ ...FIXED, source: address, destination: to.address, identifier: 1, sequence: 1, payload: PAYLOAD })
    case 'error': {
      const { protocol = 'tcp', ...lost }: NonNullable<Parcel['quotes']> = quotes ?? { address, port: sourcePort }
      if (familyOf(lost.address) !== familyOf(address)) return undefined
      const quoted = probePacket(protocol, to, lost)
      return unreachable(quoted, 'host', address)
    }
  }
}
