import * as v from 'valibot'
import type { Log } from '../log'
import { EventSchema, merge } from '../log'
import type { OwnDeck } from './own-deck'
import { OwnDeckSchema } from './own-deck'

/** Everything of one's practice that can be taken elsewhere. */
export interface PracticeFile {
  readonly log: Log
  readonly decks: readonly OwnDeck[]
}

/** What the file says it is, so that no other JSON is taken for it. */
const KIND = 'port-authority practice'
const VERSION = 1

/** Far more than a lifetime of reviews takes. */
export const MOST_BYTES = 100_000_000

const File = v.object({
  kind: v.literal(KIND),
  version: v.literal(VERSION),
  log: v.array(v.unknown()),
  decks: v.array(v.unknown()),
})
const Newer = v.object({ kind: v.literal(KIND), version: v.pipe(v.number(), v.minValue(VERSION + 1)) })

/** The text of the file. */
export const writePracticeFile = ({ log, decks }: PracticeFile): string =>
  `${JSON.stringify({ kind: KIND, version: VERSION, decks, log })}\n`

/** Why a file gives nothing. Its words stand in the message catalogue. */
export type PracticeFileFault = 'not-json' | 'not-practice' | 'newer-version' | 'too-large'

/** What a file gave, and how many of its entries were damaged and left out. */
export interface PracticeRead extends PracticeFile {
  readonly damaged: number
}

/** Reads the text of a file. Never throws, whatever the text is; entries that are whole are kept, damaged ones counted. */
export function readPracticeFile(text: string): PracticeRead | { readonly fault: PracticeFileFault } {
  if (text.length > MOST_BYTES) return { fault: 'too-large' }
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return { fault: 'not-json' }
  }
  const file = v.safeParse(File, json)
  if (!file.success) return { fault: v.is(Newer, json) ? 'newer-version' : 'not-practice' }
  const log = file.output.log.flatMap((entry) => {
    const event = v.safeParse(EventSchema, entry)
    return event.success ? [event.output] : []
  })
  const decks = file.output.decks.flatMap((entry) => {
    const deck = v.safeParse(OwnDeckSchema, entry)
    return deck.success ? [deck.output] : []
  })
  const damaged = file.output.log.length - log.length + (file.output.decks.length - decks.length)
  return { log: merge(log, []), decks: mergeDecks(decks, []), damaged }
}

/** The decks of both, each once; of two with one id the one with more ports, and of equals the one that comes first as text. */
export function mergeDecks(a: readonly OwnDeck[], b: readonly OwnDeck[]): readonly OwnDeck[] {
  const byId = new Map<string, OwnDeck>()
  const before = (one: OwnDeck, other: OwnDeck): boolean =>
    one.facts.length === other.facts.length
      ? JSON.stringify(one) < JSON.stringify(other)
      : one.facts.length > other.facts.length
  for (const deck of [...a, ...b]) {
    const known = byId.get(deck.id)
    if (!known || before(deck, known)) byId.set(deck.id, deck)
  }
  return [...byId.values()].sort((one, other) => (one.id < other.id ? -1 : 1))
}

/** Both together: logs and decks by union. In any order, and however often, the same comes of it. */
export const mergePractice = (a: PracticeFile, b: PracticeFile): PracticeFile => ({
  log: merge(a.log, b.log),
  decks: mergeDecks(a.decks, b.decks),
})
