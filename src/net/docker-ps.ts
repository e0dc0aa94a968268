import { inColumns } from './columns'
import type { Publish } from './publish'
import type { Protocol } from './tuple'
import { endpointText } from './tuple'

/** A port that an image says its program listens on (`EXPOSE`). It is information only and opens nothing (Docker: EXPOSE). */
export interface ExposedPort {
  readonly protocol: Protocol
  readonly port: number
}

/** What `docker ps` says of a running container. */
export interface DockerRow {
  /** Twelve hexadecimal digits. */
  readonly id: string
  readonly image: string
  readonly command: string
  /** As printed: `2 hours ago`, `Up 2 hours`. */
  readonly created: string
  readonly status: string
  readonly published: readonly Publish[]
  readonly exposed?: readonly ExposedPort[]
  readonly name: string
}

const MOST_COMMAND = 20

/** A port as the engine reports it to its client: with an address of the host if it is published. */
interface Reported {
  readonly ip?: string
  readonly publicPort?: number
  readonly port: number
  readonly protocol: Protocol
}

const reported = ({ published, exposed = [] }: Pick<DockerRow, 'published' | 'exposed'>): readonly Reported[] => [
  ...exposed.filter(
    ({ protocol, port }) => !published.some((one) => one.protocol === protocol && one.containerPort === port),
  ),
  ...published.flatMap(({ protocol, hostAddress, hostPort, containerPort }) =>
    (hostAddress === undefined ? ['0.0.0.0', '::'] : [hostAddress]).map((ip) => ({
      ip,
      publicPort: hostPort,
      port: containerPort,
      protocol,
    })),
  ),
]

const inOrder = (a: Reported, b: Reported): number =>
  a.port - b.port ||
  compare(a.ip ?? '', b.ip ?? '') ||
  (a.publicPort ?? 0) - (b.publicPort ?? 0) ||
  compare(a.protocol, b.protocol)
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/**
 * The column PORTS: `0.0.0.0:8080->80/tcp, [::]:8080->80/tcp` for a published port, `80/tcp` for one that is only exposed.
 * Neighbours whose numbers are the same on both sides are joined: `8000-8001/tcp` (docker/cli: DisplayablePorts).
 */
export function portsColumn(row: Pick<DockerRow, 'published' | 'exposed'>): string {
  const groups = new Map<string, { first: Reported; last: number }>()
  const done: string[] = []
  const mappings: string[] = []
  for (const one of reported(row).toSorted(inOrder)) {
    const { ip, publicPort, port, protocol } = one
    if (ip !== undefined && publicPort !== undefined && publicPort !== port) {
      mappings.push(`${endpointText({ address: ip, port: publicPort })}->${port}/${protocol}`)
      continue
    }
    const key = `${ip ?? ''}/${protocol}`
    const group = groups.get(key)
    if (group && port === group.last + 1) {
      group.last = port
      continue
    }
    if (group) done.push(groupText(group.first, group.last))
    groups.set(key, { first: one, last: port })
  }
  const open = [...groups.values()].map(({ first, last }) => groupText(first, last))
  return [...done, ...open, ...mappings].join(', ')
}

const groupText = ({ ip, port, protocol }: Reported, last: number): string => {
  const numbers = port === last ? String(port) : `${port}-${last}`
  const host = ip === undefined ? '' : `${ip.includes(':') ? `[${ip}]` : ip}:${numbers}->`
  return `${host}${numbers}/${protocol}`
}

const commandText = (command: string): string =>
  `"${command.length > MOST_COMMAND ? `${command.slice(0, MOST_COMMAND - 1)}…` : command}"`

/** The table that `docker ps` prints, heading first. */
export const dockerPs = (rows: readonly DockerRow[]): readonly string[] =>
  inColumns(
    [
      ['CONTAINER ID', 'IMAGE', 'COMMAND', 'CREATED', 'STATUS', 'PORTS', 'NAMES'],
      ...rows.map((row) => [
        row.id,
        row.image,
        commandText(row.command),
        row.created,
        row.status,
        portsColumn(row),
        row.name,
      ]),
    ],
    { least: 10, gap: 3 },
  )

/** `docker ps --format 'table {{.Names}}\t{{.Ports}}'`: names and ports alone. */
export const dockerPorts = (rows: readonly Pick<DockerRow, 'name' | 'published' | 'exposed'>[]): readonly string[] =>
  inColumns([['NAMES', 'PORTS'], ...rows.map((row) => [row.name, portsColumn(row)])], { least: 10, gap: 3 })
