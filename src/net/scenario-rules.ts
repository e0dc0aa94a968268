import type { Action, Chain, ConnState, ConnStatus, FilterHook, Match, PortMatch } from './filter'
import type { NatRule, NatRules, Translation } from './nat'
import type { Prefix } from './prefix'
import type { Router } from './router'

/** A port as scenarios write it: a number, or a label such as `P1`, `L2`, `R3`. */
export type PortLabel = number | string

type PortSet = PortLabel | readonly PortLabel[] | { readonly from: PortLabel; readonly to: PortLabel }

/** A rule of a scenario (evidence/kernel/FORMAT.md). */
export interface ScenarioRule {
  readonly proto?: 'tcp' | 'udp' | 'icmp' | 'icmpv6' | undefined
  readonly saddr?: Prefix | undefined
  readonly daddr?: Prefix | undefined
  readonly sport?: PortSet | undefined
  readonly dport?: PortSet | undefined
  readonly iif?: string | undefined
  readonly oif?: string | undefined
  readonly ct?: ConnState | readonly ConnState[] | undefined
  readonly ctstatus?: ConnStatus | undefined
  readonly local?: boolean | undefined
  readonly do: string
  readonly to?: PortLabel | readonly [address: string, port?: PortLabel | undefined] | undefined
}

/** The rules of a scenario's router. */
export interface ScenarioRules {
  readonly chains?:
    | readonly {
        readonly hook: FilterHook
        readonly priority?: number | undefined
        readonly policy?: 'accept' | 'drop' | undefined
        readonly rules: readonly ScenarioRule[]
      }[]
    | undefined
  readonly nat?:
    | {
        readonly pre?: readonly ScenarioRule[] | undefined
        readonly out?: readonly ScenarioRule[] | undefined
        readonly post?: readonly ScenarioRule[] | undefined
      }
    | undefined
}

type PortOf = (label: PortLabel) => number

const ACTIONS: Readonly<Record<string, Action>> = {
  accept: 'accept',
  drop: 'drop',
  'reject-rst': 'reset',
  'reject-port': 'port-unreachable',
  'reject-host': 'host-unreachable',
  'reject-admin': 'admin-prohibited',
}

/** A scenario's rules as the model has them, with the numbers that its labels stand for. */
export function rulesOf({ chains = [], nat }: ScenarioRules, portOf: PortOf): Pick<Router, 'chains' | 'nat'> {
  const lists = nat && [nat.pre, nat.out, nat.post]
  const natRules = (rules: readonly ScenarioRule[] = []): readonly NatRule[] =>
    rules.map((rule) => ({ match: matchOf(rule, portOf), translation: translationOf(rule, portOf) }))
  const translations: NatRules | undefined = lists?.some((list) => list && list.length > 0)
    ? { family: 'ip', prerouting: natRules(nat?.pre), output: natRules(nat?.out), postrouting: natRules(nat?.post) }
    : undefined
  return {
    chains: chains.map(({ hook, priority = 0, policy = 'accept', rules }, index): Chain => {
      const made = rules.map((rule) => ({ match: matchOf(rule, portOf), action: actionOf(rule) }))
      return { name: `t${index + 1}`, family: 'inet', hook, priority, policy, rules: made }
    }),
    ...(translations && { nat: translations }),
  }
}

function actionOf({ do: name }: ScenarioRule): Action {
  const action = ACTIONS[name]
  if (!action) throw new RangeError(`The model knows no action "${name}".`)
  return action
}

const isRange = (set: PortSet): set is { readonly from: PortLabel; readonly to: PortLabel } =>
  typeof set === 'object' && 'from' in set

function portsOf(set: PortSet, portOf: PortOf): readonly PortMatch[] {
  if (isRange(set)) return [{ from: portOf(set.from), to: portOf(set.to) }]
  return (typeof set === 'object' ? set : [set]).map(portOf)
}

function matchOf(rule: ScenarioRule, portOf: PortOf): Match {
  const { proto, saddr, daddr, sport, dport, iif, oif, ct, ctstatus, local } = rule
  return {
    ...(proto && { protocol: proto === 'icmpv6' ? 'icmp6' : proto }),
    ...(saddr !== undefined && { source: saddr }),
    ...(daddr !== undefined && { destination: daddr }),
    ...(sport !== undefined && { sourcePort: portsOf(sport, portOf) }),
    ...(dport !== undefined && { destinationPort: portsOf(dport, portOf) }),
    ...(iif !== undefined && { iif }),
    ...(oif !== undefined && { oif }),
    ...(ct !== undefined && { state: typeof ct === 'string' ? [ct] : ct }),
    ...(ctstatus !== undefined && { status: [ctstatus] }),
    ...(local && { local }),
  }
}

function translationOf({ do: name, to }: ScenarioRule, portOf: PortOf): Translation {
  if (name === 'masquerade') return { kind: 'masquerade' }
  if (name === 'redirect' && (typeof to === 'string' || typeof to === 'number'))
    return { kind: 'redirect', port: portOf(to) }
  if ((name === 'dnat' || name === 'snat') && typeof to === 'object') {
    const [address, port] = to
    return { kind: name, to: { address, ...(port !== undefined && { port: portOf(port) }) } }
  }
  throw new RangeError(`The model knows no translation "${name}" to ${JSON.stringify(to)}.`)
}
