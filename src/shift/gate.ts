import type { Address } from '../net/address'
import type { Flow } from '../net/conntrack'
import { ConnTrack } from '../net/conntrack'
import type { Arrival as SiteArrival, Site } from '../net/exposure'
import { arrive, serverRouter } from '../net/exposure'
import type { Chain, Filtered } from '../net/filter'
import { knownFlows } from '../net/known-flows'
import type { Packet } from '../net/packet'
import type { Socket } from '../net/socket'
import { SocketTable } from '../net/socket-table'
import type { GatePlan } from './level'

/** A host with a gatehouse before it. */
export interface Guarded {
  readonly name: string
  readonly addresses: readonly Address[]
  readonly sockets: readonly Socket[]
  readonly gate: GatePlan
}

/** The interface of the host on the street's side. */
export const STREET = 'eth0'

/** The gate's board as a chain of nftables, on the way to the host itself. */
export const chainOf = ({ rules, policy }: GatePlan): Chain => ({
  name: 'input',
  family: 'inet',
  hook: 'input',
  policy,
  rules,
})

const sites = new WeakMap<readonly Socket[], WeakMap<GatePlan, Site>>()

/** The host and its gate as the model of sites has them. Made once for each set of sockets and board. */
export function siteOf({ name, addresses, sockets, gate }: Guarded): Site {
  const here = sites.get(sockets) ?? new WeakMap<GatePlan, Site>()
  const site = here.get(gate) ?? {
    name,
    router: serverRouter(addresses, [chainOf(gate)]),
    table: SocketTable.of(sockets),
  }
  sites.set(sockets, here.set(gate, site))
  return site
}

const notebooks = new WeakMap<readonly Socket[], readonly Flow[]>()

/** The guard's notebook: the flows of the host's open connections, each with a whole handshake behind it. */
export function notebookOf(sockets: readonly Socket[]): ConnTrack {
  const flows = notebooks.get(sockets) ?? knownFlows(sockets).flows()
  notebooks.set(sockets, flows)
  return ConnTrack.of(flows)
}

/** What becomes of a packet that comes from the street: which line of the board decides, and what the host does. */
export interface AtGate extends Filtered {
  readonly arrival: SiteArrival
}

export function atGate(guarded: Guarded, packet: Packet): AtGate {
  const arrival = arrive(siteOf(guarded), packet, STREET, notebookOf(guarded.sockets))
  const { filtered } = arrival.walk.steps.find(({ at }) => at === 'input') ?? {}
  return { action: filtered?.action ?? 'accept', by: filtered?.by ?? 'unseen', arrival }
}
