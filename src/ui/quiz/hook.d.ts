import type { Body } from '../../quiz/question'

declare global {
  interface Window {
    /** The quiz as it runs, in builds for tests only. */
    portAuthorityQuiz?: {
      /** What is asked now. */
      readonly body?: Body
      /** Makes all questions of a round, and says how many there are. */
      readonly deal?: (query: string) => number
    }
  }
}
