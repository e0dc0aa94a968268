import type { Protocol } from './tuple'

/** An entry of /etc/services (services(5)). */
export interface ServiceEntry {
  readonly name: string
  readonly port: number
  readonly protocol: Protocol
  readonly aliases?: readonly string[]
  readonly comment?: string
}

/** Where the second, third and fourth column of Debian's file begin, and how wide a tab is. */
const COLUMNS = [16, 32, 48] as const
const TAB = 8

/** A line of /etc/services as Debian writes it: `http\t\t80/tcp\t\twww\t\t# WorldWideWeb HTTP`. Columns begin at tab stops. */
export function servicesLine({ name, port, protocol, aliases = [], comment }: ServiceEntry): string {
  const cells = [`${port}/${protocol}`, aliases.join(' '), comment === undefined ? '' : `# ${comment}`]
  const used = cells.slice(0, cells.findLastIndex((cell) => cell !== '') + 1)
  return used.reduce(
    ({ text, column }, cell, index) => {
      const tabs = Math.max(1, Math.ceil(((COLUMNS[index] ?? 0) - column) / TAB))
      const start = (Math.floor(column / TAB) + tabs) * TAB
      return { text: text + '\t'.repeat(tabs) + cell, column: start + cell.length }
    },
    { text: name, column: name.length },
  ).text
}
