import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { practiceAsks as english } from '../words/en/practice-asks'
import { practiceAsks as spanish } from '../words/es/practice-asks'
import type { FactId } from './card'
import { FACTS } from './fact'
import type { Fact } from './fact'
import { isSlip, namesOf, readName, readPort } from './typed'

const ports = fc.integer({ min: 0, max: 65535 })

describe('a typed port', () => {
  it('is read with or without its transport, a colon and spaces', () => {
    fc.assert(
      fc.property(
        ports,
        fc.constantFrom('tcp', 'udp', 'TCP', 'Udp'),
        fc.constantFrom('', ' ', '  '),
        (port, transport, gap) => {
          const protocol = transport.toLowerCase()
          for (const text of [`${port}`, `:${port}`, `0${port}`]) expect(readPort(gap + text + gap)).toEqual({ port })
          for (const text of [
            `${transport}/${port}`,
            `${port}/${transport}`,
            `${transport} ${port}`,
            `${transport}:${port}`,
          ])
            expect(readPort(gap + text + gap), text).toEqual({ port, protocol })
        },
      ),
    )
  })

  it('is none when it is too large, negative, or no number', () => {
    for (const text of ['', '65536', '99999', '-1', 'ssh', '22/sctp', '443.5x', '0x1bb', '22 23', '１２'])
      expect(readPort(text), text).toBeUndefined()
  })

  it('never is anything but a port, whatever is typed', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[\d:/tcpud .,]{0,12}$/)), (text) => {
        const port = readPort(text)?.port
        expect(port === undefined || (Number.isInteger(port) && port >= 0 && port <= 65535)).toBe(true)
      }),
    )
  })
})

const factAt = (id: FactId): Fact => {
  const fact = FACTS.get(id)
  if (!fact) throw new Error(`There is no ${id}.`)
  return fact
}
const say = (fact: Fact) => english.service(fact.id, fact.name)
const read = (id: FactId, text: string) => {
  const typed = readName(text, factAt(id), FACTS, say)
  return typed?.is === 'other' ? typed.fact.id : typed?.is
}

describe('a typed name', () => {
  it('is right as the interface says it, in both languages, for every fact of the decks', () => {
    for (const words of [english, spanish])
      for (const fact of FACTS.values()) {
        const name = words.service(fact.id, fact.name)
        const typed = (text: string) => readName(text, fact, FACTS, (one) => words.service(one.id, one.name))?.is
        for (const text of [name, name.toUpperCase(), `  ${name} `, name.replaceAll(' ', '-')])
          expect(typed(text), `${fact.id} ${text}`).toBe('right')
        if (fact.registered !== undefined) expect(typed(fact.registered), fact.registered).toBe('right')
      }
  })

  it('may be what people also say', () => {
    for (const [id, text] of [
      ['22/tcp', 'ssh'],
      ['22/tcp', 'SFTP'],
      ['80/tcp', 'www'],
      ['445/tcp', 'smb'],
      ['993/tcp', 'IMAPS'],
      ['3389/udp', 'Remote Desktop'],
      ['5432/tcp', 'postgres'],
      ['6443/tcp', 'k8s'],
      ['9100/tcp', 'node exporter'],
      ['443/udp', 'HTTP/3'],
      ['853/udp', 'DoQ'],
      ['1521/tcp', 'oracle'],
    ] as const)
      expect(read(id, text), `${id} ${text}`).toBe('right')
  })

  it('may have a slip of one letter, if no other service is as near', () => {
    for (const [id, text] of [
      ['5432/tcp', 'postgress'],
      ['6379/tcp', 'reids'],
      ['6379/tcp', 'edis'],
      ['3306/tcp', 'mysqk'],
      ['389/tcp', 'ldpa'],
    ] as const)
      expect(readName(text, factAt(id), FACTS, say), text).toMatchObject({ is: 'right', slip: expect.any(String) })
    expect(read('25/tcp', 'sntp')).toBe('vague')
    expect(read('22/tcp', 'sshh')).toBe('unknown')
  })

  it('is that of another service when it is exactly that, however near to the right one', () => {
    for (const [id, text, other] of [
      ['993/tcp', 'imap', '143/tcp'],
      ['143/tcp', 'imaps', '993/tcp'],
      ['80/tcp', 'https', '443/tcp'],
      ['21/tcp', 'tftp', '69/udp'],
      ['162/udp', 'snmp', '161/udp'],
      ['68/udp', 'dhcp server', '67/udp'],
      ['514/tcp', 'syslog', '514/udp'],
      ['853/udp', 'dns over tls', '853/tcp'],
    ] as const)
      expect(read(id, text), `${id} ${text}`).toBe(other)
  })

  it('is asked again when it fits several services', () => {
    for (const [id, text] of [
      ['67/udp', 'DHCP'],
      ['137/udp', 'netbios'],
      ['2376/tcp', 'docker'],
      ['7687/tcp', 'neo4j'],
    ] as const)
      expect(read(id, text), `${id} ${text}`).toBe('vague')
  })

  it('is enough by its beginning when only one service begins so', () => {
    expect(read('37/tcp', 'time')).toBe('right')
    expect(read('8123/tcp', 'home')).toBe('right')
    expect(read('26257/tcp', 'cockroach')).toBe('right')
  })

  it('is nothing when nothing is typed, and unknown when nobody is called so', () => {
    for (const text of ['', '  ', '-/-']) expect(readName(text, factAt('22/tcp'), FACTS, say)).toBeUndefined()
    expect(read('22/tcp', 'quux')).toBe('unknown')
  })

  it('of one service is never right for one of another port, unless both are called so', () => {
    const facts = [...FACTS.values()]
    fc.assert(
      fc.property(fc.constantFrom(...facts), fc.constantFrom(...facts), (fact, other) => {
        fc.pre(fact.port !== other.port)
        for (const name of namesOf(other, say(other)))
          if (!namesOf(fact, say(fact)).includes(name))
            expect(read(fact.id, name), `${fact.id} ${name}`).not.toBe('right')
      }),
      { numRuns: 1000 },
    )
  })
})

describe('a slip', () => {
  const words = fc.stringMatching(/^[a-z0-9]{1,10}$/)
  /** The number of letters to change, add or leave out, or to swap with the next (optimal string alignment). */
  function distance(a: string, b: string): number {
    const rows = Array.from({ length: a.length + 1 }, (_, i) =>
      Array.from({ length: b.length + 1 }, (_, j) => (i === 0 ? j : j === 0 ? i : 0)),
    )
    const at = (i: number, j: number) => rows[i]?.[j] ?? 0
    for (let i = 1; i <= a.length; i++)
      for (let j = 1; j <= b.length; j++) {
        const same = a[i - 1] === b[j - 1] ? 0 : 1
        const swap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? at(i - 2, j - 2) + 1 : Infinity
        const row = rows[i]
        if (row) row[j] = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + same, swap)
      }
    return at(a.length, b.length)
  }

  it('is a distance of one, and the same both ways', () => {
    fc.assert(
      fc.property(words, words, (a, b) => {
        expect(isSlip(a, b)).toBe(distance(a, b) === 1)
        expect(isSlip(a, b)).toBe(isSlip(b, a))
      }),
    )
  })

  it('is any letter changed, added, left out or swapped', () => {
    fc.assert(
      fc.property(words, fc.nat(9), fc.stringMatching(/^[a-z]$/), (word, place, letter) => {
        const at = place % word.length
        const others = [
          word.slice(0, at) + letter + word.slice(at),
          word.slice(0, at) + letter + word.slice(at + 1),
          word.slice(0, at) + word.slice(at + 1),
          word.slice(0, at) + (word[at + 1] ?? '') + (word[at] ?? '') + word.slice(at + 2),
        ]
        for (const other of others) expect(isSlip(word, other)).toBe(distance(word, other) === 1)
      }),
    )
  })
})
