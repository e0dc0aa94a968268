import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { hasNmapName, nmapName } from './nmap-names'
import { SERVICES } from './services'

const VIEWS = 'evidence/views'
const rows = readdirSync(VIEWS)
  // With -sV the column says what the program is, not what the port is called.
  .filter((name) => /^nmap-(?!sV).*\.txt$/.test(name))
  .flatMap((name) => [
    ...readFileSync(`${VIEWS}/${name}`, 'utf8').matchAll(
      /^(\d+)\/(tcp|udp) +(?:open|closed|filtered|open\|filtered) +(\S+)/gm,
    ),
  ])
  .map(
    ([, port, protocol, name]) => ({ port: Number(port), protocol: protocol === 'tcp' ? 'tcp' : 'udp', name }) as const,
  )

describe('what nmap calls a port', () => {
  it('is what it printed in the recordings', () => {
    const known = rows.filter(({ protocol, port }) => hasNmapName(protocol, port))
    expect(known.length).toBeGreaterThan(80)
    for (const { protocol, port, name } of known) expect(nmapName(protocol, port) ?? 'unknown').toBe(name)
  })

  it('is known for every port of the registry', () => {
    for (const { port, transports } of SERVICES)
      for (const protocol of ['tcp', 'udp'] as const)
        if (transports.includes(protocol)) expect(hasNmapName(protocol, port)).toBe(true)
  })

  it('is nothing for a port without a name, and an error for a port that is not listed', () => {
    expect(nmapName('tcp', 48_222)).toBeUndefined()
    expect(() => nmapName('tcp', 48_223)).toThrow('What nmap calls 48223/tcp')
  })
})
