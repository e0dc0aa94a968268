import { readdirSync, readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DockerRow } from './docker-ps'
import { dockerPorts, dockerPs, portsColumn } from './docker-ps'

const VIEWS = 'evidence/views'
const recordings = readdirSync(VIEWS).filter((name) => /^docker-.*\.json$/.test(name))
const readRecorded = (name: string): { readonly command: string; readonly rows: readonly DockerRow[] } =>
  JSON.parse(readFileSync(`${VIEWS}/${name}`, 'utf8'))
const readText = (name: string) => readFileSync(`${VIEWS}/${name.replace('.json', '.txt')}`, 'utf8')

const port = fc.integer({ min: 1, max: 65535 })

describe('a table of docker ps', () => {
  it('has recordings to be compared with', () => expect(recordings).toHaveLength(3))

  it.each(recordings)('is what the client printed of the same containers, to the letter: %s', (name) => {
    const { command, rows } = readRecorded(name)
    const lines = command.includes('--format') ? dockerPorts(rows) : dockerPs(rows)
    expect(`${lines.join('\n')}\n`).toBe(readText(name))
  })

  it('has an arrow for a published port and none for one that is only exposed', () => {
    fc.assert(
      fc.property(port, port, fc.constantFrom('tcp' as const, 'udp' as const), (hostPort, containerPort, protocol) => {
        const published = [{ protocol, hostAddress: '127.0.0.1', hostPort, containerPort }]
        expect(portsColumn({ published })).toBe(`127.0.0.1:${hostPort}->${containerPort}/${protocol}`)
        expect(portsColumn({ published: [], exposed: [{ protocol, port: containerPort }] })).toBe(
          `${containerPort}/${protocol}`,
        )
      }),
    )
  })

  it('shows a port once that is exposed and published', () => {
    const published = [{ protocol: 'tcp', hostPort: 8080, containerPort: 80 } as const]
    const exposed = [{ protocol: 'tcp', port: 80 } as const]
    expect(portsColumn({ published, exposed })).toBe('0.0.0.0:8080->80/tcp, [::]:8080->80/tcp')
  })
})
