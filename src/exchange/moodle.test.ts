import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { DomUtils, parseDocument } from 'htmlparser2'
import { describe, expect, it } from 'vitest'
import { validateXML } from 'xmllint-wasm'
import { moodle } from './moodle'
import { everyTemplate, nastyQuestion, ownSet, paperOf, textOf, WANTED, words } from './papers.test-support'
import type { Rich } from './rich'
import { toHtml, toInlineHtml, toPlain, xmlText } from './rich'
import type { Paper, Task } from './task'
import { fullExplanation, fullStem } from './task'

const schema = readFileSync('src/exchange/schema/moodle-quiz.xsd', 'utf8')

const faultsOf = async (xml: string): Promise<readonly string[]> => {
  const { errors } = await validateXML({ xml: { fileName: 'quiz.xml', contents: xml }, schema })
  return errors.map(({ message }) => message)
}

const exported = async (paper: Paper) => {
  const prepared = moodle.prepare([paper], words.sheet, WANTED)
  const [file] = await prepared.write()
  return { ...prepared, xml: textOf(file?.content) }
}

type Element = NonNullable<ReturnType<typeof DomUtils.findOne>>

/** The question elements but the category, as Moodle's importer walks them. */
const questionsIn = (xml: string): readonly Element[] =>
  DomUtils.getElementsByTagName('question', parseDocument(xml, { xmlMode: true })).filter(
    ({ attribs }) => attribs['type'] !== 'category',
  )
const within = (node: Element, name: string): Element[] =>
  node.children.filter((one): one is Element => 'name' in one && one.name === name)
const text = (node: Element | undefined): string => (node ? DomUtils.textContent(within(node, 'text')[0] ?? []) : '')

/** XML has no place for some characters; they are replaced by one that says so. */
const html = (rich: Rich) => toHtml(rich)
const unescaped = (said: string) => DomUtils.textContent(parseDocument(`<x>${xmlText(said)}</x>`, { xmlMode: true }))

function agrees(task: Task, question: Element | undefined): void {
  if (!question) return expect.fail('a question is missing')
  const type = question.attribs['type']
  const { body } = task
  expect(text(within(question, 'questiontext')[0])).toBe(html(fullStem(task, words.sheet)))
  expect(text(within(question, 'generalfeedback')[0])).toBe(html(fullExplanation(task, words.sheet)))
  const answers = within(question, 'answer').map((answer) => [
    text(answer),
    Number(answer.attribs['fraction']) > 0,
    text(within(answer, 'feedback')[0]),
  ])
  if (body.kind === 'choose' || body.kind === 'several') {
    expect(type).toBe('multichoice')
    expect(DomUtils.textContent(within(question, 'single'))).toBe(String(body.kind === 'choose'))
    expect(answers).toEqual(body.options.map((one) => [toInlineHtml(one.text), one.right, html(one.feedback)]))
    const whole = within(question, 'answer')
      .map(({ attribs }) => Number(attribs['fraction']))
      .filter((fraction) => fraction > 0)
      .reduce((sum, fraction) => sum + fraction, 0)
    expect(whole).toBeCloseTo(100, 3)
  } else if (body.kind === 'type') {
    expect(type).toBe(body.expects === 'text' ? 'shortanswer' : 'numerical')
    const entries = body.entries.filter((one) => one.right || body.expects === 'text' || /^\d+$/.test(one.text))
    expect(answers).toEqual(
      entries.map((one) => [unescaped(one.text.replaceAll('*', String.raw`\*`)), one.right, html(one.feedback)]),
    )
  } else {
    expect(type).toBe('matching')
    const pairs = within(question, 'subquestion').map((pair) => [text(pair), text(within(pair, 'answer')[0])])
    if (body.kind === 'match') {
      for (const [index, left] of body.left.entries())
        expect(pairs).toContainEqual([toInlineHtml(left), toPlain(body.right[body.pairs[index] ?? -1] ?? [])])
    } else if (body.kind === 'order')
      expect(pairs).toEqual(
        body.items.map((item, index) => {
          const place = body.order.indexOf(index)
          return [toInlineHtml(item), place < 0 ? words.sheet.nowhere : words.sheet.position(place + 1)]
        }),
      )
  }
}

describe('Moodle XML', () => {
  it("is what Moodle's importer asks for, and says what every template says", async () => {
    for (const seed of [1, 2, 3]) {
      const paper = paperOf(everyTemplate(seed))
      const { xml, unfit } = await exported(paper)
      expect(await faultsOf(xml)).toEqual([])
      const tasks = paper.tasks.filter((task) => !unfit.some(({ number }) => number === task.number))
      const questions = questionsIn(xml)
      expect(questions).toHaveLength(tasks.length)
      for (const [index, task] of tasks.entries()) agrees(task, questions[index])
    }
  })

  it('leaves out only orders that have another right order, and names them', () => {
    for (const { because } of moodle.prepare([paperOf(everyTemplate(9))], words.sheet, WANTED).unfit)
      expect(because).toEqual([{ why: 'other-order' }])
  })

  it('holds every character of an own question', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(nastyQuestion, { minLength: 1, maxLength: 12 }), async (questions) => {
        const paper = paperOf(ownSet(questions, 'A/B <&> "C"'))
        const { xml, unfit } = await exported(paper)
        expect(unfit).toEqual([])
        expect(await faultsOf(xml)).toEqual([])
        for (const [index, question] of questionsIn(xml).entries()) {
          const task = paper.tasks[index]
          if (task) agrees(task, question)
        }
      }),
      { numRuns: 15 },
    )
  })

  it('is refused by the schema when a share of a mark is none that Moodle knows', async () => {
    const { xml } = await exported(paperOf(everyTemplate(1)))
    expect(await faultsOf(xml.replace('fraction="100"', 'fraction="99"'))).not.toEqual([])
    expect(await faultsOf(xml.replace('<questiontext', '<question-text'))).not.toEqual([])
  })
})
