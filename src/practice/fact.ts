import type { Protocol } from '../net/tuple'
import { CARDS, deck } from '../ports/decks'
import type { Card as DeckCard } from '../ports/decks'
import type { CardId, Direction, FactId } from './card'
import { cardId } from './card'

/** A service at a port of one transport, with what helps to learn it. */
export interface Fact {
  readonly id: FactId
  readonly port: number
  readonly protocol: Protocol
  /** The registry's name of this service (`https`); undefined where the use of the number is customary. */
  readonly registered?: string
  /** The name of another service to which the registry gives the number. */
  readonly assigned?: string
  /** What people call it. */
  readonly name: string
  readonly family: string
  /** The transports in everyday use, the more usual one first; empty where only the registry is known, which tells little of use. */
  readonly transports: readonly Protocol[]
  /** Numbers that are taken for this one. */
  readonly confusable: readonly number[]
  /** The number of the variant with TLS from the first byte. */
  readonly twin?: number
  /** A memory aid and the reason why strangers should not reach it, in English. */
  readonly mnemonic?: string
  readonly watch?: string
}

/** The facts that are known, by id. */
export type Book = ReadonlyMap<FactId, Fact>

const protocolsOf = ({ transports }: DeckCard): readonly Protocol[] =>
  transports.flatMap((one) => (one === 'tcp' || one === 'udp' ? [one] : []))

/** The facts of a card of a deck: one for each transport. */
const factsOf = (card: DeckCard): readonly Fact[] => {
  const transports = protocolsOf(card)
  return transports.map((protocol) => {
    const name = card.names?.[protocol]
    return {
      id: `${card.port}/${protocol}` as const,
      port: card.port,
      protocol,
      name: card.common,
      family: card.family,
      transports,
      confusable: card.confusable ?? [],
      mnemonic: card.mnemonic,
      ...(name !== undefined && (card.registered ? { registered: name } : { assigned: name })),
      ...(card.secureTwin !== undefined && { twin: card.secureTwin }),
      ...(card.watch !== undefined && { watch: card.watch }),
    }
  })
}

/** Every fact of the decks that come with the product. */
export const FACTS: Book = new Map(CARDS.flatMap(factsOf).map((fact) => [fact.id, fact]))

/** The facts of one of those decks, in its order; none where there is no such deck. */
export const factsInDeck = (id: string): readonly Fact[] => deck(id).flatMap(factsOf)

/** An entry of the registry of ports as a fact. `description` is what the registry says of it. */
export const registryFact = (entry: {
  readonly port: number
  readonly protocol: Protocol
  readonly name?: string
  readonly description?: string
}): Fact => ({
  id: `${entry.port}/${entry.protocol}`,
  port: entry.port,
  protocol: entry.protocol,
  ...(entry.name !== undefined && { registered: entry.name }),
  name: entry.description ?? entry.name ?? '',
  family: 'other',
  transports: [],
  confusable: [],
})

/** The facts of the decks and more of them, such as those of own decks. What the decks say of a port counts. */
export const bookOf = (more: readonly Fact[]): Book =>
  new Map([...more.map((fact) => [fact.id, fact] as const), ...FACTS])

/** Numbers below this are so small that nobody takes them for anything but system ports. */
const PLAINLY_SYSTEM = 500

/** The directions in which a fact is practised, the first to be met first. What is the same over both transports is asked once. */
export function directionsOf({ twin, transports, protocol, port }: Fact): readonly Direction[] {
  const once = transports[0] === protocol
  return [
    'name',
    'number',
    ...(once ? (['transport'] as const) : []),
    ...(once && twin !== undefined ? (['twin'] as const) : []),
    ...(once && port >= PLAINLY_SYSTEM ? (['range'] as const) : []),
  ]
}

/** The cards of a fact, the first to be met first. */
export const cardsOf = (fact: Fact): readonly CardId[] =>
  directionsOf(fact).map((direction) => cardId(fact.id, direction))

/** True for numbers that are easily taken for each other: next to each other, a pair with and without TLS, or known to be confused. */
export function areNeighbours(a: Fact, b: Fact): boolean {
  const takes = (one: Fact, other: number) => one.confusable.includes(other) || one.twin === other
  return a.port !== b.port && (Math.abs(a.port - b.port) === 1 || takes(a, b.port) || takes(b, a.port))
}
