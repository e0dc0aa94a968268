import type { QuestionWords } from '../../questions'

export const numbers: QuestionWords['numbers'] = {}
