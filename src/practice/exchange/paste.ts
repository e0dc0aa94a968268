import type { Protocol } from '../../net/tuple'
import type { FactId } from '../card'

/** What a pasted text gives: ports, each once, in the order in which they stand, and the lines in which there was none. */
export interface Pasted {
  readonly facts: readonly FactId[]
  /** Lines (from 1) without a port, with their text; blank lines and headings do not count. */
  readonly unread: readonly { readonly line: number; readonly text: string }[]
}

/** Longer texts than this are no list of ports. */
export const MOST_LINES = 20_000

const isPort = (port: number): boolean => Number.isInteger(port) && port >= 0 && port <= 65535

const protocolIn = (text: string): Protocol | undefined =>
  /\budp6?\b/i.test(text) ? 'udp' : /\btcp6?\b/i.test(text) ? 'tcp' : undefined

/** Lines that tools print around what they list. */
const HEADING =
  /^(Netid|State|Proto|Active |PORT\s|Starting Nmap|Nmap (scan|done)|Host is|Not shown|Service detection|MAC Address|Recv-Q)/i

/**
 * The ports of one line. A line of `nmap` or of a services file has `53/udp`; a line of `ss` or `netstat` has the local
 * address before the peer's, each with `:port`; a line of a table has a number in one cell and maybe a transport in another.
 */
function portsOn(line: string): readonly FactId[] {
  const slashed = [...line.matchAll(/(?:^|[^\d.:])(\d{1,5})\s*\/\s*(tcp|udp)\b/gi)]
  if (slashed.length > 0)
    return slashed.flatMap(([, port = '', protocol = '']) => fact(Number(port), protocolIn(protocol) ?? 'tcp'))
  const turned = [...line.matchAll(/\b(tcp|udp)\s*[/:]\s*(\d{1,5})\b/gi)]
  if (turned.length > 0)
    return turned.flatMap(([, protocol = '', port = '']) => fact(Number(port), protocolIn(protocol) ?? 'tcp'))
  const protocol = protocolIn(line) ?? (/\bUNCONN\b/.test(line) ? 'udp' : 'tcp')
  // Of two addresses the first is the local one: the peer's port is somebody's ephemeral one, and says nothing.
  const [local] = line.matchAll(/(?:\d+\.\d+\.\d+\.\d+|\]|\*|::|[0-9a-f]*:[0-9a-f:]+)(?:%\w+)?:(\d{1,5})(?=[\s,;]|$)/gi)
  if (local) return fact(Number(local[1]), protocol)
  const cells = line.split(/[,;\t]|\s{2,}|\s+/).map((cell) => cell.trim().replaceAll(/^["']|["']$/g, ''))
  const number = cells.find((cell) => /^\d{1,5}$/.test(cell))
  return number === undefined ? [] : fact(Number(number), protocol)
}

const fact = (port: number, protocol: Protocol): readonly FactId[] => (isPort(port) ? [`${port}/${protocol}`] : [])

/** Reads the ports in a pasted text: CSV, a listing of `nmap`, `ss` or `netstat`, a services file, or plain numbers. */
export function readPasted(text: string): Pasted {
  const facts = new Set<FactId>()
  const unread: { line: number; text: string }[] = []
  for (const [index, line] of text.split(/\r\n|\r|\n/, MOST_LINES).entries()) {
    const bare = line.replace(/(^|\s)#.*$/, '').trim()
    if (bare === '' || HEADING.test(bare)) continue
    const found = portsOn(bare)
    for (const one of found) facts.add(one)
    // A first line of words is the heading of a table.
    if (found.length === 0 && !(index === 0 && /port/i.test(bare))) unread.push({ line: index + 1, text: bare })
  }
  return { facts: [...facts], unread }
}
