import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { questions as en } from '../../words/en/questions'
import { mark } from '../mark'
import type { Question } from '../question'
import { questionFrom } from '../template'
import { containers } from './containers'

/** The lines that a tool prints in a question. */
const printed = ({ views }: Question, tool: string): readonly string[] =>
  views.flatMap((view) =>
    view.kind === 'text' && view.command.includes(tool)
      ? view.lines.map((line) => line.map(({ text }) => text).join(''))
      : [],
  )

const fact = ({ views }: Question, field: string): string =>
  views.flatMap((view) => (view.kind === 'papers' ? view.rows : [])).find((row) => row.field === field)?.value ?? ''

const right = ({ body }: Question): string =>
  'options' in body ? (body.options.find((option) => option.right)?.means ?? '') : ''

/** The words of the stem between backticks. */
const named = ({ stem }: Question): readonly string[] => [...stem.matchAll(/`([^`]+)`/g)].map(([, word = '']) => word)

/** What `docker ps` prints of a container. */
const portsOf = (question: Question, name: string): string =>
  printed(question, 'docker ps')
    .find((line) => line.startsWith(`${name} `))
    ?.slice(name.length)
    .trim() ?? ''

/** A key of a manifest, read as text. */
const key = (question: Question, file: string, name: string): string =>
  printed(question, `cat ${file}`)
    .find((line) => line.trim().replace(/^- /, '').startsWith(`${name}: `))
    ?.split(': ')[1] ?? ''

/** The address of the only listener that `ss` prints. */
const listener = (question: Question): string => printed(question, 'ss -tlnp')[1]?.split(/\s+/)[3] ?? ''

function always(id: string, expectation: (question: Question) => void): void {
  const template = containers.find((one) => one.id === id)
  if (!template) throw new RangeError(`There is no template ${id}.`)
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      expectation(questionFrom(template, seed, en))
    }),
    { numRuns: 300 },
  )
}

describe('the right answer, read off the screen', () => {
  it('ct-read-ports: is what stands left of an arrow behind 0.0.0.0', () => {
    always('ct-read-ports', (question) => {
      const [, , name = ''] = /program in (`)(\w+)`/.exec(question.stem) ?? []
      const [, door] = /^0\.0\.0\.0:(\d+)->/.exec(portsOf(question, name)) ?? []
      expect(right(question)).toBe(door === undefined ? 'none' : `${fact(question, 'server')}:${door}`)
    })
  })

  it('ct-write-publish: is outside before inside, with 127.0.0.1 in front for programs of the server only', () => {
    always('ct-write-publish', (question) => {
      const [, inside = '', protocol = ''] = /:(\d+)\/(\w+)$/.exec(fact(question, 'program')) ?? []
      const here = fact(question, 'whom') === en.containers.facts.here
      const text = `${here ? '127.0.0.1:' : ''}${fact(question, 'door')}:${inside}${protocol === 'udp' ? '/udp' : ''}`
      expect(question.body).toMatchObject({ kind: 'type', answer: text })
      for (const spelling of [text, `-p ${text}`, ` ${text.toUpperCase()} `])
        expect(mark(question.body, { kind: 'type', text: spelling }).right).toBe(true)
    })
  })

  it('ct-local-publish: depends on the address of the mapping and on the bind address inside, never on the input chain', () => {
    always('ct-local-publish', (question) => {
      const inside = listener(question).startsWith('127.')
      const local = portsOf(question, 'db').startsWith('127.')
      expect(right(question)).toBe(inside ? 'nobody' : local ? 'host' : 'everyone')
    })
  })

  it('ct-two-eighties: is a clash where protocol and number are the same and the addresses overlap', () => {
    always('ct-two-eighties', (question) => {
      const [, second = ''] = /-p ([^`]+)/.exec(question.stem) ?? []
      const [, address = '0.0.0.0', number, protocol = 'tcp'] = /^(?:(.+):)?(\d+):\d+(?:\/(\w+))?$/.exec(second) ?? []
      const [, held, heldNumber, heldProtocol] = /^(.+?):(\d+)->\d+\/(\w+)/.exec(portsOf(question, 'blue')) ?? []
      const overlap = address === held || address === '0.0.0.0' || held === '0.0.0.0'
      expect(right(question)).toBe(number === heldNumber && protocol === heldProtocol && overlap ? 'taken' : 'both')
    })
  })

  it('ct-order-path: goes through forward to a published port, and through input to the server itself', () => {
    always('ct-order-path', (question) => {
      const [call = ''] = named(question)
      const door = call.split(':')[1] ?? ''
      const published = portsOf(question, 'web').startsWith(`0.0.0.0:${door}->`)
      expect(question.body.kind === 'order' && question.body.order).toEqual(
        published ? ['arrives', 'rewritten', 'forward', 'container'] : ['arrives', 'input', 'host'],
      )
    })
  })

  it('k8-three-numbers: stands behind the three keys of the manifest', () => {
    always('k8-three-numbers', (question) => {
      const [name = ''] = named(question)
      const target = key(question, `${name}-service`, 'targetPort')
      expect(question.body.kind === 'match' && question.body.pairs).toEqual([
        ['pod', key(question, `${name}-service`, 'port')],
        ['stranger', key(question, `${name}-service`, 'nodePort')],
        ['program', target === 'http' ? key(question, `${name}-1`, 'containerPort') : target],
      ])
    })
  })

  it('k8-read-get-svc: stands before or behind the colon', () => {
    always('k8-read-get-svc', (question) => {
      const name = named(question).at(-1) ?? ''
      const row = printed(question, 'kubectl').find((line) => line.startsWith(`${name} `)) ?? ''
      const [, port, node] = /(\d+):(\d+)\/TCP/.exec(row) ?? []
      const stranger = question.stem.includes('node')
      expect(question.body).toMatchObject({ kind: 'type', answer: stranger ? node : port })
    })
  })

  it('k8-broken-target: compares what targetPort leads to with what the Pod listens on', () => {
    always('k8-broken-target', (question) => {
      const name = named(question)[0]?.split(':')[0] ?? ''
      const ready = printed(question, 'get pods')[1]?.includes('1/1') ?? false
      const target = key(question, `${name}-service`, 'targetPort')
      const declared = key(question, `${name}-1`, 'containerPort')
      const called = printed(question, `cat ${name}-1`).some((line) => line.trim() === 'name: http')
      const number = target === 'http' ? (called ? declared : '') : target
      const listens = listener(question).split(':')[1]
      expect(right(question)).toBe(
        !ready || number === '' ? 'no-endpoint' : number === listens ? 'answered' : 'pod-refuses',
      )
    })
  })
})
