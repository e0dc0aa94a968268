import type { OwnOption, OwnQuestion } from '../quiz/set'
import type { Collector, Read, RemarkReason } from './imported'
import { collector } from './imported'
import { paragraphs, writeLine, writeMarkdown } from './markdown'
import { plainText } from './rich'

/** A row of a sheet or of comma-separated text. */
export interface SheetRow {
  /** The line or row of the file, from 1. */
  readonly line: number
  readonly cells: readonly string[]
  readonly fault?: RemarkReason
}

/** In which column stands what. */
interface Columns {
  readonly stem: number
  readonly kind: number
  readonly options: readonly number[]
  /** The column with the places of the right options, or with the right answer itself where wrong ones have columns too. */
  readonly right: number
  readonly wrong: readonly number[]
  readonly explanation: number
}

/** The header may stand under a title and some help. */
const HEADER_WITHIN = 12

const STEM = /^(?:question|stem|pregunta|enunciado)(?: text| - max .*)?$/
const KIND = /^(?:question type|type|tipo)$/
const OPTION = /^(?:option|answer|choice|opci[oó]n|respuesta) ?(?:\d+|[a-h])(?: .*)?$/
const RIGHT = /^(?:correct|right|correcta?|respuesta correcta)(?: (?:answer|option)(?:\(s\))?.*)?$/
const WRONG = /^(?:incorrect|wrong|incorrecta)(?: answer)?(?: \d+)?(?: .*)?$/
const EXPLANATION = /^(?:answer |answer-)?(?:explanation|explicaci[oó]n|feedback)$/

function columnsOf(cells: readonly string[]): Columns | undefined {
  const names = cells.map((cell) => cell.trim().toLowerCase())
  const find = (pattern: RegExp) => names.findIndex((name) => pattern.test(name))
  const all = (pattern: RegExp) => names.flatMap((name, index) => (pattern.test(name) ? [index] : []))
  const columns: Columns = {
    stem: find(STEM),
    kind: find(KIND),
    options: all(OPTION),
    right: find(RIGHT),
    wrong: all(WRONG),
    explanation: find(EXPLANATION),
  }
  const answers = columns.options.length > 0 || columns.wrong.length > 0
  return columns.stem >= 0 && columns.right >= 0 && answers ? columns : undefined
}

/** `1`, `1,3` or `B`: the places of right options, from 0. */
function placesIn(cell: string): readonly number[] | undefined {
  const parts = cell.split(/[,;]/).map((part) => part.trim().toLowerCase())
  const places = parts.map((part) => {
    if (/^\d{1,2}$/.test(part)) return Number(part) - 1
    return /^[a-h]$/.test(part) ? part.charCodeAt(0) - 97 : -1
  })
  return places.every((place) => place >= 0) ? places : undefined
}

const option = (text: string, right: boolean): OwnOption => ({
  text: writeLine(plainText(text.replaceAll(/\s+/g, ' '))),
  right,
  feedback: '',
})

type Answers = { readonly kind: OwnQuestion['kind']; readonly options: readonly OwnOption[] } | RemarkReason

/** The first few options, as they stand in their columns; the places in the right-column count those that are empty too. */
function answersOf({ kind, options, right, wrong }: Columns, cell: (column: number) => string): Answers {
  const said = cell(kind).toLowerCase()
  if (wrong.length > 0 && options.length === 0) {
    const texts = wrong.map((column) => cell(column)).filter((text) => text !== '')
    return {
      kind: 'choose',
      options: [
        ...(cell(right) === '' ? [] : [option(cell(right), true)]),
        ...texts.map((text) => option(text, false)),
      ],
    }
  }
  const texts = options.map((column) => cell(column))
  if (said.startsWith('fill'))
    return {
      kind: 'type',
      options: texts.filter((text) => text !== '').map((text) => ({ text, right: true, feedback: '' })),
    }
  if (said !== '' && !/^(?:multiple choice|checkbox|quiz)$/.test(said)) return 'kind'
  const places = placesIn(cell(right))
  // Beyond the options a number is no place but an answer, as a port is.
  const inside = places?.every((place) => place < texts.length && texts[place] !== '')
  const named = texts.indexOf(cell(right))
  const chosen = inside ? places : named >= 0 && cell(right) !== '' ? [named] : undefined
  if (!chosen) return cell(right) === '' ? 'no-right' : 'right-place'
  return {
    kind: chosen.length > 1 || said === 'checkbox' ? 'several' : 'choose',
    options: texts.flatMap((text, index) => (text === '' ? [] : [option(text, chosen.includes(index))])),
  }
}

function take(row: SheetRow, columns: Columns, into: Collector): void {
  const cell = (column: number) => row.cells[column]?.trim() ?? ''
  const about = cell(columns.stem)
  if (row.fault) return into.refuse(row.line, about, row.fault)
  // A second header that says in words what belongs into each column.
  if (/^text of the question/i.test(about)) return
  const answers = answersOf(columns, cell)
  if (typeof answers === 'string') return into.refuse(row.line, about, answers)
  const { kind } = answers
  into.question(
    row.line,
    about,
    {
      kind,
      stem: writeMarkdown(paragraphs(about)),
      options: [...answers.options],
      explanation: writeMarkdown(paragraphs(cell(columns.explanation))),
    },
    kind === 'several' && cell(columns.kind).toLowerCase() !== 'checkbox' ? ['any-of-several'] : [],
  )
}

/**
 * Questions from rows whose header names the columns: question, options and the place of the right one, or the right answer
 * and wrong ones. Kahoot's, Blooket's, Gimkit's and Wayground's sheets have such headers.
 */
export function readRows(rows: readonly SheetRow[]): Read {
  const at = rows.findIndex(({ cells }, index) => index < HEADER_WITHIN && columnsOf(cells) !== undefined)
  const columns = columnsOf(rows[at]?.cells ?? [])
  if (!columns)
    return { fault: rows.some(({ cells }) => cells.some((cell) => cell.trim() !== '')) ? 'no-header' : 'empty' }
  const into = collector()
  for (const row of rows.slice(at + 1)) {
    if (into.full) break
    // Sheets number their rows to the end.
    const says = row.cells.some((cell, column) => column !== columns.stem - 1 && cell.trim() !== '')
    if (says || row.fault) take(row, columns, into)
  }
  return into.done()
}
