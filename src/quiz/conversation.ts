import { segmentPacket } from '../net/build'
import type { Packet, TcpFlags } from '../net/packet'
import type { Endpoint } from '../net/tuple'
import type { Random } from '../shift/random'

/** One segment of a conversation: who sends it, with which flags, and how many bytes of data. */
export interface Sent {
  readonly by: 'client' | 'server'
  readonly flags: Partial<TcpFlags>
  readonly bytes?: number
}

const ACK = { ack: true }

/** The handshake (RFC 9293 section 3.5). */
export const HANDSHAKE: readonly Sent[] = [
  { by: 'client', flags: { syn: true } },
  { by: 'server', flags: { syn: true, ack: true } },
  { by: 'client', flags: ACK },
]

/** Data from one end, and the other end's acknowledgement. */
export const exchange = (by: Sent['by'], bytes: number): readonly Sent[] => [
  { by, flags: { psh: true, ack: true }, bytes },
  { by: by === 'client' ? 'server' : 'client', flags: ACK },
]

/** One end closes, and the other acknowledges its FIN (RFC 9293 section 3.6). */
export const closing = (by: Sent['by']): readonly Sent[] => [
  { by, flags: { fin: true, ack: true } },
  { by: by === 'client' ? 'server' : 'client', flags: ACK },
]

/** The segments of one connection, with sequence and acknowledgement numbers that fit. */
export function conversation(
  dice: Random,
  client: Endpoint,
  server: Endpoint,
  sent: readonly Sent[],
): readonly Packet[] {
  const next = { client: dice.int(1, 0xffffffff), server: dice.int(1, 0xffffffff) }
  const identification = { client: dice.int(1, 0xffff), server: dice.int(1, 0xffff) }
  return sent.map(({ by, flags, bytes = 0 }) => {
    const [source, destination] = by === 'client' ? [client, server] : [server, client]
    const other = by === 'client' ? 'server' : 'client'
    const seq = next[by]
    next[by] = (seq + bytes + Number(flags.syn ?? false) + Number(flags.fin ?? false)) >>> 0
    identification[by] = (identification[by] + 1) & 0xffff
    return segmentPacket({
      ttl: by === 'client' ? 57 : 64,
      identification: identification[by],
      source,
      destination,
      seq,
      ack: flags.ack ? next[other] : 0,
      flags,
      window: flags.syn ? 64240 : 502,
      payload: new Uint8Array(bytes),
    })
  })
}

/** Times for packets that come one after the other, in microseconds since midnight. */
export function clock(dice: Random, count: number): readonly number[] {
  const times: number[] = []
  for (let time = dice.int(28_800_000_000, 72_000_000_000); times.length < count; time += dice.int(400, 90_000))
    times.push(time)
  return times
}
