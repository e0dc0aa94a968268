import type { SetWords } from '../words/set-words'
import type { Rich } from './rich'
import { toHtml, toInlineHtml, toPlain } from './rich'
import type { Task } from './task'
import { fullExplanation, fullStem } from './task'
import type { Converted, Target } from './target'
import { filesFor, target } from './target'

/** Moodle has no share of a mark smaller than a tenth that would add up to a whole. */
export const MOST_SHARES = 10

/** The control characters of GIFT, each behind a backslash; a line break is written out, because a blank line ends a question. */
const giftText = (text: string): string =>
  text.replaceAll(/[\\~=#{}:]/g, String.raw`\$&`).replaceAll(/\r\n|\r|\n/g, String.raw`\n`)

const html = (rich: Rich) => giftText(toHtml(rich))
/** A bracket or percent sign at the beginning would be read as a format or a share of the marks. */
const option = (rich: Rich) =>
  giftText(toInlineHtml(rich).replace(/^[[%]/, (found) => `&#${found.codePointAt(0) ?? 0};`))
const feedback = (rich: Rich) => (rich.length > 0 ? `#${option(rich)}` : '')

/** In a short answer of Moodle's a bare asterisk stands for anything. */
const literally = (text: string) => giftText(text.replaceAll('*', String.raw`\*`))

/**
 * GIFT reads an arrow in a short answer as a pair to match, the name of a format in brackets as that format, and Moodle has
 * placeholders of its own for escaped characters.
 */
const misreadIn = (texts: readonly string[]) =>
  texts.find((text) => /->|&&\d{3}|^\[(?:html|moodle|plain|markdown)\]/.test(text))

const pairsText = (pairs: readonly (readonly [left: Rich, right: string])[]): string =>
  pairs.map(([left, right]) => `\t=${option(left)} -> ${giftText(right)}\n`).join('')

/** The answers of a question between its braces. */
function answers(task: Task, words: SetWords['sheet']): Converted<string> {
  const { body } = task
  switch (body.kind) {
    case 'choose':
      return {
        row: body.options
          .map(({ text, right, feedback: said }) => `\t${right ? '=' : '~'}${option(text)}${feedback(said)}\n`)
          .join(''),
      }
    case 'several': {
      const has = body.options.filter(({ right }) => right).length
      if (has > MOST_SHARES) return { because: [{ why: 'many-right', has, takes: MOST_SHARES }] }
      const share = String(Number((100 / has).toFixed(5)))
      const mark = (right: boolean) => (right ? share : '-100')
      return {
        row: body.options
          .map(({ text, right, feedback: said }) => `\t~%${mark(right)}%${option(text)}${feedback(said)}\n`)
          .join(''),
        changes: ['part-marks'],
      }
    }
    case 'type': {
      const { expects, entries } = body
      const number = expects !== 'text'
      const misread = misreadIn(entries.map(({ text }) => text))
      if (misread !== undefined) return { because: [{ why: 'misread', text: misread }] }
      const numbers = entries.filter(({ text, right }) => right || !number || /^\d+$/.test(text))
      return {
        row:
          (number ? '#\n' : '') +
          numbers
            .map(
              ({ text, right, feedback: said }) =>
                `\t=%${right ? 100 : 0}%${number ? `${text}:0` : literally(text)}${feedback(said)}\n`,
            )
            .join(''),
      }
    }
    case 'order': {
      if (body.alsoRight.length > 0) return { because: [{ why: 'other-order' }] }
      const pairs = body.items.map((item, index) => {
        const place = body.order.indexOf(index)
        return [item, place < 0 ? words.nowhere : words.position(place + 1)] as const
      })
      return { row: pairsText(pairs), changes: ['order-as-match'] }
    }
    case 'match': {
      const right = body.right.map((item) => toPlain(item))
      const spare = right.filter((_, index) => !body.pairs.includes(index)).map((text) => [[], text] as const)
      const pairs = body.left.map((left, index) => [left, right[body.pairs[index] ?? 0] ?? ''] as const)
      return { row: pairsText([...pairs, ...spare]) }
    }
  }
}

/** Moodle's GIFT, every text as HTML, with the feedback of each answer. */
export const gift: Target = target<string>({
  id: 'gift',
  convert: (task, words) => {
    const inside = answers(task, words)
    if ('because' in inside) return inside
    const explained = fullExplanation(task, words)
    const general = explained.length > 0 ? `\t####${option(explained)}\n` : ''
    const row = `[html]${html(fullStem(task, words))} {${inside.row.startsWith('#') ? '' : '\n'}${inside.row}${general}}`
    return { ...inside, row }
  },
  write: (sheets) =>
    filesFor(sheets, 'gift', 'txt', 'text/plain;charset=utf-8', ({ paper, rows }) =>
      rows.map((row, index) => `::${giftText(`${paper.title} ${index + 1}`)}::${row}\n`).join('\n'),
    ),
})
