import type { TellKind, TrafficKind } from './level'
import { ATTACK_DESKS } from './deal-attack'
import { GATE_DESKS } from './deal-gate'
import { KNOCK_DESKS } from './deal-knock'
import { SPEECH_DESKS } from './deal-speech'
import { ANNEX_DESKS } from './deal-annex'
import { BALANCER_DESKS } from './deal-balancer'
import { GUEST_DESKS } from './deal-guest'
import { ROLLOUT_DESKS } from './deal-rollout'
import { SERVICE_DESKS } from './deal-service'
import { STREET_DESKS } from './deal-street'
import type { Dealer } from './dealer'
import type { Numbered, TellArrival } from './shift'

/** What a maker says of an errand; its number comes from the deal. */
export type Tell = Omit<TellArrival, keyof Numbered | 'asks'>

/** One maker a kind, by mechanic. A new mechanic is a file and a line here. */
const DESKS: Record<TellKind, (dealer: Dealer) => Tell> = {
  ...GATE_DESKS,
  ...KNOCK_DESKS,
  ...SPEECH_DESKS,
  ...ATTACK_DESKS,
  ...SERVICE_DESKS,
  ...BALANCER_DESKS,
  ...GUEST_DESKS,
  ...ROLLOUT_DESKS,
  ...STREET_DESKS,
  ...ANNEX_DESKS,
}

export const isTellKind = (kind: TrafficKind | 'captured'): kind is TellKind => kind in DESKS

export const TELL_KINDS: readonly TellKind[] = Object.keys(DESKS).filter((kind): kind is TellKind => kind in DESKS)

/** True for what is sent again as it was: its number stands in a list that everybody sees. */
export const isSentAgain = (kind: TellKind): boolean => kind in STREET_DESKS

export const dealTell = (dealer: Dealer, kind: TellKind, numbered: Numbered): TellArrival => ({
  ...numbered,
  asks: 'tell',
  ...DESKS[kind](dealer),
})
