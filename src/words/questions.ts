import { questions as en } from './en/questions'
import { catalogue } from './language'

/**
 * The words of the questions. They are handed to each template, because a question is made in a language; a language has
 * an object of this shape, loaded when a question is asked.
 */
export type QuestionWords = typeof en

/** The words of the questions in the language that is spoken. They come with the screens that ask. */
export let questionWords: QuestionWords = en

catalogue<QuestionWords>(
  en,
  { es: () => import('./es/questions').then((part) => part.questions) },
  (spoken) => (questionWords = spoken),
)
