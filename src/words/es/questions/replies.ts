import type { QuestionWords } from '../../questions'

export const replies: QuestionWords['replies'] = {}
