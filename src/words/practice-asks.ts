import { practiceAsks as en } from './en/practice-asks'
import { catalogue } from './language'

/** The words in which cards are asked and explained. They come with the screens of practice. */
export type PracticeAskWords = typeof en

export let practiceAsks: PracticeAskWords = en

catalogue<PracticeAskWords>(
  en,
  { es: () => import('./es/practice-asks').then((part) => part.practiceAsks) },
  (spoken) => (practiceAsks = spoken),
)
