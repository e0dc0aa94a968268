import { describe, expect, it } from 'vitest'
import content from '../../../content/decks.json'
import { always, found, lamps, rightOf } from './read.test-support'
import { wellKnown } from './well-known'

/** What the content says of ports, without the registry that the game ships. */
const entries = content.ports.map(({ id, port, transports, common, family, secureTwin }) => ({
  id,
  port,
  transports,
  common,
  family,
  secureTwin,
}))
const entryAt = (port: number, protocol: string) =>
  entries.find((entry) => entry.port === port && entry.transports.includes(protocol))

/** Names that questions shorten. */
const SHORT: Readonly<Record<string, number>> = {
  SSH: 22,
  HTTPS: 443,
  'HTTP alternate': 8080,
  'Raw printing (JetDirect)': 9100,
  'DNS over TLS': 853,
}

const idOf = (door: string): string => {
  const [port = '', protocol = ''] = door.split('/')
  return `card ${entryAt(Number(port), protocol)?.id}`
}

describe('what the registry says', () => {
  it('gives each service its number', () => {
    always(wellKnown, 'wk-port-of-service', (question) => {
      const name = found(/this service: (.*)\?$/, question.stem)
      const port = SHORT[name] ?? entries.find(({ common }) => common === name)?.port
      expect(rightOf(question)).toEqual([String(port)])
    })
  })

  it('gives each number its service', () => {
    always(wellKnown, 'wk-service-of-port', (question) => {
      expect(rightOf(question)).toEqual([idOf(found(/`(\d+\/\w+)`/, question.stem))])
    })
  })

  it('names the twin with TLS', () => {
    always(wellKnown, 'wk-secure-twin', (question) => {
      const port = Number(found(/at port (\d+)/, question.stem))
      expect(rightOf(question)).toEqual([String(entryAt(port, 'tcp')?.secureTwin)])
    })
  })

  it('leaves one port out of the family', () => {
    always(wellKnown, 'wk-family-odd-one', (question) => {
      const ports = lamps(question).map(({ port }) => port)
      const families = ports.map((port) => entryAt(port, 'tcp')?.family)
      const alone = ports.filter((_, index) => families.filter((family) => family === families[index]).length === 1)
      expect(ports).toHaveLength(4)
      expect(rightOf(question)).toEqual(alone.map(String))
    })
  })

  it('gives each of four plates its door', () => {
    always(wellKnown, 'wk-match-four', ({ body }) => {
      if (body.kind !== 'match') throw new RangeError('not a match')
      expect(body.pairs).toHaveLength(4)
      for (const [door, service] of body.pairs) expect(service).toBe(idOf(door))
    })
  })

  it('orders services by number', () => {
    always(wellKnown, 'wk-order-numbers', (question) => {
      const portOf = (means: string) => entries.find(({ id }) => `card ${id}` === means)?.port ?? Number.NaN
      const ports = rightOf(question).map((means) => portOf(means))
      expect(ports).toHaveLength(5)
      for (const [index, port] of ports.entries()) if (index > 0) expect(port).toBeGreaterThan(ports[index - 1] ?? 0)
    })
  })
})

describe('which transport, which role, which door', () => {
  it('knows what carries a service', () => {
    always(wellKnown, 'wk-transport', (question) => {
      const port = Number(found(/at port (\d+)/, question.stem))
      const used = entries.filter((entry) => entry.port === port).flatMap(({ transports }) => transports)
      expect(rightOf(question)).toEqual([used.length === 2 ? 'both' : used[0]])
    })
  })

  /** From the RFCs: 2131, 8415, 3417, 2865, 2866, 959, 3261. */
  const WAITS: readonly (readonly [RegExp, number])[] = [
    [/DHCP request/, 67],
    [/DHCP offer/, 68],
    [/DHCPv6 Solicit/, 547],
    [/DHCPv6 Advertise/, 546],
    [/SNMP query/, 161],
    [/SNMP trap/, 162],
    [/Access-Request/, 1812],
    [/Accounting-Request/, 1813],
    [/FTP command/, 21],
    [/SIP INVITE over TLS/, 5061],
  ]

  it('sends to the port of the receiver’s role, and an answer to the port that asked', () => {
    always(wellKnown, 'wk-role-pair', (question) => {
      const port = WAITS.find(([pattern]) => pattern.test(question.stem))?.[1]
      const isAnswer = /DNS answer|SNMP response/.test(question.stem)
      expect(rightOf(question)).toEqual([isAnswer ? 'ephemeral' : String(port)])
    })
  })

  it('leaves open what is no database and no administration', () => {
    const PRIVATE = ['mariadbd', 'postgres', 'redis-server', 'sshd', 'node_exporter']
    always(wellKnown, 'wk-role-needs', (question) => {
      const open = lamps(question).filter(({ program }) => !PRIVATE.includes(program))
      const doors = open.map(({ protocol, port }) => `${port}/${protocol}`)
      expect(rightOf(question).toSorted()).toEqual(doors.toSorted())
      expect(doors).not.toEqual([])
    })
  })

  it('reads a URL as the URL standard does', () => {
    always(wellKnown, 'wk-url-port', (question) => {
      const url = new URL(found(/curl (\S+)`/, question.stem))
      expect(rightOf(question)).toEqual([url.port || (url.protocol === 'https:' ? '443' : '80')])
    })
  })
})
