import { describe, expect, it } from 'vitest'
import { CARDS, DECKS } from '../ports/decks'
import { practiceAsks as spanish } from '../words/es/practice-asks'
import { MNEMONICS, WATCH } from '../words/es/deck-texts'
import { cardId, factOf, partsOf } from './card'
import { FACTS, cardsOf, directionsOf, factsInDeck, registryFact } from './fact'

const ids = (deck: string) => factsInDeck(deck).map(({ id }) => id)

describe('the facts', () => {
  it('are two where a number has two transports', () => {
    expect(FACTS.get('53/tcp')?.name).toBe('DNS')
    expect(FACTS.get('53/udp')?.name).toBe('DNS')
    expect(FACTS.has('22/udp')).toBe(false)
    expect([FACTS.get('514/tcp')?.name, FACTS.get('514/udp')?.name]).toEqual(['rsh', 'Syslog'])
  })

  it('cover every card of every deck', () => {
    const ports = new Set([...FACTS.values()].map(({ port }) => port))
    expect(ports).toEqual(new Set(CARDS.map(({ port }) => port)))
    expect(ports.size).toBe(173)
    for (const { id, cards } of DECKS)
      expect(new Set(factsInDeck(id).map(({ port }) => port))).toEqual(new Set(cards.map(({ port }) => port)))
    expect(ids('card-five')).toEqual(['80/tcp', '443/tcp', '443/udp', '22/tcp', '3306/tcp', '5432/tcp'])
    expect(ids('no-such-deck')).toEqual([])
  })

  it('have the registry’s name only where the registry means this service', () => {
    expect(FACTS.get('22/tcp')).toMatchObject({ registered: 'ssh' })
    expect(FACTS.get('8443/tcp')).toMatchObject({ assigned: 'pcsync-https' })
    expect(FACTS.get('8443/tcp')?.registered).toBeUndefined()
    expect(FACTS.get('51820/udp')?.registered).toBeUndefined()
  })

  it('are asked for what is common to both transports once', () => {
    const both = (['443/tcp', '443/udp'] as const).map((id) => {
      const fact = FACTS.get(id)
      return fact ? directionsOf(fact) : []
    })
    expect(both).toEqual([
      ['name', 'number', 'transport'],
      ['name', 'number'],
    ])
    const ldap = FACTS.get('389/tcp')
    expect(ldap && directionsOf(ldap)).toEqual(['name', 'number', 'transport', 'twin'])
    const wireguard = FACTS.get('51820/udp')
    expect(wireguard && directionsOf(wireguard)).toEqual(['name', 'number', 'transport', 'range'])
    expect(directionsOf(registryFact({ port: 7777, protocol: 'tcp', name: 'cbt' }))).toEqual(['name', 'number'])
  })

  it('are found again from their cards', () => {
    for (const fact of FACTS.values())
      for (const card of cardsOf(fact)) {
        const { port, protocol, direction } = partsOf(card)
        expect([factOf(card), port, protocol]).toEqual([fact.id, fact.port, fact.protocol])
        expect(cardId(fact.id, direction)).toBe(card)
      }
  })

  it('have their memory aids and reasons to watch in Spanish too', () => {
    for (const { id, mnemonic, watch } of FACTS.values()) {
      expect(spanish.mnemonic(id, mnemonic), id).toMatch(/\S/)
      expect(spanish.mnemonic(id, mnemonic)).not.toBe(mnemonic)
      expect(spanish.watch(id, watch) === undefined, id).toBe(watch === undefined)
    }
    expect(Object.keys(MNEMONICS).toSorted()).toEqual(CARDS.map(({ id }) => id).toSorted())
    expect(Object.keys(WATCH).toSorted()).toEqual(
      CARDS.flatMap(({ id, watch }) => (watch === undefined ? [] : [id])).toSorted(),
    )
    expect(spanish.mnemonic('21/udp', undefined)).toBeUndefined()
  })
})
