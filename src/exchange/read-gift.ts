import type { GIFTQuestion, NumericalChoice, NumericalFormat, TextChoice, TextFormat } from 'gift-pegjs'
import { parse } from 'gift-pegjs'
import type { OwnOption, OwnQuestion } from '../quiz/set'
import type { SetWords } from '../words/set-words'
import { readLoose } from './html'
import type { Collector, Read, RemarkReason } from './imported'
import { MOST_BYTES, collector } from './imported'
import { paragraphs, readMarkdown, writeLine, writeMarkdown } from './markdown'
import type { Rich } from './rich'

/** Lines without a blank one between them: a question. `lines` are their numbers in the file. */
interface Chunk {
  readonly text: string
  readonly lines: readonly number[]
}

/** A question longer than this is no question; the parser would take its time. */
const MOST_CHUNK = 40_000

/** A blank line ends a question (Moodle, qformat_default::readquestions); comments and categories are no part of one. */
function chunksOf(text: string): readonly Chunk[] {
  const chunks: Chunk[] = []
  let lines: { text: string; number: number }[] = []
  const end = () => {
    const kept = lines.filter((line) => !/^\s*(?:\/\/|\$CATEGORY:)/.test(line.text))
    if (kept.length > 0)
      chunks.push({ text: kept.map((line) => line.text).join('\n'), lines: kept.map(({ number }) => number) })
    lines = []
  }
  text
    .replace(/^\ufeff/, '')
    .split(/\r\n|\r|\n/)
    .forEach((line, index) => {
      if (line.trim() === '') end()
      else lines.push({ text: line, number: index + 1 })
    })
  end()
  return chunks
}

function richOf(text: TextFormat | null): Rich {
  if (!text) return []
  if (text.format === 'markdown') return readMarkdown(text.text, { images: true })
  return text.format === 'plain' ? paragraphs(text.text) : readLoose(text.text)
}

const block = (text: TextFormat | null): string => writeMarkdown(richOf(text))
const line = (text: TextFormat | null): string => writeLine(richOf(text))

const isChoice = (choice: TextChoice): OwnOption => ({
  text: line(choice.text),
  right: choice.weight === null ? choice.isCorrect : choice.weight > 0,
  feedback: block(choice.feedback),
})

/** Equal shares that make a whole are how GIFT writes several right answers; anything else is part marks. */
function evenShares(choices: readonly TextChoice[]): boolean {
  const shares = choices.flatMap(({ weight }) => (weight !== null && weight > 0 ? [weight] : []))
  return shares.every((share) => Math.abs(share - 100 / shares.length) < 0.01)
}

function chosen(choices: readonly TextChoice[]): readonly [Pick<OwnQuestion, 'kind' | 'options'>, RemarkReason[]] {
  const whole = choices.filter(({ isCorrect, weight }) => isCorrect && (weight === null || weight === 100)).length
  if (whole === 0) {
    const options = choices.map((choice) => isChoice(choice))
    return [{ kind: 'several', options }, evenShares(choices) ? [] : ['part-marks']]
  }
  const options = choices.map((choice) => ({
    ...isChoice(choice),
    right: choice.isCorrect && (choice.weight === null || choice.weight === 100),
  }))
  const parts = choices.some(({ isCorrect, weight }) => !isCorrect && weight !== null && weight > 0)
  const changed: RemarkReason[] = [
    ...(parts ? (['part-marks'] as const) : []),
    ...(whole > 1 ? (['any-of-several'] as const) : []),
  ]
  return [{ kind: whole > 1 ? 'several' : 'choose', options }, changed]
}

const isWhole = (weight: number | null, isCorrect: boolean) => (weight === null ? isCorrect : weight === 100)
const isPart = (weight: number | null) => weight !== null && weight > 0 && weight < 100

/** In a short answer of Moodle's an asterisk stands for anything, and one behind a backslash for itself. */
const hasWildcard = (text: string) => /(?<!\\)\*/.test(text)

function typed(choices: readonly TextChoice[]): { options: OwnOption[]; changed: RemarkReason[] } | RemarkReason {
  const changed: RemarkReason[] = []
  const options: OwnOption[] = []
  for (const { text, weight, isCorrect, feedback } of choices) {
    const right = isWhole(weight, isCorrect)
    if (hasWildcard(text.text)) {
      if (right) return 'wildcard'
      changed.push('wildcard')
      continue
    }
    if (isPart(weight)) changed.push('part-marks')
    options.push({ text: text.text.replaceAll(String.raw`\*`, '*').trim(), right, feedback: block(feedback) })
  }
  return { options, changed: [...new Set(changed)] }
}

/** A number without a tolerance; undefined if there is one. */
function numberOf(format: NumericalFormat): string | undefined {
  const { type, number, range, numberLow, numberHigh } = format
  if (type === 'high-low') return numberLow !== undefined && numberLow === numberHigh ? String(numberLow) : undefined
  if (number === undefined || (type === 'range' && range !== 0)) return undefined
  return String(number)
}

function numbers(choices: NumericalChoice[] | NumericalFormat): ReturnType<typeof typed> {
  const list = Array.isArray(choices)
    ? choices
    : [{ isCorrect: true, weight: null, text: choices, feedback: null } satisfies NumericalChoice]
  const changed: RemarkReason[] = []
  const options: OwnOption[] = []
  for (const { text, weight, isCorrect, feedback } of list) {
    if (!isCorrect) {
      changed.push('wildcard')
      continue
    }
    const number = numberOf(text)
    if (number === undefined) return 'range'
    if (isPart(weight)) changed.push('part-marks')
    options.push({ text: number, right: isWhole(weight, isCorrect), feedback: block(feedback) })
  }
  return { options, changed: [...new Set(changed)] }
}

function take(question: GIFTQuestion, at: number, about: string, into: Collector, words: SetWords['sheet']): void {
  switch (question.type) {
    case 'Category':
      return
    case 'Description':
    case 'Essay':
    case 'Matching':
      return into.refuse(at, about, 'kind')
    case 'TF': {
      // Moodle shows the first feedback to whoever is wrong, the second to whoever is right.
      const [wrong, right] = [block(question.trueFeedback), block(question.falseFeedback)]
      const option = (text: string, isRight: boolean): OwnOption => ({
        text: writeLine(paragraphs(text)),
        right: isRight,
        feedback: isRight ? right : wrong,
      })
      return into.question(at, about, {
        kind: 'choose',
        stem: block(question.stem),
        options: [option(words.yes, question.isTrue), option(words.no, !question.isTrue)],
        explanation: block(question.globalFeedback),
      })
    }
    case 'MC': {
      const [kindAndOptions, changed] = chosen(question.choices)
      const rest = { stem: block(question.stem), explanation: block(question.globalFeedback) }
      return into.question(at, about, { ...kindAndOptions, ...rest }, changed)
    }
    case 'Short':
    case 'Numerical': {
      const read = question.type === 'Short' ? typed(question.choices) : numbers(question.choices)
      if (typeof read === 'string') return into.refuse(at, about, read)
      const rest = { stem: block(question.stem), explanation: block(question.globalFeedback) }
      return into.question(at, about, { kind: 'type', options: read.options, ...rest }, read.changed)
    }
  }
}

/** The line of a chunk on which the parser stopped, if it says so. */
const stoppedAt = (error: unknown): number =>
  typeof error === 'object' &&
  error !== null &&
  'location' in error &&
  typeof error.location === 'object' &&
  error.location !== null &&
  'start' in error.location &&
  typeof error.location.start === 'object' &&
  error.location.start !== null &&
  'line' in error.location.start &&
  typeof error.location.start.line === 'number'
    ? error.location.start.line
    : 1

/**
 * Reads Moodle's GIFT. Each question stands for itself: one that cannot be read is named with its line, the others are
 * taken. `words` name the answers of true-or-false questions.
 */
export function readGift(text: string, words: SetWords['sheet']): Read {
  if (text.length > MOST_BYTES) return { fault: 'too-large' }
  const into = collector()
  for (const chunk of chunksOf(text)) {
    if (into.full) break
    const first = chunk.lines[0] ?? 1
    if (chunk.text.length > MOST_CHUNK) {
      into.refuse(first, chunk.text, 'too-long')
      continue
    }
    try {
      for (const question of parse(`${chunk.text}\n`)) take(question, first, chunk.text, into, words)
    } catch (error) {
      into.refuse(chunk.lines[stoppedAt(error) - 1] ?? chunk.lines.at(-1) ?? first, chunk.text, 'unreadable')
    }
  }
  return into.done()
}
