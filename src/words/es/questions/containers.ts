import type { QuestionWords } from '../../questions'

export const containers: QuestionWords['containers'] = {}
