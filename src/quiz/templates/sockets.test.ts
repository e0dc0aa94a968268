import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { questions as en } from '../../words/en/questions'
import type { Question } from '../question'
import { questionFrom } from '../template'
import type { End } from './read-view.test-support'
import {
  delivered,
  dumped,
  fact,
  numbersIn,
  printed,
  request,
  rightText,
  rightTexts,
  same,
  ssLines,
  written,
} from './read-view.test-support'
import { sockets } from './sockets'

/** A question of this template meets the expectation, whatever the seed. */
function always(id: string, expectation: (question: Question) => void): void {
  const template = sockets.find((one) => one.id === id)
  if (!template) throw new RangeError(`There is no template ${id}.`)
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      expectation(questionFrom(template, seed, en))
    }),
    { numRuns: 300 },
  )
}

const distinct = (items: readonly string[]): number => new Set(items).size

/** Both ends on one line, the smaller text first. */
const pairOf = (a: End, b: End): string => [written(a), written(b)].toSorted().join(' ')

describe('where a packet goes', () => {
  it.each(['ps-which-window', 'ps-syn-or-data', 'ps-restart'])('is what the board says: %s', (id) => {
    always(id, (question) => {
      for (const packet of dumped(question.views))
        expect(rightText(question).startsWith(delivered(ssLines(question.views), packet))).toBe(true)
    })
  })

  it('after a reset is what the board without its line says: ps-one-window-closes', () => {
    always('ps-one-window-closes', (question) => {
      const [reset, packet] = dumped(question.views)
      if (!reset || !packet) throw new RangeError('Two lines are missing.')
      expect(reset.flags).toBe('R.')
      const left = ssLines(question.views).filter(
        ({ local, peer }) => pairOf(local, peer) !== pairOf(reset.from, reset.to),
      )
      expect(left).toHaveLength(ssLines(question.views).length - 1)
      expect(rightText(question).startsWith(delivered(left, packet))).toBe(true)
      expect(ssLines(question.after)).toEqual(left)
    })
  })

  it('is another thing for data than for a SYN when nobody listens: ps-lamp-goes-out', () => {
    always('ps-lamp-goes-out', (question) => {
      const board = ssLines(question.views)
      expect(board.some(({ state }) => state === 'LISTEN')).toBe(false)
      const [data, syn] = dumped(question.views).map((packet) =>
        delivered(board, packet) === 'refused with RST' ? 'gets RST' : 'reaches its window',
      )
      expect(rightText(question)).toBe(`the data ${data}; the SYN ${syn}`)
    })
  })

  it('is a window of its own for each call that is taken: ps-same-source-port', () => {
    always('ps-same-source-port', (question) => {
      const packets = dumped(question.views)
      expect(distinct(packets.map(({ from }) => from.port))).toBe(1)
      const doors = ssLines(question.views).flatMap(({ state, local }) => (state === 'LISTEN' ? [local.port] : []))
      const taken = packets.filter(({ to }) => doors.includes(to.port))
      const count = distinct(taken.map(({ from, to }) => pairOf(from, to)))
      expect(rightText(question)).toBe(
        taken.length === packets.length
          ? `${count} windows, one for each call`
          : `${count === 1 ? '1 window' : `${count} windows`} at port ${doors[0]}; the rest is refused`,
      )
      expect(ssLines(question.after).filter(({ state }) => state === 'ESTAB')).toHaveLength(count)
    })
  })
})

describe('what is counted', () => {
  it('are the established lines at the port: ps-count-windows', () => {
    always('ps-count-windows', (question) => {
      const door = numbersIn(question.stem).at(-1)
      const lines = printed(question.views, 'ss ').filter((line) =>
        new RegExp(`^ESTAB +\\d+ +\\d+ +[\\d.]+:${door} `).test(line),
      )
      expect(rightText(question)).toBe(String(lines.length))
    })
  })

  it('are the numbers of the listeners: ps-count-ports', () => {
    always('ps-count-ports', (question) => {
      const ports = ssLines(question.views).flatMap(({ state, local }) => (state === 'LISTEN' ? [local.port] : []))
      expect(rightText(question)).toBe(String(distinct(ports)))
      for (const port of ports) expect(numbersIn(question.stem)).toContain(Number(port))
    })
  })

  it('is one socket for a UDP service, and over TCP one more than there are clients: ps-count-sockets', () => {
    always('ps-count-sockets', (question) => {
      const udp = question.views.some((view) => view.kind === 'text' && view.command === 'ss -uan')
      const [clients = 0] = numbersIn(question.stem)
      expect(rightText(question)).toBe(String(udp ? 1 : clients + 1))
      expect(ssLines(question.after)).toHaveLength(udp ? 1 : clients + 1)
    })
  })

  it('are the source ports of the range: ps-max-from-one-address', () => {
    always('ps-max-from-one-address', (question) => {
      const [low = 0, high = 0] = numbersIn(printed(question.views, 'sysctl').join('').split('=')[1] ?? '')
      expect(numbersIn(rightText(question))).toEqual([high - low + 1])
    })
  })

  it('are the addresses times the ports of each: ps-server-limit', () => {
    always('ps-server-limit', (question) => {
      const [addresses = 0] = numbersIn(fact(question.views, 'addresses'))
      const [low = 0, high = low] = numbersIn(fact(question.views, 'ports'))
      const total = addresses * (high - low + 1)
      if (addresses > 1 && high > low) expect(total).toBeGreaterThan(65_536)
      expect(numbersIn(rightText(question))[0]).toBe(total)
      expect(printed(question.after, 'ss ')).toEqual([String(total)])
    })
  })

  it('are the different pairs of ends, for each protocol: ps-count-conversations', () => {
    always('ps-count-conversations', (question) => {
      const keys = dumped(question.views).map(({ from, to, flags }) => `${flags === ''} ${pairOf(from, to)}`)
      expect(rightText(question)).toBe(String(distinct(keys)))
      expect(distinct(keys)).toBeGreaterThanOrEqual(3)
    })
  })

  it('are the clients, shared out among the workers that may share: ps-reuseport', () => {
    always('ps-reuseport', (question) => {
      const workers = numbersIn(question.stem)[0] ?? 0
      const clients = numbersIn(question.stem).at(-1) ?? 0
      const options = [fact(question.views, 'first'), fact(question.views, 'others')]
      const shared =
        options.every((option) => option === 'SO_REUSEPORT') && fact(question.views, 'users') === 'one user'
      expect(rightText(question)).toMatch(shared ? /every client is with one worker$/ : /^the first gets all/)
      expect(numbersIn(rightText(question))[0]).toBe(shared ? Math.round(clients / workers) : clients)
      expect(ssLines(question.after)).toHaveLength(shared ? workers : 1)
    })
  })
})

describe('a line of ss', () => {
  it('keeps the port of the listener when a caller is accepted: ps-local-port-after-accept', () => {
    always('ps-local-port-after-accept', (question) => {
      const [packet] = dumped(question.views)
      const [lamp] = ssLines(question.views)
      expect(packet?.to.port).toBe(lamp?.local.port)
      expect(rightText(question)).toBe(`ESTAB ${packet && written(packet.to)} ${packet && written(packet.from)}`)
    })
  })

  it('waits for newcomers when it has no peer: ps-lamps-or-windows', () => {
    always('ps-lamps-or-windows', (question) => {
      const waiting = ssLines(question.views).filter(({ peer }) => peer.port === '*')
      expect(rightTexts(question).toSorted()).toEqual(
        waiting
          .map(({ protocol, state, local, peer }) => `${protocol} ${state} ${written(local)} ${written(peer)}`)
          .toSorted(),
      )
      // A connection to a service stands at an address where its listener is.
      for (const { state, local } of ssLines(question.views))
        if (state === 'ESTAB' && Number(local.port) < 32768)
          expect(waiting.some((lamp) => lamp.local.port === local.port && lamp.local.address === '0.0.0.0')).toBe(true)
    })
  })

  it('is what its form says: ps-vocabulary', () => {
    const FORMS: Readonly<Record<string, RegExp>> = {
      'the port of a service': /^(22|80|443)$/,
      'an ephemeral port of a client': /^\d{5}$/,
      'a listening socket': /^LISTEN \S+ 0\.0\.0\.0:\*$/,
      'a connected socket': /^ESTAB \S+:\d+ \S+:\d+$/,
      'a connection, with both its ends': /^tcp \S+ <-> \S+$/,
      'the registered name of a service': /^(ssh|http|https)\/tcp$/,
    }
    always('ps-vocabulary', ({ body }) => {
      if (body.kind !== 'match') throw new RangeError('Not a match.')
      for (const [left, right] of body.pairs) {
        const term = body.left.find(({ means }) => means === left)?.text ?? ''
        expect(body.right.map(({ means }) => means).filter((text) => FORMS[term]?.test(text))).toEqual([right])
      }
    })
  })

  it('has its ends in the other order on the other board: ps-other-end', () => {
    always('ps-other-end', (question) => {
      const [line] = ssLines(question.views)
      expect(rightText(question)).toBe(`ESTAB ${line && written(line.peer)} ${line && written(line.local)}`)
    })
  })

  it('has the state that the flags so far lead to: ps-accept-trace', () => {
    always('ps-accept-trace', (question) => {
      const lines = dumped(question.views)
      const [syn] = lines
      if (!syn) throw new RangeError('No line.')
      const closers = lines.filter(({ flags }) => flags.startsWith('F')).map(({ from }) => same(from, syn.from))
      const [clientFirst] = closers
      const state =
        clientFirst === undefined
          ? lines.length > 2
            ? 'ESTAB'
            : 'SYN-RECV'
          : clientFirst
            ? closers.length === 2
              ? undefined
              : 'CLOSE-WAIT'
            : closers.length === 2
              ? 'TIME-WAIT'
              : 'FIN-WAIT-2'
      expect(rightText(question)).toBe(
        state === undefined ? 'LISTEN alone' : `LISTEN and ${state} ${written(syn.to)} ${written(syn.from)}`,
      )
      const [lamp, ...windows] = ssLines(question.after)
      expect(lamp?.state).toBe('LISTEN')
      expect(windows.map((window) => window.state)).toEqual(state === undefined ? [] : [state])
    })
  })
})

describe('a conversation', () => {
  it('has the same two ends and protocol in each of its headers: ps-same-conversation', () => {
    always('ps-same-conversation', (question) => {
      const { from, to } = request(question)
      if (question.body.kind !== 'choose') throw new RangeError('Not a choice.')
      const right = question.body.options.filter(({ means }) => {
        const [protocol = '', source = '', , destination = ''] = means.split(' ')
        return protocol === 'tcp' && [source, destination].toSorted().join(' ') === pairOf(from, to)
      })
      expect(right.map(({ means }) => means)).toEqual([rightText(question)])
    })
  })

  it('is left by a change of one of its five fields only: ps-which-change', () => {
    always('ps-which-change', (question) => {
      if (question.body.kind !== 'several') throw new RangeError('Not several.')
      const { from, to } = request(question)
      for (const { text, right } of question.body.options) {
        const stays =
          text.startsWith('flags') || text === `both ends exchanged: from ${written(to)} to ${written(from)}`
        expect(right).toBe(!stays)
        // What is said to change does change.
        if (!stays) expect([from.address, from.port, to.address, to.port, 'TCP']).not.toContain(text.split(' ')[2])
      }
    })
  })
})

describe('the calls of a server', () => {
  it('come in the order of every textbook: ps-call-order', () => {
    always('ps-call-order', ({ stem, body }) => {
      if (body.kind !== 'order') throw new RangeError('Not an order.')
      const udp = stem.startsWith('A UDP')
      expect(body.order.join(' ')).toBe(udp ? 'socket bind recvfrom' : 'socket bind listen accept recv')
      expect(body.alsoRight).toEqual([])
    })
  })
})
