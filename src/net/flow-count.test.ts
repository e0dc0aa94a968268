import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Caller } from './flow-count'
import { connectionsTo } from './flow-count'
import { SocketTable } from './socket-table'

const callers = fc.array(
  fc.record({
    address: fc.constantFrom('198.51.100.7', '198.51.100.8', '203.0.113.9'),
    ports: fc.tuple(fc.integer({ min: 40000, max: 40030 }), fc.nat(20)).map(([first, more]) => [first, first + more]),
  }),
  { maxLength: 6 },
)

const LOCAL = { address: '192.0.2.10', port: 443 }

/** A table with a socket for every pair of address and port, and how many of them can still be found there. */
function found(all: readonly Caller[]): number {
  const peers = all.flatMap(({ address, ports: [first, last] }) =>
    Array.from({ length: last - first + 1 }, (_, index) => ({ address, port: first + index })),
  )
  const table = SocketTable.of(
    peers.map((peer, index) => ({
      id: String(index),
      protocol: 'tcp',
      family: 4,
      v6only: false,
      local: LOCAL,
      peer,
      state: 'ESTAB',
      reuseaddr: false,
      reuseport: false,
      uid: 0,
    })),
  )
  return new Set(peers.map((source) => table.connected({ protocol: 'tcp', source, destination: LOCAL })?.id)).size
}

describe('connections at one door', () => {
  it('are as many as a table of sockets tells apart', () => {
    fc.assert(
      fc.property(callers, (drawn) => {
        const all = drawn.map(({ address, ports: [first = 0, last = 0] }): Caller => ({
          address,
          ports: [first, last],
        }))
        expect(connectionsTo(all)).toBe(found(all))
      }),
    )
  })

  it('can be far more than there are port numbers', () => {
    const houses = Array.from({ length: 40 }, (_, index): Caller => ({
      address: `198.51.100.${index + 2}`,
      ports: [32768, 60999],
    }))
    expect(connectionsTo(houses)).toBe(40 * 28232)
  })

  it('of one address are as many as its source ports', () => {
    expect(connectionsTo([{ address: '198.51.100.7', ports: [1024, 65535] }])).toBe(64512)
    expect(connectionsTo([])).toBe(0)
  })
})
