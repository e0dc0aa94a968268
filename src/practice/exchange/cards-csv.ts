import Papa from 'papaparse'
import type { Fact } from '../fact'

/** A cell that a spreadsheet would take for a formula gets an apostrophe before it. */
const neutral = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text)

/** Facts as a table with a heading: port, transport, registered name, service, TLS port, memory aid. CRLF, no BOM. */
export const cardsCsv = (facts: readonly Fact[]): string =>
  `${Papa.unparse(
    {
      fields: ['port', 'transport', 'name', 'service', 'tls_port', 'mnemonic'],
      data: facts.map(({ port, protocol, registered = '', name, twin, mnemonic = '' }) => [
        String(port),
        protocol,
        neutral(registered),
        neutral(name),
        twin === undefined ? '' : String(twin),
        neutral(mnemonic),
      ]),
    },
    { newline: '\r\n' },
  )}\r\n`
