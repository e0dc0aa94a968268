import * as fc from 'fast-check'
import type { CardId } from './card'
import { cardId } from './card'
import type { Grade } from './grade'
import type { Log, LogEvent, Review } from './log'
import { INPUTS, WAYS } from './log'

export const MONDAY = Date.UTC(2026, 0, 5, 12)
export const DAY = 86_400_000
export const MINUTE = 60_000

/** A review with only what matters said. */
export const review = (card: CardId, at: number, grade: Grade, more: Partial<Review> = {}): Review => ({
  kind: 'review',
  id: `device-${(at % 1e9).toString(36)}`,
  at,
  card,
  way: 'type',
  input: 'keyboard',
  right: grade > 1,
  grade,
  utcOffset: 0,
  ...more,
})

const someCards: fc.Arbitrary<CardId> = fc.constantFrom(
  cardId('22/tcp', 'number'),
  cardId('22/tcp', 'name'),
  cardId('53/udp', 'number'),
  cardId('389/tcp', 'twin'),
)

const grades = fc.constantFrom<Grade>(1, 2, 3, 4)

/** Moments of a few weeks, some of them the same. */
const moments = fc.integer({ min: 0, max: 400 }).map((step) => MONDAY + step * 90 * MINUTE)

/** What may stand in an event, besides its id. */
const contents = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('review' as const),
      at: moments,
      card: someCards,
      way: fc.constantFrom(...WAYS),
      input: fc.constantFrom(...INPUTS),
      right: fc.boolean(),
      grade: grades,
      utcOffset: fc.constantFrom(-480, 0, 330, 780),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('undo' as const), at: moments, of: fc.nat(40), card: someCards }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('regrade' as const),
      at: moments,
      of: fc.nat(40),
      card: someCards,
      grade: grades,
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('forget' as const), at: moments }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('mnemonic' as const),
      at: moments,
      fact: fc.constantFrom('22/tcp', '53/udp'),
      text: fc.string({ maxLength: 20 }),
    }),
  },
)

const idOf = (count: number): string => `${count % 2 === 0 ? 'aaaaaa' : 'bbbbbb'}-${(count >> 1).toString(36)}`

/**
 * Logs of two devices in the order in which their events arrived, which need not be that of time. Undo and regrade mostly
 * name the card of the review that they are about, and sometimes a review that is not there.
 */
export const logs: fc.Arbitrary<Log> = fc.array(contents, { maxLength: 40 }).map((list) =>
  list.map((content, count): LogEvent => {
    const id = idOf(count)
    if (content.kind !== 'undo' && content.kind !== 'regrade') return { ...content, id }
    const of = list[content.of]
    return {
      ...content,
      id,
      of: idOf(content.of),
      card: of?.kind === 'review' && content.at % 5 > 0 ? of.card : content.card,
    }
  }),
)
