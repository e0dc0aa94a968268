import type { Chain } from '../net/filter'
import { nftChain } from '../net/nft-text'
import type { TextView } from './view'

/** The field of a rule (from 0) in `nftView`: `rule-1` is the first. */
export const ruleField = (by: number | 'policy' | 'unseen'): string =>
  typeof by === 'number' ? `rule-${by + 1}` : 'policy'

/** One chain as `nft list chain` prints it. Its fields are `rule-1`, `rule-2`, …, and `policy`, the line that names it. */
export const nftView = (chain: Chain): TextView => ({
  kind: 'text',
  command: `nft list chain ${chain.family} filter ${chain.name}`,
  lines: nftChain(chain).map(({ text, rule }) => [
    rule === undefined
      ? { text, ...(text.includes('policy ') && { field: 'policy' }) }
      : { text, field: ruleField(rule) },
  ]),
})
