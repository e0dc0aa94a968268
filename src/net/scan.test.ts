import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Host } from './host'
import type { Packet } from './packet'
import { receive } from './receive'
import type { Unreachable } from './refusal'
import { unreachable } from './refusal'
import type { Responder, ScanTechnique } from './scan'
import { probePacket, scan } from './scan'
import type { Socket } from './socket'
import { SocketTable } from './socket-table'
import type { Protocol } from './tuple'

const TARGET = '192.0.2.10'
const source = { address: '198.51.100.7', port: 54_321 }

const waiting = (protocol: Protocol, port: number, address = '0.0.0.0'): Socket => ({
  id: `${protocol} ${port} ${address}`,
  protocol,
  family: 4,
  v6only: false,
  local: { address, port },
  state: protocol === 'tcp' ? 'LISTEN' : 'UNCONN',
  reuseaddr: false,
  reuseport: false,
  uid: 0,
})

const hostWith = (...sockets: readonly Socket[]): Host => ({
  name: 'h',
  addresses: [TARGET],
  table: SocketTable.of(sockets),
})

const of =
  (host: Host): Responder =>
  (probe) =>
    receive(host, probe).answer

const found = (responder: Responder, technique: ScanTechnique, port = 80) => {
  const [one] = scan(responder, { technique, source, target: TARGET, ports: [port] })
  return one && [one.state, one.reason]
}

const silent: Responder = () => undefined
const refusing =
  (why: Unreachable): Responder =>
  (probe) =>
    unreachable(probe, why, '192.0.2.1')

describe('a port scan', () => {
  it('finds what listens, and closed what does not', () => {
    const host = of(hostWith(waiting('tcp', 80)))
    expect(found(host, 'syn')).toEqual(['open', 'syn-ack'])
    expect(found(host, 'syn', 81)).toEqual(['closed', 'reset'])
    expect(found(host, 'connect')).toEqual(['open', 'syn-ack'])
    expect(found(host, 'connect', 81)).toEqual(['closed', 'conn-refused'])
  })

  it('cannot tell a UDP program that keeps silent from a filter that does', () => {
    const host = of(hostWith(waiting('udp', 80)))
    expect(found(host, 'udp')).toEqual(found(silent, 'udp'))
    expect(found(host, 'udp')).toEqual(['open|filtered', 'no-response'])
    expect(found(host, 'udp', 81)).toEqual(['closed', 'port-unreach'])
  })

  it('takes an answer over UDP for an open port', () => {
    const answering: Responder = (probe) => ({ ...probe, source: probe.destination, destination: probe.source })
    expect(found(answering, 'udp')).toEqual(['open', 'udp-response'])
  })

  it.each<[Unreachable, ScanTechnique, string, string]>([
    ['port', 'syn', 'filtered', 'port-unreach'],
    ['port', 'connect', 'closed', 'conn-refused'],
    ['port', 'udp', 'closed', 'port-unreach'],
    ['host', 'syn', 'filtered', 'host-unreach'],
    ['host', 'connect', 'filtered', 'host-unreach'],
    ['host', 'udp', 'filtered', 'host-unreach'],
    ['admin-prohibited', 'syn', 'filtered', 'admin-prohibited'],
    ['admin-prohibited', 'connect', 'filtered', 'host-unreach'],
    ['admin-prohibited', 'udp', 'filtered', 'admin-prohibited'],
    ['network', 'syn', 'filtered', 'net-unreach'],
    ['network', 'connect', 'filtered', 'net-unreach'],
    ['network', 'udp', 'filtered', 'net-unreach'],
  ])('reads ICMP %s unreachable in a %s scan as %s', (why, technique, state, reason) => {
    expect(found(refusing(why), technique)).toEqual([state, reason])
  })

  it('sees silence as filtered over TCP', () => {
    expect(found(silent, 'syn')).toEqual(['filtered', 'no-response'])
    expect(found(silent, 'connect')).toEqual(['filtered', 'no-response'])
  })

  it('finds open exactly the TCP ports that listen at the address asked', () => {
    const socket = fc.record({
      port: fc.integer({ min: 1, max: 8 }),
      address: fc.constantFrom('0.0.0.0', TARGET, '127.0.0.1', '192.0.2.11'),
      protocol: fc.constantFrom('tcp' as const, 'udp' as const),
    })
    fc.assert(
      fc.property(fc.array(socket), (sockets) => {
        const host = hostWith(...sockets.map(({ protocol, port, address }) => waiting(protocol, port, address)))
        const results = scan(of(host), { technique: 'syn', source, target: TARGET, ports: [1, 2, 3, 4, 5, 6, 7, 8] })
        const open = results.filter(({ state }) => state === 'open').map(({ port }) => port)
        const listening = sockets
          .filter(({ protocol, address }) => protocol === 'tcp' && (address === '0.0.0.0' || address === TARGET))
          .map(({ port }) => port)
        expect(open).toEqual([...new Set(listening)].toSorted((a, b) => a - b))
      }),
    )
  })

  it('sends the same probe for the same ends', () => {
    const probe = (): Packet => probePacket('tcp', source, { address: TARGET, port: 80 })
    expect(probe()).toEqual(probe())
  })
})
