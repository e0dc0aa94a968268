import type { Address } from '../net/address'
import type { Counted, Detected } from '../net/nmap'
import { nmapListed, nmapReport } from '../net/nmap'
import type { ScannedPort } from '../net/scan'
import type { Protocol } from '../net/tuple'
import { nmapName } from '../ports/nmap-names'
import type { TextView } from './view'

/** How a scan was asked for and what it found out besides the states. */
export interface NmapAsked {
  readonly target: Address
  /** As after the command: `-Pn -p-`. */
  readonly flags: string
  readonly reason?: boolean
  /** `-sV`: what the programs say of themselves. */
  readonly detected?: (protocol: Protocol, port: number) => Detected | undefined
  /** Ports that were scanned too and are only counted. */
  readonly rest?: Counted
}

/** The lines about one target; around them nmap only says when it ran and how long. */
const AROUND = /^(Starting Nmap|Nmap done|Service detection)/

/** What nmap prints about a target. Each listed port's field is `443/tcp`. */
export function nmapView(
  ports: readonly ScannedPort[],
  { target, flags, reason = false, detected, rest }: NmapAsked,
): TextView {
  const heard = [...ports, ...(rest ? [rest] : [])].some((port) => port.reason !== 'no-response')
  const report = nmapReport(
    ports,
    { target, date: '', duration: '', ...(heard && { latency: '0.031' }) },
    { reason, nameOf: nmapName, ...(detected && { detected }), ...(rest && { rest }) },
  )
  const lines = report.filter((line) => !AROUND.test(line))
  while (lines.at(-1) === '') lines.pop()
  const fields = nmapListed(ports, { ...(rest && { rest }) }).map(({ port, protocol }) => `${port}/${protocol}`)
  return {
    kind: 'text',
    command: `nmap ${flags} ${target}`,
    lines: lines.map((text) => {
      const field = fields.find((one) => text.startsWith(`${one} `))
      return [{ text, ...(field !== undefined && { field }) }]
    }),
  }
}
