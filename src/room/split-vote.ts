import type { Body } from '../quiz/question'
import type { FirstVote } from './first-vote'
import { adviceAfter } from './second-vote'

/** A window that the class, or the network, sends the packet to. */
export interface SplitWindow {
  /** The place of its option. */
  readonly place: number
  readonly right: boolean
}

/** An answer is a side of a split if at least this share gave it. */
const SIDE = 0.2

/**
 * The two answers that most of a class gave, in the order of the options, and after them the right one where it is neither. Undefined
 * where the class was not split: over 70 in 100 were right, or no two answers have a real share. Only questions of one choice split.
 */
export function splitOf(body: Body, { answered, right, options }: FirstVote): readonly SplitWindow[] | undefined {
  if (body.kind !== 'choose' && body.kind !== 'predict') return undefined
  const advice = adviceAfter({ answered, right })
  if (advice === undefined || advice === 'go-on') return undefined
  const count = (place: number) => options[place] ?? 0
  const windows = body.options.map((option, place) => ({ place, right: option.right }))
  const sides = windows
    .filter(({ place }) => count(place) / answered >= SIDE)
    .toSorted((a, b) => count(b.place) - count(a.place) || Number(b.right) - Number(a.right) || a.place - b.place)
    .slice(0, 2)
    .toSorted((a, b) => a.place - b.place)
  if (sides.length < 2) return undefined
  return [...sides, ...windows.filter((window) => window.right && !sides.some(({ right: known }) => known))]
}
