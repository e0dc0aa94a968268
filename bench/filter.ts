import { datagram } from '../src/net/build'
import type { FlowTuple } from '../src/net/conntrack'
import { ConnTrack, inverse } from '../src/net/conntrack'
import type { Chain, Rule } from '../src/net/filter'
import { evaluate } from '../src/net/filter'
import type { Packet } from '../src/net/packet'
import { tupleOf } from '../src/net/packet'
import { random } from '../src/shift/random'
import { quantile } from './median'

/** Of many rounds the quick ones count, so that what else the machine does is left out of both sides. */
const ROUNDS = 20
const QUICK = 0.1
const RULES_READ = 1_000_000
const LOOKUPS = 200_000

/** Rules that name an address and a port each, none of which the packet has: the chain is read to its end. */
const chainOf = (length: number): Chain => ({
  name: 'input',
  family: 'inet',
  hook: 'input',
  policy: 'drop',
  rules: Array.from({ length }, (_, index): Rule => ({
    match: {
      protocol: index % 2 === 0 ? 'tcp' : 'udp',
      source: `198.51.${index >> 8}.${index & 255}`,
      destinationPort: [1024 + (index % 60_000)],
    },
    action: 'accept',
  })),
})

/** The nth packet through the router: addresses and ports that are all different. */
const passing = (index: number): Packet =>
  datagram({
    ttl: 64,
    identification: 0,
    source: {
      address: `10.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}`,
      port: 1024 + (index % 60_000),
    },
    destination: { address: '192.0.2.10', port: 443 },
    payload: new Uint8Array(),
  })

/** Nanoseconds for one evaluation of the chain to its end. */
function evaluating(chain: Chain): number {
  const packet = passing(1)
  const times = RULES_READ / chain.rules.length
  const begin = performance.now()
  let policies = 0
  for (let index = 0; index < times; index++) if (evaluate(chain, packet).by === 'policy') policies++
  const took = performance.now() - begin
  if (policies !== times) throw new Error(`Only ${policies} of ${times} packets met the policy.`)
  return (took / times) * 1e6
}

function tableOf(flows: number): ConnTrack {
  const table = new ConnTrack()
  for (let index = 0; index < flows; index++) {
    const { flow } = table.track(passing(index))
    if (flow) table.confirm(flow)
  }
  if (table.size !== flows) throw new Error(`The table holds ${table.size} flows, not ${flows}.`)
  return table
}

/** Nanoseconds for one look-up: the packets of a thousand flows chosen by chance, in both directions. */
function lookingUp(table: ConnTrack, seed: number): number {
  const dice = random(seed)
  const tuples = Array.from({ length: 1000 }, (_, index): FlowTuple | undefined => {
    const tuple = tupleOf(passing(dice.int(0, table.size - 1)))
    return tuple && index % 2 === 0 ? tuple : tuple && inverse(tuple)
  })
  const begin = performance.now()
  let found = 0
  for (let index = 0; index < LOOKUPS; index++) {
    const tuple = tuples[index % tuples.length]
    if (tuple && table.find(tuple)) found++
  }
  const took = performance.now() - begin
  if (found !== LOOKUPS) throw new Error(`Only ${found} of ${LOOKUPS} packets found their flow.`)
  return (took / LOOKUPS) * 1e6
}

/**
 * Reading 10,000 rules beside 10, and finding one of a million flows beside one of a thousand. A thousand flows fit into a
 * processor's cache and a million do not; a hundred thousand, which do not either, show that nothing else grows.
 */
export async function benchFilter(print: (line: string) => void): Promise<void> {
  const [short, long] = [chainOf(10), chainOf(10_000)]
  const [few, more, many] = [tableOf(1000), tableOf(100_000), tableOf(1_000_000)]
  const times = {
    short: [] as number[],
    long: [] as number[],
    few: [] as number[],
    more: [] as number[],
    many: [] as number[],
  }
  for (let round = 0; round < ROUNDS; round++) {
    times.short.push(evaluating(short))
    times.long.push(evaluating(long))
    times.few.push(lookingUp(few, round))
    times.more.push(lookingUp(more, round))
    times.many.push(lookingUp(many, round))
  }
  const quick = (values: readonly number[]) => quantile(values, QUICK)
  const [a, b] = [quick(times.short), quick(times.long)]
  print(`a chain of     10 rules, read to its end: ${a.toFixed(0)} ns, ${(a / 10).toFixed(1)} ns a rule`)
  print(`a chain of 10,000 rules, read to its end: ${b.toFixed(0)} ns, ${(b / 10_000).toFixed(1)} ns a rule`)
  print(`ratio ${(b / a).toFixed(0)} for 1,000 times the rules`)
  const [c, d, e] = [quick(times.few), quick(times.more), quick(times.many)]
  print(`a flow among     1,000: ${c.toFixed(0)} ns`)
  print(`a flow among   100,000: ${d.toFixed(0)} ns`)
  print(`a flow among 1,000,000: ${e.toFixed(0)} ns`)
  print(`ratio ${(e / c).toFixed(2)} to a thousand (target: at most 3), ${(e / d).toFixed(2)} to a hundred thousand`)
}
