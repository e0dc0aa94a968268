import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseAddress } from './address'
import { datagram, synPacket } from './build'
import type { Host } from './host'
import type { Packet } from './packet'
import { tupleOf } from './packet'
import type { Container, Publish } from './publish'
import { parsePublish, printPublish, proxySockets, publishedTo, publishOutcome, publishRefusal } from './publish'
import type { Socket } from './socket'
import { SocketTable } from './socket-table'
import type { Endpoint, Protocol } from './tuple'

const port = fc.integer({ min: 1, max: 65535 })
const address = fc.oneof(fc.ipV4(), fc.ipV6()).map((text) => parseAddress(text) ?? '0.0.0.0')
const anyPublish: fc.Arbitrary<Publish> = fc
  .record({
    protocol: fc.constantFrom('tcp' as const, 'udp' as const),
    hostPort: port,
    containerPort: port,
    hostAddress: fc.option(address, { nil: undefined }),
  })
  .map(({ hostAddress, ...rest }) => (hostAddress === undefined ? rest : { ...rest, hostAddress }))

const listener = (protocol: Protocol, local: Endpoint): Socket => ({
  id: `${protocol} ${local.address} ${local.port}`,
  protocol,
  family: local.address.includes(':') ? 6 : 4,
  v6only: false,
  local,
  state: protocol === 'tcp' ? 'LISTEN' : 'UNCONN',
  reuseaddr: false,
  reuseport: false,
  uid: 0,
})

const hostWith = (sockets: readonly Socket[] = []): Host => ({
  name: 'dock',
  addresses: ['192.0.2.10', '2001:db8::10'],
  table: SocketTable.of(sockets),
})

const containerWith = (published: readonly Publish[], name = 'web', inside = '172.17.0.2'): Container => ({
  host: { name, addresses: [inside], table: SocketTable.of([]) },
  published,
})

const read = (text: string): Publish => {
  const publish = parsePublish(text)
  if ('malformed' in publish) throw new Error(publish.malformed)
  return publish
}
const fault = (text: string): string => {
  const publish = parsePublish(text)
  return 'malformed' in publish ? publish.malformed : `read as ${printPublish(publish)}`
}

const ip = { ttl: 64, identification: 0 }
const stranger = { address: '198.51.100.7', port: 50_000 }
const syn = (destination: Endpoint, source = stranger): Packet =>
  synPacket({ ...ip, source, destination, seq: 1, tsval: 1 })
const endOf = (packet: Packet | undefined) => packet && tupleOf(packet)?.destination

describe('what stands after -p', () => {
  it('is printed so that it reads as the same mapping', () => {
    fc.assert(
      fc.property(anyPublish, (publish) => {
        expect(parsePublish(printPublish(publish))).toEqual(publish)
      }),
    )
  })

  it.each([
    ['8080:80', { protocol: 'tcp', hostPort: 8080, containerPort: 80 }],
    ['127.0.0.1:5432:5432', { protocol: 'tcp', hostAddress: '127.0.0.1', hostPort: 5432, containerPort: 5432 }],
    ['5353:53/udp', { protocol: 'udp', hostPort: 5353, containerPort: 53 }],
    ['[2001:db8::5]:8080:80/tcp', { protocol: 'tcp', hostAddress: '2001:db8::5', hostPort: 8080, containerPort: 80 }],
    [' 53:53/UDP ', { protocol: 'udp', hostPort: 53, containerPort: 53 }],
  ] as const)('is read from left to right, outside before inside: %s', (text, publish) => {
    expect(parsePublish(text)).toEqual(publish)
  })

  it.each([
    ['', 'Nothing is published: write hostPort:containerPort, for example 8080:80.'],
    ['80', '"80" names one port only: write hostPort:containerPort, for example 8080:80.'],
    ['8080:80/sctp', '"/sctp" is no protocol: write /tcp or /udp, or nothing for TCP.'],
    ['8080:80/tcp/udp', '"/tcp/udp" is no protocol: write /tcp or /udp, or nothing for TCP.'],
    ['http:80', '"http" is no port: write a number from 1 to 65535 left of the last colon, the port of the host.'],
    ['8080:', '"" is no port: write a number from 1 to 65535 right of the last colon, the port in the container.'],
    ['0:80', '"0" is no port: write a number from 1 to 65535 left of the last colon, the port of the host.'],
    ['70000:80', '"70000" is no port: write a number from 1 to 65535 left of the last colon, the port of the host.'],
    ['7000-7009:80', '"7000-7009" is a range: write one port left of the last colon, the port of the host.'],
    ['localhost:8080:80', '"localhost" is no address of the host: write 127.0.0.1, or an IPv6 address in brackets.'],
    [
      '2001:db8::5:8080:80',
      '"2001:db8::5:8080:80" has too many colons: an IPv6 address stands in brackets, [2001:db8::1]:8080:80.',
    ],
    [
      '[192.0.2.1]:8080:80',
      '"[192.0.2.1]" is no address of the host: write 127.0.0.1, or an IPv6 address in brackets.',
    ],
  ])('says what is wrong with "%s"', (text, sentence) => expect(fault(text)).toBe(sentence))

  it('never throws, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(parsePublish(text)).toBeTypeOf('object')
      }),
    )
  })
})

describe('a published port', () => {
  const web = containerWith([read('8080:80')])

  it('leads to the port of the container, whatever its own number', () => {
    const found = publishedTo(hostWith(), [web], syn({ address: '192.0.2.10', port: 8080 }))
    expect(endOf(found?.packet)).toEqual({ address: '172.17.0.2', port: 80 })
    expect(found?.packet.source).toBe(stranger.address)
  })

  it('is not the port of the container at the host', () => {
    expect(publishedTo(hostWith(), [web], syn({ address: '192.0.2.10', port: 80 }))).toBeUndefined()
  })

  it('is one of one protocol', () => {
    const destination = { address: '192.0.2.10', port: 8080 }
    const postcard = datagram({ ...ip, source: stranger, destination, payload: new Uint8Array() })
    expect(publishedTo(hostWith(), [web], postcard)).toBeUndefined()
  })

  it('at one address is not at the others', () => {
    const local = containerWith([read('127.0.0.1:5432:5432')])
    expect(publishedTo(hostWith(), [local], syn({ address: '192.0.2.10', port: 5432 }))).toBeUndefined()
  })

  it('over IPv6 is left to the proxy when the container has no IPv6 address', () => {
    const source = { address: '2001:db8:1::7', port: 50_000 }
    const packet = syn({ address: '2001:db8::10', port: 8080 }, source)
    expect(publishedTo(hostWith(), [web], packet)).toBeUndefined()
    const dual = { ...web, host: { ...web.host, addresses: ['172.17.0.2', 'fd00:17::2'] } }
    expect(endOf(publishedTo(hostWith(), [dual], packet)?.packet)).toEqual({ address: 'fd00:17::2', port: 80 })
  })

  it('is held on the host by a listener for each family', () => {
    expect(proxySockets(read('8080:80')).map(({ local }) => local)).toEqual([
      { address: '0.0.0.0', port: 8080 },
      { address: '::', port: 8080 },
    ])
    expect(proxySockets(read('127.0.0.1:53:53/udp')).map(({ local, state }) => [local.address, state])).toEqual([
      ['127.0.0.1', 'UNCONN'],
    ])
  })

  it('never changes who sent the packet, and only goes where a mapping says', () => {
    const destination = fc.record({
      address: fc.constantFrom('192.0.2.10', '192.0.2.11'),
      port: fc.integer({ min: 1, max: 4 }),
    })
    const published = fc.array(
      fc.record({
        protocol: fc.constantFrom('tcp' as const, 'udp' as const),
        hostPort: fc.integer({ min: 1, max: 4 }),
        containerPort: port,
      }),
    )
    fc.assert(
      fc.property(destination, published, (to, mappings) => {
        const found = publishedTo(hostWith(), [containerWith(mappings)], syn(to))
        const mapping = mappings.find((one) => one.protocol === 'tcp' && one.hostPort === to.port)
        expect(endOf(found?.packet)).toEqual(
          mapping && to.address === '192.0.2.10' ? { address: '172.17.0.2', port: mapping.containerPort } : undefined,
        )
        if (found) expect(tupleOf(found.packet)?.source).toEqual(stranger)
      }),
    )
  })
})

describe('the host side of a mapping', () => {
  const first = containerWith([read('8080:80')])

  it('may be free although the container listens on the same number as another', () => {
    expect(publishOutcome(hostWith(), [first], read('8081:80'))).toEqual({ granted: true })
  })

  it('is refused when another container has the port', () => {
    const publish = read('8080:80')
    const outcome = publishOutcome(hostWith(), [first], publish)
    expect(outcome).toEqual({ granted: false, by: 'container', container: first })
    expect(!outcome.granted && publishRefusal(publish, outcome)).toBe(
      'Bind for 0.0.0.0:8080 failed: port is already allocated',
    )
  })

  it('is refused when a program of the host has the port', () => {
    const publish = read('5432:5432')
    const outcome = publishOutcome(hostWith([listener('tcp', { address: '127.0.0.1', port: 5432 })]), [], publish)
    expect(outcome).toEqual({ granted: false, by: 'socket', errno: 'EADDRINUSE' })
    expect(!outcome.granted && publishRefusal(publish, outcome)).toBe(
      'listen tcp4 0.0.0.0:5432: bind: address already in use',
    )
  })

  it('is free beside the other protocol and beside another address', () => {
    const dns = hostWith([listener('udp', { address: '0.0.0.0', port: 53 })])
    expect(publishOutcome(dns, [], read('53:53')).granted).toBe(true)
    const taken = [containerWith([read('127.0.0.1:8080:80')])]
    expect(publishOutcome(hostWith(), taken, read('192.0.2.10:8080:80')).granted).toBe(true)
    const everywhere = read('8080:80')
    const outcome = publishOutcome(hostWith(), taken, everywhere)
    expect(!outcome.granted && publishRefusal(everywhere, outcome)).toBe(
      'listen tcp4 0.0.0.0:8080: bind: address already in use',
    )
  })

  it('must be an address of the host', () => {
    const publish = read('192.0.2.99:8080:80')
    const outcome = publishOutcome(hostWith(), [], publish)
    expect(outcome).toEqual({ granted: false, by: 'socket', errno: 'EADDRNOTAVAIL' })
    expect(!outcome.granted && publishRefusal(publish, outcome)).toBe(
      'listen tcp4 192.0.2.99:8080: bind: cannot assign requested address',
    )
  })

  it('does not depend on the number inside', () => {
    fc.assert(
      fc.property(anyPublish, anyPublish, port, (one, other, inside) => {
        const outcome = (publish: Publish) => publishOutcome(hostWith(), [containerWith([one])], publish).granted
        expect(outcome(other)).toBe(outcome({ ...other, containerPort: inside }))
      }),
    )
  })
})
