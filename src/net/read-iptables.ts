import { parseAddress } from './address'
import type { Action, ConnState, ConnStatus, Match, PortMatch, TableFamily } from './filter'
import type { Translation } from './nat'
import { portSpan } from './read-ports'
import type { NumberedLine, PortOf, Unread, UnreadWhy } from './read-lines'
import { isInterfaceName, portNumber, unread } from './read-lines'
import type { Gap, ListedChain, ListedRule, ReadChain, ReadNat, ReadRules, RuleTarget } from './read-rules'
import { readChain, readNat } from './read-rules'

/** True for a line of `iptables -S` or `iptables-save`. */
export const isIptablesSpec = (text: string): boolean =>
  /^\s*(-[PNAI]\s+\S+|\*(filter|nat|mangle|raw|security)\s*$|:\S+\s+\S+\s+\[)/.test(text)
/** True for the line above a chain of `iptables -L`. */
export const isIptablesChain = (text: string): boolean => /^\s*Chain\s+\S+\s+\(/.test(text)

type Table = 'filter' | 'nat' | 'other'

/** A chain while it is read. */
interface Block {
  readonly table: Table
  readonly name: string
  policy: 'accept' | 'drop' | undefined
  readonly rules: ListedRule[]
}

const HOOKS = { INPUT: 'input', FORWARD: 'forward', OUTPUT: 'output' } as const
const NAT_HOOKS = { PREROUTING: 'prerouting', OUTPUT: 'output', POSTROUTING: 'postrouting' } as const

const STATES: Readonly<Record<string, ConnState>> = {
  NEW: 'new',
  ESTABLISHED: 'established',
  RELATED: 'related',
  INVALID: 'invalid',
}
const STATUSES: Readonly<Record<string, ConnStatus>> = {
  SNAT: 'snat',
  DNAT: 'dnat',
  SEEN_REPLY: 'seen-reply',
  ASSURED: 'assured',
  CONFIRMED: 'confirmed',
}
const PROTOCOLS: Readonly<Record<string, Match['protocol']>> = {
  all: undefined,
  '0': undefined,
  tcp: 'tcp',
  '6': 'tcp',
  udp: 'udp',
  '17': 'udp',
  icmp: 'icmp',
  '1': 'icmp',
  'ipv6-icmp': 'icmp6',
  icmpv6: 'icmp6',
  '58': 'icmp6',
}
const REJECTIONS: Readonly<Record<string, Action>> = {
  'tcp-reset': 'reset',
  'icmp-port-unreachable': 'port-unreachable',
  'icmp6-port-unreachable': 'port-unreachable',
  'icmp-host-unreachable': 'host-unreachable',
  'icmp6-addr-unreachable': 'host-unreachable',
  'icmp-admin-prohibited': 'admin-prohibited',
  'icmp6-adm-prohibited': 'admin-prohibited',
}
/** Targets after which the next rule is asked (iptables-extensions(8), TARGET EXTENSIONS). */
const PASSING = ['LOG', 'NFLOG', 'ULOG', 'MARK', 'CONNMARK', 'TRACE', 'CHECKSUM', 'TCPMSS', 'SET', 'NOTRACK', 'CT']

export interface ReadIptablesOptions {
  /** The command was seen: `ip6tables`. Without it the addresses tell. */
  readonly v6?: boolean
  readonly portOf?: PortOf
}

/**
 * Reads what `iptables -S`, `iptables-save` or `iptables -L -n` prints (iptables(8)), for IPv4 or IPv6, of the tables
 * filter and nat. Chains that others jump to are written out where they are called. `-L` without `-v` does not show
 * interfaces: a rule there that accepts everything may be one for `lo` alone, and is noted as a gap of its chain.
 */
export function readIptables(lines: readonly NumberedLine[], options: ReadIptablesOptions = {}): ReadRules {
  const v6 = options.v6 ?? lines.some(({ text }) => /(::\/0|[0-9a-f]+::|icmp6-|ipv6-icmp|ip6tables)/.test(text))
  const faults: Unread[] = []
  const blocks: Block[] = []
  const listing = lines.some(({ text }) => isIptablesChain(text))
  if (listing) readListing(lines, blocks, faults, options.portOf)
  else readSpecs(lines, blocks, faults, options.portOf)

  const hides = listing && !lines.some(({ text }) => /\sin\s+out\s/.test(text))
  const family: TableFamily = v6 ? 'ip6' : 'ip'
  const chains: ReadChain[] = []
  const nat: ReadNat[] = []
  const callees = (table: Table) =>
    new Map(blocks.filter((one) => one.table === table).map(({ name, rules }) => [name, rules]))
  for (const { table, name, policy, rules } of blocks) {
    if (policy === undefined) continue
    const hook = table === 'filter' ? Object.entries(HOOKS).find(([known]) => known === name)?.[1] : undefined
    const natHook = table === 'nat' ? Object.entries(NAT_HOOKS).find(([known]) => known === name)?.[1] : undefined
    if (hook) {
      const listed: ListedChain = { name, family, hook, policy, rules }
      const read = readChain(listed, callees('filter'))
      faults.push(...read.unread)
      chains.push({ chain: read.chain, gaps: hides ? [...read.gaps, ...hidden(read)] : read.gaps })
    } else if (natHook) {
      const read = readNat(family, natHook, rules, callees('nat'))
      faults.push(...read.unread)
      nat.push(read)
    }
  }
  return {
    chains,
    nat,
    unread: once(faults).toSorted((a, b) => a.number - b.number),
  }
}

/** A line in a chain that is called twice is said once. */
const once = (faults: readonly Unread[]): readonly Unread[] =>
  faults.filter(({ number }, index) => faults.findIndex((other) => other.number === number) === index)

/** Rules that accept everything, as far as one sees: they may ask for an interface that is not shown. */
const hidden = ({ chain }: ReadChain): readonly Gap[] =>
  chain.rules.flatMap(({ match, action }, at) =>
    action === 'accept' && Object.keys(match).length === 0 ? [{ at, match }] : [],
  )

const policyOf = (text: string): 'accept' | 'drop' => (text === 'DROP' ? 'drop' : 'accept')

function readSpecs(
  lines: readonly NumberedLine[],
  blocks: Block[],
  faults: Unread[],
  portOf: PortOf | undefined,
): void {
  const names = lines.flatMap(({ text }) => /^\s*-P\s+(\S+)/.exec(text)?.[1] ?? [])
  // `-S` does not name its table: only nat has PREROUTING without FORWARD.
  let table: Table = names.includes('PREROUTING') ? (names.includes('FORWARD') ? 'other' : 'nat') : 'filter'
  const block = (name: string): Block => {
    const known = blocks.find((one) => one.table === table && one.name === name)
    if (known) return known
    const made: Block = { table, name, policy: undefined, rules: [] }
    blocks.push(made)
    return made
  }
  for (const line of lines) {
    const text = line.text.trim()
    if (text === '' || text.startsWith('#') || text === 'COMMIT') continue
    const [, named] = /^\*(\w+)$/.exec(text) ?? []
    if (named !== undefined) {
      table = named === 'filter' || named === 'nat' ? named : 'other'
      continue
    }
    const [, policied, policy = ''] = /^(?:-P\s+|:)(\S+)\s+(\S+)/.exec(text) ?? []
    const [, added, rest = ''] = /^-[AI]\s+(\S+)\s*(.*)$/.exec(text) ?? []
    if (policied !== undefined) {
      if (policy !== '-') block(policied).policy = policyOf(policy)
      else block(policied)
    } else if (/^-N\s+\S+$/.test(text)) block(text.replace(/^-N\s+/, ''))
    else if (added !== undefined) {
      if (table === 'other') faults.push(unread(line, 'table', added))
      else block(added).rules.push(specRule(line, rest, portOf))
    } else faults.push(unread(line, 'unknown'))
  }
  // Rules alone, copied without their policies: what no rule decides is let through, as Linux begins.
  for (const one of blocks)
    if (one.policy === undefined && (one.name in HOOKS || one.name in NAT_HOOKS)) one.policy = 'accept'
}

/** What a rule says, part by part, until something is not known. */
class Draft {
  match: Match = {}
  target: RuleTarget = { kind: 'nothing' }
  fault: ListedRule['fault']

  and(more: Match): void {
    this.match = { ...this.match, ...more }
  }
  not(what: string, why: UnreadWhy = 'condition'): void {
    this.fault ??= { why, what }
  }
  rule(line: NumberedLine): ListedRule {
    const { match, target, fault } = this
    return { line, match, target, ...(fault && { fault }) }
  }
}

const WORD = /"(?:[^"\\]|\\.)*"|\S+/g

/** `-s 10.0.0.0/8 -p tcp -m tcp --dport 22 -j ACCEPT`. */
function specRule(line: NumberedLine, text: string, portOf: PortOf | undefined): ListedRule {
  const draft = new Draft()
  const words = [...text.matchAll(WORD)].map(([word]) => word)
  let negated = false
  let target = ''
  let isGoto = false
  const options: Record<string, string> = {}
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? ''
    if (word === '!') {
      negated = true
      continue
    }
    const value = words[at + 1] === '!' ? '' : (words[at + 1] ?? '')
    if (word === '-m' || word === '--match') {
      if (value === 'limit' || value === 'recent' || value === 'hashlimit') draft.not(`-m ${value}`)
      at++
    } else if (word === '-j' || word === '-g') {
      target = value
      isGoto = word === '-g'
      at++
    } else if (word.startsWith('-')) {
      const hasValue = value !== '' && !/^--?[a-z]/.test(value)
      if (hasValue) at++
      if (target === '') specCondition(draft, word, hasValue ? value : '', negated, portOf)
      else options[word] = hasValue ? value : ''
      negated = false
    } else draft.not(word)
  }
  draft.target = targetOf(draft, target, isGoto, {
    reject: options['--reject-with'],
    to: options['--to-destination'] ?? options['--to-source'],
    ports: options['--to-ports'],
  })
  return draft.rule(line)
}

function specCondition(
  draft: Draft,
  option: string,
  value: string,
  negated: boolean,
  portOf: PortOf | undefined,
): void {
  const said = `${negated ? '! ' : ''}${option} ${value}`
  if (option === '--comment') return
  if (option === '--dst-type' && value === 'LOCAL') return draft.and({ local: !negated })
  if (negated) return draft.not(said)
  switch (option) {
    case '-s':
    case '--source':
      return address(draft, 'source', value)
    case '-d':
    case '--destination':
      return address(draft, 'destination', value)
    case '-i':
      return side(draft, 'iif', value)
    case '-o':
      return side(draft, 'oif', value)
    case '-p':
      return protocol(draft, value)
    case '--sport':
    case '--sports':
    case '--source-port':
      return ports(draft, 'sourcePort', value, portOf)
    case '--dport':
    case '--dports':
    case '--destination-port':
      return ports(draft, 'destinationPort', value, portOf)
    case '--ctstate':
    case '--state':
      return states(draft, value)
    case '--ctstatus':
      return statuses(draft, value)
    default:
      return draft.not(said)
  }
}

function address(draft: Draft, side: 'source' | 'destination', text: string): void {
  const [host = '', length, ...more] = text.split('/')
  const canonical = parseAddress(host)
  const whole = canonical?.includes(':') ? 128 : 32
  if (canonical === undefined || more.length > 0 || (length !== undefined && !/^\d{1,3}$/.test(length)))
    return draft.not(text)
  if (length !== undefined && Number(length) > whole) return draft.not(text)
  if (Number(length) === 0) return
  draft.and({ [side]: length === undefined || Number(length) === whole ? canonical : `${canonical}/${length}` })
}

function protocol(draft: Draft, text: string): void {
  if (!Object.hasOwn(PROTOCOLS, text)) return draft.not(`-p ${text}`)
  const known = PROTOCOLS[text]
  if (known) draft.and({ protocol: known })
}

function ports(draft: Draft, side: 'sourcePort' | 'destinationPort', text: string, portOf: PortOf | undefined): void {
  const of = draft.match.protocol === 'udp' ? 'udp' : 'tcp'
  const list = text.split(',').map((one) => portSpan(one, ':', of, portOf))
  const known = list.flatMap((one): readonly PortMatch[] => (one === undefined ? [] : [one]))
  if (known.length < list.length) return draft.not(text)
  draft.and({ [side]: known })
}

/** Translations count as states here (iptables-extensions(8), conntrack). */
function states(draft: Draft, text: string): void {
  const names = text.split(',')
  const state = names.flatMap((name) => STATES[name] ?? [])
  const status = names.flatMap((name) => (name === 'SNAT' || name === 'DNAT' ? (STATUSES[name] ?? []) : []))
  if (state.length + status.length < names.filter((name) => name !== 'UNTRACKED').length) return draft.not(text)
  // One of several states or a translation: that is two rules, which are not made of one here.
  if (state.length > 0 && status.length > 0) return draft.not(text)
  if (state.length === 0 && status.length === 0) return draft.not(text)
  draft.and(state.length > 0 ? { state } : { status })
}

function statuses(draft: Draft, text: string): void {
  const status = text.split(',').map((name) => STATUSES[name])
  const known = status.flatMap((one) => one ?? [])
  if (known.length < status.length) return draft.not(text)
  draft.and({ status: known })
}

interface TargetOptions {
  readonly reject?: string | undefined
  readonly to?: string | undefined
  readonly ports?: string | undefined
}

function targetOf(
  draft: Draft,
  name: string,
  isGoto: boolean,
  { reject, to, ports: toPorts }: TargetOptions,
): RuleTarget {
  const none: RuleTarget = { kind: 'nothing' }
  const translation = (made: Translation): RuleTarget => ({ kind: 'translation', translation: made })
  switch (name) {
    case '':
      return none
    case 'ACCEPT':
      return { kind: 'action', action: 'accept' }
    case 'DROP':
      return { kind: 'action', action: 'drop' }
    case 'RETURN':
      return { kind: 'return' }
    case 'REJECT': {
      const action = REJECTIONS[reject ?? 'icmp-port-unreachable']
      if (!action) draft.not(reject ?? '', 'target')
      return { kind: 'action', action: action ?? 'drop' }
    }
    case 'MASQUERADE':
      return translation({ kind: 'masquerade' })
    case 'REDIRECT': {
      const port = toPorts === undefined ? undefined : portNumber(toPorts)
      if (toPorts !== undefined && !port) draft.not(toPorts, 'target')
      return translation({ kind: 'redirect', ...(port && { port }) })
    }
    case 'DNAT':
    case 'SNAT': {
      const end = endOf(to ?? '')
      if (!end) {
        draft.not(`${name} ${to ?? ''}`, 'target')
        return none
      }
      return translation({ kind: name === 'DNAT' ? 'dnat' : 'snat', to: end })
    }
    default:
      return PASSING.includes(name) ? none : { kind: 'jump', chain: name, goto: isGoto }
  }
}

/** `10.0.0.2`, `10.0.0.2:80`, `[2001:db8::2]:80`. */
function endOf(text: string): { readonly address: string; readonly port?: number } | undefined {
  const [, six, four, portText] = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d+))?$/.exec(text) ?? []
  const host = parseAddress(six ?? four ?? text)
  const port = portText === undefined ? undefined : portNumber(portText)
  if (host === undefined || (portText !== undefined && !port)) return undefined
  return { address: host, ...(port !== undefined && { port }) }
}

interface Columns {
  readonly num: boolean
  readonly counts: boolean
  readonly sides: boolean
}

function readListing(
  lines: readonly NumberedLine[],
  blocks: Block[],
  faults: Unread[],
  portOf: PortOf | undefined,
): void {
  const names = lines.flatMap(({ text }) => /^\s*Chain\s+(\S+)\s+\(policy/.exec(text)?.[1] ?? [])
  const table: Table = names.includes('PREROUTING') ? (names.includes('FORWARD') ? 'other' : 'nat') : 'filter'
  let block: Block | undefined
  let columns: Columns = { num: false, counts: false, sides: false }
  for (const line of lines) {
    const text = line.text.trim()
    if (text === '' || text.startsWith('#')) continue
    const [, name, policy] = /^Chain\s+(\S+)\s+\((?:policy\s+(\w+)|\d+\s+references?)/.exec(text) ?? []
    if (name !== undefined) {
      block = { table, name, policy: policy === undefined ? undefined : policyOf(policy), rules: [] }
      blocks.push(block)
    } else if (/\btarget\s+prot\b/.test(text))
      columns = { num: /^num\b/.test(text), counts: /\bpkts\b/.test(text), sides: /\bin\s+out\b/.test(text) }
    else if (!block) faults.push(unread(line, 'unknown'))
    else if (table === 'other') faults.push(unread(line, 'table', block.name))
    else {
      const rule = listedRule(line, text, columns, portOf)
      if (rule) block.rules.push(rule)
      else faults.push(unread(line, 'columns'))
    }
  }
}

/** `1    ACCEPT     tcp  --  10.0.0.0/8           0.0.0.0/0            tcp dpt:22`. */
function listedRule(
  line: NumberedLine,
  text: string,
  { num, counts, sides }: Columns,
  portOf: PortOf | undefined,
): ListedRule | undefined {
  const cells = [...text.replace(/\/\*.*?\*\//g, ' ').matchAll(WORD)].map(([word]) => word)
  const before = (num ? 1 : 0) + (counts ? 2 : 0)
  if (!cells.slice(0, before).every((cell) => /^\d+[KMGT]?$/.test(cell))) return undefined
  const [target = '', prot = '', opt = '', ...behind] = cells.slice(before)
  // A rule without a target has one word less: what stands for `opt` tells. Some versions leave that out for IPv6.
  const hasOpt = /^(--|!f|-f)$/.test(opt)
  const rest = hasOpt ? behind : [opt, ...behind]
  const [iif, oif] = sides ? [rest[0] ?? '*', rest[1] ?? '*'] : ['*', '*']
  const [source = '', destination = '', ...extras] = sides ? rest.slice(2) : rest
  if (!/^[\d.:a-f/!]+$/i.test(source) && source !== 'anywhere') return undefined
  if (destination === '') return undefined
  const draft = new Draft()
  protocol(draft, prot)
  for (const [side, one] of [
    ['source', source],
    ['destination', destination],
  ] as const)
    if (one !== 'anywhere') {
      if (one.startsWith('!')) draft.not(one)
      else address(draft, side, one)
    }
  if (iif !== '*' && iif !== 'any') side(draft, 'iif', iif)
  if (oif !== '*' && oif !== 'any') side(draft, 'oif', oif)
  const options = readExtras(draft, extras, portOf)
  const isGoto = extras.includes('[goto]')
  draft.target = targetOf(draft, target, isGoto, options)
  return draft.rule(line)
}

const side = (draft: Draft, which: 'iif' | 'oif', name: string): void => {
  if (isInterfaceName(name)) draft.and({ [which]: name })
  else draft.not(name)
}

/** What stands behind the addresses: conditions of extensions and options of the target. */
function readExtras(draft: Draft, words: readonly string[], portOf: PortOf | undefined): TargetOptions {
  const options: { reject?: string; to?: string; ports?: string } = {}
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? ''
    const value = words[at + 1] ?? ''
    const [, key, rest = ''] = /^(spts?|dpts?|to):(.*)$/.exec(word) ?? []
    if (key === 'to') options.to = rest
    else if (key !== undefined) ports(draft, key.startsWith('s') ? 'sourcePort' : 'destinationPort', rest, portOf)
    else if (word === 'tcp' || word === 'udp' || word === 'multiport' || word === '[goto]') continue
    else if (word === 'sports' || word === 'dports') {
      ports(draft, word === 'sports' ? 'sourcePort' : 'destinationPort', value, portOf)
      at++
    } else if (word === 'ctstate' || word === 'state') {
      states(draft, value)
      at++
    } else if (word === 'ctstatus') {
      statuses(draft, value)
      at++
    } else if (word === 'ADDRTYPE' && value === 'match') {
      const of = words[at + 3] ?? ''
      if (words[at + 2] === 'dst-type' && /^!?LOCAL$/.test(of)) draft.and({ local: of === 'LOCAL' })
      else draft.not(words.slice(at, at + 4).join(' '))
      at += 3
    } else if (word === 'reject-with') {
      options.reject = value
      at++
    } else if (word === 'redir' && value === 'ports') {
      options.ports = words[at + 2] ?? ''
      at += 2
    } else if (word === 'LOG' || word === 'NFLOG') return options
    else {
      draft.not(words.slice(at).join(' '))
      return options
    }
  }
  return options
}
