import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { questions as en } from '../../words/en/questions'
import type { Question } from '../question'
import { questionFrom } from '../template'
import { refusals } from './refusals'

/** The lines that a tool prints in a question. */
const printed = ({ views }: Question, tool: string): readonly string[] =>
  views.flatMap((view) =>
    view.kind === 'text' && view.command.startsWith(tool)
      ? view.lines.map((line) => line.map(({ text }) => text).join(''))
      : [],
  )

const right = ({ body }: Question): string =>
  'options' in body ? (body.options.find((option) => option.right)?.text ?? '') : ''

/** A question for any seed meets the expectation. */
function always(id: string, expectation: (question: Question) => void): void {
  const template = refusals.find((one) => one.id === id)
  if (!template) throw new RangeError(`There is no template ${id}.`)
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      expectation(questionFrom(template, seed, en))
    }),
    { numRuns: 300 },
  )
}

/** The state that nmap(1) gives for what came back, as one reads it off the wire. */
function stateOf(protocol: string, answer: string | undefined): string {
  if (answer === undefined) return protocol === 'udp' ? 'open|filtered' : 'filtered'
  if (answer.includes('Flags [S.]')) return 'open'
  if (answer.includes('Flags [R')) return 'closed'
  return protocol === 'udp' && / udp port \d+ unreachable/.test(answer) ? 'closed' : 'filtered'
}

describe('what the questions on refusals call right', () => {
  it('rf-what-comes-back: RST for a segment, ICMP for a datagram', () => {
    always('rf-what-comes-back', (question) => {
      const [line = ''] = printed(question, 'tcpdump')
      expect(right(question)).toBe(line.includes('Flags') ? 'refused with RST' : 'answered with ICMP port unreachable')
    })
  })

  it('rf-scan-state: what nmap says of the answer, or of none', () => {
    always('rf-scan-state', (question) => {
      const [probe = '', answer] = printed(question, 'tcpdump')
      expect(right(question)).toBe(stateOf(probe.includes('Flags [S]') ? 'tcp' : 'udp', answer))
      expect(question.stem.includes('Nothing comes back')).toBe(answer === undefined)
    })
  })

  it('rf-match-states: likewise for every port', () => {
    always('rf-match-states', (question) => {
      const lines = printed(question, 'tcpdump')
      const target = / > ([\d.]+)\.\d+: /.exec(lines[0] ?? '')?.[1] ?? ''
      const found = lines.flatMap((line, index) => {
        const port = new RegExp(`> ${target}\\.(\\d+): `).exec(line)?.[1]
        if (port === undefined) return []
        const next = lines[index + 1]
        const protocol = line.includes('Flags') ? 'tcp' : 'udp'
        return [[`${port}/${protocol}`, stateOf(protocol, next?.startsWith(`IP ${target}`) ? next : undefined)]]
      })
      expect(question.body.kind === 'match' && question.body.pairs).toEqual(found)
    })
  })

  it('rf-refused-or-timeout: a refusal comes from the host, silence from a filter, unreachable from a router', () => {
    always('rf-refused-or-timeout', (question) => {
      const message = printed(question, 'curl').join('').split(': ').at(-1) ?? ''
      const causes: Readonly<Record<string, string>> = {
        'Connection refused': 'nothing listens at this port',
        'Connection timed out': 'a filter drops the packets',
        'Network is unreachable': 'there is no route to the server',
      }
      expect(right(question)).toBe(causes[message])
    })
  })

  it('rf-who-refused: the host, if address and TTL are those of its other answer', () => {
    always('rf-who-refused', (question) => {
      const packets = printed(question, 'tcpdump')
        .join('\n')
        .split(/\n(?=IP )/)
      const [, refusal = '', , answer = ''] = packets
      const ttl = (text: string) => /ttl (\d+)/.exec(text)?.[1]
      const source = (text: string) => /\n\s+(\d+\.\d+\.\d+\.\d+)/.exec(text)?.[1]
      const isHost = ttl(refusal) === ttl(answer) && source(refusal) === source(answer)
      expect(right(question)).toBe(isHost ? 'the host: nothing listens there' : 'a filter in front, by a rule')
    })
  })

  it('each of the answers comes up', () => {
    for (const template of refusals) {
      if (template.kind !== 'choose') continue
      const answers = new Set(Array.from({ length: 100 }, (_, seed) => right(questionFrom(template, seed * 7919, en))))
      expect(answers.size, template.id).toBeGreaterThanOrEqual(2)
    }
  })
})
