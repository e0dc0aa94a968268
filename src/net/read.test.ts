import { readFileSync, readdirSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Service } from './cluster'
import type { DockerRow } from './docker-ps'
import { dockerPorts, dockerPs } from './docker-ps'
import type { Action, Chain, ConnState, Match, PortMatch, Rule } from './filter'
import { iptablesList, iptablesNatList, iptablesNatSpecs, iptablesSpecs } from './iptables-text'
import { kubectlGetServices } from './kubectl'
import { netstatTable } from './netstat'
import { nftNatRule, nftRule, nftRuleset } from './nft-text'
import type { Publish } from './publish'
import { readDockerPs } from './read-docker-ps'
import { readIptables } from './read-iptables'
import { readServices } from './read-kubectl'
import type { NumberedLine } from './read-lines'
import { readNetstat } from './read-netstat'
import { readNft } from './read-nft'
import { readSs } from './read-ss'
import type { SocketState } from './socket'
import type { SsSocket } from './ss'
import { ssTable } from './ss'

const VIEWS = 'evidence/views'
const recorded = (name: RegExp) => readdirSync(VIEWS).filter((file) => file.endsWith('.txt') && name.test(file))
const textOf = (file: string) => readFileSync(`${VIEWS}/${file}`, 'utf8').trimEnd()
const lined = (text: string | readonly string[]): readonly NumberedLine[] =>
  (typeof text === 'string' ? text.split('\n') : text).map((line, index) => ({ number: index + 1, text: line }))

const port = fc.integer({ min: 1, max: 65535 })
const v4 = fc
  .tuple(fc.integer({ min: 1, max: 223 }), fc.nat(255), fc.nat(255), fc.nat(255))
  .map((parts) => parts.join('.'))
const v6 = fc.nat(0xffff).map((last) => (last === 0 ? '2001:db8::a' : `2001:db8::${last.toString(16)}`))
const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,11}$/)

const CONNECTED: readonly SocketState[] = ['ESTAB', 'TIME-WAIT', 'CLOSE-WAIT', 'FIN-WAIT-2', 'SYN-SENT', 'LAST-ACK']
const process = fc.option(fc.record({ name, pid: fc.integer({ min: 1, max: 99999 }), fd: fc.nat(99) }), {
  nil: undefined,
})
const queue = fc.nat(9999)

/** Any socket that a list shows. */
const socket: fc.Arbitrary<SsSocket> = fc
  .record({
    protocol: fc.constantFrom('tcp' as const, 'udp' as const),
    bind: fc.oneof(v4, v6, fc.constantFrom('0.0.0.0', '::', '*', '127.0.0.1', '::1')),
    port,
    peer: fc.option(fc.record({ four: v4, six: v6, port }), { nil: undefined }),
    state: fc.constantFrom(...CONNECTED),
    recvq: queue,
    sendq: queue,
    process,
  })
  .map(({ protocol, bind, port: number, peer, state, recvq, sendq, process: by }) => {
    const star = bind === '*'
    const address = star ? '::' : bind
    const family = address.includes(':') ? 6 : 4
    return {
      protocol,
      family,
      v6only: family === 6 && !star && address === '::',
      state: peer ? (protocol === 'udp' ? 'ESTAB' : state) : protocol === 'tcp' ? 'LISTEN' : 'UNCONN',
      local: { address, port: number },
      ...(peer && { peer: { address: family === 6 ? peer.six : peer.four, port: peer.port } }),
      recvq,
      sendq,
      ...(by && { process: by }),
    }
  })

/** A socket as text, whatever the order of its fields. */
const key = ({ protocol, family, v6only, state, local, peer, recvq, sendq, process: by }: SsSocket): string =>
  JSON.stringify([protocol, family, v6only, state, local, peer, recvq, sendq, by])
const keys = (sockets: readonly SsSocket[]) => sockets.map(key).toSorted()

describe('a list of ss', () => {
  it.each(recorded(/^ss-/))('is read as it was recorded, and prints again the same: %s', (file) => {
    const text = textOf(file)
    const { sockets, unread } = readSs(lined(text))
    expect(unread).toEqual([])
    expect(sockets).toHaveLength(text.split('\n').length - 1)
    const protocols = [sockets[0]?.protocol ?? 'tcp']
    const again = ssTable(sockets, { protocols, show: 'all', processes: true })
    const squeezed = (line: string) => line.replace(/\s+/g, ' ').trim()
    expect(again.map(squeezed)).toEqual(text.split('\n').map(squeezed))
  })

  it('is read back whatever the sockets are', () => {
    fc.assert(
      fc.property(fc.array(socket, { maxLength: 12 }), (sockets) => {
        const read = readSs(lined(ssTable(sockets, { show: 'all', processes: true })))
        expect(read.unread).toEqual([])
        expect(keys(read.sockets)).toEqual(keys(sockets))
      }),
    )
  })

  it('may be spread over a terminal, name its ports, and stand without its heading', () => {
    const text = 'LISTEN     0      128      0.0.0.0:ssh        0.0.0.0:*     users:(("sshd",pid=812,fd=3))  '
    const { sockets } = readSs(lined(text), { portOf: (service) => (service === 'ssh' ? 22 : undefined) })
    expect(sockets).toMatchObject([{ local: { address: '0.0.0.0', port: 22 }, process: { name: 'sshd', pid: 812 } }])
    expect(readSs(lined(text)).unread).toMatchObject([{ number: 1, why: 'name', what: 'ssh' }])
  })

  it('says of each line that it cannot read why', () => {
    const text = [
      'Netid State  Recv-Q Send-Q Local Address:Port  Peer Address:Port Process',
      'u_str ESTAB  0      0      * 16093            * 17091',
      'udp   UNCONN 0      0      0.0.0.0%virbr0:67  0.0.0.0:*',
      'tcp   LISTEN 0      128    300.0.0.1:22       0.0.0.0:*',
      'tcp   LISTEN 0      128',
      'tcp   NAPPING 0     128    0.0.0.0:22         0.0.0.0:*',
      'udp   UNCONN 0      0      127.0.0.53%lo:53   0.0.0.0:*',
    ]
    const { sockets, unread } = readSs(lined(text))
    expect(unread.map(({ number, why }) => `${number} ${why}`)).toEqual([
      '2 no-ports',
      '3 device',
      '4 end',
      '5 columns',
      '6 state',
    ])
    expect(sockets).toMatchObject([{ protocol: 'udp', local: { address: '127.0.0.53', port: 53 } }])
  })
})

describe('a list of netstat', () => {
  it.each(recorded(/^netstat-/))('is read as it was recorded, and prints again the same: %s', (file) => {
    const lines = textOf(file).split('\n')
    const { sockets, unread } = readNetstat(lined(lines))
    // An address that fills its column may have been cut off, and is not guessed.
    const cut = lines.filter((line) => /^\w+6 .* [\da-f:]{23} /.test(line))
    expect(unread.map(({ text, why }) => [text, why])).toEqual(cut.map((line) => [line, 'cut']))
    const options = {
      protocols: ['tcp', 'udp'],
      show: file.includes('lnp') ? 'listening' : 'all',
      processes: file.includes('p.txt'),
    } as const
    const squeezed = (line: string) => line.replace(/\s+/g, ' ').trim()
    expect(netstatTable(sockets, options).map(squeezed)).toEqual(
      lines.filter((line) => !cut.includes(line)).map(squeezed),
    )
  })

  it('is read back whatever the sockets are', () => {
    fc.assert(
      fc.property(fc.array(socket, { maxLength: 12 }), (sockets) => {
        const lines = netstatTable(sockets, { protocols: ['tcp', 'udp'], show: 'all', processes: true })
        const { sockets: read, unread } = readNetstat(lined(lines))
        expect(unread.filter(({ why }) => why !== 'cut')).toEqual([])
        expect(read.length + unread.length).toBe(sockets.length)
        // It has no descriptors, and does not say who takes both families.
        const shown = ({ process: by, ...rest }: SsSocket) =>
          key({ ...rest, v6only: false, ...(by && { process: { ...by, fd: 0 } }) })
        const known = sockets.map(shown)
        for (const one of read.map(shown)) expect(known).toContain(one)
      }),
    )
  })

  it('takes an IPv6 wildcard for both families unless IPv4 has its own', () => {
    const lines = [
      'tcp        0      0 0.0.0.0:22              0.0.0.0:*               LISTEN      812/sshd: /usr/sbin',
      'tcp6       0      0 :::22                   :::*                    LISTEN      812/sshd: /usr/sbin',
      'tcp6       0      0 :::80                   :::*                    LISTEN      -',
    ]
    expect(readNetstat(lined(lines)).sockets.map(({ v6only }) => v6only)).toEqual([false, true, false])
  })
})

const publish: fc.Arbitrary<Publish> = fc
  .record({
    protocol: fc.constantFrom('tcp' as const, 'udp' as const),
    hostAddress: fc.option(fc.oneof(v4, v6), { nil: undefined }),
    hostPort: port,
    containerPort: port,
  })
  .map(({ hostAddress, ...rest }) => ({ ...rest, ...(hostAddress !== undefined && { hostAddress }) }))

describe('a list of docker', () => {
  it.each(recorded(/^docker-/))('is read as it was recorded, and prints again the same: %s', (file) => {
    const lines = textOf(file).split('\n')
    const { containers, unread } = readDockerPs(lined(lines))
    expect(unread).toEqual([])
    const ports = (line: string) => line.match(/(\S+:)?[\d-]+(->[\d-]+)?\/(tcp|udp)/g) ?? []
    expect(dockerPorts(containers).map(ports)).toEqual(lines.map(ports))
    expect(containers.map(({ name: called }) => called)).toEqual(
      lines
        .slice(1)
        .map((line) =>
          line.startsWith('NAMES') || lines[0]?.startsWith('NAMES') ? line.split(' ')[0] : line.split(/\s+/).at(-1),
        ),
    )
  })

  it('is read back whatever is published', () => {
    const row = fc.record({
      name,
      published: fc.uniqueArray(publish, { maxLength: 4, selector: (one) => one.hostPort }),
    })
    fc.assert(
      fc.property(fc.array(row, { maxLength: 6 }), (rows) => {
        const made = rows.map((one): DockerRow => ({
          ...one,
          id: '0123456789ab',
          image: 'nginx:1.27',
          command: '/docker-entrypoint.sh nginx',
          created: '2 hours ago',
          status: 'Up 2 hours (healthy)',
        }))
        const key = (one: Publish) => `${one.protocol} ${one.hostAddress ?? ''} ${one.hostPort} ${one.containerPort}`
        for (const lines of [dockerPs(made), dockerPorts(made)]) {
          const read = readDockerPs(lined(lines))
          expect(read.unread).toEqual([])
          expect(read.containers.map((one) => [one.name, one.published.map(key).sort()])).toEqual(
            made.map((one) => [one.name, one.published.map(key).sort()]),
          )
        }
      }),
    )
  })
})

describe('a list of kubectl', () => {
  it.each(recorded(/^kubectl-get-svc/))('is read as it was recorded, and prints again the same: %s', (file) => {
    const lines = textOf(file).split('\n')
    const { services, unread } = readServices(lined(lines))
    expect(unread).toEqual([])
    const ages = lines.slice(1).map((line) => line.split(/\s+/).at(-1) ?? '')
    expect(kubectlGetServices(services.map((service, index) => ({ service, age: ages[index] ?? '' })))).toEqual(lines)
  })

  it('is read back whatever the Services are', () => {
    const ports = fc.uniqueArray(
      fc.record({
        protocol: fc.constantFrom('tcp' as const, 'udp' as const),
        port,
        nodePort: fc.option(port, { nil: undefined }),
      }),
      { minLength: 1, maxLength: 4, selector: (one) => one.port },
    )
    const service = fc.record({
      name,
      type: fc.constantFrom('ClusterIP' as const, 'NodePort' as const, 'LoadBalancer' as const),
      clusterIP: v4,
      externalIP: v4,
      ports,
    })
    fc.assert(
      fc.property(fc.array(service, { maxLength: 6 }), (made) => {
        const services = made.map(({ externalIP, ports: list, ...rest }): Service => {
          const plain = list.map(({ nodePort, ...one }) => ({ ...one, ...(nodePort !== undefined && { nodePort }) }))
          return { ...rest, ...(rest.type === 'LoadBalancer' && { externalIP }), ports: plain, selector: {} }
        })
        const read = readServices(lined(kubectlGetServices(services.map((one) => ({ service: one, age: '3h' })))))
        expect(read).toEqual({ services, unread: [] })
      }),
    )
  })

  it('leaves out what has no address, and says so', () => {
    const text = [
      'NAMESPACE   NAME   TYPE           CLUSTER-IP   EXTERNAL-IP    PORT(S)    AGE',
      'default     db     ClusterIP      None         <none>         5432/TCP   2d',
      'default     out    ExternalName   <none>       example.com    <none>     2d',
      'default     web    NodePort       10.96.0.9    <none>         80:30080/TCP   2d',
    ]
    const { services, unread } = readServices(lined(text))
    expect(unread.map(({ number, why }) => `${number} ${why}`)).toEqual(['2 no-address', '3 no-address'])
    expect(services.map((one) => one.name)).toEqual(['web'])
  })
})

const span: fc.Arbitrary<PortMatch> = fc.oneof(
  port,
  fc.tuple(port, port).map(([a, b]) => (a < b ? { from: a, to: b } : a > b ? { from: b, to: a } : a)),
)
const STATES: readonly ConnState[] = ['new', 'established', 'related', 'invalid']
const ACTIONS: readonly Action[] = [
  'accept',
  'drop',
  'reset',
  'port-unreachable',
  'host-unreachable',
  'admin-prohibited',
]
const prefix = fc.tuple(v4, fc.integer({ min: 1, max: 31 })).map(([address, length]) => `${address}/${length}`)
/** Ports as a listing keeps them: few enough for iptables, in order, each once. */
const spans = fc
  .uniqueArray(span, { minLength: 1, maxLength: 4, selector: (one) => (typeof one === 'number' ? one : one.from) })
  .map((list) => list.toSorted((a, b) => (typeof a === 'number' ? a : a.from) - (typeof b === 'number' ? b : b.from)))

const rule: fc.Arbitrary<Rule> = fc
  .record(
    {
      protocol: fc.constantFrom('tcp' as const, 'udp' as const),
      source: fc.oneof(prefix, v4),
      destination: fc.oneof(prefix, v4),
      destinationPort: spans,
      iif: fc.constantFrom('eth0', 'lo', 'br-lan'),
      state: fc.subarray([...STATES], { minLength: 1 }),
      action: fc.constantFrom(...ACTIONS),
    },
    { requiredKeys: ['action'] },
  )
  .map(({ action, protocol, destinationPort, ...rest }) => {
    const of = protocol ?? (destinationPort || action === 'reset' ? 'tcp' : undefined)
    return {
      match: {
        ...rest,
        ...(action === 'reset' ? { protocol: 'tcp' as const } : of && { protocol: of }),
        ...(destinationPort && { destinationPort }),
      },
      action,
    }
  })
const chain = (family: Chain['family']): fc.Arbitrary<Chain> =>
  fc.record({
    name: fc.constant('input'),
    family: fc.constant(family),
    hook: fc.constant('input' as const),
    policy: fc.constantFrom('accept' as const, 'drop' as const),
    rules: fc.array(rule, { maxLength: 8 }),
  })

const sameStates = (match: Match): Match => ({ ...match, ...(match.state && { state: match.state.toSorted() }) })
function withoutInterface(match: Match): Match {
  const { iif, ...rest } = match
  return iif === undefined ? match : rest
}
const comparable = ({ policy, rules }: Chain) => ({
  policy,
  rules: rules.map(({ match, action }) => ({ match: sameStates(match), action })),
})

describe('a listing of nft', () => {
  it.each(recorded(/^nft-/))('is read as it was recorded, and every rule prints again the same: %s', (file) => {
    const text = textOf(file)
    const { chains, nat, unread } = readNft(lined(text))
    expect(unread).toEqual([])
    const printed = [
      ...chains.flatMap(({ chain: one }) => one.rules.map((each) => nftRule(each, one.family))),
      ...nat.flatMap(({ family, rules }) => rules.map((each) => nftNatRule(each, family))),
    ]
    const heads = /^\s*(table|chain|type|\})|^\s*$/
    expect(printed.toSorted()).toEqual(
      text
        .split('\n')
        .filter((line) => !heads.test(line))
        .map((line) => line.trim())
        .toSorted(),
    )
    expect(chains.every(({ gaps }) => gaps.length === 0)).toBe(true)
  })

  it('is read back whatever the rules are', () => {
    fc.assert(
      fc.property(chain('inet'), chain('ip'), (one, other) => {
        const tables = [
          { family: 'inet', name: 'filter', chains: [one] },
          { family: 'ip', name: 'more', chains: [other] },
        ] as const
        const { chains, unread } = readNft(lined(nftRuleset(tables).map(({ text }) => text)))
        expect(unread).toEqual([])
        expect(chains.map((read) => comparable(read.chain))).toEqual([one, other].map(comparable))
      }),
    )
  })

  const inTable = (...rules: readonly string[]) =>
    readNft(
      lined([
        'table inet filter {',
        'set bad { type ipv4_addr; elements = { 203.0.113.7 } }',
        'chain web {',
        'tcp dport 443 accept',
        'ct state new return',
        'tcp dport 80 drop',
        '}',
        'chain input { # handle 1',
        'type filter hook input priority filter; policy drop;',
        ...rules,
        '}',
        '}',
      ]),
    )

  it('writes out sets, maps and the chains that are called', () => {
    const { chains, unread } = inTable(
      'ct state vmap { established : accept, invalid : drop }',
      'ip saddr { 10.0.0.1, 10.0.0.2 } tcp dport 22 counter packets 5 bytes 300 accept # handle 9',
      'iifname "eth0" jump web',
    )
    expect(chains[0]?.chain.rules).toEqual([
      { match: { state: ['established'] }, action: 'accept' },
      { match: { state: ['invalid'] }, action: 'drop' },
      { match: { source: '10.0.0.1', protocol: 'tcp', destinationPort: [22] }, action: 'accept' },
      { match: { source: '10.0.0.2', protocol: 'tcp', destinationPort: [22] }, action: 'accept' },
      { match: { iif: 'eth0', protocol: 'tcp', destinationPort: [443] }, action: 'accept' },
    ])
    // What follows a conditional return concerns nobody knows whom.
    expect(chains[0]?.gaps).toEqual([{ at: 5, match: { iif: 'eth0', protocol: 'tcp', destinationPort: [80] } }])
    expect(unread).toMatchObject([{ why: 'nested', number: 6 }])
  })

  it('leaves out a rule of which it does not know a part, and says which packets it may concern', () => {
    const { chains, unread } = inTable(
      'ip saddr @bad drop',
      'tcp dport 22 limit rate 3/minute accept',
      'icmp type echo-request accept',
      'tcp dport 443 accept',
    )
    expect(chains[0]?.chain.rules).toHaveLength(1)
    expect(chains[0]?.gaps).toEqual([
      { at: 0, match: {} },
      { at: 0, match: { protocol: 'tcp', destinationPort: [22] } },
      { at: 0, match: { protocol: 'icmp' } },
    ])
    expect(unread.map(({ what }) => what)).toEqual(['ip saddr @bad', 'limit rate 3/minute', 'icmp type echo-request'])
  })
})

describe('a listing of iptables', () => {
  const isV6 = (file: string) => file.startsWith('ip6')

  it.each(recorded(/^ip6?tables(-nat)?-S/))('is read as it was recorded, and prints again the same: %s', (file) => {
    const text = textOf(file)
    const { chains, nat, unread } = readIptables(lined(text), { v6: isV6(file) })
    expect(unread).toEqual([])
    const list = (hook: string) => nat.find((one) => one.hook === hook)?.rules ?? []
    const again = file.includes('nat')
      ? iptablesNatSpecs({ prerouting: list('prerouting'), output: list('output'), postrouting: list('postrouting') })
      : iptablesSpecs(chains.map((one) => one.chain))
    expect(again.map((line) => line.text)).toEqual(text.split('\n'))
  })

  it.each(recorded(/^ip6?tables(-nat)?-L/))(
    'of -L is read as it was recorded, and prints again the same: %s',
    (file) => {
      const text = textOf(file)
      const { chains, nat, unread } = readIptables(lined(text), { v6: isV6(file) })
      expect(unread).toEqual([])
      const options = { lineNumbers: text.includes('num  '), protocolNumbers: true }
      const list = (hook: string) => nat.find((one) => one.hook === hook)?.rules ?? []
      const again = file.includes('nat')
        ? iptablesNatList(
            { prerouting: list('prerouting'), output: list('output'), postrouting: list('postrouting') },
            options,
          )
        : iptablesList(
            chains.map((one) => one.chain),
            options,
          )
      const trimmed = (lines: readonly string[]) => lines.map((line) => line.trimEnd())
      expect(trimmed(again.map((line) => line.text))).toEqual(trimmed(text.split('\n')))
    },
  )

  it('is read back whatever the rules are', () => {
    fc.assert(
      fc.property(chain('ip'), (made) => {
        const specs = readIptables(lined(iptablesSpecs([made]).map(({ text }) => text)))
        expect(specs.unread).toEqual([])
        expect(specs.chains.map((one) => comparable(one.chain))).toEqual([comparable(made)])
        // -L shows no interfaces.
        const rules = made.rules.map(({ match, action }) => ({ match: withoutInterface(match), action }))
        const listing = readIptables(lined(iptablesList([made], { lineNumbers: true }).map(({ text }) => text)))
        expect(listing.unread).toEqual([])
        expect(listing.chains.map((one) => comparable(one.chain))).toEqual([comparable({ ...made, rules })])
      }),
    )
  })

  it('reads a file of iptables-save with the chains of ufw and Docker', () => {
    const text = `# Generated by iptables-save v1.8.9
*nat
:PREROUTING ACCEPT [0:0]
:DOCKER - [0:0]
-A PREROUTING -m addrtype --dst-type LOCAL -j DOCKER
-A DOCKER -i docker0 -j RETURN
-A DOCKER ! -i docker0 -p tcp -m tcp --dport 8080 -j DNAT --to-destination 172.17.0.2:80
COMMIT
*filter
:INPUT DROP [12:3456]
:FORWARD DROP [0:0]
:OUTPUT ACCEPT [0:0]
:ufw-user-input - [0:0]
:ufw-before-input - [0:0]
-A INPUT -j ufw-before-input
-A INPUT -j ufw-user-input
-A INPUT -m limit --limit 3/min -j LOG --log-prefix "[UFW BLOCK] "
-A ufw-before-input -i lo -j ACCEPT
-A ufw-before-input -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
-A ufw-user-input -p tcp -m tcp --dport 22 -m comment --comment "SSH, for \\"us\\"" -j ACCEPT
-A ufw-user-input -p tcp -m multiport --dports 80,443 -j ACCEPT
COMMIT`
    const { chains, nat, unread } = readIptables(lined(text))
    expect(chains.map(({ chain: { hook, policy, rules } }) => [hook, policy, rules.length])).toEqual([
      ['input', 'drop', 4],
      ['forward', 'drop', 0],
      ['output', 'accept', 0],
    ])
    expect(chains[0]?.chain.rules[0]).toEqual({ match: { iif: 'lo' }, action: 'accept' })
    // A rule after a conditional return, and with a negation, is left out and said.
    expect(nat.map(({ hook, rules }) => [hook, rules.length])).toEqual([['prerouting', 0]])
    expect(unread.map(({ number }) => number)).toEqual([7, 17])
  })

  it('notes that a rule may hide its interface in a listing without -v', () => {
    const listing = iptablesList([
      {
        name: 'INPUT',
        family: 'ip',
        hook: 'input',
        policy: 'drop',
        rules: [{ match: { iif: 'lo' }, action: 'accept' }],
      },
    ])
    const { chains } = readIptables(lined(listing.map(({ text }) => text)))
    expect(chains[0]?.gaps).toEqual([{ at: 0, match: {} }])
    const verbose = `Chain INPUT (policy DROP 3 packets, 180 bytes)
 pkts bytes target     prot opt in     out     source               destination
  100K  20M ACCEPT     all  --  lo     *       0.0.0.0/0            0.0.0.0/0
    4   240 ACCEPT     tcp  --  *      *       0.0.0.0/0            0.0.0.0/0            tcp dpt:22 /* ssh in */`
    const read = readIptables(lined(verbose))
    expect(read.unread).toEqual([])
    expect(read.chains).toEqual([
      {
        chain: {
          name: 'INPUT',
          family: 'ip',
          hook: 'input',
          policy: 'drop',
          rules: [
            { match: { iif: 'lo' }, action: 'accept' },
            { match: { protocol: 'tcp', destinationPort: [22] }, action: 'accept' },
          ],
        },
        gaps: [],
      },
    ])
  })
})
