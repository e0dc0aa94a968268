import { practice as en } from './en/practice'
import { catalogue } from './language'

/** The words of the screens of practice. They come with those screens. */
export type PracticeWords = typeof en

export let practice: PracticeWords = en

catalogue<PracticeWords>(
  en,
  { es: () => import('./es/practice').then((part) => part.practice) },
  (spoken) => (practice = spoken),
)
