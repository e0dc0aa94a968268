import type { MisconceptionId } from '../../../lessons/misconception'
import type { QuestionWords } from '../../../words/questions'
import type { Draw } from '../../draw'
import type { Item } from '../../question'
import type { Draft, DraftBody, Template } from '../../template'

/**
 * A statement about the state that a board shows, in its two forms: the true one says what the model finds, the false one
 * what somebody finds who holds one wrong idea, and only that.
 */
export interface Statement {
  readonly misconception: MisconceptionId
  /** Undefined where other ideas deny it too: then only the false form is offered. */
  readonly truth: Item | undefined
  readonly belief: Item
}

/** What the model finds and what the idea would find, about the same thing. */
interface Finding<V> {
  readonly model: V
  readonly idea: V
  readonly onlyBelief?: boolean
}

/**
 * A statement from two findings and a text that says either. Undefined where the idea comes to the same as the model, so
 * that this state does not show it.
 */
export function statement<V extends string | number | boolean>(
  misconception: MisconceptionId,
  { model, idea, onlyBelief = false }: Finding<V>,
  text: (value: V) => string,
): Statement | undefined {
  const item = (value: V): Item => ({ means: `${misconception}: ${value}`, text: text(value) })
  return model === idea ? undefined : { misconception, truth: onlyBelief ? undefined : item(model), belief: item(idea) }
}

/** Statements in the form in which they are offered: some true, some false, at least two of each. */
function bodyOf(statements: readonly Statement[], dice: Draw): DraftBody {
  const trues = dice.int(2, statements.length - 2)
  const shuffled = dice.shuffle(statements)
  const chosen = shuffled.filter(({ truth }) => truth).slice(0, trues)
  return {
    kind: 'several',
    right: chosen.flatMap(({ truth, misconception }) => (truth ? [{ says: truth, misconception }] : [])),
    wrong: shuffled
      .filter((one) => !chosen.includes(one))
      .map(({ belief, misconception }) => ({ says: belief, misconception })),
  }
}

/** A state with what can be said of it. */
export interface BoardDraft extends Omit<Draft, 'body'> {
  readonly statements: readonly (Statement | undefined)[]
}

export interface Board extends Omit<Template, 'kind' | 'ask'> {
  readonly ask: (dice: Draw, words: QuestionWords) => BoardDraft
}

/** A template that shows one state and asks which statements about it are true; every statement is there for every seed. */
export const board = ({ ask, ...rest }: Board): Template => ({
  ...rest,
  kind: 'several',
  ask: (dice, words) => {
    const { statements, ...draft } = ask(dice, words)
    const all = statements.filter((one) => one !== undefined)
    return all.length === statements.length ? { ...draft, body: bodyOf(all, dice) } : undefined
  },
})
