import { familyOf } from './address'
import type { Action, Chain, ConnState, ConnStatus, Match, PortMatch, Rule, TableFamily } from './filter'
import type { NatRule, NatRules, Translation } from './nat'
import { prefixLength } from './prefix'
import { endpointText } from './tuple'

/** A table as `nft` lists it: chains of filter rules, and lists of translation rules. */
export interface NftTable {
  readonly family: TableFamily
  readonly name: string
  readonly chains: readonly Chain[]
  readonly nat?: Partial<NatRules>
}

/** A line of a listing; of a rule, in which chain it stands and where (from 0). */
export interface NftLine {
  readonly text: string
  readonly chain?: string
  readonly rule?: number
}

/** In this order nft prints the flags of a set, however they were written (ct.c: ct_state_tbl, ct_status_tbl). */
const STATES: readonly ConnState[] = ['invalid', 'established', 'related', 'new']
const STATUSES: readonly ConnStatus[] = ['seen-reply', 'assured', 'confirmed', 'snat', 'dnat']

const lowest = (port: PortMatch): number => (typeof port === 'number' ? port : port.from)
const portText = (port: PortMatch): string => (typeof port === 'number' ? String(port) : `${port.from}-${port.to}`)

/** One port as it is, several as a set, which nft sorts. */
function portsText(ports: readonly PortMatch[]): string {
  const texts = ports.toSorted((a, b) => lowest(a) - lowest(b)).map(portText)
  return texts.length === 1 ? texts.join('') : `{ ${texts.join(', ')} }`
}

/** `ip saddr 10.0.0.0/8`; an address alone has no length. */
function addressText(side: 'saddr' | 'daddr', prefix: string): string {
  const [address = ''] = prefix.split('/')
  const whole = prefixLength(prefix) === (familyOf(address) === 4 ? 32 : 128)
  return `${familyOf(address) === 4 ? 'ip' : 'ip6'} ${side} ${whole ? address : prefix}`
}

const protocolText = (protocol: NonNullable<Match['protocol']>, family: TableFamily): string =>
  protocol !== 'icmp6' && family === 'ip'
    ? `ip protocol ${protocol}`
    : `meta l4proto ${protocol === 'icmp6' ? 'ipv6-icmp' : protocol}`

/** The conditions of a rule in nft's words (nft(8), PAYLOAD EXPRESSIONS, META EXPRESSIONS, CONNTRACK EXPRESSIONS). */
function conditions(match: Match, family: TableFamily, action?: Action): readonly string[] {
  const { iif, oif, source, destination, state, status, local, sourcePort, destinationPort } = match
  const protocol = action === 'reset' ? (match.protocol ?? 'tcp') : match.protocol
  const ported = protocol === 'tcp' || protocol === 'udp' ? protocol : 'th'
  const ports = [
    ...(sourcePort ? [`${ported} sport ${portsText(sourcePort)}`] : []),
    ...(destinationPort ? [`${ported} dport ${portsText(destinationPort)}`] : []),
  ]
  const bare = protocol !== undefined && ports.length === 0
  return [
    ...(iif === undefined ? [] : [`iifname "${iif}"`]),
    ...(oif === undefined ? [] : [`oifname "${oif}"`]),
    ...(source === undefined ? [] : [addressText('saddr', source)]),
    ...(destination === undefined ? [] : [addressText('daddr', destination)]),
    ...(state ? [`ct state ${STATES.filter((one) => state.includes(one)).join(',')}`] : []),
    ...(status ? [`ct status ${STATUSES.filter((one) => status.includes(one)).join(',')}`] : []),
    ...(local === undefined ? [] : [`fib daddr type ${local ? '' : '!= '}local`]),
    ...(bare ? [protocolText(protocol, family)] : []),
    ...(ported === 'th' && ports.length > 0 ? ['meta l4proto { tcp, udp }'] : []),
    ...ports,
  ]
}

/** What a rule does, in nft's words (nft(8), VERDICT STATEMENTS, REJECT STATEMENT). */
export function nftAction(action: Action, family: TableFamily): string {
  const kind = { inet: 'icmpx', ip: 'icmp', ip6: 'icmpv6' }[family]
  switch (action) {
    case 'accept':
    case 'drop':
      return action
    case 'reset':
      return 'reject with tcp reset'
    case 'port-unreachable':
      return 'reject'
    case 'host-unreachable':
      return `reject with ${kind} ${family === 'ip6' ? 'addr' : 'host'}-unreachable`
    case 'admin-prohibited':
      return `reject with ${kind} admin-prohibited`
  }
}

/** A filter rule as `nft` prints it in a table of this family: `tcp dport { 80, 443 } accept`. */
export const nftRule = ({ match, action }: Rule, family: TableFamily): string =>
  [...conditions(match, family, action), nftAction(action, family)].join(' ')

const targetText = ({ address, port }: { readonly address: string; readonly port?: number }): string =>
  port === undefined ? address : endpointText({ address, port })

/** What a translation rule does, in nft's words (nft(8), NAT STATEMENTS). */
function translationText(translation: Translation, family: TableFamily): string {
  switch (translation.kind) {
    case 'dnat':
    case 'snat': {
      const of = familyOf(translation.to.address) === 4 ? 'ip ' : 'ip6 '
      return `${translation.kind} ${family === 'inet' ? of : ''}to ${targetText(translation.to)}`
    }
    case 'redirect':
      return translation.port === undefined ? 'redirect' : `redirect to :${translation.port}`
    case 'masquerade':
      return 'masquerade'
  }
}

/** A translation rule as `nft` prints it: `iifname "wan" tcp dport 8080 dnat to 10.0.0.2:80`. */
export const nftNatRule = ({ match, translation }: NatRule, family: TableFamily): string =>
  [...conditions(match, family), translationText(translation, family)].join(' ')

/** Names for priorities (nft(8), CHAINS): ten up or down they are printed as a sum. */
const priorityText = (priority: number): string => {
  if (priority === 0) return 'filter'
  return Math.abs(priority) > 10 ? String(priority) : `filter ${priority > 0 ? '+' : '-'} ${Math.abs(priority)}`
}

const chainLines = (name: string, head: string, rules: readonly string[]): readonly NftLine[] => [
  { text: `\tchain ${name} {` },
  { text: `\t\t${head}` },
  ...rules.map((text, rule) => ({ text: `\t\t${text}`, chain: name, rule })),
  { text: '\t}' },
]

/** The lines of one filter chain inside its table, as in a listing. */
const filterChain = ({ name, family, hook, priority = 0, policy, rules }: Chain): readonly NftLine[] =>
  chainLines(
    name,
    `type filter hook ${hook} priority ${priorityText(priority)}; policy ${policy};`,
    rules.map((rule) => nftRule(rule, family)),
  )

const NAT_PRIORITIES = { prerouting: 'dstnat', output: '-100', postrouting: 'srcnat' } as const

/** `nft list table FAMILY NAME`. Lines are indented with tabs. */
export function nftTable({ family, name, chains, nat = {} }: NftTable): readonly NftLine[] {
  const hooks = (['prerouting', 'output', 'postrouting'] as const).flatMap((hook) => {
    const rules = nat[hook]
    if (!rules) return []
    const head = `type nat hook ${hook} priority ${NAT_PRIORITIES[hook]}; policy accept;`
    return [
      chainLines(
        hook,
        head,
        rules.map((rule) => nftNatRule(rule, family)),
      ),
    ]
  })
  const blocks = [...chains.map((chain) => filterChain({ ...chain, family })), ...hooks]
  const inside = blocks.flatMap((block, index) => (index === 0 ? block : [{ text: '' }, ...block]))
  return [{ text: `table ${family} ${name} {` }, ...inside, { text: '}' }]
}

/** `nft list ruleset`: every table, one after the other. */
export const nftRuleset = (tables: readonly NftTable[]): readonly NftLine[] =>
  tables.flatMap((table) => nftTable(table))

/** `nft list chain FAMILY TABLE CHAIN`: the table with this chain only. */
export const nftChain = (chain: Chain, table = 'filter'): readonly NftLine[] =>
  nftTable({ family: chain.family, name: table, chains: [chain] })
