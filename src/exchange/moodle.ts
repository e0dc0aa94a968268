import type { SetWords } from '../words/set-words'
import { MOST_SHARES } from './gift'
import type { Rich } from './rich'
import { toHtml, toInlineHtml, toPlain, xmlText } from './rich'
import type { Task } from './task'
import { fullExplanation, fullStem } from './task'
import type { Converted, Target } from './target'
import { filesFor, target } from './target'

const tag = (name: string, content: string, attributes = '') => `<${name}${attributes}>${content}</${name}>`
const HTML = ' format="html"'
const text = (content: string) => tag('text', xmlText(content))
const html = (name: string, rich: Rich) => tag(name, text(toHtml(rich)), HTML)

const answer = (fraction: number, content: string, feedback: Rich, rest = '', attributes = '') =>
  tag('answer', text(content) + html('feedback', feedback) + rest, ` fraction="${fraction}"${attributes}`)

const pair = (left: Rich, right: string) =>
  tag('subquestion', text(toInlineHtml(left)) + tag('answer', text(right)), HTML)

/** What of a question its type decides: the type's name and its elements. */
type Typed = readonly [type: string, content: string]

function typed(task: Task, words: SetWords['sheet']): Converted<Typed> {
  const { body } = task
  switch (body.kind) {
    case 'choose':
    case 'several': {
      const single = body.kind === 'choose'
      const has = body.options.filter(({ right }) => right).length
      if (!single && has > MOST_SHARES) return { because: [{ why: 'many-right', has, takes: MOST_SHARES }] }
      const share = Number((100 / has).toFixed(5))
      const options = body.options.map(({ text: said, right, feedback }) =>
        answer(right ? share : single ? 0 : -100, toInlineHtml(said), feedback, '', HTML),
      )
      const settings = [tag('single', String(single)), tag('shuffleanswers', 'false'), tag('answernumbering', 'abc')]
      return {
        row: ['multichoice', [...settings, ...options].join('')],
        ...(!single && { changes: ['part-marks'] }),
      }
    }
    case 'type': {
      if (body.expects === 'text') {
        // A bare asterisk would stand for anything.
        const entries = body.entries.map((entry) =>
          answer(entry.right ? 100 : 0, entry.text.replaceAll('*', String.raw`\*`), entry.feedback),
        )
        return { row: ['shortanswer', tag('usecase', '0') + entries.join('')] }
      }
      const entries = body.entries
        .filter((entry) => entry.right || /^\d+$/.test(entry.text))
        .map((entry) => answer(entry.right ? 100 : 0, entry.text, entry.feedback, tag('tolerance', '0')))
      return { row: ['numerical', entries.join('')] }
    }
    case 'order': {
      if (body.alsoRight.length > 0) return { because: [{ why: 'other-order' }] }
      const pairs = body.items.map((item, index) => {
        const place = body.order.indexOf(index)
        return pair(item, place < 0 ? words.nowhere : words.position(place + 1))
      })
      return { row: ['matching', tag('shuffleanswers', 'true') + pairs.join('')], changes: ['order-as-match'] }
    }
    case 'match': {
      const right = body.right.map((item) => toPlain(item))
      const spare = right.filter((_, index) => !body.pairs.includes(index)).map((said) => pair([], said))
      const pairs = body.left.map((left, index) => pair(left, right[body.pairs[index] ?? 0] ?? ''))
      return { row: ['matching', tag('shuffleanswers', 'true') + [...pairs, ...spare].join('')] }
    }
  }
}

/** A slash divides the names of categories; written twice it is a slash. */
const category = (title: string) =>
  tag('question', tag('category', text(`$course$/top/${title.replaceAll('/', '//')}`)), ' type="category"')

const name = (title: string, number: number) => tag('name', text(`${title} ${number}`.trim()))

/** Moodle XML, with the feedback of each answer and the explanation as general feedback. */
export const moodle: Target = target<(title: string, number: number) => string>({
  id: 'moodle',
  convert: (task, words) => {
    const converted = typed(task, words)
    if ('because' in converted) return converted
    const [type, content] = converted.row
    const row = (title: string, number: number) =>
      tag(
        'question',
        name(title, number) +
          html('questiontext', fullStem(task, words)) +
          html('generalfeedback', fullExplanation(task, words)) +
          tag('defaultgrade', '1') +
          tag('penalty', '0.3333333') +
          tag('hidden', '0') +
          content,
        ` type="${type}"`,
      )
    return { ...converted, row }
  },
  write: (sheets) =>
    filesFor(sheets, 'moodle', 'xml', 'application/xml', ({ paper, rows }) =>
      [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<quiz>',
        category(paper.title.trim() || 'Port Authority'),
        ...rows.map((row, index) => row(paper.title, index + 1)),
        '</quiz>',
        '',
      ].join('\n'),
    ),
})
