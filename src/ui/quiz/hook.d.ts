import type { Body } from '../../quiz/question'

declare global {
  interface Window {
    /** What the quiz asks now, in builds for tests only. */
    portAuthorityQuiz?: { readonly body: Body }
  }
}
