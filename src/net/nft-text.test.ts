import { readdirSync, readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Chain } from './filter'
import type { NftTable } from './nft-text'
import { nftChain, nftRule, nftRuleset } from './nft-text'

const VIEWS = 'evidence/views'
const recordings = readdirSync(VIEWS).filter((name) => /^nft-.*\.json$/.test(name))
const readTables = (name: string): readonly NftTable[] => JSON.parse(readFileSync(`${VIEWS}/${name}`, 'utf8')).tables
const readText = (name: string) => readFileSync(`${VIEWS}/${name.replace('.json', '.txt')}`, 'utf8')
const textOf = (lines: readonly { readonly text: string }[]) => `${lines.map(({ text }) => text).join('\n')}\n`

const port = fc.integer({ min: 1, max: 65535 })

describe('a listing of nft', () => {
  it('has recordings to be compared with', () => expect(recordings).toHaveLength(6))

  it.each(recordings)('is what the tool printed, to the letter: %s', (name) => {
    expect(textOf(nftRuleset(readTables(name)))).toBe(readText(name))
  })

  it('can be of one chain', () => {
    const [chain] = readTables('nft-chain.json')[0]?.chains ?? []
    expect(chain && textOf(nftChain(chain))).toBe(readText('nft-chain.json'))
  })

  it('says of every line of a rule which one it is', () => {
    const [table] = readTables('nft-server.json')
    const lines = table ? nftRuleset([table]) : []
    for (const chain of table?.chains ?? []) {
      const numbers = lines.filter((line) => line.chain === chain.name).map(({ rule }) => rule)
      expect(numbers).toEqual(chain.rules.map((_, index) => index))
    }
  })

  it('sorts the ports of a set', () => {
    fc.assert(
      fc.property(fc.uniqueArray(port, { minLength: 2, maxLength: 6 }), (ports) => {
        const text = nftRule({ match: { protocol: 'tcp', destinationPort: ports }, action: 'accept' }, 'inet')
        const shown = text
          .replace(/^tcp dport { (.*) } accept$/, '$1')
          .split(', ')
          .map(Number)
        expect(shown).toEqual(ports.toSorted((a, b) => a - b))
      }),
    )
  })

  it('prints a chain without rules with its policy', () => {
    const chain: Chain = { name: 'input', family: 'inet', hook: 'input', policy: 'drop', rules: [] }
    expect(textOf(nftChain(chain))).toContain('type filter hook input priority filter; policy drop;')
  })
})
