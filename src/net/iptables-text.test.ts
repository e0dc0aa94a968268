import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Chain } from './filter'
import type { IptablesLine } from './iptables-text'
import { iptablesList, iptablesNatList, iptablesNatSpecs, iptablesSpecs } from './iptables-text'
import type { NatRules } from './nat'

interface Recorded {
  readonly command: string
  readonly chains?: readonly Chain[]
  readonly nat?: NatRules
}

const VIEWS = 'evidence/views'
const recordings = readdirSync(VIEWS).filter((name) => /^ip6?tables-.*\.json$/.test(name))
const readRecorded = (name: string): Recorded => JSON.parse(readFileSync(`${VIEWS}/${name}`, 'utf8'))
const readText = (name: string) => readFileSync(`${VIEWS}/${name.replace('.json', '.txt')}`, 'utf8')
const textOf = (lines: readonly IptablesLine[]) => `${lines.map(({ text }) => text).join('\n')}\n`

function replay({ command, chains = [], nat }: Recorded): readonly IptablesLine[] {
  // Recorded with version 1.8.9.
  const options = { lineNumbers: command.includes('--line-numbers'), protocolNumbers: true }
  if (command.includes(' -S')) return nat ? iptablesNatSpecs(nat) : iptablesSpecs(chains)
  return nat ? iptablesNatList(nat, options) : iptablesList(chains, options)
}

const input: Chain = {
  name: 'INPUT',
  family: 'ip',
  hook: 'input',
  policy: 'drop',
  rules: [
    { match: { state: ['related', 'established'] }, action: 'accept' },
    { match: { protocol: 'tcp', destinationPort: [22] }, action: 'accept' },
  ],
}

describe('a listing of iptables', () => {
  it('has recordings to be compared with', () => expect(recordings).toHaveLength(7))

  it.each(recordings)('is what the tool printed, to the letter: %s', (name) => {
    expect(textOf(replay(readRecorded(name)))).toBe(readText(name))
  })

  it('names protocols, as all versions but two do', () => {
    expect(iptablesList([input], { lineNumbers: true }).map(({ text }) => text.trimEnd())).toEqual([
      'Chain INPUT (policy DROP)',
      'num  target     prot opt source               destination',
      '1    ACCEPT     all  --  0.0.0.0/0            0.0.0.0/0            ctstate RELATED,ESTABLISHED',
      '2    ACCEPT     tcp  --  0.0.0.0/0            0.0.0.0/0            tcp dpt:22',
    ])
  })

  it('says of every line of a rule which one it is', () => {
    expect(iptablesList([input]).flatMap(({ rule }) => rule ?? [])).toEqual([0, 1])
    expect(iptablesSpecs([input]).flatMap(({ rule }) => rule ?? [])).toEqual([0, 1])
  })

  it('refuses a chain for both families, which iptables cannot have', () => {
    expect(() => iptablesList([{ ...input, family: 'inet' }])).toThrow('Chain "INPUT" is of family inet')
  })
})
