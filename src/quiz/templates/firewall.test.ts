import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { questions } from '../../words/en/questions'
import type { Question } from '../question'
import { questionFrom } from '../template'
import { firewall } from './firewall'

const printed = ({ views, after }: Question, command: string, when: 'before' | 'after' = 'before'): readonly string[] =>
  (when === 'before' ? views : after)
    .flatMap((view) => (view.kind === 'text' && view.command.startsWith(command) ? view.lines : []))
    .map((spans) => spans.map(({ text }) => text).join(''))

interface Seen {
  readonly protocol: string
  readonly src: string
  readonly sport: number
  readonly dst: string
  readonly dport: number
}

/** A packet as its line of tcpdump tells it. */
function packetOn(line = ''): Seen {
  const [, src = '', sport = '', dst = '', dport = '', rest = ''] =
    /IP6? (\S+)\.(\d+) > (\S+)\.(\d+): (.*)/.exec(line) ?? []
  return { protocol: rest.startsWith('Flags') ? 'tcp' : 'udp', src, sport: Number(sport), dst, dport: Number(dport) }
}

const number = (address: string): number => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)

const inNetwork = (address: string, prefix: string): boolean => {
  const [base = '', length = '32'] = prefix.split('/')
  const size = 2 ** (32 - Number(length))
  return Math.floor(number(address) / size) === Math.floor(number(base) / size)
}

/** Whether a port is in a list such as `22`, `8000-8100`, `8000:8100`, `{ 80, 443 }` or `80,443`. */
const inPorts = (port: number, list: string): boolean =>
  list
    .replaceAll(/[{}\s]/g, '')
    .split(',')
    .some((part) => {
      const [from = '', to = from] = part.split(/[-:]/)
      return Number(from) <= port && port <= Number(to)
    })

/** A naive reading of one rule as `nft` prints it. */
function nftFits(rule: string, seen: Seen, state = 'new'): boolean {
  const asked = (pattern: RegExp, holds: (value: string) => boolean) => {
    const value = pattern.exec(rule)?.[1]
    return value === undefined || holds(value)
  }
  return (
    asked(/\b(tcp|udp) [sd]port/, (value) => value === seen.protocol) &&
    asked(/(?:l4proto|protocol) (tcp|udp)/, (value) => value === seen.protocol) &&
    asked(/saddr (\S+)/, (value) => inNetwork(seen.src, value)) &&
    asked(/daddr (\S+)/, (value) => inNetwork(seen.dst, value)) &&
    asked(/ dport (\{[^}]*\}|\S+)/, (value) => inPorts(seen.dport, value)) &&
    asked(/ sport (\{[^}]*\}|\S+)/, (value) => inPorts(seen.sport, value)) &&
    asked(/ct state (\{[^}]*\}|\S+)/, (value) => value.includes(state))
  )
}

/** The rules of a chain as `nft` prints it, and its policy. */
function nftChain(lines: readonly string[]) {
  const policy = /policy (\w+)/.exec(lines.join('\n'))?.[1] ?? 'accept'
  const rules = lines.map((line) => line.trim()).filter((line) => /(accept|drop|reject.*)$/.test(line))
  return { policy, rules }
}

function nftVerdict(lines: readonly string[], seen: Seen, state = 'new'): string {
  const { policy, rules } = nftChain(lines)
  const rule = rules.find((one) => nftFits(one, seen, state))
  return rule === undefined ? policy : (/(accept|drop|reject.*)$/.exec(rule)?.[1] ?? '')
}

/** A naive reading of one line of `iptables -L -n --line-numbers`. */
function iptablesFits(line: string, seen: Seen): boolean {
  const [, , prot = '', , source = '', destination = '', ...rest] = line.split(/\s+/)
  const text = rest.join(' ')
  const one = (letter: string, port: number) => {
    const value =
      new RegExp(`${letter}pts?:(\\S+)`).exec(text)?.[1] ?? new RegExp(`${letter}ports (\\S+)`).exec(text)?.[1]
    return value === undefined || inPorts(port, value)
  }
  const all = ['0.0.0.0/0', '::/0']
  return (
    (prot === 'all' || prot === seen.protocol) &&
    (all.includes(source) || inNetwork(seen.src, source)) &&
    (all.includes(destination) || inNetwork(seen.dst, destination)) &&
    one('s', seen.sport) &&
    one('d', seen.dport)
  )
}

const iptablesChain = (lines: readonly string[], name: string) => {
  const start = lines.findIndex((line) => line.startsWith(`Chain ${name} `))
  const rest = lines.slice(start + 1)
  const end = rest.findIndex((line) => line.startsWith('Chain '))
  const policy = /policy (\w+)/.exec(lines[start] ?? '')?.[1] ?? ''
  return { policy, rules: rest.slice(0, end < 0 ? undefined : end).filter((line) => /^\d/.test(line)) }
}

const everySeed = (id: string, look: (question: Question) => void, runs = 250) => {
  const template = firewall.find((one) => one.id === id)
  if (!template) throw new Error(`There is no template ${id}.`)
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 31 - 1 }), (seed) => look(questionFrom(template, seed, questions))),
    { numRuns: runs },
  )
}

const rightOf = ({ body }: Question): readonly string[] =>
  'options' in body ? body.options.filter(({ right }) => right).map(({ means }) => means) : []

const MEANS: Readonly<Record<string, string>> = { accept: 'accept', drop: 'silence' }

describe('read from the views as a person reads them', () => {
  it('the first fitting rule of a list decides', () => {
    everySeed('fw-which-rule', (question) => {
      const seen = packetOn(printed(question, 'tcpdump')[0])
      const rule = iptablesChain(printed(question, 'iptables'), 'INPUT').rules.find((line) => iptablesFits(line, seen))
      expect(question.body.kind === 'type' && question.body.answer).toBe(/^\d+/.exec(rule ?? '')?.[0])
    })
  })

  it('a filter does what its first fitting rule says, or its policy', () => {
    everySeed('fw-verdict', (question) => {
      const said = nftVerdict(printed(question, 'nft'), packetOn(printed(question, 'tcpdump')[0]))
      const [means = ''] = rightOf(question)
      expect(means).toBe(MEANS[said] ?? (said.includes('tcp reset') ? 'rst' : 'port-unreachable'))
    })
  })

  it('an order is right exactly when the naive reading reaches the same for everybody', () => {
    everySeed(
      'fw-reorder',
      (question) => {
        if (question.body.kind !== 'order') throw new Error('Not an order.')
        const { order, alsoRight, traps, items } = question.body
        const facts = question.views.flatMap((view) => (view.kind === 'papers' ? view.rows : []))
        const fact = (field: string) => facts.find((row) => row.field === field)?.value ?? '198.18.0.1'
        const probes = [fact('admin'), fact('bad'), '198.18.0.9'].flatMap((src) =>
          [22, 443, 8050, 8080, 9999].flatMap((dport) =>
            ['new', 'established'].map((state) => ({
              seen: { protocol: 'tcp', src, sport: 40000, dst: '192.0.2.1', dport },
              state,
            })),
          ),
        )
        const outcome = (rules: readonly string[]) =>
          probes
            .map(({ seen, state }) => {
              const rule = rules.find((one) => nftFits(one, seen, state))
              return rule === undefined ? fact('policy') : (/(accept|drop)$/.exec(rule)?.[1] ?? '')
            })
            .join(' ')
        for (const other of alsoRight) expect(outcome(other)).toBe(outcome(order))
        for (const { answer } of traps) expect(outcome(answer)).not.toBe(outcome(order))
        const shown = items.map(({ means }) => means)
        expect(outcome(shown)).not.toBe(outcome(order))
      },
      100,
    )
  })

  it('an answer comes in only where a rule lets it in: by the state, or by a port', () => {
    everySeed('fw-return-traffic', (question) => {
      const answer = packetOn(printed(question, 'tcpdump')[1])
      const { policy, rules } = nftChain(printed(question, 'nft'))
      expect(policy).toBe('drop')
      const rule = rules.find((one) => nftFits(one, answer, 'established'))
      const why = rule && (/ct state|sport|dport/.exec(rule)?.[0] ?? '')
      const means: Readonly<Record<string, string>> = {
        'ct state': 'yes known',
        sport: 'yes source',
        dport: 'yes destination',
      }
      expect(rightOf(question)).toEqual([why ? means[why] : 'no rule'])
      const [call, back] = printed(question, 'tcpdump')
      const [seq, ack] = [/seq (\d+)/.exec(call ?? '')?.[1], /ack (\d+)/.exec(back ?? '')?.[1]]
      expect(Number(ack)).toBe((Number(seq) + 1) % 2 ** 32)
    })
  })

  it('without state the answer needs a rule of its own', () => {
    everySeed('fw-stateless', (question) => {
      const answer = packetOn(printed(question, 'tcpdump', 'after')[1])
      const { policy, rules } = iptablesChain(printed(question, 'iptables'), 'OUTPUT')
      const rule = rules.find((line) => iptablesFits(line, answer))
      const said = rule === undefined ? policy : (rule.split(/\s+/)[1] ?? '')
      expect(rightOf(question)).toEqual([said === 'ACCEPT' ? 'works' : 'fails back'])
    })
  })

  it('a rule opens no port: it takes a TCP listener at that address, or RST comes back', () => {
    everySeed('fw-allowed-but-nobody', (question) => {
      const { dport } = packetOn(printed(question, 'tcpdump')[0])
      const open = printed(question, 'ss').some((line) =>
        new RegExp(`^tcp +LISTEN .*(0\\.0\\.0\\.0|\\*):${dport} `).test(line),
      )
      const [means = ''] = rightOf(question)
      expect(means.startsWith('socket tcp 0.0.0.0')).toBe(open)
      if (!open) expect(means).toBe('rst')
    })
  })

  it('each family is filtered by its own list', () => {
    everySeed('fw-ipv6-gap', (question) => {
      const door = Number(/\*:(\d+)/.exec(printed(question, 'ss')[1] ?? '')?.[1])
      const passes = (command: string) => {
        const { policy, rules } = iptablesChain(printed(question, command), 'INPUT')
        const seen: Seen = { protocol: 'tcp', src: '', sport: 40000, dst: '', dport: door }
        return (rules.find((line) => iptablesFits(line, seen))?.split(/\s+/)[1] ?? policy) === 'ACCEPT'
      }
      const [four, six] = [passes('iptables'), passes('ip6tables')]
      expect(rightOf(question)).toEqual([four ? (six ? 'everyone' : 'four') : six ? 'six' : 'nobody'])
    })
  })

  it('three gates in a row, and the first that fails is named', () => {
    everySeed('fw-reach-chain', (question) => {
      const route = question.views.flatMap((view) => (view.kind === 'papers' ? view.rows : []))[0]?.value ?? ''
      const [, port = '', protocol = ''] = /(\d+)\/(tcp|udp)/.exec(question.stem) ?? []
      const seen: Seen = { protocol, src: '198.18.0.1', sport: 40000, dst: '', dport: Number(port) }
      const lamp = printed(question, 'ss').some((line) =>
        new RegExp(`^${protocol} +\\S+ .* 0\\.0\\.0\\.0:${port} `).test(line),
      )
      const expected = route.includes('no forward')
        ? 'no forward'
        : nftVerdict(printed(question, 'nft'), seen) !== 'accept'
          ? 'no gatehouse'
          : lamp
            ? 'yes'
            : 'no lamp'
      expect(rightOf(question)).toEqual([expected])
    })
  })

  it('a rule for one caller and one port names both', () => {
    everySeed('fw-source-rule', (question) => {
      const facts = question.views.flatMap((view) => (view.kind === 'papers' ? view.rows : []))
      const [app = '', db = ''] = facts.map(({ value }) => value)
      const [address = '', port = ''] = db.split(':')
      const right = [
        `ip saddr ${app} tcp dport ${port} accept`,
        `ip saddr ${app} ip daddr ${address} tcp dport ${port} accept`,
      ]
      for (const means of rightOf(question)) expect(right).toContain(means)
      expect(rightOf(question)).toContain(right[0])
    })
  })
})
