import type { QuestionWords } from '../../questions'

export const refusals: QuestionWords['refusals'] = {}
