import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { questions as en } from '../../words/en/questions'
import type { Question } from '../question'
import { questionFrom } from '../template'
import {
  delivered,
  dumped,
  facts,
  numbersIn,
  printed,
  request,
  rightText,
  rightTexts,
  ssLines,
  written,
} from './read-view.test-support'
import { replies } from './replies'

/** A question of this template meets the expectation, whatever the seed. */
function always(id: string, expectation: (question: Question) => void): void {
  const template = replies.find((one) => one.id === id)
  if (!template) throw new RangeError(`There is no template ${id}.`)
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      expectation(questionFrom(template, seed, en))
    }),
    { numRuns: 300 },
  )
}

describe('an answer', () => {
  it('goes from where the request went to where it came from: rp-build-reply', () => {
    always('rp-build-reply', (question) => {
      const { protocol, from, to } = request(question)
      expect(rightText(question)).toBe(`${protocol} ${written(to)} > ${written(from)}`)
    })
  })

  it('has the source port of the request as destination port: rp-reply-dport', () => {
    always('rp-reply-dport', (question) => {
      expect(rightText(question)).toBe(request(question).from.port)
    })
  })

  it('has all four fields exchanged: rp-fill-reply', () => {
    always('rp-fill-reply', (question) => {
      const { from, to } = request(question)
      if (question.body.kind !== 'match') throw new RangeError('Not a match.')
      expect(new Map(question.body.pairs)).toEqual(
        new Map([
          ['source', to.address],
          ['sourcePort', to.port],
          ['destination', from.address],
          ['destinationPort', from.port],
        ]),
      )
      expect(question.body.right).toHaveLength(5)
    })
  })

  it('finds the window that called, if there is one: rp-reply-arrives', () => {
    always('rp-reply-arrives', (question) => {
      const [packet] = dumped(question.views)
      if (!packet) throw new RangeError('No line.')
      expect(rightText(question).startsWith(delivered(ssLines(question.views), packet))).toBe(true)
    })
  })

  it('does not say who is the client, the first flags do: rp-who-is-client', () => {
    always('rp-who-is-client', (question) => {
      const clients = dumped(question.views).flatMap(({ from, to, flags }) =>
        flags === 'S' ? [written(from)] : flags === 'S.' ? [written(to)] : [],
      )
      expect(clients).toHaveLength(2)
      expect(rightTexts(question).toSorted()).toEqual(clients.toSorted())
    })
  })
})

describe('a source port', () => {
  it('comes from the range of the system: rp-ephemeral-source', () => {
    always('rp-ephemeral-source', (question) => {
      if (question.body.kind !== 'several') throw new RangeError('Not several.')
      // What the systems print of themselves: the first and last, or the first and how many.
      const [low = 0, high = 0] = question.stem.startsWith('A Linux client')
        ? numbersIn(printed(question.after, 'sysctl').join(' ').split('=')[1] ?? '')
        : printed(question.after, 'netsh')
            .filter((line) => line.includes(' : '))
            .map((line) => Number(line.split(':')[1]))
            .map((number, index, [first = 0]) => (index === 0 ? number : first + number - 1))
      expect([low, high]).toEqual(question.stem.startsWith('A Linux client') ? [32768, 60999] : [49152, 65535])
      for (const { text, right } of question.body.options)
        expect(right).toBe(Number(text) >= low && Number(text) <= high)
    })
  })

  it('is one of as many as the range has: rp-ephemeral-count', () => {
    always('rp-ephemeral-count', (question) => {
      const [low = 0, high = 0] = numbersIn(printed(question.views, 'sysctl').join('').split('=')[1] ?? '')
      expect(rightText(question)).toBe(String(high - low + 1))
    })
  })

  it('serves again for whom it does not serve yet: ps-reuse-source-port', () => {
    const counts = new Set<string>()
    always('ps-reuse-source-port', (question) => {
      const port = numbersIn(question.stem).at(-1)
      const busy = ssLines(question.views)
        .filter(({ local }) => Number(local.port) === port)
        .map(({ peer }) => written(peer))
      const targets = facts(question.views).map(([, value]) => value)
      expect(targets).toHaveLength(5)
      const free = targets.filter((target) => !busy.includes(target))
      expect(rightText(question)).toBe(String(free.length))
      expect(facts(question.after).filter(([, value]) => value.endsWith(' yes'))).toHaveLength(free.length)
      counts.add(rightText(question))
    })
    expect(counts.size).toBeGreaterThan(1)
  })

  it('is needed as often as one target is called: rp-fewest-source-ports', () => {
    always('rp-fewest-source-ports', (question) => {
      const wanted = facts(question.views).map(([target, value]) => [target, numbersIn(value)[0] ?? 0] as const)
      expect(rightText(question)).toBe(String(Math.max(...wanted.map(([, count]) => count))))
      const lines = ssLines(question.after)
      for (const [target, count] of wanted) {
        const ports = lines.filter(({ peer }) => written(peer) === target).map(({ local }) => local.port)
        expect(ports).toHaveLength(count)
        expect(new Set(ports).size).toBe(count)
      }
    })
  })
})
