import type { FactId } from './card'

/** Why strangers should not reach a service. */
export const DANGERS = [
  'clear-text',
  'no-login',
  'guessing',
  'control',
  'tells',
  'inner',
  'trust',
  'holes',
  'amplifies',
  'relay',
  'cost',
  'broken',
] as const
export type Danger = (typeof DANGERS)[number]

/** The danger that the watch list of content/decks.json names for each of its ports. */
export const DANGER_AT: Readonly<Partial<Record<FactId, Danger>>> = {
  '21/tcp': 'clear-text',
  '23/tcp': 'clear-text',
  '69/udp': 'no-login',
  '111/tcp': 'tells',
  '111/udp': 'amplifies',
  '123/udp': 'amplifies',
  '135/tcp': 'tells',
  '137/udp': 'tells',
  '139/tcp': 'holes',
  '161/udp': 'guessing',
  '19/tcp': 'no-login',
  '19/udp': 'amplifies',
  '389/tcp': 'clear-text',
  '389/udp': 'amplifies',
  '445/tcp': 'holes',
  '513/tcp': 'trust',
  '514/udp': 'clear-text',
  '554/tcp': 'guessing',
  '554/udp': 'guessing',
  '623/udp': 'tells',
  '873/tcp': 'no-login',
  '1080/tcp': 'relay',
  '1433/tcp': 'guessing',
  '1434/udp': 'holes',
  '1521/tcp': 'tells',
  '1723/tcp': 'broken',
  '1883/tcp': 'no-login',
  '1900/udp': 'amplifies',
  '2049/tcp': 'trust',
  '2049/udp': 'trust',
  '2181/tcp': 'no-login',
  '2375/tcp': 'control',
  '2379/tcp': 'tells',
  '3128/tcp': 'relay',
  '3260/tcp': 'no-login',
  '3306/tcp': 'inner',
  '3389/tcp': 'guessing',
  '3389/udp': 'guessing',
  '4369/tcp': 'tells',
  '5060/tcp': 'cost',
  '5060/udp': 'cost',
  '5432/tcp': 'inner',
  '5601/tcp': 'tells',
  '5666/tcp': 'control',
  '5683/udp': 'amplifies',
  '5900/tcp': 'guessing',
  '5984/tcp': 'no-login',
  '5985/tcp': 'control',
  '6000/tcp': 'control',
  '6379/tcp': 'no-login',
  '6443/tcp': 'control',
  '8006/tcp': 'control',
  '8123/tcp': 'control',
  '8200/tcp': 'inner',
  '8500/tcp': 'control',
  '8888/tcp': 'control',
  '9042/tcp': 'no-login',
  '9090/tcp': 'tells',
  '9092/tcp': 'no-login',
  '9100/tcp': 'no-login',
  '9200/tcp': 'no-login',
  '9300/tcp': 'inner',
  '10000/tcp': 'control',
  '10250/tcp': 'control',
  '11211/tcp': 'no-login',
  '11211/udp': 'amplifies',
  '11434/tcp': 'no-login',
  '15672/tcp': 'guessing',
  '27017/tcp': 'no-login',
  '61616/tcp': 'holes',
}

/**
 * Dangers that certainly do not threaten a service of which they are not the danger, so that they can be offered as wrong
 * reasons. Only over UDP can a sender be forged, and only of UDP services may it be argued whether they amplify.
 */
export const foreignDangers = (fact: FactId): readonly Danger[] => {
  const candidates: readonly Danger[] = fact.endsWith('tcp')
    ? ['amplifies', 'relay', 'cost', 'broken']
    : ['relay', 'cost', 'broken']
  return candidates.filter(
    (danger) => danger !== DANGER_AT[fact] && !(danger === 'broken' && OLD_CRYPTO.includes(fact)),
  )
}

/** Old versions of these had encryption that was broken too. */
const OLD_CRYPTO: readonly FactId[] = ['139/tcp', '445/tcp', '3389/tcp', '3389/udp', '161/udp', '5900/tcp']

/** Services that are there for strangers. */
export const PUBLIC: readonly FactId[] = [
  '25/tcp',
  '80/tcp',
  '443/tcp',
  '443/udp',
  '465/tcp',
  '500/udp',
  '587/tcp',
  '993/tcp',
  '995/tcp',
  '1194/udp',
  '4500/udp',
  '51820/udp',
]
