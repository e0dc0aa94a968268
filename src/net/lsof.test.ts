import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { LsofSocket } from './lsof'
import { lsofTable } from './lsof'
import type { RecordedSocket } from './recorded.test-support'
import { recordedSocket } from './recorded.test-support'

interface Recorded {
  readonly sockets: readonly RecordedSocket[]
}

const VIEWS = 'evidence/views'
const recordings = readdirSync(VIEWS).filter((name) => name.startsWith('lsof-') && name.endsWith('.json'))
const readRecorded = (name: string): Recorded => JSON.parse(readFileSync(`${VIEWS}/${name}`, 'utf8'))
const readLines = (name: string) =>
  readFileSync(`${VIEWS}/${name.replace('.json', '.txt')}`, 'utf8')
    .replace(/\n$/, '')
    .split('\n')

/** The numbers under which the recorded program held its sockets, by protocol, family and ends as printed. */
const fdsOf = (lines: readonly string[]) =>
  new Map(
    lines.slice(1).map((line) => {
      const [, , , fd = '', type = '', , , node = '', ends = ''] = line.split(/ +/)
      return [`${node} ${type} ${ends}`, Number.parseInt(fd, 10)] as const
    }),
  )

/** Four and six digits, which the recording has masked. */
const PID = 4242
const INODE = 424_243
const masked = (line: string) => line.replace(String(INODE), 'NODE').replace(String(PID), 'PID')

const bare = (address: string) => {
  const v4 = address.replace(/^::ffff:/, '')
  if (v4 === '0.0.0.0' || v4 === '::' || v4 === '*') return '*'
  return v4.includes(':') ? `[${v4}]` : v4
}

/** Sockets without a descriptor (TIME-WAIT, FIN-WAIT-2 after close) are nobody's open files. */
const socketsOf = ({ sockets }: Recorded, fds: ReadonlyMap<string, number>): readonly LsofSocket[] =>
  sockets.flatMap((recorded) => {
    const { proto, local, peer, family = 4 } = recorded
    const there = typeof peer[1] === 'number' ? `->${bare(peer[0])}:${peer[1]}` : ''
    const fd = fds.get(`${proto.toUpperCase()} IPv${family} ${bare(local[0])}:${local[1]}${there}`)
    return fd === undefined
      ? []
      : [{ ...recordedSocket(recorded), process: { name: 'server', pid: PID, fd }, device: INODE }]
  })

describe('a table of lsof', () => {
  it('has a recording to be compared with', () => expect(recordings).toEqual(['lsof-i.json']))

  it.each(recordings)('is what the tool printed, to the letter: %s', (name) => {
    const lines = readLines(name)
    const sockets = socketsOf(readRecorded(name), fdsOf(lines))
    expect(sockets).toHaveLength(lines.length - 1)
    expect(lsofTable(sockets).map(masked)).toEqual(lines)
  })

  it('sorts by process and descriptor and puts numbers at the right', () => {
    const socket = { protocol: 'tcp', family: 4, v6only: false, state: 'LISTEN', recvq: 0, sendq: 0 } as const
    const local = { address: '127.0.0.1', port: 5432 }
    const table = lsofTable([
      { ...socket, local, process: { name: 'postgres', pid: 71, fd: 12 }, user: 'postgres', device: 87_156 },
      { ...socket, local: { address: '0.0.0.0', port: 80 }, process: { name: 'nginx', pid: 5, fd: 3 }, device: 9148 },
    ])
    expect(table).toEqual([
      'COMMAND  PID     USER   FD   TYPE DEVICE SIZE/OFF NODE NAME',
      'nginx      5     root    3u  IPv4   9148      0t0  TCP *:80 (LISTEN)',
      'postgres  71 postgres   12u  IPv4  87156      0t0  TCP 127.0.0.1:5432 (LISTEN)',
    ])
  })
})
