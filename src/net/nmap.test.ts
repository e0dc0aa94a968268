import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Address } from './address'
import { familyOf, isLoopback } from './address'
import { datagram } from './build'
import type { Site } from './exposure'
import { arrive, scanSite, serverRouter } from './exposure'
import type { Action, Chain, PortMatch } from './filter'
import type { Detected } from './nmap'
import { nmapReport, nmapTable } from './nmap'
import { tupleOf } from './packet'
import type { Responder, ScannedPort, ScanTechnique } from './scan'
import { scan } from './scan'
import type { Socket } from './socket'
import { SocketTable } from './socket-table'
import type { Protocol } from './tuple'
import { reverse } from './tuple'

interface Recorded {
  readonly command: string
  readonly rules: readonly {
    readonly proto: Protocol
    readonly dport: PortMatch
    readonly do: 'drop' | 'reject-rst' | 'reject-port' | 'reject-host' | 'reject-admin'
  }[]
  readonly listening: readonly (readonly [kind: string, address: string, port: number])[]
  /** UDP ports whose program answers whatever comes. */
  readonly answers?: readonly number[]
  /** TCP ports of programs that speak, and what they say by port. */
  readonly open?: readonly number[]
  readonly detected?: Readonly<Record<string, Detected>>
  readonly serviceInfo?: string
}

const VIEWS = 'evidence/views'
const recordings = readdirSync(VIEWS).filter((name) => /^nmap-.*\.json$/.test(name))
const readRecorded = (name: string): Recorded => JSON.parse(readFileSync(`${VIEWS}/${name}`, 'utf8'))
const readText = (name: string) => readFileSync(`${VIEWS}/${name.replace('.json', '.txt')}`, 'utf8')

const ACTIONS: Readonly<Record<Recorded['rules'][number]['do'], Action>> = {
  drop: 'drop',
  'reject-rst': 'reset',
  'reject-port': 'port-unreachable',
  'reject-host': 'host-unreachable',
  'reject-admin': 'admin-prohibited',
}

/** A listener that ran while some were recorded (ss-tan.json has it) and that their lists leave out. */
const UNLISTED = ['tcp6 only', '::', 22] as const

function siteOf({ rules, listening, answers, open = [] }: Recorded, addresses: readonly Address[] = []): Site {
  const input: Chain = {
    name: 'c',
    family: 'inet',
    hook: 'input',
    policy: 'accept',
    rules: rules.map(({ proto, dport, do: act }) => ({
      match: { protocol: proto, destinationPort: [dport] },
      action: ACTIONS[act],
    })),
  }
  const speaking = open.map((port) => ['tcp', '0.0.0.0', port] as const)
  const sockets = [...listening, ...speaking, ...(answers ? [] : [UNLISTED])].map(([kind, address, port]): Socket => {
    const protocol = kind.startsWith('tcp') ? 'tcp' : 'udp'
    return {
      id: `${kind} ${address} ${port}`,
      protocol,
      family: familyOf(address),
      v6only: kind.endsWith('only'),
      local: { address, port },
      state: protocol === 'tcp' ? 'LISTEN' : 'UNCONN',
      reuseaddr: false,
      reuseport: false,
      uid: 0,
    }
  })
  return { name: 'h', router: serverRouter(addresses, [input]), table: SocketTable.of(sockets) }
}

const TECHNIQUES: Readonly<Record<string, ScanTechnique>> = { '-sS': 'syn', '-sT': 'connect', '-sU': 'udp' }

const portsOf = (list: string): readonly number[] =>
  list.split(',').flatMap((part) => {
    const [first = 0, last = first] = part.split('-').map(Number)
    return Array.from({ length: last - first + 1 }, (_, index) => first + index)
  })

/** The names of ports as the report has them: they are nmap's own, not the model's. */
const namesOf = (text: string) =>
  new Map(Array.from(text.matchAll(/^(\d+\/\w+) +\S+ +(\S+)/gm), ([, port = '', name = '']) => [port, name] as const))

/** A responder whose programs answer at these UDP ports. */
const answering =
  (site: Site, iif: string, ports: readonly number[]): Responder =>
  (probe) => {
    const { verdict, answer } = arrive(site, probe, iif)
    const tuple = tupleOf(probe)
    if (verdict?.kind !== 'listener' || tuple?.protocol !== 'udp' || !ports.includes(tuple.destination.port))
      return answer
    return datagram({ ...reverse(tuple), ttl: 64, identification: 0, payload: new Uint8Array(1) })
  }

function replay(name: string): string {
  const recorded = readRecorded(name)
  const { detected, serviceInfo } = recorded
  const words = recorded.command.split(' ')
  const [flag = ''] = words.filter((word) => word in TECHNIQUES)
  const target: Address = words.at(-1) ?? ''
  const text = readText(name)
  const names = namesOf(text)
  const inside = isLoopback(target)
  const site = siteOf(recorded, inside ? [] : [target])
  const ports = scan(answering(site, inside ? 'lo' : 'eth0', recorded.answers ?? []), {
    technique: TECHNIQUES[flag] ?? 'syn',
    source: { address: inside ? target : `${target}0`, port: 54321 },
    target,
    ports: portsOf(words[words.indexOf('-p') + 1] ?? ''),
  })
  const nothingHeard = ports.every(({ reason }) => reason === 'no-response')
  const lines = nmapReport(
    ports,
    {
      target,
      date: 'DATE',
      duration: 'T',
      ...(!nothingHeard && { latency: 'T' }),
      ...(serviceInfo !== undefined && { serviceInfo }),
    },
    {
      reason: words.includes('--reason'),
      nameOf: (protocol, port) => names.get(`${port}/${protocol}`),
      ...(detected && { detected: (protocol, port) => detected[`${port}/${protocol}`] }),
    },
  )
  return `${lines.join('\n')}\n`
}

const found = (part: Partial<ScannedPort>): ScannedPort => ({
  protocol: 'tcp',
  port: 80,
  state: 'open',
  reason: 'syn-ack',
  ...part,
})

describe('a report of nmap', () => {
  it('has recordings to be compared with', () => expect(recordings).toHaveLength(19))

  it.each(recordings)('says what the tool said of the same host, to the letter: %s', (name) => {
    expect(replay(name)).toBe(readText(name))
  })

  it('calls a port unknown for which it has no name', () => {
    expect(nmapTable([found({ port: 48_222 })], { nameOf: () => undefined })).toEqual([
      'PORT      STATE SERVICE',
      '48222/tcp open  unknown',
    ])
  })

  it('lists ports by number, whatever the order of the scan', () => {
    const table = nmapTable([found({ port: 443 }), found({ port: 22 })], { nameOf: () => 'x' })
    expect(table.slice(1).map((line) => line.split('/')[0])).toEqual(['22', '443'])
  })

  it('has no heading when there is nothing to list', () => {
    const closed = portsOf('1-30').map((port) => found({ port, state: 'closed', reason: 'reset', ttl: 64 }))
    expect(nmapTable(closed, { nameOf: () => 'x' })).toEqual([])
  })

  it('counts ports without a list of them', () => {
    const closed = { protocol: 'tcp', state: 'closed', reason: 'reset', count: 65_533 } as const
    const ports = [found({ port: 22, state: 'closed', reason: 'reset', ttl: 64 }), found({ port: 2222 })]
    const about = { target: '192.0.2.10', date: 'DATE', duration: 'T' }
    expect(nmapReport(ports, about, { nameOf: () => 'x', rest: closed }).slice(3, 6)).toEqual([
      'Not shown: 65534 closed tcp ports (reset)',
      'PORT     STATE SERVICE',
      '2222/tcp open  x',
    ])
    expect(nmapReport([], about, { nameOf: () => 'x', rest: { ...closed, count: 1000 } })[3]).toBe(
      'All 1000 scanned ports on 192.0.2.10 are in ignored states.',
    )
  })

  it('is the same through a site as through its responder', () => {
    const site = siteOf(readRecorded('nmap-connect.json'))
    const ports = [22, 25, 80, 81, 110, 143]
    const scanned = scanSite(site, { address: '127.0.0.1', iif: 'lo' }, 'syn', '127.0.0.1', ports)
    expect(scanned.map(({ state }) => state)).toEqual(['open', 'filtered', 'open', 'closed', 'filtered', 'closed'])
  })
})
