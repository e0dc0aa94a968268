import { teach as en } from './en/teach'
import { catalogue } from './language'

/** The words of the screens for teachers. They come with those screens. */
export type TeachWords = typeof en

export let teach: TeachWords = en

catalogue<TeachWords>(en, { es: () => import('./es/teach').then((part) => part.teach) }, (spoken) => (teach = spoken))
