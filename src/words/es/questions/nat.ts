import type { QuestionWords } from '../../questions'

export const nat: QuestionWords['nat'] = {}
