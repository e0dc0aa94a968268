import { random } from '../shift/random'
import type { FactId } from './card'
import type { Book, Fact } from './fact'
import { readPort } from './typed'

/** A sprint lasts one minute. */
export const SPRINT = 60_000

/** One answer of a sprint. `given` is undefined when it was passed. */
export interface Try {
  readonly fact: FactId
  readonly given?: number
  readonly right: boolean
}

/** Sixty seconds of typed ports. It has nothing to do with the schedule: no review comes of it. */
export interface Sprint {
  readonly seed: number
  /** When it began, in milliseconds since 1970. */
  readonly from: number
  /** What is asked, in order; never empty. */
  readonly queue: readonly FactId[]
  readonly tries: readonly Try[]
}

/**
 * A sprint over these facts, each number once before any comes again.
 *
 * @throws RangeError when there are no facts.
 */
export function beginSprint(facts: readonly Fact[], seed: number, at: number): Sprint {
  const once = facts.filter(
    (fact, index) => facts.findIndex(({ port, name }) => port === fact.port && name === fact.name) === index,
  )
  if (once.length === 0) throw new RangeError('A sprint needs ports to ask for: choose a deck.')
  return {
    seed,
    from: at,
    queue: random(seed)
      .shuffle(once)
      .map(({ id }) => id),
    tries: [],
  }
}

/** Milliseconds left at a moment, 0 when it is over. */
export const timeLeft = ({ from }: Sprint, at: number): number => Math.max(0, Math.min(SPRINT, from + SPRINT - at))

/** The fact whose number is asked for now. */
export function askedNow({ queue, tries }: Sprint, book: Book): Fact | undefined {
  const id = queue[tries.length % queue.length]
  return id === undefined ? undefined : book.get(id)
}

/** True when what is typed so far is the number, so that no key need end it. */
export const isComplete = (sprint: Sprint, text: string, book: Book): boolean =>
  readPort(text)?.port === askedNow(sprint, book)?.port

/** A number that comes again after a mistake waits for so many others. */
const AGAIN_AFTER = 4

/** The sprint after an answer, or a pass when `text` is undefined. What cannot be read, or comes too late, changes nothing. */
export function enter(sprint: Sprint, text: string | undefined, book: Book, at: number): Sprint {
  const fact = askedNow(sprint, book)
  const given = text === undefined ? undefined : readPort(text)?.port
  if (!fact || timeLeft(sprint, at) === 0 || (text !== undefined && given === undefined)) return sprint
  const right = given === fact.port
  const tries = [...sprint.tries, { fact: fact.id, right, ...(given !== undefined && { given }) }]
  return { ...sprint, queue: right ? sprint.queue : comingAgain(sprint, fact.id), tries }
}

/** The queue with what was missed once more, a few others later. */
function comingAgain({ queue, tries }: Sprint, missed: FactId): readonly FactId[] {
  const place = (tries.length % queue.length) + 1 + AGAIN_AFTER
  return place >= queue.length ? queue : queue.toSpliced(place, 0, missed)
}

/** What came of a sprint: numbers that were right, the longest run of them, and what was missed. */
export interface Score {
  readonly right: number
  readonly run: number
  readonly missed: readonly Try[]
}

export function score({ tries }: Sprint): Score {
  let run = 0
  let longest = 0
  for (const { right } of tries) {
    run = right ? run + 1 : 0
    longest = Math.max(longest, run)
  }
  return { right: tries.filter(({ right }) => right).length, run: longest, missed: tries.filter(({ right }) => !right) }
}
