import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MISCONCEPTION_IDS } from '../lessons/misconception'
import { fieldsOf } from '../quiz/view'
import type { View } from '../quiz/view'
import { practiceAsks as english } from '../words/en/practice-asks'
import { practiceAsks as spanish } from '../words/es/practice-asks'
import type { Ask, AskContext, Asking } from './ask'
import { askOf, judge, waysOf } from './ask'
import type { CardId } from './card'
import { cardId, factOf, partsOf } from './card'
import { FACTS, bookOf, cardsOf, directionsOf, registryFact } from './fact'
import type { Way } from './log'

const context: AskContext = { book: FACTS, words: english, mixups: () => [] }
const inSpanish: AskContext = { ...context, words: spanish }

/** Every card of the decks in every way it can be asked. */
const ALL: readonly (readonly [CardId, Way])[] = [...FACTS.values()].flatMap((fact) =>
  directionsOf(fact).flatMap((direction) =>
    waysOf(direction, fact).map((way) => [cardId(fact.id, direction), way] as const),
  ),
)
const askings: fc.Arbitrary<Asking> = fc
  .record({ pick: fc.constantFrom(...ALL), choosing: fc.boolean(), seed: fc.nat(1e6) })
  .map(({ pick: [card, way], choosing, seed }) => ({ card, way, choosing, seed }))

const asked = (card: CardId, way: Way, more: Partial<Asking> = {}, ctx = context): Ask =>
  askOf({ card, way, choosing: false, seed: 1, ...more }, ctx)

const textOf = (view: View): string =>
  view.kind === 'text'
    ? view.lines.map((line) => line.map(({ text }) => text).join('')).join('\n')
    : view.kind === 'papers'
      ? view.rows.map(({ name, value }) => `${name} ${value}`).join('\n')
      : view.machine.sockets.map(({ local }) => String(local.port)).join('\n')

describe('every card in every way', () => {
  it('has one right answer, and each wrong option names its idea', () => {
    fc.assert(
      fc.property(askings, (asking) => {
        const ask = askOf(asking, context)
        if (ask.body.kind === 'type') return
        const { options } = ask.body
        expect(options.filter(({ right }) => right)).toHaveLength(1)
        expect(options.find(({ right }) => right)?.text).toBe(ask.answer)
        expect(new Set(options.map(({ means }) => means)).size).toBe(options.length)
        expect(new Set(options.map(({ text }) => text)).size).toBe(options.length)
        expect(options.length).toBe(
          asking.way === 'pair'
            ? 2
            : asking.way === 'door' && ask.direction === 'number'
              ? 6
              : ask.direction === 'range'
                ? 3
                : 4,
        )
        for (const { right, misconception } of options)
          if (right) expect(misconception).toBeUndefined()
          else expect(MISCONCEPTION_IDS).toContain(misconception)
      }),
      { numRuns: 800 },
    )
  })

  it('is the same in Spanish: the same meanings in the same places, other words', () => {
    fc.assert(
      fc.property(askings, (asking) => {
        const [one, other] = [askOf(asking, context), askOf(asking, inSpanish)]
        expect(other.stem).not.toBe(one.stem)
        expect(other.explanation.text).not.toBe(one.explanation.text)
        expect(other.lit).toBe(one.lit)
        const means = ({ body }: Ask) =>
          body.kind === 'choose' ? body.options.map((option) => option.means) : body.expects
        expect(means(other)).toEqual(means(one))
        for (const text of [one.stem, one.explanation.text, other.stem, other.explanation.text])
          expect(text).not.toMatch(/undefined|\[object|``/)
      }),
      { numRuns: 500 },
    )
  })

  it('lights a field that is seen, before the answer and with the explanation', () => {
    fc.assert(
      fc.property(askings, (asking) => {
        const { lit, views, after, explanation, body } = askOf(asking, context)
        if (lit !== undefined) expect(views.flatMap(fieldsOf)).toContain(lit)
        expect(after.flatMap(fieldsOf)).toContain(explanation.field)
        if (body.kind === 'choose')
          for (const { field } of body.options)
            if (field !== undefined) expect(views.flatMap(fieldsOf)).toContain(field)
      }),
      { numRuns: 800 },
    )
  })

  it('does not give its answer away before it is given', () => {
    for (const [card, way] of ALL) {
      const { port, direction } = partsOf(card)
      const fact = FACTS.get(factOf(card))
      for (const ctx of [context, inSpanish]) {
        const ask = asked(card, way, {}, ctx)
        const shown = [ask.stem, ...ask.views.map(textOf)].join('\n')
        const words = shown.split(/[^\p{L}\d]+/u)
        if (direction === 'number' && way !== 'door') expect(words, ask.stem).not.toContain(String(port))
        if (direction === 'twin') expect(words, ask.stem).not.toContain(String(fact?.twin))
        if (direction === 'name') expect(shown).not.toContain(ask.answer)
        if (direction === 'transport') expect(shown).not.toMatch(/\b(TCP|UDP)\b/i)
      }
    }
  })

  it('takes its own answer, and no other option', () => {
    fc.assert(
      fc.property(askings, (asking) => {
        const ask = askOf(asking, context)
        if (ask.body.kind === 'type') {
          expect(judge(ask, { kind: 'type', text: ask.answer }, context)).toMatchObject({ readable: true, right: true })
          return
        }
        for (const { means, right, misconception } of ask.body.options)
          expect(judge(ask, { kind: 'choose', means }, context)).toMatchObject({
            readable: true,
            right,
            ...(misconception && { misconception }),
          })
      }),
      { numRuns: 500 },
    )
  })
})

describe('the ways', () => {
  it('show the port in context: on a door, a line of ss, a line of tcpdump, in hex', () => {
    const [door] = asked('5432/tcp>name', 'door').views
    expect(door?.kind === 'doors' && door.machine.sockets.map(({ local }) => local.port)).toContain(5432)
    const [ss] = asked('5432/tcp>name', 'ss').views
    expect(ss && textOf(ss)).toMatch(/^tcp +LISTEN .*0\.0\.0\.0:5432 /m)
    const [tcpdump] = asked('5432/tcp>name', 'tcpdump').views
    expect(tcpdump && textOf(tcpdump)).toMatch(/> 192\.0\.2\.\d+\.5432: Flags \[S\]/)
    const [hex] = asked('5432/tcp>name', 'hex').views
    expect(hex && textOf(hex)).toMatch(/^00000000: [0-9a-f]{2} [0-9a-f]{2} 15 38 /)
    const [udp] = asked('53/udp>name', 'hex').views
    expect(udp && textOf(udp)).toMatch(/^00000000: [0-9a-f]{2} [0-9a-f]{2} 00 35 /)
  })

  it('show no line of tcpdump for UDP, whose data tcpdump would read', () => {
    const dns = FACTS.get('53/udp')
    expect(dns && waysOf('name', dns)).not.toContain('tcpdump')
  })

  it('have the doors in the order of their numbers, always', () => {
    fc.assert(
      fc.property(fc.nat(1e6), (seed) => {
        const ask = asked('443/tcp>number', 'door', { seed })
        const ports = ask.body.kind === 'choose' ? ask.body.options.map(({ port }) => port ?? 0) : []
        expect(ports).toEqual(ports.toSorted((a, b) => a - b))
      }),
    )
  })

  it('offer the learner’s own mix-ups first, then the ports that are known to be confused', () => {
    const mixed = { ...context, mixups: (port: number) => (port === 443 ? [8006] : []) }
    fc.assert(
      fc.property(fc.nat(1e6), (seed) => {
        const options = (way: Way, ctx: AskContext) => {
          const { body } = asked('443/tcp>number', way, { choosing: true, seed }, ctx)
          return body.kind === 'choose' ? body.options.map(({ means }) => means).toSorted() : []
        }
        expect(options('pair', mixed)).toEqual(['443', '8006'])
        expect(options('choose', mixed)).toContain('8006')
        expect(['445', '80', '8443']).toContain(options('pair', context).find((means) => means !== '443'))
        expect(options('choose', context)).toEqual(['443', '445', '80', '8443'])
      }),
    )
  })
})

describe('an answer', () => {
  const https = asked('443/tcp>number', 'type')

  it('that is another port says honestly what that is', () => {
    expect(judge(https, { kind: 'type', text: '445' }, context)).toEqual({
      readable: true,
      right: false,
      taken: 445,
      nearly: '`445` is SMB without NetBIOS.',
    })
    expect(judge(https, { kind: 'type', text: '514' }, context).nearly).toBe('`514` is rsh (TCP) and Syslog (UDP).')
    expect(judge(https, { kind: 'type', text: '53' }, context).nearly).toBe('`53` is DNS.')
    expect(judge(https, { kind: 'type', text: '444' }, context).nearly).toMatch(/`444` is none of the ports/)
  })

  it('is taken with its transport, but not with the wrong one', () => {
    for (const text of ['443', 'tcp/443', '443/TCP', ':443'])
      expect(judge(https, { kind: 'type', text }, context)).toEqual({ readable: true, right: true })
    expect(judge(https, { kind: 'type', text: 'udp/443' }, context)).toMatchObject({
      right: false,
      nearly: expect.stringContaining('TCP'),
    })
  })

  it('that cannot be read, or fits several services, is asked again', () => {
    expect(judge(https, { kind: 'type', text: 'https' }, context)).toMatchObject({ readable: false })
    expect(judge(https, { kind: 'choose', means: '443' }, context)).toMatchObject({ readable: false })
    const dhcp = asked('67/udp>name', 'type')
    expect(judge(dhcp, { kind: 'type', text: 'dhcp' }, context)).toEqual({
      readable: false,
      right: false,
      nearly: '“dhcp” fits several services. Say which one.',
    })
  })

  it('that names another service is that service’s port', () => {
    const imaps = asked('993/tcp>name', 'type')
    expect(judge(imaps, { kind: 'type', text: 'IMAP' }, context)).toEqual({
      readable: true,
      right: false,
      taken: 143,
      nearly: '`143/tcp` is IMAP.',
    })
    expect(judge(imaps, { kind: 'type', text: 'nonsense' }, context)).toEqual({ readable: true, right: false })
  })

  it('to a twin may be typed with a transport, and the plain port is the mix-up', () => {
    const twin = asked('389/tcp>twin', 'type')
    expect(judge(twin, { kind: 'type', text: 'tcp/636' }, context)).toMatchObject({ right: true })
    expect(judge(twin, { kind: 'type', text: '389' }, context)).toMatchObject({ right: false, taken: 389 })
  })
})

describe('facts of an own deck', () => {
  const fact = registryFact({ port: 7777, protocol: 'tcp', name: 'cbt', description: 'cbt' })
  const book = bookOf([fact, registryFact({ port: 53, protocol: 'tcp', name: 'other' })])
  const own = { ...context, book }

  it('are asked like those of the decks', () => {
    for (const card of cardsOf(fact))
      for (const way of waysOf(partsOf(card).direction, fact)) {
        const ask = asked(card, way, { choosing: true }, own)
        expect(ask.body.kind).toBe('choose')
        expect(ask.answer).toMatch(/^(cbt|7777)$/)
      }
    expect(cardsOf(fact).map((card) => partsOf(card).direction)).toEqual(['name', 'number'])
  })

  it('do not take the place of what the decks say', () => {
    expect(book.get('53/tcp')?.name).toBe('DNS')
  })

  it('that nobody knows are an error that says which', () => {
    expect(() => asked('7777/tcp>name', 'type')).toThrow('7777/tcp>name')
  })
})
