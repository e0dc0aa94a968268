import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { RecordedSocket } from './recorded.test-support'
import { recordedSocket } from './recorded.test-support'
import type { Socket, SocketState } from './socket'
import type { SsOptions, SsSocket } from './ss'
import { ssSocket, ssTable } from './ss'

interface Recorded {
  readonly command: string
  readonly sockets: readonly RecordedSocket[]
}

const VIEWS = 'evidence/views'
const recordings = readdirSync(VIEWS).filter((name) => name.startsWith('ss-') && name.endsWith('.json'))
const readRecorded = (name: string): Recorded => JSON.parse(readFileSync(`${VIEWS}/${name}`, 'utf8'))
const readLines = (name: string) =>
  readFileSync(`${VIEWS}/${name.replace('.json', '.txt')}`, 'utf8')
    .replace(/\n$/, '')
    .split('\n')

const FDS: Readonly<Record<string, number>> = {
  '0.0.0.0:80': 3,
  '0.0.0.0:22': 4,
  '*:8080': 5,
  ':::22': 6,
  '127.0.0.1:5432': 7,
  '::1:6379': 8,
}

const socketsOf = ({ sockets }: Recorded): readonly SsSocket[] =>
  sockets.map((recorded) => ({
    ...recordedSocket(recorded),
    process: { name: 'server', pid: 'PID', fd: FDS[recorded.local.join(':')] ?? 0 },
  }))

function optionsOf(command: string): SsOptions {
  const flags = command.split(' ')[1] ?? ''
  const sport = /sport = :(\d+)/.exec(command)?.[1]
  return {
    protocols: [flags.includes('t') ? 'tcp' : 'udp'],
    show: flags.includes('a') ? 'all' : flags.includes('l') ? 'listening' : 'connected',
    processes: flags.includes('p'),
    ...(sport && { sport: Number(sport) }),
  }
}

const byText = (a: string, b: string) => (a < b ? -1 : 1)

const socket = (part: Partial<Socket>): Socket => ({
  id: 'a',
  protocol: 'tcp',
  family: 6,
  v6only: false,
  local: { address: '::', port: 80 },
  state: 'LISTEN',
  reuseaddr: false,
  reuseport: false,
  uid: 0,
  ...part,
})

const endsOf = (part: Partial<Socket>) =>
  ssTable([ssSocket(socket(part))], { show: 'all' })[1]
    ?.split(/ +/)
    .slice(4, 6)

describe('a table of ss', () => {
  it('has recordings to be compared with', () => {
    expect(recordings).toEqual([
      'ss-filter-sport-80.json',
      'ss-tan-established.json',
      'ss-tan.json',
      'ss-tln.json',
      'ss-tlnp.json',
      'ss-uan.json',
    ])
  })

  it.each(recordings.filter((name) => name !== 'ss-tlnp.json'))('has the lines that the tool printed: %s', (name) => {
    const recorded = readRecorded(name)
    const table = ssTable(socketsOf(recorded), optionsOf(recorded.command))
    const [heading, ...lines] = readLines(name)
    expect(table[0]?.trimEnd()).toBe(heading?.trimEnd())
    expect(
      table
        .slice(1)
        .map((line) => line.trimEnd())
        .sort(byText),
    ).toEqual(lines.map((line) => line.trimEnd()).sort(byText))
  })

  it('has the processes with -p (their real names were wider than the mask in the recording)', () => {
    const recorded = readRecorded('ss-tlnp.json')
    const table = ssTable(socketsOf(recorded), optionsOf(recorded.command)).map((line) => line.trimEnd())
    expect(table.sort(byText)).toEqual(
      readLines('ss-tlnp.json')
        .map((line) => line.trimEnd())
        .sort(byText),
    )
  })

  it('has every line as long as the others', () => {
    for (const name of recordings) {
      const recorded = readRecorded(name)
      const lengths = ssTable(socketsOf(recorded), optionsOf(recorded.command)).map((line) => line.length)
      expect(new Set(lengths).size).toBe(1)
    }
  })

  it('shows a star for the wildcard that takes IPv4 too, and brackets for one that does not', () => {
    expect(endsOf({})).toEqual(['*:80', '*:*'])
    expect(endsOf({ v6only: true })).toEqual(['[::]:80', '[::]:*'])
    expect(endsOf({ local: { address: '::1', port: 80 } })).toEqual(['[::1]:80', '[::]:*'])
    expect(endsOf({ local: { address: '::ffff:192.0.2.1', port: 80 } })).toEqual(['[::ffff:192.0.2.1]:80', '*:*'])
    expect(endsOf({ family: 4, local: { address: '0.0.0.0', port: 80 } })).toEqual(['0.0.0.0:80', '0.0.0.0:*'])
  })

  it('names the protocol in a first column when both are shown: 53/tcp is not 53/udp', () => {
    const both = (['tcp', 'udp'] as const).map((protocol) =>
      ssSocket(
        socket({ protocol, state: protocol === 'tcp' ? 'LISTEN' : 'UNCONN', local: { address: '::', port: 53 } }),
      ),
    )
    const table = ssTable(both, { show: 'listening' })
    expect(table.map((line) => line.slice(0, 12))).toEqual(['Netid State ', 'udp   UNCONN', 'tcp   LISTEN'])
  })

  it('shows connections only, unless it is asked for more', () => {
    const states: readonly SocketState[] = ['LISTEN', 'SYN-RECV', 'SYN-SENT', 'ESTAB', 'CLOSE-WAIT', 'TIME-WAIT']
    const peer = { address: '2001:db8::1', port: 40000 }
    const all = states.map((state) => ssSocket(socket({ state, ...(state !== 'LISTEN' && { peer }) })))
    const shown = (options: SsOptions) =>
      ssTable(all, options)
        .slice(1)
        .map((line) => line.split(/ +/)[1])
    expect(shown({})).toEqual(['SYN-SENT', 'ESTAB', 'CLOSE-WAIT'])
    expect(shown({ show: 'listening' })).toEqual(['LISTEN'])
    expect(shown({ show: 'all' })).toEqual(states)
  })

  it('has names for ports without -n', () => {
    expect(
      ssTable([ssSocket(socket({}))], { protocols: ['tcp'], show: 'all', nameOf: () => 'http' })[1]?.trimEnd(),
    ).toMatch(/\*:http +\*:\*$/)
  })
})
