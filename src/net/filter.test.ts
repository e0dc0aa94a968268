import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { datagram, ping, synPacket } from './build'
import type { Chain, ConnState, Match, PacketContext, PortMatch, Rule } from './filter'
import { evaluate, evaluateHook } from './filter'
import type { Packet } from './packet'
import { inPrefix } from './prefix'

const chain = (rules: readonly Rule[], more: Partial<Chain> = {}): Chain => ({
  name: 'input',
  family: 'inet',
  hook: 'input',
  policy: 'drop',
  rules,
  ...more,
})

const accept = (match: Match): Rule => ({ match, action: 'accept' })
const drop = (match: Match): Rule => ({ match, action: 'drop' })

const call = (from: string, to: string, port: number): Packet =>
  synPacket({
    ttl: 64,
    identification: 1,
    source: { address: from, port: 40_000 },
    destination: { address: to, port },
    seq: 1,
    tsval: 1,
  })

const web = call('198.51.100.7', '192.0.2.10', 443)

describe('a chain', () => {
  it('is decided by the first rule that matches, however special a later one is', () => {
    const wide = accept({ protocol: 'tcp', destinationPort: [{ from: 1, to: 1024 }] })
    const narrow = drop({ protocol: 'tcp', source: '198.51.100.7', destinationPort: [443] })
    expect(evaluate(chain([wide, narrow]), web)).toEqual({ action: 'accept', by: 0 })
    expect(evaluate(chain([narrow, wide]), web)).toEqual({ action: 'drop', by: 0 })
  })

  it('is decided by its policy where no rule matches', () => {
    const rules = [accept({ protocol: 'udp', destinationPort: [443] }), accept({ sourcePort: [443] })]
    expect(evaluate(chain(rules), web)).toEqual({ action: 'drop', by: 'policy' })
    expect(evaluate(chain(rules, { policy: 'accept' }), web)).toEqual({ action: 'accept', by: 'policy' })
  })

  it('lets pass what its family does not see', () => {
    const six = call('2001:db8::7', '2001:db8::10', 22)
    expect(evaluate(chain([], { family: 'ip' }), six)).toEqual({ action: 'accept', by: 'unseen' })
    expect(evaluate(chain([], { family: 'ip6' }), six)).toEqual({ action: 'drop', by: 'policy' })
    expect(evaluate(chain([]), six)).toEqual({ action: 'drop', by: 'policy' })
  })

  it('never finds a port in a ping, and a state only where flows are tracked', () => {
    const echo = ping({
      ttl: 64,
      identification: 1,
      source: '198.51.100.7',
      destination: '192.0.2.10',
      identifier: 1,
      sequence: 1,
      payload: new Uint8Array(),
    })
    expect(evaluate(chain([accept({ destinationPort: [{ from: 0, to: 65_535 }] })]), echo).by).toBe('policy')
    const stateful = chain([accept({ state: ['new', 'established'] })])
    expect(evaluate(stateful, web).by).toBe('policy')
    expect(evaluate(stateful, web, { state: 'new' }).by).toBe(0)
  })

  it('reads `reject with tcp reset` for TCP only', () => {
    const refuse = chain([{ match: {}, action: 'reset' }])
    expect(evaluate(refuse, web).action).toBe('reset')
    const datagramOf = datagram({
      ttl: 64,
      identification: 1,
      source: { address: '198.51.100.7', port: 1 },
      destination: { address: '192.0.2.10', port: 2 },
      payload: new Uint8Array(),
    })
    expect(evaluate(refuse, datagramOf).by).toBe('policy')
  })
})

describe('the chains of a hook', () => {
  it('are asked by priority, and `accept` ends only its own', () => {
    const early = chain([accept({})], { name: 'early', priority: -10 })
    const late = chain([drop({ destinationPort: [443] })], { name: 'late', policy: 'accept' })
    expect(evaluateHook([late, early], 'input', web)).toEqual({ action: 'drop', by: 0, chain: late })
    expect(evaluateHook([late, early], 'input', call('198.51.100.7', '192.0.2.10', 80))).toMatchObject({
      action: 'accept',
      by: 'policy',
      chain: late,
    })
  })

  it('end with the first that does not accept', () => {
    const early = chain([drop({})], { name: 'early', priority: -10 })
    const late = chain([accept({})], { name: 'late' })
    expect(evaluateHook([early, late], 'input', web).chain?.name).toBe('early')
  })

  it('accept where there are none', () => {
    expect(evaluateHook([], 'forward', web)).toEqual({ action: 'accept', by: 'policy', chain: undefined })
  })
})

const address = fc.constantFrom(
  '192.0.2.10',
  '192.0.2.130',
  '198.51.100.7',
  '198.51.100.8',
  '2001:db8::1',
  '2001:db8:1::1',
)
const prefix = fc.oneof(
  address,
  fc.constantFrom(
    '192.0.2.0/24',
    '192.0.2.128/25',
    '198.51.100.6/31',
    '0.0.0.0/0',
    '2001:db8::/32',
    '2001:db8::/48',
    '::/0',
  ),
)
const port = fc.constantFrom(22, 53, 80, 443, 40_000)
const portMatch: fc.Arbitrary<PortMatch> = fc.oneof(
  port,
  fc.tuple(port, port).map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) })),
)
const STATES: readonly ConnState[] = ['new', 'established', 'related', 'invalid']
const match: fc.Arbitrary<Match> = fc.record(
  {
    protocol: fc.constantFrom('tcp' as const, 'udp' as const, 'icmp' as const),
    source: prefix,
    destination: prefix,
    sourcePort: fc.array(portMatch, { minLength: 1, maxLength: 3 }),
    destinationPort: fc.array(portMatch, { minLength: 1, maxLength: 3 }),
    iif: fc.constantFrom('in', 'out'),
    state: fc.subarray([...STATES], { minLength: 1 }),
    local: fc.boolean(),
  },
  { requiredKeys: [] },
)
const rule: fc.Arbitrary<Rule> = fc.record({ match, action: fc.constantFrom('accept' as const, 'drop' as const) })
const packet: fc.Arbitrary<Packet> = fc
  .tuple(address, address, port, port, fc.boolean())
  .filter(([source, destination]) => source.includes(':') === destination.includes(':'))
  .map(([source, destination, sourcePort, destinationPort, tcp]) => {
    const ends = {
      ttl: 64,
      identification: 1,
      source: { address: source, port: sourcePort },
      destination: { address: destination, port: destinationPort },
    }
    return tcp ? synPacket({ ...ends, seq: 1, tsval: 1 }) : datagram({ ...ends, payload: new Uint8Array() })
  })
const context: fc.Arbitrary<PacketContext> = fc.record({
  iif: fc.constantFrom('in', 'out'),
  state: fc.constantFrom(...STATES),
  addresses: fc.constant(['192.0.2.10', '2001:db8::1']),
})

/** One condition after the other, as a person reads a rule. */
function readsTrue({ match: wanted }: Rule, { source, destination, transport }: Packet, circumstances: PacketContext) {
  const ports = 'sourcePort' in transport ? [transport.sourcePort, transport.destinationPort] : []
  const among = (list: readonly PortMatch[], value: number | undefined) =>
    value !== undefined &&
    list.some(
      (one) => (typeof one === 'number' ? one : one.from) <= value && value <= (typeof one === 'number' ? one : one.to),
    )
  if (wanted.protocol && wanted.protocol !== transport.protocol) return false
  if (wanted.source && !inPrefix(wanted.source, source)) return false
  if (wanted.destination && !inPrefix(wanted.destination, destination)) return false
  if (wanted.sourcePort && !among(wanted.sourcePort, ports[0])) return false
  if (wanted.destinationPort && !among(wanted.destinationPort, ports[1])) return false
  if (wanted.iif && wanted.iif !== circumstances.iif) return false
  if (wanted.state && !wanted.state.some((state) => state === circumstances.state)) return false
  return wanted.local === undefined || wanted.local === circumstances.addresses?.includes(destination)
}

describe('any filter', () => {
  it('answers as somebody would who reads the rules from the top', () => {
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 12 }), packet, context, (rules, one, circumstances) => {
        const first = rules.findIndex((candidate) => readsTrue(candidate, one, circumstances))
        const expected = first < 0 ? { action: 'drop', by: 'policy' } : { action: rules[first]?.action, by: first }
        expect(evaluate(chain(rules), one, circumstances)).toEqual(expected)
      }),
      { numRuns: 2000 },
    )
  })

  it('is not changed by rules below the one that decides', () => {
    fc.assert(
      fc.property(
        fc.array(rule, { maxLength: 6 }),
        fc.array(rule, { maxLength: 6 }),
        packet,
        context,
        (above, below, one, at) => {
          const decided = evaluate(chain(above), one, at)
          if (decided.by !== 'policy') expect(evaluate(chain([...above, ...below]), one, at)).toEqual(decided)
        },
      ),
    )
  })
})
