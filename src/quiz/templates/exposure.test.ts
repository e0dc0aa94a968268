import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import decks from '../../../content/decks.json'
import { questions as en } from '../../words/en/questions'
import type { Question } from '../question'
import { questionFrom } from '../template'
import { exposure } from './exposure'

/** The lines that a tool prints in a question. */
const printed = ({ views }: Question, tool: string): readonly string[] =>
  views.flatMap((view) =>
    view.kind === 'text' && view.command.startsWith(tool)
      ? view.lines.map((line) => line.map(({ text }) => text).join(''))
      : [],
  )

const fact = ({ views }: Question, field: string): string | undefined =>
  views.flatMap((view) => (view.kind === 'papers' ? view.rows : [])).find((row) => row.field === field)?.value

const rights = ({ body }: Question): readonly string[] =>
  'options' in body
    ? body.options
        .filter((option) => option.right)
        .map(({ means }) => means)
        .toSorted()
    : []

const offered = ({ body }: Question): readonly string[] =>
  'options' in body ? body.options.map(({ means }) => means) : []

interface Line {
  readonly protocol: string
  readonly address: string
  readonly port: string
}

/** The listeners that `ss -tulnp` prints. */
const listeners = (question: Question): readonly Line[] =>
  printed(question, 'ss')
    .slice(1)
    .map((text) => {
      const [protocol = '', , , , local = ''] = text.split(/\s+/)
      const at = local.lastIndexOf(':')
      return { protocol, address: local.slice(0, at), port: local.slice(at + 1) }
    })

/** What a chain says of a new call, read from the top: the first line with its protocol and port, or else the policy. */
function ruling(lines: readonly string[], protocol: string, port: string): string {
  const rule = lines.find((line) => {
    const [, asked, ports = ''] = /^\s*(tcp|udp) dport (.*) \w+$/.exec(line) ?? []
    return asked === protocol && ports.split(/\D+/).includes(port)
  })
  return rule?.trim().split(' ').at(-1) ?? /policy (\w+);/.exec(lines.join('\n'))?.[1] ?? ''
}

function always(id: string, expectation: (question: Question) => void): void {
  const template = exposure.find((one) => one.id === id)
  if (!template) throw new RangeError(`There is no template ${id}.`)
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      expectation(questionFrom(template, seed, en))
    }),
    { numRuns: 300 },
  )
}

/** What each job needs, as a list on paper. */
const NEEDED: Readonly<Record<string, readonly string[]>> = {
  [en.exposure['ex-close-doors'].jobs.shop]: ['80/tcp', '443/tcp', '443/udp'],
  [en.exposure['ex-close-doors'].jobs.mail]: ['25/tcp', '587/tcp', '993/tcp'],
  [en.exposure['ex-close-doors'].jobs.dns]: ['53/tcp', '53/udp'],
}

describe('the right answer, read off the screen', () => {
  it('wk-watch-list: is what the registry has a warning for', () => {
    const watched = new Set(
      decks.decks.find(({ id }) => id === 'watch-list')?.cards.map((card) => card.split('-')[0] ?? ''),
    )
    always('wk-watch-list', (question) => {
      const open = printed(question, 'nmap').flatMap((line) => /^(\d+)\/tcp +open/.exec(line)?.[1] ?? [])
      expect(open).toHaveLength(6)
      expect(rights(question)).toEqual(
        open
          .filter((port) => watched.has(port))
          .map((port) => `${port}/tcp`)
          .toSorted(),
      )
    })
  })

  it('ex-who-is-reachable: is bound to an address of this side and let in by the chain', () => {
    always('ex-who-is-reachable', (question) => {
      const address = /`([\d.]+)`/.exec(question.stem)?.[1]
      const chain = printed(question, 'nft')
      const reachable = listeners(question).filter(
        (line) =>
          ['0.0.0.0', '*', address].includes(line.address) && ruling(chain, line.protocol, line.port) === 'accept',
      )
      expect(rights(question)).toEqual(reachable.map(({ protocol, port }) => `${port}/${protocol}`).toSorted())
    })
  })

  it('ex-close-doors: listens on all addresses and is not on the list of the job', () => {
    always('ex-close-doors', (question) => {
      const needed = NEEDED[fact(question, 'job') ?? ''] ?? []
      expect(needed.length).toBeGreaterThan(0)
      const open = listeners(question).filter(({ address }) => address !== '127.0.0.1')
      const doors = open.map(({ protocol, port }) => `${port}/${protocol}`).filter((door) => !needed.includes(door))
      expect(rights(question)).toEqual(doors.toSorted())
    })
  })

  it('ex-moved-ssh: is what the options of the scan ask', () => {
    always('ex-moved-ssh', (question) => {
      const [, port = '', command = ''] = /to (\d+)\. .*`(nmap .*)`/.exec(question.stem) ?? []
      const all = command.includes('-p-')
      const common = !command.includes('-p') && fact(question, 'listed') === 'yes'
      expect(port).not.toBe('')
      expect(rights(question)).toEqual([!all && !common ? 'not-asked' : command.includes('-sV') ? 'open-ssh' : 'open'])
    })
  })

  it('ex-what-still-helps: is none of those that leave the door and the program as they are', () => {
    const useless = ['move', 'others', 'ping', 'trust']
    always('ex-what-still-helps', (question) => {
      expect(rights(question)).toEqual(
        offered(question)
          .filter((means) => !useless.includes(means))
          .toSorted(),
      )
    })
  })

  it('ex-443-proof: says no more than the line of the scan', () => {
    always('ex-443-proof', (question) => {
      const line = printed(question, 'nmap').find((text) => text.startsWith('443/tcp')) ?? ''
      const [, state = '', , ...version] = line.split(/\s+/)
      expect(rights(question)).toEqual([state === 'open' && version.length > 0 ? 'named' : state])
    })
  })

  it('ex-surface-change: follows from what answers a SYN after the change', () => {
    const say = en.exposure['ex-surface-change']
    const expected: readonly (readonly [action: string, state: string])[] = [
      [say.stop, 'closed'],
      [say.loopback, 'closed'],
      [say.reset, 'closed'],
      [say.move(0).replace('0.', ''), 'closed'],
      [say.drop, 'filtered'],
      [say.unreachable, 'filtered'],
      [say.sources, 'filtered'],
      [say.password, 'open'],
    ]
    always('ex-surface-change', (question) => {
      const [, state] = expected.find(([action]) => question.stem.startsWith(action)) ?? []
      expect(rights(question)).toEqual([state])
    })
  })

  it('ex-defence-layers: is the way of a packet, then TLS, login and permission', () => {
    always('ex-defence-layers', (question) => {
      const first =
        printed(question, 'docker ps').length > 0
          ? ['publish']
          : printed(question, 'nft list table').length > 0
            ? ['forward']
            : []
      expect(question.body.kind === 'order' && question.body.order).toEqual([
        ...first,
        'rule',
        'listener',
        'tls',
        'login',
        'permission',
      ])
    })
  })
})
