/**
 * The model against the verdicts of a real kernel: `npm run conformance -- SCENARIOS.jsonl VERDICTS.jsonl [--kinds a,b]`.
 * The format is that of evidence/kernel/FORMAT.md. Ends with a line a kind and the sum; non-zero on any disagreement.
 */
import { readFileSync } from 'node:fs'
import { isDeepStrictEqual, parseArgs } from 'node:util'
import * as v from 'valibot'
import type { Op } from '../src/net/scenario'
import { replayScenario, SOCKET_KINDS } from '../src/net/scenario'
import { random } from '../src/shift/random'

const Port = v.union([
  v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(65535)),
  v.pipe(v.string(), v.regex(/^[PLR]\d{1,2}$/)),
])
const Op = v.object({
  op: v.string(),
  id: v.optional(v.string()),
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
/** What a filter or a topology asks for is read only as far as it takes to know that the model does not have it. */
const Head = v.looseObject({
  id: v.string(),
  kind: v.string(),
  topology: v.optional(v.string()),
  rules: v.optional(v.unknown()),
})
const Ops = v.object({ ops: v.array(Op) })
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

function compare(scenarioFile: string, verdictFile: string, kinds: readonly string[] | undefined): boolean {
  const verdicts = new Map(readLines(verdictFile, Verdict).map((verdict) => [verdict.id, verdict.v]))
  const tally = new Map<string, { agreed: number; disagreed: number }>()
  let unmodelled = 0
  for (const scenario of readLines(scenarioFile, Head)) {
    const { id, kind } = scenario
    if (kinds && !kinds.includes(kind)) continue
    if (!SOCKET_KINDS.includes(kind) || scenario.topology !== undefined || scenario.rules !== undefined) {
      unmodelled++
      continue
    }
    const expected = verdicts.get(id)
    if (!expected) throw new Unreadable(`${verdictFile} has no verdict for scenario ${id}.`)
    const ops: readonly Op[] = v.parse(Ops, scenario).ops
    const got = replayScenario({ id, kind, ops }, random(1).next)
    const counts = tally.get(kind) ?? { agreed: 0, disagreed: 0 }
    tally.set(kind, counts)
    const wrong = ops.flatMap((op, index) => (isDeepStrictEqual(got[index], expected[index]) ? [] : [{ op, index }]))
    if (wrong.length === 0 && got.length === expected.length) counts.agreed++
    else {
      counts.disagreed++
      console.log(`${id}:`)
      for (const { op, index } of wrong) {
        console.log(`  op ${index + 1} ${JSON.stringify(op)}`)
        console.log(`    expected ${JSON.stringify(expected[index])}`)
        console.log(`    got      ${JSON.stringify(got[index])}`)
      }
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
