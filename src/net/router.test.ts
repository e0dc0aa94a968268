import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { datagram, segmentPacket } from './build'
import { ConnTrack } from './conntrack'
import type { Chain, Rule } from './filter'
import { checksumsOf, encodeIp } from './frame'
import type { NatRules } from './nat'
import { natIn, natOut, routerOf } from './nat-table'
import type { NatTable } from './nat-table'
import type { Packet, TcpFlags } from './packet'
import { tupleOf } from './packet'
import { quotedTuple } from './receive'
import { unreachable } from './refusal'
import type { Router, Walk } from './router'
import { routeTo, sourceFor, walkIn, walkOut } from './router'
import type { Endpoint } from './tuple'
import { endpointText, reverse } from './tuple'

const NOTHING = new Uint8Array()
const INTERFACES = [
  { name: 'in', addresses: ['192.168.1.1/24'] },
  { name: 'out', addresses: ['203.0.113.1/24', '203.0.113.2/24'] },
]
const router = (more: Partial<Router> = {}): Router => ({
  interfaces: INTERFACES,
  chains: [],
  defaultRoute: 'out',
  ...more,
})

const pc = { address: '192.168.1.10', port: 40_000 }
const server = { address: '192.168.1.20', port: 443 }
const stranger = { address: '198.51.100.7', port: 50_000 }
const web = { address: '198.51.100.80', port: 443 }

const segment = (source: Endpoint, destination: Endpoint, flags: Partial<TcpFlags> = { syn: true }): Packet =>
  segmentPacket({ ttl: 64, identification: 0, source, destination, seq: 1000, ack: 0, flags, window: 1000 })
const answer = (packet: Packet, flags: Partial<TcpFlags> = { syn: true, ack: true }): Packet => {
  const tuple = tupleOf(packet)
  if (!tuple) throw new Error('Only packets with ports are answered here.')
  return segment(tuple.destination, tuple.source, flags)
}
const message = (source: Endpoint, destination: Endpoint): Packet =>
  datagram({ ttl: 64, identification: 0, source, destination, payload: NOTHING })

const label = (packet: Packet): string => {
  const tuple = tupleOf(packet)
  return tuple ? `${endpointText(tuple.source)} > ${endpointText(tuple.destination)}` : packet.transport.protocol
}

/** The stops of a walk, each with the packet's label as it reads behind it. */
const labels = ({ steps }: Walk): readonly string[] => steps.map(({ at, packet }) => `${at} ${label(packet)}`)

const chain = (hook: Chain['hook'], rules: readonly Rule[], policy: Chain['policy'] = 'drop'): Chain => ({
  name: hook,
  family: 'inet',
  hook,
  policy,
  rules,
})

const NAT: NatRules = {
  prerouting: [
    {
      match: { destination: '203.0.113.1', protocol: 'tcp', destinationPort: [8443] },
      translation: { kind: 'dnat', to: server },
    },
    { match: { protocol: 'tcp', destinationPort: [80] }, translation: { kind: 'redirect', port: 8080 } },
  ],
  output: [],
  postrouting: [
    { match: { oif: 'out' }, translation: { kind: 'masquerade' } },
    { match: { oif: 'in', source: '192.168.1.0/24', status: ['dnat'] }, translation: { kind: 'masquerade' } },
  ],
}

describe('a packet through a router', () => {
  it('shows one label at each stop: forwarded, its destination changes before the filter, and its source not', () => {
    const gate = chain('forward', [{ match: { protocol: 'tcp', destinationPort: [443] }, action: 'accept' }])
    const walk = walkIn(
      router({ nat: NAT, chains: [gate] }),
      new ConnTrack(),
      segment(stranger, { address: '203.0.113.1', port: 8443 }),
      'out',
    )
    expect(labels(walk)).toEqual([
      'prerouting 198.51.100.7:50000 > 192.168.1.20:443',
      'forward 198.51.100.7:50000 > 192.168.1.20:443',
      'postrouting 198.51.100.7:50000 > 192.168.1.20:443',
    ])
    expect(walk.steps[1]?.filtered).toMatchObject({ action: 'accept', by: 0 })
    expect(walk.end).toMatchObject({ kind: 'sent', oif: 'in' })
  })

  it('is dropped by a filter that names the port before the forward', () => {
    const gate = chain('forward', [{ match: { protocol: 'tcp', destinationPort: [8443] }, action: 'accept' }])
    const walk = walkIn(
      router({ nat: NAT, chains: [gate] }),
      new ConnTrack(),
      segment(stranger, { address: '203.0.113.1', port: 8443 }),
      'out',
    )
    expect(walk.end).toEqual({ kind: 'dropped', why: 'rule' })
  })

  it('leaves with the router’s address, and its answer comes back to the host that asked', () => {
    const [table, home] = [new ConnTrack(), router({ nat: NAT })]
    const out = walkIn(home, table, segment(pc, web), 'in')
    expect(labels(out).at(-1)).toBe('postrouting 203.0.113.1:40000 > 198.51.100.80:443')
    if (out.end.kind !== 'sent') throw new Error('The SYN was not sent.')
    const back = walkIn(home, table, answer(out.end.packet), 'out')
    expect(labels(back)).toEqual([
      'prerouting 198.51.100.80:443 > 192.168.1.10:40000',
      'forward 198.51.100.80:443 > 192.168.1.10:40000',
      'postrouting 198.51.100.80:443 > 192.168.1.10:40000',
    ])
    expect(back.steps.map(({ state }) => state)).toEqual(['established', 'established', 'established'])
  })

  it('from a stranger to a mapped port is for the router itself', () => {
    const [table, home] = [new ConnTrack(), router({ nat: NAT })]
    walkIn(home, table, segment(pc, web), 'in')
    expect(walkIn(home, table, segment(stranger, { address: '203.0.113.1', port: 40_000 }), 'out').end.kind).toBe(
      'local',
    )
  })

  it('is redirected to the router’s first address of that side', () => {
    const walk = walkIn(
      router({ nat: NAT }),
      new ConnTrack(),
      segment(stranger, { address: '203.0.113.2', port: 80 }),
      'out',
    )
    expect(labels(walk).at(-1)).toBe('input 198.51.100.7:50000 > 203.0.113.1:8080')
  })

  it('turned round inside has both ends rewritten, and so has its answer', () => {
    const [table, home] = [new ConnTrack(), router({ nat: NAT })]
    const there = walkIn(home, table, segment(pc, { address: '203.0.113.1', port: 8443 }), 'in')
    expect(labels(there).at(-1)).toBe('postrouting 192.168.1.1:40000 > 192.168.1.20:443')
    if (there.end.kind !== 'sent') throw new Error('The SYN was not sent.')
    expect(labels(walkIn(home, table, answer(there.end.packet), 'in')).at(-1)).toBe(
      'postrouting 203.0.113.1:8443 > 192.168.1.10:40000',
    )
  })

  it('that is refused brings an answer, which passes the router’s own output as `related`', () => {
    const refuse = chain('forward', [{ match: {}, action: 'admin-prohibited' }])
    const packet = segment(stranger, { address: '192.168.1.20', port: 22 })
    const walk = walkIn(router({ chains: [refuse] }), new ConnTrack(), packet, 'out')
    if (walk.end.kind !== 'rejected') throw new Error('The packet was not rejected.')
    expect(walk.end.answer?.steps).toMatchObject([
      { at: 'output', state: 'related', packet: { source: '203.0.113.1', destination: stranger.address } },
      { at: 'postrouting', state: 'related' },
    ])
    const silent = chain('output', [{ match: { state: ['established'] }, action: 'accept' }])
    const muted = walkIn(router({ chains: [refuse, silent] }), new ConnTrack(), packet, 'out')
    if (muted.end.kind !== 'rejected') throw new Error('The packet was not rejected.')
    expect(muted.end.answer?.end).toEqual({ kind: 'dropped', why: 'rule' })
  })

  it('is not answered when it is a RST or an ICMP error itself', () => {
    const refuse = (action: 'reset' | 'port-unreachable') =>
      router({ chains: [chain('forward', [{ match: {}, action }])] })
    const rst = segment(stranger, server, { rst: true })
    expect(walkIn(refuse('reset'), new ConnTrack(), rst, 'out').end).toEqual({ kind: 'rejected', action: 'reset' })
    const error = unreachable(message(server, stranger), 'port')
    expect(walkIn(refuse('port-unreachable'), new ConnTrack(), error, 'out').end).toEqual({
      kind: 'rejected',
      action: 'port-unreachable',
    })
  })

  it('that claims to come from the router, or goes to a loopback address, is dropped', () => {
    const home = router()
    const own = segment({ address: '192.168.1.1', port: 1 }, server)
    expect(walkIn(home, new ConnTrack(), own, 'out').end).toEqual({ kind: 'dropped', why: 'martian' })
    const inner = segment(stranger, { address: '127.0.0.1', port: 22 })
    expect(walkIn(home, new ConnTrack(), inner, 'out').end).toEqual({ kind: 'dropped', why: 'martian' })
  })

  it('without a route, or with no time left, is answered by ICMP', () => {
    const inner: Router = { interfaces: INTERFACES, chains: [] }
    expect(walkIn(inner, new ConnTrack(), segment(pc, web), 'in').end).toMatchObject({
      why: 'no-route',
      answer: { end: { kind: 'sent', oif: 'in' } },
    })
    const tired = { ...segment(pc, web), ttl: 1 }
    expect(walkIn(router(), new ConnTrack(), tired, 'in').end).toMatchObject({
      why: 'ttl',
      answer: { end: { kind: 'sent', oif: 'in' } },
    })
  })

  it('of the router to itself passes output and input, and is new at both', () => {
    const gate = chain('input', [{ match: { iif: 'lo', state: ['new'] }, action: 'accept' }])
    const walk = walkOut(
      router({ chains: [gate] }),
      new ConnTrack(),
      segment({ address: '192.168.1.1', port: 1 }, { address: '192.168.1.1', port: 22 }),
    )
    expect(walk.steps.map(({ at, state }) => `${at} ${state}`)).toEqual([
      'output new',
      'postrouting new',
      'prerouting new',
      'input new',
    ])
    expect(walk.end.kind).toBe('local')
  })

  it('goes the way of the longest prefix, and leaves from the first address of that side', () => {
    expect(routeTo(router(), '192.168.1.77')).toBe('in')
    expect(routeTo(router(), '198.51.100.1')).toBe('out')
    expect(sourceFor(router(), '192.168.1.77')).toBe('192.168.1.1')
    expect(sourceFor(router(), '198.51.100.1')).toBe('203.0.113.1')
    expect(sourceFor({ interfaces: INTERFACES, chains: [] }, '198.51.100.1')).toBeUndefined()
  })
})

describe('an ICMP error about a translated packet', () => {
  it('is rewritten with the packet that it quotes, checksums and all', () => {
    const [table, home] = [new ConnTrack(), router({ nat: NAT })]
    const out = walkIn(home, table, message(pc, web), 'in')
    if (out.end.kind !== 'sent') throw new Error('The datagram was not sent.')
    const error = walkIn(home, table, unreachable(out.end.packet, 'port'), 'out')
    if (error.end.kind !== 'sent') throw new Error('The error was not sent on.')
    const { packet } = error.end
    expect(packet.destination).toBe(pc.address)
    if (packet.transport.protocol !== 'icmp') throw new Error('The error is ICMP.')
    expect(quotedTuple(packet.transport)).toEqual(tupleOf(message(pc, web)))
    expect(checksumsOf(packet.transport.payload)).toMatchObject({ ip: { right: true }, transport: { right: true } })
    expect(checksumsOf(encodeIp(packet))).toMatchObject({ ip: { right: true }, transport: { right: true } })
  })
})

describe('a table of mappings', () => {
  const home: NatTable = { publicAddress: '203.0.113.1', inside: '192.168.1.1/24', mappings: [], forwards: [] }
  const mapped = (port: number) =>
    ({ protocol: 'tcp', inside: pc, public: { address: '203.0.113.1', port }, remote: web }) as const

  it('keeps a port that is free, and takes another where the same server already talks to it', () => {
    const other = { ...pc, address: '192.168.1.11' }
    const first = natOut(home, segment(pc, web))
    expect(first?.mapping?.public).toEqual({ address: '203.0.113.1', port: 40_000 })
    if (!first) throw new Error('The first was not sent.')
    const second = natOut(first.nat, segment(other, web))
    expect(second?.mapping?.public.port).not.toBe(40_000)
    expect(natOut(first.nat, segment(other, { ...web, port: 80 }))?.mapping?.public.port).toBe(40_000)
  })

  it('gives an answer to the mapping’s own remote end only', () => {
    const nat = { ...home, mappings: [mapped(40_001)] }
    const to = { address: '203.0.113.1', port: 40_001 }
    const inward = natIn(nat, segment(web, to, { ack: true }))
    if (inward.kind !== 'inside') throw new Error('The answer was not let in.')
    expect(label(inward.packet)).toBe('198.51.100.80:443 > 192.168.1.10:40000')
    expect(inward.by).toEqual(nat.mappings[0])
    expect(natIn(nat, segment(stranger, to)).kind).toBe('local')
    expect(natIn(nat, segment({ ...web, port: 80 }, to)).kind).toBe('local')
  })

  it('lets a stranger in where a forward says so', () => {
    const nat = { ...home, forwards: [{ protocol: 'tcp', port: 8443, to: server } as const] }
    expect(natIn(nat, segment(stranger, { address: '203.0.113.1', port: 8443 }))).toMatchObject({
      kind: 'inside',
      by: nat.forwards[0],
    })
    expect(natIn(nat, message(stranger, { address: '203.0.113.1', port: 8443 })).kind).toBe('local')
  })

  it('turns packets from inside round with the router’s address, and leaves a stranger’s as it is', () => {
    const nat = { ...home, forwards: [{ protocol: 'tcp', port: 8443, to: server } as const], hairpin: true }
    const public8443 = { address: '203.0.113.1', port: 8443 }
    expect(labels(walkIn(routerOf(nat), new ConnTrack(), segment(pc, public8443), 'in')).at(-1)).toBe(
      'postrouting 192.168.1.1:40000 > 192.168.1.20:443',
    )
    expect(labels(walkIn(routerOf(nat), new ConnTrack(), segment(stranger, public8443), 'out')).at(-1)).toBe(
      'postrouting 198.51.100.7:50000 > 192.168.1.20:443',
    )
  })

  const inside = fc.record({
    address: fc.integer({ min: 2, max: 5 }).map((last) => `192.168.1.${last}`),
    port: fc.integer({ min: 1020, max: 1026 }),
  })
  const remote = fc.record({
    address: fc.constantFrom('198.51.100.80', '198.51.100.81'),
    port: fc.constantFrom(80, 443),
  })

  it('never gives two conversations the same pair of ends outside, and takes every answer back to the one who asked', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(inside, remote, fc.boolean()), { maxLength: 30 }), (calls) => {
        let nat = home
        for (const [from, to, tcp] of calls) nat = natOut(nat, tcp ? segment(from, to) : message(from, to))?.nat ?? nat
        const outside = nat.mappings.map(
          ({ protocol, public: seen, remote: end }) => `${protocol} ${endpointText(seen)} ${endpointText(end)}`,
        )
        const asked = new Set(
          calls.map(([from, to, tcp]) => `${tcp ? 'tcp' : 'udp'} ${endpointText(from)} ${endpointText(to)}`),
        )
        expect(new Set(outside).size).toBe(outside.length)
        expect(outside).toHaveLength(asked.size)
        for (const mapping of nat.mappings) {
          const { protocol, public: seen, remote: end } = mapping
          const inward = natIn(nat, protocol === 'tcp' ? segment(end, seen, { ack: true }) : message(end, seen))
          if (inward.kind !== 'inside') throw new Error('An answer was not let in.')
          expect(tupleOf(inward.packet)).toEqual(reverse({ protocol, source: mapping.inside, destination: end }))
        }
      }),
    )
  })
})
