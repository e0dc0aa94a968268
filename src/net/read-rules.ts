import type { Action, Chain, FilterHook, Match, PortMatch, Rule, TableFamily } from './filter'
import type { NatRule, Translation } from './nat'
import { addressOf, inPrefix, prefixLength } from './prefix'
import type { NumberedLine, Unread, UnreadWhy } from './read-lines'
import { unread } from './read-lines'

/** What a rule does when its conditions hold, as it stands in a listing. */
export type RuleTarget =
  | { readonly kind: 'action'; readonly action: Action }
  | { readonly kind: 'translation'; readonly translation: Translation }
  | { readonly kind: 'jump'; readonly chain: string; readonly goto: boolean }
  | { readonly kind: 'return' }
  /** It counts or logs, and the next rule is asked. */
  | { readonly kind: 'nothing' }

/** A rule as it stands in a listing, with the conditions that could be read. */
export interface ListedRule {
  readonly line: NumberedLine
  readonly match: Match
  readonly target: RuleTarget
  /** A condition or target that could not be read: then the rule is left out where it stands. */
  readonly fault?: { readonly why: UnreadWhy; readonly what: string }
}

/** A rule that is missing from a chain: it stood before the `at`th rule, and at most packets of `match` meet it. */
export interface Gap {
  readonly at: number
  readonly match: Match
}

/** A chain that was read, and what is missing in it. */
export interface ReadChain {
  readonly chain: Chain
  readonly gaps: readonly Gap[]
}

/** Translation rules of one hook that were read. */
export interface ReadNat {
  readonly family: TableFamily
  readonly hook: 'prerouting' | 'output' | 'postrouting'
  readonly rules: readonly NatRule[]
}

/** What was read of a packet filter, and what was not. */
export interface ReadRules {
  readonly chains: readonly ReadChain[]
  readonly nat: readonly ReadNat[]
  readonly unread: readonly Unread[]
}

/** A base chain as it stands in a listing. */
export interface ListedChain {
  readonly name: string
  readonly family: TableFamily
  readonly hook: FilterHook
  readonly priority?: number
  readonly policy: 'accept' | 'drop'
  readonly rules: readonly ListedRule[]
}

/** Chains that rules jump to, by their name. */
export type Callees = ReadonlyMap<string, readonly ListedRule[]>

const never = 'never'
type Joined<T> = T | undefined | typeof never

const wide = (port: PortMatch) => (typeof port === 'number' ? { from: port, to: port } : port)

function joinedPorts(
  a: readonly PortMatch[] | undefined,
  b: readonly PortMatch[] | undefined,
): Joined<readonly PortMatch[]> {
  if (!a || !b) return a ?? b
  const both = a.flatMap((one) =>
    b.flatMap((other): readonly PortMatch[] => {
      const from = Math.max(wide(one).from, wide(other).from)
      const to = Math.min(wide(one).to, wide(other).to)
      return from > to ? [] : [from === to ? from : { from, to }]
    }),
  )
  return both.length === 0 ? never : both
}

function joinedPrefix(a: string | undefined, b: string | undefined): Joined<string> {
  if (a === undefined || b === undefined) return a ?? b
  const [small, large] = prefixLength(a) >= prefixLength(b) ? [a, b] : [b, a]
  return inPrefix(large, addressOf(small)) ? small : never
}

const joinedValue = <T>(a: T | undefined, b: T | undefined): Joined<T> =>
  a === undefined || b === undefined || a === b ? (a ?? b) : never

function joinedStates<T>(a: readonly T[] | undefined, b: readonly T[] | undefined): Joined<readonly T[]> {
  if (!a || !b) return a ?? b
  const both = a.filter((one) => b.includes(one))
  return both.length === 0 ? never : both
}

/** The conditions of two rules that must both hold; `never` when no packet meets both; undefined when it cannot be said. */
export function both(a: Match, b: Match): Match | typeof never | undefined {
  if (a.status && b.status) return undefined
  const elsewhere = (one: string | undefined, other: string | undefined) =>
    one !== undefined && other !== undefined && one !== other
  if (elsewhere(a.iif, b.iif) || elsewhere(a.oif, b.oif)) return never
  const parts = {
    protocol: joinedValue(a.protocol, b.protocol),
    source: joinedPrefix(a.source, b.source),
    destination: joinedPrefix(a.destination, b.destination),
    sourcePort: joinedPorts(a.sourcePort, b.sourcePort),
    destinationPort: joinedPorts(a.destinationPort, b.destinationPort),
    iif: a.iif ?? b.iif,
    oif: a.oif ?? b.oif,
    state: joinedStates(a.state, b.state),
    status: a.status ?? b.status,
    local: joinedValue(a.local, b.local),
  }
  const { protocol, source, destination, sourcePort, destinationPort, iif, oif, state, status, local } = parts
  if (
    protocol === never ||
    source === never ||
    destination === never ||
    sourcePort === never ||
    destinationPort === never ||
    state === never ||
    local === never
  )
    return never
  return {
    ...(protocol !== undefined && { protocol }),
    ...(source !== undefined && { source }),
    ...(destination !== undefined && { destination }),
    ...(sourcePort && { sourcePort }),
    ...(destinationPort && { destinationPort }),
    ...(iif !== undefined && { iif }),
    ...(oif !== undefined && { oif }),
    ...(state && { state }),
    ...(status && { status }),
    ...(local !== undefined && { local }),
  }
}

/** What a chain comes to when the chains it jumps to are written out in it. */
interface Flat {
  readonly rules: ListedRule[]
  readonly gaps: Gap[]
  readonly unread: Unread[]
}

/** Chains that call each other deeper than this are left out, as are those that come to more rules. */
const DEEPEST = 16
const MOST_RULES = 1000

/**
 * Writes out the chains that a chain jumps to: a rule there decides where both the jump's conditions and its own hold. What
 * comes back by a `return` with conditions, or calls what is not in the listing, cannot be written so: it is left out, and
 * the gap says which packets it might have concerned.
 */
function flatten(rules: readonly ListedRule[], callees: Callees): Flat {
  const flat: Flat = { rules: [], gaps: [], unread: [] }
  write(rules, {}, [])
  return flat

  function leaveOut(rule: ListedRule, match: Match, why: UnreadWhy, what: string): void {
    flat.gaps.push({ at: flat.rules.length, match })
    if (!flat.unread.some(({ number }) => number === rule.line.number)) flat.unread.push(unread(rule.line, why, what))
  }

  function write(list: readonly ListedRule[], outer: Match, way: readonly string[]): void {
    // After a `return` with conditions it is not known who still reads the rest of the chain.
    let doubtful = false
    for (const rule of list) {
      const match = both(outer, rule.match)
      const { target, fault } = rule
      if (match === never || (target.kind === 'nothing' && !fault)) continue
      if (match === undefined) leaveOut(rule, outer, 'nested', '')
      else if (fault) leaveOut(rule, match, fault.why, fault.what)
      else if (target.kind === 'return') {
        if (Object.keys(rule.match).length === 0) return
        if (way.length === 0) leaveOut(rule, match, 'nested', 'return')
        doubtful = true
      } else if (doubtful || flat.rules.length >= MOST_RULES)
        leaveOut(rule, match, doubtful ? 'nested' : 'too-many', '')
      else if (target.kind === 'jump') jump(rule, match, target, way)
      else flat.rules.push({ ...rule, match })
      if (target.kind === 'jump' && target.goto && Object.keys(rule.match).length === 0) return
    }
  }

  function jump(
    rule: ListedRule,
    match: Match,
    { chain, goto }: Extract<RuleTarget, { kind: 'jump' }>,
    way: readonly string[],
  ): void {
    const callee = callees.get(chain)
    if (!callee) return leaveOut(rule, match, 'chain', chain)
    if (way.includes(chain) || way.length >= DEEPEST) return leaveOut(rule, match, 'nested', chain)
    write(callee, match, [...way, chain])
    // What comes back from a `goto` does not go on here, which a list of rules cannot say.
    if (goto && Object.keys(rule.match).length > 0) leaveOut(rule, match, 'nested', 'goto')
  }
}

/** A base chain with the chains that it calls written out, ready for the model. */
export function readChain(listed: ListedChain, callees: Callees): ReadChain & { readonly unread: readonly Unread[] } {
  const { rules: raw, ...head } = listed
  const { rules: flat, gaps, unread: faults } = flatten(raw, callees)
  const rules = flat.flatMap(({ match, target }): readonly Rule[] =>
    target.kind === 'action' ? [{ match, action: target.action }] : [],
  )
  return { chain: { ...head, rules }, gaps, unread: faults }
}

/** The translation rules of one hook, with the chains that they call written out. */
export function readNat(
  family: TableFamily,
  hook: ReadNat['hook'],
  raw: readonly ListedRule[],
  callees: Callees,
): ReadNat & { readonly unread: readonly Unread[] } {
  const { rules: flat, unread: faults } = flatten(raw, callees)
  const rules = flat.flatMap(({ match, target }): readonly NatRule[] =>
    target.kind === 'translation' ? [{ match, translation: target.translation }] : [],
  )
  return { family, hook, rules, unread: faults }
}
