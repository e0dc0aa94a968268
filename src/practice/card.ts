import * as v from 'valibot'
import type { Protocol } from '../net/tuple'

/** A fact that is practised: what is found at a port of one transport. 53/tcp and 53/udp are two facts. */
export type FactId = `${number}/${Protocol}`

/**
 * What is recalled of a fact: the number from the name, the name from the number, the transport, the number of its TLS twin,
 * the range its number lies in.
 */
const DIRECTIONS = ['number', 'name', 'transport', 'twin', 'range'] as const
export type Direction = (typeof DIRECTIONS)[number]

/** A card: one direction of one fact, `22/tcp>number`. */
export type CardId = `${FactId}>${Direction}`

export const cardId = (fact: FactId, direction: Direction): CardId => `${fact}>${direction}`

const CARD = /^(0|[1-9]\d{0,4})\/(tcp|udp)>(number|name|transport|twin|range)$/

const isCardId = (value: unknown): value is CardId =>
  typeof value === 'string' && CARD.test(value) && Number.parseInt(value, 10) <= 65535

/** A card's id as it comes from outside. */
export const CardIdSchema = v.custom<CardId>(isCardId, 'no card')

const isDirection = (text: string | undefined): text is Direction => DIRECTIONS.some((one) => one === text)

/** The parts of a card's id. */
export function partsOf(card: CardId): {
  readonly port: number
  readonly protocol: Protocol
  readonly direction: Direction
} {
  const [, port = '0', protocol, direction] = CARD.exec(card) ?? []
  return {
    port: Number(port),
    protocol: protocol === 'udp' ? 'udp' : 'tcp',
    direction: isDirection(direction) ? direction : 'number',
  }
}

/** The fact that a card is about. */
export function factOf(card: CardId): FactId {
  const { port, protocol } = partsOf(card)
  return `${port}/${protocol}`
}
