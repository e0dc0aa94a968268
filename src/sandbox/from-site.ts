import type { Address } from '../net/address'
import { familyOf, isLoopback } from '../net/address'
import { quotedIn } from '../net/conntrack'
import type { Site } from '../net/exposure'
import type { Chain } from '../net/filter'
import type { Host } from '../net/host'
import type { NatRule } from '../net/nat'
import type { Packet } from '../net/packet'
import { tupleOf } from '../net/packet'
import { inPrefix } from '../net/prefix'
import { routeTo } from '../net/router'
import type { Socket } from '../net/socket'
import { SocketTable } from '../net/socket-table'
import type { Machine } from '../quiz/machine'
import { programOf } from '../quiz/machine'
import { matchOf, natRuleOf } from './paste'
import type { Client, Parcel, Sandbox, SandboxChain, SandboxHost, SandboxNatRule, SandboxSocket } from './sandbox'
import { MOST, firstSandbox, ownAddresses } from './sandbox'
import { isPrivate } from './story'

const LENGTH = { 4: 24, 6: 64 } as const

/** Names and programs with those letters only that a sandbox takes. */
const program = (text: string): string => text.replaceAll(/[^\w.@:+/ -]/g, '').slice(0, MOST.name)
const named = (text: string): string => text.replaceAll(/[^\w.@:+-]/g, '-').slice(0, MOST.name) || 'server'

/** A machine's sockets as the sandbox has them. */
export const socketsOf = (machine: Machine): SandboxSocket[] =>
  machine.sockets.slice(0, MOST.sockets).map((socket) => socketOf(socket, programOf(machine, socket)))

const socketOf = ({ protocol, local, peer, state, v6only }: Socket, name: string): SandboxSocket => ({
  protocol,
  local: { ...local },
  ...(peer && { peer: { ...peer } }),
  state,
  ...(v6only && { v6only }),
  ...(program(name) !== '' && !peer && { program: program(name) }),
})

/** A host of the model as it stands behind a machine. */
export const hostOf = ({ name, addresses, table }: Host): SandboxHost => ({
  name: named(name),
  addresses: addresses.slice(0, MOST.addresses),
  sockets: table
    .sockets()
    .slice(0, MOST.sockets)
    .map((socket) => socketOf(socket, '')),
})

export const chainOf = ({ name, family, hook, priority, policy, rules }: Chain): SandboxChain => ({
  name: named(name),
  family,
  hook,
  ...(priority !== undefined && { priority }),
  policy,
  rules: rules.slice(0, MOST.rules).map(({ match, action }) => ({ match: matchOf(match), action })),
})

const rulesOf = (rules: readonly NatRule[]): SandboxNatRule[] => rules.slice(0, MOST.rules).map(natRuleOf)

/** A site of the model as a sandbox, nobody around it yet but a stranger and its own programs. */
export function sandboxOfSite(site: Site, programs: Readonly<Record<string, string>> = {}): Sandbox {
  const { name, router, table, containers = [], behind = [] } = site
  const { interfaces, defaultRoute, chains, nat } = router
  const outside = defaultRoute ?? interfaces[0]?.name ?? 'eth0'
  const bridge = containers.length > 0 ? [{ name: 'docker0', addresses: ['172.17.0.1/16'] }] : []
  const parts = interfaces
    .filter(({ addresses }) => addresses.length > 0)
    .map((one) => ({ name: one.name, addresses: [...one.addresses] }))
  const sockets = table.sockets()
  return {
    name: named(name),
    interfaces: [...parts, ...bridge],
    defaultRoute: outside,
    sockets: socketsOf({ name, addresses: [], sockets, programs }),
    chains: chains.slice(0, MOST.chains).map(chainOf),
    ...(nat && {
      nat: {
        ...(nat.family && { family: nat.family }),
        prerouting: rulesOf(nat.prerouting),
        output: rulesOf(nat.output),
        postrouting: rulesOf(nat.postrouting),
      },
    }),
    containers: containers.slice(0, MOST.containers).map(({ host, published }) => ({
      ...hostOf(host),
      published: published.map((one) => ({ ...one })),
    })),
    behind: behind.slice(0, MOST.hosts).map(hostOf),
    services: [],
    clients: [
      { role: 'internet', addresses: ['203.0.113.7'], iif: outside },
      { role: 'here', addresses: [], iif: 'lo' },
    ],
    parcels: [],
  }
}

/** A plain server with these sockets, everything else as in a first sandbox, and packets on their way to it. */
export function sandboxOf(
  addresses: readonly Address[],
  sockets: readonly SandboxSocket[],
  packets: readonly Packet[],
  chains: Sandbox['chains'] = [],
): Sandbox {
  const base = firstSandbox()
  const own = addresses.slice(0, MOST.addresses).map((address) => `${address}/${LENGTH[familyOf(address)]}`)
  const interfaces = own.length > 0 ? [{ name: 'eth0', addresses: own }] : base.interfaces
  return withPackets({ ...base, interfaces, sockets: [...sockets], chains, parcels: [] }, packets)
}

/** An empty machine with these addresses. */
export const bareSite = (name: string, addresses: readonly Address[]): Site => ({
  name,
  router: {
    interfaces: [{ name: 'eth0', addresses: addresses.map((address) => `${address}/${LENGTH[familyOf(address)]}`) }],
    defaultRoute: 'eth0',
    chains: [],
  },
  table: new SocketTable(),
})

/** The kind of a packet, as far as a sandbox can send it. */
function kindOf({ transport }: Packet): Parcel['kind'] {
  if (transport.protocol === 'udp') return 'udp'
  if (transport.protocol !== 'tcp') return [8, 128, 0, 129].includes(transport.type) ? 'ping' : 'error'
  const { syn, ack, fin, rst } = transport.flags
  return rst ? 'rst' : fin ? 'fin' : syn ? (ack ? 'syn-ack' : 'syn') : 'data'
}

/** A packet as a parcel of this client. */
function parcelOf(packet: Packet, client: number): Parcel {
  const tuple = tupleOf(packet)
  const kind = kindOf(packet)
  const quoted = kind === 'error' ? quotedIn(packet) : undefined
  return {
    client,
    kind,
    sourcePort: tuple?.source.port ?? 0,
    to: { address: packet.destination, port: tuple?.destination.port ?? quoted?.source.port ?? 0 },
    source: packet.source,
    ...(quoted && {
      quotes: { ...quoted.destination, ...(quoted.protocol === 'udp' && { protocol: 'udp' as const }) },
    }),
  }
}

/** The sandbox with packets to send, and clients at the addresses they come from. */
export function withPackets(sandbox: Sandbox, packets: readonly Packet[]): Sandbox {
  const clients = [...sandbox.clients]
  const own = ownAddresses(sandbox)
  const [first] = sandbox.interfaces
  const router = { ...sandbox, chains: [] }
  const outside = sandbox.defaultRoute ?? first?.name ?? 'eth0'
  const moved = new Set<number>()
  const roleOf = (address: Address, iif: string): Client['role'] => {
    if (iif !== outside) return 'inside'
    const near = sandbox.interfaces.some(({ addresses }) => addresses.some((prefix) => inPrefix(prefix, address)))
    return near || isPrivate(address) || own.some(isPrivate) ? 'neighbour' : 'internet'
  }
  const sender = (address: Address): number => {
    if (own.includes(address) || isLoopback(address)) {
      const here = clients.findIndex(({ role }) => role === 'here')
      return Math.max(0, here)
    }
    const known = clients.findIndex(({ addresses }) => addresses.includes(address))
    if (known >= 0) return known
    const family = familyOf(address)
    const iif = routeTo(router, address) ?? outside
    const role = roleOf(address, iif)
    // The stranger moves to where the first packet comes from; whoever else calls comes beside.
    const [stranger] = clients
    if (stranger && role === 'internet' && stranger.role === 'internet' && !moved.has(family)) {
      moved.add(family)
      clients[0] = {
        ...stranger,
        addresses: [...stranger.addresses.filter((one) => familyOf(one) !== family), address],
      }
      return 0
    }
    if (clients.length >= MOST.clients) return 0
    clients.push({ role, addresses: [address], iif })
    return clients.length - 1
  }
  const parcels = packets.slice(0, MOST.parcels).map((packet) => parcelOf(packet, sender(packet.source)))
  return { ...sandbox, clients, parcels }
}
