import type { MisconceptionId } from '../lessons/misconception'
import type { Chain } from '../net/filter'
import { evaluate } from '../net/filter'
import type { NatTable } from '../net/nat-table'
import { natIn, routerOf } from '../net/nat-table'
import { nftTable } from '../net/nft-text'
import type { Packet } from '../net/packet'
import { tupleOf } from '../net/packet'
import { receive } from '../net/receive'
import type { Router } from '../net/router'
import { routeTo } from '../net/router'
import type { Endpoint } from '../net/tuple'
import type { Random } from '../shift/random'
import { inside, other, stranger } from './addresses'
import type { Machine } from './machine'
import { connected, hostOf, waiting } from './machine'
import { ssView } from './machine-view'
import { nftView } from './nft-view'
import { first } from './packets'
import type { TextView, View } from './view'
import { textView } from './view'

/** What a box on a packet's way may read of it. */
export const FIELDS = ['mac', 'protocol', 'source', 'sourcePort', 'destination', 'destinationPort'] as const
export type Field = (typeof FIELDS)[number]

/** A packet as a box sees it: inside a frame. */
export interface Framed {
  readonly packet: Packet
  readonly mac: string
}

/** The same with one field changed, in a few ways. */
function changed({ packet, mac }: Framed, field: Field, dice: Random): readonly Framed[] {
  const tuple = tupleOf(packet)
  if (!tuple) return []
  if (field === 'mac') return MACS.filter((one) => one !== mac).map((one) => ({ packet, mac: one }))
  if (field === 'protocol') {
    const protocol = tuple.protocol === 'tcp' ? 'udp' : 'tcp'
    return [{ packet: first(dice, protocol, tuple.source, tuple.destination), mac }]
  }
  if (field === 'source' || field === 'destination')
    return ['192.0.2.7', '198.51.100.7', '203.0.113.7'].map((address) => ({
      packet: { ...packet, [field]: address },
      mac,
    }))
  const { transport } = packet
  if (transport.protocol !== 'tcp' && transport.protocol !== 'udp') return []
  return [22, 80, 443, 5432, 40000].map((port) => ({
    packet: { ...packet, transport: { ...transport, [field]: port } },
    mac,
  }))
}

/** The fields on which what a box does depends: those that make it do something else when they alone change. */
export function decidingFields(decide: (framed: Framed) => string, framed: Framed, dice: Random): readonly Field[] {
  const now = decide(framed)
  return FIELDS.filter((field) => changed(framed, field, dice).some((one) => decide(one) !== now))
}

export const MACS = ['02:00:00:00:00:0a', '02:00:00:00:00:0b', '02:00:00:00:00:0c'] as const

/** A router between three documentation networks. */
export const CORE: Router = {
  interfaces: [
    { name: 'eth0', addresses: ['192.0.2.1/24'] },
    { name: 'eth1', addresses: ['198.51.100.1/24'] },
    { name: 'eth2', addresses: ['203.0.113.1/24'] },
  ],
  chains: [],
}

/** What `ip route` prints on a router whose networks are all /24. */
export const routesView = ({ interfaces }: Router): TextView => {
  const lines = interfaces.flatMap(({ name, addresses }) =>
    addresses.map((prefix) => {
      const [address = ''] = prefix.split('/')
      const network = `${address.slice(0, address.lastIndexOf('.'))}.0/24`
      return { text: `${network} dev ${name} proto kernel scope link src ${address}`, field: name }
    }),
  )
  return { kind: 'text', command: 'ip route', lines: lines.map((line) => [line]) }
}

/** A box on the way: what it does with a packet, what is seen of it, and the fields it is often thought to read. */
export interface Box {
  readonly decide: (framed: Framed) => string
  readonly view: View
  readonly thought: readonly (readonly [fields: readonly Field[], idea: MisconceptionId])[]
}

export const BOXES = ['router', 'switch', 'new', 'connection', 'filter', 'source-filter', 'nat'] as const

/** The five-tuple: what those choose who think that every box reads all of it. */
const EVERY_FIELD = ['protocol', 'source', 'sourcePort', 'destination', 'destinationPort'] as const

/** A box of one kind on the way of a packet with these ends. */
export function boxOf(id: (typeof BOXES)[number], from: Endpoint, to: Endpoint, dice: Random): Box {
  const byPort = [
    [['destinationPort'], 'router-routes-by-port'],
    [['destination', 'destinationPort'], 'router-routes-by-port'],
    [['sourcePort'], 'source-port-is-door'],
    [EVERY_FIELD, 'router-routes-by-port'],
  ] as const
  switch (id) {
    case 'router':
      return {
        decide: ({ packet }) => routeTo(CORE, packet.destination) ?? '',
        view: routesView(CORE),
        thought: byPort,
      }
    case 'switch': {
      const ports = dice.shuffle(['port1', 'port2', 'port3'])
      return {
        decide: ({ mac }) => ports[MACS.findIndex((one) => one === mac)] ?? '',
        view: textView('bridge fdb', MACS.map((mac, index) => `${mac} dev ${ports[index]} master br0`).join('\n'), []),
        thought: [...byPort, [['destination'], 'router-routes-by-port']],
      }
    }
    case 'new': {
      const rest = dice.shuffle([22, 25, 80, 443, 5432, 8080].filter((port) => port !== to.port)).slice(0, 2)
      const listeners = dice.shuffle([to.port, ...rest]).map((port) => waiting('tcp', { address: to.address, port }))
      const machine: Machine = { name: 'server', addresses: [to.address], sockets: listeners, programs: {} }
      return {
        decide: ({ packet }) => JSON.stringify(receive(hostOf(machine), packet).verdict),
        view: ssView(machine, '-tln'),
        thought: [
          [['destination', 'destinationPort'], 'tcp-udp-share-space'],
          [['protocol', 'source', 'sourcePort'], 'source-port-is-door'],
          [['source', 'destinationPort'], 'source-ip-alone-selects'],
          [EVERY_FIELD, 'listener-carries-data'],
        ],
      }
    }
    case 'connection': {
      const listener = waiting('tcp', to)
      const stranger2 = other([from.address], () => stranger(dice))
      const peers = [from, { ...from, port: from.port - 1 }, { ...from, address: stranger2 }]
      const machine: Machine = {
        name: 'server',
        addresses: [to.address],
        sockets: [listener, ...dice.shuffle(peers).map((peer) => connected('tcp', to, peer))],
        programs: {},
      }
      return {
        decide: ({ packet }) => JSON.stringify(receive(hostOf(machine), packet).verdict),
        view: ssView(machine, '-tan'),
        thought: [
          [['protocol', 'destination', 'destinationPort'], 'dport-alone-selects'],
          [['protocol', 'source', 'destination', 'destinationPort'], 'source-ip-alone-selects'],
          [['protocol', 'sourcePort', 'destination', 'destinationPort'], 'source-port-alone-selects'],
        ],
      }
    }
    case 'filter':
    case 'source-filter': {
      const chain: Chain = {
        name: 'forward',
        family: 'inet',
        hook: 'forward',
        policy: 'drop',
        rules: [
          {
            match: {
              protocol: 'tcp',
              destinationPort: [to.port],
              ...(id === 'source-filter' && { source: from.address }),
            },
            action: 'accept',
          },
        ],
      }
      return {
        decide: ({ packet }) => evaluate(chain, packet).action,
        view: nftView(chain),
        thought:
          id === 'filter'
            ? [
                [['destinationPort'], 'tcp-udp-share-space'],
                [['protocol', 'sourcePort'], 'source-port-is-door'],
                [['source', 'destinationPort'], 'source-ip-alone-selects'],
                [EVERY_FIELD, 'source-port-is-door'],
              ]
            : [
                [['source', 'destinationPort'], 'tcp-udp-share-space'],
                [['protocol', 'source', 'sourcePort'], 'source-port-is-door'],
                [['source'], 'source-ip-alone-selects'],
                [EVERY_FIELD, 'source-port-is-door'],
              ],
      }
    }
    case 'nat': {
      const host = { address: inside(dice, '10.0.1'), port: to.port }
      const nat: NatTable = {
        publicAddress: to.address,
        inside: '10.0.1.1/24',
        mappings: [],
        forwards: [{ protocol: 'tcp', port: to.port, to: host }],
      }
      const forwarded = (packet: Packet) => {
        const result = natIn(nat, packet)
        return result.kind === 'inside' && result.packet.destination === host.address
      }
      const { prerouting = [] } = routerOf(nat).nat ?? {}
      const lines = nftTable({ family: 'ip', name: 'nat', chains: [], nat: { prerouting } })
      return {
        decide: ({ packet }) => String(forwarded(packet)),
        view: { kind: 'text', command: 'nft list table ip nat', lines: lines.map(({ text }) => [{ text }]) },
        thought: [
          [['destination', 'destinationPort'], 'tcp-udp-share-space'],
          [['protocol', 'destination', 'sourcePort'], 'source-port-is-door'],
          [['source', 'destinationPort'], 'source-ip-alone-selects'],
          [EVERY_FIELD, 'source-port-is-door'],
        ],
      }
    }
  }
}
