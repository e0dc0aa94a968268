import { quiz as en } from './en/quiz'
import { catalogue } from './language'

/** The words of the quiz's screens. They come with those screens: Home needs none of them. */
export type QuizScreenWords = typeof en

export let quiz: QuizScreenWords = en

catalogue<QuizScreenWords>(en, { es: () => import('./es/quiz').then((part) => part.quiz) }, (spoken) => (quiz = spoken))
