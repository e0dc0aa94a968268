import type { QuestionWords } from '../../questions'

export const balancing: QuestionWords['balancing'] = {}
