import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { datagram, ping, segmentPacket, synPacket } from './build'
import { checksumsOf, encodeIp } from './frame'
import { tupleOf } from './packet'
import { quotedTuple, receive } from './receive'
import type { Socket } from './socket'
import { SocketTable } from './socket-table'
import { reverse } from './tuple'

const listener: Socket = {
  id: 'web',
  protocol: 'tcp',
  family: 4,
  v6only: false,
  local: { address: '0.0.0.0', port: 443 },
  state: 'LISTEN',
  reuseaddr: false,
  reuseport: false,
  uid: 0,
}
const connection: Socket = {
  ...listener,
  id: 'caller',
  local: { address: '192.0.2.10', port: 443 },
  peer: { address: '203.0.113.7', port: 51844 },
  state: 'ESTAB',
}
const host = { name: 'harbour', addresses: ['192.0.2.10'], table: SocketTable.of([listener, connection]) }

const ends = (port: number, from = 51845) => ({
  source: { address: '203.0.113.7', port: from },
  destination: { address: '192.0.2.10', port },
  ttl: 57,
  identification: 1,
})
const syn = (port: number, from?: number) => synPacket({ ...ends(port, from), seq: 1000, tsval: 1 })
const data = (port: number, from?: number) =>
  segmentPacket({
    ...ends(port, from),
    seq: 1000,
    ack: 2000,
    flags: { ack: true, psh: true },
    window: 500,
    payload: new Uint8Array(10),
  })

describe('a host', () => {
  it('gives a SYN to the listener and answers with SYN-ACK', () => {
    const { verdict, answer } = receive(host, syn(443))
    expect(verdict).toEqual({ kind: 'listener', socket: 'web' })
    expect(answer?.transport).toMatchObject({ ack: 1001, flags: { syn: true, ack: true, rst: false } })
  })

  it('gives data to its connection and not to the listener', () => {
    expect(receive(host, data(443, 51844)).verdict).toEqual({ kind: 'connection', socket: 'caller' })
  })

  it('refuses data without a connection with RST, numbered by what the segment acknowledged', () => {
    const { verdict, why, answer } = receive(host, data(443))
    expect([verdict.kind, why]).toEqual(['rst', 'no-connection'])
    expect(answer?.transport).toMatchObject({ seq: 2000, flags: { rst: true, ack: false } })
  })

  it('refuses a SYN to a closed port with RST that acknowledges it', () => {
    const { verdict, answer } = receive(host, syn(8080))
    expect(verdict.kind).toBe('rst')
    expect(answer?.transport).toMatchObject({ seq: 0, ack: 1001, flags: { rst: true, ack: true } })
  })

  it('never answers a reset', () => {
    const reset = segmentPacket({ ...ends(8080), seq: 1, ack: 0, flags: { rst: true }, window: 0 })
    expect(receive(host, reset)).toEqual({ verdict: { kind: 'drop' }, why: 'rst-never-answered' })
  })

  it('refuses a datagram to a closed port with an ICMP error that quotes it', () => {
    const knock = datagram({ ...ends(161), payload: new Uint8Array(900) })
    const { verdict, answer } = receive(host, knock)
    expect(verdict.kind).toBe('icmp')
    if (answer?.transport.protocol !== 'icmp') throw new Error('The answer is no ICMP message.')
    expect(answer.transport).toMatchObject({ type: 3, code: 3 })
    expect(encodeIp(answer).length).toBeLessThanOrEqual(576)
    expect(quotedTuple(answer.transport)).toEqual(tupleOf(knock))
  })

  it('answers a ping itself, with what came in it', () => {
    const call = ping({
      source: '203.0.113.7',
      destination: '192.0.2.10',
      ttl: 57,
      identification: 1,
      identifier: 7,
      sequence: 1,
      payload: new Uint8Array(56),
    })
    const { verdict, answer } = receive(host, call)
    expect(verdict.kind).toBe('echo-reply')
    expect(answer?.transport).toEqual({ ...call.transport, type: 0 })
  })

  it('says nothing to what is not addressed to it, or to everybody', () => {
    expect(receive(host, { ...syn(443), destination: '192.0.2.99' }).why).toBe('not-my-address')
    expect(receive(host, { ...syn(443), destination: '224.0.0.251' }).why).toBe('to-everybody')
  })

  it('refuses port 0: nobody can listen there', () => {
    expect(receive(host, syn(0)).verdict.kind).toBe('rst')
  })

  it('always answers along the reversed tuple, with right checksums', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 65535 }),
        fc.integer({ min: 1, max: 65535 }),
        fc.boolean(),
        (to, from, tcp) => {
          const packet = tcp ? syn(to, from) : datagram({ ...ends(to, from), payload: new Uint8Array(3) })
          const { answer } = receive(host, packet)
          if (!answer) return
          expect([answer.source, answer.destination]).toEqual([packet.destination, packet.source])
          const [there, back] = [tupleOf(packet), tupleOf(answer)]
          if (there && back) expect(back).toEqual(reverse(there))
          const { ip, transport } = checksumsOf(encodeIp(answer))
          expect([ip?.right, transport?.right]).toEqual([true, true])
        },
      ),
    )
  })
})
