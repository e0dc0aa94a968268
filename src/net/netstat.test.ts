import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { familyOf } from './address'
import type { NetstatOptions } from './netstat'
import { netstatTable } from './netstat'
import type { RecordedSocket } from './recorded.test-support'
import { recordedSocket } from './recorded.test-support'
import type { SsProcess, SsSocket } from './ss'

interface Recorded {
  readonly command: string
  readonly process?: SsProcess
  /** Sockets with all that is known of them. */
  readonly sockets?: readonly RecordedSocket[]
  /** Sockets that wait and to which nothing has come. */
  readonly listening?: readonly (readonly [kind: string, address: string, port: number])[]
}

const VIEWS = 'evidence/views'
const recordings = readdirSync(VIEWS).filter((name) => name.startsWith('netstat-') && name.endsWith('.json'))
const readRecorded = (name: string): Recorded => JSON.parse(readFileSync(`${VIEWS}/${name}`, 'utf8'))
const readLines = (name: string) =>
  readFileSync(`${VIEWS}/${name.replace('.json', '.txt')}`, 'utf8')
    .replace(/\n$/, '')
    .split('\n')

const socketsOf = ({ sockets = [], listening = [], process }: Recorded): readonly SsSocket[] => [
  ...sockets
    .map(recordedSocket)
    // Of a listener netstat leaves out how many may wait.
    .map((socket) => (socket.state === 'LISTEN' ? { ...socket, sendq: 0 } : socket)),
  ...listening.map(([kind, address, port]): SsSocket => {
    const protocol = kind.startsWith('tcp') ? 'tcp' : 'udp'
    return {
      protocol,
      family: familyOf(address),
      v6only: kind.endsWith('only'),
      state: protocol === 'tcp' ? 'LISTEN' : 'UNCONN',
      local: { address, port },
      recvq: 0,
      sendq: 0,
      ...(process && { process }),
    }
  }),
]

function optionsOf(command: string): NetstatOptions {
  const flags = command.split(' ')[1] ?? ''
  return {
    protocols: [flags.includes('t') ? 'tcp' : 'udp'],
    show: flags.includes('a') ? 'all' : 'listening',
    processes: flags.includes('p'),
  }
}

describe('a table of netstat', () => {
  it('has recordings to be compared with', () => {
    expect(recordings).toEqual(['netstat-tan.json', 'netstat-tlnp.json', 'netstat-uan.json', 'netstat-ulnp.json'])
  })

  it.each(recordings)('is what the tool printed: %s', (name) => {
    const recorded = readRecorded(name)
    const table = netstatTable(socketsOf(recorded), optionsOf(recorded.command))
    const lines = readLines(name)
    expect(table.slice(0, 2)).toEqual(lines.slice(0, 2))
    expect(table.toSorted()).toEqual(lines.toSorted())
  })

  it('lists IPv4 before IPv6, as the tool does', () => {
    const recorded = readRecorded('netstat-tan.json')
    const protocols = (lines: readonly string[]) => lines.slice(2).map((line) => line.split(' ')[0])
    expect(protocols(netstatTable(socketsOf(recorded), optionsOf(recorded.command)))).toEqual(
      protocols(readLines('netstat-tan.json')),
    )
  })

  it('shows a hyphen for a program of somebody else', () => {
    const [socket] = socketsOf(readRecorded('netstat-uan.json'))
    const [, , line] = netstatTable(socket ? [socket] : [], { protocols: ['udp'], show: 'all', processes: true })
    expect(line?.trimEnd().endsWith(' -')).toBe(true)
  })
})
