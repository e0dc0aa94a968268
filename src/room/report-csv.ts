import { csvText } from '../exchange/csv'
import type { MisconceptionId } from '../lessons/misconception'
import type { Findings } from './findings'

/** The heads of the columns in their order, and the words in the cells, in one language. */
export interface CsvWords {
  /** Number, vote, text, right answer, answered, right, share, its bounds, what guessing gives. */
  readonly questions: readonly string[]
  /** Idea, correction, followed, on offer, share, its bounds, what guessing gives, standing. */
  readonly ideas: readonly string[]
  /** Name, right, answered. */
  readonly people: readonly string[]
  readonly standings: Readonly<Record<'firm' | 'shaky' | 'open', string>>
  readonly marks: Readonly<Record<'right' | 'wrong' | 'none', string>>
}

/** A question as it reads. */
export interface Said {
  readonly stem: string
  readonly answer: string
}

/** A share as a table takes it: 0 to 1 with three decimals. */
const decimal = (share: number | undefined): string => (share === undefined ? '' : share.toFixed(3))

/** The questions as a table, a row each; `said` has their texts in the order of the findings. No cell is a formula. */
export const questionsCsv = ({ questions }: Findings, said: readonly Said[], words: CsvWords): string =>
  csvText([
    words.questions,
    ...questions.map(({ item, vote, right, guess }, place) => [
      String(item + 1),
      String(vote),
      said[place]?.stem ?? '',
      said[place]?.answer ?? '',
      String(right.of),
      String(right.count),
      decimal(right.share),
      decimal(right.low),
      decimal(right.high),
      decimal(guess),
    ]),
  ])

/** The wrong ideas as a table. `name` and `right`, the correction, of each are those of a language. */
export const ideasCsv = (
  { ideas }: Findings,
  said: (idea: MisconceptionId) => { readonly name: string; readonly right: string },
  words: CsvWords,
): string =>
  csvText([
    words.ideas,
    ...ideas.map(({ misconception, chosen, offered, share, low, high, guess, standing }) => [
      said(misconception).name,
      said(misconception).right,
      String(chosen),
      String(offered),
      decimal(share),
      decimal(low),
      decimal(high),
      decimal(guess),
      words.standings[standing],
    ]),
  ])

/** The people as a table, a column for each question. Only the heads where nobody is named. */
export const peopleCsv = ({ people = [], questions }: Findings, words: CsvWords): string =>
  csvText([
    [...words.people, ...questions.map(({ item, vote }) => `${item + 1}${vote === 2 ? ' (2)' : ''}`)],
    ...people.map(({ name, right, answered, marks }) => [
      name,
      String(right),
      String(answered),
      ...marks.map((one) => words.marks[one]),
    ]),
  ])
