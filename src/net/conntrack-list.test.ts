import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { datagram, ping, segmentPacket, synPacket } from './build'
import type { FlowTuple } from './conntrack'
import { ConnTrack } from './conntrack'
import { conntrackList } from './conntrack-list'
import type { Host } from './host'
import type { NatRules } from './nat'
import type { Packet } from './packet'
import { tupleOf } from './packet'
import { receive } from './receive'
import type { Router } from './router'
import { walkOut } from './router'
import type { Socket } from './socket'
import { SocketTable } from './socket-table'
import type { Endpoint, Protocol } from './tuple'

/** A flow as the recordings have it: its first packet, and whether anything came back. */
type Recorded =
  | { readonly original: FlowTuple; readonly seenReply: boolean }
  | {
      readonly proto: Protocol
      readonly state?: string
      readonly orig: readonly [string, number, string, number]
      readonly replied?: boolean
    }

const VIEWS = 'evidence/views'
const recordings = readdirSync(VIEWS).filter((name) => /^conntrack-.*\.json$/.test(name))
const readFlows = (name: string): readonly Recorded[] => JSON.parse(readFileSync(`${VIEWS}/${name}`, 'utf8')).flows
const readLines = (name: string) =>
  readFileSync(`${VIEWS}/${name.replace('.json', '.txt')}`, 'utf8')
    .replace(/\n$/, '')
    .split('\n')

/** What ran on the host while conntrack-nat was recorded; the other recording's flows do not meet these rules. */
const NAT: NatRules = {
  prerouting: [],
  output: [{ match: { protocol: 'tcp', destinationPort: [8080] }, translation: { kind: 'redirect', port: 80 } }],
  postrouting: [{ match: { source: '127.0.0.3' }, translation: { kind: 'snat', to: { address: '127.0.0.9' } } }],
}
const router: Router = { interfaces: [{ name: 'lo', addresses: ['127.0.0.1/8'] }], chains: [], nat: NAT }

const listener = (protocol: Protocol, port: number): Socket => ({
  id: `${protocol} ${port}`,
  protocol,
  family: 4,
  v6only: false,
  local: { address: '0.0.0.0', port },
  state: protocol === 'tcp' ? 'LISTEN' : 'UNCONN',
  reuseaddr: false,
  reuseport: false,
  uid: 0,
})
const host: Host = {
  name: 'h',
  addresses: [],
  table: SocketTable.of([listener('tcp', 80), listener('tcp', 8090), listener('udp', 53), listener('udp', 5353)]),
}

const ip = { ttl: 64, identification: 0 }
const syn = (source: Endpoint, destination: Endpoint) => synPacket({ ...ip, source, destination, seq: 1, tsval: 1 })
const bytes = new Uint8Array(1)

const firstOf = ({ protocol, source, destination }: FlowTuple): Packet => {
  if (protocol === 'tcp') return syn(source, destination)
  if (protocol === 'udp') return datagram({ ...ip, source, destination, payload: bytes })
  const ends = { source: source.address, destination: destination.address }
  return ping({ ...ip, ...ends, identifier: source.port, sequence: 1, payload: bytes })
}

/** Sends a packet of the host to itself, and gives it as it arrives. */
const sent = (table: ConnTrack, packet: Packet): Packet | undefined => {
  const { end } = walkOut(router, table, packet)
  return end.kind === 'local' ? end.packet : undefined
}

/** The flow as it was made: a handshake, a ping with its reply, a datagram with an answer or without. */
function run(table: ConnTrack, original: FlowTuple, replied: boolean): void {
  const arrived = sent(table, firstOf(original))
  if (!arrived) throw new Error('The first packet was stopped.')
  const tuple = tupleOf(arrived)
  if (tuple?.protocol === 'udp') {
    const answer = datagram({ ...ip, source: tuple.destination, destination: tuple.source, payload: bytes })
    if (replied) sent(table, answer)
    return
  }
  const { answer } = receive(host, arrived)
  const heard = answer && sent(table, answer)
  if (heard?.transport.protocol !== 'tcp') return
  const { source, destination } = original
  sent(
    table,
    segmentPacket({
      ...ip,
      source,
      destination,
      seq: 2,
      ack: heard.transport.seq + 1,
      flags: { ack: true },
      window: 502,
    }),
  )
}

const flowOf = (recorded: Recorded): { original: FlowTuple; replied: boolean } => {
  if ('original' in recorded) return { original: recorded.original, replied: recorded.seenReply }
  const [source, sport, destination, dport] = recorded.orig
  const ends = { source: { address: source, port: sport }, destination: { address: destination, port: dport } }
  return { original: { protocol: recorded.proto, ...ends }, replied: recorded.replied ?? true }
}

describe('a list of conntrack', () => {
  it('has recordings to be compared with', () => expect(recordings).toHaveLength(2))

  it.each(recordings)('is what the tool printed when the same packets went the same way: %s', (name) => {
    const table = new ConnTrack()
    for (const recorded of readFlows(name)) {
      const { original, replied } = flowOf(recorded)
      run(table, original, replied)
    }
    const lines = conntrackList(table.flows()).map((line) => line.replace(/^(\w+ +\d+) \d+/, '$1 TTL'))
    expect(lines.toSorted()).toEqual(readLines(name).toSorted())
  })

  it('counts the seconds that are left', () => {
    const table = new ConnTrack()
    run(
      table,
      {
        protocol: 'udp',
        source: { address: '127.0.0.2', port: 41_003 },
        destination: { address: '127.0.0.1', port: 5353 },
      },
      false,
    )
    expect(conntrackList(table.flows(), 1500)[0]).toMatch(/^udp {6}17 28 src=/)
  })
})
