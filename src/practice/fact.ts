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
  /** The registry's name (`https`), where it has one. */
  readonly registered?: string
  /** What people call it. */
  readonly name: string
  readonly family: string
  /** The transports in everyday use, the more usual one first. */
  readonly transports: readonly Protocol[]
  /** Numbers that are taken for this one. */
  readonly confusable: readonly number[]
  /** The number of the variant with TLS from the first byte. */
  readonly twin?: number
  /** A memory aid and the reason why strangers should not reach it, in English. */
  readonly mnemonic?: string
  readonly watch?: string
}

const protocolsOf = ({ transports }: DeckCard): readonly Protocol[] =>
  transports.flatMap((one) => (one === 'tcp' || one === 'udp' ? [one] : []))

/** The facts of a card of a deck: one for each transport. */
const factsOf = (card: DeckCard): readonly Fact[] => {
  const transports = protocolsOf(card)
  return transports.map((protocol) => {
    const registered = card.names?.[protocol]
    return {
      id: `${card.port}/${protocol}` as const,
      port: card.port,
      protocol,
      name: card.common,
      family: card.family,
      transports,
      confusable: card.confusable ?? [],
      mnemonic: card.mnemonic,
      ...(registered !== undefined && { registered }),
      ...(card.secureTwin !== undefined && { twin: card.secureTwin }),
      ...(card.watch !== undefined && { watch: card.watch }),
    }
  })
}

/** Every fact of the decks that come with the product. */
export const FACTS: ReadonlyMap<FactId, Fact> = new Map(CARDS.flatMap(factsOf).map((fact) => [fact.id, fact]))

/** The facts of one of those decks, in its order; none where there is no such deck. */
export const factsInDeck = (id: string): readonly Fact[] => deck(id).flatMap(factsOf)

/** The directions in which a fact is practised, the first to be met first. */
export const directionsOf = ({ twin, registered }: Fact): readonly Direction[] => [
  'name',
  'number',
  'transport',
  ...(twin === undefined ? [] : (['twin'] as const)),
  ...(registered === undefined ? [] : (['range'] as const)),
]

/** The cards of a fact, the first to be met first. */
export const cardsOf = (fact: Fact): readonly CardId[] =>
  directionsOf(fact).map((direction) => cardId(fact.id, direction))
