import type { Address, Family } from '../address'
import { formatAddress } from '../address'
import type { Dissection } from './dissect'

/** What a recording shows of one address. */
export interface HostSeen {
  readonly address: Address
  /** TCP and UDP packets that came to it and that it sent. */
  readonly inbound: number
  readonly outbound: number
  /** Ports from which it accepted connections (SYN-ACK) or answered datagrams. */
  readonly doors: number
}

/** How many addresses are counted; those that come later than this many others are not proposed. */
const MOST_HOSTS = 20_000
const SYN_ACK = 0x12

interface Tally {
  inbound: number
  outbound: number
  readonly doors: Set<number>
  /** UDP ports at which something arrived: an answer from there shows a socket. */
  readonly asked: Set<number>
}

/** Counts what each address sent and got, in bounded memory, to propose whose building to play. */
export class Survey {
  private readonly hosts = new Map<Address, Tally>()
  private readonly texts = new Map<string, Address>()

  /** Takes note of a frame that `dissect` has read. */
  add(buffer: Uint8Array, found: Dissection): void {
    if (found.family === 0 || found.sourcePort < 0) return
    const source = this.tally(this.text(buffer, found.source, found.family))
    const destination = this.tally(this.text(buffer, found.destination, found.family))
    if (source) {
      source.outbound++
      const accepts = found.protocol === 'tcp' && (found.flags & SYN_ACK) === SYN_ACK
      const answers = found.protocol === 'udp' && source.asked.has(found.sourcePort)
      if (accepts || answers) source.doors.add(found.sourcePort + (accepts ? 0 : 65_536))
    }
    if (destination) {
      destination.inbound++
      if (found.protocol === 'udp' && destination.asked.size < 4096) destination.asked.add(found.destinationPort)
    }
  }

  /** The addresses that got something, the busiest server first: by packets that came in, those with doors ahead. */
  result(): readonly HostSeen[] {
    return [...this.hosts]
      .filter(([address, { inbound }]) => inbound > 0 && !isForMany(address))
      .map(([address, { inbound, outbound, doors }]) => ({ address, inbound, outbound, doors: doors.size }))
      .toSorted((a, b) => Number(b.doors > 0) - Number(a.doors > 0) || b.inbound - a.inbound)
  }

  private tally(address: Address): Tally | undefined {
    const known = this.hosts.get(address)
    if (known || this.hosts.size >= MOST_HOSTS) return known
    const made = { inbound: 0, outbound: 0, doors: new Set<number>(), asked: new Set<number>() }
    this.hosts.set(address, made)
    return made
  }

  /** The text of an address; the same bytes are written only once. */
  private text(buffer: Uint8Array, at: number, family: Family): Address {
    let key = ''
    for (let i = at; i < at + (family === 4 ? 4 : 16); i++) key += String.fromCharCode(buffer[i] ?? 0)
    const known = this.texts.get(key)
    if (known) return known
    const text = formatAddress(buffer, at, family)
    if (this.texts.size < MOST_HOSTS * 2) this.texts.set(key, text)
    return text
  }
}

/** Multicast and broadcast addresses are nobody's building. */
const isForMany = (address: Address): boolean =>
  address.includes(':') ? address.startsWith('ff') : Number(address.split('.')[0]) >= 224 || address.endsWith('.255')
