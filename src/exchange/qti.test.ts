import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { strFromU8, unzipSync } from 'fflate'
import { DomUtils, parseDocument } from 'htmlparser2'
import { describe, expect, it } from 'vitest'
import { validateXML } from 'xmllint-wasm'
import { everyTemplate, nastyQuestion, ownSet, paperOf, WANTED, words } from './papers.test-support'
import { qti } from './qti'
import type { Rich } from './rich'
import { toHtml } from './rich'
import type { Paper, Task } from './task'
import { fullExplanation } from './task'

const read = (name: string) => readFileSync(`src/exchange/schema/${name}`, 'utf8')
const [ITEM, MANIFEST] = [read('qti-2.1.xsd'), read('imscp-1.1.xsd')]
const XML = { fileName: 'xml.xsd', contents: read('xml.xsd') }

const faultsOf = async (files: readonly (readonly [string, string])[], schema: string): Promise<readonly string[]> => {
  const xml = files.map(([fileName, contents]) => ({ fileName, contents }))
  const { errors } = await validateXML({ xml, schema, preload: [XML] })
  return errors.map(({ message }) => message)
}

const exported = async (paper: Paper) => {
  const prepared = qti.prepare([paper], words.sheet, WANTED)
  const [file] = await prepared.write()
  const bytes = typeof file?.content === 'object' ? file.content : new Uint8Array()
  return {
    ...prepared,
    bytes,
    files: Object.entries(unzipSync(bytes)).map(([name, content]) => [name, strFromU8(content)] as const),
  }
}

type Element = NonNullable<ReturnType<typeof DomUtils.findOne>>
const elements = (node: Parameters<typeof DomUtils.getElementsByTagName>[1], name: string): Element[] =>
  DomUtils.getElementsByTagName(name, node, true)
const children = (node: Element): Element[] => node.children.filter((one): one is Element => 'name' in one)
const said = (node: Element | undefined) => (node ? DomUtils.textContent(node) : '')

/** A value of response processing: nothing, or a list (of one where the cardinality is single). */
type Value = readonly string[]

/**
 * Response processing as the specification has it (section 8), for what the packages use: which mark, and which feedback is
 * shown, for an answer.
 */
function processed(item: Element, response: Value): { readonly score: number; readonly feedback: Value } {
  const outcomes = new Map<string, Value>([
    ['SCORE', ['0']],
    ['FEEDBACK', []],
  ])
  const [declaration] = elements(item, 'responseDeclaration')
  const correct = elements(declaration ? [declaration] : [], 'value').map((node) => said(node))
  const cardinality = declaration?.attribs['cardinality']
  const same = (a: Value, b: Value) =>
    cardinality === 'multiple'
      ? a.length === b.length && a.toSorted().join('\n') === b.toSorted().join('\n')
      : a.join('\n') === b.join('\n')
  const value = (node: Element | undefined): Value => {
    if (!node) return []
    const inner = children(node).map((one) => value(one))
    const [first = [], second = []] = inner
    const truth = (yes: boolean): Value => (yes ? ['true'] : [])
    switch (node.name) {
      case 'variable':
        return node.attribs['identifier'] === 'RESPONSE'
          ? response
          : (outcomes.get(node.attribs['identifier'] ?? '') ?? [])
      case 'correct':
        return correct
      case 'baseValue':
        return [said(node)]
      case 'match':
        return truth(first.length > 0 && same(first, second))
      case 'member':
        return truth(second.includes(first[0] ?? ''))
      case 'stringMatch':
        return truth(first.length > 0 && first.join('').toLowerCase() === second.join('').toLowerCase())
      case 'or':
        return truth(inner.some((one) => one.length > 0))
      case 'multiple':
      case 'ordered':
        return inner.flat()
      default:
        return expect.fail(`unknown expression ${node.name}`)
    }
  }
  const run = (rule: Element): void => {
    if (rule.name === 'setOutcomeValue') outcomes.set(rule.attribs['identifier'] ?? '', value(children(rule)[0]))
    else if (rule.name === 'responseCondition') {
      const [condition, ...rules] = children(rule).flatMap((part) => children(part))
      if (value(condition).length > 0) for (const one of rules) run(one)
    } else expect.fail(`unknown rule ${rule.name}`)
  }
  const [processing] = elements(item, 'responseProcessing')
  if (processing?.attribs['template']) outcomes.set('SCORE', same(response, correct) ? ['1'] : ['0'])
  else for (const rule of processing ? children(processing) : []) run(rule)
  const shown = outcomes.get('FEEDBACK') ?? []
  return {
    score: Number(outcomes.get('SCORE')?.[0]),
    feedback: elements(item, 'modalFeedback')
      .filter(({ attribs }) => shown.includes(attribs['identifier'] ?? ''))
      .map((node) => DomUtils.getInnerHTML(node, { xmlMode: true, encodeEntities: 'utf8' })),
  }
}

/** Answers to a task: each with whether it is right, and the feedback that it deserves. */
function answersTo({
  body,
}: Task): readonly { readonly given: Value; readonly right: boolean; readonly feedback: Rich }[] {
  const id = (index: number) => `c${index + 1}`
  switch (body.kind) {
    case 'choose':
      return body.options.map(({ right, feedback }, index) => ({ given: [id(index)], right, feedback }))
    case 'several': {
      const right = body.options.flatMap((option, index) => (option.right ? [id(index)] : []))
      return [
        { given: right, right: true, feedback: body.options.filter((one) => one.right).flatMap((one) => one.feedback) },
        ...body.options.map((option, index) => ({
          given: [id(index)],
          right: right.length === 1 && option.right,
          feedback: option.feedback,
        })),
      ]
    }
    case 'type': {
      const number = body.expects !== 'text'
      return body.entries
        .filter(({ text }) => !number || /^\d+$/.test(text))
        .map(({ text, right, feedback }) => ({ given: [text], right, feedback }))
    }
    case 'order':
      return [
        ...[body.order, ...body.alsoRight].map((order) => ({
          given: order.map((place) => id(place)),
          right: true,
          feedback: [],
        })),
        ...body.misled.map(({ answer, feedback }) => ({
          given: answer.map((place) => id(place)),
          right: false,
          feedback,
        })),
      ]
    case 'match': {
      const pair = (left: number, right: number) => `l${left + 1} r${right + 1}`
      return [
        { given: body.pairs.map((right, left) => pair(left, right)), right: true, feedback: [] },
        ...body.misled.map(({ answer: [left, right], feedback }) => ({
          given: [pair(left, right)],
          right: false,
          feedback,
        })),
      ]
    }
  }
}

const plainly = (html: string) => said(elements(parseDocument(`<x>${html}</x>`, { xmlMode: true }), 'x')[0])

async function isGood(paper: Paper): Promise<void> {
  const { files, unfit } = await exported(paper)
  expect(unfit).toEqual([])
  const manifest = files.filter(([name]) => name === 'imsmanifest.xml')
  const items = files.filter(([name]) => /^q\d+\.xml$/.test(name))
  expect(items).toHaveLength(paper.tasks.length)
  expect(await faultsOf(manifest, MANIFEST)).toEqual([])
  expect(
    await faultsOf(
      files.filter(([name]) => name !== 'imsmanifest.xml'),
      ITEM,
    ),
  ).toEqual([])
  const [hrefs, named] = [
    elements(parseDocument(manifest[0]?.[1] ?? '', { xmlMode: true }), 'file').map(
      ({ attribs }) => attribs['href'] ?? '',
    ),
    files.map(([name]) => name).filter((name) => name !== 'imsmanifest.xml'),
  ]
  expect(hrefs.toSorted()).toEqual(named.toSorted())
  for (const [index, task] of paper.tasks.entries()) {
    const [item] = elements(parseDocument(items[index]?.[1] ?? '', { xmlMode: true }), 'assessmentItem')
    if (!item) return expect.fail('an item is missing')
    const explanation = toHtml(fullExplanation(task, words.sheet))
    for (const { given, right, feedback } of answersTo(task)) {
      const marked = processed(item, given)
      expect(marked.score, given.join()).toBe(right ? 1 : 0)
      const wanted = [toHtml(feedback), explanation].filter((html) => html !== '')
      expect(marked.feedback.map((html) => plainly(html)).join('')).toContain(
        wanted.map((html) => plainly(html)).join(''),
      )
    }
    expect(processed(item, []).score).toBe(0)
  }
}

describe('a QTI 2.1 package', () => {
  it('is valid, and marks every template as it is marked here, with the feedback of each wrong answer', async () => {
    for (const seed of [1, 2]) await isGood(paperOf(everyTemplate(seed)))
  })

  it('holds every character of an own question', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(nastyQuestion, { minLength: 1, maxLength: 12 }), (questions) =>
        isGood(paperOf(ownSet(questions, 'A <&> "B"'))),
      ),
      { numRuns: 12 },
    )
  })

  it('is the same to the byte for the same set', async () => {
    const paper = paperOf(everyTemplate(4))
    const [a, b] = [await exported(paper), await exported(paper)]
    expect(a.bytes).toEqual(b.bytes)
  })

  it('is refused by the schema when an element is where none may be', async () => {
    const { files } = await exported(paperOf(everyTemplate(1)))
    const [, item = ''] = files.find(([name]) => name === 'q001.xml') ?? []
    expect(await faultsOf([['q001.xml', item.replace('<itemBody>', '<itemBody><script/>')]], ITEM)).not.toEqual([])
    expect(await faultsOf([['q001.xml', item.replace(' adaptive="false"', '')]], ITEM)).not.toEqual([])
  })
})
