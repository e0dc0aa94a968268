import { describe, expect, it } from 'vitest'
import { numbers } from './numbers'
import { always, facts, found, lamps, printed, rightOf, shows } from './read.test-support'

describe('the number space', () => {
  it('has three ranges', () => {
    always(numbers, 'wk-range', (question) => {
      const port = Number(found(/port (\d+)/, question.stem))
      expect(rightOf(question)).toEqual([port < 1024 ? 'system' : port < 49152 ? 'user' : 'dynamic'])
    })
  })

  it('calls well-known what lies below 1024', () => {
    always(numbers, 'wk-system-only', ({ body }) => {
      if (body.kind !== 'several') throw new RangeError('not several')
      for (const { text, right } of body.options) expect(right).toBe(Number(text) < 1024)
    })
  })

  it('lets servers listen from 1 to 65535', () => {
    always(numbers, 'bs-can-listen', ({ body }) => {
      if (body.kind !== 'several') throw new RangeError('not several')
      for (const { text, right } of body.options) expect(right).toBe(Number(text) > 0 && Number(text) < 65536)
    })
  })

  it('is as large as its field', () => {
    always(numbers, 'wk-count-values', (question) => {
      expect(rightOf(question)).toEqual([String(2 ** Number(found(/(\d+) bits/, question.stem)) - 1)])
    })
  })

  it('stands in bytes 2 and 3', () => {
    always(numbers, 'wk-hex-port', (question) => {
      const [line = ''] = printed(question, 'xxd')
      const bytes = line.split(/\s+/).slice(1)
      expect(rightOf(question)).toEqual([String(Number.parseInt(`${bytes[2]}${bytes[3]}`, 16))])
    })
  })
})

describe('what a number promises', () => {
  it('says of an open port that somebody listens, of a closed one that it refuses, no more', () => {
    always(numbers, 'wk-nmap-name-versus-truth', (question) => {
      const port = found(/`(\d+\/tcp)`/, question.stem)
      const row = printed(question, 'nmap').find((line) => line.startsWith(`${port} `)) ?? ''
      const [, state] = row.split(/\s+/)
      expect(['open', 'closed']).toContain(state)
      expect(rightOf(question)).toEqual([state === 'open' ? 'accepts' : 'refuses'])
    })
  })

  it('lets the program that holds the port answer', () => {
    always(numbers, 'wk-who-answers', (question) => {
      const port = Number(found(/:(\d+)`/, question.stem))
      const program = lamps(question).find((lamp) => lamp.port === port)?.program
      expect(rightOf(question)).toEqual([`${program} ${program}`])
    })
  })
})

describe('what needs ports', () => {
  it('is every host with more than one service', () => {
    always(numbers, 'bs-one-role', (question) => {
      const alone = Object.values(facts(question)).filter((services) => !services.includes(','))
      expect(rightOf(question)).toEqual([String(alone.length)])
    })
  })

  it('is every packet for such a host', () => {
    always(numbers, 'bs-without-ports', (question) => {
      const services = facts(question)
      const packets = printed(question, '').map((line) => line.split(' > ')[1] ?? '')
      expect(packets.length).toBeGreaterThanOrEqual(6)
      const certain = packets.filter((host) => services[host]?.includes(',') === false)
      expect(rightOf(question)).toEqual([String(certain.length)])
    })
  })

  it('is no router and no switch, but the host, filters and forwards', () => {
    always(numbers, 'bs-who-reads-ports', (question) => {
      const rules = printed(question, 'nft').join('\n')
      const expected = shows(question, 'ip route')
        ? 'destination'
        : shows(question, 'bridge fdb')
          ? 'mac'
          : shows(question, 'ss -tan')
            ? 'protocol source sourcePort destination destinationPort'
            : shows(question, 'ss -tln') || rules.includes('ip daddr')
              ? 'protocol destination destinationPort'
              : rules.includes('ip saddr')
                ? 'protocol source destinationPort'
                : 'protocol destinationPort'
      expect(rightOf(question)).toEqual([expected])
    })
  })

  it('does not choose the way', () => {
    const network = (address: string) => address.split('.').slice(0, 3).join('.')
    always(numbers, 'bs-same-way', (question) => {
      const way = network(found(/> (\S+): /, printed(question, 'tcpdump').join('')))
      const { body } = question
      if (body.kind !== 'choose') throw new RangeError('not a choice')
      for (const { text, right } of body.options) expect(right).toBe(network(text.split(' > ')[1] ?? '') === way)
    })
  })

  it('is what a filter tells services apart by', () => {
    always(numbers, 'bs-all-or-nothing', (question) => {
      const { reads = '', web = '', database = '' } = facts(question)
      const byAddress = reads.includes('addresses') && web.split(' ')[0] !== database.split(' ')[0]
      const byPort = reads.includes('ports') && web.split(' ')[1] !== database.split(' ')[1]
      expect(rightOf(question)).toEqual([
        byAddress && byPort ? 'either' : byAddress ? 'address' : byPort ? 'port' : 'none',
      ])
    })
  })
})
