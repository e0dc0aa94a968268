import { parseAddress } from './address'
import type { NumberedLine, Unread } from './read-lines'
import { portNumber, readEnd, unread } from './read-lines'
import type { Endpoint } from './tuple'

/** The Pods behind a Service, as a listing has them. */
export interface ReadEndpoints {
  readonly line: NumberedLine
  /** Of a slice it is the name of the Service with five letters behind it. */
  readonly name: string
  readonly isSlice: boolean
  readonly ends: readonly Endpoint[]
}

const ENDPOINTS = /^\s*(NAMESPACE\s+)?NAME\s+ENDPOINTS\s+AGE/
const SLICES = /^\s*(NAMESPACE\s+)?NAME\s+ADDRESSTYPE\s+PORTS\s+ENDPOINTS\s+AGE/

/** True for the titles above `kubectl get endpoints` or `kubectl get endpointslices`. */
export const isEndpointsHeading = (text: string): boolean => ENDPOINTS.test(text) || SLICES.test(text)

/** kubectl prints three and counts the others: `10.244.1.5:8080,10.244.2.7:8080 + 1 more...`. */
const MORE = /\s\+ \d+ more\.\.\./g

const NOTHING: readonly string[] = ['<none>', '<unset>']

/**
 * Reads what `kubectl get endpoints` and `kubectl get endpointslices` print, also with `-A`. Pods that are counted and not
 * listed are left out.
 */
export function readEndpoints(lines: readonly NumberedLine[]): {
  readonly endpoints: readonly ReadEndpoints[]
  readonly unread: readonly Unread[]
} {
  const endpoints: ReadEndpoints[] = []
  const faults: Unread[] = []
  let [isSlice, hasSpace] = [false, false]
  for (const line of lines) {
    if (line.text.trim() === '') continue
    if (isEndpointsHeading(line.text)) {
      isSlice = SLICES.test(line.text)
      hasSpace = /^\s*NAMESPACE/.test(line.text)
      continue
    }
    const cells = line.text
      .replaceAll(MORE, '')
      .trim()
      .split(/\s+/)
      .slice(hasSpace ? 1 : 0)
    const read = isSlice ? readSlice(line, cells) : readRow(line, cells)
    if ('why' in read) faults.push(read)
    else endpoints.push(read)
  }
  return { endpoints, unread: faults }
}

function readRow(line: NumberedLine, [name = '', ...others]: readonly string[]): ReadEndpoints | Unread {
  // Where no Pod is ready the middle column is empty.
  const [list = ''] = others.length > 1 ? others : []
  if (name === '' || others.length > 2) return unread(line, 'columns')
  const parts = list === '' || NOTHING.includes(list) ? [] : list.split(',')
  const ends = parts.map((part) => readEnd(part, 'tcp'))
  const known = ends.flatMap((end): readonly Endpoint[] =>
    'why' in end || end.address === undefined || end.port === '*' ? [] : [{ address: end.address, port: end.port }],
  )
  return known.length < parts.length ? unread(line, 'end', list) : { line, name, isSlice: false, ends: known }
}

function readSlice(line: NumberedLine, cells: readonly string[]): ReadEndpoints | Unread {
  const [name = '', type, ports = '', list = ''] = cells
  if (cells.length !== 5 || (type !== 'IPv4' && type !== 'IPv6')) return unread(line, 'columns')
  const numbers = NOTHING.includes(ports) ? [] : ports.split(',').map(portNumber)
  const addresses = NOTHING.includes(list) ? [] : list.split(',').map((text) => parseAddress(text))
  const ends = addresses.flatMap((address) =>
    numbers.flatMap((port): readonly Endpoint[] =>
      address === undefined || port === undefined ? [] : [{ address, port }],
    ),
  )
  if (numbers.includes(undefined)) return unread(line, 'ports', ports)
  if (addresses.includes(undefined)) return unread(line, 'end', list)
  return { line, name, isSlice: true, ends }
}
