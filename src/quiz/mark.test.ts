import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mark, readTyped } from './mark'
import type { Body } from './question'

describe('a typed port', () => {
  it.each(['443', ' 443 ', 'tcp/443', '443/tcp', 'TCP 443', ':443', '443 / udp', 'udp:443', '0443'])(
    'is read from "%s"',
    (text) => {
      expect(readTyped('port', text)).toBe('443')
    },
  )

  it.each(['', '443 or 80', '4e2', '-443', '44.3.1', 'https', '443/sctp', '0x1bb'])('is not read from "%s"', (text) => {
    expect(readTyped('port', text)).toBeUndefined()
  })

  it('comes back from every way of writing it', () => {
    const forms = (port: number) => [`${port}`, `${port}/tcp`, `udp/${port}`, `:${port}`, port.toLocaleString('en')]
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 65535 }), (port) => {
        for (const form of forms(port)) expect(readTyped('port', form)).toBe(String(port))
      }),
    )
  })
})

describe('a typed number', () => {
  it.each([
    ['65535', '65535'],
    ['65,535', '65535'],
    ['65.535', '65535'],
    ['65 535', '65535'],
    ['1,048,576', '1048576'],
    ['+7', '7'],
  ])('"%s" is %s', (text, number) => {
    expect(readTyped('number', text)).toBe(number)
  })

  it.each(['', '6,5', '1,0000', 'seven', '7.5'])('is not read from "%s"', (text) => {
    expect(readTyped('number', text)).toBeUndefined()
  })
})

describe('an answer to several', () => {
  const body: Body = {
    kind: 'several',
    options: [
      { means: 'a', text: 'A', right: true, misconception: 'port-is-socket' },
      { means: 'b', text: 'B', right: true },
      { means: 'c', text: 'C', right: false, misconception: 'closed-is-silent' },
      { means: 'd', text: 'D', right: false, misconception: 'nat-is-firewall' },
    ],
    traps: [{ answer: ['c', 'a'], misconception: 'icmp-has-port' }],
  }
  const marked = (...means: string[]) => mark(body, { kind: 'several', means })

  it('is right when it is exactly the right ones, in any order', () => {
    expect(marked('b', 'a')).toEqual({ right: true, misconceptions: [], readable: true })
  })

  it('shows the idea of each wrong item and of each right one left out', () => {
    expect(marked('b', 'c').misconceptions).toEqual(['closed-is-silent', 'port-is-socket'])
    expect(marked('a', 'b', 'c', 'd').misconceptions).toEqual(['closed-is-silent', 'nat-is-firewall'])
  })

  it('shows one idea alone when it is the very set that the idea leads to', () => {
    expect(marked('a', 'c').misconceptions).toEqual(['icmp-has-port'])
  })

  it('is wrong when nothing is chosen', () => {
    expect(marked().right).toBe(false)
  })
})

describe('an answer of another kind than the question', () => {
  it('cannot be read, and shows nothing', () => {
    const body: Body = { kind: 'type', expects: 'port', answer: '22', alsoRight: [], traps: [] }
    expect(mark(body, { kind: 'several', means: ['22'] })).toEqual({
      right: false,
      misconceptions: [],
      readable: false,
    })
  })
})
