import type { QuestionWords } from '../../questions'

export const spaces: QuestionWords['spaces'] = {}
