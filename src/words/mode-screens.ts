import { modes as en } from './en/modes'
import { catalogue } from './language'

/** The words of the screens of Today's shift, the night and the log. They come with those screens. */
export type ModeWords = typeof en

export let modes: ModeWords = en

catalogue<ModeWords>(en, { es: () => import('./es/modes').then((part) => part.modes) }, (spoken) => (modes = spoken))
