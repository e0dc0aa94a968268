import * as v from 'valibot'
import { createStore } from 'zustand/vanilla'
import { subscribeWithSelector } from 'zustand/middleware'
import type { Answer } from '../quiz/question'
import { openBox } from './storage'

const Means = v.pipe(v.string(), v.maxLength(2000))
const Choice = <K extends 'choose' | 'predict'>(kind: K) => v.object({ kind: v.literal(kind), means: Means })
const List = <K extends 'several' | 'order'>(kind: K) =>
  v.object({ kind: v.literal(kind), means: v.pipe(v.array(Means), v.readonly()) })

const AnswerSchema = v.variant('kind', [
  Choice('choose'),
  Choice('predict'),
  List('several'),
  List('order'),
  v.object({ kind: v.literal('type'), text: Means }),
  v.object({
    kind: v.literal('match'),
    pairs: v.pipe(v.array(v.pipe(v.tuple([Means, Means]), v.readonly())), v.readonly()),
  }),
])

const RunSchema = v.object({
  version: v.literal(1),
  /** What is being answered: the address of a round, a check or a test. */
  of: v.string(),
  /** One for each question that is over; null where the time ran out. */
  answers: v.pipe(v.array(v.nullable(AnswerSchema)), v.maxLength(4000), v.readonly()),
  /** Index of the question on the screen; that many as there are questions when all is over. */
  shown: v.pipe(v.number(), v.integer(), v.minValue(0)),
})

export interface RunState {
  readonly of: string
  readonly answers: readonly (Answer | null)[]
  readonly shown: number
  /** The answer to the question on the screen; null when the time ran out. Only the first counts. */
  give(answer: Answer | null): void
  /** To the next question, once this one is over. */
  goOn(): void
  /** From the beginning. */
  again(): void
}

/**
 * Questions being answered one after another, kept in the given storage (that of the tab): whoever reloads the page goes on
 * where they were. A run of something else makes room for this one.
 */
export function createRunStore(storage: Storage | undefined, of: string) {
  const fresh = { version: 1 as const, of, answers: [], shown: 0 }
  const box = openBox<v.InferOutput<typeof RunSchema>>(storage, 'port-authority.run', RunSchema, fresh)
  const { answers, shown } = box.value.of === of ? box.value : fresh
  const store = createStore<RunState>()(
    subscribeWithSelector((set) => ({
      of,
      answers,
      shown: Math.min(shown, answers.length),
      give: (answer) =>
        set((state) => (state.answers.length > state.shown ? state : { answers: [...state.answers, answer] })),
      goOn: () => set((state) => (state.answers.length > state.shown ? { shown: state.shown + 1 } : state)),
      again: () => set({ answers: [], shown: 0 }),
    })),
  )
  store.subscribe(({ answers, shown }) => box.save({ version: 1, of, answers, shown }))
  return store
}

export type RunStore = ReturnType<typeof createRunStore>
