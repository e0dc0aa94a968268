import type { Body, Option } from '../quiz/question'
import type { Tally } from './tally'

/** The first vote beside the second, by the options of the second. */
export interface FirstVote {
  readonly answered: number
  readonly right: number
  /** How often the same answer was given to the first question, by the place of the option; null where it was not on offer. */
  readonly options: readonly (number | null)[]
}

const sameAnswer: readonly ((one: Option) => string)[] = [
  ({ right, misconception }) => `${right} ${misconception ?? ''}`,
  ({ right, means }) => `${right} ${means}`,
]

/**
 * A first vote, as the sibling lists its options: there the numbers are others and the order too. Two options are the same answer if
 * they are right, or wrong by the same idea, and no other option is that; failing that, if they say the same and are as right.
 *
 * @param tally - How the first question was answered.
 */
export function firstVoteOn(second: Body, first: Body, { answered, right, options }: Tally): FirstVote {
  const [theirs, mine] = ['options' in first ? first.options : [], 'options' in second ? second.options : []]
  const counts = mine.map((option) => {
    for (const key of sameAnswer) {
      const alike = (list: readonly Option[]) => list.flatMap((one, place) => (key(one) === key(option) ? [place] : []))
      const [place, another] = alike(theirs)
      if (place !== undefined && another === undefined && alike(mine).length === 1) return options[place] ?? null
    }
    return null
  })
  return { answered, right, options: counts }
}
