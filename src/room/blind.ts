import type { Answer, Body, Item } from '../quiz/question'
import type { OwnQuestion } from '../quiz/set'
import type { View } from '../quiz/view'

/** A question as it may be seen before it is closed: no option is more right than another, and nothing says why. */
export interface BlindQuestion {
  /** Text with code between backticks; of a teacher's own question Markdown. */
  readonly stem: string
  readonly own: boolean
  readonly views: readonly View[]
  /** The meanings of its items are their places, counted from 0. */
  readonly body: Body
}

/** The body of a teacher's own question; its options mean their places. */
export function ownBody({ kind, options }: OwnQuestion): Body {
  const items = options.map(({ text, right }, index) => ({ means: String(index), text, right }))
  const rights = options.filter(({ right }) => right).map(({ text }) => text)
  switch (kind) {
    case 'choose':
      return { kind, options: items }
    case 'several':
      return { kind, options: items, traps: [] }
    case 'type':
      return { kind, expects: 'text', answer: rights[0] ?? '', alsoRight: rights.slice(1), traps: [] }
  }
}

const places = (items: readonly Item[]): Item[] => items.map(({ text }, index) => ({ means: String(index), text }))
const hidden = (items: readonly Item[]) => places(items).map((item) => ({ ...item, right: false }))

/** The body without its answer: what anything means is its place. */
export function blindBody(body: Body): Body {
  switch (body.kind) {
    case 'choose':
    case 'predict':
      return { kind: body.kind, options: hidden(body.options) }
    case 'several':
      return { kind: 'several', options: hidden(body.options), traps: [] }
    case 'type':
      return { kind: 'type', expects: body.expects, answer: '', alsoRight: [], traps: [] }
    case 'order':
      return { kind: 'order', items: places(body.items), order: [], alsoRight: [], traps: [] }
    case 'match':
      return { kind: 'match', left: places(body.left), right: places(body.right), pairs: [], traps: [] }
  }
}

/** The answer to a blind question with the meanings of the question itself. Undefined where a place does not exist. */
export function seeing(body: Body, answer: Answer): Answer | undefined {
  const at = (items: readonly Item[], place: string): string | undefined =>
    /^\d{1,3}$/.test(place) ? items[Number(place)]?.means : undefined
  const all = (items: readonly Item[], given: readonly string[]): string[] | undefined => {
    const means = given.map((place) => at(items, place))
    return means.every((one) => one !== undefined) && new Set(given).size === given.length
      ? means.filter((one) => one !== undefined)
      : undefined
  }
  switch (answer.kind) {
    case 'choose':
    case 'predict': {
      if (body.kind !== answer.kind) return undefined
      const means = at(body.options, answer.means)
      return means === undefined ? undefined : { kind: answer.kind, means }
    }
    case 'several': {
      const means = body.kind === 'several' ? all(body.options, answer.means) : undefined
      return means && { kind: 'several', means }
    }
    case 'order': {
      const means = body.kind === 'order' ? all(body.items, answer.means) : undefined
      return means && { kind: 'order', means }
    }
    case 'match': {
      if (body.kind !== 'match') return undefined
      const left = all(
        body.left,
        answer.pairs.map(([one]) => one),
      )
      const pairs = left?.map((means, index) => [means, at(body.right, answer.pairs[index]?.[1] ?? '')] as const)
      const whole = pairs?.flatMap(([one, other]) => (other === undefined ? [] : [[one, other] as const]))
      return whole && whole.length === answer.pairs.length ? { kind: 'match', pairs: whole } : undefined
    }
    case 'type':
      return body.kind === 'type' ? answer : undefined
  }
}
