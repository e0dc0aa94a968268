import { describe, expect, it } from 'vitest'
import { always, facts, found, lamps, printed, rightOf } from './read.test-support'
import { spaces } from './spaces'

describe('TCP and UDP', () => {
  it('have doors of their own', () => {
    always(spaces, 'sp-two-doors', (question) => {
      const line = printed(question, 'tcpdump').join('')
      const protocol = line.includes('Flags [S]') ? 'tcp' : 'udp'
      const port = Number(found(/> \S+\.(\d+): /, line))
      const lit = lamps(question).some((lamp) => lamp.protocol === protocol && lamp.port === port)
      const closed = protocol === 'tcp' ? 'rst' : 'port-unreachable'
      expect(rightOf(question)).toEqual([lit ? `socket ${protocol} 0.0.0.0 ${port}` : closed])
      const program = lamps(question).find((lamp) => lamp.protocol === protocol && lamp.port === port)?.program
      const { body } = question
      if (body.kind === 'choose' && program)
        expect(body.options.find(({ right }) => right)?.text).toContain(`(listener of ${program})`)
    })
  })

  it('let two programs have one number, but not one door', () => {
    always(spaces, 'sp-second-program', (question) => {
      const [port, protocol] = found(/`(\d+\/\w+)`/, question.stem).split('/')
      const taken = lamps(question).some((lamp) => lamp.protocol === protocol && lamp.port === Number(port))
      expect(rightOf(question)).toEqual([taken ? 'EADDRINUSE' : 'granted'])
    })
  })

  it('have a full set of numbers for each address', () => {
    always(spaces, 'sp-how-many-doors', (question) => {
      const addresses = facts(question)['addresses']?.split(', ') ?? []
      expect(rightOf(question)).toEqual([String(addresses.length * 131_070)])
    })
  })
})

describe('ICMP', () => {
  it('asks no listener, unlike a call to port 7', () => {
    always(spaces, 'sp-ping', (question) => {
      const line = printed(question, 'tcpdump').join('')
      const closed = !lamps(question).some(({ protocol, port }) => protocol === 'tcp' && port === 7)
      if (/^IP \S+ > \S+: ICMP echo request, id \d+, seq \d/.test(line))
        expect(rightOf(question)).toEqual(['echo-reply'])
      else if (line.includes('.7: Flags [S]')) {
        expect(closed).toBe(true)
        expect(rightOf(question)).toEqual(['rst'])
      } else {
        expect(line).toMatch(/\.7: UDP, length \d+$/)
        expect(rightOf(question)).toEqual(['port-unreachable'])
      }
    })
  })

  it('proves that a host answers, and nothing of its ports, as an answer to a SYN does of one', () => {
    always(spaces, 'sp-ping-proves', (question) => {
      const [request = '', reply = ''] = printed(question, 'tcpdump')
      if (request.includes('ICMP')) {
        expect(reply.replace('reply', 'request').split(': ')[1]).toBe(request.split(': ')[1])
        expect(rightOf(question)).toEqual(['answers'])
      } else expect(rightOf(question)).toEqual([reply.includes('Flags [S.]') ? 'service' : 'answers'])
    })
  })
})

/** Whether a listed chain with policy drop has a rule that lets a new packet to this port in. */
const letsIn = (rules: readonly string[], protocol: string, port: number): boolean =>
  rules.some((rule) => {
    const [, ports = ''] = new RegExp(`^\\s*${protocol} dport (.*) accept$`).exec(rule) ?? []
    return ports.split(/[{}, ]+/).includes(String(port))
  })

describe('one number over both', () => {
  it('needs a rule and a listener for QUIC', () => {
    always(spaces, 'sp-quic', (question) => {
      const rules = printed(question, 'nft')
      expect(rules.join('\n')).toContain('policy drop')
      expect(letsIn(rules, 'tcp', 443)).toBe(true)
      const lit = lamps(question).some(({ protocol, port }) => protocol === 'udp' && port === 443)
      const outcome = letsIn(rules, 'udp', 443) ? (lit ? 'lamp udp' : 'unreachable tcp') : 'silence tcp'
      expect(rightOf(question)).toEqual([outcome])
    })
  })

  it('needs a rule and a listener for the long answers of DNS', () => {
    always(spaces, 'sp-dns-long-answer', (question) => {
      const [, answer = ''] = printed(question, 'tcpdump')
      expect(answer).toMatch(/: \d+\*-\| /)
      const lit = lamps(question).some(({ protocol, port }) => protocol === 'tcp' && port === 53)
      const outcome = letsIn(printed(question, 'nft'), 'tcp', 53) ? (lit ? 'whole' : 'rst') : 'silence'
      expect(rightOf(question)).toEqual([outcome])
    })
  })
})
