import type { Address } from './address'
import { familyOf, isLoopback } from './address'
import type { Packet, Transport } from './packet'
import type { Network, Prefix } from './prefix'
import { addressWords, inNetwork, networkOf } from './prefix'

/** What connection tracking knows of a packet (iptables-extensions(8), conntrack). */
export type ConnState = 'new' | 'established' | 'related' | 'invalid'

/** What connection tracking has noted of a packet's flow (nft(8), CONNTRACK EXPRESSIONS, ct_status). */
export type ConnStatus = 'snat' | 'dnat' | 'seen-reply' | 'assured' | 'confirmed'

/** What a rule does: `reset` and the unreachables are `reject with` (nft(8), REJECT STATEMENT). */
export type Action = 'accept' | 'drop' | 'reset' | 'port-unreachable' | 'host-unreachable' | 'admin-prohibited'

/** One port or a range of ports, both ends included. */
export type PortMatch = number | { readonly from: number; readonly to: number }

/** The conditions of a rule; one that is left out always holds. An address may be a prefix (`10.0.0.0/8`). */
export interface Match {
  readonly protocol?: Transport['protocol']
  readonly source?: Prefix
  readonly destination?: Prefix
  /** One of these; a packet without ports (ICMP) never matches. */
  readonly sourcePort?: readonly PortMatch[]
  readonly destinationPort?: readonly PortMatch[]
  readonly iif?: string
  readonly oif?: string
  readonly state?: readonly ConnState[]
  /** At least one of these has been noted. */
  readonly status?: readonly ConnStatus[]
  /** True: the destination is one of the host's own addresses (`fib daddr type local`). */
  readonly local?: boolean
}

export interface Rule {
  readonly match: Match
  readonly action: Action
}

/** The family of packets that a table sees (nft(8), ADDRESS FAMILIES): `ip` sees no IPv6. */
export type TableFamily = 'ip' | 'ip6' | 'inet'

/** Where on a packet's way a filter chain stands: for the host itself, through it, or from it (nft(8), ADDRESS FAMILIES). */
export type FilterHook = 'input' | 'forward' | 'output'

/** An ordered list of rules: the first that matches decides, and the policy decides where none does. */
export interface Chain {
  readonly name: string
  readonly family: TableFamily
  readonly hook: FilterHook
  /** Of the chains on one hook the lowest number comes first; 0 if left out (`filter` in nft). */
  readonly priority?: number
  readonly policy: 'accept' | 'drop'
  readonly rules: readonly Rule[]
}

/** What a rule asks about besides the packet itself. */
export interface PacketContext {
  readonly iif?: string
  readonly oif?: string
  /** Without connection tracking no rule on a state matches. */
  readonly state?: ConnState
  readonly status?: readonly ConnStatus[]
  /** The filtering host's own addresses (127.0.0.0/8 and ::1 are its own without saying), for `local`. */
  readonly addresses?: readonly Address[]
}

/**
 * What a chain does with a packet, and by which rule (from 0): `policy` where no rule matched, `unseen` where the packet is
 * of a family that the chain's table does not see, and so passes.
 */
export interface Filtered {
  readonly action: Action
  readonly by: number | 'policy' | 'unseen'
}

/** What the chains of a hook do with a packet: the chain that decided (undefined when there is none), and by which rule. */
export interface HookFiltered extends Filtered {
  readonly chain: Chain | undefined
  /** What the rules were asked with besides the packet, where a router asks them. */
  readonly context?: PacketContext
}

/**
 * What one chain does with a packet. The rules are read from the top, and the first whose conditions all hold decides
 * (nft(8), VERDICT STATEMENTS); where none does, the policy (nft(8), CHAINS).
 */
export function evaluate(chain: Chain, packet: Packet, context: PacketContext = {}): Filtered {
  if (!sees(chain.family, packet.destination)) return { action: 'accept', by: 'unseen' }
  const facts = factsOf(packet, context)
  const { rules } = chain
  const tests = testsOf(rules)
  for (let index = 0; index < tests.length; index++) {
    const test = tests[index]
    const rule = rules[index]
    if (test && rule && holds(test, facts)) return { action: rule.action, by: index }
  }
  return { action: chain.policy, by: 'policy' }
}

/**
 * What all chains of a hook do with a packet, in the order of their priorities (of equals the one made last comes first). `accept` ends only its own chain, the next
 * one still reads the packet; everything else is final (nft(8), VERDICT STATEMENTS). If all accept, the last one is named.
 */
export function evaluateHook(
  chains: readonly Chain[],
  hook: FilterHook,
  packet: Packet,
  context: PacketContext = {},
): HookFiltered {
  let result: HookFiltered = { action: 'accept', by: 'policy', chain: undefined }
  for (const chain of chainsOn(chains, hook)) {
    const { action, by } = evaluate(chain, packet, context)
    if (by === 'unseen') continue
    result = { action, by, chain }
    if (action !== 'accept') return result
  }
  return result
}

/** Whether all conditions of a rule hold for a packet. */
export const matches = (match: Match, packet: Packet, context: PacketContext = {}): boolean =>
  holds(testOf(match), factsOf(packet, context))

/** The chains of a hook as they are asked: by priority, and of equals the one made last (Linux: nf_hook_entries_grow). */
export const chainsOn = (chains: readonly Chain[], hook: FilterHook): readonly Chain[] =>
  chains
    .filter((chain) => chain.hook === hook)
    .toReversed()
    .toSorted((a, b) => (a.priority ?? 0) - (b.priority ?? 0))

/** Whether a table of this family sees packets to this address. */
export const sees = (family: TableFamily, destination: Address): boolean =>
  family === 'inet' || (family === 'ip') === (familyOf(destination) === 4)

/** A packet and its circumstances, taken apart once for all rules. */
interface Facts {
  readonly protocol: Transport['protocol']
  readonly source: readonly number[]
  readonly destination: readonly number[]
  /** -1 where the protocol has no ports. */
  readonly sourcePort: number
  readonly destinationPort: number
  readonly local: boolean
  readonly context: PacketContext
}

function factsOf({ source, destination, transport }: Packet, context: PacketContext): Facts {
  const ported = transport.protocol === 'tcp' || transport.protocol === 'udp'
  return {
    protocol: transport.protocol,
    source: addressWords(source),
    destination: addressWords(destination),
    sourcePort: ported ? transport.sourcePort : -1,
    destinationPort: ported ? transport.destinationPort : -1,
    local: isLoopback(destination) || (context.addresses?.includes(destination) ?? false),
    context,
  }
}

/** A rule's conditions, ready for comparing. All fields are there, or V8 would look for each missing one in slow motion. */
interface Test {
  readonly protocol: Match['protocol']
  readonly source: Network | undefined
  readonly destination: Network | undefined
  readonly sourcePort: Match['sourcePort']
  readonly destinationPort: Match['destinationPort']
  readonly iif: string | undefined
  readonly oif: string | undefined
  readonly state: Match['state']
  readonly status: Match['status']
  readonly local: boolean | undefined
}

const testOf = (match: Match): Test => ({
  protocol: match.protocol,
  source: match.source === undefined ? undefined : networkOf(match.source),
  destination: match.destination === undefined ? undefined : networkOf(match.destination),
  sourcePort: match.sourcePort,
  destinationPort: match.destinationPort,
  iif: match.iif,
  oif: match.oif,
  state: match.state,
  status: match.status,
  local: match.local,
})

/** `reject with tcp reset` reads TCP only, as nft adds that condition by itself. */
const ruleTest = ({ match, action }: Rule): Test =>
  testOf(action === 'reset' && match.protocol === undefined ? { ...match, protocol: 'tcp' } : match)

/** Prefixes are parsed once for a list of rules, however many packets it meets. */
const known = new WeakMap<readonly Rule[], readonly Test[]>()

function testsOf(rules: readonly Rule[]): readonly Test[] {
  const made = known.get(rules) ?? rules.map(ruleTest)
  known.set(rules, made)
  return made
}

const onePort = (wanted: readonly PortMatch[], port: number): boolean => {
  for (const one of wanted) if (typeof one === 'number' ? one === port : one.from <= port && port <= one.to) return true
  return false
}

function holds(test: Test, facts: Facts): boolean {
  const { protocol, source, destination, sourcePort, destinationPort, iif, oif, state, status, local } = test
  const { context } = facts
  return (
    (protocol === undefined || protocol === facts.protocol) &&
    (destinationPort === undefined || onePort(destinationPort, facts.destinationPort)) &&
    (sourcePort === undefined || onePort(sourcePort, facts.sourcePort)) &&
    (destination === undefined || inNetwork(destination, facts.destination)) &&
    (source === undefined || inNetwork(source, facts.source)) &&
    (iif === undefined || iif === context.iif) &&
    (oif === undefined || oif === context.oif) &&
    (state === undefined || (context.state !== undefined && state.includes(context.state))) &&
    (status === undefined || status.some((one) => context.status?.includes(one) ?? false)) &&
    (local === undefined || local === facts.local)
  )
}
