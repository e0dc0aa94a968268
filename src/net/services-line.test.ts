import { describe, expect, it } from 'vitest'
import type { ServiceEntry } from './services-line'
import { servicesLine } from './services-line'

/** Lines of Debian's netbase 6.4, as they stand in its /etc/services. */
const LINES: readonly (readonly [line: string, entry: ServiceEntry])[] = [
  [
    'ssh\t\t22/tcp\t\t\t\t# SSH Remote Login Protocol',
    { name: 'ssh', port: 22, protocol: 'tcp', comment: 'SSH Remote Login Protocol' },
  ],
  ['smtp\t\t25/tcp\t\tmail', { name: 'smtp', port: 25, protocol: 'tcp', aliases: ['mail'] }],
  ['domain\t\t53/udp', { name: 'domain', port: 53, protocol: 'udp' }],
  [
    'http\t\t80/tcp\t\twww\t\t# WorldWideWeb HTTP',
    { name: 'http', port: 80, protocol: 'tcp', aliases: ['www'], comment: 'WorldWideWeb HTTP' },
  ],
  [
    'snmp-trap\t162/tcp\t\tsnmptrap\t# Traps for SNMP',
    { name: 'snmp-trap', port: 162, protocol: 'tcp', aliases: ['snmptrap'], comment: 'Traps for SNMP' },
  ],
  [
    'postgresql\t5432/tcp\tpostgres\t# PostgreSQL Database',
    { name: 'postgresql', port: 5432, protocol: 'tcp', aliases: ['postgres'], comment: 'PostgreSQL Database' },
  ],
  [
    'mysql-proxy\t6446/tcp\t\t\t# MySQL Proxy',
    { name: 'mysql-proxy', port: 6446, protocol: 'tcp', comment: 'MySQL Proxy' },
  ],
  [
    'http-alt\t8080/tcp\twebcache\t# WWW caching service',
    { name: 'http-alt', port: 8080, protocol: 'tcp', aliases: ['webcache'], comment: 'WWW caching service' },
  ],
]

describe('a line of /etc/services', () => {
  it.each(LINES)('is written as Debian writes it: %s', (line, entry) => expect(servicesLine(entry)).toBe(line))

  it('keeps a tab between columns when a name is long', () => {
    expect(servicesLine({ name: 'a-name-of-many-letters', port: 1, protocol: 'tcp' })).toBe(
      'a-name-of-many-letters\t1/tcp',
    )
  })
})
