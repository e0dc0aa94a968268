/** The state of the one generator: a 32-bit number. The same seed gives the same sequence everywhere. */
export type Seed = number

/** A generator of numbers that remembers where it is, so that a shift can be continued from its state. */
export interface Random {
  /** A number from 0 (included) to 1 (excluded). */
  next(): number
  /** A whole number from `low` to `high`, both included. */
  int(low: number, high: number): number
  /** One of the items. Throws RangeError on an empty list. */
  pick<T>(items: readonly T[]): T
  /** The items in another order (Fisher and Yates). */
  shuffle<T>(items: readonly T[]): T[]
  /** The state to continue from. */
  readonly seed: Seed
}

/** The generator mulberry32 (Tommy Ettinger, public domain): small, fast and good enough to deal cards. */
export function random(seed: Seed): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  const int = (low: number, high: number) => low + Math.floor(next() * (high - low + 1))
  const pick = <T>(items: readonly T[]): T => {
    const item = items[int(0, items.length - 1)]
    if (item === undefined) throw new RangeError('There is nothing to pick from.')
    return item
  }
  const shuffle = <T>(items: readonly T[]): T[] => {
    const left = [...items]
    const order: T[] = []
    while (left.length > 0) order.push(...left.splice(int(0, left.length - 1), 1))
    return order
  }
  return {
    next,
    int,
    pick,
    shuffle,
    get seed() {
      return state
    },
  }
}
