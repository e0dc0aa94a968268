import type { Damage } from '../net/capture/damage'
import { damageSentence as en } from '../net/capture/damage'
import { catalogue } from './language'

/** One sentence about a damaged capture file: what is wrong, where, and how many packets were read before it. */
export let damageSentence: (damage: Damage, packets: number) => string = en

catalogue<typeof damageSentence>(
  en,
  { es: () => import('./es/damage').then((part) => part.damageSentence) },
  (spoken) => (damageSentence = spoken),
)
