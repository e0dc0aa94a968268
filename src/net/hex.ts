/** Bytes of a dump: sixteen as `tcpdump -XX` prints them; the last row may have fewer. */
export interface HexRow {
  readonly offset: number
  readonly bytes: readonly number[]
}

/** The rows of a dump, `size` bytes each. */
export const hexRows = (bytes: Uint8Array, size = 16): readonly HexRow[] =>
  Array.from({ length: Math.ceil(bytes.length / size) }, (_, row) => ({
    offset: row * size,
    bytes: [...bytes.subarray(row * size, row * size + size)],
  }))

/** Two hexadecimal digits, lower case. */
export const hexByte = (byte: number): string => byte.toString(16).padStart(2, '0')

/** The digits of a run of bytes without a gap. */
export const hexOf = (bytes: Uint8Array): string => Array.from(bytes, hexByte).join('')

/** What the right column shows of a byte: its ASCII character, or a dot where it is none that has ink. */
export const asciiOf = (byte: number): string => (byte > 32 && byte < 127 ? String.fromCharCode(byte) : '.')

const pairsOf = (bytes: readonly number[]): string =>
  bytes.map((byte, index) => hexByte(byte) + (index % 2 === 1 ? ' ' : '')).join('')

/**
 * The dump as tcpdump prints it under a packet: a tab, the offset, bytes in pairs, and ASCII (`-X`, `-XX`) unless
 * `ascii` is false (`-x`, `-xx`).
 */
export const hexDump = (bytes: Uint8Array, { ascii = true }: { readonly ascii?: boolean } = {}): string =>
  hexRows(bytes)
    .map(({ offset, bytes: row }) => {
      const pairs = pairsOf(row).trimEnd()
      const right = ascii ? `${' '.repeat(41 - pairs.length)}${row.map(asciiOf).join('')}` : ''
      return `\t0x${offset.toString(16).padStart(4, '0')}:  ${pairs}${right}`
    })
    .join('\n')
