import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { questions as en } from '../../words/en/questions'
import type { Question } from '../question'
import { questionFrom } from '../template'
import { balancing } from './balancing'

const printed = ({ views }: Question, tool: string): string =>
  views
    .flatMap((view) =>
      view.kind === 'text' && view.command.startsWith(tool)
        ? view.lines.map((line) => line.map(({ text }) => text).join(''))
        : [],
    )
    .join('\n')

const right = ({ body }: Question): string =>
  'options' in body ? (body.options.find((option) => option.right)?.text ?? '') : ''

/** What the configuration says: the balancer's own end, and the ends of its targets by name or in order. */
interface Configured {
  readonly proxy: boolean
  readonly address: string
  readonly targets: readonly { readonly name: string; readonly address: string; readonly port: string }[]
}

function configured(question: Question): Configured {
  const haproxy = printed(question, 'cat haproxy.cfg')
  if (haproxy !== '') {
    const targets = [...haproxy.matchAll(/server (\S+) (\S+):(\d+)/g)]
    return {
      proxy: true,
      address: /bind (\S+):\d+/.exec(haproxy)?.[1] ?? '',
      targets: targets.map(([, name = '', address = '', port = '']) => ({ name, address, port })),
    }
  }
  const list = printed(question, 'ipvsadm')
  const targets = [...list.matchAll(/-> (\d\S*):(\d+)/g)]
  return {
    proxy: false,
    address: /TCP {2}(\S+):\d+/.exec(list)?.[1] ?? '',
    targets: targets.map(([, address = '', port = ''], index) => ({ name: `app-${index + 1}`, address, port })),
  }
}

function always(id: string, expectation: (question: Question) => void): void {
  const template = balancing.find((one) => one.id === id)
  if (!template) throw new RangeError(`There is no template ${id}.`)
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      expectation(questionFrom(template, seed, en))
    }),
    { numRuns: 300 },
  )
}

describe('the right answer, read off the screen', () => {
  it('lb-target-rule: names the port of the targets, and of a proxy its address', () => {
    always('lb-target-rule', (question) => {
      const { proxy, address, targets } = configured(question)
      const rule = `tcp dport ${targets[0]?.port} accept`
      expect(right(question)).toBe(proxy ? `ip saddr ${address} ${rule}` : rule)
    })
  })

  it('lb-two-connections: has the port of the target on one side, the proxy or the caller on the other', () => {
    always('lb-two-connections', (question) => {
      const { proxy, address, targets } = configured(question)
      const name = /`(app-\d)`/.exec(question.stem)?.[1]
      const target = targets.find((one) => one.name === name)
      const [, caller, callerPort] = /IP (\d+\.\d+\.\d+\.\d+)\.(\d+) >/.exec(printed(question, 'tcpdump')) ?? []
      const [state, local, peer] = right(question).split(' ')
      expect([state, local]).toEqual(['ESTAB', `${target?.address}:${target?.port}`])
      const [peerAddress, peerPort] = peer?.split(':') ?? []
      if (proxy) {
        expect(peerAddress).toBe(address)
        expect(Number(peerPort)).toBeGreaterThanOrEqual(32_768)
        expect(Number(peerPort)).toBeLessThanOrEqual(60_999)
      } else expect(peer).toBe(`${caller}:${callerPort}`)
    })
  })
})
