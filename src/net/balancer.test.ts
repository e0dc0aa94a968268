import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Balancer, Target } from './balancer'
import { balancerRoute, checked } from './balancer'
import { datagram, segmentPacket, synPacket } from './build'
import { haproxyConfig } from './haproxy'
import { ipvsadmList } from './ipvsadm'
import { LINUX_EPHEMERAL } from './kernel'
import type { Packet } from './packet'
import { tupleOf } from './packet'
import { receive } from './receive'
import { SocketTable } from './socket-table'
import type { Endpoint } from './tuple'

const ADDRESS = '10.0.0.10'
const caller = { address: '198.51.100.7', port: 50_000 }
const ip = { ttl: 64, identification: 0 }
const first = () => 0

const target = (address: string, healthy = true, listens = [8080]): Target => ({
  address,
  healthy,
  host: {
    name: `web-${address.split('.')[3]}`,
    addresses: [address],
    table: SocketTable.of(
      listens.map((port) => ({
        id: `tcp ${port}`,
        protocol: 'tcp',
        family: 4,
        v6only: false,
        local: { address: '0.0.0.0', port },
        state: 'LISTEN',
        reuseaddr: false,
        reuseport: false,
        uid: 0,
      })),
    ),
  },
})

const balancer = (part: Partial<Balancer> = {}, targets = [target('10.0.1.11'), target('10.0.1.12')]): Balancer => ({
  name: 'edge',
  address: ADDRESS,
  mode: 'proxy',
  listeners: [{ protocol: 'tcp', port: 443, pool: 'web' }],
  pools: [{ name: 'web', port: 8080, targets }],
  ...part,
})

const syn = (destination: Endpoint): Packet => synPacket({ ...ip, source: caller, destination, seq: 1, tsval: 1 })
const at = (port: number) => ({ address: ADDRESS, port })

describe('a balancer', () => {
  it('in proxy mode calls the target itself, from a port of its own, at the port of the pool', () => {
    const route = balancerRoute(balancer(), syn(at(443)), first)
    expect(route.kind === 'routed' && tupleOf(route.packet)).toEqual({
      protocol: 'tcp',
      source: { address: ADDRESS, port: LINUX_EPHEMERAL[0] },
      destination: { address: '10.0.1.11', port: 8080 },
    })
    expect(route.kind === 'routed' && route.flows).toHaveLength(2)
  })

  it('in passthrough mode hands on what the caller sent', () => {
    const packet = syn(at(443))
    const route = balancerRoute(balancer({ mode: 'passthrough' }), packet, first)
    expect(route.kind === 'routed' && tupleOf(route.packet)).toEqual({
      protocol: 'tcp',
      source: caller,
      destination: { address: '10.0.1.11', port: 8080 },
    })
    expect(route.kind === 'routed' && route.flows).toEqual([tupleOf(packet)])
  })

  it('refuses where nobody listens, also at the port of the pool', () => {
    expect(balancerRoute(balancer(), syn(at(8080)), first).kind).toBe('rst')
    const postcard = datagram({ ...ip, source: caller, destination: at(443), payload: new Uint8Array() })
    expect(balancerRoute(balancer(), postcard, first).kind).toBe('icmp')
  })

  it('serves nobody when no target is healthy', () => {
    const ill = balancer({}, [target('10.0.1.11', false)])
    expect(balancerRoute(ill, syn(at(443)), first).kind).toBe('unserved')
    expect(balancerRoute(balancer({ pools: [] }), syn(at(443)), first)).toMatchObject({
      kind: 'unserved',
      pool: undefined,
    })
  })

  it('chooses for first packets only, and only its own', () => {
    const later = segmentPacket({
      ...ip,
      source: caller,
      destination: at(443),
      seq: 2,
      ack: 1,
      flags: { ack: true },
      window: 1,
    })
    expect(balancerRoute(balancer(), later, first).kind).toBe('none')
    expect(balancerRoute(balancer(), syn({ address: '10.0.0.11', port: 443 }), first).kind).toBe('none')
  })

  it('never sends to the ill, nor to another port than the pool has', () => {
    const health = fc.array(fc.boolean(), { minLength: 1, maxLength: 5 })
    const chance = fc.double({ min: 0, max: 0.999, noNaN: true })
    const mode = fc.constantFrom('proxy' as const, 'passthrough' as const)
    fc.assert(
      fc.property(health, chance, chance, mode, (healthy, a, b, how) => {
        const targets = healthy.map((one, index) => target(`10.0.1.${index + 1}`, one))
        const chances = [a, b, a, b, a]
        const route = balancerRoute(balancer({ mode: how }, targets), syn(at(443)), () => chances.pop() ?? 0)
        if (!healthy.includes(true)) {
          expect(route.kind).toBe('unserved')
          return
        }
        const tuple = route.kind === 'routed' ? tupleOf(route.packet) : undefined
        expect(targets.filter((one) => one.healthy).map(({ address }) => address)).toContain(tuple?.destination.address)
        expect(tuple?.destination.port).toBe(8080)
        const port = tuple?.source.port ?? 0
        if (how === 'passthrough') expect(tuple?.source).toEqual(caller)
        else
          expect([tuple?.source.address, port >= LINUX_EPHEMERAL[0], port <= LINUX_EPHEMERAL[1]]).toEqual([
            ADDRESS,
            true,
            true,
          ])
      }),
    )
  })

  it('reaches a program exactly when it listens at the port of the pool', () => {
    const port = fc.constantFrom(80, 443, 8080)
    fc.assert(
      fc.property(port, port, (listens, pool) => {
        const one = target('10.0.1.11', true, [listens])
        const route = balancerRoute(
          balancer({ pools: [{ name: 'web', port: pool, targets: [one] }] }),
          syn(at(443)),
          first,
        )
        const verdict = route.kind === 'routed' ? receive(one.host, route.packet).verdict.kind : route.kind
        expect(verdict).toBe(listens === pool ? 'listener' : 'rst')
      }),
    )
  })
})

describe('a health check', () => {
  it('calls the port of the pool', () => {
    const [a, b] =
      checked(balancer({}, [target('10.0.1.11', false), target('10.0.1.12', true, [443])])).pools[0]?.targets ?? []
    expect([a?.healthy, b?.healthy]).toEqual([true, false])
  })

  it('may call another port, which says nothing of the first', () => {
    const pools = [{ name: 'web', port: 8080, checkPort: 9000, targets: [target('10.0.1.11', false, [9000])] }]
    const after = checked(balancer({ pools }))
    expect(after.pools[0]?.targets[0]?.healthy).toBe(true)
    const route = balancerRoute(after, syn(at(443)), first)
    const [one] = pools[0]?.targets ?? []
    expect(route.kind === 'routed' && one && receive(one.host, route.packet).verdict.kind).toBe('rst')
  })

  it('fails when what stands between does not answer', () => {
    const after = checked(balancer(), () => () => undefined)
    expect(after.pools[0]?.targets.map(({ healthy }) => healthy)).toEqual([false, false])
  })
})

describe('the text of a balancer', () => {
  it('is a configuration of HAProxy', () => {
    const pools = [{ name: 'web', port: 8080, checkPort: 8081, targets: [target('10.0.1.11'), target('10.0.1.12')] }]
    expect(haproxyConfig(balancer({ pools }))).toEqual([
      'frontend edge_443',
      '    mode tcp',
      '    bind 10.0.0.10:443',
      '    default_backend web',
      '',
      'backend web',
      '    mode tcp',
      '    balance roundrobin',
      '    server web-11 10.0.1.11:8080 check port 8081',
      '    server web-12 10.0.1.12:8080 check port 8081',
    ])
  })

  it('is none of HAProxy for packets that are only handed on', () => {
    expect(() => haproxyConfig(balancer({ mode: 'passthrough' }))).toThrow('HAProxy can do neither')
    const udp = balancer({ listeners: [{ protocol: 'udp', port: 53, pool: 'web' }] })
    expect(() => haproxyConfig(udp)).toThrow('Balancer "edge"')
  })

  it('is a list of ipvsadm, with the targets in use', () => {
    const targets = [target('10.0.1.11'), target('10.0.1.12', false)]
    expect(ipvsadmList(balancer({ mode: 'passthrough' }, targets)).map((line) => line.trimEnd())).toEqual([
      'IP Virtual Server version 1.2.1 (size=4096)',
      'Prot LocalAddress:Port Scheduler Flags',
      '  -> RemoteAddress:Port           Forward Weight ActiveConn InActConn',
      'TCP  10.0.0.10:443 rr',
      '  -> 10.0.1.11:8080               Masq    1      0          0',
    ])
  })
})
