import type { QuizStore } from '../../store/quiz-store'
import { QUIZ_KEY, createQuizStore } from '../../store/quiz-store'
import { browserStorage } from '../app/browser-storage'

let opened: QuizStore | undefined

/** The record of whoever uses this browser. It is opened when it is first asked for: Home does not need it. */
export function ownRecord(): QuizStore {
  if (opened) return opened
  const store = createQuizStore(browserStorage())
  addEventListener('storage', ({ key }: StorageEvent) => {
    if (key === QUIZ_KEY) store.getState().reread()
  })
  opened = store
  return store
}
