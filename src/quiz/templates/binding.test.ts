import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bindOutcome } from '../../net/bind'
import { LINUX_EPHEMERAL } from '../../net/kernel'
import { questions as en } from '../../words/en/questions'
import type { Question } from '../question'
import { questionFrom } from '../template'
import { binding } from './binding'

/** The lines under the heading that a tool prints in a question. */
const printed = ({ views }: Question, tool: string): readonly string[] =>
  views.flatMap((view) =>
    view.kind === 'text' && view.command.startsWith(tool)
      ? view.lines.map((line) => line.map(({ text }) => text).join(''))
      : [],
  )

interface Line {
  readonly state: string
  readonly address: string
  readonly port: string
}

/** The local ends that `ss` prints. */
const ssLines = (question: Question): readonly Line[] =>
  printed(question, 'ss')
    .slice(1)
    .map((text) => {
      const [state = '', , , local = ''] = text.split(/\s+/)
      const at = local.lastIndexOf(':')
      return { state, address: local.slice(0, at), port: local.slice(at + 1) }
    })

/** The destination of the packet that `tcpdump` prints. */
const destination = (question: Question): { address: string; port: string } => {
  const [, text = ''] = /> (\S+): /.exec(printed(question, 'tcpdump').join('')) ?? []
  const at = text.lastIndexOf('.')
  return { address: text.slice(0, at), port: text.slice(at + 1) }
}

const fact = ({ views }: Question, field: string): string | undefined =>
  views.flatMap((view) => (view.kind === 'papers' ? view.rows : [])).find((row) => row.field === field)?.value

const rightTexts = ({ body }: Question): readonly string[] =>
  'options' in body ? body.options.filter(({ right }) => right).map(({ text }) => text) : []

/** A question for any seed meets the expectation. */
function always(id: string, expectation: (question: Question) => void): void {
  const template = binding.find((one) => one.id === id)
  if (!template) throw new RangeError(`There is no template ${id}.`)
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      expectation(questionFrom(template, seed, en))
    }),
    { numRuns: 300 },
  )
}

/** Which of the printed listeners an IPv4 destination finds, read with the eyes: its own address, then the wildcards. */
const taker = (question: Question, { address, port }: { address: string; port: string }): Line | undefined => {
  const there = ssLines(question).filter((line) => line.state === 'LISTEN' && line.port === port)
  return there.find((line) => line.address === address) ?? there.find((line) => ['0.0.0.0', '*'].includes(line.address))
}

describe('what the questions on binding call right', () => {
  it('bn-which-lamp: the line whose address is the destination, else 0.0.0.0, else RST', () => {
    always('bn-which-lamp', (question) => {
      const found = taker(question, destination(question))
      expect(rightTexts(question).join('')).toContain(found ? ` ${found.address}:${found.port} ` : 'RST')
    })
  })

  it('bn-loopback: likewise, by the address that is called', () => {
    always('bn-loopback', (question) => {
      const [, address = '', port = ''] = /`([\d.]+):(\d+)`/.exec(question.stem) ?? []
      const found = taker(question, { address, port })
      expect(rightTexts(question).join('')).toContain(found ? ` ${found.address}:${found.port} ` : 'RST')
    })
  })

  it('bn-can-bind: refused where protocol and addresses overlap and the port is not shared', () => {
    always('bn-can-bind', (question) => {
      const [held] = ssLines(question)
      const [protocol = '', place = ''] = (fact(question, 'request') ?? '').split(' ')
      const address = place.slice(0, place.lastIndexOf(':'))
      const sameProtocol = printed(question, 'ss')
        .join('')
        .includes(protocol === 'tcp' ? 'LISTEN' : 'UNCONN')
      const v6only = fact(question, 'v6only') === 'yes'
      const addresses = [held?.address ?? '', address]
      const wildcards = addresses.filter((one) => one === '0.0.0.0' || ((one === '[::]' || one === '*') && !v6only))
      const overlap = wildcards.length > 0 || addresses[0] === addresses[1]
      const shared =
        fact(question, 'reuseport-1') === 'yes' &&
        fact(question, 'reuseport-2') === 'yes' &&
        fact(question, 'user-1') === fact(question, 'user-2')
      // A socket on :: that takes no IPv4 never meets one on an IPv4 address, not even 0.0.0.0.
      const apart = v6only || !sameProtocol
      expect(rightTexts(question).join('')).toMatch(overlap && !apart && !shared ? /EADDRINUSE/ : /^granted: both/)
    })
  })

  it('bn-dual-stack: * takes IPv4 in mapped form, [::] does not, 0.0.0.0 takes it as it is', () => {
    always('bn-dual-stack', (question) => {
      const [line] = ssLines(question)
      const { address } = destination(question)
      const isV6 = address.includes(':')
      const [, source = ''] = /IP6? (\S+) >/.exec(printed(question, 'tcpdump').join('')) ?? []
      const [peer, port] = [source.slice(0, source.lastIndexOf('.')), source.slice(source.lastIndexOf('.') + 1)]
      const [right = ''] = rightTexts(question)
      if (line?.address === '*') expect(right).toContain(` [::ffff:${peer}]:${port}`)
      else if (line?.address === '0.0.0.0' && !isV6) expect(right).toContain(` ${peer}:${port}`)
      else expect(right).toBe('refused with RST')
    })
  })

  it('bn-time-wait: the state of the lines at the port', () => {
    always('bn-time-wait', (question) => {
      const [, port = ''] = /:(\d+)`:/.exec(question.stem) ?? []
      const states = new Set(ssLines(question).flatMap((line) => (line.port === port ? [line.state] : [])))
      expect(states.size).toBe(1)
      expect(rightTexts(question).join('')).toMatch(states.has('TIME-WAIT') ? /TIME-WAIT/ : /^the listener of/)
    })
  })

  it('bn-privileged: denied below the number that the host has set', () => {
    always('bn-privileged', (question) => {
      const port = Number((fact(question, 'request') ?? '').split(':').at(-1))
      const denied = port < Number(fact(question, 'start'))
      expect(rightTexts(question)).toEqual([denied ? 'refused: Permission denied (EACCES)' : 'granted'])
    })
  })

  it('bn-any-port: the one number that is in the range of the host', () => {
    always('bn-any-port', (question) => {
      const [low = 0, high = 0] = (fact(question, 'range') ?? '').split(' ').map(Number)
      const { body } = question
      const numbers = 'options' in body ? body.options.map(({ text }) => text) : []
      expect(numbers.filter((text) => Number(text) >= low && Number(text) <= high)).toEqual(rightTexts(question))
    })
  })

  it('bn-where-from: every way whose address the listener has, over TCP', () => {
    always('bn-where-from', (question) => {
      const [line] = ssLines(question)
      const wide = line?.address === '*' || line?.address === '0.0.0.0'
      const { body } = question
      const reached = ('options' in body ? body.options : []).filter(
        ({ text }) => !text.includes('UDP') && (wide || text.endsWith(` ${line?.address}`)),
      )
      expect(reached.map(({ text }) => text)).toEqual(rightTexts(question))
    })
  })
})

describe('the hosts of the questions on binding', () => {
  it.each(binding.map((template) => [template.id, template] as const))('%s: could exist', (_, template) => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        for (const view of questionFrom(template, seed, en).views) {
          if (view.kind !== 'doors') continue
          const { addresses, sockets } = view.machine
          const listeners = sockets.filter(({ peer }) => !peer)
          for (const [index, socket] of listeners.entries()) {
            const host = { addresses, sockets: listeners.slice(0, index), ephemeral: LINUX_EPHEMERAL }
            expect(bindOutcome(host, socket)).toEqual({ granted: true })
          }
        }
      }),
      { numRuns: 200 },
    )
  })
})
