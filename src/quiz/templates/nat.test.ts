import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { questions } from '../../words/en/questions'
import type { Question } from '../question'
import { questionFrom } from '../template'
import { nat } from './nat'

/** The lines of a view, by the command that prints them. */
const printed = ({ views, after }: Question, command: string, when: 'before' | 'after' = 'before'): readonly string[] =>
  (when === 'before' ? views : after)
    .flatMap((view) => (view.kind === 'text' && view.command.startsWith(command) ? view.lines : []))
    .map((spans) => spans.map(({ text }) => text).join(''))

/** Source and destination of a line of tcpdump. */
function packetOn(line = '') {
  const [, src = '', sport = '', dst = '', dport = ''] = /^IP (\S+)\.(\d+) > (\S+)\.(\d+):/.exec(line) ?? []
  return { src, sport, dst, dport }
}

/** Both tuples of a line of conntrack. */
function flowOn(line: string) {
  const [there = '', back = ''] = line.split(/ (?=src=)/).slice(1)
  const read = (part: string): Record<string, string> =>
    Object.fromEntries([...part.matchAll(/(\w+)=(\S+)/g)].map(([, key = '', value = '']) => [key, value]))
  return { there: read(there), back: read(back) }
}

const ofId = (id: string) => nat.filter((template) => template.id === id)
const everySeed = (id: string, look: (question: Question) => void) => {
  const [template] = ofId(id)
  if (!template) throw new Error(`There is no template ${id}.`)
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 31 - 1 }), (seed) => look(questionFrom(template, seed, questions))),
    { numRuns: 250 },
  )
}

const rightOf = ({ body }: Question): readonly string[] =>
  'options' in body ? body.options.filter(({ right }) => right).map(({ means }) => means) : []

describe('read from the views as a person reads them', () => {
  it('a packet keeps its source port unless a flow to the same server has it', () => {
    everySeed('nt-out', (question) => {
      const { sport, dst, dport } = packetOn(printed(question, 'tcpdump')[0])
      const taken = printed(question, 'conntrack')
        .map(flowOn)
        .some(({ back }) => back['src'] === dst && back['sport'] === dport && back['dport'] === sport)
      const [means = ''] = rightOf(question)
      expect(means === 'other port').toBe(taken)
      if (!taken) expect(means).toMatch(new RegExp(`:${sport} -> ${dst}:${dport}$`))
      expect(packetOn(printed(question, 'tcpdump', 'after')[1]).sport === sport).toBe(!taken)
    })
  })

  it('an answer goes to the flow whose answers look exactly like it', () => {
    everySeed('nt-in', (question) => {
      const { src, sport, dport } = packetOn(printed(question, 'tcpdump')[0])
      const flow = printed(question, 'conntrack')
        .map(flowOn)
        .find(({ back }) => back['src'] === src && back['sport'] === sport && back['dport'] === dport)
      const expected = flow ? `to ${flow.there['src']}:${flow.there['sport']}` : 'local'
      expect(rightOf(question)).toEqual([expected])
    })
  })

  it('a forward rewrites the destination, and the stranger hears the public door; another port leads nowhere', () => {
    everySeed('nt-forward', (question) => {
      const { src, sport, dst, dport } = packetOn(printed(question, 'tcpdump')[0])
      const [, port = '', to = ''] = /tcp dport (\d+) dnat to (\S+)/.exec(printed(question, 'nft').join('\n')) ?? []
      expect(rightOf(question)).toEqual(
        port === dport ? [`tcp ${src}:${sport} -> ${to} from ${dst}:${dport}`] : ['nothing'],
      )
    })
  })

  it('an unasked packet ends at the router, unless a forward names its port', () => {
    everySeed('nt-unsolicited', (question) => {
      const { src, dport } = packetOn(printed(question, 'tcpdump')[0])
      const rule = printed(question, 'nft').find((line) => line.includes(`tcp dport ${dport} dnat`))
      const [, host] = /dnat to ([\d.]+):/.exec(rule ?? '') ?? []
      expect(
        printed(question, 'conntrack')
          .map(flowOn)
          .some(({ back }) => back['src'] === src),
      ).toBe(false)
      expect(rightOf(question)).toEqual([host ? `host ${host}` : 'local'])
    })
  })

  it('a hairpin works only where the source is rewritten too', () => {
    everySeed('nt-hairpin', (question) => {
      const both = printed(question, 'nft').some(
        (line) => line.includes('ct status dnat') && line.includes('masquerade'),
      )
      expect(rightOf(question)).toEqual([both ? 'takes' : 'resets'])
    })
  })

  it('a crowd behind one address is told apart by source port', () => {
    everySeed('ps-nat-crowd', (question) => {
      const { src, sport } = packetOn(printed(question, 'tcpdump')[0])
      const lines = printed(question, 'ss').filter((line) => line.includes(` ${src}:${sport}`))
      expect(lines).toHaveLength(1)
      const [means = ''] = rightOf(question)
      expect(means.endsWith(`${src} ${sport}`)).toBe(true)
    })
  })

  it('a public port is shared unless the remote end is the same', () => {
    everySeed('nt-same-public-port', (question) => {
      const { sport, dst, dport } = packetOn(printed(question, 'tcpdump')[0])
      const clash = printed(question, 'conntrack')
        .map(flowOn)
        .some(({ back }) => back['src'] === dst && back['sport'] === dport && back['dport'] === sport)
      expect(rightOf(question)).toEqual([clash ? 'other' : 'keeps'])
    })
  })

  it('what has a forward is open to everybody, and nothing else is', () => {
    everySeed('nt-forward-is-open', (question) => {
      const forwards = printed(question, 'nft').flatMap((line) => /tcp dport (\d+) dnat/.exec(line)?.[1] ?? [])
      expect([...rightOf(question)].sort()).toEqual(forwards.sort())
    })
  })
})
