import { familyOf, parseAddress } from './address'
import type { ExposedPort } from './docker-ps'
import type { Publish } from './publish'
import type { NumberedLine, Unread } from './read-lines'
import { portNumber, unread } from './read-lines'
import type { Protocol } from './tuple'

/** A container as `docker ps` says it. */
export interface ReadContainer {
  readonly name: string
  /** Empty where the listing has no such column. */
  readonly image: string
  readonly published: readonly Publish[]
  readonly exposed: readonly ExposedPort[]
}

export interface ReadContainers {
  readonly containers: readonly ReadContainer[]
  readonly unread: readonly Unread[]
}

/** True for the line of titles above a list of containers. */
export const isDockerHeading = (text: string): boolean =>
  /^\s*(CONTAINER ID\s|NAMES?\s.*\bPORTS\b|NAMES\s+PORTS)/.test(text) && /\bPORTS\b/.test(text)

const TITLES = /[A-Z][A-Z ]*[A-Z]/g

interface Columns {
  readonly [title: string]: { readonly from: number; readonly to: number }
}

/** Where each column begins and ends, by the titles: a title ends where two spaces follow. */
function columnsOf(heading: string): Columns {
  const titles = [...heading.matchAll(TITLES)].flatMap(({ 0: text, index }) => {
    // `CONTAINER ID` has one space in it; two are between columns.
    let at = index
    return text.split(/(\s{2,})/).flatMap((part) => {
      const found = part.trim() === '' ? [] : [{ title: part.trim(), from: at }]
      at += part.length
      return found
    })
  })
  return Object.fromEntries(
    titles.map(({ title, from }, index) => [title, { from, to: titles[index + 1]?.from ?? Infinity }]),
  )
}

/**
 * Reads what `docker ps` prints, whole or with `--format 'table {{.Names}}\t{{.Ports}}'`. What is published at IPv4 and IPv6
 * alike is one mapping at every address.
 */
export function readDockerPs(lines: readonly NumberedLine[]): ReadContainers {
  const containers: ReadContainer[] = []
  const faults: Unread[] = []
  let columns: Columns | undefined
  for (const line of lines) {
    if (line.text.trim() === '') continue
    if (isDockerHeading(line.text)) {
      columns = columnsOf(line.text)
      continue
    }
    const read = columns ? readRow(line, columns) : unread(line, 'heading')
    if ('why' in read) faults.push(read)
    else containers.push(read)
  }
  return { containers, unread: faults }
}

function readRow(line: NumberedLine, columns: Columns): ReadContainer | Unread {
  const cell = (title: string): string => {
    const place = columns[title]
    return place ? line.text.slice(place.from, place.to).trim() : ''
  }
  const name = cell('NAMES') || cell('NAME') || cell('CONTAINER ID')
  if (!/^[\w.,/-]+$/.test(name)) return unread(line, 'columns')
  const mappings: Publish[] = []
  const exposed: ExposedPort[] = []
  for (const text of cell('PORTS').split(',')) {
    if (text.trim() === '') continue
    const read = readPorts(text.trim())
    if (!read) return unread(line, 'ports', text.trim())
    mappings.push(...read.published)
    exposed.push(...read.exposed)
  }
  return { name: name.split(',')[0] ?? name, image: cell('IMAGE'), published: joined(mappings), exposed }
}

/** `0.0.0.0:8080->80/tcp`, `[::]:80-81->80-81/tcp`, `:::53->53/udp`, `6379/tcp`, `8000-8001/tcp`. */
function readPorts(
  text: string,
): { readonly published: readonly Publish[]; readonly exposed: readonly ExposedPort[] } | undefined {
  const [, host, hostFrom, hostTo, from = '', to, name] =
    /^(?:(.+):(\d+)(?:-(\d+))?->)?(\d+)(?:-(\d+))?\/(tcp|udp)$/.exec(text) ?? []
  const protocol: Protocol | undefined = name === 'tcp' || name === 'udp' ? name : undefined
  const inside = span(from, to)
  if (!protocol || !inside) return undefined
  if (host === undefined) return { published: [], exposed: inside.map((port) => ({ protocol, port })) }
  const outside = span(hostFrom ?? '', hostTo)
  const hostAddress = parseAddress(host.replace(/^\[|\]$/g, ''))
  if (!outside || outside.length !== inside.length || hostAddress === undefined) return undefined
  const published = inside.flatMap((containerPort, index): readonly Publish[] => {
    const hostPort = outside[index]
    return hostPort === undefined ? [] : [{ protocol, hostAddress, hostPort, containerPort }]
  })
  return { published, exposed: [] }
}

/** So many ports in a row are drawn one by one. */
const MOST_SPAN = 100

function span(from: string, to: string | undefined): readonly number[] | undefined {
  const [first, last] = [portNumber(from), portNumber(to ?? from)]
  if (first === undefined || last === undefined || first === 0 || last < first || last - first >= MOST_SPAN)
    return undefined
  return Array.from({ length: last - first + 1 }, (_, index) => first + index)
}

const isSame = (a: Publish, b: Publish): boolean =>
  a.protocol === b.protocol && a.hostPort === b.hostPort && a.containerPort === b.containerPort

/** A mapping at both wildcards is one without an address. */
function joined(mappings: readonly Publish[]): readonly Publish[] {
  const twin = (one: Publish, address: string) =>
    mappings.some((other) => isSame(one, other) && other.hostAddress === address)
  return mappings.flatMap((one): readonly Publish[] => {
    const both = twin(one, '0.0.0.0') && twin(one, '::')
    if (!both || (one.hostAddress !== '0.0.0.0' && one.hostAddress !== '::')) return [one]
    if (familyOf(one.hostAddress) === 6) return []
    const { protocol, hostPort, containerPort } = one
    return [{ protocol, hostPort, containerPort }]
  })
}
