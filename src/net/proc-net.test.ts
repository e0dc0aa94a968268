import { readdirSync, readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Family } from './address'
import { familyOf } from './address'
import { procNet } from './proc-net'
import type { SocketState } from './socket'
import type { SsSocket } from './ss'
import type { Protocol } from './tuple'

interface Recorded {
  readonly command: string
  readonly sockets?: readonly {
    readonly proto: Protocol
    readonly state: SocketState
    readonly local: readonly [string, number]
    readonly peer: readonly [string, number]
  }[]
  readonly listening?: readonly (readonly [kind: string, address: string, port: number])[]
}

const VIEWS = 'evidence/views'
const recordings = readdirSync(VIEWS).filter((name) => /^proc-net-.*\.json$/.test(name))
const readRecorded = (name: string): Recorded => JSON.parse(readFileSync(`${VIEWS}/${name}`, 'utf8'))
const readLines = (name: string) =>
  readFileSync(`${VIEWS}/${name.replace('.json', '.txt')}`, 'utf8')
    .replace(/\n$/, '')
    .split('\n')

const REST = { v6only: false, recvq: 0, sendq: 0 }

const socketsOf = ({ sockets = [], listening = [] }: Recorded): readonly SsSocket[] => [
  ...sockets.map(({ proto, state, local: [address, port], peer }) => ({
    ...REST,
    protocol: proto,
    family: familyOf(address),
    state,
    local: { address, port },
    ...(peer[1] > 0 && { peer: { address: peer[0], port: peer[1] } }),
  })),
  ...listening.map(([kind, address, port]): SsSocket => {
    const protocol = kind.startsWith('tcp') ? 'tcp' : 'udp'
    return {
      ...REST,
      protocol,
      family: familyOf(address),
      state: protocol === 'tcp' ? 'LISTEN' : 'UNCONN',
      local: { address, port },
    }
  }),
]

/** The lines without the number in front, which is a place in the kernel's hash. */
const unnumbered = (lines: readonly string[]) =>
  lines
    .slice(1)
    .map((line) => line.replace(/^ *\d+: /, ''))
    .toSorted()

describe('/proc/net', () => {
  it('has recordings to be compared with', () => expect(recordings).toHaveLength(5))

  it.each(recordings)('is what the kernel printed: %s', (name) => {
    const recorded = readRecorded(name)
    const [, last = '', file = ''] = /-c1-(\d+) \/proc\/net\/(\w+)/.exec(recorded.command) ?? []
    const protocol = file.startsWith('tcp') ? 'tcp' : 'udp'
    const lines = procNet(socketsOf(recorded), protocol, file.endsWith('6') ? 6 : 4)
    const cut = lines.map((line) => line.slice(0, Number(last)).trimEnd())
    const printed = readLines(name).map((line) => line.trimEnd())
    expect(cut[0]).toBe(printed[0])
    expect(unnumbered(cut)).toEqual(unnumbered(printed))
    expect(cut.map((line) => line.length)).toEqual(printed.map((line) => line.length))
  })

  it('can be read back by anybody who knows the order of the bytes', () => {
    const ends = fc.record({ address: fc.ipV4(), port: fc.integer({ min: 0, max: 65535 }) })
    fc.assert(
      fc.property(ends, (local) => {
        const socket: SsSocket = { ...REST, protocol: 'tcp', family: 4 satisfies Family, state: 'LISTEN', local }
        const [address = '', port = ''] = procNet([socket], 'tcp', 4)[1]?.split(/ +/)[2]?.split(':') ?? []
        const octets = (address.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16)).toReversed()
        expect({ address: octets.join('.'), port: Number.parseInt(port, 16) }).toEqual(local)
      }),
    )
  })
})
