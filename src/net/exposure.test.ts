import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Address } from './address'
import { familyOf } from './address'
import type { Exposed, Passage, Site } from './exposure'
import { arrive, exposure, scanSite, serverRouter, siteHost } from './exposure'
import type { Action, Chain, Rule } from './filter'
import type { Host } from './host'
import type { NatRule } from './nat'
import type { Container, Publish } from './publish'
import { publishedTo } from './publish'
import type { Router } from './router'
import { probePacket } from './scan'
import type { Socket } from './socket'
import { SocketTable } from './socket-table'
import type { Endpoint, Protocol } from './tuple'
import { endpointText } from './tuple'

const SERVER = '192.0.2.10'
const stranger = { address: '198.51.100.7', iif: 'eth0' }
const itself = { address: '127.0.0.1', iif: 'lo' }

const waiting = (protocol: Protocol, local: Endpoint, part: Partial<Socket> = {}): Socket => ({
  id: `${protocol} ${endpointText(local)}`,
  protocol,
  family: familyOf(local.address),
  v6only: false,
  local,
  state: protocol === 'tcp' ? 'LISTEN' : 'UNCONN',
  reuseaddr: false,
  reuseport: false,
  uid: 0,
  ...part,
})
const listening = (address: Address, port: number) => waiting('tcp', { address, port })

const input = (policy: Chain['policy'], ...rules: readonly Rule[]): Chain => ({
  name: 'input',
  family: 'inet',
  hook: 'input',
  policy,
  rules,
})
const tcp = (port: number, action: Action): Rule => ({ match: { protocol: 'tcp', destinationPort: [port] }, action })

const server = (sockets: readonly Socket[], chains: readonly Chain[] = [], addresses = [SERVER]): Site => ({
  name: 'server',
  router: serverRouter(addresses, chains),
  table: SocketTable.of(sockets),
})

const hostOf = (name: string, address: Address, ...sockets: readonly Socket[]): Host => ({
  name,
  addresses: [address],
  table: SocketTable.of(sockets),
})
const container = (published: readonly Publish[], ...sockets: readonly Socket[]): Container => ({
  host: hostOf('web', '172.17.0.2', ...sockets),
  published,
})

const dock = (
  containers: readonly Container[],
  chains: readonly Chain[] = [],
  sockets: readonly Socket[] = [],
): Site => ({
  ...server(sockets),
  router: {
    ...serverRouter([SERVER, '2001:db8::10'], chains),
    interfaces: [
      { name: 'eth0', addresses: [`${SERVER}/24`, '2001:db8::10/64'] },
      { name: 'docker0', addresses: ['172.17.0.1/16'] },
    ],
  },
  containers,
})

const shown = (found: readonly Exposed[]) =>
  found.map(
    ({ protocol, endpoint, host, socket }) => `${protocol} ${endpointText(endpoint)} ${host.name} ${socket.local.port}`,
  )
const kinds = (through: readonly Passage[]) => through.map(({ kind }) => kind)

describe('what an outsider reaches', () => {
  it('is what listens at an address that they can call', () => {
    const sockets = [
      listening('0.0.0.0', 80),
      listening('127.0.0.1', 5432),
      listening(SERVER, 22),
      listening('::', 443),
    ]
    expect(shown(exposure(server(sockets), stranger))).toEqual([
      `tcp ${SERVER}:22 server 22`,
      `tcp ${SERVER}:80 server 80`,
      `tcp ${SERVER}:443 server 443`,
    ])
  })

  it('is not what listens on an address of another side', () => {
    const site: Site = {
      ...server([listening('10.0.0.5', 5432), listening('0.0.0.0', 80)]),
      router: {
        interfaces: [
          { name: 'eth0', addresses: [`${SERVER}/24`] },
          { name: 'eth1', addresses: ['10.0.0.5/24'] },
        ],
        defaultRoute: 'eth0',
        chains: [],
      },
    }
    expect(shown(exposure(site, stranger))).toEqual([`tcp ${SERVER}:80 server 80`])
    expect(shown(exposure(site, { address: '10.0.0.9', iif: 'eth1' }))).toEqual([
      'tcp 10.0.0.5:80 server 80',
      'tcp 10.0.0.5:5432 server 5432',
    ])
  })

  it('is less behind a filter, and the path names the rule', () => {
    const chain = input('drop', tcp(22, 'accept'), tcp(80, 'accept'))
    const found = exposure(server([listening('0.0.0.0', 80), listening('0.0.0.0', 6379)], [chain]), stranger)
    expect(shown(found)).toEqual([`tcp ${SERVER}:80 server 80`])
    expect(found[0]?.through).toMatchObject([{ kind: 'rule', chain: { name: 'input' }, by: 1 }, { kind: 'listener' }])
  })

  it('is nothing where a rule allows and nobody listens', () => {
    expect(exposure(server([], [input('drop', tcp(80, 'accept'))]), stranger)).toEqual([])
  })

  it('depends on the family of their packets', () => {
    const ip4: Chain = { ...input('drop'), family: 'ip' }
    const site = server([listening('::', 5432)], [ip4], [SERVER, '2001:db8::10'])
    expect(exposure(site, stranger)).toEqual([])
    expect(shown(exposure(site, { address: '2001:db8:1::7', iif: 'eth0' }))).toEqual([
      'tcp [2001:db8::10]:5432 server 5432',
    ])
  })

  it('has UDP sockets too, which need not answer', () => {
    const site = server([waiting('udp', { address: '0.0.0.0', port: 53 })])
    expect(shown(exposure(site, stranger))).toEqual([`udp ${SERVER}:53 server 53`])
  })
})

describe('a published container', () => {
  const publish: Publish = { protocol: 'tcp', hostPort: 8080, containerPort: 80 }

  it('is reached past the input chain, by the port of the host', () => {
    const site = dock([container([publish], listening('0.0.0.0', 80))], [input('drop')])
    const found = exposure(site, stranger)
    expect(shown(found)).toEqual([`tcp ${SERVER}:8080 web 80`])
    expect(kinds(found[0]?.through ?? [])).toEqual(['publish', 'listener'])
  })

  it('meets forward rules under the port inside', () => {
    const forward = (rule: Rule): Chain => ({ ...input('accept', rule), name: 'forward', hook: 'forward' })
    const site = (rule: Rule) => dock([container([publish], listening('0.0.0.0', 80))], [forward(rule)])
    expect(shown(exposure(site(tcp(8080, 'drop')), stranger))).toEqual([`tcp ${SERVER}:8080 web 80`])
    expect(exposure(site(tcp(80, 'drop')), stranger)).toEqual([])
  })

  it('is not reached when its program listens on loopback inside', () => {
    const site = dock([container([publish], listening('127.0.0.1', 80))])
    expect(exposure(site, stranger)).toEqual([])
    expect(scanSite(site, stranger, 'syn', SERVER, [8080])[0]).toMatchObject({ state: 'closed', reason: 'reset' })
  })

  it('at 127.0.0.1 is for the host alone', () => {
    const local: Publish = { protocol: 'tcp', hostAddress: '127.0.0.1', hostPort: 5432, containerPort: 5432 }
    const site = dock([container([local], listening('0.0.0.0', 5432))])
    expect(exposure(site, stranger)).toEqual([])
    const found = exposure(site, itself)
    expect(shown(found)).toEqual(['tcp 127.0.0.1:5432 web 5432'])
    expect(kinds(found[0]?.through ?? [])).toEqual(['proxy', 'listener'])
  })

  it('over IPv6 is reached through the proxy, which the input chain guards', () => {
    const stranger6 = { address: '2001:db8:1::7', iif: 'eth0' }
    const web = container([publish], listening('0.0.0.0', 80))
    const found = exposure(dock([web]), stranger6)
    expect(shown(found)).toEqual(['tcp [2001:db8::10]:8080 web 80'])
    expect(kinds(found[0]?.through ?? [])).toEqual(['proxy', 'listener'])
    expect(exposure(dock([web], [input('drop')]), stranger6)).toEqual([])
  })

  it('hides a program of the host at the same number from outside', () => {
    const site = dock([container([publish], listening('0.0.0.0', 80))], [], [listening(SERVER, 8080)])
    expect(shown(exposure(site, stranger))).toEqual([`tcp ${SERVER}:8080 web 80`])
  })

  it('goes where publishedTo says', () => {
    const port = fc.integer({ min: 1, max: 4 })
    const mapping = fc.record({
      protocol: fc.constantFrom('tcp' as const, 'udp' as const),
      hostPort: port,
      containerPort: port,
      hostAddress: fc.constantFrom(undefined, SERVER, '127.0.0.1', '192.0.2.99', '0.0.0.0'),
    })
    fc.assert(
      fc.property(
        fc.array(mapping, { maxLength: 4 }),
        port,
        fc.constantFrom('tcp' as const, 'udp' as const),
        (made, to, protocol) => {
          const published = made.map(({ hostAddress, ...rest }) => (hostAddress ? { ...rest, hostAddress } : rest))
          const site = dock([container(published)])
          const probe = probePacket(
            protocol,
            { address: stranger.address, port: 54_321 },
            { address: SERVER, port: to },
          )
          const { walk } = arrive(site, probe, 'eth0')
          const expected = publishedTo(siteHost(site), site.containers ?? [], probe)
          expect(walk.end.kind).toBe(expected ? 'sent' : 'local')
          if (expected && walk.end.kind === 'sent')
            expect({ ...walk.end.packet, ttl: expected.packet.ttl }).toEqual(expected.packet)
        },
      ),
    )
  })
})

describe('a router in front', () => {
  const forward: NatRule = {
    match: { protocol: 'tcp', iif: 'wan', destinationPort: [8443] },
    translation: { kind: 'dnat', to: { address: '192.168.1.20', port: 443 } },
  }
  const router: Router = {
    interfaces: [
      { name: 'wan', addresses: ['203.0.113.5/24'] },
      { name: 'lan', addresses: ['192.168.1.1/24'] },
    ],
    defaultRoute: 'wan',
    chains: [],
    nat: { prerouting: [forward], output: [], postrouting: [] },
  }
  const nas = hostOf('nas', '192.168.1.20', listening('0.0.0.0', 443), listening('0.0.0.0', 445))
  const home: Site = { name: 'router', router, table: SocketTable.of([listening('192.168.1.1', 80)]), behind: [nas] }
  const outside = { address: '198.51.100.7', iif: 'wan' }

  it('shows of the inside what is forwarded, under the number outside', () => {
    const found = exposure(home, outside)
    expect(shown(found)).toEqual(['tcp 203.0.113.5:8443 nas 443'])
    expect(found[0]?.through).toMatchObject([
      { kind: 'forward', rule: forward },
      { kind: 'listener', host: { name: 'nas' } },
    ])
  })

  it('brings answers back under the address that was called', () => {
    const probe = probePacket('tcp', { address: '198.51.100.7', port: 50_000 }, { address: '203.0.113.5', port: 8443 })
    expect(arrive(home, probe, 'wan').answer).toMatchObject({ source: '203.0.113.5', transport: { sourcePort: 8443 } })
  })

  it('shows its own page to the inside', () => {
    expect(shown(exposure(home, { address: '192.168.1.30', iif: 'lan' }))).toEqual(['tcp 192.168.1.1:80 router 80'])
  })
})

describe('a scan', () => {
  const address = fc.constantFrom<Address>('0.0.0.0', SERVER, '127.0.0.1', '::')
  const port = fc.integer({ min: 1, max: 6 })
  const socket = fc
    .record({ protocol: fc.constantFrom('tcp' as const, 'udp' as const), address, port })
    .map((one) => waiting(one.protocol, one))
  const rule = fc.record({
    match: fc.record({
      protocol: fc.constantFrom('tcp' as const, 'udp' as const),
      destinationPort: fc.array(port, { minLength: 1, maxLength: 2 }),
    }),
    action: fc.constantFrom<Action>('accept', 'drop', 'reset', 'port-unreachable'),
  })
  const mapping = fc.record({ protocol: fc.constantFrom('tcp' as const), hostPort: port, containerPort: port })
  const anySite = fc
    .record({
      sockets: fc.uniqueArray(socket, { selector: ({ id }) => id, maxLength: 6 }),
      policy: fc.constantFrom('accept' as const, 'drop' as const),
      rules: fc.array(rule, { maxLength: 4 }),
      published: fc.array(mapping, { maxLength: 2 }),
      inside: fc.array(
        port.map((number) => listening('0.0.0.0', number)),
        { maxLength: 3 },
      ),
    })
    .map(({ sockets, policy, rules, published, inside }) =>
      dock([container(published, ...inside)], [input(policy, ...rules)], sockets),
    )

  it('finds open over TCP exactly what is exposed', () => {
    fc.assert(
      fc.property(anySite, (site) => {
        const ports = [1, 2, 3, 4, 5, 6]
        const open = scanSite(site, stranger, 'syn', SERVER, ports).filter(({ state }) => state === 'open')
        const exposed = exposure(site, stranger).filter(({ protocol }) => protocol === 'tcp')
        expect(open.map((one) => one.port)).toEqual(exposed.map(({ endpoint }) => endpoint.port))
      }),
      { numRuns: 300 },
    )
  })

  it('by connect finds the same ports open as by SYN', () => {
    fc.assert(
      fc.property(anySite, (site) => {
        const open = (technique: 'syn' | 'connect') =>
          scanSite(site, stranger, technique, SERVER, [1, 2, 3, 4, 5, 6])
            .filter(({ state }) => state === 'open')
            .map((one) => one.port)
        expect(open('connect')).toEqual(open('syn'))
      }),
    )
  })

  it('never changes the site', () => {
    fc.assert(
      fc.property(anySite, (site) => {
        const before = exposure(site, stranger)
        scanSite(site, stranger, 'syn', SERVER, [1, 2, 3])
        expect(shown(exposure(site, stranger))).toEqual(shown(before))
      }),
      { numRuns: 20 },
    )
  })
})
