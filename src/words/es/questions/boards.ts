import type { QuestionWords } from '../../questions'

export const boards: QuestionWords['boards'] = {}
