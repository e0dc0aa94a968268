import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { segmentPacket } from './build'
import type { Packet, TcpFlags } from './packet'
import type { TcpEvent, TcpState } from './tcp-states'
import { nextState, serverStates, stateAfter } from './tcp-states'
import type { Endpoint } from './tuple'

const CLIENT: Endpoint = { address: '203.0.113.7', port: 51514 }
const SERVER: Endpoint = { address: '192.0.2.10', port: 443 }

/** The arrows of RFC 9293, figure 5, once more: from, what happens, to. */
const FIGURE = `
CLOSED      listen      LISTEN
CLOSED      connect     SYN-SENT
LISTEN      SYN         SYN-RECV
LISTEN      connect     SYN-SENT
LISTEN      close       CLOSED
SYN-SENT    SYN         SYN-RECV
SYN-SENT    SYN+ACK     ESTAB
SYN-SENT    close       CLOSED
SYN-RECV    ACK_of_SYN  ESTAB
SYN-RECV    close       FIN-WAIT-1
ESTAB       close       FIN-WAIT-1
ESTAB       FIN         CLOSE-WAIT
FIN-WAIT-1  ACK_of_FIN  FIN-WAIT-2
FIN-WAIT-1  FIN         CLOSING
FIN-WAIT-2  FIN         TIME-WAIT
CLOSE-WAIT  close       LAST-ACK
LAST-ACK    ACK_of_FIN  CLOSED
CLOSING     ACK_of_FIN  TIME-WAIT
TIME-WAIT   2MSL        CLOSED
`
  .trim()
  .split('\n')
  .map((line) => line.split(/\s+/).map((word) => word.replaceAll('_', ' ')))

const STATES: readonly TcpState[] = [
  'CLOSED',
  'LISTEN',
  'SYN-SENT',
  'SYN-RECV',
  'ESTAB',
  'FIN-WAIT-1',
  'FIN-WAIT-2',
  'CLOSE-WAIT',
  'CLOSING',
  'LAST-ACK',
  'TIME-WAIT',
]
const EVENTS: readonly TcpEvent[] = [
  'listen',
  'connect',
  'close',
  'SYN',
  'SYN+ACK',
  'ACK of SYN',
  'FIN',
  'ACK of FIN',
  'RST',
  '2MSL',
]

describe('the states of an end', () => {
  it.each(STATES)('change from %s as the figure says, and by a reset', (state) => {
    for (const event of EVENTS) {
      const drawn = FIGURE.find(([from, what]) => from === state && what === event)?.[2] ?? state
      expect(nextState(state, event)).toBe(event === 'RST' && state !== 'LISTEN' ? 'CLOSED' : drawn)
    }
  })
})

/** Segments as they are written: `C SYN`, `S FIN ACK`, `C ACK 20` for twenty bytes. */
function trace(text: string, firsts: readonly [number, number] = [1000, 9000]): readonly Packet[] {
  let [client, server] = firsts
  return text.split(', ').map((line) => {
    const [by = '', ...words] = line.split(' ')
    const flag = (name: keyof TcpFlags) => words.includes(name.toUpperCase())
    const bytes = Number(words.find((word) => /^\d+$/.test(word)) ?? 0)
    const taken = bytes + Number(flag('syn')) + Number(flag('fin'))
    const mine = by === 'C' ? client : server
    const theirs = by === 'C' ? server : client
    if (by === 'C') client = (client + taken) >>> 0
    else server = (server + taken) >>> 0
    return segmentPacket({
      ttl: 64,
      identification: 1,
      source: by === 'C' ? CLIENT : SERVER,
      destination: by === 'C' ? SERVER : CLIENT,
      seq: mine,
      ack: flag('ack') ? theirs : 0,
      flags: { syn: flag('syn'), ack: flag('ack'), fin: flag('fin'), rst: flag('rst') },
      window: 502,
      payload: new Uint8Array(bytes),
    })
  })
}

const HELLO = 'C SYN, S SYN ACK, C ACK'

describe('both ends of a connection', () => {
  it.each([
    ['C SYN', 'SYN-SENT', 'SYN-RECV'],
    ['C SYN, S SYN ACK', 'ESTAB', 'SYN-RECV'],
    [HELLO, 'ESTAB', 'ESTAB'],
    [`${HELLO}, C ACK 20, S ACK, S ACK 900`, 'ESTAB', 'ESTAB'],
    [`${HELLO}, C FIN ACK`, 'FIN-WAIT-1', 'CLOSE-WAIT'],
    [`${HELLO}, C FIN ACK, S ACK`, 'FIN-WAIT-2', 'CLOSE-WAIT'],
    [`${HELLO}, C FIN ACK, S ACK, S ACK 20, C ACK`, 'FIN-WAIT-2', 'CLOSE-WAIT'],
    [`${HELLO}, C FIN ACK, S ACK, S FIN ACK`, 'TIME-WAIT', 'LAST-ACK'],
    [`${HELLO}, C FIN ACK, S ACK, S FIN ACK, C ACK`, 'TIME-WAIT', 'CLOSED'],
    [`${HELLO}, S FIN ACK, C ACK`, 'CLOSE-WAIT', 'FIN-WAIT-2'],
    [`${HELLO}, S FIN ACK, C FIN ACK, S ACK`, 'CLOSED', 'TIME-WAIT'],
    [`${HELLO}, C FIN ACK, S RST`, 'CLOSED', 'CLOSED'],
    [`${HELLO}, C RST`, 'CLOSED', 'CLOSED'],
  ])('are, after %s, in %s and %s', (text, client, server) => {
    const segments = trace(text)
    expect(stateAfter(CLIENT, segments, 'CLOSED')).toBe(client)
    expect(stateAfter(SERVER, segments, 'LISTEN')).toBe(server)
  })

  it('are the same wherever the sequence numbers begin', () => {
    fc.assert(
      fc.property(fc.nat(0xffffffff), fc.nat(0xffffffff), (client, server) => {
        const segments = trace(`${HELLO}, C ACK 1400, S ACK, C FIN ACK, S ACK, S FIN ACK, C ACK`, [client, server])
        expect(stateAfter(CLIENT, segments, 'CLOSED')).toBe('TIME-WAIT')
        expect(stateAfter(SERVER, segments, 'LISTEN')).toBe('CLOSED')
      }),
    )
  })

  it('are not moved by an old ACK', () => {
    const segments = trace(`${HELLO}, S ACK 20, S FIN ACK`)
    const old = trace(`${HELLO}, S ACK 20, C ACK`).slice(2, 3)
    expect(stateAfter(SERVER, [...segments, ...old], 'LISTEN')).toBe('FIN-WAIT-1')
  })
})

describe('a server', () => {
  it('keeps its listener whatever a caller does', () => {
    expect(serverStates(SERVER, [])).toEqual(['LISTEN'])
    expect(serverStates(SERVER, trace(HELLO))).toEqual(['LISTEN', 'ESTAB'])
    expect(serverStates(SERVER, trace(`${HELLO}, S FIN ACK, C FIN ACK, S ACK`))).toEqual(['LISTEN', 'TIME-WAIT'])
    expect(serverStates(SERVER, trace(`${HELLO}, C RST`))).toEqual(['LISTEN'])
  })
})
