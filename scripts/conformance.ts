/**
 * The model against the verdicts of a real kernel: `npm run conformance -- SCENARIOS.jsonl VERDICTS.jsonl [--kinds a,b]`.
 * The format is that of evidence/kernel/FORMAT.md. Ends with a line a kind and the sum; non-zero on any disagreement.
 */
import { readFileSync } from 'node:fs'
import { isDeepStrictEqual, parseArgs } from 'node:util'
import * as v from 'valibot'
import type { Scenario } from '../src/net/scenario'
import { replayScenario, ROUTER_KINDS, SOCKET_KINDS } from '../src/net/scenario'
import { random } from '../src/shift/random'

const Port = v.union([
  v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(65535)),
  v.pipe(v.string(), v.regex(/^[PLR]\d{1,2}$/)),
])
const Op = v.strictObject({
  op: v.string(),
  id: v.optional(v.string()),
  host: v.optional(v.string()),
  proto: v.optional(v.picklist(['tcp', 'udp'])),
  family: v.optional(v.picklist([4, 6])),
  v6only: v.optional(v.boolean()),
  reuseaddr: v.optional(v.boolean()),
  reuseport: v.optional(v.boolean()),
  uid: v.optional(v.number()),
  addr: v.optional(v.string()),
  port: v.optional(Port),
  src: v.optional(v.string()),
  sport: v.optional(Port),
  listen: v.optional(v.boolean()),
  to: v.optional(v.tuple([v.string(), Port])),
  port_range: v.optional(v.tuple([Port, Port])),
  range: v.optional(v.tuple([Port, Port])),
  ids: v.optional(v.array(v.string())),
  late_port: v.optional(v.boolean()),
})
const PortSet = v.union([Port, v.array(Port), v.object({ from: Port, to: Port })])
const State = v.picklist(['new', 'established', 'related', 'invalid'])
const Rule = v.strictObject({
  proto: v.optional(v.picklist(['tcp', 'udp', 'icmp', 'icmpv6'])),
  saddr: v.optional(v.string()),
  daddr: v.optional(v.string()),
  sport: v.optional(PortSet),
  dport: v.optional(PortSet),
  iif: v.optional(v.string()),
  oif: v.optional(v.string()),
  ct: v.optional(v.union([State, v.array(State)])),
  ctstatus: v.optional(v.picklist(['snat', 'dnat', 'seen-reply', 'assured', 'confirmed'])),
  local: v.optional(v.boolean()),
  do: v.string(),
  to: v.optional(v.union([v.strictTuple([v.string(), Port]), v.strictTuple([v.string()]), Port])),
})
const Rules = v.strictObject({
  host: v.optional(v.literal('r', 'The model filters and translates on host r only.')),
  chains: v.optional(
    v.array(
      v.strictObject({
        hook: v.picklist(['input', 'forward', 'output']),
        priority: v.optional(v.number()),
        policy: v.optional(v.picklist(['accept', 'drop'])),
        rules: v.array(Rule),
      }),
    ),
  ),
  nat: v.optional(
    v.strictObject({ pre: v.optional(v.array(Rule)), out: v.optional(v.array(Rule)), post: v.optional(v.array(Rule)) }),
  ),
})
const Head = v.looseObject({ id: v.string(), kind: v.string() })
/** Read only where the model has the kind: others may have fields of their own. */
const Body = v.object({
  topology: v.optional(v.literal('lan')),
  rules: v.optional(Rules),
  ops: v.array(Op),
})
const Verdict = v.object({ id: v.string(), v: v.array(v.looseObject({ r: v.string() })) })

class Unreadable extends Error {}

/** The lines of a file, each read with a schema; what is wrong is said with file and line. */
function readLines<T>(file: string, schema: v.GenericSchema<unknown, T>): readonly T[] {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw new Unreadable(`${file} could not be read: ${error instanceof Error ? error.message : String(error)}`)
  }
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return []
    try {
      return [v.parse(schema, JSON.parse(line))]
    } catch (error) {
      throw new Unreadable(`${file}, line ${index + 1}: ${error instanceof Error ? error.message : String(error)}`)
    }
  })
}

/** Where the model says something else than the kernel: a line a difference; none when they agree. */
function differences(scenario: v.InferOutput<typeof Head>, expected: readonly unknown[]): readonly string[] {
  try {
    const read: Scenario = { ...v.parse(Body, scenario), id: scenario.id, kind: scenario.kind }
    const got = replayScenario(read, random(1).next)
    return read.ops.flatMap((op, index) =>
      isDeepStrictEqual(got[index], expected[index])
        ? []
        : [
            `op ${index + 1} ${JSON.stringify(op)}`,
            `  expected ${JSON.stringify(expected[index])}`,
            `  got      ${JSON.stringify(got[index])}`,
          ],
    )
  } catch (error) {
    if (error instanceof v.ValiError || error instanceof RangeError) return [`not replayed: ${error.message}`]
    throw error
  }
}

function compare(scenarioFile: string, verdictFile: string, kinds: readonly string[] | undefined): boolean {
  const verdicts = new Map(readLines(verdictFile, Verdict).map((verdict) => [verdict.id, verdict.v]))
  const tally = new Map<string, { agreed: number; disagreed: number }>()
  let unmodelled = 0
  for (const scenario of readLines(scenarioFile, Head)) {
    const { id, kind } = scenario
    if (kinds && !kinds.includes(kind)) continue
    if (!SOCKET_KINDS.includes(kind) && !ROUTER_KINDS.includes(kind)) {
      unmodelled++
      continue
    }
    const expected = verdicts.get(id)
    if (!expected) throw new Unreadable(`${verdictFile} has no verdict for scenario ${id}.`)
    const wrong = differences(scenario, expected)
    const counts = tally.get(kind) ?? { agreed: 0, disagreed: 0 }
    tally.set(kind, counts)
    if (wrong.length === 0) counts.agreed++
    else {
      counts.disagreed++
      console.log([`${id}:`, ...wrong].join('\n  '))
    }
  }
  const sum = { agreed: 0, disagreed: 0 }
  for (const [kind, { agreed, disagreed }] of tally) {
    console.log(`${kind.padEnd(10)} ${agreed} agreed, ${disagreed} disagreed`)
    sum.agreed += agreed
    sum.disagreed += disagreed
  }
  console.log(`${sum.agreed} agreed, ${sum.disagreed} disagreed, ${unmodelled} of kinds not modelled`)
  return sum.disagreed === 0
}

try {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { kinds: { type: 'string' } } })
  const [scenarios, verdicts] = positionals
  if (!scenarios || !verdicts)
    throw new Unreadable('Say: npm run conformance -- SCENARIOS.jsonl VERDICTS.jsonl [--kinds bind,reply]')
  process.exitCode = compare(scenarios, verdicts, values.kinds?.split(',')) ? 0 : 1
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 2
}
