import { describe, expect, it } from 'vitest'
import type { Rewriting } from './misrewriting'
import { misrewritten } from './misrewriting'

const end = (text: string) => {
  const [address = '', port = ''] = text.split(':')
  return { address, port: Number(port) }
}
const label = (source: string, destination: string) => ({ source: end(source), destination: end(destination) })

const OUT: Rewriting = {
  way: 'out',
  street: '203.0.113.1',
  came: label('192.168.1.12:51000', '198.51.100.9:443'),
  leaves: label('203.0.113.1:1024', '198.51.100.9:443'),
}
const IN: Rewriting = {
  way: 'in',
  street: '203.0.113.1',
  came: label('198.51.100.77:50612', '203.0.113.1:8443'),
  leaves: label('198.51.100.77:50612', '192.168.1.20:443'),
}
const BACK: Rewriting = {
  way: 'back',
  street: '203.0.113.1',
  came: label('192.168.1.20:443', '198.51.100.77:50612'),
  leaves: label('203.0.113.1:8443', '198.51.100.77:50612'),
}

describe('a label written at a street door', () => {
  it.each([OUT, IN, BACK])('shows no wrong idea when it is the one that the door writes', (rewriting) => {
    expect(misrewritten(rewriting, rewriting.leaves)).toBeUndefined()
  })

  it.each([
    ['a flat’s call passed on as it came', OUT, OUT.came, 'router-routes-by-port'],
    [
      'a flat’s number that another flat has already',
      OUT,
      label('203.0.113.1:51000', '198.51.100.9:443'),
      'source-port-alone-selects',
    ],
    [
      'the server’s number for the caller',
      OUT,
      label('203.0.113.1:443', '198.51.100.9:443'),
      'client-uses-service-port',
    ],
    ['a call turned round', OUT, label('198.51.100.9:443', '203.0.113.1:1024'), 'source-port-is-door'],
    [
      'the number outside asked of the flat',
      IN,
      label('198.51.100.77:50612', '192.168.1.20:8443'),
      'forward-keeps-port',
    ],
    [
      'a visitor who gets another return address',
      IN,
      label('203.0.113.1:50612', '192.168.1.20:443'),
      'source-port-is-door',
    ],
    ['an answer under the flat’s own name', BACK, BACK.came, 'reply-keeps-ports'],
    ['an answer with the number inside', BACK, label('203.0.113.1:443', '198.51.100.77:50612'), 'forward-keeps-port'],
  ] as const)('%s: %#', (_, rewriting, written, idea) => {
    expect(misrewritten(rewriting, written)).toBe(idea)
  })
})
