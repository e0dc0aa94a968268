import type { QuestionWords } from '../../questions'

export const protocols: QuestionWords['protocols'] = {}
