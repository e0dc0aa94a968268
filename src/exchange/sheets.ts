import type { SetWords } from '../words/set-words'
import { csvText, harmless } from './csv'
import { toPlain } from './rich'
import type { Task } from './task'
import { fullExplanation } from './task'
import type { Change, Converted, Limits, Target, Wanted } from './target'
import { filesFor, flat, target } from './target'

type Row = readonly string[]
type Words = SetWords['sheet']

const CSV = 'text/csv;charset=utf-8'

const changesOf = (cells: Row): readonly Change[] =>
  cells.some((cell) => harmless(cell) !== cell) ? ['apostrophe'] : []

/** A question to choose from, as a row of a sheet that knows nothing else. */
function choice(
  task: Task,
  limits: Limits,
  cells: (stem: string, options: readonly { readonly text: string; readonly right: boolean }[]) => Row,
): Converted<Row> {
  const { kind } = task.body
  if (kind === 'several') return { because: [{ why: 'any-of-several' }] }
  if (kind !== 'choose') return { because: [{ why: 'kind', kind }] }
  const question = flat(task, limits)
  if ('because' in question) return question
  const row = cells(question.stem, question.options)
  return { row, changes: changesOf(row) }
}

const padded = (cells: Row, length: number): Row => [
  ...cells,
  ...Array.from({ length: Math.max(0, length - cells.length) }, () => ''),
]

const rightPlace = (options: readonly { readonly right: boolean }[]): string =>
  String(options.findIndex(({ right }) => right) + 1)

/** Blooket's importer guesses the delimiter in the first row, so that has as many fields as the others. */
const BLOOKET_TITLE = padded(['Blooket Import Template'], 8)
export const BLOOKET_HEADER: Row = [
  'Question #',
  'Question Text',
  'Answer 1',
  'Answer 2',
  'Answer 3 (Optional)',
  'Answer 4 (Optional)',
  'Time Limit (sec) (Max: 300 seconds)',
  'Correct Answer(s) (Only include Answer #)',
]

/** Blooket's csv: two to four answers, the right one by its place. */
export const blooket: Target = target<Row>({
  id: 'blooket',
  splits: true,
  timed: true,
  convert: (task, _words, { seconds }: Wanted) =>
    choice(task, { options: 4 }, (stem, options) => [
      stem,
      ...padded(
        options.map(({ text }) => text),
        4,
      ),
      String(seconds),
      rightPlace(options),
    ]),
  write: (sheets) =>
    filesFor(sheets, 'blooket', 'csv', CSV, ({ rows }) =>
      csvText([BLOOKET_TITLE, BLOOKET_HEADER, ...rows.map((row, index) => [String(index + 1), ...row])]),
    ),
})

const GIMKIT_TITLE = padded(['Gimkit Spreadsheet Import Template'], 5)
export const GIMKIT_HEADER: Row = [
  'Question',
  'Correct Answer',
  'Incorrect Answer 1',
  'Incorrect Answer 2 (Optional)',
  'Incorrect Answer 3 (Optional)',
]

/** Gimkit's csv: the right answer first, then one to three wrong ones. */
export const gimkit: Target = target<Row>({
  id: 'gimkit',
  splits: true,
  convert: (task) =>
    choice(task, { options: 4 }, (stem, options) =>
      padded([stem, ...options.toSorted((a, b) => Number(b.right) - Number(a.right)).map(({ text }) => text)], 5),
    ),
  write: (sheets) =>
    filesFor(sheets, 'gimkit', 'csv', CSV, ({ rows }) => csvText([GIMKIT_TITLE, GIMKIT_HEADER, ...rows])),
})

export const WAYGROUND_HEADER: Row = [
  'Question Text',
  'Question Type',
  'Option 1',
  'Option 2',
  'Option 3',
  'Option 4',
  'Option 5',
  'Correct Answer',
  'Time in seconds',
  'Image Link',
  'Answer explanation',
]
/** The second row says in words what belongs into each column; the importer skips it. */
const WAYGROUND_HELP: Row = [
  'Text of the question (required)',
  'Question Type (default is Multiple Choice)',
  'Text for option 1 (required in all cases except open-ended & draw questions)',
  'Text for option 2 (required in all cases except open-ended & draw questions)',
  'Text for option 3 (optional)',
  'Text for option 4 (optional)',
  'Text for option 5 (optional)',
  'The correct option choice (between 1-5). Leave blank for "Open-Ended", "Poll", "Draw" and "Fill-in-the-Blank".',
  'Time in seconds (optional, default value is 30 seconds)',
  'Link of the image (optional)',
  'Explanation for the answer (optional)',
]

const waygroundEnd = (task: Task, words: Words, { seconds }: Wanted): Row => [
  String(seconds),
  '',
  toPlain(fullExplanation(task, words)),
]

/** Wayground's csv (formerly Quizizz): up to five options, or a blank with up to five right answers, and the explanation. */
export const wayground: Target = target<Row>({
  id: 'wayground',
  splits: true,
  timed: true,
  convert: (task, words, wanted) => {
    if (task.body.kind !== 'type')
      return choice(task, { options: 5 }, (stem, options) => [
        stem,
        'Multiple Choice',
        ...padded(
          options.map(({ text }) => text),
          5,
        ),
        rightPlace(options),
        ...waygroundEnd(task, words, wanted),
      ])
    const question = flat(task, { options: 5 })
    if ('because' in question) return question
    const answers = question.options.map(({ text }) => text)
    const row = [question.stem, 'Fill-in-the-Blank', ...padded(answers, 5), '', ...waygroundEnd(task, words, wanted)]
    return { row, changes: changesOf(row) }
  },
  write: (sheets) =>
    filesFor(sheets, 'wayground', 'csv', CSV, ({ rows }) => csvText([WAYGROUND_HEADER, WAYGROUND_HELP, ...rows])),
})

export const ZIPGRADE_HEADER: Row = ['Key Letter', 'Question Number', 'Response/Mapping', 'Point Value']
/** Of a ZipGrade answer sheet: letters for each question, and questions. */
const [ZIPGRADE_LETTERS, ZIPGRADE_QUESTIONS] = ['ABCDE', 100]

/** The key for ZipGrade's paper answer sheets: all variants in one file, numbers and letters as on the printed sheet. */
export const zipgrade: Target = target<Row>({
  id: 'zipgrade',
  convert: ({ number, body }) => {
    if (body.kind !== 'choose' && body.kind !== 'several') return { because: [{ why: 'kind', kind: body.kind }] }
    const takes = ZIPGRADE_LETTERS.length
    if (body.options.length > takes) return { because: [{ why: 'many-options', has: body.options.length, takes }] }
    if (number > ZIPGRADE_QUESTIONS) return { because: [{ why: 'full', takes: ZIPGRADE_QUESTIONS }] }
    const letters = body.options.map(({ right }, index) => (right ? ZIPGRADE_LETTERS.charAt(index) : '')).join('')
    return { row: [String(number), letters, '1'] }
  },
  write: async (sheets) => {
    const [first] = sheets
    if (!first) return []
    const rows = sheets.flatMap(({ paper, rows }) => rows.map((row) => [paper.variant, ...row]))
    const [file] = await filesFor([first], 'zipgrade-key', 'csv', CSV, () => csvText([ZIPGRADE_HEADER, ...rows]))
    return file ? [file] : []
  },
})

/** In one upload to Blackboard's Ultra course view. */
const BLACKBOARD_RECORDS = 250
const BLACKBOARD_ANSWERS = 100

/** Tabs divide the fields, so no field may have one. */
const field = (text: string) => text.replaceAll(/[\t\r\n]+/g, ' ')

function blackboardRow(task: Task, words: Words): Converted<Row> {
  const question = flat(task, { options: BLACKBOARD_ANSWERS })
  if ('because' in question) return question
  const { stem, options } = question
  const { body } = task
  switch (body.kind) {
    case 'choose':
    case 'several': {
      const said = options.flatMap(({ text, right }) => [text, right ? 'correct' : 'incorrect'])
      return { row: [body.kind === 'choose' ? 'MC' : 'MA', stem, ...said] }
    }
    case 'type': {
      const [answer, ...more] = options.map(({ text }) => text)
      if (body.expects !== 'text' && more.length === 0) return { row: ['NUM', stem, answer ?? '', '0'] }
      return { row: ['FIB', stem, ...options.map(({ text }) => text)] }
    }
    case 'order': {
      if (body.alsoRight.length > 0) return { because: [{ why: 'other-order' }] }
      if (body.order.length < body.items.length) return { because: [{ why: 'uneven-pairs' }] }
      const items = body.order.map((place) => toPlain(body.items[place] ?? []))
      return {
        row: ['MAT', stem, ...items.flatMap((item, index) => [item, words.position(index + 1)])],
        changes: ['order-as-match'],
      }
    }
    case 'match': {
      const even = new Set(body.pairs).size === body.left.length && body.right.length === body.left.length
      if (!even) return { because: [{ why: 'uneven-pairs' }] }
      const pairs = body.left.flatMap((left, index) => [
        toPlain(left),
        toPlain(body.right[body.pairs[index] ?? 0] ?? []),
      ])
      return { row: ['MAT', stem, ...pairs] }
    }
  }
}

/** Blackboard's tab-delimited text: no header, no blank line, one record a line. */
export const blackboard: Target = target<Row>({
  id: 'blackboard',
  most: BLACKBOARD_RECORDS,
  convert: (task, words) => {
    const converted = blackboardRow(task, words)
    if ('because' in converted) return converted
    const row = converted.row.map((cell) => field(cell))
    return { row, changes: [...(converted.changes ?? []), ...changesOf(row)] }
  },
  write: (sheets) =>
    filesFor(sheets, 'blackboard', 'txt', 'text/plain;charset=utf-8', ({ rows }) =>
      rows.map((row) => row.map((cell) => harmless(cell)).join('\t')).join('\r\n'),
    ),
})
