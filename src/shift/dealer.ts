import { familyOf, isLoopback } from '../net/address'
import type { Address, Family } from '../net/address'
import { dataPacket, datagram, segmentPacket, synPacket, timestampOptions } from '../net/build'
import type { BindingHost } from '../net/bind'
import type { Packet } from '../net/packet'
import type { Socket, SocketId } from '../net/socket'
import { covers } from '../net/socket-table'
import type { Endpoint, Protocol } from '../net/tuple'
import { tupleKey } from '../net/tuple'
import type { Caller } from './callers'
import { callerAddress } from './callers'
import type { BrickPlan, HostPlan, Level, Wave } from './level'
import { payloadFor, recordFor } from './payload'
import type { Random } from './random'
import type { Standing } from './reception-plan'

/** Everything that is known while a wave is dealt. */
export interface Dealer extends BindingHost {
  readonly level: Level
  readonly wave: Wave
  readonly dice: Random
  readonly callers: readonly Caller[]
  readonly host: HostPlan
  /** Sockets that take a first packet. */
  readonly doors: readonly Socket[]
  /** Established connections. */
  readonly windows: readonly Socket[]
  /** Windows that went out with their program; the other ends do not know yet. */
  readonly orphans: readonly Socket[]
  readonly closed: readonly BrickPlan[]
  /** Keys of the flows that have called already: no two calls of a shift are the same flow. */
  readonly taken: Set<string>
  /** Windows that end in this wave, and windows that carry data in it: none does both, whatever order it is played in. */
  readonly ending: Set<SocketId>
  readonly busy: Set<SocketId>
  /** The rollout of the wave as it stands. */
  readonly standing?: Standing
  /** The next of these in a seeded order, each as often as the others before one comes again. */
  draw<T>(deck: string, items: readonly T[]): T
}

/** The host's addresses that a caller in town can reach, of one family or both. */
export const entrances = ({ host }: Dealer, family?: Family): readonly Address[] =>
  host.addresses.filter((address) => !isLoopback(address) && (!family || familyOf(address) === family))

export const isLit = ({ doors }: Dealer, protocol: Protocol, { address, port }: Endpoint): boolean =>
  doors.some((door) => door.protocol === protocol && door.local.port === port && covers(door, address))

/** One of the entrances at which somebody listens at this port. */
export function litEntrance(dealer: Dealer, { protocol, port }: { protocol: Protocol; port: number }): Endpoint {
  const lit = entrances(dealer).filter((address) => isLit(dealer, protocol, { address, port }))
  const [first] = lit.length > 0 ? lit : dealer.host.addresses
  return { address: lit.length > 1 ? dealer.dice.pick(lit) : (first ?? dealer.host.addresses[0]), port }
}

/** A source port out of the caller's range that is no number of the building, so that only bait looks like a door. */
export function ephemeralPort({ dice, doors, closed }: Dealer, [first, last]: Caller['ephemeral']): number {
  for (;;) {
    const port = dice.int(first, last)
    if (![...doors.map((door) => door.local.port), ...closed.map((brick) => brick.port)].includes(port)) return port
  }
}

/** The first packet of a call: a SYN, or a datagram with what the service would be asked. */
export function call(dealer: Dealer, protocol: Protocol, destination: Endpoint, from?: Endpoint): Packet {
  const { dice, callers } = dealer
  const family = familyOf(destination.address)
  const caller = callers.find((one) => callerAddress(one, family) === from?.address) ?? dice.pick(callers)
  const source = from ?? freshSource(dealer, caller, protocol, destination)
  const ip = { ttl: isLoopback(source.address) ? 64 : caller.ttl, identification: dice.int(1, 65535) }
  return protocol === 'tcp'
    ? synPacket({ source, destination, seq: dice.int(1, 4294967295), tsval: dice.int(1, 4294967295), ...ip })
    : datagram({ source, destination, payload: payloadFor(destination.port, dice), ...ip })
}

/** More draws than these are not made for a source port that is free. */
const MOST_DRAWS = 100

/** Where a caller calls from: a port from which it has not called this destination yet, as its kernel would choose it. */
function freshSource(dealer: Dealer, caller: Caller, protocol: Protocol, destination: Endpoint): Endpoint {
  const address = callerAddress(caller, familyOf(destination.address))
  const isTaken = (port: number) => dealer.taken.has(tupleKey({ protocol, source: { address, port }, destination }))
  let port = ephemeralPort(dealer, caller.ephemeral)
  for (let draw = 1; draw < MOST_DRAWS && isTaken(port); draw++) port = ephemeralPort(dealer, caller.ephemeral)
  return { address, port }
}

/** A segment inside a connection, from its remote end. */
export function segment(dealer: Dealer, source: Endpoint, destination: Endpoint, end: boolean): Packet {
  const { dice, callers } = dealer
  const number = () => dice.int(1, 4294967295)
  const part = {
    source,
    destination,
    seq: number(),
    ack: number(),
    ttl: callers.find(({ address }) => address === source.address)?.ttl ?? 57,
    identification: dice.int(1, 65535),
  }
  if (!end) return dataPacket({ ...part, tsval: number(), tsecr: number(), payload: recordFor(dice) })
  return segmentPacket({
    ...part,
    flags: { fin: true, ack: true },
    window: 502,
    options: timestampOptions(number(), number()),
  })
}
