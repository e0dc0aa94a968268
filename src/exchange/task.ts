import type { MisconceptionId } from '../lessons/misconception'
import { endpointText } from '../net/tuple'
import { readTyped } from '../quiz/mark'
import type { Machine } from '../quiz/machine'
import { programOf } from '../quiz/machine'
import type { Body, Item, Option, Question, Typed } from '../quiz/question'
import type { OwnQuestion, Posed, QuestionSet, Variant } from '../quiz/set'
import type { View } from '../quiz/view'
import type { SetWords } from '../words/set-words'
import type { Allowed } from './markdown'
import { readLine, readMarkdown } from './markdown'
import type { Rich } from './rich'
import { asLines, codeText } from './rich'

/** An answer to choose or to type, and what is said to whoever gives it. */
export interface Choice {
  readonly text: Rich
  readonly right: boolean
  readonly feedback: Rich
}

export interface Entry {
  readonly text: string
  readonly right: boolean
  readonly feedback: Rich
}

/** A wrong order or pair that deserves an answer of its own, by places in the lists of its task. */
interface Misled<Answer> {
  readonly answer: Answer
  readonly feedback: Rich
}

/** How a task is answered. A prediction is a choice; paper and other tools know no next event to show. */
export type TaskBody =
  | { readonly kind: 'choose' | 'several'; readonly options: readonly Choice[] }
  | { readonly kind: 'type'; readonly expects: Typed; readonly entries: readonly Entry[] }
  /** `order` has the places in `items` in the right order; an item that is not in it belongs nowhere. */
  | {
      readonly kind: 'order'
      readonly items: readonly Rich[]
      readonly order: readonly number[]
      readonly alsoRight: readonly (readonly number[])[]
      readonly misled: readonly Misled<readonly number[]>[]
    }
  /** `pairs` has for each of `left` its place in `right`. */
  | {
      readonly kind: 'match'
      readonly left: readonly Rich[]
      readonly right: readonly Rich[]
      readonly pairs: readonly number[]
      readonly misled: readonly Misled<readonly [left: number, right: number]>[]
    }

export type TaskKind = TaskBody['kind']

/** A question as paper and other tools take it: with all its words, and no trace of where they came from. */
export interface Task {
  /** From 1, as on paper. */
  readonly number: number
  readonly stem: Rich
  readonly views: readonly View[]
  readonly body: TaskBody
  readonly explanation: Rich
  /** Where that is written; empty in a teacher's question. */
  readonly source: string
}

/** One variant of a set: what is printed or exported. */
export interface Paper {
  readonly title: string
  readonly variant: Variant
  readonly seed: number
  readonly language: QuestionSet['language']
  readonly tasks: readonly Task[]
}

const placesIn = (items: readonly Item[], means: readonly string[]): number[] =>
  means.map((one) => items.findIndex((item) => item.means === one))

/** The body of a question with what is said about each idea. */
function bodyOf(body: Body, correction: (id: MisconceptionId | undefined) => Rich): TaskBody {
  const choices = (options: readonly Option[]): Choice[] =>
    options.map(({ text, right, misconception }) => ({
      text: codeText(text),
      right,
      feedback: right ? [] : correction(misconception),
    }))
  switch (body.kind) {
    case 'choose':
    case 'predict':
      return { kind: 'choose', options: choices(body.options) }
    case 'several':
      return { kind: 'several', options: choices(body.options) }
    case 'type': {
      const { expects } = body
      const read = (text: string) => (expects === 'text' ? text : (readTyped(expects, text) ?? text))
      const right = [...new Set([body.answer, ...body.alsoRight].map((text) => read(text)))]
      return {
        kind: 'type',
        expects,
        entries: [
          ...right.map((text): Entry => ({ text, right: true, feedback: [] })),
          ...body.traps.map(({ answer, misconception }): Entry => ({
            text: read(answer),
            right: false,
            feedback: correction(misconception),
          })),
        ],
      }
    }
    case 'order':
      return {
        kind: 'order',
        items: body.items.map(({ text }) => codeText(text)),
        order: placesIn(body.items, body.order),
        alsoRight: body.alsoRight.map((order) => placesIn(body.items, order)),
        misled: body.traps.map(({ answer, misconception }) => ({
          answer: placesIn(body.items, answer),
          feedback: correction(misconception),
        })),
      }
    case 'match':
      return {
        kind: 'match',
        left: body.left.map(({ text }) => codeText(text)),
        right: body.right.map(({ text }) => codeText(text)),
        pairs: body.left.map(({ means }) =>
          body.right.findIndex((item) => item.means === body.pairs.find(([left]) => left === means)?.[1]),
        ),
        misled: body.traps.map(({ answer: [left, right], misconception }) => ({
          answer: [
            body.left.findIndex(({ means }) => means === left),
            body.right.findIndex(({ means }) => means === right),
          ],
          feedback: correction(misconception),
        })),
      }
  }
}

const templateTask = (
  { stem, views, body, explanation }: Question,
  { misconceptions }: SetWords,
): Omit<Task, 'number'> => ({
  stem: codeText(stem),
  views,
  body: bodyOf(body, (id) => (id ? codeText(misconceptions[id].right) : [])),
  explanation: codeText(explanation.text),
  source: explanation.source,
})

const isNumber = (text: string) => /^\d{1,15}$/.test(text.trim())

/** A teacher's question. What is typed is a number where all right answers are numbers. */
export function ownTask({ kind, stem, options, explanation }: OwnQuestion, allowed: Allowed): Omit<Task, 'number'> {
  const feedback = (text: string) => readMarkdown(text, allowed)
  const expects = options.every(({ text, right }) => !right || isNumber(text)) ? 'number' : 'text'
  const body: TaskBody =
    kind === 'type'
      ? {
          kind,
          expects,
          entries: options.map((option) => ({
            text: option.text.trim(),
            right: option.right,
            feedback: feedback(option.feedback),
          })),
        }
      : {
          kind,
          options: options.map((option) => ({
            text: readLine(option.text, allowed),
            right: option.right,
            feedback: feedback(option.feedback),
          })),
        }
  return {
    stem: readMarkdown(stem, allowed),
    views: [],
    body,
    explanation: readMarkdown(explanation, allowed),
    source: '',
  }
}

/** The questions that can be asked, as tasks, numbered in order. */
export function tasksOf(posed: readonly Posed[], { images }: Allowed, words: SetWords): readonly Task[] {
  return posed
    .flatMap((one) =>
      one.from === 'template'
        ? [templateTask(one.question, words)]
        : one.from === 'own'
          ? [ownTask(one.own, { images })]
          : [],
    )
    .map((task, index) => ({ number: index + 1, ...task }))
}

/** The picture of doors in words: each door, its lamps and its windows. */
function doorLines(machine: Machine, { doors }: SetWords['sheet']): readonly string[] {
  const places = [...new Set(machine.sockets.map(({ protocol, local }) => `${local.port}/${protocol}`))]
  return [
    [machine.name, ...machine.addresses].join('  '),
    ...places.flatMap((place) => [
      `  ${doors.door(place)}`,
      ...machine.sockets
        .filter(({ protocol, local }) => `${local.port}/${protocol}` === place)
        .map((socket) =>
          socket.peer
            ? `    ${doors.window(endpointText(socket.peer))}`
            : `    ${doors.lamp(endpointText(socket.local), programOf(machine, socket))}`,
        ),
    ]),
  ]
}

/** A view in lines of text, as a tool prints it. */
function viewLines(view: View, words: SetWords['sheet']): readonly string[] {
  switch (view.kind) {
    case 'text':
      return [
        ...(view.command ? [`$ ${view.command}`] : []),
        ...view.lines.map((line) => line.map(({ text }) => text).join('')),
      ]
    case 'papers': {
      const width = Math.max(0, ...view.rows.map(({ name }) => name.length))
      return view.rows.map(({ name, value }) => `${`${name}:`.padEnd(width + 2)}${value}`)
    }
    case 'doors':
      return doorLines(view.machine, words)
  }
}

/** The views that say something of their own: where `ss` lists the sockets, the picture of doors is the same list again. */
export const ownViews = (views: readonly View[]): readonly View[] =>
  views.some((view) => view.kind === 'text' && view.command.startsWith('ss '))
    ? views.filter((view) => view.kind !== 'doors')
    : views

/** The stem with the views under it, for tools that can show preformatted lines. */
export const fullStem = ({ stem, views }: Task, words: SetWords['sheet']): Rich => [
  ...stem,
  ...ownViews(views).flatMap((view) => asLines(viewLines(view, words).join('\n'))),
]

/** A view on one line, if it is no more than one: a packet, or the fields of its papers. */
function viewLine(view: View): string | undefined {
  if (view.kind === 'papers') return view.rows.map(({ name, value }) => `${name}: ${value}`).join('; ')
  const [line, ...more] = view.kind === 'text' ? view.lines : []
  return line && more.length === 0
    ? line
        .map(({ text }) => text)
        .join('')
        .trim()
    : undefined
}

/** All views on one line each; undefined if one of them needs more. */
export function viewsInline({ views }: Task): readonly string[] | undefined {
  const lines = ownViews(views).map((view) => viewLine(view))
  return lines.every((line) => line !== undefined) ? lines : undefined
}

/** The explanation with its source. */
export const fullExplanation = ({ explanation, source }: Task, words: SetWords['sheet']): Rich => [
  ...explanation,
  ...(source === '' ? [] : codeText(words.source(source))),
]
