import type { QuestionWords } from '../../questions'

export const binding: QuestionWords['binding'] = {}
