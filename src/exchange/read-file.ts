import type { QuestionSet } from '../quiz/set'
import type { SetWords } from '../words/set-words'
import type { FileFault, Imported } from './imported'
import { readCsv } from './read-csv'
import { readGift } from './read-gift'
import { readXlsx } from './read-xlsx'
import type { SetFileFault } from './set-file'
import { readSetFile } from './set-file'

/** What a file gives: a whole set, questions with remarks, or nothing. */
export type FromFile = { readonly set: QuestionSet } | Imported | { readonly fault: FileFault | SetFileFault }

/** The text of a file: UTF-8 or UTF-16, or what a spreadsheet of Windows saves. */
function decode(bytes: Uint8Array): string {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

/** Reads a file of ours, GIFT, comma-separated text or an xlsx sheet, by its name and by how it begins. */
export async function readFile(
  name: string,
  bytes: Uint8Array<ArrayBuffer>,
  words: SetWords['sheet'],
): Promise<FromFile> {
  if (bytes[0] === 0x50 && bytes[1] === 0x4b) return readXlsx(bytes)
  const extension = /\.([a-z]+)$/i.exec(name)?.[1]?.toLowerCase() ?? ''
  if (extension === 'json') return readSetFile(decode(bytes))
  if (extension === 'csv' || extension === 'tsv') return readCsv(decode(bytes))
  if (extension === 'xlsx') return { fault: 'not-a-sheet' }
  if (extension === 'txt' || extension === 'gift') return readGift(decode(bytes), words)
  return { fault: 'unknown-format' }
}
