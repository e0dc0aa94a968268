import type { Address } from '../net/address'
import { parseAddress } from '../net/address'
import type { Endpoint, Protocol } from '../net/tuple'
import { portOf } from '../ports/services'
import type { Parcel } from './sandbox'

/** A packet as a line of tcpdump or the papers show it. */
export interface SeenPacket {
  readonly kind: Parcel['kind']
  readonly source: Endpoint
  readonly to: Endpoint
}

/** A port with its protocol: `443/tcp`. */
export interface SeenPort {
  readonly protocol: Protocol
  readonly port: number
  /** What runs there, as far as the text names it. */
  readonly program?: string
  /** What a scan says of it. */
  readonly state?: 'open' | 'closed' | 'filtered'
}

const isProtocol = (text: string | undefined): text is Protocol => text === 'tcp' || text === 'udp'

/** A port number that can be at an end of a packet. */
function number(text: string | undefined): number | undefined {
  const port = Number(text)
  return text !== undefined && /^\d{1,5}$/.test(text) && port > 0 && port <= 65535 ? port : undefined
}

/** `203.0.113.7.51514` as tcpdump has it; of a ping an address alone. */
function endOf(text: string): Endpoint | undefined {
  const whole = parseAddress(text)
  if (whole !== undefined) return { address: whole, port: 0 }
  const dot = text.lastIndexOf('.')
  const [address, port] = [parseAddress(text.slice(0, dot)), number(text.slice(dot + 1))]
  return address !== undefined && port !== undefined ? { address, port } : undefined
}

const ENDS = /(?:^|\s)(?:IP6? )?([0-9a-f.:]+) > ([0-9a-f.:]+?): (.*)$/

/** What the rest of a line says of the packet. */
function kindOf(rest: string): Parcel['kind'] {
  const [, flags] = /^Flags \[([A-Z.]+)\]/.exec(rest) ?? []
  if (flags === undefined) return rest.startsWith('ICMP') ? (/echo/.test(rest) ? 'ping' : 'error') : 'udp'
  if (flags.includes('R')) return 'rst'
  if (flags.includes('S')) return flags.includes('.') ? 'syn-ack' : 'syn'
  return flags.includes('F') ? 'fin' : 'data'
}

/** The packets that tcpdump printed, each once. Answers to a ping are left out. */
export function packetsIn(lines: readonly string[]): readonly SeenPacket[] {
  const seen = new Map<string, SeenPacket>()
  for (const line of lines) {
    const [, from = '', towards = '', rest = ''] = ENDS.exec(line) ?? []
    const [source, to] = [endOf(from), endOf(towards)]
    if (source && to && !rest.includes('echo reply'))
      seen.set(`${from} ${towards} ${rest}`, { kind: kindOf(rest), source, to })
  }
  return [...seen.values()]
}

/** Ports as nmap lists them: `22/tcp open ssh`. */
export const scannedIn = (lines: readonly string[]): readonly SeenPort[] =>
  lines.flatMap((line): readonly SeenPort[] => {
    const [, text, protocol, state] = /^(\d+)\/(tcp|udp)\s+(open\|filtered|open|closed|filtered)\b/.exec(line) ?? []
    const port = number(text)
    if (port === undefined || !isProtocol(protocol)) return []
    return [{ protocol, port, state: state === 'closed' ? 'closed' : state === 'open' ? 'open' : 'filtered' }]
  })

/** The address of which nmap reports. */
export const scannedHost = (lines: readonly string[]): Address | undefined =>
  lines.flatMap((line) => parseAddress(/^Nmap scan report for (\S+)$/.exec(line)?.[1] ?? '') ?? [])[0]

/** Lines of services(5): `ssh  22/tcp`. */
export const servicesIn = (lines: readonly string[]): readonly SeenPort[] =>
  lines.flatMap((line): readonly SeenPort[] => {
    const [, program = '', text, protocol] = /^([a-z][\w.-]*)\s+(\d+)\/(tcp|udp)\b/.exec(line) ?? []
    const port = number(text)
    return port !== undefined && isProtocol(protocol) ? [{ protocol, port, program }] : []
  })

/** Names of services, as the registry has them: over TCP, or UDP where it has no other. */
export const namedIn = (texts: readonly string[]): readonly SeenPort[] =>
  texts.flatMap((text) =>
    text.split(/,\s*/).flatMap((name): readonly SeenPort[] => {
      const [tcp, udp] = [portOf('tcp', name), portOf('udp', name)]
      if (tcp !== undefined) return [{ protocol: 'tcp', port: tcp, program: name }]
      return udp === undefined ? [] : [{ protocol: 'udp', port: udp, program: name }]
    }),
  )

/** `443/tcp` anywhere in a text. */
export const portsIn = (texts: readonly string[]): readonly SeenPort[] =>
  texts.flatMap((text) =>
    [...text.matchAll(/\b(\d{1,5})\/(tcp|udp)\b/g)].flatMap(([, written, protocol]): readonly SeenPort[] => {
      const port = number(written)
      return port !== undefined && isProtocol(protocol) ? [{ protocol, port }] : []
    }),
  )

/** `192.0.2.10:443` anywhere in a text, also in a URL; a host without a port has 0. */
export const endsIn = (texts: readonly string[]): readonly Endpoint[] =>
  texts.flatMap((text) =>
    [...text.matchAll(/(?<![\d.])(\d{1,3}(?:\.\d{1,3}){3})(?::(\d{1,5})\b)?(?![\d.]*\/\d)/g)].flatMap(
      ([, host = '', port]): readonly Endpoint[] => {
        const address = parseAddress(host)
        return address === undefined ? [] : [{ address, port: number(port) ?? 0 }]
      },
    ),
  )

/** Where an FTP server waits for the data: `227 Entering Passive Mode (192,0,2,76,155,70).` (RFC 959 section 4.1.2). */
export const passiveIn = (lines: readonly string[]): readonly Endpoint[] =>
  lines.flatMap((line): readonly Endpoint[] => {
    const parts = /^227 .*\((\d+),(\d+),(\d+),(\d+),(\d+),(\d+)\)/.exec(line)?.slice(1) ?? []
    const address = parseAddress(parts.slice(0, 4).join('.'))
    const port = Number(parts[4]) * 256 + Number(parts[5])
    return address === undefined ? [] : [{ address, port }]
  })

/** A load balancer by its settings: where callers come, and where it sends them. */
export interface SeenBalancer {
  readonly desk: Endpoint
  readonly target: Endpoint
  /** It makes a call of its own. */
  readonly isProxy: boolean
}

/** The first desk of `ipvsadm -L -n` or of a haproxy configuration; undefined if the lines are neither. */
export function balancerIn(lines: readonly string[]): SeenBalancer | undefined {
  const first = (pattern: RegExp) => endsIn(lines.flatMap((line) => pattern.exec(line)?.[1] ?? []))[0]
  const desk = first(/^(?:TCP|UDP)\s+(\S+)/) ?? first(/^\s*bind (\S+)/)
  const target = first(/^\s*-> (\d\S+)/) ?? first(/^\s*server \S+ (\S+)/)
  return desk && target && { desk, target, isProxy: lines.some((line) => /^\s*server /.test(line)) }
}

/** A call in `conntrack -L`: who called whom, and the address and port that others see. */
export interface SeenCall {
  readonly from: Endpoint
  readonly to: Endpoint
  readonly seen: Endpoint
}

const TUPLE = /src=(\S+) dst=(\S+) sport=(\d+) dport=(\d+)/g

/** The translated flows of `conntrack -L`. */
export const callsIn = (lines: readonly string[]): readonly SeenCall[] =>
  lines.flatMap((line): readonly SeenCall[] => {
    const [original, reply] = [...line.matchAll(TUPLE)]
    if (!original || !reply) return []
    const end = (address = '', port = ''): Endpoint => ({
      address: parseAddress(address) ?? '',
      port: number(port) ?? 0,
    })
    const call = {
      from: end(original[1], original[3]),
      to: end(original[2], original[4]),
      seen: end(reply[2], reply[4]),
    }
    return [call.from, call.to, call.seen].every(({ address, port }) => address !== '' && port > 0) ? [call] : []
  })

/** Interfaces by `ip route`: `192.0.2.0/24 dev eth0 proto kernel scope link src 192.0.2.1`. */
export const interfacesIn = (lines: readonly string[]): { readonly name: string; readonly addresses: string[] }[] =>
  lines.flatMap((line) => {
    const [, length, name = '', source = ''] = /^[\d.]+\/(\d+) dev (\S+) .*\bsrc (\S+)/.exec(line) ?? []
    const address = parseAddress(source)
    return address === undefined ? [] : [{ name, addresses: [`${address}/${length}`] }]
  })

/** The value of a line `name: value` of a manifest. */
const valueOf = (lines: readonly string[], name: string): string | undefined =>
  lines.flatMap((line) => new RegExp(`^\\s*(?:- )?${name}:\\s*(\\S+)`).exec(line)?.[1] ?? [])[0]

/** A Service as its manifest says it. */
export interface SeenService {
  readonly name: string
  readonly type: 'ClusterIP' | 'NodePort'
  readonly port: number
  readonly targetPort: number | string | undefined
  readonly nodePort: number | undefined
}

/** Reads the manifest of a Service with one port; undefined if it is none. */
export function serviceIn(lines: readonly string[]): SeenService | undefined {
  const port = number(valueOf(lines, 'port'))
  if (valueOf(lines, 'kind') !== 'Service' || port === undefined) return undefined
  const target = valueOf(lines, 'targetPort')
  return {
    name: valueOf(lines, 'name') ?? 'service',
    type: valueOf(lines, 'type') === 'NodePort' ? 'NodePort' : 'ClusterIP',
    port,
    targetPort: number(target) ?? target,
    nodePort: number(valueOf(lines, 'nodePort')),
  }
}

/** The number of a named port in the manifest of a Pod, where the name stands below it. */
export function namedPort(lines: readonly string[], name: string): number | undefined {
  const place = lines.findIndex(
    (line, index) => line.trim() === `name: ${name}` && /containerPort/.test(lines[index - 1] ?? ''),
  )
  return place < 1 ? undefined : number(valueOf(lines.slice(place - 1, place), 'containerPort'))
}
