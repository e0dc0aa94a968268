import type { TellWhy } from '../shift/shift'

/** What the line after a verdict on a box may speak of. */
export interface TellFacts {
  readonly why: TellWhy
  readonly protocol: string
  readonly source: string
  readonly sourcePort: number
  readonly destination: string
  readonly port: number
  /** The number of the rule that decides, from 1; 0 for the policy. */
  readonly rule: number
  /** What that rule does, in nft's words. */
  readonly action: string
  readonly program: string
  /** The language of the first bytes. */
  readonly bytes: string
  /** Where it ends, and what was dialled or seen on the way, as text. */
  readonly end: string
  readonly seen: string
}
