import type { Service } from '../ports/services'
import { catalogue } from './language'

/** What people say for a service. Most are names and the same in every language. */
export let commonName = ({ common }: Service): string => common

catalogue<typeof commonName>(
  commonName,
  { es: () => import('./es/services').then((part) => part.commonName) },
  (spoken) => (commonName = spoken),
)
