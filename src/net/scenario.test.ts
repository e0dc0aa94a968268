import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { random } from '../shift/random'
import { demux } from './demux'
import { Kernel } from './kernel'
import type { OpVerdict, Scenario } from './scenario'
import { replayScenario, ROUTER_KINDS, SOCKET_KINDS } from './scenario'
import type { Socket } from './socket'
import { SocketTable } from './socket-table'

const linesOf = (name: string): string[] =>
  ['', 'more-', 'router-'].flatMap((set) =>
    readFileSync(`evidence/kernel/${set}${name}.jsonl`, 'utf8').trim().split('\n'),
  )

const scenarios = linesOf('scenarios').map((line): Scenario => JSON.parse(line))
const verdicts = new Map(
  linesOf('verdicts').map((line): [string, readonly OpVerdict[]] => {
    const { id, v }: { id: string; v: readonly OpVerdict[] } = JSON.parse(line)
    return [id, v]
  }),
)

const half = () => 0.5

describe('the model and the Linux kernel', () => {
  it.each([...SOCKET_KINDS, ...ROUTER_KINDS])('agree on every recorded scenario of the kind %s', (kind) => {
    const recorded = scenarios.filter((scenario) => scenario.kind === kind)
    expect(recorded.length).toBeGreaterThanOrEqual(80)
    for (const scenario of recorded)
      expect(replayScenario(scenario, random(1).next), scenario.id).toEqual(verdicts.get(scenario.id))
  })
})

describe('bind', () => {
  const kernel = () => new Kernel(['192.0.2.10'], half)
  const tcp = { protocol: 'tcp', family: 4 } as const

  it('lets one socket have a port of an address, and one each of two addresses', () => {
    const host = kernel()
    expect(host.bind(host.open(tcp), '127.0.0.1', 8080)).toBeUndefined()
    expect(host.bind(host.open(tcp), '192.0.2.10', 8080)).toBeUndefined()
    expect(host.bind(host.open(tcp), '0.0.0.0', 8080)).toEqual({ errno: 'EADDRINUSE' })
  })

  it('keeps the ports of TCP and UDP apart', () => {
    const host = kernel()
    expect(host.bind(host.open(tcp), '0.0.0.0', 5353)).toBeUndefined()
    expect(host.bind(host.open({ ...tcp, protocol: 'udp' }), '0.0.0.0', 5353)).toBeUndefined()
  })

  it('refuses an address that is not the host’s, and a system port to an ordinary user', () => {
    const host = kernel()
    expect(host.bind(host.open(tcp), '203.0.113.7', 8080)).toEqual({ errno: 'EADDRNOTAVAIL' })
    expect(host.bind(host.open({ ...tcp, uid: 1000 }), '0.0.0.0', 443)).toEqual({ errno: 'EACCES' })
    expect(host.bind(host.open({ ...tcp, uid: 1000 }), '0.0.0.0', 1024)).toBeUndefined()
  })

  it('gives :: the IPv4 addresses too, unless it is v6only', () => {
    const host = kernel()
    const six = { protocol: 'tcp', family: 6 } as const
    expect(host.bind(host.open(six), '::', 80)).toBeUndefined()
    expect(host.bind(host.open(tcp), '0.0.0.0', 80)).toEqual({ errno: 'EADDRINUSE' })
    expect(host.bind(host.open({ ...six, v6only: true }), '::', 81)).toBeUndefined()
    expect(host.bind(host.open(tcp), '0.0.0.0', 81)).toBeUndefined()
  })

  it('lets a server come back to a port in TIME-WAIT only with SO_REUSEADDR', () => {
    const restart = (reuseaddr: boolean) => {
      const host = kernel()
      const server = host.open({ ...tcp, reuseaddr })
      host.bind(server, '0.0.0.0', 8080)
      host.listen(server)
      expect(host.connectTcp(host.open(tcp), '127.0.0.1', 8080)).toBe('connected')
      const accepted = host.accept(server)
      if (!accepted) throw new Error('Nobody waits in the queue.')
      host.close(accepted.end)
      host.close(server)
      return host.bind(host.open({ ...tcp, reuseaddr }), '0.0.0.0', 8080)
    }
    expect(restart(true)).toBeUndefined()
    expect(restart(false)).toEqual({ errno: 'EADDRINUSE' })
  })
})

describe('connect', () => {
  it('chooses ports of its range, each once for one server, and none when all are taken', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.float({ min: 0, max: Math.fround(0.99), noNaN: true }),
        (size, chance) => {
          const host = new Kernel([], () => chance)
          const server = host.open({ protocol: 'tcp', family: 4 })
          host.bind(server, '127.0.0.1', 80)
          host.listen(server)
          const range = [50_000, 50_000 + size - 1] as const
          const clients = Array.from({ length: size }, () => host.open({ protocol: 'tcp', family: 4, range }))
          for (const client of clients) expect(host.connectTcp(client, '127.0.0.1', 80)).toBe('connected')
          expect(server.backlog).toHaveLength(size)
          const ports = clients.map(({ port }) => port)
          expect(new Set(ports).size).toBe(size)
          expect(Math.min(...ports)).toBeGreaterThanOrEqual(range[0])
          expect(Math.max(...ports)).toBeLessThanOrEqual(range[1])
          const late = host.open({ protocol: 'tcp', family: 4, range })
          expect(host.connectTcp(late, '127.0.0.1', 80)).toEqual({ errno: 'EADDRNOTAVAIL' })
        },
      ),
    )
  })
})

const address = fc.constantFrom('192.0.2.10', '192.0.2.11', '127.0.0.1')
const remote = fc.constantFrom('203.0.113.7', '198.51.100.23')
const port = fc.constantFrom(53, 80, 443, 50_000)

const socketOf = fc.record({
  protocol: fc.constantFrom('tcp' as const, 'udp' as const),
  local: fc.record({ address: fc.oneof(address, fc.constant('0.0.0.0')), port }),
  peer: fc.option(fc.record({ address: remote, port }), { nil: undefined }),
})

const tableOf = (plans: readonly (typeof socketOf extends fc.Arbitrary<infer T> ? T : never)[]) =>
  plans.map(({ protocol, local, peer }, index): Socket => ({
    id: `s${index}`,
    protocol,
    family: 4,
    v6only: false,
    local,
    ...(peer && { peer }),
    state: peer ? 'ESTAB' : protocol === 'tcp' ? 'LISTEN' : 'UNCONN',
    reuseaddr: false,
    reuseport: false,
    uid: 0,
  }))

const tuple = fc.record({
  protocol: fc.constantFrom('tcp' as const, 'udp' as const),
  source: fc.record({ address: remote, port }),
  destination: fc.record({ address, port }),
})

describe('demux', () => {
  it('finds for any packet one socket that may take it, or none where none may', () => {
    fc.assert(
      fc.property(fc.array(socketOf, { maxLength: 12 }), tuple, (plans, packet) => {
        const sockets = tableOf(plans)
        const found = demux(SocketTable.of(sockets), packet)
        const fits = sockets.filter(
          ({ protocol, local, peer }) =>
            protocol === packet.protocol &&
            local.port === packet.destination.port &&
            (local.address === packet.destination.address || (local.address === '0.0.0.0' && !peer)) &&
            (!peer || (peer.address === packet.source.address && peer.port === packet.source.port)),
        )
        expect(found === undefined).toBe(fits.length === 0)
        if (!found) return
        expect(fits).toContain(found.socket)
        // A connection before a listener, the exact address before the wildcard.
        if (fits.some(({ peer }) => peer)) expect(found.by).toBe('connection')
        else if (fits.some(({ local }) => local.address !== '0.0.0.0'))
          expect(found.socket.local.address).not.toBe('0.0.0.0')
      }),
    )
  })

  it('is not moved by sockets that have nothing to do with the packet', () => {
    fc.assert(
      fc.property(fc.array(socketOf, { maxLength: 12 }), tuple, (plans, packet) => {
        const sockets = tableOf(plans)
        const related = sockets.filter(({ local }) => local.port === packet.destination.port)
        const others = sockets.filter((socket) => !related.includes(socket))
        expect(demux(SocketTable.of([...others, ...related]), packet)).toEqual(demux(SocketTable.of(related), packet))
      }),
    )
  })
})
