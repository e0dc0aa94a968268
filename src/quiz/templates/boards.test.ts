import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import decks from '../../../content/decks.json'
import type { MisconceptionId } from '../../lessons/misconception'
import { MISCONCEPTION_IDS } from '../../lessons/misconception'
import { random } from '../../shift/random'
import { questions as en } from '../../words/en/questions'
import { questions as es } from '../../words/es/questions'
import { answerOf } from '../learner'
import { mark } from '../mark'
import type { Option, Question } from '../question'
import { offeredBy } from '../record'
import { questionFrom } from '../template'
import { boards } from './boards'

/** The ideas that each board asks about, for every seed. */
const COVERED: Readonly<Record<string, readonly MisconceptionId[]>> = {
  'bd-sockets': [
    'port-is-socket',
    'one-connection-per-port',
    'new-server-port-per-connection',
    'listener-carries-data',
    'dport-alone-selects',
    'source-ip-alone-selects',
    'source-port-alone-selects',
    'limit-64k-connections',
  ],
  'bd-traffic': [
    'source-port-is-door',
    'reply-keeps-ports',
    'client-uses-service-port',
    'ephemeral-always-49152',
    'ephemeral-never-shared',
    'tcp-udp-share-space',
    'dns-is-udp-only',
    'icmp-has-port',
    'https-is-tcp-only',
  ],
  'bd-numbers': [
    'port-zero-usable',
    'above-1023-is-ephemeral',
    'popular-means-well-known',
    'port-identifies-protocol',
    'port-identifies-program',
    'port-unique-across-hosts',
    'router-routes-by-port',
    'secure-twin-mixup',
    'neighbour-mixup',
  ],
  'bd-binding': [
    'wildcard-is-localhost',
    'loopback-reachable-outside',
    'specific-bind-answers-all',
    'wildcard-and-specific-coexist',
    'ipv6-any-is-ipv6-only',
    'ipv4-rule-covers-ipv6',
    'reuseport-copies-traffic',
    'low-port-is-trusted',
    'busy-port-needs-process',
  ],
  'bd-outside': [
    'closed-is-silent',
    'closed-tcp-sends-icmp',
    'udp-closed-sends-rst',
    'udp-silence-means-open',
    'refused-means-host-down',
    'nonstandard-port-hides',
    'closed-port-secures-host',
    'open-443-is-safe',
    'database-open-with-password',
  ],
  'bd-filter': [
    'most-specific-rule-wins',
    'replies-need-inbound-rule',
    'stateless-remembers',
    'allow-rule-opens-port',
    'no-rule-means-allowed',
    'listening-means-reachable',
    'ftp-one-port',
    'smtp-one-port',
  ],
  'bd-router': [
    'nat-is-firewall',
    'forward-keeps-port',
    'unsolicited-finds-host',
    'hairpin-always-works',
    'source-ip-alone-selects',
    'port-unique-across-hosts',
    'reply-keeps-ports',
  ],
  'bd-containers': [
    'publish-reversed',
    'expose-publishes',
    'publish-stays-private',
    'k8s-port-is-targetport',
    'port-unique-across-hosts',
    'lb-listener-equals-target',
    'client-uses-service-port',
  ],
}

const optionsOf = ({ body }: Question): readonly Option[] => ('options' in body ? body.options : [])

const dealt = new Map<string, readonly Question[]>()

/** Three hundred boards, the same for all that is asked of them. */
function boardsOf(id: string): readonly Question[] {
  const template = boards.find((one) => one.id === id)
  if (!template) throw new RangeError(`There is no board ${id}.`)
  const questions =
    dealt.get(id) ?? fc.sample(fc.nat(), { numRuns: 300 }).map((seed) => questionFrom(template, seed, en))
  dealt.set(id, questions)
  return questions
}

describe('the boards', () => {
  it('ask about every idea', () => {
    const asked = new Set(Object.values(COVERED).flat())
    expect(MISCONCEPTION_IDS.filter((id) => !asked.has(id))).toEqual([])
    expect(boards.map(({ id }) => id)).toEqual(Object.keys(COVERED))
  })

  describe.each(Object.entries(COVERED))('%s', (id, ideas) => {
    it('asks about the same ideas for every seed, each once, some truly and some falsely', () => {
      for (const question of boardsOf(id)) {
        const options = optionsOf(question)
        const seed = `seed ${question.seed}`
        expect(new Set(options.map(({ misconception }) => misconception)), seed).toEqual(new Set(ideas))
        expect(options, seed).toHaveLength(ideas.length)
        expect(options.length, seed).toBeGreaterThanOrEqual(7)
        expect(options.length, seed).toBeLessThanOrEqual(9)
        expect(options.filter(({ right }) => right).length, seed).toBeGreaterThanOrEqual(2)
        expect(options.filter(({ right }) => !right).length, seed).toBeGreaterThanOrEqual(2)
      }
    })

    it('says everything in at most 90 characters, in both languages', () => {
      const template = boards.find((one) => one.id === id)
      if (!template) throw new RangeError(`There is no board ${id}.`)
      for (const words of [en, es])
        for (let seed = 0; seed < 200; seed++)
          for (const { text } of optionsOf(questionFrom(template, seed, words))) assert(text.length <= 90, text)
    })

    it('draws every statement both true and false', () => {
      const forms = new Set<string>()
      for (const question of boardsOf(id))
        for (const { right, misconception } of optionsOf(question)) forms.add(`${misconception} ${right}`)
      // That a door holds more than one caller is denied by others too: this statement is only made falsely.
      const single = ['limit-64k-connections']
      for (const idea of ideas)
        for (const right of single.includes(idea) ? [false] : [true, false]) expect(forms).toContain(`${idea} ${right}`)
    })

    it('shows the idea that a learner holds, and only it', () => {
      for (const question of boardsOf(id).slice(0, 50))
        for (const idea of MISCONCEPTION_IDS) {
          const answer = answerOf(question, new Set([idea]), random(question.seed), { slip: 0 })
          const shown = offeredBy(question.body).includes(idea) ? [idea] : []
          assert.deepEqual(mark(question.body, answer).misconceptions, shown, `${idea}, seed ${question.seed}`)
        }
    })
  })
})

/** A view of a tool, as a person reads it. */
const printed = ({ views }: Question, tool: string): readonly string[] =>
  views.flatMap((view) =>
    view.kind === 'text' && view.command.startsWith(tool)
      ? view.lines.map((line) =>
          line
            .map(({ text }) => text)
            .join('')
            .trim(),
        )
      : [],
  )

const facts = ({ views }: Question): readonly { readonly name: string; readonly value: string }[] =>
  views.flatMap((view) => (view.kind === 'papers' ? view.rows : []))

interface Row {
  readonly protocol: string
  readonly state: string
  readonly address: string
  readonly port: number
  readonly peer: string
  readonly peerPort: string
  readonly program: string
}

/** The lines of `ss`; without a first column for the protocol they are TCP. */
const rows = (question: Question): readonly Row[] =>
  printed(question, 'ss')
    .slice(1)
    .map((line) => {
      const words = line.split(/\s+/)
      const [protocol = '', state = '', , , local = '', remote = ''] = ['tcp', 'udp'].includes(words[0] ?? '')
        ? words
        : ['tcp', ...words]
      const cut = (text: string) =>
        [text.slice(0, text.lastIndexOf(':')), text.slice(text.lastIndexOf(':') + 1)] as const
      const [address, port] = cut(local)
      const [peer, peerPort] = cut(remote)
      return {
        protocol,
        state,
        address,
        port: Number(port),
        peer,
        peerPort,
        program: /\(\("([^"]+)/.exec(line)?.[1] ?? '',
      }
    })

const numbers = (text: string): readonly number[] => (text.match(/(?<![\d.])\d+(?![\d.]*\d)/g) ?? []).map(Number)
const first = (text: string): number => numbers(text)[0] ?? -1
const last = (text: string): number => numbers(text).at(-1) ?? -1
const listens = (question: Question, protocol: string, port: number) =>
  rows(question).some(
    (row) => row.protocol === protocol && row.port === port && ['LISTEN', 'UNCONN'].includes(row.state),
  )

/** The place of a registry name among decks.json, as a person looks it up. */
const deckPort = (name: string, protocol: 'tcp' | 'udp'): number =>
  decks.ports.find(({ iana }) => Object.entries(iana ?? {}).some(([key, value]) => key === protocol && value === name))
    ?.port ?? -1

/** The rules of a chain as they are printed, and its policy. */
const chainOf = (question: Question, hook: string) => {
  const views = question.views.flatMap((view) => (view.kind === 'text' ? [view] : []))
  const text = views
    .find(({ command }) => command.startsWith('nft list chain') && command.endsWith(hook))
    ?.lines.map((line) =>
      line
        .map((span) => span.text)
        .join('')
        .trim(),
    )
  const head = text?.findIndex((line) => line.startsWith('type filter')) ?? -1
  return { policy: /policy (\w+)/.exec(text?.[head] ?? '')?.[1] ?? '', rules: text?.slice(head + 1, -2) ?? [] }
}

/** What the rules say of a new TCP packet to a port: the first that has its number, or all of them. */
const ruling = ({ rules, policy }: ReturnType<typeof chainOf>, port: number): string => {
  const found = rules.find((rule) => {
    if (rule.startsWith('ct ')) return false
    const range = /(\d+)-(\d+)/.exec(rule)
    if (range) return port >= Number(range[1]) && port <= Number(range[2])
    return !rule.includes('dport') || numbers(rule).includes(port)
  })
  return found?.split(' ').at(-1) ?? policy
}

type Judge = (text: string, question: Question) => boolean

/**
 * Whether a statement is true, found by reading what the board shows and what is written of it, not by asking the model.
 * Each judge knows the statement's two forms by a word that only one of them has.
 */
const JUDGES: Readonly<Record<string, Readonly<Partial<Record<MisconceptionId, Judge>>>>> = {
  'bd-sockets': {
    'port-is-socket': (text, question) =>
      rows(question).filter(({ port }) => port === first(text)).length === last(text),
    'one-connection-per-port': (text) => text.includes('can connect'),
    'new-server-port-per-connection': (text, question) =>
      text.endsWith('too.') === rows(question).some(({ state, port }) => state === 'ESTAB' && port === first(text)),
    'listener-carries-data': (text, question) =>
      rows(question).some(
        ({ state, peer, peerPort }) => text.includes(` ${peer}:${peerPort} `) && text.endsWith(`${state}.`),
      ),
    'dport-alone-selects': (text, question) =>
      text.includes('not enough') ===
      rows(question).filter(({ state, port }) => state === 'ESTAB' && port === first(text)).length > 1,
    'source-ip-alone-selects': (text, question) =>
      text.includes('two connections') ===
      (rows(question).filter(({ peer }) => text.includes(`${peer} `)).length === 2),
    'source-port-alone-selects': (text, question) =>
      text.includes('two connections') ===
      (rows(question).filter(({ peerPort }) => Number(peerPort) === first(text)).length === 2),
    'limit-64k-connections': () => false,
  },
  'bd-traffic': {
    'source-port-is-door': (text, question) => printed(question, 'tcpdump')[0]?.includes(`.${last(text)}: `) ?? false,
    'reply-keeps-ports': (text, question) => printed(question, 'tcpdump')[0]?.includes(`.${last(text)} > `) ?? false,
    'client-uses-service-port': (text) => text.includes('another port'),
    'ephemeral-always-49152': (text) => text.includes('usual') === (first(text) >= 32768 && first(text) <= 60999),
    'ephemeral-never-shared': (text) => text.includes('can call'),
    'tcp-udp-share-space': (text, question) => text.includes('is closed') === !listens(question, 'udp', first(text)),
    'dns-is-udp-only': (text) =>
      text.includes('over TCP') === (deckPort('domain', 'tcp') === deckPort('domain', 'udp')),
    'icmp-has-port': (text, question) =>
      text.includes('no port') === / > [\d.]+: ICMP echo request/.test(printed(question, 'tcpdump')[1] ?? ''),
    'https-is-tcp-only': (text) => text.includes('can carry') === (deckPort('https', 'udp') === 443),
  },
  'bd-numbers': {
    'port-zero-usable': (text) => text.includes('another number'),
    'above-1023-is-ephemeral': (text, question) =>
      text.includes('to a server') === listens(question, 'tcp', first(text)),
    'popular-means-well-known': (text) => text.includes('is no') === first(text) > 1023,
    'port-identifies-protocol': (text, question) => {
      const { program } = rows(question).find(({ port }) => port === first(text)) ?? { program: '' }
      return text.endsWith(program === 'sshd' ? 'as SSH.' : 'as HTTP.')
    },
    'port-identifies-program': (text, question) =>
      text.includes('does not show') === !/apache|nginx|caddy/i.test(printed(question, 'nmap').join('')),
    'port-unique-across-hosts': (text) => text.includes('can listen'),
    'router-routes-by-port': (text) => text.includes('without'),
    'secure-twin-mixup': (text) =>
      deckPort(
        { HTTP: 'https', POP3: 'pop3s', IMAP: 'imaps', LDAP: 'ldaps' }[text.split(' ')[0] ?? ''] ?? '',
        'tcp',
      ) === last(text),
    'neighbour-mixup': (text) => {
      const names: Readonly<Record<string, readonly [string, 'tcp' | 'udp']>> = {
        'A DHCP server': ['bootps', 'udp'],
        'A DHCP client': ['bootpc', 'udp'],
        'SNMP queries': ['snmp', 'udp'],
        'SNMP traps': ['snmptrap', 'udp'],
        MySQL: ['mysql', 'tcp'],
        PostgreSQL: ['postgresql', 'tcp'],
      }
      const [, entry] = Object.entries(names).find(([key]) => text.startsWith(key)) ?? []
      return entry !== undefined && deckPort(...entry) === last(text)
    },
  },
  'bd-binding': {
    'wildcard-is-localhost': (text, question) =>
      text.includes('Another host') ===
      rows(question).some(({ port, address }) => port === last(text) && address === '0.0.0.0'),
    'loopback-reachable-outside': (text, question) =>
      text.includes('No other') ===
      rows(question).every(({ port, address }) => port !== last(text) || address === '127.0.0.1'),
    'specific-bind-answers-all': (text, question) =>
      text.includes('fails') ===
      rows(question).every(({ port, address }) => port !== numbersAfterColon(text) || !text.includes(` ${address}:`)),
    'wildcard-and-specific-coexist': (text, question) =>
      text.includes('refused') ===
      rows(question).some(({ port, address }) => port === numbersAfterColon(text) && address === '0.0.0.0'),
    'ipv6-any-is-ipv6-only': (text, question) =>
      text.includes('IPv4') ===
      rows(question).some(({ port, address }) => port === numberAfterPort(text) && address === '*'),
    'ipv4-rule-covers-ipv6': (text, question) =>
      text.startsWith('Over IPv6') === (printed(question, 'nft')[0] ?? '').startsWith('table ip '),
    'reuseport-copies-traffic': (text) => text.includes('one of two'),
    'low-port-is-trusted': (text, question) =>
      text.includes('any user') ===
      first(text) >= Number(facts(question).find(({ name }) => name.includes('unprivileged'))?.value),
    'busy-port-needs-process': (text, question) =>
      text.includes('though no process') ===
      rows(question).every(({ port, state }) => port !== first(text) || state === 'TIME-WAIT'),
  },
  'bd-outside': {
    'closed-is-silent': (text, question) => text.includes('is answered') === !listens(question, 'tcp', first(text)),
    'closed-tcp-sends-icmp': (text) => text.startsWith('No ICMP'),
    'udp-closed-sends-rst': (text) => text.startsWith('No RST'),
    'udp-silence-means-open': (text, question) =>
      text.includes('does not prove') ===
      chainOf(question, 'input').rules.some((rule) => rule === `udp dport ${first(text)} drop`),
    'refused-means-host-down': (text) => text.endsWith('up.'),
    'nonstandard-port-hides': (text, question) =>
      text.includes('finds') === rows(question).some(({ port, program }) => port === last(text) && program === 'sshd'),
    'closed-port-secures-host': (text) => text.includes('still'),
    'open-443-is-safe': (text) => text.includes('does not'),
    'database-open-with-password': (text) => text.includes('still not'),
  },
  'bd-filter': {
    'most-specific-rule-wins': (text, question) =>
      text.includes('lets') === (ruling(chainOf(question, 'input'), first(text)) === 'accept'),
    'replies-need-inbound-rule': (text, question) =>
      text.includes('without') === (chainOf(question, 'input').rules[0] ?? '').includes('established'),
    'stateless-remembers': (text, question) =>
      text.includes('drops') === !chainOf(question, 'forward').rules.some((rule) => /established|32768/.test(rule)),
    'allow-rule-opens-port': (text, question) => text.includes('fails') === !listens(question, 'tcp', first(text)),
    'no-rule-means-allowed': (text, question) =>
      text.includes('drops') === (ruling(chainOf(question, 'input'), first(text)) === 'drop'),
    'listening-means-reachable': (text, question) =>
      text.includes('cannot') === (ruling(chainOf(question, 'input'), first(text)) === 'drop'),
    'ftp-one-port': (text, question) => {
      const [high = 0, low = 0] = (/\(([\d,]+)\)/.exec(printed(question, 'ftp').join(''))?.[1] ?? '')
        .split(',')
        .slice(4)
        .map(Number)
      return text.includes('does not') === (high * 256 + low !== 21)
    },
    'smtp-one-port': (text) => last(text) === deckPort('submission', 'tcp'),
  },
  'bd-router': {
    'nat-is-firewall': (text, question) =>
      text.includes('can get to') ===
      printed(question, 'nft').some((line) => /dnat to ([\d.]+):/.exec(line)?.[1] === hostIn(text)),
    'forward-keeps-port': (text, question) => {
      const [, outside, to] = /dport (\d+) dnat to [\d.]+:(\d+)/.exec(printed(question, 'nft').join('\n')) ?? []
      const [port, arrives] = [/public port (\d+)/.exec(text)?.[1], /at port (\d+)/.exec(text)?.[1]]
      return port === outside && arrives === to
    },
    'unsolicited-finds-host': (text, question) =>
      text.includes('no host') === !printed(question, 'nft').some((line) => line.includes('dport 22 ')),
    'hairpin-always-works': (text, question) =>
      text.includes('does not work') ===
      !printed(question, 'nft').some((line) => /oifname "in".*masquerade/.test(line)),
    'source-ip-alone-selects': (text, question) =>
      text.includes('two connections') ===
      (facts(question).filter(({ value }) => value.includes(`> ${hostIn(text)}:`)).length === 2),
    'port-unique-across-hosts': (text) => text.includes('can listen'),
    'reply-keeps-ports': (text, question) => {
      const line = facts(question).find(({ name }) => text.includes(name.replace('Connection of ', '')))
      return line?.value.includes(`:${/destination port (\d+)/.exec(text)?.[1]} >`) ?? false
    },
  },
  'bd-containers': {
    'publish-reversed': (text, question) =>
      printed(question, 'docker').some((line) => line.startsWith('web') && line.includes(`:${first(text)}->`)),
    'expose-publishes': (text, question) =>
      text.includes('cannot') === !printed(question, 'docker').some((line) => line.includes(`->${first(text)}/`)),
    'publish-stays-private': (text, question) =>
      text.includes('can reach') ===
      printed(question, 'docker').some((line) => line.startsWith('db') && line.includes('->')),
    'k8s-port-is-targetport': (text, question) =>
      printed(question, 'kubectl get endpoints')
        .join('')
        .includes(`:${first(text)},`),
    'port-unique-across-hosts': (text) => text.includes('can listen'),
    'lb-listener-equals-target': (text, question) =>
      printed(question, 'cat haproxy').some((line) => line.startsWith('server') && line.includes(`:${last(text)} `)),
    'client-uses-service-port': (text) => text.includes('its own system'),
  },
}

/** The port of the address and port that a text names. */
const numbersAfterColon = (text: string): number => Number(/:(\d+)/.exec(text)?.[1])

/** The port that stands behind the word. */
const numberAfterPort = (text: string): number => Number(/[Pp]ort (\d+)/.exec(text)?.[1])

/** The address that a text names. */
const hostIn = (text: string): string => /\d+\.\d+\.\d+\.\d+/.exec(text)?.[0] ?? ''

describe.each(Object.entries(COVERED))('the statements of %s', (id, ideas) => {
  it('are true or false as one reads it off the board', () => {
    expect(new Set(Object.keys(JUDGES[id] ?? {}))).toEqual(new Set(ideas))
    for (const question of boardsOf(id))
      for (const { text, right, misconception } of optionsOf(question)) {
        const judge = misconception && JUDGES[id]?.[misconception]
        assert.equal(judge?.(text, question), right, text)
      }
  })
})
