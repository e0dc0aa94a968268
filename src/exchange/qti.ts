import { strToU8, zipSync } from 'fflate'
import type { SetWords } from '../words/set-words'
import type { Rich } from './rich'
import { toHtml, toInlineHtml, xmlText } from './rich'
import type { Task, TaskBody } from './task'
import { fullExplanation, fullStem } from './task'
import type { Sheet, Target } from './target'
import { filesFor, target } from './target'

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
const XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
const QTI = 'http://www.imsglobal.org/xsd/imsqti_v2p1'
const QTI_SCHEMA = `xmlns="${QTI}" ${XSI} xsi:schemaLocation="${QTI} http://www.imsglobal.org/xsd/qti/qtiv2p1/imsqti_v2p1.xsd"`
const CP = 'http://www.imsglobal.org/xsd/imscp_v1p1'
const CP_SCHEMA = `xmlns="${CP}" ${XSI} xsi:schemaLocation="${CP} http://www.imsglobal.org/xsd/qti/qtiv2p1/qtiv2p1_imscpv1p2_v1p0.xsd"`
const MATCH_CORRECT = 'http://www.imsglobal.org/question/qti_v2p1/rptemplates/match_correct'

const RESPONSE = '<variable identifier="RESPONSE"/>'
const CORRECT = `<match>${RESPONSE}<correct identifier="RESPONSE"/></match>`
const EXPLAIN = 'explain'

/** Integers of QTI have 32 bits. */
const MOST_INTEGER = 0x7fffffff

type Base = 'identifier' | 'directedPair' | 'string' | 'integer' | 'float'
const value = (base: Base, content: string) => `<baseValue baseType="${base}">${xmlText(content)}</baseValue>`
const set = (outcome: string, expression: string) =>
  `<setOutcomeValue identifier="${outcome}">${expression}</setOutcomeValue>`
const when = (condition: string, then: string) =>
  `<responseCondition><responseIf>${condition}${then}</responseIf></responseCondition>`

/** Adds a feedback to those that are shown. */
const showing = (identifier: string) =>
  set('FEEDBACK', `<multiple><variable identifier="FEEDBACK"/>${value('identifier', identifier)}</multiple>`)

const SCORED = set('SCORE', value('float', '1'))

const modal = (identifier: string, rich: Rich) =>
  `<modalFeedback outcomeIdentifier="FEEDBACK" identifier="${identifier}" showHide="show">${toHtml(rich)}</modalFeedback>`

const declared = (cardinality: string, base: Base, correct: readonly string[]) =>
  `<responseDeclaration identifier="RESPONSE" cardinality="${cardinality}" baseType="${base}"><correctResponse>${correct
    .map((one) => `<value>${xmlText(one)}</value>`)
    .join('')}</correctResponse></responseDeclaration>`

const choiceId = (index: number) => `c${index + 1}`
const simple = (rich: Rich, index: number) =>
  `<simpleChoice identifier="${choiceId(index)}">${toInlineHtml(rich)}</simpleChoice>`
const associable = (side: 'l' | 'r', most: number) => (rich: Rich, index: number) =>
  `<simpleAssociableChoice identifier="${side}${index + 1}" matchMax="${most}">${toInlineHtml(rich)}</simpleAssociableChoice>`

/** A way to answer, and what is done with the answer. */
interface Interaction {
  readonly declaration: string
  readonly body: string
  /** The condition for the mark. */
  readonly right: string
  /** Feedback by identifier; shown where its condition holds, or where an answer is chosen that has this identifier. */
  readonly feedback: readonly { readonly id: string; readonly rich: Rich; readonly shown: string }[]
}

const either = (conditions: readonly string[]) =>
  conditions.length === 1 ? conditions.join('') : `<or>${conditions.join('')}</or>`

const sequence = (order: readonly number[]) =>
  `<ordered>${order.map((place) => value('identifier', choiceId(place))).join('')}</ordered>`

function interaction(body: TaskBody): Interaction {
  switch (body.kind) {
    case 'choose':
    case 'several': {
      const single = body.kind === 'choose'
      const correct = body.options.flatMap(({ right }, index) => (right ? [choiceId(index)] : []))
      const chosen = (id: string) =>
        single
          ? `<match>${RESPONSE}${value('identifier', id)}</match>`
          : `<member>${value('identifier', id)}${RESPONSE}</member>`
      return {
        declaration: declared(single ? 'single' : 'multiple', 'identifier', correct),
        body: `<choiceInteraction responseIdentifier="RESPONSE" shuffle="false" maxChoices="${single ? 1 : 0}">${body.options
          .map(({ text }, index) => simple(text, index))
          .join('')}</choiceInteraction>`,
        right: CORRECT,
        feedback: body.options.map(({ feedback }, index) => ({
          id: `f${index + 1}`,
          rich: feedback,
          shown: chosen(choiceId(index)),
        })),
      }
    }
    case 'type': {
      const number = body.expects !== 'text'
      const entries = body.entries.filter(({ text }) => !number || /^\d+$/.test(text))
      const base = number && entries.every(({ text }) => Number(text) <= MOST_INTEGER) ? 'integer' : 'string'
      const given = (text: string) =>
        base === 'string'
          ? `<stringMatch caseSensitive="false">${RESPONSE}${value(base, text)}</stringMatch>`
          : `<match>${RESPONSE}${value(base, text)}</match>`
      const right = entries.filter((entry) => entry.right).map(({ text }) => text)
      return {
        declaration: declared('single', base, right.slice(0, 1)),
        body: '<p><textEntryInteraction responseIdentifier="RESPONSE" expectedLength="20"/></p>',
        right: either(right.map((text) => given(text))),
        feedback: entries.map(({ text, feedback }, index) => ({
          id: `f${index + 1}`,
          rich: feedback,
          shown: given(text),
        })),
      }
    }
    case 'order': {
      const least = body.order.length < body.items.length ? ` minChoices="1" maxChoices="${body.items.length}"` : ''
      const given = (order: readonly number[]) => `<match>${RESPONSE}${sequence(order)}</match>`
      return {
        declaration: declared(
          'ordered',
          'identifier',
          body.order.map((place) => choiceId(place)),
        ),
        body: `<orderInteraction responseIdentifier="RESPONSE" shuffle="false"${least}>${body.items
          .map((item, index) => simple(item, index))
          .join('')}</orderInteraction>`,
        right: either([CORRECT, ...body.alsoRight.map((order) => given(order))]),
        feedback: body.misled.map(({ answer, feedback }, index) => ({
          id: `f${index + 1}`,
          rich: feedback,
          shown: given(answer),
        })),
      }
    }
    case 'match': {
      const pairId = (left: number, right: number) => `l${left + 1} r${right + 1}`
      return {
        declaration: declared(
          'multiple',
          'directedPair',
          body.pairs.map((right, left) => pairId(left, right)),
        ),
        body: `<matchInteraction responseIdentifier="RESPONSE" shuffle="false" maxAssociations="${body.left.length}"><simpleMatchSet>${body.left
          .map(associable('l', 1))
          .join('')}</simpleMatchSet><simpleMatchSet>${body.right
          .map(associable('r', body.left.length))
          .join('')}</simpleMatchSet></matchInteraction>`,
        right: CORRECT,
        feedback: body.misled.map(({ answer: [left, right], feedback }, index) => ({
          id: `f${index + 1}`,
          rich: feedback,
          shown: `<member>${value('directedPair', pairId(left, right))}${RESPONSE}</member>`,
        })),
      }
    }
  }
}

/** A question as an assessmentItem. `identifier` is its name in the package. */
function itemXml(task: Task, words: SetWords['sheet'], identifier: string, title: string, language: string): string {
  const { declaration, body, right, feedback } = interaction(task.body)
  const said = feedback.filter(({ rich }) => rich.length > 0)
  const explanation = fullExplanation(task, words)
  const explained = explanation.length > 0
  const plain = right === CORRECT && said.length === 0 && !explained
  const processing = plain
    ? `<responseProcessing template="${MATCH_CORRECT}"/>`
    : `<responseProcessing>${when(right, SCORED)}${said
        .map(({ id, shown }) => when(shown, showing(id)))
        .join('')}${explained ? showing(EXPLAIN) : ''}</responseProcessing>`
  return [
    `${HEAD}<assessmentItem ${QTI_SCHEMA} identifier="${identifier}" title="${xmlText(title)}" xml:lang="${language}" adaptive="false" timeDependent="false">`,
    declaration,
    '<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"><defaultValue><value>0</value></defaultValue></outcomeDeclaration>',
    '<outcomeDeclaration identifier="FEEDBACK" cardinality="multiple" baseType="identifier"/>',
    `<itemBody>${toHtml(fullStem(task, words))}${body}</itemBody>`,
    processing,
    ...said.map(({ id, rich }) => modal(id, rich)),
    ...(explained ? [modal(EXPLAIN, explanation)] : []),
    '</assessmentItem>\n',
  ].join('\n')
}

const testXml = (title: string, ids: readonly string[]): string =>
  [
    `${HEAD}<assessmentTest ${QTI_SCHEMA} identifier="test" title="${xmlText(title)}">`,
    '<testPart identifier="part" navigationMode="nonlinear" submissionMode="individual">',
    `<assessmentSection identifier="section" title="${xmlText(title)}" visible="true">`,
    ...ids.map((id) => `<assessmentItemRef identifier="${id}" href="${id}.xml"/>`),
    '</assessmentSection>',
    '</testPart>',
    '</assessmentTest>\n',
  ].join('\n')

const manifestXml = (ids: readonly string[]): string =>
  [
    `${HEAD}<manifest ${CP_SCHEMA} identifier="manifest">`,
    '<metadata><schema>QTIv2.1 Package</schema><schemaversion>1.0.0</schemaversion></metadata>',
    '<organizations/>',
    '<resources>',
    `<resource identifier="res-test" type="imsqti_test_xmlv2p1" href="test.xml"><file href="test.xml"/>${ids
      .map((id) => `<dependency identifierref="res-${id}"/>`)
      .join('')}</resource>`,
    ...ids.map(
      (id) =>
        `<resource identifier="res-${id}" type="imsqti_item_xmlv2p1" href="${id}.xml"><file href="${id}.xml"/></resource>`,
    ),
    '</resources>',
    '</manifest>\n',
  ].join('\n')

/** The same set gives the same bytes: the files of a package carry no time of their own. */
const NO_TIME = new Date(2000, 0, 1)

type Row = (identifier: string, title: string, language: string) => string

function packageOf({ paper, rows }: Sheet<Row>): Uint8Array<ArrayBuffer> {
  const title = paper.title.trim() || 'Port Authority'
  const ids = rows.map((_, index) => `q${String(index + 1).padStart(3, '0')}`)
  const files = [
    ['imsmanifest.xml', manifestXml(ids)] as const,
    ['test.xml', testXml(title, ids)] as const,
    ...rows.map((row, index) => {
      const id = ids[index] ?? ''
      return [`${id}.xml`, row(id, `${title} ${index + 1}`, paper.language)] as const
    }),
  ]
  const packed = zipSync(Object.fromEntries(files.map(([name, content]) => [name, strToU8(content)])), {
    mtime: NO_TIME,
  })
  return new Uint8Array(packed)
}

/** A QTI 2.1 package: a manifest, a test that keeps the order, and an item for each question. */
export const qti: Target = target<Row>({
  id: 'qti',
  convert: (task, words) => ({ row: (id, title, language) => itemXml(task, words, id, title, language) }),
  write: (sheets) => filesFor(sheets, 'qti', 'zip', 'application/zip', packageOf),
})
