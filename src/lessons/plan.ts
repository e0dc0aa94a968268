import type { Address } from '../net/address'
import type { SocketId } from '../net/socket'

/** A rule as it is put together at the workbench: a choice for each of its parts. */
export interface PlannedRule {
  /** Answers of known flows (`ct state established,related`); then nothing else is asked. */
  readonly known?: boolean
  /** An address or a prefix; anybody if left out. */
  readonly from?: Address
  /** The ports, one of the sets that the workbench has; any if left out. */
  readonly ports?: readonly number[]
  readonly protocol?: 'tcp' | 'udp'
  readonly action: 'accept' | 'drop'
}

/** A board of rules for one family of addresses, or for both. */
export interface PlannedBoard {
  readonly family: 'ip' | 'ip6' | 'inet'
  readonly policy: 'accept' | 'drop'
  readonly rules: readonly PlannedRule[]
}

/** What stands in the place of an address where a lamp is put out. */
export const OUT = 'out'

/** Where a lamp is to hang: at an address, or nowhere (`OUT`). */
export interface PlannedLamp {
  readonly socket: SocketId
  readonly at: Address
}

/** What a gatehouse and the lamps behind it are to be for a night. Lamps that are not named stay as they are. */
export interface Plan {
  readonly boards: readonly PlannedBoard[]
  readonly lamps: readonly PlannedLamp[]
}

/** Equal exactly for equal plans: the fields in one order. */
const planKey = ({ boards, lamps }: Plan): string =>
  JSON.stringify([
    boards.map(({ family, policy, rules }) => [
      family,
      policy,
      rules.map(({ known, from, ports, protocol, action }) => [known, from, ports, protocol, action]),
    ]),
    lamps.map(({ socket, at }) => [socket, at]),
  ])

export const samePlan = (a: Plan, b: Plan): boolean => planKey(a) === planKey(b)
