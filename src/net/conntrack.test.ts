import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { datagram, ping, segmentPacket } from './build'
import { ConnTrack, TRACKING_TIMEOUTS } from './conntrack'
import type { Packet, TcpFlags } from './packet'
import { tupleOf } from './packet'
import { back, reset, unreachable } from './refusal'
import type { Endpoint } from './tuple'

const client = { address: '198.51.100.7', port: 40_000 }
const server = { address: '192.0.2.10', port: 443 }
const NOTHING = new Uint8Array()

const segment = (source: Endpoint, destination: Endpoint, flags: Partial<TcpFlags>, seq = 1000, ack = 0): Packet =>
  segmentPacket({ ttl: 64, identification: 0, source, destination, seq, ack, flags, window: 1000 })

const message = (source: Endpoint, destination: Endpoint): Packet =>
  datagram({ ttl: 64, identification: 0, source, destination, payload: NOTHING })

const syn = segment(client, server, { syn: true })
const synAck = segment(server, client, { syn: true, ack: true }, 5000, 1001)
const ack = segment(client, server, { ack: true }, 1001, 5001)

/** Tracks packets one after the other, confirming what begins a flow, and says what each was. */
function states(packets: readonly Packet[], table = new ConnTrack(), now = 0): readonly string[] {
  return packets.map((packet) => {
    const { state, flow } = table.track(packet, now)
    if (state === 'new' && flow) table.confirm(flow)
    return state
  })
}

describe('connection tracking', () => {
  it('knows a connection from the first answer on', () => {
    const table = new ConnTrack()
    expect(states([syn, syn, synAck, ack], table)).toEqual(['new', 'new', 'established', 'established'])
    expect(table.flows()).toMatchObject([{ tcp: { state: 'ESTABLISHED' }, assured: true, seenReply: true }])
  })

  it('does not know a connection whose first packet was dropped', () => {
    const table = new ConnTrack()
    expect(table.track(syn).state).toBe('new')
    expect(states([synAck], table)).toEqual(['invalid'])
    expect(table.size).toBe(0)
  })

  it('takes up a connection that it finds open, but not one that only ends or refuses', () => {
    expect(states([ack])).toEqual(['new'])
    expect(states([segment(client, server, { fin: true, ack: true })])).toEqual(['invalid'])
    expect(states([segment(client, server, { rst: true })])).toEqual(['invalid'])
  })

  it('forgets a connection that was refused', () => {
    const table = new ConnTrack()
    if (syn.transport.protocol !== 'tcp') throw new Error('A SYN is a segment.')
    expect(states([syn, reset(syn, syn.transport)], table)).toEqual(['new', 'established'])
    expect(table.size).toBe(0)
  })

  it('follows the two FINs to TIME_WAIT, and begins anew with the next SYN of the one who was closed', () => {
    const table = new ConnTrack()
    const finish = [
      segment(server, client, { fin: true, ack: true }, 5001, 1001),
      segment(client, server, { ack: true }, 1001, 5002),
      segment(client, server, { fin: true, ack: true }, 1001, 5002),
      segment(server, client, { ack: true }, 5002, 1002),
    ]
    const followed = [syn, synAck, ack, ...finish].map((packet) => {
      states([packet], table)
      return table.flows()[0]?.tcp?.state
    })
    expect(followed).toEqual(['SYN_SENT', 'SYN_RECV', 'ESTABLISHED', 'FIN_WAIT', 'CLOSE_WAIT', 'LAST_ACK', 'TIME_WAIT'])
    expect(states([segment(client, server, { syn: true }, 9000)], table)).toEqual(['new'])
  })

  it('knows a datagram’s answer, and counts a stream only after two seconds', () => {
    const table = new ConnTrack()
    const [question, answer] = [message(client, server), message(server, client)]
    expect(states([question, question, answer], table)).toEqual(['new', 'new', 'established'])
    expect(table.flows()[0]).toMatchObject({ assured: false, expires: TRACKING_TIMEOUTS.udp })
    expect(states([question], table, 2001)).toEqual(['established'])
    expect(table.flows()[0]).toMatchObject({ assured: true, expires: 2001 + TRACKING_TIMEOUTS.udpStream })
  })

  it('finds a flow until its time is over', () => {
    const table = new ConnTrack()
    states([message(client, server)], table)
    const answer = message(server, client)
    expect(table.stateOf(answer, TRACKING_TIMEOUTS.udp)).toBe('established')
    expect(table.stateOf(answer, TRACKING_TIMEOUTS.udp + 1)).toBe('new')
    table.expire(TRACKING_TIMEOUTS.udp + 1)
    expect(table.size).toBe(0)
  })

  it('relates an ICMP error to the flow of the packet that it quotes, and no other', () => {
    const table = new ConnTrack()
    const question = message(client, server)
    expect(table.track(unreachable(question, 'port')).state).toBe('invalid')
    states([question], table)
    expect(table.track(unreachable(question, 'port'))).toMatchObject({ state: 'related', direction: 'reply' })
    expect(table.track(unreachable(question, 'host', '203.0.113.1')).state).toBe('related')
    expect(table.track({ ...unreachable(question, 'port'), destination: '198.51.100.8' }).state).toBe('invalid')
    expect(table.track(unreachable(message(client, { ...server, port: 444 }), 'port')).state).toBe('invalid')
  })

  it('knows the answer to a ping by its identifier', () => {
    const echo = (identifier: number) =>
      ping({
        ttl: 64,
        identification: 0,
        source: client.address,
        destination: server.address,
        identifier,
        sequence: 1,
        payload: NOTHING,
      })
    const reply = (identifier: number) => {
      const { transport } = echo(identifier)
      if (transport.protocol !== 'icmp') throw new Error('A ping is an ICMP message.')
      return back(echo(identifier), { ...transport, type: 0 })
    }
    expect(states([echo(7), reply(7), reply(8)])).toEqual(['new', 'established', 'invalid'])
  })

  it('only looks when it is asked for a state', () => {
    const table = new ConnTrack()
    states([syn], table)
    const before = table.flows()
    expect(table.stateOf(synAck)).toBe('established')
    expect(table.flows()).toEqual(before)
  })

  const end = fc.record({
    address: fc.constantFrom('192.0.2.1', '192.0.2.2', '192.0.2.3'),
    port: fc.integer({ min: 1, max: 4 }),
  })

  it('finds any flow by its own tuple and by that of its answers, and forgets both', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(end, end), { maxLength: 40 }), fc.tuple(end, end), (pairs, [a, b]) => {
        const table = new ConnTrack()
        states(
          pairs.map(([source, destination]) => message(source, destination)),
          table,
        )
        const key = (x: Endpoint, y: Endpoint) => [`${x.address}:${x.port}`, `${y.address}:${y.port}`].sort().join(' ')
        const known = new Set(pairs.map(([x, y]) => key(x, y)))
        expect(table.size).toBe(known.size)
        const tuple = tupleOf(message(a, b))
        if (!tuple) throw new Error('A datagram has a tuple.')
        const found = table.find(tuple)
        expect(found !== undefined).toBe(known.has(key(a, b)))
        if (!found) return
        table.forget(found.flow)
        expect(table.find(tuple)).toBeUndefined()
        expect(table.size).toBe(known.size - 1)
      }),
    )
  })
})
