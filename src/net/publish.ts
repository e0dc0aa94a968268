import type { Address } from './address'
import { ANY4, familyOf, isLoopback, isWildcard, parseAddress } from './address'
import { bindOutcome } from './bind'
import type { Host } from './host'
import type { Errno } from './kernel'
import { LINUX_EPHEMERAL } from './kernel'
import type { Malformed } from './malformed'
import { malformed } from './malformed'
import type { Packet } from './packet'
import { tupleOf } from './packet'
import { readdress } from './readdress'
import type { Socket } from './socket'
import type { Protocol } from './tuple'
import { endpointText } from './tuple'

/**
 * A port of a container published on its host: `docker run -p [hostAddress:]hostPort:containerPort[/protocol]` (Docker:
 * Port publishing and mapping). Ports are 1 to 65535.
 */
export interface Publish {
  readonly protocol: Protocol
  /** The address of the host to publish at. Left out: every one, IPv4 and IPv6. */
  readonly hostAddress?: Address
  readonly hostPort: number
  readonly containerPort: number
}

/** A container: a host of its own (name, addresses, sockets) inside another one, and what is published of it. */
export interface Container {
  readonly host: Host
  readonly published: readonly Publish[]
}

const PROTOCOLS: readonly Protocol[] = ['tcp', 'udp']

/** A port number as people write it, 1 to 65535; undefined for anything else. */
const portOf = (text: string): number | undefined => {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0
  return port >= 1 && port <= 65535 ? port : undefined
}

/**
 * Reads what stands after `-p`. Space around it, and a protocol in capitals, are forgiven. Docker also takes ranges and,
 * with the host's port left out, picks one: neither names a port of the host, so here they are not read.
 *
 * @returns the mapping, or what is wrong with the text and what to write instead.
 */
export function parsePublish(text: string): Publish | Malformed {
  const [mapping = '', protocolText, ...more] = text.trim().split('/')
  if (mapping === '') return malformed('Nothing is published: write hostPort:containerPort, for example 8080:80.')
  const protocol = PROTOCOLS.find((known) => known === (protocolText ?? 'tcp').toLowerCase())
  if (!protocol || more.length > 0)
    return malformed(`"/${[protocolText, ...more].join('/')}" is no protocol: write /tcp or /udp, or nothing for TCP.`)
  const parts = /^(?:(\[[^\]]*\]|[^:]*):)?([^:]*):([^:]*)$/.exec(mapping)
  if (!parts) {
    return mapping.includes(':')
      ? malformed(`"${mapping}" has too many colons: an IPv6 address stands in brackets, [2001:db8::1]:8080:80.`)
      : malformed(`"${mapping}" names one port only: write hostPort:containerPort, for example 8080:80.`)
  }
  const [, addressText, hostText = '', containerText = ''] = parts
  const hostPort = portOf(hostText)
  if (hostPort === undefined) return malformed(badPort(hostText, 'left of the last colon, the port of the host'))
  const containerPort = portOf(containerText)
  if (containerPort === undefined)
    return malformed(badPort(containerText, 'right of the last colon, the port in the container'))
  if (addressText === undefined) return { protocol, hostPort, containerPort }
  const bracketed = addressText.startsWith('[')
  const hostAddress = parseAddress(bracketed ? addressText.slice(1, -1) : addressText)
  if (hostAddress === undefined || bracketed !== (familyOf(hostAddress) === 6))
    return malformed(`"${addressText}" is no address of the host: write 127.0.0.1, or an IPv6 address in brackets.`)
  return { protocol, hostAddress, hostPort, containerPort }
}

const badPort = (text: string, where: string): string =>
  /^\d+-\d+$/.test(text)
    ? `"${text}" is a range: write one port ${where}.`
    : `"${text}" is no port: write a number from 1 to 65535 ${where}.`

/** What stands after `-p`: the shortest text that `parsePublish` reads as this mapping. */
export const printPublish = ({ protocol, hostAddress, hostPort, containerPort }: Publish): string =>
  `${hostAddress === undefined ? hostPort : endpointText({ address: hostAddress, port: hostPort })}:${containerPort}${
    protocol === 'tcp' ? '' : `/${protocol}`
  }`

/** True when the mapping is for packets to this address of the host. */
export const isFor = ({ hostAddress }: Publish, address: Address): boolean =>
  hostAddress === undefined ||
  hostAddress === address ||
  (isWildcard(hostAddress) && familyOf(hostAddress) === familyOf(address))

/** A packet on its way into a container, and by which mapping. */
export interface Published {
  readonly container: Container
  readonly publish: Publish
  /** The packet with the destination that the container has. */
  readonly packet: Packet
}

/**
 * Where a packet goes that arrives from outside for a published port: its destination becomes the container's address and
 * port. The engine writes that as a destination NAT in `prerouting`, so it happens before the host's `input` chain, which
 * never sees the packet; `forward` chains see it with its new destination (Docker: Packet filtering and firewalls).
 * Undefined when no mapping is for it: another address or protocol, a loopback destination, or a container without an
 * address of the packet's family. In the last two cases the engine's proxy on the host takes it (`proxySockets`).
 */
export function publishedTo(host: Host, containers: readonly Container[], packet: Packet): Published | undefined {
  const tuple = tupleOf(packet)
  if (!tuple || isLoopback(packet.destination) || !host.addresses.includes(packet.destination)) return undefined
  const { protocol, destination } = tuple
  for (const container of containers) {
    const address = container.host.addresses.find((own) => familyOf(own) === familyOf(destination.address))
    const publish = container.published.find(
      (one) => one.protocol === protocol && one.hostPort === destination.port && isFor(one, destination.address),
    )
    if (!publish || address === undefined) continue
    const inside = { address, port: publish.containerPort }
    return { container, publish, packet: readdress(packet, { destination: inside }) }
  }
  return undefined
}

/**
 * The sockets that the engine's proxy (`docker-proxy`) holds on the host for a mapping, so that nobody else takes the port
 * and loopback callers are served too: one for IPv4 and one for IPv6, or that of the address named.
 */
export function proxySockets({ protocol, hostAddress, hostPort }: Publish): readonly Socket[] {
  const addresses = hostAddress === undefined ? ['0.0.0.0', '::'] : [hostAddress]
  return addresses.map((address) => ({
    id: `docker-proxy ${protocol} ${endpointText({ address, port: hostPort })}`,
    protocol,
    family: familyOf(address),
    v6only: familyOf(address) === 6,
    local: { address, port: hostPort },
    state: protocol === 'tcp' ? 'LISTEN' : 'UNCONN',
    reuseaddr: false,
    reuseport: false,
    uid: 0,
  }))
}

/** Whether a container with this mapping starts, and what has the host's port if it does not. */
export type PublishOutcome =
  | { readonly granted: true }
  | { readonly granted: false; readonly by: 'container'; readonly container: Container }
  | { readonly granted: false; readonly by: 'socket'; readonly errno: Errno }

const REASONS: Readonly<Partial<Record<Errno, string>>> = {
  EADDRINUSE: 'address already in use',
  EADDRNOTAVAIL: 'cannot assign requested address',
}

/**
 * What the engine says when a container does not start for want of the host's port (Docker 27): it knows itself of another
 * container at the very same address, and is told of everything else by bind(2).
 */
export function publishRefusal(publish: Publish, outcome: Exclude<PublishOutcome, { readonly granted: true }>): string {
  const { protocol, hostAddress, hostPort: port } = publish
  const address = hostAddress ?? ANY4
  const end = endpointText({ address, port })
  const isSame = (other: Publish) =>
    other.protocol === protocol && other.hostPort === port && (other.hostAddress ?? ANY4) === address
  if (outcome.by === 'container' && outcome.container.published.some(isSame))
    return `Bind for ${end} failed: port is already allocated`
  const errno = outcome.by === 'socket' ? outcome.errno : 'EADDRINUSE'
  return `listen ${protocol}${familyOf(address)} ${end}: bind: ${REASONS[errno] ?? errno}`
}

/**
 * Whether the host's side of a mapping is free: the engine binds it (`proxySockets`), so bind(2) decides, against other
 * containers' mappings and against the host's own sockets. The port in the container plays no part: each container has
 * ports of its own.
 */
export function publishOutcome(host: Host, containers: readonly Container[], publish: Publish): PublishOutcome {
  const wanted = proxySockets(publish)
  const refusal = (sockets: readonly Socket[]) =>
    wanted.flatMap((request) => {
      const outcome = bindOutcome({ addresses: host.addresses, sockets, ephemeral: LINUX_EPHEMERAL }, request)
      return outcome.granted ? [] : [outcome.errno]
    })[0]
  const holds = ({ published }: Container) =>
    refusal(published.flatMap((other) => proxySockets(other))) === 'EADDRINUSE'
  const container = containers.find(holds)
  if (container) return { granted: false, by: 'container', container }
  const errno = refusal(host.table.sockets())
  return errno === undefined ? { granted: true } : { granted: false, by: 'socket', errno }
}
