import type { MisconceptionId } from '../lessons/misconception'
import type { Random } from '../shift/random'
import type { Answer, Body, Question } from './question'

/** How a simulated learner answers: `slip` is the probability (0 to 1) of a wrong answer by chance. */
export interface Habit {
  readonly slip: number
}

/**
 * What a learner answers who holds these ideas and otherwise knows everything: where the question offers an idea that is
 * held, it is followed (an option chosen, a false statement ticked or a true one left out, a trap typed, a wrong order or
 * pair given), and elsewhere the answer is right, except for a slip.
 */
export function answerOf(
  { body }: Pick<Question, 'body'>,
  holds: ReadonlySet<MisconceptionId>,
  dice: Random,
  { slip }: Habit,
): Answer {
  return dice.next() < slip ? slipped(body, dice) : believed(body, holds, dice)
}

const rightOf = (body: Body & { readonly kind: 'choose' | 'predict' | 'several' }): readonly string[] =>
  body.options.filter(({ right }) => right).map(({ means }) => means)

/** The answer by what is believed. */
function believed(body: Body, holds: ReadonlySet<MisconceptionId>, dice: Random): Answer {
  const isHeld = ({ misconception }: { readonly misconception?: MisconceptionId }) =>
    misconception !== undefined && holds.has(misconception)
  const one = <T>(followed: readonly T[]): T | undefined => (followed.length > 0 ? dice.pick(followed) : undefined)
  switch (body.kind) {
    case 'choose':
    case 'predict':
      return { kind: body.kind, means: one(body.options.filter(isHeld))?.means ?? rightOf(body)[0] ?? '' }
    case 'several': {
      const items = body.options.filter((option) => option.right !== isHeld(option)).map(({ means }) => means)
      return { kind: 'several', means: one(body.traps.filter(isHeld))?.answer ?? items }
    }
    case 'type':
      return { kind: 'type', text: one(body.traps.filter(isHeld))?.answer ?? body.answer }
    case 'order':
      return { kind: 'order', means: one(body.traps.filter(isHeld))?.answer ?? body.order }
    case 'match': {
      const followed = body.traps.filter(isHeld).map(({ answer }) => answer)
      return {
        kind: 'match',
        pairs: body.pairs.map((pair) => one(followed.filter(([left]) => left === pair[0])) ?? pair),
      }
    }
  }
}

/** The items with two neighbours changed. */
const swapped = (items: readonly string[], at: number): readonly string[] => [
  ...items.slice(0, at),
  ...items.slice(at, at + 2).toReversed(),
  ...items.slice(at + 2),
]

/** A wrong answer by chance: another option, one statement judged wrongly, another number, two things mixed up. */
function slipped(body: Body, dice: Random): Answer {
  switch (body.kind) {
    case 'choose':
    case 'predict':
      return { kind: body.kind, means: dice.pick(body.options.filter(({ right }) => !right)).means }
    case 'several': {
      const misjudged = dice.pick(body.options)
      return {
        kind: 'several',
        means: body.options.filter((option) => option.right !== (option === misjudged)).map(({ means }) => means),
      }
    }
    case 'type': {
      const miss = body.expects === 'text' ? `${body.answer} ?` : String(Number(body.answer) + 1)
      const near = body.expects === 'port' && body.answer === '65535' ? '65534' : miss
      return { kind: 'type', text: dice.pick([near, ...body.traps.map(({ answer }) => answer)]) }
    }
    case 'order': {
      const orders = body.order.slice(1).map((_, at) => swapped(body.order, at))
      const right = body.alsoRight.map((order) => order.join('\n'))
      return { kind: 'order', means: dice.pick(orders.filter((order) => !right.includes(order.join('\n')))) }
    }
    case 'match': {
      const [left, to] = dice.pick(body.pairs)
      const others = body.right.filter(({ means }) => means !== to)
      const other = dice.pick(others).means
      return { kind: 'match', pairs: body.pairs.map((pair) => (pair[0] === left ? [left, other] : pair)) }
    }
  }
}
