import { dataPacket, datagram, segmentPacket, synPacket } from '../net/build'
import type { Packet, TcpFlags } from '../net/packet'
import type { Endpoint, Protocol } from '../net/tuple'
import type { Random } from '../shift/random'

const ip = (dice: Random) => ({ ttl: dice.int(48, 64), identification: dice.int(1, 65535) })
const word = (dice: Random) => dice.int(1, 0xffffffff)

/** The first segment of a connection. */
export const syn = (dice: Random, source: Endpoint, destination: Endpoint): Packet =>
  synPacket({ ...ip(dice), source, destination, seq: word(dice), tsval: word(dice) })

/** A segment with data inside a connection (PSH, ACK). */
export const data = (dice: Random, source: Endpoint, destination: Endpoint): Packet =>
  dataPacket({
    ...ip(dice),
    source,
    destination,
    seq: word(dice),
    ack: word(dice),
    tsval: word(dice),
    tsecr: word(dice),
    payload: new Uint8Array(dice.int(20, 900)),
  })

/** A segment with these flags and no data. */
export const segment = (dice: Random, source: Endpoint, destination: Endpoint, flags: Partial<TcpFlags>): Packet =>
  segmentPacket({
    ...ip(dice),
    source,
    destination,
    seq: word(dice),
    ack: flags.ack ? word(dice) : 0,
    flags,
    window: 502,
  })

/** A datagram. */
export const postcard = (dice: Random, source: Endpoint, destination: Endpoint): Packet =>
  datagram({ ...ip(dice), source, destination, payload: new Uint8Array(dice.int(20, 400)) })

/** What somebody sends first: a SYN over TCP, a datagram over UDP. */
export const first = (dice: Random, protocol: Protocol, source: Endpoint, destination: Endpoint): Packet =>
  (protocol === 'tcp' ? syn : postcard)(dice, source, destination)
