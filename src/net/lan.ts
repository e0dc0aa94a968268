import type { Address } from './address'
import { isLoopback } from './address'
import { ConnTrack } from './conntrack'
import type { Wire } from './kernel'
import { Kernel, LINUX_EPHEMERAL } from './kernel'
import type { Packet } from './packet'
import type { Interface, Router, Walk } from './router'
import { addressesOf, isOwn, routeTo, sourceFor, walkIn, walkOut } from './router'

/** A host on one side of the router, which is its default route. */
interface LanHost {
  readonly name: string
  /** The router's interface on its side. */
  readonly side: string
  readonly addresses: readonly Address[]
}

/** The network of the recordings with `"topology": "lan"` (evidence/kernel/FORMAT.md). */
const INTERFACES: readonly Interface[] = [
  { name: 'in', addresses: ['10.0.0.1/24', 'fd00:a::1/64'] },
  { name: 'out', addresses: ['203.0.113.1/24', '203.0.113.2/24', 'fd00:b::1/64'] },
]
const HOSTS: readonly LanHost[] = [
  { name: 'a', side: 'in', addresses: ['10.0.0.2', 'fd00:a::2'] },
  { name: 'b', side: 'in', addresses: ['10.0.0.3', 'fd00:a::3'] },
  { name: 'x', side: 'out', addresses: ['203.0.113.10', 'fd00:b::10'] },
  { name: 'y', side: 'out', addresses: ['203.0.113.11', 'fd00:b::11'] },
]

/**
 * Four hosts and a router between two networks. What a kernel sends is carried at once, through the router's chains where
 * the way leads through it, and whatever is answered too. Hosts on one side talk past the router.
 */
export class Lan {
  readonly kernels: ReadonlyMap<string, Kernel>
  private readonly router: Router
  private readonly table = new ConnTrack()

  /** `chance` gives numbers from 0 to 1, for ephemeral ports; `natChance` for ports that a translation has to find. */
  constructor(
    rules: Pick<Router, 'chains' | 'nat'>,
    chance: () => number,
    private readonly natChance: () => number,
  ) {
    this.router = { interfaces: INTERFACES, ...rules }
    const hosts = HOSTS.map((host): [string, Kernel] => {
      const send = (packet: Packet) => this.fromHost(host, packet)
      const source = (destination: Address) => hostSource(host, destination)
      return [host.name, new Kernel(host.addresses, chance, LINUX_EPHEMERAL, { send, sourceFor: source })]
    })
    const router = new Kernel(addressesOf(this.router), chance, LINUX_EPHEMERAL, {
      send: (packet) => this.fromRouter(packet),
      sourceFor: (destination) => sourceFor(this.router, destination),
    })
    this.kernels = new Map([...hosts, ['r', router]])
  }

  private fromHost({ name, side, addresses }: LanHost, packet: Packet): undefined {
    const { destination } = packet
    if (isLoopback(destination) || addresses.includes(destination)) this.kernels.get(name)?.receive(packet)
    else if (routeTo(this.router, destination) === side && !isOwn(this.router, destination)) this.deliver(packet, side)
    else this.follow(walkIn(this.router, this.table, packet, side, { chance: this.natChance }))
    return undefined
  }

  private fromRouter(packet: Packet): ReturnType<Wire['send']> {
    const walk = walkOut(this.router, this.table, packet, { chance: this.natChance })
    this.follow(walk)
    const { end, steps } = walk
    const last = steps.at(-1)?.at
    if ((end.kind !== 'rejected' && end.kind !== 'dropped') || (last !== undefined && last !== 'output'))
      return undefined
    if (end.kind === 'rejected') return 'EPERM'
    return end.why === 'martian' ? 'EINVAL' : end.why === 'no-route' ? 'ENETUNREACH' : 'EPERM'
  }

  private follow({ end }: Walk): void {
    if ('answer' in end && end.answer) this.follow(end.answer)
    if (end.kind === 'local') this.kernels.get('r')?.receive(end.packet)
    if (end.kind === 'sent') this.deliver(end.packet, end.oif)
  }

  /** A packet on the wire of one side. A host drops what claims to come from itself (RFC 1812 section 5.3.7). */
  private deliver(packet: Packet, side: string): void {
    const { source, destination } = packet
    const host = HOSTS.find((one) => one.side === side && one.addresses.includes(destination))
    if (host && !host.addresses.includes(source)) this.kernels.get(host.name)?.receive(packet)
  }
}

/** The address from which a host speaks: the loopback one to itself, else its only one of the family. */
function hostSource({ addresses }: LanHost, destination: Address): Address | undefined {
  if (isLoopback(destination)) return destination.includes(':') ? '::1' : '127.0.0.1'
  return addresses.find((address) => address.includes(':') === destination.includes(':'))
}
