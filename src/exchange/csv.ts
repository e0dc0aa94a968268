import { unparse } from 'papaparse'

/** What a spreadsheet takes for a formula (OWASP, CSV injection), full-width forms included. */
const FORMULA = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/

export const isFormula = (cell: string): boolean => FORMULA.test(cell)

/** What has, or looks as if it had, an apostrophe before a formula gets one more, so that it can be taken away again. */
const ARMED = /^'*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/

/** A cell that no spreadsheet runs: an apostrophe before what it would take for a formula. */
export const harmless = (cell: string): string => (ARMED.test(cell) ? `'${cell}` : cell)

/** The cell as it was before `harmless`. */
export const unarmed = (cell: string): string => (cell.startsWith("'") && ARMED.test(cell) ? cell.slice(1) : cell)

/** Rows as comma-separated text with CRLF line ends and no byte-order mark; no cell is a formula. */
export const csvText = (rows: readonly (readonly string[])[]): string =>
  unparse(
    rows.map((row) => row.map((cell) => harmless(cell))),
    { newline: '\r\n' },
  )
