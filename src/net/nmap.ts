import type { Address } from './address'
import type { PortState, ScannedPort } from './scan'
import type { Protocol } from './tuple'

/** What a report says around the ports. */
export interface NmapReport {
  readonly target: Address
  /** As the first line has it: `2026-01-31 09:00 UTC`. */
  readonly date: string
  /** Seconds, as printed: `0.00012`. Left out when nothing came back from the target. */
  readonly latency?: string
  /** Seconds, as printed: `1.29`. */
  readonly duration: string
  /** With `-sV`, what the programs told of their host: `OS: Linux; CPE: cpe:/o:linux:linux_kernel`. */
  readonly serviceInfo?: string
}

/** What a program said of itself when it was spoken to: `ssl/http`, `nginx 1.22.1`. */
export interface Detected {
  readonly service: string
  readonly version: string
}

/** How ports are printed. */
export interface NmapOptions {
  /** `--reason`: one more column, what each state was read from. */
  readonly reason?: boolean
  /** What nmap calls a port, from its own list (nmap-services); `unknown` where it has no name. */
  readonly nameOf: (protocol: Protocol, port: number) => string | undefined
  /** `-sV`: open ports are spoken to, and what they say takes the place of the name. One more column. */
  readonly detected?: (protocol: Protocol, port: number) => Detected | undefined
  /** Ports that were scanned too, so many that they are only counted. */
  readonly rest?: Counted
}

/** Ports of one finding. */
export interface Counted extends Pick<ScannedPort, 'protocol' | 'state' | 'reason'> {
  readonly count: number
}

/** Of a state other than open at most so many ports are listed; more of them are only counted (nmap: isIgnoredState). */
const MOST_LISTED = 25

/** The findings of a scan, each with how many ports there are of it. */
function counted(ports: readonly ScannedPort[], rest: Counted | undefined): readonly Counted[] {
  const found = new Map<string, Counted>()
  for (const { protocol, state, reason, count } of [
    ...ports.map((port) => ({ ...port, count: 1 })),
    ...(rest ? [rest] : []),
  ]) {
    const key = `${state} ${reason}`
    found.set(key, { protocol, state, reason, count: (found.get(key)?.count ?? 0) + count })
  }
  return [...found.values()]
}

const total = (found: readonly Counted[]): number => found.reduce((sum, { count }) => sum + count, 0)

/** The states of which there are too many ports to list, the most frequent first. */
function countedOnly(found: readonly Counted[]): readonly PortState[] {
  const states: readonly PortState[] = ['closed', 'filtered', 'open|filtered']
  return states
    .map((state) => ({ state, count: total(found.filter((one) => one.state === state)) }))
    .filter(({ count }) => count > MOST_LISTED)
    .toSorted((a, b) => b.count - a.count)
    .map(({ state }) => state)
}

/** The ports that a report lists one by one, in the order of their numbers. */
export function nmapListed(
  ports: readonly ScannedPort[],
  { rest }: Pick<NmapOptions, 'rest'> = {},
): readonly ScannedPort[] {
  const hidden = countedOnly(counted(ports, rest))
  return ports.filter(({ state }) => !hidden.includes(state)).toSorted((a, b) => a.port - b.port)
}

/** The table of ports, its heading first, one line for each of `nmapListed`; without lines there is no heading. */
export function nmapTable(
  ports: readonly ScannedPort[],
  { reason = false, nameOf, detected, rest }: NmapOptions,
): readonly string[] {
  const rows = nmapListed(ports, { ...(rest && { rest }) }).map((scanned) => {
    const { protocol, port, state, ttl } = scanned
    const said = state === 'open' ? detected?.(protocol, port) : undefined
    const why = ttl === undefined ? scanned.reason : `${scanned.reason} ttl ${ttl}`
    const name = said?.service ?? nameOf(protocol, port) ?? 'unknown'
    return [`${port}/${protocol}`, state, name, ...(reason ? [why] : []), ...(detected ? [said?.version ?? ''] : [])]
  })
  if (rows.length === 0) return []
  const head = ['PORT', 'STATE', 'SERVICE', ...(reason ? ['REASON'] : []), ...(detected ? ['VERSION'] : [])]
  const table = [head, ...rows]
  const width = (column: number) => Math.max(...table.map((row) => row[column]?.length ?? 0))
  return table.map((row) =>
    row
      .map((text, column) => text.padEnd(width(column)))
      .join(' ')
      .trimEnd(),
  )
}

/** `Not shown: 995 closed tcp ports (reset)`: what is only counted, by state and reason. */
function notShown(found: readonly Counted[]): readonly string[] {
  const parts = countedOnly(found).flatMap((state) =>
    found
      .filter((one) => one.state === state)
      .toSorted((a, b) => b.count - a.count)
      .map(({ count, protocol, reason }) => `${count} ${state} ${protocol} ports (${reason})`),
  )
  return parts.length > 0 ? [`Not shown: ${parts.join(', ')}`] : []
}

const DETECTION = 'Service detection performed. Please report any incorrect results at https://nmap.org/submit/ .'

/** Everything that `nmap -n -Pn` prints about one target: the lines of nmap 7.93. */
export function nmapReport(
  ports: readonly ScannedPort[],
  { target, date, latency, duration, serviceInfo }: NmapReport,
  options: NmapOptions,
): readonly string[] {
  const received = options.reason ? ', received user-set' : ''
  const table = nmapTable(ports, options)
  const found = counted(ports, options.rest)
  const hidden = notShown(found)
  return [
    `Starting Nmap 7.93 ( https://nmap.org ) at ${date}`,
    `Nmap scan report for ${target}`,
    `Host is up${received}${latency === undefined ? '' : ` (${latency}s latency)`}.`,
    ...(table.length === 0 ? [`All ${total(found)} scanned ports on ${target} are in ignored states.`] : []),
    ...(hidden.length > 0 ? hidden : ['']),
    ...table,
    ...(serviceInfo === undefined ? [] : [`Service Info: ${serviceInfo}`]),
    '',
    ...(options.detected ? [DETECTION] : []),
    `Nmap done: 1 IP address (1 host up) scanned in ${duration} seconds`,
  ]
}
