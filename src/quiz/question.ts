import type { Cluster } from '../lessons/cluster'
import type { MisconceptionId } from '../lessons/misconception'
import type { Packet } from '../net/packet'
import type { Machine } from './machine'
import type { View } from './view'

/** The six ways to answer. `predict` is a choice made before the next event is shown. */
export const KINDS = ['choose', 'several', 'type', 'order', 'match', 'predict'] as const
export type Kind = (typeof KINDS)[number]

/** From 1 (a single fact) to 5 (several rules at once). */
export type Difficulty = 1 | 2 | 3 | 4 | 5

/** Something to choose, order or match. Two with the same `means` say the same; `text` is how it reads in this language. */
export interface Item {
  readonly means: string
  readonly text: string
}

export interface Option extends Item {
  readonly right: boolean
  /** Of a wrong option: the idea that leads to it. Of a right one among several: the idea of those who leave it out. */
  readonly misconception?: MisconceptionId
}

/** A wrong set, order, pair or entry by which an idea shows itself. */
export interface Trap<Answer> {
  readonly answer: Answer
  readonly misconception: MisconceptionId
}

export type Body =
  | { readonly kind: 'choose' | 'predict'; readonly options: readonly Option[] }
  /** Marked as a set; `traps` are sets (by meaning) that one idea alone leads to. */
  | {
      readonly kind: 'several'
      readonly options: readonly Option[]
      readonly traps: readonly Trap<readonly string[]>[]
    }
  /** `answer` and traps in the form that `readTyped` gives. */
  | {
      readonly kind: 'type'
      readonly expects: Typed
      readonly answer: string
      /** Other ways to write the same. */
      readonly alsoRight: readonly string[]
      readonly traps: readonly Trap<string>[]
    }
  /** `items` stand as they are shown; `order` is the right order, by meaning. Items that are not in it belong nowhere. */
  | {
      readonly kind: 'order'
      readonly items: readonly Item[]
      readonly order: readonly string[]
      /** Other orders that come to the same. */
      readonly alsoRight: readonly (readonly string[])[]
      readonly traps: readonly Trap<readonly string[]>[]
    }
  /** Each of `left` belongs to one of `right`: `pairs` by meaning, in the order of `left`. `right` may have more. */
  | {
      readonly kind: 'match'
      readonly left: readonly Item[]
      readonly right: readonly Item[]
      readonly pairs: readonly (readonly [left: string, right: string])[]
      readonly traps: readonly Trap<readonly [left: string, right: string]>[]
    }

/** What is typed: a port (0 to 65535, a protocol may stand beside it), any whole number, or text compared without spaces. */
export type Typed = 'port' | 'number' | 'text'

/** Why the answer is right: one or two sentences that begin with the deciding field, and where that is written. */
export interface Explanation {
  readonly text: string
  /** The field to light; one of the views of `after` has it. */
  readonly field: string
  readonly source: string
}

/** What "show me" plays on the stage: a machine as it is, and the packets that arrive at it, in order. */
export interface Scene {
  readonly machine: Machine
  readonly packets: readonly Packet[]
}

/** A question as a person gets it. The same template, seed and fixed parameters give the same question. */
export interface Question {
  readonly template: string
  readonly seed: number
  readonly cluster: Cluster
  readonly difficulty: Difficulty
  readonly claims: readonly string[]
  /** Text with code between backticks. */
  readonly stem: string
  /** What is seen before the answer. */
  readonly views: readonly View[]
  /** What is seen with the explanation: mostly the same. */
  readonly after: readonly View[]
  readonly body: Body
  readonly explanation: Explanation
  readonly scene?: Scene
}

/** What a person gave: the meanings of what was chosen, typed text, an order, or pairs. */
export type Answer =
  | { readonly kind: 'choose' | 'predict'; readonly means: string }
  | { readonly kind: 'several'; readonly means: readonly string[] }
  | { readonly kind: 'type'; readonly text: string }
  | { readonly kind: 'order'; readonly means: readonly string[] }
  | { readonly kind: 'match'; readonly pairs: readonly (readonly [left: string, right: string])[] }
