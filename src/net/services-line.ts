import type { Protocol } from './tuple'

/** An entry of /etc/services (services(5)). */
export interface ServiceEntry {
  readonly name: string
  readonly port: number
  readonly protocol: Protocol
  readonly aliases?: readonly string[]
  readonly comment?: string
}

/** The columns of the file in Debian's netbase, and how wide a tab is. */
const COLUMNS = [0, 16, 32, 48] as const
const TAB = 8

/** A line of /etc/services as Debian writes it: `http\t\t80/tcp\t\twww\t\t# WorldWideWeb HTTP`. Columns begin at tab stops. */
export function servicesLine({ name, port, protocol, aliases = [], comment }: ServiceEntry): string {
  const cells = [name, `${port}/${protocol}`, aliases.join(' '), comment === undefined ? '' : `# ${comment}`]
  const last = cells.findLastIndex((cell) => cell !== '')
  let line = ''
  let column = 0
  for (const [index, cell] of cells.slice(0, last + 1).entries()) {
    const start = COLUMNS[index] ?? 0
    while (index > 0 && column < start) {
      line += '\t'
      column = (Math.floor(column / TAB) + 1) * TAB
    }
    if (cell !== '' && index > 0 && !line.endsWith('\t')) {
      line += ' '
      column += 1
    }
    line += cell
    column += cell.length
  }
  return line
}
