/**
 * Rows in columns as wide as their longest entry and a gap, as Docker and kubectl print them (Go: text/tabwriter). The last
 * column is not filled up.
 */
export function inColumns(
  rows: readonly (readonly string[])[],
  { least, gap }: { readonly least: number; readonly gap: number },
): readonly string[] {
  const width = (column: number) => Math.max(least, ...rows.map((row) => (row[column] ?? '').length + gap))
  return rows.map((row) =>
    row.map((text, column) => (column === row.length - 1 ? text : text.padEnd(width(column)))).join(''),
  )
}
