import type { questions as en } from './en/questions'

/**
 * The words of the questions. They are handed to each template, because a question is made in a language; a language has
 * an object of this shape, loaded when a question is asked.
 */
export type QuestionWords = typeof en
