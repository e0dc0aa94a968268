import type { QuestionWords } from '../../questions'

export const wellKnown: QuestionWords['wellKnown'] = {}
