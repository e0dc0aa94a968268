import { unzipSync } from 'fflate'
import { readSheet } from 'read-excel-file/universal'
import type { Read } from './imported'
import { MOST_BYTES } from './imported'
import { readRows } from './read-rows'

/** What a sheet may unpack to: a file of a few kilobytes can claim gigabytes. */
const MOST_UNPACKED = 20_000_000

/** Whether the archive says that it unpacks to no more than that. */
function isSmall(bytes: Uint8Array): boolean {
  let size = 0
  unzipSync(bytes, {
    filter: ({ originalSize }) => {
      size += originalSize
      return false
    },
  })
  return size <= MOST_UNPACKED
}

/** Reads questions from the first sheet of an xlsx file whose header names the columns, as Kahoot's does. */
export async function readXlsx(bytes: Uint8Array<ArrayBuffer>): Promise<Read> {
  if (bytes.length > MOST_BYTES) return { fault: 'too-large' }
  try {
    if (!isSmall(bytes)) return { fault: 'too-large' }
    const sheet = await readSheet(new Blob([bytes]), { trim: false })
    return readRows(
      sheet.map((row, index) => ({
        line: index + 1,
        cells: row.map((cell) => (cell === null ? '' : String(cell))),
      })),
    )
  } catch {
    return { fault: 'not-a-sheet' }
  }
}
