import type { Verdict, VerdictKind } from '../net/verdict'
import { sameVerdict } from '../net/verdict'
import type { PortRange } from '../ports/range'

/** What the player may do with a packet: what a host could do with it, or say which range its port is in. */
export type Choice = Verdict | { readonly kind: 'range'; readonly range: PortRange }

export type ChoiceKind = VerdictKind | 'range'

/** What the packet at the desk asks of the player: where it goes, or which range (RFC 6335) its port is in. */
export type Question = 'route' | 'range'

/** The lines of a packet's papers. `type` stands for ICMP's type and code. */
export type FieldName = 'protocol' | 'source' | 'sourcePort' | 'destination' | 'destinationPort' | 'flags' | 'type'

/** True when both are the same act. */
export const sameChoice = (a: Choice, b: Choice): boolean =>
  a.kind === 'range' || b.kind === 'range'
    ? a.kind === 'range' && b.kind === 'range' && a.range === b.range
    : sameVerdict(a, b)
