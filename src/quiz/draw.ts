import type { Random } from '../shift/random'
import { random } from '../shift/random'

/** A parameter of a template as the editor of a question set offers it. */
export type Parameter =
  | { readonly name: string; readonly kind: 'one'; readonly labels: readonly string[] }
  | { readonly name: string; readonly kind: 'number'; readonly low: number; readonly high: number }

/** Parameters that a teacher has fixed, by name: the label of a value, or a number. */
export type Fixed = Readonly<Record<string, string | number>>

/**
 * The generator of a question, with named parameters. A fixed parameter takes its fixed value, if that is one of the
 * values it may have; one that is not fixed is drawn. Everything without a name is drawn as usual.
 */
export interface Draw extends Random {
  /** One of the values (one that stands there twice is drawn twice as often); `label` is how the editor writes a value. */
  one<T>(name: string, values: readonly T[], label?: (value: T) => string): T
  /** A whole number from `low` to `high`, both included. */
  number(name: string, low: number, high: number): number
  /** The parameters asked for so far, in order, each once. */
  readonly parameters: readonly Parameter[]
}

/** A generator for one question. */
export function draw(seed: number, fixed: Fixed = {}): Draw {
  const dice = random(seed)
  const parameters: Parameter[] = []
  const note = (parameter: Parameter) => {
    if (!parameters.some(({ name }) => name === parameter.name)) parameters.push(parameter)
  }
  return {
    next: dice.next,
    int: dice.int,
    pick: dice.pick,
    shuffle: dice.shuffle,
    get seed() {
      return dice.seed
    },
    one(name, values, label = String) {
      note({ name, kind: 'one', labels: [...new Set(values.map((value) => label(value)))] })
      const drawn = dice.pick(values)
      const wanted = fixed[name]
      return wanted === undefined ? drawn : (values.find((value) => label(value) === String(wanted)) ?? drawn)
    },
    number(name, low, high) {
      note({ name, kind: 'number', low, high })
      const drawn = dice.int(low, high)
      const wanted = Number(fixed[name] ?? Number.NaN)
      return Number.isInteger(wanted) && wanted >= low && wanted <= high ? wanted : drawn
    },
    parameters,
  }
}
