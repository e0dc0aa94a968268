import { parseAddress } from './address'
import type { Action, ConnState, ConnStatus, FilterHook, Match, PortMatch, TableFamily } from './filter'
import type { Translation } from './nat'
import type { NumberedLine, PortOf, Unread, UnreadWhy } from './read-lines'
import { isInterfaceName, portNumber, unread } from './read-lines'
import { portSpan } from './read-ports'
import type { Callees, ListedChain, ListedRule, ReadNat, ReadRules, RuleTarget } from './read-rules'
import { readChain, readNat } from './read-rules'

export const isNftTable = (text: string): boolean => /^\s*table\s+(inet|ip6?|arp|bridge|netdev)\s+\S+\s*\{/.test(text)

const STATES: readonly ConnState[] = ['new', 'established', 'related', 'invalid']
const STATUSES: readonly ConnStatus[] = ['snat', 'dnat', 'seen-reply', 'assured', 'confirmed']
const NAT_HOOKS: readonly ReadNat['hook'][] = ['prerouting', 'output', 'postrouting']
const FILTER_HOOKS: readonly FilterHook[] = ['input', 'forward', 'output']
const PROTOCOLS: Readonly<Record<string, NonNullable<Match['protocol']>>> = {
  tcp: 'tcp',
  udp: 'udp',
  icmp: 'icmp',
  'ipv6-icmp': 'icmp6',
  icmpv6: 'icmp6',
}

/** Priorities that have names (nft(8), CHAINS). */
const PRIORITIES: Readonly<Record<string, number>> = {
  raw: -300,
  mangle: -150,
  dstnat: -100,
  filter: 0,
  security: 50,
  srcnat: 100,
}

interface Block {
  readonly name: string
  type?: 'filter' | 'nat' | 'other'
  hook?: string
  priority: number
  policy: 'accept' | 'drop'
  head?: NumberedLine
  readonly rules: ListedRule[]
}

/**
 * Reads what `nft list ruleset`, `list table` or `list chain` prints (nft(8)). Sets are written out as one rule for each of
 * their members where a rule can ask for one only; chains that others jump to are written out where they are called. A rule
 * of which a part is not known here is left out, and the gap is noted.
 */
export function readNft(lines: readonly NumberedLine[], portOf?: PortOf): ReadRules {
  const chains: ReadRules['chains'][number][] = []
  const nat: ReadNat[] = []
  const faults: Unread[] = []
  let family: TableFamily | undefined
  let table: Block[] = []
  let block: Block | undefined
  /** Inside something that is no chain: a set, a map, a counter. */
  let skipped = 0

  const endTable = () => {
    const callees: Callees = new Map(table.map(({ name, rules }) => [name, rules]))
    for (const one of table) {
      if (!family || one.hook === undefined) continue
      const found = finished(one, family, callees)
      if ('chain' in found) chains.push(found)
      else if ('hook' in found) nat.push(found)
      faults.push(...found.unread)
    }
    table = []
    family = undefined
  }

  for (const line of lines) {
    const text = line.text.replace(/\s*# handle \d+\s*$/, '').trim()
    if (text === '' || text.startsWith('#')) continue
    if (skipped > 0) {
      skipped += count(text, '{') - count(text, '}')
      continue
    }
    const opened = /^table\s+(\S+)\s+(\S+)\s*\{/.exec(text)
    if (opened) {
      endTable()
      family = (['inet', 'ip', 'ip6'] as const).find((one) => one === opened[1])
      block = undefined
      if (!family) {
        faults.push(unread(line, 'table', opened[1]))
        skipped = 1
      }
      continue
    }
    const chain = /^chain\s+(\S+)\s*\{/.exec(text)
    if (chain && family) {
      block = { name: chain[1] ?? '', priority: 0, policy: 'accept', rules: [] }
      table.push(block)
    } else if (text === '}') {
      if (block) block = undefined
      else endTable()
    } else if (family && !block && /^(set|map|flowtable|counter|quota|ct|limit|synproxy|secmark)\s/.test(text)) {
      if (text.includes('{')) skipped = Math.max(0, count(text, '{') - count(text, '}'))
    } else if (block) readLine(line, text, block, portOf)
    else faults.push(unread(line, 'unknown'))
  }
  endTable()
  return { chains, nat, unread: faults.toSorted((a, b) => a.number - b.number) }
}

const count = (text: string, letter: string): number => text.split(letter).length - 1

function finished(block: Block, family: TableFamily, callees: Callees) {
  const { name, type, hook, priority, policy, rules, head } = block
  const filterHook = FILTER_HOOKS.find((one) => one === hook)
  const natHook = NAT_HOOKS.find((one) => one === hook)
  if (type === 'filter' && filterHook) {
    const listed: ListedChain = {
      name,
      family,
      hook: filterHook,
      ...(priority !== 0 && { priority }),
      policy,
      rules,
    }
    return readChain(listed, callees)
  }
  if (type === 'nat' && natHook) return readNat(family, natHook, rules, callees)
  // A nat chain on input changes sources of what comes in: rare, and empty in most listings.
  const empty = rules.length === 0
  return { unread: empty || !head ? [] : [unread(head, 'hook', `${type} ${hook}`)] }
}

function readLine(line: NumberedLine, text: string, block: Block, portOf: PortOf | undefined): void {
  const head = /^type\s+(\S+)\s+hook\s+(\S+)(?:\s+devices?\s+.*?)?\s+priority\s+([^;]+);(?:\s*policy\s+(\w+);?)?/.exec(
    text,
  )
  if (head) {
    const [, type, hook = '', priority = '', policy] = head
    block.type = type === 'filter' || type === 'nat' ? type : 'other'
    block.hook = hook
    block.priority = priorityOf(priority.trim())
    block.policy = policy === 'drop' ? 'drop' : 'accept'
    block.head = line
    return
  }
  if (/^(policy\s+\w+;|comment\s|counter\s*$|flags\s)/.test(text)) return
  for (const rule of readRule(line, text, portOf)) block.rules.push(rule)
}

/** `filter`, `filter + 5`, `srcnat`, `-100`. */
function priorityOf(text: string): number {
  const [, name = '', sign, by = '0'] = /^([a-z]+|-?\d+)(?:\s*([+-])\s*(\d+))?$/.exec(text) ?? []
  const base = PRIORITIES[name] ?? (Number.isInteger(Number(name)) ? Number(name) : 0)
  return base + (sign === '-' ? -Number(by) : Number(by))
}

/** Words of a rule: quoted text is one word, a set in braces too. */
const WORD = /"[^"]*"|\{[^}]*\}|[^\s{}"]+/g

/** The words behind the one that is read now. */
class Words {
  private at = 0
  constructor(private readonly list: readonly string[]) {}
  get done(): boolean {
    return this.at >= this.list.length
  }
  peek(ahead = 0): string {
    return this.list[this.at + ahead] ?? ''
  }
  next(): string {
    return this.list[this.at++] ?? ''
  }
  /** Takes the words if they come next. */
  took(...words: readonly string[]): boolean {
    if (!words.every((word, index) => this.peek(index) === word)) return false
    this.at += words.length
    return true
  }
}

class NotRead extends Error {
  constructor(
    readonly why: UnreadWhy,
    readonly what: string,
  ) {
    super(what)
  }
}

/** The members of `{ a, b }`, or the word alone. */
const membersOf = (word: string): readonly string[] =>
  word.startsWith('{')
    ? word
        .slice(1, -1)
        .split(',')
        .map((one) => one.trim())
        .filter((one) => one !== '')
    : word.split(',')

/** So many rules may one line become. */
const MOST_ALTERNATIVES = 256

/** A line as rules: one, unless it asks for one of several addresses, interfaces or protocols. */
function readRule(line: NumberedLine, text: string, portOf: PortOf | undefined): readonly ListedRule[] {
  const words = new Words([...text.matchAll(WORD)].map(([word]) => word))
  let matches: readonly Match[] = [{}]
  const ask = (alternatives: readonly Match[]) => {
    matches = matches.flatMap((one) => alternatives.map((other) => ({ ...one, ...other })))
    if (matches.length > MOST_ALTERNATIVES) throw new NotRead('too-many', text)
  }
  let target: RuleTarget | undefined
  let fault: ListedRule['fault']
  let verdicts: readonly (readonly [Match, RuleTarget])[] | undefined
  while (!words.done) {
    try {
      const got = targetFrom(words)
      if (got) {
        target = got
        continue
      }
      if (words.took('ct', 'state', 'vmap')) verdicts = verdictMap(words.next())
      else readCondition(words, ask, portOf)
    } catch (error) {
      if (!(error instanceof NotRead)) throw error
      fault ??= { why: error.why, what: error.what }
    }
  }
  const given = verdicts ?? [[{}, target ?? { kind: 'nothing' }] as const]
  return matches
    .slice(0, MOST_ALTERNATIVES)
    .flatMap((match) =>
      given.map(([more, to]) => ({ line, match: { ...match, ...more }, target: to, ...faulty(fault) })),
    )
}

const faulty = (fault: ListedRule['fault']) => (fault ? { fault } : {})

const REJECTIONS: Readonly<Record<string, Action>> = {
  'tcp reset': 'reset',
  'port-unreachable': 'port-unreachable',
  'host-unreachable': 'host-unreachable',
  'addr-unreachable': 'host-unreachable',
  'admin-prohibited': 'admin-prohibited',
}

/** What a rule does, if that is what comes next (nft(8), VERDICT STATEMENTS, REJECT STATEMENT, NAT STATEMENTS). */
function targetFrom(words: Words): RuleTarget | undefined {
  if (words.took('accept')) return { kind: 'action', action: 'accept' }
  if (words.took('drop')) return { kind: 'action', action: 'drop' }
  if (words.took('return')) return { kind: 'return' }
  if (words.took('continue')) return { kind: 'nothing' }
  if (words.took('jump')) return { kind: 'jump', chain: words.next(), goto: false }
  if (words.took('goto')) return { kind: 'jump', chain: words.next(), goto: true }
  if (words.took('reject')) return { kind: 'action', action: rejection(words) }
  if (words.took('masquerade')) return translated(words, { kind: 'masquerade' })
  if (words.took('redirect')) {
    if (!words.took('to')) return translated(words, { kind: 'redirect' })
    const port = portNumber(words.next().replace(/^:/, ''))
    if (!port) throw new NotRead('target', 'redirect')
    return translated(words, { kind: 'redirect', port })
  }
  const kind = (['dnat', 'snat'] as const).find((one) => one === words.peek())
  if (!kind) return undefined
  words.next()
  if (!words.took('ip')) words.took('ip6')
  if (!words.took('to')) throw new NotRead('target', kind)
  const text = words.next()
  const to = endOf(text)
  if (!to) throw new NotRead('target', `${kind} to ${text}`)
  return translated(words, { kind, to })
}

/** A translation; flags that change how a port is chosen decide nothing here. */
function translated(words: Words, translation: Translation): RuleTarget {
  while (words.peek() === 'random' || words.peek() === 'persistent' || words.peek() === 'fully-random') words.next()
  return { kind: 'translation', translation }
}

function rejection(words: Words): Action {
  if (!words.took('with')) return 'port-unreachable'
  const kind = words.next()
  if (!/^(tcp|icmpx?|icmpv6)$/.test(kind)) throw new NotRead('target', `reject with ${kind}`)
  words.took('type')
  const code = words.next()
  const action = REJECTIONS[kind === 'tcp' ? `tcp ${code}` : code]
  if (!action) throw new NotRead('target', `reject with ${kind} ${code}`)
  return action
}

/** `10.0.0.2`, `10.0.0.2:80`, `[2001:db8::2]:80`. */
function endOf(text: string): { readonly address: string; readonly port?: number } | undefined {
  const [, six, four, portText] = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d+))?$/.exec(text) ?? []
  const address = parseAddress(six ?? four ?? text)
  const port = portText === undefined ? undefined : portNumber(portText)
  if (address === undefined || (portText !== undefined && !port)) return undefined
  return { address, ...(port !== undefined && { port }) }
}

/** `{ established : accept, invalid : drop }`. */
function verdictMap(word: string): readonly (readonly [Match, RuleTarget])[] {
  if (!word.startsWith('{')) throw new NotRead('condition', `vmap ${word}`)
  return membersOf(word).map((member) => {
    const [key = '', ...verdict] = member.split(/\s*:\s*|\s+/)
    const state = STATES.find((one) => one === key)
    const target = targetFrom(new Words(verdict))
    if (!state || !target) throw new NotRead('condition', member)
    return [{ state: [state] }, target] as const
  })
}

function readCondition(words: Words, ask: (alternatives: readonly Match[]) => void, portOf: PortOf | undefined): void {
  const first = words.next()
  switch (first) {
    case 'counter':
      if (words.took('packets')) words.next()
      if (words.took('bytes')) words.next()
      return
    case 'comment':
      words.next()
      return
    case 'log':
      while (/^(prefix|level|group|flags|snaplen|queue-threshold)$/.test(words.peek())) {
        words.next()
        words.next()
      }
      return
    case 'iif':
    case 'iifname':
      return ask(plain(words, first).map((iif) => ({ iif: interfaceName(iif) })))
    case 'oif':
    case 'oifname':
      return ask(plain(words, first).map((oif) => ({ oif: interfaceName(oif) })))
    case 'ct':
      return readTracking(words, ask)
    case 'fib': {
      if (!words.took('daddr', 'type')) throw unknown(words, first)
      const negated = words.took('!=')
      if (!words.took('local')) throw unknown(words, 'fib daddr type')
      return ask([{ local: !negated }])
    }
    case 'meta': {
      const key = words.next()
      if (key === 'iifname' || key === 'iif') return ask(plain(words, key).map((iif) => ({ iif: interfaceName(iif) })))
      if (key === 'oifname' || key === 'oif') return ask(plain(words, key).map((oif) => ({ oif: interfaceName(oif) })))
      if (key !== 'l4proto') throw unknown(words, `meta ${key}`)
      return askProtocol(words, ask)
    }
    case 'ip':
    case 'ip6': {
      const key = words.next()
      if (key === 'saddr' || key === 'daddr') {
        const side = key === 'saddr' ? 'source' : 'destination'
        return ask(plain(words, `${first} ${key}`).map((one) => ({ [side]: prefixOf(one) })))
      }
      if (key === 'protocol' || key === 'nexthdr') return askProtocol(words, ask)
      throw unknown(words, `${first} ${key}`)
    }
    case 'tcp':
    case 'udp':
    case 'th': {
      const key = words.next()
      if (key !== 'sport' && key !== 'dport') {
        if (first !== 'th') ask([{ protocol: first }])
        throw unknown(words, `${first} ${key}`)
      }
      const ports = plain(words, `${first} ${key}`).map((one) => portsOf(one, first === 'udp' ? 'udp' : 'tcp', portOf))
      return ask([
        { ...(first !== 'th' && { protocol: first }), [key === 'sport' ? 'sourcePort' : 'destinationPort']: ports },
      ])
    }
    case 'icmp':
      ask([{ protocol: 'icmp' }])
      throw unknown(words, 'icmp')
    case 'icmpv6':
      ask([{ protocol: 'icmp6' }])
      throw unknown(words, 'icmpv6')
    default:
      throw unknown(words, first)
  }
}

function interfaceName(word: string): string {
  const name = word.replaceAll('"', '')
  if (!isInterfaceName(name)) throw new NotRead('condition', word)
  return name
}

/** A condition that is not known: its operands, which cannot be told from the next condition, are passed over. */
function unknown(words: Words, what: string): NotRead {
  const operands: string[] = []
  while (
    !words.done &&
    !/^(accept|drop|reject|jump|goto|return|dnat|snat|masquerade|redirect|counter)$/.test(words.peek())
  )
    operands.push(words.next())
  return new NotRead('condition', [what, ...operands].join(' '))
}

/** The members behind a condition that asks for one of them; `!=` and named sets cannot be written as such. */
function plain(words: Words, what: string): readonly string[] {
  const word = words.next()
  if (word === '!=' || word === '==') {
    if (word === '==') return membersOf(words.next())
    throw new NotRead('condition', `${what} != ${words.next()}`)
  }
  const members = membersOf(word)
  const odd = members.find((one) => /^[@$&|*]/.test(one) || one.endsWith('*') || one.endsWith('*"'))
  if (word === '' || odd !== undefined || members.length === 0) throw new NotRead('condition', `${what} ${word}`)
  return members
}

function prefixOf(text: string): string {
  const [address = '', length, ...more] = text.split('/')
  const canonical = parseAddress(address)
  const longest = canonical?.includes(':') ? 128 : 32
  if (canonical === undefined || more.length > 0) throw new NotRead('condition', text)
  if (length === undefined) return canonical
  if (!/^\d{1,3}$/.test(length) || Number(length) > longest) throw new NotRead('condition', text)
  return `${canonical}/${length}`
}

function portsOf(text: string, protocol: 'tcp' | 'udp', portOf: PortOf | undefined): PortMatch {
  const span = portSpan(text, '-', protocol, portOf)
  if (span === undefined) throw new NotRead('condition', text)
  return span
}

function askProtocol(words: Words, ask: (alternatives: readonly Match[]) => void): void {
  const names = plain(words, 'protocol')
  // In front of `th dport` both are asked for: that is what `th` says anyway.
  if (names.length === 2 && names.includes('tcp') && names.includes('udp') && words.peek() === 'th') return
  ask(
    names.map((name) => {
      const protocol = PROTOCOLS[name]
      if (!protocol) throw new NotRead('condition', name)
      return { protocol }
    }),
  )
}

function readTracking(words: Words, ask: (alternatives: readonly Match[]) => void): void {
  const key = words.next()
  if (key === 'state') {
    const state = plain(words, 'ct state').map((name) => {
      const known = STATES.find((one) => one === name)
      // Without connection tracking there is nothing `untracked`, so that asking for it changes nothing.
      if (!known && name !== 'untracked') throw new NotRead('condition', `ct state ${name}`)
      return known
    })
    const known = state.flatMap((one) => one ?? [])
    if (known.length === 0) throw new NotRead('condition', 'ct state')
    return ask([{ state: known }])
  }
  if (key !== 'status') throw unknown(words, `ct ${key}`)
  const status = plain(words, 'ct status').map((name) => {
    const known = STATUSES.find((one) => one === name)
    if (!known) throw new NotRead('condition', `ct status ${name}`)
    return known
  })
  ask([{ status }])
}
