import type { Protocol } from '../net/tuple'
import data from './decks.json' with { type: 'json' }
import type { Service } from './services'
import { serviceAt } from './services'

/** A service as a card to learn. */
export interface Card extends Service {
  /** Its port; with a transport where one number has two services: `514-udp`. */
  readonly id: string
  /** The transport that is more usual for it. */
  readonly protocol: Protocol
  /** Whether IANA gives the number to this service; if not, the use is customary. */
  readonly registered: boolean
  /** A memory aid, in English. */
  readonly mnemonic: string
  /** Why strangers should not reach it, in English; undefined where they may. */
  readonly watch?: string
}

export interface Deck {
  readonly id: string
  readonly cards: readonly Card[]
}

const cardOf = ({ id, ...rest }: (typeof data.cards)[number]): Card => {
  const [port, only] = id.split('-')
  for (const protocol of ['tcp', 'udp'] as const) {
    const service = only === undefined || only === protocol ? serviceAt(protocol, Number(port)) : undefined
    if (service) return { ...service, ...rest, id, protocol: service.transports[0] === 'udp' ? 'udp' : 'tcp' }
  }
  throw new RangeError(`The registry has no service for card ${id}: run scripts/make-services.mjs.`)
}

/** Every card, grouped by family as the registry is. */
export const CARDS: readonly Card[] = data.cards.map((card) => cardOf(card))

const byId = new Map(CARDS.map((card) => [card.id, card]))

/** The decks to learn from (content/decks.json): `card-five`, `network-plus`, `watch-list` and others. */
export const DECKS: readonly Deck[] = data.decks.map(({ id, cards }) => ({
  id,
  cards: cards.flatMap((card) => byId.get(card) ?? []),
}))

/** The cards of a deck; none where there is no such deck. */
export const deck = (id: string): readonly Card[] => DECKS.find((one) => one.id === id)?.cards ?? []

/** The card of a port of one protocol, or undefined. */
export const cardAt = (protocol: Protocol, port: number): Card | undefined =>
  CARDS.find((card) => card.port === port && card.transports.includes(protocol))
