import { familyOf, isLoopback, mapped, unmapped } from '../net/address'
import type { Address } from '../net/address'
import type { Socket } from '../net/socket'
import { covers } from '../net/socket-table'
import type { Endpoint, FiveTuple } from '../net/tuple'
import { tupleKey } from '../net/tuple'
import type { Caller } from './callers'
import { anyAddress } from './callers'
import type { CallPlan, HostPlan, WindowPlan } from './level'
import { readPort } from './port-text'
import type { Random } from './random'

/** The connected socket that a listener makes for a flow: accept(2) hands it the listener's own family and options. */
export function windowOf(
  listener: Socket | undefined,
  { protocol, source, destination }: FiveTuple,
  state: Socket['state'] = 'ESTAB',
): Socket {
  const family = listener?.family ?? familyOf(destination.address)
  const seen = ({ address, port }: Endpoint): Endpoint => ({
    address: family === 6 && !address.includes(':') ? mapped(address) : address,
    port,
  })
  return {
    id: tupleKey({ protocol, source, destination }),
    protocol,
    family,
    v6only: listener?.v6only ?? false,
    local: seen(destination),
    peer: seen(source),
    state,
    reuseaddr: listener?.reuseaddr ?? false,
    reuseport: listener?.reuseport ?? false,
    uid: listener?.uid ?? 0,
  }
}

/** A connection that the host itself has opened. */
export function callOf(source: Address, { from, to, state }: CallPlan): Socket {
  return windowOf(undefined, { protocol: 'tcp', source: to, destination: { address: source, port: from } }, state)
}

/** The remote end of a window as the wire has it. */
export const remoteEnd = ({ peer }: Socket): Endpoint => ({
  address: unmapped(peer?.address ?? ''),
  port: peer?.port ?? 0,
})

/** The host's own end of a window as the wire has it. */
export const localEnd = ({ local }: Socket): Endpoint => ({ address: unmapped(local.address), port: local.port })

/** Another port that one could mistake for this one: one of its last three digits differs. */
export function nearPort(dice: Random, port: number): number {
  const place = 10 ** dice.int(0, 2)
  const digit = Math.floor(port / place) % 10
  const other = (digit + dice.int(1, 9)) % 10
  const near = port + (other - digit) * place
  return near > 1023 && near < 65536 ? near : port - 1
}

interface Town {
  readonly host: HostPlan
  readonly sockets: readonly Socket[]
  readonly callers: readonly Caller[]
  readonly dice: Random
}

/** The windows of a plan, each with a remote end of its own. Throws RangeError when nobody listens at its port. */
export function windowsFor(plan: WindowPlan, { host, sockets, callers, dice }: Town): readonly Socket[] {
  const { protocol, port } = readPort(plan.at)
  const listener = sockets.find((socket) => !socket.peer && socket.protocol === protocol && socket.local.port === port)
  if (!listener) throw new RangeError(`Nobody listens at ${plan.at}.`)
  const outside = host.addresses.filter((address) => !isLoopback(address))
  const localFor = (remote: Address) =>
    outside.find((address) => familyOf(address) === familyOf(remote) && covers(listener, address)) ?? host.addresses[0]
  const taken = new Set(sockets.map(({ id }) => id))
  const windows: Socket[] = []
  const add = (source: Endpoint): boolean => {
    const tuple = { protocol, source, destination: { address: localFor(source.address), port } }
    if (taken.has(tupleKey(tuple)) || windows.length === plan.count) return false
    taken.add(tupleKey(tuple))
    windows.push(windowOf(listener, tuple, plan.state))
    return true
  }
  const [first] = callers
  const home = plan.from ?? first?.address ?? anyAddress(dice)
  const anyPort = () => dice.int(...(dice.pick(callers)?.ephemeral ?? [49152, 65535]))
  const others = sockets.filter((socket) => socket.peer && socket.local.port !== port)
  let base = anyPort()
  const crowd = [...callers.map(({ address }) => address), anyAddress(dice), anyAddress(dice), anyAddress(dice)]
  for (let turn = 0; windows.length < plan.count && turn < 4000; turn++) {
    switch (plan.like) {
      case 'strangers':
        add({ address: turn < callers.length ? (callers[turn]?.address ?? home) : anyAddress(dice), port: anyPort() })
        break
      case 'one-address':
        add({ address: home, port: base })
        base = nearPort(dice, base)
        break
      case 'one-port': {
        const known = sockets.find((socket) => socket.peer && socket.local.port === port)?.peer?.port
        add({ address: turn === 0 ? home : (crowd[turn] ?? anyAddress(dice)), port: known ?? base })
        break
      }
      case 'same-pair': {
        const twin = others.length > 0 ? dice.pick(others) : undefined
        add(twin ? remoteEnd(twin) : { address: home, port: anyPort() })
        break
      }
      case 'twins':
        if (turn % crowd.length === 0) base = anyPort()
        add({ address: dice.pick(crowd), port: dice.next() < 0.5 ? base : nearPort(dice, base) })
        break
      case 'both-families':
        add({ address: home, port: base })
        add({ address: first?.address6 ?? '2001:db8:1::7', port: base })
        base = anyPort()
        break
    }
  }
  return windows
}

/** The nth of a crowd of callers: all different, from the network for measurements (RFC 2544, 198.18.0.0/15). */
export function crowdMember(index: number, at: Endpoint): FiveTuple {
  const house = Math.floor(index / 16_000)
  return {
    protocol: 'tcp',
    source: { address: `198.18.${house >> 8}.${(house & 255) + 1}`, port: 49_152 + (index % 16_000) },
    destination: at,
  }
}
