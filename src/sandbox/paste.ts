import type { Address } from '../net/address'
import { familyOf, isLoopback, isWildcard, unmapped } from '../net/address'
import type { Match } from '../net/filter'
import type { NatRule } from '../net/nat'
import { inPrefix } from '../net/prefix'
import type { ReadContainer } from '../net/read-docker-ps'
import { isDockerHeading, readDockerPs } from '../net/read-docker-ps'
import { isIptablesChain, isIptablesSpec, readIptables } from '../net/read-iptables'
import type { ReadEndpoints } from '../net/read-endpoints'
import { isEndpointsHeading, readEndpoints } from '../net/read-endpoints'
import { isServicesHeading, readServices } from '../net/read-kubectl'
import type { NumberedLine, PortOf, Unread } from '../net/read-lines'
import { readEnd, unread } from '../net/read-lines'
import { isNetstatHeading, isNetstatRow, readNetstat } from '../net/read-netstat'
import { isNftTable, readNft } from '../net/read-nft'
import type { ReadChain, ReadNat, ReadRules } from '../net/read-rules'
import { isSsHeading, isSsRow, readSs } from '../net/read-ss'
import type { SsSocket } from '../net/ss'
import type { Endpoint, Protocol } from '../net/tuple'
import { portOf as servicePort } from '../ports/services'
import type { Sandbox, SandboxChain, SandboxNatRule, SandboxRule, SandboxSocket } from './sandbox'
import { MOST } from './sandbox'

/** The listings that can be read. */
export const LISTINGS = ['ss', 'netstat', 'docker', 'kubectl', 'nft', 'iptables'] as const
export type Listing = (typeof LISTINGS)[number]

/** What the drawing takes for granted, because no listing says it. Its words stand in the message catalogue. */
export type Assumption =
  /** The machine's own address. */
  | 'address'
  /** That a program listens behind each published port. */
  | 'containers'
  /** Which Pods stand behind a Service. */
  | 'pods'
  /** That a program listens in each Pod that is an endpoint. */
  | 'endpoints'
  /** Interfaces of rules in `iptables -L` without `-v`. */
  | 'interfaces'
  /** More of something than is drawn. */
  | 'many'

/** What a paste becomes. */
export interface Pasted {
  /** Undefined where nothing could be read. */
  readonly sandbox: Sandbox | undefined
  readonly listings: readonly Listing[]
  /** Lines that say something. */
  readonly lines: number
  readonly unread: readonly Unread[]
  readonly assumed: readonly Assumption[]
}

/** Longer pastes are not read: that is more than any machine prints of its ports. */
export const MOST_PASTE = 300_000

/** A stretch of lines that one command printed. */
interface Section {
  readonly listing: Listing
  readonly lines: NumberedLine[]
  /** The command, where it was pasted too. */
  readonly command: string
}

const COMMANDS: readonly (readonly [Listing, RegExp])[] = [
  ['ss', /^ss\b/],
  ['netstat', /^netstat\b/],
  ['docker', /^(docker|podman|nerdctl)\s+(ps|container\s+ls)\b/],
  ['kubectl', /^(kubectl|oc)\b.*\bget\b.*\b(svc|services?|ep|endpoints|endpointslices?)\b/],
  ['nft', /^nft\b/],
  ['iptables', /^ip6?tables(-save|-nft|-legacy)?\b/],
]

/** A line with a prompt: what was typed there. `#` alone is a comment. */
function commandOf(text: string): string | undefined {
  const [, typed] = /^\s*(?:\[?[\w.-]+@[\w.-]+[^$#%>]*[$#%]|[$%])\s+(?:sudo\s+)?(\S.*)$/.exec(text) ?? []
  if (typed !== undefined) return typed
  const bare = text.trim().replace(/^(#\s+)?(sudo\s+)?/, '')
  return COMMANDS.some(([, pattern]) => pattern.test(bare)) && !isSsRow(text) ? bare : undefined
}

/** To which listing a line belongs by itself: a heading, or a row that stands alone. */
function listingOf(text: string): Listing | undefined {
  if (isSsHeading(text)) return 'ss'
  if (isNetstatHeading(text) || isNetstatRow(text)) return 'netstat'
  if (isDockerHeading(text)) return 'docker'
  if (isServicesHeading(text) || isEndpointsHeading(text)) return 'kubectl'
  if (isNftTable(text)) return 'nft'
  if (isIptablesSpec(text) || isIptablesChain(text)) return 'iptables'
  if (isSsRow(text)) return 'ss'
  return undefined
}

/** The paste cut into what each command printed, and the lines that belong to none. */
function sectionsOf(lines: readonly NumberedLine[]): {
  readonly sections: readonly Section[]
  readonly unread: readonly Unread[]
} {
  const sections: Section[] = []
  const faults: Unread[] = []
  let current: Section | undefined
  for (const line of lines) {
    const { text } = line
    if (text.trim() === '') continue
    const command = commandOf(text)
    if (command !== undefined) {
      const listing = COMMANDS.find(([, pattern]) => pattern.test(command))?.[0]
      current = listing && { listing, lines: [], command }
      if (current) sections.push(current)
      continue
    }
    const own = listingOf(text)
    const begins = own && (own !== current?.listing || (isSsHeading(text) && current.lines.length > 0))
    // Inside an nft table rules look like anything.
    if (own && begins && !(current?.listing === 'nft' && openBraces(current) > 0)) {
      current = { listing: own, lines: [], command: '' }
      sections.push(current)
    }
    if (current) current.lines.push(line)
    else faults.push(unread(line, 'unknown'))
  }
  return { sections, unread: faults }
}

const openBraces = ({ lines }: Section): number =>
  lines.reduce((sum, { text }) => sum + text.split('{').length - text.split('}').length, 0)

/** The protocol that a command asked `ss` for, if it was one only. */
function protocolOf(command: string): Protocol | undefined {
  const flags = command
    .split(/\s+/)
    .filter((word) => word.startsWith('-'))
    .join('')
  const [t, u] = [flags.includes('t'), flags.includes('u')]
  return t === u ? undefined : t ? 'tcp' : 'udp'
}

interface Read {
  readonly sockets: SsSocket[]
  readonly containers: ReadContainer[]
  readonly services: Sandbox['services']
  readonly endpoints: ReadEndpoints[]
  readonly chains: ReadChain[]
  readonly nat: ReadNat[]
  readonly unread: Unread[]
}

const portOf: PortOf = (name, protocol) => servicePort(protocol, name)

/** Reads whatever was pasted: outputs of several tools one after the other, with or without the commands. Never throws. */
export function readPaste(text: string): Pasted {
  const lines = text
    .slice(0, MOST_PASTE)
    .split(/\r?\n/)
    .map((line, index): NumberedLine => ({ number: index + 1, text: line.replaceAll('\u00a0', ' ') }))
  const { sections, unread: stray } = sectionsOf(lines)
  const read: Read = {
    sockets: [],
    containers: [],
    services: [],
    endpoints: [],
    chains: [],
    nat: [],
    unread: [...stray],
  }
  let many = text.length > MOST_PASTE
  for (const section of sections) readSection(section, read)
  const listings = LISTINGS.filter((one) => sections.some(({ listing }) => listing === one))
  const isEmpty = [read.sockets, read.containers, read.services, read.chains, read.nat].every((one) => one.length === 0)
  const built = isEmpty ? undefined : build(read)
  many ||= built?.many ?? false
  const hidden = sections.some(
    ({ listing, lines: own }) =>
      listing === 'iptables' &&
      own.some((line) => isIptablesChain(line.text)) &&
      !own.some((line) => /\sin\s+out\s/.test(line.text)),
  )
  return {
    sandbox: built?.sandbox,
    listings,
    lines: lines.filter((line) => line.text.trim() !== '').length,
    unread: read.unread.toSorted((a, b) => a.number - b.number),
    assumed: [
      ...(built?.assumedAddress ? (['address'] as const) : []),
      ...(read.containers.some(({ published }) => published.length > 0) ? (['containers'] as const) : []),
      ...(built?.sandbox.services.some(({ pods }) => !pods) ? (['pods'] as const) : []),
      ...(built?.sandbox.services.some(({ pods }) => pods) ? (['endpoints'] as const) : []),
      ...(hidden ? (['interfaces'] as const) : []),
      ...(many ? (['many'] as const) : []),
    ],
  }
}

function readSection({ listing, lines, command }: Section, into: Read): void {
  const rules = (read: ReadRules) => {
    into.chains.push(...read.chains)
    into.nat.push(...read.nat)
    into.unread.push(...read.unread)
  }
  switch (listing) {
    case 'ss': {
      const protocol = protocolOf(command)
      const read = readSs(lines, { portOf, ...(protocol && { protocol }) })
      into.sockets.push(...read.sockets)
      into.unread.push(...read.unread)
      return
    }
    case 'netstat': {
      const read = readNetstat(lines, portOf)
      into.sockets.push(...read.sockets)
      into.unread.push(...read.unread)
      return
    }
    case 'docker': {
      const read = readDockerPs(lines)
      into.containers.push(...read.containers)
      into.unread.push(...read.unread)
      return
    }
    case 'kubectl': {
      for (const part of tablesOf(lines)) {
        const isEnds = isEndpointsHeading(part[0]?.text ?? '')
        const { unread: faults, ...read } = isEnds ? readEndpoints(part) : readServices(part)
        if ('services' in read) into.services.push(...read.services.map(serviceOf))
        else into.endpoints.push(...read.endpoints)
        into.unread.push(...faults)
      }
      return
    }
    case 'nft':
      return rules(readNft(lines, portOf))
    case 'iptables':
      return rules(readIptables(lines, { portOf, ...(command !== '' && { v6: command.startsWith('ip6') }) }))
  }
}

/** The tables of one command, each from its titles on: `kubectl get svc,endpoints` prints two. */
function tablesOf(lines: readonly NumberedLine[]): readonly (readonly NumberedLine[])[] {
  const tables: NumberedLine[][] = []
  for (const line of lines) {
    const begins = isServicesHeading(line.text) || isEndpointsHeading(line.text)
    if (begins || tables.length === 0) tables.push([])
    tables.at(-1)?.push(line)
  }
  return tables
}

/** The Services with the Pods that are listed behind them; rows of Services that are not there are given back. */
function withEndpoints({ services, endpoints, unread: faults }: Read): Sandbox['services'] {
  // With both `svc/` and `ep/` before a name, the name alone counts.
  const bare = (name: string) => nameOf(name.split('/').at(-1) ?? name)
  const isOf = ({ name, isSlice }: ReadEndpoints, service: string) =>
    bare(name) === service || (isSlice && bare(name).replace(/-[a-z0-9]{5}$/, '') === service)
  for (const one of endpoints)
    if (!services.some(({ name }) => isOf(one, bare(name)))) faults.push(unread(one.line, 'no-service', one.name))
  return services.map((service): Sandbox['services'][number] => {
    const own = endpoints.filter((one) => isOf(one, bare(service.name)))
    if (own.length === 0) return service
    const ends = own.flatMap((one) => one.ends)
    const addresses = [...new Set(ends.map(({ address }) => address))].slice(0, MOST.pods)
    const [first, ...others] = service.ports
    const [end] = ends
    // Which of several ports leads to which number the listing does not say.
    const targets =
      first && others.length === 0 && end && end.port !== first.port
        ? [{ ...first, targetPort: end.port }]
        : service.ports
    return {
      ...service,
      ports: targets,
      pods: addresses.map((address, index) => ({
        name: `${service.name}-${index + 1}`.slice(0, MOST.name),
        addresses: [address],
        sockets: ends
          .filter((one) => one.address === address)
          .slice(0, MOST.sockets)
          .map(({ port }) => ({
            protocol: first?.protocol ?? 'tcp',
            local: { address: familyOf(address) === 4 ? '0.0.0.0' : '::', port },
            state: first?.protocol === 'udp' ? ('UNCONN' as const) : ('LISTEN' as const),
          })),
      })),
    }
  })
}

const serviceOf = ({
  name,
  type,
  clusterIP,
  externalIP,
  ports,
}: ReturnType<typeof readServices>['services'][number]): Sandbox['services'][number] => ({
  name: nameOf(name),
  type,
  clusterIP,
  ...(externalIP !== undefined && { externalIP }),
  ports: ports
    .slice(0, MOST.published)
    .map(({ protocol, port, nodePort }) => ({ protocol, port, ...(nodePort !== undefined && { nodePort }) })),
})

/** A name as the sandbox takes it. */
const nameOf = (text: string): string => text.replaceAll(/[^\w.@:+-]/g, '-').slice(0, MOST.name) || '-'
const programOf = (text: string): string => text.replaceAll(/[^\w.@:+/ -]/g, '').slice(0, MOST.name)

/** Where an address of the machine is wanted and no listing has one: from a network for documentation (RFC 5737, RFC 3849). */
const ASSUMED = { 4: '192.0.2.10', 6: '2001:db8::10' } as const
const STRANGER = { 4: '203.0.113.7', 6: '3fff:7::7' } as const
const LENGTH = { 4: 24, 6: 64 } as const

/** The machine with everything that was read. */
function build(read: Read): { readonly sandbox: Sandbox; readonly assumedAddress: boolean; readonly many: boolean } {
  const proxied = (protocol: Protocol, port: number) =>
    read.containers.some(({ published }) => published.some((one) => one.protocol === protocol && one.hostPort === port))
  // What the engine's proxy holds is drawn as what is published.
  const sockets = distinct(read.sockets).filter(
    ({ protocol, local, process, peer }) =>
      peer !== undefined || !(process?.name === 'docker-proxy' || proxied(protocol, local.port)),
  )
  const listeners = sockets.filter(({ peer }) => !peer)
  const kept = [...listeners, ...sockets.filter(({ peer }) => peer)].slice(0, MOST.sockets)

  const known = addressesIn(read)
  const six = known.some((one) => familyOf(one) === 6) || sockets.some(({ family }) => family === 6)
  const families = six ? ([4, 6] as const) : ([4] as const)
  const addresses = families.flatMap((family): readonly Address[] => {
    const own = known.filter((one) => familyOf(one) === family).slice(0, MOST.addresses / 2)
    return own.length > 0 ? own : [ASSUMED[family]]
  })
  const outside = outsideOf(read)
  const docker = read.containers.some(({ published }) => published.length > 0)
  const chains = read.chains.map(chainOf)
  const services = withEndpoints(read).slice(0, MOST.services)
  const [pod] = services.flatMap(({ pods = [] }) =>
    pods.flatMap((one) => one.addresses.filter((own) => familyOf(own) === 4)),
  )
  const sandbox: Sandbox = {
    name: 'server',
    interfaces: [
      { name: outside, addresses: addresses.map((one) => `${one}/${LENGTH[familyOf(one)]}`) },
      ...(docker ? [{ name: 'docker0', addresses: ['172.17.0.1/16'] }] : []),
      ...(pod === undefined ? [] : [{ name: 'cni0', addresses: [podNetwork(pod)] }]),
    ],
    defaultRoute: outside,
    sockets: kept.map(socketOf),
    chains: chains.slice(0, MOST.chains),
    ...natOf(read.nat),
    containers: read.containers.slice(0, MOST.containers).map((one, index) => containerOf(one, index)),
    behind: [],
    services,
    clients: [
      {
        role: 'internet',
        addresses: families.map((family) => STRANGER[family]),
        iif: outside,
      },
      {
        role: 'neighbour',
        addresses: families.flatMap((family) => neighbourOf(addresses, family) ?? []),
        iif: outside,
      },
      { role: 'here', addresses: [], iif: 'lo' },
    ],
    parcels: [],
  }
  const many =
    kept.length < sockets.length ||
    chains.length > MOST.chains ||
    read.chains.some(({ chain }) => chain.rules.length > MOST.rules) ||
    read.nat.some(({ rules }) => rules.length > MOST.rules) ||
    read.containers.length > MOST.containers ||
    read.services.length > MOST.services
  return { sandbox, assumedAddress: known.length === 0, many }
}

/** The same socket may be in the outputs of two commands. */
function distinct(sockets: readonly SsSocket[]): readonly SsSocket[] {
  const seen = new Set<string>()
  return sockets.filter(({ protocol, local, peer }) => {
    const key = JSON.stringify([protocol, local.address, local.port, peer?.address, peer?.port])
    const fresh = !seen.has(key)
    seen.add(key)
    return fresh
  })
}

/** Addresses that the listings show to be the machine's own. */
function addressesIn({ sockets, containers, services }: Read): readonly Address[] {
  const local = sockets.map(({ local: { address } }) => unmapped(address))
  const published = containers.flatMap((one) => one.published.flatMap(({ hostAddress }) => hostAddress ?? []))
  const cluster = new Set(services.map(({ clusterIP }) => clusterIP))
  const own = [...local, ...published].filter(
    (one) => !isWildcard(one) && !isLoopback(one) && !cluster.has(one) && !inPrefix('fe80::/10', one),
  )
  // Bridges of container engines are doors to the inside.
  return [...new Set(own)].filter((one) => !inPrefix('172.17.0.0/16', one))
}

/** The interface to the outside: one that the rules name, or `eth0`. */
function outsideOf({ chains, nat }: Read): string {
  const matches: readonly Match[] = [
    ...chains.flatMap(({ chain }) => chain.rules.map(({ match }) => match)),
    ...nat.flatMap(({ rules }) => rules.map(({ match }) => match)),
  ]
  const named = matches.flatMap(({ iif }) => iif ?? [])
  return named.find((name) => !/^(lo|docker|br-|veth|cni|flannel|virbr|tun|wg|lan)/.test(name)) ?? 'eth0'
}

/** The network of a Pod, with the node's address in it. */
const podNetwork = (pod: Address): string => `${pod.split('.').slice(0, 2).join('.')}.0.1/16`

/** Somebody on the same network: the machine's address with another last number. */
function neighbourOf(addresses: readonly Address[], family: 4 | 6): Address | undefined {
  const own = addresses.find((one) => familyOf(one) === family)
  if (own === undefined) return undefined
  if (family === 6) return addresses.includes('2001:db8::20') ? '2001:db8::21' : '2001:db8::20'
  const parts = own.split('.')
  const last = Number(parts[3]) === 20 ? 21 : 20
  return [...parts.slice(0, 3), last].join('.')
}

const socketOf = ({ protocol, local, peer, state, v6only, process }: SsSocket): SandboxSocket => ({
  protocol,
  local,
  ...(peer && { peer }),
  state,
  ...(v6only && { v6only }),
  ...(process && { program: programOf(process.name) }),
})

const containerOf = ({ name, published }: ReadContainer, index: number): Sandbox['containers'][number] => ({
  name: nameOf(name),
  addresses: [`172.17.0.${index + 2}`],
  sockets: published.slice(0, MOST.published).map(({ protocol, containerPort }) => ({
    protocol,
    local: { address: '0.0.0.0', port: containerPort },
    state: protocol === 'tcp' ? 'LISTEN' : 'UNCONN',
  })),
  published: published.slice(0, MOST.published).map((one) => ({ ...one })),
})

/** Conditions as the sandbox has them: its lists are its own. */
export const matchOf = ({ sourcePort, destinationPort, state, status, ...plain }: Match): SandboxRule['match'] => ({
  ...plain,
  ...(sourcePort && { sourcePort: sourcePort.slice(0, MOST.ports) }),
  ...(destinationPort && { destinationPort: destinationPort.slice(0, MOST.ports) }),
  ...(state && { state: [...state] }),
  ...(status && { status: [...status] }),
})

function chainOf({ chain, gaps }: ReadChain): SandboxChain {
  const { name, family, hook, priority, policy, rules } = chain
  return {
    name: nameOf(name),
    family,
    hook,
    ...(priority !== undefined && { priority: Math.max(-500, Math.min(500, priority)) }),
    policy,
    rules: rules.slice(0, MOST.rules).map(({ match, action }) => ({ match: matchOf(match), action })),
    ...(gaps.length > 0 && {
      gaps: gaps
        .filter(({ at }) => at <= MOST.rules)
        .slice(0, MOST.rules)
        .map(({ at, match }) => ({ at, match: matchOf(match) })),
    }),
  }
}

/** The translation rules of all tables, by their hook. The model has one family for all: IPv4 unless all are IPv6's. */
function natOf(nat: readonly ReadNat[]): Pick<Sandbox, 'nat'> {
  const some = nat.filter(({ rules }) => rules.length > 0)
  if (some.length === 0) return {}
  const families = [...new Set(some.map(({ family }) => family))]
  const of = (hook: ReadNat['hook']) =>
    some
      .filter((one) => one.hook === hook)
      .flatMap(({ rules }) => rules)
      .slice(0, MOST.rules)
      .map(natRuleOf)
  const [family] = families
  return {
    nat: {
      ...(families.length > 1 ? { family: 'inet' as const } : family && family !== 'ip' && { family }),
      prerouting: of('prerouting'),
      output: of('output'),
      postrouting: of('postrouting'),
    },
  }
}

export const natRuleOf = ({ match, translation }: NatRule): SandboxNatRule => ({ match: matchOf(match), translation })

/** One rule as nft prints it, of a filter; undefined if it is none. */
export function ruleFrom(text: string): SandboxRule | undefined {
  const { sandbox } = readPaste(
    `table inet filter {\nchain input {\ntype filter hook input priority 0; policy drop;\n${text}\n}\n}`,
  )
  return sandbox?.chains[0]?.rules[0]
}

/** One rule as nft prints it, of destination NAT; undefined if it is none. */
export function natRuleFrom(text: string): SandboxNatRule | undefined {
  const { sandbox } = readPaste(
    `table ip nat {\nchain prerouting {\ntype nat hook prerouting priority dstnat;\n${text}\n}\n}`,
  )
  return sandbox?.nat?.prerouting[0]
}

/** An address with a port as tools print it: `192.0.2.1:80`, `[::1]:80`. */
export function endpointFrom(text: string): Endpoint | undefined {
  const end = readEnd(text, 'tcp')
  return 'why' in end || end.address === undefined || end.port === '*'
    ? undefined
    : { address: end.address, port: end.port }
}
