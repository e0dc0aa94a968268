/** Sixteen bytes of a dump, as `tcpdump -XX` prints them. */
export interface HexRow {
  readonly offset: number
  readonly bytes: readonly number[]
}

/** The rows of a dump, sixteen bytes each. */
export const hexRows = (bytes: Uint8Array): readonly HexRow[] =>
  Array.from({ length: Math.ceil(bytes.length / 16) }, (_, row) => ({
    offset: row * 16,
    bytes: [...bytes.subarray(row * 16, row * 16 + 16)],
  }))

export const hexByte = (byte: number): string => byte.toString(16).padStart(2, '0')

/** What the right column shows of a byte: its ASCII character, or a dot where it is none that can be printed. */
export const asciiOf = (byte: number): string => (byte > 32 && byte < 127 ? String.fromCharCode(byte) : '.')

/** The dump as `tcpdump -XX` prints it: a tab, the offset, bytes in pairs, ASCII. */
export const hexDump = (bytes: Uint8Array): string =>
  hexRows(bytes)
    .map(({ offset, bytes: row }) => {
      const pairs = row.reduce((text, byte, index) => text + hexByte(byte) + (index % 2 === 1 ? ' ' : ''), '')
      const ascii = row.map(asciiOf).join('')
      return `\t0x${offset.toString(16).padStart(4, '0')}:  ${pairs.trimEnd().padEnd(39)}  ${ascii}`
    })
    .join('\n')
