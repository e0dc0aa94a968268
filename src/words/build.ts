import { build as en } from './en/build'
import { catalogue } from './language'

/** The words of the builder of levels. They come with its screens. */
export type BuildWords = typeof en

export let build: BuildWords = en

catalogue<BuildWords>(en, { es: () => import('./es/build').then((part) => part.build) }, (spoken) => (build = spoken))
