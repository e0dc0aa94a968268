import { parse } from 'papaparse'
import { unarmed } from './csv'
import type { Read } from './imported'
import { MOST_BYTES, MOST_QUESTIONS } from './imported'
import type { SheetRow } from './read-rows'
import { readRows } from './read-rows'

/** Rows of a file that are looked at: questions, and room for headers and blank rows. */
const MOST_ROWS = MOST_QUESTIONS * 2
/** Lines that one row may go over, with line breaks between quotation marks. */
const MOST_LINES = 200

/** What divides the cells: whatever the first lines have most often of comma, semicolon and tab. */
function delimiterOf(lines: readonly string[]): string {
  const head = lines.slice(0, 12).join('\n')
  const count = (mark: string) => head.split(mark).length
  return [',', ';', '\t'].toSorted((a, b) => count(b) - count(a))[0] ?? ','
}

const marksIn = (text: string): number => text.split('"').length - 1

/**
 * The row that begins at a line: its cells, and how many lines it takes; undefined where a quotation mark is open or stray.
 */
function rowAt(
  lines: readonly string[],
  at: number,
  delimiter: string,
): { readonly cells: readonly string[]; readonly lines: number } | undefined {
  let text = ''
  let marks = 0
  for (let taken = 1; taken <= MOST_LINES && at + taken <= lines.length; taken++) {
    const line = lines[at + taken - 1] ?? ''
    text += taken === 1 ? line : `\n${line}`
    marks += marksIn(line)
    // With an odd number of marks one is open, unless a cell that does not begin with one has it.
    if (marks % 2 === 1 && taken > 1) continue
    const { data, errors } = parse<string[]>(text, { delimiter, newline: '\n' })
    const [cells, ...more] = data
    if (errors.length === 0 && cells && more.length === 0) return { cells, lines: taken }
    // What is open may be closed on a later line; what is stray stays stray.
    if (!errors.every(({ code }) => code === 'MissingQuotes')) return undefined
  }
  return undefined
}

/**
 * Reads questions from comma-separated text (semicolons and tabs too) whose header names the columns. A row that cannot be
 * read is named with its line, the others are taken.
 */
export function readCsv(file: string): Read {
  if (file.length > MOST_BYTES) return { fault: 'too-large' }
  const lines = file.replace(/^\ufeff/, '').split(/\r\n|\r|\n/)
  const delimiter = delimiterOf(lines)
  const rows: SheetRow[] = []
  for (let at = 0; at < lines.length && rows.length < MOST_ROWS;) {
    const text = lines[at] ?? ''
    const row = text.trim() === '' ? { cells: [], lines: 1 } : rowAt(lines, at, delimiter)
    rows.push({
      line: at + 1,
      cells: (row?.cells ?? text.split(delimiter)).map((cell) => unarmed(cell)),
      ...(!row && { fault: 'open-quote' as const }),
    })
    at += row?.lines ?? 1
  }
  return readRows(rows)
}
