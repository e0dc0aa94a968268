import { familyOf } from './address'
import type { Action, Chain, ConnState, ConnStatus, Match, PortMatch, Rule } from './filter'
import type { NatRule, NatRules, Translation } from './nat'
import { prefixLength } from './prefix'
import { endpointText } from './tuple'

/** A line of a listing; of a rule, in which chain it stands and where (from 0). */
export interface IptablesLine {
  readonly text: string
  readonly chain?: string
  readonly rule?: number
}

export interface IptablesOptions {
  /** `--line-numbers`. */
  readonly lineNumbers?: boolean
  /** Versions 1.8.8 and 1.8.9 print protocols as numbers with `-n`; all others print names. */
  readonly protocolNumbers?: boolean
}

/** The filter table's chains by their hook (iptables(8), TABLES). */
const HOOKS = { input: 'INPUT', forward: 'FORWARD', output: 'OUTPUT' } as const
const NAT_HOOKS = { prerouting: 'PREROUTING', output: 'OUTPUT', postrouting: 'POSTROUTING' } as const

const TARGETS: Readonly<Record<Action, string>> = {
  accept: 'ACCEPT',
  drop: 'DROP',
  reset: 'REJECT',
  'port-unreachable': 'REJECT',
  'host-unreachable': 'REJECT',
  'admin-prohibited': 'REJECT',
}

/** How a rejection is named, by family (iptables-extensions(8), REJECT). */
const REJECTIONS: Readonly<Record<Exclude<Action, 'accept' | 'drop'>, readonly [ip: string, ip6: string]>> = {
  reset: ['tcp-reset', 'tcp-reset'],
  'port-unreachable': ['icmp-port-unreachable', 'icmp6-port-unreachable'],
  'host-unreachable': ['icmp-host-unreachable', 'icmp6-addr-unreachable'],
  'admin-prohibited': ['icmp-admin-prohibited', 'icmp6-adm-prohibited'],
}

const STATES: readonly ConnState[] = ['invalid', 'new', 'related', 'established']
/** Translations count as states (iptables-extensions(8), conntrack), the rest is a status. */
const STATE_STATUSES: readonly ConnStatus[] = ['snat', 'dnat']
const STATUSES: readonly ConnStatus[] = ['seen-reply', 'assured', 'confirmed']

const PROTOCOLS = {
  tcp: ['tcp', '6'],
  udp: ['udp', '17'],
  icmp: ['icmp', '1'],
  icmp6: ['ipv6-icmp', '58'],
} as const

type V6 = boolean

/** @throws RangeError for a chain of family `inet`, which iptables does not know. */
function isV6({ name, family }: Chain): V6 {
  if (family === 'inet')
    throw new RangeError(`Chain "${name}" is of family inet: iptables knows ip, and ip6tables knows ip6.`)
  return family === 'ip6'
}

const span = (port: PortMatch): string => (typeof port === 'number' ? String(port) : `${port.from}:${port.to}`)
const isRange = (port: PortMatch | undefined): boolean => typeof port === 'object'

/** What a rule asks of a packet's ports, as `-S` and as `-L` print it. */
function portMatches({ protocol, sourcePort, destinationPort }: Match): readonly (readonly [s: string, l: string])[] {
  const many = (ports: readonly PortMatch[] | undefined, letter: 's' | 'd') =>
    ports && ports.length > 1
      ? [
          [
            `-m multiport --${letter}ports ${ports.map(span).join(',')}`,
            `multiport ${letter}ports ${ports.map(span).join(',')}`,
          ] as const,
        ]
      : []
  const one = (ports: readonly PortMatch[] | undefined): PortMatch | undefined =>
    ports?.length === 1 ? ports[0] : undefined
  const [sport, dport] = [one(sourcePort), one(destinationPort)]
  const plain = protocol ?? 'tcp'
  const flags = [
    ...(sport === undefined ? [] : [`--sport ${span(sport)}`]),
    ...(dport === undefined ? [] : [`--dport ${span(dport)}`]),
  ]
  const words = [
    ...(sport === undefined ? [] : [`${isRange(sport) ? 'spts' : 'spt'}:${span(sport)}`]),
    ...(dport === undefined ? [] : [`${isRange(dport) ? 'dpts' : 'dpt'}:${span(dport)}`]),
  ]
  return [
    ...(flags.length > 0 ? [[`-m ${plain} ${flags.join(' ')}`, `${plain} ${words.join(' ')}`] as const] : []),
    ...many(sourcePort, 's'),
    ...many(destinationPort, 'd'),
  ]
}

/** Everything else that a rule asks, as `-S` and as `-L` print it. */
function stateMatches({ state, status, local }: Match): readonly (readonly [s: string, l: string])[] {
  const states = [
    ...STATES.filter((one) => state?.includes(one)),
    ...STATE_STATUSES.filter((one) => status?.includes(one)),
  ]
  const statuses = STATUSES.filter((one) => status?.includes(one))
  const list = (names: readonly string[]) => names.map((name) => name.replaceAll('-', '_').toUpperCase()).join(',')
  return [
    ...(states.length > 0 ? [[`-m conntrack --ctstate ${list(states)}`, `ctstate ${list(states)}`] as const] : []),
    ...(statuses.length > 0
      ? [[`-m conntrack --ctstatus ${list(statuses)}`, `ctstatus ${list(statuses)}`] as const]
      : []),
    ...(local === undefined
      ? []
      : [
          [
            `-m addrtype ${local ? '' : '! '}--dst-type LOCAL`,
            `ADDRTYPE match dst-type ${local ? '' : '!'}LOCAL`,
          ] as const,
        ]),
  ]
}

/** A prefix with its length always (`-S`), or only where it is not the whole address (`-L`). */
const withLength = (prefix: string): string =>
  prefix.includes('/') ? prefix : `${prefix}/${familyOf(prefix) === 4 ? 32 : 128}`
const shortened = (prefix: string): string => {
  const [address = ''] = prefix.split('/')
  return prefixLength(prefix) === (familyOf(address) === 4 ? 32 : 128) ? address : prefix
}

/** A target with its options, as `-S` and as `-L` print it. */
interface Target {
  readonly name: string
  readonly option?: readonly [s: string, l: string]
}

function targetOf(action: Action, v6: V6): Target {
  const name = TARGETS[action]
  if (action === 'accept' || action === 'drop') return { name }
  const how = REJECTIONS[action][v6 ? 1 : 0]
  return { name, option: [`--reject-with ${how}`, `reject-with ${how}`] }
}

function natTargetOf(translation: Translation): Target {
  switch (translation.kind) {
    case 'dnat':
    case 'snat': {
      const { address, port } = translation.to
      const to = port === undefined ? address : endpointText({ address, port })
      return translation.kind === 'dnat'
        ? { name: 'DNAT', option: [`--to-destination ${to}`, `to:${to}`] }
        : { name: 'SNAT', option: [`--to-source ${to}`, `to:${to}`] }
    }
    case 'redirect':
      return translation.port === undefined
        ? { name: 'REDIRECT' }
        : { name: 'REDIRECT', option: [`--to-ports ${translation.port}`, `redir ports ${translation.port}`] }
    case 'masquerade':
      return { name: 'MASQUERADE' }
  }
}

/** `-A INPUT -s 10.0.0.0/8 -p tcp -m tcp --dport 22 -j ACCEPT`. */
function ruleSpec(chain: string, match: Match, { name, option }: Target): string {
  const { iif, oif, source, destination, protocol } = match
  return [
    `-A ${chain}`,
    ...(source === undefined ? [] : [`-s ${withLength(source)}`]),
    ...(destination === undefined ? [] : [`-d ${withLength(destination)}`]),
    ...(iif === undefined ? [] : [`-i ${iif}`]),
    ...(oif === undefined ? [] : [`-o ${oif}`]),
    ...(protocol === undefined ? [] : [`-p ${PROTOCOLS[protocol][0]}`]),
    ...portMatches(match).map(([text]) => text),
    ...stateMatches(match).map(([text]) => text),
    `-j ${name}`,
    ...(option ? [option[0]] : []),
  ].join(' ')
}

/** `ACCEPT     tcp  --  10.0.0.0/8           0.0.0.0/0            tcp dpt:22`. Interfaces are shown with `-v` only. */
function ruleLine(
  match: Match,
  { name, option }: Target,
  v6: V6,
  { protocolNumbers = false }: IptablesOptions,
): string {
  const { protocol, source, destination } = match
  const all = v6 ? '::/0' : '0.0.0.0/0'
  const any = protocolNumbers ? '0' : 'all'
  const rest = [...portMatches(match), ...stateMatches(match)].map(([, text]) => text)
  const ends = [source, destination].map((one) => (one === undefined ? all : shortened(one)).padEnd(20)).join(' ')
  const prot = protocol === undefined ? any : PROTOCOLS[protocol][protocolNumbers ? 1 : 0]
  return [`${name.padEnd(9)}  ${prot.padEnd(4)} --  ${ends}`, ...rest, ...(option ? [option[1]] : [])].join(' ')
}

const COLUMNS = 'target     prot opt source               destination         '

interface Listed {
  readonly chain: string
  readonly policy: string
  readonly v6: V6
  readonly rules: readonly { readonly match: Match; readonly target: Target }[]
}

const listed = (chain: Chain): Listed => {
  const v6 = isV6(chain)
  const rules = chain.rules.map((rule) => ({ match: asked(rule), target: targetOf(rule.action, v6) }))
  return { chain: HOOKS[chain.hook], policy: TARGETS[chain.policy], v6, rules }
}

/** A reset can only answer TCP, and iptables wants that said. */
const asked = ({ match, action }: Rule): Match =>
  action === 'reset' && match.protocol === undefined ? { ...match, protocol: 'tcp' } : match

const natListed = ({ prerouting, output, postrouting }: NatRules): readonly Listed[] => {
  const list = (hook: keyof typeof NAT_HOOKS, rules: readonly NatRule[]): Listed => ({
    chain: NAT_HOOKS[hook],
    policy: 'ACCEPT',
    v6: false,
    rules: rules.map(({ match, translation }) => ({ match, target: natTargetOf(translation) })),
  })
  const input: Listed = { chain: 'INPUT', policy: 'ACCEPT', v6: false, rules: [] }
  return [list('prerouting', prerouting), input, list('output', output), list('postrouting', postrouting)]
}

const listing = (chains: readonly Listed[], options: IptablesOptions): readonly IptablesLine[] =>
  chains.flatMap(({ chain, policy, v6, rules }, index): readonly IptablesLine[] => [
    ...(index > 0 ? [{ text: '' }] : []),
    { text: `Chain ${chain} (policy ${policy})` },
    { text: `${options.lineNumbers ? 'num  ' : ''}${COLUMNS}` },
    ...rules.map(({ match, target }, rule) => ({
      text: `${options.lineNumbers ? String(rule + 1).padEnd(5) : ''}${ruleLine(match, target, v6, options)}`,
      chain,
      rule,
    })),
  ])

const specs = (chains: readonly Listed[]): readonly IptablesLine[] => [
  ...chains.map(({ chain, policy }) => ({ text: `-P ${chain} ${policy}`, chain })),
  ...chains.flatMap(({ chain, rules }) =>
    rules.map(({ match, target }, rule) => ({ text: ruleSpec(chain, match, target), chain, rule })),
  ),
]

/** `iptables -L -n`, or `ip6tables` for chains of family ip6: every chain with its policy. Interfaces are not shown. */
export const iptablesList = (chains: readonly Chain[], options: IptablesOptions = {}): readonly IptablesLine[] =>
  listing(chains.map(listed), options)

/** `iptables -S`, or `ip6tables -S`: the policies, then the rules as they would be typed. */
export const iptablesSpecs = (chains: readonly Chain[]): readonly IptablesLine[] => specs(chains.map(listed))

/** `iptables -t nat -L -n`: the translation rules of IPv4. */
export const iptablesNatList = (rules: NatRules, options: IptablesOptions = {}): readonly IptablesLine[] =>
  listing(natListed(rules), options)

/** `iptables -t nat -S`. */
export const iptablesNatSpecs = (rules: NatRules): readonly IptablesLine[] => specs(natListed(rules))
