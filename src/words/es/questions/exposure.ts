import type { QuestionWords } from '../../questions'

export const exposure: QuestionWords['exposure'] = {}
