import { classroom as en } from './en/class'
import { catalogue } from './language'

/** The words of the class's screens. They come with those screens. */
export type ClassWords = typeof en

export let classroom: ClassWords = en

catalogue<ClassWords>(
  en,
  { es: () => import('./es/class').then((part) => part.classroom) },
  (spoken) => (classroom = spoken),
)
