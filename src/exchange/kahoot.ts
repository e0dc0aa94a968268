import type { SheetData } from 'write-excel-file/universal'
import writeSheet from 'write-excel-file/universal'
import type { Sheet, Target } from './target'
import { filesFor, flat, target } from './target'

/** Kahoot's sheet: the headers stand on row 8 from column B, the questions follow from row 9. */
export const KAHOOT_HEADER_ROW = 8
export const KAHOOT_HEADER: readonly string[] = [
  'Question - max 120 characters',
  'Answer 1 - max 75 characters',
  'Answer 2 - max 75 characters',
  'Answer 3 - max 75 characters',
  'Answer 4 - max 75 characters',
  'Time limit (sec) – 5, 10, 20, 30, 60, 90, 120, or 240 secs',
  'Correct answer(s) - choose at least one',
]
const [STEM, ANSWER, ANSWERS] = [120, 75, 4]

interface Row {
  readonly stem: string
  readonly answers: readonly string[]
  readonly seconds: number
  readonly right: string
}

/** Every text is a cell of type text, so that nothing in it can be a formula. */
const text = (value: string) => ({ value, type: String })

async function workbook({ paper, rows }: Sheet<Row>): Promise<Uint8Array<ArrayBuffer>> {
  const empty = Array.from({ length: KAHOOT_HEADER_ROW - 1 }, (_, index) =>
    index === 1 ? [null, text(paper.title)] : [],
  )
  const data: SheetData = [
    ...empty,
    [null, ...KAHOOT_HEADER.map((header) => text(header))],
    ...rows.map(({ stem, answers, seconds, right }, index) => [
      index + 1,
      text(stem),
      ...Array.from({ length: ANSWERS }, (_, place) => (answers[place] === undefined ? null : text(answers[place]))),
      seconds,
      text(right),
    ]),
  ]
  const blob = await writeSheet(data, { sheet: 'Sheet1' }).toBlob()
  return new Uint8Array(await blob.arrayBuffer())
}

/** Kahoot's spreadsheet (xlsx): questions of 120 characters with two to four answers of 75. */
export const kahoot: Target = target<Row>({
  id: 'kahoot',
  splits: true,
  timed: true,
  convert: (task, _words, { seconds }) => {
    const { kind } = task.body
    if (kind === 'several') return { because: [{ why: 'any-of-several' }] }
    if (kind !== 'choose') return { because: [{ why: 'kind', kind }] }
    const question = flat(task, { stem: STEM, option: ANSWER, options: ANSWERS })
    if ('because' in question) return question
    const { stem, options } = question
    const right = options.flatMap((option, index) => (option.right ? [String(index + 1)] : [])).join(',')
    return { row: { stem, answers: options.map((option) => option.text), seconds, right } }
  },
  write: (sheets) =>
    filesFor(sheets, 'kahoot', 'xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', workbook),
})
