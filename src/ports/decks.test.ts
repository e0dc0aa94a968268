import { describe, expect, it } from 'vitest'
import content from '../../content/decks.json'
import { CARDS, DECKS, cardAt, deck } from './decks'
import { portOf } from './services'

describe('the decks', () => {
  it('have every card of the content, with what it says of each', () => {
    expect(CARDS.map(({ id, registered, mnemonic, watch }) => ({ id, registered, mnemonic, watch }))).toEqual(
      content.ports.map(({ id, registered, mnemonic, watch }) => ({ id, registered, mnemonic, watch })),
    )
    expect(CARDS.map(({ port, transports, common }) => ({ port, transports, common }))).toEqual(
      content.ports.map(({ port, transports, common }) => ({ port, transports, common })),
    )
  })

  it('hold the cards that the content puts into them', () => {
    expect(DECKS.map(({ id, cards }) => [id, cards.map((card) => card.id)])).toEqual(
      content.decks.map(({ id, cards }) => [id, cards]),
    )
    expect(deck('no-such-deck')).toEqual([])
  })

  it('know the two services at 514 apart', () => {
    expect(cardAt('tcp', 514)?.common).toBe('rsh')
    expect(cardAt('udp', 514)?.common).toBe('Syslog')
    expect(cardAt('udp', 22)).toBeUndefined()
  })

  it('find the one port of a name, and none where two ports have it', () => {
    expect(portOf('tcp', 'https')).toBe(443)
    expect(portOf('udp', 'syslog')).toBe(514)
    expect(portOf('tcp', 'http-alt')).toBeUndefined()
    expect(portOf('tcp', 'no-such-service')).toBeUndefined()
  })
})
