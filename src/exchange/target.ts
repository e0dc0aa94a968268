import type { SetWords } from '../words/set-words'
import type { Rich } from './rich'
import { plainText, toLine } from './rich'
import type { Choice, Paper, Task, TaskKind } from './task'
import { viewsInline } from './task'

/** Why a question does not fit a target, with the figures. Its words stand in the message catalogue. */
export type Because =
  | { readonly why: 'kind'; readonly kind: TaskKind }
  /** Another tool takes any one of several right answers for the whole. */
  | { readonly why: 'any-of-several' }
  | {
      readonly why: 'long-stem' | 'many-options' | 'few-options' | 'many-right'
      readonly has: number
      readonly takes: number
    }
  | { readonly why: 'long-option'; readonly text: string; readonly has: number; readonly takes: number }
  /** What a tool prints needs lines of its own, and the target has none. */
  | { readonly why: 'views' }
  /** Lines, a list or a picture, where the target takes one line of text. */
  | { readonly why: 'form' }
  | { readonly why: 'other-order' }
  /** Not one thing on the right for each on the left. */
  | { readonly why: 'uneven-pairs' }
  /** An answer that the target would read as something else. */
  | { readonly why: 'misread'; readonly text: string }
  | { readonly why: 'full'; readonly takes: number }

export interface Unfit {
  readonly variant: Paper['variant']
  readonly number: number
  readonly because: readonly Because[]
}

/** What of a question is other than here. Its words stand in the message catalogue. */
export type Change = 'order-as-match' | 'part-marks' | 'split' | 'apostrophe'

export interface OutFile {
  readonly name: string
  readonly type: string
  readonly content: string | Uint8Array<ArrayBuffer>
}

const TARGET_IDS = [
  'gift',
  'moodle',
  'qti',
  'blackboard',
  'kahoot',
  'blooket',
  'gimkit',
  'wayground',
  'zipgrade',
] as const
export type TargetId = (typeof TARGET_IDS)[number]

/** The seconds for one question that every target takes. */
export const SECONDS = [5, 10, 20, 30, 60, 90, 120, 240] as const
export type Seconds = (typeof SECONDS)[number]

export interface Wanted {
  /** Whether a question with several right answers becomes one yes-or-no question for each, where a target needs that. */
  readonly split: boolean
  readonly seconds: Seconds
}

/** A question as one target has it, or why it has it not. */
export type Converted<Row> =
  { readonly row: Row; readonly changes?: readonly Change[] } | { readonly because: readonly Because[] }

/** The rows of one variant. */
export interface Sheet<Row> {
  readonly paper: Paper
  readonly rows: readonly Row[]
}

interface Spec<Row> {
  readonly id: TargetId
  /** Whether it takes a question with several right answers only as yes-or-no questions. */
  readonly splits?: boolean
  /** Whether it has a time for each question. */
  readonly timed?: boolean
  /** Questions in one file at most. */
  readonly most?: number
  readonly convert: (task: Task, words: SetWords['sheet'], wanted: Wanted) => Converted<Row>
  readonly write: (sheets: readonly Sheet<Row>[], words: SetWords['sheet']) => Promise<readonly OutFile[]>
}

/** What an export comes to: what does not fit, what is changed, and the files with all the rest. */
export interface Prepared {
  readonly fitting: number
  readonly unfit: readonly Unfit[]
  readonly changes: Readonly<Partial<Record<Change, readonly number[]>>>
  /** Writes the files with the questions that fit. */
  readonly write: () => Promise<readonly OutFile[]>
}

/** A tool that takes questions from a file. */
export interface Target {
  readonly id: TargetId
  readonly splits: boolean
  readonly timed: boolean
  readonly prepare: (papers: readonly Paper[], words: SetWords['sheet'], wanted: Wanted) => Prepared
}

/**
 * A question with several right answers as one yes-or-no question for each option; itself where its words need more than
 * a line.
 */
function split(task: Task, words: SetWords['sheet']): readonly Task[] {
  if (task.body.kind !== 'several') return [task]
  const stem = toLine(task.stem)
  const lines = task.body.options.map((option) => ({ option, line: toLine(option.text) }))
  if (stem === undefined || !lines.every(({ line }) => line !== undefined)) return [task]
  const answer = (text: string, right: boolean, feedback: Rich): Choice => ({ text: plainText(text), right, feedback })
  return lines.map(({ option, line = '' }) => ({
    ...task,
    stem: plainText(words.splitStem(stem, line)),
    body: {
      kind: 'choose',
      options: [
        answer(words.yes, option.right, option.feedback),
        answer(words.no, !option.right, option.right ? option.feedback : []),
      ],
    },
  }))
}

/** A target from how it writes one question and how it puts them together. */
export function target<Row>({ id, splits = false, timed = false, most, convert, write }: Spec<Row>): Target {
  return {
    id,
    splits,
    timed,
    prepare: (papers, words, wanted) => {
      const unfit: Unfit[] = []
      const changes: Partial<Record<Change, number[]>> = {}
      const sheets = papers.map((paper): Sheet<Row> => {
        const rows: Row[] = []
        for (const task of paper.tasks) {
          const parts = splits && wanted.split ? split(task, words) : [task]
          const converted = parts.map((part) => convert(part, words, wanted))
          const because = converted.flatMap((one) => ('because' in one ? one.because : []))
          if (because.length === 0 && most !== undefined && rows.length + parts.length > most)
            because.push({ why: 'full', takes: most })
          if (because.length > 0) {
            unfit.push({ variant: paper.variant, number: task.number, because })
            continue
          }
          for (const one of converted) if ('row' in one) rows.push(one.row)
          const made = converted.flatMap((one) => ('row' in one ? (one.changes ?? []) : []))
          for (const change of new Set([...made, ...(parts.length > 1 ? (['split'] as const) : [])])) {
            const numbers = (changes[change] ??= [])
            if (!numbers.includes(task.number)) numbers.push(task.number)
          }
        }
        return { paper, rows }
      })
      const fitting = sheets.reduce((sum, { rows }) => sum + rows.length, 0)
      return { fitting, unfit, changes, write: () => write(sheets, words) }
    },
  }
}

/** Characters as a person counts them, not units of UTF-16. */
export const lengthOf = (text: string): number => Array.from(text).length

/** A file name from a title: letters and digits of any script, everything else a hyphen. */
export function fileName(title: string, part: string, extension: string): string {
  const words = title
    .normalize('NFC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\p{M}]+/gu, '-')
  const short = Array.from(words)
    .slice(0, 60)
    .join('')
    .replaceAll(/^-+|-+$/g, '')
  return `${short || 'questions'}-${part}.${extension}`
}

/** One file for each variant; the variant is in the name where there are more. */
export const filesFor = <Row>(
  sheets: readonly Sheet<Row>[],
  part: string,
  extension: string,
  type: string,
  content: (sheet: Sheet<Row>) => OutFile['content'] | Promise<OutFile['content']>,
): Promise<readonly OutFile[]> =>
  Promise.all(
    sheets.map(async (sheet) => ({
      name: fileName(sheet.paper.title, sheets.length > 1 ? `${sheet.paper.variant}-${part}` : part, extension),
      type,
      content: await content(sheet),
    })),
  )

/** What a target that knows only single lines of text takes. */
export interface Limits {
  readonly stem?: number
  readonly option?: number
  readonly options: number
}

/** A question in single lines of text. */
export interface Flat {
  readonly stem: string
  readonly options: readonly { readonly text: string; readonly right: boolean }[]
}

/** A question in single lines of text, its views behind the stem; or every reason why that cannot be. */
export function flat(task: Task, limits: Limits): Flat | { readonly because: readonly Because[] } {
  const because: Because[] = []
  const { body } = task
  const said = toLine(task.stem)
  const views = viewsInline(task)
  if (said === undefined) because.push({ why: 'form' })
  if (!views) because.push({ why: 'views' })
  const texts =
    body.kind === 'choose' || body.kind === 'several'
      ? body.options.map(({ text, right }) => ({ line: toLine(text), right }))
      : body.kind === 'type'
        ? body.entries.filter(({ right }) => right).map(({ text, right }) => ({ line: text, right }))
        : []
  if (texts.some(({ line }) => line === undefined) && said !== undefined) because.push({ why: 'form' })
  const options = texts.map(({ line = '', right }) => ({ text: line, right }))
  const stem = [said ?? '', ...(views ?? [])].join(' ')
  const { length } = options
  if (limits.stem !== undefined && lengthOf(stem) > limits.stem)
    because.push({ why: 'long-stem', has: lengthOf(stem), takes: limits.stem })
  for (const { text } of options)
    if (limits.option !== undefined && lengthOf(text) > limits.option)
      because.push({ why: 'long-option', text, has: lengthOf(text), takes: limits.option })
  if (length > limits.options) because.push({ why: 'many-options', has: length, takes: limits.options })
  if (body.kind === 'choose' && length < 2) because.push({ why: 'few-options', has: length, takes: 2 })
  return because.length > 0 ? { because } : { stem, options }
}
