import { en } from './en'
import { catalogue } from './language'

/** Every word of the interface, by place. A language is an object of this shape. */
export type Words = typeof en

export let words: Words = en

catalogue<Words>(en, { es: () => import('./es').then((part) => part.es) }, (spoken) => (words = spoken))
