import type { MisconceptionId } from '../lessons/misconception'
import { mark } from '../quiz/mark'
import type { Answer, Body, Item } from '../quiz/question'

/** What somebody who guesses blindly would come to, all answers being equally likely. Shares from 0 to 1. */
export interface Guess {
  readonly right: number
  readonly ideas: ReadonlyMap<MisconceptionId, number>
}

/** More answers than these are not gone through: such a question is hardly guessed. */
const MOST_ANSWERS = 6000

const means = (items: readonly Item[]): readonly string[] => items.map((item) => item.means)

/** All ways to choose some of them, none at all left out. */
const subsets = (items: readonly string[]): readonly string[][] =>
  items.reduce<string[][]>((sets, item) => [...sets, ...sets.map((set) => [...set, item])], [[]]).slice(1)

/** All orders of so many of the items. */
const orders = (items: readonly string[], length: number): readonly string[][] =>
  length === 0
    ? [[]]
    : items.flatMap((item) =>
        orders(
          items.filter((other) => other !== item),
          length - 1,
        ).map((rest) => [item, ...rest]),
      )

/** All ways to give each on the left one on the right. */
const matchings = (left: readonly string[], right: readonly string[]): readonly (readonly [string, string])[][] =>
  left.reduce<(readonly [string, string])[][]>(
    (all, one) => all.flatMap((pairs) => right.map((other) => [...pairs, [one, other] as const])),
    [[]],
  )

/** Every answer that can be given by pressing; undefined where one types, or where there are too many. */
function answersOf(body: Body): readonly Answer[] | undefined {
  switch (body.kind) {
    case 'choose':
    case 'predict': {
      const { kind } = body
      return means(body.options).map((one) => ({ kind, means: one }))
    }
    case 'several':
      return 2 ** body.options.length > MOST_ANSWERS
        ? undefined
        : subsets(means(body.options)).map((set) => ({ kind: 'several', means: set }))
    case 'order': {
      const places = body.order.length
      const ways = Array.from({ length: places }, (_, place) => body.items.length - place)
      return ways.reduce((product, one) => product * one, 1) > MOST_ANSWERS
        ? undefined
        : orders(means(body.items), places).map((order) => ({ kind: 'order', means: order }))
    }
    case 'match':
      return body.right.length ** body.left.length > MOST_ANSWERS
        ? undefined
        : matchings(means(body.left), means(body.right)).map((pairs) => ({ kind: 'match', pairs }))
    case 'type':
      return undefined
  }
}

const known = new WeakMap<Body, { readonly guess: Guess | undefined }>()

/** What guessing would give at this question; undefined where one types, or where there are too many answers to count. */
export function guessOf(body: Body): Guess | undefined {
  const before = known.get(body)
  if (before) return before.guess
  const guess = counted(body)
  known.set(body, { guess })
  return guess
}

function counted(body: Body): Guess | undefined {
  const answers = answersOf(body)
  if (!answers || answers.length === 0) return undefined
  const ideas = new Map<MisconceptionId, number>()
  let right = 0
  for (const answer of answers) {
    const marked = mark(body, answer)
    if (marked.right) right++
    for (const idea of marked.misconceptions) ideas.set(idea, (ideas.get(idea) ?? 0) + 1)
  }
  return {
    right: right / answers.length,
    ideas: new Map([...ideas].map(([idea, count]) => [idea, count / answers.length])),
  }
}
